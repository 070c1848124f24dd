//! Lengths of time in a row, written as such or as a point in time after the arrival.

use super::columns::{Column, Columns, shorten};
use super::rows::Row;
use super::stamp::{Clock, Refusal, Stamp};
use crate::model::Diagnostic;
use crate::model::mapping::{DurationColumn, DurationUnit, Moment};
use std::cell::{Cell, OnceCell};

/// Lengths beyond this many seconds (some 30 000 years) are refused.
const LONGEST: f64 = 1e12;
/// The most work of one inquiry, in seconds: nobody answers a message for a year.
const MOST_WORK: f64 = 365.0 * 86_400.0;

/// A duration column being read.
#[derive(Debug)]
pub(super) struct Durations {
    column: Column,
    unit: DurationUnit,
    pointer: String,
    /// The first value whose points may stand between thousands.
    thousands: OnceCell<String>,
    /// Whether the points of some value can only stand before decimals.
    decimals: Cell<bool>,
}

impl Durations {
    /// The durations of this column.
    pub(super) fn new(from: &DurationColumn, columns: &mut Columns, pointer: &str) -> Durations {
        Durations {
            column: columns.find(&from.column, &format!("{pointer}/column")),
            unit: from.unit,
            pointer: format!("{pointer}/column"),
            thousands: OnceCell::new(),
            decimals: Cell::new(false),
        }
    }

    /// That each point of the column may stand between thousands, which it is not read as, after the whole file.
    pub(super) fn doubts(&self) -> Option<Diagnostic> {
        let value = self.thousands.get().filter(|_| !self.decimals.get())?;
        let column = &self.column.name;
        let message = format!(
            "in `{column}` every point has three digits behind it: `{value}` is read as a number with decimals"
        );
        let help = "if the points stand between thousands, export the column without them";
        Some(Diagnostic::warning("log-thousands-open", self.pointer.as_str(), message).help(help))
    }

    /// The row's length of time in seconds, if somebody can have worked so long.
    pub(super) fn work(&self, row: &Row) -> Result<Option<f64>, Refusal> {
        let refused = |why: &str| {
            let reason = format!("`{}` {why}", self.column.name);
            let example = self.column.value(row).map(|text| shorten(text, 40));
            Err(Refusal { reason, example })
        };
        match self.read(row)? {
            Some(seconds) if seconds < 0.0 => refused("is below 0"),
            Some(seconds) if MOST_WORK < seconds => refused("is more than a year"),
            read => Ok(read),
        }
    }

    /// The row's length of time in seconds.
    pub(super) fn read(&self, row: &Row) -> Result<Option<f64>, Refusal> {
        let Some(text) = self.column.value(row) else { return Ok(None) };
        match seconds(text, self.unit).filter(|seconds| seconds.abs() <= LONGEST) {
            Some(seconds) => {
                match between_thousands(text) {
                    Some(true) => {
                        self.thousands.get_or_init(|| shorten(text, 40));
                    }
                    Some(false) => self.decimals.set(true),
                    None => {}
                }
                Ok(Some(seconds))
            }
            None => {
                let reason = format!("`{}` is not {}", self.column.name, expected(self.unit));
                Err(Refusal { reason, example: Some(shorten(text, 40)) })
            }
        }
    }
}

fn seconds(text: &str, unit: DurationUnit) -> Option<f64> {
    let number = || number(text).filter(|number| number.is_finite());
    Some(match unit {
        DurationUnit::Seconds => number()?,
        DurationUnit::Minutes => number()? * 60.0,
        DurationUnit::Hours => number()? * 3600.0,
        DurationUnit::Days => number()? * 86_400.0,
        DurationUnit::Clock => return clock_seconds(text),
    })
}

/// Whether a point in the text may stand between thousands, as in `1.234`; `None` without a point.
fn between_thousands(text: &str) -> Option<bool> {
    let (whole, decimals) = text.strip_prefix('-').unwrap_or(text).split_once('.')?;
    let leads = !whole.starts_with('0') && (1..=3).contains(&whole.len());
    Some(leads && decimals.len() == 3)
}

/// A number with a decimal point or a decimal comma; three digits behind a comma could be thousands, and are neither.
fn number(text: &str) -> Option<f64> {
    match text.split_once(',') {
        None => text.parse().ok(),
        Some((whole, decimals)) => {
            let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
            let plain = digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(decimals);
            let read = || format!("{whole}.{decimals}").parse().ok();
            (plain && decimals.len() != 3).then(read).flatten()
        }
    }
}

/// `h:mm` or `h:mm:ss`, hours without bound, perhaps negative.
fn clock_seconds(text: &str) -> Option<f64> {
    let (sign, text) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] => (hours, minutes, "0"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let below_sixty = |text: &str| text.parse::<u8>().ok().filter(|&number| number < 60);
    let hours = f64::from(hours.parse::<u32>().ok()?);
    let (minutes, seconds) = (f64::from(below_sixty(minutes)?), f64::from(below_sixty(seconds)?));
    Some(sign * (hours * 3600.0 + minutes * 60.0 + seconds))
}

fn expected(unit: DurationUnit) -> &'static str {
    match unit {
        DurationUnit::Seconds => "a number of seconds",
        DurationUnit::Minutes => "a number of minutes",
        DurationUnit::Hours => "a number of hours",
        DurationUnit::Days => "a number of days",
        DurationUnit::Clock => "a length of time such as `1:05` or `1:05:30`",
    }
}

/// A moment being read.
#[derive(Debug)]
pub(super) enum Moments {
    At(Box<Clock>),
    After(Durations),
}

impl Moments {
    /// The moments these columns tell.
    pub(super) fn new(from: &Moment, columns: &mut Columns, pointer: &str) -> Moments {
        match from {
            Moment::At(time) => {
                Moments::At(Box::new(Clock::new(time, columns, &format!("{pointer}/at"))))
            }
            Moment::After(length) => {
                Moments::After(Durations::new(length, columns, &format!("{pointer}/after")))
            }
        }
    }

    /// Whole seconds from the arrival to this moment.
    pub(super) fn read(&mut self, row: &Row, arrival: Stamp) -> Result<Option<i64>, Refusal> {
        match self {
            Moments::At(clock) => Ok(clock.read(row)?.map(|stamp| stamp.since(arrival))),
            // Within LONGEST, so the cast keeps every digit.
            Moments::After(lengths) => Ok(lengths.read(row)?.map(|length| length.round() as i64)),
        }
    }

    /// Its lengths of time, where it has none of a clock.
    pub(super) fn lengths(&self) -> Option<&Durations> {
        match self {
            Moments::At(_) => None,
            Moments::After(lengths) => Some(lengths),
        }
    }

    /// Its clock, if it has one.
    pub(super) fn clock(&self) -> Option<&Clock> {
        match self {
            Moments::At(clock) => Some(clock),
            Moments::After(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_with_three_digits_behind_them_may_stand_between_thousands() {
        let told = ["1.234", "-12.500", "0.250", "1.5", "1234.500", "5,5", "45", "1:05"];
        let told = told.map(between_thousands);
        let [yes, no] = [true, false].map(Some);
        assert_eq!(told, [yes, yes, no, no, no, None, None, None]);
    }

    #[test]
    fn lengths_are_read_in_their_unit() {
        let cases = [
            ("90", DurationUnit::Seconds, Some(90.0)),
            ("1.5", DurationUnit::Minutes, Some(90.0)),
            ("5,5", DurationUnit::Minutes, Some(330.0)),
            ("-0,25", DurationUnit::Hours, Some(-900.0)),
            ("1,200", DurationUnit::Seconds, None),
            ("1,2,3", DurationUnit::Seconds, None),
            (",5", DurationUnit::Seconds, None),
            ("-2", DurationUnit::Hours, Some(-7200.0)),
            ("2", DurationUnit::Days, Some(172_800.0)),
            ("1:05", DurationUnit::Clock, Some(3900.0)),
            ("-100:00:30", DurationUnit::Clock, Some(-360_030.0)),
            ("1:60", DurationUnit::Clock, None),
            ("1", DurationUnit::Clock, None),
            ("1:2:3:4", DurationUnit::Clock, None),
            ("1,5", DurationUnit::Minutes, Some(90.0)),
            ("NaN", DurationUnit::Minutes, None),
            ("inf", DurationUnit::Minutes, None),
            ("", DurationUnit::Minutes, None),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(seconds(text, unit), expected, "{text} {unit:?}");
        }
    }
}
