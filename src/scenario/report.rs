//! What reading a file gathers on its way: problems, defaults used, the currency.

use std::cell::{Cell, RefCell};

use super::defaults::{DEFAULTS, Default};
use super::text::one_currency;
use super::tree::Node;
use crate::model::{Diagnostic, Severity};

/// Most problems shown at once.
pub(super) const MOST_TOLD: usize = 50;

/// Whether two findings say the same of the same place. What is not told has no help, so that this does not count.
pub(super) fn same(a: &Diagnostic, b: &Diagnostic) -> bool {
    let what = |of: &Diagnostic| (of.severity, of.code);
    what(a) == what(b) && a.pointer == b.pointer && a.message == b.message && a.set_by == b.set_by
}

/// The shared list of everything found while reading.
pub(super) struct Report {
    problems: RefCell<Vec<(usize, Diagnostic)>>,
    /// Those of the errors in spite of which all could be read.
    idle: RefCell<Vec<Diagnostic>>,
    defaults: Vec<Node>,
    used: RefCell<Vec<bool>>,
    /// The currency, and the place where it was met first.
    currency: RefCell<Option<(String, String)>>,
    stopped: Cell<u64>,
    takes_warnings: bool,
}

impl Report {
    pub(super) fn new() -> Report {
        let parse = |default: &Default| {
            let json = serde_json::from_str(default.value).expect("a default is JSON");
            Node::from_json(&json, None)
        };
        Report {
            problems: RefCell::default(),
            idle: RefCell::default(),
            defaults: DEFAULTS.iter().map(parse).collect(),
            used: RefCell::new(vec![false; DEFAULTS.len()]),
            currency: RefCell::default(),
            stopped: Cell::new(0),
            takes_warnings: true,
        }
    }

    /// Of a reading that is only tried: nobody will see its warnings, so none need be looked for.
    pub(super) fn of_a_trial() -> Report {
        Report { takes_warnings: false, ..Report::new() }
    }

    /// Whether warnings are worth the time that it takes to find them.
    pub(super) fn takes_warnings(&self) -> bool {
        self.takes_warnings
    }

    /// Note a finding that has no byte of its own.
    pub(super) fn add(&self, problem: Diagnostic) {
        self.add_at(usize::MAX, problem);
    }

    /// Note a finding about what begins at this byte; findings are told in the order of the file.
    pub(super) fn add_at(&self, byte: usize, problem: Diagnostic) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < 20 * MOST_TOLD {
            if !problems.iter().any(|(_, noted)| same(noted, &problem)) {
                problems.push((byte, problem));
            }
        } else {
            self.stopped.set(self.stopped.get() + 1);
        }
    }

    /// Whether an error about what begins at this byte will be told, after what was noted so far.
    pub(super) fn tells(&self, byte: usize) -> bool {
        let problems = self.problems.borrow();
        let before = |(at, problem): &&(usize, Diagnostic)| {
            problem.severity == Severity::Error && *at <= byte
        };
        problems.iter().filter(before).count() < MOST_TOLD
    }

    /// What was noted so far.
    pub(super) fn noted(&self) -> Vec<Diagnostic> {
        self.problems.borrow().iter().map(|(_, problem)| problem.clone()).collect()
    }

    /// Note an error about something stated that changes nothing, and without which the rest could be read.
    pub(super) fn add_idle_at(&self, byte: usize, problem: Diagnostic) {
        self.idle.borrow_mut().push(problem.clone());
        self.add_at(byte, problem);
    }

    /// Whether all that is wrong so far, at least one thing, is stated and changes nothing.
    pub(super) fn only_idle(&self) -> bool {
        let (problems, idle) = (self.problems.borrow(), self.idle.borrow());
        let is_idle = |problem: &Diagnostic| idle.iter().any(|it| same(it, problem));
        let mut errors = problems.iter().filter(|(_, it)| it.severity == Severity::Error);
        !idle.is_empty() && self.stopped.get() == 0 && errors.all(|(_, it)| is_idle(it))
    }

    /// Make warnings of the errors that tell of what only a change has left without effect.
    pub(super) fn excuse(&self, left_idle: impl Fn(&Diagnostic) -> bool) {
        let mut problems = self.problems.borrow_mut();
        let errors = problems.iter_mut().filter(|(_, it)| it.severity == Severity::Error);
        for (_, problem) in errors.filter(|(_, it)| left_idle(it)) {
            problem.severity = Severity::Warning;
            problem.help =
                Some("a change leaves it so; if that is meant, nothing is to be done".into());
        }
    }

    /// Whether an error was noted so far.
    pub(super) fn failed(&self) -> bool {
        self.problems.borrow().iter().any(|(_, problem)| problem.severity == Severity::Error)
    }

    /// Whether an error was noted so far of something below this part of the file.
    pub(super) fn failed_below(&self, part: &str) -> bool {
        let below = |problem: &Diagnostic| {
            problem.severity == Severity::Error && problem.pointer.starts_with(part)
        };
        self.problems.borrow().iter().any(|(_, problem)| below(problem))
    }

    /// The value that stands for a missing `key`, which is noted as used.
    ///
    /// # Panics
    /// If the table of defaults does not have the key.
    pub(super) fn default(&self, key: &str) -> &Node {
        let at = DEFAULTS
            .iter()
            .position(|default| default.key == key)
            .unwrap_or_else(|| panic!("no default `{key}`"));
        self.used.borrow_mut()[at] = true;
        &self.defaults[at]
    }

    /// The defaults that were used, in the order of their table.
    pub(super) fn defaults_used(&self) -> Vec<&'static Default> {
        DEFAULTS
            .iter()
            .zip(self.used.borrow().iter())
            .filter(|&(_, &used)| used)
            .map(|(default, _)| default)
            .collect()
    }

    /// Note a currency and the place where it is met; `Err` has those noted before, if the currency is another;
    /// its sign and its code are one.
    pub(super) fn currency(&self, currency: &str, place: String) -> Result<(), (String, String)> {
        let mut noted = self.currency.borrow_mut();
        let before = noted.get_or_insert_with(|| (currency.into(), place));
        if one_currency(&before.0, currency) { Ok(()) } else { Err(before.clone()) }
    }

    /// The currency of the scenario.
    pub(super) fn currency_noted(&self) -> Option<String> {
        self.currency.borrow().as_ref().map(|(currency, _)| currency.clone())
    }

    /// All findings, errors first, at most [`MOST_TOLD`] with a last one that tells how many are left out.
    pub(super) fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|(byte, problem)| (problem.severity, *byte));
        let mut problems: Vec<Diagnostic> =
            problems.into_iter().map(|(_, problem)| problem).collect();
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        let left_out = problems.len().saturating_sub(MOST_TOLD) as u64 + self.stopped.get();
        if 0 < left_out {
            problems.truncate(MOST_TOLD);
            let message = format!("{left_out} more findings are not shown");
            let last = if 0 < errors {
                Diagnostic::error("more", "", message)
            } else {
                Diagnostic::warning("more", "", message)
            };
            problems.push(last);
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_be_told_is_known_beforehand() {
        let report = Report::new();
        for at in 0..MOST_TOLD {
            assert!(report.tells(1000));
            report
                .add_at(100 + at, Diagnostic::warning("no-effect", format!("/{at}"), "a warning"));
            report.add_at(100 + at, Diagnostic::error("unknown-topic", format!("/{at}"), "wrong"));
        }
        assert!(!report.tells(1000) && report.tells(100));
        report.add_at(1000, Diagnostic::error("unknown-topic", "/last", "not told"));
        report.add_at(100, Diagnostic::error("unknown-topic", "/first", "told"));
        let told = report.into_problems();
        let is_told = |pointer: &str| told.iter().any(|it| it.pointer == pointer);
        assert!(is_told("/first") && !is_told("/last"));
    }

    #[test]
    fn a_finding_is_the_same_with_and_without_help() {
        let report = Report::new();
        let finding = Diagnostic::error("unknown-topic", "/topics/0", "no topic is named `a`");
        report.add_at(3, finding.clone().help("did you mean `b`?"));
        report.add_at(3, finding);
        assert_eq!(report.into_problems().len(), 1);
    }
}
