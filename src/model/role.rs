//! Roles: posts, the people who fill them, and what they know, may and do.

use std::borrow::Cow;
use std::sync::Arc;

use crate::draws::Law;
use crate::model::{
    Absence, Brevity, Calendar, Habits, LanguageId, LineRules, Risk, Staffing, Terms, TopicId,
    Turnover, UnitId, raised,
};
use crate::units::{SimTime, WHOLE_WEEKS_A_YEAR};

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
    /// Further rules of the queue.
    pub line: LineRules,
    /// Most cases that may wait; more are turned away. `None`: no limit.
    pub waiting_room: Option<u32>,
    /// What the role does with a case.
    pub work: Work,
    /// What it knows.
    pub knowledge: Knowledge,
    /// What people do while nothing else waits.
    pub proactive: Proactive,
    /// How people go about their work.
    pub habits: Habits,
    /// What takes its people away from cases.
    pub staffing: Staffing,
    /// Yearly cost of the role.
    pub cost_per_year: f64,
    /// What a vendor's work costs beside that, by what it does.
    pub terms: Option<Terms>,
}

impl Role {
    /// Full-time equivalents; `None` where there are as many people as it takes.
    pub fn headcount(&self) -> Option<f64> {
        self.persons().map(|_| self.heads)
    }

    /// Whether cases get their answer here: at a desk that answers, or by service.
    pub fn answers(&self) -> bool {
        match &self.work {
            Work::Serve { .. } => true,
            Work::Desk(desk) => desk.answer,
        }
    }

    /// Whether anybody of the role speaks this language. Where nobody is at all, nobody is missing for a language.
    pub fn understands(&self, language: LanguageId) -> bool {
        match &self.people {
            People::Infinite => true,
            People::Some(people) => {
                people.is_empty() || people.iter().any(|person| person.understands(language))
            }
        }
    }

    /// The share of what training teaches that a person has learned in the long run; 0 where it teaches nothing, and where
    /// all begin new.
    pub fn learned(&self, person: &Person) -> f64 {
        let Some((teaching, share)) = self.staffing.teaching() else { return 0.0 };
        if self.staffing.ramp.is_some() {
            return 0.0;
        }
        let calendar = person.calendar.as_ref().unwrap_or(&self.calendar);
        let open = calendar.open_share(SimTime::WEEK.times(WHOLE_WEEKS_A_YEAR));
        let there = 1.0 - self.staffing.absence.as_ref().map_or(0.0, Absence::share);
        let leaves = self.staffing.turnover.as_ref().map_or(0.0, |of| 60.0 / of.stays.mean());
        teaching.in_the_long_run(share * person.present.min(1.0) * open * there, leaves)
    }

    /// What those of its people know who are no newcomers, with what they have learned by training in the long run.
    pub fn knows(&self) -> Cow<'_, Knowledge> {
        self.known(1.0)
    }

    /// What its people know on average in the long run, newcomers among them.
    pub fn knows_on_average(&self) -> Cow<'_, Knowledge> {
        self.known(self.staffing.turnover.as_ref().map_or(1.0, Turnover::mean_knowledge))
    }

    /// What people know who begin with this share of a veteran's κ, with what they have learned by training in the long run.
    fn known(&self, of_veteran: f64) -> Cow<'_, Knowledge> {
        let teaching = self.staffing.teaching().map(|(teaching, _)| teaching);
        let (true, People::Some(people)) = (teaching.is_some() || of_veteran < 1.0, &self.people)
        else {
            return Cow::Borrowed(&self.knowledge);
        };
        let present: f64 = people.iter().map(|person| person.present).sum();
        let learned: f64 = people.iter().map(|of| of.present * self.learned(of)).sum();
        let share = if 0.0 < present { learned / present } else { 0.0 };
        let mut knowledge = self.knowledge.clone();
        for (topic, domain) in self.knowledge.domains() {
            let kappa = of_veteran * self.knowledge.kappa(topic, domain);
            let ceiling = teaching.map_or(0.0, |of| of.ceiling(domain, self.unit));
            knowledge.set(topic, domain, raised(kappa, ceiling, share));
        }
        Cow::Owned(knowledge)
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
    /// Languages the person speaks, in order; `None`: all.
    pub speaks: Option<Vec<LanguageId>>,
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
            speaks: None,
            times: 1.0,
            with_people: 0.5,
            calendar: None,
        }
    }
}

impl Person {
    /// Whether the person speaks this language.
    pub fn understands(&self, language: LanguageId) -> bool {
        self.speaks.as_ref().is_none_or(|speaks| speaks.contains(&language))
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
    /// The same, but the colleague first reads what the person before knew, and some of it is lost.
    HandOver,
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
    /// What is due first.
    EarliestDeadline,
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
    /// Answers customers. A desk that does not only reviews, is asked, passes everything on or does proactive work;
    /// a design that leads cases to it for an answer is refused.
    pub answer: bool,
    /// What it does, in this order, when it does not know the answer. Guessing ends every ladder.
    pub ladder: Vec<Help>,
    /// Share of its replies that must be approved, over the topics that always must.
    pub approval: f64,
    /// The highest risk at which it answers without asking: whatever is above must be approved.
    pub authority: Risk,
    /// Probability that an exception is decided one level further up the reporting line, level by level:
    /// at least k levels up with probability cᵏ, as far as the line goes. 0: the desk decides itself.
    pub centralization: f64,
    /// Whether only those review a reworked draft again who had not approved it.
    pub only_objectors: bool,
    /// What it says instead of answering.
    pub brevity: Brevity,
}

impl Desk {
    /// Share of its replies at this risk that must be approved.
    pub fn approved(&self, risk: Risk) -> f64 {
        if self.authority < risk { 1.0 } else { self.approval.clamp(0.0, 1.0) }
    }
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

/// What people do while nothing else waits.
#[derive(Debug, Clone, PartialEq)]
pub enum Proactive {
    /// Nothing.
    Never,
    /// Mentions.
    WhenIdle(SpareTime),
    /// An endless supply of tasks, one started whenever a person is free.
    Endless {
        /// Minutes that a task takes.
        task: Law,
        /// When it may be begun, and whether it may be stopped.
        when: SpareTime,
    },
}

/// When work that nobody waits for may be begun, and whether it may be stopped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpareTime {
    /// People who must stay free when somebody begins.
    pub keep_free: u32,
    /// Whether a case stops it. Whoever is stopped keeps what is done; the rest is resumed by anybody.
    pub preemptible: bool,
}
