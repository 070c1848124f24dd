//! From text to tree: what is wrong with the text as such.

use std::ops::Range;

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::tree::{Node, plant};
use crate::model::Diagnostic;

/// Deepest nesting of objects and lists.
pub(super) const DEEPEST: usize = 128;

/// A finding about the text itself, with its bytes.
pub(super) type TextFault = (Box<Diagnostic>, Range<usize>);

/// The tree of a text and the keys that are stated twice in it.
pub(super) fn parse(text: &str) -> Result<(Node, Vec<Diagnostic>), TextFault> {
    if let Some(at) = text.find('\0') {
        let fault = Diagnostic::error("nul-byte", "", "the text holds a NUL byte")
            .help("it may be a binary file, or text in another encoding; save it as UTF-8");
        return Err((fault.into(), at..at + 1));
    }
    if let Some((at, line_end)) = control_in_text(text) {
        let (message, help) = if line_end {
            (
                "a text runs over the end of its line",
                "close it with a double quote; a line break within a text is written `\\n`",
            )
        } else {
            (
                "a text holds a control character",
                "write it as an escape like `\\u001b`, or leave it out",
            )
        };
        let fault = Diagnostic::error("syntax", "", message).help(help);
        return Err((fault.into(), at..at + 1));
    }
    if let Some(at) = too_deep(text) {
        let fault = Diagnostic::error("too-deep", "", format!("nested deeper than {DEEPEST}"))
            .help("a scenario needs about ten levels");
        return Err((fault.into(), at..at + 1));
    }
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(text, &CollectOptions::default(), &options) {
        Ok(result) => match result.value {
            Some(value) => {
                let mut problems = Vec::new();
                let tree = plant(value, text, "", &mut problems);
                Ok((tree, problems))
            }
            None => {
                let fault = Diagnostic::error("empty-file", "", "the file holds no scenario").help(
                    "`orgsim new` writes one; `scenarios/quickstart.json` is one to start from",
                );
                Err((fault.into(), 0..0))
            }
        },
        Err(error) => {
            let range = error.range();
            if let Some(fault) = typographic(text, range.start) {
                return Err(fault);
            }
            let (message, help) = describe(error.kind());
            let fault = Diagnostic::error("syntax", "", message);
            let fault = if help.is_empty() { fault } else { fault.help(help) };
            Err((fault.into(), range.start..range.end))
        }
    }
}

/// What is said where the text breaks at a quotation mark as word processors set it.
fn typographic(text: &str, at: usize) -> Option<TextFault> {
    let sign = text.get(at..)?.chars().next()?;
    let is_quote = matches!(sign, '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '«' | '»');
    is_quote.then(|| {
        let message = format!("`{sign}` is no quotation mark of JSON");
        let help = "write straight ones, `\"`; word processors and messengers turn them into these";
        let fault = Diagnostic::error("syntax", "", message).help(help);
        (fault.into(), at..at + sign.len_utf8())
    })
}

/// Where a text between quotes holds a raw control character, and whether that is the end of a line.
fn control_in_text(text: &str) -> Option<(usize, bool)> {
    let raw = |byte: &u8| *byte < b' ' && *byte != b'\t';
    let start = scan(text, |_, _| None, |start, inside| inside.iter().any(raw).then_some(start))?;
    let first = text.as_bytes()[start + 1..].iter().position(raw)? + start + 1;
    let line_end = matches!(text.as_bytes()[first], b'\n' | b'\r');
    Some((if line_end { start } else { first }, line_end))
}

/// Where the text nests too deeply.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    scan(
        text,
        |at, byte| {
            match byte {
                b'{' | b'[' => depth += 1,
                _ => depth = depth.saturating_sub(1),
            }
            (DEEPEST < depth).then_some(at)
        },
        |_, _| None,
    )
}

/// A walk without recursion that knows texts and comments: the first place that `bracket` or `quoted` finds.
fn scan(
    text: &str,
    mut bracket: impl FnMut(usize, u8) -> Option<usize>,
    mut quoted: impl FnMut(usize, &[u8]) -> Option<usize>,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let start = at;
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let found = quoted(start, &bytes[start + 1..at.min(bytes.len())]);
                if found.is_some() {
                    return found;
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = text[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 1);
            }
            byte @ (b'{' | b'[' | b'}' | b']') => {
                let found = bracket(at, byte);
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn describe(kind: &ParseErrorKind) -> (String, &'static str) {
    let (message, help) = match kind {
        ParseErrorKind::UnterminatedObject => {
            ("this object is never closed", "a `}` is missing, or the file was cut off")
        }
        ParseErrorKind::UnterminatedArray => {
            ("this list is never closed", "a `]` is missing, or the file was cut off")
        }
        ParseErrorKind::UnterminatedCommentBlock => {
            ("this comment is never closed", "close it with `*/`")
        }
        ParseErrorKind::ExpectedComma => {
            ("a comma is missing here", "put a comma between two entries")
        }
        ParseErrorKind::ExpectedColonAfterObjectKey => {
            ("a colon is missing after this key", "write `\"key\": value`")
        }
        ParseErrorKind::ExpectedObjectValue => ("this key has no value", "write `\"key\": value`"),
        ParseErrorKind::ExpectedStringObjectProperty => {
            ("keys stand between double quotes", "write `\"key\": value`")
        }
        ParseErrorKind::SingleQuotedStringsNotAllowed => {
            ("texts stand between double quotes", "replace ' by \"")
        }
        ParseErrorKind::NonFiniteNumbersNotAllowed => {
            ("numbers are finite", "leave the key out where there is no limit")
        }
        ParseErrorKind::MultipleRootJsonValues => {
            ("something follows the end of the scenario", "a file holds one object")
        }
        ParseErrorKind::UnexpectedWord => {
            ("an unexpected word", "texts stand between double quotes")
        }
        ParseErrorKind::String(kind) => {
            return (lower(&kind.to_string()), "check the quotes and backslashes of this text");
        }
        other => return (lower(&other.to_string()), ""),
    };
    (message.into(), help)
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |first| first.to_lowercase().collect::<String>() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_trailing_commas_are_let_through() {
        let (tree, problems) =
            parse("// hello\n{ \"a\": [1, 2,], /* { */ \"b\": \"/*\", }\r\n").unwrap();
        assert!(problems.is_empty());
        assert!(tree.child("b").is_some());
    }

    #[test]
    fn nesting_is_checked_without_recursion() {
        let deep = "[".repeat(100_000);
        assert_eq!(parse(&deep).unwrap_err().0.code, "too-deep");
        let hidden = format!("[\"{}\"]", "[".repeat(1000));
        assert!(parse(&hidden).is_ok());
    }

    #[test]
    fn surrogates_and_infinities_are_refused() {
        for text in [
            "[\"\\ud800\"]",
            "[NaN]",
            "[Infinity]",
            "['a']",
            "[0x10]",
            "{a: 1}",
            "[1 2]",
            "[1] [2]",
            "[\"a\nb\"]",
        ] {
            assert_eq!(parse(text).map(|_| ()).unwrap_err().0.code, "syntax", "{text}");
        }
    }

    #[test]
    fn both_places_of_a_duplicate_are_told() {
        let (_, problems) = parse("{\n  \"a\": 1,\n  \"a\": 2\n}").unwrap();
        assert_eq!(problems[0].pointer, "/a");
        assert!(problems[0].help.as_ref().unwrap().contains("line 2, column 3"));
    }
}
