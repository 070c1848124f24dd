//! Lengths of time in two digits.

use super::{HOURS_A_CALENDAR_YEAR, HOURS_A_WEEK};

/// A length of time in two digits, in the unit that suits it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoundedLength {
    /// How many of the unit; at least one.
    pub count: f64,
    /// The unit.
    pub unit: LengthUnit,
}

/// Units in which people tell a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthUnit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days of 24 hours.
    Day,
    /// Weeks.
    Week,
    /// Calendar years.
    Year,
    /// Thousands of calendar years.
    ThousandYears,
    /// Millions of calendar years.
    MillionYears,
}

/// Units, with their hours, and from how many hours on a length is told in the unit.
const UNITS: [(LengthUnit, f64, f64); 7] = [
    (LengthUnit::MillionYears, 1e6 * YEAR, 1e6 * YEAR),
    (LengthUnit::ThousandYears, 1e3 * YEAR, 1e4 * YEAR),
    (LengthUnit::Year, YEAR, 2.0 * YEAR),
    (LengthUnit::Week, WEEK, 4.0 * WEEK),
    (LengthUnit::Day, 24.0, 36.0),
    (LengthUnit::Hour, 1.0, 1.5),
    (LengthUnit::Minute, 1.0 / 60.0, 1.0 / 60.0),
];
const WEEK: f64 = HOURS_A_WEEK;
const YEAR: f64 = HOURS_A_CALENDAR_YEAR;

impl RoundedLength {
    /// So many hours; `None` for less than a minute.
    pub fn of_hours(hours: f64) -> Option<RoundedLength> {
        let suits = |&&(_, _, from): &&(LengthUnit, f64, f64)| from <= hours;
        let &(unit, length, _) = UNITS.iter().find(suits)?;
        Some(RoundedLength { count: two_digits(hours / length), unit })
    }
}

fn two_digits(number: f64) -> f64 {
    let mut unit = 1.0;
    while 100.0 * unit <= number {
        unit *= 10.0;
    }
    unit * (number / unit).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_two_digits_in_the_unit_that_suits_them() {
        use LengthUnit::{Day, Hour, Minute, ThousandYears, Week, Year};
        for (hours, expected) in [
            (0.01, None),
            (0.02, Some((1.0, Minute))),
            (0.7, Some((42.0, Minute))),
            (6.0, Some((6.0, Hour))),
            (36.0, Some((2.0, Day))),
            (168.0, Some((7.0, Day))),
            (2184.0, Some((13.0, Week))),
            (1.7e7, Some((1900.0, Year))),
            (5.1e8, Some((58.0, ThousandYears))),
        ] {
            let told = RoundedLength::of_hours(hours);
            assert_eq!(told.map(|of| (of.count, of.unit)), expected, "{hours} hours");
        }
    }
}
