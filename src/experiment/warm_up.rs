//! The warm-up that a study needs, found from pilot replications.

use super::backlogs::backlogs;
use super::continued::{Continued, go_on};
use super::options::Options;
use super::replication::{Replication, steps};
use super::watching::is_plain;
use crate::model::{Arrivals, Model, Study};
use crate::stats::mser5;
use crate::units::SimTime;

/// Pilot replications of each design.
pub const PILOTS: u32 = 10;
/// Batches of the averaged path at least, and about at most, as far as the length of a pilot allows.
const BATCHES: (u64, u64) = (10, 100);
/// Values of the path in a batch.
const IN_A_BATCH: u64 = 5;

/// A warm-up that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarmUp {
    /// How long it is, for every design.
    pub length: SimTime,
    /// Whether pilots were long enough to tell: its end lies well within the first half of them.
    pub is_told: bool,
}

/// Find the warm-up by MSER-5 on the averaged path of pilots.
///
/// Each design is run [`PILOTS`] times, from its empty start and as long as `run_for`, with customers of its own: the
/// master seed has every bit turned over. The path of a design is the number of contacts inside, averaged over equal
/// stretches and over pilots; [`mser5`] says how much of its start to discard. The longest of all designs holds for
/// all, so that they meet the same customers. A design that falls behind for good settles nowhere and is not asked.
///
/// Where something changes with the hour, batches are whole weeks if ten of them or more fit into a pilot, else whole
/// days if ten do, and the warm-up is rounded up to whole weeks; elsewhere there are fifty batches, and it is rounded
/// up to minutes. The answer is a function of the model alone; `None` if a stop was asked for meanwhile.
///
/// # Panics
/// If the model has a warm-up already, or a study that ends by itself; and as [`run`](super::run) does.
pub fn find_warm_up(model: &Model, options: &Options<'_>) -> Option<WarmUp> {
    let study = &model.study;
    assert!(!study.kind.is_terminating(), "only a study of typical weeks has a warm-up");
    assert!(study.warm_up == SimTime::ZERO, "pilots begin with the empty start");
    let varies = varies(model);
    let slice = slice(study.run_for, varies);
    let nothing = WarmUp { length: SimTime::ZERO, is_told: false };
    if slice == SimTime::ZERO {
        return Some(nothing);
    }
    let study = Study { seed: !study.seed, follow: SimTime::ZERO, ..study.clone() };
    let pilot = Model { study, ..model.clone() };
    let mut pilots = Continued::owning(pilot).marking(slice);
    go_on(&mut [(&mut pilots, PILOTS)], options);
    if !pilots.is_whole() {
        return None;
    }
    let (model, runs) = pilots.whole_runs();
    let settling = runs.iter().zip(&model.designs).filter(|(runs, design)| {
        let all = runs.len() == PILOTS as usize;
        all && backlogs(model, design, runs, options.confidence).for_good.is_none()
    });
    let cut = |(runs, _): (&Vec<&Replication>, _)| {
        let path = averaged(runs);
        (mser5(&path) as u64, path.len() as u64 / IN_A_BATCH / 2 * IN_A_BATCH)
    };
    let cuts: Vec<(u64, u64)> = settling.map(cut).collect();
    let longest = cuts.iter().map(|&(cut, _)| cut).max().unwrap_or(0);
    let step = if varies { SimTime::WEEK } else { SimTime::MINUTE };
    let steps = slice.times(longest).micros().div_ceil(step.micros());
    let is_told = !cuts.is_empty() && cuts.iter().all(|&(cut, most)| cut < most);
    Some(WarmUp { length: step.times(steps), is_told })
}

/// The means of several paths, step by step, as far as all of them go.
pub(super) fn averaged(runs: &[&Replication]) -> Vec<f64> {
    let paths: Vec<Vec<f64>> = runs.iter().map(|run| steps(&run.path)).collect();
    let length = paths.iter().map(Vec::len).min().unwrap_or(0);
    let mean = |at: usize| paths.iter().map(|path| path[at]).sum::<f64>() / paths.len() as f64;
    (0..length).map(mean).collect()
}

/// Whether anything changes with the hour: opening times, or how many come.
pub(super) fn varies(model: &Model) -> bool {
    let by_hour = |arrivals: &Arrivals| match arrivals {
        Arrivals::Poisson(profile) => !profile.is_constant(),
        Arrivals::Recorded(_) => true,
        _ => false,
    };
    let closes = |design: &crate::model::Design| {
        let mut roles = design.organization.roles();
        roles.any(|(_, role)| !role.calendar.is_always())
    };
    !is_plain(model)
        || model.world.streams.iter().any(|stream| by_hour(&stream.arrivals))
        || model.designs.iter().any(closes)
}

/// How far apart the marks of a path are.
fn slice(length: SimTime, varies: bool) -> SimTime {
    let whole = |unit: SimTime| {
        let fit = length.micros() / unit.micros();
        let units = fit.div_ceil(BATCHES.1).max(1);
        (varies && BATCHES.0 <= fit / units).then(|| unit.times(units))
    };
    let batch = whole(SimTime::WEEK).or_else(|| whole(SimTime::DAY));
    let batch = batch.unwrap_or_else(|| SimTime::from_micros(length.micros() / 50));
    SimTime::from_micros(batch.micros() / IN_A_BATCH)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::examples::{model_of_desks, plain_model};
    use crate::model::StudyKind;

    fn found(model: &Model, threads: usize) -> Option<WarmUp> {
        let mut model = model.clone();
        model.study.warm_up = SimTime::ZERO;
        let stop = AtomicBool::new(false);
        find_warm_up(&model, &Options::plain(threads, &stop))
    }

    fn queue(per_hour: f64, hours: u64) -> Model {
        let mut model = plain_model(1, per_hour, StudyKind::TypicalWeeks);
        model.study.run_for = SimTime::HOUR.times(hours);
        model
    }

    #[test]
    fn a_busy_queue_takes_longer_to_forget_its_start() {
        // services of six minutes: at 20% the start is forgotten within an hour, at 95% in some 1 / (10 · (1 − √0.95)²)
        // = 150 hours; the rule discards what it can tell from luck
        let limit = SimTime::HOUR.times(15);
        for seed in 0..4 {
            let of = |per_hour: f64| {
                let mut model = queue(per_hour, 300);
                model.study.seed = seed;
                found(&model, 2).unwrap()
            };
            let (idle, busy) = (of(2.0), of(9.5));
            assert!(idle.is_told && idle.length < limit, "seed {seed}: {idle:?}");
            assert!(limit < busy.length, "seed {seed}: {busy:?}");
        }
    }

    #[test]
    fn a_pilot_of_about_the_length_of_the_start_does_not_tell() {
        let found = found(&queue(9.8, 60), 2).unwrap();
        assert!(!found.is_told, "{found:?}");
    }

    #[test]
    fn threads_and_the_number_of_replications_change_nothing() {
        let mut model = model_of_desks(6.0);
        let one = found(&model, 1);
        model.study.replications = 77;
        model.study.warm_up = SimTime::DAY;
        assert_eq!(one, found(&model, 2));
        let length = one.unwrap().length;
        assert_eq!(length.micros() % SimTime::WEEK.micros(), 0, "{length:?}");
    }

    #[test]
    fn a_design_that_falls_behind_is_not_asked() {
        let mut model = queue(2.0, 2000);
        let alone = found(&model, 2);
        let mut swamped = queue(12.0, 2000).designs.remove(0);
        swamped.organization.role_mut(crate::model::RoleId(0)).work = crate::model::Work::Serve {
            service: vec![crate::draws::Law::exponential(60.0).unwrap()],
            draw: crate::model::Draw::PerVisit,
        };
        model.designs.push(swamped);
        assert_eq!(alone, found(&model, 2));
        model.designs.remove(0);
        assert_eq!(found(&model, 2), Some(WarmUp { length: SimTime::ZERO, is_told: false }));
    }

    #[test]
    fn a_stop_leaves_nothing() {
        let mut model = queue(2.0, 2000);
        model.study.warm_up = SimTime::ZERO;
        let stop = AtomicBool::new(true);
        let options = Options::plain(1, &stop);
        assert_eq!(find_warm_up(&model, &options), None);
    }

    #[test]
    fn batches_are_whole_weeks_or_days_where_hours_matter() {
        let batch = |length: SimTime, varies: bool| slice(length, varies).times(5).hours() / 24.0;
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}");
        close(batch(SimTime::WEEK.times(13), true), 7.0);
        close(batch(SimTime::WEEK.times(260), true), 21.0);
        close(batch(SimTime::WEEK.times(4), true), 1.0);
        close(batch(SimTime::DAY.times(5), true), 0.1);
        close(batch(SimTime::WEEK.times(50), false), 7.0);
    }
}
