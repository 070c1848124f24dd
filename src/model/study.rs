//! What is run and what is looked at.

use crate::units::{SimTime, WHOLE_WEEKS_A_YEAR};

/// How each design is run.
#[derive(Debug, Clone)]
pub struct Study {
    /// The kind of study.
    pub kind: StudyKind,
    /// Length of what counts, after the warm-up; [`SimTime::NEVER`] for a run until all is done.
    pub run_for: SimTime,
    /// Stretch before it that is discarded.
    pub warm_up: SimTime,
    /// How long inquiries that came in are followed past the end, without new arrivals.
    pub follow: SimTime,
    /// Independent replications.
    pub replications: u32,
    /// Master seed of all randomness.
    pub seed: u64,
    /// Waits and times inside are also counted at or below these lengths.
    pub thresholds: Vec<SimTime>,
    /// Instants at which the number at each role is looked at.
    pub observe: Option<Observe>,
    /// What else is told.
    pub measure: Beyond,
}

impl Study {
    /// The end of what counts.
    pub fn horizon(&self) -> SimTime {
        self.warm_up + self.run_for
    }

    /// The whole weeks that count, from and to, at most a year of them; `None` if there is not one.
    pub fn weeks(&self) -> Option<(SimTime, SimTime)> {
        let weeks = (self.run_for.micros() / SimTime::WEEK.micros()).min(WHOLE_WEEKS_A_YEAR);
        (0 < weeks).then(|| (self.warm_up, self.warm_up + SimTime::WEEK.times(weeks)))
    }
}

/// Kinds of study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudyKind {
    /// A warm-up, then the weeks that count; arrivals near the end are followed past it.
    TypicalWeeks,
    /// From an empty house to the horizon, once.
    FromEmpty,
    /// Until everything that came in has left.
    UntilDone,
}

impl StudyKind {
    /// Whether the study ends by itself, so that its values mean something under overload too.
    pub fn is_terminating(self) -> bool {
        self != StudyKind::TypicalWeeks
    }
}

/// Distributions that are told only where they are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Of the number waiting at each role, over time.
    pub waiting: bool,
    /// Of the number inside, over time.
    pub inside: bool,
    /// Of the number at each role at the instants that are looked at.
    pub at_instants: bool,
    /// Of the waits of an inquiry's visits together.
    pub total_wait: bool,
    /// Of the inquiries that come in a day, and in a week.
    pub arrivals: bool,
    /// Of waits and times at plain desks, topic by topic.
    pub topic_times: bool,
}

impl Beyond {
    /// Whatever one of the two asks for.
    pub fn and(self, other: Beyond) -> Beyond {
        Beyond {
            waiting: self.waiting || other.waiting,
            inside: self.inside || other.inside,
            at_instants: self.at_instants || other.at_instants,
            total_wait: self.total_wait || other.total_wait,
            arrivals: self.arrivals || other.arrivals,
            topic_times: self.topic_times || other.topic_times,
        }
    }
}

/// Instants to look at, after the warm-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observe {
    /// Instants within the cycle, or after the warm-up if there is no cycle.
    pub at: Vec<SimTime>,
    /// Length of the cycle in which they repeat.
    pub every: Option<SimTime>,
}

/// How exact the estimates shall be that a scenario is run for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// Largest half-width, as a share of the estimate.
    pub within: f64,
    /// Replications of each design after which nothing more is added.
    pub at_most: u32,
}

/// What is held equal between designs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HoldEqual {
    /// Yearly cost of each design's plan, in the scenario's currency.
    pub cost_per_year: Option<f64>,
    /// People of each design's plan.
    pub headcount: Option<f64>,
    /// Largest relative deviation that is let through.
    pub within: f64,
}

/// Smallest differences worth noticing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorthNoticing {
    /// Between shares (0.02 for two points).
    pub share: f64,
    /// Between times, in minutes.
    pub minutes: f64,
    /// Between amounts of money.
    pub money: f64,
}
