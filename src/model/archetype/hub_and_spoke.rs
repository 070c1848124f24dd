//! Hub and spoke: a hub that answers what it knows and routes the rest to the units.

use crate::model::archetype::HubAndSpoke;
use crate::model::archetype::parts::{Post, Site};
use crate::model::{Help, LinkKind, Matter, Organization, Practice, RouteWhen, World};

pub(super) fn build(plan: &HubAndSpoke, world: &World, practice: &Practice) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let kappas = plan.common.kappas;
    let front = |triage| Post::Front { triage, ladder: vec![Help::Consult, Help::Guess] };
    let generic = site.knows(kappas.generic_own, None, 0.0);
    let hub = site.own("hub".into(), None, &plan.front, front(true), generic);
    let strategist = site.center(&plan.strategist, plan.analyst.as_ref());
    let experts = site.experts();
    site.intake(hub, None, false);
    if plan.common.front_listens {
        site.listen(hub, None);
    }
    let when = if plan.route_all_unit_matters { RouteWhen::Always } else { RouteWhen::Unknown };
    for (unit, name) in site.units() {
        let own = site.knows(kappas.generic_own, Some(unit), kappas.unit_own);
        let spoke = site.own(format!("{name} spoke"), Some(unit), &plan.spoke, front(false), own);
        site.hand_off(
            hub,
            spoke,
            LinkKind::Route(when),
            Some(Matter::Of(unit)),
            &practice.shared_tool,
        );
        if let Some(after) = plan.hub_helps_after {
            site.helps(spoke, hub, after, &practice.shared_tool);
        }
        if plan.common.front_listens {
            site.listen(spoke, Some(unit));
        }
        site.asks(spoke, [unit], &experts, strategist);
        site.answers_to(spoke, strategist);
    }
    site.asks(hub, site.all_units(), &experts, strategist);
    site.answers_to(hub, strategist);
    site.organization
}
