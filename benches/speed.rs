//! Speed of whole scenario files beside the hand-written limit, in one run.
//!
//! `cargo bench` prints seconds, events per second and the ratio to the limit for the three shipped
//! queueing networks, one thread, all measures on. `cargo bench -- --test` runs each once.
//! `cargo bench -- --count w3 10` runs a tenth of one of them, or of the quickstart once over, and
//! prints the number of events: for whoever counts instructions beside it, as `.ci/count` does.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

#[path = "common.rs"]
mod common;
#[path = "limit.rs"]
mod limit;

use common::{events, median, seconds};
use orgsim::experiment::{self, Options};
use orgsim::model::Model;
use orgsim::units::SimTime;

const WORKLOADS: [(&str, &str); 3] = [
    ("w1", "scenarios/queueing/mm1.json"),
    ("w2", "scenarios/queueing/mm8.json"),
    ("w3", "scenarios/queueing/hub_and_spokes.json"),
];

/// A share of one workload, without the limit beside it: the events handled.
fn share_of(name: &str, share: u64) -> u64 {
    let known = WORKLOADS.iter().find(|(known, _)| *known == name).map(|(_, file)| *file);
    let mut model = model(known.unwrap_or("scenarios/quickstart.json"));
    model.study.run_for = SimTime::from_micros(model.study.run_for.micros() / share);
    for stream in &mut std::sync::Arc::make_mut(&mut model.world).streams {
        stream.limit = stream.limit.map(|limit| limit / share);
    }
    if known.is_some() {
        return events(&model, 0);
    }
    model.study.replications = 1;
    let stop = std::sync::atomic::AtomicBool::new(false);
    let options = Options::plain(1, &stop);
    experiment::run(&model, &options).designs.iter().map(|design| design.totals.events).sum()
}

fn model(file: &str) -> Model {
    let source = orgsim::scenario::Source::read(std::path::Path::new(file), 10_000_000)
        .unwrap_or_else(|problem| panic!("{file}: {problem}"));
    orgsim::scenario::load(&source, &orgsim::scenario::Overlay::default())
        .unwrap_or_else(|problems| panic!("{file}: {problems:?}"))
        .model
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--count") {
        let name = arguments.get(at + 1).expect("--count takes a workload");
        let share = arguments.get(at + 2).and_then(|share| share.parse().ok());
        println!("{}", share_of(name, share.expect("--count takes the divisor of the length")));
        return;
    }
    let once = std::env::args().any(|argument| argument == "--test");
    let only = std::env::args().skip(1).find(|argument| argument.starts_with('w'));
    let rounds = if once { 1 } else { 5 };
    println!("workload      ours s   limit s   ratio   ours events/s   ns/event");
    for (name, file) in
        WORKLOADS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name))
    {
        let model = model(file);
        let (mut ours, mut limits, mut ratios, mut handled) =
            (Vec::new(), Vec::new(), Vec::new(), 0);
        for round in 0..rounds {
            let (own, count) = seconds(|| events(&model, round));
            let (limit, _) = seconds(|| limit::run(name, u64::from(round) + 1).events);
            handled = count;
            ours.push(own);
            limits.push(limit);
            ratios.push(own / limit);
        }
        let (own, limit, ratio) = (median(ours), median(limits), median(ratios));
        let rate = handled as f64 / own;
        println!(
            "{name}          {own:>8.4}  {limit:>8.4}  {ratio:>6.2}  {rate:>14.0}  {:>9.1}",
            1e9 / rate
        );
    }
}
