//! Roles of an explicit graph.

use std::sync::Arc;

use super::cursor::{Cursor, Object};
use super::customers::{long_work, positive};
use super::designs::Setting;
use super::keys::{DESK, ENDLESS, PROACTIVE, ROLE, SHIFT, WHEN_IDLE};
use super::knows::knows;
use super::laws::{Bare, law, time};
use super::opening::{Open, open};
use super::people::noted_currency;
use super::text::{Per, approval, price};
use super::tree::Value;
use crate::draws::Law;
use crate::model::archetype::present;
use crate::model::{
    Calendar, Desk, Discipline, Draw, Employer, Help, Knowledge, People, Person, Proactive, Role,
    ShiftEnd, Work,
};
use crate::units::SimTime;

/// Words for what happens to work in hand.
pub(super) const SHIFT_ENDS: &[(&str, ShiftEnd)] =
    &[("suspend", ShiftEnd::Suspend), ("finish", ShiftEnd::Finish)];
/// Words for which case comes next.
pub(super) const DISCIPLINES: &[(&str, Discipline)] = &[
    ("first come", Discipline::Fifo),
    ("priority", Discipline::Priority { preemptive: false }),
    ("preemptive priority", Discipline::Priority { preemptive: true }),
];
const LADDER: &[(&str, Help)] = &[
    ("search", Help::Search),
    ("consult", Help::Consult),
    ("escalate", Help::Escalate),
    ("guess", Help::Guess),
];

/// The people of a role, their number, and what they cost a year.
struct Crew {
    people: People,
    heads: f64,
    cost_per_year: f64,
    calendar: Option<Arc<Calendar>>,
}

/// A role and its heads.
pub(super) fn role(
    name: &str,
    cursor: &Cursor<'_>,
    setting: &Setting<'_, '_>,
) -> Option<(Role, f64)> {
    let of = cursor.object(&ROLE)?;
    let stated = match of.get("open") {
        Some(at) => Some(open(&at, setting.clock)?),
        None => None,
    };
    let crew = of.need("people").and_then(|at| crew(&at, stated.as_ref(), setting));
    let work = work(&of, setting);
    let discipline =
        of.or_default("discipline", "designs.*.graph.roles.*.discipline").word(DISCIPLINES);
    let shift_end = of.or_default("shift_end", "designs.*.shift_end").word(SHIFT_ENDS);
    let block = positive(&of.or_default("block", "designs.*.block"));
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
    let crew = crew?;
    let calendar = match (stated, crew.calendar) {
        (Some(open), _) => open.calendar,
        (None, Some(shifts)) => shifts,
        (None, None) => {
            open(&of.or_default("open", "designs.*.graph.roles.*.open"), setting.clock)?.calendar
        }
    };
    let role = Role {
        name: name.into(),
        unit,
        employer: vendor.map_or(Employer::Own, Employer::Vendor),
        people: crew.people,
        calendar,
        block: block?,
        shift_end: shift_end?,
        discipline: discipline?,
        waiting_room,
        work: work?,
        knowledge,
        proactive: proactive?,
        cost_per_year: cost.unwrap_or(Some(crew.cost_per_year))?,
    };
    Some((role, crew.heads))
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

/// `3`, `"infinite"`, `{ "care agent": 2.5 }`, or a list of shifts.
fn crew(at: &Cursor<'_>, stated: Option<&Open>, setting: &Setting<'_, '_>) -> Option<Crew> {
    let plain =
        |people: People, heads: f64| Crew { people, heads, cost_per_year: 0.0, calendar: None };
    match &at.node.value {
        Value::Text(_) => at.word(&[("infinite", ())]).map(|()| plain(People::Infinite, 0.0)),
        Value::Number(_) => {
            let count = at.whole(0, 1_000_000)? as usize;
            Some(plain(People::Some(vec![Person::full(); count]), count as f64))
        }
        Value::Object(_) => {
            let week = stated.map_or(168.0, |open| open.hours_per_week);
            let mut all = Vec::new();
            let (mut heads, mut cost) = (0.0, 0.0);
            for (_, staff, _) in setting.kinds.heads(at, &[])? {
                all.extend(present(staff.heads, staff.kind.hours_per_week, week));
                heads += staff.heads;
                cost += staff.heads * staff.kind.cost_per_year;
            }
            Some(Crew { people: People::Some(all), heads, cost_per_year: cost, calendar: None })
        }
        Value::List(_) => shifts(at, stated, setting),
        _ => at.wrong_type(
            "a number of people, `\"infinite\"`, kinds with heads, or a list of shifts",
        ),
    }
}

/// People with hours or skills of their own; the role is open whenever one of them is there.
fn shifts(at: &Cursor<'_>, stated: Option<&Open>, setting: &Setting<'_, '_>) -> Option<Crew> {
    let mut people = Vec::new();
    let mut spans = Vec::new();
    let mut period = None;
    let mut mixed = false;
    for item in at.items()? {
        let of = item.object(&SHIFT)?;
        let count = of.get("count").map_or(Some(1), |count| count.whole(0, 1_000_000))?;
        let own = match of.get("open") {
            Some(hours) => Some(open(&hours, setting.clock)?),
            None => None,
        };
        match &own {
            Some(own) if !own.calendar.is_always() => {
                let (cycle, mut intervals) = intervals(&own.calendar, setting.clock.listed_until());
                mixed |= period.is_some_and(|before| before != cycle);
                period = Some(cycle);
                spans.append(&mut intervals);
            }
            _ => mixed = true,
        }
        let skills = of.get("skills").map(|list| setting.scope.topics(Some(list)));
        let times = of.get("times").map_or(Some(1.0), |times| times.number(1e-6, 1e6))?;
        let person =
            Person { skills, times, calendar: own.map(|own| own.calendar), ..Person::full() };
        people.extend(std::iter::repeat_n(person, count as usize));
    }
    let calendar = match (stated, mixed, period) {
        (None, false, Some(Some(period))) => {
            Calendar::periodic(period, super::opening::joined(spans)).map(Arc::new)
        }
        (None, false, Some(None)) => Calendar::listed(super::opening::joined(spans)).map(Arc::new),
        _ => None,
    };
    let heads = people.len() as f64;
    Some(Crew { people: People::Some(people), heads, cost_per_year: 0.0, calendar })
}

type Span = (SimTime, SimTime);

/// The intervals of a calendar: of one week where it repeats, of all the time that matters where it does not.
pub(super) fn intervals(calendar: &Calendar, until: SimTime) -> (Option<SimTime>, Vec<Span>) {
    let listed = calendar.until(until.max(SimTime::WEEK));
    let week: Vec<Span> = (0..)
        .map_while(|n| calendar.interval(n))
        .take_while(|&(start, _)| start < SimTime::WEEK)
        .collect();
    let repeats = calendar.interval(week.len() as u64).is_some_and(|(start, end)| {
        week.first()
            .is_some_and(|first| start == SimTime::WEEK + first.0 && end == SimTime::WEEK + first.1)
    });
    if repeats { (Some(SimTime::WEEK), week) } else { (None, listed) }
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
        let draw = of
            .or_default("draw", "designs.*.graph.roles.*.draw")
            .word(&[("per visit", Draw::PerVisit), ("per case", Draw::PerCase)]);
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
        match setting.scope.topics.iter().position(|topic| topic == name) {
            Some(topic) => laws[topic] = Some(law(&child, Bare::Constant)?),
            None => {
                let known: Vec<&str> = setting.scope.topics.iter().map(String::as_str).collect();
                let help = super::names::suggestion(name, &known).unwrap_or_default();
                child.fail_with_help(
                    "unknown-topic",
                    format!("no topic is named {}", super::names::quote(name)),
                    help,
                );
            }
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
        Some(share) => share.read("a share such as `15% of replies`", approval),
    };
    let (triage, answer) = (flag("triage", false), flag("answer", true));
    let mut ladder: Vec<Help> = ladder?;
    if ladder.last() != Some(&Help::Guess) {
        ladder.push(Help::Guess);
    }
    Some(Work::Desk(Desk { triage: triage?, answer: answer?, ladder, approval: share? }))
}

fn proactive(at: &Cursor<'_>) -> Option<Proactive> {
    if matches!(at.node.value, Value::Text(_)) {
        return at.word(&[
            ("never", Proactive::Never),
            ("when idle", Proactive::WhenIdle { keep_free: 0 }),
        ]);
    }
    let (tag, body) = at.tagged(&PROACTIVE)?;
    if tag == "when_idle" {
        let keep_free = body.object(&WHEN_IDLE)?.need("keep_free")?.whole(0, 1_000_000)?;
        return Some(Proactive::WhenIdle { keep_free: keep_free as u32 });
    }
    let minutes = time(&body.object(&ENDLESS)?, "task")?;
    if minutes <= 0.0 {
        body.fail("zero-time-loop", "an endless supply of tasks that take no time");
        return None;
    }
    Some(Proactive::Endless { minutes })
}
