//! `orgsim run` and `orgsim rerun`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::cli::arguments::{Format, Output, Overlaid, Rerun, Run};
use crate::cli::checkpoint::{Checkpoint, GOES_ON};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Told};
use crate::cli::folder::{OutputFile, RunFolder, Whole};
use crate::cli::folder_error::FolderError;
use crate::cli::folder_name::folder_name;
use crate::cli::opened::{Opened, data_folder, stated};
use crate::cli::patience::patiently;
use crate::cli::record::{
    Changes, LogRecord, Owner, RECORD, RunRecord, ScenarioRecord, by_another,
};
use crate::cli::results::{Drawn, Results, said};
use crate::cli::shipped::{list, shipped};
use crate::cli::signals::{NOTHING_RUN, Signals};
use crate::cli::simulated::{Manner, Simulated, simulate, what_ifs};
use crate::cli::studies::Plan;
use crate::cli::terminal::Terminal;
use crate::cli::unfinished::{self, UNFINISHED, Unfinished};
use crate::experiment::{AnswerPart, ExperimentResult, PILOTS};
use crate::present::missing_clause;
use crate::scenario::Source;
use crate::study::quoted;

/// Compare the designs of a scenario.
pub(super) fn run(arguments: &Run, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(file) = &arguments.scenario else {
        terminal.say(&list(&shipped(Path::new("scenarios"))))?;
        return Ok(Exit::Done);
    };
    let signals = listen(&arguments.output)?;
    let mut overlaid = arguments.overlaid.clone();
    overlaid.set.extend(arguments.precision.iter().map(|to| format!("experiment.precision={to}")));
    let remarks = (!arguments.output.quiet).then_some(&*terminal);
    let opened =
        Opened::read(file, &overlaid, arguments.max_file_bytes, remarks).map_err(|failure| {
            match &arguments.precision {
                Some(typed) => failure.set_by("experiment.precision", "--precision", typed),
                None => failure,
            }
        })?;
    let opened = settled(opened, &arguments.output, &signals, terminal)?;
    let asked = Beside {
        what_if: &arguments.what_if,
        study: &arguments.study,
        no_dials: arguments.no_dials,
    };
    let record = record(&opened, &overlaid.set, asked)?;
    let output = &arguments.output;
    carry_out(&opened, record, None, output, &signals, terminal)
}

/// Listen to signals, of which the first ends the program while nothing is run.
fn listen(output: &Output) -> Result<Signals, Failure> {
    let signals = Signals::listen()?;
    signals.end_saying(if output.quiet { "" } else { NOTHING_RUN });
    Ok(signals)
}

/// Make the numbers of an earlier run again.
pub(super) fn rerun(arguments: &Rerun, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let signals = listen(&arguments.output)?;
    let remarks = (!arguments.output.quiet).then_some(&*terminal);
    let read = || RunRecord::read(&arguments.record, arguments.output.force);
    let record = patiently(&arguments.record, remarks, read)?;
    if let Some(note) = by_another(&arguments.record, &record.version)
        && !arguments.output.quiet
    {
        // `--force` may be meant for the folder alone
        terminal.remark(&format!("note: {note}\n"));
    }
    // a folder that was moved may hold what lay elsewhere
    let scenario = Path::new(&record.scenario.file);
    let beside = match scenario.is_file() {
        true => scenario.parent().map(Path::to_owned),
        false => arguments.record.parent().map(Path::to_owned),
    };
    let overlaid = Overlaid {
        set: record.set.clone(),
        seed: Some(record.seed),
        replications: Some(record.replications),
        data: data_folder(arguments.data.as_ref()).or_else(|| beside.clone()),
    };
    // a folder that is named holds the logs as they were; else they lie where they lay
    let source = Source::new(record.scenario.file.clone(), record.scenario.text.clone())
        .beside(beside.filter(|_| arguments.data.is_none()))
        .with_data(overlaid.data.clone());
    let opened = Opened::from_source(source, &overlaid)?;
    if let Some(terminal) = remarks {
        opened.remark_unused(arguments.data.as_deref(), terminal);
    }
    let opened = settled(opened, &arguments.output, &signals, terminal)?;
    let asked =
        Beside { what_if: &record.what_if, study: &record.study, no_dials: record.no_dials };
    let again = self::record(&opened, &record.set, asked)?;
    if let Some(log) = again.logs.iter().find(|log| !record.logs.contains(log)) {
        return Err(Failure::input(format!("the log `{}` is not the one of that run", log.file))
            .help("bring back the file as it was, and name its folder with `--data DIR`"));
    }
    let before = (!record.complete).then(|| before(arguments, &again, terminal));
    let mut output = arguments.output.clone();
    if output.out.is_none()
        && let Some(folder) = folder_of(&arguments.record)
    {
        // what goes on, or is made again, stands where it stood; nobody said that anything else there may go
        output.out = Some(folder);
        output.force = false;
    }
    carry_out(&opened, again, before, &output, &signals, terminal)
}

/// What a stopped run left to be gone on with, and a remark on it.
fn before(arguments: &Rerun, again: &RunRecord, terminal: &mut Terminal) -> Unfinished {
    let found = Unfinished::beside(&arguments.record, &unfinished::fingerprint(again));
    if !arguments.output.quiet {
        terminal.remark("note: that run was stopped before its end; this one goes on to it\n");
        if let Err(why) = &found {
            terminal.remark(&format!(
                "note: `{UNFINISHED}` beside its record cannot be used: {why}; all is run again\n"
            ));
        }
    }
    found.unwrap_or_default()
}

/// The scenario with the warm-up it asks for, which is told.
fn settled(
    opened: Opened,
    output: &Output,
    signals: &Signals,
    terminal: &mut Terminal,
) -> Result<Opened, Failure> {
    let finds = opened.scenario.finds_warm_up;
    let loud = !output.quiet && !output.no_progress;
    let opened = opened.settled(output.threads.map_or(0, usize::from), loud, signals)?;
    if finds && !opened.scenario.finds_warm_up && !output.quiet {
        let length = stated(opened.scenario.model.study.warm_up);
        terminal.remark(&format!(
            "note: the warm-up is {length}, found by MSER-5 from {PILOTS} pilots of each design\n"
        ));
    }
    Ok(opened)
}

/// What is asked beside the comparison.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside<'a> {
    what_if: &'a [String],
    study: &'a [String],
    no_dials: bool,
}

/// What is about to be run.
pub(super) fn record(
    opened: &Opened,
    set: &[String],
    beside: Beside<'_>,
) -> Result<RunRecord, Failure> {
    let scenario = &opened.scenario;
    let (text, study) = (opened.source.text.clone(), &scenario.model.study);
    let named = ScenarioRecord {
        name: scenario.title.clone(),
        file: opened.source.name.clone(),
        sha256: scenario.hash.clone(),
        text,
    };
    let (seed, replications) = (study.seed, study.replications);
    let Beside { what_if, study, no_dials } = beside;
    let changes = Changes { set, what_if, study, no_dials, seed, replications };
    let logs: Result<Vec<LogRecord>, Failure> = scenario.logs.iter().map(LogRecord::of).collect();
    Ok(RunRecord { logs: logs?, ..RunRecord::new(named, &changes) })
}

/// Check the place, simulate, write, answer. What was done `before` is told already, where anything is known of it.
fn carry_out(
    opened: &Opened,
    mut record: RunRecord,
    before: Option<Unfinished>,
    output: &Output,
    signals: &Signals,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let changed = what_ifs(opened, &record.what_if)?;
    let plan = Plan::of(opened, &record.study)?;
    let target = place(output, &opened.scenario.title)?;
    let folder = Arc::new(folder(&target, &record, opened, output.force)?);
    let kept = checkpoint(&folder, &target, (&record, before), output, terminal);
    let checkpoint = Arc::new(kept);
    signals.polled();
    let began = Instant::now();
    let manner = Manner {
        threads: output.threads.map_or(0, usize::from),
        progress: !output.quiet && !output.no_progress,
        dials: !record.no_dials,
        signals,
        keeper: &checkpoint,
    };
    let mut simulated = simulate(opened, &changed, &plan, manner);
    let stopped = signals.exit();
    let missing = match stopped {
        Some(_) => missing(opened, &record, (changed.len(), &plan), &simulated),
        None => Vec::new(),
    };
    match stopped {
        Some(_) => {
            // whoever asks again while pictures are drawn ends the program at once
            checkpoint.write();
            simulated.result.stopped_beside(missing.clone());
        }
        None => keep_when_stopped(signals, &folder, &checkpoint, output),
    }
    let result = &simulated.result;
    record.replications_done = u32::try_from(result.completed()).unwrap_or(u32::MAX);
    record.complete = stopped.is_none() && !result.incomplete;
    let results = Results { opened, simulated: &simulated, record: &record };
    let drawn = write(&folder, &results, &checkpoint, (signals, stopped.is_some()))?;
    if stopped.is_none() {
        let told = format!("stopped: the results are written to `{}`\n", target.display());
        let told = if output.quiet { String::new() } else { told };
        signals.end_with(move || told.clone());
    }
    match output.format {
        Format::Json => terminal.data_written(|out| results.write_json(out))?,
        Format::Text => {
            let seconds = began.elapsed().as_secs_f64();
            let elapsed = format!("{seconds:.0$} s", usize::from(seconds < 9.95));
            terminal.styled(&said(&results, output, &elapsed, (&target, &drawn)))?;
        }
    }
    let Some(exit) = stopped else {
        return Ok(concluded(&simulated.result, output.check, terminal));
    };
    if !output.quiet {
        terminal.remark(&how_to_go_on(&record, &target, &missing, checkpoint.is_whole()));
    }
    Ok(exit)
}

/// From now on all is run, and whoever stops the program before its results are written finds them kept.
fn keep_when_stopped(
    signals: &Signals,
    folder: &Arc<RunFolder>,
    checkpoint: &Arc<Checkpoint>,
    output: &Output,
) {
    let (folder, checkpoint) = (folder.clone(), checkpoint.clone());
    let (quiet, saves) = (output.quiet, output.saving.every().is_some());
    signals.end_with(move || {
        folder.give_up();
        let told = match (checkpoint.write(), saves) {
            _ if quiet => "",
            (true, _) => {
                "stopped: all repetitions are complete and kept, and their results are not written; the same command goes on\n"
            }
            (false, true) => "stopped: the results are not written, and not all of them is kept\n",
            (false, false) => "stopped: the results are not written, and nothing of them is kept\n",
        };
        told.to_owned()
    });
}

/// What a run was asked for beside its repetitions and was stopped before it was there. `asked` are the number of what-ifs
/// and the studies.
fn missing(
    opened: &Opened,
    record: &RunRecord,
    asked: (usize, &Plan),
    simulated: &Simulated,
) -> Vec<AnswerPart> {
    let (changes, plan) = asked;
    let complete = simulated.what_ifs.iter().filter(|run| !run.result.incomplete).count();
    // a plain network has neither
    let answers = !simulated.is_studied && !simulated.result.plain;
    let compared = 1 < simulated.result.designs.len();
    let swept = record.no_dials || opened.scenario.depends.is_empty() || simulated.dials.is_some();
    let all = [
        (complete < changes, AnswerPart::WhatIfs),
        (!simulated.is_studied && !plan.is_empty(), AnswerPart::Studies),
        (answers, AnswerPart::NextStep),
        (answers && compared, AnswerPart::Hours),
        (!swept, AnswerPart::Dials),
    ];
    all.into_iter().filter(|(missing, _)| *missing).map(|(_, of)| of).collect()
}

/// Write the folder of the results, and give back which pictures were drawn. Of a run that was stopped it holds what it
/// takes to go on, and nothing that takes long to draw.
fn write(
    folder: &RunFolder,
    results: &Results<'_>,
    checkpoint: &Checkpoint,
    (signals, stopped): (&Signals, bool),
) -> Result<Drawn, Failure> {
    let (mut files, too_large) = results.files();
    let mut drawn = Drawn::AllBut(too_large);
    if stopped {
        files.retain(|file| !file.is_drawn());
        drawn = Drawn::Nothing;
        files.push(OutputFile::new(UNFINISHED, checkpoint.to_bytes()));
    }
    let whole = |files: &mut Vec<OutputFile<'_>>| {
        files.insert(0, results.record.file_of(files));
        folder.write(files)
    };
    let mut written = whole(&mut files);
    // where all that was done leaves no room for the results, it stays where it was kept
    let stays = stopped && written.as_ref().is_err_and(FolderError::is_full);
    if stays {
        files.remove(0);
        files.pop();
        written = whole(&mut files);
    }
    // from here on it is not given up any more
    signals.polled();
    written.and_then(Whole::put_in_place).map_err(|error| {
        // what cannot be written now may be later
        checkpoint.write();
        unwilling(error).and_help(checkpoint.advice())
    })?;
    if !stays {
        checkpoint.remove();
    }
    Ok(drawn)
}

/// What is told of a run that was stopped and has written its results; `whole`: with all that it takes to go on.
fn how_to_go_on(record: &RunRecord, target: &Path, missing: &[AnswerPart], whole: bool) -> String {
    let (done, asked) = (record.replications_done, record.replications);
    let file = quoted(&target.join(RECORD).display().to_string());
    let missing = missing_clause(missing);
    let (kept, again) = match whole {
        true => ("kept", ""),
        false => ("kept in part", ", runs again what was too much to be kept,"),
    };
    format!(
        "stopped: {done} of {asked} repetitions are complete and {kept}, marked incomplete{missing}; the pictures \
         are drawn as SVG alone; `orgsim rerun {file}` goes on{again} and draws them as PNG too\n"
    )
}

/// The folder of the results, which may be put there.
fn folder(
    target: &Path,
    record: &RunRecord,
    opened: &Opened,
    force: bool,
) -> Result<RunFolder, Failure> {
    let owner = Owner::new(&record.scenario.name, &record.scenario.file);
    let logs = opened.scenario.logs.iter().map(|log| log.path.clone());
    let inputs: Vec<PathBuf> = logs.chain([owner.file().into()]).collect();
    RunFolder::prepare(target, &owner, &inputs, force).map_err(unwilling)
}

/// How a run ends that was not stopped. The answer, or its data, is out already: what is told here is a remark.
fn concluded(result: &ExperimentResult, check: bool, terminal: &mut Terminal) -> Exit {
    if let Some(design) = result.designs.iter().find(|design| design.stopped.is_some())
        && result.designs.iter().all(|design| design.completed.is_empty())
    {
        terminal.remark(&format!(
            "error: no repetition of `{}` could be run to its end; the note in the answer says why\n",
            design.name
        ));
        return Exit::Scenario;
    }
    if check && !some_design_meets_all(result) {
        terminal.remark("an objective was missed: no design meets all goals in nine of ten runs\n");
        return Exit::Missed;
    }
    Exit::Done
}

/// Who keeps what is done, beside the results, with what was kept before.
fn checkpoint(
    folder: &RunFolder,
    target: &Path,
    (record, before): (&RunRecord, Option<Unfinished>),
    output: &Output,
    terminal: &Terminal,
) -> Checkpoint {
    let print = unfinished::fingerprint(record);
    let told = before.as_ref().is_some_and(|before| !before.0.is_empty());
    // what lies there of another run is none of ours
    let left = || Unfinished::beside(&target.join(RECORD), &print).unwrap_or_default();
    let before = before.unwrap_or_else(left);
    let checkpoint =
        Checkpoint::new(folder.checkpoint(), print, output.saving.every(), before, output.quiet);
    if checkpoint.found() && !told && !output.quiet {
        terminal.remark(GOES_ON);
    }
    checkpoint
}

/// Whether at least one design meets every goal.
fn some_design_meets_all(result: &ExperimentResult) -> bool {
    let meets = |design: usize| {
        result.goals.iter().all(|goal| {
            goal.designs.get(design).copied().flatten().is_some_and(|runs| runs.is_met())
        })
    };
    (0..result.designs.len()).any(meets)
}

/// The folder of the run that this record is of; `None` if it was taken elsewhere, or the program was started there.
fn folder_of(record: &Path) -> Option<PathBuf> {
    let whole = record.canonicalize().ok()?;
    let folder = whole.parent()?;
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    let is_run = whole.file_name()? == RECORD && folder.join("results.json").is_file();
    let named = record.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    (is_run && !here.starts_with(folder)).then(|| match named.is_symlink() {
        true => folder.to_owned(),
        false => named.to_owned(),
    })
}

/// The folder asked for, or that of the scenario below `output/`. That one is made if it is not there, and no other.
fn place(output: &Output, scenario: &str) -> Result<PathBuf, Failure> {
    let usual = Path::new("output");
    let is_usual = |parent: &Path| parent.strip_prefix(".").unwrap_or(parent) == usual;
    let folder = match &output.out {
        Some(folder) if !folder.parent().is_some_and(is_usual) => return Ok(folder.clone()),
        Some(folder) => folder.clone(),
        None => usual.join(folder_name(scenario)),
    };
    std::fs::create_dir_all(usual).map_err(|error| {
        Failure::world(format!("cannot make the folder `output`: {error}"))
            .help("choose a place where you may write with `--out DIR`")
    })?;
    Ok(folder)
}

fn unwilling(error: FolderError) -> Failure {
    Failure::World(Told { code: "output", message: error.to_string(), help: Some(error.help()) })
}
