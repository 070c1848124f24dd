//! The stretch of time in which rates are told to people.

use crate::present::numbers::{significant, thousands};
use crate::units::{HOURS_A_CALENDAR_YEAR, HOURS_A_WEEK};

/// A stretch of time in which so many things happen that their number has digits. Files keep their own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Its name.
    pub word: &'static str,
    /// Its length.
    pub hours: f64,
}

/// From the shortest up; a year is that of the calendar, as in scenarios.
const STRETCHES: [Stretch; 4] = [
    Stretch { word: "hour", hours: 1.0 },
    Stretch { word: "day", hours: 24.0 },
    Stretch { word: "week", hours: HOURS_A_WEEK },
    Stretch { word: "year", hours: HOURS_A_CALENDAR_YEAR },
];

/// Fewer than this in a stretch are told in a longer one.
const FEW: f64 = 0.01;
/// More than this no column holds.
const MANY: f64 = 100_000.0;

impl Stretch {
    /// An hour where all of these rates per hour have digits in it; else a day, a week or a year.
    pub fn over(per_hour: impl IntoIterator<Item = f64>) -> Stretch {
        Stretch::among(&STRETCHES, per_hour)
    }

    /// A day, or a longer stretch where that is less than a hundredth.
    pub(crate) fn of_days(per_day: f64) -> Stretch {
        Stretch::among(&STRETCHES[1..], [per_day / 24.0])
    }

    /// So many more a day, in words: `14 more a day`; in a longer stretch where that is less than a hundredth.
    pub(crate) fn more(per_day: f64, digits: usize) -> String {
        let stretch = Stretch::of_days(per_day);
        format!("{} more a {}", stretch.count(per_day, digits), stretch.word)
    }

    /// How many a day are in one such stretch.
    pub(crate) fn count(self, per_day: f64, digits: usize) -> String {
        match per_day / 24.0 * self.hours {
            endless if !endless.is_finite() => "ever".into(),
            few if few < 1000.0 => significant(few, digits),
            many => thousands(many),
        }
    }

    fn among(all: &[Stretch], per_hour: impl IntoIterator<Item = f64>) -> Stretch {
        let (least, most) = per_hour
            .into_iter()
            .filter(|rate| 0.0 < *rate)
            .fold((f64::INFINITY, 0.0f64), |(least, most), rate| (least.min(rate), most.max(rate)));
        let fitting = all.iter().take_while(|of| most * of.hours < MANY);
        let short = fitting.clone().find(|of| FEW <= least * of.hours);
        *short.or(fitting.last()).unwrap_or(&all[0])
    }

    /// With its article.
    pub(crate) fn with_article(self) -> String {
        let article = if self.word == "hour" { "an" } else { "a" };
        format!("{article} {}", self.word)
    }

    /// What stands over a column: visits in an hour are `arrivals/h`.
    pub fn head(self) -> String {
        match self.word {
            "hour" => "arrivals/h".into(),
            longer => format!("visits/{longer}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_told_in_a_stretch_in_which_they_have_digits() {
        for (least, most, head) in [
            (0.9, 40.0, "arrivals/h"),
            (0.01, 0.01, "arrivals/h"),
            (0.009, 2.0, "visits/day"),
            (0.0002, 0.0002, "visits/week"),
            (0.3 / 8766.0, 0.3 / 8766.0, "visits/year"),
            (1e-9, 1e-9, "visits/year"),
            // a year would hold more than the column
            (1e-6, 50.0, "visits/week"),
            (1e-6, 1e6, "arrivals/h"),
            (0.0, 0.0, "arrivals/h"),
        ] {
            assert_eq!(Stretch::over([0.0, least, most]).head(), head, "{least} to {most}");
        }
    }

    #[test]
    fn what_is_too_much_is_told_by_the_day_or_longer() {
        assert_eq!(Stretch::more(14.2, 2), "14 more a day");
        assert_eq!(Stretch::more(12_345.6, 2), "12,346 more a day");
        assert_eq!(Stretch::more(0.02, 2), "0.020 more a day");
        assert_eq!(Stretch::more(f64::INFINITY, 2), "ever more a day");
        assert_eq!(Stretch::more(0.3 / 365.25, 3), "0.300 more a year");
    }
}
