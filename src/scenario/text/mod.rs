//! Small languages inside the file's texts: each a function from text to value or fault.
//!
//! Units are obligatory in all of them.

mod duration;
mod goal;
mod hours;
mod instant;
mod money;
mod rate;
mod share;

pub(super) use duration::{duration, hours_per_week, minutes};
pub(super) use goal::goal;
pub(super) use hours::{Hours, day_hours, hours};
pub(super) use instant::{Instant, instant};
pub(super) use money::{Per, Price, price};
pub(super) use rate::rate;
pub(super) use share::{approval, points, share, share_a_year};

use super::names::quote;

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Stable code of the diagnostic.
    pub(super) code: &'static str,
    /// What was found.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(code: &'static str, message: String, help: &str) -> Fault {
        Fault { code, message, help: (!help.is_empty()).then(|| help.into()) }
    }

    fn unreadable(what: &str, text: &str, help: &str) -> Fault {
        Fault::new("unreadable", format!("{} is not {what}", quote(text)), help)
    }
}

/// A plain decimal number at the start of a text, with commas between thousands, and the rest.
///
/// `Ok(None)` if the text does not start with a number.
pub(super) fn leading_number(text: &str) -> Option<(f64, &str)> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .unwrap_or(unsigned.len());
    let end = text.len() - unsigned.len() + digits;
    let (number, rest) = text.split_at(end);
    Some((plain_number(number)?, rest))
}

/// A decimal number with or without commas between thousands.
fn plain_number(text: &str) -> Option<f64> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.trim_start_matches(['-', '+']);
    if digits.contains(',') {
        let mut groups = digits.split(',');
        let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
        if !first || !groups.all(|group| group.len() == 3) {
            return None;
        }
    }
    if !text.contains(|c: char| c.is_ascii_digit()) || text.contains(['e', 'E', 'n', 'N', 'i', 'I'])
    {
        return None;
    }
    text.replace(',', "").parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_by_three_or_not_at_all() {
        assert_eq!(leading_number("66,800/year"), Some((66800.0, "/year")));
        assert_eq!(leading_number("1,00"), None);
        assert_eq!(leading_number(".9/hour"), Some((0.9, "/hour")));
        assert_eq!(leading_number("-3m"), Some((-3.0, "m")));
        assert_eq!(leading_number("inf"), None);
    }
}
