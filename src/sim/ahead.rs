//! Reading ahead: what the next events will touch is read for all of them at once.
//!
//! With many roles or people, what an event touches is far away in memory, piece behind piece: the person, the case in
//! hand, the desk, its counts. One event at a time, a run waits for each piece in turn; the pieces of several events
//! come together in the time of one. Nothing is changed, so outcomes do not depend on it.

use std::hint::black_box;

use crate::sim::agenda::Kind;
use crate::sim::case::{Case, NONE};
use crate::sim::desk::DeskState;
use crate::sim::observer::Observer;
use crate::sim::outcome::Bin;
use crate::sim::people::Worker;
use crate::sim::role_plan::{RolePlan, WorkPlan};
use crate::sim::run::Run;
use crate::units::SimTime;

impl<O: Observer> Run<'_, O> {
    /// The next few of a long list of events come near, and with them what they will touch.
    #[inline(never)]
    pub(super) fn bring_near(&mut self) {
        let near = self.agenda.refill();
        let workers = &self.workers;
        let done = || near.clone().filter(|event| event.is(Kind::Done));
        let held = || done().map(|event| (event.time, &workers[event.target() as usize]));
        held().for_each(|(_, worker)| worker.read_ahead());
        for (_, worker) in held() {
            self.desks[worker.role as usize].read_ahead();
            if worker.case != NONE {
                self.cases[worker.case].read_ahead();
            }
        }
        for (time, worker) in held().filter(|(_, worker)| worker.case != NONE) {
            let desk = &self.desks[worker.role as usize];
            desk.read_counts_ahead(time, time - self.cases[worker.case].joined);
        }
        for (_, worker) in held() {
            if let Some(first) = self.desks[worker.role as usize].lines.first() {
                self.cases[first.case].read_ahead();
            }
        }
    }

    /// The desks that those who come next will pass on to from the one where they arrive.
    #[inline(never)]
    pub(super) fn bring_arrivals_near(&self, number: u32) {
        let Some(keys) = self.sources[number as usize].just_drawn() else { return };
        let Some(first) = self.plan.direct.first().copied().flatten() else { return };
        let WorkPlan::Serve(service) = &self.plan.roles[first as usize].work else { return };
        for branch in keys.filter_map(|key| service.branch_of(0, key, 1)) {
            self.bring_desk_near(branch.to);
        }
    }

    /// All that a case which comes to this desk will touch there.
    #[inline(always)]
    pub(super) fn bring_desk_near(&self, at: u32) {
        let desk = &self.desks[at as usize];
        desk.read_ahead();
        black_box(desk.lines.last().map(|entry| entry.case));
        self.plan.roles[at as usize].read_ahead();
    }
}

impl Worker {
    fn read_ahead(&self) {
        black_box((self.since, self.bins[Bin::Answer as usize]));
    }
}

impl RolePlan {
    /// What is done there.
    #[inline]
    fn read_ahead(&self) {
        black_box(std::mem::discriminant(&self.work));
    }
}

impl Case {
    fn read_ahead(&self) {
        black_box((self.joined, self.key));
    }
}

impl DeskState<'_> {
    /// The desk itself.
    #[inline]
    fn read_ahead(&self) {
        black_box((self.waiting, self.lines.entries, self.visits.done));
        self.pending.read_ahead();
    }

    /// What somebody's being done after so long a visit will count, and what the taking up of the next.
    fn read_counts_ahead(&self, now: SimTime, inside: SimTime) {
        if self.gathers {
            return;
        }
        self.tally.inside.read_ahead(inside);
        self.tally.time_at_number.read_ahead(self.waiting + self.working);
        if let Some(first) = self.lines.first() {
            self.tally.wait.read_ahead(now.since(first.since));
        }
    }
}
