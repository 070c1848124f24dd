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
pub(super) use goal::{goal, money_of, turned};
pub(super) use hours::{DAY, Hours, day_hours, hours};
pub(super) use instant::{Instant, instant};
pub(super) use money::{Per, Price, one_currency, price};
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

    pub(super) fn unreadable(what: &str, text: &str, help: &str) -> Fault {
        let message = format!("{} is not {what}", quote(text));
        match with_a_decimal_point(text) {
            Some(meant) => {
                let help = "decimals follow a point, and commas stand between thousands";
                Fault::new("unreadable", message, &format!("{help}: `{meant}`"))
            }
            None => Fault::new("unreadable", message, help),
        }
    }

    /// That a number has two readings, where it has.
    pub(super) fn two_readings(text: &str) -> Option<Fault> {
        let (thousands, point) = two_readings(text)?;
        Some(Fault::new(
            "two-readings",
            format!("{} may mean thousands or three decimals", quote(text)),
            &format!("write `{thousands}` or `{point}`"),
        ))
    }
}

/// Marks between thousands beside the comma, as in Switzerland.
const APOSTROPHES: [char; 2] = ['\'', '’'];

/// A plain decimal number at the start of a text, with commas or apostrophes between thousands or a power of ten as in JSON
/// (`1e9`), and the rest.
///
/// `None` if the text does not start with a number.
pub(super) fn leading_number(text: &str) -> Option<(f64, &str)> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',' || APOSTROPHES.contains(&c)))
        .unwrap_or(unsigned.len());
    let end = text.len() - unsigned.len() + digits;
    let (number, rest) = text.split_at(end);
    let plain = plain_number(&number.replace(APOSTROPHES, ","))?;
    match power_of_ten(rest) {
        0 => Some((plain, rest)),
        long => {
            let (power, rest) = rest.split_at(long);
            let scaled = (plain.to_string() + power).parse().ok().filter(|of: &f64| of.is_finite());
            Some((scaled?, rest))
        }
    }
}

/// How many bytes at the start of a text are a power of ten (`e9`, `E-3`); 0 if none are.
fn power_of_ten(text: &str) -> usize {
    let Some(power) = text.strip_prefix(['e', 'E']) else { return 0 };
    let unsigned = power.strip_prefix(['-', '+']).unwrap_or(power);
    let digits = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
    if digits == 0 { 0 } else { text.len() - unsigned.len() + digits }
}

/// A text whose number has points between thousands or a comma before decimals (`72.500,50`), written the other
/// way round; `None` for all others.
fn with_a_decimal_point(text: &str) -> Option<String> {
    let (before, number, after) = around_number(text, |c| c.is_ascii_digit())?;
    let swapped: String = number
        .chars()
        .map(|c| match c {
            '.' => ',',
            ',' => '.',
            digit => digit,
        })
        .collect();
    let meant = number.contains(',') && plain_number(number).is_none();
    (meant && plain_number(&swapped).is_some()).then(|| format!("{before}{swapped}{after}"))
}

/// The two readings of a number of one to three digits, a point and exactly three more: with a comma between
/// thousands, which is what many countries mean by the point, and with two decimals, or four where the third counts: no
/// thousands have so many.
/// `None` for all others, and for what begins with a zero.
pub(super) fn two_readings(text: &str) -> Option<(String, String)> {
    let (before, number, after) = around_number(text, |c| c.is_ascii_digit() || c == '.')?;
    let (whole, decimals) = number.split_once('.')?;
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let grouped = (1..=3).contains(&whole.len()) && decimals.len() == 3;
    let both = grouped && digits(whole) && digits(decimals) && !whole.starts_with('0');
    both.then(|| {
        let thousands = format!("{before}{whole},{decimals}{after}");
        let fewer = decimals.strip_suffix('0').map(str::to_owned);
        let decimals = fewer.unwrap_or_else(|| format!("{decimals}0"));
        (thousands, format!("{before}{whole}.{decimals}{after}"))
    })
}

/// What stands before the first number of a text, the number with its points and commas, and what stands behind it.
fn around_number(text: &str, begins: fn(char) -> bool) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_at(text.find(begins)?);
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    Some((before, number, after))
}

/// A decimal number with or without commas between thousands.
fn plain_number(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.contains(',') {
        return None;
    }
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
        assert_eq!(leading_number("66'800 CHF"), Some((66800.0, " CHF")));
        assert_eq!(leading_number("1’000’000"), Some((1e6, "")));
        assert_eq!(leading_number("66'80"), None);
        assert_eq!(leading_number("1,00"), None);
        assert_eq!(leading_number("72.500,00/year"), None);
        assert_eq!(leading_number("1.234,567"), None);
        assert_eq!(leading_number(".9/hour"), Some((0.9, "/hour")));
        assert_eq!(leading_number("1e9/hour"), Some((1e9, "/hour")));
        assert_eq!(leading_number("-2.5E-3 s"), Some((-0.0025, " s")));
        assert_eq!(leading_number("5eggs"), Some((5.0, "eggs")));
        assert_eq!(leading_number("1e999/day"), None);
        assert_eq!(leading_number("-3m"), Some((-3.0, "m")));
        assert_eq!(leading_number("inf"), None);
    }

    #[test]
    fn a_point_between_thousands_and_a_decimal_comma_are_turned_round() {
        for (text, meant) in [
            ("€72.500,50/year", Some("€72,500.50/year")),
            ("72.500,5 CHF/year", Some("72,500.5 CHF/year")),
            ("1,5h", Some("1.5h")),
            ("€72,500.50/year", None),
            ("€72.500/year", None),
            ("1,2,3", None),
            ("many", None),
        ] {
            assert_eq!(with_a_decimal_point(text).as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn three_decimals_may_be_thousands() {
        let told =
            |text| two_readings(text).map(|(thousands, point)| format!("{thousands} {point}"));
        assert_eq!(told("€72.500/year").as_deref(), Some("€72,500/year €72.50/year"));
        assert_eq!(told("1.200/day").as_deref(), Some("1,200/day 1.20/day"));
        for text in ["0.500/day", "1.20/day", "1.2000/day", "1234.500/day", "1,234.500/day", ".500"]
        {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
