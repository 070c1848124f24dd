//! Every change that a file states is tried, so that what would be wrong under it shows when the file is read.

use serde_json::Value as Json;

use super::depends::{Depends, Range};
use super::keys::SCENARIO;
use super::names::quote;
use super::overlay::{Overlay, added_words, set_words};
use super::path::{find, segments};
use super::report::{Report, same};
use super::tree::{Node, Value, step};
use super::what_if::WhatIf;
use super::{LogReader, Scenario, Source, read};
use crate::model::{Diagnostic, Severity};

/// The path of the warm-up.
const WARM_UP: &str = "experiment.warm_up";
/// Most findings that are told of one change.
const MOST_TOLD: usize = 5;

/// Read the scenario once under each what-if and each stated value of what it depends on; what is wrong then is told there.
/// In a scenario that is wrong itself, that is what its own findings do not hold already. Of lists of values to try, those that
/// some design cannot have come back.
pub(super) fn try_overlays(
    source: &Source,
    tree: &Node,
    reader: Option<LogReader<'_>>,
    scenario: &Scenario,
    report: &Report,
) -> Vec<Impossible> {
    let alone = without_changes(tree);
    let own = report.noted();
    // an input that is nowhere says nothing of how the rest was read
    let reads_on = |of: &Diagnostic| {
        of.severity == Severity::Warning || of.pointer.starts_with("/it_depends_on/")
    };
    let failed = !own.iter().all(reads_on);
    let trial = Trial { source, tree, alone, reader, report, own, failed };
    for WhatIf { name, overlay, .. } in &scenario.what_ifs {
        trial.attempt(overlay, &format!("/what_if/{}", step(name)), false);
    }
    let mut impossible = Vec::new();
    for (i, depends) in scenario.depends.iter().enumerate() {
        let Depends { what, range, .. } = depends;
        if find(tree, what).is_err() {
            continue;
        }
        for (place, value) in range.values() {
            let overlay =
                Overlay { sets: vec![(what.clone(), value.clone())], ..Overlay::default() };
            let is_listed = matches!(range, Range::OneOf(_));
            if trial.attempt(&overlay, &format!("/it_depends_on/{i}/{place}"), is_listed) {
                impossible.push((i, value.clone()));
            }
        }
    }
    impossible
}

/// A value that some design cannot have: the position of the input, and the value.
type Impossible = (usize, Json);

/// Inputs without such values; those of whose list nothing is left are gone.
pub(super) fn leave_out(inputs: &mut Vec<Depends>, impossible: &[Impossible]) {
    for (at, value) in impossible {
        if let Range::OneOf(values) = &mut inputs[*at].range {
            values.retain(|listed| listed != value);
        }
    }
    inputs.retain(|input| !matches!(&input.range, Range::OneOf(values) if values.is_empty()));
}

/// Whether a finding is no more than that a design has no hours left for somebody.
fn no_hours_left(problem: &Diagnostic) -> bool {
    let follows = problem.code == "empty-hours" && problem.set_by.is_none();
    problem.severity == Severity::Warning || follows
}

/// What is told of values that are left out of their list for this.
fn left_out(problem: Diagnostic, overlay: &Overlay) -> Diagnostic {
    let told =
        |value: &Json| quote(&value.as_str().map_or_else(|| value.to_string(), String::from));
    let values: Vec<String> = overlay.sets.iter().map(|(_, value)| told(value)).collect();
    let message = format!("{} is left out, since with it {}", values.join(", "), problem.message);
    Diagnostic { severity: Severity::Warning, message, ..problem }
}

/// What changes are tried on.
struct Trial<'a> {
    source: &'a Source,
    tree: &'a Node,
    /// The tree without the changes that it states.
    alone: Node,
    reader: Option<LogReader<'a>>,
    report: &'a Report,
    /// What was found in the scenario itself, and whether that is more than warnings.
    own: Vec<Diagnostic>,
    failed: bool,
}

impl Trial<'_> {
    /// Read the scenario under a change that is stated there; tell what is wrong then. Whether that is so little that a value
    /// `of_a_list` is left out of it.
    fn attempt(&self, overlay: &Overlay, pointer: &str, of_a_list: bool) -> bool {
        let mut found = self.found(overlay, pointer);
        let fails = found.iter().any(|problem| problem.severity == Severity::Error);
        let is_left_out = of_a_list && fails && found.iter().all(no_hours_left);
        if is_left_out {
            found = found.into_iter().map(|problem| left_out(problem, overlay)).collect();
        }
        for problem in found.into_iter().take(MOST_TOLD) {
            self.tell(overlay, pointer, problem);
        }
        is_left_out
    }

    /// What is wrong under a change and not without it.
    fn found(&self, overlay: &Overlay, pointer: &str) -> Vec<Diagnostic> {
        let tried = if leaves_changes_alone(overlay) { &self.alone } else { self.tree };
        let report = Report::of_a_trial();
        let read = read::scenario(self.source, tried.clone(), overlay, self.reader, report);
        let is_set = || overlay.sets.iter().any(|(path, _)| path == WARM_UP);
        if read.as_ref().is_ok_and(|changed| changed.finds_warm_up) && is_set() {
            let message = "a change cannot have its warm-up found: all of a run share one";
            let problem = Diagnostic::error("no-effect", pointer, message);
            self.report.add(problem.help("state a length here, or `by MSER-5` in `experiment`"));
        }
        let mut found = match read {
            // of what can be run, what is said of the surges and absences that only this adds
            Ok(changed) => {
                let mut warnings = changed.warnings;
                warnings.retain(|warning| added(self.tree, overlay, warning).is_some());
                warnings
            }
            Err(problems) => problems,
        };
        found.retain(|problem| self.is_new(problem));
        found
    }

    /// Whether it is surely not among what is wrong without any change.
    fn is_new(&self, problem: &Diagnostic) -> bool {
        // who or what is missing then may be in a part that could not be read, but a name that is nowhere is wrong
        let sure = !self.failed || problem.code.starts_with("unknown-");
        sure && problem.code != "more" && !self.own.iter().any(|noted| same(noted, problem))
    }

    /// Note a problem at the part of the change, stated there, that makes it.
    fn tell(&self, overlay: &Overlay, pointer: &str, problem: Diagnostic) {
        if let Some(added) = added(self.tree, overlay, &problem) {
            let pointer = format!("{pointer}/{added}");
            self.report.add(Diagnostic { pointer, set_by: None, ..problem });
            return;
        }
        // what a path was set to is at fault itself; anything else is a consequence, told with its place
        let is_set = |path: &str, value: &Json| {
            problem.set_by.as_ref().is_some_and(|words| *words == set_words(path, value))
        };
        let set = overlay.sets.iter().find(|(path, value)| is_set(path, value));
        let place = &problem.pointer;
        let (pointer, message) = match set {
            Some((path, _)) if overlay.name.is_some() => {
                (format!("{pointer}/set/{}", step(path)), problem.message)
            }
            Some(_) => (pointer.to_owned(), problem.message),
            None if place.is_empty() => (pointer.to_owned(), problem.message),
            None => (pointer.to_owned(), format!("{} (at {place})", problem.message)),
        };
        self.report.add(Diagnostic { pointer, message, set_by: None, ..problem });
    }
}

/// Parts of a scenario that say what else is tried and asked of it. They say nothing of how the rest is to be read.
const CHANGES: [&str; 3] = ["it_depends_on", "what_if", "studies"];

/// The scenario without those parts: there may be thousands of changes, and each is tried without the others.
pub(super) fn without_changes(tree: &Node) -> Node {
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
