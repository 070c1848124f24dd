//! Whom a first scenario has beside those who answer: in numbers that leave the verdict to the designs.

use crate::model::{Model, RoleLoad, load};

/// Share of their time for which those behind the front line may be at work. An assumption: so that questions and drafts
/// do not wait for people who have no time.
const BUSY: f64 = 0.6;

/// Of ten who answer, one leads. An assumption.
const LED: f64 = 10.0;

/// What heads are rounded up to, and up to which number of them; more are rounded up to whole tenths.
const STEP: f64 = 0.05;
const FEW: f64 = 1.0;

/// Least that an expert gives of a week. An assumption.
const EXPERT: f64 = 0.1;

/// Least of the company's own who take over from a vendor. An assumption.
const CLIENT: f64 = 1.5;

/// Least that answer at a spoke, where so many are no more than their usual share. An assumption.
const SPOKE: f64 = 0.5;

/// Share of those who answer that sit in the spokes, before anything is known of the work. An assumption.
const SPOKES: f64 = 0.28;

/// The designs that are compared.
pub(super) const DESIGNS: [&str; 4] =
    ["Centralized", "Hub and spoke", "Decentralized", "Outsourced"];

/// Those of one design of whom the first-meeting sheet does not ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Posts {
    /// Strategists, or leads of all units together.
    pub(super) leads: f64,
    /// Experts of each unit who answer questions.
    pub(super) expert: f64,
    /// For each who answers at the first desk, so many at the second ones, that all are as busy: in spokes for each at the
    /// hub, of a vendor for each of the company's own. Before anything is known of the work, nothing.
    second: Option<f64>,
}

/// Whom a first scenario has in each design, and how busy those are who answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Staffed {
    posts: [Posts; DESIGNS.len()],
    /// Work of those who answer today, as one central team, ÷ their time.
    pub(super) front: f64,
}

impl Staffed {
    /// Where so many answer, before anything is known of the work.
    pub(super) fn beside(people: f64) -> Staffed {
        let posts = Posts { leads: up(people / LED), expert: 0.2, second: None };
        Staffed { posts: [posts; DESIGNS.len()], front: 0.0 }
    }

    /// The posts of the design of this name.
    pub(super) fn of(&self, design: &str) -> Posts {
        let at = DESIGNS.iter().position(|name| *name == design);
        self.posts[at.expect("only the designs that are compared are asked for")]
    }

    /// As many as it takes for the work in each design of this model, which has these: more leads than one to ten who answer,
    /// where they would be too busy, and more or less of the experts' time. A design that is left out there has those of a
    /// central team.
    pub(super) fn for_the_work(self, model: &Model) -> Staffed {
        let roles = |name: &str| {
            let design = model.designs.iter().find(|design| design.name == name)?;
            Some(load(&model.world, &model.practice, &design.organization).roles)
        };
        let sized = DESIGNS.map(|name| roles(name).map(|roles| self.of(name).for_the_work(&roles)));
        let central = sized[0].unwrap_or(self.posts[0]);
        let posts = sized.map(|posts| posts.unwrap_or(Posts { second: None, ..central }));
        let central = roles(DESIGNS[0]).unwrap_or_default();
        let front = central.iter().find(|role| role.name == "desk");
        Staffed { posts, front: front.and_then(RoleLoad::utilization).unwrap_or(0.0) }
    }
}

impl Posts {
    /// As many as keep nobody too busy who has this work.
    fn for_the_work(self, roles: &[RoleLoad]) -> Posts {
        let busiest = |post: &str| {
            let of = roles.iter().filter(|role| role.name.ends_with(post));
            of.filter_map(RoleLoad::utilization).fold(0.0, f64::max)
        };
        let work = |post: &str| -> f64 {
            let of = roles.iter().filter(|role| role.name.ends_with(post));
            of.map(|role| role.hours.reactive()).sum()
        };
        let leads = busiest("strategist").max(busiest(" lead")) / BUSY;
        let first = work("client desk") + work("hub");
        let second = work("vendor desk") + work(" spoke");
        Posts {
            leads: up(self.leads * leads.max(1.0)),
            expert: up(self.expert * busiest(" expert") / BUSY).max(EXPERT),
            second: (0.0 < first).then(|| second / first),
        }
    }

    /// Of so many who answer, those at each of these spokes: as busy as the hub, but half a person or the usual share at least.
    pub(super) fn at_each_spoke(self, people: f64, units: f64) -> f64 {
        let share = self.second.map_or(SPOKES, |each| each / (1.0 + each));
        (share * people / units).max(SPOKE.min(SPOKES * people / units))
    }

    /// The company's own who take over from a vendor, where so much money is left for both and one of each costs so much.
    pub(super) fn beside_a_vendor(self, left: f64, own: f64, vendor: f64) -> f64 {
        self.second.map_or(0.0, |each| left / (own + each * vendor)).max(CLIENT)
    }
}

/// Rounded up to whole steps, one at least.
fn up(number: f64) -> f64 {
    let step = if number <= FEW { STEP } else { 2.0 * STEP };
    // a number of steps already stays what it is
    ((number / step - 1e-6).ceil().max(1.0) * step * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Design;
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
    fn every_design_has_leads_and_costs_the_same() {
        let few = Answers { vendor_per_hour: Some(20.0), ..Answers::default() };
        let many =
            Answers { messages_per_day: Some(8000.0), people: Some((300.0, 6e4)), ..few.clone() };
        same_money(&model(&few), 1.0);
        same_money(&model(&many), 30.0);
    }

    fn heads(design: &Design, posts: &[&str]) -> f64 {
        let roles = design.organization.roles().map(|(_, role)| role);
        let of = roles.filter(|role| posts.iter().any(|post| role.name.ends_with(post)));
        of.filter_map(|role| role.headcount()).sum()
    }

    fn same_money(model: &Model, leads: f64) {
        let first = &model.designs[0];
        assert_eq!(model.designs.len(), 4);
        for design in &model.designs {
            let there = heads(design, &["strategist", " lead"]);
            assert!(leads - 1e-9 < there && there < 1.2 * leads, "{}: {there}", design.name);
            let times = design.cost_per_year / first.cost_per_year;
            assert!((times - 1.0).abs() < 0.01, "{}: {times}", design.name);
            let analyst = design.organization.roles().any(|(_, role)| role.name == "analyst");
            assert!(!analyst, "nobody looks for mentions where there are none");
        }
    }

    /// An insurer whose central team asks about four of ten: in the designs whose desks know their unit, hardly anybody asks.
    #[test]
    fn each_design_has_the_experts_its_own_work_takes_and_the_rest_of_the_money_answers() {
        let answers = Answers {
            messages_per_day: Some(2500.0),
            need_reply_percent: Some(70.0),
            front_line_answers_of_ten: Some(6.0),
            people: Some((60.0, 58_000.0)),
            approval: Some((10.0, Some(4.0))),
            open: Some("Mon-Fri 7:00-20:00, Sat 9-13".into()),
            ..Answers::default()
        };
        let model = model(&answers);
        let of = |design: &Design| load(&model.world, &model.practice, &design.organization).roles;
        let [central, others @ ..] = model.designs.as_slice() else { panic!("three designs") };
        assert!((heads(central, &["desk"]) - 60.0).abs() < 1e-9, "those who were asked for");
        for design in &model.designs {
            let experts = of(design).into_iter().filter(|role| role.name.ends_with(" expert"));
            let busy: Vec<f64> = experts.filter_map(|role| role.utilization()).collect();
            assert_eq!(busy.len(), 4);
            assert!(
                busy.iter().all(|busy| 0.5 < *busy && *busy < 0.61),
                "{}: {busy:?}",
                design.name
            );
        }
        for design in others {
            assert!(3.0 * heads(design, &[" expert"]) < heads(central, &[" expert"]));
            let answer = heads(design, &["desk", "hub", " spoke"]);
            assert!(85.0 < answer && answer < 110.0, "{}: {answer}", design.name);
        }
        let [hub, spoke] = ["hub", " spoke"].map(|post| busiest(&model, post));
        assert!((hub / spoke - 1.0).abs() < 0.05, "as busy: {hub}, {spoke}");
    }

    #[test]
    fn a_vendor_beside_whom_nobody_could_take_over_is_left_out_whatever_reviews_cost() {
        let answers = Answers {
            people: Some((1.0, 50_000.0)),
            approval: Some((50.0, Some(60.0))),
            vendor_per_hour: Some(20.0),
            ..Answers::default()
        };
        let model = model(&answers);
        assert!(model.designs.iter().all(|design| design.name != "Outsourced"));
        assert!(busiest(&model, "strategist") < 0.7);
    }

    #[test]
    fn heads_are_whole_steps() {
        let told = [0.0, 0.05, 0.051, 1.0, 1.2, 9.81].map(|heads| format!("{}", up(heads)));
        assert_eq!(told, ["0.05", "0.05", "0.1", "1", "1.2", "9.9"]);
    }
}
