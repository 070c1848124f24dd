//! What a replication has counted so far, beside what each desk has.

use crate::sim::contacts::{Contacts, Unanswered};
use crate::sim::outcome::{
    ArrivalCounts, Conservation, MentionTally, Observation, RoleTally, ScopeTally,
};
use crate::sim::scopes::Alike;
use crate::sim::task::Task;
use crate::tally::{Lengths, Tallied};
use crate::units::{N_HOURS_A_WEEK, SimTime};

/// Read when the run is over. But for the number of contacts inside, none of it decides what happens.
pub(super) struct Books {
    pub(super) scopes: Vec<ScopeTally>,
    pub(super) conservation: Conservation,
    pub(super) contacts: Contacts,
    /// ∫ number inside dt when counting began, and what has been counted of it.
    pub(super) area_start: u128,
    pub(super) counted_area: u128,
    /// Time inside of the inquiries that have left.
    pub(super) time_inside: Lengths,
    /// Waits of all visits of each inquiry, if asked for.
    pub(super) total_wait: Lengths,
    /// Inquiries by day and week, if asked for.
    pub(super) arrivals: ArrivalCounts,
    /// How many had come before the present day, and the present week.
    pub(super) came_before: [Option<u64>; 2],
    pub(super) visits: Tallied,
    pub(super) mentions: MentionTally,
    pub(super) unanswered: Unanswered,
    /// By hour of the week, looks at the backlog and the sum of what they saw; empty if nobody asked.
    pub(super) backlog: Vec<(u64, u64)>,
    /// By moment that was asked for and role.
    pub(super) observed: Vec<Vec<Observation>>,
    /// Marks of the number inside along the run.
    pub(super) path: Vec<(SimTime, u128)>,
    /// The tallies of the roles, once they stand still.
    pub(super) frozen: Option<Vec<RoleTally>>,
    /// Person-microseconds on inquiries of the scopes that serve an objective.
    pub(super) serving_micros: u128,
    /// The same of mentions that no objective asks for.
    pub(super) unasked_micros: u128,
    /// The inquiries of a plain network.
    pub(super) alike: Alike,
}

impl Books {
    /// Empty ones; `plain`: cases do nothing but go from plain desk to plain desk, and count in the scopes of this set.
    pub(super) fn empty(task: &Task<'_>, plain: bool, only_set: Option<u32>) -> Books {
        let (study, watch) = (task.study, task.watch);
        let lengths = || Lengths::new(study.thresholds.len());
        let scope =
            || ScopeTally { within: vec![0; watch.reply_within.len()], ..ScopeTally::default() };
        let roles = task.organization.roles().count();
        let moments = study.observe.as_ref().map_or(0, |observe| observe.at.len());
        Books {
            scopes: watch.scopes.iter().map(|_| scope()).collect(),
            conservation: Conservation::default(),
            contacts: Contacts::nobody(study.measure.inside, plain),
            area_start: 0,
            counted_area: 0,
            time_inside: lengths(),
            total_wait: lengths(),
            arrivals: ArrivalCounts::default(),
            came_before: [None; 2],
            visits: Tallied::default(),
            mentions: MentionTally::default(),
            unanswered: Unanswered::default(),
            backlog: vec![(0, 0); if watch.backlog { N_HOURS_A_WEEK } else { 0 }],
            observed: vec![vec![Observation::default(); roles]; moments],
            path: Vec::new(),
            frozen: None,
            serving_micros: 0,
            unasked_micros: 0,
            alike: Alike::new(only_set.unwrap_or(0)),
        }
    }
}
