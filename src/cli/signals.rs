//! Ctrl-C and termination, as a flag that the simulation polls.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;

/// Whether somebody asked the program to stop.
#[derive(Debug, Clone)]
pub(super) struct Signals {
    stop: Arc<AtomicBool>,
    number: Arc<AtomicUsize>,
}

/// A file that would grow beyond what the system allows ends in an error that is told, not with the program.
pub(super) fn outlive_limits() {
    // a system that does not let us listen ends the program, as it would have done
    #[cfg(unix)]
    let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

impl Signals {
    /// Listen from now on. The first signal raises the flag; the second ends the program at once.
    pub(super) fn listen() -> Result<Signals, Failure> {
        let signals = Signals { stop: Arc::default(), number: Arc::default() };
        for signal in [SIGINT, SIGTERM] {
            // the order matters: on the first signal the flag is not yet raised when this one looks at it
            let number = usize::try_from(signal).expect("signals have small numbers");
            flag::register_conditional_shutdown(signal, 128 + signal, signals.stop.clone())
                .and_then(|_| flag::register_usize(signal, signals.number.clone(), number))
                .and_then(|_| flag::register(signal, signals.stop.clone()))
                .map_err(|error| Failure::world(format!("cannot listen to signals: {error}")))?;
        }
        Ok(signals)
    }

    /// The flag to poll.
    pub(super) fn flag(&self) -> &AtomicBool {
        &self.stop
    }

    /// Whether the flag is up.
    pub(super) fn raised(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// How the program ends if it was asked to stop.
    pub(super) fn exit(&self) -> Option<Exit> {
        let number = self.number.load(Ordering::Relaxed);
        (number != 0).then(|| Exit::Signal(u8::try_from(number).unwrap_or(15)))
    }
}
