//! What is swept: the inputs that a scenario declares, and defaults that may be otherwise.

use serde_json::Value;

use crate::scenario::{Assumed, Depends, PathAndValue, Range, Track, is_guess};

/// One input that may change the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The path, as the scenario or the table of defaults names it.
    pub what: String,
    /// Whether the scenario declares it; otherwise a documented default with a range holds.
    pub declared: bool,
    /// Paths of what is set: one, or for a default the places where it holds.
    pub paths: Vec<String>,
    /// The values it may have.
    pub range: Range,
    /// The value it has in the scenario, if that is one.
    pub yours: Option<Value>,
    /// Whether nobody said that value.
    pub assumed: bool,
    /// Whether it is of a contract, or of people whom only contracts bring.
    pub by_contract: bool,
    /// Where the range is from.
    pub source: Option<String>,
}

impl Input {
    /// An input that the scenario declares.
    pub fn declared(of: &Depends) -> Input {
        Input {
            what: of.what.clone(),
            declared: true,
            paths: vec![of.what.clone()],
            range: of.range.clone(),
            yours: of.yours.clone(),
            assumed: of.assumed,
            by_contract: of.by_contract,
            source: of.source.clone(),
        }
    }

    /// A default that may be otherwise: its low and its high end are tried.
    pub fn assumed(of: &Assumed) -> Input {
        Input {
            what: of.default.key.into(),
            declared: false,
            paths: of.paths.clone(),
            range: Range::OneOf(of.ends.to_vec()),
            yours: serde_json::from_str(of.default.value).ok(),
            assumed: true,
            by_contract: false,
            source: of.default.range.map(|range| range.source.to_owned()),
        }
    }

    /// Whether somebody guessed it, by the words of its source.
    pub fn is_guess(&self) -> bool {
        self.source.as_deref().is_some_and(is_guess)
    }

    /// Its range, where all between two values may be.
    pub fn track(&self) -> Option<&Track> {
        match &self.range {
            Range::Between(track) => Some(track),
            Range::OneOf(_) => None,
        }
    }

    /// What is set for a value.
    pub(super) fn settings(&self, value: &Value) -> Vec<PathAndValue> {
        self.paths.iter().map(|path| (path.clone(), value.clone())).collect()
    }
}
