//! From a scenario's name to the name of its folder.

use std::path::{Path, PathBuf};

/// Longest name, in letters.
const LONGEST: usize = 80;

/// Names that mean a device on some system, whatever their extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// A name that is one step of a path and never leads out of the folder it is put into.
///
/// Letters and digits of any script, `-`, `_` and `.` stay; everything else becomes `-`. A name never
/// begins with a dot, never ends with one, is never empty and never that of a device.
pub(super) fn folder_name(scenario: &str) -> String {
    let tame = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let kept: String = scenario.chars().take(LONGEST).map(tame).collect();
    let kept = kept.trim_matches(['.', '-']);
    let first = kept.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = first.strip_prefix("com").or_else(|| first.strip_prefix("lpt"));
    let device = DEVICES.contains(&first.as_str()) || port.is_some_and(|rest| rest.len() == 1);
    match kept {
        "" => "scenario".into(),
        device_name if device => format!("scenario-{device_name}"),
        name => name.into(),
    }
}

/// The folder for what is tried next, beside that of the results which suggest it: `a-next` beside `a`, `a-next-2` beside
/// that, and so on.
pub(super) fn next_to(folder: &Path) -> PathBuf {
    const NEXT: &str = "-next";
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let next = match name.rsplit_once(NEXT) {
        Some((first, "")) => format!("{first}{NEXT}-2"),
        Some((first, number)) => {
            match number.strip_prefix('-').and_then(|of| of.parse::<u32>().ok()) {
                Some(number) => format!("{first}{NEXT}-{}", number.saturating_add(1)),
                None => format!("{name}{NEXT}"),
            }
        }
        None => format!("{name}{NEXT}"),
    };
    folder.with_file_name(next)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{folder_name, next_to};

    #[test]
    fn what_is_tried_next_never_goes_where_its_reason_lies() {
        let mut folder = Path::new("output/small").to_owned();
        for next in ["output/small-next", "output/small-next-2", "output/small-next-3"] {
            folder = next_to(&folder);
            assert_eq!(folder, Path::new(next));
        }
        assert_eq!(next_to(Path::new("a-next-door")), Path::new("a-next-door-next"));
        assert_eq!(next_to(Path::new("../here/")), Path::new("../here-next"));
    }

    #[test]
    fn a_name_is_never_a_path() {
        for (scenario, folder) in [
            ("quickstart", "quickstart"),
            ("../../etc/passwd", "etc-passwd"),
            ("..", "scenario"),
            ("", "scenario"),
            ("C:\\Windows", "C--Windows"),
            ("/absolute", "absolute"),
            ("nul", "scenario-nul"),
            ("COM1.json", "scenario-COM1.json"),
            ("a\0b\u{1b}[0m", "a-b--0m"),
            ("a\u{202e}b", "a-b"),
            (".hidden", "hidden"),
            ("Zürich 2026", "Zürich-2026"),
        ] {
            assert_eq!(folder_name(scenario), folder, "{scenario:?}");
        }
        assert_eq!(folder_name(&"x".repeat(5000)).len(), 80);
    }
}
