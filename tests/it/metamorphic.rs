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

    /// Roles, topics, units and designs may be called anything, but for what befalls people: that belongs to the name of
    /// their role.
    #[test]
    fn names_are_only_names(text in any_scenario()) {
        prop_assume!(["absence", "turnover", "endless"].iter().all(|key| !text.contains(key)));
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

/// Who is ill when, and how long tasks take, belongs to the role and not to its place in the list.
#[test]
fn roles_may_stand_in_any_order_and_beside_others() {
    let role = |people: u32| {
        format!(
            r#"{{ "people": {people}, "service": {{ "exponential": {{ "mean": "1h" }} }}, "turnover": "40%/year",
                "absence": {{ "share": "10%", "lasts": {{ "exponential": {{ "mean": "1 day" }} }} }},
                "proactive": {{ "endless": {{ "task": {{ "exponential": {{ "mean": "20m" }} }} }} }} }}"#
        )
    };
    let told = |order: &[&str]| -> Vec<String> {
        let people = |name: &&str| if **name == *"first" { 3 } else { 2 };
        let roles: Vec<String> =
            order.iter().map(|name| format!("\"{name}\": {}", role(people(name)))).collect();
        let model = model(&format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "1.2/hour" }},
                "designs": {{ "D": {{ "graph": {{ "roles": {{ {} }}, "links": [
                    {{ "intake": {{ "to": "first" }} }}, {{ "route": {{ "from": "first", "to": "second", "share": "60%" }} }} ] }} }} }},
                "experiment": {{ "kind": "from empty", "run_for": "8 weeks", "repeat": 1, "seed": 4 }} }}"#,
            roles.join(", ")
        ));
        let outcome = simulate(&model, 0);
        let at = |name: &str| order.iter().position(|of| *of == name).expect("it is there");
        ["first", "second"].iter().map(|name| format!("{:?}", outcome.roles[at(name)])).collect()
    };
    let plain = told(&["first", "second"]);
    assert!(plain == told(&["second", "first"]), "the order of roles changes a result");
    assert!(
        plain == told(&["spare", "first", "second"]),
        "a role that nobody reaches changes a result"
    );
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
        |of| of.roles[0].wait.squares_micros() as f64,
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
