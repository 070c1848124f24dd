//! The count of contacts inside: inquiries and their duplicates, from arriving to leaving the house.

use crate::sim::desk::DeskState;
use crate::sim::outcome::{Conservation, Most, TopicInside};
use crate::tally::{Area, Histogram, TimeAt, count_within, square};
use crate::units::SimTime;

/// Inquiries that wait for their first reply.
#[derive(Debug, Default)]
pub(super) struct Unanswered {
    pub(super) count: u64,
    /// Most of them in the time that counts.
    pub(super) most: Most,
}

impl Unanswered {
    /// One more, in the time that counts or not.
    #[inline(always)]
    pub(super) fn come(&mut self, now: SimTime, counts: bool) {
        self.count += 1;
        if self.most.number < self.count && counts {
            self.most = Most { number: self.count, at: now };
        }
    }
}

/// Contacts inside, and what Little's law needs to be checked exactly.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    pub(super) inside: u64,
    touched: SimTime,
    arrived: u64,
    closed: u64,
    /// ∫ number inside dt.
    pub(super) area: Area,
    /// Whether whoever is inside is at a desk, so that the desks know the area; and the area when they last began anew.
    by_desks: bool,
    before: Area,
    /// Time at each number inside, if asked for.
    pub(super) times: TimeAt,
    pub(super) tells_times: bool,
    /// Σ time that each of those who left was inside.
    time_inside: u128,
    /// By topic, where topics are told apart: those who left in the time that counts.
    pub(super) left: Vec<TopicInside>,
    /// How their times inside are distributed, if asked for.
    pub(super) left_times: Vec<Histogram>,
}

impl Contacts {
    /// Nobody inside so far; `tells_times`: the time at each number is kept; `at_desks`: nobody is ever elsewhere.
    pub(super) fn nobody(tells_times: bool, at_desks: bool) -> Contacts {
        Contacts { tells_times, by_desks: at_desks && !tells_times, ..Contacts::default() }
    }

    /// One more comes in.
    #[inline]
    pub(super) fn come(&mut self, now: SimTime) {
        if !self.by_desks {
            self.touch(now);
        }
        self.arrived += 1;
        self.inside += 1;
    }

    /// One that had arrived at `arrived` leaves.
    #[inline(always)]
    pub(super) fn go(&mut self, now: SimTime, arrived: SimTime) {
        if !self.by_desks {
            self.touch(now);
        }
        self.closed += 1;
        self.inside -= 1;
        self.time_inside += u128::from((now - arrived).micros());
    }

    /// One about this topic of so many left in the time that counts, after so long.
    pub(super) fn left_about(
        &mut self,
        topic: usize,
        topics: usize,
        inside: SimTime,
        thresholds: &[SimTime],
    ) {
        if self.left.is_empty() {
            let inside_within = vec![0; thresholds.len()];
            self.left = vec![TopicInside { inside_within, ..TopicInside::default() }; topics];
        }
        let of = &mut self.left[topic];
        of.left += 1;
        of.inside_micros += u128::from(inside.micros());
        of.inside_squares += square(inside);
        count_within(&mut of.inside_within, inside, thresholds);
    }

    /// How long they were inside, where the study asks how these times are distributed.
    pub(super) fn left_after(&mut self, topic: usize, topics: usize, inside: SimTime) {
        self.left_times.resize(topics, Histogram::default());
        self.left_times[topic].record(inside);
    }

    /// Bring the area up to `now`.
    pub(super) fn follow(&mut self, desks: &mut [DeskState<'_>], now: SimTime) {
        if !self.by_desks {
            return self.touch(now);
        }
        let number = |desk: &mut DeskState<'_>| {
            desk.touch(now);
            desk.settled().time_at_number.area()
        };
        let since: u128 = desks.iter_mut().map(number).sum();
        self.area = Area::of(self.before.micros() + since);
    }

    /// The same, where the tallies of the desks begin anew after it.
    pub(super) fn follow_to_the_end(&mut self, desks: &mut [DeskState<'_>], now: SimTime) {
        self.follow(desks, now);
        self.before = self.area;
    }

    #[inline]
    fn touch(&mut self, now: SimTime) {
        let length = now - self.touched;
        self.area.add(self.inside, length.micros());
        if self.tells_times {
            self.times.add(self.inside, length);
        }
        self.touched = now;
    }

    /// Report; those still inside have been counted by the caller.
    pub(super) fn tell(&self, conservation: &mut Conservation) {
        conservation.contacts = self.arrived;
        conservation.contacts_closed = self.closed;
        conservation.area_micros = self.area.micros();
        conservation.inside_micros += self.time_inside;
    }
}
