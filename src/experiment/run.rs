//! Run all replications of all designs and put them together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use super::backlogs::backlogs;
use super::continued::{Continued, complete};
use super::goal::goals;
use super::keeper::Growing;
use super::memory::has_memory;
use super::merged::Merged;
use super::messages::messages;
use super::options::Options;
use super::overload::Overload;
use super::pair::pairs;
use super::panicked::panic_words;
use super::quickest::quickest;
use super::replication::Replication;
use super::result::{DesignResult, ExperimentResult};
use super::role_result::RoleResult;
use super::score::scores;
use super::warning::warnings;
use super::watching::{Watching, is_plain};

use crate::model::{Arrivals, Design, Model, Outline, structure_over};
use crate::sim::{self, Ended, Stop, Task, Unobserved};

/// Run every design of the model through every replication.
///
/// The result is a function of the model alone, whatever the number of threads; only a stop makes
/// it depend on time, and then it says that it is incomplete.
///
/// # Panics
/// If a replication breaks an identity that holds in every run (nothing is lost, Little's law
/// along the path); the message names seed, design and replication.
pub fn run(model: &Model, options: &Options<'_>) -> ExperimentResult {
    complete(&mut Continued::new(model), None, options)
}

/// Run one replication of one design, reduce it and put it among the others; `false` if it was asked to stop.
pub(super) fn replicate(
    model: &Model,
    watching: &Watching,
    design: usize,
    replication: u32,
    options: &Options<'_>,
    growing: &Mutex<Growing<'_>>,
) -> bool {
    let of = &model.designs[design];
    let task = Task {
        stop: Some(options.stop),
        memory: Some(has_memory),
        ..Task::of(model, of, &watching.watch, replication)
    };
    let place = || {
        let seed = model.study.seed;
        let number = replication + 1;
        format!("replication {number} of design `{}` with seed {seed}", of.name)
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| sim::run(&task, &mut Unobserved)))
        .unwrap_or_else(|cause| {
            let told = panic_words(&*cause).unwrap_or("for no stated reason");
            panic!("{} failed: {told}", place())
        });
    let violation = outcome.conservation.violation();
    assert!(violation.is_none(), "{} loses count: {}", place(), violation.unwrap_or_default());
    if outcome.ended == Ended::Stopped(Stop::Asked) {
        return false;
    }
    let whole = !matches!(outcome.ended, Ended::Stopped(_));
    let reduced = Replication::of(&outcome, of, watching, model.study.thresholds.len());
    let mut growing = growing.lock().expect("nobody panicked");
    if whole {
        growing.merged.add(outcome);
    }
    growing.runs[replication as usize] = Some(reduced);
    true
}

fn outline_of(model: &Model, design: &Design) -> Outline {
    let organization = &design.organization;
    let weeks = model.study.weeks();
    structure_over(&model.world, &model.practice, organization, weeks)
        .outline(&model.world, organization)
}

/// The replications of one design.
pub(super) fn together(
    model: &Model,
    watching: &Watching,
    design: &Design,
    replications: &[Option<Replication>],
    merged: &Merged,
    confidence: f64,
) -> DesignResult {
    let numbered = || (1..).zip(replications).filter_map(|(n, r)| Some((n, r.as_ref()?)));
    let stopped = numbered().find_map(|(n, r)| Some((r.stopped?, n)));
    let whole: Vec<(u32, &Replication)> = numbered().filter(|(_, r)| r.stopped.is_none()).collect();
    let runs: Vec<&Replication> = whole.iter().map(|&(_, replication)| replication).collect();
    let topics: Vec<String> = model.world.topics.iter().map(|topic| topic.name.clone()).collect();
    let roles = merged.roles(design, &topics, &runs, confidence);
    let utilization = |role: usize| roles[role].number("utilization").mean();
    let busiest = (0..roles.len()).filter(|&role| utilization(role).is_some()).max_by(|&a, &b| {
        utilization(a).partial_cmp(&utilization(b)).expect("no share is NaN").then(b.cmp(&a))
    });
    let backlogs = backlogs(model, design, &runs, confidence);
    let overload =
        stopped.and_then(|(stop, n)| runaway(stop, replications[n as usize - 1].as_ref()?));
    let overload = overload.or(backlogs.for_good);
    let withheld = stopped.is_some() || (overload.is_some() && !model.study.kind.is_terminating());
    let mut result = DesignResult {
        name: design.name.clone(),
        cost_per_year: design.cost_per_year,
        headcount: design.headcount,
        outline: Some(outline_of(model, design)),
        completed: whole.iter().map(|&(n, _)| n).collect(),
        overload,
        still_fills: backlogs.still_fills.filter(|_| !withheld),
        withheld,
        stopped,
        roles,
        busiest,
        ..DesignResult::default()
    };
    runs.iter().for_each(|run| result.totals.add(&run.conservation, run.events));
    if withheld {
        result.roles = result.roles.into_iter().map(RoleResult::withheld).collect();
    } else {
        result.scopes = merged.scopes(watching, &runs, confidence);
        merged.rest(&mut result, &runs, &topics, confidence);
    }
    result
}

/// A replication that had to be stopped because too much was inside.
fn runaway(stop: Stop, replication: &Replication) -> Option<Overload> {
    let (Stop::TooMany(role) | Stop::NoMemory(role)) = stop else { return None };
    let days = replication.until.hours() / 24.0;
    let per_day = replication.conservation.inside as f64 / days;
    Some(Overload { role: role as usize, per_day, in_all: false })
}

/// Whether some customers are recorded ones, the same in every replication.
fn replays(model: &Model) -> bool {
    model.world.streams.iter().any(|stream| matches!(stream.arrivals, Arrivals::Recorded(_)))
}

/// Designs beside each other: pairs, goals, scores, warnings.
pub(super) fn compare(
    model: &Model,
    watching: &Watching,
    designs: Vec<DesignResult>,
    asked: u32,
    confidence: f64,
) -> ExperimentResult {
    let incomplete = designs
        .iter()
        .any(|design| design.stopped.is_none() && design.completed.len() < asked as usize);
    let mut result = ExperimentResult {
        seed: model.study.seed,
        kind: model.study.kind,
        run_for: model.study.run_for,
        warm_up: model.study.warm_up,
        replications: asked,
        incomplete,
        confidence,
        plain: is_plain(model),
        given_log: replays(model),
        thresholds: model.study.thresholds.clone(),
        observed_at: model.study.observe.as_ref().map_or_else(Vec::new, |o| o.at.clone()),
        hold_equal: model.hold_equal,
        worth_noticing: model.worth_noticing,
        objectives: model.objectives.clone(),
        quantities: watching.quantities.clone(),
        scopes: watching.scopes.clone(),
        designs,
        pairs: Vec::new(),
        goals: Vec::new(),
        scores: Vec::new(),
        quickest: None,
        messages: None,
        precision: None,
        warnings: Vec::new(),
    };
    result.pairs = pairs(&result);
    result.goals = goals(&result, &watching.scope_of_objective, &watching.quantity_of_objective);
    result.scores = scores(&result);
    result.quickest = quickest(&result);
    result.messages = messages(model, &result);
    result.warnings = warnings(&result, watching);
    result
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::experiment::examples::{model_of_desks, plain_model, run_with};
    use crate::experiment::{RoleNumber, ScopeOf, Warning};
    use crate::model::{MeasureId, StudyKind};

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let model = model_of_desks(6.0);
        let one = format!("{:?}", run_with(&model, 1));
        for threads in [2, 3, 8] {
            assert!(one == format!("{:?}", run_with(&model, threads)), "{threads} threads");
        }
    }

    #[test]
    fn every_measure_of_an_organization_has_a_value() {
        let result = run_with(&model_of_desks(6.0), 2);
        for (design, of) in result.designs.iter().enumerate() {
            assert_eq!((of.completed.len(), of.withheld, of.stopped), (5, false, None), "{of:?}");
            for (i, quantity) in result.quantities.iter().enumerate() {
                let measured = result.of(design, i).expect("nothing is withheld");
                // The slowest tenth may never be answered.
                let may_be_never = quantity.measure.id == MeasureId::FirstReplyP90;
                let known = measured.mean().is_some() || may_be_never;
                assert!(known, "{} of {}", quantity.id(), of.name);
            }
            let shares: f64 = of.scopes[0].causes.iter().filter_map(|c| c.share.mean()).sum();
            assert!((shares - 1.0).abs() < 1e-9);
            for role in &of.roles {
                let bins: f64 = role.bins.iter().filter_map(|bin| bin.mean()).sum();
                assert!((bins - 1.0).abs() < 1e-9, "{}", role.name);
            }
        }
        assert_eq!(result.scores.len(), 3);
        assert_eq!(result.goals.len(), 2);
        assert!(matches!(result.scopes[result.goals[1].scope].of, ScopeOf::Objective(1)));
        assert!(result.goals.iter().all(|goal| goal.designs.iter().all(Option::is_some)));
    }

    #[test]
    fn the_mentions_of_the_channels_add_up_to_all() {
        let result = run_with(&model_of_desks(6.0), 2);
        let reached = result.quantity(MeasureId::MentionsReached).unwrap();
        let value =
            |scope: usize| result.designs[0].scopes[scope].measures[reached].mean().unwrap();
        let channels: Vec<usize> = (0..result.scopes.len())
            .filter(|&i| matches!(result.scopes[i].of, ScopeOf::Channel(_)))
            .collect();
        let parts: Vec<f64> = channels.iter().map(|&scope| value(scope)).collect();
        let low = parts.iter().copied().fold(1.0, f64::min);
        let high = parts.iter().copied().fold(0.0, f64::max);
        assert!(low <= value(0) && value(0) <= high, "{parts:?} around {}", value(0));
    }

    #[test]
    fn a_queue_that_cannot_cope_is_named_and_its_averages_withheld() {
        let result = run_with(&plain_model(1, 12.0, StudyKind::TypicalWeeks), 2);
        let design = &result.designs[0];
        let (role, per_day) = design.falls_behind().expect("two more an hour than it can do");
        assert_eq!(role, "front desk");
        assert!((per_day - 48.0).abs() < 24.0, "{per_day}");
        assert!(design.withheld && design.scopes.is_empty());
        assert_eq!(design.roles[0].number("wait_mean").mean(), None);
        assert!(0.98 < design.roles[0].number("utilization").mean().unwrap());
    }

    #[test]
    fn a_terminating_study_keeps_its_values_under_a_banner() {
        let result = run_with(&plain_model(1, 12.0, StudyKind::FromEmpty), 2);
        assert!(!result.designs[0].withheld && result.designs[0].overload.is_some());
        let falls_behind = |of: &Warning| matches!(of, Warning::FallsBehind { role: 0, .. });
        assert!(result.warnings.iter().any(falls_behind), "{:?}", result.warnings);
        assert!(result.designs[0].roles[0].number("wait_mean").mean().is_some());
    }

    #[test]
    fn a_queue_that_copes_is_not_called_overloaded_and_agrees_with_theory() {
        let result = run_with(&plain_model(1, 6.0, StudyKind::TypicalWeeks), 2);
        let design = &result.designs[0];
        assert_eq!(design.overload, None);
        let wait = design.roles[0].number("wait_mean").interval.unwrap();
        let error = wait.standard_error.unwrap();
        assert!((wait.mean - 9.0).abs() < 5.0 * error, "{wait:?}");
        let number = |id: &str| design.roles[0].numbers[RoleNumber::position(id)].mean().unwrap();
        assert!((number("utilization") - number("utilization_simulated")).abs() < 1e-9);
        let (all, parts) =
            (number("number_mean"), number("queue_mean") + number("in_service_mean"));
        assert!((all - parts).abs() < 1e-9);
    }

    #[test]
    fn a_single_replication_has_no_half_width_and_says_so() {
        let mut model = model_of_desks(6.0);
        model.study.replications = 1;
        let result = run_with(&model, 1);
        assert!(result.measured(0, MeasureId::Answered).unwrap().half_width().is_none());
        assert!(result.warnings.contains(&Warning::OneReplication));
        assert!(result.scores.iter().all(|s| s.verdict == crate::experiment::Verdict::OneRun));
    }

    #[test]
    fn a_stopped_experiment_keeps_what_is_complete() {
        let model = plain_model(1, 6.0, StudyKind::TypicalWeeks);
        let stop = AtomicBool::new(false);
        let progress = |done: usize, _| {
            if done == 2 {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let result = run(
            &model,
            &Options {
                threads: 1,
                stop: &stop,
                confidence: 0.95,
                progress: &progress,
                keeper: None,
            },
        );
        assert!(result.incomplete);
        assert_eq!(result.designs[0].completed, [1, 2], "counted from 1");
        let nothing = run(&model, &Options::plain(1, &stop));
        assert_eq!(nothing.completed(), 0);
    }
}
