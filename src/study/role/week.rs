//! What a role's week is spent on, what waits on it, and the hours and heads that its load takes.

use super::card::{Need, RIGHTLY_BUSY, Spent, Waiting, Week};
use super::ground::Ground;
use crate::experiment::{RoleResult, SpreadResult};
use crate::model::{Duty, DutyKind, MeasureId, Role, RoleId, RoleLoad};
use crate::sim::Bin;
use crate::stats::Interval;
use crate::units::HOURS_A_WEEK;

/// Shares below this are not worth a line.
const SLIGHT: f64 = 0.0005;

/// An interval in another unit.
fn scaled(of: Interval, factor: f64) -> Interval {
    let times = |value: Option<f64>| value.map(|value| value * factor);
    Interval {
        mean: of.mean * factor,
        half_width: times(of.half_width),
        standard_error: times(of.standard_error),
        ..of
    }
}

fn number(result: &RoleResult, id: &str) -> Option<Interval> {
    result.number(id).interval
}

/// What a vendor with terms is paid in a year beyond the role; `None` where nothing is measured, or it is nothing, or several share it.
pub(super) fn fees(ground: &Ground<'_>) -> Option<Interval> {
    let with_terms = ground.organization().roles().filter(|(_, role)| role.terms.is_some());
    if 1 < with_terms.count() {
        return None;
    }
    let measured = ground.result.measured(0, MeasureId::VendorFees)?.interval?;
    (!ground.design().withheld && measured.mean != 0.0).then_some(measured)
}

/// What the week is spent on.
pub(super) fn week(ground: &Ground<'_>, role: RoleId) -> Week {
    let result = &ground.design().roles[role.index()];
    let load = &ground.load.roles[role.index()];
    let overtime = number(result, "overtime");
    let more = 1.0 + overtime.map_or(0.0, |overtime| overtime.mean);
    let paid_hours = load.paid_hours.map(|hours| hours * more);
    let spent = |&on: &Bin| {
        let share = result.bin(on).interval.filter(|share| SLIGHT <= share.mean)?;
        Some(Spent { on, share, hours: paid_hours.map(|hours| scaled(share, hours)) })
    };
    let mut bins: Vec<Spent> = Bin::ALL.iter().filter_map(spent).collect();
    bins.sort_by(|a, b| b.share.mean.total_cmp(&a.share.mean));
    Week {
        paid_hours,
        hours_of_a_head: hours_of_a_head(ground.organization().role(role), load),
        open_hours: load.open_hours,
        bins,
        busy: number(result, "utilization"),
        overtime,
    }
}

/// Paid hours a week of one head.
fn hours_of_a_head(role: &Role, load: &RoleLoad) -> Option<f64> {
    let heads = role.headcount().filter(|&heads| 0.0 < heads)?;
    Some(load.paid_hours? / heads)
}

/// What waits on the role.
pub(super) fn waiting(ground: &Ground<'_>, role: RoleId) -> Waiting {
    let result = &ground.design().roles[role.index()];
    let ninth = SpreadResult::QUANTILES.iter().position(|&q| (0.9..0.95).contains(&q));
    let tenth = ninth.and_then(|ninth| result.wait.quantiles.get(ninth));
    Waiting {
        visits: number(result, "arrivals_per_hour").map(|hourly| scaled(hourly, HOURS_A_WEEK)),
        wait: number(result, "wait_mean"),
        slowest_tenth: tenth.and_then(|measured| measured.interval),
        number: number(result, "queue_mean"),
        most: number(result, "longest_queue"),
    }
}

/// Hours and heads that the present load takes.
pub(super) fn need(ground: &Ground<'_>, role: RoleId, week: &Week) -> Need {
    let of = ground.organization().role(role);
    let load = &ground.load.roles[role.index()];
    let grows_with_heads =
        |duty: &&Duty| matches!(duty.kind, DutyKind::Meetings | DutyKind::Training);
    let all_share: f64 = of.staffing.duties.iter().map(|duty| duty.share).sum();
    let standing_share: f64 =
        of.staffing.duties.iter().filter(grows_with_heads).map(|duty| duty.share).sum();
    let there = 1.0 - of.staffing.absence.as_ref().map_or(0.0, |absence| absence.share());
    let hours_of = |share: f64| load.paid_hours.map_or(0.0, |hours| hours * there * share);
    let (standing, planned) = (hours_of(standing_share), hours_of(all_share - standing_share));
    let busy = week.busy.zip(week.paid_hours);
    let measured = busy.map(|(busy, hours)| scaled(busy, hours));
    // A head's week, less what is kept free and less what its own meetings and training take.
    let a_head = week.hours_of_a_head.map(|hours| hours * there * (RIGHTLY_BUSY - standing_share));
    let heads = |hours: f64| a_head.filter(|&head| 0.0 < head).map(|head| hours.max(0.0) / head);
    let (inquiries, mentions) = (load.hours.reactive(), load.hours.mentions_wanted);
    Need {
        inquiries,
        mentions,
        planned,
        standing,
        measured,
        heads: heads(inquiries + mentions + planned),
        heads_measured: measured.and_then(|measured| heads(measured.mean - standing)),
    }
}
