//! What a reader should know before trusting the numbers.

use super::precision::Widest;
use super::result::ExperimentResult;
use super::watching::Watching;
use crate::sim::Stop;
use crate::units::SimTime;

/// Something that a reader should know before trusting the numbers. Designs and roles are told by position.
#[derive(Debug, Clone, PartialEq)]
pub enum Warning {
    /// A stop was asked for before all replications were there.
    StoppedEarly {
        /// Complete replications of the design that has fewest.
        completed: usize,
        /// Replications that were asked for.
        asked: u32,
        /// What is missing beside them.
        missing: Vec<AnswerPart>,
    },
    /// All replications are there, but a stop was asked for before all that was asked beside them was.
    StoppedBeside {
        /// What is missing.
        missing: Vec<AnswerPart>,
    },
    /// A replication could not be run to its end.
    Unfinished {
        /// Of which design.
        design: usize,
        /// Its number, from 1.
        replication: u32,
        /// Why.
        stop: Stop,
    },
    /// In a study that ends by itself more comes to a role than is done there.
    FallsBehind {
        /// In which design.
        design: usize,
        /// At which role.
        role: usize,
        /// Cases more each day.
        per_day: f64,
    },
    /// There is one replication, which shows no luck.
    OneReplication,
    /// There are too many scopes for each to have a row of its own.
    ScopesLeftOut {
        /// How many have none.
        scopes: usize,
    },
    /// By its load a role has as much work as time, so that its queue never settles.
    NeverSettles {
        /// In which design.
        design: usize,
        /// Which role.
        role: usize,
    },
    /// By its load a role falls behind for good, which the run does not show.
    FallsBehindUnseen {
        /// In which design.
        design: usize,
        /// Which role.
        role: usize,
    },
    /// By its load a role is so nearly full that the run is too short for its averages.
    TooShort(TooShort),
    /// A role fills up what has an end, such as a waiting room, in all of the time that counts.
    StillFills {
        /// In which design.
        design: usize,
        /// Which role.
        role: usize,
        /// Cases more each day.
        per_day: f64,
    },
    /// What is inside a design still rises when the run ends, however much of its beginning is discarded.
    StillRises {
        /// Which design.
        design: usize,
        /// Mean number inside in the first half of what is left.
        earlier: f64,
        /// The same in its later half.
        later: f64,
    },
    /// A design has not forgotten its start when the time begins that counts.
    WarmUpTooShort(WarmUpTooShort),
    /// The least exact estimate is not as exact as asked for.
    PrecisionMissed {
        /// The half-width that was asked for, as a share of the estimate.
        within: f64,
        /// Replications of each design.
        replications: u32,
        /// The estimate.
        widest: Widest,
    },
    /// A design whose averages are withheld has none that could be exact.
    PrecisionWithheld {
        /// The half-width that was asked for, as a share of the estimate.
        within: f64,
        /// Which design.
        design: usize,
    },
}

/// How long a run must be for the averages of a role that is nearly full.
#[derive(Debug, Clone, PartialEq)]
pub struct TooShort {
    /// In which design.
    pub design: usize,
    /// Which role.
    pub role: usize,
    /// Work that stays ÷ time, below 1.
    pub utilization: f64,
    /// The half-width that averages are to have, as a share of the average.
    pub within: f64,
    /// Replications there are.
    pub replications: u32,
    /// Hours that each of them has to last for that: more, perhaps, than a [`SimTime`] has room for.
    pub takes_hours: f64,
    /// The time of each that counts.
    pub counted: SimTime,
}

/// A warm-up after which a design still depends on how it began.
#[derive(Debug, Clone, PartialEq)]
pub struct WarmUpTooShort {
    /// Which design.
    pub design: usize,
    /// The first part of the time that counts, which does not belong to the rest.
    pub first: SimTime,
    /// Mean number inside in that part.
    pub inside_first: f64,
    /// Mean number inside after it.
    pub inside_after: f64,
    /// The shortest warm-up that leaves it out.
    pub at_least: SimTime,
}

/// A part of an answer that takes more than the replications of its experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerPart {
    /// What named changes do.
    WhatIfs,
    /// Studies.
    Studies,
    /// Changes that may be a next step.
    NextStep,
    /// Whether opening hours or person-hours decide who leads.
    Hours,
    /// What the answer depends on.
    Dials,
}

/// What the numbers themselves tell, before anybody looks at loads or at the path of the number inside.
pub(super) fn warnings(result: &ExperimentResult, watching: &Watching) -> Vec<Warning> {
    let mut all = Vec::new();
    if result.incomplete {
        let (completed, asked) = (result.completed(), result.replications);
        all.push(Warning::StoppedEarly { completed, asked, missing: Vec::new() });
    }
    let designs = || result.designs.iter().enumerate();
    all.extend(designs().filter_map(|(design, of)| {
        let (stop, replication) = of.stopped.filter(|(stop, _)| *stop != Stop::Asked)?;
        Some(Warning::Unfinished { design, replication, stop })
    }));
    if result.kind.is_terminating() {
        all.extend(designs().filter_map(|(design, of)| {
            let overload =
                of.overload.as_ref().filter(|overload| overload.role < of.roles.len())?;
            Some(Warning::FallsBehind { design, role: overload.role, per_day: overload.per_day })
        }));
    }
    if result.replications == 1 {
        all.push(Warning::OneReplication);
    }
    if 0 < watching.left_out {
        all.push(Warning::ScopesLeftOut { scopes: watching.left_out });
    }
    all
}
