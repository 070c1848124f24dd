//! How a command ends.

use std::process::ExitCode;

/// What the exit code tells whoever started the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// A complete, trustworthy result.
    Done,
    /// The world was unwilling, or we were wrong: worth another try.
    World,
    /// The command was not understood.
    Usage,
    /// The scenario is wrong: never worth another try.
    Scenario,
    /// An objective was missed under `--check`.
    Missed,
    /// This signal ended the run.
    Signal(u8),
}

impl Exit {
    /// The number.
    pub(super) fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::World => 1,
            Exit::Usage => 2,
            Exit::Scenario => 3,
            Exit::Missed => 4,
            Exit::Signal(number) => 128 + number,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}
