//! A scenario with what the command line lays over it.

use std::path::{Path, PathBuf};

use crate::cli::arguments::Overlaid;
use crate::cli::failure::Failure;
use crate::cli::patience::patiently;
use crate::cli::progress::Progress;
use crate::cli::signals::Signals;
use crate::cli::terminal::Terminal;
use crate::experiment::{Loaded, LogReport, Logs, Options, find_warm_up};
use crate::model::{Design, Diagnostic};
use crate::scenario::{Overlay, Scenario, Source};
use crate::study::quoted;
use crate::units::SimTime;

/// A scenario, read and checked, and the text it was read from.
#[derive(Debug)]
pub(super) struct Opened {
    /// The text.
    pub(super) source: Source,
    /// What is laid over it.
    pub(super) overlay: Overlay,
    /// What it means.
    pub(super) scenario: Scenario,
    /// What was read of the logs it replays.
    pub(super) reports: Vec<LogReport>,
    /// The seed in the text, whatever the command line has in its place.
    pub(super) own_seed: u64,
    /// Logs that were read, so that changes of the scenario do not read them again.
    logs: Logs,
}

impl Opened {
    /// Read a file. What takes long, and what was asked for in vain, is told in `remarks`, unless those are not wanted.
    pub(super) fn read(
        path: &Path,
        overlaid: &Overlaid,
        limit: u64,
        remarks: Option<&Terminal>,
    ) -> Result<Opened, Failure> {
        let source = patiently(path, remarks, || Source::read(path, limit)).map_err(|error| {
            let (shown, why) = (path.display(), unread(path, &error.cause));
            let failure = Failure::world(format!("cannot read the scenario `{shown}`: {why}"));
            match error.cause.kind() {
                std::io::ErrorKind::NotFound => {
                    failure.help("`orgsim run` without a file lists the scenarios at hand")
                }
                std::io::ErrorKind::IsADirectory => failure.help("give a file, not a folder"),
                _ => failure,
            }
        })?;
        let data = data_folder(overlaid.data.as_ref());
        let opened = Opened::from_source(source.with_data(data), overlaid)?;
        if let Some(terminal) = remarks {
            opened.remark_unused(overlaid.data.as_deref(), terminal);
        }
        Ok(opened)
    }

    /// Say so where a folder of logs was named and none is read.
    pub(super) fn remark_unused(&self, data: Option<&Path>, terminal: &Terminal) {
        if let Some(data) = data.filter(|_| !reads_logs(&self.scenario)) {
            let shown = quoted(&data.display().to_string());
            terminal.remark(&format!(
                "note: the scenario reads no log, so `--data {shown}` changes nothing\n"
            ));
        }
    }

    /// Read a text.
    pub(super) fn from_source(source: Source, overlaid: &Overlaid) -> Result<Opened, Failure> {
        let overlay = overlay(&overlaid.set)?;
        let logs = Logs::new();
        let refused = |problems| Failure::Scenario(Box::new(source.clone()), problems);
        let Loaded { mut scenario, logs: reports } =
            logs.load(&source, &overlay).map_err(refused)?;
        let own_seed = scenario.model.study.seed;
        overlaid.lay_over(&mut scenario)?;
        Ok(Opened { source, overlay, scenario, reports, own_seed, logs })
    }

    /// The same scenario with more changes laid over it.
    pub(super) fn changed(&self, more: &Overlay) -> Result<Scenario, Vec<Diagnostic>> {
        let overlay = self.overlay.clone().and(more);
        let mut scenario = self.logs.load(&self.source, &overlay)?.scenario;
        scenario.model.study.seed = self.scenario.model.study.seed;
        scenario.model.study.replications = self.scenario.model.study.replications;
        Ok(scenario)
    }

    /// The same with its warm-up found, where the scenario asks for that; without one if a stop was asked for.
    pub(super) fn settled(
        mut self,
        threads: usize,
        loud: bool,
        signals: &Signals,
    ) -> Result<Opened, Failure> {
        if !self.scenario.finds_warm_up {
            return Ok(self);
        }
        let progress = Progress::new(loud);
        let told = |done: usize, total: usize| progress.at(done as u64, total as u64);
        let confidence = self.scenario.confidence;
        let options =
            Options { threads, stop: signals.flag(), confidence, progress: &told, keeper: None };
        let Some(found) = find_warm_up(&self.scenario.model, &options) else { return Ok(self) };
        let set = serde_json::Value::String(stated(found.length));
        let more = Overlay { sets: vec![("experiment.warm_up".into(), set)], ..Overlay::default() };
        let refused = |problems| Failure::Scenario(Box::new(self.source.clone()), problems);
        let changed = self.changed(&more).map_err(refused)?;
        self.scenario.model = changed.model;
        self.scenario.knock_out_day = changed.knock_out_day;
        self.scenario.finds_warm_up = false;
        if !found.is_told {
            self.scenario.warnings.push(Diagnostic::warning(
                "warm-up-not-found",
                "/experiment/run_for",
                "MSER-5 finds no end of the warm-up within the first half of a run: it is a guess",
            ));
        }
        self.overlay = self.overlay.and(&more);
        Ok(self)
    }

    /// The design of a name, or all.
    pub(super) fn designs(&self, name: Option<&str>) -> Result<Vec<&Design>, Failure> {
        let designs = &self.scenario.model.designs;
        let Some(name) = name else { return Ok(designs.iter().collect()) };
        match designs.iter().find(|design| design.name == name) {
            Some(design) => Ok(vec![design]),
            None => {
                let known: Vec<String> =
                    designs.iter().map(|design| format!("`{}`", design.name)).collect();
                Err(Failure::usage(format!("no design is named `{name}`"))
                    .help(format!("known here: {}", known.join(", "))))
            }
        }
    }
}

impl Overlaid {
    /// Put seed and number of replications in place of the scenario's.
    pub(super) fn lay_over(&self, scenario: &mut Scenario) -> Result<(), Failure> {
        let study = &mut scenario.model.study;
        if let Some(seed) = self.seed {
            study.seed = seed;
        }
        if let Some(replications) = self.replications {
            if replications == 0 {
                return Err(Failure::input("a run of 0 replications tells nothing")
                    .help("ask for 1 or more; 2 or more show how sure an answer is"));
            }
            study.replications = replications;
        }
        Ok(())
    }
}

/// Whether a scenario reads a log, be it in one of its what-ifs or of the values that its answer may depend on.
fn reads_logs(scenario: &Scenario) -> bool {
    let sets = scenario.what_ifs.iter().flat_map(|what_if| &what_if.overlay.sets);
    let names = |(path, value): &(String, serde_json::Value)| {
        path.split('.').any(|step| step == "log") || value.to_string().contains("\"log\"")
    };
    let turned = scenario.depends.iter().any(|of| of.what.contains("streams"));
    !scenario.logs.is_empty() || turned || sets.into_iter().any(names)
}

/// Why a file could not be read, a folder in plain words.
pub(super) fn unread(path: &Path, cause: &std::io::Error) -> String {
    match path.is_dir() {
        true => "it is a folder".into(),
        false => cause.to_string(),
    }
}

/// A length of whole minutes as scenarios state it.
pub(super) fn stated(length: SimTime) -> String {
    let of = |unit: SimTime| length.micros() / unit.micros();
    match of(SimTime::WEEK) {
        1 if length == SimTime::WEEK => "1 week".into(),
        weeks if 0 < weeks && length == SimTime::WEEK.times(weeks) => format!("{weeks} weeks"),
        _ => format!("{}m", of(SimTime::MINUTE)),
    }
}

/// The folder of logs named on the command line, or by the environment.
pub(super) fn data_folder(stated: Option<&PathBuf>) -> Option<PathBuf> {
    stated.cloned().or_else(|| std::env::var_os("ORGSIM_DATA").map(PathBuf::from))
}

/// Assignments as an overlay.
fn overlay(set: &[String]) -> Result<Overlay, Failure> {
    let overlay = set.iter().try_fold(Overlay::default(), |overlay, assignment| {
        overlay
            .set(assignment)
            .ok_or_else(|| Failure::usage(format!("`--set {assignment}` has no equals sign")))
    })?;
    for (at, (path, value)) in overlay.sets.iter().enumerate() {
        if let Some((_, first)) = overlay.sets[..at].iter().find(|(other, _)| other == path)
            && first != value
        {
            return Err(Failure::usage(format!(
                "`--set {path}` stands twice: {first} and {value}"
            ))
            .help("keep one of them"));
        }
    }
    Ok(overlay)
}
