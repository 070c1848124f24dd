//! Edits of a built design: change a role, add or remove a link.

use super::cursor::Cursor;
use super::designs::{Built, Setting};
use super::keys::{CHANGE, EDIT, LINK, REMOVE};
use super::links::{RoleNames, link, role_of};
use super::opening::open;
use super::text::approval;
use crate::model::archetype::{Archetype, present};
use crate::model::{From, Link, People, RoleId, SHARED, Shared, Work};

/// Apply a list of edits, in order.
pub(super) fn edits(
    list: &Cursor<'_>,
    built: &mut Built,
    plan: Option<&Archetype>,
    setting: &Setting<'_, '_>,
) {
    for item in list.items().unwrap_or_default() {
        let Some((tag, body)) = item.tagged(&EDIT) else { continue };
        let roles =
            RoleNames::new(built.organization.roles().map(|(_, role)| role.name.clone()).collect());
        match tag {
            "change" => {
                change(&body, &roles, built, plan, setting);
            }
            "add" => {
                for (from, to, link) in link(&body, &roles, setting).unwrap_or_default() {
                    built.organization.add_link(from, to, link);
                }
            }
            "share" => share(&body, built),
            _ => {
                remove(&body, &roles, built);
            }
        }
    }
}

/// Let the desks share a history, a playbook, a queue.
fn share(cursor: &Cursor<'_>, built: &mut Built) {
    let words: Vec<(&'static str, Shared)> =
        SHARED.iter().map(|&shared| (shared.word(), shared)).collect();
    for item in cursor.items().unwrap_or_default() {
        let Some(shared) = item.word(&words) else { continue };
        match shared.with(&built.organization) {
            Some(organization) => built.organization = organization,
            None => item.fail_with_help(
                "no-wall",
                format!("there is nothing left to share: {}", shared.missing()),
                "leave it out, or put it before what took the wall down",
            ),
        }
    }
}

fn change(
    cursor: &Cursor<'_>,
    roles: &RoleNames,
    built: &mut Built,
    plan: Option<&Archetype>,
    setting: &Setting<'_, '_>,
) -> Option<()> {
    let of = cursor.object(&CHANGE)?;
    let id = role_of(&of.need("role")?, roles)?;
    let week = plan.map_or(168.0, |plan| plan.common().open_hours_per_week);
    let hours = match of.get("open") {
        Some(at) => Some(open(&at, setting.clock)?),
        None => None,
    };
    let week = hours.as_ref().map_or(week, |open| open.hours_per_week);
    let role = built.organization.role_mut(id);
    if let Some(at) = of.get("people") {
        let mut people = Vec::new();
        let (mut heads, mut cost) = (0.0, 0.0);
        for (_, staff, _) in setting.kinds.heads(&at, &[])? {
            people.extend(present(staff.heads, staff.kind.hours_per_week, week));
            heads += staff.heads;
            cost += staff.heads * staff.kind.cost_per_year;
        }
        let before = match &role.people {
            People::Some(people) => people.len() as f64,
            People::Infinite => 0.0,
        };
        built.headcount += heads - before;
        built.cost_per_year += cost - role.cost_per_year;
        role.cost_per_year = cost;
        role.people = People::Some(people);
    }
    if let Some(open) = hours {
        role.calendar = open.calendar;
    }
    if let Some(at) = of.get("approval") {
        let share = at.read("a share such as `15% of replies`", approval)?;
        match &mut role.work {
            Work::Desk(desk) => desk.approval = share,
            Work::Serve { .. } => at.fail("no-approval", "a plain desk has no approvals"),
        }
    }
    Some(())
}

/// Take out the links of a kind between two roles.
fn remove(cursor: &Cursor<'_>, roles: &RoleNames, built: &mut Built) -> Option<()> {
    let of = cursor.object(&REMOVE)?;
    let words: Vec<(&'static str, &'static str)> =
        LINK.keys.iter().map(|key| (*key, *key)).collect();
    let word = of.need("link").and_then(|at| at.word(&words));
    let from = match of.get("from") {
        Some(at) => Some(role_of(&at, roles)?),
        None => None,
    };
    let to = of.need("to").and_then(|at| role_of(&at, roles));
    let (word, to) = (word?, to?);
    let goes = |start: From, end: RoleId, link: &Link| {
        let same_start = match (from, start) {
            (Some(from), From::Role(start)) => from == start,
            (Some(_), From::Channel(_)) => false,
            (None, start) => matches!(start, From::Channel(_)),
        };
        same_start && end == to && link.kind.word() == word
    };
    let old = &built.organization;
    if !old.links().any(|(start, end, link)| goes(start, end, link)) {
        cursor.fail_with_help(
            "no-such-link",
            format!("there is no such `{word}` link"),
            "`orgsim graph` prints the links of a design",
        );
        return None;
    }
    let new = old.relinked(|start, end, link| (!goes(start, end, link)).then(|| link.clone()));
    built.organization = new;
    Some(())
}
