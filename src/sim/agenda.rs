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
    /// Kind in the top byte, urgency in the next, then the sequence number.
    order: u64,
    /// Target, then stamp: one word, so that it is read back as it was written.
    what: u64,
}

impl Event {
    /// Later than any other.
    const LAST: Event = Event { time: SimTime::NEVER, order: u64::MAX, what: 0 };
    /// Somebody comes or goes: the first of its kind.
    const SHIFT: u64 = (Kind::Shift as u64) << 56;

    /// Whom or what it is about.
    #[inline(always)]
    pub(super) fn target(&self) -> u32 {
        self.what as u32
    }

    /// Tells an entry that still holds from one that was overtaken.
    #[inline(always)]
    pub(super) fn stamp(&self) -> u32 {
        (self.what >> 32) as u32
    }

    /// Whether it is of this kind.
    #[inline(always)]
    pub(super) fn is(&self, kind: Kind) -> bool {
        self.order >> 56 == kind as u64
    }

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

/// The future-event list: a short sorted list of what comes next, and a heap for what comes later.
///
/// Events of one instant come out by kind (work done, timers, shifts, arrivals, looks), then in the
/// order in which they were scheduled, so that a run depends on its seed alone. A small system lives in
/// the sorted list, where an insertion passes half of what is there and taking is one step; a large one
/// in the heap, which the list takes from a few at a time.
///
/// Overtaken entries stay until they come up or until there are too many of them for
/// what is inside, when [`Agenda::retain`] sweeps them out.
#[derive(Debug)]
pub(super) struct Agenda {
    /// What comes next, soonest last. Its first entry, even one that was taken already, is before anything in `far`.
    near: Near,
    close: usize,
    /// Four children to each parent, then at least three entries that are later than any, so that each
    /// parent has four children.
    far: Vec<Event>,
    used: usize,
    /// When somebody next comes or goes, and how many such events there are, 0 or 1: they need no place in a list.
    shift: SimTime,
    shifts: usize,
    scheduled: u64,
}

/// Most entries of the sorted list.
const NEAR: usize = 32;
/// How many entries the sorted list takes from the heap at once.
const REFILL: usize = 16;
/// Children of a parent.
const ARITY: usize = 4;

/// The sorted list, word by word: an entry is often taken a moment after it was put, and a processor hands a
/// word on at once only if it is read as it was written.
#[derive(Debug)]
struct Near {
    time: [SimTime; NEAR],
    order: [u64; NEAR],
    what: [u64; NEAR],
}

impl Near {
    #[inline(always)]
    fn at(&self, at: usize) -> Event {
        let at = at % NEAR;
        Event { time: self.time[at], order: self.order[at], what: self.what[at] }
    }

    #[inline(always)]
    fn put(&mut self, at: usize, event: Event) {
        let at = at % NEAR;
        (self.time[at], self.order[at], self.what[at]) = (event.time, event.order, event.what);
    }
}

impl Default for Agenda {
    fn default() -> Agenda {
        Agenda {
            near: Near { time: [SimTime::NEVER; NEAR], order: [u64::MAX; NEAR], what: [0; NEAR] },
            close: 0,
            far: vec![Event::LAST; ARITY],
            used: 0,
            shift: SimTime::NEVER,
            shifts: 0,
            scheduled: 0,
        }
    }
}

impl Agenda {
    /// Put an event on the list.
    #[inline(always)]
    pub(super) fn schedule(&mut self, time: SimTime, kind: Kind, target: u32, stamp: u32) {
        self.scheduled += 1;
        let order = (kind as u64) << 56 | self.scheduled;
        self.put(Event { time, order, what: u64::from(stamp) << 32 | u64::from(target) });
    }

    /// Put an event of the first instant on the list; of one kind, the more urgent happens first.
    pub(super) fn schedule_first(&mut self, kind: Kind, urgency: u8, target: u32) {
        self.scheduled += 1;
        let order = (kind as u64) << 56 | u64::from(urgency) << 48 | self.scheduled;
        self.put(Event { time: SimTime::ZERO, order, what: u64::from(target) });
    }

    #[inline(always)]
    fn put(&mut self, event: Event) {
        let comes_next = self.used == 0 || event.before(&self.near.at(0));
        if comes_next && self.close < NEAR {
            self.insert(event);
        } else {
            self.put_off(event, comes_next);
        }
    }

    /// Somebody next comes or goes then, or nobody any more.
    #[inline]
    pub(super) fn expect_shift(&mut self, time: Option<SimTime>) {
        self.shift = time.unwrap_or(SimTime::NEVER);
        self.shifts = usize::from(time.is_some());
    }

    /// Take the first event from the list, which is to be refilled before if it runs short.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<Event> {
        let last = self.close.wrapping_sub(1);
        let event = if self.close == 0 { Event::LAST } else { self.near.at(last) };
        if self.shift <= event.time && 0 < self.shifts {
            let shift = Event { time: self.shift, order: Event::SHIFT, what: 0 };
            if shift.before(&event) {
                self.expect_shift(None);
                return Some(shift);
            }
        }
        if self.close == 0 {
            return None;
        }
        self.close = last;
        Some(event)
    }

    /// Entries on the list, overtaken ones included.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.close + self.used + self.shifts
    }

    /// Keep only the entries for which `holds`.
    pub(super) fn retain(&mut self, mut holds: impl FnMut(&Event) -> bool) {
        let mut kept = 0;
        for at in 0..self.close {
            let event = self.near.at(at);
            if holds(&event) {
                self.near.put(kept, event);
                kept += 1;
            }
        }
        self.close = kept;
        self.far.truncate(self.used);
        self.far.retain(holds);
        self.used = self.far.len();
        self.far.resize(self.used + ARITY, Event::LAST);
        for at in (0..self.used.div_ceil(ARITY)).rev() {
            let event = self.far[at];
            self.sink(at, event);
        }
    }

    /// Into the sorted list, which has room; whatever is sooner moves up.
    #[inline(always)]
    fn insert(&mut self, event: Event) {
        let mut at = self.close.min(NEAR - 1);
        self.close = at + 1;
        while 0 < at {
            let sooner = self.near.at(at - 1);
            if !sooner.before(&event) {
                break;
            }
            self.near.put(at, sooner);
            at -= 1;
        }
        self.near.put(at, event);
    }

    /// Into the heap; or into the list, the later half of which makes room by going into the heap.
    #[inline(never)]
    fn put_off(&mut self, event: Event, comes_next: bool) {
        if !comes_next {
            return self.push(event);
        }
        for at in 0..NEAR / 2 {
            self.push(self.near.at(at));
            let later = self.near.at(at + NEAR / 2);
            self.near.put(at, later);
        }
        self.close = NEAR / 2;
        if event.before(&self.near.at(0)) {
            self.insert(event);
        } else {
            self.push(event);
        }
    }

    /// Whether the list is empty while the heap is not.
    #[inline(always)]
    pub(super) fn runs_short(&self) -> bool {
        self.close == 0 && 0 < self.used
    }

    /// The first few of the heap become the list: which they are.
    pub(super) fn refill(&mut self) -> impl Iterator<Item = Event> + Clone + '_ {
        let taken = self.used.min(REFILL);
        for at in (0..taken).rev() {
            let event = self.pop();
            self.near.put(at, event);
        }
        self.close = taken;
        let near = &self.near;
        (0..taken).map(|at| near.at(at))
    }

    fn push(&mut self, event: Event) {
        let at = self.used;
        self.used += 1;
        self.far.push(Event::LAST);
        self.rise(at, event);
    }

    fn pop(&mut self) -> Event {
        let first = self.far[0];
        self.used -= 1;
        let last = std::mem::replace(&mut self.far[self.used], Event::LAST);
        self.far.pop();
        if 0 < self.used {
            self.sink(0, last);
        }
        first
    }

    #[inline(always)]
    fn rise(&mut self, mut at: usize, event: Event) {
        let heap = &mut self.far[..];
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
        let heap = &mut self.far[..];
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

    /// The first event of both lists.
    fn first(agenda: &mut Agenda) -> Option<Event> {
        if agenda.runs_short() {
            let _ = agenda.refill();
        }
        agenda.next()
    }

    fn drain(agenda: &mut Agenda) -> Vec<(u64, u32)> {
        std::iter::from_fn(|| first(agenda))
            .map(|event| (event.time.micros(), event.target()))
            .collect()
    }

    #[test]
    fn of_the_first_instant_the_more_urgent_comes_first() {
        let mut agenda = Agenda::default();
        agenda.schedule_first(Kind::Arrival, 2, 1);
        agenda.schedule_first(Kind::Arrival, 0, 2);
        agenda.schedule(SimTime::ZERO, Kind::Look, 3, 0);
        agenda.schedule_first(Kind::Arrival, 1, 4);
        agenda.schedule(SimTime::ZERO, Kind::Done, 5, 0);
        let targets: Vec<u32> = drain(&mut agenda).into_iter().map(|(_, target)| target).collect();
        assert_eq!(targets, [5, 2, 4, 1, 3]);
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
    fn shifts_change_after_work_is_done_and_timers_run_out_and_before_anybody_comes() {
        let at = SimTime::from_micros(5);
        let kinds = [
            Kind::Done,
            Kind::DoneAlone,
            Kind::Alarm,
            Kind::Shift,
            Kind::Session,
            Kind::Found,
            Kind::Arrival,
            Kind::Return,
            Kind::Look,
        ];
        let mut agenda = Agenda::default();
        agenda.expect_shift(Some(at));
        for (target, &kind) in kinds.iter().enumerate().rev() {
            if kind != Kind::Shift {
                agenda.schedule(at, kind, target as u32, 0);
            }
        }
        assert_eq!(agenda.len(), kinds.len());
        let told: Vec<Kind> =
            std::iter::from_fn(|| first(&mut agenda)).map(|of| of.kind()).collect();
        assert_eq!(told, kinds);
    }

    #[test]
    fn a_shift_waits_for_what_comes_sooner_and_may_be_called_off() {
        let mut agenda = Agenda::default();
        agenda.schedule(SimTime::from_micros(4), Kind::Look, 1, 0);
        agenda.expect_shift(Some(SimTime::from_micros(5)));
        assert_eq!(drain(&mut agenda), [(4, 1), (5, 0)]);
        agenda.expect_shift(Some(SimTime::from_micros(6)));
        agenda.expect_shift(None);
        assert_eq!((agenda.len(), drain(&mut agenda).len()), (0, 0));
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
                let event = first(&mut agenda).unwrap();
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
        first(&mut agenda);
        agenda.retain(|event| event.stamp() == 1);
        let rest = drain(&mut agenda);
        assert_eq!(rest.len(), 50);
        assert!(rest.is_sorted_by_key(|&(time, _)| time));
    }
}
