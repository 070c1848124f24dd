//! What the benchmarks of speed and of sizes share.

#[path = "clock.rs"]
mod clock;

use clock::clock;
use orgsim::experiment;
use orgsim::model::Model;
use orgsim::sim::{Task, Unobserved, run};

/// Seconds that some work took, and the events it says it handled.
pub(crate) fn seconds(work: impl FnOnce() -> u64) -> (f64, u64) {
    let start = clock();
    let events = work();
    ((clock() - start).as_secs_f64(), events)
}

/// The middle one.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The events of one replication of the first design, with all that a run tallies.
pub(crate) fn events(model: &Model, replication: u32) -> u64 {
    let watch = experiment::watch(model);
    let task = Task::of(model, &model.designs[0], &watch, replication);
    run(&task, &mut Unobserved).events
}
