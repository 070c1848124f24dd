//! The root of the file: its parts in the order in which they need each other.

use std::sync::Arc;

use super::absences::absences;
use super::assumed::assumed;
use super::audience::segment_names;
use super::audit::audit;
use super::checks::{Said, check};
use super::cursor::{Cursor, Object};
use super::customers::{Customers, customers, names};
use super::depends::{Depends, depends};
use super::designs::{Designed, Setting, designs};
use super::experiment::experiment;
use super::guessed::guessed;
use super::in_use::{in_use, warn_of_no_effect};
use super::keys::SCENARIO;
use super::languages::languages;
use super::names::quote;
use super::objectives::{never_measured, objectives, of_service};
use super::overlay::{Overlay, added_words, apply, set_words};
use super::path::segments;
use super::people::kinds;
use super::practice::{block, knowledge, practice};
use super::replayed::{Replayed, first_day, replayed};
use super::report::{Report, same};
use super::scope::Scope;
use super::studies::studies;
use super::tree::{Node, Value};
use super::what_if::{WhatIf, what_ifs};
use super::widened::recorded_languages;
use super::{LogReader, Scenario, Source, Staffing, fingerprint, stand_in};
use crate::model::archetype::Archetype;
use crate::model::{Design, Diagnostic, Model, Objective, Shares, World};

/// The version of the format that this program reads.
const VERSION: u64 = 1;
/// The path of the warm-up.
const WARM_UP: &str = "experiment.warm_up";

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
    let read = root
        .object(&SCENARIO)
        .and_then(|of| parts(&of, source, reader, !overlay.is_empty(), &report));
    if overlay.is_empty()
        && let Some(scenario) = &read
    {
        try_overlays(source, &changed, reader, scenario, &report);
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
    let scope = Scope {
        channels: names(&world.channels, |channel| &channel.name),
        topics: names(&world.topics, |topic| &topic.name),
        units: world.units.clone(),
        segments: segments_at.map(|at| segment_names(&at)).unwrap_or_default(),
        languages: world.languages.clone(),
    };
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
    let designs_at = designs_at?;
    let mut designed = designs(&designs_at, &setting);
    // a design that could not be read might have desks that reply
    if designs_at.entries().is_some_and(|all| all.len() == designed.len()) {
        aimed_at_what_is_measured(of, &objectives, &world, &designed);
    }
    if let Some(list) = of.get("absences") {
        absences(&list, &mut designed, &setting);
    }
    if let Some(people) = of.get("people") {
        stand_in::check(&people, &kinds);
    }
    check(of, (&world, &practice), &designed, &experiment, Said { changed, kinds: kinds.whole });
    let audit = audit(&world, &purposes, &objectives, &designed);
    let what_ifs = of.get("what_if").map(|at| what_ifs(&at)).unwrap_or_default();
    let studies = of.get("studies").map(|at| studies(&at)).unwrap_or_default();
    let depends = of.get("it_depends_on").map(|at| depends(&at, &of.cursor)).unwrap_or_default();
    let question =
        of.get("question").and_then(|text| text.text().map(String::from)).unwrap_or_default();
    let LaidOut { designs, plans, staffing } = laid_out(designed);
    Some(Scenario {
        title: title(&source.name),
        question,
        model: Model {
            world: Arc::new(world),
            practice: Arc::new(practice),
            designs,
            objectives,
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
        audit,
        strategy,
        logs: logs.into_iter().map(|log| log.used).collect(),
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
    })
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

/// Read the scenario once under each what-if and each stated value of what it depends on; what is wrong then is told there.
/// In a scenario that is wrong itself, that is what its own findings do not hold already.
fn try_overlays(
    source: &Source,
    tree: &Node,
    reader: Option<LogReader<'_>>,
    scenario: &Scenario,
    report: &Report,
) {
    let own = report.noted();
    let failed = report.failed();
    // who or what is missing then may be in a part that could not be read, but a name that is nowhere is wrong
    let is_new = |problem: &Diagnostic| {
        let sure = !failed || problem.code.starts_with("unknown-");
        sure && problem.code != "more" && !own.iter().any(|noted| same(noted, problem))
    };
    let alone = without_changes(tree);
    let attempt = |overlay: &Overlay, pointer: &str| {
        let tried = if leaves_changes_alone(overlay) { &alone } else { tree };
        let read = self::scenario(source, tried.clone(), overlay, reader, Report::of_a_trial());
        let is_set = || overlay.sets.iter().any(|(path, _)| path == WARM_UP);
        if read.as_ref().is_ok_and(|changed| changed.finds_warm_up) && is_set() {
            let message = "a change cannot have its warm-up found: all of a run share one";
            let problem = Diagnostic::error("no-effect", pointer, message);
            report.add(problem.help("state a length here, or `by MSER-5` in `experiment`"));
        }
        let found = match read {
            // of what can be run, what is said of the surges and absences that only this adds
            Ok(changed) => {
                let mut warnings = changed.warnings;
                warnings.retain(|warning| added(tree, overlay, warning).is_some());
                warnings
            }
            Err(problems) => problems,
        };
        for problem in found.into_iter().filter(is_new).take(5) {
            if let Some(added) = added(tree, overlay, &problem) {
                let pointer = format!("{pointer}/{added}");
                report.add(Diagnostic { pointer, set_by: None, ..problem });
                continue;
            }
            // what a path was set to is at fault itself; anything else is a consequence, told with its place
            let is_set = |path: &str, value: &serde_json::Value| {
                problem.set_by.as_ref().is_some_and(|words| *words == set_words(path, value))
            };
            let set = overlay.sets.iter().find(|(path, value)| is_set(path, value));
            let place = &problem.pointer;
            let (pointer, message) = match set {
                Some((path, _)) if overlay.name.is_some() => {
                    (format!("{pointer}/set/{}", super::tree::step(path)), problem.message)
                }
                Some(_) => (pointer.to_owned(), problem.message),
                None if place.is_empty() => (pointer.to_owned(), problem.message),
                None => (pointer.to_owned(), format!("{} (at {place})", problem.message)),
            };
            report.add(Diagnostic { pointer, message, set_by: None, ..problem });
        }
    };
    for WhatIf { name, overlay, .. } in &scenario.what_ifs {
        attempt(overlay, &format!("/what_if/{}", super::tree::step(name)));
    }
    for (i, depends) in scenario.depends.iter().enumerate() {
        let Depends { what, range, .. } = depends;
        for (place, value) in range.values() {
            let overlay =
                Overlay { sets: vec![(what.clone(), value.clone())], ..Overlay::default() };
            attempt(&overlay, &format!("/it_depends_on/{i}/{place}"));
        }
    }
}

/// Parts of a scenario that say what else is tried and asked of it. They say nothing of how the rest is to be read.
const CHANGES: [&str; 3] = ["it_depends_on", "what_if", "studies"];

/// The scenario without those parts: there may be thousands of changes, and each is tried without the others.
fn without_changes(tree: &Node) -> Node {
    let Value::Object(entries) = &tree.value else { return tree.clone() };
    let kept = entries.iter().filter(|entry| !CHANGES.contains(&entry.name.as_str()));
    Node {
        value: Value::Object(kept.cloned().collect()),
        range: tree.range.clone(),
        origin: tree.origin.clone(),
    }
}

/// Whether all that is set is in other parts.
fn leaves_changes_alone(overlay: &Overlay) -> bool {
    overlay.sets.iter().all(|(path, _)| {
        let first = segments(path).ok().and_then(|steps| steps.into_iter().next());
        first.is_some_and(|first| {
            let first = first.as_str();
            SCENARIO.keys.contains(&first) && !CHANGES.contains(&first)
        })
    })
}

/// Where an overlay states the surge or the absence that a finding is about.
fn added(tree: &Node, overlay: &Overlay, finding: &Diagnostic) -> Option<String> {
    let (name, words) = (overlay.name.as_deref()?, finding.set_by.as_ref()?);
    [("surge", "/customers/surges/", &overlay.surges), ("leaves", "/absences/", &overlay.leaves)]
        .into_iter()
        .find_map(|(key, list, all)| {
            let at = all.iter().position(|one| *words == added_words(name, key, one))?;
            let rest = finding.pointer.strip_prefix(list)?;
            let rest = rest.split_once('/').map_or(String::new(), |(_, rest)| format!("/{rest}"));
            let stated = tree.child("what_if")?.child(name)?.child(key)?;
            let listed = matches!(stated.value, Value::List(_));
            Some(if listed { format!("{key}/{at}{rest}") } else { format!("{key}{rest}") })
        })
}

fn title(name: &str) -> String {
    let path = std::path::Path::new(name);
    path.file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::syntax::parse;

    #[test]
    fn a_change_is_tried_without_the_others() {
        let (tree, _) = parse(
            r#"{ "orgsim": 1, "what_if": { "a": { "set": {} } }, "designs": {}, "it_depends_on": [1], "studies": [] }"#,
        )
        .unwrap();
        let alone = without_changes(&tree);
        let Value::Object(entries) = &alone.value else { panic!("{alone:?}") };
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["orgsim", "designs"]);
        let alone = |path: &str| {
            let sets = vec![(path.into(), 1.into())];
            leaves_changes_alone(&Overlay { sets, ..Overlay::default() })
        };
        assert!(alone("customers.messages") && alone("\"designs\".*.open"));
        // what such a path leads to has to be there
        for path in
            ["what_if.a.set.b", "it_depends_on.0.what", "*.a", "elsewhere", "\"what_if\".a", "a..b"]
        {
            assert!(!alone(path), "{path}");
        }
        assert!(leaves_changes_alone(&Overlay::default()));
    }
}
