//! What theory says of a design's waits, where the design is simple enough.

use crate::draws::{Law, LawForm};
use crate::model::{
    Arrivals, Discipline, Draw, From, LinkKind, Load, Model, Organization, People, Person,
    Proactive, Role, RoleId, Stream, StreamKind, Work, World,
};
use crate::stats::queueing::{ConstantService, ManyServers, Service, SingleServer};

/// A role in the long run. Times are in minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct Foretold {
    /// The textbook's name for it, as `M/M/3`.
    pub model: String,
    /// Mean wait.
    pub wait_mean: f64,
    /// Share of visits that have to wait.
    pub wait_positive: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Mean number waiting or in work.
    pub number_mean: f64,
}

/// What theory says of each role, in order; `None` where it is overloaded or not simple enough.
///
/// Simple enough is a network of plain desks, first come first served, in which customers come one at a
/// time at constant rates, wait as long as it takes, and find always the same people, all alike. Then
///
/// - a desk that customers reach only from outside is M/M/c, M/G/1, M/D/c or M/G/∞ by its law of service;
/// - if the laws of all desks with people are exponential, the network has Jackson's product form, and
///   each desk is an M/M/c of its own; desks of infinitely many may have any law (Jackson 1957, 1963;
///   Baskett, Chandy, Muntz and Palacios 1975).
///
/// `load` is the design's [`load`](crate::model::load), which solves the traffic equations.
pub fn foretell(model: &Model, organization: &Organization, load: &Load) -> Vec<Option<Foretold>> {
    let nothing = || vec![None; organization.role_count()];
    if !plain_customers(&model.world) || !load.endless.is_empty() {
        return nothing();
    }
    let roles: Vec<(RoleId, &Role)> = organization.roles().collect();
    if !roles.iter().all(|(_, role)| plain_desk(role)) {
        return nothing();
    }
    let product = roles.iter().all(|(_, role)| role.people == People::Infinite || memoryless(role));
    let mut from_outside = vec![true; roles.len()];
    for (from, to, link) in organization.links() {
        if matches!(from, From::Role(_)) && matches!(link.kind, LinkKind::RouteShare(_)) {
            from_outside[to.index()] = false;
        }
    }
    let one = |&(id, role): &(RoleId, &Role)| {
        let of = &load.roles[id.index()];
        (product || from_outside[id.index()])
            .then(|| station(role, of.visits_per_hour / 60.0, &of.visits_by_topic))
            .flatten()
    };
    roles.iter().map(one).collect()
}

/// Whether customers come one at a time at constant rates and do nothing but wait.
fn plain_customers(world: &World) -> bool {
    let behavior = &world.behavior;
    let steady = |stream: &Stream| {
        stream.kind == StreamKind::Inquiries
            && stream.batches.is_none()
            && matches!(&stream.arrivals, Arrivals::Poisson(profile) if profile.is_constant())
    };
    behavior.deadline.is_none()
        && behavior.patience.is_none()
        && behavior.turned_away.is_none()
        && world.streams.iter().all(steady)
}

/// Whether it is a desk of theory: first come first served, the same people always there, all alike.
fn plain_desk(role: &Role) -> bool {
    let alike = match &role.people {
        People::Infinite => true,
        People::Some(people) => {
            !people.is_empty() && people.iter().all(|one| *one == Person::full())
        }
    };
    alike
        && matches!(&role.work, Work::Serve { draw: Draw::PerVisit, .. })
        && role.discipline == Discipline::Fifo
        && role.waiting_room.is_none()
        && role.calendar.is_always()
        && role.staffing.is_nothing()
        && !matches!(role.proactive, Proactive::Endless { .. })
}

fn laws(role: &Role) -> &[Law] {
    match &role.work {
        Work::Serve { service, .. } => service,
        Work::Desk(_) => &[],
    }
}

/// Whether service is exponential, of one mean whatever the topic.
fn memoryless(role: &Role) -> bool {
    matches!(laws(role), [law] if matches!(law.form(), LawForm::Exponential(_)))
}

/// One desk with this many visits a minute.
fn station(role: &Role, rate: f64, by_topic: &[f64]) -> Option<Foretold> {
    if rate <= 0.0 {
        return None;
    }
    let law = match laws(role) {
        [law] => law.clone(),
        several => Law::mixture(by_topic.iter().copied().zip(several.iter().cloned())).ok()?,
    };
    let load = rate * law.mean();
    let told = |model: String, wait_mean: f64, wait_positive: f64| Foretold {
        model,
        wait_mean,
        wait_positive,
        queue_mean: rate * wait_mean,
        number_mean: rate * wait_mean + load,
    };
    let people = match &role.people {
        People::Infinite => return Some(told("M/G/∞".into(), 0.0, 0.0)),
        People::Some(people) => people.len() as u32,
    };
    if law.is_zero() {
        return None;
    }
    match law.form() {
        LawForm::Exponential(mean) => {
            let queue = ManyServers::new(rate, 1.0 / mean, people)?;
            Some(told(format!("M/M/{people}"), queue.wait_mean(), queue.wait_probability()))
        }
        LawForm::Constant(length) if people <= MOST_CONSTANT => {
            let queue = ConstantService::new(rate, length, people)?;
            Some(told(format!("M/D/{people}"), queue.wait_mean(), queue.wait_probability()))
        }
        _ if people == 1 => {
            let queue = SingleServer::new(rate, Service::of(&law)?)?;
            Some(told("M/G/1".into(), queue.wait_mean(), queue.utilization()))
        }
        _ => None,
    }
}

/// People up to whom constant service is worth its sums.
const MOST_CONSTANT: u32 = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;
    use crate::scenario::{Overlay, Source, load as read};

    fn foretold(customers: &str, roles: &str, links: &str) -> Vec<Option<Foretold>> {
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, {customers} }},
                "designs": {{ "A": {{ "graph": {{ "roles": {{ {roles} }}, "links": [ {links} ] }} }} }} }}"#
        );
        let model = read(&Source::new("a", text), &Overlay::default()).expect("it is sound").model;
        let organization = &model.designs[0].organization;
        let load = load(&model.world, &model.practice, organization);
        foretell(&model, organization, &load)
    }

    const IN: &str = r#"{ "intake": { "to": "desk" } }"#;

    fn one(customers: &str, desk: &str) -> Option<Foretold> {
        foretold(customers, &format!(r#""desk": {{ {desk} }}"#), IN).remove(0)
    }

    #[test]
    fn single_desks_have_their_textbook_names_and_waits() {
        let exponential = r#""service": { "exponential": { "mean": "1h" } }"#;
        for (rate, desk, model, wait) in [
            (0.8, format!(r#""people": 1, {exponential}"#), "M/M/1", 240.0),
            (3.2, format!(r#""people": 4, {exponential}"#), "M/M/4", 44.732435),
            (0.8, r#""people": 1, "service": "1h""#.into(), "M/D/1", 120.0),
            (
                0.6,
                r#""people": 1, "service": { "lognormal": { "mean": "1h", "cv": 1 } }"#.into(),
                "M/G/1",
                90.0,
            ),
            (9.0, r#""people": "infinite", "service": "1h""#.into(), "M/G/∞", 0.0),
        ] {
            let found = one(&format!(r#""messages": "{rate}/hour""#), &desk).unwrap();
            assert_eq!(found.model, model);
            assert!((found.wait_mean - wait).abs() < 1e-5, "{found:?}");
            assert!((found.queue_mean - rate * found.wait_mean / 60.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_network_of_exponential_desks_is_jacksons() {
        let roles = r#""a": { "people": 3, "service": { "exponential": { "mean": "1h" } } },
            "b": { "people": 2, "service": { "exponential": { "mean": "2h" } } },
            "c": { "people": "infinite", "service": "4h" }"#;
        let links = r#"{ "intake": { "to": "a" } }, { "route": { "from": "a", "to": "b", "share": "30%" } },
            { "route": { "from": "b", "to": "a", "share": "20%" } }, { "route": { "from": "b", "to": "c", "share": "50%" } }"#;
        let found = foretold(r#""messages": "1.5/hour""#, roles, links);
        let numbers: Vec<f64> =
            found.iter().map(|role| role.as_ref().unwrap().number_mean).collect();
        for (found, exact) in numbers.iter().zip([1.905034609, 1.242108354, 0.9574468085]) {
            assert!((found - exact).abs() < 1e-8, "{numbers:?}");
        }
        // with a law that is not exponential only the first desk, which nobody feeds back to, is known
        let links = r#"{ "intake": { "to": "a" } }, { "route": { "from": "a", "to": "b", "share": "30%" } }"#;
        let roles = roles.replace(r#"{ "exponential": { "mean": "2h" } }"#, r#""2h""#);
        let found = foretold(r#""messages": "1.5/hour""#, &roles, links);
        assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn what_theory_does_not_cover_is_not_foretold() {
        let desk = r#""people": 2, "service": { "exponential": { "mean": "1h" } }"#;
        for (customers, desk) in [
            (r#""messages": "3/hour""#, desk.to_owned()),
            (r#""messages": "1/hour", "batches": 2"#, desk.to_owned()),
            (r#""messages": "1/hour", "week": "support_b2c""#, desk.to_owned()),
            (
                r#""messages": "1/hour", "behavior": { "patience": { "scope": "queue", "law": "1h" } }"#,
                desk.to_owned(),
            ),
            (r#""messages": "1/hour""#, format!(r#"{desk}, "waiting_room": 3"#)),
            (r#""messages": "1/hour""#, format!(r#"{desk}, "open": "daily 08:00-20:00""#)),
            (r#""messages": "1/hour""#, format!(r#"{desk}, "discipline": "priority""#)),
            (r#""messages": "1/hour""#, format!(r#"{desk}, "draw": "per case""#)),
        ] {
            assert_eq!(one(customers, &desk), None, "{customers} {desk}");
        }
    }
}
