//! Holistic, or honeycomb: a small hub, and employees of all units who give a little of their time.

use crate::model::archetype::Holistic;
use crate::model::archetype::parts::{Post, Site};
use crate::model::{
    Help, LinkKind, Matter, Organization, People, Practice, RoleId, RouteWhen, UnitId, World,
};

pub(super) fn build(plan: &Holistic, world: &World, practice: &Practice) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let front = Post::Front { triage: true, ladder: vec![Help::Consult, Help::Guess] };
    let generic = site.knows(plan.common.kappas.generic_own, None, 0.0);
    let hub = site.own("hub".into(), None, &plan.front, front, generic);
    let strategist = site.center(&plan.strategist, plan.analyst.as_ref());
    let experts = site.experts();
    site.intake(hub, None, false);
    if plan.common.front_listens {
        site.listen(hub, None);
    }
    let when = if plan.route_all_unit_matters { RouteWhen::Always } else { RouteWhen::Unknown };
    let when = LinkKind::Route(when);
    for (unit, name) in site.units() {
        let pool = employees(&mut site, plan, unit, name);
        site.hand_off(hub, pool, when, Some(Matter::Of(unit)), &practice.shared_tool);
        site.hand_off(pool, hub, LinkKind::Escalate, Some(Matter::Generic), &practice.shared_tool);
        if let Some(after) = plan.hub_helps_after {
            site.helps((pool, hub), after, None, &practice.shared_tool);
        }
        if plan.common.front_listens {
            site.listen(pool, Some(unit));
        }
        site.asks(pool, [unit], &experts, None);
        site.answers_to(pool, strategist);
    }
    site.asks(hub, site.all_units(), &experts, strategist);
    site.answers_to(hub, strategist);
    site.organization
}

/// The employees of a unit who take part. Whoever comes first claims the case; they take turns evenly
/// over each round, so that somebody looks in now and then and nobody is there for long.
fn employees(site: &mut Site<'_>, plan: &Holistic, unit: UnitId, name: &str) -> RoleId {
    let kappas = plan.common.kappas;
    let ladder = vec![Help::Consult, Help::Escalate, Help::Guess];
    let knows = site.knows(kappas.unit_other, Some(unit), kappas.employee);
    let front = Post::Front { triage: false, ladder };
    let pool = site.own(format!("{name} employees"), Some(unit), &plan.employees, front, knows);
    let role = site.organization.role_mut(pool);
    role.block = plan.employees_round;
    if let People::Some(people) = &mut role.people {
        let count = people.len() as f64;
        for (number, person) in people.iter_mut().enumerate() {
            person.offset = number as f64 / count;
        }
    }
    pool
}
