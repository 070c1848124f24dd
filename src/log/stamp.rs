//! Points in time as a file writes them: the format is given, and doubts about it are reported.

use super::columns::{Column, Columns, shorten};
use super::rows::Row;
use crate::model::Diagnostic;
use crate::model::mapping::TimeColumn;
use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::Offset;

/// A point in time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Seconds of the clock as written since 1970-01-01 00:00.
    pub(super) wall: i64,
    /// Seconds that this clock is ahead of UTC, where the file says.
    offset: Option<i32>,
}

impl Stamp {
    /// Seconds since `earlier`: by their UTC offsets where both have one, else by the clock.
    pub(super) fn since(self, earlier: Stamp) -> i64 {
        let ahead = match (self.offset, earlier.offset) {
            (Some(mine), Some(other)) => i64::from(mine) - i64::from(other),
            _ => 0,
        };
        self.wall - earlier.wall - ahead
    }
}

/// Seconds of this clock reading since 1970-01-01 00:00.
pub(super) fn wall_seconds(clock: DateTime) -> Option<i64> {
    Offset::UTC.to_timestamp(clock).ok().map(|timestamp| timestamp.as_second())
}

/// `2016-05-09 00:01:00`; empty beyond the years a clock can show.
pub(super) fn clock_text(wall_seconds: i64) -> String {
    let clock = jiff::Timestamp::from_second(wall_seconds).map(|at| Offset::UTC.to_datetime(at));
    clock.map_or(String::new(), |clock| clock.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The text as a point in time; `None` where it does not fit the format. For an offset may stand `Z`, as in ISO 8601.
fn parse(format: &str, text: &str) -> Option<Stamp> {
    let parts = match BrokenDownTime::parse(format, text) {
        Ok(parts) => parts,
        Err(_) if format.ends_with("%z") || format.ends_with("%:z") => {
            let offset = if format.ends_with("%:z") { "+00:00" } else { "+0000" };
            let text = format!("{}{offset}", text.strip_suffix('Z')?);
            BrokenDownTime::parse(format, text).ok()?
        }
        Err(_) => return None,
    };
    if let Some(timestamp) = parts.timestamp() {
        return Some(Stamp { wall: timestamp.as_second(), offset: Some(0) });
    }
    let wall = wall_seconds(parts.to_datetime().ok()?)?;
    Some(Stamp { wall, offset: parts.offset().map(Offset::seconds) })
}

/// A time column being read, which remembers how well its format fits.
#[derive(Debug)]
pub(super) struct Clock {
    column: Column,
    format: String,
    /// The same format with day and month exchanged, where it has both as numbers.
    swapped: Option<String>,
    pointer: String,
    values: u64,
    fits: u64,
    /// Values that fit the format and not the swapped one. Once these are far ahead, values that
    /// fit are not tried the other way any more.
    only_as_given: u64,
    /// Values that fit the swapped format and not the given one.
    only_swapped: u64,
    /// The first values that did not fit.
    misfits: Vec<String>,
}

impl Clock {
    /// The clock of this column; what is wrong with it goes to `columns`.
    pub(super) fn new(from: &TimeColumn, columns: &mut Columns, pointer: &str) -> Clock {
        let column = columns.find(&from.column, &format!("{pointer}/column"));
        if let Err(why) = check(&from.format) {
            let found = Diagnostic::error(
                "log-time-format",
                format!("{pointer}/format"),
                format!("`{}` is not a usable time format: {why}", from.format),
            );
            columns.problems.push(found.help("write one such as `%Y-%m-%d %H:%M`"));
        }
        Clock {
            column,
            format: from.format.clone(),
            swapped: swap(&from.format),
            pointer: format!("{pointer}/format"),
            values: 0,
            fits: 0,
            only_as_given: 0,
            only_swapped: 0,
            misfits: Vec::new(),
        }
    }

    /// The column's name.
    pub(super) fn name(&self) -> &str {
        &self.column.name
    }

    /// The row's point in time, if it has one; the refused value where it does not fit.
    pub(super) fn read(&mut self, row: &Row) -> Result<Option<Stamp>, Refusal> {
        let Some(text) = self.column.value(row) else { return Ok(None) };
        self.values += 1;
        let stamp = parse(&self.format, text);
        if stamp.is_none() || self.only_as_given < self.only_swapped + CLEAR {
            let other = self.swapped.as_ref().and_then(|swapped| parse(swapped, text));
            match (stamp, other) {
                (Some(_), None) => self.only_as_given += 1,
                (None, Some(_)) => self.only_swapped += 1,
                _ => {}
            }
        }
        if stamp.is_some() {
            self.fits += 1;
            return Ok(stamp);
        }
        let example = shorten(text, 40);
        if self.misfits.len() < 20 {
            self.misfits.push(example.clone());
        }
        let reason = format!("`{}` does not fit `{}`", self.column.name, self.format);
        Err(Refusal { reason, example: Some(example) })
    }

    /// The format, where some value fits only one order of day and month, be it this one or the other.
    pub(super) fn decided(&self) -> Option<&str> {
        (0 < self.only_as_given.max(self.only_swapped)).then_some(self.format.as_str())
    }

    /// What its author should know about the format, after the whole file, given the formats of which
    /// other columns have decided the order: of a column in rows that were dropped for one of these, nothing was read.
    pub(super) fn doubts(&self, decided: &[&str]) -> Option<Diagnostic> {
        let (column, format) = (&self.column.name, &self.format);
        if self.values == 0 {
            return None;
        }
        if let Some(swapped) = &self.swapped {
            if self.only_as_given < self.only_swapped {
                let message = format!(
                    "day and month are exchanged: of {} values of `{column}`, {} fit `{swapped}` only and {} fit `{format}` only",
                    self.values, self.only_swapped, self.only_as_given
                );
                return Some(
                    Diagnostic::error("log-day-order", self.pointer.as_str(), message)
                        .help(format!("write `{swapped}`")),
                );
            }
            let open = self.only_as_given == 0 && !decided.contains(&format.as_str());
            if self.fits == self.values && open && !year_first(format) {
                let message = format!(
                    "day and month cannot be told apart: every value of `{column}` fits `{format}` and `{swapped}`"
                );
                return Some(
                    Diagnostic::warning("log-day-order-open", self.pointer.as_str(), message)
                        .help(format!("check one date; if it is wrong, write `{swapped}`")),
                );
            }
        }
        if 0 < self.fits {
            return self.in_another_format();
        }
        let example = self.misfits.first().map_or("", String::as_str);
        let message = format!("no value of `{column}` fits `{format}`; the first is `{example}`");
        let found = Diagnostic::error("log-time-format", self.pointer.as_str(), message);
        Some(match self.fitting() {
            Some(fitting) => found.help(format!("`{fitting}` would fit")),
            None => found,
        })
    }

    /// A common format of the values that did not fit.
    fn fitting(&self) -> Option<&'static str> {
        let all_fit = |form: &&&str| self.misfits.iter().all(|text| parse(form, text).is_some());
        COMMON.iter().find(all_fit).copied()
    }

    /// That the values which did not fit have a format of their own.
    fn in_another_format(&self) -> Option<Diagnostic> {
        let example = self.misfits.first().filter(|_| NO_SLIPS <= self.misfits.len())?;
        let message = format!(
            "`{}` has times in two formats: what does not fit `{}` fits `{}`, as `{example}` does",
            self.column.name,
            self.format,
            self.fitting()?
        );
        let found = Diagnostic::warning("log-two-formats", self.pointer.as_str(), message);
        Some(found.help("write all of them in one format, or split the file by format"))
    }
}

/// So many values that do not fit are no slips of the pen.
const NO_SLIPS: usize = 5;

/// So many more values that fit in the given order only settle the question of the order.
const CLEAR: u64 = 1000;

/// Why a row is dropped.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The reason, the same for all such rows.
    pub(super) reason: String,
    /// The value at fault.
    pub(super) example: Option<String>,
}

/// Formats proposed where the given one fits nothing; a proposal is never used by itself.
const COMMON: [&str; 22] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S%:z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S%.fZ",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%Y/%m/%d %H:%M:%S",
    "%a %b %d %H:%M:%S %z %Y",
    "%s",
];

/// Whether what the format writes of a moment can be read again as the same moment.
fn check(format: &str) -> Result<(), String> {
    let probe = jiff::civil::date(2017, 10, 31).at(22, 0, 0, 0);
    let zoned = probe.to_zoned(jiff::tz::TimeZone::UTC).map_err(|error| error.to_string())?;
    let text = BrokenDownTime::from(&zoned).to_string(format).map_err(|error| error.to_string())?;
    let parts = BrokenDownTime::parse(format, &text).map_err(|error| error.to_string())?;
    if parts.timestamp().is_some() {
        return Ok(());
    }
    let read = parts.to_datetime().map_err(|error| error.to_string())?;
    let timed = read == probe || read == probe.date().at(0, 0, 0, 0);
    if timed { Ok(()) } else { Err(format!("`{text}` is read as {read}")) }
}

/// The format with day and month exchanged, if it writes both as numbers.
fn swap(format: &str) -> Option<String> {
    let format = format.replace("%D", "%m/%d/%y");
    let (mut swapped, mut days, mut months) = (String::new(), 0, 0);
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        swapped.push(letter);
        if letter != '%' {
            continue;
        }
        for letter in letters.by_ref() {
            let flag =
                matches!(letter, '-' | '_' | '^' | '#' | ':' | '.') || letter.is_ascii_digit();
            swapped.push(match letter {
                'd' | 'e' => 'm',
                'm' => 'd',
                other => other,
            });
            days += u32::from(matches!(letter, 'd' | 'e'));
            months += u32::from(letter == 'm');
            if !flag {
                break;
            }
        }
    }
    (days == 1 && months == 1).then_some(swapped)
}

/// Whether the year comes before day and month, which then are hardly ever exchanged.
fn year_first(format: &str) -> bool {
    let first = |letters: &[&str]| letters.iter().filter_map(|letter| format.find(letter)).min();
    match (first(&["%Y", "%y"]), first(&["%d", "%e", "%m", "%-d", "%-m"])) {
        (Some(year), Some(other)) => year < other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(format: &str, text: &str) -> Option<String> {
        parse(format, text).map(|stamp| clock_text(stamp.wall))
    }

    #[test]
    fn the_clock_is_as_written_and_durations_know_the_offset() {
        let format = "%a %b %d %H:%M:%S %z %Y";
        let berlin = parse(format, "Tue Oct 31 23:10:47 +0100 2017").expect("fits");
        let london = parse(format, "Tue Oct 31 22:11:47 +0000 2017").expect("fits");
        assert_eq!(clock_text(berlin.wall), "2017-10-31 23:10:47");
        assert_eq!(london.since(berlin), 60);
        let plain = parse("%Y-%m-%d %H:%M", "2017-10-31 23:11").expect("fits");
        assert_eq!(plain.since(berlin), 13);
    }

    #[test]
    fn numbers_need_no_padding_and_nothing_may_be_left_over() {
        let format = "%d/%m/%Y %H:%M";
        assert_eq!(wall(format, "9/5/2016 00:01").as_deref(), Some("2016-05-09 00:01:00"));
        assert_eq!(wall(format, "31/4/2016 00:01"), None);
        assert_eq!(wall(format, "9/5/2016 00:01 h"), None);
        assert_eq!(wall(format, ""), None);
        assert_eq!(wall("%Y-%m-%d", "2016-05-09").as_deref(), Some("2016-05-09 00:00:00"));
        assert_eq!(wall("%s", "1500000000").as_deref(), Some("2017-07-14 02:40:00"));
    }

    #[test]
    fn a_format_that_cannot_tell_a_moment_is_refused() {
        for good in COMMON {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["", "%H:%M", "%Y-%m", "%Y-%m-%d %M", "%K", "%", "%d/%m/%Y %I:%M", "opened"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn utc_may_be_written_as_a_letter() {
        let told = Some("2016-05-09 00:01:00".to_owned());
        for (format, text) in [
            ("%Y-%m-%dT%H:%M:%S%z", "2016-05-09T00:01:00Z"),
            ("%Y-%m-%dT%H:%M:%S%:z", "2016-05-09T00:01:00Z"),
            ("%Y-%m-%dT%H:%M:%S%z", "2016-05-09T00:01:00+0000"),
        ] {
            assert_eq!(wall(format, text), told, "{text}");
        }
        assert_eq!(wall("%Y-%m-%dT%H:%M:%S%z", "2016-05-09T00:01:00"), None);
    }

    #[test]
    fn day_and_month_exchange_places() {
        assert_eq!(swap("%d/%m/%Y %H:%M").as_deref(), Some("%m/%d/%Y %H:%M"));
        assert_eq!(swap("%-m/%-d/%y").as_deref(), Some("%-d/%-m/%y"));
        assert_eq!(swap("%D").as_deref(), Some("%d/%m/%y"));
        assert_eq!(swap("%a %b %d %Y"), None);
        assert_eq!(swap("%%d %m"), None);
        assert!(year_first("%Y-%m-%d") && !year_first("%d.%m.%y"));
    }
}
