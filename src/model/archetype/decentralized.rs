//! Decentralized: every unit answers for itself.

use crate::model::archetype::Decentralized;
use crate::model::archetype::parts::{Post, Site};
use crate::model::{
    Help, LinkKind, Matter, Organization, Ownership, Practice, RoleId, RouteWhen, World,
};

pub(super) fn build(plan: &Decentralized, world: &World, practice: &Practice) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let kappas = plan.common.kappas;
    let experts = site.experts();
    let mut desks: Vec<RoleId> = Vec::new();
    for (unit, name) in site.units() {
        let front = Post::Front { triage: true, ladder: vec![Help::Consult, Help::Guess] };
        let own = site.knows(kappas.generic_own, Some(unit), kappas.unit_own);
        let desk = site.own(format!("{name} desk"), Some(unit), &plan.front, front, own.clone());
        let lead = site.knows(kappas.strategist, Some(unit), kappas.unit_own);
        let lead =
            site.own(format!("{name} lead"), Some(unit), &plan.strategist, Post::Behind, lead);
        if let Some(staff) = &plan.analyst {
            let analyst =
                site.own(format!("{name} analyst"), Some(unit), staff, Post::Listener, own);
            site.listen(analyst, Some(unit));
            site.at_once(analyst, lead, LinkKind::Report, None);
        }
        site.intake(desk, Some(unit), plan.own_accounts);
        if plan.common.front_listens {
            site.listen(desk, Some(unit));
        }
        site.asks(desk, [unit], &experts, lead);
        site.answers_to(desk, lead);
        desks.push(desk);
    }
    if plan.ownership != Ownership::OwnerOnly {
        site.all_see_everything(&desks, plan.ownership);
    }
    for (i, &from) in desks.iter().enumerate() {
        for (unit, _) in site.units().filter(|(unit, _)| unit.index() != i) {
            let wrong = LinkKind::Route(RouteWhen::WrongDesk);
            site.hand_off(
                from,
                desks[unit.index()],
                wrong,
                Some(Matter::Of(unit)),
                &practice.other_team,
            );
        }
    }
    site.organization
}
