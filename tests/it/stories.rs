//! What the shipped scenarios on archetypes, vendors and sites say is to be noticed, is so.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use orgsim::experiment::{CONFIDENCE, ExperimentResult, Options, load, run};
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};

/// A shipped scenario, a few repetitions of it, with values set by path.
fn told(name: &str, sets: &[(&str, &str)]) -> ExperimentResult {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    let short = [("experiment.repeat", "4"), ("experiment.run_for", "\"6 weeks\"")];
    let value = |text: &str| serde_json::from_str(text).expect("values are JSON");
    let sets = short.iter().chain(sets).map(|&(path, text)| (path.to_owned(), value(text)));
    let overlay = Overlay { sets: sets.collect(), ..Overlay::default() };
    let loaded = load(&source, &overlay)
        .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)));
    let stop = AtomicBool::new(false);
    let options = Options { threads: 0, stop: &stop, confidence: CONFIDENCE, progress: &|_, _| {} };
    run(&loaded.scenario.model, &options)
}

/// The mean of a measure in a design.
#[track_caller]
fn mean(result: &ExperimentResult, design: &str, id: &str) -> f64 {
    let at = result.designs.iter().position(|of| of.name == design).expect("the design is there");
    result.named(at, id).and_then(|of| of.mean()).unwrap_or_else(|| panic!("no {id} of {design}"))
}

/// By how much one design is ahead of another.
#[track_caller]
fn ahead(result: &ExperimentResult, [first, second]: [&str; 2], id: &str) -> f64 {
    mean(result, first, id) - mean(result, second, id)
}

const POOL: [&str; 2] = ["Pool of four", "A specialist each"];

#[test]
fn a_pool_is_sooner_and_specialists_are_right_more_often() {
    let result = told("touchpoints.json", &[]);
    assert!(0.02 < ahead(&result, POOL, "answered_within_1h"));
    assert!(
        1.5 < mean(&result, POOL[0], "wrong_answers") / mean(&result, POOL[1], "wrong_answers")
    );
    let alone = result.designs.iter().find(|of| of.name == "One person").expect("it is there");
    assert_eq!(alone.falls_behind().map(|(role, _)| role), Some("care agent"));
}

#[test]
fn the_more_needs_a_specialist_the_less_a_pool_is_ahead() {
    let at = |share| told("touchpoints.json", &[("customers.need_unit_knowledge", share)]);
    let lead = |share| ahead(&at(share), POOL, "settled_in_conversation");
    assert!(0.02 < lead("\"0%\"") && lead("\"80%\"") < 0.0);
}

#[test]
fn a_vendor_at_night_buys_hours_and_one_in_front_hand_overs() {
    let result = told("outsourcing.json", &[]);
    let over = |design| ahead(&result, [design, "In-house"], "answered_within_1h");
    assert!(0.1 < over("Vendor at night") && over("Vendor in front") < -0.02);
    assert!(over("Vendor for what waits").abs() < 0.02);
    let uncovered = |design: &str| {
        let of = result.designs.iter().find(|of| of.name == design).expect("it is there");
        of.outline.as_ref().expect("every design has a shape").uncovered_hours
    };
    assert!((uncovered("In-house") - 84.0).abs() < 1e-6 && uncovered("Vendor at night") < 1e-6);
}

#[test]
fn hours_help_wherever_they_come_from() {
    let result = told("follow_the_sun.json", &[]);
    let over = |design| ahead(&result, [design, "One site by day"], "answered_within_1h");
    assert!(0.2 < over("Three sites") && over("Three sites") < over("One site, three shifts"));
}

#[test]
fn deflecting_is_soon_settles_least_and_sours_moods() {
    let result = told("audience.json", &[]);
    let over = |design, id| ahead(&result, [design, "Answer all"], id);
    let (brief, warm) = ("Please call us", "Good with people");
    assert!(0.05 < over(brief, "answered_within_1h") && over(warm, "answered_within_1h") < -0.02);
    assert!(over(brief, "settled_in_conversation") < -0.2);
    assert!(0.1 < over(brief, "left_worse") && over(warm, "left_worse") < -0.02);
    let private = "Into private";
    assert!(over(private, "settled_by_first_reply") < -0.1);
    assert!(over(private, "settled_in_conversation").abs() < 0.06);
}
