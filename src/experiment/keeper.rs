//! Somebody who keeps what is done, so that it need not be done again.

use std::sync::Mutex;

use super::continued::Continued;
use super::kept::{Kept, Packed, Words};
use super::merged::Merged;
use super::replication::Replication;

/// Keeps the replications of a command's experiments while they are run.
///
/// A command runs its experiments in steps, see [`go_on`](super::go_on). They come in the same order whenever it is given,
/// and each depends on the results of those before it alone. So what is kept of a step can be used by the same step of the same
/// command later, and what comes of it has the same bits. Whether it is the same command is for the keeper to know.
pub trait Keeper: Sync {
    /// The number of the step that begins now.
    fn begin(&self) -> u64;

    /// The bytes that were kept of a step before; they are not asked for twice.
    fn kept(&self, step: u64) -> Option<Vec<u8>>;

    /// Whether it is time to keep a step that is not done yet. Asked after every replication, by whichever thread ran it.
    fn is_due(&self) -> bool;

    /// Keep what a step has come to; and whether it is done. Its bytes take the place of those before.
    fn keep(&self, step: u64, bytes: Vec<u8>, is_done: bool);
}

/// A design's replications while more of them are run, with what they add up to: always both.
pub(super) struct Growing<'m> {
    pub(super) runs: Vec<Option<Replication>>,
    pub(super) merged: &'m mut Merged,
}

/// Experiments under way: their designs in order.
pub(super) type UnderWay<'m> = Vec<Vec<Mutex<Growing<'m>>>>;

/// A step and whoever keeps it.
#[derive(Clone, Copy)]
pub(super) struct Step<'k> {
    keeper: &'k dyn Keeper,
    number: u64,
}

impl<'k> Step<'k> {
    /// The next step of this keeper.
    pub(super) fn next(keeper: &'k dyn Keeper) -> Step<'k> {
        Step { keeper, number: keeper.begin() }
    }

    /// Put what was kept of this step in the place of what the experiments have, if it fits them.
    pub(super) fn bring_back(&self, experiments: &mut [(&mut Continued<'_>, u32)]) {
        let Some(bytes) = self.keeper.kept(self.number) else { return };
        let mut words = Words::of(&bytes);
        let back: Option<Vec<_>> =
            experiments.iter().map(|(of, upto)| of.resumed(*upto, &mut words)).collect();
        if let Some(back) = back.filter(|_| words.is_empty()) {
            experiments.iter_mut().zip(back).for_each(|((of, _), back)| of.replace(back));
        }
    }

    /// Keep what there is, if it is time to.
    pub(super) fn keep_if_due(&self, experiments: &UnderWay<'_>) {
        if self.keeper.is_due() {
            self.keep(experiments, false);
        }
    }

    /// Keep what there is. A design's replications and their sums are taken at one moment.
    pub(super) fn keep(&self, experiments: &UnderWay<'_>, is_done: bool) {
        let mut words = Packed::default();
        for design in experiments.iter().flatten() {
            let growing = design.lock().expect("nobody panicked");
            growing.runs.keep(&mut words);
            growing.merged.keep(&mut words);
        }
        self.keeper.keep(self.number, words.into_bytes(), is_done);
    }
}
