//! What every style of file gathers about an inquiry before names are settled.

use super::moments::Durations;
use super::names::Names;
use super::recorded::{CaseTally, MessageTally, Thread};
use super::rows::Row;
use super::stamp::{Clock, Refusal, Stamp};

/// An inquiry whose names are still numbers.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) row: u64,
    pub(super) arrival: Stamp,
    pub(super) channel: Option<u32>,
    pub(super) topic: Option<u32>,
    pub(super) unit: Option<u32>,
    pub(super) priority: Option<u32>,
    pub(super) language: Option<u32>,
    pub(super) customer: Option<u32>,
    pub(super) first_response: Option<i64>,
    pub(super) resolution: Option<i64>,
    pub(super) hand_overs: Option<u32>,
    pub(super) handling: Option<f64>,
    pub(super) rows: u32,
    pub(super) thread: Option<Thread>,
}

impl Draft {
    /// An inquiry that arrived then, and nothing else known.
    pub(super) fn new(row: u64, arrival: Stamp) -> Draft {
        Draft {
            row,
            arrival,
            channel: None,
            topic: None,
            unit: None,
            priority: None,
            language: None,
            customer: None,
            first_response: None,
            resolution: None,
            hand_overs: None,
            handling: None,
            rows: 1,
            thread: None,
        }
    }
}

/// The labels every style has.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) channel: Option<Names>,
    pub(super) topic: Option<Names>,
    pub(super) priority: Option<Names>,
    pub(super) language: Option<Names>,
}

impl Labels {
    /// Take one more row of this inquiry into account.
    pub(super) fn read_on(&mut self, draft: &mut Draft, row: &Row) {
        let read = |names: &mut Option<Names>, before: Option<u32>| {
            names.as_mut().and_then(|names| names.read_on(before, row))
        };
        draft.channel = read(&mut self.channel, draft.channel);
        draft.topic = read(&mut self.topic, draft.topic);
        draft.priority = read(&mut self.priority, draft.priority);
        draft.language = read(&mut self.language, draft.language);
    }
}

/// Turns the rows of one style of file into inquiries.
pub(super) trait Gather {
    /// Take a row; where it is refused, nothing of it is kept.
    fn take(&mut self, row: &Row) -> Result<(), Refusal>;
    /// The clocks read so far.
    fn clocks(&self) -> Vec<&Clock>;
    /// The lengths of time read so far.
    fn lengths(&self) -> Vec<&Durations>;
    /// Everything gathered, the inquiries in any order.
    fn finish(self: Box<Self>) -> Gathered;
}

/// What a whole file gave.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) inquiries: Vec<Draft>,
    pub(super) labels: Labels,
    pub(super) units: Option<Names>,
    pub(super) cases: Option<CaseTally>,
    pub(super) messages: Option<MessageTally>,
}

/// A row without what every inquiry must have.
pub(super) fn lacks(column: &str) -> Refusal {
    Refusal { reason: format!("`{column}` is missing"), example: None }
}
