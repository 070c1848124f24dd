//! Designs that have not forgotten their start when the time begins that counts.

use super::replication::{Replication, steps};
use super::result::ExperimentResult;
use super::warm_up::{averaged, varies};
use super::warning::{WarmUpTooShort, Warning};
use super::watching::is_plain;
use crate::model::{Arrivals, Calendar, Model, People};
use crate::stats::{mean, mean_interval, mser};
use crate::units::SimTime;

/// How often a warning comes without cause, over all designs of a run, at most.
const FALSE_ALARMS: f64 = 0.01;
/// A start that moves the mean by a smaller share of its half-width costs an interval hardly any coverage.
const WORTH_TELLING: f64 = 0.25;

/// Whether a difference between the beginning of the time that counts and the rest can only come from the start:
/// nothing else in the model happens at a certain time.
///
/// Plain networks whose hours differ are left out, since the looks at them are not whole weeks apart.
pub(super) fn may_settle(model: &Model, design: usize) -> bool {
    let timed = |arrivals: &Arrivals| match arrivals {
        Arrivals::Recorded(_) => true,
        Arrivals::Poisson(rate) => rate.from != SimTime::ZERO || rate.until != SimTime::NEVER,
        _ => false,
    };
    let streams = &model.world.streams;
    let once = streams.iter().any(|stream| stream.limit.is_some() || timed(&stream.arrivals));
    let rare = model.designs[design].organization.roles().any(|(_, role)| {
        let people = match &role.people {
            People::Some(people) => people.as_slice(),
            People::Infinite => &[],
        };
        let own = people.iter().filter_map(|person| person.calendar.as_deref());
        own.chain([&*role.calendar]).any(Calendar::is_listed)
            || role.staffing.duties.iter().any(|duty| SimTime::WEEK < duty.every)
    });
    let by_hour = is_plain(model) && varies(model);
    !model.study.kind.is_terminating() && !once && !rare && !by_hour
}

/// A warning, if the averages of a design seem to depend on how it began.
///
/// MSER on the averaged path of the number inside (batches of a thirty-second of the time that counts in plain networks,
/// of a week elsewhere) proposes how much to discard. It counts if what it would discard differs from the rest in the
/// same replications, by Student's t at a level divided by the number of possible cuts and of designs, and if discarding it
/// moves the mean by at least a quarter of the half-width of that mean. Where the rest is no steadier, its later half holding
/// more than its earlier one, no cut of this run tells how long a warm-up would do, and none is named.
pub(super) fn unsettled(
    result: &ExperimentResult,
    design: usize,
    runs: &[&Replication],
) -> Option<Warning> {
    if result.designs[design].withheld || runs.len() < 2 {
        return None;
    }
    let path = averaged(runs);
    let cut = mser(&path, 1);
    if cut == 0 {
        return None;
    }
    let both = runs.iter().map(|run| {
        let steps = steps(&run.path);
        (mean(&steps[..cut]) - mean(&steps[cut..path.len()]), mean(&steps[..path.len()]))
    });
    let (gaps, wholes): (Vec<f64>, Vec<f64>) = both.unzip();
    let tries = (path.len() / 2 * result.designs.len()) as f64;
    let gap = mean_interval(&gaps, 1.0 - FALSE_ALARMS / tries);
    let luck = mean_interval(&wholes, result.confidence).half_width?;
    let moved = gap.mean.abs() * cut as f64 / path.len() as f64;
    // where all runs are the same to the last bit, nothing was drawn, and what goes up and down does so by its own clock
    if gap.holds(0.0) || moved < WORTH_TELLING * luck || luck == 0.0 {
        return None;
    }
    if let Some([earlier, later]) = rising(runs, cut, result.confidence) {
        return Some(Warning::StillRises { design, earlier, later });
    }
    let first = runs[0].path[1].0.since(runs[0].path[0].0).times(cut as u64);
    Some(Warning::WarmUpTooShort(WarmUpTooShort {
        design,
        first,
        inside_first: mean(&path[..cut]),
        inside_after: mean(&path[cut..]),
        at_least: first + result.warm_up,
    }))
}

/// What is inside in the two halves of what is left after a cut, if it surely rises from one to the other.
fn rising(runs: &[&Replication], cut: usize, confidence: f64) -> Option<[f64; 2]> {
    let halves = runs.iter().map(|run| {
        let steps = steps(&run.path);
        let (earlier, later) = steps[cut..].split_at((steps.len() - cut) / 2);
        (mean(earlier), mean(later))
    });
    let (earlier, later): (Vec<f64>, Vec<f64>) = halves.unzip();
    let rises: Vec<f64> = earlier.iter().zip(&later).map(|(from, to)| to - from).collect();
    let rise = mean_interval(&rises, confidence);
    (rise.half_width? < rise.mean).then(|| [mean(&earlier), mean(&later)])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::experiment::examples::{model_of_desks, plain_model, run_with};
    use crate::experiment::{Options, run_to_precision};
    use crate::model::{Precision, StudyKind};

    fn queue(per_hour: f64, warm_up: u64) -> Model {
        let mut model = plain_model(1, per_hour, StudyKind::TypicalWeeks);
        model.study.warm_up = SimTime::HOUR.times(warm_up);
        model.study.run_for = SimTime::HOUR.times(400);
        model.study.replications = 40;
        model
    }

    fn is_of_start(warning: &Warning) -> bool {
        matches!(warning, Warning::WarmUpTooShort(_) | Warning::StillRises { .. })
    }

    fn warned(model: &Model) -> Vec<Warning> {
        let result = run_with(model, 2);
        result.warnings.into_iter().filter(is_of_start).collect()
    }

    #[test]
    fn a_busy_queue_from_empty_is_told_and_one_with_a_warm_up_is_not() {
        expect!["[WarmUpTooShort(WarmUpTooShort { design: 0, first: SimTime(180000000000), inside_first: 9.762, inside_after: 17.375, at_least: SimTime(180000000000) })]"].assert_eq(&format!("{:.3?}", warned(&queue(9.5, 0))));
        for (per_hour, warm_up) in [(9.5, 800), (9.0, 200), (5.0, 10)] {
            for seed in 0..5 {
                let mut model = queue(per_hour, warm_up);
                model.study.seed = seed;
                assert_eq!(warned(&model), [], "{per_hour} an hour, seed {seed}");
            }
        }
    }

    #[test]
    fn what_still_rises_is_advised_no_warm_up() {
        let mut model = queue(9.99, 0);
        model.study.replications = 120;
        expect!["[StillRises { design: 0, earlier: 54.356, later: 67.464 }]"]
            .assert_eq(&format!("{:.3?}", warned(&model)));
    }

    #[test]
    fn replications_added_for_precision_are_looked_at_as_well() {
        let stop = std::sync::atomic::AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let precision = Precision { within: 0.5, at_most: 50 };
        let result = run_to_precision(&queue(9.5, 0), precision, &options);
        let found = result.warnings.iter().any(|of| matches!(of, Warning::WarmUpTooShort(_)));
        assert!(found, "{:?}", result.warnings);
    }

    #[test]
    fn what_happens_at_a_time_of_its_own_is_no_start() {
        let mut model = queue(9.5, 0);
        assert!(may_settle(&model, 0));
        let streams = &mut std::sync::Arc::make_mut(&mut model.world).streams;
        if let Arrivals::Poisson(profile) = &mut streams[0].arrivals {
            profile.from = SimTime::WEEK;
        }
        assert!(!may_settle(&model, 0));
        assert!(may_settle(&model_of_desks(6.0), 0));
        assert!(!may_settle(&plain_model(1, 9.5, StudyKind::FromEmpty), 0));
    }
}
