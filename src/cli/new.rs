//! `orgsim new`: a first scenario.

use crate::cli::arguments::New;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Write a first scenario.
pub(super) fn new(arguments: &New, _: &mut Terminal) -> Result<Exit, Failure> {
    let shown = arguments.file.display();
    if arguments.file.exists() && !arguments.force {
        return Err(Failure::world(format!("`{shown}` is there already")).help("choose another name, or replace it with `--force`"));
    }
    Err(Failure::world("`new` is not part of this version"))
}
