//! The file as a tree that remembers where each value stands.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use jsonc_parser::ast::{self, ObjectPropName};

use super::names::quote;
use crate::model::Diagnostic;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) value: Value,
    /// Bytes of the file; meaningless for a value that did not come from it.
    pub(super) range: Range<usize>,
    /// The words that put the value here, if it did not come from the file.
    pub(super) origin: Option<Rc<str>>,
}

/// JSON, with numbers as written.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Flag(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Entry>),
}

/// One key of an object.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) key: Range<usize>,
    pub(super) node: Node,
}

impl Node {
    /// The child under this key or index.
    pub(super) fn child(&self, step: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(entries) => {
                entries.iter().find(|entry| entry.name == step).map(|entry| &entry.node)
            }
            Value::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The child under this key or index, to be changed.
    pub(super) fn child_mut(&mut self, step: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Object(entries) => {
                entries.iter_mut().find(|entry| entry.name == step).map(|entry| &mut entry.node)
            }
            Value::List(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The keys of an object with their values; none of anything else.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Object(entries) => entries,
            _ => &[],
        }
    }

    /// Whether an object in it, however deep, has this key.
    pub(super) fn has_key(&self, key: &str) -> bool {
        let of = |entry: &Entry| entry.name == key || entry.node.has_key(key);
        match &self.value {
            Value::Object(entries) => entries.iter().any(of),
            Value::List(items) => items.iter().any(|item| item.has_key(key)),
            _ => false,
        }
    }

    /// What kind of value this is, as people say it.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Flag(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    /// A value that came from elsewhere, whose words are `origin`.
    pub(super) fn from_json(json: &serde_json::Value, origin: Option<&Rc<str>>) -> Node {
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Flag(*flag),
            serde_json::Value::Number(number) => Value::Number(number.to_string()),
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(items) => {
                Value::List(items.iter().map(|item| Node::from_json(item, origin)).collect())
            }
            serde_json::Value::Object(map) => Value::Object(
                map.iter()
                    .map(|(name, value)| Entry {
                        name: name.clone(),
                        key: 0..0,
                        node: Node::from_json(value, origin),
                    })
                    .collect(),
            ),
        };
        Node { value, range: 0..0, origin: origin.cloned() }
    }

    /// The value without its place.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Flag(flag) => (*flag).into(),
            Value::Number(number) => {
                serde_json::from_str(number).unwrap_or_else(|_| number.clone().into())
            }
            Value::Text(text) => text.clone().into(),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Object(entries) => serde_json::Value::Object(
                entries.iter().map(|entry| (entry.name.clone(), entry.node.to_json())).collect(),
            ),
        }
    }
}

/// A key or index as a step of a JSON Pointer.
pub(super) fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The steps of a JSON Pointer, unescaped.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The tree of a syntax tree; keys stated twice go to `problems`.
///
/// The nesting was checked before, so that the recursion ends early enough.
pub(super) fn plant(
    value: ast::Value<'_>,
    text: &str,
    pointer: &str,
    problems: &mut Vec<Diagnostic>,
) -> Node {
    let (value, range) = match value {
        ast::Value::NullKeyword(null) => (Value::Null, null.range),
        ast::Value::BooleanLit(flag) => (Value::Flag(flag.value), flag.range),
        ast::Value::NumberLit(number) => (Value::Number(number.value.to_owned()), number.range),
        ast::Value::StringLit(text) => (Value::Text(text.value.into_owned()), text.range),
        ast::Value::Array(array) => {
            let items = array.elements.into_iter().enumerate();
            let items =
                items.map(|(i, item)| plant(item, text, &format!("{pointer}/{i}"), problems));
            (Value::List(items.collect()), array.range)
        }
        ast::Value::Object(object) => {
            let mut seen: HashSet<String> = HashSet::new();
            let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
            for property in object.properties {
                let (name, key) = match property.name {
                    ObjectPropName::String(literal) => (literal.value.into_owned(), literal.range),
                    ObjectPropName::Word(word) => (word.value.to_owned(), word.range),
                };
                let place = format!("{pointer}/{}", step(&name));
                if !seen.insert(name.clone()) {
                    let first = entries
                        .iter()
                        .find(|entry| entry.name == name)
                        .map_or(0, |entry| entry.key.start);
                    let (line, column) = line_and_column(text, first);
                    problems.push(
                        Diagnostic::error(
                            "duplicate-key",
                            &place,
                            format!("{} is stated twice", quote(&name)),
                        )
                        .help(format!(
                            "it is first stated on line {line}, column {column}; keep one of them"
                        )),
                    );
                }
                let node = plant(property.value, text, &place, problems);
                entries.push(Entry { name, key: key.start..key.end, node });
            }
            (Value::Object(entries), object.range)
        }
    };
    Node { value, range: range.start..range.end, origin: None }
}

/// Line and column of a byte, both from 1, the column in characters.
pub(super) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
