//! Ctrl-C and termination.
//!
//! The simulation polls a flag, and ends with what is complete. Whatever else a command does, reading a scenario, drawing
//! pictures, writing a folder, is looked after by a thread that waits for the signal: it saves what there is to save, says
//! so, and ends the program.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::iterator::Signals as Coming;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::remark_at_the_end;

/// Told when nothing was begun yet.
pub(super) const NOTHING_RUN: &str = "stopped: nothing was run\n";

/// Whether somebody asked the program to stop.
#[derive(Debug, Clone)]
pub(super) struct Signals {
    stop: Arc<AtomicBool>,
    number: Arc<AtomicUsize>,
    ending: Arc<Mutex<Ending>>,
}

/// What is done before the program ends, and then told; `None` while the flag is polled.
#[derive(Default)]
struct Ending(Option<Box<dyn FnMut() -> String + Send>>);

impl fmt::Debug for Ending {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(if self.0.is_some() { "Ends" } else { "Polled" })
    }
}

/// A file that would grow beyond what the system allows ends in an error that is told, not with the program.
pub(super) fn outlive_limits() {
    // a system that does not let us listen ends the program, as it would have done
    #[cfg(unix)]
    let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

impl Signals {
    /// Listen from now on. The first signal raises the flag, which is polled; the second ends the program at once.
    pub(super) fn listen() -> Result<Signals, Failure> {
        let signals =
            Signals { stop: Arc::default(), number: Arc::default(), ending: Arc::default() };
        let refused =
            |error: std::io::Error| Failure::world(format!("cannot listen to signals: {error}"));
        for signal in [SIGINT, SIGTERM] {
            // the order matters: a signal that comes meanwhile leaves its number, and on the first one the flag is not yet
            // raised when the second of these looks at it
            let number = usize::try_from(signal).expect("signals have small numbers");
            flag::register_usize(signal, signals.number.clone(), number)
                .and_then(|_| {
                    flag::register_conditional_shutdown(signal, 128 + signal, signals.stop.clone())
                })
                .and_then(|_| flag::register(signal, signals.stop.clone()))
                .map_err(refused)?;
        }
        if signals.exit().is_some() {
            signals.stop.store(true, Ordering::Relaxed);
        }
        // after the flags, which are up when it looks
        let mut coming = Coming::new([SIGINT, SIGTERM]).map_err(refused)?;
        let watched = signals.clone();
        let watch = move || coming.forever().for_each(|_| watched.obey());
        std::thread::Builder::new().spawn(watch).map_err(refused)?;
        Ok(signals)
    }

    /// From now on a signal ends the program, once this is done; what it gives back is told.
    pub(super) fn end_with(&self, ending: impl FnMut() -> String + Send + 'static) {
        self.now(Some(Box::new(ending)));
    }

    /// The same where there is nothing to save.
    pub(super) fn end_saying(&self, words: &'static str) {
        self.end_with(|| words.to_owned());
    }

    /// From now on the flag is polled. Does not come back if the program is ending.
    pub(super) fn polled(&self) {
        self.now(None);
    }

    fn now(&self, ending: Option<Box<dyn FnMut() -> String + Send>>) {
        self.obey();
        self.ending.lock().expect("nobody panicked").0 = ending;
        self.obey();
    }

    /// End the program if it was asked to stop while nobody polls the flag.
    pub(super) fn obey(&self) {
        // whoever else comes here meanwhile waits for the end
        let mut ending = self.ending.lock().expect("nobody panicked");
        if let (Some(exit), Some(end)) = (self.exit(), &mut ending.0) {
            remark_at_the_end(&end());
            std::process::exit(exit.code().into());
        }
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
