//! Hours: of work by kind, and of people on shift.

use crate::model::{Calendar, People, Person, Role, Slots, Turnover};
use crate::units::{HOURS_A_WEEK, SimTime};

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
    let open = |calendar: &Calendar| HOURS_A_WEEK * calendar.usual_share();
    let usual = open(&role.calendar);
    let hours =
        |person: &Person| person.present.min(1.0) * person.calendar.as_deref().map_or(usual, open);
    Some(people.iter().map(hours).sum())
}

/// Hours a week that a person of the role is scheduled.
pub(super) fn hours_of(role: &Role, person: &Person) -> f64 {
    let calendar = person.calendar.as_deref().unwrap_or(&role.calendar);
    person.present.min(1.0) * HOURS_A_WEEK * calendar.usual_share()
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
    let span = calendar.whole_weeks();
    let weeks = span.hours() / HOURS_A_WEEK;
    let ends = (0..).map_while(|number| calendar.interval(number)).map(|(_, end)| end);
    let openings = ends.take_while(|end| *end <= span).count() as f64 / weeks;
    let blocks = HOURS_A_WEEK * calendar.open_share(span) / role.block.hours();
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

/// Hours a week in which at least one of these calendars is open: the mean over the weeks that they list, at most a year.
pub(super) fn open_hours_per_week(calendars: &[&Calendar]) -> f64 {
    if calendars.iter().any(|calendar| calendar.is_always()) {
        return HOURS_A_WEEK;
    }
    let weeks = (SimTime::ZERO, Calendar::whole_weeks_of(calendars));
    hours_per_week(open_in(calendars, weeks), weeks)
}

/// Hours a week in which none of these calendars is open: the mean over these weeks, from and to, or over those that the
/// calendars list.
///
/// Weeks need not be alike: when clocks change in one zone and not in another, desks are closed at other hours. So hours are
/// counted week by week, not laid over each other: a desk that opens at 9 before a change and at 8 after it is open for
/// one of these hours in each week, not for two.
pub(in crate::model) fn uncovered(
    calendars: &[&Calendar],
    weeks: Option<(SimTime, SimTime)>,
) -> f64 {
    if calendars.iter().any(|calendar| calendar.is_always()) {
        return 0.0;
    }
    let (from, to) = weeks.unwrap_or((SimTime::ZERO, Calendar::whole_weeks_of(calendars)));
    let open = open_in(calendars, (from, to));
    hours_per_week(to.since(from).since(open), (from, to))
}

/// Hours of each of these weeks, of so much time in all of them.
fn hours_per_week(time: SimTime, (from, to): (SimTime, SimTime)) -> f64 {
    // whole weeks, and whole hours of them, stay whole
    let weeks = to.since(from).micros() / SimTime::WEEK.micros();
    time.hours() / weeks as f64
}

/// The time between two instants in which at least one of the calendars is open.
fn open_in(calendars: &[&Calendar], (from, to): (SimTime, SimTime)) -> SimTime {
    let intervals = calendars.iter().flat_map(|calendar| calendar.intervals_between(from, to));
    let within = intervals.map(|(start, end)| (start.max(from), end.min(to)));
    let open = joined(within.collect()).into_iter().map(|(start, end)| end.since(start).micros());
    SimTime::from_micros(open.sum())
}

/// Intervals in order, those that touch or overlap made one.
pub(in crate::model) fn joined(mut intervals: Vec<(SimTime, SimTime)>) -> Vec<(SimTime, SimTime)> {
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
        let gaps = uncovered(&[&day(8, 14), &day(12, 20)], None);
        assert!((gaps - 84.0).abs() < 1e-9, "{gaps}");
        let none = uncovered(&[&Calendar::always()], None);
        assert!(none.abs() < 1e-9 && none.is_sign_positive(), "no hours are not less than none");
        assert!((uncovered(&[], None) - 168.0).abs() < 1e-9);
    }

    /// Open for one hour a day: at this hour up to a day, an hour earlier from it on.
    fn with_change(weeks: u64, hour: u64, day: u64) -> Calendar {
        let at = |of: u64| 24 * of + hour - u64::from(day <= of);
        let open = (0..7 * weeks)
            .map(|of| (SimTime::HOUR.times(at(of)), SimTime::HOUR.times(at(of) + 1)))
            .collect();
        Calendar::listed(open).unwrap()
    }

    #[test]
    fn when_clocks_change_a_desk_is_not_open_for_more_hours() {
        for day in [0, 6, 13, 27, 99] {
            let gaps = uncovered(&[&with_change(8, 9, day)], None);
            assert!((gaps - 161.0).abs() < 1e-9, "{gaps} with the change on day {day}");
            let open = open_hours_per_week(&[&with_change(8, 9, day)]);
            assert!((open - 7.0).abs() < 1e-9, "{open} with the change on day {day}");
        }
    }

    #[test]
    fn weeks_in_which_others_are_closed_count_as_what_they_are() {
        // one desk changes its clock after two of four weeks, the other does not: they then leave an hour a day more
        let both = [&with_change(4, 9, 14), &day(9, 20)];
        let gaps = uncovered(&both, None);
        assert!((gaps - (2.0 * 91.0 + 2.0 * 84.0) / 4.0).abs() < 1e-9, "{gaps}");
        // and of the weeks that are asked for, no other counts
        for (from, to, expected) in [(0, 2, 91.0), (1, 3, 87.5), (2, 4, 84.0)] {
            let weeks = (SimTime::WEEK.times(from), SimTime::WEEK.times(to));
            let gaps = uncovered(&both, Some(weeks));
            assert!((gaps - expected).abs() < 1e-9, "{gaps} in weeks {from} to {to}");
        }
    }

    #[test]
    fn listed_hours_are_averaged_over_whole_weeks() {
        let open = (0..14)
            .map(|d| (SimTime::HOUR.times(24 * d + 9), SimTime::HOUR.times(24 * d + 14)))
            .collect();
        assert!((open_hours_per_week(&[&Calendar::listed(open).unwrap()]) - 35.0).abs() < 1e-9);
    }
}
