//! Text from outside, made safe to show.

/// Longest text kept whole; a name of ten thousand letters is cut before anyone measures it.
const LONGEST: usize = 2000;
/// Accents kept on one letter.
const ACCENTS: usize = 3;

/// The text as it is shown: white space in a row is one space, and characters that would act
/// unseen (control, direction override, zero width) stand as their code point, `[U+202E]`.
pub(super) fn clean(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut accents = 0;
    for (at, letter) in text.trim().chars().enumerate() {
        if LONGEST <= at {
            shown.push('…');
            break;
        }
        accents = if is_accent(letter) { accents + 1 } else { 0 };
        if ACCENTS < accents {
            continue;
        }
        if matches!(letter, '\u{2028}' | '\u{2029}') || letter.is_whitespace() {
            if !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if is_unseen(letter) {
            shown.push_str(&format!("[U+{:04X}]", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// The text cleaned and escaped for XML content and attribute values.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Whether the letter sits on the one before it and takes no room.
pub(super) fn is_accent(letter: char) -> bool {
    matches!(u32::from(letter), 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x610..=0x61A
        | 0x64B..=0x65F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F)
}

/// Whether the letter would act without being seen, or may not stand in XML at all. The joiner
/// of emoji is let through.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(u32::from(letter), 0xAD | 0x61C | 0x180E | 0x200B | 0x200C | 0x200E | 0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF0..=0xFFFB | 0xE000..=0xF8FF
            | 0xE0000..=0x10FFFF)
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            escape(r#"<script>"x" & 'y'</script>"#),
            "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;"
        );
    }

    #[test]
    fn what_acts_unseen_is_shown() {
        assert_eq!(clean("a\u{202E}b\u{1B}[0m"), "a[U+202E]b[U+001B][0m");
        assert_eq!(clean("\u{200B}x\u{FEFF}\u{FFFE}"), "[U+200B]x[U+FEFF][U+FFFE]");
        assert_eq!(clean("two\r\n\tlines\u{2028}here"), "two lines here");
    }

    #[test]
    fn accents_do_not_pile_up() {
        let piled = format!("e{}", "\u{301}".repeat(50));
        assert_eq!(clean(&piled).chars().count(), 1 + ACCENTS);
    }

    #[test]
    fn a_very_long_name_is_cut() {
        assert_eq!(clean(&"x".repeat(10_000)).chars().count(), LONGEST + 1);
    }
}
