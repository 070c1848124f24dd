//! Why a run's folder cannot be written, and what to do then.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// Why results cannot be put where they were asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum FolderError {
    /// The place of the folder is taken by a file.
    #[error("`{}` is a file, and results are a folder", .0.display())]
    IsFile(PathBuf),
    /// The place of the folder is taken by a symbolic link.
    #[error("`{}` is a symbolic link", .0.display())]
    IsLink(PathBuf),
    /// The folder in which it would be made is not there.
    #[error("there is no folder `{}` to put `{}` into", .0.display(), .1)]
    NoParent(PathBuf, String),
    /// The folder holds something else.
    #[error("`{}` holds {}", .0.display(), .1)]
    Foreign(PathBuf, String),
    /// The folder is not one to be replaced by anybody.
    #[error("`{}` cannot be replaced: {}", .0.display(), .1)]
    Precious(PathBuf, &'static str),
    /// The system refused.
    #[error("cannot {doing} `{}`: {cause}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A picture could not be made.
    #[error("cannot draw `{}`: {cause}", path.display())]
    Draw {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The system refused to take a file's bytes.
    #[error("cannot write `{}`, {bytes} bytes of {total} in all: {cause}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: usize,
        /// Size of all files of the folder.
        total: Total,
        /// What the system said.
        cause: io::Error,
    },
}

/// Bytes of all files of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Total {
    /// Bytes of those whose size is known.
    pub(super) bytes: usize,
    /// Whether there are pictures beside them that nobody has drawn.
    pub(super) more: bool,
}

impl fmt::Display for Total {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at_least = if self.more { "at least " } else { "" };
        write!(to, "{at_least}{}", self.bytes)
    }
}

impl FolderError {
    /// Whether there is no room for what is to be written.
    pub(super) fn is_full(&self) -> bool {
        let (FolderError::Io { cause, .. } | FolderError::Write { cause, .. }) = self else {
            return false;
        };
        let full = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
        full.contains(&cause.kind())
    }

    /// What to do.
    pub(super) fn help(&self) -> String {
        match self {
            FolderError::IsFile(_) => "choose another folder with `--out DIR`".into(),
            FolderError::IsLink(path) => match path.canonicalize() {
                Ok(real) => format!("name the folder it leads to: `--out {}`", real.display()),
                Err(_) => "it leads nowhere; remove it, or choose another folder with `--out DIR`".into(),
            },
            FolderError::NoParent(parent, _) => format!("make it first: `mkdir -p {}`", parent.display()),
            FolderError::Foreign(..) => "choose another folder with `--out DIR`, or give all of it up with `--force`".into(),
            FolderError::Precious(..) => "choose a folder of its own with `--out DIR`".into(),
            FolderError::Draw { .. } => {
                "this is a fault of the program; please report it with the scenario".into()
            }
            full if full.is_full() => {
                "make room, or choose another place with `--out DIR`; what was there before is untouched".into()
            }
            FolderError::Io { .. } | FolderError::Write { .. } => {
                "choose a place where you may write with `--out DIR`".into()
            }
        }
    }
}
