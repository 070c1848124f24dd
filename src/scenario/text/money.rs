//! Money: `$66,800/year`, `€20/hour`, `5 CHF`.

use super::{Fault, leading_number};
use crate::scenario::names::quote;

const HELP: &str = "write an amount with its currency, and per what: `$66,800/year`, `€20/hour`, `1,000,000 CHF/year`";

/// Characters of what might be the name of a currency; more are something else.
const LONGEST: usize = 7;

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scenario) enum Per {
    Year,
    Month,
    Week,
    Hour,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::scenario) struct Price {
    /// Whole units of the currency, never negative.
    pub(in crate::scenario) amount: f64,
    /// Sign or code as written.
    pub(in crate::scenario) currency: String,
    /// For what stretch, if stated.
    pub(in crate::scenario) per: Option<Per>,
}

/// A price.
pub(in crate::scenario) fn price(text: &str) -> Result<Price, Fault> {
    let trimmed = text.trim();
    let (amount, per) = match trimmed.split_once('/') {
        None => (trimmed, None),
        Some((amount, per)) => {
            let per = match per.trim() {
                "year" | "y" => Per::Year,
                "month" => Per::Month,
                "week" | "w" => Per::Week,
                "hour" | "h" => Per::Hour,
                other => {
                    return Err(Fault::new(
                        "unknown-unit",
                        format!("{} is not a stretch of time", quote(other)),
                        HELP,
                    ));
                }
            };
            (amount.trim(), Some(per))
        }
    };
    let negative = amount.starts_with('-');
    let amount = amount.strip_prefix('-').unwrap_or(amount);
    let sign = amount.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(amount.len());
    let (before, rest) = amount.split_at(sign);
    let Some((number, after)) = leading_number(rest) else {
        return Err(Fault::unreadable("an amount of money", text, HELP));
    };
    let before = before.trim();
    let of_debt = before.strip_prefix('-').or(before.strip_suffix('-'));
    if negative || of_debt.is_some_and(is_currency) {
        return Err(Fault::new(
            "negative",
            format!("{} is negative", quote(text)),
            "costs are positive",
        ));
    }
    if let Some(fault) = Fault::two_readings(text) {
        return Err(fault);
    }
    let currency = format!("{before}{}", after.trim());
    if currency.is_empty() {
        return Err(Fault::new("missing-unit", format!("{} has no currency", quote(text)), HELP));
    }
    if LONGEST < currency.chars().count() {
        return Err(Fault::unreadable("an amount of money", text, HELP));
    }
    if !is_currency(&currency) {
        return Err(Fault::new(
            "unknown-unit",
            format!("{} is not a currency", quote(&currency)),
            HELP,
        ));
    }
    if 1e12 < number {
        return Err(Fault::new(
            "out-of-range",
            format!("{} is too much", quote(text)),
            "amounts end at a million million",
        ));
    }
    Ok(Price { amount: number, currency, per })
}

/// Whether two ways to write a currency mean one: its sign and its code.
pub(in crate::scenario) fn one_currency(one: &str, other: &str) -> bool {
    code(one) == code(other)
}

/// The code of a currency whose sign is its own; others as they are written.
fn code(currency: &str) -> &str {
    match currency {
        "$" | "US$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "CA$" => "CAD",
        "A$" => "AUD",
        "₹" => "INR",
        other => other,
    }
}

fn is_currency(text: &str) -> bool {
    let is_code = text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase());
    is_code || ["$", "€", "£", "¥", "₹", "kr", "US$", "CA$", "A$"].contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_and_its_code_are_one_currency() {
        for (one, other) in [("$", "USD"), ("€", "EUR"), ("GBP", "£"), ("CHF", "CHF")] {
            assert!(one_currency(one, other), "{one} and {other}");
        }
        for (one, other) in [("$", "EUR"), ("€", "£"), ("$", "CA$"), ("CHF", "€"), ("¥", "JPY")]
        {
            assert!(!one_currency(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn prices_carry_a_currency() {
        let read = |text: &str| {
            let price = price(text).unwrap();
            (price.amount, price.currency, price.per)
        };
        assert_eq!(read("$66,800/year"), (66_800.0, "$".into(), Some(Per::Year)));
        assert_eq!(read("€20/hour"), (20.0, "€".into(), Some(Per::Hour)));
        assert_eq!(read("1,000,000 CHF/year"), (1_000_000.0, "CHF".into(), Some(Per::Year)));
        assert_eq!(read("$5"), (5.0, "$".into(), None));
        assert_eq!(read("€72.5000/year"), (72.5, "€".into(), Some(Per::Year)));
        assert_eq!(read("$0.025"), (0.025, "$".into(), None));
        for (text, code) in [
            ("66800/year", "missing-unit"),
            ("-$5", "negative"),
            ("$-5", "negative"),
            ("Mon-Fri 9-17", "unreadable"),
            ("$5/mile", "unknown-unit"),
            ("much", "unreadable"),
            ("5 apples", "unknown-unit"),
            ("€72.500,00/year", "unreadable"),
            ("€72.500/year", "two-readings"),
            ("72.500 CHF/year", "two-readings"),
        ] {
            assert_eq!(price(text).unwrap_err().code, code, "{text}");
        }
    }
}
