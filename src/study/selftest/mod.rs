//! Textbook cases, simulated by the public path and held against their exact answers.
//!
//! Each case is a scenario file. It is read, run and measured as anybody's would be, so parser, engine and
//! measures are all at work.

mod cases;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::experiment::{DesignResult, Measured, Options, run};
use crate::scenario::{Overlay, Source, load, render};

/// Standard errors by which an estimate may be off.
pub const ALLOWED: f64 = 4.0;
/// So many times the replications in the one retest of a case that is further off.
pub const RETEST: u32 = 4;

/// A textbook case.
struct Case {
    name: &'static str,
    text: &'static str,
    checks: Vec<Check>,
}

/// A measure with its exact value.
struct Check {
    measure: &'static str,
    exact: f64,
    /// The measure's value is the estimate times this: hours where the file has minutes.
    times: f64,
    read: Read,
}

/// Where an estimate is found in a result.
#[derive(Clone, Copy)]
enum Read {
    /// A number about a role.
    Role(usize, &'static str),
    /// The share of waits at or below the first threshold, at the first role.
    WaitWithin,
    /// The mean wait of a topic at the first role.
    TopicWait(usize),
    /// The number at the first role at an instant.
    Observed(usize),
    /// Inquiries at no role.
    BetweenRoles,
    /// Time inside of whole inquiries.
    TimeInside,
}

impl Read {
    fn of(self, design: &DesignResult) -> Option<&Measured> {
        Some(match self {
            Read::Role(role, id) => design.roles.get(role)?.number(id),
            Read::WaitWithin => design.roles.first()?.wait.within.first()?,
            Read::TopicWait(topic) => design.roles.first()?.topics.get(topic)?.number("wait_mean"),
            Read::Observed(instant) => &design.observed.get(instant)?.first()?.number,
            Read::BetweenRoles => &design.between_roles,
            Read::TimeInside => &design.time_inside,
        })
    }
}

/// What came out of all cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Selftest {
    /// The cases, in order.
    pub cases: Vec<CaseResult>,
    /// Whether it was stopped before all of them were done.
    pub incomplete: bool,
}

/// What came out of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseResult {
    /// Its name in textbooks.
    pub name: &'static str,
    /// Whether it was run a second time, with another seed and more replications.
    pub retested: bool,
    /// Its measures.
    pub measures: Vec<MeasureResult>,
    /// What kept it from being run, if anything did.
    pub trouble: Option<String>,
}

/// A measure of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureResult {
    /// Its name; times are in hours.
    pub measure: &'static str,
    /// What theory says.
    pub exact: f64,
    /// What was simulated; `None` where nothing was measured.
    pub simulated: Option<f64>,
    /// Half the length of its 95% interval.
    pub half_width: Option<f64>,
    /// (simulated − exact) ÷ standard error.
    pub z: Option<f64>,
}

impl MeasureResult {
    /// Whether it is at most [`ALLOWED`] standard errors off.
    pub fn passed(&self) -> bool {
        self.z.is_some_and(|z| z.abs() <= ALLOWED)
    }
}

impl CaseResult {
    /// Whether all of its measures pass.
    pub fn passed(&self) -> bool {
        self.trouble.is_none() && self.measures.iter().all(MeasureResult::passed)
    }
}

impl Selftest {
    /// Whether all cases were run and pass.
    pub fn passed(&self) -> bool {
        !self.incomplete && self.cases.iter().all(CaseResult::passed)
    }
}

/// Names and scenario files of the cases.
pub fn files() -> Vec<(&'static str, &'static str)> {
    cases::all().into_iter().map(|case| (case.name, case.text)).collect()
}

/// Run all cases.
///
/// A case of which some measure is more than [`ALLOWED`] standard errors from its exact value is run
/// once more, with another seed and [`RETEST`] times the replications, and that counts: among fifty
/// measures one is so far off by chance in some three hundred runs.
pub fn selftest(seed: Option<u64>, threads: usize, stop: &AtomicBool) -> Selftest {
    let mut results = Vec::new();
    for case in cases::all() {
        if stop.load(Ordering::Relaxed) {
            return Selftest { cases: results, incomplete: true };
        }
        let first = attempt(&case, seed.unwrap_or(SEED), 1, threads, stop);
        results.push(if first.passed() || first.trouble.is_some() {
            first
        } else {
            let again = seed.unwrap_or(SEED).wrapping_add(1);
            CaseResult { retested: true, ..attempt(&case, again, RETEST, threads, stop) }
        });
    }
    let incomplete = stop.load(Ordering::Relaxed);
    Selftest { cases: results, incomplete }
}

/// The seed unless another is asked for.
const SEED: u64 = 11;

fn attempt(case: &Case, seed: u64, times: u32, threads: usize, stop: &AtomicBool) -> CaseResult {
    let result =
        |measures, trouble| CaseResult { name: case.name, retested: false, measures, trouble };
    let source = Source::new(case.name, case.text);
    let mut model = match load(&source, &Overlay::default()) {
        Ok(scenario) => scenario.model,
        Err(problems) => return result(Vec::new(), Some(render(&source, &problems, false))),
    };
    model.study.seed = seed;
    model.study.replications *= times;
    let options = Options::plain(threads, stop);
    let outcome = run(&model, &options);
    let design = &outcome.designs[0];
    let measures = case.checks.iter().map(|check| judge(check, design)).collect();
    let trouble =
        design.stopped.map(|(stop, n)| format!("replication {n} stopped: {}", stop.label()));
    result(measures, trouble)
}

fn judge(check: &Check, design: &DesignResult) -> MeasureResult {
    let interval = check.read.of(design).and_then(|measured| measured.interval);
    let scaled = |value: f64| value * check.times;
    let simulated = interval.map(|interval| scaled(interval.mean));
    let error = interval.and_then(|interval| interval.standard_error).map(scaled);
    let z = simulated.zip(error).and_then(|(simulated, error)| {
        let off = simulated - check.exact;
        // without spread the value is exact, or wrong
        if 0.0 < error { Some(off / error) } else { (off.abs() < 1e-9).then_some(0.0) }
    });
    MeasureResult {
        measure: check.measure,
        exact: check.exact,
        simulated,
        half_width: interval.and_then(|interval| interval.half_width).map(scaled),
        z,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_a_sound_scenario_with_a_question() {
        for (name, text) in files() {
            let source = Source::new(name, text);
            let scenario = load(&source, &Overlay::default())
                .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)));
            assert_eq!(scenario.warnings, [], "{name}");
            assert!(!scenario.question.is_empty() && 10 <= scenario.model.study.replications);
        }
    }

    #[test]
    fn an_estimate_far_off_does_not_pass() {
        let check = Check { measure: "L", exact: 4.0, times: 1.0, read: Read::BetweenRoles };
        let of = |values: &[f64]| {
            let between_roles = Measured::of(values, 0.95);
            judge(&check, &DesignResult { between_roles, ..DesignResult::default() })
        };
        assert!(of(&[3.0, 4.0, 5.0]).passed());
        let off = of(&[5.0, 5.1, 4.9]);
        assert!(!off.passed() && 4.0 < off.z.unwrap(), "{off:?}");
        assert!(of(&[4.0, 4.0]).passed() && !of(&[4.1, 4.1]).passed(), "no spread");
        assert!(!judge(&check, &DesignResult::default()).passed(), "nothing was measured");
    }
}
