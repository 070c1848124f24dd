//! Edits of a built design: change a role, add or remove a link.

use super::clock::Clock;
use super::crew::{Crew, MOST_HEADS, crew};
use super::cursor::Cursor;
use super::designs::Setting;
use super::discipline::discipline;
use super::habits::habits;
use super::keys::{CHANGE, EDIT, LINK, REMOVE};
use super::links::{RoleNames, add_links, role_of};
use super::names::quote;
use super::opening::{Open, open};
use super::risk::RISKS;
use super::roles::{proactive, shift_end};
use super::text::approval;
use super::tree::Value;
use crate::model::archetype::{Archetype, Life, taking_turns};
use crate::model::{
    From, Link, Organization, People, Person, Role, RoleId, SHARED, Shared, Staffing, Work,
};
use crate::units::{HOURS_A_WEEK, SimTime};

/// Apply a list of edits, in order.
pub(super) fn edits(
    list: &Cursor<'_>,
    organization: &mut Organization,
    plan: Option<&Archetype>,
    setting: &Setting<'_, '_>,
) {
    for item in list.items().unwrap_or_default() {
        let Some((tag, body)) = item.tagged(&EDIT) else { continue };
        let roles = RoleNames::of(organization);
        match tag {
            "change" => {
                change(&body, &roles, organization, plan, setting);
            }
            "add" => {
                add_links(&body, &roles, setting, organization);
            }
            "share" => share(&body, organization),
            _ => {
                remove(&body, &roles, organization);
            }
        }
    }
}

/// Let the desks share a history, a playbook, a queue.
fn share(cursor: &Cursor<'_>, organization: &mut Organization) {
    let words: Vec<(&'static str, Shared)> =
        SHARED.iter().map(|&shared| (shared.word(), shared)).collect();
    for item in cursor.items().unwrap_or_default() {
        let Some(shared) = item.word(&words) else { continue };
        match shared.with(organization) {
            Some(together) => *organization = together,
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
    organization: &mut Organization,
    plan: Option<&Archetype>,
    setting: &Setting<'_, '_>,
) -> Option<()> {
    let of = cursor.object(&CHANGE)?;
    let id = role_of(&of.need("role")?, roles)?;
    let hours = match of.get("open") {
        Some(at) => Some(open(&at, setting.clock)?),
        None => None,
    };
    let role = organization.role_mut(id);
    if let Some(at) = of.get("people") {
        let week = || week_of(role, plan, setting.clock);
        let week = hours.as_ref().map_or_else(week, |open| open.hours_per_week);
        staff(&at, role, hours.as_ref(), week, setting)?;
    }
    if let Some(open) = hours {
        role.calendar = open.calendar;
    }
    if let Some(at) = of.get("proactive") {
        role.proactive = proactive(&at)?;
    }
    if let Some(at) = of.get("discipline") {
        (role.discipline, role.line) = discipline(&at, setting)?;
    }
    if let Some(at) = of.get("shift_end") {
        role.shift_end = shift_end(&at, matches!(role.work, Work::Serve { .. }))?;
    }
    role.habits = habits(&of, std::mem::take(&mut role.habits))?;
    if let Some(at) = of.get("approval") {
        let share = at.read("a share such as `15% of replies`", approval)?;
        match &mut role.work {
            Work::Desk(desk) => desk.approval = share,
            Work::Serve { .. } => at.fail("no-approval", "a plain desk has no approvals"),
        }
    }
    if let Some(at) = of.get("authority") {
        let most = at.word(RISKS)?;
        match &mut role.work {
            Work::Desk(desk) => desk.authority = most,
            Work::Serve { .. } => at.fail("no-approval", "a plain desk has no approvals"),
        }
    }
    Some(())
}

/// Other people for a role: kinds at their own cost, or anybody else at what a head there costs now.
fn staff(
    at: &Cursor<'_>,
    role: &mut Role,
    hours: Option<&Open>,
    week: f64,
    setting: &Setting<'_, '_>,
) -> Option<()> {
    let a_head = if 0.0 < role.heads { role.cost_per_year / role.heads } else { 0.0 };
    let new = match &at.node.value {
        Value::Number(_) => more_or_fewer(at, role)?,
        _ => crew(at, hours, (week, &Life::default()), setting)?,
    };
    let kinds = matches!(at.node.value, Value::Object(_));
    role.cost_per_year = if kinds { new.cost_per_year } else { a_head * new.heads };
    role.people = new.people;
    role.heads = new.heads;
    if kinds {
        role.staffing = Staffing { ramp: role.staffing.ramp, ..new.staffing };
    }
    if let Some(calendar) = new.calendar {
        role.calendar = calendar;
    }
    Some(())
}

/// So many heads of the same people as before: their hours, skills and speed.
fn more_or_fewer(at: &Cursor<'_>, role: &Role) -> Option<Crew> {
    let heads = at.number(0.0, MOST_HEADS)?;
    let before: &[Person] = match &role.people {
        People::Some(people) => people,
        People::Infinite => &[],
    };
    let model = before.first().cloned().unwrap_or_else(Person::full);
    let alike = |person: &Person| {
        let (skills, times) = (&person.skills, person.times.to_bits());
        (skills, times) == (&model.skills, model.times.to_bits())
            && person.speaks == model.speaks
            && person.calendar == model.calendar
    };
    if !before.iter().all(alike) {
        at.fail_with_help(
            "unlike-people",
            format!(
                "the people of {} are not alike, so a number does not say who",
                quote(&role.name)
            ),
            "state kinds with heads, like `{ \"care agent\": 2.4 }`, or a list of shifts",
        );
        return None;
    }
    // a role of less than one head shows what a whole one would be there
    let whole = if 0.0 < role.heads && role.heads < 1.0 {
        (model.present / role.heads).min(1.0)
    } else {
        model.present
    };
    let turns = taking_turns(heads, whole, 0.0);
    let people = turns
        .into_iter()
        .map(|turn| Person { present: turn.present, offset: turn.offset, ..model.clone() })
        .collect();
    let (people, staffing) = (People::Some(people), role.staffing.clone());
    Some(Crew { people, heads, cost_per_year: 0.0, calendar: None, staffing })
}

/// Hours a week in which a role is open: those its plan states, or those of its calendar.
fn week_of(role: &Role, plan: Option<&Archetype>, clock: &Clock) -> f64 {
    let stated = plan.map(|plan| (&plan.common().open, plan.common().open_hours_per_week));
    let vendor = match plan {
        Some(Archetype::Outsourced(plan)) => {
            Some((&plan.vendor_open, plan.vendor_open_hours_per_week))
        }
        _ => None,
    };
    let known = stated.into_iter().chain(vendor).find(|(calendar, _)| **calendar == role.calendar);
    let weeks = (clock.listed_until().micros() / SimTime::WEEK.micros()).max(1);
    let counted = || HOURS_A_WEEK * role.calendar.open_share(SimTime::WEEK.times(weeks));
    known.map_or_else(counted, |(_, hours)| hours)
}

/// Take out the links of a kind between two roles.
fn remove(cursor: &Cursor<'_>, roles: &RoleNames, organization: &mut Organization) -> Option<()> {
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
    let old = &*organization;
    if !old.links().any(|(start, end, link)| goes(start, end, link)) {
        cursor.fail_with_help(
            "no-such-link",
            format!("there is no such `{word}` link"),
            "`orgsim graph` prints the links of a design",
        );
        return None;
    }
    let new = old.relinked(|start, end, link| (!goes(start, end, link)).then(|| link.clone()));
    *organization = new;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overlay, Source, load, render};

    /// The quickstart's centralized design with a change of its desk.
    fn changed(people: &str) -> crate::model::Design {
        let edit = format!(
            r#""Centralized": {{
      "edits": [ {{ "change": {{ "role": "desk", "people": {people} }} }} ],
      "centralized""#
        );
        let text = include_str!("../../scenarios/quickstart.json")
            .replace(r#""hold_equal": { "cost": "$1,000,000/year", "within": "2%" },"#, "")
            .replacen("\"Centralized\": {\n      \"centralized\"", &edit, 1);
        let source = Source::new("edited.json", text);
        let scenario = load(&source, &Overlay::default())
            .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)));
        scenario.model.designs[0].clone()
    }

    #[test]
    fn a_change_of_people_counts_heads_and_pays_for_them() {
        let before = changed("10");
        for people in [r#"{ "care agent": 2.4 }"#, "2.4"] {
            let design = changed(people);
            let desk = design.organization.role(design.organization.find("desk").unwrap());
            assert_eq!((desk.headcount(), desk.persons()), (Some(2.4), Some(3)));
            assert!((desk.cost_per_year - 2.4 * 66_800.0).abs() < 1e-6, "{people}");
            assert!((before.headcount - design.headcount - 7.6).abs() < 1e-9, "{people}");
            let less = before.cost_per_year - design.cost_per_year;
            assert!((less - 7.6 * 66_800.0).abs() < 1e-6, "{people}: {less}");
            let People::Some(people) = &desk.people else { panic!("people") };
            let hours: f64 = people.iter().map(|person| 84.0 * person.present).sum();
            assert!((hours - 2.4 * 31.0).abs() < 1e-9, "{hours}");
        }
    }
}
