//! Hours: of work by kind, and of people on shift.

use crate::model::{Calendar, People, Person, Role, Slots, Turnover};
use crate::units::SimTime;

use super::WEEK;

/// Hours of work per week by kind: the busy bins of a person's week, as far as the load determines them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hours {
    /// Reading new messages.
    pub triage: f64,
    /// Answering, and all service at plain desks.
    pub answer: f64,
    /// Reworking drafts that a reviewer sent back.
    pub rework: f64,
    /// Re-reading for lost context and recognizing cases of other desks.
    pub hand_off: f64,
    /// Reviewing others' drafts.
    pub approval: f64,
    /// Answering colleagues' questions.
    pub consult_given: f64,
    /// Asking colleagues and looking things up.
    pub consult_sought: f64,
    /// Mentions that the role should touch if it had the time.
    pub mentions_wanted: f64,
}

impl Hours {
    /// All work that customers' inquiries cause: everything but mentions.
    pub fn reactive(&self) -> f64 {
        self.triage
            + self.answer
            + self.rework
            + self.hand_off
            + self.approval
            + self.consult_given
            + self.consult_sought
    }

    /// The kinds with their names, in the order of the bins.
    pub fn by_kind(&self) -> [(&'static str, f64); 8] {
        [
            ("answer", self.answer),
            ("triage", self.triage),
            ("rework", self.rework),
            ("hand-off", self.hand_off),
            ("approval", self.approval),
            ("consult given", self.consult_given),
            ("consult sought", self.consult_sought),
            ("mentions wanted", self.mentions_wanted),
        ]
    }

    pub(super) fn scale(&mut self, factor: f64) {
        for hours in [
            &mut self.triage,
            &mut self.answer,
            &mut self.rework,
            &mut self.hand_off,
            &mut self.approval,
            &mut self.consult_given,
            &mut self.consult_sought,
            &mut self.mentions_wanted,
        ] {
            *hours *= factor;
        }
    }
}

/// Hours a week that the people of a role are there for cases, after absence, vacancies and duties; `None` for
/// infinitely many.
pub(super) fn available_per_week(role: &Role) -> Option<f64> {
    Some(full_crew_per_week(role)? * role.staffing.share_for_cases())
}

/// Hours a week that the people of a role are paid for, vacancies left out; `None` for infinitely many.
pub(super) fn paid_per_week(role: &Role) -> Option<f64> {
    let vacant = role.staffing.turnover.as_ref().map_or(0.0, Turnover::share_vacant);
    Some(full_crew_per_week(role)? * (1.0 - vacant))
}

/// Hours a week that a full crew is scheduled; `None` for infinitely many.
fn full_crew_per_week(role: &Role) -> Option<f64> {
    let People::Some(people) = &role.people else { return None };
    let open = |calendar: &Calendar| WEEK * calendar.open_share(whole_weeks(calendar));
    let usual = open(&role.calendar);
    let hours =
        |person: &Person| person.present.min(1.0) * person.calendar.as_deref().map_or(usual, open);
    Some(people.iter().map(hours).sum())
}

/// Hours a week that a person of the role is scheduled.
pub(super) fn hours_of(role: &Role, person: &Person) -> f64 {
    let calendar = person.calendar.as_deref().unwrap_or(&role.calendar);
    person.present.min(1.0) * WEEK * calendar.open_share(whole_weeks(calendar))
}

/// How much longer work takes those people of this role who count than at standard speed.
///
/// People of unequal speed are taken to share the work by capacity, as they do when they are busy: the
/// harmonic mean of their `times`, weighted by hours. People with several slots work as fast as with all
/// of them taken, and where people come and go, as fast as newcomers and veterans do in the long run.
pub(super) fn times(role: &Role, counts: impl Fn(&Person) -> bool) -> f64 {
    let People::Some(people) = &role.people else { return 1.0 };
    let full_speed = role.habits.slots.as_ref().map_or(1.0, Slots::full_speed);
    let people = || people.iter().filter(|person| counts(person));
    let present: f64 = people().map(|person| person.present).sum();
    let capacity: f64 = people().map(|person| person.present / person.times).sum();
    let speed = full_speed * role.staffing.turnover.as_ref().map_or(1.0, Turnover::mean_speed);
    if 0.0 < capacity { present / capacity / speed } else { 1.0 }
}

/// How often a week a person's stretch of presence ends: with the opening hours, and in each block of these for whoever is
/// there for a part of it.
pub(super) fn shift_ends_per_week(role: &Role, person: &Person) -> f64 {
    let calendar = person.calendar.as_deref().unwrap_or(&role.calendar);
    let span = whole_weeks(calendar);
    let weeks = span.hours() / WEEK;
    let ends = (0..).map_while(|number| calendar.interval(number)).map(|(_, end)| end);
    let openings = ends.take_while(|end| *end <= span).count() as f64 / weeks;
    let blocks = WEEK * calendar.open_share(span) / role.block.hours();
    openings + if person.present < 1.0 { blocks } else { 0.0 }
}

/// Calendars under which somebody of the role is there who counts.
pub(in crate::model) fn calendars<'r>(
    role: &'r Role,
    counts: &impl Fn(&Person) -> bool,
) -> Vec<&'r Calendar> {
    match &role.people {
        People::Infinite => vec![&role.calendar],
        People::Some(people) => {
            let people = || people.iter().filter(|person| counts(person));
            let own = people().filter_map(|person| person.calendar.as_deref());
            let usual = people().any(|person| person.calendar.is_none()).then_some(&*role.calendar);
            own.chain(usual).collect()
        }
    }
}

/// Hours a week in which at least one of these calendars is open.
///
/// The mean over the weeks that the calendars list, at most a year.
pub(super) fn open_hours_per_week(calendars: &[&Calendar]) -> f64 {
    if calendars.iter().any(|calendar| calendar.is_always()) {
        return WEEK;
    }
    let span =
        calendars.iter().map(|calendar| whole_weeks(calendar)).max().unwrap_or(SimTime::WEEK);
    let open = merged(calendars, span);
    let sum: u64 = open.iter().map(|(start, end)| end.since(*start).micros()).sum();
    WEEK * sum as f64 / span.micros() as f64
}

/// Stretches of the week in which none of these calendars is ever open.
pub(in crate::model) fn uncovered(calendars: &[&Calendar]) -> Vec<(SimTime, SimTime)> {
    if calendars.iter().any(|calendar| calendar.is_always()) {
        return Vec::new();
    }
    let span =
        calendars.iter().map(|calendar| whole_weeks(calendar)).max().unwrap_or(SimTime::WEEK);
    let mut folded = Vec::new();
    for (start, end) in merged(calendars, span) {
        let mut start = start;
        while start < end {
            let week = SimTime::WEEK.times(start.micros() / SimTime::WEEK.micros());
            let until = end.min(week + SimTime::WEEK);
            folded.push((start.since(week), until.since(week)));
            start = until;
        }
    }
    let mut gaps = Vec::new();
    let mut at = SimTime::ZERO;
    for (start, end) in joined(folded) {
        if at < start {
            gaps.push((at, start));
        }
        at = end;
    }
    if at < SimTime::WEEK {
        gaps.push((at, SimTime::WEEK));
    }
    gaps
}

/// The whole weeks over which a calendar is looked at: all of a list, or a year of it.
fn whole_weeks(calendar: &Calendar) -> SimTime {
    let year = SimTime::WEEK.times(52);
    let ends = (0..).map_while(|number| calendar.interval(number)).map(|(_, end)| end);
    let mut last = SimTime::ZERO;
    for end in ends {
        last = end.min(year);
        if last == year {
            break;
        }
    }
    SimTime::WEEK.times(last.micros().div_ceil(SimTime::WEEK.micros()).max(1))
}

/// The union of the calendars' intervals up to `span`, in order and apart.
fn merged(calendars: &[&Calendar], span: SimTime) -> Vec<(SimTime, SimTime)> {
    let mut intervals = Vec::new();
    for calendar in calendars {
        let mut number = 0;
        while let Some((start, end)) = calendar.interval(number) {
            if span <= start {
                break;
            }
            intervals.push((start, end.min(span)));
            number += 1;
        }
    }
    joined(intervals)
}

fn joined(mut intervals: Vec<(SimTime, SimTime)>) -> Vec<(SimTime, SimTime)> {
    intervals.sort_unstable();
    let mut joined: Vec<(SimTime, SimTime)> = Vec::new();
    for (start, end) in intervals {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(from: u64, to: u64) -> Calendar {
        let hours = (SimTime::HOUR.times(from), SimTime::HOUR.times(to));
        Calendar::periodic(SimTime::DAY, vec![hours]).unwrap()
    }

    #[test]
    fn overlapping_hours_count_once() {
        let (early, late) = (day(8, 14), day(12, 20));
        assert!((open_hours_per_week(&[&early, &late]) - 84.0).abs() < 1e-9);
    }

    #[test]
    fn gaps_are_what_nobody_covers() {
        let gaps = uncovered(&[&day(8, 14), &day(12, 20)]);
        assert_eq!(gaps.len(), 8);
        assert_eq!(gaps[1], (SimTime::HOUR.times(20), SimTime::HOUR.times(32)));
        assert!(uncovered(&[&Calendar::always()]).is_empty());
        assert_eq!(uncovered(&[]), [(SimTime::ZERO, SimTime::WEEK)]);
    }

    #[test]
    fn listed_hours_are_averaged_over_whole_weeks() {
        let open = (0..14)
            .map(|d| (SimTime::HOUR.times(24 * d + 9), SimTime::HOUR.times(24 * d + 14)))
            .collect();
        assert!((open_hours_per_week(&[&Calendar::listed(open).unwrap()]) - 35.0).abs() < 1e-9);
    }
}
