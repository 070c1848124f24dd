//! The file that `--out` names: whether it may be written, and as what.

use std::path::Path;

use crate::cli::failure::Failure;

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
    if std::fs::symlink_metadata(file).is_ok_and(|there| !there.is_file()) {
        return Err(Failure::world(format!("`{}` is there, and no file", file.display()))
            .help("choose another name"));
    }
    Ok(())
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
}
