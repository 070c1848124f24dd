//! Roles of an explicit graph.

use super::crew::{Crew, MOST_HEADS, crew};
use super::cursor::{Cursor, Object};
use super::customers::{a_second_at_least, long_work};
use super::deal::{ramp, terms};
use super::designs::Setting;
use super::dialogue::brevity;
use super::discipline::discipline;
use super::habits::habits;
use super::keys::{DESK, ENDLESS, PROACTIVE, ROLE, WHEN_IDLE};
use super::knows::knows;
use super::languages::speaks;
use super::laws::{Bare, law};
use super::names::quote;
use super::opening::open;
use super::people::noted_currency;
use super::risk::authority;
use super::shares::fraction;
use super::staffing::life;
use super::text::{Per, approval, price};
use super::tree::Value;
use crate::draws::Law;
use crate::model::{
    Calendar, Desk, Draw, Employer, Habits, Help, Knowledge, People, Proactive, Role, ShiftEnd,
    SpareTime, Staffing, Terms, Work,
};
use crate::units::HOURS_A_WEEK;

/// Words for what happens to work in hand.
pub(super) const SHIFT_ENDS: &[(&str, ShiftEnd)] = &[
    ("suspend", ShiftEnd::Suspend),
    ("finish", ShiftEnd::Finish),
    ("hand over", ShiftEnd::HandOver),
];
/// Words for the steps of a help ladder.
pub(super) const LADDER: &[(&str, Help)] = &[
    ("search", Help::Search),
    ("consult", Help::Consult),
    ("escalate", Help::Escalate),
    ("guess", Help::Guess),
];

/// Words for whether repeated work is drawn anew.
pub(super) const DRAWS: &[(&str, Draw)] =
    &[("per visit", Draw::PerVisit), ("per case", Draw::PerCase)];

/// A role.
pub(super) fn role(name: &str, cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Role> {
    let of = cursor.object(&ROLE)?;
    let stated = match of.get("open") {
        Some(at) => Some(open(&at, setting.clock)?),
        None => None,
    };
    let week = stated.as_ref().map_or(HOURS_A_WEEK, |open| open.hours_per_week);
    let own = life(&of, week);
    let people = of.need("people");
    let crew = own.as_ref().and_then(|own| crew(&people?, stated.as_ref(), (week, own), setting));
    let work = work(&of, setting);
    let discipline =
        discipline(&of.or_default("discipline", "designs.*.graph.roles.*.discipline"), setting);
    let shift_end = shift_end(
        &of.or_default("shift_end", "designs.*.shift_end"),
        matches!(work, Some(Work::Serve { .. })),
    );
    let habits = habits(&of, Habits::default());
    let block = a_second_at_least(&of.or_default("block", "designs.*.block"));
    let proactive = proactive(&of.or_default("proactive", "designs.*.graph.roles.*.proactive"));
    let unit = of.get("unit").and_then(|unit| setting.scope.unit(&unit));
    let vendor = of.get("vendor").and_then(|vendor| vendor.name().map(String::from));
    let (topics, units) = (setting.world.topics.len(), setting.world.units.len());
    let knowledge = match of.get("knows") {
        Some(at) => knows(&at, unit, setting)?,
        None => Knowledge::everything(topics, units),
    };
    let waiting_room = match of.get("waiting_room") {
        Some(at) => Some(at.whole(0, 1_000_000_000)? as u32),
        None => None,
    };
    let cost = of.get("cost").map(|at| cost(&at));
    let terms = terms_of(&of, vendor.is_some())?;
    let ramp = ramp(&of)?;
    let spoken = speaks(&of, &setting.scope.languages);
    let crew = crew?.speaking(spoken?);
    let heads = heads(&of, &crew)?;
    // what is wrong with it is told already
    own?;
    let staffing = Staffing { ramp, ..crew.staffing };
    let calendar = match (stated, crew.calendar) {
        (Some(open), _) => open.calendar,
        (None, Some(shifts)) => shifts,
        (None, None) => {
            open(&of.or_default("open", "designs.*.graph.roles.*.open"), setting.clock)?.calendar
        }
    };
    if crew.people == People::Infinite {
        of_nobody_in_particular(&of, &calendar)?;
    }
    let (discipline, line) = discipline?;
    if let Some(at) = of.get("discipline").filter(|_| line.push_out && waiting_room.is_none()) {
        at.fail("no-effect", "`when_full` has no effect without a `waiting_room`");
        return None;
    }
    Some(Role {
        line,
        habits: habits?,
        name: name.into(),
        unit,
        employer: vendor.map_or(Employer::Own, Employer::Vendor),
        heads,
        people: crew.people,
        calendar,
        block: block?,
        shift_end: shift_end?,
        discipline,
        waiting_room,
        work: work?,
        knowledge,
        proactive: proactive?,
        staffing,
        terms,
        cost_per_year: cost.unwrap_or(Some(crew.cost_per_year))?,
    })
}

/// The terms of a vendor, if any are stated.
fn terms_of(of: &Object<'_>, is_vendor: bool) -> Option<Option<Terms>> {
    let Some(at) = of.get("terms") else { return Some(None) };
    if !is_vendor {
        let help = "state the `vendor` of the role, or leave them out";
        at.fail_with_help("no-effect", "only a vendor has terms", help);
        return None;
    }
    terms(&at).map(Some)
}

/// Of infinitely many people nothing is said that sets one apart from another.
fn of_nobody_in_particular(of: &Object<'_>, calendar: &Calendar) -> Option<()> {
    let why = [
        ("speaks", "where people are infinitely many: some speak each language"),
        ("open", "where people are infinitely many: some are always there"),
        ("taken_by", "where people are infinitely many"),
    ];
    for (key, why) in why {
        if let Some(at) = of.get(key).filter(|_| key != "open" || !calendar.is_always()) {
            let message = format!("{} has no effect {why}", quote(key));
            at.fail_with_help("no-effect", message, "state a number of people, or leave it out");
            return None;
        }
    }
    Some(())
}

/// What happens to work in hand when its person goes.
pub(super) fn shift_end(at: &Cursor<'_>, plain: bool) -> Option<ShiftEnd> {
    let word = at.word(SHIFT_ENDS)?;
    if word == ShiftEnd::HandOver && plain {
        at.fail_with_help(
            "no-effect",
            "a plain desk has no context to hand over",
            "write `suspend`: a colleague goes on with what is left",
        );
        return None;
    }
    Some(word)
}

/// The heads of a role: stated, or those of its people.
fn heads(of: &Object<'_>, crew: &Crew) -> Option<f64> {
    let Some(at) = of.get("heads") else { return Some(crew.heads) };
    if crew.people == People::Infinite {
        at.fail("no-effect", "`heads` has no effect where people are infinitely many");
        return None;
    }
    at.number(0.0, MOST_HEADS)
}

fn cost(at: &Cursor<'_>) -> Option<f64> {
    let price = at.read("a price such as `$66,800/year`", price)?;
    noted_currency(at, &price)?;
    if price.per != Some(Per::Year) {
        at.fail_with_help(
            "missing-unit",
            "the cost of a role is stated for a year",
            "write `/year`",
        );
        return None;
    }
    Some(price.amount)
}

fn work(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<Work> {
    let ways: Vec<&'static str> =
        ["service", "service_by_topic", "desk"].into_iter().filter(|key| of.has(key)).collect();
    let [way] = ways.as_slice() else {
        if ways.is_empty()
            && ROLE.keys.iter().any(|key| {
                ["service", "service_by_topic", "desk"].contains(key) && of.misspelt(key)
            })
        {
            return None;
        }
        let code = if ways.is_empty() { "missing-key" } else { "two-tags" };
        of.cursor.fail_with_help(
            code,
            if ways.is_empty() {
                "this role does not say what it does"
            } else {
                "this role says twice what it does"
            },
            "state one of `service` (a plain desk), `service_by_topic`, and `desk`",
        );
        return None;
    };
    let at = of.get(way)?;
    if *way != "desk" {
        let draw = of.or_default("draw", "designs.*.graph.roles.*.draw").word(DRAWS);
        let service = if *way == "service" {
            let service = law(&at, Bare::Constant)?;
            long_work(&at, &service);
            vec![service]
        } else {
            by_topic(&at, setting)?
        };
        return Some(Work::Serve { service, draw: draw? });
    }
    desk(&at)
}

fn by_topic(at: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Vec<Law>> {
    let mut laws: Vec<Option<Law>> = vec![None; setting.scope.topics.len()];
    for (name, child) in at.entries()? {
        if let Some(topic) = child.named(name, "unknown-topic", "topic", &setting.scope.topics) {
            laws[topic] = Some(law(&child, Bare::Constant)?);
        }
    }
    let missing: Vec<&str> = laws
        .iter()
        .zip(&setting.scope.topics)
        .filter(|(law, _)| law.is_none())
        .map(|(_, name)| name.as_str())
        .collect();
    if !missing.is_empty() {
        at.fail(
            "missing-key",
            format!("no service time for {}", super::names::quote(&missing.join(", "))),
        );
        return None;
    }
    laws.into_iter().collect()
}

fn desk(at: &Cursor<'_>) -> Option<Work> {
    let of = at.object(&DESK)?;
    let flag = |key: &'static str, otherwise: bool| {
        of.get(key).map_or(Some(otherwise), |flag| flag.flag())
    };
    let ladder = match of.get("ladder") {
        None => Some(vec![Help::Guess]),
        Some(list) => {
            list.items().map(|items| items.iter().filter_map(|item| item.word(LADDER)).collect())
        }
    };
    let share = match of.get("approval") {
        None => Some(0.0),
        Some(share) if matches!(share.node.value, Value::Number(_)) => share.number(0.0, 1.0),
        Some(share) => share.read("a share such as `15% of replies`", approval),
    };
    let centralization = of.get("centralization").map_or(Some(0.0), |c| fraction(&c));
    let only_objectors = flag("only_objectors", false);
    let (triage, answer) = (flag("triage", false), flag("answer", true));
    let mut ladder: Vec<Help> = ladder?;
    if let Some(twice) = (1..ladder.len()).find(|&at| ladder[..at].contains(&ladder[at])) {
        of.get("ladder")?.items()?[twice].fail_with_help(
            "no-effect",
            "a step of the ladder that is there already helps nobody a second time",
            "state each step once",
        );
        return None;
    }
    if ladder.last() != Some(&Help::Guess) {
        ladder.push(Help::Guess);
    }
    Some(Work::Desk(Desk {
        triage: triage?,
        answer: answer?,
        ladder,
        approval: share?,
        authority: authority(&of)?,
        centralization: centralization?,
        only_objectors: only_objectors?,
        brevity: brevity(&of)?,
    }))
}

/// What people do while nothing else waits.
pub(super) fn proactive(at: &Cursor<'_>) -> Option<Proactive> {
    if matches!(at.node.value, Value::Text(_)) {
        return match at.word(&[("never", false), ("when idle", true)])? {
            false => Some(Proactive::Never),
            true => Some(Proactive::WhenIdle(SpareTime::default())),
        };
    }
    let (tag, body) = at.tagged(&PROACTIVE)?;
    if tag == "when_idle" {
        return Some(Proactive::WhenIdle(spare_time(&body.object(&WHEN_IDLE)?)?));
    }
    let of = body.object(&ENDLESS)?;
    let task = of.need("task").and_then(|at| law(&at, Bare::Constant));
    let when = spare_time(&of);
    let task = task?;
    if task.mean() <= 0.0 {
        body.fail("zero-time-loop", "an endless supply of tasks that take no time");
        return None;
    }
    Some(Proactive::Endless { task, when: when? })
}

/// When work that nobody waits for may be begun, and whether it may be stopped.
fn spare_time(of: &Object<'_>) -> Option<SpareTime> {
    let keep_free = of.get("keep_free").map_or(Some(0), |at| at.whole(0, 1_000_000))?;
    let preemptible = of.get("preemptible").map_or(Some(false), |at| at.flag())?;
    Some(SpareTime { keep_free: keep_free as u32, preemptible })
}
