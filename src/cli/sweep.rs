//! `orgsim sweep`: one input at many values.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::cli::arguments::{Sweep, TableFormat};
use crate::cli::asked_file::{allowed, write_or};
use crate::cli::checkpoint::{Checkpoint, GOES_ON, beside};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::folder_name::folder_name;
use crate::cli::opened::Opened;
use crate::cli::progress::Progress;
use crate::cli::run::{Beside, record};
use crate::cli::signals::{NOTHING_RUN, Signals};
use crate::cli::terminal::Terminal;
use crate::cli::told::colored;
use crate::cli::unfinished::Unfinished;
use crate::cli::workbench::build;
use crate::experiment::{Options, run};
use crate::present::{dials_csv, dials_json, dials_text};
use crate::scenario::{Depends, LARGEST_FILE};
use crate::study::{Dials, Effort, Input, dials};

/// Sweep one input, or those the scenario declares.
pub(super) fn sweep(arguments: &Sweep, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let (out, stated) = (arguments.out.as_deref(), arguments.format.is_some());
    allowed(out, arguments.force, stated, &["csv", "json", "txt"])?;
    let signals = Signals::listen()?;
    signals.end_saying(if arguments.quiet { "" } else { NOTHING_RUN });
    let threads = arguments.threads.map_or(0, usize::from);
    let remarks = (!arguments.quiet).then_some(&*terminal);
    let opened = Opened::read(&arguments.scenario, &arguments.overlaid, LARGEST_FILE, remarks)?;
    let opened = opened.settled(threads, !arguments.quiet, &signals)?;
    let inputs = inputs(arguments, &opened)?;
    let scenario = &opened.scenario;
    if scenario.model.study.replications < 2 {
        return Err(Failure::usage("a single repetition cannot tell luck from a difference")
            .help("ask for more: `--repeat 30`"));
    }
    let checkpoint = Arc::new(checkpoint(&opened, &inputs, arguments)?);
    if checkpoint.found() && !arguments.quiet {
        terminal.remark(GOES_ON);
    }
    let progress = Progress::new(!arguments.quiet);
    let told = |done: usize, total: usize| progress.at(done as u64, total as u64);
    let options = Options {
        threads,
        stop: signals.flag(),
        confidence: scenario.confidence,
        progress: &told,
        keeper: Some(&*checkpoint),
    };
    let build = |settings: &[(String, Value)]| build(&opened, settings);
    let effort = Effort::Whole { points: arguments.points.map(usize::from) };
    signals.polled();
    let result = run(&scenario.model, &options);
    let found = dials(&scenario.model, &result, inputs, &build, effort, &options);
    drop(progress);
    let stopped = signals.exit();
    let kept = stopped.is_some() && checkpoint.write();
    if stopped.is_none() && arguments.out.is_none() {
        // printing may take as long as whoever reads it likes
        keep_when_stopped(&signals, &checkpoint, arguments);
    }
    match (found, stopped) {
        (Some(found), exit) => {
            if let Some(why) = found.dials.iter().find_map(|dial| dial.refused.as_ref()) {
                checkpoint.remove();
                return Err(Failure::input(format!("a value of the sweep cannot be run: {why}"))
                    .help(match arguments.values.as_slice() {
                        [] => "choose a range of which every value makes sense, written as in the file, with its unit: `--from 100/day --to 600/day`",
                        _ => "write each value as in the file, with its unit, and give it a `--try` of its own: `--try 100/day --try 400/day`",
                    }));
            }
            let what = arguments.what.as_ref().filter(|_| !arguments.quiet);
            if let Some(caveat) = what.and_then(|what| opened.scenario.caveat(what)) {
                terminal.remark(&format!("note: {caveat}\n"));
            }
            tell(&opened, &found, arguments, terminal)
                .map_err(|failure| failure.and_help(checkpoint.advice()))?;
            match exit {
                Some(_) => terminal.remark(&format!(
                    "stopped: the values that are complete are in the table; {}\n",
                    again(arguments, kept)
                )),
                None => {
                    signals.end_saying("");
                    checkpoint.remove();
                }
            }
            Ok(exit.unwrap_or(Exit::Done))
        }
        (None, Some(exit)) => {
            terminal.remark(&format!(
                "stopped: the scenario itself was not run to its end; {}\n",
                again(arguments, kept)
            ));
            Ok(exit)
        }
        (None, None) => {
            checkpoint.remove();
            Err(Failure::input("no design has anything by which it could be judged")
                .help("`orgsim run` tells what each of them comes to"))
        }
    }
}

/// From now on all is run, and whoever stops the program while it is told finds it kept.
fn keep_when_stopped(signals: &Signals, checkpoint: &Arc<Checkpoint>, arguments: &Sweep) {
    let checkpoint = checkpoint.clone();
    let (whole, part) = (again(arguments, true), again(arguments, false));
    signals.end_with(move || {
        let again = if checkpoint.write() { whole } else { part };
        format!("stopped: the table may be cut short; {again}\n")
    });
}

/// How a sweep that was stopped is gone on with; `kept`: with all that was done of it.
fn again(arguments: &Sweep, kept: bool) -> &'static str {
    match (arguments.saving.every(), &arguments.out) {
        (None, _) => "nothing of it is kept to go on with",
        (Some(_), _) if !kept => {
            "not all that was done could be kept; the same command goes on with what was"
        }
        (Some(_), None) => "what was done is kept, and the same command goes on with the rest",
        (Some(_), Some(_)) => {
            "what was done is kept, and the same command with `--force` goes on with the rest"
        }
    }
}

/// Who keeps what is done: beside the file it is written to, else where runs leave their results.
fn checkpoint(opened: &Opened, inputs: &[Input], arguments: &Sweep) -> Result<Checkpoint, Failure> {
    let record = record(opened, &arguments.overlaid.set, Beside::default())?;
    let what = format!("{} {inputs:?} {:?}", record.to_json(), arguments.points);
    let file = arguments.out.as_deref().and_then(|file| Some((file.parent()?, file.file_name()?)));
    let folder = match file {
        Some((parent, name)) => beside(parent, &name.to_string_lossy()),
        None => {
            beside(Path::new("output"), &format!("{}.sweep", folder_name(&opened.scenario.title)))
        }
    };
    let (print, every) = (Sha256::digest(what).into(), arguments.saving.every());
    Ok(Checkpoint::new(folder, print, every, Unfinished::default(), arguments.quiet))
}

/// What is to be swept.
fn inputs(arguments: &Sweep, opened: &Opened) -> Result<Vec<Input>, Failure> {
    let json =
        |text: &String| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()));
    let Some(what) = &arguments.what else {
        let declared: Vec<Input> = opened.scenario.depends.iter().map(Input::declared).collect();
        if declared.is_empty() {
            return Err(Failure::usage("the scenario has no `it_depends_on`")
                .help("name an input: `--what customers.messages --from 100/day --to 600/day`"));
        }
        return Ok(declared);
    };
    if what.trim_start_matches([' ', '"']).starts_with("what_if") {
        let message =
            format!("a sweep runs the designs and no what-if, so `{what}` changes nothing");
        return Err(Failure::usage(message).help(
            "put the surge under `customers.surges`, or what is set by `--set`, and sweep that",
        ));
    }
    let range = match (&arguments.from, &arguments.to, arguments.values.as_slice()) {
        (Some(from), Some(to), _) => Ok((json(from), json(to))),
        (_, _, []) => {
            return Err(Failure::usage(format!("`{what}` needs values"))
                .help("state `--from` and `--to`, or `--try` for each value"));
        }
        (_, _, values) => Err(values.iter().map(json).collect()),
    };
    let depends =
        Depends::asked(&opened.source, &opened.overlay, what, range).map_err(|problem| {
            let failure = Failure::input(problem.message);
            match problem.help {
                Some(help) => failure.help(help),
                None => failure,
            }
        })?;
    Ok(vec![Input::declared(&depends)])
}

/// Print the table, or write it into the file asked for.
fn tell(
    opened: &Opened,
    found: &Dials,
    arguments: &Sweep,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let currency = opened.scenario.currency.as_deref().unwrap_or("");
    let painted = dials_text(found, currency);
    let format = arguments.table_format();
    let text = match format {
        TableFormat::Text => painted.plain(),
        TableFormat::Csv => dials_csv(found),
        TableFormat::Json => {
            let study = &opened.scenario.model.study;
            let all = json!({
                "orgsim_sweep": 1,
                "version": env!("CARGO_PKG_VERSION"),
                "scenario": opened.scenario.title,
                "scenario_sha256": opened.scenario.hash,
                "seed": study.seed,
                "replications": study.replications,
                "dials": dials_json(found),
            });
            format!("{all:#}\n")
        }
    };
    let print = |terminal: &mut Terminal| match format {
        TableFormat::Text => terminal.styled(&colored(&painted)),
        TableFormat::Csv | TableFormat::Json => terminal.data(&text),
    };
    write_or(arguments.out.as_deref(), &text, arguments.quiet, terminal, print)
}
