//! The future-event list: what will happen, soonest first.

use crate::units::SimTime;

/// Kinds of event, in the order in which events of the same instant happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Kind {
    /// A piece of work is done by the person `target`.
    Done = 0,
    /// A piece of work is done at a desk of infinitely many people, for the case `target`.
    DoneAlone = 1,
    /// A timer of the case `target` runs out.
    Alarm = 2,
    /// Somebody comes or goes; the roster knows who.
    Shift = 3,
    /// The next arrival of the stream `target`.
    Arrival = 4,
    /// The state is looked at; `target` says for what.
    Look = 5,
}

/// One entry: when, in which order among the same instant, and what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub(super) time: SimTime,
    /// Kind in the top byte, then the sequence number.
    order: u64,
    /// Whom or what it is about.
    pub(super) target: u32,
    /// Tells an entry that still holds from one that was overtaken.
    pub(super) stamp: u32,
}

impl Event {
    #[inline]
    pub(super) fn kind(&self) -> Kind {
        match self.order >> 56 {
            0 => Kind::Done,
            1 => Kind::DoneAlone,
            2 => Kind::Alarm,
            3 => Kind::Shift,
            4 => Kind::Arrival,
            _ => Kind::Look,
        }
    }

    #[inline]
    fn rank(&self) -> u128 {
        u128::from(self.time.micros()) << 64 | u128::from(self.order)
    }
}

/// The future-event list, a heap of four children to each parent.
///
/// Events of one instant come out by kind (work done, timers, shifts, arrivals, looks), then in the
/// order in which they were scheduled, so that a run depends on its seed alone. Taking the first entry
/// leaves a hole at the top that the next entry fills in one pass: most events schedule one successor.
///
/// Overtaken entries stay until they come up or until there are too many of them for
/// what is inside, when [`Agenda::retain`] sweeps them out.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    heap: Vec<Event>,
    hole: bool,
    scheduled: u64,
}

impl Agenda {
    /// Put an event on the list.
    #[inline]
    pub(super) fn schedule(&mut self, time: SimTime, kind: Kind, target: u32, stamp: u32) {
        self.scheduled += 1;
        let event = Event { time, order: (kind as u64) << 56 | self.scheduled, target, stamp };
        if self.hole {
            self.hole = false;
            self.sink(event);
        } else {
            let last = self.heap.len();
            self.heap.push(event);
            self.rise(last, event);
        }
    }

    /// Take the first event from the list.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Event> {
        self.fill();
        let first = self.heap.first().copied();
        self.hole = first.is_some();
        first
    }

    /// Entries on the list, overtaken ones included.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.heap.len() - usize::from(self.hole)
    }

    /// Keep only the entries for which `holds`.
    pub(super) fn retain(&mut self, holds: impl FnMut(&Event) -> bool) {
        self.fill();
        self.heap.retain(holds);
        for at in (0..self.heap.len().div_ceil(4)).rev() {
            let event = self.heap[at];
            self.sink_from(at, event);
        }
    }

    #[inline]
    fn fill(&mut self) {
        if self.hole {
            self.hole = false;
            if let Some(last) = self.heap.pop()
                && !self.heap.is_empty()
            {
                self.sink(last);
            }
        }
    }

    #[inline]
    fn rise(&mut self, mut at: usize, event: Event) {
        let rank = event.rank();
        while 0 < at {
            let parent = (at - 1) >> 2;
            if self.heap[parent].rank() <= rank {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = event;
    }

    #[inline(always)]
    fn sink(&mut self, event: Event) {
        self.sink_from(0, event);
    }

    #[inline(always)]
    fn sink_from(&mut self, mut at: usize, event: Event) {
        let rank = event.rank();
        let heap = &mut self.heap[..];
        loop {
            let first = 4 * at + 1;
            let Some(children) = heap.get(first..) else { break };
            let (least, least_rank) = match children {
                [] => break,
                [a, b, c, d, ..] => {
                    let left = earlier((0, a.rank()), (1, b.rank()));
                    let right = earlier((2, c.rank()), (3, d.rank()));
                    earlier(left, right)
                }
                few => few
                    .iter()
                    .map(Event::rank)
                    .enumerate()
                    .reduce(earlier)
                    .expect("there is at least one"),
            };
            if rank <= least_rank {
                break;
            }
            heap[at] = children[least];
            at = first + least;
        }
        heap[at] = event;
    }
}

/// The earlier of two children; the first if there is nothing between them.
#[inline(always)]
fn earlier(a: (usize, u128), b: (usize, u128)) -> (usize, u128) {
    if b.1 < a.1 { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(agenda: &mut Agenda) -> Vec<(u64, u32)> {
        std::iter::from_fn(|| agenda.next())
            .map(|event| (event.time.micros(), event.target))
            .collect()
    }

    #[test]
    fn events_come_out_by_time_then_kind_then_order_of_scheduling() {
        let mut agenda = Agenda::default();
        for (time, kind, target) in [
            (5, Kind::Arrival, 1),
            (5, Kind::Done, 2),
            (3, Kind::Look, 3),
            (5, Kind::Done, 4),
            (9, Kind::Alarm, 5),
        ] {
            agenda.schedule(SimTime::from_micros(time), kind, target, 0);
        }
        assert_eq!(drain(&mut agenda), [(3, 3), (5, 2), (5, 4), (5, 1), (9, 5)]);
    }

    #[test]
    fn a_long_random_run_comes_out_sorted() {
        let mut agenda = Agenda::default();
        let mut state = 1u64;
        let mut last = 0;
        let mut taken = 0;
        for round in 0..20_000u64 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let now = last;
            agenda.schedule(SimTime::from_micros(now + (state >> 50)), Kind::Done, round as u32, 0);
            if state >> 63 == 1 || 500 < agenda.len() {
                let event = agenda.next().unwrap();
                assert!(last <= event.time.micros());
                last = event.time.micros();
                taken += 1;
            }
        }
        let rest = drain(&mut agenda);
        assert_eq!(taken + rest.len(), 20_000);
        assert!(rest.is_sorted_by_key(|&(time, _)| time));
    }

    #[test]
    fn sweeping_keeps_the_order_of_the_rest() {
        let mut agenda = Agenda::default();
        for i in 0..100u32 {
            agenda.schedule(SimTime::from_micros(u64::from(i * 37 % 100)), Kind::Alarm, i, i % 2);
        }
        agenda.next();
        agenda.retain(|event| event.stamp == 1);
        let rest = drain(&mut agenda);
        assert_eq!(rest.len(), 50);
        assert!(rest.is_sorted_by_key(|&(time, _)| time));
    }
}
