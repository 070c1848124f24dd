//! Touchpoint: a specialist for each channel, who sees that channel and no other.

use crate::model::archetype::Touchpoint;
use crate::model::archetype::parts::{Post, Site};
use crate::model::{
    ChannelId, Filter, Help, LinkKind, Matter, Organization, Practice, RoleId, RouteWhen, UnitId,
    World,
};

pub(super) fn build(plan: &Touchpoint, world: &World, practice: &Practice) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let kappas = plan.common.kappas;
    let mut desks: Vec<(RoleId, Option<UnitId>)> = Vec::new();
    for (number, (desk, channel)) in plan.desks.iter().zip(&world.channels).enumerate() {
        let front = Post::Front { triage: true, ladder: vec![Help::Consult, Help::Guess] };
        let knows = site.knows(kappas.generic_own, desk.unit, kappas.unit_own);
        let name = format!("{} desk", channel.name);
        let role = site.own(name, desk.unit, &desk.front, front, knows);
        let channel = ChannelId(number as u32);
        let intake = LinkKind::Intake { own_account: false };
        site.connect(channel, role, intake, Filter::default());
        if plan.common.front_listens {
            site.connect(channel, role, LinkKind::Listen, Filter::default());
        }
        desks.push((role, desk.unit));
    }
    let strategist = site.perhaps_center(plan.strategist.as_ref(), plan.analyst.as_ref());
    let experts = site.experts();
    for &(desk, own) in &desks {
        pass_on(&mut site, desk, own, &desks, practice);
        site.asks(desk, site.all_units(), &experts, strategist);
        if let Some(strategist) = strategist {
            site.answers_to(desk, strategist);
        }
    }
    site.organization
}

/// What a desk does not know of another unit's matters goes to the first desk of that unit.
fn pass_on(
    site: &mut Site<'_>,
    desk: RoleId,
    own: Option<UnitId>,
    desks: &[(RoleId, Option<UnitId>)],
    practice: &Practice,
) {
    for unit in site.all_units().filter(|&unit| own != Some(unit)) {
        if let Some(&(to, _)) = desks.iter().find(|(_, of)| *of == Some(unit)) {
            let unknown = LinkKind::Route(RouteWhen::Unknown);
            site.hand_off(desk, to, unknown, Some(Matter::Of(unit)), &practice.other_team);
        }
    }
}
