//! Opening hours in the words of the format.

use serde_json::{Value, json};

use super::quantities::length;
use crate::model::Calendar;
use crate::scenario::clock::Clock;
use crate::scenario::opening::weekly;
use crate::scenario::text::hours;
use crate::units::SimTime;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY: u64 = 1440;

/// Hours of the week where they say it all, else stretches of simulated time.
pub(super) fn open(calendar: &Calendar, clock: &Clock) -> Value {
    if calendar.is_always() {
        return json!("always");
    }
    if let Some(text) = of_the_week(calendar, clock) {
        return json!(text);
    }
    let (period, open) = calendar.stretches();
    let stretch = |&(from, to): &(SimTime, SimTime)| match to {
        SimTime::NEVER => json!([length(from)]),
        to => json!([length(from), length(to)]),
    };
    let stretches: Vec<Value> = open.iter().map(stretch).collect();
    match period {
        Some(every) => json!({ "stretches": stretches, "every": length(every) }),
        None => json!({ "stretches": stretches }),
    }
}

/// `weekdays 09:00-18:00, Sat 10:00-14:00`, if that makes the same calendar.
fn of_the_week(calendar: &Calendar, clock: &Clock) -> Option<String> {
    let (Some(SimTime::WEEK), open) = calendar.stretches() else { return None };
    let mut days: [Vec<(u32, u32)>; 7] = Default::default();
    for (start, end) in open {
        let minute = SimTime::MINUTE.micros();
        let (mut from, to) = (start.micros() / minute, end.micros() / minute);
        while from < to {
            let midnight = from / DAY * DAY;
            let until = to.min(midnight + DAY);
            let day = (clock.weekday() + (from / DAY) as usize) % 7;
            days[day].push(((from - midnight) as u32, (until - midnight) as u32));
            from = until;
        }
    }
    let text = week_in_words(&days);
    let read = hours(&text).ok()?;
    (weekly(&read, clock.weekday()) == *calendar).then_some(text)
}

/// Runs of days with the same hours, closed ones left out; of each day from Monday its stretches in minutes from midnight.
pub(in crate::scenario) fn week_in_words(days: &[Vec<(u32, u32)>; 7]) -> String {
    let stretch = |&(from, to): &(u32, u32)| format!("{}-{}", clock_of(from), clock_of(to));
    let mut parts = Vec::new();
    let mut first = 0;
    while first < 7 {
        let alike = days[first..].iter().take_while(|day| **day == days[first]).count();
        let last = first + alike - 1;
        let name = match (first, last) {
            (0, 6) => "daily".to_owned(),
            (0, 4) => "weekdays".to_owned(),
            (5, 6) => "weekend".to_owned(),
            (first, last) if first == last => DAYS[first].to_owned(),
            (first, last) => format!("{}-{}", DAYS[first], DAYS[last]),
        };
        if !days[first].is_empty() {
            let hours: Vec<String> = days[first].iter().map(stretch).collect();
            parts.push(format!("{name} {}", hours.join(" and ")));
        }
        first = last + 1;
    }
    parts.join(", ")
}

fn clock_of(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
