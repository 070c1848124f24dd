//! The count of contacts inside: inquiries and their duplicates, from arriving to leaving the house.

use crate::sim::outcome::{Conservation, TopicInside};
use crate::tally::{Area, TimeAt, count_within};
use crate::units::SimTime;

/// Contacts inside, and what Little's law needs to be checked exactly.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    pub(super) inside: u64,
    touched: SimTime,
    arrived: u64,
    closed: u64,
    /// ∫ number inside dt.
    pub(super) area: Area,
    /// Time at each number inside, if asked for.
    pub(super) times: TimeAt,
    pub(super) tells_times: bool,
    /// Σ time that each of those who left was inside.
    time_inside: u128,
    /// By topic, where topics are told apart: those who left in the time that counts.
    pub(super) left: Vec<TopicInside>,
}

impl Contacts {
    /// Nobody inside so far; `tells_times`: the time at each number is kept.
    pub(super) fn telling_times(tells_times: bool) -> Contacts {
        Contacts { tells_times, ..Contacts::default() }
    }

    /// One more comes in.
    #[inline]
    pub(super) fn come(&mut self, now: SimTime) {
        self.touch(now);
        self.arrived += 1;
        self.inside += 1;
    }

    /// One that had arrived at `arrived` leaves.
    #[inline(always)]
    pub(super) fn go(&mut self, now: SimTime, arrived: SimTime) {
        self.touch(now);
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
        of.inside_squares += (inside.micros() as f64) * (inside.micros() as f64);
        count_within(&mut of.inside_within, inside, thresholds);
    }

    /// Bring the area up to `now`.
    #[inline]
    pub(super) fn touch(&mut self, now: SimTime) {
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
