//! `orgsim run` and `orgsim rerun`.

use std::path::Path;

use crate::cli::arguments::{Rerun, Run};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::shipped::{list, shipped};
use crate::cli::terminal::Terminal;

/// Compare the designs of a scenario.
pub(super) fn run(arguments: &Run, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(_file) = &arguments.scenario else {
        terminal.say(&list(&shipped(Path::new("scenarios"))))?;
        return Ok(Exit::Done);
    };
    Err(Failure::world("not wired"))
}

/// Make the numbers of an earlier run again.
pub(super) fn rerun(_: &Rerun, _: &mut Terminal) -> Result<Exit, Failure> {
    Err(Failure::world("not wired"))
}
