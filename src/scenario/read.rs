//! The root of the file: its parts in the order in which they need each other.

use std::sync::Arc;

use super::absences::absences;
use super::assumed::assumed;
use super::audit::audit;
use super::checks::{Said, check};
use super::cursor::{Cursor, Object};
use super::customers::{Customers, customers};
use super::depends::depends;
use super::designs::{Designed, Setting, designs};
use super::experiment::{Experiment, experiment};
use super::guessed::guessed;
use super::in_use::{in_use, warn_of_no_effect};
use super::keys::SCENARIO;
use super::languages::languages;
use super::names::quote;
use super::objectives::{Stated, never_measured, objectives, of_service};
use super::overlay::{Overlay, apply};
use super::people::kinds;
use super::practice::{block, knowledge, practice};
use super::replayed::{Replayed, first_day, replayed};
use super::report::{Report, same};
use super::scope::Scope;
use super::studies::studies;
use super::syntax::parse;
use super::tree::{Node, Value};
use super::tried::{leave_out, try_overlays, without_changes};
use super::what_if::what_ifs;
use super::widened::recorded_languages;
use super::{ChannelAudit, LogReader, Scenario, Source, Staffing, fingerprint, stand_in};
use crate::model::archetype::Archetype;
use crate::model::{Design, Diagnostic, Model, Objective, Practice, Shares, World};

/// The version of the format that this program reads.
const VERSION: u64 = 1;

/// The scenario of a tree, with what is noted of it already.
pub(super) fn scenario(
    source: &Source,
    tree: Node,
    overlay: &Overlay,
    reader: Option<LogReader<'_>>,
    report: Report,
) -> Result<Scenario, Vec<Diagnostic>> {
    if let Some(fault) = result(&tree) {
        return Err(vec![fault]);
    }
    let mut changed = tree;
    apply(&mut changed, overlay, &report);
    let root = Cursor { node: &changed, pointer: String::new(), report: &report };
    let mut read = root
        .object(&SCENARIO)
        .and_then(|of| parts(&of, source, reader, !overlay.is_empty(), &report));
    if overlay.is_empty()
        && let Some(scenario) = &mut read
    {
        let impossible = try_overlays(source, &changed, reader, scenario, &report);
        leave_out(&mut scenario.depends, &impossible);
    }
    if !overlay.is_empty() && report.only_idle() {
        let own = problems_without_changes(source, reader);
        report.excuse(|found| found.set_by.is_none() && !own.iter().any(|it| same(it, found)));
    }
    let failed = report.failed();
    if let Some(scenario) = read.as_ref().filter(|_| !failed) {
        warn_of_no_effect(&root, &scenario.model);
    }
    let (currency, defaults_used) = (report.currency_noted(), report.defaults_used());
    let problems = report.into_problems();
    match read {
        Some(scenario) if !failed => {
            let defaults_used = in_use(defaults_used, &scenario.model);
            let assumed = assumed(&changed, &defaults_used, &scenario.depends);
            let guessed = guessed(&changed);
            let warnings = problems;
            Ok(Scenario { warnings, currency, guessed, defaults_used, assumed, ..scenario })
        }
        _ => {
            assert!(failed, "a scenario that cannot be read says why: {problems:?}");
            Err(problems)
        }
    }
}

/// What is wrong with the file as it stands, without any change laid over it.
fn problems_without_changes(source: &Source, reader: Option<LogReader<'_>>) -> Vec<Diagnostic> {
    let Ok((tree, _)) = parse(&source.text) else { return Vec::new() };
    let alone = without_changes(&tree);
    let read = scenario(source, alone, &Overlay::default(), reader, Report::of_a_trial());
    read.err().unwrap_or_default()
}

/// What is said of a file that a run left behind, given in place of its scenario.
fn result(tree: &Node) -> Option<Diagnostic> {
    tree.child("orgsim_results")?;
    let text = |key: &str| match &tree.child(key)?.value {
        Value::Text(text) => Some(quote(text)),
        _ => None,
    };
    let named = text("scenario").map_or(String::new(), |name| format!("; its scenario is {name}"));
    let message = format!("this is a result, not a scenario{named}");
    let fault = Diagnostic::error("a-result", "/orgsim_results", message);
    Some(fault.help("give the file of the scenario; `orgsim rerun run.json`, in the folder of the result, makes it again"))
}

/// The scenario as its parts state it; what is noted while they are read is still missing in it.
fn parts(
    of: &Object<'_>,
    source: &Source,
    reader: Option<LogReader<'_>>,
    changed: bool,
    report: &Report,
) -> Option<Scenario> {
    version(of)?;
    let logs = replayed(of, source, reader);
    let mut experiment = block(of, "experiment", experiment)?;
    experiment.clock.start = experiment.clock.start.or_else(|| first_day(&logs));
    let customers_at = of.need("customers");
    // known by name even where one of them cannot be read
    let segments_at = customers_at.as_ref().and_then(|at| at.child("segments"));
    let languages = spoken(customers_at.as_ref(), &logs);
    let kinds = block(of, "people", |at| Some(kinds(at, report, &languages.0)))?;
    let practice = block(of, "practice", |at| practice(at, kinds.consult))?;
    let kappas = block(of, "knowledge", knowledge)?;
    let designs_at = of.need("designs");
    let Customers { world, purposes } =
        customers(&customers_at?, &experiment.clock, &logs, &languages)?;
    for log in &logs {
        log.fits(of, &experiment.clock, &experiment.study);
    }
    let scope = Scope::of(&world, segments_at.as_ref());
    let (objectives, strategy) = of
        .get("objectives")
        .map(|at| objectives(&at, &world, &scope, &source.text))
        .unwrap_or_default();
    let setting = Setting {
        world: &world,
        practice: &practice,
        kappas,
        kinds: &kinds,
        scope: &scope,
        clock: &experiment.clock,
        budget: experiment.hold_equal.and_then(|hold| hold.cost_per_year),
    };
    let designed = designs_at_work(of, &designs_at?, &objectives, &setting);
    check(of, (&world, &practice), &designed, &experiment, Said { changed, kinds: kinds.whole });
    let audit = audit(&world, &purposes, &objectives, &designed);
    let parts = Parts { world, practice, experiment, objectives, strategy, designed, audit, logs };
    Some(parts.together(of, source, changed))
}

/// The designs as they are stated, less who is absent. Goals and stand-ins to which they give nothing to do are noted.
fn designs_at_work(
    of: &Object<'_>,
    at: &Cursor<'_>,
    objectives: &[Objective],
    setting: &Setting<'_, '_>,
) -> Vec<Designed> {
    let mut designed = designs(at, setting);
    // a design that could not be read might have desks that reply
    if at.entries().is_some_and(|all| all.len() == designed.len()) {
        aimed_at_what_is_measured(of, objectives, setting.world, &designed);
    }
    if let Some(list) = of.get("absences") {
        absences(&list, &mut designed, setting);
    }
    if let Some(people) = of.get("people") {
        stand_in::check(&people, setting.kinds);
    }
    designed
}

/// What depends on each other in a file, each part read.
struct Parts {
    world: World,
    practice: Practice,
    experiment: Experiment,
    objectives: Vec<Objective>,
    strategy: Vec<Stated>,
    designed: Vec<Designed>,
    audit: Vec<ChannelAudit>,
    logs: Vec<Replayed>,
}

impl Parts {
    /// The scenario, with the parts that stand by themselves, which are read here.
    fn together(self, of: &Object<'_>, source: &Source, changed: bool) -> Scenario {
        let experiment = self.experiment;
        let what_ifs = of.get("what_if").map(|at| what_ifs(&at)).unwrap_or_default();
        let studies = of.get("studies").map(|at| studies(&at)).unwrap_or_default();
        let depends =
            of.get("it_depends_on").map(|at| depends(&at, &of.cursor, changed)).unwrap_or_default();
        let question =
            of.get("question").and_then(|text| text.text().map(String::from)).unwrap_or_default();
        let LaidOut { designs, plans, staffing } = laid_out(self.designed);
        Scenario {
            title: title(&source.name),
            question,
            model: Model {
                world: Arc::new(self.world),
                practice: Arc::new(self.practice),
                designs,
                objectives: self.objectives,
                study: experiment.study,
                hold_equal: experiment.hold_equal,
                worth_noticing: experiment.worth_noticing,
            },
            plans,
            staffing,
            what_ifs,
            studies,
            knock_out_day: experiment.knock_out_day,
            depends,
            audit: self.audit,
            strategy: self.strategy,
            logs: self.logs.into_iter().map(|log| log.used).collect(),
            confidence: experiment.confidence,
            precision: experiment.precision,
            finds_warm_up: experiment.finds_warm_up,
            hash: fingerprint(&source.text),
            clock: experiment.clock,
            // noted once all is read
            guessed: Vec::new(),
            warnings: Vec::new(),
            defaults_used: Vec::new(),
            assumed: Vec::new(),
            currency: None,
        }
    }
}

/// The languages of the customers with their shares, else those of the logs; none where neither names any.
fn spoken(customers: Option<&Cursor<'_>>, logs: &[Replayed]) -> (Vec<String>, Shares) {
    let languages = match customers.and_then(|at| at.child("languages")) {
        Some(at) => languages(&at),
        None => recorded_languages(logs),
    };
    languages.unwrap_or((Vec::new(), Shares::none()))
}

/// Note objectives about what is never measured in any of the designs, which are all that the file has.
fn aimed_at_what_is_measured(
    of: &Object<'_>,
    objectives: &[Objective],
    world: &World,
    designed: &[Designed],
) {
    let Some(at) = of.get("objectives") else { return };
    if designed.iter().all(|of| of.design.organization.only_serves()) {
        of_service(&at, objectives);
    } else {
        never_measured(&at, objectives, world, designed);
    }
}

/// The designs with the plan and the split of staff of each, in three lists of one order.
struct LaidOut {
    designs: Vec<Design>,
    plans: Vec<Option<Archetype>>,
    staffing: Vec<Staffing>,
}

/// What was read of each design, part by part.
fn laid_out(designed: Vec<Designed>) -> LaidOut {
    let mut all = LaidOut { designs: Vec::new(), plans: Vec::new(), staffing: Vec::new() };
    for Designed { design, plan, staffing, .. } in designed {
        all.designs.push(design);
        all.plans.push(plan);
        all.staffing.push(staffing);
    }
    all
}

fn version(of: &Object<'_>) -> Option<()> {
    const HELP: &str = "the first line of a scenario is `\"orgsim\": 1`";
    let Some(at) = of.get("orgsim") else {
        of.cursor.fail_with_help(
            "missing-version",
            "the scenario does not say which version of the format it is",
            HELP,
        );
        return Some(());
    };
    let version = at.whole(0, 1_000_000)?;
    if version != VERSION {
        at.fail_with_help(
            "other-version",
            format!("this program reads version {VERSION} of the format, not {version}"),
            if VERSION < version { "a newer orgsim reads it" } else { HELP },
        );
        return None;
    }
    Some(())
}

fn title(name: &str) -> String {
    let path = std::path::Path::new(name);
    path.file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
}
