//! Whom a first scenario has beside those who answer: in numbers that leave the verdict to the designs.

use crate::model::{Design, Model, RoleLoad, load};

/// Share of their time for which those behind the front line may be at work. An assumption: so that questions and drafts
/// do not wait for people who have no time.
const BUSY: f64 = 0.6;

/// Of ten who answer, one leads. An assumption.
const LED: f64 = 10.0;

/// What heads and shares of a week are rounded up to.
const STEP: f64 = 0.05;

/// Least that an expert gives of a week. An assumption.
const EXPERT: f64 = 0.1;

/// Least of the company's own who take over from a vendor. An assumption.
pub(super) const CLIENT: f64 = 1.5;

/// Those of whom the first-meeting sheet does not ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Posts {
    /// Strategists, or leads of units: as many in every design.
    pub(super) leads: f64,
    /// Of each unit, experts who answer questions: below 1, one for such a share of the week.
    pub(super) expert: f64,
    /// For each of the company's own who answer what a vendor passes on, so many of the vendor's, that both are as busy;
    /// before anything is known of the work, nothing.
    pub(super) vendors: Option<f64>,
}

/// Whom a first scenario has, and how busy those are who answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Staffed {
    pub(super) posts: Posts,
    /// Work of a central team ÷ its time.
    pub(super) front: f64,
}

impl Posts {
    /// Where so many answer, before anything is known of the work.
    pub(super) fn beside(people: f64) -> Posts {
        Posts { leads: up(people / LED), expert: 0.2, vendors: None }
    }

    /// As many as it takes for the work in this model, which has these: more leads than one to ten who answer, where they would
    /// be too busy, more or less of the experts' time, and a vendor's people and those who take over from them by their work.
    pub(super) fn for_the_work(self, model: &Model) -> Staffed {
        let world = &model.world;
        let loads = |design: &Design| load(world, &model.practice, &design.organization).roles;
        let roles: Vec<RoleLoad> = model.designs.iter().flat_map(loads).collect();
        let busiest = |post: &str| {
            let of = roles.iter().filter(|role| role.name.ends_with(post));
            of.filter_map(RoleLoad::utilization).fold(0.0, f64::max)
        };
        let leads = busiest("strategist").max(busiest("lead")) / BUSY;
        let expert = self.expert * busiest("expert") / BUSY;
        let work = |post: &str| {
            let role = roles.iter().find(|role| role.name == post)?;
            Some(role.hours.reactive()).filter(|hours| 0.0 < *hours)
        };
        let posts = Posts {
            leads: up(self.leads * leads.max(1.0)),
            expert: up(expert).max(EXPERT),
            vendors: work("vendor desk").zip(work("client desk")).map(|(its, own)| its / own),
        };
        let front = roles.iter().find(|role| role.name == "desk");
        Staffed { posts, front: front.and_then(RoleLoad::utilization).unwrap_or(0.0) }
    }
}

/// Rounded up to whole steps, one at least.
fn up(number: f64) -> f64 {
    // a number of steps already stays what it is
    ((number / STEP - 1e-6).ceil().max(1.0) * STEP * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Answers, Overlay, Source, document, load as read};

    fn model(answers: &Answers) -> Model {
        let text = document(answers).to_string();
        read(&Source::new("new.json", text), &Overlay::default()).expect("it can be read").model
    }

    fn busiest(model: &Model, post: &str) -> f64 {
        let of = |design: &Design| load(&model.world, &model.practice, &design.organization).roles;
        let roles = model.designs.iter().flat_map(of).filter(|role| role.name.ends_with(post));
        roles.filter_map(|role| role.utilization()).fold(0.0, f64::max)
    }

    #[test]
    fn nobody_is_too_busy_behind_the_front_line_nor_a_vendor_busier_than_who_takes_over() {
        for (messages, people, units) in
            [(12.0, 2.0, 4), (300.0, 10.0, 4), (8000.0, 300.0, 60), (8000.0, 300.0, 4)]
        {
            let answers = Answers {
                messages_per_day: Some(messages),
                people: Some((people, 60_000.0)),
                vendor_per_hour: Some(20.0),
                business_units: Some((0..units).map(|n| format!("unit {n}")).collect()),
                ..Answers::default()
            };
            let model = model(&answers);
            for post in ["strategist", "lead", "expert"] {
                let busy = busiest(&model, post);
                assert!(0.0 < busy && busy < 0.7, "{post} of {people}: {busy}");
            }
            let [vendor, client] = ["vendor desk", "client desk"].map(|post| busiest(&model, post));
            // fewer than one and a half never take over
            let least = people < 11.0 && client < vendor;
            assert!(least || (vendor / client - 1.0).abs() < 0.05, "{people}: {vendor}, {client}");
        }
    }

    #[test]
    fn every_design_has_as_many_leads_and_costs_the_same() {
        let few = Answers { vendor_per_hour: Some(20.0), ..Answers::default() };
        let many =
            Answers { messages_per_day: Some(8000.0), people: Some((300.0, 6e4)), ..few.clone() };
        alike(&model(&few), 1.0);
        alike(&model(&many), 30.0);
    }

    fn alike(model: &Model, expected: f64) {
        let leads = |design: &Design| -> f64 {
            let lead = |name: &str| name.ends_with("strategist") || name.ends_with("lead");
            let roles = design.organization.roles().filter(|(_, role)| lead(&role.name));
            roles.filter_map(|(_, role)| role.headcount()).sum()
        };
        let first = &model.designs[0];
        assert_eq!(model.designs.len(), 4);
        assert!((leads(first) - expected).abs() < 1e-9, "{}", leads(first));
        for design in &model.designs {
            assert!((leads(design) - leads(first)).abs() < 1e-9, "{}", design.name);
            let times = design.cost_per_year / first.cost_per_year;
            assert!((times - 1.0).abs() < 0.03, "{}: {times}", design.name);
            let analyst = design.organization.roles().any(|(_, role)| role.name == "analyst");
            assert!(!analyst, "nobody looks for mentions where there are none");
        }
    }

    #[test]
    fn heads_are_whole_steps() {
        let told = [0.0, 0.05, 0.051, 1.0, 1.2].map(|heads| format!("{}", up(heads)));
        assert_eq!(told, ["0.05", "0.05", "0.1", "1", "1.2"]);
    }
}
