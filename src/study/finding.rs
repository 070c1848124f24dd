//! What is found out beside an answer.

use super::{Drill, KnockOuts, Presence, Silos, Tactics, Waits};

/// What one of the studies found.
#[derive(Debug)]
pub enum Finding {
    /// What walls between desks cost.
    Silos(Silos),
    /// Who can be done without, and the day on which that was tried, in the author's words.
    KnockOuts(KnockOuts, String),
    /// Surges that were sent through the designs, one at least.
    Crisis(Vec<Drill>),
    /// What serves no objective, and what it takes.
    Tactics(Tactics),
    /// What work on mentions brings and costs.
    Proactive(Presence),
    /// What each cause of waiting is worth.
    Waits(Waits),
}
