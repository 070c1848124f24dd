//! Names as authors write them: shown safely, compared, and guessed at.

use unicode_normalization::UnicodeNormalization;

/// The longest part of an author's word that a message shows.
const SHOWN: usize = 60;

/// An author's word between backticks, with control and direction-changing characters escaped.
pub(crate) fn quote(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("`{}`", escape(&shown))
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
    if 200 < found.len() {
        return None;
    }
    let folded = fold(found);
    let distance = |name: &str| strsim::damerau_levenshtein(&fold(name), &folded);
    let (distance, name) = known.iter().take(2000).map(|&name| (distance(name), name)).min()?;
    (distance <= 1 + found.chars().count() / 4).then_some(name)
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
    fn names_that_look_alike_fold_alike() {
        assert_eq!(fold("Café"), fold("cafe\u{301} "));
    }
}
