//! When somebody is there: intervals of simulated time.

use crate::units::{SimTime, WHOLE_WEEKS_A_YEAR};

/// Opening hours compiled to simulated time: half-open intervals, in order, apart from each other.
///
/// Either they repeat with a period, or they are listed once and for all (time zones with daylight
/// saving, exceptions). Dates and zones are gone by now: whoever made the calendar resolved them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    period: Option<SimTime>,
    open: Vec<(SimTime, SimTime)>,
}

/// The longest stretch over which means are taken.
const YEAR: SimTime = SimTime::WEEK.times(WHOLE_WEEKS_A_YEAR);

impl Calendar {
    /// Open around the clock.
    pub fn always() -> Calendar {
        Calendar { period: None, open: vec![(SimTime::ZERO, SimTime::NEVER)] }
    }

    /// The same intervals in every period.
    ///
    /// `None` unless the intervals are in order, apart from each other, not empty and within the period.
    /// An interval that fills the whole period is the calendar that is always open.
    pub fn periodic(period: SimTime, open: Vec<(SimTime, SimTime)>) -> Option<Calendar> {
        let within = open.last().is_none_or(|&(_, end)| end <= period);
        if period == SimTime::ZERO || !within || !in_order(&open) {
            return None;
        }
        let filled: u64 = open.iter().map(|&(start, end)| end.since(start).micros()).sum();
        let whole = filled == period.micros();
        Some(if whole { Calendar::always() } else { Calendar { period: Some(period), open } })
    }

    /// These intervals and no others. Hours that go on and are listed for as long as they matter are best cut at the end of a
    /// week: what of a week is not listed counts as closed in means, see [`Calendar::whole_weeks`]. `None` unless they are in order, apart from each other and not empty.
    pub fn listed(open: Vec<(SimTime, SimTime)>) -> Option<Calendar> {
        in_order(&open).then_some(Calendar { period: None, open })
    }

    /// Open whenever this one is closed; where this one is listed, until then.
    pub fn complement(&self, until: SimTime) -> Calendar {
        let mut gaps = Vec::with_capacity(self.open.len() + 1);
        let mut from = SimTime::ZERO;
        let end = self.period.unwrap_or(until);
        for &(start, stop) in self.open.iter().take_while(|&&(start, _)| start < end) {
            if from < start {
                gaps.push((from, start));
            }
            from = stop;
        }
        if from < end {
            gaps.push((from, end));
        }
        Calendar { period: self.period, open: gaps }
    }

    /// The interval with this number, counted from the start of time; `None` past the last.
    ///
    /// Intervals of a periodic calendar that touch across the period's end count as two.
    pub fn interval(&self, number: u64) -> Option<(SimTime, SimTime)> {
        let n = self.open.len() as u64;
        match self.period {
            _ if n == 0 => None,
            None => self.open.get(usize::try_from(number).ok()?).copied(),
            Some(period) => {
                let (start, end) = self.open[(number % n) as usize];
                let shift = period.times(number / n);
                Some((shift + start, shift + end))
            }
        }
    }

    /// The period and the intervals in it; without a period, all intervals there are.
    pub fn stretches(&self) -> (Option<SimTime>, &[(SimTime, SimTime)]) {
        (self.period, &self.open)
    }

    /// The intervals that begin before an instant.
    pub fn until(&self, end: SimTime) -> Vec<(SimTime, SimTime)> {
        (0..).map_while(|n| self.interval(n)).take_while(|&(start, _)| start < end).collect()
    }

    /// The same with a stretch taken out, listed up to `end`; of what is a list already, all the rest.
    #[must_use]
    pub fn without(&self, from: SimTime, until: SimTime, end: SimTime) -> Calendar {
        let mut open = Vec::new();
        let end = if self.is_listed() { SimTime::NEVER } else { end };
        let intervals = (0..).map_while(|n| self.interval(n));
        for (start, stop) in intervals.take_while(|&(start, _)| start < end) {
            let before = (start, stop.min(from));
            let after = (start.max(until), stop);
            open.extend([before, after].into_iter().filter(|(start, stop)| start < stop));
        }
        Calendar::listed(open).expect("what is left of a calendar is in order")
    }

    /// The same with every stretch so much longer; stretches that then meet are one.
    ///
    /// What goes beyond the end of a period goes on at its beginning.
    #[must_use]
    pub fn longer(&self, by: SimTime) -> Calendar {
        let mut open: Vec<(SimTime, SimTime)> = Vec::with_capacity(self.open.len() + 1);
        for &(start, end) in &self.open {
            let end = if end == SimTime::NEVER { end } else { end + by };
            match self.period.filter(|&period| period < end) {
                Some(period) => {
                    open.push((start, period));
                    open.push((SimTime::ZERO, (end - period).min(period)));
                }
                None => open.push((start, end)),
            }
        }
        open.sort();
        let mut apart: Vec<(SimTime, SimTime)> = Vec::with_capacity(open.len());
        for (start, end) in open {
            match apart.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => apart.push((start, end)),
            }
        }
        let longer = match self.period {
            Some(period) => Calendar::periodic(period, apart),
            None => Calendar::listed(apart),
        };
        longer.expect("stretches are in order and apart by now")
    }

    /// Whether the calendar is open at all times.
    pub fn is_always(&self) -> bool {
        self.period.is_none() && self.open == [(SimTime::ZERO, SimTime::NEVER)]
    }

    /// Whether it lists dates, and does not go round.
    pub fn is_listed(&self) -> bool {
        self.period.is_none() && !self.is_always()
    }

    /// Whether somebody is there at this instant.
    pub fn is_open(&self, at: SimTime) -> bool {
        let at = match self.period {
            None => at,
            Some(period) => SimTime::from_micros(at.micros() % period.micros()),
        };
        self.open.iter().any(|&(start, end)| start <= at && at < end)
    }

    /// Open time between two instants.
    pub fn open_between(&self, from: SimTime, to: SimTime) -> SimTime {
        let mut sum = SimTime::ZERO;
        for (start, end) in self.intervals_between(from, to) {
            sum += end.min(to).since(start.max(from));
        }
        sum
    }

    /// The whole intervals of which some part lies between two instants.
    pub fn intervals_between(
        &self,
        from: SimTime,
        to: SimTime,
    ) -> impl Iterator<Item = (SimTime, SimTime)> + '_ {
        let first = match self.period {
            Some(period) => from.micros() / period.micros() * self.open.len() as u64,
            None => self.open.partition_point(|&(_, end)| end <= from) as u64,
        };
        (first..)
            .map_while(|number| self.interval(number))
            .take_while(move |&(start, _)| start < to)
            .skip_while(move |&(_, end)| end <= from)
    }

    /// Share of all time that is open: over the period, or over the first `horizon` of a listed calendar.
    pub fn open_share(&self, horizon: SimTime) -> f64 {
        let over = self.period.unwrap_or(horizon).max(SimTime::from_micros(1));
        self.open_between(SimTime::ZERO, over).micros() as f64 / over.micros() as f64
    }

    /// The mean share of a week that is open: over the period, or over all weeks that are listed, at most a year of them.
    pub fn usual_share(&self) -> f64 {
        self.open_share(self.whole_weeks())
    }

    /// The whole weeks over which this calendar is looked at: a year of what goes round or never closes again, else up to the end
    /// of the last week that has an interval.
    pub fn whole_weeks(&self) -> SimTime {
        let last = match (self.period, self.open.last()) {
            (Some(_), _) => YEAR,
            (None, last) => last.map_or(SimTime::ZERO, |&(_, end)| end.min(YEAR)),
        };
        SimTime::WEEK.times(last.micros().div_ceil(SimTime::WEEK.micros()).max(1))
    }

    /// The whole weeks over which these calendars are looked at together: as far as their lists go, or a year where none ends.
    pub fn whole_weeks_of(calendars: &[&Calendar]) -> SimTime {
        let ends = |of: &&&Calendar| {
            of.period.is_none() && of.open.last().is_some_and(|&(_, end)| end < SimTime::NEVER)
        };
        let lists = calendars.iter().filter(ends).map(|of| of.whole_weeks()).max();
        let all = || calendars.iter().map(|of| of.whole_weeks()).max();
        lists.or_else(all).unwrap_or(SimTime::WEEK)
    }
}

fn in_order(open: &[(SimTime, SimTime)]) -> bool {
    open.iter().all(|(start, end)| start < end)
        && open.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(from: u64, to: u64) -> (SimTime, SimTime) {
        (SimTime::HOUR.times(from), SimTime::HOUR.times(to))
    }

    #[test]
    fn a_complement_is_open_when_the_other_is_not() {
        let day = Calendar::periodic(SimTime::DAY, vec![hours(8, 12), hours(13, 17)]).unwrap();
        let night = day.complement(SimTime::NEVER);
        for hour in 0..48 {
            let at = SimTime::HOUR.times(hour);
            assert!(day.is_open(at) != night.is_open(at), "hour {hour}");
        }
        let once = Calendar::listed(vec![hours(0, 5), hours(9, 90)]).unwrap();
        assert_eq!(once.complement(SimTime::HOUR.times(50)).interval(0), Some(hours(5, 9)));
        assert_eq!(once.complement(SimTime::HOUR.times(50)).interval(1), None);
        assert_eq!(Calendar::always().complement(SimTime::DAY).interval(0), None);
    }

    #[test]
    fn a_periodic_calendar_repeats() {
        let day = Calendar::periodic(SimTime::DAY, vec![hours(8, 12), hours(13, 17)]).unwrap();
        assert_eq!(day.interval(3), Some(hours(24 + 13, 24 + 17)));
        assert!(day.is_open(SimTime::HOUR.times(32)) && !day.is_open(SimTime::HOUR.times(36)));
        assert_eq!(
            day.open_between(SimTime::HOUR.times(10), SimTime::HOUR.times(34)),
            SimTime::HOUR.times(8)
        );
        assert!((day.open_share(SimTime::WEEK) - 8.0 / 24.0).abs() < 1e-12);
    }

    #[test]
    fn overlapping_and_empty_intervals_are_refused() {
        assert_eq!(Calendar::periodic(SimTime::DAY, vec![hours(8, 12), hours(11, 17)]), None);
        assert_eq!(Calendar::listed(vec![hours(8, 8)]), None);
        assert_eq!(Calendar::periodic(SimTime::DAY, vec![hours(8, 25)]), None);
    }

    #[test]
    fn nobody_is_there_while_they_are_away() {
        let day = Calendar::periodic(SimTime::DAY, vec![hours(8, 16)]).unwrap();
        let left =
            day.without(SimTime::HOUR.times(12), SimTime::HOUR.times(34), SimTime::DAY.times(3));
        assert_eq!(
            (left.interval(0), left.interval(1), left.interval(2)),
            (Some(hours(8, 12)), Some(hours(34, 40)), Some(hours(56, 64)))
        );
        // a list of whole weeks still tells of whole weeks
        let nine = |day: u64| hours(24 * day + 9, 24 * day + 10);
        let listed = Calendar::listed((0..14).map(nine).collect()).unwrap();
        let left = listed.without(SimTime::ZERO, SimTime::DAY, SimTime::DAY.times(8));
        assert_eq!(left.until(SimTime::NEVER), (1..14).map(nine).collect::<Vec<_>>());
    }

    #[test]
    fn a_longer_calendar_goes_on_after_each_stretch_and_over_the_end_of_its_period() {
        let hour = SimTime::HOUR;
        let day = Calendar::periodic(SimTime::DAY, vec![hours(8, 12), hours(13, 24)]).unwrap();
        let longer = Calendar::periodic(SimTime::DAY, vec![hours(0, 1), hours(8, 24)]).unwrap();
        assert_eq!(day.longer(hour), longer);
        let most = Calendar::periodic(SimTime::DAY, vec![hours(0, 23)]).unwrap();
        assert!(most.longer(hour).is_always() && Calendar::always().longer(hour).is_always());
        let once = Calendar::listed(vec![hours(0, 5), hours(9, 10)]).unwrap();
        assert_eq!(once.longer(hour).until(SimTime::DAY), [hours(0, 6), hours(9, 11)]);
    }

    #[test]
    fn a_calendar_is_looked_at_over_whole_weeks() {
        let nine = |day: u64| hours(24 * day + 9, 24 * day + 10);
        let weeks = |n: u64| SimTime::WEEK.times(n);
        let day = Calendar::periodic(SimTime::DAY, vec![hours(9, 10)]).unwrap();
        for n in [1, 2, 4, 13] {
            let listed = Calendar::listed((0..7 * n).map(nine).collect()).unwrap();
            assert_eq!(listed.whole_weeks(), weeks(n));
            assert!((listed.usual_share() - day.usual_share()).abs() < 1e-12, "{n} weeks");
            // what goes round for ever does not make a list longer than it is
            let later = Calendar::listed(vec![(weeks(9), SimTime::NEVER)]).unwrap();
            assert_eq!(Calendar::whole_weeks_of(&[&day, &listed, &later]), weeks(n));
            assert_eq!(Calendar::whole_weeks_of(&[&day, &later]), weeks(52));
        }
        let once = Calendar::listed(vec![nine(0), nine(8)]).unwrap();
        assert_eq!(once.whole_weeks(), weeks(2));
    }

    #[test]
    fn a_full_period_is_always() {
        assert!(Calendar::periodic(SimTime::DAY, vec![hours(0, 24)]).unwrap().is_always());
    }
}
