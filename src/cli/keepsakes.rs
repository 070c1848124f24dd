//! What people put into the folder of a run: it stays when the run is done anew.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::folder::FolderError;
use crate::cli::record::{RECORD, written_by_run};

/// The files of a folder that no run wrote.
#[derive(Debug)]
pub(super) struct Keepsakes {
    folder: PathBuf,
    /// Below the folder.
    files: Vec<PathBuf>,
}

impl Keepsakes {
    /// All that is in a folder beside what its record says; nothing where there is no such record.
    pub(super) fn in_folder(folder: &Path) -> Keepsakes {
        let mut files = Vec::new();
        if let Some(written) = written_by_run(&folder.join(RECORD)) {
            let written: Vec<PathBuf> = written.iter().map(PathBuf::from).collect();
            list(folder, Path::new(""), &mut files);
            files.retain(|file| !written.contains(file));
        }
        Keepsakes { folder: folder.into(), files }
    }

    /// Each of them in another folder of the same file system too, unless there is a file of its name.
    pub(super) fn put_into(&self, other: &Path) -> Result<(), FolderError> {
        for file in &self.files {
            let (from, to) = (self.folder.join(file), other.join(file));
            let keeping = |cause| FolderError::Io { doing: "keep", path: from.clone(), cause };
            if fs::symlink_metadata(&to).is_ok() {
                continue;
            }
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(keeping)?;
            }
            // a second name costs no room; where a file system has none, a copy
            fs::hard_link(&from, &to).or_else(|_| copied(&from, &to)).map_err(keeping)?;
        }
        Ok(())
    }
}

fn copied(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()
}

/// All files below a folder; links are not followed.
fn list(folder: &Path, below: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder.join(below)).into_iter().flatten().flatten() {
        let name = below.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(folder, &name, files);
        } else {
            files.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_run_wrote_is_kept_and_the_rest_is_not() {
        let place = tempfile::tempdir().unwrap();
        let (old, new) = (place.path().join("old"), place.path().join("new"));
        for folder in ["old/plots", "old/my notes", "new"] {
            fs::create_dir_all(place.path().join(folder)).unwrap();
        }
        for (name, text) in [
            (RECORD, r#"{"files":["run.json","summary.csv","plots/a.svg"]}"#),
            ("summary.csv", "old"),
            ("summary.xlsx", "mine"),
            ("plots/a.svg", "old"),
            ("plots/slide.png", "mine"),
            ("my notes/monday.txt", "mine"),
            ("topics.csv", "mine"),
        ] {
            fs::write(old.join(name), text).unwrap();
        }
        fs::write(new.join("topics.csv"), "new").unwrap();
        Keepsakes::in_folder(&old).put_into(&new).unwrap();
        let mut kept = Vec::new();
        list(&new, Path::new(""), &mut kept);
        kept.sort();
        let expected = ["my notes/monday.txt", "plots/slide.png", "summary.xlsx", "topics.csv"];
        assert_eq!(kept, expected.map(PathBuf::from));
        assert_eq!(fs::read_to_string(new.join("topics.csv")).unwrap(), "new");
        assert_eq!(fs::read_to_string(new.join("plots/slide.png")).unwrap(), "mine");
    }

    #[test]
    fn a_folder_without_a_record_keeps_nothing() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("diary.txt"), "dear").unwrap();
        assert!(Keepsakes::in_folder(place.path()).files.is_empty());
        assert!(Keepsakes::in_folder(&place.path().join("none")).files.is_empty());
    }
}
