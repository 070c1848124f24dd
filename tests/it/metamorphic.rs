//! Changes of a scenario that say the same in other words, and so must change no bit; and one that must change no law.
//!
//! More of them, about single mechanisms, are among the invariants.

use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use serde_json::{Map, Value};

use orgsim::experiment::{DesignResult, Options, run};
use orgsim::model::Model;

use crate::invariants::{any_scenario, config};
use crate::place::SMALL;
use crate::support::{model, replicate, simulate};

/// Every bit of the first replication.
fn bits(text: &str) -> String {
    format!("{:?}", simulate(&model(text), 0))
}

/// The keys of an object in the opposite order.
fn turn_round(value: &mut Value) {
    if let Some(object) = value.as_object_mut() {
        *object = std::mem::take(object).into_iter().rev().collect();
    }
}

/// The document with the keys of its parts in the opposite order. Tables of names keep theirs, which may mean something.
fn keys_turned_round(text: &str) -> String {
    let mut document: Value = serde_json::from_str(text).unwrap();
    let design = &mut document["designs"]["Any"];
    if let Some(graph) = design.get_mut("graph") {
        let roles = graph["roles"].as_object_mut().map(Map::values_mut).into_iter().flatten();
        for role in roles {
            ["desk", "knows"].iter().filter_map(|key| role.get_mut(key).map(turn_round)).count();
            turn_round(role);
        }
        let links = graph["links"].as_array_mut().into_iter().flatten();
        links.filter_map(Value::as_object_mut).flat_map(Map::values_mut).for_each(turn_round);
        turn_round(graph);
    }
    for part in [&["customers", "behavior"][..], &["customers"], &["experiment"]] {
        turn_round(part.iter().fold(&mut document, |value, key| &mut value[*key]));
    }
    turn_round(&mut document);
    document.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases.min(12), ..config() })]

    /// Roles, topics, units and designs may be called anything.
    #[test]
    fn names_are_only_names(text in any_scenario()) {
        let mut renamed = text.clone();
        for name in ["Any", "order", "expert", "reviewer", "senior"] {
            renamed = renamed.replace(&format!("\"{name}\""), &format!("\"Z \u{e9}{name}\""));
        }
        for number in 0..8 {
            for stem in ["r", "u", "desk "] {
                let (old, new) = (format!("\"{stem}{number}\""), format!("\"{number}: \u{3bb}{stem}\""));
                renamed = renamed.replace(&old, &new);
            }
        }
        prop_assert_ne!(&text, &renamed);
        prop_assert_eq!(bits(&text), bits(&renamed));
    }

    /// Keys may stand in any order.
    #[test]
    fn the_order_of_keys_is_none(text in any_scenario()) {
        let turned = keys_turned_round(&text);
        prop_assert!(turned.find("\"seed\"") < turned.find("\"warm_up\""));
        prop_assert_eq!(bits(&text), bits(&turned));
    }
}

/// Each design's results, whatever stands beside it.
fn by_design(model: &Model) -> Vec<DesignResult> {
    let stop = AtomicBool::new(false);
    let options = Options::plain(2, &stop);
    run(model, &options).designs
}

#[test]
fn a_design_has_the_same_results_whatever_stands_beside_it() {
    let both = model(SMALL);
    let told =
        |designs: Vec<DesignResult>| designs.iter().map(|of| format!("{of:?}")).collect::<Vec<_>>();
    let forward = told(by_design(&both));
    let mut turned = both.clone();
    turned.designs.reverse();
    let backward = told(by_design(&turned));
    assert!(forward.iter().eq(backward.iter().rev()), "the order of designs changes a result");
    let mut alone = both.clone();
    alone.designs.truncate(1);
    assert!(forward[..1] == told(by_design(&alone)), "a design is not the same alone");
}

/// Two Poisson streams are one of their joint rate.
#[test]
fn a_stream_may_be_split_in_two() {
    let queue = |streams: &str, seed: u32| {
        model(&format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "streams": {{ {streams} }} }},
            "designs": {{ "Desk": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 2, "service": {{ "exponential": {{ "mean": "1h" }} }} }} }},
                "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ "kind": "from empty", "run_for": "300h", "repeat": 150, "seed": {seed} }} }}"#
        ))
    };
    let one = replicate(&queue(r#""all": { "messages": "1.6/hour" }"#, 1));
    let split = r#""some": { "messages": "0.4/hour" }, "others": { "messages": "1.2/hour" }"#;
    let two = replicate(&queue(split, 2));
    let numbers: [fn(&orgsim::sim::Outcome) -> f64; 3] = [
        |of| of.conservation.arrived as f64,
        |of| of.roles[0].queue.micros() as f64 / of.counted.micros() as f64,
        |of| of.roles[0].wait.squares_minutes(),
    ];
    for (number, of) in numbers.iter().enumerate() {
        let values =
            |outcomes: &[orgsim::sim::Outcome]| outcomes.iter().map(of).collect::<Vec<f64>>();
        let known = |outcomes| orgsim::stats::mean_interval(&values(outcomes), 0.95);
        let (a, b) = (known(&one), known(&two));
        let error = a.standard_error.unwrap().hypot(b.standard_error.unwrap());
        assert!((a.mean - b.mean).abs() < 4.0 * error, "number {number}: {a:?} and {b:?}");
    }
}
