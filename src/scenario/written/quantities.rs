//! Numbers, shares, lengths and prices in the words of the format, without loss.

use serde_json::{Value, json};

use crate::scenario::text::{duration, minutes, share, two_readings};
use crate::units::SimTime;
use crate::units::grouped;

/// A number, whole ones without a point.
pub(super) fn number(value: f64) -> Value {
    let whole = value.trunc();
    if (value - whole).abs() > 0.0 || 1e15 < value.abs() {
        json!(value)
    } else {
        json!(whole as i64)
    }
}

/// A share in percent where that is exact, else a number.
pub(super) fn fraction(value: f64) -> Value {
    let text = format!("{}%", (value * 1e10).round() / 1e8);
    if share(&text).is_ok_and(|read| same(read, value)) { json!(text) } else { json!(value) }
}

/// Minutes, in the largest unit that tells them exactly.
pub(super) fn length_of(value: f64) -> String {
    let units =
        [(10_080.0, " weeks"), (1440.0, " days"), (60.0, "h"), (1.0, "m"), (1.0 / 60.0, "s")];
    let exact = |&(unit, word): &(f64, &str)| {
        let count = value / unit;
        let text = format!("{}{word}", count.round());
        let whole = 1.0 <= count && minutes(&text).is_ok_and(|read| same(read, value));
        whole.then_some(text)
    };
    units.iter().find_map(exact).unwrap_or_else(|| format!("{value}m"))
}

/// A length on the simulated clock.
pub(super) fn length(value: SimTime) -> String {
    let text = length_of(value.minutes());
    if duration(&text) == Ok(value) { text } else { format!("{}us", value.micros()) }
}

/// An amount of money a year.
pub(super) fn price(amount: f64, currency: &str) -> String {
    let amount = if amount.fract().abs() > 0.0 { amount.to_string() } else { grouped(amount, 0) };
    // three decimals could be taken for thousands
    let amount = two_readings(&amount).map_or(amount, |(_, point)| point);
    if currency.chars().all(|c| c.is_ascii_uppercase()) {
        format!("{amount} {currency}/year")
    } else {
        format!("{currency}{amount}/year")
    }
}

/// Whether two numbers are one, bit for bit.
pub(super) fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_people_say_them_and_read_back() {
        let written = [120.0, 0.5, 45.0, 20_160.0, 2880.0, 0.1, 1.0 / 3.0].map(length_of);
        assert_eq!(written[..5], ["2h", "30s", "45m", "2 weeks", "2 days"]);
        assert_eq!([minutes(&written[5]), minutes(&written[6])], [Ok(0.1), Ok(1.0 / 3.0)]);
        let odd = SimTime::from_micros(86_400_000_001);
        assert_eq!(duration(&length(odd)), Ok(odd));
    }

    #[test]
    fn shares_are_percentages_where_that_is_exact() {
        assert_eq!(fraction(0.06), json!("6%"));
        assert_eq!(fraction(1.0), json!("100%"));
        assert_eq!(fraction(1.0 / 3.0), json!(1.0 / 3.0));
        assert_eq!([number(3.0), number(2.4)], [json!(3), json!(2.4)]);
        assert_eq!(price(66_800.0, "$"), "$66,800/year");
        assert_eq!(price(0.5, "CHF"), "0.5 CHF/year");
        assert_eq!(price(61.125, "CHF"), "61.1250 CHF/year");
    }
}
