//! Objectives: what the organization is for, before channels and tactics.

use crate::model::{ChannelId, LanguageId, Measure, SegmentId, TopicId};
use crate::units::SimTime;

/// An objective with the goal that tells whether it is met.
#[derive(Debug, Clone)]
pub struct Objective {
    /// The author's word for it.
    pub id: String,
    /// Why it matters to the business.
    pub why: Option<String>,
    /// The goal.
    pub goal: Goal,
    /// Channels it is restricted to; empty for all.
    pub channels: Vec<ChannelId>,
    /// Topics it is restricted to; empty for all.
    pub topics: Vec<TopicId>,
    /// Segments of the audience it is restricted to; empty for all.
    pub segments: Vec<SegmentId>,
    /// Languages it is about; empty for all.
    pub languages: Vec<LanguageId>,
    /// What it serves, what that serves in turn, and so on up.
    pub serves: Vec<Strategy>,
}

/// Something that objectives serve, with or without a goal of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strategy {
    /// The author's word for it.
    pub id: String,
    /// Why it matters to the business.
    pub why: Option<String>,
}

/// One sentence: a measure, perhaps a duration, a comparison and a value.
#[derive(Debug, Clone)]
pub struct Goal {
    /// What is measured.
    pub measure: &'static Measure,
    /// The duration, where the measure takes one.
    pub within: Option<SimTime>,
    /// Whether at least or at most.
    pub at_least: bool,
    /// The value: a share, minutes, money or a count, as the measure's unit says.
    pub value: f64,
    /// The sentence as written.
    pub text: String,
}
