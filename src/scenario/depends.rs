//! What the answer may depend on: paths with ranges of values.

use serde_json::Value as Json;

use super::cursor::Cursor;
use super::keys::DEPENDS;

/// An input that may change the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Depends {
    /// Path of the input.
    pub what: String,
    /// The values it may have.
    pub range: Range,
    /// Where the range is from, in the author's words.
    pub source: Option<String>,
}

/// Values of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// All between two.
    Between(Json, Json),
    /// These and no others.
    OneOf(Vec<Json>),
}

impl Range {
    /// The values that are written, each with its place below the entry.
    pub(super) fn values(&self) -> Vec<(String, &Json)> {
        match self {
            Range::Between(from, to) => vec![("from".into(), from), ("to".into(), to)],
            Range::OneOf(values) => {
                values.iter().enumerate().map(|(i, value)| (format!("try/{i}"), value)).collect()
            }
        }
    }
}

/// Read the list.
pub(super) fn depends(cursor: &Cursor<'_>) -> Vec<Depends> {
    cursor.items().unwrap_or_default().iter().filter_map(one).collect()
}

fn one(cursor: &Cursor<'_>) -> Option<Depends> {
    let of = cursor.object(&DEPENDS)?;
    let what = of.need("what").and_then(|what| what.name().map(String::from));
    let range = match (of.get("from"), of.get("to"), of.get("try")) {
        (Some(from), Some(to), None) => Range::Between(from.node.to_json(), to.node.to_json()),
        (None, None, Some(list)) => {
            let values: Vec<Json> = list.items()?.iter().map(|item| item.node.to_json()).collect();
            if values.is_empty() {
                list.fail("missing-key", "no values to try");
                return None;
            }
            Range::OneOf(values)
        }
        _ => {
            cursor.fail_with_help(
                "missing-key",
                "what it depends on needs a range",
                "state `from` and `to`, or a list of values to `try`",
            );
            return None;
        }
    };
    let source = of.get("source").and_then(|source| source.text().map(String::from));
    Some(Depends { what: what?, range, source })
}
