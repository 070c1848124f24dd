//! `orgsim check`: what is wrong, or what it means.

use crate::cli::arguments::Check;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::terminal::Terminal;

/// Read a scenario and say what it means.
pub(super) fn check(arguments: &Check, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let opened = Opened::read(&arguments.scenario, &arguments.overlaid, arguments.max_file_bytes)?;
    terminal.say(&format!("{}\n", opened.scenario.question))?;
    Ok(Exit::Done)
}
