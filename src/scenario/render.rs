//! Findings with the author's own words around them.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::names::{LONGEST, beginning, bounded, escape};
use super::source::Source;
use super::syntax::parse;
use super::tree::{Node, Value, line_and_column, step, steps};
use crate::model::{Diagnostic, Severity};

/// Codes that are about a key rather than its value.
const ABOUT_KEYS: &[&str] = &[
    "unknown-key",
    "duplicate-key",
    "look-alike-names",
    "empty-name",
    "unknown-kind",
    "two-kinds",
];
/// Longest line shown; around a longer one only the neighborhood of the place is shown.
const WIDEST: usize = 160;

/// Findings as text in the manner of rustc: code, message, file, line, column, caret, help.
pub fn render(source: &Source, diagnostics: &[Diagnostic], color: bool) -> String {
    let places = Places::of(source);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let shown = places.shown(source, diagnostic);
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group =
            Group::with_title(level.primary_title(escape(&diagnostic.message)).id(diagnostic.code));
        if let Some(shown) = shown {
            group = group.element(
                Snippet::source(shown.text)
                    .line_start(shown.line)
                    .path(shown.name)
                    .annotation(AnnotationKind::Primary.span(shown.mark)),
            );
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(escape(help)));
        }
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text
}

/// Findings as data: code, severity, message, pointer, line, column, help.
pub fn render_json(source: &Source, diagnostics: &[Diagnostic]) -> serde_json::Value {
    let places = Places::of(source);
    let one = |diagnostic: &Diagnostic| {
        let set_by = &diagnostic.set_by;
        let place = set_by.is_none().then(|| places.range(diagnostic)).flatten();
        let place = place.map(|range| line_and_column(&source.text, range.start));
        json!({
            "code": diagnostic.code,
            "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "message": diagnostic.message,
            "pointer": in_short(&diagnostic.pointer),
            "set_by": set_by.as_deref().map(|words| beginning(words, LONGEST)),
            "line": place.map(|(line, _)| line),
            "column": place.map(|(_, column)| column),
            "help": diagnostic.help,
        })
    };
    diagnostics.iter().map(one).collect()
}

/// A pointer in which no step is longer than a name may be.
fn in_short(pointer: &str) -> String {
    let short = |name: String| format!("/{}", step(&bounded(&name)));
    steps(pointer).map(short).collect()
}

/// A piece of text with a mark.
struct Shown {
    text: String,
    line: usize,
    name: String,
    mark: Range<usize>,
}

/// Where findings stand in a text.
enum Places {
    Tree(Node),
    Fault(Range<usize>),
}

impl Places {
    fn of(source: &Source) -> Places {
        if let Some((_, range)) = &source.fault {
            return Places::Fault(range.clone());
        }
        match parse(&source.text) {
            Ok((tree, _)) => Places::Tree(tree),
            Err((_, range)) => Places::Fault(range),
        }
    }

    /// Bytes of a finding; of the nearest place around it where there is none of its own.
    fn range(&self, diagnostic: &Diagnostic) -> Option<Range<usize>> {
        let tree = match self {
            Places::Fault(range) => return Some(range.clone()),
            Places::Tree(tree) => tree,
        };
        let mut node = tree;
        let mut range = first_byte(tree);
        for step in steps(&diagnostic.pointer) {
            match &node.value {
                Value::Object(entries) => {
                    let Some(entry) = entries.iter().rfind(|entry| entry.name == step) else {
                        return Some(range);
                    };
                    node = &entry.node;
                    range = entry.key.clone();
                }
                _ => {
                    let Some(child) = node.child(&step) else { return Some(range) };
                    node = child;
                    range = first_byte(node);
                }
            }
        }
        if diagnostic.pointer.is_empty() || ABOUT_KEYS.contains(&diagnostic.code) {
            return Some(range);
        }
        // a value of many lines is marked by its key
        match &node.value {
            Value::Object(_) | Value::List(_) if diagnostic.code != "wrong-type" => Some(range),
            _ => Some(node.range.clone()),
        }
    }

    fn shown(&self, source: &Source, diagnostic: &Diagnostic) -> Option<Shown> {
        if let Some(words) = &diagnostic.set_by {
            // the flag that was typed, where it is another than `--set`
            let flag = words.strip_prefix("--").and_then(|of| of.split_once(' '));
            let (name, words) = flag.map_or(("--set".into(), words.as_str()), |(flag, value)| {
                (format!("--{flag}"), value)
            });
            let text = escape(&bounded(words));
            let mark = text.find(" = ").map_or(0, |at| at + 3)..text.len();
            return Some(Shown { text, line: 1, name, mark });
        }
        let range = self.range(diagnostic)?;
        let text = &source.text;
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(range.start);
        let (line, _) = line_and_column(text, start);
        let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = floor(range.end).clamp(start, to);
        // a very long line is shown in part; its column is then that of the part, so the start is kept where possible
        let to = if to - from <= WIDEST {
            to
        } else {
            floor((start + WIDEST / 2).max(floor(from + WIDEST)).min(to))
        };
        let end = end.min(to);
        let before = escaped(&text[from..start]);
        let marked = escaped(&text[start..end]);
        let after = escaped(text[end..to].trim_end_matches('\r'));
        let mark = before.len()..before.len() + marked.len();
        Some(Shown { text: before + &marked + &after, line, name: source.name.clone(), mark })
    }
}

/// The first byte of a value.
fn first_byte(node: &Node) -> Range<usize> {
    node.range.start..node.range.start + 1
}

/// A line with every unsafe character escaped but tabs, which become blanks.
fn escaped(line: &str) -> String {
    escape(&line.replace('\t', " "))
}
