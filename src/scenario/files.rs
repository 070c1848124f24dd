//! Files that a scenario names: they lie beside it, or in the folder of logs that its reader gave.

use std::path::{Component, Path, PathBuf};

use super::cursor::Cursor;
use super::names::quote;
use super::source::Source;

const BESIDE: &str =
    "put the file beside the scenario, or in a folder below it, and name it from there";

/// The path of a file that stays inside its folder, symbolic links followed.
///
/// A text that did not come from a file has no folder; without a data folder either, the name is
/// taken as it is.
pub(super) fn inside(cursor: &Cursor<'_>, name: &str, source: &Source) -> Option<PathBuf> {
    let path = Path::new(name);
    if !is_plain(path, name) {
        let message = format!("{} leaves the scenario's folder", quote(name));
        cursor.fail_with_help("path-escapes", message, BESIDE);
        return None;
    }
    let folders: Vec<&Path> =
        [&source.folder, &source.data].into_iter().flatten().map(PathBuf::as_path).collect();
    if folders.is_empty() {
        return Some(path.into());
    }
    for folder in folders {
        // a scenario named without a folder is in the current one
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let full = folder.join(path);
        let (Ok(folder), Ok(file)) = (folder.canonicalize(), full.canonicalize()) else { continue };
        if !file.starts_with(&folder) {
            let message = format!("{} leads out of the scenario's folder", quote(name));
            cursor.fail_with_help("path-escapes", message, BESIDE);
            return None;
        }
        return Some(full);
    }
    let elsewhere =
        |data: &&PathBuf| !data.as_os_str().is_empty() && source.folder.as_ref() != Some(*data);
    let help = match source.data.as_ref().filter(elsewhere) {
        Some(data) => format!(
            "it is neither beside the scenario nor in {}: name the folder of your logs by `--data` or `ORGSIM_DATA`",
            quote(&data.to_string_lossy())
        ),
        None => format!("{BESIDE}; or name the folder of your logs by `--data` or `ORGSIM_DATA`"),
    };
    cursor.fail_with_help("no-such-file", format!("there is no file {}", quote(name)), help);
    None
}

/// Whether a path goes down only, and is no device, drive or stream on any system.
fn is_plain(path: &Path, name: &str) -> bool {
    let down =
        path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let foreign = name.contains(['\\', ':']) || name.chars().any(char::is_control);
    let device = path.components().any(|part| {
        let part = part.as_os_str().to_string_lossy().to_ascii_lowercase();
        let stem = part.split('.').next().unwrap_or_default();
        matches!(stem, "con" | "prn" | "aux" | "nul")
            || (stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && stem.ends_with(|c: char| c.is_ascii_digit()))
    });
    down && !foreign && !device
}
