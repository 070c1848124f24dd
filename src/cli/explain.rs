//! `orgsim explain` and `orgsim schema`.

use crate::cli::arguments::Explain;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::present::{LINE, describe, measure_names, wrap};
use crate::scenario::{SCHEMA, codes, suggestion};

/// Widest line: it is all sentences and no table, and shorter lines of those are easier to read.
const WIDTH: usize = LINE - 10;

/// Say what a code or a measure means, or list all of them.
pub(super) fn explain(arguments: &Explain, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(word) = &arguments.word else {
        terminal.say(&list())?;
        return Ok(Exit::Done);
    };
    let Some(text) = crate::scenario::explain(word).or_else(|| describe(word)) else {
        let known: Vec<&str> = codes().chain(measure_names()).collect();
        let list = || "`orgsim explain` without a word lists them".to_owned();
        let failure = Failure::usage(format!("there is no code and no measure `{word}`"));
        return Err(failure.help(suggestion(word, &known).unwrap_or_else(list)));
    };
    terminal.say(&format!("{}\n", wrapped(&text)))?;
    Ok(Exit::Done)
}

/// The JSON Schema of scenario files.
pub(super) fn schema(terminal: &mut Terminal) -> Result<Exit, Failure> {
    terminal.data(SCHEMA)?;
    Ok(Exit::Done)
}

/// Long lines broken between words, what follows below where the line began; short ones and empty ones as they are.
fn wrapped(text: &str) -> String {
    let of_line = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        format!("{:indent$}{}", "", wrap(line, indent, WIDTH, indent).join("\n"))
    };
    let lines: Vec<String> = text.lines().map(|line| of_line(line).trim_end().to_owned()).collect();
    lines.join("\n")
}

fn list() -> String {
    let words = codes().chain(measure_names());
    let rows: String = words.map(|word| format!("  {word}\n")).collect();
    format!(
        "Codes of findings, then measures:\n{rows}\nMore:  orgsim explain settled_by_first_reply\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_name_is_asked_back() {
        let known: Vec<&str> = codes().chain(measure_names()).collect();
        let asked = |word: &str| suggestion(word, &known);
        assert_eq!(asked("answerd within").as_deref(), Some("did you mean `answered within`?"));
        assert_eq!(asked("unknwon-key").as_deref(), Some("did you mean `unknown-key`?"));
        assert_eq!(asked("happiness"), None);
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let text = format!("a: {}\n\n  b c", "word ".repeat(30));
        let lines: Vec<String> = wrapped(&text).lines().map(String::from).collect();
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
        assert_eq!(lines.last().map(String::as_str), Some("  b c"));
        assert_eq!(lines[lines.len() - 2], "");
    }
}
