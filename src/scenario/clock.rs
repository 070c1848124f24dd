//! The experiment's clock: where dates, weeks and days lie in simulated time.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::text::{Fault, Instant};
use crate::units::{SimTime, WHOLE_WEEKS_A_YEAR};

/// Longest stretch for which opening hours with a zone or with exceptions are listed.
const LISTED: SimTime = SimTime::WEEK.times(WHOLE_WEEKS_A_YEAR * 20);

/// Simulated time 0 is midnight of `start`, or a Monday without a date.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    pub(super) start: Option<Date>,
    pub(super) zone: TimeZone,
    /// Stretch before week 1 and day 1.
    pub(super) warm_up: SimTime,
    /// When the last customers come; never where a run has no end, or one that is yet to be found.
    pub(super) last_arrival: SimTime,
    /// Last instant that matters.
    pub(super) end: SimTime,
}

impl Clock {
    /// Day of the week of time 0, from Monday.
    pub(super) fn weekday(&self) -> usize {
        self.start.map_or(0, |date| date.weekday().to_monday_zero_offset() as usize)
    }

    /// Up to when it matters who is there, at most twenty years.
    pub(super) fn listed_until(&self) -> SimTime {
        self.end.min(LISTED)
    }

    /// How far calendars are listed: to the end of the week in which it ceases to matter, so that what is foretold of a week
    /// does not depend on the day on which a run ends.
    pub(super) fn listed_weeks(&self) -> SimTime {
        SimTime::WEEK.times(self.listed_until().micros() / SimTime::WEEK.micros() + 1)
    }

    /// Whether there is a date for each day of the calendars listed from the first on, and for the days beside them.
    pub(super) fn has_dates_from(&self, first: Date) -> bool {
        let weeks = self.listed_weeks().micros() / SimTime::WEEK.micros() + 1;
        let span =
            i64::try_from(weeks).ok().and_then(|weeks| jiff::Span::new().try_weeks(weeks).ok());
        span.is_some_and(|span| first.checked_add(span).is_ok())
    }

    /// The simulated time of an instant.
    pub(super) fn at(&self, instant: Instant) -> Result<SimTime, Fault> {
        let minutes = |minutes: u32| SimTime::MINUTE.times(u64::from(minutes));
        match instant {
            Instant::Week(week, day, time) => {
                let start = self.week_one() + SimTime::WEEK.times(u64::from(week - 1));
                Ok(start + SimTime::DAY.times(day.unwrap_or(0) as u64) + minutes(time))
            }
            Instant::Day(day, time) => {
                let first = up_to(self.warm_up, SimTime::DAY, SimTime::ZERO);
                Ok(first + SimTime::DAY.times(u64::from(day - 1)) + minutes(time))
            }
            Instant::Date(date, time) => {
                let civil = date.to_datetime(jiff::civil::Time::midnight())
                    + jiff::SignedDuration::from_mins(i64::from(time));
                self.zoned(&self.zone, civil).ok_or_else(|| {
                    Fault::new(
                        "no-start-date",
                        "a date needs a start".into(),
                        "state `experiment.start`, like `2027-01-04`, no later than this date",
                    )
                })
            }
        }
    }

    /// The simulated time of a local time in a zone; `None` before time 0 or without a start.
    pub(super) fn zoned(&self, zone: &TimeZone, civil: jiff::civil::DateTime) -> Option<SimTime> {
        let zero = self.start?.to_zoned(self.zone.clone()).ok()?.timestamp();
        let at = zone.to_timestamp(civil).ok()?;
        u64::try_from(at.as_microsecond() - zero.as_microsecond()).ok().map(SimTime::from_micros)
    }

    /// The first Monday midnight once the warm-up is over.
    fn week_one(&self) -> SimTime {
        let monday = SimTime::DAY.times((7 - self.weekday() as u64) % 7);
        up_to(self.warm_up, SimTime::WEEK, monday)
    }
}

/// The first instant at or after `from` that lies a whole number of `step` past `offset` (or before it).
fn up_to(from: SimTime, step: SimTime, offset: SimTime) -> SimTime {
    let past = from.micros() + step.micros() - offset.micros() % step.micros();
    let whole = past.div_ceil(step.micros()) * step.micros();
    SimTime::from_micros(whole - (step.micros() - offset.micros() % step.micros()))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers are exact in floating point")]
mod tests {
    use super::*;
    use crate::scenario::text::instant;

    #[test]
    fn a_run_past_the_last_year_there_is_has_no_dates() {
        let date = |year| jiff::civil::date(year, 10, 1);
        let clock = clock(None, SimTime::ZERO);
        assert_eq!([9998, 9999].map(|year| clock.has_dates_from(date(year))), [true, false]);
    }

    fn clock(start: Option<Date>, warm_up: SimTime) -> Clock {
        let end = SimTime::WEEK.times(20);
        Clock { start, zone: TimeZone::UTC, warm_up, last_arrival: end, end }
    }

    #[test]
    fn week_one_begins_after_the_warm_up() {
        let at = |clock: &Clock, text: &str| clock.at(instant(text).unwrap()).unwrap().hours();
        let plain = clock(None, SimTime::WEEK);
        assert_eq!(at(&plain, "week 1"), 168.0);
        assert_eq!(at(&plain, "week 6 Friday 18:00"), 6.0 * 168.0 + 4.0 * 24.0 + 18.0);
        assert_eq!(at(&plain, "day 3 12:00"), 168.0 + 60.0);
        let dated = clock(Some(jiff::civil::date(2027, 1, 6)), SimTime::ZERO);
        assert_eq!(at(&dated, "week 1"), 5.0 * 24.0);
        assert_eq!(at(&dated, "2027-01-07 06:00"), 30.0);
        assert!(plain.at(instant("2027-01-07").unwrap()).is_err());
    }
}
