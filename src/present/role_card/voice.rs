//! How numbers and lists are said: exactly, with what luck could have done, or roundly.

use crate::present::numbers::{heads, share, thousands, time};
use crate::present::words::list;
use crate::stats::Interval;

/// Names that are listed in full; of more only so many are named.
const MOST_NAMES: usize = 6;

/// How a card speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice<'a> {
    /// Whether numbers carry their ±.
    pub(super) exact: bool,
    /// Sign or code of the currency.
    pub(super) currency: &'a str,
}

impl Voice<'_> {
    /// Half the length of an interval, if it is told.
    pub(super) fn luck(self, of: Interval) -> Option<f64> {
        of.half_width.filter(|_| self.exact)
    }

    /// Hours: `12.3 ±.2`.
    pub(super) fn hours(self, of: Interval) -> String {
        tenths(of.mean, self.luck(of))
    }

    /// A number of cases: `212 ±3`.
    pub(super) fn cases(self, of: Interval) -> String {
        if of.mean < 9.95 {
            return tenths(of.mean, self.luck(of));
        }
        let luck =
            self.luck(of).map_or(String::new(), |luck| format!(" ±{}", thousands(luck.ceil())));
        format!("{}{luck}", thousands(of.mean))
    }

    /// A share in percent.
    pub(super) fn share(self, of: Interval) -> String {
        share(of.mean, self.luck(of))
    }

    /// A length of time.
    pub(super) fn time(self, of: Interval) -> String {
        time(of.mean, self.luck(of))
    }
}

/// A number with one decimal, and what luck may have done to it.
pub(super) fn tenths(number: f64, luck: Option<f64>) -> String {
    let luck = luck.map_or(String::new(), |luck| {
        let text = format!("{:.1}", (10.0 * luck).ceil() / 10.0);
        let text = text.strip_suffix(".0").unwrap_or(&text);
        format!(" ±{}", text.strip_prefix("0.").map_or(text.into(), |tenth| format!(".{tenth}")))
    });
    let text =
        if 0.0 < number && number < 0.05 { "under 0.1".into() } else { format!("{number:.1}") };
    format!("{}{luck}", text.strip_suffix(".0").unwrap_or(&text))
}

/// A number without more digits than count.
pub(super) fn plain(number: f64) -> String {
    if 99.95 <= number { thousands(number) } else { tenths(number, None) }
}

/// A share that somebody has set, without digits that nobody set: `6%`, `2.5%`.
pub(super) fn set_share(share: f64) -> String {
    format!("{}%", tenths(100.0 * share, None))
}

/// Full-time equivalents, roughly: `7.2`, `0.33`.
pub(super) fn rough_heads(number: f64) -> String {
    if number < 1.0 { heads(number) } else { tenths(number, None) }
}

/// A share told as so many of a hundred.
pub(super) fn of_hundred(share: f64) -> String {
    format!("{:.0} of 100", 100.0 * share)
}

/// Names in a sentence; of many the first few.
pub(super) fn names(all: &[String]) -> String {
    let some: Vec<&str> = all.iter().map(String::as_str).collect();
    if some.len() <= MOST_NAMES {
        return list(&some);
    }
    let rest = some.len() - (MOST_NAMES - 1);
    let more = format!("{rest} more");
    list(&[&some[..MOST_NAMES - 1], &[more.as_str()]].concat())
}

/// The sentence with its first letter large.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
