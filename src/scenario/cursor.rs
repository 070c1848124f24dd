//! A place in the tree from which values are read, wrong ones being noted with their place.

use std::fmt::Display;

use super::foreign::foreign;
use super::keys::{ANYWHERE, Shape};
use super::names::{LONGEST, fold, is_blank, nearest, quote, suggestion};
use super::report::Report;
use super::text::{Fault, two_readings};
use super::tree::{Entry, Node, Value, step};
use crate::model::Diagnostic;

/// Largest magnitude of a bare number.
const LARGEST: f64 = 1e12;
/// Smallest magnitude of a bare number other than zero.
const SMALLEST: f64 = 1e-12;

/// A value of the file and where it stands. Readers return `None` after noting what is wrong.
#[derive(Clone)]
pub(super) struct Cursor<'t> {
    pub(super) node: &'t Node,
    pub(super) pointer: String,
    pub(super) report: &'t Report,
}

impl<'t> Cursor<'t> {
    /// An error at this place.
    pub(super) fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        self.placed(Diagnostic::error(code, "", message))
    }

    /// A warning at this place.
    pub(super) fn warning(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        self.placed(Diagnostic::warning(code, "", message))
    }

    /// The same finding at this place, or where its own pointer leads from here.
    pub(super) fn placed(&self, finding: Diagnostic) -> Diagnostic {
        let pointer = format!("{}{}", self.pointer, finding.pointer);
        Diagnostic { pointer, ..finding.set_by(self.node.origin.as_deref()) }
    }

    /// Whether the value stands in for one that nobody stated.
    pub(super) fn is_default(&self) -> bool {
        self.node.origin.is_none() && self.node.range.is_empty()
    }

    pub(super) fn fail(&self, code: &'static str, message: impl Into<String>) {
        self.report.add_at(self.node.range.start, self.error(code, message));
    }

    pub(super) fn fail_with_help(
        &self,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report.add_at(self.node.range.start, self.error(code, message).help(help));
    }

    /// Note that what is stated here has no effect; whoever reads it goes on without it.
    pub(super) fn idle(&self, message: impl Into<String>, help: impl Into<String>) {
        let problem = self.error("no-effect", message).help(help);
        self.report.add_idle_at(self.node.range.start, problem);
    }

    pub(super) fn warn(
        &self,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report.add_at(self.node.range.start, self.warning(code, message).help(help));
    }

    pub(super) fn fault(&self, fault: Fault) {
        let problem = self.error(fault.code, fault.message);
        self.report.add_at(
            self.node.range.start,
            match fault.help {
                Some(help) => problem.help(help),
                None => problem,
            },
        );
    }

    /// What an unknown name here seems to mean, if what is wrong here will be told: a file may have thousands of them.
    pub(super) fn meant(&self, found: &str, known: &[&str]) -> Option<String> {
        self.report.tells(self.node.range.start).then(|| suggestion(found, known)).flatten()
    }

    /// Note that something else was expected here.
    pub(super) fn wrong_type<T>(&self, expected: &str) -> Option<T> {
        let message = format!("expected {expected}, found {}", self.node.kind());
        match self.way_to_write(expected) {
            Some(help) => self.fail_with_help("wrong-type", message, help),
            None => self.fail("wrong-type", message),
        }
        None
    }

    /// How what was expected here is written instead of what was found.
    fn way_to_write(&self, expected: &str) -> Option<String> {
        let help = match (expected, &self.node.value) {
            (_, Value::Null) => "state it, or leave the key out where it has a default".into(),
            ("a list", Value::Text(_)) => {
                "a list stands in brackets, one alone as well: `[\"…\"]`".into()
            }
            ("a list", _) => "a list stands in brackets: `[ … ]`".into(),
            ("an object with names as keys", _) => {
                "state each under its name, in braces: `{ \"name\": … }`".into()
            }
            ("an object", _) => "state its parts by their keys, in braces: `{ \"key\": … }`".into(),
            ("a text", _) => "a text stands in quotation marks: `\"…\"`".into(),
            ("true or false", _) => "write `true` or `false`, without quotation marks".into(),
            ("a number" | "a whole number", _) => {
                "write a bare number, without quotation marks or a unit".into()
            }
            _ => return None,
        };
        Some(help)
    }

    /// The value under a key or index, whatever its shape.
    pub(super) fn child(&self, name: &str) -> Option<Cursor<'t>> {
        self.node.child(name).map(|node| self.at(name, node))
    }

    fn at(&self, name: impl Display, node: &'t Node) -> Cursor<'t> {
        Cursor {
            node,
            pointer: format!("{}/{}", self.pointer, step(&name.to_string())),
            report: self.report,
        }
    }

    /// An object of a known shape; keys it does not know are noted.
    pub(super) fn object(&self, shape: &'static Shape) -> Option<Object<'t>> {
        let Value::Object(entries) = &self.node.value else { return self.wrong_type("an object") };
        for entry in entries {
            let name = entry.name.as_str();
            if !shape.keys.contains(&name) && !ANYWHERE.contains(&name) {
                let at = self.at(&entry.name, &entry.node);
                self.report.add_at(entry.key.start, at.placed(foreign(shape, entry)));
            }
        }
        Some(Object { cursor: self.clone(), entries, shape })
    }

    /// An object whose keys are those of a shape and names, which are checked by whoever reads them.
    pub(super) fn object_with_names(&self, shape: &'static Shape) -> Option<Object<'t>> {
        let Value::Object(entries) = &self.node.value else { return self.wrong_type("an object") };
        Some(Object { cursor: self.clone(), entries, shape })
    }

    /// An object with one key, which is a tag; also a bare text that is one.
    pub(super) fn tagged(&self, shape: &'static Shape) -> Option<(&'t str, Cursor<'t>)> {
        let object = self.object(shape)?;
        let mut tags =
            object.entries.iter().filter(|entry| shape.keys.contains(&entry.name.as_str()));
        match (tags.next(), tags.next()) {
            (Some(tag), None) => Some((&tag.name, self.at(&tag.name, &tag.node))),
            (Some(_), Some(second)) => {
                let second = self.at(&second.name, &second.node);
                second.fail_with_help(
                    "two-tags",
                    format!("{} takes one of these, not two", shape.what),
                    "keep one of the two keys",
                );
                None
            }
            (None, _) => {
                if !object.entries.iter().any(|entry| !ANYWHERE.contains(&entry.name.as_str())) {
                    let list: Vec<String> = shape.keys.iter().map(|key| quote(key)).collect();
                    self.fail_with_help(
                        "missing-key",
                        format!("{} is empty", shape.what),
                        format!("state one of {}", list.join(", ")),
                    );
                }
                None
            }
        }
    }

    /// The entries of an object whose keys are names; notes are left out, bad and look-alike names noted.
    pub(super) fn entries(&self) -> Option<Vec<(&'t str, Cursor<'t>)>> {
        let Value::Object(entries) = &self.node.value else {
            return self.wrong_type("an object with names as keys");
        };
        let is_note = |entry: &Entry| {
            ANYWHERE.contains(&entry.name.as_str()) && matches!(entry.node.value, Value::Text(_))
        };
        let named: Vec<(&str, Cursor)> = entries
            .iter()
            .filter(|entry| !is_note(entry))
            .map(|entry| (entry.name.as_str(), self.at(&entry.name, &entry.node)))
            .collect();
        let mut seen = std::collections::HashMap::new();
        for (name, child) in &named {
            if child.is_no_name(name) {
                continue;
            }
            if LONGEST < name.len() {
                child.fail("out-of-range", "a name is longer than 1,000 bytes");
            } else if let Some(other) = seen.insert(fold(name), *name)
                && other != *name
            {
                child.warn(
                    "look-alike-names",
                    format!("{} looks like {}", quote(name), quote(other)),
                    "they are two different names; rename one of them",
                );
            }
        }
        Some(named)
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Option<Vec<Cursor<'t>>> {
        let Value::List(items) = &self.node.value else { return self.wrong_type("a list") };
        Some(items.iter().enumerate().map(|(i, item)| self.at(i, item)).collect())
    }

    pub(super) fn text(&self) -> Option<&'t str> {
        match &self.node.value {
            Value::Text(text) => Some(text),
            _ => self.wrong_type("a text"),
        }
    }

    /// Whether it is just this text.
    pub(super) fn is_text(&self, text: &str) -> bool {
        matches!(&self.node.value, Value::Text(found) if found == text)
    }

    /// A text that is a name: not empty.
    pub(super) fn name(&self) -> Option<&'t str> {
        let text = self.text()?;
        (!self.is_no_name(text)).then_some(text)
    }

    /// Whether nobody could say or print this name, which is then noted.
    fn is_no_name(&self, name: &str) -> bool {
        let message = match name {
            name if is_blank(name) => "a name is empty",
            name if name.contains(['\n', '\r']) => "a name has a line break",
            _ => return false,
        };
        self.fail_with_help("empty-name", message, "give it a name that people can say");
        true
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match self.node.value {
            Value::Flag(flag) => Some(flag),
            _ => self.wrong_type("true or false"),
        }
    }

    /// A text in one of the small languages.
    pub(super) fn read<T>(&self, what: &str, read: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        match &self.node.value {
            Value::Text(text) => {
                let value = read(text).map_err(|fault| self.fault(fault)).ok()?;
                self.perhaps_thousands(text);
                Some(value)
            }
            Value::Number(number) => {
                let example = what.split('`').nth(1).unwrap_or_default();
                self.fail_with_help(
                    "missing-unit",
                    format!("{} has no unit", quote(number)),
                    format!("write it as a text with its unit, like `\"{example}\"`"),
                );
                None
            }
            _ => self.wrong_type(what),
        }
    }

    /// Note a number such as `1.200/day`: nobody writes a decimal that ends in a zero to the third place, and in
    /// many countries it is twelve hundred.
    fn perhaps_thousands(&self, text: &str) {
        let first = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let mut numbers = first.split(|c: char| !(c.is_ascii_digit() || c == '.'));
        let to_a_zero = numbers.next().is_some_and(|number| number.ends_with('0'));
        let may_be = to_a_zero && !text.contains('%');
        if let Some((thousands, point)) = two_readings(text).filter(|_| may_be) {
            self.warn(
                "two-readings",
                format!("{} is read with a decimal point", quote(text)),
                format!("if thousands are meant, write `{thousands}`; if not, `{point}` says so"),
            );
        }
    }

    /// A bare number between two bounds.
    pub(super) fn number(&self, low: f64, high: f64) -> Option<f64> {
        let Value::Number(written) = &self.node.value else { return self.no_number() };
        let number: f64 = written.parse().unwrap_or(f64::NAN);
        let magnitude = number.abs();
        if !number.is_finite() || LARGEST < magnitude || (0.0 < magnitude && magnitude < SMALLEST) {
            self.fail_with_help(
                "out-of-range",
                format!("{} is out of range", quote(written)),
                "numbers are 0 or lie between 1e-12 and 1e12",
            );
            return None;
        }
        if !(low..=high).contains(&number) {
            let negative = number < 0.0 && 0.0 <= low;
            let bounds = if high < LARGEST {
                format!("between {low} and {high}")
            } else {
                format!("at least {low}")
            };
            let code = if negative { "negative" } else { "out-of-range" };
            let message = format!("{} is not {bounds}", quote(written));
            match of_a_hundred(number).filter(|_| (low, high) == (0.0, 1.0)) {
                Some(percent) => {
                    let help = format!("a share is written `\"{percent}\"`, or as a part of 1");
                    self.fail_with_help(code, message, help);
                }
                None => self.fail(code, message),
            }
            return None;
        }
        Some(number + 0.0)
    }

    /// Note that a bare number was expected here, and which one a text that holds one seems to mean.
    fn no_number<T>(&self) -> Option<T> {
        let Value::Text(text) = &self.node.value else { return self.wrong_type("a number") };
        let share = text.trim().strip_suffix('%').map(str::trim_end);
        let number = share.unwrap_or(text.trim()).parse::<f64>().ok().filter(|of| of.is_finite());
        let Some(number) = number else { return self.wrong_type("a number") };
        let meant = if share.is_some() { number / 100.0 } else { number };
        self.fail_with_help(
            "wrong-type",
            format!("expected a number, found {}", self.node.kind()),
            format!("write a bare number, without quotation marks or a unit: `{meant}`"),
        );
        None
    }

    /// A whole number between two bounds.
    pub(super) fn whole(&self, low: u64, high: u64) -> Option<u64> {
        let Value::Number(written) = &self.node.value else {
            return self.wrong_type("a whole number");
        };
        match whole_number(written) {
            Some(number) if (low..=high).contains(&number) => Some(number),
            _ => {
                let code = if written.starts_with('-') && written != "-0" {
                    "negative"
                } else {
                    "out-of-range"
                };
                self.fail(
                    code,
                    format!("{} is not a whole number between {low} and {high}", quote(written)),
                );
                None
            }
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = words.iter().find(|(word, _)| *word == text).map(|&(_, meaning)| meaning);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
            let problem = self.error("unknown-word", format!("{} means nothing here", quote(text)));
            self.report.add_at(
                self.node.range.start,
                match self.meant(text, &known) {
                    Some(help) => problem.help(help),
                    None => problem,
                },
            );
        }
        found
    }

    /// The position of a name in a table of `what`, whose diagnostics have this code.
    pub(super) fn position<S: AsRef<str>>(
        &self,
        code: &'static str,
        what: &str,
        table: &[S],
    ) -> Option<usize> {
        self.named(self.text()?, code, what, table)
    }

    /// The same of a name that is the key of what is here.
    pub(super) fn named<S: AsRef<str>>(
        &self,
        name: &str,
        code: &'static str,
        what: &str,
        table: &[S],
    ) -> Option<usize> {
        let found = table.iter().position(|known| known.as_ref() == name);
        if found.is_none() {
            let known: Vec<&str> = table.iter().map(AsRef::as_ref).collect();
            let problem = self.error(code, format!("no {what} is named {}", quote(name)));
            self.report.add_at(
                self.node.range.start,
                match self.meant(name, &known) {
                    Some(help) => problem.help(help),
                    None => problem,
                },
            );
        }
        found
    }
}

/// The percentage that a number above 1 seems to mean.
fn of_a_hundred(number: f64) -> Option<String> {
    (2.0..=100.0).contains(&number).then(|| format!("{number}%"))
}

/// A whole number as written, `-0`, `3.0` and `1e6` included.
fn whole_number(written: &str) -> Option<u64> {
    // all whole numbers up to here are numbers with a point, and no two are the same
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let point = || written.parse::<f64>().ok();
    let exact = || point().filter(|number| number.fract() == 0.0 && (0.0..=EXACT).contains(number));
    written.parse().ok().or_else(|| exact().map(|number| number as u64))
}

/// An object of a known shape.
#[derive(Clone)]
pub(super) struct Object<'t> {
    pub(super) cursor: Cursor<'t>,
    entries: &'t [Entry],
    shape: &'static Shape,
}

impl<'t> Object<'t> {
    /// The value under a key.
    pub(super) fn get(&self, key: &'static str) -> Option<Cursor<'t>> {
        debug_assert!(
            self.shape.keys.contains(&key) || ANYWHERE.contains(&key),
            "`{key}` is missing among the keys of {}",
            self.shape.what
        );
        self.entries
            .iter()
            .rev()
            .find(|entry| entry.name == key)
            .map(|entry| self.cursor.at(key, &entry.node))
    }

    /// The value under a key that not every object read this way has.
    pub(super) fn if_known(&self, key: &'static str) -> Option<Cursor<'t>> {
        self.shape.keys.contains(&key).then(|| self.get(key)).flatten()
    }

    /// The value under a key that must be there.
    pub(super) fn need(&self, key: &'static str) -> Option<Cursor<'t>> {
        let found = self.get(key);
        if found.is_none() && !self.misspelt(key) {
            self.cursor.fail("missing-key", format!("{} needs {}", self.shape.what, quote(key)));
        }
        found
    }

    /// The value under a key, or the documented default of that name.
    pub(super) fn or_default(&self, key: &'static str, default: &str) -> Cursor<'t> {
        self.get(key).unwrap_or_else(|| {
            let node = self.cursor.report.default(default);
            Cursor {
                node,
                pointer: format!("{}/{key}", self.cursor.pointer),
                report: self.cursor.report,
            }
        })
    }

    /// Whether an unknown key, which was noted, seems to mean this one; then its lack is not noted as well.
    pub(super) fn misspelt(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| {
            !self.shape.keys.contains(&entry.name.as_str())
                && nearest(&entry.name, self.shape.keys) == Some(key)
        })
    }

    /// Whether a key is stated.
    pub(super) fn has(&self, key: &'static str) -> bool {
        self.entries.iter().any(|entry| entry.name == key)
    }
}
