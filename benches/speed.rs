//! Speed of whole scenario files beside the hand-written limit, in one run.
//!
//! `cargo bench` prints seconds, events per second and the ratio to the limit for the three shipped
//! queueing networks, one thread, all measures on. `cargo bench -- --test` runs each once.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

#[path = "limit.rs"]
mod limit;

use std::time::{Duration, Instant};

use orgsim::sim::{Task, Unobserved, Watch, run};

const WORKLOADS: [(&str, &str); 3] = [
    ("w1", "scenarios/queueing/mm1.json"),
    ("w2", "scenarios/queueing/mm8.json"),
    ("w3", "scenarios/queueing/hub_and_spokes.json"),
];

/// CPU time of this process where the system tells it, else the clock on the wall.
fn clock() -> Duration {
    let nanos = std::fs::read_to_string("/proc/self/schedstat")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(
        || {
            static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
            START.get_or_init(Instant::now).elapsed()
        },
        Duration::from_nanos,
    )
}

fn seconds(work: impl FnOnce() -> u64) -> (f64, u64) {
    let start = clock();
    let events = work();
    ((clock() - start).as_secs_f64(), events)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let once = std::env::args().any(|argument| argument == "--test");
    let only = std::env::args().skip(1).find(|argument| argument.starts_with('w'));
    let rounds = if once { 1 } else { 5 };
    println!("workload      ours s   limit s   ratio   ours events/s   ns/event");
    for (name, file) in
        WORKLOADS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name))
    {
        let source = orgsim::scenario::Source::read(std::path::Path::new(file), 10_000_000)
            .unwrap_or_else(|problem| panic!("{file}: {problem}"));
        let scenario = orgsim::scenario::load(&source, &orgsim::scenario::Overlay::default())
            .unwrap_or_else(|problems| panic!("{file}: {problems:?}"));
        let model = &scenario.model;
        let (mut ours, mut limits, mut ratios, mut events) =
            (Vec::new(), Vec::new(), Vec::new(), 0);
        for round in 0..rounds {
            let (own, count) = seconds(|| {
                let watch = Watch::default();
                let task = Task {
                    world: &model.world,
                    practice: &model.practice,
                    organization: &model.designs[0].organization,
                    study: &model.study,
                    watch: &watch,
                    replication: round,
                    stop: None,
                };
                run(&task, &mut Unobserved).events
            });
            let (limit, _) = seconds(|| limit::run(name, u64::from(round) + 1).events);
            events = count;
            ours.push(own);
            limits.push(limit);
            ratios.push(own / limit);
        }
        let (own, limit, ratio) = (median(ours), median(limits), median(ratios));
        let rate = events as f64 / own;
        println!(
            "{name}          {own:>8.4}  {limit:>8.4}  {ratio:>6.2}  {rate:>14.0}  {:>9.1}",
            1e9 / rate
        );
    }
}
