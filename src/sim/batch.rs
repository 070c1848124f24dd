//! Customers who come at the same instant.

use crate::draws::{Key, Purpose};
use crate::model::{Batches, Shares};
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
    /// All of these at the beginning, the more urgent first.
    pub(super) fn backlog(mut keys: Vec<Key>, urgency: impl Fn(&Key) -> u8) -> Batch {
        keys.sort_by_key(urgency);
        keys.reverse();
        Batch { number: 0, at: SimTime::ZERO, waiting: keys }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Number of the next batch.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// A batch arrives. It lands whole before anybody picks: where some desk minds urgency, the more
    /// urgent of it go first.
    pub(super) fn land(
        &mut self,
        at: SimTime,
        key: Key,
        sizes: &Batches,
        urgency: &[u8],
        topics: &Shares,
    ) {
        self.number += 1;
        self.at = at;
        let size = sizes.size(key.unit(Purpose::Batch, 0));
        self.waiting.extend((1..size).map(|member| key.child(member)));
        self.waiting.insert(0, key);
        if 1 < size && !urgency.is_empty() && 1 < topics.len() {
            self.waiting.sort_by_key(|key| urgency[topics.pick(key.unit(Purpose::Topic, 0))]);
        }
        self.waiting.reverse();
    }

    /// The next of the batch.
    pub(super) fn next(&mut self) -> (SimTime, Key) {
        let key = self.waiting.pop().expect("a batch has somebody before it is asked");
        (self.at, key)
    }
}
