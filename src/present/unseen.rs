//! Characters that act without being seen, told apart from those that can be read.

/// Whether a character controls the terminal, changes the direction of writing or takes no room; line ends do too.
/// The joiners of emoji and of scripts that need them are let through.
pub fn acts_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(u32::from(letter), 0xAD | 0x61C | 0x180E | 0x200B | 0x200E | 0x200F | 0x2028 | 0x2029
            | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF)
}

/// The text with those of these characters for which `hide` holds as their code points: `\u{202e}`.
pub fn escaped(text: &str, hide: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if acts_unseen(letter) && hide(letter) {
            shown.push_str(&format!("\\u{{{:x}}}", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_unseen_stands_as_its_code_point() {
        let all = |text: &str| escaped(text, |_| true);
        assert_eq!(all("a\u{202e}b\tc\nd\u{feff}"), "a\\u{202e}b\\u{9}c\\u{a}d\\u{feff}");
        assert_eq!(escaped("a\tb\n", |letter| letter != '\n'), "a\\u{9}b\n");
        assert_eq!(all("Zürich 👩\u{200d}🚒 ＝"), "Zürich 👩\u{200d}🚒 ＝");
    }
}
