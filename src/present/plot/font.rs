//! The bundled font: how wide text is, where it breaks, how it is cut.

use plotters::style::{FontStyle, IntoFont, register_font};
use std::collections::HashMap;
use std::sync::OnceLock;

use super::safe::is_accent;

/// DejaVu Sans, a subset; its licence stands beside it.
pub(super) const REGULAR: &[u8] = include_bytes!("../assets/DejaVuSans.subset.ttf");
/// The bold of it.
pub(super) const BOLD: &[u8] = include_bytes!("../assets/DejaVuSans-Bold.subset.ttf");

/// Name under which plotters knows the font.
const NAME: &str = "orgsim";
/// Units per em in the font.
const EM: f64 = 2048.0;
/// Ascent minus descent in the font's units: the size at which one pixel is one unit.
const HEIGHT: f64 = 2384.0;

/// Ranges of code points the subset holds.
const COVERED: [(u32, u32); 25] = [
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x384, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x3CE),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2190, 0x2199),
    (0x2206, 0x2206),
    (0x2211, 0x2212),
    (0x2248, 0x2248),
    (0x2264, 0x2265),
    (0x2713, 0x2713),
    (0x2717, 0x2717),
];

/// Width of `text` in pixels at `size` pixels.
///
/// A letter the font lacks is taken as wide (a browser will fetch it from some other font), so
/// that room is kept rather than lost.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let table = advances();
    let units: f64 = text
        .chars()
        .map(|letter| match table.get(&(letter, bold)) {
            Some(units) => *units,
            None if is_accent(letter) || letter == '\u{200D}' => 0.0,
            None if u32::from(letter) < 0x1100 => 0.8 * EM,
            None => 1.35 * EM,
        })
        .sum();
    units / EM * size
}

/// The first letter of a text that the bundled font lacks, so that it is a box in a PNG; in an SVG whoever shows it finds one.
///
/// ```
/// use orgsim::present::plot::undrawn;
///
/// assert_eq!(undrawn("Zürich, Łódź"), None);
/// assert_eq!(undrawn("A 日本"), Some('日'));
/// ```
pub fn undrawn(text: &str) -> Option<char> {
    let table = advances();
    let is_seen = |letter: char| !letter.is_whitespace() && !letter.is_control();
    let drawn = |letter: char| table.contains_key(&(letter, false)) || is_accent(letter);
    text.chars().find(|&letter| is_seen(letter) && letter != '\u{200D}' && !drawn(letter))
}

/// Advance of each covered letter, regular and bold, in the font's units.
fn advances() -> &'static HashMap<(char, bool), f64> {
    static TABLE: OnceLock<HashMap<(char, bool), f64>> = OnceLock::new();
    TABLE.get_or_init(|| {
        for (style, bytes) in [(FontStyle::Normal, REGULAR), (FontStyle::Bold, BOLD)] {
            assert!(register_font(NAME, style, bytes).is_ok(), "the bundled font must be readable");
        }
        let mut table = HashMap::new();
        for letter in COVERED.iter().flat_map(|&(from, to)| from..=to).filter_map(char::from_u32) {
            for (bold, style) in [(false, FontStyle::Normal), (true, FontStyle::Bold)] {
                let font = (NAME, HEIGHT, style).into_font();
                let (units, _) =
                    font.box_size(letter.encode_utf8(&mut [0; 4])).expect("registered above");
                table.insert((letter, bold), f64::from(units));
            }
        }
        table
    })
}

/// The text if it fits `room` pixels, else its longest beginning that fits, with an ellipsis.
pub(super) fn fit(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size, bold);
    for letter in text.chars() {
        used += width(letter.encode_utf8(&mut [0; 4]), size, bold);
        if room < used {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// The text in at most `lines` lines of `room` pixels, broken between words where it can be; what
/// does not fit ends in an ellipsis.
pub(super) fn wrap(text: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size, bold) <= room {
            line = longer;
            continue;
        }
        if done.len() + 1 == lines || (line.is_empty() && words.peek().is_none() && lines == 1) {
            let rest: Vec<&str> = words.collect();
            let all = if rest.is_empty() { longer } else { format!("{longer} {}", rest.join(" ")) };
            done.push(fit(&all, size, bold, room));
            return done;
        }
        if !line.is_empty() {
            done.push(std::mem::take(&mut line));
        }
        line = word.to_owned();
        while room < width(&line, size, bold) && done.len() + 1 < lines {
            let (head, tail) = cut(&line, size, bold, room);
            done.push(head);
            line = tail;
        }
    }
    if !line.is_empty() || done.is_empty() {
        done.push(fit(&line, size, bold, room));
    }
    done
}

/// The longest beginning of a word that fits (one letter at least), and the rest.
fn cut(word: &str, size: f64, bold: bool, room: f64) -> (String, String) {
    let mut used = 0.0;
    let mut at = word.len();
    for (index, letter) in word.char_indices() {
        used += width(letter.encode_utf8(&mut [0; 4]), size, bold);
        if room < used && 0 < index {
            at = index;
            break;
        }
    }
    (word[..at].to_owned(), word[at..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_the_font_s() {
        assert!((width("0", 100.0, false) - 63.6).abs() < 0.1);
        assert!(width("0", 100.0, false) < width("0", 100.0, true));
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing_when_there_is_room() {
        let text = "Who should answer our customers on social media this year?";
        let lines = wrap(text, 14.0, false, 150.0, 9);
        assert!(lines.iter().all(|line| width(line, 14.0, false) <= 150.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        for text in [
            "a great many words that will not fit",
            &"w".repeat(300),
            "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
        ] {
            for lines in 1..4 {
                let wrapped = wrap(text, 14.0, true, 60.0, lines);
                assert!(wrapped.len() <= lines);
                assert!(wrapped.iter().all(|line| width(line, 14.0, true) <= 60.0), "{wrapped:?}");
                assert!(wrapped.last().unwrap().ends_with('…'), "{wrapped:?}");
            }
        }
    }

    #[test]
    fn nothing_is_one_empty_line() {
        assert_eq!(wrap("", 14.0, false, 100.0, 2), [""]);
    }
}
