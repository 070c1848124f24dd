//! Sites: places with hours of their own among which desks divide their people.

use std::sync::Arc;

use super::crew::intervals;
use super::cursor::Cursor;
use super::designs::Setting;
use super::keys::SITE;
use super::languages::speaks;
use super::opening::{joined, open};
use super::shares::table;
use crate::model::Calendar;
use crate::model::archetype::{SiteHours, Sites};

/// Sites by name, each with its hours and its share of the people; equal shares unless stated.
pub(super) fn sites(cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Sites> {
    let clock = setting.clock;
    let entries = cursor.entries()?;
    if entries.is_empty() {
        cursor.fail("missing-key", "there are no sites");
        return None;
    }
    let mut hours = Vec::new();
    let mut shares = Vec::new();
    let mut spoken = Vec::new();
    for (_, child) in &entries {
        let of = child.object(&SITE)?;
        hours.push(open(&of.need("open")?, clock)?);
        shares.push(of.get("share"));
        spoken.push(speaks(&of, &setting.scope.languages)?);
    }
    let shares = table(cursor, &shares)?;
    let until = clock.listed_weeks();
    let all: Vec<_> = hours.iter().map(|open| intervals(&open.calendar, until)).collect();
    let weekly = all.iter().all(|(period, _)| period.is_some());
    let spans = match weekly {
        true => all.into_iter().flat_map(|(_, spans)| spans).collect(),
        // Those that repeat are listed for as long as it matters, like the others.
        false => hours.iter().flat_map(|open| open.calendar.until(until)).collect(),
    };
    let any_open = match weekly {
        true => Calendar::periodic(crate::units::SimTime::WEEK, joined(spans)),
        false => Calendar::listed(joined(spans)),
    };
    let each =
        hours.into_iter().zip(spoken).enumerate().map(|(number, (open, speaks))| SiteHours {
            share: shares.share(number),
            speaks,
            site_open: open.calendar,
            site_open_hours_per_week: open.hours_per_week,
        });
    Some(Sites {
        any_open: Arc::new(any_open.expect("joined hours are in order")),
        each: each.collect(),
    })
}
