//! What the tests of the engine share: scenarios from text, replications, and looking on.

use std::sync::Arc;

use orgsim::model::{Model, Study};
use orgsim::scenario::{Overlay, Source, load, render};
use orgsim::sim::{AgendaPeak, Happening, Observer, Outcome, Scope, Task, Unobserved, Watch, run};
use orgsim::stats::mean_interval;
use orgsim::units::SimTime;

/// The model of a scenario that stands here as text.
pub(crate) fn model(text: &str) -> Model {
    let source = Source::new("test.json", text);
    match load(&source, &Overlay::default()) {
        Ok(scenario) => scenario.model,
        Err(problems) => panic!("{text}\n{}", render(&source, &problems, false)),
    }
}

/// One scope that holds everything, and the backlog.
pub(crate) fn everything() -> Watch {
    Watch {
        scopes: vec![Scope::default()],
        reply_within: vec![SimTime::HOUR, SimTime::DAY],
        backlog: true,
        ..Watch::default()
    }
}

/// One replication of the first design, told to `observer`.
pub(crate) fn observed<O: Observer>(model: &Model, replication: u32, observer: &mut O) -> Outcome {
    let outcome = watched(model, replication, &everything(), observer);
    assert_eq!(outcome.conservation.violation(), None);
    outcome
}

/// One replication of the first design, told to `observer`, with these tallies.
pub(crate) fn watched<O: Observer>(
    model: &Model,
    replication: u32,
    watch: &Watch,
    observer: &mut O,
) -> Outcome {
    let task = Task::of(model, &model.designs[0], watch, replication);
    run(&task, observer)
}

/// One replication of the first design.
pub(crate) fn simulate(model: &Model, replication: u32) -> Outcome {
    observed(model, replication, &mut Unobserved)
}

/// All replications of the first design.
pub(crate) fn replicate(model: &Model) -> Vec<Outcome> {
    (0..model.study.replications).map(|replication| simulate(model, replication)).collect()
}

/// The model with another study.
pub(crate) fn with_study(model: &Model, change: impl FnOnce(&mut Study)) -> Model {
    let mut model = model.clone();
    change(&mut model.study);
    model
}

/// The model with other customers.
pub(crate) fn with_world(model: &Model, change: impl FnOnce(&mut orgsim::model::World)) -> Model {
    let mut model = model.clone();
    change(Arc::make_mut(&mut model.world));
    model
}

/// Everything that happened to all inquiries, in order.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct History {
    pub(crate) told: Vec<(SimTime, u64, Happening)>,
}

impl Observer for History {
    const WATCHES: bool = true;

    fn on(&mut self, at: SimTime, number: u64, happening: Happening) {
        self.told.push((at, number, happening));
    }
}

/// What happened in one replication.
pub(crate) fn history(model: &Model, replication: u32) -> History {
    let mut history = History::default();
    observed(model, replication, &mut history);
    history
}

/// All numbers of an outcome, bit for bit, without those that say how the engine kept its books.
pub(crate) fn numbers(outcome: &Outcome) -> String {
    let mut outcome = outcome.clone();
    outcome.events = 0;
    outcome.conservation.agenda_peak = AgendaPeak::default();
    format!("{outcome:#?}")
}

/// The mean over the replications lies within four standard errors of the exact value.
#[track_caller]
pub(crate) fn expect_near(what: &str, values: &[f64], exact: f64) {
    let interval = mean_interval(values, 0.95);
    let error = interval.standard_error.expect("there are several replications");
    let distance = (interval.mean - exact).abs();
    // Rounding to whole microseconds leaves no spread where everything is fixed.
    assert!(
        distance <= 4.0 * error + 1e-9 * exact.abs().max(1.0),
        "{what}: {} ± {error} against {exact}, {:.1} standard errors off",
        interval.mean,
        distance / error
    );
}

/// The standard error is small enough for the comparison to mean something.
#[track_caller]
pub(crate) fn expect_precise(what: &str, values: &[f64], relative: f64) {
    let interval = mean_interval(values, 0.95);
    let error = interval.standard_error.expect("there are several replications");
    assert!(
        error <= relative * interval.mean.abs(),
        "{what}: {} ± {error} is too rough",
        interval.mean
    );
}
