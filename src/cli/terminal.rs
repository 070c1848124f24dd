//! Standard output and standard error: the only place that prints.

use std::io::{self, BufWriter, ErrorKind, Write};

use crate::cli::failure::Failure;
use crate::present::escaped;

/// Where text goes.
///
/// A reader that has seen enough (`orgsim run … | head`) is no fault: what it would have read is dropped
/// and the command goes on to its end.
#[derive(Debug, Default)]
pub(super) struct Terminal {
    closed: bool,
    ascii: bool,
}

impl Terminal {
    /// The terminal of this process: letters beyond ASCII are replaced where the locale is known not to have them.
    pub(super) fn of_process() -> Terminal {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .filter_map(std::env::var_os)
            .find(|value| !value.is_empty());
        let ascii = locale.is_some_and(|locale| !has_unicode(&locale.to_string_lossy()));
        Terminal { closed: false, ascii }
    }

    /// Print text that may hold names from outside: what would act on the terminal unseen is shown as its code point.
    pub(super) fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.styled(&harmless(text))
    }

    /// Print text that holds our own colors and nothing unsafe.
    pub(super) fn styled(&mut self, text: &str) -> Result<(), Failure> {
        if self.ascii { self.data(&plain(text)) } else { self.data(text) }
    }

    /// Print data for another program, letter by letter as it is.
    pub(super) fn data(&mut self, text: &str) -> Result<(), Failure> {
        self.data_written(|out| out.write_all(text.as_bytes()))
    }

    /// The same of what this writes.
    pub(super) fn data_written(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let mut out = BufWriter::new(anstream::stdout().lock());
        match write(&mut out).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::world(format!("cannot write to standard output: {error}"))),
        }
    }

    /// Print a remark on standard error. If nobody can read it, nobody is told.
    pub(super) fn remark(&self, text: &str) {
        self.remark_styled(&harmless(text));
    }

    /// Print a remark that holds our own colors and nothing unsafe.
    pub(super) fn remark_styled(&self, text: &str) {
        let text = if self.ascii { plain(text) } else { text.to_owned() };
        let mut err = anstream::stderr().lock();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// The last words of a program that ends at once: a bar that may be in their place goes.
pub(super) fn remark_at_the_end(text: &str) {
    use std::io::IsTerminal;
    let clear = if io::stderr().is_terminal() { "\r\x1b[2K" } else { "" };
    Terminal::of_process().remark_styled(&format!("{clear}{}", harmless(text)));
}

/// Whether standard error shows colors.
pub(super) fn errors_in_color() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
}

fn has_unicode(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Control characters, direction overrides and what takes no room, as their code points; line ends stay.
pub(super) fn harmless(text: &str) -> String {
    escaped(text, |letter| letter != '\n')
}

/// The same text in ASCII, each letter as wide as before, so that columns stay columns.
fn plain(text: &str) -> String {
    let joined = text.replace(" ±", "+-");
    let ascii = |letter: char| match letter {
        '✓' => '+',
        '✗' | '×' => 'x',
        '±' => '~',
        '·' | '│' => '|',
        '–' | '—' | '−' | '─' => '-',
        '…' => '.',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '÷' => '/',
        '→' | '≥' => '>',
        '←' | '≤' => '<',
        '█' | '▇' | '▆' | '▅' => '#',
        '▁' | '▂' | '▃' | '▄' => '_',
        '•' => '*',
        other if other.is_ascii() => other,
        _ => '?',
    };
    joined.chars().map(ascii).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal_unseen() {
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}c\nd"), "a\\u{1b}[31mb\\u{202e}c\nd");
        assert_eq!(harmless("Zürich 👩‍🚒"), "Zürich 👩‍🚒");
    }

    #[test]
    fn ascii_keeps_columns() {
        assert_eq!(plain("✓ 30   48 ±1%  – ü"), "+ 30   48+-1%  - ?");
        assert!(has_unicode("de_DE.UTF-8") && has_unicode("C.utf8") && !has_unicode("C"));
    }
}
