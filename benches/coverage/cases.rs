//! Whether intervals hold the truth as often as they promise: cases with exact answers.
//!
//! Shared by the measuring program `benches/coverage/main.rs` and its short version among the tests.

use std::sync::atomic::AtomicBool;

use orgsim::experiment::{ExperimentResult, Options, RoleResult, paired, run, run_to_precision};
use orgsim::model::{Model, Precision};
use orgsim::scenario::{Overlay, Source, load, render};
use orgsim::stats::queueing::{ImpatientQueue, ManyServers};
use orgsim::stats::{Interval, ratio_interval};

/// Intervals of one kind for one truth.
pub(crate) struct Case {
    /// What is estimated, and where.
    pub(crate) name: &'static str,
    /// The model; its seed is set for each experiment.
    pub(crate) model: Model,
    /// The true value.
    pub(crate) exact: f64,
    /// Which interval.
    pub(crate) interval: fn(&RoleResult) -> Interval,
}

impl Case {
    /// Share of so many independent experiments whose interval holds the truth.
    pub(crate) fn coverage(&self, experiments: u32) -> f64 {
        let held = (0..experiments).filter(|&number| {
            let result = experiment(&self.model, u64::from(number) + 1);
            (self.interval)(&result.designs[0].roles[0]).holds(self.exact)
        });
        held.count() as f64 / f64::from(experiments)
    }
}

/// One experiment from its own seed.
fn experiment(model: &Model, seed: u64) -> ExperimentResult {
    with_seed(model, seed, run)
}

/// What `carry_out` makes of a model under this seed.
fn with_seed(
    model: &Model,
    seed: u64,
    carry_out: impl FnOnce(&Model, &Options<'_>) -> ExperimentResult,
) -> ExperimentResult {
    let mut model = model.clone();
    model.study.seed = seed;
    let stop = AtomicBool::new(false);
    carry_out(&model, &Options::plain(0, &stop))
}

/// A queue of one desk as a scenario file; services take an hour on average, times their factor.
fn desk(people: u32, mean: &str, messages: &str, behavior: &str, experiment: &str) -> Model {
    let text = format!(
        r#"{{ "orgsim": 1, "question": "Do intervals hold what they promise?",
        "customers": {{ "plain": true, {messages} {behavior} }},
        "designs": {{ "Desk": {{ "graph": {{
            "roles": {{ "desk": {{ "people": {people}, "service": {{ "exponential": {{ "mean": "{mean}" }} }} }} }},
            "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
        "experiment": {experiment} }}"#
    );
    let source = Source::new("coverage.json", text);
    match load(&source, &Overlay::default()) {
        Ok(scenario) => scenario.model,
        Err(problems) => panic!("{}", render(&source, &problems, false)),
    }
}

fn number(role: &RoleResult, id: &str) -> Interval {
    role.number(id).interval.expect("a number with an interval")
}

/// The four cases at 95%, with so many replications an experiment.
pub(crate) fn cases(replications: u32) -> Vec<Case> {
    let weeks = |warm: u32, counted: u32| {
        format!(
            r#"{{ "kind": "typical weeks", "warm_up": "{warm}h", "run_for": "{counted}h", "follow": "0s",
                 "repeat": {replications}, "seed": 1 }}"#
        )
    };
    let four = || desk(4, "1h", r#""messages": "3.2/hour""#, "", &weeks(150, 300));
    let steady = ManyServers::new(3.2, 1.0, 4).expect("four desks for 3.2 an hour");
    let patience = r#", "behavior": { "patience": { "scope": "queue", "law": { "exponential": { "mean": "2h" } } } }"#;
    let day = format!(
        r#"{{ "kind": "from empty", "run_for": "24h", "repeat": {replications}, "seed": 1 }}"#
    );
    vec![
        Case {
            name: "mean wait, M/M/4 at 80%, steady state",
            model: four(),
            exact: 60.0 * steady.wait_mean(),
            interval: |role| number(role, "wait_mean"),
        },
        Case {
            name: "share giving up, Erlang A, ten people for the work of ten",
            model: desk(10, "1h", r#""messages": "10/hour""#, patience, &weeks(60, 150)),
            exact: ImpatientQueue::new(10.0, 1.0, 10, 2.0).abandon_probability(),
            interval: |role| number(role, "abandoned"),
        },
        Case {
            name: "mean number inside over one day from empty, M/M/2 at 90%",
            model: desk(2, "1h", r#""messages": "1.8/hour""#, "", &day),
            exact: number_over_a_day(1.8, 1.0, 2, 24.0),
            interval: |role| number(role, "number_mean"),
        },
        Case {
            name: "time within which nine in ten are served, M/M/4 at 80%",
            model: four(),
            exact: 60.0 * steady.wait_quantile(0.9),
            interval: |role| {
                let ninth = orgsim::experiment::SpreadResult::QUANTILES
                    .iter()
                    .position(|&q| (q - 0.9).abs() < 1e-9)
                    .expect("nine in ten are told");
                role.wait.quantiles[ninth].interval.expect("a quantile with an interval")
            },
        },
    ]
}

/// Replications until the mean wait of an M/M/4 queue at 80% is known `within` so much of its value: the share of
/// experiments that stopped by themselves and whose interval holds the truth, and their mean number of replications.
pub(crate) fn sequential(within: f64, experiments: u32) -> (f64, f64) {
    let study = r#"{ "kind": "typical weeks", "warm_up": "150h", "run_for": "1,200h", "follow": "0s",
        "repeat": 20, "seed": 1 }"#;
    let model = desk(4, "1h", r#""messages": "3.2/hour""#, "", study);
    let exact = 60.0 * ManyServers::new(3.2, 1.0, 4).expect("four desks").wait_mean();
    let precision = Precision { within, at_most: 100_000 };
    let (mut held, mut replications) = (0, 0);
    for trial in 0..experiments {
        let result = with_seed(&model, 2_000_000 + u64::from(trial), |model, options| {
            run_to_precision(model, precision, options)
        });
        let reached = result.precision.as_ref().is_some_and(|of| of.is_reached());
        let interval = number(&result.designs[0].roles[0], "wait_mean");
        held += u32::from(reached && interval.holds(exact));
        replications += result.replications;
    }
    let per = |count: u32| f64::from(count) / f64::from(experiments);
    (per(held), per(replications))
}

/// ∫ E N(t) dt ÷ length of an M/M/c queue that begins empty: the birth–death equations, by Runge and Kutta.
fn number_over_a_day(arrivals: f64, service: f64, servers: usize, length: f64) -> f64 {
    const STATES: usize = 160;
    const STEPS: usize = 24_000;
    let change = |p: &[f64]| -> Vec<f64> {
        let out = |n: usize| service * n.min(servers) as f64;
        (0..STATES)
            .map(|n| {
                let up = if n + 1 < STATES { arrivals } else { 0.0 };
                let from_below = if 0 < n { arrivals * p[n - 1] } else { 0.0 };
                let from_above = if n + 1 < STATES { out(n + 1) * p[n + 1] } else { 0.0 };
                from_below + from_above - (up + out(n)) * p[n]
            })
            .collect()
    };
    let mean = |p: &[f64]| p.iter().enumerate().map(|(n, share)| n as f64 * share).sum::<f64>();
    let step = length / STEPS as f64;
    let mut p = vec![0.0; STATES];
    p[0] = 1.0;
    let mut area = 0.0;
    for _ in 0..STEPS {
        let before = mean(&p);
        let ahead = |by: f64, slope: &[f64]| -> Vec<f64> {
            p.iter().zip(slope).map(|(a, b)| a + by * b).collect()
        };
        let first = change(&p);
        let second = change(&ahead(step / 2.0, &first));
        let third = change(&ahead(step / 2.0, &second));
        let fourth = change(&ahead(step, &third));
        for n in 0..STATES {
            p[n] += step / 6.0 * (first[n] + 2.0 * second[n] + 2.0 * third[n] + fourth[n]);
        }
        area += step * (before + mean(&p)) / 2.0;
    }
    area / length
}

/// How often a 90% t interval over `n` replications holds the mean of the first 25 delays of an M/M/1 queue that
/// begins empty, at 90% load. These means are far from normal, so an honest t interval holds them too seldom
/// (the setting is that of Law 2015, chapter 9).
pub(crate) fn first_delays(n: u32, experiments: u32) -> f64 {
    let model = desk(
        1,
        "1h",
        r#""messages": "0.9/hour", "stop_after": 25"#,
        "",
        &format!(r#"{{ "kind": "until done", "repeat": {n}, "seed": 1 }}"#),
    );
    let exact = 60.0 * first_delays_mean(0.9, 1.0, 25);
    let held = (0..experiments).filter(|&number| {
        let result = experiment(&model, 1_000_000 + u64::from(number));
        let parts = result.designs[0].roles[0].number("wait_mean").parts();
        let (waits, visits): (Vec<f64>, Vec<f64>) = parts.iter().copied().unzip();
        ratio_interval(&waits, &visits, 0.9).expect("25 visits").holds(exact)
    });
    held.count() as f64 / f64::from(experiments)
}

/// Mean of the first k delays: the chain of the numbers that arrivals find.
fn first_delays_mean(arrivals: f64, service: f64, k: usize) -> f64 {
    let next = arrivals / (arrivals + service);
    let mut found = vec![0.0; k + 1];
    found[0] = 1.0;
    let mut sum = 0.0;
    for _ in 0..k {
        let mean: f64 = found.iter().enumerate().map(|(n, share)| n as f64 * share).sum();
        sum += mean / service;
        let mut after = vec![0.0; k + 1];
        for (n, share) in found.iter().enumerate().filter(|(_, share)| 0.0 < **share) {
            // n + 1 inside; each departs before the next arrival with the odds of service against arrival.
            let mut left = *share;
            for remaining in (1..=(n + 1).min(k)).rev() {
                after[remaining] += left * next;
                left *= 1.0 - next;
            }
            after[0] += left;
        }
        found = after;
    }
    sum / k as f64
}

/// Variance of a difference without common random numbers ÷ with them, from days of 500 customers: seven people
/// against six, and service 5% faster. Arrivals 5.1 an hour, services of an hour.
pub(crate) fn variance_ratios(days: u32) -> (f64, f64) {
    let day = |people: u32, mean: &str| {
        let study = format!(r#"{{ "kind": "until done", "repeat": {days}, "seed": 5 }}"#);
        let model = desk(people, mean, r#""messages": "5.1/hour", "stop_after": 500"#, "", &study);
        experiment(&model, 5)
    };
    let (six, seven, faster) = (day(6, "1h"), day(7, "1h"), day(6, "57m"));
    let ratio = |other: &ExperimentResult| {
        let of = |result: &ExperimentResult| {
            let design = result.designs[0].clone();
            (design.roles[0].number("wait_mean").clone(), design.completed)
        };
        let ((a, a_runs), (b, b_runs)) = (of(&six), of(other));
        paired((&a, &a_runs), (&b, &b_runs), 0.95)
            .and_then(|paired| paired.variance_reduction)
            .expect("differences that vary")
    };
    (ratio(&seven), ratio(&faster))
}
