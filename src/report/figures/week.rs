//! When customers write, and when somebody is there.

use super::{Figure, figure, tables};
use crate::model::{ChannelId, demand_by_hour, heads_by_hour};
use crate::present::list;
use crate::present::plot::{self, Caption, WeekGroup, WeekMap, WeekRow};
use crate::report::Report;
use crate::units::SimTime;

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
    let mut groups: Vec<(Vec<&str>, Vec<Vec<bool>>)> = Vec::new();
    let mut rows: Vec<Vec<String>> = (0..world.channels.len() * 168)
        .map(|at| {
            let (channel, hour) = (at / 168, at % 168);
            let name = world.channels[channel].name.clone();
            vec![name, hour.to_string(), tables::text(Some(demand[channel][hour]))]
        })
        .collect();
    for design in &report.model.designs {
        let heads: Vec<Vec<f64>> =
            channels().map(|id| heads_by_hour(&design.organization, id, start)).collect();
        let there: Vec<Vec<bool>> =
            heads.iter().map(|hours| hours.iter().map(|&heads| 0.0 < heads).collect()).collect();
        for (row, heads) in rows.iter_mut().zip(heads.iter().flatten()) {
            row.push(crate::present::heads(*heads));
        }
        match groups.iter_mut().find(|(_, known)| *known == there) {
            Some((names, _)) => names.push(&design.name),
            None => groups.push((vec![&design.name], there)),
        }
    }
    let group = |(names, there): (Vec<&str>, Vec<Vec<bool>>)| WeekGroup {
        name: list(&names),
        rows: there
            .into_iter()
            .enumerate()
            .map(|(at, there)| WeekRow {
                name: world.channels[at].name.clone(),
                demand: demand[at].clone(),
                there,
            })
            .collect(),
    };
    let groups: Vec<WeekGroup> = groups.into_iter().map(group).collect();
    let told = groups.iter().flat_map(|group| {
        group.rows.iter().filter_map(move |row| {
            let missed = crate::present::share(plot::missed(row)?, None);
            Some(format!(
                "{} on {}: {missed} is written when nobody is there",
                group.name, row.name
            ))
        })
    });
    let alt = format!("{title} {}.", told.collect::<Vec<_>>().join("; "));
    let svg = plot::week_map(&WeekMap {
        caption: Caption::new(title)
            .subtitle("messages expected in each hour of a week, and whether a desk that takes them in is open")
            .alt(alt),
        groups,
    });
    let head = ["channel", "hour_since_monday", "messages_per_hour"].map(String::from);
    let heads = report.model.designs.iter().map(|of| format!("heads on duty in {}", of.name));
    let head = head.into_iter().chain(heads).collect();
    Some(figure("hours-and-channels", title, svg, (head, rows)))
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
}
