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
    /// The next session of the duty `target` falls due.
    Session = 4,
    /// Listening has gone on long enough to find the next mention of the channel `target`.
    Found = 5,
    /// The next arrival of the stream `target`.
    Arrival = 6,
    /// The member `target` of a limited population comes.
    Return = 7,
    /// The state is looked at; `target` says for what.
    Look = 8,
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
    /// Later than any other.
    const LAST: Event = Event { time: SimTime::NEVER, order: u64::MAX, target: 0, stamp: 0 };

    #[inline]
    pub(super) fn kind(&self) -> Kind {
        match self.order >> 56 {
            0 => Kind::Done,
            1 => Kind::DoneAlone,
            2 => Kind::Alarm,
            3 => Kind::Shift,
            4 => Kind::Session,
            5 => Kind::Found,
            6 => Kind::Arrival,
            7 => Kind::Return,
            _ => Kind::Look,
        }
    }

    /// Whether it happens before another.
    #[inline(always)]
    fn before(&self, other: &Event) -> bool {
        self.time < other.time || (self.time == other.time && self.order < other.order)
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
#[derive(Debug)]
pub(super) struct Agenda {
    /// The entries, then at least three that are later than any, so that each parent has four children.
    heap: Vec<Event>,
    /// Entries in use, the hole included.
    used: usize,
    hole: bool,
    scheduled: u64,
}

/// Children of a parent.
const ARITY: usize = 4;

impl Default for Agenda {
    fn default() -> Agenda {
        Agenda { heap: vec![Event::LAST; ARITY], used: 0, hole: false, scheduled: 0 }
    }
}

impl Agenda {
    /// Put an event on the list.
    #[inline]
    pub(super) fn schedule(&mut self, time: SimTime, kind: Kind, target: u32, stamp: u32) {
        self.scheduled += 1;
        let event = Event { time, order: (kind as u64) << 56 | self.scheduled, target, stamp };
        if self.hole {
            self.hole = false;
            self.sink(0, event);
        } else {
            let at = self.used;
            self.used += 1;
            self.heap.push(Event::LAST);
            self.rise(at, event);
        }
    }

    /// Take the first event from the list.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Event> {
        if self.hole {
            self.fill();
        }
        self.hole = 0 < self.used;
        self.hole.then(|| self.heap[0])
    }

    /// Entries on the list, overtaken ones included.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.used - usize::from(self.hole)
    }

    /// Keep only the entries for which `holds`.
    pub(super) fn retain(&mut self, holds: impl FnMut(&Event) -> bool) {
        if self.hole {
            self.fill();
        }
        self.heap.truncate(self.used);
        self.heap.retain(holds);
        self.used = self.heap.len();
        self.heap.resize(self.used + ARITY, Event::LAST);
        for at in (0..self.used.div_ceil(ARITY)).rev() {
            let event = self.heap[at];
            self.sink(at, event);
        }
    }

    /// The last entry takes the place of the hole.
    #[inline]
    fn fill(&mut self) {
        self.hole = false;
        self.used -= 1;
        let last = std::mem::replace(&mut self.heap[self.used], Event::LAST);
        self.heap.pop();
        if 0 < self.used {
            self.sink(0, last);
        }
    }

    #[inline(always)]
    fn rise(&mut self, mut at: usize, event: Event) {
        let heap = &mut self.heap[..];
        while 0 < at {
            let parent = (at - 1) / ARITY;
            let above = heap[parent];
            if above.before(&event) {
                break;
            }
            heap[at] = above;
            at = parent;
        }
        heap[at] = event;
    }

    #[inline(always)]
    fn sink(&mut self, mut at: usize, event: Event) {
        let used = self.used;
        let heap = &mut self.heap[..];
        loop {
            let first = ARITY * at + 1;
            if used <= first {
                break;
            }
            let Some(children) = heap[first..].first_chunk() else { break };
            let least = first_of(children);
            let child = children[least];
            if event.before(&child) {
                break;
            }
            heap[at] = child;
            at = first + least;
        }
        heap[at] = event;
    }
}

/// Which of the children comes first: by time, without a branch; if two are of one time, by rank.
#[inline(always)]
fn first_of(children: &[Event; ARITY]) -> usize {
    let [a, b, c, d] = children.each_ref().map(|child| child.time);
    let (left, right) = (a.min(b), c.min(d));
    let (x, y, pair) = if right < left { (c, d, 2) } else { (a, b, 0) };
    if x == y || left == right {
        return first_of_equals(children);
    }
    pair + usize::from(y < x)
}

#[cold]
#[inline(never)]
fn first_of_equals(children: &[Event; ARITY]) -> usize {
    let ranks = children.iter().map(Event::rank).enumerate();
    ranks.min_by_key(|&(_, rank)| rank).map_or(0, |(at, _)| at)
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
