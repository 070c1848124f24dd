//! The people of a role of an explicit graph: a number, kinds with heads, or a list of shifts.

use std::sync::Arc;

use super::cursor::{Cursor, Object};
use super::designs::Setting;
use super::keys::SHIFT;
use super::languages::speaks;
use super::names::quote;
use super::opening::{Open, joined, open};
use super::shares::fraction;
use super::tree::Value;
use crate::model::archetype::{Kind, Life, taking_turns, turn_after};
use crate::model::{Calendar, LanguageId, People, Person, Staffing, StandingWork};
use crate::units::SimTime;

/// Most heads of one role.
pub(super) const MOST_HEADS: f64 = 1e6;

/// The people of a role, their full-time equivalents, and what they cost a year.
pub(super) struct Crew {
    pub(super) people: People,
    pub(super) heads: f64,
    pub(super) cost_per_year: f64,
    /// When one of them is there, if they say so themselves.
    pub(super) calendar: Option<Arc<Calendar>>,
    /// What takes them away from cases.
    pub(super) staffing: Staffing,
}

impl Crew {
    fn unpaid(people: People, heads: f64) -> Crew {
        Crew { people, heads, cost_per_year: 0.0, calendar: None, staffing: Staffing::default() }
    }
}

/// `2.4`, `"infinite"`, `{ "care agent": 2.5 }`, or a list of shifts; the role is open `week` hours a week, and states a
/// life of its own.
pub(super) fn crew(
    at: &Cursor<'_>,
    stated: Option<&Open>,
    (week, own): (f64, &Life),
    setting: &Setting<'_, '_>,
) -> Option<Crew> {
    let crew = match &at.node.value {
        Value::Text(_) => {
            at.word(&[("infinite", ())]).map(|()| Crew::unpaid(People::Infinite, 0.0))
        }
        Value::Number(_) => {
            let heads = at.number(0.0, MOST_HEADS)?;
            Some(Crew::unpaid(People::Some(taking_turns(heads, 1.0, 0.0)), heads))
        }
        Value::Object(_) => return kinds(at, (week, own), setting),
        Value::List(_) => shifts(at, stated, setting),
        _ => at.wrong_type(
            "a number of people, `\"infinite\"`, kinds with heads, or a list of shifts",
        ),
    };
    crew.map(|crew| Crew { staffing: own.staffing(week, week), ..crew })
}

impl Crew {
    /// People who say nothing of their own speak these languages.
    pub(super) fn speaking(mut self, speaks: Option<Vec<LanguageId>>) -> Crew {
        if let (Some(speaks), People::Some(people)) = (speaks, &mut self.people) {
            for person in people.iter_mut().filter(|person| person.speaks.is_none()) {
                person.speaks = Some(speaks.clone());
            }
        }
        self
    }
}

/// Heads of kinds, who share the opening hours, and what takes them away from cases: what the role states, and else what
/// their kind does.
fn kinds(at: &Cursor<'_>, (week, own): (f64, &Life), setting: &Setting<'_, '_>) -> Option<Crew> {
    let mut all = Vec::new();
    let (mut heads, mut cost, mut worked) = (0.0, 0.0, 0.0);
    let mut first: Option<Arc<Kind>> = None;
    for (_, staff, _) in setting.kinds.heads(at, &[], false)? {
        all.extend(staff.present(staff.heads, week));
        heads += staff.heads;
        cost += staff.heads * staff.kind.cost_per_year;
        worked += staff.heads * staff.kind.hours_per_week.min(week);
        if let Some(other) = first.as_ref().filter(|_| 0.0 < staff.heads)
            && in_common(&other.life.with(own)) != in_common(&staff.kind.life.with(own))
        {
            let second = at.child(&staff.kind.name).unwrap_or_else(|| at.clone());
            return lives_apart(&second, &other.name, &staff.kind.name);
        }
        if 0.0 < staff.heads {
            first.get_or_insert(staff.kind);
        }
    }
    let worked = if 0.0 < heads { worked / heads } else { week };
    let life = first.map_or_else(Life::default, |kind| kind.life.clone());
    let staffing = lived(&life, own, worked, week);
    if 1.0 <= staffing.duties.iter().map(|duty| duty.share).sum::<f64>() {
        let message = format!(
            "standing work takes all of the {worked:.1} hours that somebody here works a week"
        );
        at.fail_with_help("no-time-left", message, "leave some of the week for customers");
        return None;
    }
    Some(Crew { people: People::Some(all), heads, cost_per_year: cost, calendar: None, staffing })
}

/// A life as people of one role may have it in common: what is stated as a share is that share of whichever hours they work.
fn in_common(life: &Life) -> Life {
    let mut life = life.clone();
    life.standing.iter_mut().filter(|work| work.share.is_some()).for_each(|work| work.hours = 0.0);
    life
}

/// What takes people away from cases: what the role states, in hours of somebody who is there whenever it is open, and what
/// their kind does otherwise, in those of somebody who works so many.
fn lived(kind: &Life, own: &Life, worked: f64, week: f64) -> Staffing {
    let stays = |work: &&StandingWork| own.standing.iter().all(|anew| anew.kind != work.kind);
    let standing = kind.standing.iter().filter(stays).copied().collect();
    let all = Life { standing, ..kind.with(own) }.staffing(worked, week);
    let stated = own.staffing(week, week);
    Staffing { duties: [all.duties, stated.duties].concat(), ..all }
}

/// The people of one role have their meetings, their absence and what else takes them away from cases in common.
fn lives_apart(at: &Cursor<'_>, one: &str, other: &str) -> Option<Crew> {
    at.fail_with_help(
        "lives-apart",
        format!(
            "{} and {} are of one role and have different duties, absence or turnover",
            quote(one),
            quote(other)
        ),
        "state at the role what holds for all of them (`meetings`, `training`, `absence`, …), or give each kind a role of its own",
    );
    None
}

/// People with hours, skills or turns of their own; the role is open whenever one of them is there.
fn shifts(at: &Cursor<'_>, stated: Option<&Open>, setting: &Setting<'_, '_>) -> Option<Crew> {
    let mut people: Vec<Person> = Vec::new();
    let mut heads = 0.0;
    let mut own = Own::default();
    for item in at.items()? {
        let of = item.object(&SHIFT)?;
        let hours = match of.get("open") {
            Some(hours) => Some(open(&hours, setting.clock)?),
            None => None,
        };
        own.note(hours.as_ref(), setting);
        let skills = of.get("skills").map(|list| setting.scope.topics(Some(list)));
        let speaks = speaks(&of, &setting.scope.languages)?;
        let times = of.get("times").map_or(Some(1.0), |times| times.number(1e-6, 1e6))?;
        let with_people = of.get("with_people").map_or(Some(0.5), |at| fraction(&at))?;
        let after = people.last().map_or(0.0, turn_after);
        let (more, turns) = turns(&of, after)?;
        heads += more;
        people.extend(turns.into_iter().map(|turn| Person {
            skills: skills.clone(),
            speaks: speaks.clone(),
            times,
            with_people,
            calendar: hours.as_ref().map(|own| own.calendar.clone()),
            ..turn
        }));
    }
    let calendar = if stated.is_none() { own.calendar() } else { None };
    Some(Crew { calendar, ..Crew::unpaid(People::Some(people), heads) })
}

/// The heads of an item and when in a block each of its people is there; `after`: where the turns before end.
fn turns(of: &Object<'_>, after: f64) -> Option<(f64, Vec<Person>)> {
    let heads = match (of.get("count"), of.get("heads")) {
        (Some(_), Some(heads)) => {
            heads.fail_with_help(
                "two-tags",
                "`count` and `heads` both say how many",
                "keep one of the two: persons, or full-time equivalents",
            );
            return None;
        }
        (Some(count), None) => count.whole(0, MOST_HEADS as u64)? as f64,
        (None, Some(heads)) => heads.number(0.0, MOST_HEADS)?,
        (None, None) => 1.0,
    };
    let present = of.get("present").map_or(Some(1.0), |present| {
        let share = fraction(&present)?;
        if share <= 0.0 {
            present.fail("out-of-range", "somebody who is there for no part of the time");
            return None;
        }
        Some(share)
    })?;
    let from = of.get("from").map_or(Some(after), |from| {
        let share = fraction(&from)?;
        if 1.0 <= share {
            from.fail("out-of-range", "a turn begins before its block ends");
            return None;
        }
        Some(share)
    })?;
    Some((heads, taking_turns(heads, present, from)))
}

/// The hours that people have of their own.
#[derive(Default)]
struct Own {
    spans: Vec<Span>,
    /// Their common period, once it is known.
    period: Option<Option<SimTime>>,
    /// Whether they have no common hours: some have none of their own, or they do not repeat alike.
    mixed: bool,
}

impl Own {
    fn note(&mut self, hours: Option<&Open>, setting: &Setting<'_, '_>) {
        match hours {
            Some(own) if !own.calendar.is_always() => {
                let (cycle, mut intervals) = intervals(&own.calendar, setting.clock.listed_weeks());
                self.mixed |= self.period.is_some_and(|before| before != cycle);
                self.period = Some(cycle);
                self.spans.append(&mut intervals);
            }
            _ => self.mixed = true,
        }
    }

    /// When one of them is there.
    fn calendar(self) -> Option<Arc<Calendar>> {
        match (self.mixed, self.period?) {
            (true, _) => None,
            (false, Some(period)) => Calendar::periodic(period, joined(self.spans)).map(Arc::new),
            (false, None) => Calendar::listed(joined(self.spans)).map(Arc::new),
        }
    }
}

type Span = (SimTime, SimTime);

/// The intervals of a calendar: of one week where it repeats, of all the time that matters where it does not.
pub(super) fn intervals(calendar: &Calendar, until: SimTime) -> (Option<SimTime>, Vec<Span>) {
    let listed: Vec<Span> = (0..)
        .map_while(|n| calendar.interval(n))
        .take_while(|&(start, _)| start < until.max(SimTime::WEEK))
        .collect();
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
