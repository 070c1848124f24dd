//! Damaged scenarios and logs: a case is a function of its number, so that any of them can be met again.
//!
//! Shared by the program `benches/fuzz/main.rs` and its short version among the tests.

#[path = "../clock.rs"]
mod clock;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clock::clock;
use orgsim::experiment::{ExperimentResult, Options, run};
use orgsim::log::read;
use orgsim::model::mapping::Mapping;
use orgsim::model::{Model, load as loads, structure};
use orgsim::present::{Provenance, results_text, roles_csv, summary_csv};
use orgsim::scenario::{Overlay, Scenario, Source, load, render, render_json};
use orgsim::units::SimTime;

/// A case is given up after this long in the simulator; nothing else may take so long.
pub(crate) const LIMIT: Duration = Duration::from_secs(1);

/// What cases are made of.
#[derive(Debug)]
pub(crate) struct Corpus {
    scenarios: Vec<String>,
    log: Vec<u8>,
    mapping: Mapping,
}

/// What became of a case.
#[derive(Debug)]
pub(crate) struct Told {
    /// What was read.
    pub(crate) bytes: Vec<u8>,
    /// What is wrong with how it was taken, if anything is.
    pub(crate) wrong: Option<String>,
    /// How far it came.
    pub(crate) came: Came,
}

/// How far a case came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// A log, refused or read.
    Log,
    /// A scenario that was refused.
    Refused,
    /// A scenario that was run.
    Run,
}

/// Pseudo-random numbers of a case (SplitMix64).
struct Dice(u64);

impl Dice {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`, which is above 0.
    fn below(&mut self, n: usize) -> usize {
        (self.word() % n as u64) as usize
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// Values that something once stumbled over, or might.
const VALUES: &[&str] = &[
    "0",
    "-1",
    "1",
    "2",
    "-0",
    "0.5",
    "1e-9",
    "1e12",
    "1e308",
    "1e999",
    "9007199254740993",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "\" \"",
    "\"*\"",
    "\"0s\"",
    "\"1us\"",
    "\"5m\"",
    "\"1 week\"",
    "\"100 years\"",
    "\"-5m\"",
    "\"5\"",
    "\"0/day\"",
    "\"9/hour\"",
    "\"1000000/hour\"",
    "\"0%\"",
    "\"100%\"",
    "\"101%\"",
    "\"1e-7%\"",
    "\"infinite\"",
    "\"always\"",
    "\"daily 22:00-06:00\"",
    "\"weekdays 9-17\"",
    "\"week 2 Friday 18:00\"",
    "\"2027-02-29\"",
    "\"$1/year\"",
    "\"\u{20ac}1/hour\"",
    "\"\u{202e}\u{0}\"",
    "\"x\"",
    "\"desk\"",
    "\"unlimited\"",
    "\"by load\"",
    "[[[[[[[[]]]]]]]]",
    "{\"exponential\":{\"mean\":\"5m\"}}",
    "{\"pareto\":{\"mean\":\"5m\",\"alpha\":1.01}}",
    "{\"lognormal\":{\"mean\":\"1s\",\"cv\":1000}}",
    "{\"constant\":\"0s\"}",
    "{\"gamma\":{\"mean\":\"1h\",\"cv\":0}}",
];

/// Pieces of JSON: names and texts with their quotes, numbers and words, signs.
fn tokens(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let (mut at, mut all) = (0, Vec::new());
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at = (at + 1).min(bytes.len());
            }
            b'{' | b'}' | b'[' | b']' | b':' | b',' => at += 1,
            letter if letter.is_ascii_whitespace() => {
                while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
            }
            _ => {
                while at < bytes.len() && !b"\"{}[]:, \n\t\r".contains(&bytes[at]) {
                    at += 1;
                }
            }
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
        all.push(&text[start..at]);
    }
    all
}

/// Numbers that take the place of one inside a text or by itself.
const NUMBERS: &[&str] =
    &["0", "1", "2", "3", "7", "12", "60", "100", "999", "0.5", "1000000", "18446744073709551616"];

/// A run of digits of a word, where it has some.
fn digits(dice: &mut Dice, word: &str) -> Option<std::ops::Range<usize>> {
    let is_digit = |at: usize| word.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let starts = (0..word.len()).filter(|&at| is_digit(at) && (at == 0 || !is_digit(at - 1)));
    let starts: Vec<usize> = starts.collect();
    if starts.is_empty() {
        return None;
    }
    let start = *dice.of(&starts);
    let end = (start..).find(|&at| !is_digit(at))?;
    Some(start..end)
}

/// A text with one or two of its tokens changed; they stay tokens. About every other one can still be read.
fn by_tokens(dice: &mut Dice, text: &str, other: &str) -> Vec<u8> {
    let mut words: Vec<String> = tokens(text).into_iter().map(String::from).collect();
    let others = tokens(other);
    let is_value = |word: &str| !word.trim().is_empty() && !"{}[]:,".contains(word);
    for _ in 0..=dice.below(2) {
        let values: Vec<usize> = (0..words.len()).filter(|&at| is_value(&words[at])).collect();
        if values.is_empty() {
            break;
        }
        let at = *dice.of(&values);
        let end = (at + 1 + dice.below(12)).min(words.len());
        match dice.below(16) {
            0 => words[at] = (*dice.of(VALUES)).into(),
            1 => words[at] = words[*dice.of(&values)].clone(),
            2 => words[at] = (*dice.of(&others)).into(),
            3 => {
                words.drain(at..end);
            }
            4 => {
                let again: Vec<String> = words[at..end].to_vec();
                words.splice(at..at, again);
            }
            _ => {
                // a value with a number in it: another number, or another such value
                let with_digits = |&at: &usize| words[at].contains(|c: char| c.is_ascii_digit());
                let numbers: Vec<usize> = values.iter().copied().filter(with_digits).collect();
                if numbers.is_empty() {
                    continue;
                }
                let at = *dice.of(&numbers);
                if dice.below(4) == 0 {
                    words[at] = words[*dice.of(&numbers)].clone();
                } else if let Some(range) = digits(dice, &words[at]) {
                    let number = *dice.of(NUMBERS);
                    words[at].replace_range(range, number);
                }
            }
        }
    }
    words.concat().into_bytes()
}

/// A text with some of its bytes changed.
fn by_bytes(dice: &mut Dice, text: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=dice.below(6) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(30)).min(bytes.len());
        match dice.below(6) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.word() as u8,
            2 => {
                bytes.drain(at..end);
            }
            3 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            4 => {
                let from = dice.below(other.len());
                let to = (from + 1 + dice.below(60)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

impl Corpus {
    /// The shipped scenarios, those of the tests, and a shipped log.
    pub(crate) fn new() -> Corpus {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders: Vec<PathBuf> =
            ["scenarios", "tests/it"].map(|name| root.join(name)).into();
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the repository can be read") {
                let path = entry.expect("a name").path();
                match path.extension() {
                    _ if path.is_dir() => folders.push(path),
                    Some(extension) if extension == "json" => files.push(path),
                    _ => {}
                }
            }
        }
        files.sort();
        let text = |path: &PathBuf| std::fs::read_to_string(path).expect("the file can be read");
        let scenarios: Vec<String> =
            files.iter().map(text).filter(|text| text.contains("\"orgsim\": 1")).collect();
        let replay =
            Source::read(&root.join("scenarios/replay.json"), 1 << 20).expect("it is there");
        let logs = load(&replay, &Overlay::default()).expect("it is sound").logs;
        let log = std::fs::read(&logs[0].path).expect("the log can be read");
        Corpus { scenarios, log, mapping: logs[0].mapping.clone() }
    }

    /// The bytes of a case, and whether they are a log.
    fn bytes(&self, number: u64) -> (Vec<u8>, bool) {
        let mut dice = Dice(number.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        if dice.below(8) == 0 {
            return (by_bytes(&mut dice, &self.log, &self.log), true);
        }
        let (text, other) = (dice.of(&self.scenarios).clone(), dice.of(&self.scenarios).clone());
        let bytes = match dice.below(3) {
            0 => by_bytes(&mut dice, text.as_bytes(), other.as_bytes()),
            _ => by_tokens(&mut dice, &text, &other),
        };
        (bytes, false)
    }

    /// Read a case, run it if it can be, and write what comes out; and how long that took, without the simulation.
    pub(crate) fn case(&self, number: u64) -> (Told, Duration) {
        let (bytes, is_log) = self.bytes(number);
        let done = catch_unwind(AssertUnwindSafe(|| {
            if is_log { self.log(&bytes) } else { scenario(&bytes) }
        }));
        let (wrong, came, took) = match done {
            Ok((wrong, came, took)) => (wrong, came, took),
            Err(cause) => {
                let told = cause.downcast_ref::<String>().map(String::as_str);
                let told = told.or_else(|| cause.downcast_ref::<&str>().copied());
                let told = format!("panic: {}", told.unwrap_or("without a word"));
                (Some(told), if is_log { Came::Log } else { Came::Refused }, Duration::ZERO)
            }
        };
        (Told { bytes, wrong, came }, took)
    }

    fn log(&self, bytes: &[u8]) -> (Option<String>, Came, Duration) {
        let began = clock();
        let wrong = match read(bytes, &self.mapping) {
            Ok(_) => None,
            Err(findings) => {
                findings.is_empty().then(|| "a log is refused without a finding".to_owned())
            }
        };
        (wrong, Came::Log, clock().saturating_sub(began))
    }
}

/// Read a scenario; findings have places, and what has none is run.
fn scenario(bytes: &[u8]) -> (Option<String>, Came, Duration) {
    let began = clock();
    let source = Source::from_bytes("fuzz.json", bytes);
    let (findings, sound) = match load(&source, &Overlay::default()) {
        Ok(scenario) => (scenario.warnings.clone(), Some(scenario)),
        Err(findings) => (findings, None),
    };
    let text = render(&source, &findings, false);
    let data = render_json(&source, &findings);
    let wrong = placeless(&data).or_else(|| {
        let silent = sound.is_none() && !text.contains("error[");
        silent.then(|| "it is refused without an error".to_owned())
    });
    let took = clock().saturating_sub(began);
    match sound {
        Some(sound) if wrong.is_none() => {
            let (wrong, written) = carried_out(&sound);
            (wrong, Came::Run, took + written)
        }
        _ => (wrong, Came::Refused, took),
    }
}

/// The first finding without a line.
fn placeless(findings: &serde_json::Value) -> Option<String> {
    let all = findings.as_array().into_iter().flatten();
    let lost = |finding: &&serde_json::Value| {
        let whole = ["empty-file", "too-large", "more"].iter().any(|code| finding["code"] == *code);
        !whole && finding["line"].as_u64().is_none()
    };
    all.clone().find(lost).map(|finding| format!("a finding has no place: {finding}"))
}

/// Run a day or so of a scenario, once, and write its result in every form.
fn carried_out(scenario: &Scenario) -> (Option<String>, Duration) {
    let mut model: Model = scenario.model.clone();
    for design in &model.designs {
        let load = loads(&model.world, &model.practice, &design.organization);
        let shape = structure(&model.world, &model.practice, &design.organization);
        assert!(load.roles.len() == design.organization.role_count() && 0 < shape.layers.max(1));
    }
    let study = &mut model.study;
    study.replications = 1;
    study.warm_up = study.warm_up.min(SimTime::HOUR);
    study.run_for = study.run_for.min(SimTime::DAY);
    study.follow = study.follow.min(SimTime::DAY);
    study.observe = None;
    let result = stopped_in_time(&model);
    let began = clock();
    let provenance = Provenance { scenario: "fuzz", ..Provenance::default() };
    let written = results_text(&result, &provenance);
    let sound = serde_json::from_str::<serde_json::Value>(&written).is_ok();
    let tables = [summary_csv(&result), roles_csv(&result)].iter().all(|table| {
        csv::Reader::from_reader(table.as_bytes()).records().all(|record| record.is_ok())
    });
    let wrong = (!sound || !tables).then(|| "what is written cannot be read".to_owned());
    (wrong, clock().saturating_sub(began))
}

/// Run a model, and stop it when it takes too long.
fn stopped_in_time(model: &Model) -> ExperimentResult {
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (raised, over) = (stop.clone(), done.clone());
    let watchman = std::thread::spawn(move || {
        let began = Instant::now();
        while began.elapsed() < LIMIT && !over.load(Ordering::Relaxed) {
            std::thread::park_timeout(LIMIT - began.elapsed().min(LIMIT));
        }
        raised.store(true, Ordering::Relaxed);
    });
    let options = Options::plain(1, &stop);
    let result = catch_unwind(AssertUnwindSafe(|| run(model, &options)));
    done.store(true, Ordering::Relaxed);
    watchman.thread().unpark();
    watchman.join().expect("waiting never fails");
    result.unwrap_or_else(|cause| std::panic::resume_unwind(cause))
}
