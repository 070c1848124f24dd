//! Lengths of time: `2h 30m`, `45s`, `13 weeks`.

use super::{Fault, leading_number};
use crate::scenario::names::quote;
use crate::units::{HOURS_A_CALENDAR_YEAR, HOURS_A_WEEK, MICROS_A_MINUTE, SimTime};

const HELP: &str = "write a number with a unit: `45s`, `5m`, `2h 30m`, `34 days`, `13 weeks`";
/// Minutes of a year, as in rates.
const YEAR: f64 = HOURS_A_CALENDAR_YEAR * 60.0;
/// A thousand years.
const LONGEST_MINUTES: f64 = 1000.0 * YEAR;

/// A length of time in minutes.
pub(in crate::scenario) fn minutes(text: &str) -> Result<f64, Fault> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(Fault::new("missing-unit", "a length of time is empty".into(), HELP));
    }
    let (mut sum, mut before) = (0.0, f64::INFINITY);
    while !rest.is_empty() {
        let Some((number, after)) = leading_number(rest) else {
            return Err(Fault::unreadable("a length of time", text, HELP));
        };
        if number < 0.0 {
            return Err(Fault::new(
                "negative",
                format!("{} is negative", quote(text)),
                "time only runs forward",
            ));
        }
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        if unit.is_empty() {
            return Err(Fault::new("missing-unit", format!("{} has no unit", quote(text)), HELP));
        }
        let Some(length) = minutes_of(unit) else {
            return Err(Fault::new(
                "unknown-unit",
                format!("{} is not a unit of time", quote(unit)),
                "the units are us, ms, s, m, h, days, weeks and years",
            ));
        };
        if before <= length {
            // a second `5m` is a slip of the pen more often than ten minutes
            return Err(Fault::new(
                "unreadable",
                format!("{} does not go from larger to smaller units", quote(text)),
                HELP,
            ));
        }
        (sum, before) = (sum + number * length, length);
        rest = next.trim_start_matches([' ', ',']);
    }
    if LONGEST_MINUTES < sum {
        return Err(Fault::new(
            "out-of-range",
            format!("{} is too long", quote(text)),
            "lengths of time end at 1,000 years",
        ));
    }
    Ok(sum)
}

/// A length of time on the simulated clock.
pub(in crate::scenario) fn duration(text: &str) -> Result<SimTime, Fault> {
    minutes(text).map(SimTime::from_minutes)
}

/// Hours a week: `28h/week`.
pub(in crate::scenario) fn hours_per_week(text: &str) -> Result<f64, Fault> {
    const WEEKLY: &str = "write hours a week, like `28h/week`";
    let Some((length, per)) = text.rsplit_once('/') else {
        return Err(Fault::new(
            "missing-unit",
            format!("{} does not say per what", quote(text)),
            WEEKLY,
        ));
    };
    if !matches!(per.trim(), "week" | "w") {
        return Err(Fault::unreadable("hours a week", text, WEEKLY));
    }
    let hours = minutes(length)? / 60.0;
    if !(0.0 < hours && hours <= HOURS_A_WEEK) {
        return Err(Fault::new(
            "out-of-range",
            format!("{} is not between 0 and 168 hours a week", quote(text)),
            WEEKLY,
        ));
    }
    Ok(hours)
}

fn minutes_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "us" | "µs" => 1.0 / MICROS_A_MINUTE,
        "ms" => 1.0 / 60e3,
        "s" | "sec" | "second" | "seconds" => 1.0 / 60.0,
        "m" | "min" | "minute" | "minutes" => 1.0,
        "h" | "hr" | "hour" | "hours" => 60.0,
        "d" | "day" | "days" => 1440.0,
        "w" | "week" | "weeks" => 10080.0,
        "y" | "year" | "years" => YEAR,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2h 30m", 150.0),
            ("2h30m", 150.0),
            ("45s", 0.75),
            ("1.5m", 1.5),
            ("13 weeks", 131_040.0),
            ("34 days", 48_960.0),
            ("0s", 0.0),
            ("100 years", 52_596_000.0),
            ("1 year 2 days", 528_840.0),
            ("1,000y", 525_960_000.0),
            ("1,000h", 60_000.0),
            ("1e3m", 1000.0),
            ("2.5e-1h", 15.0),
        ] {
            assert!((minutes(text).unwrap() - expected).abs() < 1e-9, "{text}");
        }
        assert_eq!(hours_per_week("28h/week"), Ok(28.0));
    }

    #[test]
    fn a_length_without_a_unit_is_refused() {
        for (text, code) in [
            ("5", "missing-unit"),
            ("", "missing-unit"),
            ("2h 30", "missing-unit"),
            ("5 parsecs", "unknown-unit"),
            ("-5m", "negative"),
            ("soon", "unreadable"),
            ("9,000,000 weeks", "out-of-range"),
            ("1,001 years", "out-of-range"),
            ("2 months", "unknown-unit"),
            ("5m 5m", "unreadable"),
            ("30m 2h", "unreadable"),
        ] {
            assert_eq!(minutes(text).unwrap_err().code, code, "{text}");
        }
    }
}
