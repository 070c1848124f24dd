//! Holding on: whoever hands a case over warm, or asks and waits, stays with it until the other desk has taken it up.
//!
//! The visit at the holder's desk goes on meanwhile, so that the desk's numbers and its people's minutes agree.
//! The case itself waits, or is worked on, at the other desk.

use crate::sim::agenda::Kind;
use crate::sim::case::{NONE, Piece, Place, flag};
use crate::sim::observer::Observer;
use crate::sim::outcome::Bin;
use crate::sim::people::Doing;
use crate::sim::role_plan::LinkPlan;
use crate::sim::run::Run;
use crate::units::SimTime;

/// Who stays with a case that another desk has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// The holder's desk; no desk if nobody holds the case.
    at: u32,
    /// The holder; nobody in particular at a desk of infinitely many.
    by: u32,
    /// When the visit to the holder's desk began.
    joined: SimTime,
    /// Context that is kept if the holder lets go before the case was talked through.
    keeps: f64,
}

impl Held {
    pub(super) const NOBODY: Held = Held { at: NONE, by: NONE, joined: SimTime::ZERO, keeps: 1.0 };

    /// Whether somebody holds the case.
    pub(super) fn is_on(&self) -> bool {
        self.at != NONE
    }
}

impl<O: Observer> Run<'_, O> {
    /// Whoever has the case in hand stays with it while it goes over this link; the visit here does not end.
    pub(super) fn hold_on(&mut self, place: u32, link: &LinkPlan, doing: Doing) {
        let case = &mut self.cases[place];
        case.tale.held =
            Held { at: case.at, by: case.person, joined: case.joined, keeps: link.keeps };
        case.ticket = case.ticket.wrapping_add(1);
        case.since = self.now;
        if case.person != NONE {
            self.workers[case.person as usize].doing = doing;
        }
    }

    /// A case that was handed over warm waits at the other desk: after so long its holder leaves it there.
    pub(super) fn hold_until(&mut self, place: u32, timeout: Option<SimTime>) {
        if let Some(timeout) = timeout
            && self.cases[place].place == Place::Queue
            && self.is_held(place)
        {
            self.cases[place].wake_at = self.now + timeout;
            self.arm(place);
        }
    }

    /// Whether somebody at another desk stays with the case.
    #[inline(always)]
    pub(super) fn is_held(&self, place: u32) -> bool {
        self.plan.holds && self.cases[place].tale.held.is_on()
    }

    /// The holder has waited long enough, or has to go: what was not talked through has to be read again.
    pub(super) fn turn_cold(&mut self, place: u32) {
        let case = &mut self.cases[place];
        let keeps = case.tale.held.keeps;
        case.tale.kept *= keeps;
        case.tale.lost = 1.0 - (1.0 - case.tale.lost) * keeps;
    }

    /// Nobody has taken the case up in time: it waits on as after a cold hand-off.
    pub(super) fn give_up_holding(&mut self, place: u32) {
        self.wait_alone(place);
        self.let_go(place);
    }

    /// A case that nobody holds any more waits on at the other desk, where others may help out from now on.
    fn wait_alone(&mut self, place: u32) {
        self.turn_cold(place);
        self.cases[place].wake_at = SimTime::NEVER;
        if !self.cases[place].is(flag::OVERFLOWED) {
            self.expect_help(place);
        }
    }

    /// The holder is free again, as soon as what happens now has happened.
    pub(super) fn let_go(&mut self, place: u32) {
        let person = self.end_hold(place);
        self.free_soon(person);
    }

    /// Whoever held a case is free as soon as what happens now has happened.
    #[inline(always)]
    pub(super) fn free_soon(&mut self, person: u32) {
        if person != NONE {
            self.expect_free(person);
        }
    }

    #[inline(never)]
    fn expect_free(&mut self, person: u32) {
        let stamp = self.workers[person as usize].stamp;
        self.agenda.schedule(self.now, Kind::Done, person, stamp);
    }

    /// The visit at the holder's desk ends. The holder, if anybody in particular, is still at hand.
    pub(super) fn end_hold(&mut self, place: u32) -> u32 {
        let now = self.now;
        let held = std::mem::replace(&mut self.cases[place].tale.held, Held::NOBODY);
        let topic = self.cases[place].topic;
        let desk = &mut self.desks[held.at as usize];
        desk.touch(now);
        desk.end_visit(held.joined, topic, now);
        if held.by != NONE {
            self.serve(place, self.workers[held.by as usize].since);
            let worker = &mut self.workers[held.by as usize];
            worker.book(bin(worker.doing), now);
            worker.case = NONE;
        }
        held.by
    }

    /// The answer is there, or given up: an asker who stayed goes on at once. `false` if nobody did.
    pub(super) fn take_back(&mut self, place: u32) -> bool {
        if !self.is_held(place) {
            return false;
        }
        let now = self.now;
        let case = &mut self.cases[place];
        let held = std::mem::replace(&mut case.tale.held, Held::NOBODY);
        case.at = held.at;
        case.joined = held.joined;
        case.person = held.by;
        case.place = Place::InHand;
        case.since = now;
        case.set(flag::STARTED);
        if held.by != NONE {
            self.serve(place, self.workers[held.by as usize].since);
            let worker = &mut self.workers[held.by as usize];
            worker.book(bin(worker.doing), now);
            worker.doing = Doing::Case;
        }
        self.proceed(place);
        if self.desks[held.at as usize].role.preemptive {
            // whoever goes on may have something more urgent waiting
            self.reseat(held.at);
        }
        true
    }

    /// The shift of somebody who holds a case is over: a hand-off turns cold, a question waits on by itself.
    pub(super) fn leave_held(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        let (place, handing) = (worker.case, worker.doing == Doing::Handing);
        if place == NONE {
            // Free by now but for an event of this instant, which is overtaken.
            worker.stamp = worker.stamp.wrapping_add(1);
            return;
        }
        if handing && self.cases[place].place == Place::Queue {
            self.wait_alone(place);
        }
        self.end_hold(place);
    }

    /// A case was taken out of somebody's hands. If it was being talked through, that is as if it had never begun.
    pub(super) fn break_off(&mut self, place: u32) {
        if !self.is_held(place) || self.cases[place].piece != Piece::Confer {
            return;
        }
        self.cases[place].clear(flag::INTERRUPTED);
        self.wait_alone(place);
        self.let_go(place);
    }
}

/// What the minutes of somebody who holds a case go to.
pub(super) fn bin(doing: Doing) -> Bin {
    if doing == Doing::Asking { Bin::ConsultSought } else { Bin::HandOff }
}
