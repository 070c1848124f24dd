//! Opening hours: `daily 08:00-20:00`, `Mon-Fri 9-17, Sat 10-14`, `always`, with an optional zone.

use super::Fault;
use crate::scenario::names::quote;

const HELP: &str = "write days and hours: `daily 08:00-20:00`, `weekdays 09:00-18:00`, `Mon-Fri 9-17, Sat 10-14`, `always`";
/// Minutes of a day.
pub(in crate::scenario) const DAY: u32 = 1440;

/// Opening hours of a week, before dates and zones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::scenario) struct Hours {
    /// For each day from Monday: intervals in minutes from its midnight; an end past 1440 is on the next day.
    pub(in crate::scenario) days: [Vec<(u32, u32)>; 7],
    /// Time zone by name.
    pub(in crate::scenario) zone: Option<String>,
}

/// The days of the week as written.
pub(in crate::scenario) fn weekday(text: &str) -> Option<usize> {
    const NAMES: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.to_ascii_lowercase();
    (3 <= text.len()).then(|| NAMES.iter().position(|name| name.starts_with(&text)))?
}

/// Opening hours of a week.
pub(in crate::scenario) fn hours(text: &str) -> Result<Hours, Fault> {
    let mut hours = Hours::default();
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 1 && words.last().is_some_and(|word| word.contains('/') || *word == "UTC") {
        hours.zone = words.pop().map(String::from);
    }
    let rest = words.join(" ");
    if rest.is_empty() {
        return Err(Fault::unreadable("opening hours", text, HELP));
    }
    for part in rest.split(',') {
        let part = part.trim();
        let (days, spans) = match part.split_once(' ') {
            Some((days, spans)) => (days, spans.trim()),
            None if part == "always" => ("daily", "00:00-24:00"),
            None => return Err(Fault::unreadable("opening hours", text, HELP)),
        };
        let days = days_of(days).ok_or_else(|| {
            Fault::new(
                "unknown-day",
                format!("{} are not days", quote(days)),
                "write `daily`, `weekdays`, `weekend` or `Mon-Fri`",
            )
        })?;
        let spans = day_hours(spans)?;
        for day in days {
            hours.days[day].extend(&spans);
        }
    }
    for day in &mut hours.days {
        day.sort_unstable();
        if let Some(pair) = day.windows(2).find(|pair| pair[1].0 < pair[0].1) {
            let clock = |minute: u32| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
            return Err(Fault::new(
                "overlapping-hours",
                format!("{} overlap at {}", quote(text), clock(pair[1].0)),
                "state each stretch of a day once",
            ));
        }
    }
    Ok(hours)
}

/// Hours of one day: `08:00-12:00 and 13:00-17:00`, or `closed`.
pub(in crate::scenario) fn day_hours(text: &str) -> Result<Vec<(u32, u32)>, Fault> {
    if text.trim() == "closed" {
        return Ok(Vec::new());
    }
    text.split(" and ")
        .map(|span| {
            let bad = || Fault::unreadable("opening hours", text, HELP);
            let (start, end) = span.split_once(['-', '–']).ok_or_else(bad)?;
            let (start, end) = (clock(start).ok_or_else(bad)?, clock(end).ok_or_else(bad)?);
            if start == end || start == DAY {
                return Err(Fault::new(
                    "empty-hours",
                    format!("{} is no time at all", quote(span)),
                    HELP,
                ));
            }
            Ok(if start < end { (start, end) } else { (start, end + DAY) })
        })
        .collect()
}

/// Minutes from midnight of `9`, `09:00` or `24:00`.
pub(in crate::scenario) fn clock(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let digits = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minute): (u32, u32) = (digits(hour) && digits(minute))
        .then(|| Some((hour.parse().ok()?, minute.parse().ok()?)))??;
    (minute < 60 && hour * 60 + minute <= DAY).then_some(hour * 60 + minute)
}

fn days_of(text: &str) -> Option<Vec<usize>> {
    Some(match text.to_ascii_lowercase().as_str() {
        "daily" => (0..7).collect(),
        "weekdays" => (0..5).collect(),
        "weekend" | "weekends" => vec![5, 6],
        days => match days.split_once(['-', '–']) {
            None => vec![weekday(days)?],
            Some((first, last)) => {
                let (first, last) = (weekday(first)?, weekday(last)?);
                let count = (last + 7 - first) % 7 + 1;
                (first..first + count).map(|day| day % 7).collect()
            }
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_day_by_day() {
        let read = |text: &str| hours(text).unwrap().days;
        assert_eq!(read("daily 08:00-20:00")[6], [(480, 1200)]);
        assert_eq!(read("Mon-Fri 9-17, Sat 10-14")[5], [(600, 840)]);
        assert!(read("weekdays 09:00-18:00")[6].is_empty());
        assert_eq!(read("daily 22:00-06:00")[0], [(1320, 1800)]);
        assert_eq!(read("Sat-Mon 9-10")[0], [(540, 600)]);
        assert_eq!(read("always")[3], [(0, 1440)]);
        assert_eq!(read("daily 8-12 and 13-17")[0], [(480, 720), (780, 1020)]);
        assert_eq!(
            hours("daily 9-17 Europe/Berlin").unwrap().zone.as_deref(),
            Some("Europe/Berlin")
        );
    }

    #[test]
    fn hours_that_mean_nothing_are_refused() {
        for (text, code) in [
            ("", "unreadable"),
            ("08:00-20:00", "unreadable"),
            ("daily 8:00", "unreadable"),
            ("daily 25:00-26:00", "unreadable"),
            ("someday 9-17", "unknown-day"),
            ("daily 9-9", "empty-hours"),
            ("daily 9-17, Mon 16-18", "overlapping-hours"),
        ] {
            assert_eq!(hours(text).unwrap_err().code, code, "{text}");
        }
    }
}
