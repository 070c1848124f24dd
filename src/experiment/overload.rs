//! Work that grows faster than it is done.

use super::replication::RoleSamples;
use crate::sim::DRIFT_LOOKS;
use crate::stats::mean_interval;
use crate::units::SimTime;

/// A role that falls behind for good.
#[derive(Debug, Clone, PartialEq)]
pub struct Overload {
    /// Position of the role where the backlog grows fastest.
    pub role: usize,
    /// How much it grows a day.
    pub per_day: f64,
}

/// Growth a day below this share of what comes in a day does not count as overload.
const MATTERS: f64 = 0.01;
/// The same with a single replication, whose chance nobody knows.
const MATTERS_ALONE: f64 = 0.05;
/// Somebody who is free more than this share of the time is not overloaded.
pub(super) const BUSY: f64 = 0.9;
/// A slope of so many times what chance makes of it is none of chance's.
const CHANCE: f64 = 3.0;

/// What drift tells about one role.
pub(super) struct Drift<'a> {
    /// Its samples, one a replication.
    pub(super) replications: Vec<&'a RoleSamples>,
    /// Its utilization; `None` where nobody is ever there.
    pub(super) utilization: Option<f64>,
    /// Whether everybody there takes everything; if not, one skill may drown while others rest.
    pub(super) one_skill: bool,
    /// Whether by its load it is nearly full and no more: then its queue may rise for years and still settle.
    pub(super) nearly_full: bool,
}

/// Growth of the number at a role a day, if it grows for good.
///
/// The number is looked at at equally spaced instants. Its least-squares slope must be above 0 with
/// confidence over the replications; the lowest number in the last third must lie above the lowest in
/// the first, so that a weekend's pile that is gone by Wednesday is none; people must be busy, or nobody
/// there at all; and the growth must be at least 1% of what comes in (5% from a single replication). Of a
/// role that is nearly full by its load, the slope must be more than chance makes in such a run.
pub(super) fn growth(drift: &Drift<'_>, counted: SimTime, confidence: f64) -> Option<f64> {
    let paths: Vec<&[f64]> = drift.replications.iter().map(|role| role.drift.as_slice()).collect();
    let looks = paths.iter().map(|path| path.len()).min().filter(|&looks| 6 <= looks)?;
    let days = counted.hours() / 24.0;
    let gap = days / f64::from(DRIFT_LOOKS);
    let slopes: Vec<f64> = paths.iter().map(|path| slope(&path[..looks]) / gap).collect();
    let rises: Vec<f64> = paths.iter().map(|path| rise(&path[..looks])).collect();
    let (slope, rise) = (mean_interval(&slopes, confidence), mean_interval(&rises, confidence));
    let arrived: u64 = drift.replications.iter().map(|role| role.arrived).sum();
    let flow = arrived as f64 / (days * paths.len() as f64);
    let surely = |interval: &crate::stats::Interval| 0.0 < interval.low().unwrap_or(interval.mean);
    let matters = if paths.len() == 1 { MATTERS_ALONE } else { MATTERS };
    let busy = !drift.one_skill || drift.utilization.is_none_or(|share| BUSY <= share);
    let grows = surely(&slope) && surely(&rise) && busy && matters * flow <= slope.mean;
    let real = !drift.nearly_full || CHANCE * by_chance(&slopes, flow, days) <= slope.mean;
    (grows && real).then_some(slope.mean)
}

/// How far from 0 the slope of a single replication comes by chance alone.
///
/// The number at a full desk wanders like the sum of its comings and goings, whose standard deviation grows
/// with the square root of time. So in every run it seems to rise, whatever its length, but the slope is of the order
/// of its own standard deviation from replication to replication. A drift outgrows that. With a single replication
/// the comings are taken as Poisson and service as exponential: √(6/5 · 2λ / length).
fn by_chance(slopes: &[f64], flow: f64, days: f64) -> f64 {
    let n = slopes.len() as f64;
    if slopes.len() < 2 {
        return (2.4 * flow / days).sqrt();
    }
    let mean = slopes.iter().sum::<f64>() / n;
    let squares: f64 = slopes.iter().map(|slope| (slope - mean) * (slope - mean)).sum();
    (squares / (n - 1.0)).sqrt()
}

/// Least-squares slope per step.
fn slope(path: &[f64]) -> f64 {
    let n = path.len() as f64;
    let middle = (n - 1.0) / 2.0;
    let mean = path.iter().sum::<f64>() / n;
    let (mut with, mut own) = (0.0, 0.0);
    for (i, value) in path.iter().enumerate() {
        let step = i as f64 - middle;
        with += step * (value - mean);
        own += step * step;
    }
    with / own
}

/// The lowest of the last third less the lowest of the first.
fn rise(path: &[f64]) -> f64 {
    let third = path.len() / 3;
    let low = |part: &[f64]| part.iter().copied().fold(f64::INFINITY, f64::min);
    low(&path[path.len() - third..]) - low(&path[..third])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(paths: &[Vec<f64>], utilization: f64) -> Option<f64> {
        judged(paths, Some(utilization), false)
    }

    fn judged(paths: &[Vec<f64>], utilization: Option<f64>, nearly_full: bool) -> Option<f64> {
        let roles: Vec<RoleSamples> = paths.iter().map(|path| sample(path.clone())).collect();
        let replications = roles.iter().collect();
        let drift = Drift { replications, utilization, one_skill: true, nearly_full };
        growth(&drift, SimTime::DAY.times(32), 0.95)
    }

    fn sample(drift: Vec<f64>) -> RoleSamples {
        use crate::experiment::measured::Sample;
        use crate::experiment::numbers::NumberSamples;
        use crate::experiment::replication::Spread;
        use crate::experiment::shape::Shape;
        let spread = || Spread {
            sd: Sample::None,
            quantiles: Vec::new(),
            shape: Shape::default(),
            within: Vec::new(),
        };
        RoleSamples {
            numbers: Vec::new(),
            bins: Vec::new(),
            wait: spread(),
            inside: spread(),
            wait_abandoned: spread(),
            wait_all: spread(),
            served_within: Vec::new(),
            number: NumberSamples::of(&[]),
            waiting: NumberSamples::of(&[]),
            drift,
            arrived: 3200,
            topics: Vec::new(),
        }
    }

    fn path(grow: f64, wave: f64, shift: u32) -> Vec<f64> {
        (0..32).map(|i| grow * f64::from(i) + wave * f64::from((i + shift) % 7)).collect()
    }

    #[test]
    fn steady_growth_is_named_with_its_pace() {
        let paths: Vec<Vec<f64>> = (0..5).map(|shift| path(14.0, 3.0, shift)).collect();
        let per_day = judge(&paths, 0.99).unwrap();
        assert!((per_day - 14.0).abs() < 0.5, "{per_day}");
    }

    #[test]
    fn a_weekly_pile_and_a_slow_trickle_are_no_overload() {
        let waves: Vec<Vec<f64>> = (0..5).map(|shift| path(0.0, 40.0, shift)).collect();
        assert_eq!(judge(&waves, 0.95), None);
        let trickle: Vec<Vec<f64>> = (0..5).map(|shift| path(0.2, 0.5, shift)).collect();
        assert_eq!(judge(&trickle, 0.99), None);
    }

    #[test]
    fn people_with_free_time_are_not_overloaded() {
        let paths: Vec<Vec<f64>> = (0..5).map(|shift| path(14.0, 3.0, shift)).collect();
        assert_eq!(judge(&paths, 0.7), None);
    }

    #[test]
    fn the_pace_is_what_stands_between_two_looks_a_day() {
        // 32 days have 31 looks, one a day: nobody looks at the very end
        let path: Vec<f64> = (0..31).map(|day| 288.0 * f64::from(day)).collect();
        let pace = judged(&[path.clone(), path], None, false).expect("it grows");
        assert!((pace - 288.0).abs() < 1e-9, "{pace}");
    }

    #[test]
    fn where_nobody_is_there_what_grows_is_overload() {
        let paths: Vec<Vec<f64>> = (0..5).map(|shift| path(14.0, 3.0, shift)).collect();
        assert!(judged(&paths, None, false).is_some());
    }

    #[test]
    fn what_wanders_up_at_a_desk_that_is_nearly_full_is_no_drift() {
        let wanders: Vec<Vec<f64>> =
            (0..5).map(|run| path(2.0 + 3.0 * f64::from(run), 3.0, run)).collect();
        assert!(judged(&wanders, Some(0.99), false).is_some());
        assert_eq!(judged(&wanders, Some(0.99), true), None);
        let drifts: Vec<Vec<f64>> = (0..5).map(|shift| path(14.0, 3.0, shift)).collect();
        assert!(judged(&drifts, Some(0.99), true).is_some());
        let alone = |grow| judged(&[path(grow, 3.0, 0)], Some(0.99), true);
        assert_eq!((alone(6.0), alone(14.0).is_some()), (None, true));
    }
}
