//! Shares: `22%`, `15% of replies`, `2 points`.

use super::{Fault, leading_number};
use crate::scenario::names::quote;

const HELP: &str = "write a percentage, like `22%`";

/// A share between 0 and 1, written in percent.
pub(in crate::scenario) fn share(text: &str) -> Result<f64, Fault> {
    up_to(text, 100.0, "shares lie between 0% and 100%")
}

/// The most that leave in a year, in percent of those who are there: they stay five weeks on average.
const LEAVE: f64 = 1000.0;

/// Percent from 0 to so many.
fn up_to(text: &str, most: f64, bounds: &'static str) -> Result<f64, Fault> {
    let Some((number, rest)) = leading_number(text.trim()) else {
        return Err(Fault::unreadable("a share", text, HELP));
    };
    match rest.trim() {
        "%" | "percent" => {}
        "" => {
            return Err(Fault::new(
                "missing-unit",
                format!("{} has no percent sign", quote(text)),
                HELP,
            ));
        }
        _ => return Err(Fault::unreadable("a share", text, HELP)),
    }
    if number < 0.0 {
        return Err(Fault::new("negative", format!("{} is negative", quote(text)), bounds));
    }
    if most < number {
        let than = if most <= 100.0 { "everything".into() } else { format!("{most}%") };
        return Err(Fault::new(
            "out-of-range",
            format!("{} is more than {than}", quote(text)),
            bounds,
        ));
    }
    Ok(number / 100.0)
}

/// `15% of replies`.
pub(in crate::scenario) fn approval(text: &str) -> Result<f64, Fault> {
    let trimmed = text.trim();
    share(trimmed.strip_suffix("of replies").unwrap_or(trimmed))
}

/// `35%/year`; more than 100% where people stay for less than a year.
pub(in crate::scenario) fn share_a_year(text: &str) -> Result<f64, Fault> {
    const HELP: &str = "write the share of people who leave in a year, like `35%/year`";
    let Some((percent, per)) = text.rsplit_once('/') else {
        return Err(Fault::new(
            "missing-unit",
            format!("{} does not say per what", quote(text)),
            HELP,
        ));
    };
    if !matches!(per.trim(), "year" | "y") {
        return Err(Fault::unreadable("a share a year", text, HELP));
    }
    up_to(percent, LEAVE, "at 1000% a year each stays for five weeks; state at most that")
}

/// `2 points`: a difference between shares.
pub(in crate::scenario) fn points(text: &str) -> Result<f64, Fault> {
    const POINTS: &str = "write a difference between percentages, like `2 points`";
    let Some((number, rest)) = leading_number(text.trim()) else {
        return Err(Fault::unreadable("a difference between shares", text, POINTS));
    };
    match rest.trim() {
        "point" | "points" => {}
        "" => {
            return Err(Fault::new("missing-unit", format!("{} has no unit", quote(text)), POINTS));
        }
        _ => return Err(Fault::unreadable("a difference between shares", text, POINTS)),
    }
    if !(0.0..=100.0).contains(&number) {
        return Err(Fault::new("out-of-range", format!("{} is out of range", quote(text)), POINTS));
    }
    Ok(number / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_carry_a_percent_sign() {
        assert_eq!(share("22%"), Ok(0.22));
        assert_eq!(share("100 %"), Ok(1.0));
        assert_eq!(approval("15% of replies"), Ok(0.15));
        assert_eq!(points("2 points"), Ok(0.02));
        // who leave in a year may be more than there are at a time, shares may not
        assert_eq!(share_a_year("35%/year"), Ok(0.35));
        assert_eq!(share_a_year("150%/year"), Ok(1.5));
        assert_eq!(share_a_year("1000% / y"), Ok(10.0));
        let fault = share_a_year("1001%/year").unwrap_err();
        assert_eq!(
            (fault.code, fault.message.as_str()),
            ("out-of-range", "`1001%` is more than 1000%")
        );
        for (text, code) in [
            ("0.22", "missing-unit"),
            ("-1%", "negative"),
            ("101%", "out-of-range"),
            ("half", "unreadable"),
            ("5% of them", "unreadable"),
        ] {
            assert_eq!(share(text).unwrap_err().code, code, "{text}");
        }
    }
}
