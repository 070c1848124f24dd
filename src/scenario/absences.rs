//! People who leave and are replaced later.

use std::sync::Arc;

use super::cursor::Cursor;
use super::customers::positive;
use super::designs::{Designed, Setting};
use super::keys::LEAVES;
use super::names::quote;
use super::streams::{moment, warn_if_late};
use crate::model::{Calendar, Organization, People, RoleId, World};
use crate::units::SimTime;

/// Take one person of a kind out of each design for a while.
pub(super) fn absences(list: &Cursor<'_>, designs: &mut [Designed], setting: &Setting<'_, '_>) {
    let mut away = Vec::new();
    for item in list.items().unwrap_or_default() {
        absence(&item, designs, setting, &mut away);
    }
}

/// Somebody who is away between two instants: by design, role and number.
struct Away {
    who: (usize, RoleId, usize),
    from: SimTime,
    until: SimTime,
}

fn absence(
    cursor: &Cursor<'_>,
    designs: &mut [Designed],
    setting: &Setting<'_, '_>,
    away: &mut Vec<Away>,
) -> Option<()> {
    let of = cursor.object(&LEAVES)?;
    let who = of.need("who");
    let from = of.need("from").and_then(|from| moment(&from, setting.clock));
    let length = of.need("replaced_after").and_then(|length| positive(&length));
    let only = of.get("design").and_then(|design| design.text());
    let who = who?;
    let name = who.name()?;
    let (from, until) = (from?, from? + length?);
    // those who came in time are still served by whoever is there
    let end = setting.clock.last_arrival.max(setting.clock.end);
    warn_if_late(&of.need("from")?, "this absence", from, end);
    let (mut left, mut found) = (false, false);
    let all = designs.iter_mut().enumerate();
    for (number, designed) in
        all.filter(|(_, designed)| only.is_none_or(|only| only == designed.design.name))
    {
        let names = roles_of(name, designed, setting.world);
        let organization = &mut designed.design.organization;
        let roles: Vec<RoleId> = names.iter().filter_map(|name| organization.find(name)).collect();
        let has_people = |id: &RoleId| matches!(&organization.role(*id).people, People::Some(people) if !people.is_empty());
        found |= roles.iter().any(has_people);
        // whoever is away for a part of that time leaves only where there is nobody else
        let meets = |of: &&Away| of.from < until && from < of.until;
        let others: Vec<_> = away.iter().filter(meets).map(|of| of.who).collect();
        let free = |role, person| !others.contains(&(number, role, person));
        let time = (from, until);
        let found = longest_there(organization, &roles, time, free)
            .or_else(|| longest_there(organization, &roles, time, |_, _| true));
        let Some((role, person, hours)) = found else { continue };
        away.push(Away { who: (number, role, person), from, until });
        if let People::Some(people) = &mut organization.role_mut(role).people {
            people[person].calendar =
                Some(Arc::new(hours.without(from, until, setting.clock.listed_weeks())));
            left = true;
        }
    }
    if !left && found && end <= from {
        // that it is too late is told already
    } else if !left && found {
        let message = format!(
            "nobody of {} is there then, so nobody leaves: all are away or off",
            quote(name)
        );
        who.warn("nobody-leaves", message, "choose another time, or leave it out");
    } else if !left {
        let asked =
            designs.iter().filter(|designed| only.is_none_or(|only| only == designed.design.name));
        let roles = asked.flat_map(|designed| designed.design.organization.roles());
        let roles = roles.map(|(_, role)| role.name.clone()).filter(|role| role != name);
        let roles: Vec<String> = roles.collect();
        let mut known: Vec<&str> = roles.iter().map(String::as_str).collect();
        known.extend(setting.kinds.names().into_iter().filter(|kind| *kind != name));
        known.sort_unstable();
        known.dedup();
        let near = roles.iter().find(|role| role.starts_with(name));
        let help = match near {
            Some(role) => format!("did you mean the role {}?", quote(role)),
            None => {
                who.meant(name, &known).unwrap_or_else(|| "name a kind of people, or a role".into())
            }
        };
        who.fail_with_help("nobody-leaves", format!("no design has {}", quote(name)), help);
    }
    Some(())
}

/// Who of the people of these roles that may leave is there longest between two instants, and their hours. Of equals the first;
/// `None` if nobody is there.
fn longest_there(
    organization: &Organization,
    roles: &[RoleId],
    (from, until): (SimTime, SimTime),
    may: impl Fn(RoleId, usize) -> bool,
) -> Option<(RoleId, usize, Arc<Calendar>)> {
    let mut longest = None;
    let mut most = 0.0;
    for &id in roles {
        let role = organization.role(id);
        let People::Some(people) = &role.people else { continue };
        for (number, person) in people.iter().enumerate() {
            let hours = person.calendar.as_ref().unwrap_or(&role.calendar);
            let there = hours.open_between(from, until).hours() * person.present;
            if most < there && may(id, number) {
                (most, longest) = (there, Some((id, number, hours.clone())));
            }
        }
    }
    longest
}

/// The roles filled by a kind of people, post by post where a plan has them in several; or the role of that name.
fn roles_of(name: &str, designed: &Designed, world: &World) -> Vec<String> {
    if designed.design.organization.find(name).is_some() {
        return vec![name.into()];
    }
    let seats = designed.plan.iter().flat_map(|plan| plan.seats(world));
    seats.filter(|(_, staff)| staff.kind.name == name).flat_map(|(seat, _)| seat.roles).collect()
}
