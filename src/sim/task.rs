//! What is to be run: one replication of one design, and what to tally of it.

use std::sync::atomic::AtomicBool;

use crate::model::{
    ChannelId, Design, LanguageId, Model, Organization, Practice, SegmentId, Study, TopicId, World,
};
use crate::units::SimTime;

/// Inquiries that are tallied together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Channels; empty for all.
    pub channels: Vec<ChannelId>,
    /// Topics; empty for all.
    pub topics: Vec<TopicId>,
    /// Segments of the audience; empty for all.
    pub segments: Vec<SegmentId>,
    /// Languages; empty for all.
    pub languages: Vec<LanguageId>,
}

/// What to tally beyond what is always tallied.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// Scopes, as many as wanted.
    pub scopes: Vec<Scope>,
    /// First replies are also counted within these times.
    pub reply_within: Vec<SimTime>,
    /// Whether the backlog is looked at every hour.
    pub backlog: bool,
    /// Scopes, by number, whose inquiries count as work for an objective.
    pub serving: Vec<u32>,
    /// Scopes, by number, whose mentions count as work for an objective.
    pub serving_mentions: Vec<u32>,
    /// How far apart the path of the number inside is marked from the beginning on; `None` for the few marks that
    /// cost nothing, see [`Outcome::path`](crate::sim::Outcome::path).
    pub path: Option<SimTime>,
}

/// One replication to be run.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The customers.
    pub world: &'a World,
    /// How work is done.
    pub practice: &'a Practice,
    /// The design.
    pub organization: &'a Organization,
    /// How long, and from which seed.
    pub study: &'a Study,
    /// What to tally.
    pub watch: &'a Watch,
    /// Number of the replication.
    pub replication: u32,
    /// Raised by somebody who wants the run to stop.
    pub stop: Option<&'a AtomicBool>,
    /// Whether the machine still has so many bytes, asked as a run fills up; `None` takes it that it has.
    pub memory: Option<fn(u64) -> bool>,
}

impl<'a> Task<'a> {
    /// A replication of one of the designs of a model, to be run to its end whatever the machine has.
    pub fn of(
        model: &'a Model,
        design: &'a Design,
        watch: &'a Watch,
        replication: u32,
    ) -> Task<'a> {
        Task {
            world: &model.world,
            practice: &model.practice,
            organization: &design.organization,
            study: &model.study,
            watch,
            replication,
            stop: None,
            memory: None,
        }
    }
}
