//! Names as authors write them: shown safely, compared, and guessed at.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The longest part of an author's word that a message shows.
const SHOWN: usize = 60;
/// The most bytes of a name.
pub(super) const LONGEST: usize = 1000;
/// The most bytes of an unknown name of which one guesses what it means.
const GUESSED: usize = 200;

/// An author's word between backticks, with control and direction-changing characters escaped.
pub(crate) fn quote(text: &str) -> String {
    format!("`{}`", escape(&beginning(text, SHOWN)))
}

/// The first letters of a text, so many at most.
pub(super) fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// The text, and no more of it than a message shows where it is longer than a name may be.
pub(super) fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST { text.into() } else { beginning(text, SHOWN) }
}

/// The text with every character that could disturb a terminal or a reader written as its code.
pub fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        if is_unsafe(c) {
            safe.push_str(&format!("\\u{{{:x}}}", c as u32))
        } else {
            safe.push(c)
        }
        safe
    })
}

/// Whether a character controls the terminal, changes direction or cannot be seen.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{061c}' | '\u{e0000}'..='\u{e007f}')
}

/// The known name closest to `found`, if close enough to have been meant.
pub(crate) fn nearest<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    nearest_by(found, known, strsim::damerau_levenshtein)
}

/// [`nearest`] by a distance, which is asked for only where the letters of two names do not rule it out.
fn nearest_by<'a>(
    found: &str,
    known: &[&'a str],
    mut distance: impl FnMut(&str, &str) -> usize,
) -> Option<&'a str> {
    if GUESSED < found.len() {
        return None;
    }
    let folded = fold(found);
    let letters = Letters::of(&folded);
    let farthest = 1 + found.chars().count() / 4;
    let possible = |&name: &&'a str| {
        if LONGEST < name.len() {
            return None;
        }
        let known = fold(name);
        let least = letters.least_distance(&Letters::of(&known));
        (least <= farthest).then_some((least, name, known))
    };
    let mut possible: Vec<_> = known.iter().take(2000).filter_map(possible).collect();
    possible.sort_by_key(|&(least, ..)| least);
    let mut best: Option<(usize, &str)> = None;
    for (least, name, known) in possible {
        // of those as near, the first by name
        if best.is_some_and(|best| best < (least, name)) {
            continue;
        }
        let this = (distance(&known, &folded), name);
        if this.0 <= farthest && best.is_none_or(|nearest| this < nearest) {
            best = Some(this);
        }
    }
    best.map(|(_, name)| name)
}

/// How often each letter stands in a name; those of other alphabets share places.
struct Letters([u16; 128]);

impl Letters {
    fn of(name: &str) -> Letters {
        let mut all = [0; 128];
        name.chars().for_each(|letter| all[letter as usize % 128] += 1);
        Letters(all)
    }

    /// No fewer edits make one name of the other: each adds one letter at most, and takes one away.
    fn least_distance(&self, other: &Letters) -> usize {
        let both = self.0.iter().zip(&other.0);
        let (more, less) = both.fold((0, 0), |(more, less), (a, b)| {
            (more + usize::from(a.saturating_sub(*b)), less + usize::from(b.saturating_sub(*a)))
        });
        more.max(less)
    }
}

/// `did you mean …?`, or the known names where they are few.
pub fn suggestion(found: &str, known: &[&str]) -> Option<String> {
    if let Some(here) = ELSEWHERE.iter().find(|of| of.0 == found && known.contains(&of.1)) {
        return Some(format!("here it is {}", quote(here.1)));
    }
    match nearest(found, known) {
        Some(name) => Some(format!("did you mean {}?", quote(name))),
        None if known.is_empty() => None,
        None if known.len() <= 12 => {
            let list: Vec<String> = known.iter().map(|name| quote(name)).collect();
            Some(format!("known here: {}", list.join(", ")))
        }
        None => None,
    }
}

/// Words of textbooks and of other simulators, and the word here.
const ELSEWHERE: [(&str, &str); 11] = [
    ("deterministic", "constant"),
    ("fixed", "constant"),
    ("hyperexp", "hyperexponential"),
    ("servers", "people"),
    ("agents", "people"),
    ("capacity", "waiting_room"),
    ("buffer", "waiting_room"),
    ("service_time", "service"),
    ("arrival_rate", "messages"),
    ("replications", "repeat"),
    ("probability", "share"),
];

/// The name as people compare it: composed, in lower case, without blanks at the ends.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.trim().to_ascii_lowercase().replace(is_unsafe, "");
    }
    let lower = name.trim().nfkc().collect::<String>().to_lowercase();
    lower.replace('ß', "ss").nfc().filter(|&c| !is_unsafe(c)).collect()
}

/// Whether nothing of a name can be seen: blanks, and letters that are drawn as none.
pub(crate) fn is_blank(name: &str) -> bool {
    let unseen = |c| matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}');
    name.chars().all(|c| c.is_whitespace() || is_unsafe(c) || unseen(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alike_to_people_are_alike_here() {
        assert_eq!(fold("Straße"), fold("STRASSE"));
    }

    #[test]
    fn a_name_of_which_nothing_is_seen_is_blank() {
        for name in ["", " \t", "\u{200b}\u{200d}", "\u{3164}", "\u{2800} "] {
            assert!(is_blank(name), "{name:?}");
        }
        for name in ["a", "🙂", "한글", "\u{200b}x"] {
            assert!(!is_blank(name), "{name:?}");
        }
    }

    #[test]
    fn words_of_elsewhere_are_told_in_the_words_here() {
        assert_eq!(
            suggestion("deterministic", &["constant", "exponential"]).as_deref(),
            Some("here it is `constant`")
        );
        assert_eq!(suggestion("servers", &["service"]).as_deref(), Some("known here: `service`"));
    }

    #[test]
    fn names_are_shown_without_harm() {
        assert_eq!(quote("a\u{202e}b\u{1b}[31m\n"), "`a\\u{202e}b\\u{1b}[31m\\u{a}`");
        assert_eq!(quote(&"x".repeat(10_000)).chars().count(), SHOWN + 3);
        assert_eq!(quote("🙂 ok"), "`🙂 ok`");
    }

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("mesages", &["messages", "channels"]), Some("messages"));
        assert_eq!(nearest("color", &["messages", "channels"]), None);
        assert_eq!(nearest("X", &["x", "y"]), Some("x"));
    }

    #[test]
    fn the_nearest_of_many_names_takes_few_distances() {
        let known: Vec<String> = (0..2000).map(|i| format!("topic {i}")).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for found in ["topik 123", "tpic 1999", "nothing of the sort", "topic 12x"] {
            let mut asked = 0;
            let near = nearest_by(found, &known, |a, b| {
                asked += 1;
                strsim::damerau_levenshtein(a, b)
            });
            let all = known.iter().map(|&name| (strsim::damerau_levenshtein(name, found), name));
            let first = all.min().filter(|&(far, _)| far <= 1 + found.len() / 4);
            assert_eq!(near, first.map(|(_, name)| name), "{found}");
            assert!(asked <= 40, "{found} takes {asked}");
        }
        // a name that is too long to be one is compared with nothing
        let long = "y".repeat(LONGEST + 1);
        let near = nearest_by("yy", &[long.as_str()], |_, _| panic!("too long to be asked for"));
        assert_eq!(near, None);
    }

    #[test]
    fn letters_never_rule_out_what_is_near() {
        let names =
            ["", "a", "ab", "ba", "straße", "strasse", "Übung", "ubung", "abcabc", "cbacba"];
        for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))) {
            let least = Letters::of(a).least_distance(&Letters::of(b));
            assert!(least <= strsim::damerau_levenshtein(a, b), "{a} {b}");
        }
    }

    #[test]
    fn names_that_look_alike_fold_alike() {
        assert_eq!(fold(" A\u{7}b-C\t"), "ab-c");
        assert_eq!(fold("Café"), fold("cafe\u{301} "));
    }
}
