//! Languages: those that customers write in, who speaks which, and what is led by them.

use super::cursor::{Cursor, Object};
use super::customers::units;
use super::streams::own_mix;
use super::widened::UNREAD;
use crate::model::{LanguageId, Shares};

/// The languages that customers write in, with their shares; none where the file does not tell them apart.
pub(super) fn languages(at: &Cursor<'_>) -> Option<(Vec<String>, Shares)> {
    let read = units(at)?;
    if read.0.is_empty() {
        at.fail_with_help("missing-key", "there are no languages", "name some, or leave this out");
    }
    Some(read)
}

/// The languages of a list, in the order in which customers have them. `None` if something is wrong with it.
pub(super) fn named(at: &Cursor<'_>, known: &[String]) -> Option<Vec<LanguageId>> {
    told_apart(at, known)?;
    if known == [UNREAD] {
        return Some(vec![LanguageId(0)]);
    }
    let items = at.items()?;
    if items.is_empty() {
        let help = "name one, or leave this out: then it is all of them";
        at.fail_with_help("out-of-range", "no language", help);
        return None;
    }
    let one = |item: &Cursor<'_>| item.position("unknown-language", "language", known);
    let all: Vec<Option<usize>> = items.iter().map(one).collect();
    let all: Option<Vec<usize>> = all.into_iter().collect();
    let mut named: Vec<LanguageId> = all?.into_iter().map(|at| LanguageId(at as u32)).collect();
    named.sort_unstable();
    named.dedup();
    Some(named)
}

/// What some people speak: `None` within for every language, stated or not.
pub(super) fn speaks(of: &Object<'_>, known: &[String]) -> Option<Option<Vec<LanguageId>>> {
    let Some(at) = of.get("speaks") else { return Some(None) };
    let named = named(&at, known)?;
    Some((named.len() < known.len()).then_some(named))
}

/// A stream's own languages: one name, or names with shares.
pub(super) fn own_languages(of: &Object<'_>, known: &[String], usual: &Shares) -> Option<Shares> {
    if let Some(at) = of.get("languages") {
        told_apart(&at, known)?;
    }
    own_mix(of, "languages", known, "unknown-language", usual)
}

/// Nothing goes by languages that customers do not have.
fn told_apart(at: &Cursor<'_>, known: &[String]) -> Option<()> {
    if known.is_empty() {
        at.fail_with_help(
            "missing-key",
            "a language is named here, but the customers have none",
            "name them: `\"customers\": { \"languages\": [\"English\", \"German\"], … }`",
        );
        return None;
    }
    Some(())
}
