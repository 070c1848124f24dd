//! What one person is at, from moment to moment.

use crate::sim::case::{NONE, Stage};
use crate::sim::holding;
use crate::sim::observer::{Happening, Observer};
use crate::sim::outcome::Bin;
use crate::sim::people::{Doing, TASK, Worker, bin};
use crate::sim::run::Run;
use crate::units::SimTime;

/// What one person is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occupation {
    /// Not there.
    Off,
    /// Nobody fills the place.
    Vacant,
    /// There, with nothing to do.
    Free,
    /// At these, all open at the same time where they are several.
    Work(Vec<InWork>),
    /// At a task of which there are always more.
    Task,
    /// Away from the desk for this: absent, in a meeting, in training, at a duty.
    Away(Bin),
}

/// An inquiry or a mention that somebody has in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InWork {
    /// Its number, in order of arrival, from 0.
    pub number: u64,
    /// Whether it is a mention, which are numbered apart.
    pub mention: bool,
    /// Channel, by number.
    pub channel: u32,
    /// Topic, by number; of no meaning for a mention.
    pub topic: u32,
    /// What is done.
    pub work: Bin,
}

impl Occupation {
    /// What the minutes go to, each in equal parts to all that are named; none where the person is not there.
    pub fn bins(&self) -> Vec<Bin> {
        match self {
            Occupation::Off | Occupation::Vacant => Vec::new(),
            Occupation::Free => vec![Bin::Idle],
            Occupation::Work(several) => several.iter().map(|one| one.work).collect(),
            Occupation::Task => vec![Bin::Proactive],
            Occupation::Away(bin) => vec![*bin],
        }
    }

    /// Whether somebody is there or would have to be.
    pub fn is_on(&self) -> bool {
        !matches!(self, Occupation::Off | Occupation::Vacant)
    }
}

/// A stretch of somebody's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// From when, until when.
    pub span: (SimTime, SimTime),
    /// What the person was at.
    pub occupation: Occupation,
    /// Whether the hours were over.
    pub overtime: bool,
}

/// One person's days, as they come.
pub trait Diarist {
    /// This stretch is over; they come one after the other, without gaps.
    fn was_at(&mut self, stretch: Stretch);
}

/// Somebody who looks at one person.
#[derive(Debug)]
pub struct Diary<D> {
    who: (u32, u32),
    since: SimTime,
    last: Option<(Occupation, bool)>,
    /// To whom it is told.
    pub diarist: D,
}

impl<D: Diarist> Diary<D> {
    /// Of the person of this number, from 0, in the role of this number.
    pub fn of(role: u32, person: u32, diarist: D) -> Diary<D> {
        Diary { who: (role, person), since: SimTime::ZERO, last: None, diarist }
    }

    /// The run has ended at this instant.
    pub fn close(&mut self, at: SimTime) {
        if let Some((occupation, overtime)) = self.last.take()
            && self.since < at
        {
            self.diarist.was_at(Stretch { span: (self.since, at), occupation, overtime });
        }
    }
}

impl<D: Diarist> Observer for Diary<D> {
    const WATCHES: bool = true;

    fn on(&mut self, _: SimTime, _: u64, _: Happening) {}

    fn looks_at(&self) -> Option<(u32, u32)> {
        Some(self.who)
    }

    fn is_at(&mut self, at: SimTime, occupation: Occupation, overtime: bool) {
        let now = (occupation, overtime);
        if self.last.as_ref() == Some(&now) {
            return;
        }
        self.close(at);
        (self.since, self.last) = (at, Some(now));
    }
}

impl Worker {
    fn has_nothing(&self) -> bool {
        match &self.hands {
            Some(hands) => hands.places().next().is_none(),
            None => self.case == NONE,
        }
    }
}

impl<O: Observer> Run<'_, O> {
    /// Tell whoever looks at one person what this instant leaves that one at.
    pub(super) fn tell_person(&mut self) {
        let Some((role, number)) = self.observer.looks_at() else { return };
        let people = &self.desks[role as usize].people;
        let Some(person) = people.clone().nth(number as usize) else { return };
        let occupation = self.occupation(person);
        let overtime = self.workers[person as usize].until <= self.now && occupation.is_on();
        self.observer.is_at(self.now, occupation, overtime);
    }

    fn occupation(&self, person: u32) -> Occupation {
        let worker = &self.workers[person as usize];
        let life = worker.life.as_ref();
        match worker.doing {
            Doing::Off if life.is_some_and(|life| life.is_vacant()) => Occupation::Vacant,
            Doing::Off => Occupation::Off,
            Doing::Free if worker.spare == TASK => Occupation::Task,
            Doing::Free if worker.spare != NONE => {
                Occupation::Work(vec![self.in_hand(worker.spare, Bin::Proactive)])
            }
            Doing::Free => Occupation::Free,
            Doing::Background => Occupation::Task,
            Doing::Away => Occupation::Away(self.errand_bin(person)),
            // let go just now, and looking for something to do at this very instant
            Doing::Case | Doing::Handing | Doing::Asking if worker.has_nothing() => {
                Occupation::Free
            }
            Doing::Handing | Doing::Asking => {
                Occupation::Work(vec![self.in_hand(worker.case, holding::bin(worker.doing))])
            }
            Doing::Case => Occupation::Work(self.all_in_hand(worker)),
        }
    }

    fn all_in_hand(&self, worker: &Worker) -> Vec<InWork> {
        let open = match &worker.hands {
            Some(hands) => hands.places().collect(),
            None => vec![worker.case],
        };
        let piece = |place: u32| self.in_hand(place, bin(self.cases[place].piece));
        open.into_iter().map(piece).collect()
    }

    fn in_hand(&self, place: u32, work: Bin) -> InWork {
        let case = &self.cases[place];
        InWork {
            number: case.number,
            mention: case.stage == Stage::Mention,
            channel: u32::from(case.channel),
            topic: u32::from(case.topic),
            work,
        }
    }
}
