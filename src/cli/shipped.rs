//! The scenarios at hand.

use std::path::{Path, PathBuf};

use crate::present::{pad, width};

/// Longest question shown, in letters.
const LONGEST: usize = 90;

/// A scenario file and what it asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shipped {
    /// The file.
    pub(super) file: PathBuf,
    /// Its question, if it can be read.
    pub(super) question: Option<String>,
}

/// All scenario files below a folder, in order of name.
pub(super) fn shipped(folder: &Path) -> Vec<Shipped> {
    let mut found = Vec::new();
    gather(folder, 3, &mut found);
    found.sort();
    found
}

fn gather(folder: &Path, depth: u8, found: &mut Vec<Shipped>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && 0 < depth {
            gather(&path, depth - 1, found);
        } else if path.extension().is_some_and(|extension| extension == "json")
            && let Some(question) = question(&path)
        {
            found.push(Shipped { file: path, question });
        }
    }
}

/// What a scenario asks; `None` for a file that is no scenario.
fn question(path: &Path) -> Option<Option<String>> {
    let text = std::fs::read_to_string(path).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    json.get("orgsim")?;
    let words = json.get("question").or_else(|| json.get("about")).and_then(|text| text.as_str());
    Some(words.map(|words| match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }))
}

/// The list as text, with what to type.
pub(super) fn list(found: &[Shipped]) -> String {
    if found.is_empty() {
        return "There are no scenarios in `scenarios/`.\n\
                Write one:  orgsim new mine.json      Then:  orgsim run mine.json\n"
            .into();
    }
    let files: Vec<String> =
        found.iter().map(|shipped| shipped.file.display().to_string()).collect();
    let widest = files.iter().map(|file| width(file)).max().unwrap_or(0);
    let mut text = String::from("Which scenario? These are at hand:\n\n");
    for (file, shipped) in files.iter().zip(found) {
        let question = shipped.question.as_deref().unwrap_or("");
        text.push_str(format!("  {}  {question}", pad(file, widest)).trim_end());
        text.push('\n');
    }
    let first = files.iter().find(|file| file.ends_with("quickstart.json")).unwrap_or(&files[0]);
    text.push_str(&format!(
        "\nType:  orgsim run {first}\nOr write your own:  orgsim new mine.json\n"
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_are_listed_with_their_questions() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("queueing")).unwrap();
        std::fs::write(folder.path().join("queueing/mm1.json"), r#"{ "orgsim": 1 }"#).unwrap();
        std::fs::write(
            folder.path().join("quickstart.json"),
            r#"{ "orgsim": 1, "question": "Who?" }"#,
        )
        .unwrap();
        std::fs::write(folder.path().join("other.json"), r#"{ "name": "no scenario" }"#).unwrap();
        let found = shipped(folder.path());
        assert_eq!(found.len(), 2);
        let text = list(&found).replace(&format!("{}/", folder.path().display()), "");
        assert!(text.contains("  queueing/mm1.json\n  quickstart.json    Who?\n\nType:  orgsim run quickstart.json\n"), "{text}");
    }
}
