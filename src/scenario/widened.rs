//! Tables of the customers, widened by the names that recorded logs bring.

use super::cursor::{Cursor, Object};
use super::names::quote;
use super::replayed::Replayed;
use super::tree::{Entry, Node, Value};
use crate::model::{NamedLog, NamedRow, Shares};

/// Stands in a table for every other name that a log brings.
const OTHERS: &str = "*";
/// Stands for the units and the languages of a log that is not read.
pub(super) const UNREAD: &str = "(unread)";

/// The tables of channels, topics and units where logs have a say in them.
///
/// A table that the file does not state has the logs' names. A stated one has its own and, where it
/// has the row `*`, the logs' other names, each described like `*`. Without stated shares, the shares
/// are those of the logs.
pub(super) struct Widened {
    channels: Option<Node>,
    topics: Option<Node>,
    units: Option<Node>,
}

impl Widened {
    pub(super) fn of(of: &Object<'_>, logs: &[Replayed]) -> Widened {
        // names of a log that is not read are unknown, which is no fault of the tables
        let unread = logs.iter().any(|log| log.read.is_none());
        let logs: Vec<&NamedLog> = logs.iter().filter_map(|log| log.read.as_deref()).collect();
        let channels = counted(&logs, |log| &log.channels, |row| row.channel);
        let topics = counted(&logs, |log| &log.topics, |row| row.topic);
        let mut units = counted(&logs, |log| &log.units, |row| row.unit);
        if units.is_empty() && unread {
            units.push((UNREAD, 1));
        }
        Widened {
            channels: rows(of.get("channels"), &channels, unread),
            topics: rows(of.get("topics"), &topics, unread),
            units: if of.has("business_units") { None } else { shares(&units) },
        }
    }

    pub(super) fn channels<'t>(&'t self, of: &Object<'t>) -> Cursor<'t> {
        let stated = || of.or_default("channels", "customers.channels");
        self.channels.as_ref().map_or_else(stated, |node| at(of, "channels", node))
    }

    pub(super) fn topics<'t>(&'t self, of: &Object<'t>) -> Cursor<'t> {
        let stated = || of.or_default("topics", "customers.topics");
        self.topics.as_ref().map_or_else(stated, |node| at(of, "topics", node))
    }

    pub(super) fn units<'t>(&'t self, of: &Object<'t>) -> Option<Cursor<'t>> {
        match &self.units {
            Some(node) => Some(at(of, "business_units", node)),
            None => of.get("business_units"),
        }
    }
}

/// The languages that logs bring, with their shares, where the file states none; `None` without any.
pub(super) fn recorded_languages(logs: &[Replayed]) -> Option<(Vec<String>, Shares)> {
    let unread = logs.iter().any(|log| log.read.is_none() && log.used.mapping.language.is_some());
    let read: Vec<&NamedLog> = logs.iter().filter_map(|log| log.read.as_deref()).collect();
    let mut languages = counted(&read, |log| &log.languages, |row| row.language);
    if languages.is_empty() && unread {
        languages.push((UNREAD, 1));
    }
    let counts: Vec<f64> = languages.iter().map(|&(_, count)| count as f64).collect();
    let names = languages.iter().map(|&(name, _)| name.to_owned()).collect();
    Some((names, Shares::new(&counts)?))
}

fn at<'t>(of: &Object<'t>, key: &str, node: &'t Node) -> Cursor<'t> {
    Cursor { node, pointer: format!("{}/{key}", of.cursor.pointer), report: of.cursor.report }
}

/// The names that rows of the logs have, in order of the logs' tables, and how many rows have each.
fn counted<'a>(
    logs: &[&'a NamedLog],
    names: fn(&NamedLog) -> &Vec<String>,
    place: fn(&NamedRow) -> Option<u16>,
) -> Vec<(&'a str, u64)> {
    let mut all: Vec<(&str, u64)> = Vec::new();
    for &log in logs {
        let names = names(log);
        let mut counts = vec![0u64; names.len()];
        for place in log.rows.iter().filter_map(place) {
            counts[usize::from(place)] += 1;
        }
        for (name, count) in names.iter().zip(counts).filter(|&(_, count)| 0 < count) {
            match all.iter_mut().find(|(known, _)| known == name) {
                Some(known) => known.1 += count,
                None => all.push((name, count)),
            }
        }
    }
    all
}

/// Names with their shares; `None` without names.
fn shares(names: &[(&str, u64)]) -> Option<Node> {
    let all: u64 = names.iter().map(|(_, count)| count).sum();
    let entries = names.iter().map(|&(name, count)| entry(name, number(count as f64 / all as f64)));
    (!names.is_empty()).then(|| made(Value::Object(entries.collect())))
}

/// The stated table of rows with the logs' names; `None` where it stays as it is.
fn rows(stated: Option<Cursor<'_>>, names: &[(&str, u64)], unread: bool) -> Option<Node> {
    let empty = made(Value::Object(Vec::new()));
    let (mut table, others) = match &stated {
        None => (empty.clone(), Some(empty)),
        Some(stated) => (stated.node.clone(), stated.node.child(OTHERS).cloned()),
    };
    if names.is_empty() {
        if let (Some(stated), Some(_), false) = (&stated, others, unread) {
            stated.child(OTHERS)?.fail_with_help(
                "no-log",
                format!("{} stands for the names that a recorded log brings", quote(OTHERS)),
                "no log brings any here; name what there is",
            );
        }
        return None;
    }
    let Value::Object(entries) = &mut table.value else { return None };
    if let Some(others) = others {
        entries.retain(|entry| entry.name != OTHERS);
        for (name, _) in names {
            if !entries.iter().any(|entry| entry.name == *name) {
                entries.push(entry(name, others.clone()));
            }
        }
    }
    if !entries.iter().any(|entry| entry.node.child("share").is_some()) {
        let count = |name: &str| names.iter().find(|known| known.0 == name).map_or(0, |it| it.1);
        let all: u64 = entries.iter().map(|entry| count(&entry.name)).sum();
        for row in entries.iter_mut().filter(|_| 0 < all) {
            let share = count(&row.name) as f64 / all as f64;
            if let Value::Object(keys) = &mut row.node.value {
                keys.push(entry("share", number(share)));
            }
        }
    }
    Some(table)
}

fn entry(name: &str, node: Node) -> Entry {
    Entry { name: name.into(), key: 0..0, node }
}

fn number(number: f64) -> Node {
    made(Value::Number(number.to_string()))
}

/// A value that the file does not hold.
fn made(value: Value) -> Node {
    Node { value, range: 0..0, origin: None }
}
