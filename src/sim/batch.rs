//! Customers who come at the same instant.

use crate::draws::Key;
use crate::units::SimTime;

/// The batch of a stream that is arriving, and how many there have been.
///
/// The first of a batch has the key of the batch, the others are its children: how many came before
/// moves nobody.
#[derive(Debug, Default)]
pub(super) struct Batch {
    number: u64,
    at: SimTime,
    /// Who is still to come, last first.
    waiting: Vec<Key>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Number of the next batch.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// These arrive together. They land whole before anybody picks: the more urgent of them go first.
    pub(super) fn land(
        &mut self,
        at: SimTime,
        keys: impl IntoIterator<Item = Key>,
        urgency: impl Fn(&Key) -> u8,
    ) {
        self.number += 1;
        self.at = at;
        self.waiting.extend(keys);
        self.waiting.sort_by_key(urgency);
        self.waiting.reverse();
    }

    /// The next of the batch.
    pub(super) fn next(&mut self) -> (SimTime, Key) {
        let key = self.waiting.pop().expect("a batch has somebody before it is asked");
        (self.at, key)
    }
}
