//! What a picture says in words: headline, subtitle, note, text alternative.

use super::canvas::{Canvas, Type};
use super::font::wrap;
use super::safe::clean;
use super::theme::{GREY, HEADLINE, INK, MARGIN, SMALL, SUBTITLE};

/// The words of a picture.
///
/// The title states the one question or answer the picture shows, as a sentence; the subtitle
/// says what is drawn, in which units. `alt` is the text alternative: what somebody would be told
/// who cannot see the picture. Where it is empty, title and subtitle stand in. `note` is a line
/// under the picture: how sure, how computed, from where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// The question or answer, bold at the top.
    pub title: String,
    /// What is drawn and in which units, grey under the title.
    pub subtitle: String,
    /// The text alternative.
    pub alt: String,
    /// A line under the picture; empty for none.
    pub note: String,
}

impl Caption {
    /// A caption that is only a title.
    pub fn new(title: impl Into<String>) -> Caption {
        Caption { title: title.into(), ..Caption::default() }
    }

    /// The same with a subtitle.
    pub fn subtitle(self, subtitle: impl Into<String>) -> Caption {
        Caption { subtitle: subtitle.into(), ..self }
    }

    /// The same with a text alternative.
    pub fn alt(self, alt: impl Into<String>) -> Caption {
        Caption { alt: alt.into(), ..self }
    }

    /// The same with a note under the picture.
    pub fn note(self, note: impl Into<String>) -> Caption {
        Caption { note: note.into(), ..self }
    }

    /// The text alternative, made up from title and subtitle where none was given.
    pub(super) fn description(&self) -> String {
        match self.alt.trim() {
            "" => format!("{} {}", self.title, self.subtitle),
            alt => alt.to_owned(),
        }
    }
}

/// A caption broken into lines for a width, before anything is drawn: charts need its height.
pub(super) struct Words {
    title: Vec<String>,
    subtitle: Vec<String>,
    note: Vec<String>,
}

impl Words {
    /// Break the caption for a picture of that width.
    pub(super) fn of(caption: &Caption, width: f64) -> Words {
        let room = width - 2.0 * MARGIN;
        let lines = |text: &str, size: f64, bold: bool, most: usize| match clean(text) {
            text if text.is_empty() => Vec::new(),
            text => wrap(&text, size, bold, room, most),
        };
        Words {
            title: lines(&caption.title, HEADLINE, true, 3),
            subtitle: lines(&caption.subtitle, SUBTITLE, false, 3),
            note: lines(&caption.note, SMALL, false, 4),
        }
    }

    /// Where the chart itself may begin.
    pub(super) fn top(&self) -> f64 {
        let title = self.title.len() as f64 * (HEADLINE + 6.0);
        let subtitle = self.subtitle.len() as f64 * (SUBTITLE + 5.0);
        MARGIN + title + subtitle + 18.0
    }

    /// What the note and the lower margin need under the chart.
    pub(super) fn bottom(&self) -> f64 {
        match self.note.len() {
            0 => MARGIN,
            lines => MARGIN + 12.0 + lines as f64 * (SMALL + 5.0),
        }
    }

    /// Write title and subtitle at the top, and the note at the foot of a sheet of that height.
    pub(super) fn write(&self, canvas: &mut Canvas, height: f64) {
        let mut y = MARGIN + HEADLINE * 0.8;
        canvas.lines(MARGIN, y, &self.title, HEADLINE + 6.0, Type::new(HEADLINE, INK).bold());
        y += self.title.len() as f64 * (HEADLINE + 6.0) - 2.0;
        canvas.lines(MARGIN, y, &self.subtitle, SUBTITLE + 5.0, Type::new(SUBTITLE, GREY));
        let foot = height - self.bottom() + 12.0 + SMALL;
        canvas.lines(MARGIN, foot, &self.note, SMALL + 5.0, Type::new(SMALL, GREY));
    }
}

/// The picture of a chart that has no data: its words, and why it is empty.
pub(super) fn empty(caption: &Caption, why: &str) -> String {
    let words = Words::of(caption, super::theme::WIDTH);
    let height = words.top() + 120.0 + words.bottom();
    let mut canvas = Canvas::new(super::theme::WIDTH, height);
    words.write(&mut canvas, height);
    canvas.text(MARGIN, words.top() + 56.0, why, Type::new(SUBTITLE, GREY));
    canvas.finish(caption)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_alternative_the_title_speaks() {
        let caption = Caption::new("Why do they wait?").subtitle("hours per inquiry");
        assert_eq!(caption.description(), "Why do they wait? hours per inquiry");
        assert_eq!(caption.alt("Bars.").description(), "Bars.");
    }

    #[test]
    fn longer_words_take_more_room() {
        let short = Words::of(&Caption::new("Why?"), 920.0);
        let long = Words::of(&Caption::new("Why ".repeat(60)).note("n"), 920.0);
        assert!(short.top() < long.top() && short.bottom() < long.bottom());
    }
}
