//! Lengths of time in words.

use crate::units::{LengthUnit, RoundedLength};

/// A length in two digits: `40 minutes`, `13 weeks`, `1900 years`, `58 thousand years`.
pub(crate) fn rough_length(hours: f64) -> String {
    let Some(RoundedLength { count, unit }) = RoundedLength::of_hours(hours) else {
        return "less than a minute".into();
    };
    let unit = match unit {
        LengthUnit::Minute => "minute",
        LengthUnit::Hour => "hour",
        LengthUnit::Day => "day",
        LengthUnit::Week => "week",
        LengthUnit::Year => "year",
        LengthUnit::ThousandYears => "thousand year",
        LengthUnit::MillionYears => "million year",
    };
    format!("{count} {unit}{}", if count < 1.5 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_the_unit_that_suits_them() {
        let told = [0.01, 0.02, 0.7, 1.0, 6.0, 24.0, 36.0, 168.0, 2184.0, 1.7e7, 5.1e8, 9e10]
            .map(rough_length);
        expect_test::expect!["less than a minute, 1 minute, 42 minutes, 60 minutes, 6 hours, 24 hours, 2 days, 7 days, 13 weeks, 1900 years, 58 thousand years, 10 million years"].assert_eq(&told.join(", "));
    }
}
