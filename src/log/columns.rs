//! Columns by name: found in the header, or reported with the nearest name.

use super::rows::Row;
use crate::model::Diagnostic;
use crate::model::mapping::{Condition, Test};
use std::collections::BTreeMap;

/// Finds the mapping's columns in a header and gathers every problem on the way.
pub(super) struct Columns<'a> {
    header: &'a [String],
    missing: &'a [String],
    /// What is wrong with the mapping so far.
    pub(super) problems: Vec<Diagnostic>,
    used: BTreeMap<usize, String>,
}

/// A column of values that may be missing.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its name, for messages.
    pub(super) name: String,
    place: usize,
    missing: Vec<String>,
}

impl Column {
    /// The row's value, unless missing.
    pub(super) fn value<'a>(&self, row: &Row<'a>) -> Option<&'a str> {
        let raw = row.raw(self.place);
        (!raw.is_empty() && !self.missing.iter().any(|marker| marker == raw)).then_some(raw)
    }

    /// The row's value as it stands.
    pub(super) fn raw<'a>(&self, row: &Row<'a>) -> &'a str {
        row.raw(self.place)
    }
}

impl<'a> Columns<'a> {
    /// Columns of this header, where these values mean "nothing here".
    pub(super) fn new(header: &'a [String], missing: &'a [String]) -> Columns<'a> {
        Columns { header, missing, problems: Vec::new(), used: BTreeMap::new() }
    }

    /// The column of this name; where there is none, a problem at `pointer`.
    pub(super) fn find(&mut self, name: &str, pointer: &str) -> Column {
        let name = name.trim();
        let places: Vec<usize> =
            (0..self.header.len()).filter(|&i| self.header[i] == name).collect();
        let by_place = name.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
        let place = match (places[..].first(), by_place) {
            (Some(&place), _) => {
                if 1 < places.len() {
                    self.problems.push(ambiguous(name, &places, pointer));
                }
                place
            }
            (None, Some(number)) if 1 <= number && number <= self.header.len() => number - 1,
            _ => {
                self.problems.push(self.unknown(name, pointer));
                0
            }
        };
        self.used.insert(place, name.to_string());
        let missing = self.missing.iter().map(|marker| marker.trim().to_string()).collect();
        Column { name: name.to_string(), place, missing }
    }

    /// The column of this name, if one is asked for.
    pub(super) fn find_some(&mut self, name: Option<&String>, pointer: &str) -> Option<Column> {
        name.map(|name| self.find(name, pointer))
    }

    /// The test on a column; `pointer` is the condition's.
    pub(super) fn condition(&mut self, condition: &Condition, pointer: &str) -> Check {
        let column = self.find(&condition.column, &format!("{pointer}/column"));
        Check { column, test: condition.test.clone() }
    }

    /// Every column asked for so far.
    pub(super) fn used(&self) -> Vec<Column> {
        let missing: Vec<String> = self.missing.iter().map(|marker| marker.trim().into()).collect();
        let column = |(&place, name): (&usize, &String)| Column {
            name: name.clone(),
            place,
            missing: missing.clone(),
        };
        self.used.iter().map(column).collect()
    }

    fn unknown(&self, name: &str, pointer: &str) -> Diagnostic {
        let found = Diagnostic::error(
            "log-unknown-column",
            pointer,
            format!("the log has no column `{name}`"),
        );
        if let [only] = self.header
            && let Some(delimiter) = [';', '\t', ',', '|'].iter().find(|&&sign| only.contains(sign))
        {
            let (sign, key) = match delimiter {
                '\t' => ("a tab".into(), "\\t".into()),
                sign => (format!("`{sign}`"), sign.to_string()),
            };
            return found.help(format!(
                "its first line looks delimited by {sign}: write `\"delimiter\": \"{key}\"` beside the columns"
            ));
        }
        let distance =
            |known: &str| strsim::damerau_levenshtein(&known.to_lowercase(), &name.to_lowercase());
        let near = self.header.iter().filter(|known| known.len() <= super::names::LONGEST);
        match near.map(|known| (distance(known), known)).min() {
            Some((far, known)) if far <= 1 + name.chars().count() / 4 => {
                found.help(format!("did you mean `{known}`?"))
            }
            _ => found.help(format!("its columns are {}", list(self.header))),
        }
    }
}

fn ambiguous(name: &str, places: &[usize], pointer: &str) -> Diagnostic {
    let places: Vec<String> = places.iter().map(|place| format!("`#{}`", place + 1)).collect();
    Diagnostic::error(
        "log-ambiguous-column",
        pointer,
        format!("the log has {} columns `{name}`", places.len()),
    )
    .help(format!("write which one by its place: {}", places.join(", ")))
}

fn list(header: &[String]) -> String {
    let shown = header.iter().take(30).map(|name| format!("`{}`", shorten(name, 40)));
    let more = if 30 < header.len() { ", …" } else { "" };
    shown.collect::<Vec<_>>().join(", ") + more
}

/// At most `length` characters of a text.
pub(super) fn shorten(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// A condition on a column of this file.
#[derive(Debug, Clone)]
pub(super) struct Check {
    column: Column,
    test: Test,
}

impl Check {
    /// Whether the row satisfies it.
    pub(super) fn holds(&self, row: &Row) -> bool {
        let is = |wanted: &String| wanted.trim() == self.column.raw(row);
        match &self.test {
            Test::OneOf(values) => values.iter().any(is),
            Test::NoneOf(values) => !values.iter().any(is),
            Test::Missing => self.column.value(row).is_none(),
            Test::Present => self.column.value(row).is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(header: &[&str], name: &str) -> Result<usize, (String, String)> {
        let header: Vec<String> = header.iter().map(|name| name.to_string()).collect();
        let mut columns = Columns::new(&header, &[]);
        let column = columns.find(name, "/time/column");
        match columns.problems.pop() {
            None => Ok(column.place),
            Some(found) => Err((found.message, found.help.unwrap_or_default())),
        }
    }

    #[test]
    fn a_missing_column_names_the_nearest() {
        let (message, help) = find(&["number", "opened_at"], "Opened at").unwrap_err();
        assert_eq!(message, "the log has no column `Opened at`");
        assert_eq!(help, "did you mean `opened_at`?");
        let (_, help) = find(&["a", "b"], "received").unwrap_err();
        assert_eq!(help, "its columns are `a`, `b`");
        let (_, help) = find(&["a;received"], "received").unwrap_err();
        let expected = "its first line looks delimited by `;`: write `\"delimiter\": \";\"` beside the columns";
        assert_eq!(help, expected);
    }

    #[test]
    fn a_column_named_twice_must_be_chosen_by_place() {
        let (message, help) = find(&["id", "time", "time"], "time").unwrap_err();
        assert_eq!(message, "the log has 2 columns `time`");
        assert_eq!(help, "write which one by its place: `#2`, `#3`");
        assert_eq!(find(&["id", "time", "time"], "#3"), Ok(2));
        assert_eq!(find(&["id", "time", "time"], "id"), Ok(0));
        assert!(find(&["id"], "#2").is_err());
        assert!(find(&["id"], "#0").is_err());
    }
}
