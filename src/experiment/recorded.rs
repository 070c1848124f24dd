//! Where scenarios and inquiry logs meet: the logs that a scenario names are read and handed to it.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use crate::log::{Dropped, Log, LogError, LogProfile, LoggedInquiry, MISSING, UNSTATED, read_file};
use crate::model::mapping::{Label, Mapping, OneRowPer};
use crate::model::{Diagnostic, NamedLog, NamedRow, Severity};
use crate::scenario::{LogUse, Overlay, Scenario, Source, escape, load_with};

/// Characters of a value that a finding shows.
const SHOWN: usize = 40;

/// A scenario with what was read of its logs.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The scenario; its streams bring the recorded inquiries.
    pub scenario: Scenario,
    /// One for each stream that replays a log, in the scenario's order.
    pub logs: Vec<LogReport>,
}

/// What was read of a recorded log, for `orgsim check` and its JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogReport {
    /// The stream that replays it.
    pub stream: String,
    /// The file as the scenario names it.
    pub file: String,
    /// The log in numbers.
    pub profile: LogProfile,
    /// Rows that could not be read, by reason.
    pub dropped: Vec<DroppedRows>,
    /// What its author should know about it.
    pub findings: Vec<LogFinding>,
}

/// Rows of a log that could not be read, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DroppedRows {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u64,
    /// Lines where the first of them begin, the header being line 1.
    pub lines: Vec<u64>,
    /// A value that was refused, shortened.
    pub example: Option<String>,
}

/// A finding about a log that does not stop a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogFinding {
    /// Stable name of the kind of finding.
    pub code: &'static str,
    /// What was found.
    pub message: String,
    /// JSON Pointer of the value concerned, relative to the mapping.
    pub pointer: String,
    /// What to do.
    pub help: Option<String>,
}

/// Logs that were read, kept so that loading scenarios again does not read them again.
///
/// A scenario is loaded once for itself and once for each of its what-ifs; a sweep loads it many
/// times. What is kept of a log is its inquiries without text, and its profile.
#[derive(Debug, Default)]
pub struct Logs {
    read: RefCell<Vec<Shelved>>,
}

#[derive(Debug, Clone)]
struct Shelved {
    path: PathBuf,
    mapping: Mapping,
    log: Result<(Arc<NamedLog>, Arc<LogReport>), Vec<Diagnostic>>,
}

impl Logs {
    /// No log read so far.
    pub fn new() -> Logs {
        Logs::default()
    }

    /// Read a scenario, changed by an overlay, and its logs.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario or with a log, errors first.
    pub fn load(&self, source: &Source, overlay: &Overlay) -> Result<Loaded, Vec<Diagnostic>> {
        let scenario = load_with(source, overlay, &|used| self.shelved(used).map(|(log, _)| log))?;
        let report = |used| {
            let (_, report) = self.shelved(used).expect("a loaded scenario's logs were read");
            let (stream, file) = (used.stream.clone(), used.file.clone());
            LogReport { stream, file, ..LogReport::clone(&report) }
        };
        let logs = scenario.logs.iter().map(report).collect();
        Ok(Loaded { scenario, logs })
    }

    fn shelved(&self, used: &LogUse) -> Result<(Arc<NamedLog>, Arc<LogReport>), Vec<Diagnostic>> {
        let same = |it: &&Shelved| it.path == used.path && it.mapping == used.mapping;
        if let Some(known) = self.read.borrow().iter().find(same) {
            return known.log.clone();
        }
        let log = opened(used);
        let (path, mapping) = (used.path.clone(), used.mapping.clone());
        self.read.borrow_mut().push(Shelved { path, mapping, log: log.clone() });
        log
    }
}

/// Read a scenario, changed by an overlay, and the logs that it replays.
///
/// A scenario without logs is what [`scenario::load`](crate::scenario::load) gives.
///
/// # Errors
/// Everything that is wrong with the scenario or with a log, errors first.
///
/// ```
/// use orgsim::experiment::load;
/// use orgsim::scenario::{Overlay, Source};
///
/// let source = Source::new("mine.json", r#"{ "orgsim": 1,
///     "customers": { "plain": true, "messages": "9/hour" },
///     "designs": { "One desk": { "graph": {
///         "roles": { "desk": { "people": 1, "service": "6m" } },
///         "links": [ { "intake": { "to": "desk" } } ] } } } }"#);
/// let loaded = load(&source, &Overlay::default())?;
/// assert!(loaded.logs.is_empty());
/// # Ok::<(), Vec<orgsim::model::Diagnostic>>(())
/// ```
pub fn load(source: &Source, overlay: &Overlay) -> Result<Loaded, Vec<Diagnostic>> {
    Logs::new().load(source, overlay)
}

/// Read one log: as a scenario takes it, and in numbers.
fn opened(used: &LogUse) -> Result<(Arc<NamedLog>, Arc<LogReport>), Vec<Diagnostic>> {
    let mut log = read_file(&used.path, &used.mapping).map_err(|error| match error {
        LogError::Unusable(found) => found,
        LogError::Io { source, .. } => {
            let message = format!("the log `{}` cannot be read: {source}", used.file);
            vec![
                Diagnostic::error("log-unreadable", "", message)
                    .help("check the path and the permissions"),
            ]
        }
    })?;
    // pauses of weeks would be simulated as they are, hence a replay needs one continuous period
    for found in log.findings.iter_mut().filter(|found| found.code == "log-gaps") {
        found.severity = Severity::Error;
    }
    // a mapping that most rows do not fit is wrong, and what is left of the log is not what came
    let dropped_rows: u64 = log.dropped.iter().map(|dropped| dropped.count).sum();
    if log.rows_read < 2 * dropped_rows {
        for found in log.findings.iter_mut().filter(|found| found.code == "log-rows-dropped") {
            found.severity = Severity::Error;
        }
    }
    log.findings.extend(broken_names(&log, &used.mapping));
    if log.findings.iter().any(|found| found.severity == Severity::Error) {
        return Err(log.findings);
    }
    let report = LogReport {
        stream: used.stream.clone(),
        file: used.file.clone(),
        profile: LogProfile::of(&log),
        dropped: log.dropped.iter().map(dropped).collect(),
        findings: log.findings.iter().map(finding).collect(),
    };
    Ok((Arc::new(named(log, &used.mapping)), Arc::new(report)))
}

/// Names with a line break, which nobody could say or print: of each column the first.
fn broken_names(log: &Log, mapping: &Mapping) -> Vec<Diagnostic> {
    type Place = fn(&LoggedInquiry) -> Option<u16>;
    let all: [(&str, &[String], Place, &Option<Label>); 3] = [
        ("channel", &log.channels, |row| Some(row.channel), &mapping.channel),
        ("topic", &log.topics, |row| Some(row.topic), &mapping.topic),
        ("language", &log.languages, |row| row.language, &mapping.language),
    ];
    let first = |(key, names, place, label): &(&str, &[String], Place, &Option<Label>)| {
        let broken = |at: u16| names[usize::from(at)].contains(['\n', '\r']);
        let inquiry = log.inquiries.iter().find(|row| place(row).is_some_and(broken))?;
        let value: String = names[usize::from(place(inquiry)?)].chars().take(SHOWN).collect();
        let column = match label {
            Some(Label::Column(label)) => format!(" in the column `{}`", label.column),
            _ => String::new(),
        };
        let message = format!(
            "the name of a {key} has a line break: `{}`{column}, line {}",
            escape(&value),
            inquiry.row
        );
        Some(Diagnostic::error("log-line-break", format!("/{key}"), message).help(
            "is this the column of message texts? Choose the one with names, or say under `names` what such a value stands for",
        ))
    };
    all.iter().filter_map(first).collect()
}

/// The log as a scenario takes it; names that only say that there is none are left out.
fn named(log: Log, mapping: &Mapping) -> NamedLog {
    let concerns = match &mapping.one_row_per {
        OneRowPer::Inquiry(rows) => rows.unit.is_some(),
        OneRowPer::Event(rows) => rows.unit.is_some(),
        OneRowPer::Message(rows) => rows.unit.is_some(),
    };
    let named = |names: &[String], place: u16| {
        let none = matches!(names[usize::from(place)].as_str(), UNSTATED | MISSING);
        (!none).then_some(place)
    };
    let row = |inquiry: &LoggedInquiry| NamedRow {
        arrival_seconds: inquiry.arrival_seconds,
        channel: named(&log.channels, inquiry.channel),
        topic: named(&log.topics, inquiry.topic),
        unit: inquiry.unit.filter(|_| concerns),
        language: inquiry.language,
        work_minutes: inquiry.handling_seconds.map(|seconds| seconds / 60.0),
    };
    NamedLog {
        rows: log.inquiries.iter().map(row).collect(),
        channels: log.channels,
        topics: log.topics,
        units: log.units,
        languages: log.languages,
        start_seconds: log.start_seconds,
        end_seconds: log.end_seconds,
        findings: log.findings,
    }
}

fn dropped(rows: &Dropped) -> DroppedRows {
    let Dropped { reason, count, lines, example } = rows.clone();
    DroppedRows { reason, count, lines, example }
}

fn finding(found: &Diagnostic) -> LogFinding {
    let Diagnostic { code, message, pointer, help, .. } = found.clone();
    LogFinding { code, message, pointer, help }
}
