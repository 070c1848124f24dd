//! How speed and memory grow: busy people, roles, length of the run, threads.
//!
//! `cargo bench --bench sizes` prints four tables; `-- roles` prints one of them, and so do `people`, `lengths` and
//! `threads`. `-- --test` runs the smallest of each once. `-- --long` adds a run of a thousand million events, which
//! takes a few minutes. Memory is the peak of the process since the run began, where the system tells it (Linux).

#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

#[path = "common.rs"]
mod common;
#[path = "limit.rs"]
mod limit;

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use common::{events, median, seconds};
use orgsim::experiment::{self, Options};
use orgsim::model::Model;
use orgsim::scenario::{Overlay, Source, load};

/// Inquiries of a run that is timed.
const INQUIRIES: u64 = 1_000_000;
/// How busy everybody is.
const LOAD: f64 = 0.9;

fn main() {
    let once = std::env::args().any(|argument| argument == "--test");
    let long = std::env::args().any(|argument| argument == "--long");
    let upto = |sizes: &'static [u64]| if once { &sizes[..1] } else { sizes };
    let tables: [(&str, &dyn Fn()); 4] = [
        ("people", &|| people(upto(&[10, 100, 1_000, 10_000]))),
        ("roles", &|| roles(upto(&[10, 100, 1_000, 5_000]))),
        ("lengths", &|| lengths(if long { &[1, 10, 1_000] } else { upto(&[1, 10]) })),
        ("threads", &|| threads(once)),
    ];
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    for (name, print) in tables {
        if asked.is_empty() || asked.iter().any(|asked| asked == name) {
            print();
        }
    }
}

/// Ever more people behind one line, beside the limit with as many.
fn people(sizes: &[u64]) {
    println!("busy people   ns/event   limit ns/event   ratio");
    for &size in sizes {
        let model = model(&one_desk(size, INQUIRIES));
        let (mut ratios, mut own, mut limits) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..3 {
            let (own_seconds, handled) = seconds(|| events(&model, round));
            let servers = u32::try_from(size).expect("a size of the table");
            let (limit, counted) =
                seconds(|| limit::line(servers, LOAD, INQUIRIES, u64::from(round) + 1).events);
            own.push(1e9 * own_seconds / handled as f64);
            limits.push(1e9 * limit / counted as f64);
            ratios.push(own_seconds / limit);
        }
        let (own, limit, ratio) = (median(own), median(limits), median(ratios));
        println!("{size:>11}   {own:>8.1}   {limit:>14.1}   {ratio:>5.2}");
    }
}

/// Ever more roles, as many inquiries for each, told apart like the first few; beside as many lines of the limit.
fn roles(sizes: &[u64]) {
    println!("roles   ns/event   times the first   limit ns/event   times the first   KiB/role");
    let (mut first, mut first_limit) = (None, None);
    for &size in sizes {
        let inquiries = 400 * size.max(500);
        // as many inquiries at every size, so that a clock of ten milliseconds tells the small ones as well
        let rounds = (5_000 / size.max(500)) as u32;
        let text = star(size, inquiries);
        let before = peak_after_reset();
        let model = model(&text);
        let (took, handled) =
            seconds(|| (0..rounds).map(|round| events(&model, round)).sum::<u64>());
        let of_event = 1e9 * took / handled as f64;
        let times = of_event / *first.get_or_insert(of_event);
        let per_role = |peak: u64| peak.saturating_sub(before.unwrap_or(0)) as f64 / size as f64;
        // what earlier sizes have left free is taken again and would hide what a smaller one needs
        let memory = peak().filter(|_| Some(&size) == sizes.last());
        let memory = memory.map_or("-".into(), |peak| format!("{:.1}", per_role(peak)));
        drop(model);
        let lines = u32::try_from(size).expect("a size of the table");
        let side_by_side =
            |round: u32| limit::side_by_side(lines, LOAD, inquiries, u64::from(round) + 1).events;
        let (limit, counted) = seconds(|| (0..rounds).map(side_by_side).sum::<u64>());
        let of_limit = 1e9 * limit / counted as f64;
        let limit_times = of_limit / *first_limit.get_or_insert(of_limit);
        println!(
            "{size:>5}   {of_event:>8.1}   {times:>15.2}   {of_limit:>14.1}   {limit_times:>15.2}   {memory:>8}"
        );
    }
}

/// Ever longer runs of the hub with spokes.
fn lengths(times: &[u64]) {
    println!("events of hub and spokes        seconds   MiB above what stood before");
    for &times in times {
        let source = Source::read("scenarios/queueing/hub_and_spokes.json".as_ref(), 1_000_000)
            .expect("a shipped file");
        let mut model = load(&source, &Overlay::default()).expect("a shipped file").model;
        model.study.run_for = model.study.run_for.times(times);
        let before = peak_after_reset();
        let (took, handled) = seconds(|| events(&model, 0));
        let grown = peak().map(|peak| peak.saturating_sub(before.unwrap_or(0)));
        let memory = grown.map_or("-".into(), |grown| format!("{:.1}", grown as f64 / 1024.0));
        println!("{handled:>24}   {took:>12.2}   {memory:>10}");
    }
}

/// The same replications by one thread and by two.
fn threads(once: bool) {
    let mut model = model(&one_desk(8, if once { 10_000 } else { 200_000 }));
    model.study.replications = 16;
    let stop = AtomicBool::new(false);
    let wall = |threads| {
        let options = Options::plain(threads, &stop);
        let start = Instant::now();
        let _ = experiment::run(&model, &options);
        start.elapsed().as_secs_f64()
    };
    let (one, two) = (wall(1), wall(2));
    println!(
        "16 replications: {one:.2} s by one thread, {two:.2} s by two: {:.2} times",
        one / two
    );
    let inquiries = if once { 10_000 } else { 2_000_000 };
    let limits = |threads: u64| {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for seed in 1..=threads {
                scope.spawn(move || limit::line(8, LOAD, inquiries, seed));
            }
        });
        start.elapsed().as_secs_f64()
    };
    let (alone, both) = (limits(1), limits(2));
    println!("what two of the limit get done at once here: {:.2} times one", 2.0 * alone / both);
}

fn one_desk(people: u64, inquiries: u64) -> String {
    let rate = LOAD * people as f64;
    format!(
        r#"{{"orgsim": 1, "question": "?",
            "customers": {{"plain": true, "messages": "{rate}/hour", "stop_after": {inquiries}}},
            "designs": {{"A": {{"graph": {{
                "roles": {{"desk": {{"people": {people}, "service": {{"exponential": {{"mean": "1h"}}}}}}}},
                "links": [{{"intake": {{"to": "desk"}}}}]}}}}}},
            "experiment": {{"kind": "until done", "repeat": 1}}}}"#
    )
}

/// A desk that takes no time and passes on to one of so many roles of two people.
fn star(roles: u64, inquiries: u64) -> String {
    let rate = LOAD * 2.0 * roles as f64;
    let (mut desks, mut links) = (String::new(), String::new());
    for role in 0..roles {
        let _ = write!(
            desks,
            r#", "r{role}": {{"people": 2, "service": {{"exponential": {{"mean": "1h"}}}}}}"#
        );
        let share = 1.0 / roles as f64;
        let _ =
            write!(links, r#", {{"route": {{"from": "hub", "to": "r{role}", "share": {share}}}}}"#);
    }
    format!(
        r#"{{"orgsim": 1, "question": "?",
            "customers": {{"plain": true, "messages": "{rate}/hour", "stop_after": {inquiries}}},
            "designs": {{"A": {{"graph": {{
                "roles": {{"hub": {{"people": "infinite", "service": "0s"}}{desks}}},
                "links": [{{"intake": {{"to": "hub"}}}}{links}]}}}}}},
            "experiment": {{"kind": "until done", "repeat": 1}}}}"#
    )
}

fn model(text: &str) -> Model {
    load(&Source::new("a size", text), &Overlay::default())
        .unwrap_or_else(|problems| panic!("{problems:?}"))
        .model
}

/// KiB at most in use since the last reset.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Forget the peak so far: KiB in use now.
fn peak_after_reset() -> Option<u64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    peak()
}
