//! What a command has done so far, kept beside the place of its results while it goes on.
//!
//! A hidden folder that appears when a command has taken a while and goes when it is done: `done.bin` with the steps that
//! are done, to which more are added at its end, and `now.bin` with a part of the one under way, which is replaced whole. A
//! process that is killed at whatever moment leaves both readable up to some step. The folder is claimed by whoever
//! writes it.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::cli::folder::claim;
use crate::cli::terminal::harmless;
use crate::cli::unfinished::{Kept, Print, Unfinished, head, write_step};
use crate::experiment::Keeper;
use crate::study::quoted;

/// Steps that are done.
const DONE: &str = "done.bin";
/// A part of the step under way.
const NOW: &str = "now.bin";
/// Writing may take this part of the time: after a write, nothing is written for so many times as long.
const SPARING: u32 = 20;
/// Most bytes kept in memory before there is a folder: 64 MB.
const MOST_HELD: usize = 64 << 20;

/// Most bytes kept in a folder: 512 MB. What goes beyond is run again, which is better than a full disk.
const MOST_KEPT: usize = 512 << 20;

/// Told where a command finds what it did before.
pub(super) const GOES_ON: &str = "note: an earlier run of this was stopped before its end; this one goes on from what it had done\n";

/// Keeps a command's steps.
pub(super) struct Checkpoint {
    folder: PathBuf,
    print: Print,
    /// How often a part of a step is written; `None` for never.
    every: Option<Duration>,
    /// Whether there were steps to go on with.
    found: bool,
    next: AtomicU64,
    state: Mutex<State>,
    quiet: bool,
}

struct State {
    /// When something was written last.
    last: Instant,
    /// How long nothing is written from then on.
    pause: Duration,
    /// Steps of an earlier process that were not come to yet.
    before: Unfinished,
    /// Steps that are not in the folder.
    held: Unfinished,
    /// Bytes in them.
    bytes: usize,
    /// Bytes in all steps that are done.
    in_all: usize,
    /// Where more steps are added.
    done: Option<File>,
    /// The lock on the folder.
    claim: Option<File>,
    /// Whether a part of a step was asked for.
    asked: bool,
    /// Whether the folder is another's.
    taken: bool,
    /// Whether nothing is written any more.
    given_up: bool,
    /// Whether steps that are done were too large to be held.
    dropped: bool,
}

/// What comes of it where what is done cannot be kept.
const GOES_ON_UNKEPT: &str = "; this goes on, and would begin again if it were killed";

/// The folder for a result of this name.
pub(super) fn beside(parent: &Path, name: &str) -> PathBuf {
    parent.join(format!(".{name}.orgsim-unfinished"))
}

/// What the files of a folder hold of the command with this fingerprint.
fn written(folder: &Path, print: &Print) -> Unfinished {
    let mut all = Unfinished::default();
    for file in [DONE, NOW] {
        let bytes = std::fs::read(folder.join(file)).unwrap_or_default();
        if let Ok((steps, _)) = Unfinished::of(&bytes, print) {
            steps.0.into_iter().for_each(|(number, kept)| all.add(number, kept));
        }
    }
    all
}

impl Checkpoint {
    /// What is in the folder of the command with this fingerprint, and whatever else is known of it.
    pub(super) fn new(
        folder: PathBuf,
        print: Print,
        every: Option<Duration>,
        mut before: Unfinished,
        quiet: bool,
    ) -> Checkpoint {
        let there = folder.is_dir();
        let claim = if there { claim(&folder) } else { None };
        if claim.is_some() {
            let written = written(&folder, &print);
            written.0.into_iter().for_each(|(number, kept)| before.add(number, kept));
        }
        let in_all = before.0.values().map(|kept| kept.bytes.len()).sum();
        let state = State {
            last: Instant::now(),
            pause: every.unwrap_or_default(),
            before,
            held: Unfinished::default(),
            bytes: 0,
            in_all,
            done: None,
            asked: false,
            taken: there && claim.is_none(),
            claim,
            given_up: false,
            dropped: false,
        };
        let (found, next) = (!state.before.0.is_empty(), AtomicU64::new(0));
        Checkpoint { folder, print, every, found, next, state: Mutex::new(state), quiet }
    }

    /// Whether there are steps to go on with.
    pub(super) fn found(&self) -> bool {
        self.found
    }

    /// All that was kept, also where the folder takes no more of it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let state = self.state.lock().expect("nobody panicked");
        let mut all = match state.claim.is_some() {
            true => written(&self.folder, &self.print),
            false => Unfinished::default(),
        };
        for steps in [&state.before, &state.held] {
            steps.0.iter().for_each(|(&number, kept)| all.add(number, kept.clone()));
        }
        all.to_bytes(&self.print)
    }

    /// Whether all steps that are done were kept, be it in memory.
    pub(super) fn is_whole(&self) -> bool {
        !self.state.lock().expect("nobody panicked").dropped
    }

    /// Write what is not written yet, whatever time it is, before the program ends. Whether all that was done is down.
    pub(super) fn write(&self) -> bool {
        let mut state = self.state.lock().expect("nobody panicked");
        self.flush(&mut state, "");
        self.every.is_some() && !state.given_up && !state.dropped
    }

    /// What to do about the folder in which what is done lies, if there is one.
    pub(super) fn advice(&self) -> Option<String> {
        let state = self.state.lock().expect("nobody panicked");
        let kept =
            state.claim.is_some() && [DONE, NOW].iter().any(|file| self.folder.join(file).exists());
        let what = match state.given_up || state.dropped {
            true => "a part of what is done",
            false => "what is done",
        };
        kept.then(|| {
            let folder = quoted(&self.folder.display().to_string());
            format!(
                "{what} is kept in {folder}: the same command goes on from there, and `rm -r {folder}` gives it up"
            )
        })
    }

    /// All is done: the folder goes, unless it is another's.
    pub(super) fn remove(&self) {
        let mut state = self.state.lock().expect("nobody panicked");
        state.done = None;
        state.given_up = true;
        if let Some(_claim) = state.claim.take() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    /// Put the steps that are held into the folder. A run does not fail because that fails: it is told, and what comes of it.
    fn flush(&self, state: &mut State, otherwise: &str) {
        if state.given_up || self.every.is_none() {
            return;
        }
        let began = Instant::now();
        if let Err(error) = self.put_down(state) {
            (state.given_up, state.done) = (true, None);
            if !self.folder.join(DONE).exists() && state.claim.take().is_some() {
                // nothing in it is of use
                let _ = std::fs::remove_dir_all(&self.folder);
            }
            self.tell(&error, otherwise);
        }
        let now = Instant::now();
        state.pause = self.every.unwrap_or_default().max((now - began) * SPARING);
        state.last = now;
    }

    /// At once: whoever reads it later would be too late to do something about it.
    fn tell(&self, error: &io::Error, otherwise: &str) {
        if !self.quiet {
            let told = format!(
                "note: what is done so far cannot be kept in `{}`: {error}{otherwise}\n",
                self.folder.display()
            );
            let _ = anstream::stderr().write_all(harmless(&told).as_bytes());
        }
    }

    fn put_down(&self, state: &mut State) -> io::Result<()> {
        if state.claim.is_none() {
            // where it was not there before, it may be another's by now
            if state.taken {
                return Err(io::Error::other("another run keeps its own there"));
            }
            std::fs::create_dir_all(&self.folder)?;
            let taken = || {
                io::Error::other("it cannot be locked, as where another run keeps its own there")
            };
            state.claim = Some(claim(&self.folder).ok_or_else(taken)?);
        }
        let (done, part): (Vec<_>, Vec<_>) =
            state.held.0.iter().partition(|(_, kept)| kept.is_done);
        for (number, kept) in part {
            self.replace(NOW, &[(number, kept)])?;
        }
        match &mut state.done {
            Some(file) => {
                done.iter().try_for_each(|(number, kept)| write_step(file, **number, kept))?;
                file.sync_data()?;
            }
            None => {
                let all: Vec<(&u64, &Kept)> = state.before.0.iter().chain(done).collect();
                state.done = Some(self.replace(DONE, &all)?);
            }
        }
        (state.held, state.bytes) = (Unfinished::default(), 0);
        Ok(())
    }

    /// A file of the folder with these steps in the place of what it held: the old ones or the new ones at any moment.
    fn replace(&self, name: &str, steps: &[(&u64, &Kept)]) -> io::Result<File> {
        let (new, path) = (self.folder.join(format!("{name}.new")), self.folder.join(name));
        let mut file = File::create(&new)?;
        file.write_all(&head(&self.print))?;
        steps.iter().try_for_each(|(number, kept)| write_step(&mut file, **number, kept))?;
        file.sync_data()?;
        std::fs::rename(&new, &path)?;
        Ok(file)
    }
}

impl Keeper for Checkpoint {
    fn begin(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn kept(&self, step: u64) -> Option<Vec<u8>> {
        let mut state = self.state.lock().expect("nobody panicked");
        state.before.0.remove(&step).map(|kept| kept.bytes)
    }

    fn is_due(&self) -> bool {
        let Ok(mut state) = self.state.try_lock() else { return false };
        let due = !state.asked && !state.given_up && state.pause <= state.last.elapsed();
        state.asked |= due && self.every.is_some();
        due && state.asked
    }

    fn keep(&self, step: u64, bytes: Vec<u8>, is_done: bool) {
        let mut state = self.state.lock().expect("nobody panicked");
        let late = state.asked || state.pause <= state.last.elapsed();
        state.asked = false;
        let full = MOST_HELD < state.bytes + bytes.len();
        // before there is a folder, what is too large to hold is run again
        if full && is_done && !late && state.done.is_none() {
            state.dropped = true;
            return;
        }
        let in_all = state.in_all + bytes.len();
        if is_done && MOST_KEPT < in_all {
            state.dropped = true;
            return;
        }
        state.in_all += if is_done { bytes.len() } else { 0 };
        state.bytes += bytes.len();
        state.held.add(step, Kept { is_done, bytes });
        if late || full {
            self.flush(&mut state, GOES_ON_UNKEPT);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const PRINT: Print = [3; 32];

    fn open(folder: &Path, every: Duration) -> Checkpoint {
        Checkpoint::new(folder.into(), PRINT, Some(every), Unfinished::default(), true)
    }

    #[test]
    fn what_is_kept_comes_back_when_the_process_is_gone() {
        let place = tempfile::tempdir().unwrap();
        let folder = beside(place.path(), "quickstart");
        // twice, so that what came back is kept again
        for parts in 0..3_u8 {
            let kept = open(&folder, Duration::from_nanos(1));
            assert_eq!(kept.found(), 0 < parts);
            for step in 0..3 {
                assert_eq!(kept.begin(), step);
                let known = [vec![7; 5], vec![], vec![parts; 4]];
                let before = [vec![7; 5], vec![], vec![parts.saturating_sub(1); 4]];
                let expected = (0 < parts).then(|| before[step as usize].clone());
                assert_eq!(kept.kept(step), expected);
                assert_eq!(kept.kept(step), None, "it is not asked for twice");
                kept.keep(step, known[step as usize].clone(), step < 2);
                kept.write();
            }
            let advice = kept.advice().expect("something is kept");
            assert!(advice.contains(".quickstart.orgsim-unfinished"), "{advice}");
            let all = Unfinished::of(&kept.to_bytes(), &PRINT).unwrap();
            assert_eq!(all.0.0.keys().copied().collect::<Vec<_>>(), [0, 1, 2]);
        }
        let last = open(&folder, Duration::from_nanos(1));
        assert_eq!(last.kept(2), Some(vec![2; 4]), "the newest part of a step");
        last.remove();
        assert!(std::fs::read_dir(place.path()).unwrap().next().is_none());
    }

    #[test]
    fn nothing_is_written_before_it_is_time() {
        let place = tempfile::tempdir().unwrap();
        let folder = beside(place.path(), "quickstart");
        let never = Checkpoint::new(folder.clone(), PRINT, None, Unfinished::default(), true);
        for kept in [open(&folder, Duration::from_secs(3600)), never] {
            assert_eq!(kept.advice(), None);
            assert!(!kept.is_due());
            kept.keep(0, vec![1, 2], true);
            assert!(!folder.exists());
            assert_eq!(Unfinished::of(&kept.to_bytes(), &PRINT).unwrap().0.0.len(), 1);
        }
        let now = open(&folder, Duration::from_nanos(1));
        assert!(now.is_due() && !now.is_due(), "one thread does it");
        now.keep(0, vec![1, 2], false);
        assert!(folder.join(NOW).exists());
        // writing takes a small part of the time: it is due again after some times as long
        let again = (0..1000).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            now.is_due()
        });
        assert!(again);
    }

    #[test]
    fn a_folder_that_nothing_could_be_written_into_goes() {
        let place = tempfile::tempdir().unwrap();
        let folder = beside(place.path(), "quickstart");
        // a folder stands where the file is to be
        std::fs::create_dir_all(folder.join(format!("{DONE}.new"))).unwrap();
        let kept = open(&folder, Duration::from_nanos(1));
        kept.keep(0, vec![1, 2], true);
        assert!(!folder.exists());
        kept.keep(1, vec![3], true);
        assert_eq!(Unfinished::of(&kept.to_bytes(), &PRINT).unwrap().0.0.len(), 2);
    }

    /// A disk that fills up half-way takes nothing from what was done before.
    #[test]
    fn what_the_folder_takes_no_more_is_held_with_what_it_took() {
        let place = tempfile::tempdir().unwrap();
        let folder = beside(place.path(), "quickstart");
        let kept = open(&folder, Duration::from_nanos(1));
        kept.keep(0, vec![1, 2], true);
        assert!(kept.write());
        std::fs::create_dir(folder.join(format!("{NOW}.new"))).unwrap();
        kept.keep(1, vec![3], false);
        assert!(!kept.write(), "a folder stands in the way of the file");
        let all = Unfinished::of(&kept.to_bytes(), &PRINT).unwrap().0;
        assert_eq!(all.0.keys().copied().collect::<Vec<_>>(), [0, 1]);
        assert!(kept.is_whole());
        let advice = kept.advice().expect("the first step lies there");
        assert!(advice.starts_with("a part of what is done is kept in "), "{advice}");
    }

    #[test]
    fn what_another_writes_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = beside(place.path(), "quickstart");
        let first = open(&folder, Duration::from_nanos(1));
        first.keep(0, vec![1, 2], true);
        let before = std::fs::read(folder.join(DONE)).unwrap();
        let second = open(&folder, Duration::from_nanos(1));
        assert!(!second.found());
        second.keep(0, vec![3, 4], true);
        second.remove();
        assert_eq!(std::fs::read(folder.join(DONE)).unwrap(), before);
        first.keep(1, vec![5], true);
        first.write();
        drop(first);
        let third = open(&folder, Duration::from_nanos(1));
        assert_eq!((third.kept(0), third.kept(1)), (Some(vec![1, 2]), Some(vec![5])));
    }

    #[test]
    fn steps_of_another_command_are_not_used_and_go() {
        let place = tempfile::tempdir().unwrap();
        let folder = beside(place.path(), "quickstart");
        open(&folder, Duration::from_nanos(1)).keep(0, vec![1, 2], true);
        let every = Some(Duration::from_nanos(1));
        let other = Checkpoint::new(folder.clone(), [4; 32], every, Unfinished::default(), true);
        assert!(!other.found());
        other.keep(0, vec![9], true);
        drop(other);
        assert!(!open(&folder, Duration::from_nanos(1)).found());
        open(&folder, Duration::from_nanos(1)).remove();
        assert!(!folder.exists());
    }
}
