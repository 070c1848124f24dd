//! Hours of the week in which customers write.

use crate::model::{Arrivals, Batches, ChannelId, Recorded, StreamKind, World};
use crate::units::{HOURS_A_WEEK, N_HOURS_A_WEEK, SimTime};

/// Messages an hour that a channel brings in each hour of a week, as expected.
///
/// `start` is where the week begins in simulated time, a Monday if the hours are to be read so. Streams that
/// are no part of a typical week are left out: surges, which end before time does, a backlog at the start, and
/// limited populations, whose pace depends on the design. Recorded streams bring their own mean over all
/// recorded weeks.
pub fn demand_by_hour(world: &World, channel: ChannelId, start: SimTime) -> Vec<f64> {
    let mut hours = vec![0.0; N_HOURS_A_WEEK];
    for stream in world.streams.iter().filter(|stream| stream.kind == StreamKind::Inquiries) {
        let share = match stream.mix.channels.len() {
            0 => 1.0,
            _ => stream.mix.channels.share(channel.index()),
        };
        let at_once = stream.batches.as_ref().map_or(1.0, Batches::mean);
        let even = match &stream.arrivals {
            Arrivals::Poisson(profile) if profile.until == SimTime::NEVER => {
                for (hour, sum) in hours.iter_mut().enumerate() {
                    let middle =
                        start + SimTime::HOUR.times(hour as u64) + SimTime::MINUTE.times(30);
                    let factor = profile.shape.as_ref().map_or(1.0, |shape| shape.at(middle));
                    *sum += share * at_once * profile.per_hour * factor;
                }
                0.0
            }
            Arrivals::Recorded(rows) => {
                add_recorded(&mut hours, rows, (channel, share), start);
                0.0
            }
            Arrivals::Every(gap) if SimTime::ZERO < *gap => 1.0 / gap.hours(),
            Arrivals::Renewal(gap) => 60.0 / gap.mean(),
            Arrivals::Modulated(states) => states.per_hour(),
            Arrivals::Poisson(_)
            | Arrivals::Every(_)
            | Arrivals::Members(_)
            | Arrivals::AtStart(_) => 0.0,
        };
        hours.iter_mut().for_each(|sum| *sum += share * at_once * even);
    }
    hours
}

fn add_recorded(
    hours: &mut [f64],
    rows: &[Recorded],
    (channel, share): (ChannelId, f64),
    start: SimTime,
) {
    let last = rows.last().map_or(SimTime::ZERO, |row| row.at);
    let weeks = (last.hours() / HOURS_A_WEEK).max(1.0);
    for row in rows {
        let own = row.channel.map_or(share, |of| f64::from(u8::from(of == channel)));
        let week = SimTime::WEEK.micros();
        let since = (row.at.micros() + week - start.micros() % week) % week;
        hours[(since / SimTime::HOUR.micros()) as usize % N_HOURS_A_WEEK] += own / weeks;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::load::example;
    use crate::model::{Mix, RateProfile, Shape, Shares, Stream};

    fn stream(profile: RateProfile) -> Stream {
        Stream {
            name: "posts".into(),
            kind: StreamKind::Inquiries,
            mix: Mix {
                channels: Shares::new(&[1.0, 3.0]).unwrap(),
                topics: Shares::only(0, 1),
                units: Shares::none(),
                unit_matters: 0.0,
                languages: Shares::none(),
            },
            arrivals: Arrivals::Poisson(profile),
            batches: None,
            limit: None,
            crowd: None,
        }
    }

    #[test]
    fn demand_follows_the_profile_and_the_shares_and_leaves_surges_out() {
        let mut world = example::world();
        let shape = Shape {
            period: SimTime::DAY,
            steps: vec![(SimTime::ZERO, 0.0), (SimTime::HOUR.times(12), 2.0)],
            wave: None,
        };
        let profile = RateProfile {
            per_hour: 10.0,
            shape: Some(Arc::new(shape)),
            day_cv: 0.0,
            day_family: 0,
            from: SimTime::ZERO,
            until: SimTime::NEVER,
        };
        let surge = RateProfile { until: SimTime::DAY, ..profile.clone() };
        world.streams = vec![stream(profile), stream(surge)];
        let hours = demand_by_hour(&world, ChannelId(1), SimTime::ZERO);
        assert!(hours[11].abs() < 1e-12 && (hours[12] - 15.0).abs() < 1e-12);
        let all: f64 = hours.iter().sum();
        assert!((all - 7.0 * 12.0 * 15.0).abs() < 1e-9);
        let later = demand_by_hour(&world, ChannelId(1), SimTime::HOUR.times(12));
        assert!((later[0] - 15.0).abs() < 1e-12);
    }
}
