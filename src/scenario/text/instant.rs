//! Instants: `week 6 Friday 18:00`, `day 3 12:00`, `2027-04-01 09:00`.

use super::Fault;
use super::hours::{clock, weekday};

const HELP: &str = "write `week 6 Friday 18:00`, `week 4`, `day 3 12:00`, or a date where the experiment states its start";

/// An instant as written, before the experiment's clock gives it a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scenario) enum Instant {
    /// Week from 1, day of the week from Monday if stated, minutes from midnight.
    Week(u32, Option<usize>, u32),
    /// Day from 1 and minutes from midnight.
    Day(u32, u32),
    /// A date and minutes from midnight.
    Date(jiff::civil::Date, u32),
}

/// An instant.
pub(in crate::scenario) fn instant(text: &str) -> Result<Instant, Fault> {
    let bad = || Fault::unreadable("an instant", text, HELP);
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = |word: Option<&&str>| match word {
        None => Ok(0),
        Some(word) => clock(word).ok_or_else(bad),
    };
    let number = |word: Option<&&str>| -> Result<u32, Fault> {
        word.and_then(|word| word.parse().ok()).filter(|n| (1..=52_000).contains(n)).ok_or_else(bad)
    };
    match words.first() {
        Some(&"week") => {
            let week = number(words.get(1))?;
            let day = words.get(2).and_then(|word| weekday(word));
            let time = 2 + usize::from(day.is_some());
            (words.len() <= time + 1).then_some(()).ok_or_else(bad)?;
            Ok(Instant::Week(week, day, at(words.get(time))?))
        }
        Some(&"day") => {
            (words.len() <= 3).then_some(()).ok_or_else(bad)?;
            Ok(Instant::Day(number(words.get(1))?, at(words.get(2))?))
        }
        Some(date) => {
            (words.len() <= 2).then_some(()).ok_or_else(bad)?;
            let date = date.parse::<jiff::civil::Date>().map_err(|_| bad())?;
            Ok(Instant::Date(date, at(words.get(1))?))
        }
        None => Err(bad()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_weeks_days_or_dates() {
        assert_eq!(instant("week 6 Friday 18:00"), Ok(Instant::Week(6, Some(4), 1080)));
        assert_eq!(instant("week 4"), Ok(Instant::Week(4, None, 0)));
        assert_eq!(instant("day 3 12:00"), Ok(Instant::Day(3, 720)));
        assert_eq!(instant("2027-04-01"), Ok(Instant::Date(jiff::civil::date(2027, 4, 1), 0)));
        for text in [
            "",
            "week",
            "week 0",
            "week 3 Someday 18:00",
            "2027-02-30",
            "day 2 noon",
            "week 1 Mon 9:00 sharp",
        ] {
            assert_eq!(instant(text).unwrap_err().code, "unreadable", "{text}");
        }
    }
}
