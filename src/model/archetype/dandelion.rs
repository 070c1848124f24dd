//! Dandelion: a hub with spokes for each brand, and a center that holds policy, tools and the hard cases.

use crate::model::archetype::parts::{Post, Site};
use crate::model::archetype::{Brand, Dandelion};
use crate::model::{
    Filter, Help, LinkKind, Matter, Organization, Practice, RoleId, RouteWhen, TopicId, UnitId,
    World,
};

pub(super) fn build(plan: &Dandelion, world: &World, practice: &Practice) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let experts = site.experts();
    let strategist = site.center(&plan.strategist, plan.analyst.as_ref());
    let mut hubs: Vec<RoleId> = Vec::new();
    for brand in &plan.brands {
        let (hub, lead) = sub_hub(&mut site, plan, brand);
        site.asks(hub, brand.units.iter().copied(), &experts, strategist);
        answers_to(&mut site, hub, lead, strategist);
        site.at_once(lead, strategist, LinkKind::Report, None);
        if let Some(staff) = &plan.spoke {
            for &unit in &brand.units {
                let name = format!("{} spoke", world.units[unit.index()]);
                let knows = site.knows(
                    plan.common.kappas.generic_own,
                    Some(unit),
                    plan.common.kappas.unit_own,
                );
                let spoke = site.own(name, Some(unit), staff, front(false), knows);
                spoke_of(&mut site, plan, practice, (hub, spoke, unit));
                site.asks(spoke, [unit], &experts, strategist);
                answers_to(&mut site, spoke, lead, strategist);
            }
        }
        hubs.push(hub);
    }
    between_brands(&mut site, &plan.brands, &hubs, practice);
    site.organization
}

fn front(triage: bool) -> Post {
    Post::Front { triage, ladder: vec![Help::Consult, Help::Guess] }
}

/// A brand's hub and its lead. A hub of one unit without spokes is that unit's own desk.
fn sub_hub(site: &mut Site<'_>, plan: &Dandelion, brand: &Brand) -> (RoleId, RoleId) {
    let kappas = plan.common.kappas;
    let own: Option<UnitId> = match (brand.units.as_slice(), &plan.spoke) {
        ([unit], None) => Some(*unit),
        _ => None,
    };
    let knows = site.knows(kappas.generic_own, own, kappas.unit_own);
    let hub = site.own(format!("{} hub", brand.name), own, &plan.front, front(true), knows.clone());
    let leads = site.knows(kappas.strategist, own, kappas.unit_own);
    let lead = site.own(format!("{} lead", brand.name), own, &plan.lead, Post::Behind, leads);
    for &unit in &brand.units {
        site.intake(hub, Some(unit), plan.own_accounts);
        if plan.common.front_listens {
            site.listen(hub, Some(unit));
        }
    }
    if let Some(staff) = &plan.brand_analyst {
        let name = format!("{} analyst", brand.name);
        let analyst = site.own(name, own, staff, Post::Listener, knows);
        for &unit in &brand.units {
            site.listen(analyst, Some(unit));
        }
        site.at_once(analyst, lead, LinkKind::Report, None);
    }
    (hub, lead)
}

/// What must always be approved goes to the center, all else to the brand's lead.
fn answers_to(site: &mut Site<'_>, desk: RoleId, lead: RoleId, center: RoleId) {
    let topics: Vec<TopicId> = (0..site.world.topics.len() as u32)
        .map(TopicId)
        .filter(|topic| site.world.topics[topic.index()].always_approved)
        .collect();
    if !topics.is_empty() {
        let filter = Filter { topics, ..Filter::default() };
        site.for_cases(desk, center, LinkKind::Approve, filter);
    }
    site.answers_to(desk, lead);
}

fn spoke_of(
    site: &mut Site<'_>,
    plan: &Dandelion,
    practice: &Practice,
    (hub, spoke, unit): (RoleId, RoleId, UnitId),
) {
    let when = if plan.route_all_unit_matters { RouteWhen::Always } else { RouteWhen::Unknown };
    let (when, matter) = (LinkKind::Route(when), Some(Matter::Of(unit)));
    site.hand_off(hub, spoke, when, matter, &practice.shared_tool);
    if let Some(after) = plan.hub_helps_after {
        site.helps((spoke, hub), after, None, &practice.shared_tool);
    }
    if plan.common.front_listens {
        site.listen(spoke, Some(unit));
    }
}

/// Another brand's matter, recognized as misrouted, goes to that brand's hub.
fn between_brands(site: &mut Site<'_>, brands: &[Brand], hubs: &[RoleId], practice: &Practice) {
    for (from, &hub) in hubs.iter().enumerate() {
        for (to, brand) in brands.iter().enumerate().filter(|&(to, _)| to != from) {
            for &unit in &brand.units {
                let wrong = LinkKind::Route(RouteWhen::WrongDesk);
                let matter = Some(Matter::Of(unit));
                site.hand_off(hub, hubs[to], wrong, matter, &practice.other_team);
            }
        }
    }
}
