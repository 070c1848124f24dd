//! A scenario run to its end, with the questions that follow from its answer.

use crate::cli::checkpoint::Checkpoint;
use crate::cli::days::{SeenDay, days};
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::progress::Progress;
use crate::cli::signals::Signals;
use crate::cli::studies::{Plan, Studies};
use crate::cli::workbench::build;
use crate::experiment::{Continued, ExperimentResult, Options, complete};
use crate::model::Model;
use crate::scenario::{StatedValues, WhatIf};
use crate::study::{
    Cope, Dials, Effort, HoursCheck, Input, NextStep, Workbench, copes, dials, next_step,
    same_hours,
};

/// A change that was run beside the baseline.
#[derive(Debug)]
pub(super) struct WhatIfRun {
    /// The author's word for it.
    pub(super) name: String,
    /// Its result.
    pub(super) result: ExperimentResult,
    /// Whether it adds customers who come for a while only.
    pub(super) surges: bool,
}

/// Everything a run found out.
#[derive(Debug)]
pub(super) struct Simulated {
    /// The result of the scenario as it is.
    pub(super) result: ExperimentResult,
    /// The changes that were asked for, in order.
    pub(super) what_ifs: Vec<WhatIfRun>,
    /// Whether opening hours decide.
    pub(super) hours: Option<HoursCheck>,
    /// The one change that would help most.
    pub(super) next_step: Option<NextStep>,
    /// What designs that fall behind for good would need.
    pub(super) copes: Vec<Cope>,
    /// Whether hours, next step and studies were looked at, as far as there are any, before somebody stopped the run.
    pub(super) is_studied: bool,
    /// What was studied beside it.
    pub(super) studies: Studies,
    /// What the answer depends on.
    pub(super) dials: Option<Dials>,
    /// Days that were recorded.
    pub(super) days: Vec<SeenDay>,
}

/// How a run is carried out, as far as that changes no number that is told.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    /// Threads; 0 for one a core.
    pub(super) threads: usize,
    /// Whether a bar may be shown.
    pub(super) progress: bool,
    /// Whether inputs are swept; this alone adds something or leaves it out.
    pub(super) dials: bool,
    /// Who may stop it.
    pub(super) signals: &'a Signals,
    /// Who keeps what is done of it.
    pub(super) keeper: &'a Checkpoint,
}

/// The scenarios of the what-ifs asked for: by name, or all; each name once.
pub(super) fn what_ifs(opened: &Opened, names: &[String]) -> Result<Vec<(String, Model)>, Failure> {
    let known = &opened.scenario.what_ifs;
    let mut wanted: Vec<&str> = Vec::new();
    for name in names {
        match known.iter().find(|what_if| what_if.name == *name) {
            Some(what_if) => wanted.push(&what_if.name),
            None if name == WhatIf::ALL && !known.is_empty() => {
                wanted.extend(known.iter().map(|what_if| what_if.name.as_str()))
            }
            None => {
                let list: Vec<String> =
                    known.iter().map(|what_if| format!("`{}`", what_if.name)).collect();
                let help = if std::path::Path::new(name).exists() {
                    format!(
                        "`{name}` is a file or a folder: `--what-if` takes a name from the scenario's `what_if` block"
                    )
                } else if list.is_empty() {
                    "the scenario has no `what_if` block; name changes in one, or change values with --set".to_owned()
                } else {
                    format!("known here: {}, and `all`", list.join(", "))
                };
                return Err(Failure::usage(format!("no what-if is named `{name}`")).help(help));
            }
        }
    }
    let mut models: Vec<(String, Model)> = Vec::new();
    for what_if in known.iter().filter(|what_if| wanted.contains(&what_if.name.as_str())) {
        let scenario = opened
            .changed(&what_if.overlay)
            .map_err(|problems| Failure::Scenario(Box::new(opened.source.clone()), problems))?;
        models.push((what_if.name.clone(), scenario.model));
    }
    Ok(models)
}

/// Run the scenario, the changes asked for, and what follows from the answer.
pub(super) fn simulate(
    opened: &Opened,
    what_ifs: &[(String, Model)],
    plan: &Plan,
    manner: Manner<'_>,
) -> Simulated {
    let result = run(opened, &opened.scenario.model, manner);
    let what_ifs = what_ifs
        .iter()
        .take_while(|_| !manner.signals.raised())
        .map(|(name, model)| WhatIfRun {
            name: name.clone(),
            result: run(opened, model, manner),
            surges: opened.scenario.model.world.streams.len() < model.world.streams.len(),
        })
        .collect();
    beside(opened, (result, what_ifs), plan, manner)
}

/// Run an experiment to its end, as precise as the scenario asks for.
fn run(opened: &Opened, model: &Model, manner: Manner<'_>) -> ExperimentResult {
    let progress = Progress::new(manner.progress);
    let told = |done: usize, total: usize| progress.at(done as u64, total as u64);
    let options = options(opened, manner, &told);
    complete(&mut Continued::new(model), opened.scenario.precision, &options)
}

/// What follows from the answer, unless somebody stops it.
fn beside(
    opened: &Opened,
    (result, what_ifs): (ExperimentResult, Vec<WhatIfRun>),
    plan: &Plan,
    manner: Manner<'_>,
) -> Simulated {
    let model = &opened.scenario.model;
    let mut simulated = Simulated {
        result,
        what_ifs,
        hours: None,
        next_step: None,
        copes: Vec::new(),
        is_studied: false,
        studies: Studies::default(),
        dials: None,
        days: Vec::new(),
    };
    if simulated.result.incomplete || manner.signals.raised() {
        return simulated;
    }
    if simulated.result.plain {
        simulated.is_studied = true;
        simulated.dials = swept(opened, &simulated.result, manner);
        return simulated;
    }
    let silent = |_: usize, _: usize| {};
    let options = options(opened, manner, &silent);
    let stated = StatedValues::of(&opened.source, &opened.overlay);
    let build = |settings: &[(String, serde_json::Value)]| build(opened, settings);
    let bench = Workbench { stated: &stated, build: &build, units: model.world.units.len() };
    let next_step = next_step(&simulated.result, &bench, &options);
    simulated.copes = copes(model, &simulated.result, &bench);
    let hours = same_hours(model, &simulated.result, &options);
    let studies = Studies::run(plan, model, &simulated.result, &options);
    let days = days(opened, manner.signals);
    // what was cut short by a signal would depend on when that came
    if !manner.signals.raised() {
        simulated.next_step = next_step;
        simulated.hours = hours;
        simulated.studies = studies;
        simulated.days = days;
        simulated.is_studied = true;
        simulated.dials = swept(opened, &simulated.result, manner);
    }
    simulated
}

/// Sweep what the scenario says the answer may depend on, and the defaults it relies on.
fn swept(opened: &Opened, result: &ExperimentResult, manner: Manner<'_>) -> Option<Dials> {
    let scenario = &opened.scenario;
    if !manner.dials || scenario.depends.is_empty() {
        return None;
    }
    let declared = scenario.depends.iter().map(Input::declared);
    let inputs = declared.chain(scenario.assumed.iter().map(Input::assumed)).collect();
    let progress = Progress::new(manner.progress);
    let told = |done: usize, total: usize| progress.at(done as u64, total as u64);
    let build = |settings: &[(String, serde_json::Value)]| build(opened, settings);
    dials(
        &scenario.model,
        result,
        inputs,
        &build,
        Effort::BesideARun,
        &options(opened, manner, &told),
    )
}

fn options<'a>(
    opened: &Opened,
    manner: Manner<'a>,
    progress: &'a (dyn Fn(usize, usize) + Sync),
) -> Options<'a> {
    Options {
        threads: manner.threads,
        stop: manner.signals.flag(),
        confidence: opened.scenario.confidence,
        progress,
        keeper: Some(manner.keeper),
    }
}
