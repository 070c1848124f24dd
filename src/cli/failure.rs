//! Why a command did not end well, as text and as data.

use serde_json::{Value, json};

use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, errors_in_color, harmless};
use crate::model::Diagnostic;
use crate::scenario::{Source, render, render_json};

/// Why a command did not end well.
#[derive(Debug)]
pub(super) enum Failure {
    /// The world is unwilling: files, folders, threads.
    World(Told),
    /// The command asks for something there is not.
    Usage(Told),
    /// An input file is not what it should be, as a whole.
    Input(Told),
    /// The scenario is wrong, in all these places.
    Scenario(Box<Source>, Vec<Diagnostic>),
}

/// A message with advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// Stable name of the kind of failure.
    pub(super) code: &'static str,
    /// What happened.
    pub(super) message: String,
    /// What to do.
    pub(super) help: Option<String>,
}

impl Failure {
    /// The world is unwilling.
    pub(super) fn world(message: impl Into<String>) -> Failure {
        Failure::World(Told { code: "world", message: message.into(), help: None })
    }

    /// The command asks for something there is not.
    pub(super) fn usage(message: impl Into<String>) -> Failure {
        Failure::Usage(Told { code: "usage", message: message.into(), help: None })
    }

    /// An input file is not what it should be.
    pub(super) fn input(message: impl Into<String>) -> Failure {
        Failure::Input(Told { code: "input", message: message.into(), help: None })
    }

    /// The same failure with advice.
    pub(super) fn help(mut self, advice: impl Into<String>) -> Failure {
        if let Failure::World(told) | Failure::Usage(told) | Failure::Input(told) = &mut self {
            told.help = Some(advice.into());
        }
        self
    }

    /// The same failure with more advice behind what it has, if there is more.
    pub(super) fn and_help(self, more: Option<String>) -> Failure {
        let Some(more) = more else { return self };
        let before = match &self {
            Failure::World(told) | Failure::Usage(told) | Failure::Input(told) => told.help.clone(),
            Failure::Scenario(..) => None,
        };
        self.help(before.map_or(more.clone(), |before| format!("{before}; {more}")))
    }

    /// The same failure, of which what is found in the value at a path is found in the flag that was typed for it.
    pub(super) fn set_by(mut self, path: &str, flag: &str, typed: &str) -> Failure {
        if let Failure::Scenario(_, problems) = &mut self {
            let here = format!("{path} = ");
            let of_path = |words: &&mut String| words.starts_with(&here);
            for words in problems.iter_mut().filter_map(|of| of.set_by.as_mut()).filter(of_path) {
                *words = format!("{flag} {typed}");
            }
        }
        self
    }

    /// How the program ends.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Failure::World(_) => Exit::World,
            Failure::Usage(_) => Exit::Usage,
            Failure::Input(_) | Failure::Scenario(..) => Exit::Scenario,
        }
    }

    /// Tell it: text on standard error, or one document on standard output.
    pub(super) fn tell(&self, terminal: &mut Terminal, as_data: bool) {
        if as_data && terminal.data(&format!("{:#}\n", self.data())).is_ok() {
            return;
        }
        if let Failure::Scenario(source, problems) = self {
            terminal.remark_styled(&render(source, problems, errors_in_color()));
            terminal.remark(&summary(&source.name, problems));
        } else {
            terminal.remark(&self.text());
        }
    }

    /// As text, without colors.
    pub(super) fn text(&self) -> String {
        match self {
            Failure::World(told) | Failure::Usage(told) | Failure::Input(told) => {
                let help =
                    told.help.as_ref().map_or(String::new(), |help| format!("  = help: {help}\n"));
                format!("error: {}\n{help}", told.message)
            }
            Failure::Scenario(source, problems) => render(source, problems, false),
        }
    }

    /// As data.
    pub(super) fn data(&self) -> Value {
        let problems = match self {
            Failure::World(told) | Failure::Usage(told) | Failure::Input(told) => json!([{
                "code": told.code, "severity": "error", "message": told.message, "help": told.help,
            }]),
            Failure::Scenario(source, problems) => render_json(source, problems),
        };
        json!({ "orgsim": env!("CARGO_PKG_VERSION"), "exit": self.exit().code(), "problems": problems })
    }
}

/// One line after many findings.
fn summary(name: &str, problems: &[Diagnostic]) -> String {
    // errors come first
    let mut codes = problems.iter().map(|problem| problem.code);
    let first = codes.find(|code| *code != "more").unwrap_or("code");
    format!(
        "`{}` cannot be used as it is. What a code means:  orgsim explain {first}\n",
        harmless(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_the_value_of_a_flag_is_told_at_that_flag() {
        let words = [r#"experiment.precision = "abc""#, r#"customers.messages = "lots""#];
        let problem =
            |words| Diagnostic::error("unreadable", "", "not a share").set_by(Some(words));
        let source = Box::new(Source::new("mine.json", "{}"));
        let told = Failure::Scenario(source, words.map(problem).into())
            .set_by("experiment.precision", "--precision", "abc")
            .text();
        let places: Vec<&str> = told.lines().filter(|line| line.contains("-->")).collect();
        assert_eq!(places.len(), 2, "{told}");
        assert!(places[0].ends_with("--> --precision:1:1"), "{told}");
        assert!(places[1].ends_with("--> --set:1:22"), "{told}");
    }

    #[test]
    fn more_advice_stands_behind_what_there_is() {
        let help = |failure: Failure| failure.and_help(Some("then that".into())).text();
        assert!(help(Failure::world("no")).contains("= help: then that"));
        let both = help(Failure::world("no").help("first this"));
        assert!(both.contains("= help: first this; then that"), "{both}");
        let same = Failure::world("no").help("first this").and_help(None).text();
        assert!(same.ends_with("= help: first this\n"), "{same}");
    }
}
