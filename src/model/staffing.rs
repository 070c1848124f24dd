//! What takes people away from cases: standing duties, absence, turnover.

use crate::draws::Law;
use crate::model::Teaching;
use crate::units::SimTime;

/// Standing duties of a role's people, and how people come and go over the months.
///
/// The default is a role whose people have nothing else to do, are never ill and never leave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Staffing {
    /// Work that comes round by the calendar.
    pub duties: Vec<Duty>,
    /// Spells of absence.
    pub absence: Option<Absence>,
    /// People leave and others follow.
    pub turnover: Option<Turnover>,
    /// What everybody can do at the beginning, where all are new.
    pub ramp: Option<Newcomer>,
}

impl Staffing {
    /// Whether there is nothing of all this.
    pub fn is_nothing(&self) -> bool {
        self.duties.is_empty()
            && self.absence.is_none()
            && self.turnover.is_none()
            && self.ramp.is_none()
    }

    /// What training teaches, and the share of a person's scheduled time that it takes.
    pub fn teaching(&self) -> Option<(Teaching, f64)> {
        self.duties.iter().find_map(|duty| Some((duty.teaches?, duty.share)))
    }

    /// Share of the hours of a full crew that is left for cases, in the long run: after vacancies, absence
    /// and duties.
    pub fn share_for_cases(&self) -> f64 {
        let duties: f64 = self.duties.iter().map(|duty| duty.share).sum();
        let absent = self.absence.as_ref().map_or(0.0, Absence::share);
        let vacant = self.turnover.as_ref().map_or(0.0, Turnover::share_vacant);
        (1.0 - vacant) * (1.0 - absent) * (1.0 - duties).max(0.0)
    }
}

/// Work that each person of a role has to do again and again, beside the cases.
///
/// A session falls due by the role's open time. Whoever is free then goes at once; who is not goes when
/// the case in hand is done, and whoever is off shift goes first thing on coming back. Nothing is
/// forgiven: time that the end of a shift cuts off is made up at the beginning of the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// What it is.
    pub kind: DutyKind,
    /// Share of a person's scheduled time that goes into it, in [0, 1).
    pub share: f64,
    /// Open time of the role from one session of a person to the next. A session is as long as the share of
    /// the time that the person is scheduled in between.
    pub every: SimTime,
    /// Whether all go together; else one after the other, evenly spread.
    pub together: bool,
    /// Whether the author says which purpose it serves.
    pub serves: bool,
    /// What training does to knowledge, if that is told.
    pub teaches: Option<Teaching>,
}

/// Standing work in the words of a plan: hours a week of a whole head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandingWork {
    /// What it is.
    pub kind: DutyKind,
    /// Hours a week, of somebody who works a whole head's week.
    pub hours: f64,
    /// Length of one session.
    pub session: SimTime,
    /// Whether all go together.
    pub together: bool,
    /// Whether the author says which purpose it serves.
    pub serves: bool,
    /// Share of the time people are there, where it is not hours that say it.
    pub share: Option<f64>,
    /// Open time from one session to the next, where it is not the session that says it.
    pub every: Option<SimTime>,
    /// What training does to knowledge, if that is told.
    pub teaches: Option<Teaching>,
}

impl StandingWork {
    /// The duty of people who work so many hours a week in a role that is open so many.
    pub fn duty(&self, worked: f64, open: f64) -> Duty {
        Duty {
            kind: self.kind,
            share: self.share.unwrap_or(self.hours / worked),
            every: self.every.unwrap_or_else(|| self.session.scaled(open / self.hours)),
            together: self.together,
            serves: self.serves,
            teaches: self.teaches,
        }
    }
}

/// Kinds of duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyKind {
    /// Meetings and informing.
    Meetings,
    /// Training.
    Training,
    /// Looking for mentions on the channels that the role listens to.
    Listening,
    /// Producing content.
    Content,
    /// Managing a vendor.
    Vendor,
}

/// Spells in which a person is away although scheduled.
#[derive(Debug, Clone, PartialEq)]
pub struct Absence {
    /// Minutes of the clock from the end of one spell to the beginning of the next.
    pub after: Law,
    /// Minutes of the clock that a spell lasts.
    pub lasts: Law,
    /// Whether work in hand stops when a spell begins, instead of being finished first.
    pub at_once: bool,
}

impl Absence {
    /// Long-run share of the time in which a person is away: mean spell ÷ mean cycle.
    pub fn share(&self) -> f64 {
        self.lasts.mean() / (self.lasts.mean() + self.after.mean())
    }
}

/// How long people stay, how long their place is empty, and what newcomers can do.
#[derive(Debug, Clone, PartialEq)]
pub struct Turnover {
    /// Minutes of the clock that a person stays.
    pub stays: Law,
    /// Minutes of the clock for which the place is empty; nobody is paid then.
    pub vacancy: Law,
    /// What a newcomer can do.
    pub newcomer: Newcomer,
}

impl Turnover {
    /// Long-run share of the time in which a place is empty.
    pub fn share_vacant(&self) -> f64 {
        self.vacancy.mean() / (self.vacancy.mean() + self.stays.mean())
    }

    /// Long-run mean speed of whoever is there, as a share of a veteran's.
    pub fn mean_speed(&self) -> f64 {
        self.mean_from(self.newcomer.speed)
    }

    /// Long-run mean knowledge of whoever is there, as a share of a veteran's κ.
    pub fn mean_knowledge(&self) -> f64 {
        self.mean_from(self.newcomer.knowledge)
    }

    /// The long-run mean of what begins at `first` and nears 1: over a stay S, what is missing fades as (1 − s) e^(−t/τ),
    /// so that 1 − (1 − s) τ (1 − E e^(−S/τ)) ÷ E S is left.
    fn mean_from(&self, first: f64) -> f64 {
        const STEPS: u32 = 256;
        let minutes = self.newcomer.learns_in.minutes().max(1e-9);
        let kept = |step: u32| {
            let u = (f64::from(step) + 0.5) / f64::from(STEPS);
            libm::exp(-self.stays.quantile(u) / minutes)
        };
        let kept = (0..STEPS).map(kept).sum::<f64>() / f64::from(STEPS);
        1.0 - (1.0 - first) * minutes * (1.0 - kept) / self.stays.mean()
    }
}

/// A newcomer's speed and knowledge, both nearing a veteran's by 1 − e^(−t/τ).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Newcomer {
    /// Speed on the first day, as a share of a veteran's, in (0, 1].
    pub speed: f64,
    /// Knowledge on the first day, as a share of a veteran's κ, in [0, 1].
    pub knowledge: f64,
    /// τ, time of the clock.
    pub learns_in: SimTime,
}

impl Newcomer {
    /// Speed and knowledge after this time, as shares of a veteran's.
    pub fn after(&self, time: SimTime) -> (f64, f64) {
        let missing = libm::exp(-(time.micros() as f64) / self.learns_in.micros().max(1) as f64);
        (1.0 - (1.0 - self.speed) * missing, 1.0 - (1.0 - self.knowledge) * missing)
    }
}
