//! Rates: `300/day`.

use super::{Fault, leading_number};
use crate::scenario::names::quote;
use crate::units::{HOURS_A_CALENDAR_YEAR, HOURS_A_WEEK};

const HELP: &str = "write how many per what: `300/day`, `0.9/hour`, `27/week`";

/// Arrivals per hour.
pub(in crate::scenario) fn rate(text: &str) -> Result<f64, Fault> {
    let Some((number, rest)) = leading_number(text.trim()) else {
        return Err(Fault::unreadable("a rate", text, HELP));
    };
    if number < 0.0 {
        return Err(Fault::new(
            "negative",
            format!("{} is negative", quote(text)),
            "nobody un-arrives",
        ));
    }
    let rest = rest.trim_start();
    let Some(per) = rest
        .strip_prefix('/')
        .or_else(|| rest.strip_prefix("per "))
        .or_else(|| rest.strip_prefix("a "))
    else {
        return Err(Fault::new(
            "missing-unit",
            format!("{} does not say per what", quote(text)),
            HELP,
        ));
    };
    let hours = match per.trim() {
        "s" | "sec" | "second" => 1.0 / 3600.0,
        "m" | "min" | "minute" => 1.0 / 60.0,
        "h" | "hr" | "hour" => 1.0,
        "d" | "day" => 24.0,
        "w" | "week" => HOURS_A_WEEK,
        "month" => HOURS_A_CALENDAR_YEAR / 12.0,
        "y" | "year" => HOURS_A_CALENDAR_YEAR,
        other => {
            return Err(Fault::new(
                "unknown-unit",
                format!("{} is not a stretch of time", quote(other)),
                HELP,
            ));
        }
    };
    let per_hour = number / hours;
    if 1e9 < per_hour || (0.0 < per_hour && per_hour < 1e-9) {
        return Err(Fault::new(
            "out-of-range",
            format!("{} is out of range", quote(text)),
            "rates lie between one in a billion hours and a billion an hour",
        ));
    }
    Ok(per_hour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_name_their_stretch() {
        for (text, expected) in [
            ("300/day", 12.5),
            ("0.9/hour", 0.9),
            ("168/week", 1.0),
            ("1 per minute", 60.0),
            ("0/day", 0.0),
        ] {
            assert!((rate(text).unwrap() - expected).abs() < 1e-12, "{text}");
        }
        for (text, code) in [
            ("300", "missing-unit"),
            ("-3/day", "negative"),
            ("many/day", "unreadable"),
            ("3/fortnight", "unknown-unit"),
            ("99999999999/second", "out-of-range"),
        ] {
            assert_eq!(rate(text).unwrap_err().code, code, "{text}");
        }
    }
}
