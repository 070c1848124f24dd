//! People: who is there, who is free, and what their minutes go to.

use crate::sim::agenda::{Agenda, Kind};
use crate::sim::case::{NONE, Piece};
use crate::sim::life::Life;
use crate::sim::outcome::{BINS, Bin};
use crate::sim::pace::Pace;
use crate::sim::presence::Presence;
use crate::sim::slots::OpenCases;
use crate::units::SimTime;

/// In place of the number of a mention: a task out of an endless supply.
pub(super) const TASK: u32 = NONE - 1;

/// What a person is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// Not there.
    Off,
    /// There, with nothing in hand that could not be put away at once.
    Free,
    /// Working on a case.
    Case,
    /// Working on one task of an endless supply, to its end.
    Background,
    /// On shift, but absent or on a standing duty.
    Away,
    /// Staying with a case handed over, until somebody has taken it up and talked it through.
    Handing,
    /// Staying with a question, until the answer is there.
    Asking,
}

/// One person.
///
/// What each piece of work touches stands first, together: with thousands of people it is memory that a run waits for.
#[derive(Debug)]
#[repr(C, align(128))]
pub(super) struct Worker {
    /// When the present doing began, or was last booked.
    pub(super) since: SimTime,
    /// When the piece of work in hand will be done.
    pub(super) ends: SimTime,
    /// When the case in hand was taken up.
    pub(super) began: SimTime,
    /// When the present stretch of presence ends.
    pub(super) until: SimTime,
    pub(super) times: f64,
    pub(super) scheduled: u64,
    pub(super) case: u32,
    /// Changes whenever work in hand is interrupted, so that its end on the agenda is overtaken.
    pub(super) stamp: u32,
    pub(super) role: u32,
    pub(super) doing: Doing,
    /// Finishes what is in hand in overtime, then goes.
    pub(super) leaving: bool,
    /// Whether the person has several slots, or a pace of their own.
    pub(super) special: bool,
    /// Whether speed and knowledge may grow with the time that the person is there.
    pub(super) learns: bool,
    /// Neighbors among the free people of the role.
    before: u32,
    after: u32,
    /// Microseconds by bin, since they were last cleared.
    pub(super) bins: [u64; BINS],
    /// What a free person is at that a case may stop: a mention, or [`TASK`].
    pub(super) spare: u32,
    /// Groups of topics the person can take, as bits.
    pub(super) takes: u64,
    pub(super) overtime: u64,
    /// When the next stretch ends.
    pub(super) next_end: SimTime,
    /// The same of somebody who has learned everything, and knowledge as a share of such a person's.
    pub(super) veteran_times: f64,
    /// `times` before switching, fatigue and strain.
    pub(super) rested_times: f64,
    pub(super) knows: f64,
    /// How good the person is with people; one half is usual.
    pub(super) with_people: f64,
    /// Share of each block in which the person is there.
    pub(super) present: f64,
    pub(super) presence: Option<Box<Presence>>,
    /// Duties, absence and succession, where the role has them.
    pub(super) life: Option<Box<Life>>,
    /// What is in hand, where people have several slots.
    pub(super) hands: Option<Box<OpenCases>>,
    /// What changes the person's pace, where anything does.
    pub(super) pace: Option<Box<Pace>>,
}

impl Worker {
    pub(super) fn new(
        role: u32,
        times: f64,
        takes: u64,
        presence: Option<Box<Presence>>,
    ) -> Worker {
        Worker {
            role,
            doing: Doing::Off,
            leaving: false,
            case: NONE,
            spare: NONE,
            stamp: 0,
            since: SimTime::ZERO,
            began: SimTime::ZERO,
            until: SimTime::NEVER,
            next_end: SimTime::NEVER,
            ends: SimTime::NEVER,
            times,
            veteran_times: times,
            rested_times: times,
            knows: 1.0,
            with_people: 0.5,
            present: 1.0,
            takes,
            before: NONE,
            after: NONE,
            bins: [0; BINS],
            scheduled: 0,
            overtime: 0,
            presence,
            life: None,
            special: false,
            learns: false,
            hands: None,
            pace: None,
        }
    }

    /// Book the time since the present doing began under `bin`, and go on from `now`.
    #[inline]
    pub(super) fn book(&mut self, bin: Bin, now: SimTime) {
        self.bins[bin as usize] += (now - self.since).micros();
        self.book_presence(now);
    }

    /// Book that time as scheduled or as overtime, whatever it was spent on.
    #[inline]
    pub(super) fn book_presence(&mut self, now: SimTime) {
        let micros = (now - self.since).micros();
        self.scheduled += micros;
        if self.until < now {
            let late = now.since(self.until.max(self.since)).micros();
            self.overtime += late;
            self.scheduled -= late;
        }
        self.since = now;
    }
}

impl Worker {
    /// When the person's next stretch of presence begins.
    #[inline]
    pub(super) fn next_stretch(&mut self) -> Option<SimTime> {
        let (start, end) = self.presence.as_mut()?.next()?;
        self.next_end = end;
        Some(start)
    }

    /// Work of this length at standard speed begins; its end goes on the agenda.
    #[inline(always)]
    pub(super) fn set_to(
        &mut self,
        agenda: &mut Agenda,
        person: u32,
        length: SimTime,
        now: SimTime,
    ) {
        #[expect(clippy::float_cmp, reason = "exactly 1 means that nothing is to be scaled")]
        let length = if self.times == 1.0 { length } else { length.scaled(self.times) };
        self.since = now;
        self.ends = now + length;
        agenda.schedule(self.ends, Kind::Done, person, self.stamp);
    }
}

impl Worker {
    /// Whether the person is free and at nothing at all.
    pub(super) fn is_idle(&self) -> bool {
        self.doing == Doing::Free && self.spare == NONE
    }

    /// What is left of the piece of work in hand, at standard speed.
    pub(super) fn left(&self, now: SimTime) -> SimTime {
        let left = self.ends.since(now);
        #[expect(clippy::float_cmp, reason = "exactly 1 means that nothing is to be scaled")]
        let as_it_is = self.times == 1.0;
        if as_it_is { left } else { left.scaled(1.0 / self.times) }
    }
}

/// The free people of a role, longest free first; where its cases go to the first listed, in the order of their numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Free {
    pub(super) first: u32,
    last: u32,
    pub(super) count: u32,
}

impl Free {
    /// Nobody is free.
    pub(super) const NOBODY: Free = Free { first: NONE, last: NONE, count: 0 };

    /// Behind all others.
    #[inline(always)]
    pub(super) fn append(&mut self, workers: &mut [Worker], person: u32) {
        let worker = &mut workers[person as usize];
        worker.before = self.last;
        worker.after = NONE;
        if self.last == NONE {
            self.first = person;
        } else {
            workers[self.last as usize].after = person;
        }
        self.last = person;
        self.count += 1;
    }

    #[inline(always)]
    pub(super) fn remove(&mut self, workers: &mut [Worker], person: u32) {
        let (before, after) = (workers[person as usize].before, workers[person as usize].after);
        if before == NONE {
            self.first = after;
        } else {
            workers[before as usize].after = after;
        }
        if after == NONE {
            self.last = before;
        } else {
            workers[after as usize].before = before;
        }
        self.count -= 1;
    }

    /// The longest free person who can take this group of topics, and none of the `barred` ones.
    #[inline]
    pub(super) fn find(&self, workers: &[Worker], group: usize, barred: u64) -> Option<u32> {
        let mut person = self.first;
        while person != NONE {
            let worker = &workers[person as usize];
            if worker.takes >> group & 1 == 1 && worker.takes & barred == 0 {
                return Some(person);
            }
            person = worker.after;
        }
        None
    }

    /// Groups of topics that some free person can take who takes none of the `barred` ones, as bits; `all` if there is
    /// somebody for each of them.
    pub(super) fn takes(&self, workers: &[Worker], all: u64, barred: u64) -> u64 {
        let (mut person, mut takes) = (self.first, 0);
        while person != NONE && takes & all != all {
            let worker = &workers[person as usize];
            takes |= if worker.takes & barred == 0 { worker.takes } else { 0 };
            person = worker.after;
        }
        takes
    }

    /// Whether more than so many are free who can take one of these groups, if there are any; all bits: whoever is free.
    pub(super) fn has_more_than(&self, people: u32, workers: &[Worker], groups: u64) -> bool {
        if groups == 0 {
            return true;
        }
        if self.count <= people || groups == u64::MAX {
            return people < self.count;
        }
        let (mut person, mut found) = (self.first, 0);
        while person != NONE && found <= people {
            let worker = &workers[person as usize];
            found += u32::from(worker.takes & groups != 0);
            person = worker.after;
        }
        people < found
    }

    /// Take a place behind this free person; [`NONE`] for the first place.
    pub(super) fn push_behind(&mut self, workers: &mut [Worker], before: u32, person: u32) {
        let after = match before {
            NONE => self.first,
            _ => workers[before as usize].after,
        };
        if after == NONE {
            return self.append(workers, person);
        }
        (workers[person as usize].before, workers[person as usize].after) = (before, after);
        workers[after as usize].before = person;
        match before {
            NONE => self.first = person,
            _ => workers[before as usize].after = person,
        }
        self.count += 1;
    }

    /// Who became free last.
    pub(super) fn last(&self) -> u32 {
        self.last
    }

    /// Who comes before this free person.
    pub(super) fn before(workers: &[Worker], person: u32) -> u32 {
        workers[person as usize].before
    }

    /// Who comes after this free person.
    pub(super) fn after(workers: &[Worker], person: u32) -> u32 {
        workers[person as usize].after
    }
}

/// The bin of a piece of work.
#[inline]
pub(super) fn bin(piece: Piece) -> Bin {
    match piece {
        Piece::Serve | Piece::Answer => Bin::Answer,
        Piece::Triage => Bin::Triage,
        Piece::Reread | Piece::Recognize | Piece::Duplicate | Piece::Confer | Piece::Again => {
            Bin::HandOff
        }
        Piece::Search | Piece::Ask => Bin::ConsultSought,
        Piece::Rework | Piece::Mend => Bin::Rework,
        Piece::Consult => Bin::ConsultGiven,
        Piece::Review | Piece::Decide => Bin::Approval,
        Piece::Engage => Bin::Proactive,
    }
}
