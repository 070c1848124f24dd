//! Lengths of time in words.

use crate::units::{HOURS_A_CALENDAR_YEAR, HOURS_A_WEEK};

/// Units, with their hours, and from how many hours on a length is told in the unit.
const UNITS: [(&str, f64, f64); 7] = [
    ("million year", 1e6 * YEAR, 1e6 * YEAR),
    ("thousand year", 1e3 * YEAR, 1e4 * YEAR),
    ("year", YEAR, 2.0 * YEAR),
    ("week", WEEK, 4.0 * WEEK),
    ("day", 24.0, 36.0),
    ("hour", 1.0, 1.5),
    ("minute", 1.0 / 60.0, 1.0 / 60.0),
];
const WEEK: f64 = HOURS_A_WEEK;
const YEAR: f64 = HOURS_A_CALENDAR_YEAR;

/// A length in two digits: `40 minutes`, `13 weeks`, `1900 years`, `58 thousand years`.
pub fn span(hours: f64) -> String {
    let suits = |&&(_, _, from): &&(&str, f64, f64)| from <= hours;
    let Some(&(name, unit, _)) = UNITS.iter().find(suits) else {
        return "less than a minute".into();
    };
    let number = two_digits(hours / unit);
    format!("{number} {name}{}", if number < 1.5 { "" } else { "s" })
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
    fn lengths_are_told_in_the_unit_that_suits_them() {
        let told =
            [0.01, 0.02, 0.7, 1.0, 6.0, 24.0, 36.0, 168.0, 2184.0, 1.7e7, 5.1e8, 9e10].map(span);
        expect_test::expect!["less than a minute, 1 minute, 42 minutes, 60 minutes, 6 hours, 24 hours, 2 days, 7 days, 13 weeks, 1900 years, 58 thousand years, 10 million years"].assert_eq(&told.join(", "));
    }
}
