//! How an experiment is run beyond what the model says.

use std::sync::atomic::AtomicBool;

use super::keeper::Keeper;

/// Confidence of intervals unless stated otherwise.
pub const CONFIDENCE: f64 = 0.95;

/// Threads, a way to stop, a way to tell how far it is, and whoever keeps what is done.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Threads to work on replications; 0 for one a processor.
    pub threads: usize,
    /// Raised by somebody who wants the experiment to stop; complete replications are kept.
    pub stop: &'a AtomicBool,
    /// Confidence of every single interval, strictly between 0 and 1; [`CONFIDENCE`] unless stated.
    pub confidence: f64,
    /// Told after every replication: how many are done, of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Who keeps what is done, so that a process that is ended can be gone on with; nobody, if nobody need.
    pub keeper: Option<&'a dyn Keeper>,
}

impl<'a> Options<'a> {
    /// So many threads and [`CONFIDENCE`]; nobody is told how far it is, and nothing is kept.
    pub const fn plain(threads: usize, stop: &'a AtomicBool) -> Options<'a> {
        Options { threads, stop, confidence: CONFIDENCE, progress: &|_, _| {}, keeper: None }
    }
}
