//! What ends a run that cannot end well.

use std::cmp::Reverse;
use std::sync::atomic::Ordering;

use crate::sim::desk::DeskState;
use crate::sim::observer::Observer;
use crate::sim::outcome::Stop;
use crate::sim::run::Run;
use crate::units::SimTime;

/// Most cases inside before a run is stopped.
const MOST_INSIDE: usize = 10_000_000;
/// Most events at one instant, beside those of who comes at it.
const MOST_AT_ONCE: u64 = 1_000_000;
/// Most events at one instant for each who comes at it: passed on at once, again and again.
const MOST_OF_ONE: u64 = 64;
/// So many inside fit into any memory.
const FEW_INSIDE: usize = 65_536;
/// Bytes that are asked for with a case more: 560 were taken by each of ten million at one desk, and what holds them
/// grows by doubling.
const BYTES_A_CASE: u64 = 1_024;
/// After the last arrival, a run until all is done waits this long for people to come.
const PATIENCE_OF_RUN: SimTime = SimTime::WEEK.times(520);

/// What was seen when it was last looked whether a run can go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    /// The instant.
    since: SimTime,
    /// Events at this instant so far.
    events: u64,
    /// Inquiries that had come before.
    arrived: u64,
    /// The number inside at which the machine is next asked for memory.
    next_asked: usize,
}

impl Default for Guard {
    fn default() -> Guard {
        Guard { since: SimTime::ZERO, events: 0, arrived: 0, next_asked: FEW_INSIDE }
    }
}

impl<O: Observer> Run<'_, O> {
    /// Now and then, so many events after the last time: was a stop asked for, does time go on, is too much inside, will
    /// this ever end?
    #[cold]
    pub(super) fn check(&mut self, events: u64) -> Option<Stop> {
        let arrived = self.books.conservation.arrived;
        if self.guard.since < self.now {
            self.guard = Guard { since: self.now, events: 0, arrived, ..self.guard };
        }
        self.guard.events += events;
        if MOST_AT_ONCE + MOST_OF_ONE * (arrived - self.guard.arrived) < self.guard.events {
            return Some(Stop::NoProgress);
        }
        if self.asked_to_stop() {
            return Some(Stop::Asked);
        }
        if MOST_INSIDE < self.cases.inside() {
            return Some(Stop::TooMany(self.fullest()));
        }
        if self.guard.next_asked <= self.cases.inside() && !self.has_memory() {
            return Some(Stop::NoMemory(self.fullest()));
        }
        let endless = self.nothing_comes() && self.last_arrival + PATIENCE_OF_RUN < self.now;
        endless.then(|| Stop::Stuck(self.fullest()))
    }

    /// Whether somebody wants the run to stop.
    pub(super) fn asked_to_stop(&self) -> bool {
        self.task.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// Whether the machine has memory for twice as many as are inside now; asked again after an eighth more.
    fn has_memory(&mut self) -> bool {
        let inside = self.cases.inside();
        self.guard.next_asked = inside + inside / 8;
        self.task.memory.is_none_or(|has| has(BYTES_A_CASE * inside as u64))
    }

    /// The role where most cases wait.
    pub(super) fn fullest(&self) -> u32 {
        let waiting = |desk: &DeskState<'_>| desk.waiting;
        (0..self.desks.len()).max_by_key(|&i| (waiting(&self.desks[i]), Reverse(i))).unwrap_or(0)
            as u32
    }
}
