//! When customers write, and when somebody is there.

use super::{Figure, figure, tables};
use crate::model::{ChannelId, Model, OnDuty, World, demand_by_hour, on_duty};
use crate::present::plot::{self, Caption, WeekGroup, WeekMap, WeekRow};
use crate::present::{heads, list, share};
use crate::report::Report;
use crate::units::SimTime;

/// What the picture shows.
const MEANS: &str = "messages expected in each hour of a week; blue as high as the share of the hour in which somebody is there, at a desk that takes them in or one that helps it out";

/// Hours × channels; none where nothing is expected to come in.
pub(super) fn week_map(report: &Report<'_>) -> Option<Figure> {
    let title = "Who is there when customers write?";
    let world = &report.model.world;
    let start = monday(report.model.study.warm_up, report.weekday);
    let channels = || (0..world.channels.len() as u32).map(ChannelId);
    let demand: Vec<Vec<f64>> = channels().map(|id| demand_by_hour(world, id, start)).collect();
    if demand.iter().flatten().all(|&messages| messages <= 0.0) {
        return None;
    }
    let end = report.model.study.horizon() + report.model.study.follow;
    let designs: Vec<Hours> = report
        .model
        .designs
        .iter()
        .map(|design| on_duty(world, &design.organization, (start, end)))
        .collect();
    let rows = numbers(world, &demand, &designs);
    let groups = groups(report.model, &demand, &designs);
    let alt = format!("{title} {}.", missed(&groups).join("; "));
    let svg =
        plot::week_map(&WeekMap { caption: Caption::new(title).subtitle(MEANS).alt(alt), groups });
    let head = ["channel", "hour_since_monday", "messages_per_hour"].map(String::from);
    let names = || report.model.designs.iter().map(|of| &of.name);
    let heads = names().map(|name| format!("heads on duty in {name}"));
    let there = names().map(|name| format!("share of the hour with somebody there in {name}"));
    let head = head.into_iter().chain(heads).chain(there).collect();
    Some(figure("hours-and-channels", title, svg, (head, rows)))
}

/// Who is on duty in a design, by channel and hour of the week.
type Hours = Vec<Vec<OnDuty>>;

/// A row for each hour of each channel: what is expected, heads by design, and shares of the hour by design.
fn numbers(world: &World, demand: &[Vec<f64>], designs: &[Hours]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = (0..world.channels.len() * 168)
        .map(|at| {
            let (channel, hour) = (at / 168, at % 168);
            let name = world.channels[channel].name.clone();
            vec![name, hour.to_string(), tables::text(Some(demand[channel][hour]))]
        })
        .collect();
    let mut add = |cell: &dyn Fn(&OnDuty) -> String| {
        for hours in designs {
            for (row, of) in rows.iter_mut().zip(hours.iter().flatten()) {
                row.push(cell(of));
            }
        }
    };
    add(&|of| heads(of.heads));
    add(&|of| tables::text(Some(of.somebody)));
    rows
}

/// The maps: one of all designs in which somebody is there at the same hours.
fn groups(model: &Model, demand: &[Vec<f64>], designs: &[Hours]) -> Vec<WeekGroup> {
    let mut groups: Vec<(Vec<&str>, Vec<Vec<f64>>)> = Vec::new();
    for (design, hours) in model.designs.iter().zip(designs) {
        let there: Vec<Vec<f64>> =
            hours.iter().map(|row| row.iter().map(|of| of.somebody).collect()).collect();
        match groups.iter_mut().find(|(_, known)| alike(known, &there)) {
            Some((names, _)) => names.push(&design.name),
            None => groups.push((vec![&design.name], there)),
        }
    }
    let row = |(at, there): (usize, Vec<f64>)| WeekRow {
        name: model.world.channels[at].name.clone(),
        demand: demand[at].clone(),
        there,
    };
    let group = |(names, there): (Vec<&str>, Vec<Vec<f64>>)| WeekGroup {
        name: list(&names),
        rows: there.into_iter().enumerate().map(row).collect(),
    };
    groups.into_iter().map(group).collect()
}

/// How much of what customers write finds nobody, in words.
fn missed(groups: &[WeekGroup]) -> Vec<String> {
    let told = groups.iter().flat_map(|group| {
        group.rows.iter().filter_map(move |row| {
            let missed = share(plot::missed(row)?, None);
            Some(format!(
                "{} on {}: {missed} is written when nobody is there",
                group.name, row.name
            ))
        })
    });
    told.collect()
}

/// Whether somebody is there for the same shares of all hours, to the percent.
fn alike(one: &[Vec<f64>], other: &[Vec<f64>]) -> bool {
    let near = |(a, b): (&f64, &f64)| (a - b).abs() < 0.005;
    one.iter().flatten().zip(other.iter().flatten()).all(near)
}

/// The first Monday that counts.
fn monday(from: SimTime, weekday: usize) -> SimTime {
    let days = from.micros().div_ceil(SimTime::DAY.micros());
    let past = (days + weekday as u64) % 7;
    SimTime::DAY.times(days + (7 - past) % 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_begins_on_a_monday_that_counts() {
        assert_eq!(monday(SimTime::WEEK, 0), SimTime::WEEK);
        assert_eq!(monday(SimTime::ZERO, 2), SimTime::DAY.times(5));
        assert_eq!(monday(SimTime::HOUR, 6), SimTime::DAY.times(1));
    }

    #[test]
    fn designs_are_alike_to_the_percent() {
        assert!(alike(&[vec![0.25, 1.0]], &[vec![0.253, 1.0]]));
        assert!(!alike(&[vec![0.25, 1.0]], &[vec![0.5, 1.0]]));
    }
}
