//! Roles: posts, the people who fill them, and what they know, may and do.

use std::sync::Arc;

use crate::draws::Law;
use crate::model::{Brevity, Calendar, Staffing, TopicId, UnitId};
use crate::units::SimTime;

/// A post in an organization and the people who fill it.
#[derive(Debug, Clone)]
pub struct Role {
    /// The author's or the builder's word for it.
    pub name: String,
    /// The business unit it belongs to.
    pub unit: Option<UnitId>,
    /// Who pays its people.
    pub employer: Employer,
    /// The people.
    pub people: People,
    /// Full-time equivalents: 2.4 heads are two whole people and one who is there 40% of a whole one's
    /// time. 0 where there are as many people as it takes.
    pub heads: f64,
    /// When the role is open.
    pub calendar: Arc<Calendar>,
    /// Length of the blocks in which people who are there part of the time take turns.
    pub block: SimTime,
    /// What happens to work in hand when its person leaves.
    pub shift_end: ShiftEnd,
    /// Which case next.
    pub discipline: Discipline,
    /// Most cases that may wait; more are turned away. `None`: no limit.
    pub waiting_room: Option<u32>,
    /// What the role does with a case.
    pub work: Work,
    /// What it knows.
    pub knowledge: Knowledge,
    /// Proactive work.
    pub proactive: Proactive,
    /// What takes its people away from cases.
    pub staffing: Staffing,
    /// Yearly cost of the role.
    pub cost_per_year: f64,
}

impl Role {
    /// Full-time equivalents; `None` where there are as many people as it takes.
    pub fn headcount(&self) -> Option<f64> {
        self.persons().map(|_| self.heads)
    }

    /// How many persons there are, those who are there part of the time included; `None` where there
    /// are as many as it takes.
    pub fn persons(&self) -> Option<usize> {
        match &self.people {
            People::Infinite => None,
            People::Some(people) => Some(people.len()),
        }
    }
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Employer {
    /// The company itself.
    Own,
    /// A vendor, by name.
    Vendor(String),
}

/// The people of a role.
#[derive(Debug, Clone, PartialEq)]
pub enum People {
    /// As many as it takes: nobody ever waits.
    Infinite,
    /// These persons, by number.
    Some(Vec<Person>),
}

/// One person's presence and skills.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Share of each block of the role's opening hours in which the person is there, in (0, 1].
    pub present: f64,
    /// Where in the block the presence begins, in [0, 1); it wraps around.
    pub offset: f64,
    /// Topics the person can take; `None`: all.
    pub skills: Option<Vec<TopicId>>,
    /// How much longer this person takes than the law says; 1 for as long.
    pub times: f64,
    /// How good the person is with people, between 0 and 1; one half is usual and changes nothing.
    pub with_people: f64,
    /// Hours of the person's own; `None`: those of the role.
    pub calendar: Option<Arc<Calendar>>,
}

impl Person {
    /// Somebody who is there whenever the role is open and can take everything.
    pub fn full() -> Person {
        Person {
            present: 1.0,
            offset: 0.0,
            skills: None,
            times: 1.0,
            with_people: 0.5,
            calendar: None,
        }
    }
}

/// Let people share a role's blocks one after the other, by number, whatever part of it each is there.
pub fn take_turns(people: &mut [Person]) {
    let mut offset: f64 = 0.0;
    for person in people {
        person.offset = offset;
        offset = (offset + person.present) % 1.0;
    }
}

/// What happens to a case in hand when its person goes off shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShiftEnd {
    /// The person finishes it in overtime.
    Finish,
    /// It goes to the head of the queue; any colleague resumes it.
    Suspend,
}

/// Which case is picked next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discipline {
    /// First come, first served.
    Fifo,
    /// The most urgent class first; first come, first served within a class.
    Priority {
        /// Whether an urgent case stops the least urgent one in hand, which later resumes.
        preemptive: bool,
    },
}

/// What a role does with the cases it gets.
#[derive(Debug, Clone)]
pub enum Work {
    /// A plain desk of a queueing network: serve, then follow the `route` links by share or leave.
    Serve {
        /// Service time in minutes by topic; one entry serves all.
        service: Vec<Law>,
        /// Whether the draw is fresh at each visit or the case's own.
        draw: Draw,
    },
    /// A desk of an organization: triage, answer, ask, review as its duties and links say.
    Desk(Desk),
}

/// Whether repeated work is drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// A fresh draw at every visit, as theory assumes.
    PerVisit,
    /// The case's own quantile: a hard case is long at every desk.
    PerCase,
}

/// Duties of a desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Reads new messages and may decide not to answer.
    pub triage: bool,
    /// Answers customers. A desk that does not answer only reviews, consults or does proactive work.
    pub answer: bool,
    /// What it does, in this order, when it does not know the answer. Guessing ends every ladder.
    pub ladder: Vec<Help>,
    /// Share of its replies that must be approved, over the topics that always must.
    pub approval: f64,
    /// What it says instead of answering.
    pub brevity: Brevity,
}

/// A step of the help ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Help {
    /// Look it up.
    Search,
    /// Ask along a `consult` link; the case stays.
    Consult,
    /// Hand it over along an `escalate` link.
    Escalate,
    /// Answer without knowing.
    Guess,
}

/// What a role knows: κ for each topic and each kind of matter.
///
/// An inquiry of difficulty u in a domain is known iff u ≤ κ. Generic matters are domain 0, the
/// matters of unit k domain 1 + k.
#[derive(Debug, Clone, PartialEq)]
pub struct Knowledge {
    kappa: Vec<f64>,
    matters: usize,
}

impl Knowledge {
    /// Knows everything.
    pub fn everything(topics: usize, units: usize) -> Knowledge {
        Knowledge { kappa: vec![1.0; topics * (1 + units)], matters: 1 + units }
    }

    /// The same for all topics: κ for generic matters, and for the matters of each unit.
    pub fn by_matter(topics: usize, generic: f64, unit_matters: &[f64]) -> Knowledge {
        let row: Vec<f64> = [generic].iter().chain(unit_matters).copied().collect();
        Knowledge { matters: row.len(), kappa: row.repeat(topics) }
    }

    /// All topics and domains, in order.
    pub fn domains(&self) -> impl Iterator<Item = (TopicId, usize)> + use<> {
        let matters = self.matters;
        (0..self.kappa.len()).map(move |i| (TopicId((i / matters) as u32), i % matters))
    }

    /// Set κ of one topic and one domain.
    pub fn set(&mut self, topic: TopicId, domain: usize, kappa: f64) {
        self.kappa[topic.index() * self.matters + domain] = kappa;
    }

    /// κ of one topic and one domain.
    #[inline]
    pub fn kappa(&self, topic: TopicId, domain: usize) -> f64 {
        self.kappa[topic.index() * self.matters + domain]
    }
}

/// Whether and when a role works on mentions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proactive {
    /// Never.
    Never,
    /// Only while nothing else waits, and only if at least so many others stay free.
    WhenIdle {
        /// People who must stay free.
        keep_free: u32,
    },
    /// An endless supply of tasks of this length in minutes, one started whenever a person is free.
    Endless {
        /// Minutes, always the same.
        minutes: f64,
    },
}
