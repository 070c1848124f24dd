//! Opening hours as stretches of simulated time.

use std::sync::Arc;

use super::cursor::{Cursor, Object};
use super::laws::length;
use super::opening::Open;
use crate::model::Calendar;
use crate::units::{HOURS_A_WEEK, SimTime, counted};

/// `{ "stretches": [["8h", "20h"]], "every": "1 day" }`: from and to, counted from the beginning of the
/// period; without `every`, from the beginning of the run, and the last may be left open: `["9 weeks"]`.
pub(super) fn stretches(of: &Object<'_>) -> Option<Open> {
    for key in ["hours", "zone", "except"] {
        if let Some(other) = of.get(key) {
            other.fail_with_help(
                "two-tags",
                "opening hours are stated by `hours` or by `stretches`, not both",
                "keep one of the two",
            );
            return None;
        }
    }
    let list = of.get("stretches")?;
    let spans: Option<Vec<(SimTime, SimTime)>> = list.items()?.iter().map(stretch).collect();
    let spans = spans?;
    if spans.is_empty() {
        list.fail_with_help("empty-hours", "never open", "state at least one stretch: from and to");
        return None;
    }
    let until = spans.last().map_or(SimTime::WEEK, |last| last.1.min(last.0 + SimTime::WEEK));
    let every = match of.get("every") {
        Some(every) => Some(length(&every)?),
        None => None,
    };
    let calendar = match every {
        Some(period) => Calendar::periodic(period, spans),
        None => Calendar::listed(spans),
    };
    let Some(calendar) = calendar else {
        list.fail_with_help(
            "out-of-order",
            "these stretches are out of order, empty, or longer than their period",
            "they rise and lie apart, and the last ends by the end of `every`",
        );
        return None;
    };
    let weeks = until.micros().div_ceil(SimTime::WEEK.micros()).max(1);
    let hours_per_week = HOURS_A_WEEK * calendar.open_share(SimTime::WEEK.times(weeks));
    Some(Open { calendar: Arc::new(calendar), hours_per_week })
}

fn stretch(item: &Cursor<'_>) -> Option<(SimTime, SimTime)> {
    match item.items()?.as_slice() {
        [from, to] => Some((length(from)?, length(to)?)),
        [from] => Some((length(from)?, SimTime::NEVER)),
        others => {
            let found = counted(others.len(), "value", "values");
            item.fail("wrong-count", format!("expected from and to, found {found}"));
            None
        }
    }
}
