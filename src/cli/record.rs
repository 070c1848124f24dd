//! `run.json`: everything needed to make a run's numbers again.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cli::failure::Failure;
use crate::cli::folder::OutputFile;
use crate::cli::opened::unread;
use crate::scenario::{LogUse, fingerprint};
use crate::study::quoted;

/// Name of the file in the run's folder.
pub(super) const RECORD: &str = "run.json";
/// Version of the file's own form.
const FORM: u32 = 1;
/// Largest record read.
const LARGEST: u64 = 64_000_000;

/// What was run: the scenario as it was, what was laid over it, and from which seed.
///
/// The number of threads is left out: it changes no number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct RunRecord {
    /// Version of this file's form.
    pub(super) orgsim_run: u32,
    /// Version of the program.
    pub(super) version: String,
    /// The command that makes the same numbers from the scenario's file.
    pub(super) command: String,
    /// The scenario.
    pub(super) scenario: ScenarioRecord,
    /// The logs it replays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) logs: Vec<LogRecord>,
    /// Values set by `--set`, as written.
    pub(super) set: Vec<String>,
    /// What-ifs run beside the baseline, as written.
    pub(super) what_if: Vec<String>,
    /// Studies asked for beside those of the scenario, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) study: Vec<String>,
    /// Whether what the answer depends on was left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) no_dials: bool,
    /// Master seed.
    pub(super) seed: u64,
    /// Replications of each design.
    pub(super) replications: u32,
    /// Replications that were completed; fewer if the run was stopped.
    pub(super) replications_done: u32,
    /// Whether the run came to its end.
    pub(super) complete: bool,
    /// What it wrote: names below the folder. Whatever else is there is somebody's own.
    #[serde(default)]
    pub(super) files: Vec<String>,
}

/// A scenario as it was when it was run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct ScenarioRecord {
    /// Its name: the file's, without folder and extension.
    pub(super) name: String,
    /// The file as it was given.
    pub(super) file: String,
    /// SHA-256 of the text.
    pub(super) sha256: String,
    /// The text.
    pub(super) text: String,
}

/// A log as it was when it was replayed. Its rows are not kept: they are not ours to copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct LogRecord {
    /// The file as the scenario names it.
    pub(super) file: String,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
}

impl LogRecord {
    /// Of a log that was just read.
    pub(super) fn of(used: &LogUse) -> Result<LogRecord, Failure> {
        let mut hash = Sha256::new();
        let refused = |error: std::io::Error| {
            Failure::world(format!("cannot read the log `{}`: {error}", used.path.display()))
        };
        let mut file = std::fs::File::open(&used.path).map_err(refused)?;
        let mut chunk = vec![0; 1 << 16];
        loop {
            match file.read(&mut chunk).map_err(refused)? {
                0 => break,
                n => hash.update(&chunk[..n]),
            }
        }
        Ok(LogRecord { file: used.file.clone(), sha256: digits(&hash.finalize()) })
    }
}

/// What tells at a glance whether a record can be read.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Stamp {
    orgsim_run: Option<u32>,
    version: Option<String>,
}

impl RunRecord {
    /// The record of a run that is about to begin.
    pub(super) fn new(scenario: ScenarioRecord, changes: &Changes<'_>) -> RunRecord {
        RunRecord {
            orgsim_run: FORM,
            version: env!("CARGO_PKG_VERSION").into(),
            command: changes.command(&scenario.file),
            scenario,
            logs: Vec::new(),
            set: changes.set.to_vec(),
            what_if: changes.what_if.to_vec(),
            study: changes.study.to_vec(),
            no_dials: changes.no_dials,
            seed: changes.seed,
            replications: changes.replications,
            replications_done: 0,
            complete: false,
            files: Vec::new(),
        }
    }

    /// The record as a file of the folder that has these others.
    pub(super) fn file_of<'a>(&self, others: &[OutputFile<'_>]) -> OutputFile<'a> {
        let names = others.iter().map(|file| file.name.clone());
        let files = [RECORD.to_owned()].into_iter().chain(names).collect();
        OutputFile::new(RECORD, RunRecord { files, ..self.clone() }.to_json())
    }

    /// The text of the file.
    pub(super) fn to_json(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("a record has no keys that JSON lacks");
        text.push('\n');
        text
    }

    /// Read a record that this program can run again.
    pub(super) fn read(path: &Path, other_version: bool) -> Result<RunRecord, Failure> {
        let shown = path.display();
        let text = read_text(path).map_err(|error| {
            Failure::world(format!("cannot read `{shown}`: {}", unread(path, &error)))
                .help("give the `run.json` of a run's folder")
        })?;
        let no_record = |why: String| {
            Failure::input(format!("`{shown}` is not the record of a run: {why}"))
                .help("give the `run.json` of a run's folder")
        };
        let stamp: Stamp =
            serde_json::from_str(&text).map_err(|error| no_record(plainly(&error)))?;
        match stamp.orgsim_run {
            None => return Err(no_record("it does not say `\"orgsim_run\": 1`".into())),
            Some(FORM) => {}
            Some(form) => {
                let message = format!(
                    "`{shown}` has form {form} of the record, and this program reads form {FORM}"
                );
                return Err(Failure::input(message).help("use the version of orgsim that wrote it"));
            }
        }
        if let Some(message) = by_another(path, &stamp.version.unwrap_or_default())
            && !other_version
        {
            return Err(Failure::input(message).help("run it nevertheless with `--force`"));
        }
        let record: RunRecord =
            serde_json::from_str(&text).map_err(|error| no_record(plainly(&error)))?;
        if fingerprint(&record.scenario.text) != record.scenario.sha256 {
            let message = format!(
                "in `{shown}` the scenario's text is not the one its fingerprint was made of"
            );
            return Err(Failure::input(message)
                .help("somebody edited it; run the edited scenario from a file of its own"));
        }
        Ok(record)
    }
}

/// Whose results they are that a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    /// The scenario's name.
    name: String,
    /// Its file, as it was given.
    file: PathBuf,
}

impl Owner {
    /// The scenario of this name and file.
    pub(super) fn new(name: &str, file: &str) -> Owner {
        Owner { name: name.into(), file: file.into() }
    }

    /// Whose record this is, if it is the record of a run at all.
    pub(super) fn of(path: &Path) -> Option<Owner> {
        let record: serde_json::Value = serde_json::from_str(&read_text(path).ok()?).ok()?;
        let text = |pointer| record.pointer(pointer).and_then(serde_json::Value::as_str);
        Some(Owner::new(text("/scenario/name")?, text("/scenario/file").unwrap_or_default()))
    }

    /// The scenario's file, as it was given.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Whether both are the same scenario: of one name, and not of two files that are both there.
    pub(super) fn is(&self, other: &Owner) -> bool {
        self.name == other.name && !self.has_another_file(other)
    }

    /// What tells it from another: its name, or its file where they share the name.
    pub(super) fn told_from(&self, other: &Owner) -> String {
        if self.name == other.name { self.file.display().to_string() } else { self.name.clone() }
    }

    fn has_another_file(&self, other: &Owner) -> bool {
        match (self.file.canonicalize(), other.file.canonicalize()) {
            (Ok(own), Ok(others)) => own != others,
            _ => false,
        }
    }
}

/// The files of a folder that its record says the run wrote; `None` if it does not say.
pub(super) fn written_by_run(path: &Path) -> Option<Vec<String>> {
    let record: serde_json::Value = serde_json::from_str(&read_text(path).ok()?).ok()?;
    let names = record.get("files")?.as_array()?.iter();
    Some(names.filter_map(|name| name.as_str().map(String::from)).collect())
}

/// What to say of a record that another version wrote.
pub(super) fn by_another(path: &Path, wrote: &str) -> Option<String> {
    let (shown, own) = (path.display(), env!("CARGO_PKG_VERSION"));
    (wrote != own).then(|| {
        format!(
            "`{shown}` was written by orgsim {wrote}, and this is {own}: its numbers may differ"
        )
    })
}

/// What the command line changes in a scenario.
#[derive(Debug, Clone, Copy)]
pub(super) struct Changes<'a> {
    /// Values set.
    pub(super) set: &'a [String],
    /// What-ifs asked for.
    pub(super) what_if: &'a [String],
    /// Studies asked for.
    pub(super) study: &'a [String],
    /// Whether nothing is swept.
    pub(super) no_dials: bool,
    /// Master seed.
    pub(super) seed: u64,
    /// Replications of each design.
    pub(super) replications: u32,
}

impl Changes<'_> {
    /// The command that makes the same numbers from the scenario's file.
    fn command(&self, file: &str) -> String {
        let mut words = vec!["orgsim".to_owned(), "run".into(), with_sets(file, self.set)];
        for name in self.what_if {
            words.extend(["--what-if".into(), quoted(name)]);
        }
        for name in self.study {
            words.extend(["--study".into(), quoted(name)]);
        }
        if self.no_dials {
            words.push("--no-dials".into());
        }
        words.extend(["--seed".into(), self.seed.to_string()]);
        words.extend(["--replications".into(), self.replications.to_string()]);
        words.join(" ")
    }
}

/// A scenario's file and the values set in it, as arguments.
pub(super) fn with_sets(file: &str, sets: &[String]) -> String {
    let sets = sets.iter().map(|set| format!(" --set {}", quoted(set)));
    quoted(file) + &sets.collect::<String>()
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is wrong with a text that was to be read as JSON, in the words of JSON and not of the program's types.
fn plainly(error: &serde_json::Error) -> String {
    /// What was found, after `invalid type: ` or `invalid value: `.
    const FOUND: [(&str, &str); 5] = [
        ("integer ", "the number "),
        ("floating point ", "the number "),
        ("boolean ", ""),
        ("sequence", "a list"),
        ("map", "an object"),
    ];
    const EXPECTED: [(&str, &str); 4] = [
        ("u32", "a whole number"),
        ("u64", "a whole number"),
        ("a sequence", "a list"),
        ("a boolean", "`true` or `false`"),
    ];
    let text = error.to_string();
    let invalid = ["invalid type: ", "invalid value: "];
    let Some(rest) = invalid.iter().find_map(|start| text.strip_prefix(start)) else { return text };
    let Some((found, expected)) = rest.rsplit_once(", expected ") else { return text };
    let put = |text: &str, words: &[(&str, &str)]| {
        let known =
            words.iter().find_map(|(from, to)| Some(format!("{to}{}", text.strip_prefix(from)?)));
        known.unwrap_or_else(|| text.to_owned())
    };
    format!("found {} instead of {}", put(found, &FOUND), put(expected, &EXPECTED))
}

fn read_text(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::{Value, json};

    use super::*;

    pub(in crate::cli) fn record() -> RunRecord {
        let text = "{ \"orgsim\": 1 }";
        let scenario = ScenarioRecord {
            name: "mine".into(),
            file: "my scenarios/mine.json".into(),
            sha256: fingerprint(text),
            text: text.into(),
        };
        let set = ["customers.messages=400/day".to_owned()];
        let what_if = ["no approvals".to_owned()];
        let study = ["silos".to_owned()];
        let (what_if, study) = (&what_if, &study);
        RunRecord::new(
            scenario,
            &Changes { set: &set, what_if, study, no_dials: true, seed: u64::MAX, replications: 3 },
        )
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(RECORD);
        std::fs::write(&path, record().to_json()).unwrap();
        assert_eq!(RunRecord::read(&path, false).unwrap(), record());
        assert_eq!(Owner::of(&path), Some(Owner::new("mine", "my scenarios/mine.json")));
        assert_eq!(
            record().command,
            "orgsim run \"my scenarios/mine.json\" --set customers.messages=400/day --what-if \"no approvals\" \
             --study silos --no-dials --seed 18446744073709551615 --replications 3"
        );
    }

    #[test]
    fn two_files_of_one_name_are_two_scenarios_and_one_that_moved_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        for client in ["one", "other"] {
            std::fs::create_dir(at(client)).unwrap();
            std::fs::write(at(&format!("{client}/plan.json")), "{}").unwrap();
        }
        let owner = |file: &str| Owner::new("plan", &at(file));
        assert!(owner("one/plan.json").is(&owner("one/../one/plan.json")));
        assert!(!owner("one/plan.json").is(&owner("other/plan.json")));
        assert!(owner("gone/plan.json").is(&owner("other/plan.json")));
        assert!(!owner("gone/plan.json").is(&Owner::new("notes", &at("gone/plan.json"))));
        let told = owner("one/plan.json").told_from(&owner("other/plan.json"));
        assert_eq!(told, at("one/plan.json"));
    }

    #[test]
    fn a_value_of_another_kind_is_told_in_the_words_of_json() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(RECORD);
        let told = |text: &Value| {
            std::fs::write(&path, text.to_string()).unwrap();
            RunRecord::read(&path, true).map_err(|failure| failure.text())
        };
        let log = LogRecord { file: "log.csv".into(), sha256: "0".into() };
        let whole = RunRecord { logs: vec![log], files: vec![RECORD.into()], ..record() };
        let whole = serde_json::to_value(&whole).unwrap();
        let wrong =
            [json!(null), json!(true), json!(-1.5), json!("x"), json!([3]), json!({ "y": 1 })];
        let every = pointers(&whole);
        assert!(15 < every.len(), "{every:?}");
        for pointer in every {
            for wrong in &wrong {
                let mut text = whole.clone();
                *text.pointer_mut(&pointer).unwrap() = wrong.clone();
                let Err(told) = told(&text) else { continue };
                for word in
                    ["struct", "u32", "u64", "sequence", "boolean", "integer", "map", "Stamp"]
                {
                    assert!(!told.contains(word), "{pointer} as {wrong}: {told}");
                }
            }
        }
        let told = told(&json!("results")).unwrap_err();
        assert!(told.contains("found string \"results\" instead of an object at line 1"), "{told}");
    }

    /// Every place of a document, the whole of it first.
    fn pointers(of: &Value) -> Vec<String> {
        let below = |step: &str, of: &Value| -> Vec<String> {
            pointers(of).into_iter().map(|rest| format!("/{step}{rest}")).collect()
        };
        let inside: Vec<String> = match of {
            Value::Object(all) => all.iter().flat_map(|(key, of)| below(key, of)).collect(),
            Value::Array(all) => {
                all.iter().enumerate().flat_map(|(at, of)| below(&at.to_string(), of)).collect()
            }
            _ => Vec::new(),
        };
        [vec![String::new()], inside].concat()
    }

    #[test]
    fn another_form_version_or_text_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.json");
        let refusal = |text: String, force: bool| {
            std::fs::write(&path, text).unwrap();
            RunRecord::read(&path, force).map_err(|failure| failure.text())
        };
        let text = record().to_json();
        let told =
            refusal(text.replace("\"orgsim_run\": 1", "\"orgsim_run\": 2"), true).unwrap_err();
        assert!(told.contains("has form 2 of the record, and this program reads form 1"), "{told}");
        let older = RunRecord { version: "0.0.1".into(), ..record() }.to_json();
        let told = refusal(older.clone(), false).unwrap_err();
        assert!(told.contains("was written by orgsim 0.0.1"), "{told}");
        assert!(refusal(older, true).is_ok());
        let edited = RunRecord {
            scenario: ScenarioRecord { text: "{}".into(), ..record().scenario },
            ..record()
        };
        assert!(refusal(edited.to_json(), false).unwrap_err().contains("fingerprint"));
        assert!(refusal("{}".into(), false).unwrap_err().contains("`\"orgsim_run\": 1`"));
        assert!(
            refusal("results".into(), false).unwrap_err().contains("is not the record of a run")
        );
    }
}
