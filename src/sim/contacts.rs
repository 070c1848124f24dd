//! The count of contacts inside: inquiries and their duplicates, from arriving to leaving the house.

use crate::sim::outcome::Conservation;
use crate::tally::Area;
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
    /// Σ time that each of those who left was inside.
    time_inside: u128,
}

impl Contacts {
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

    /// Bring the area up to `now`.
    #[inline]
    pub(super) fn touch(&mut self, now: SimTime) {
        self.area.add(self.inside, (now - self.touched).micros());
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
