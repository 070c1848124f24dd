//! Units as types: simulated time and money.

mod rounded;

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

pub use rounded::{LengthUnit, RoundedLength};

/// Microseconds of a minute: people state minutes, and runs count microseconds.
pub const MICROS_A_MINUTE: f64 = 60e6;

/// Hours of a week, between what is an hour and what is a week.
pub const HOURS_A_WEEK: f64 = 168.0;
/// Hours of a week as places of a table, since ordinary hours repeat after a week.
pub const N_HOURS_A_WEEK: usize = 168;

/// The year of contracts, budgets and turnover: 365 days, since a year's pay or price knows no leap day.
pub const BUSINESS_YEAR: SimTime = SimTime::DAY.times(365);
/// Minutes of the business year, for what leaves or costs so much a year.
pub const MINUTES_A_BUSINESS_YEAR: f64 = 365.0 * 24.0 * 60.0;
/// Weeks of the business year, so that a week's cost times this is the year's.
pub const WEEKS_A_BUSINESS_YEAR: f64 = 365.0 / 7.0;
/// Weeks of a year for which people are paid by the hour or the week: the business year to two decimals, as people reckon.
pub const PAID_WEEKS_A_YEAR: f64 = 52.14;
/// Hours of the calendar year, 365.25 days: what `year` means in lengths and rates, where leap days are hours like others.
pub const HOURS_A_CALENDAR_YEAR: f64 = 8766.0;
/// Weeks of the calendar year, between what is a week and what is a year.
pub const WEEKS_A_CALENDAR_YEAR: f64 = 365.25 / 7.0;
/// Whole weeks of a year: means over it count each day of the week as often.
pub const WHOLE_WEEKS_A_YEAR: u64 = 52;

/// An instant of simulated time, or a length of it: whole microseconds, never negative.
///
/// Integers order exactly, never drift and are never NaN; 2⁶⁴ µs are more than half a million years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(u64);

impl SimTime {
    /// The start of a run.
    pub const ZERO: SimTime = SimTime(0);
    /// Later than anything that happens.
    pub const NEVER: SimTime = SimTime(u64::MAX);
    /// One second.
    pub const SECOND: SimTime = SimTime(1_000_000);
    /// One minute.
    pub const MINUTE: SimTime = SimTime(60_000_000);
    /// One hour.
    pub const HOUR: SimTime = SimTime(3_600_000_000);
    /// One day of 24 hours.
    pub const DAY: SimTime = SimTime(24 * 3_600_000_000);
    /// One week of seven days.
    pub const WEEK: SimTime = SimTime(7 * 24 * 3_600_000_000);

    /// So many microseconds.
    #[inline]
    pub const fn from_micros(micros: u64) -> SimTime {
        SimTime(micros)
    }

    /// The nearest microsecond to `minutes`; negative and NaN become zero, too large becomes [`SimTime::NEVER`].
    pub fn from_minutes(minutes: f64) -> SimTime {
        SimTime((minutes * MICROS_A_MINUTE).round() as u64)
    }

    /// Whole microseconds.
    #[inline]
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Length in minutes.
    pub fn minutes(self) -> f64 {
        self.0 as f64 / MICROS_A_MINUTE
    }

    /// Length in hours.
    pub fn hours(self) -> f64 {
        self.0 as f64 / 3600e6
    }

    /// The length from `earlier` to here, zero if `earlier` is later.
    #[inline]
    pub const fn since(self, earlier: SimTime) -> SimTime {
        SimTime(self.0.saturating_sub(earlier.0))
    }

    /// So many times this length.
    pub const fn times(self, n: u64) -> SimTime {
        SimTime(self.0.saturating_mul(n))
    }

    /// This length times a nonnegative factor, to the nearest microsecond.
    #[inline]
    pub fn scaled(self, factor: f64) -> SimTime {
        SimTime(nearest(self.0 as f64 * factor))
    }
}

/// The nearest whole number, halves up: `x.round() as u64` without a call.
#[inline]
fn nearest(x: f64) -> u64 {
    let whole = x as u64;
    // Below 2⁵³ the part behind the point is exact; from there on there is none.
    whole.saturating_add(u64::from(0.5 <= x - whole as f64))
}

impl Add for SimTime {
    type Output = SimTime;
    #[inline]
    fn add(self, length: SimTime) -> SimTime {
        SimTime(self.0.saturating_add(length.0))
    }
}

impl AddAssign for SimTime {
    #[inline]
    fn add_assign(&mut self, length: SimTime) {
        *self = *self + length;
    }
}

impl Sub for SimTime {
    type Output = SimTime;
    #[inline]
    fn sub(self, earlier: SimTime) -> SimTime {
        debug_assert!(earlier.0 <= self.0, "a length of time is never negative");
        SimTime(self.0.wrapping_sub(earlier.0))
    }
}

/// As people read it: `2h 05m`, `45s`, `3d 4h`.
impl fmt::Display for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == SimTime::NEVER {
            return f.write_str("never");
        }
        // the smaller of the two units, to the nearest
        let to = |seconds: u64| (self.0 / 500_000 + seconds) / (2 * seconds) * seconds;
        let seconds = match (to(1), to(60)) {
            (seconds, _) if seconds < 600 => seconds,
            (_, minutes) if minutes < 86_400 => minutes,
            _ => to(3600),
        };
        let (days, hours, minutes, rest) =
            (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        match (days, hours, minutes, rest) {
            (0, 0, 0, s) => write!(f, "{s}s"),
            (0, 0, m, 0) => write!(f, "{m}m"),
            (0, 0, m, s) => write!(f, "{m}m {s:02}s"),
            (0, h, 0, _) => write!(f, "{h}h"),
            (0, h, m, _) => write!(f, "{h}h {m:02}m"),
            (d, 0, _, _) => write!(f, "{d}d"),
            (d, h, _, _) => write!(f, "{d}d {h}h"),
        }
    }
}

/// An amount of money in the scenario's currency.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Money(f64);

impl Money {
    /// `None` for an infinite or NaN amount.
    pub fn new(amount: f64) -> Option<Money> {
        amount.is_finite().then_some(Money(amount))
    }

    /// The amount in whole units of the currency.
    pub fn amount(self) -> f64 {
        self.0
    }
}

/// A number with commas between thousands and so many decimals: `-1,250.0`.
pub fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let (whole, fraction) = text.split_once('.').map_or((&*text, None), |(w, f)| (w, Some(f)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if 0 < at && (whole.len() - at).is_multiple_of(3) && grouped != "-" {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{grouped}.{fraction}"),
        None => grouped,
    }
}

/// A share in percent without needless digits, as in `110%` and `33.5%`; as many as tell it from one that is a billionth off.
pub fn percent(share: f64) -> String {
    let text = format!("{:.7}", 100.0 * share);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A number with what it counts, as in `1 row` and `3 rows`.
pub fn counted(number: impl fmt::Display, one: &str, many: &str) -> String {
    let number = number.to_string();
    let what = if number == "1" { one } else { many };
    format!("{number} {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_thing_is_told_in_the_singular() {
        let told = [0, 1, 2, 11].map(|n| counted(n, "inquiry", "inquiries"));
        assert_eq!(told, ["0 inquiries", "1 inquiry", "2 inquiries", "11 inquiries"]);
        assert_eq!(counted("1,001", "row", "rows"), "1,001 rows");
        assert_eq!(counted("1", "row is", "rows are"), "1 row is");
    }

    #[test]
    fn a_share_in_percent_has_no_needless_digit_and_none_too_few() {
        let shares = [0.0, 0.335, 1.1, 1.003, 1.0 + 2e-9, 1.2 - 0.1, 0.1 + 0.2];
        let written = shares.map(percent);
        assert_eq!(written, ["0%", "33.5%", "110%", "100.3%", "100.0000002%", "110%", "30%"]);
    }

    #[test]
    fn thousands_are_grouped() {
        let numbers = [(1_001_800.0, 0), (999.0, 0), (14.8, 2), (-123_456.78, 1), (-999.0, 0)];
        let written = numbers.map(|(number, decimals)| grouped(number, decimals));
        assert_eq!(written, ["1,001,800", "999", "14.80", "-123,456.8", "-999"]);
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        for (micros, text) in [
            (0, "0s"),
            (45_000_000, "45s"),
            (125_000_000, "2m 05s"),
            (599_500_000, "10m"),
            (600_000_000, "10m"),
            (1_013_400_000, "17m"),
            (3_570_000_000, "1h"),
            (7_500_000_000, "2h 05m"),
            (86_369_999_999, "23h 59m"),
            (86_370_000_000, "1d"),
            (273_600_000_000, "3d 4h"),
            (275_400_000_000, "3d 5h"),
        ] {
            assert_eq!(SimTime::from_micros(micros).to_string(), text);
        }
    }

    #[test]
    fn the_nearest_whole_number_is_that_of_round() {
        let edges =
            [0.0, 0.49999999999999994, 0.5, 1.5, 2.5, 4503599627370495.5, 9007199254740993.0];
        let far = [1e18, 9.3e18, 1.8446744073709552e19, 1e30, f64::INFINITY, f64::NAN, -0.5, -3.0];
        for x in edges.into_iter().chain(far).chain((0..100_000).map(|i| f64::from(i) * 0.125)) {
            assert_eq!(nearest(x), x.round() as u64, "{x}");
        }
    }

    #[test]
    fn never_stays_never() {
        assert_eq!(SimTime::NEVER + SimTime::HOUR, SimTime::NEVER);
        assert_eq!(SimTime::from_minutes(f64::INFINITY), SimTime::NEVER);
    }
}
