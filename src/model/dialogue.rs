//! What becomes of a conversation beside being settled at once.

use crate::draws::Law;

/// Replies after which a conversation ends in any case.
pub const MOST_TURNS: u16 = 1000;

/// How customers take it to be sent elsewhere, and how they come back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dialogue {
    /// Probability that a customer who is told to turn elsewhere ("please call us") gives up.
    pub gives_up_deflected: f64,
    /// Probability that a customer who is asked to write in private does so.
    pub follows_to_private: f64,
    /// Customers whose matter seemed settled and was not. `None`: nobody.
    pub reopens: Option<Comeback>,
    /// Customers whom an answer as soon as expected moves to ask something else. `None`: nobody.
    pub induced: Option<Comeback>,
}

/// Some of the customers come back after a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Comeback {
    /// The share who do, in (0, 1).
    pub share: f64,
    /// After how many minutes.
    pub after: Law,
}

/// What a desk says instead of answering.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Brevity {
    /// Share of its replies that send the customer elsewhere.
    pub deflects: f64,
    /// Share of its first replies in public that ask the customer to write in private.
    pub to_private: f64,
}

impl Brevity {
    /// Whether every reply is an answer.
    pub fn is_none(&self) -> bool {
        self.deflects <= 0.0 && self.to_private <= 0.0
    }
}
