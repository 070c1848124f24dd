//! Roles, written as they are read, without a tree of their own: with thousands of them a tree takes most of the time.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::numbers::Brief;
use crate::experiment::{
    ExperimentResult, Measured, NumbersResult, ROLE_NUMBERS, ROLE_TIMES, RoleResult, SpreadResult,
    TOPIC_NUMBERS, TopicAtRole, TopicWithin,
};
use crate::sim::Bin;

/// All that is told of a role.
pub(super) struct RoleWritten<'a> {
    pub(super) result: &'a ExperimentResult,
    pub(super) role: &'a RoleResult,
}

impl Serialize for RoleWritten<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let RoleWritten { result, role } = *self;
        let ids = ROLE_NUMBERS.iter().map(|number| number.id);
        let bins = Bin::ALL.iter().map(|bin| bin.key());
        let spread = |of| SpreadWritten { result, of };
        let topics = role.topics.iter().map(|topic| (&topic.name, TopicWritten { result, topic }));
        let mut told = serializer.serialize_map(None)?;
        told.serialize_entry("name", &role.name)?;
        told.serialize_entry("heads", &role.heads.map(|heads| heads + 0.0))?;
        told.serialize_entry("persons", &role.persons)?;
        told.serialize_entry("numbers", &Keyed(ids.zip(briefs(&role.numbers))))?;
        told.serialize_entry("bins", &Keyed(bins.zip(briefs(&role.bins))))?;
        told.serialize_entry("topics", &Keyed(topics))?;
        for (name, of) in ROLE_TIMES.iter().zip(role.times()) {
            told.serialize_entry(&format!("{name}_minutes"), &spread(of))?;
        }
        let served = WithinWritten { result, shares: &role.served_within };
        told.serialize_entry("served_within_of_all", &served)?;
        told.serialize_entry("number_sd", &Brief(&role.number_sd))?;
        told.serialize_entry("number_shares", &numbers(&role.number_shares))?;
        let measured = Listed(briefs(&role.number_shares_measured));
        told.serialize_entry("number_shares_measured", &measured)?;
        told.serialize_entry("drift", &numbers(&role.drift))?;
        if let Some(waiting) = &role.waiting {
            told.serialize_entry("waiting", &NumbersWritten(waiting))?;
        }
        told.end()
    }
}

/// What is told of a topic at a role.
struct TopicWritten<'a> {
    result: &'a ExperimentResult,
    topic: &'a TopicAtRole,
}

impl Serialize for TopicWritten<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TopicWritten { result, topic } = *self;
        let mut told = serializer.serialize_map(None)?;
        for (number, measured) in TOPIC_NUMBERS.iter().zip(&topic.numbers) {
            told.serialize_entry(number.id, &Brief(measured))?;
        }
        for of in TopicWithin::ALL {
            told.serialize_entry(of.id(), &WithinWritten { result, shares: topic.within(of) })?;
        }
        for (name, of) in ROLE_TIMES.iter().zip(&topic.spreads) {
            told.serialize_entry(&format!("{name}_minutes"), &SpreadWritten { result, of })?;
        }
        told.end()
    }
}

/// The distribution of a number.
pub(super) struct NumbersWritten<'a>(pub(super) &'a NumbersResult);

impl Serialize for NumbersWritten<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut told = serializer.serialize_map(None)?;
        told.serialize_entry("sd", &Brief(&self.0.sd))?;
        told.serialize_entry("shares", &numbers(&self.0.shares))?;
        told.serialize_entry("shares_measured", &Listed(briefs(&self.0.shares_measured)))?;
        told.end()
    }
}

/// The distribution of a length of time.
pub(super) struct SpreadWritten<'a> {
    pub(super) result: &'a ExperimentResult,
    pub(super) of: &'a SpreadResult,
}

impl Serialize for SpreadWritten<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SpreadWritten { result, of } = *self;
        let mut told = serializer.serialize_map(None)?;
        told.serialize_entry("sd", &Brief(&of.sd))?;
        told.serialize_entry("quantiles", &QuantilesWritten(of))?;
        told.serialize_entry("within", &WithinWritten { result, shares: &of.within })?;
        told.end()
    }
}

/// Its quantiles: `p50`, `p90` and so on.
pub(super) struct QuantilesWritten<'a>(pub(super) &'a SpreadResult);

impl Serialize for QuantilesWritten<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = SpreadResult::QUANTILES.iter().map(|q| format!("p{:.0}", 100.0 * q));
        serializer.collect_map(names.zip(briefs(&self.0.quantiles)))
    }
}

/// Shares at or below each threshold.
pub(super) struct WithinWritten<'a> {
    pub(super) result: &'a ExperimentResult,
    pub(super) shares: &'a [Measured],
}

impl Serialize for WithinWritten<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct One<'a> {
            minutes: f64,
            share: Brief<'a>,
        }
        let all = self.result.thresholds.iter().zip(briefs(self.shares));
        serializer.collect_seq(all.map(|(t, share)| One { minutes: t.minutes(), share }))
    }
}

/// Entries of an object.
struct Keyed<I>(I);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)> + Clone> Serialize for Keyed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

/// Items of a list.
struct Listed<I>(I);

impl<T: Serialize, I: Iterator<Item = T> + Clone> Serialize for Listed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

fn briefs(all: &[Measured]) -> impl Iterator<Item = Brief<'_>> + Clone {
    all.iter().map(Brief)
}

/// Nothing is nothing, on whichever side of 0.
fn numbers(all: &[f64]) -> impl Serialize {
    Listed(all.iter().map(|number| number + 0.0))
}
