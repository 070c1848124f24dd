//! The command line: arguments, commands, exit codes. The only place that prints.
//!
//! A command reads its arguments, asks the lower floors, and says what they answered; it knows nothing
//! about queues or statistics itself. Answers go to standard output, everything else to standard error.
//! With `--format json` there is exactly one JSON document on standard output, errors included.

mod arguments;
mod asked_file;
mod beside;
mod check;
mod check_text;
mod checkpoint;
mod days;
mod exit;
mod explain;
mod failure;
mod folder;
mod folder_error;
mod folder_name;
mod graph;
mod keepsakes;
mod new;
mod opened;
mod patience;
mod person;
mod progress;
mod record;
mod results;
mod role;
mod run;
mod selftest;
mod shipped;
mod signals;
mod simulated;
mod statement;
mod story;
mod studies;
mod sweep;
mod terminal;
mod told;
mod trace;
mod unfinished;
mod what_if;
mod workbench;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use crate::cli::arguments::{Arguments, CardFormat, Command, Format, GraphFormat, TableFormat};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::experiment::panic_words;

/// Run the program with the arguments of this process.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let mut terminal = Terminal::of_process();
    signals::outlive_limits();
    let overview = arguments::overview();
    let command = Arguments::command().help_template(overview);
    let parsed = command
        .try_get_matches_from(&words)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let exit = match parsed {
        Ok(arguments) => {
            let as_data = as_data(&arguments.command);
            guarded(|| dispatch(arguments.command, &mut terminal)).unwrap_or_else(|failure| {
                failure.tell(&mut terminal, as_data);
                failure.exit()
            })
        }
        Err(error) => not_understood(&error, &words, &mut terminal),
    };
    exit.into()
}

/// Do it; should we be wrong somewhere, say so in a sentence instead of a trace.
fn guarded(work: impl FnOnce() -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    std::panic::set_hook(Box::new(|_| {}));
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    let _ = std::panic::take_hook();
    done.unwrap_or_else(|cause| {
        let told = panic_words(&*cause).unwrap_or("no reason was given");
        Err(Failure::world(format!("internal error: {told}"))
            .help("this is a fault of the program; please report it with the scenario"))
    })
}

fn dispatch(command: Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match command {
        Command::New(arguments) => new::new(&arguments, terminal),
        Command::Check(arguments) => check::check(&arguments, terminal),
        Command::Run(arguments) => run::run(&arguments, terminal),
        Command::Graph(arguments) => graph::graph(&arguments, terminal),
        Command::Role(arguments) => role::role(&arguments, terminal),
        Command::Sweep(arguments) => sweep::sweep(&arguments, terminal),
        Command::Schema(_) => explain::schema(terminal),
        Command::Explain(arguments) => explain::explain(&arguments, terminal),
        Command::Trace(arguments) => trace::trace(&arguments, terminal),
        Command::Statement(arguments) => statement::statement(&arguments, terminal),
        Command::Selftest(arguments) => selftest::selftest(&arguments, terminal),
        Command::Rerun(arguments) => run::rerun(&arguments, terminal),
        Command::Completions(arguments) => {
            let mut script = Vec::new();
            clap_complete::generate(
                arguments.shell,
                &mut Arguments::command(),
                "orgsim",
                &mut script,
            );
            terminal.data(&String::from_utf8_lossy(&script))?;
            Ok(Exit::Done)
        }
    }
}

/// Whether errors are told as data.
fn as_data(command: &Command) -> bool {
    let format = match command {
        Command::Check(arguments) => arguments.format,
        Command::Run(arguments) => arguments.output.format,
        Command::Trace(arguments) => arguments.format,
        Command::Selftest(arguments) => arguments.format,
        Command::Rerun(arguments) => arguments.output.format,
        Command::Graph(arguments) => return arguments.format == Some(GraphFormat::Json),
        Command::Role(arguments) => return arguments.card_format() == CardFormat::Json,
        Command::Sweep(arguments) => return arguments.table_format() == TableFormat::Json,
        Command::New(_)
        | Command::Schema(_)
        | Command::Explain(_)
        | Command::Statement(_)
        | Command::Completions(_) => Format::Text,
    };
    format == Format::Json
}

/// Help and version are answers; everything else that clap returns is a command that was not understood.
fn not_understood(error: &clap::Error, words: &[OsString], terminal: &mut Terminal) -> Exit {
    let text = error.render();
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return terminal.styled(&text.ansi().to_string()).map_or_else(
            |failure| {
                failure.tell(terminal, false);
                failure.exit()
            },
            |()| Exit::Done,
        );
    }
    let mut pairs = words.windows(2);
    let asked = words.iter().any(|word| word == "--format=json")
        || pairs.any(|pair| pair[0] == "--format" && pair[1] == "json");
    if asked {
        let plain = text.to_string();
        let first = plain.lines().next().unwrap_or_default();
        Failure::usage(first.trim_start_matches("error: ")).tell(terminal, true);
    } else {
        terminal.remark_styled(&text.ansi().to_string());
    }
    Exit::Usage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_in_a_sentence_and_ends_with_one() {
        let told = |work: fn()| {
            let failure = guarded(|| {
                rayon::join(work, || ());
                Ok(Exit::Done)
            });
            let failure = failure.expect_err("it panicked");
            assert_eq!(failure.exit(), Exit::World);
            format!("{failure:?}")
        };
        let named = told(|| panic!("replication {} of design `A` with seed 5 failed", 3));
        assert!(
            named.contains("internal error: replication 3 of design `A` with seed 5"),
            "{named}"
        );
        assert!(told(|| std::panic::panic_any(7)).contains("internal error: no reason was given"));
    }
}
