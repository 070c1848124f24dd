//! orgsim beside other simulators that registries carry, in one run.
//!
//! `benches/peers/run` installs what it takes and prints, for each workload and engine, customers a second and how many
//! times as long as the hand-written limit and as orgsim a customer takes. Every engine draws its own random numbers and
//! counts its own way; each one's mean wait at the first station stands beside, so that all simulate the same thing.

#[path = "../../common.rs"]
mod common;
mod events;
#[path = "../../limit.rs"]
mod limit;
mod odem;
mod workload;

use common::{median, seconds};
use orgsim::scenario::{Overlay, Source, load};
use workload::{Workload, workloads};

const ROUNDS: usize = 3;
/// Customers of one run of an engine that is hundreds of times as slow.
const FEW: usize = 50_000;

/// Seconds, customers and mean wait of one run.
type Run = (f64, usize, f64);

fn scenario(name: &str) -> orgsim::model::Model {
    let file = match name {
        "w1" => "mm1.json",
        "w2" => "mm8.json",
        _ => "hub_and_spokes.json",
    };
    let path = std::path::Path::new("scenarios/queueing").join(file);
    let source = Source::read(&path, 10_000_000).expect("started where the scenarios are");
    load(&source, &Overlay::default()).expect("a sound scenario").model
}

fn of_python(python: &str, engine: &str, workload: &Workload) -> Run {
    let arguments = ["benches/peers/peers.py", engine, workload.name, &FEW.to_string()];
    let ran = std::process::Command::new(python).args(arguments).output().expect("python runs");
    let text = String::from_utf8_lossy(&ran.stdout).into_owned();
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let [seconds, wait] = numbers[..] else {
        panic!("{engine}: {}", String::from_utf8_lossy(&ran.stderr))
    };
    (seconds, FEW, wait)
}

fn timed(customers: usize, run: impl FnOnce() -> f64) -> Run {
    let mut wait = 0.0;
    let (seconds, _) = seconds(|| {
        wait = run();
        0
    });
    (seconds, customers, wait)
}

fn main() {
    let python =
        std::env::args().nth(1).expect("the first argument is a Python that has SimPy and Ciw");
    println!("workload  engine    customers/s   to the limit   to orgsim    mean wait, h (theory)");
    for workload in workloads() {
        let model = scenario(workload.name);
        let mut seed = 0;
        type Engine<'a> = (&'a str, Box<dyn FnMut() -> Run + 'a>);
        let engines: [Engine<'_>; 6] = [
            (
                "limit",
                Box::new(|| {
                    seed += 1;
                    timed(workload.customers, || limit::run(workload.name, seed).waits[0])
                }),
            ),
            (
                "orgsim",
                Box::new(|| {
                    timed(workload.customers, || {
                        common::events(&model, 0);
                        f64::NAN
                    })
                }),
            ),
            ("odem-rs", Box::new(|| timed(500_000, || odem::run(&workload, 500_000)))),
            ("simrs", Box::new(|| timed(500_000, || events::run(&workload, 500_000)))),
            ("simpy", Box::new(|| of_python(&python, "simpy", &workload))),
            ("ciw", Box::new(|| of_python(&python, "ciw", &workload))),
        ];
        let mut of_each: Vec<(&str, Vec<f64>, f64)> = Vec::new();
        let mut engines = engines;
        for round in 0..ROUNDS {
            for (at, (name, run)) in engines.iter_mut().enumerate() {
                let (seconds, customers, wait) = run();
                if round == 0 {
                    of_each.push((name, Vec::new(), wait));
                }
                of_each[at].1.push(seconds / customers as f64);
            }
        }
        let each: Vec<f64> = of_each.iter().map(|(_, times, _)| median(times.clone())).collect();
        for ((name, _, wait), &time) in of_each.iter().zip(&each) {
            // of orgsim tests hold it
            let wait = if wait.is_nan() { "–".to_owned() } else { format!("{wait:.4}") };
            println!(
                "{:<9} {name:<8} {:>12.0} {:>14.1} {:>11.2}    {wait} ({})",
                workload.name,
                1.0 / time,
                time / each[0],
                time / each[1],
                workload.wait
            );
        }
    }
}
