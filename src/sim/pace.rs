//! A person's pace: turning to something else, fatigue, and what load does to speed and care.

use crate::draws::Key;
use crate::model::{Fatigue, Overload};
use crate::sim::case::{NONE, Stage};
use crate::sim::observer::Observer;
use crate::sim::people::TASK;
use crate::sim::run::Run;
use crate::units::SimTime;

/// What a person was at last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// Nothing yet.
    #[default]
    Nothing,
    /// A duty, or an absence.
    Away,
    /// A case.
    Case(Key),
    /// Work that nobody waits for: a mention, or a task without a key.
    Beside(Option<Key>),
}

/// What changes the pace of one person.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    last: Last,
    /// Time without work since the last piece began.
    rested: SimTime,
    /// Since when the person works without a rest.
    fresh: SimTime,
    /// Beginning of the present stretch of dense work, and the free time in it.
    stretch: SimTime,
    free: SimTime,
    /// Whether that stretch has been too long.
    strained: bool,
}

impl Pace {
    /// Nothing was to be done for so long.
    pub(super) fn rest(&mut self, length: SimTime) {
        self.rested += length;
    }

    /// A shift begins: whatever was before is over.
    pub(super) fn begin_shift(&mut self, now: SimTime) {
        (self.fresh, self.stretch) = (now, now);
        (self.rested, self.free) = (SimTime::ZERO, SimTime::ZERO);
        self.strained = false;
    }

    /// Goes to a duty, or is absent for so long.
    pub(super) fn go_away(&mut self, absent: Option<SimTime>) {
        self.last = Last::Away;
        self.rest(absent.unwrap_or_default());
    }

    /// Share by which work is longer after so long without a rest.
    fn tired(&mut self, fatigue: &Fatigue, now: SimTime) -> f64 {
        if fatigue.rest <= self.rested {
            self.fresh = now;
        }
        now.since(self.fresh).since(fatigue.after).hours() * fatigue.slower_each_hour
    }

    /// Whether a stretch with this much work has lasted too long. More free time than that ends it.
    fn is_overloaded(&mut self, overload: &Overload, now: SimTime) -> bool {
        self.free += self.rested;
        let length = now.since(self.stretch);
        if length.max(overload.after).scaled(1.0 - overload.above) < self.free {
            (self.stretch, self.free) = (now, SimTime::ZERO);
        }
        overload.after <= now.since(self.stretch)
    }
}

impl<O: Observer> Run<'_, O> {
    /// A person begins a piece of work on a case, a mention or a task: their pace from now on, and what it takes to
    /// turn to it, at standard speed.
    pub(super) fn turn_to(&mut self, person: u32, what: u32) -> SimTime {
        if self.workers[person as usize].pace.is_none() {
            return SimTime::ZERO;
        }
        let at = self.workers[person as usize].role;
        let role = &self.task.organization.role(crate::model::RoleId(at)).habits;
        let now = self.now;
        let to = match what {
            TASK => Last::Beside(None),
            case if self.cases[case].stage == Stage::Mention => {
                Last::Beside(Some(self.cases[case].key))
            }
            case => Last::Case(self.cases[case].key),
        };
        let desk = &self.desks[at as usize];
        let there = desk.present.saturating_sub(desk.away).max(1);
        let crowd = (f64::from(desk.waiting) / f64::from(there)).min(1.0);
        let worker = &mut self.workers[person as usize];
        let Some(pace) = &mut worker.pace else { return SimTime::ZERO };
        let turning = match (pace.last, to) {
            (Last::Nothing, _) => SimTime::ZERO,
            (Last::Case(before), Last::Case(now)) if before == now => SimTime::ZERO,
            (Last::Beside(Some(before)), Last::Beside(Some(now))) if before == now => SimTime::ZERO,
            (Last::Case(_), Last::Case(_)) | (Last::Beside(_), Last::Beside(_)) => {
                role.switching.cases
            }
            _ => role.switching.kinds,
        };
        pace.last = to;
        let tired = role.fatigue.as_ref().map_or(0.0, |fatigue| pace.tired(fatigue, now));
        let overload = role.strain.overload.as_ref();
        pace.strained = overload.is_some_and(|overload| pace.is_overloaded(overload, now));
        pace.rested = SimTime::ZERO;
        let slower = overload.filter(|_| pace.strained).map_or(0.0, |overload| overload.slower);
        let speed = (1.0 + role.strain.hurry * crowd) * (1.0 - slower);
        worker.times = worker.rested_times * (1.0 + tired) / speed;
        turning
    }

    /// Factor on the probability that somebody's reply is wrong.
    pub(super) fn errors_of(&self, person: u32) -> f64 {
        if person == NONE {
            return 1.0;
        }
        let worker = &self.workers[person as usize];
        if !worker.pace.as_ref().is_some_and(|pace| pace.strained) {
            return 1.0;
        }
        let role = &self.task.organization.role(crate::model::RoleId(worker.role)).habits;
        role.strain.overload.as_ref().map_or(1.0, |overload| overload.errors)
    }
}
