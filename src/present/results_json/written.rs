//! Results as they are written: one role or pair of designs after the other, never all of them in memory as a tree.

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::pair_json;
use super::roles::RoleWritten;
use crate::experiment::{DesignResult, ExperimentResult};

/// A result and its frame, in which the lists of roles and the one of pairs are empty.
pub(super) struct Written<'a> {
    pub(super) frame: &'a Value,
    pub(super) result: &'a ExperimentResult,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.frame.as_object().expect("a result is an object");
        serializer
            .collect_map(entries.iter().map(|(key, value)| (key, Entry { of: self, key, value })))
    }
}

/// An entry of the frame: the designs have their roles put in, the pairs stand here.
struct Entry<'a> {
    of: &'a Written<'a>,
    key: &'a str,
    value: &'a Value,
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Written { result, .. } = self.of;
        match (self.key, self.value) {
            ("designs", Value::Array(frames)) => serializer.collect_seq(
                frames.iter().zip(&result.designs).map(|(frame, of)| Design { result, frame, of }),
            ),
            ("pairs", _) => {
                serializer.collect_seq(result.pairs.iter().map(|of| pair_json(result, of)))
            }
            (_, other) => other.serialize(serializer),
        }
    }
}

struct Design<'a> {
    result: &'a ExperimentResult,
    frame: &'a Value,
    of: &'a DesignResult,
}

impl Serialize for Design<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.frame.as_object().expect("a design is an object");
        serializer.collect_map(entries.iter().map(|(key, value)| {
            let roles = (key == "roles").then_some((self.result, self.of));
            (key, Part { value, roles })
        }))
    }
}

/// An entry of a design, or its roles.
struct Part<'a> {
    value: &'a Value,
    roles: Option<(&'a ExperimentResult, &'a DesignResult)>,
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.roles {
            Some((result, of)) => {
                serializer.collect_seq(of.roles.iter().map(|role| RoleWritten { result, role }))
            }
            None => self.value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::experiment::examples::{model_of_desks, run_with};
    use crate::present::{Provenance, results_frame, results_json, results_text};

    #[test]
    fn what_is_written_is_the_tree() {
        let result = run_with(&model_of_desks(6.0), 1);
        let provenance = Provenance::default();
        let tree = results_json(&result, &provenance);
        let text = results_text(&result, &provenance);
        assert_eq!(text, format!("{tree:#}\n"));
        let frame = results_frame(&result, &provenance);
        assert_eq!(frame["designs"][0]["roles"].as_array().map(Vec::len), Some(0));
        assert_eq!(frame["pairs"].as_array().map(Vec::len), Some(0));
        assert_eq!(tree["pairs"].as_array().map(Vec::len), Some(1));
        assert!(
            tree["designs"].as_array().unwrap().iter().all(|of| of["roles"][0]["name"].is_string())
        );
    }
}
