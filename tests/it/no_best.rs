//! No archetype always wins: each of seven is best somewhere within the ranges that the shipped files declare.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use orgsim::experiment::{ExperimentResult, Options, load, run};
use orgsim::model::{MeasureId, Score};
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::units::SimTime;
use serde_json::Value;

/// Most values that a claim may move away from the shipped file.
const MOST_KNOBS: usize = 3;
/// Busiest that any role of any design may be.
const BUSIEST: f64 = 0.85;

/// A design is best at something in a file, as it is or under one of its what-ifs.
struct Claim {
    file: &'static str,
    what_if: Option<&'static str>,
    score: Score,
    design: &'static str,
}

const ARCHETYPES: &str = "archetypes.json";
const EIGHT: &str = "it_depends/eight_lines.json";
const SMALL: &str = "it_depends/small_firm.json";

/// A shipped scenario, as it is or under one of its what-ifs.
fn read(claim: &Claim) -> orgsim::experiment::Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(claim.file);
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    let with = |overlay: &Overlay| {
        load(&source, overlay)
            .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
    };
    let loaded = with(&Overlay::default());
    let Some(name) = claim.what_if else { return loaded };
    let what_ifs = &loaded.scenario.what_ifs;
    let what_if = what_ifs.iter().find(|what_if| what_if.name == name).expect("it is in the file");
    let changes = &what_if.overlay;
    assert!(changes.surges.is_empty() && changes.leaves.is_empty(), "{name} only sets values");
    assert!(changes.sets.len() <= MOST_KNOBS, "{name} turns {} knobs", changes.sets.len());
    let written: Value = serde_json::from_str(&source.text).expect("shipped files are strict JSON");
    for (knob, value) in &changes.sets {
        assert!(is_in_range(&written, knob, value), "{knob} = {value} is in no declared range");
    }
    with(changes)
}

/// Whether a value lies in the range that `it_depends_on` declares for it, with a source.
fn is_in_range(scenario: &Value, knob: &str, value: &Value) -> bool {
    let declared = scenario["it_depends_on"].as_array().expect("ranges are declared");
    declared.iter().any(|range| {
        let tried = || range["try"].as_array().is_some_and(|tried| tried.contains(value));
        let between = || {
            let (from, to) = (number(&range["from"])?, number(&range["to"])?);
            Some((from..=to).contains(&number(value)?))
        };
        range["what"] == knob
            && range["source"].is_string()
            && (tried() || between().unwrap_or(false))
    })
}

/// The number in `5%`, `600/day`, `$10/hour`.
fn number(value: &Value) -> Option<f64> {
    let text = value.as_str()?;
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().ok()
}

fn simulated(claim: &Claim) -> ExperimentResult {
    let loaded = read(claim);
    let model = &loaded.scenario.model;
    let stop = AtomicBool::new(false);
    let options = Options::plain(0, &stop);
    // The same money and the same opening hours for the company's own people.
    let held = model.hold_equal.expect("cost is held equal");
    let budget = held.cost_per_year.expect("cost is held equal");
    let mut hours: Vec<Vec<(SimTime, SimTime)>> = Vec::new();
    for design in &model.designs {
        let off = (design.cost_per_year / budget - 1.0).abs();
        assert!(off <= held.within + 1e-9, "{} is {off} off", design.name);
        let own = design
            .organization
            .roles()
            .filter(|(_, role)| role.employer == orgsim::model::Employer::Own)
            .map(|(_, role)| role.calendar.until(SimTime::WEEK));
        hours.extend(own);
    }
    assert!(hours.windows(2).all(|pair| pair[0] == pair[1]), "own people open alike");
    run(model, &options)
}

/// The design is surely and noticeably better than every other one, and nobody anywhere is overrun.
#[track_caller]
fn check(claim: &Claim) {
    let result = simulated(claim);
    let score = result.scores.iter().find(|of| of.score == claim.score).expect("it is scored");
    let told = || {
        let shown = score.ranking.iter().take(3).map(|&at| {
            let value = result.of(at, score.quantity).and_then(|of| of.mean());
            format!("{} {:.4}", result.designs[at].name, value.unwrap_or(f64::NAN))
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    let winner = score.winner().map(|at| result.designs[at].name.as_str());
    assert_eq!(winner, Some(claim.design), "{:?} {:?}: {}", claim.file, claim.what_if, told());
    for design in &result.designs {
        assert!(!design.withheld, "{} falls behind", design.name);
        let busiest = design.busiest_role().expect("it has people");
        let busy = busiest.number("utilization").interval.expect("it is busy").mean;
        assert!(busy <= BUSIEST, "{} of {} is {busy}", busiest.name, design.name);
    }
}

fn claim(file: &'static str, what_if: &'static str, score: Score, design: &'static str) -> Claim {
    let what_if = (!what_if.is_empty()).then_some(what_if);
    Claim { file, what_if, score, design }
}

#[test]
fn a_specialist_for_each_channel_hears_most() {
    check(&claim(ARCHETYPES, "", Score::Proactive, "Touchpoint"));
}

#[test]
fn one_desk_is_soonest_where_anybody_can_answer() {
    check(&claim(ARCHETYPES, "anybody can answer", Score::Responsive, "Centralized"));
}

#[test]
fn units_of_their_own_are_soonest_where_handing_over_is_dear() {
    check(&claim(ARCHETYPES, "lines apart", Score::Responsive, "Decentralized"));
}

#[test]
fn employees_are_soonest_where_only_they_know() {
    let what_if = "only those who make it know";
    check(&claim(ARCHETYPES, what_if, Score::Responsive, "Holistic"));
}

#[test]
fn a_vendor_is_soonest_where_hands_are_what_is_lacking() {
    let what_if = "much to do, hands are cheap elsewhere";
    check(&claim(ARCHETYPES, what_if, Score::Responsive, "Outsourced"));
}

#[test]
fn a_hub_with_spokes_is_soonest_among_many_small_units() {
    check(&claim(EIGHT, "", Score::Responsive, "Hub and spoke"));
}

#[test]
fn two_who_do_it_all_settle_most_in_a_small_firm() {
    let what_if = "half is workshop talk";
    check(&claim(SMALL, what_if, Score::Interactive, "Two who do it all"));
}

#[test]
fn a_dandelion_is_best_at_nothing_and_hears_what_units_alone_do_not() {
    let as_it_is = simulated(&claim(ARCHETYPES, "", Score::Responsive, ""));
    let position = |name| as_it_is.designs.iter().position(|of| of.name == name).expect("there");
    let (dandelion, units) = (position("Dandelion"), position("Decentralized"));
    for score in &as_it_is.scores {
        assert_ne!(score.best(), Some(dandelion), "{:?}", score.score);
    }
    let heard = |of| {
        as_it_is.measured(of, MeasureId::MentionsReached).and_then(|of| of.mean()).expect("heard")
    };
    assert!(heard(units) + 0.05 < heard(dandelion));
}
