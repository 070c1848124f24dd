//! Standing duties: sessions fall due, people go, and come back.

use std::sync::Arc;

use crate::model::{Calendar, DutyKind, People, RoleId};
use crate::sim::agenda::Kind;
use crate::sim::observer::Observer;
use crate::sim::outcome::Bin;
use crate::sim::people::Doing;
use crate::sim::run::Run;
use crate::units::SimTime;

/// Open time of a calendar, walked through from its start.
#[derive(Debug)]
struct OpenTime {
    calendar: Arc<Calendar>,
    interval: u64,
    at: SimTime,
}

impl OpenTime {
    /// The instant after so much more open time; `None` if the calendar ends before.
    fn walk(&mut self, mut length: SimTime) -> Option<SimTime> {
        loop {
            let (start, end) = self.calendar.interval(self.interval)?;
            let from = self.at.max(start);
            let room = end.since(from);
            if length < room || end == SimTime::NEVER {
                self.at = from + length;
                return Some(self.at);
            }
            length = length.since(room);
            self.interval += 1;
            self.at = end;
        }
    }
}

/// When the sessions of one duty of one role fall due.
#[derive(Debug)]
pub(super) struct Sessions {
    pub(super) role: u32,
    /// Number of the duty among the role's.
    pub(super) duty: usize,
    open: OpenTime,
    /// Whose turn it is, by position in the role; not used where all go together.
    turn: u32,
}

/// The bin of a duty.
pub(super) fn bin(kind: DutyKind) -> Bin {
    match kind {
        DutyKind::Meetings => Bin::Coordination,
        DutyKind::Training => Bin::Training,
        DutyKind::Listening => Bin::Proactive,
        DutyKind::Content => Bin::Content,
        DutyKind::Vendor => Bin::Vendor,
    }
}

impl<O: Observer> Run<'_, O> {
    /// All duties of all roles begin; the first sessions fall due within their first cycle.
    pub(super) fn set_up_duties(&mut self) {
        let organization = self.task.organization;
        for (id, role) in organization.roles() {
            if self.desks[id.index()].people.is_empty() {
                continue;
            }
            for duty in 0..role.staffing.duties.len() {
                let open =
                    OpenTime { calendar: role.calendar.clone(), interval: 0, at: SimTime::ZERO };
                self.sessions.push(Sessions { role: id.0, duty, open, turn: 0 });
                self.expect_session(self.sessions.len() as u32 - 1);
            }
        }
    }

    /// The next session goes on the agenda.
    fn expect_session(&mut self, number: u32) {
        let sessions = &mut self.sessions[number as usize];
        let desk = &self.desks[sessions.role as usize];
        let Some(duty) =
            desk.role.staffing.as_ref().map(|staffing| &staffing.duties[sessions.duty])
        else {
            return;
        };
        let apart = match duty.together {
            true => duty.every,
            false => {
                SimTime::from_micros(duty.every.micros() / u64::from(desk.people.len() as u32))
            }
        };
        if let Some(at) = sessions.open.walk(apart.max(SimTime::from_micros(1))) {
            self.agenda.schedule(at, Kind::Session, number, 0);
        }
    }

    /// A session falls due: those whose turn it is owe it, and go if they are free.
    pub(super) fn session(&mut self, number: u32) {
        let sessions = &mut self.sessions[number as usize];
        let (role, duty) = (sessions.role, sessions.duty);
        let desk = &self.desks[role as usize];
        let people = desk.people.clone();
        let plan = desk.role.staffing.as_ref().map(|staffing| &staffing.duties[duty]);
        let Some(plan) = plan else { return };
        let whose = if plan.together {
            people
        } else {
            let one = people.start + sessions.turn;
            sessions.turn = (sessions.turn + 1) % people.len() as u32;
            one..one + 1
        };
        let (every, share) = (plan.every, plan.share);
        let People::Some(persons) = &self.task.organization.role(RoleId(role)).people else {
            return;
        };
        let first = desk.people.start;
        for person in whose {
            let now = self.now;
            let own = persons[(person - first) as usize].calendar.as_ref();
            let worker = &mut self.workers[person as usize];
            let present = worker.present;
            let Some(life) = &mut worker.life else { continue };
            let before = std::mem::replace(&mut life.due[duty], now);
            if life.is_gone(now) {
                continue;
            }
            // who has hours of their own is not there for all that lies between two sessions of the role
            let between = own.map_or(every, |own| own.open_between(before, now));
            life.owed[duty] += between.scaled(share * present);
            if worker.doing == Doing::Free {
                self.leave_free(person);
                self.called_away(person);
            } else {
                self.unlist(person);
            }
        }
        self.expect_session(number);
    }

    /// A free person is no longer free; what follows says what they do.
    pub(super) fn leave_free(&mut self, person: u32) {
        self.drop_spare(person);
        self.book_free(person);
        let worker = &self.workers[person as usize];
        if worker.hands.is_some() {
            return self.unlist(person);
        }
        let at = worker.role;
        self.desks[at as usize].take_free(&mut self.workers, person);
    }

    /// Whether absence or duty calls somebody away as soon as nothing is in hand.
    pub(super) fn is_called(&self, person: u32) -> bool {
        self.workers[person as usize].life.as_ref().is_some_and(|life| {
            self.now < life.absent_until || life.owed.iter().any(|&owed| SimTime::ZERO < owed)
        })
    }

    /// A person on shift with nothing in hand goes where absence or duty calls; `false` if nothing does.
    pub(super) fn called_away(&mut self, person: u32) -> bool {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        let Some(life) = &mut worker.life else { return false };
        let (errand, until) = if now < life.absent_until {
            (Errand::Absence, life.absent_until)
        } else if let Some(duty) = life.owed.iter().position(|&owed| SimTime::ZERO < owed) {
            (Errand::Duty(duty), now + std::mem::take(&mut life.owed[duty]))
        } else {
            return false;
        };
        life.errand = errand;
        life.away_since = now;
        if let Some(pace) = &mut worker.pace {
            let absent = errand == Errand::Absence;
            pace.go_away(absent.then(|| until.since(now)));
        }
        worker.doing = Doing::Away;
        worker.since = now;
        worker.ends = until;
        let (at, stamp) = (worker.role, worker.stamp);
        self.agenda.schedule(until, Kind::Done, person, stamp);
        let desk = &mut self.desks[at as usize];
        desk.touch(now);
        desk.away += 1;
        self.count_listener(person, true);
        true
    }

    /// Somebody who was away is back.
    pub(super) fn back(&mut self, person: u32) {
        self.stop_errand(person);
        self.release(person);
    }

    /// What a person was away for ends, done or not.
    pub(super) fn stop_errand(&mut self, person: u32) {
        let now = self.now;
        self.count_listener(person, false);
        let errand_bin = self.errand_bin(person);
        let worker = &mut self.workers[person as usize];
        let left = worker.ends.since(now);
        worker.book(errand_bin, now);
        let Some(life) = &mut worker.life else { return };
        if let Errand::Duty(duty) = life.errand {
            life.owed[duty] += left;
            let role = self.desks[worker.role as usize].role;
            let staffing = role.staffing.as_ref();
            if let Some(teaching) = staffing.and_then(|staffing| staffing.duties[duty].teaches) {
                life.train(&teaching, now.since(life.away_since), now);
            }
        }
        life.errand = Errand::None;
        let desk = &mut self.desks[worker.role as usize];
        desk.touch(now);
        desk.away -= 1;
    }

    /// What the minutes of somebody who is away go to.
    pub(super) fn errand_bin(&self, person: u32) -> Bin {
        let worker = &self.workers[person as usize];
        let staffing = self.desks[worker.role as usize].role.staffing.as_ref();
        match (worker.life.as_ref().map(|life| life.errand), staffing) {
            (Some(Errand::Duty(duty)), Some(staffing)) => bin(staffing.duties[duty].kind),
            _ => Bin::Absent,
        }
    }
}

/// Why somebody is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Errand {
    /// Is not.
    None,
    /// A spell of absence.
    Absence,
    /// The duty of this number.
    Duty(usize),
}
