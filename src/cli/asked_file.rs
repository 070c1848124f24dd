//! The file that a command is asked to write: whether it may be, as what, and how it comes about.

use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::folder::claim;
use crate::cli::terminal::Terminal;
use crate::units::grouped;

/// Whether a file may be written. It is there only to be replaced with `force`, and its name ends in one of these, in
/// nothing, or in whatever it likes where the format is `stated`.
pub(super) fn allowed(
    file: Option<&Path>,
    force: bool,
    stated: bool,
    endings: &[&str],
) -> Result<(), Failure> {
    let Some(file) = file else { return Ok(()) };
    replaceable(file)?;
    if file.exists() && !force {
        let message = format!("`{}` is there already", file.display());
        return Err(Failure::world(message).help("`--force` replaces it"));
    }
    match file.extension() {
        Some(ending) if !stated && !endings.iter().any(|known| ending == *known) => {
            let known: Vec<String> = endings.iter().map(|known| format!("`.{known}`")).collect();
            let message = format!("the name of `{}` ends in no format there is", file.display());
            let help = format!("let it end in {}, or state the `--format`", known.join(", "));
            Err(Failure::usage(message).help(help))
        }
        _ => Ok(()),
    }
}

/// What is no file, a device or a link, would be replaced by one.
pub(super) fn replaceable(file: &Path) -> Result<(), Failure> {
    match std::fs::symlink_metadata(file) {
        Ok(there) if !there.is_file() => {
            let but = if there.is_dir() { " but a folder" } else { "" };
            Err(Failure::world(format!("`{}` is there, and no file{but}", file.display()))
                .help("choose another name"))
        }
        _ => Ok(()),
    }
}

/// Write a text into the file asked for and, unless `quiet`, remark on it; where none was asked for, `print` it.
pub(super) fn write_or(
    file: Option<&Path>,
    text: &str,
    quiet: bool,
    terminal: &mut Terminal,
    print: impl FnOnce(&mut Terminal) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Some(file) = file else { return print(terminal) };
    write(file, text)?;
    if !quiet {
        terminal.remark(&format!("written: {}\n", file.display()));
    }
    Ok(())
}

/// Write a file that appears whole or not at all. What was left beside it by a process that was killed while it wrote goes.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Failure> {
    replaceable(file)?;
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.orgsim-new-");
    for left in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        // nobody claims it any more
        if left.file_name().to_string_lossy().starts_with(&prefix)
            && let Some(_claim) = claim(&left.path())
        {
            let _ = std::fs::remove_file(left.path());
        }
    }
    let new = tempfile::Builder::new().prefix(&prefix).tempfile_in(folder);
    let written = new.and_then(|mut temporary| {
        let _claimed = temporary.as_file().try_lock();
        temporary.write_all(text.as_bytes())?;
        temporary.as_file().sync_all()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            temporary.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        temporary.persist(file).map(|_| ()).map_err(|error| error.error)
    });
    written.map_err(|error| {
        let bytes = grouped(text.len() as f64, 0);
        Failure::world(format!("cannot write `{}`, {bytes} bytes: {error}", file.display()))
            .help(remedy(&error, folder))
    })
}

/// What to do where a file cannot be written into this folder.
fn remedy(error: &std::io::Error, folder: &Path) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "make room, or choose another place; what was there before is untouched".into()
        }
        ErrorKind::NotFound => format!("make the folder first: `mkdir -p {}`", folder.display()),
        _ => "choose a place where you may write".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_in_a_format_or_the_format_is_stated() {
        let allowed = |name: &str, stated| {
            allowed(Some(Path::new(name)), false, stated, &["csv", "txt"]).map_err(|it| it.text())
        };
        assert_eq!(allowed("/nowhere/s.csv", false), Ok(()));
        assert_eq!(allowed("/nowhere/s", false), Ok(()));
        assert_eq!(allowed("/nowhere/s.xlsx", true), Ok(()));
        assert_eq!(
            allowed("/nowhere/s.xlsx", false),
            Err("error: the name of `/nowhere/s.xlsx` ends in no format there is\n  = help: let it end in `.csv`, `.txt`, or state the `--format`\n".into())
        );
    }

    #[cfg(unix)]
    #[test]
    fn only_files_are_replaced() {
        let place = tempfile::tempdir().unwrap();
        let (file, link) = (place.path().join("real.csv"), place.path().join("link.csv"));
        std::fs::write(&file, "real").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        for other in [link.as_path(), Path::new("/dev/null"), place.path()] {
            let told = write(other, "text").unwrap_err().text();
            assert!(told.contains("is there, and no file"), "{told}");
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "real");
        let nowhere = write(&place.path().join("none/a.csv"), "text").unwrap_err().text();
        assert!(nowhere.contains("4 bytes") && nowhere.contains("mkdir -p"), "{nowhere}");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_process_left_of_a_file_goes() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("part.csv");
        let left = place.path().join(".part.csv.orgsim-new-dead");
        std::fs::write(&left, "half").unwrap();
        write(&file, "whole").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "whole");
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
        std::fs::write(&left, "of another").unwrap();
        let _claimed = claim(&left).unwrap();
        write(&file, "whole again").unwrap();
        assert!(left.exists(), "what another writes stays");
    }
}
