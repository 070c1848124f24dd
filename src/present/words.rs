//! Words in lists, lines and columns.

use unicode_width::UnicodeWidthStr;

/// What stands where there is nothing to tell.
pub const NOTHING: &str = "–";
/// What stands where luck alone would do the same.
pub const LUCK: &str = "·";
/// Said of a role, after its name, that leaves its design without averages.
pub const BEHIND_FOR_GOOD: &str = "falls behind for good, so nothing can be compared";

/// Columns of a line: of an answer and all that stands below it, and of what a command says for people.
pub const LINE: usize = 100;

/// `one, two and three`.
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).into(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `one, two or three`.
pub fn either(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => list(names),
    }
}

/// Columns of a terminal that the text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text filled with spaces to a width, or cut with `…`.
pub fn fill(text: &str, to: usize) -> String {
    if width(text) <= to {
        return pad(text, to);
    }
    pad(&format!("{}…", beginning(text, to.saturating_sub(1))), to)
}

/// As much of the text as takes at most so many columns.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    if width(text) <= most {
        return text;
    }
    // what follows a character may widen it
    let ends = text.char_indices().map(|(at, _)| &text[..at]);
    ends.take_while(|start| width(start) <= most).last().unwrap_or_default()
}

/// Names of at most so many characters, all different: `Hub and spoke` becomes `Hub&spoke`,
/// `Decentralized` becomes `Decentral.`. Long ones that begin alike are told by
/// what differs: `Desk of three shifts` becomes `Desk…three`.
pub(crate) fn shortened(names: &[&str], most: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    if let Some(told) = by_what_differs(&names, most) {
        return told;
    }
    for name in &names {
        let mut short =
            if width(name) <= most { (*name).into() } else { name.replace(" and ", "&") };
        if most < width(&short) {
            short = format!("{}.", beginning(&short, most - 2).trim_end());
        }
        let mut number = 2;
        let stem = short.clone();
        while all.contains(&short) {
            let kept = beginning(&stem, most - 2).trim_end_matches('.');
            short = format!("{kept} {number}");
            number += 1;
        }
        all.push(short);
    }
    all
}

/// Names of which two, cut at their ends, would be the same: of these, what differs is told with a beginning, where that
/// tells them apart. A number in a name would otherwise stand beside another that we count.
fn by_what_differs(names: &[&str], most: usize) -> Option<Vec<String>> {
    let begins = |name: &str| beginning(&name.replace(" and ", "&"), most - 2).to_owned();
    let alike = |name: &str| -> Vec<&str> {
        let same =
            |of: &&&str| most < width(of) && most < width(name) && begins(of) == begins(name);
        names.iter().filter(same).copied().collect()
    };
    if names.iter().all(|name| alike(name).len() < 2) {
        return None;
    }
    let told = |name: &&str| match alike(name).as_slice() {
        group @ [_, _, ..] => differing(name, group, most),
        [_] => Some(format!("{}.", begins(name).trim_end())),
        [] => Some((*name).into()),
    };
    let told: Vec<String> = names.iter().map(told).collect::<Option<_>>()?;
    let differ = told.iter().enumerate().all(|(at, name)| !told[..at].contains(name));
    differ.then_some(told)
}

/// A name by its beginning and the words in which it differs from the others of its group: `The va…3`.
fn differing(name: &str, group: &[&str], most: usize) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let others: Vec<Vec<&str>> = group.iter().map(|of| of.split(' ').collect()).collect();
    let shortest = others.iter().map(Vec::len).min()?;
    let same_at = |at: usize| others.iter().all(|of| of[at] == words[at]);
    let before = (0..shortest).take_while(|&at| same_at(at)).count();
    let same_from =
        |end: usize| others.iter().all(|of| of[of.len() - end] == words[words.len() - end]);
    let behind = (1..=shortest - before).take_while(|&end| same_from(end)).count();
    let differs = words[before..words.len() - behind].join(" ");
    if differs.is_empty() {
        return None;
    }
    Some(match most.checked_sub(2 + width(&differs)) {
        Some(left) => format!("{}…{differs}", beginning(name, left + 1).trim_end()),
        None => format!("…{}.", beginning(&differs, most - 2).trim_end()),
    })
}

/// The text with spaces behind it up to a width; longer ones as they are.
pub fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// A cell of at most so many characters: a number too long goes without its chance before it is cut.
pub fn fitting(cell: &str, most: usize) -> String {
    let number = cell.split(" ±").next().unwrap_or_default();
    match width(cell) <= most {
        true => cell.into(),
        false if width(number) <= most => number.into(),
        false => fill(number, most),
    }
}

/// The text behind spaces, so that it ends at a width.
pub fn right(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// Words broken into lines of a width; later lines are indented. What is typed as it stands, a command or an option with
/// its value, is never broken: where it does not fit, it has a longer line of its own.
pub(crate) fn wrap(text: &str, first: usize, to: usize, indent: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = first;
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let end = typed_to(&words, at).unwrap_or(at + 1);
        let word = &words[at..end].join(" ");
        at = end;
        let line = lines.last_mut().expect("there is a line");
        let gap = usize::from(!line.trim().is_empty());
        if to < used + gap + width(word) && !line.trim().is_empty() {
            lines.push(format!("{}{word}", " ".repeat(indent)));
            used = indent + width(word);
        } else {
            line.push_str(&" ".repeat(gap));
            line.push_str(word);
            used += gap + width(word);
        }
    }
    lines
}

/// Commands that sentences may tell to type.
const COMMANDS: [&str; 12] = [
    "new",
    "check",
    "run",
    "graph",
    "role",
    "sweep",
    "schema",
    "explain",
    "trace",
    "rerun",
    "selftest",
    "completions",
];
/// What may stand before and behind a command in a sentence.
const OPENING: [char; 2] = ['(', '`'];
const CLOSING: [char; 6] = [')', '`', '.', ',', ';', ':'];

/// Where a command or an option that begins at a word ends, before which word; `None` where none begins.
fn typed_to(words: &[&str], at: usize) -> Option<usize> {
    let first = words[at].trim_start_matches(OPENING);
    if first.starts_with("--") {
        return Some(option_to(words, at));
    }
    let command = words.get(at + 1)?;
    if first != "orgsim" || !COMMANDS.contains(&command.trim_end_matches(CLOSING)) {
        return None;
    }
    let mut end = at + 2;
    while let Some(word) = words.get(end).filter(|_| !words[end - 1].ends_with(CLOSING)) {
        let name = word.trim_end_matches(CLOSING);
        end = match () {
            () if word.starts_with("--") => option_to(words, end),
            () if word.starts_with(['"', '\'']) => quoted_to(words, end),
            // a file, a flag or a code
            () if name.contains(['.', '/', '-', '_']) => end + 1,
            () => break,
        };
    }
    Some(end)
}

/// The same of an option, with its value.
fn option_to(words: &[&str], at: usize) -> usize {
    match words.get(at + 1) {
        None => at + 1,
        _ if words[at].ends_with(CLOSING) => at + 1,
        Some(value) if value.starts_with("--") => at + 1,
        Some(value) if value.starts_with(['"', '\'']) => quoted_to(words, at + 1),
        Some(_) => at + 2,
    }
}

/// The same of what stands in quotes; of quotes that nothing ends, their first word.
fn quoted_to(words: &[&str], at: usize) -> usize {
    let quote = &words[at][..1];
    let ends = |at: &usize| {
        let word = words[*at].trim_end_matches(CLOSING);
        1 < word.len() && word.ends_with(quote)
    };
    (at..words.len()).find(ends).map_or(at + 1, |at| at + 1)
}

#[cfg(test)]
/// Words of experts that leaders never meet.
pub(crate) const FORBIDDEN: [&str; 22] = [
    "service level",
    "FCR",
    "resolved",
    "utilization",
    "unstable",
    "steady state",
    "ρ",
    "abandon",
    "half-width",
    "confidence",
    "interval",
    "significan",
    "κ",
    "kappa",
    "CRN",
    "random number",
    "replication",
    "metric",
    "KPI",
    "variance",
    "quantile",
    "latency",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!((width("客服"), width("Zürich"), width("Zu\u{308}rich")), (4, 6, 6));
        assert_eq!((pad("客服", 6), right("客服", 6)), ("客服  ".into(), "  客服".into()));
        assert_eq!(fill("客服中心", 6), "客服… ", "the third would take a seventh column");
        assert_eq!(width(&fill("客服中心", 6)), 6);
        assert_eq!(fill("customers", 6), "custo…");
    }

    #[test]
    fn long_lines_are_wrapped_between_words() {
        assert_eq!(wrap("one two three", 4, 12, 2), ["one two", "  three"]);
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!((either(&["a", "b", "c"]), either(&["a"])), ("a, b or c".into(), "a".into()));
        assert_eq!(fill("abcdef", 4), "abc…");
    }

    #[test]
    fn what_is_to_be_typed_is_not_broken() {
        let told = |text| wrap(text, 0, 30, 2).join("|");
        assert_eq!(
            told(
                "It is too close (orgsim run c/v4.json --out out/v4 --repeat 30). More runs tell."
            ),
            "It is too close|  (orgsim run c/v4.json --out out/v4 --repeat 30).|  More runs tell."
        );
        assert_eq!(
            told("To have it, to the end: --set \"designs.Hub and spoke.heads=3\" and no more"),
            "To have it, to the end:|  --set \"designs.Hub and spoke.heads=3\"|  and no more"
        );
        assert_eq!(
            told("Then type orgsim explain empty-name and it says what orgsim can do about it"),
            "Then type|  orgsim explain empty-name|  and it says what orgsim can|  do about it"
        );
        assert_eq!(
            told("one word -- and another that is long"),
            "one word -- and another that|  is long"
        );
        assert_eq!(
            told("with `orgsim check`, or a \" that stays alone"),
            "with `orgsim check`, or a \"|  that stays alone"
        );
    }

    #[test]
    fn numbers_that_do_not_fit_go_without_their_chance() {
        let told = ["+$1.44 ±.3", "not in 1/10", "1d 6h ±12h"].map(|cell| fitting(cell, 8));
        assert_eq!(told, ["+$1.44", "not in …", "1d 6h"]);
        assert_eq!(fitting("+$1.44 ±.3", 10), "+$1.44 ±.3");
    }

    #[test]
    fn names_are_short_and_different() {
        let names = ["Centralized", "Hub and spoke", "Decentralized", "Decentralized 2", "A"];
        let short = shortened(&names, 11);
        assert_eq!(short, ["Centralized", "Hub&spoke", "Decentral.", "Decentral 2", "A"]);
        let numbered = [0, 1, 10].map(|n| format!("The variant number {n} with a long name"));
        let numbered: Vec<&str> = numbered.iter().map(String::as_str).collect();
        assert_eq!(shortened(&numbered, 8), ["The va…0", "The va…1", "The v…10"]);
        let shifts = ["Desk of three shifts", "Desk of two shifts", "Hub"];
        assert_eq!(shortened(&shifts, 10), ["Desk…three", "Desk o…two", "Hub"]);
        assert_eq!(shortened(&shifts, 5), ["…thr.", "D…two", "Hub"]);
    }
}
