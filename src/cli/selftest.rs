//! `orgsim selftest`: textbook cases, simulated and exact.

use crate::cli::arguments::{Format, Selftest};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::signals::Signals;
use crate::cli::terminal::Terminal;
use crate::present::{selftest_json, selftest_text};
use crate::study;

/// Run all cases and tell how far each measure is from its exact value.
pub(super) fn selftest(arguments: &Selftest, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let signals = Signals::listen()?;
    let threads = usize::from(arguments.threads.unwrap_or(0));
    let result = study::selftest(arguments.seed, threads, signals.flag());
    match arguments.format {
        Format::Json => terminal.data(&format!("{:#}\n", selftest_json(&result)))?,
        Format::Text => terminal.say(&selftest_text(&result))?,
    }
    if let Some(exit) = signals.exit() {
        return Ok(exit);
    }
    Ok(if result.passed() { Exit::Done } else { Exit::World })
}
