//! What people put into the folder of a run: it stays when the run is done anew.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::folder_error::FolderError;
use crate::cli::record::{RECORD, written_by_run};

/// Where a keepsake goes if its name is taken by a file of the new run.
const ASIDE: &str = "kept";

/// What is in a folder and no run wrote.
#[derive(Debug)]
pub(super) struct Keepsakes {
    folder: PathBuf,
    /// Folders and files, below the folder.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Keepsakes {
    /// All that is in a folder beside what its record says; nothing where there is no such record.
    pub(super) fn in_folder(folder: &Path) -> Result<Keepsakes, FolderError> {
        let mut kept = Keepsakes { folder: folder.into(), folders: Vec::new(), files: Vec::new() };
        if let Some(written) = written_by_run(&folder.join(RECORD)) {
            let written: Vec<PathBuf> = written.iter().map(PathBuf::from).collect();
            kept.list(Path::new(""))?;
            kept.files.retain(|file| !written.contains(file));
            kept.folders.retain(|own| !written.iter().any(|file| file.starts_with(own)));
        }
        Ok(kept)
    }

    /// Each of them in another folder of the same file system too; apart, if a file has its name.
    pub(super) fn put_into(&self, other: &Path) -> Result<(), FolderError> {
        for folder in &self.folders {
            let (from, to) = (self.folder.join(folder), other.join(folder));
            let made = fs::create_dir_all(&to)
                .and_then(|()| fs::set_permissions(&to, fs::metadata(&from)?.permissions()));
            // where a file has its name, its files go apart
            if !to.is_file() {
                made.map_err(keeping(&from))?;
            }
        }
        for file in &self.files {
            let from = self.folder.join(file);
            let put = |to: PathBuf| {
                fs::create_dir_all(to.parent().unwrap_or(other))?;
                if fs::symlink_metadata(&to).is_ok() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                // a second name costs no room; where a file system has none, a copy
                fs::hard_link(&from, &to).or_else(|_| copied(&from, &to))
            };
            let mut place = other.to_path_buf();
            let is_taken = |error: &io::Error| {
                matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory)
            };
            while let Err(error) = put(place.join(file)) {
                if !is_taken(&error) {
                    return Err(keeping(&from)(error));
                }
                place.push(ASIDE);
            }
        }
        Ok(())
    }

    /// All below a folder; links are not followed.
    fn list(&mut self, below: &Path) -> Result<(), FolderError> {
        let folder = self.folder.join(below);
        for entry in fs::read_dir(&folder).map_err(keeping(&folder))? {
            let entry = entry.map_err(keeping(&folder))?;
            let name = below.join(entry.file_name());
            if entry.file_type().map_err(keeping(&folder))?.is_dir() {
                self.folders.push(name.clone());
                self.list(&name)?;
            } else {
                self.files.push(name);
            }
        }
        Ok(())
    }
}

fn keeping(path: &Path) -> impl Fn(io::Error) -> FolderError {
    move |cause| FolderError::Io { doing: "keep", path: path.into(), cause }
}

fn copied(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_run_wrote_is_kept_and_the_rest_is_not() {
        let place = tempfile::tempdir().unwrap();
        let (old, new) = (place.path().join("old"), place.path().join("new"));
        for folder in ["old/plots", "old/my notes", "old/empty", "new"] {
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
        Keepsakes::in_folder(&old).unwrap().put_into(&new).unwrap();
        let mut all = Keepsakes { folder: new.clone(), folders: Vec::new(), files: Vec::new() };
        all.list(Path::new("")).unwrap();
        all.files.sort();
        let expected = [
            "kept/topics.csv",
            "my notes/monday.txt",
            "plots/slide.png",
            "summary.xlsx",
            "topics.csv",
        ];
        assert_eq!(all.files, expected.map(PathBuf::from));
        assert!(new.join("empty").is_dir());
        assert_eq!(fs::read_to_string(new.join("topics.csv")).unwrap(), "new");
        assert_eq!(fs::read_to_string(new.join("kept/topics.csv")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(new.join("plots/slide.png")).unwrap(), "mine");
    }

    #[test]
    fn what_was_put_aside_once_is_not_written_over_the_next_time() {
        let place = tempfile::tempdir().unwrap();
        let (old, new) = (place.path().join("old"), place.path().join("new"));
        for (folder, text) in [(old.clone(), "second"), (old.join("kept"), "first")] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("topics.csv"), text).unwrap();
        }
        fs::write(old.join(RECORD), r#"{"files":["run.json"]}"#).unwrap();
        fs::create_dir(&new).unwrap();
        fs::write(new.join("topics.csv"), "new").unwrap();
        Keepsakes::in_folder(&old).unwrap().put_into(&new).unwrap();
        let read = |name: &str| fs::read_to_string(new.join(name)).unwrap();
        let mut texts = ["topics.csv", "kept/topics.csv", "kept/kept/topics.csv"].map(read);
        assert_eq!(texts[0], "new");
        texts.sort();
        assert_eq!(texts, ["first", "new", "second"]);
        assert_eq!(fs::read_to_string(old.join("kept/topics.csv")).unwrap(), "first");
    }

    #[test]
    fn a_folder_without_a_record_keeps_nothing() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("diary.txt"), "dear").unwrap();
        assert!(Keepsakes::in_folder(place.path()).unwrap().files.is_empty());
        assert!(Keepsakes::in_folder(&place.path().join("none")).unwrap().files.is_empty());
    }
}
