//! How an experiment is run, as far as that cannot change its numbers.

use std::sync::atomic::AtomicBool;

/// Threads, a way to stop and a way to tell how far it is.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Threads to work on replications; 0 for one a processor.
    pub threads: usize,
    /// Raised by somebody who wants the experiment to stop; complete replications are kept.
    pub stop: &'a AtomicBool,
    /// Told after every replication: how many are done, of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}
