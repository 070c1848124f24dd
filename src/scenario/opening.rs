//! Opening hours: from days, zones and exceptions to intervals of simulated time.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::clock::Clock;
use super::cursor::Cursor;
use super::keys::{EXCEPTION, OPEN};
use super::names::quote;
use super::stretches::stretches;
use super::text::{Hours, Instant, day_hours, hours, instant};
use super::tree::Value;
use crate::model::Calendar;
use crate::units::{HOURS_A_WEEK, SimTime};

const SAMPLE: &str = "opening hours such as `daily 08:00-20:00`";

/// The hours of days that are not as their weekday is, by days from time 0.
type Exceptions = HashMap<i64, Vec<(u32, u32)>>;

/// A calendar and its open hours a week.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Open {
    pub(super) calendar: Arc<Calendar>,
    pub(super) hours_per_week: f64,
}

/// Opening hours as a text, or as an object with `hours`, `zone` and `except`.
pub(super) fn open(cursor: &Cursor<'_>, clock: &Clock) -> Option<Open> {
    if !matches!(cursor.node.value, Value::Object(_)) {
        let week = cursor.read(SAMPLE, hours)?;
        return compile(cursor, &week, &Exceptions::new(), clock);
    }
    let of = cursor.object(&OPEN)?;
    if of.has("stretches") {
        return stretches(&of);
    }
    if let Some(every) = of.get("every") {
        every.fail_with_help(
            "missing-key",
            "`every` says how often `stretches` repeat, and there are none",
            "leave it out: `hours` repeat every week",
        );
    }
    let mut week = of.need("hours")?.read(SAMPLE, hours)?;
    if let Some(zone) = of.get("zone") {
        week.zone = Some(zone.text()?.into());
    }
    let mut exceptions = Exceptions::new();
    let mut places: HashMap<i64, String> = HashMap::new();
    for item in of.get("except").and_then(|list| list.items()).into_iter().flatten() {
        let Some(exception) = item.object(&EXCEPTION) else { continue };
        let on = exception.need("on");
        let day = on.as_ref().and_then(|on| {
            let day = on.read("a day such as `2027-12-24`", instant)?;
            day_number(on, day, clock)
        });
        let spans = exception
            .need("hours")
            .and_then(|spans| spans.read("hours such as `10:00-14:00`", day_hours));
        if let (Some(on), Some(day), Some(spans)) = (on, day, spans) {
            if exceptions.get(&day).is_some_and(|first| *first != spans) {
                on.fail_with_help(
                    "two-tags",
                    format!("this day has other hours already (at {})", places[&day]),
                    "keep one of the two; several stretches are `9-12 and 14-18`",
                );
                return None;
            }
            exceptions.entry(day).or_insert(spans);
            places.entry(day).or_insert_with(|| on.pointer.clone());
        }
    }
    compile(cursor, &week, &exceptions, clock)
}

/// Days from time 0, on the experiment's clock.
fn day_number(cursor: &Cursor<'_>, instant: Instant, clock: &Clock) -> Option<i64> {
    if let (Instant::Date(date, _), Some(start)) = (instant, clock.start) {
        return Some(days_between(start, date));
    }
    clock
        .at(instant)
        .map(|at| (at.micros() / SimTime::DAY.micros()) as i64)
        .map_err(|fault| cursor.fault(fault))
        .ok()
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn compile(
    cursor: &Cursor<'_>,
    week: &Hours,
    exceptions: &Exceptions,
    clock: &Clock,
) -> Option<Open> {
    let minutes: u32 = week.days.iter().flatten().map(|(start, end)| end - start).sum();
    let zone = match &week.zone {
        None => None,
        Some(name) => Some(
            TimeZone::get(name)
                .map_err(|_| {
                    cursor.fail_with_help(
                        "unknown-zone",
                        format!("no time zone is named {}", quote(name)),
                        "zones are named like `Europe/Berlin`, `America/New_York` or `UTC`",
                    );
                })
                .ok()?,
        ),
    };
    if zone.is_some() && clock.start.is_none() {
        cursor.fail_with_help(
            "no-start-date",
            "a time zone needs dates",
            "state the day on which simulated time begins: `\"experiment\": { \"start\": \"2027-01-04\", … }`",
        );
        return None;
    }
    let calendar = if zone.is_none() && exceptions.is_empty() {
        weekly(week, clock.weekday())
    } else {
        listed(week, exceptions, zone.as_ref(), clock)
    };
    // where only exceptions are open, as many a week as they make over the run
    let hours_per_week = match minutes {
        0 => HOURS_A_WEEK * calendar.open_share(clock.listed_until()),
        minutes => f64::from(minutes) / 60.0,
    };
    if hours_per_week <= 0.0 {
        cursor.fail_with_help(
            "empty-hours",
            "never open",
            "state at least one stretch of the week",
        );
        return None;
    }
    Some(Open { calendar: Arc::new(calendar), hours_per_week })
}

pub(super) fn weekly(week: &Hours, first_day: usize) -> Calendar {
    const WEEK: u32 = 7 * 1440;
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for (day, hours) in week.days.iter().enumerate() {
        let midnight = ((day + 7 - first_day) % 7) as u32 * 1440;
        for &(start, end) in hours {
            let (start, end) = (midnight + start, midnight + end);
            spans.push((start, end.min(WEEK)));
            if WEEK < end {
                spans.push((0, end - WEEK));
            }
        }
    }
    let at = |minute: u32| SimTime::MINUTE.times(u64::from(minute));
    let spans = spans.into_iter().map(|(start, end)| (at(start), at(end))).collect();
    Calendar::periodic(SimTime::WEEK, joined(spans))
        .expect("joined hours are in order and within the week")
}

fn listed(
    week: &Hours,
    exceptions: &Exceptions,
    zone: Option<&TimeZone>,
    clock: &Clock,
) -> Calendar {
    let until = clock.listed_weeks();
    let days = (until.micros() / SimTime::DAY.micros()) as i64 + 2;
    let mut spans = Vec::new();
    for day in -2..=days {
        let weekday = (clock.weekday() as i64 + day).rem_euclid(7) as usize;
        let hours = exceptions.get(&day).unwrap_or(&week.days[weekday]);
        for &(start, end) in hours {
            let local = |minute: u32| instant_of(day, minute, zone, clock);
            let (start, end) = (local(start).unwrap_or(SimTime::ZERO), local(end));
            if let Some(end) = end.map(|end| end.min(until))
                && start < end
            {
                spans.push((start, end));
            }
        }
    }
    Calendar::listed(joined(spans)).expect("joined hours are in order")
}

/// Simulated time of a minute of a day; `None` before time 0.
fn instant_of(day: i64, minute: u32, zone: Option<&TimeZone>, clock: &Clock) -> Option<SimTime> {
    match (zone, clock.start) {
        (Some(zone), Some(start)) => {
            let date = start.checked_add(jiff::Span::new().days(day)).ok()?;
            let civil: DateTime = date
                .to_datetime(Time::midnight())
                .checked_add(jiff::SignedDuration::from_mins(i64::from(minute)))
                .ok()?;
            clock.zoned(zone, civil)
        }
        _ => u64::try_from(day * 1440 + i64::from(minute))
            .ok()
            .map(|minutes| SimTime::MINUTE.times(minutes)),
    }
}

/// Intervals in order, those that touch or overlap made one.
pub(super) fn joined(mut spans: Vec<(SimTime, SimTime)>) -> Vec<(SimTime, SimTime)> {
    spans.sort();
    let mut joined: Vec<(SimTime, SimTime)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers are exact in floating point")]
mod tests {
    use super::*;
    use crate::scenario::report::Report;
    use crate::scenario::tree::Node;

    fn calendar(json: &str, start: Option<Date>, weeks: u64) -> Result<Open, Vec<&'static str>> {
        let report = Report::new();
        let node = Node::from_json(&serde_json::from_str(json).unwrap(), None);
        let cursor = Cursor { node: &node, pointer: String::new(), report: &report };
        let clock = Clock {
            start,
            zone: TimeZone::UTC,
            warm_up: SimTime::ZERO,
            last_arrival: SimTime::NEVER,
            end: SimTime::WEEK.times(weeks),
        };
        let open = open(&cursor, &clock);
        open.ok_or_else(|| report.into_problems().iter().map(|problem| problem.code).collect())
    }

    fn hours(open: &Open, from: u64, to: u64) -> f64 {
        open.calendar.open_between(SimTime::HOUR.times(from), SimTime::HOUR.times(to)).hours()
    }

    #[test]
    fn a_night_shift_runs_over_midnight_and_over_the_week() {
        let night = calendar(r#""daily 22:00-06:00""#, None, 4).unwrap();
        assert_eq!(night.hours_per_week, 56.0);
        assert_eq!(hours(&night, 0, 24), 8.0);
        assert_eq!(hours(&night, 160, 176), 6.0 + 2.0 + 2.0 - 2.0);
        let weekend = calendar(r#""Sun 22:00-06:00""#, None, 4).unwrap();
        assert_eq!(hours(&weekend, 0, 24), 6.0);
    }

    #[test]
    fn a_start_within_the_week_shifts_the_hours() {
        let friday = Some(jiff::civil::date(2027, 1, 8));
        let open = calendar(r#""weekdays 09:00-17:00""#, friday, 4).unwrap();
        assert_eq!(hours(&open, 0, 24), 8.0);
        assert_eq!(hours(&open, 24, 72), 0.0);
    }

    #[test]
    fn daylight_saving_moves_a_zone_against_the_clock() {
        // Berlin goes from UTC+1 to UTC+2 on 2027-03-28; the experiment's clock is UTC
        let start = Some(jiff::civil::date(2027, 3, 22));
        let open = calendar(r#""daily 09:00-17:00 Europe/Berlin""#, start, 2).unwrap();
        assert!(
            open.calendar.is_open(SimTime::HOUR.times(8))
                && !open.calendar.is_open(SimTime::HOUR.times(7))
        );
        assert!(open.calendar.is_open(SimTime::HOUR.times(7 * 24 + 7)));
        let night = calendar(r#""Sat 22:00-06:00 Europe/Berlin""#, start, 1).unwrap();
        assert_eq!(hours(&night, 0, 168), 7.0, "the night of the change is an hour short");
    }

    #[test]
    fn a_zone_does_not_change_how_many_hours_a_week_has() {
        let start = |month, day| Some(jiff::civil::date(2027, month, day));
        for weeks in [1, 2, 4, 13] {
            for (hours, from) in [
                ("daily 08:00-20:00", start(1, 4)),
                ("daily 09:00-10:00", start(3, 1)),
                ("weekdays 09:00-17:30", start(1, 6)),
                ("Mon 09:00-10:00", start(1, 5)),
            ] {
                let share = |zone: &str| {
                    let json = format!(r#""{hours}{zone}""#);
                    calendar(&json, from, weeks).unwrap().calendar.usual_share()
                };
                for zone in [" UTC", " Europe/Berlin", " Asia/Kolkata"] {
                    let (plain, zoned) = (share(""), share(zone));
                    assert!((plain - zoned).abs() < 1e-12, "{hours}{zone} in {weeks} weeks");
                }
            }
        }
    }

    #[test]
    fn a_run_of_a_day_lists_a_week_of_hours() {
        let start = Some(jiff::civil::date(2027, 1, 4));
        let open = calendar(r#""weekdays 09:00-17:00 UTC""#, start, 0).unwrap();
        assert_eq!(hours(&open, 0, 168), 40.0);
        assert!((open.calendar.usual_share() * 168.0 - 40.0).abs() < 1e-9);
    }

    #[test]
    fn exceptions_replace_their_day() {
        let start = Some(jiff::civil::date(2028, 2, 28));
        let json = r#"{ "hours": "daily 9-17", "except": [ { "on": "2028-02-29", "hours": "closed" }, { "on": "2028-03-01", "hours": "9-12" } ] }"#;
        let open = calendar(json, start, 1).unwrap();
        assert_eq!(
            [hours(&open, 0, 24), hours(&open, 24, 48), hours(&open, 48, 72), hours(&open, 72, 96)],
            [8.0, 0.0, 3.0, 8.0]
        );
    }

    #[test]
    fn exceptions_are_found_by_their_day_however_many_there_are() {
        let start = jiff::civil::date(2001, 1, 1);
        let day = |i: i64| start.checked_add(jiff::Span::new().days(i)).unwrap();
        // from the last day to the first, and each twice
        let days: Vec<i64> = (0..30_000).rev().flat_map(|i| [i, i]).collect();
        let except: Vec<String> = days
            .iter()
            .map(|&i| format!(r#"{{ "on": "{}", "hours": "9-{}" }}"#, day(i), 10 + i % 9))
            .collect();
        let json = format!(r#"{{ "hours": "daily closed", "except": [ {} ] }}"#, except.join(", "));
        let open = calendar(&json, Some(start), 1040).unwrap();
        for i in [0, 1, 8, 9, 1_234, 7_000] {
            let from = 24 * i as u64;
            assert_eq!(hours(&open, from, from + 24), 1.0 + (i % 9) as f64, "day {i}");
        }
    }

    #[test]
    fn exceptions_may_be_all_there_is() {
        let start = Some(jiff::civil::date(2028, 2, 28));
        let only = |on: &str, hours: &str| {
            format!(
                r#"{{ "hours": "daily closed", "except": [ {{ "on": "{on}", "hours": "{hours}" }} ] }}"#
            )
        };
        let once = calendar(&only("2028-02-29", "9-17"), start, 2).unwrap();
        assert_eq!((once.hours_per_week, hours(&once, 0, 336)), (4.0, 8.0));
        assert_eq!(calendar(&only("2028-02-29", "closed"), start, 2), Err(vec!["empty-hours"]));
        assert_eq!(calendar(&only("2029-02-28", "9-17"), start, 2), Err(vec!["empty-hours"]));
        assert_eq!(calendar(r#"{ "stretches": [] }"#, start, 2), Err(vec!["empty-hours"]));
    }

    #[test]
    fn a_day_has_one_exception() {
        let start = Some(jiff::civil::date(2028, 2, 28));
        let twice = |first: &str, second: &str| {
            let json = format!(
                r#"{{ "hours": "daily 9-17", "except": [ {{ "on": "2028-02-29", "hours": "{first}" }}, {{ "on": "2028-02-29", "hours": "{second}" }} ] }}"#
            );
            calendar(&json, start, 1).map(|open| hours(&open, 24, 48))
        };
        assert_eq!(twice("9-12", "9-12"), Ok(3.0));
        assert_eq!(twice("closed", "9-12"), Err(vec!["two-tags"]));
    }

    #[test]
    fn zones_need_dates_and_names() {
        assert_eq!(calendar(r#""daily 9-17 Europe/Berlin""#, None, 1), Err(vec!["no-start-date"]));
        assert_eq!(calendar(r#""daily 9-17 Europe/Bärlin""#, None, 1), Err(vec!["unknown-zone"]));
    }
}
