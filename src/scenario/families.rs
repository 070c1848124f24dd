//! The plans of dandelion, holistic, touchpoint and one person.

use super::archetypes::{Body, Team, alone, common};
use super::balance::Staffing;
use super::cursor::Cursor;
use super::customers::positive;
use super::keys::CHANNEL_DESK;
use super::names::quote;
use super::people::Post;
use super::posts::Posts;
use crate::model::UnitId;
use crate::model::archetype::{
    Archetype, Brand, ChannelDesk, Dandelion, Holistic, OnePerson, Staff, Touchpoint,
};

pub(super) fn dandelion(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let common = common(&body.of, body.setting);
    body.need_units()?;
    let mut corporate = body.people_of("corporate", 1.0)?;
    let strategist = corporate.need(Post::Strategist);
    let analyst = corporate.take(Post::Analyst);
    corporate.finish();
    let team = body.team("each_sub_hub", 2.0);
    let spoke = spokes(body);
    let brands = brands(body);
    let helps = body.perhaps_after("hub_helps_after");
    let (all, own_accounts) = (body.route_all(), body.own_accounts());
    let Team { front, strategist: lead, analyst: brand_analyst } = team?;
    let plan = Dandelion {
        common: common?,
        strategist: strategist?,
        analyst,
        brands: brands?,
        front,
        lead,
        brand_analyst,
        spoke: spoke?,
        hub_helps_after: helps?,
        route_all_unit_matters: all?,
        own_accounts: own_accounts?,
    };
    Some((Archetype::Dandelion(plan), body.split?))
}

/// The people of each spoke; without them, what is said about spokes would do nothing.
fn spokes(body: &Body<'_, '_>) -> Option<Option<Staff>> {
    if let Some(place) = body.of.get("each_spoke") {
        let mut posts = Posts::read(body.cursor, Some(&place), &[], body.setting, body.split, 0.7);
        let spoke = posts.need(Post::Front);
        posts.finish();
        return spoke.map(Some);
    }
    for key in ["hub_helps_after", "route"] {
        if let Some(at) = body.of.get(key) {
            at.fail_with_help(
                "missing-key",
                format!("{} is about spokes, and there are none", quote(key)),
                "state `each_spoke`, or leave this out",
            );
        }
    }
    Some(None)
}

/// Brands with their units, each unit in one of them; without any, each unit is a brand.
fn brands(body: &Body<'_, '_>) -> Option<Vec<Brand>> {
    let units = &body.setting.world.units;
    let Some(at) = body.of.get("brands") else {
        let each = units.iter().enumerate();
        return Some(
            each.map(|(i, name)| Brand { name: name.clone(), units: vec![UnitId(i as u32)] })
                .collect(),
        );
    };
    let mut taken = vec![false; units.len()];
    let mut brands = Vec::new();
    for (name, child) in at.entries()? {
        let mut of: Vec<UnitId> = Vec::new();
        for item in child.items()? {
            let unit = body.setting.scope.unit(&item)?;
            if std::mem::replace(&mut taken[unit.index()], true) {
                let unit = quote(&units[unit.index()]);
                item.fail("duplicate-name", format!("{unit} stands in two brands, or twice"));
            }
            of.push(unit);
        }
        brands.push(Brand { name: name.into(), units: of });
    }
    let left: Vec<String> = units
        .iter()
        .zip(&taken)
        .filter(|(_, taken)| !**taken)
        .map(|(name, _)| quote(name))
        .collect();
    if !left.is_empty() {
        at.fail("missing-key", format!("no brand has {}", left.join(", ")));
        return None;
    }
    Some(brands)
}

pub(super) fn holistic(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let common = common(&body.of, body.setting);
    body.need_units()?;
    let team = body.team("hub", 4.5);
    let mut units = body.people_of("each_unit", 15.0)?;
    let employees = units.need(Post::Employee);
    units.finish();
    let round = positive(&body.of.or_default("employees_round", "designs.*.employees_round"));
    let helps = body.perhaps_after("hub_helps_after");
    let all = body.route_all();
    let Team { front, strategist, analyst } = team?;
    let plan = Holistic {
        common: common?,
        front,
        strategist,
        analyst,
        employees: employees?,
        employees_round: round?,
        hub_helps_after: helps?,
        route_all_unit_matters: all?,
    };
    Some((Archetype::Holistic(plan), body.split?))
}

pub(super) fn touchpoint(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let common = common(&body.of, body.setting);
    let mut posts = body.people(4.0);
    let together = posts.take(Post::Front);
    let strategist = posts.perhaps(Post::Strategist, body.needs_approver(common.as_ref()));
    let analyst = posts.take(Post::Analyst);
    posts.finish();
    let desks = desks(body, together.as_ref());
    let split = match body.split? {
        Staffing::AsStated if together.is_some() => Staffing::ByLoad,
        split => split,
    };
    let plan = Touchpoint { common: common?, desks: desks?, strategist: strategist?, analyst };
    Some((Archetype::Touchpoint(plan), split))
}

/// A desk for each channel: with the people stated there, or all people together, to be split by load.
fn desks(body: &Body<'_, '_>, together: Option<&Staff>) -> Option<Vec<ChannelDesk>> {
    let names = &body.setting.scope.channels;
    let share = |all: &Staff| Staff { heads: all.heads / names.len() as f64, ..all.clone() };
    let each = together.map(share);
    let entries = match body.of.get("channels") {
        Some(at) => at.entries()?,
        None => Vec::new(),
    };
    for (name, child) in &entries {
        child.named(name, "unknown-channel", "channel", names);
    }
    names
        .iter()
        .map(|name| {
            let stated = entries.iter().find(|(of, _)| of == name).map(|(_, child)| child);
            desk(body, name, stated, each.as_ref())
        })
        .collect::<Vec<_>>()
        .into_iter()
        .collect()
}

fn desk(
    body: &Body<'_, '_>,
    channel: &str,
    stated: Option<&Cursor<'_>>,
    each: Option<&Staff>,
) -> Option<ChannelDesk> {
    let of = match stated {
        Some(at) => Some(at.object_with_names(&CHANNEL_DESK)?),
        None => None,
    };
    let unit = match of.and_then(|of| of.get("unit")) {
        Some(at) => Some(body.setting.scope.unit(&at)?),
        None => None,
    };
    let mut posts =
        Posts::read(body.cursor, stated, CHANNEL_DESK.keys, body.setting, body.split, 1.0);
    let own = posts.take(Post::Front);
    let front = match (own, each) {
        (Some(_), Some(_)) => {
            let message = format!("the people of {} are stated twice", quote(channel));
            stated?.fail_with_help(
                "two-tags",
                message,
                "state them for each channel, or all together beside `channels`",
            );
            return None;
        }
        (Some(front), None) => front,
        (None, Some(each)) => each.clone(),
        (None, None) => posts.need(Post::Front)?,
    };
    posts.finish();
    Some(ChannelDesk { front, unit })
}

pub(super) fn one_person(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let common = alone(&body.of, body.setting);
    let mut posts = body.people(1.0);
    let front = posts.need(Post::Front);
    posts.finish();
    let plan = OnePerson { common: common?, front: front? };
    Some((Archetype::OnePerson(plan), Staffing::AsStated))
}
