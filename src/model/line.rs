//! Rules of a queue beyond its discipline.

use crate::units::SimTime;

/// Rules of a queue. The default has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineRules {
    /// People who must stay free when a case of a priority class begins, from the most urgent class on, never
    /// falling; empty where nobody must. They are kept for what is more urgent: those count who can take something of
    /// it, and whoever cannot begins freely.
    pub keep_free: Vec<u32>,
    /// Wait after which a case counts as one class more urgent; after twice the wait as two, and so on.
    pub moves_up_after: Option<SimTime>,
    /// How long after its arrival a case of each topic is due, where what is due first comes first; `None`:
    /// when its customer expects a reply.
    pub due: Vec<Option<SimTime>>,
    /// Whether a case that finds the waiting room full takes the place of the last of the least urgent ones,
    /// if that is less urgent.
    pub push_out: bool,
}
