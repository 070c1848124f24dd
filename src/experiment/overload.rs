//! Work that grows faster than it is done.

use super::prospect::Prospect;
use super::replication::RoleSamples;
use crate::sim::DRIFT_LOOKS;
use crate::stats::{mean, mean_interval};
use crate::units::SimTime;

/// A role whose backlog grows.
#[derive(Debug, Clone, PartialEq)]
pub struct Overload {
    /// Position of the role where the backlog grows fastest.
    pub role: usize,
    /// How much it grows a day.
    pub per_day: f64,
    /// Whether that is the growth of all that waits in a network, though each of its desks has time enough.
    pub in_all: bool,
}

/// Growth a day of the number at a role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Growth {
    /// For good.
    ForGood(f64),
    /// Of what has an end, and is filled up in this run.
    StillFills(f64),
}

/// Growth a day below this share of what comes in a day does not count as overload.
const MATTERS: f64 = 0.01;
/// The same with a single replication, whose chance nobody knows.
const MATTERS_ALONE: f64 = 0.05;
/// People who are free for more than this share of the time they are there are not overloaded.
const FREE: f64 = 0.1;
/// A slope of so many times what chance makes of it in one replication is none of chance's, however few there are.
const CHANCE: f64 = 3.0;
/// The least of it, however many there are: a desk with as much work as time, which wanders up from empty and never settles, has
/// a mean slope of .96 times what it is by chance.
const AT_THE_EDGE: f64 = 1.2;
/// By how many standard errors the mean slope must lie beyond that.
const SURELY_BEYOND: f64 = 4.0;
/// The same of a network as a whole, which from empty fills up desk behind desk.
const CHANCE_IN_ALL: f64 = 6.0;

/// What drift tells about one role.
pub(super) struct Drift<'a> {
    /// Its samples, one a replication.
    pub(super) replications: Vec<&'a RoleSamples>,
    /// Share of the paid time of its people in which they are free; `None` where nobody is ever there.
    pub(super) free: Option<f64>,
    /// Whether whoever is free takes whatever waits; if not, some of it may drown while people rest.
    pub(super) all_alike: bool,
    /// Inquiries that come to the design a day. Visits to a role may be many more, by the same few.
    pub(super) inquiries: f64,
}

/// Growth of the number at a role a day, if it grows for good.
///
/// The number is looked at at equally spaced instants. Its least-squares slope must be above 0 with
/// confidence over the replications; the lowest number in the last third must lie above the lowest in
/// the first, so that a weekend's pile that is gone by Wednesday is none; people must hardly ever be free, or nobody
/// there at all; the growth must be at least 1% of what comes in (5% from a single replication); and the slope must
/// be more than chance makes in such a run, unless by the load there is more work than time. Where it is certain that the
/// backlog grows for good, it does, and where it cannot, it does not, whatever it looks like.
pub(super) fn growth(
    drift: &Drift<'_>,
    prospect: Prospect,
    counted: SimTime,
    confidence: f64,
) -> Option<Growth> {
    let paths: Vec<&[f64]> = drift.replications.iter().map(|role| role.drift.as_slice()).collect();
    let looks = paths.iter().map(|path| path.len()).min().filter(|&looks| 6 <= looks)?;
    let days = counted.hours() / 24.0;
    let gap = days / f64::from(DRIFT_LOOKS);
    let slopes: Vec<f64> = paths.iter().map(|path| slope(&path[..looks]) / gap).collect();
    let rises: Vec<f64> = paths.iter().map(|path| rise(&path[..looks])).collect();
    let (slope, rise) = (mean_interval(&slopes, confidence), mean_interval(&rises, confidence));
    let arrived: u64 = drift.replications.iter().map(|role| role.arrived).sum();
    let visits = arrived as f64 / (days * paths.len() as f64);
    let flow = visits.min(drift.inquiries);
    let surely = |interval: &crate::stats::Interval| 0.0 < interval.low().unwrap_or(interval.mean);
    let matters = if paths.len() == 1 { MATTERS_ALONE } else { MATTERS };
    let busy = !drift.all_alike || drift.free.is_none_or(|share| share <= FREE);
    let shows = surely(&slope) && surely(&rise);
    let grows = shows && busy && matters * flow <= slope.mean;
    let drifts =
        grows && beyond_chance(slopes.len()) * by_chance(&slopes, visits, days) <= slope.mean;
    match prospect {
        Prospect::Bounded => drifts.then_some(Growth::StillFills(slope.mean)),
        Prospect::Grows(_) if shows => Some(Growth::ForGood(slope.mean)),
        Prospect::Grows(per_day) => Some(Growth::ForGood(per_day)),
        Prospect::Likely => grows.then_some(Growth::ForGood(slope.mean)),
        Prospect::Open => drifts.then_some(Growth::ForGood(slope.mean)),
    }
}

/// A role of a network in which nothing changes with the hour.
pub(super) struct Lining<'a> {
    /// Its position.
    pub(super) role: usize,
    /// Its people.
    pub(super) people: f64,
    /// Its samples, one a replication.
    pub(super) replications: Vec<&'a RoleSamples>,
}

/// Growth a day of what waits in a network in all, with the role where most of it grows.
///
/// Desks that starve each other in turn are each free much of the time, and no load is too high; yet in the network as a
/// whole ever more waits (Rybko and Stolyar 1992). The slope of all that waits must be above 0 with confidence, as must
/// its rise, be at least 1% of the `inquiries` that come in a day, and more than chance makes; and it must go on: the slope of
/// the second half is above 0 as well, and not surely below that of the first. A single replication tells nothing of it.
pub(super) fn growth_in_all(
    roles: &[Lining<'_>],
    inquiries: f64,
    counted: SimTime,
    confidence: f64,
) -> Option<Overload> {
    let days = counted.hours() / 24.0;
    let gap = days / f64::from(DRIFT_LOOKS);
    let runs = roles.first()?.replications.len();
    let waiting = |role: &Lining<'_>, run: usize| -> Vec<f64> {
        let path = role.replications[run].drift.iter();
        path.map(|number| (number - role.people).max(0.0)).collect()
    };
    let (mut slopes, mut rises, mut halves) = (Vec::new(), Vec::new(), Vec::new());
    let mut of_role = vec![0.0; roles.len()];
    for run in 0..runs {
        let paths: Vec<Vec<f64>> = roles.iter().map(|role| waiting(role, run)).collect();
        let looks = paths.iter().map(Vec::len).min().filter(|&looks| 6 <= looks)?;
        let all: Vec<f64> = (0..looks).map(|at| paths.iter().map(|path| path[at]).sum()).collect();
        slopes.push(slope(&all) / gap);
        rises.push(rise(&all));
        halves.push([slope(&all[..looks / 2]), slope(&all[looks / 2..])]);
        for (sum, path) in of_role.iter_mut().zip(&paths) {
            *sum += slope(&path[..looks]);
        }
    }
    let surely =
        |values: &[f64]| mean_interval(values, confidence).low().is_some_and(|low| 0.0 < low);
    // what fills up from empty rises ever more slowly
    let later: Vec<f64> = halves.iter().map(|[_, second]| *second).collect();
    let slower: Vec<f64> = halves.iter().map(|[first, second]| first - second).collect();
    let goes_on = surely(&later) && !surely(&slower);
    let per_day = mean(&slopes);
    let grows = goes_on && surely(&slopes) && surely(&rises) && MATTERS * inquiries <= per_day;
    let most =
        (0..roles.len()).max_by(|&a, &b| of_role[a].total_cmp(&of_role[b]).then(b.cmp(&a)))?;
    (grows && CHANCE_IN_ALL * by_chance(&slopes, inquiries, days) <= per_day).then(|| Overload {
        role: roles[most].role,
        per_day,
        in_all: true,
    })
}

/// How many times what chance makes of the slope of one replication the mean slope of so many must be.
fn beyond_chance(replications: usize) -> f64 {
    (AT_THE_EDGE + SURELY_BEYOND / (replications as f64).sqrt()).min(CHANCE)
}

/// How far from 0 the slope of a single replication comes by chance alone.
///
/// The number at a full desk wanders like the sum of its comings and goings, whose standard deviation grows
/// with the square root of time. So in every run it seems to rise, whatever its length, but the slope is of the order
/// of its own standard deviation from replication to replication. A drift outgrows that. With a single replication
/// the comings are taken as Poisson and service as exponential: √(6/5 · 2λ / length).
fn by_chance(slopes: &[f64], flow: f64, days: f64) -> f64 {
    if slopes.len() < 2 {
        return (2.4 * flow / days).sqrt();
    }
    let mean = mean(slopes);
    let squares: f64 = slopes.iter().map(|slope| (slope - mean) * (slope - mean)).sum();
    (squares / (slopes.len() as f64 - 1.0)).sqrt()
}

/// Least-squares slope per step.
fn slope(path: &[f64]) -> f64 {
    let n = path.len() as f64;
    let middle = (n - 1.0) / 2.0;
    let mean = mean(path);
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

    fn judge(paths: &[Vec<f64>], free: f64) -> Option<f64> {
        judged(paths, Some(free), Prospect::Open)
    }

    fn judged(paths: &[Vec<f64>], free: Option<f64>, prospect: Prospect) -> Option<f64> {
        of_inquiries(1e9, paths, free, prospect)
    }

    fn of_inquiries(
        inquiries: f64,
        paths: &[Vec<f64>],
        free: Option<f64>,
        prospect: Prospect,
    ) -> Option<f64> {
        match told(inquiries, paths, free, prospect) {
            Some(Growth::ForGood(per_day)) => Some(per_day),
            Some(Growth::StillFills(_)) | None => None,
        }
    }

    fn told(
        inquiries: f64,
        paths: &[Vec<f64>],
        free: Option<f64>,
        prospect: Prospect,
    ) -> Option<Growth> {
        let roles: Vec<RoleSamples> = paths.iter().map(|path| sample(path.clone())).collect();
        let replications = roles.iter().collect();
        let drift = Drift { replications, free, all_alike: true, inquiries };
        growth(&drift, prospect, SimTime::DAY.times(32), 0.95)
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
            number: NumberSamples::of_looks(&[]),
            waiting: NumberSamples::of_looks(&[]),
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
        let per_day = judge(&paths, 0.01).unwrap();
        assert!((per_day - 14.0).abs() < 0.5, "{per_day}");
    }

    #[test]
    fn a_weekly_pile_and_a_slow_trickle_are_no_overload() {
        let waves: Vec<Vec<f64>> = (0..5).map(|shift| path(0.0, 40.0, shift)).collect();
        assert_eq!(judge(&waves, 0.05), None);
        let trickle: Vec<Vec<f64>> = (0..5).map(|shift| path(0.2, 0.5, shift)).collect();
        assert_eq!(judge(&trickle, 0.01), None);
    }

    #[test]
    fn people_with_free_time_are_not_overloaded() {
        let paths: Vec<Vec<f64>> = (0..5).map(|shift| path(14.0, 3.0, shift)).collect();
        assert_eq!(judge(&paths, 0.3), None);
    }

    /// 0.5 more a day is nothing of 100 visits a day, and much where four inquiries make them.
    #[test]
    fn few_inquiries_that_come_again_and_again_count_once() {
        let paths: Vec<Vec<f64>> = (0..5).map(|shift| path(0.5, 0.3, shift)).collect();
        let grows =
            |inquiries| of_inquiries(inquiries, &paths, Some(0.0), Prospect::Open).is_some();
        assert_eq!((grows(1e9), grows(4.0)), (false, true));
    }

    #[test]
    fn the_pace_is_what_stands_between_two_looks_a_day() {
        // 32 days have 31 looks, one a day: nobody looks at the very end
        let path: Vec<f64> = (0..31).map(|day| 288.0 * f64::from(day)).collect();
        let pace = judged(&[path.clone(), path], None, Prospect::Open).expect("it grows");
        assert!((pace - 288.0).abs() < 1e-9, "{pace}");
    }

    #[test]
    fn where_nobody_is_there_what_grows_is_overload() {
        let paths: Vec<Vec<f64>> = (0..5).map(|shift| path(14.0, 3.0, shift)).collect();
        let grows = judged(&paths, None, Prospect::Open).is_some();
        assert!(grows, "nobody has any time for what comes");
    }

    #[test]
    fn what_wanders_up_is_no_drift() {
        let wanders: Vec<Vec<f64>> =
            (0..5).map(|run| path(2.0 + 3.0 * f64::from(run), 3.0, run)).collect();
        assert_eq!(judge(&wanders, 0.0), None);
        // unless there is more work than time
        let grows = judged(&wanders, Some(0.0), Prospect::Likely).is_some();
        assert!(grows, "what is likely and wanders up grows");
        let alone_grows = |a_day| judge(&[path(a_day, 3.0, 0)], 0.0).is_some();
        assert_eq!((alone_grows(6.0), alone_grows(14.0)), (false, true));
    }

    #[test]
    fn what_is_known_beforehand_needs_no_run() {
        let drifts: Vec<Vec<f64>> = (0..5).map(|shift| path(14.0, 3.0, shift)).collect();
        let fills = told(1e9, &drifts, Some(0.0), Prospect::Bounded);
        assert!(matches!(fills, Some(Growth::StillFills(a_day)) if (13.0..15.0).contains(&a_day)));
        let flat: Vec<Vec<f64>> = (0..5).map(|shift| path(0.0, 3.0, shift)).collect();
        assert_eq!(judged(&flat, Some(0.5), Prospect::Grows(1.5)), Some(1.5));
        let shown = judged(&drifts, Some(0.0), Prospect::Grows(1.5)).expect("it grows");
        assert!(13.0 < shown, "what a run shows is told rather than what was expected: {shown}");
    }
}
