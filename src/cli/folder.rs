//! The folder of a run: checked before anything is simulated, written whole or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::cli::checkpoint::beside;
use crate::cli::folder_error::{FolderError, Total};
use crate::cli::keepsakes::Keepsakes;
use crate::cli::record::{Owner, RECORD};

/// A file to be written: name below the folder, and what is in it.
pub(super) struct OutputFile<'a> {
    /// Name, perhaps with one folder in front (`plots/answered.svg`).
    pub(super) name: String,
    content: Content<'a>,
}

/// Writes the same bytes each time.
type Writes<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;
/// Gives the same bytes each time.
type Draws<'a> = dyn Fn() -> io::Result<Vec<u8>> + Sync + 'a;

/// Most files that are written together: half of them pictures that are drawn at once, as far as there are processors.
const AT_ONCE: usize = 16;

enum Content<'a> {
    Bytes(Vec<u8>),
    /// Too much to be in memory at once: it comes about while it is written.
    Written(Box<Writes<'a>>),
    /// Takes long enough to be worth a processor of its own.
    Drawn(Box<Draws<'a>>),
}

impl<'a> OutputFile<'a> {
    /// A file with these bytes.
    pub(super) fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> OutputFile<'a> {
        OutputFile { name: name.into(), content: Content::Bytes(bytes.into()) }
    }

    /// A file with what this writes, which is the same each time.
    pub(super) fn written(
        name: impl Into<String>,
        write: impl Fn(&mut dyn Write) -> io::Result<()> + 'a,
    ) -> OutputFile<'a> {
        OutputFile { name: name.into(), content: Content::Written(Box::new(write)) }
    }

    /// A file that is drawn when it is to be written, a few of them at the same time.
    pub(super) fn drawn(
        name: impl Into<String>,
        draw: impl Fn() -> io::Result<Vec<u8>> + Sync + 'a,
    ) -> OutputFile<'a> {
        OutputFile { name: name.into(), content: Content::Drawn(Box::new(draw)) }
    }

    /// Whether it is drawn, which takes a while.
    pub(super) fn is_drawn(&self) -> bool {
        self.draws().is_some()
    }

    fn draws(&self) -> Option<&Draws<'a>> {
        match &self.content {
            Content::Drawn(draw) => Some(&**draw),
            _ => None,
        }
    }

    fn write_to(&self, to: &mut dyn Write) -> io::Result<()> {
        match &self.content {
            Content::Bytes(bytes) => to.write_all(bytes),
            Content::Written(write) => write(to),
            Content::Drawn(draw) => to.write_all(&draw()?),
        }
    }

    /// How many bytes it takes; `None` of a picture, which would have to be drawn for that.
    fn len(&self) -> Option<usize> {
        let mut counted = Counted(0);
        let counts = self.draws().is_none() && self.write_to(&mut counted).is_ok();
        counts.then_some(counted.0)
    }
}

/// Those of the files that are drawn.
fn drawn(files: &[OutputFile<'_>]) -> Vec<io::Result<Option<Vec<u8>>>> {
    use rayon::prelude::*;
    let draws: Vec<Option<&Draws<'_>>> = files.iter().map(OutputFile::draws).collect();
    draws.into_par_iter().map(|draw| draw.map(|draw| draw()).transpose()).collect()
}

/// Write a file where there is none: what was drawn of it, or what it writes.
fn write_file(path: &Path, file: &OutputFile<'_>, drawn: Option<Vec<u8>>) -> io::Result<()> {
    let mut new = BufWriter::new(File::create(path)?);
    match drawn {
        Some(bytes) => new.write_all(&bytes)?,
        None => file.write_to(&mut new)?,
    }
    new.into_inner()?.sync_all()
}

/// The size of all files, of which the first so many were drawn, if they are pictures.
fn total(files: &[OutputFile<'_>], drawn: &[Option<usize>]) -> Total {
    let drawn = drawn.iter().copied().chain(std::iter::repeat(None));
    let sizes: Vec<Option<usize>> =
        files.iter().zip(drawn).map(|(file, drawn)| drawn.or_else(|| file.len())).collect();
    Total { bytes: sizes.iter().flatten().sum(), more: sizes.contains(&None) }
}

/// Takes bytes and keeps their number.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A place for the results of a run that was found fit.
#[derive(Debug)]
pub(super) struct RunFolder {
    target: PathBuf,
    parent: PathBuf,
    name: String,
    /// What is in the way is given up whole.
    given_up: bool,
    /// Where the files are until all of them are there.
    begun: Mutex<Option<PathBuf>>,
}

/// All files of a folder, not yet in their place.
pub(super) struct Whole<'a> {
    folder: &'a RunFolder,
    temporary: tempfile::TempDir,
    _claim: Option<File>,
}

impl Whole<'_> {
    /// Put the files in place of what an earlier run wrote there; what people put beside its files stays.
    pub(super) fn put_in_place(self) -> Result<(), FolderError> {
        if !self.folder.given_up {
            Keepsakes::in_folder(&self.folder.target)?.put_into(self.temporary.path())?;
        }
        sync(self.temporary.path());
        self.folder.exchange(self.temporary)
    }
}

impl RunFolder {
    /// Look whether results of a run may and can be put at `target`; none of its `inputs` is inside.
    ///
    /// A free place, an empty folder and the folder of an earlier run of the same scenario will do;
    /// any other folder only by `force`.
    pub(super) fn prepare(
        target: &Path,
        owner: &Owner,
        inputs: &[PathBuf],
        force: bool,
    ) -> Result<RunFolder, FolderError> {
        let whole = std::path::absolute(target).map_err(|cause| FolderError::Io {
            doing: "use",
            path: target.into(),
            cause,
        })?;
        let name = match whole.components().next_back() {
            Some(std::path::Component::Normal(name)) => name.to_string_lossy().into_owned(),
            _ => {
                return Err(FolderError::Precious(target.into(), "it is not a folder with a name"));
            }
        };
        let parent = whole.parent().map_or_else(|| PathBuf::from("."), Path::to_owned);
        if !parent.is_dir() {
            return Err(FolderError::NoParent(target.parent().unwrap_or(target).into(), name));
        }
        let (target, begun) = (target.into(), Mutex::default());
        let mut folder = RunFolder { target, parent, name, given_up: false, begun };
        folder.recover();
        folder.given_up = !folder.is_free_for(owner, inputs, force)?;
        folder.clear_away();
        // a file system says best itself whether it lets us write
        folder.temporary()?;
        Ok(folder)
    }

    /// Whether the target is free or has results of the same owner; `false` where it is given up by `force`.
    fn is_free_for(
        &self,
        owner: &Owner,
        inputs: &[PathBuf],
        force: bool,
    ) -> Result<bool, FolderError> {
        let target = &self.target;
        let refused = |cause| FolderError::Io { doing: "look at", path: target.clone(), cause };
        let kind = match std::fs::symlink_metadata(target) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(refused(error)),
            Ok(metadata) => metadata.file_type(),
        };
        if kind.is_symlink() {
            return Err(FolderError::IsLink(target.clone()));
        }
        if !kind.is_dir() {
            return Err(FolderError::IsFile(target.clone()));
        }
        self.holds_nothing_in_use(inputs)?;
        let empty = std::fs::read_dir(target).map_err(refused)?.next().is_none();
        let held = match Owner::of(&target.join(RECORD)) {
            _ if empty => return Ok(true),
            Some(other) if other.is(owner) => return Ok(true),
            Some(other) => format!("results of another scenario, `{}`", other.told_from(owner)),
            None => "files that are no results of a run".into(),
        };
        if force { Ok(false) } else { Err(FolderError::Foreign(target.clone(), held)) }
    }

    /// Refuse to replace a folder in which the program was started, or out of which it reads.
    fn holds_nothing_in_use(&self, inputs: &[PathBuf]) -> Result<(), FolderError> {
        let Ok(there) = self.target.canonicalize() else { return Ok(()) };
        let precious = |why| Err(FolderError::Precious(self.target.clone(), why));
        if std::env::current_dir().is_ok_and(|here| here.starts_with(&there)) {
            return precious("the program was started inside it");
        }
        let inside = |input: &PathBuf| input.canonicalize().is_ok_and(|at| at.starts_with(&there));
        if inputs.iter().any(inside) {
            return precious("the scenario or a log of it is inside");
        }
        Ok(())
    }

    /// Where a run keeps what it has done while it goes on.
    pub(super) fn checkpoint(&self) -> PathBuf {
        beside(&self.parent, &self.name)
    }

    /// Write the files, all or none, beside what is there.
    pub(super) fn write(&self, files: &[OutputFile<'_>]) -> Result<Whole<'_>, FolderError> {
        let temporary = self.temporary()?;
        let claim = claim(temporary.path());
        *self.begun.lock().expect("nobody panicked") = Some(temporary.path().to_owned());
        let folders: BTreeSet<&Path> =
            files.iter().filter_map(|file| Path::new(&file.name).parent()).collect();
        for folder in folders {
            std::fs::create_dir_all(temporary.path().join(folder)).map_err(|cause| {
                FolderError::Io { doing: "make", path: self.target.join(folder), cause }
            })?;
        }
        // sizes of pictures, which nobody draws twice
        let mut sizes: Vec<Option<usize>> = Vec::new();
        for some in files.chunks(AT_ONCE) {
            let begun = sizes.len();
            let drawn = drawn(some);
            sizes.extend(drawn.iter().map(|of| of.as_ref().ok()?.as_ref().map(Vec::len)));
            for (at, (file, drawn)) in some.iter().zip(drawn).enumerate() {
                let path = self.target.join(&file.name);
                let drawn =
                    drawn.map_err(|cause| FolderError::Draw { path: path.clone(), cause })?;
                write_file(&temporary.path().join(&file.name), file, drawn).map_err(|cause| {
                    let bytes = sizes[begun + at].or_else(|| file.len()).unwrap_or(0);
                    FolderError::Write { path, bytes, total: total(files, &sizes), cause }
                })?;
            }
        }
        Ok(Whole { folder: self, temporary, _claim: claim })
    }

    /// Remove what was written so far, though somebody may still be writing it: the program ends.
    pub(super) fn give_up(&self) {
        if let Some(begun) = self.begun.lock().expect("nobody panicked").take() {
            // a file that came about meanwhile is in the way once
            let _ = (0..3).any(|_| std::fs::remove_dir_all(&begun).is_ok());
        }
    }

    /// Folders that runs left behind which were killed while they wrote go. Nobody claims them any more; where a
    /// claim cannot be seen they stay.
    fn clear_away(&self) {
        let prefix = self.prefix();
        for entry in std::fs::read_dir(&self.parent).into_iter().flatten().flatten() {
            let left = entry.file_name().to_string_lossy().starts_with(&prefix)
                && entry.file_type().is_ok_and(|kind| kind.is_dir());
            if left && let Some(_claim) = claim(&entry.path()) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
    }

    fn prefix(&self) -> String {
        format!(".{}.orgsim-new-", self.name)
    }

    /// A new folder beside the target, on the same file system, gone when dropped.
    fn temporary(&self) -> Result<tempfile::TempDir, FolderError> {
        let prefix = self.prefix();
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        #[cfg(unix)]
        let readable = {
            use std::os::unix::fs::PermissionsExt;
            std::fs::Permissions::from_mode(0o777)
        };
        #[cfg(unix)]
        builder.permissions(readable);
        builder.tempdir_in(&self.parent).map_err(|cause| FolderError::Io {
            doing: "write in",
            path: shown(&self.parent),
            cause,
        })
    }

    /// The new folder takes the name of the old one, which goes. Where the system changes two names in one step, there
    /// is one of the two at any time; elsewhere the old one steps aside first.
    fn exchange(&self, temporary: tempfile::TempDir) -> Result<(), FolderError> {
        if swapped(temporary.path(), &self.target) {
            sync(&self.parent);
            // what was there has the name that goes with `temporary`
            return Ok(());
        }
        let aside = self.aside();
        let refused =
            |cause| FolderError::Io { doing: "replace", path: self.target.clone(), cause };
        // another run may be putting its own results there at the same time: then the later one stays
        let mut attempts = 0;
        loop {
            match std::fs::rename(&self.target, &aside) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(_) if aside.exists() && attempts < 20 => {
                    let _ = std::fs::remove_dir_all(&aside);
                    attempts += 1;
                    continue;
                }
                Err(error) => return Err(refused(error)),
            }
            match std::fs::rename(temporary.path(), &self.target) {
                Ok(()) => break,
                Err(_) if self.target.exists() && attempts < 20 => attempts += 1,
                Err(error) => {
                    let _ = std::fs::rename(&aside, &self.target);
                    return Err(refused(error));
                }
            }
        }
        // it has another name now, so there is nothing left to remove
        let _ = temporary.keep();
        sync(&self.parent);
        let _ = std::fs::remove_dir_all(&aside);
        Ok(())
    }

    /// If the program was killed between the two steps of an exchange, the old folder comes back.
    fn recover(&self) {
        let aside = self.aside();
        if aside.is_dir() && std::fs::symlink_metadata(&self.target).is_err() {
            let _ = std::fs::rename(&aside, &self.target);
        }
    }

    fn aside(&self) -> PathBuf {
        self.parent.join(format!(".{}.orgsim-old", self.name))
    }
}

/// Two folders change names, both or none; `false` where one is not there, or the file system cannot do it.
#[cfg(target_os = "linux")]
fn swapped(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn swapped(_one: &Path, _other: &Path) -> bool {
    false
}

/// A lock on a folder, which ends with the process that has it; `None` if another has it, or the system has no locks on
/// folders.
pub(super) fn claim(folder: &Path) -> Option<File> {
    let open = File::open(folder).ok()?;
    open.try_lock().ok()?;
    Some(open)
}

/// Ask the system to have the names in a folder on the disk. Where it cannot, the bytes of the files are.
fn sync(folder: &Path) {
    if let Ok(open) = File::open(folder) {
        let _ = open.sync_all();
    }
}

/// A path as people would write it: below the current folder without what leads there.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(below) if below.as_os_str().is_empty() => ".".into(),
        Ok(below) => below.into(),
        Err(_) => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record_text(scenario: &str) -> String {
        format!(r#"{{"scenario":{{"name":"{scenario}"}}}}"#)
    }

    fn record(scenario: &str) -> OutputFile<'static> {
        OutputFile::new(RECORD, record_text(scenario))
    }

    fn prepare(target: &Path, scenario: &str, force: bool) -> Result<RunFolder, FolderError> {
        RunFolder::prepare(target, &Owner::new(scenario, "none.json"), &[], force)
    }

    fn put(folder: &RunFolder, files: &[OutputFile<'_>]) -> Result<(), FolderError> {
        folder.write(files)?.put_in_place()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_of_the_same_scenario_is_replaced_whole() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("quickstart");
        for file in ["first.csv", "second.csv"] {
            let folder = prepare(&target, "quickstart", false).unwrap();
            let files = [
                record("quickstart"),
                OutputFile::new(file, "1"),
                OutputFile::new("plots/a.svg", "a"),
            ];
            put(&folder, &files).unwrap();
            let mut expected = [file, "plots", RECORD];
            expected.sort_unstable();
            assert_eq!(names(&target), expected);
            assert_eq!(names(place.path()), ["quickstart"]);
        }
    }

    #[test]
    fn what_is_not_ours_stays() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("notes");
        std::fs::create_dir(&target).unwrap();
        assert!(prepare(&target, "quickstart", false).is_ok(), "an empty folder is free");
        std::fs::write(target.join("diary.txt"), "dear").unwrap();
        assert!(matches!(prepare(&target, "quickstart", false), Err(FolderError::Foreign(..))));
        std::fs::write(target.join(RECORD), record_text("pooling")).unwrap();
        let error = prepare(&target, "quickstart", false).unwrap_err();
        assert!(
            error.to_string().ends_with("holds results of another scenario, `pooling`"),
            "{error}"
        );
        put(&prepare(&target, "quickstart", true).unwrap(), &[record("quickstart")]).unwrap();
        assert_eq!(names(&target), [RECORD]);
    }

    #[test]
    fn a_failed_write_leaves_the_old_folder_and_no_rest() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("quickstart");
        let folder = prepare(&target, "quickstart", false).unwrap();
        put(&folder, &[record("quickstart"), OutputFile::new("summary.csv", "old")]).unwrap();
        // a file cannot also be a folder, so the second write fails
        let files =
            [OutputFile::new("summary.csv", "new"), OutputFile::new("summary.csv/part", "new")];
        assert!(put(&folder, &files).is_err());
        assert_eq!(std::fs::read_to_string(target.join("summary.csv")).unwrap(), "old");
        assert_eq!(names(place.path()), ["quickstart"]);
    }

    /// Whichever file it is that cannot be written.
    #[test]
    fn whichever_write_fails_the_old_folder_stays() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("quickstart");
        let folder = prepare(&target, "quickstart", false).unwrap();
        put(&folder, &[record("quickstart"), OutputFile::new("summary.csv", "old")]).unwrap();
        let new = || -> Vec<OutputFile> {
            let files = ["summary.csv", "roles.csv", "plots/a.svg", "plots/a.png", "report.html"];
            let files = files.map(|name| OutputFile::new(name, "new"));
            [record("quickstart")].into_iter().chain(files).collect()
        };
        for failing in 0..new().len() {
            let mut files = new();
            // no system has a file of this name
            files[failing].name.push('\0');
            let error = put(&folder, &files).unwrap_err();
            assert!(matches!(error, FolderError::Write { .. }), "{error}");
            assert_eq!(std::fs::read_to_string(target.join("summary.csv")).unwrap(), "old");
            assert_eq!(names(&target), [RECORD, "summary.csv"]);
            assert_eq!(names(place.path()), ["quickstart"]);
        }
        put(&folder, &new()).unwrap();
        assert_eq!(std::fs::read_to_string(target.join("summary.csv")).unwrap(), "new");
    }

    #[test]
    fn a_picture_that_cannot_be_drawn_leaves_the_old_folder() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("quickstart");
        let folder = prepare(&target, "quickstart", false).unwrap();
        let picture = OutputFile::drawn("plots/a.png", || Ok(b"drawn".to_vec()));
        put(&folder, &[record("quickstart"), picture]).unwrap();
        let broken = OutputFile::drawn("plots/a.png", || Err(io::Error::other("no picture")));
        let error = put(&folder, &[record("quickstart"), broken]).unwrap_err().to_string();
        assert!(error.starts_with("cannot draw `"), "{error}");
        assert!(error.ends_with("a.png`: no picture"), "{error}");
        assert_eq!(std::fs::read_to_string(target.join("plots/a.png")).unwrap(), "drawn");
        assert_eq!(names(place.path()), ["quickstart"]);
    }

    /// A disk that is full is told at once: the size of what was drawn is known, and nothing is drawn to be measured.
    #[test]
    fn no_picture_is_drawn_twice_or_to_be_measured() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let place = tempfile::tempdir().unwrap();
        let folder = prepare(&place.path().join("quickstart"), "quickstart", false).unwrap();
        let draws = &AtomicUsize::new(0);
        let picture = |number: usize| {
            OutputFile::drawn(format!("plots/{number}.png"), move || {
                draws.fetch_add(1, Ordering::Relaxed);
                Ok(vec![7; 100])
            })
        };
        let fail = |pictures: usize, failing: usize| {
            draws.store(0, Ordering::Relaxed);
            let mut files: Vec<OutputFile> = (0..pictures).map(picture).collect();
            files.push(OutputFile::new("report.html", "page"));
            // no system has a file of this name
            files[failing].name.push('\0');
            let told = put(&folder, &files).unwrap_err().to_string();
            let sizes = told.split_once("`, ").unwrap().1.split_once(" in all").unwrap().0;
            (sizes.to_owned(), draws.load(Ordering::Relaxed))
        };
        assert_eq!(fail(3, 1), ("100 bytes of 304".into(), 3));
        assert_eq!(fail(3, 3), ("4 bytes of 304".into(), 3));
        let told = format!("100 bytes of at least {}", 100 * AT_ONCE + 4);
        assert_eq!(fail(5 * AT_ONCE, 2), (told, AT_ONCE));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_run_left_goes_and_what_another_writes_stays() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("quickstart");
        let (dead, alive) = (".quickstart.orgsim-new-dead", ".quickstart.orgsim-new-alive");
        for left in [dead, alive, ".quickstarter.orgsim-new-other"] {
            std::fs::create_dir(place.path().join(left)).unwrap();
            std::fs::write(place.path().join(left).join("summary.csv"), "half").unwrap();
        }
        let claimed = claim(&place.path().join(alive)).unwrap();
        prepare(&target, "quickstart", false).unwrap();
        assert_eq!(names(place.path()), [alive, ".quickstarter.orgsim-new-other"]);
        drop(claimed);
        prepare(&target, "quickstart", false).unwrap();
        assert_eq!(names(place.path()), [".quickstarter.orgsim-new-other"]);
    }

    #[test]
    fn what_is_given_up_half_written_leaves_the_old_folder_alone() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("quickstart");
        let folder = prepare(&target, "quickstart", false).unwrap();
        put(&folder, &[record("quickstart")]).unwrap();
        let given_up_meanwhile = OutputFile::written("a.csv", |_| {
            folder.give_up();
            Ok(())
        });
        let files = [OutputFile::new("plots/b.svg", "b"), given_up_meanwhile, record("later")];
        assert!(folder.write(&files).is_err(), "the folder of the third is gone");
        assert_eq!(names(&target), [RECORD]);
        assert_eq!(names(place.path()), ["quickstart"]);
    }

    #[test]
    fn a_kill_between_the_two_steps_is_mended() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("quickstart");
        let folder = prepare(&target, "quickstart", false).unwrap();
        put(&folder, &[record("quickstart")]).unwrap();
        std::fs::rename(&target, folder.aside()).unwrap();
        prepare(&target, "quickstart", false).unwrap();
        assert_eq!(names(place.path()), ["quickstart"]);
    }
}
