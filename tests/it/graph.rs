//! `orgsim graph`: what it shows, and that it can be pasted back.

use serde_json::Value;

use crate::place::{Place, SMALL};

#[test]
fn organizations_are_shown_as_graphs() {
    let place = Place::new();
    let ran = place.run(&["graph", "small.json", "--design", "Apart", "--format", "dot"]);
    assert!(ran.out.starts_with("digraph \"Apart\" {\n"), "{}", ran.out);
    let ran = place.run(&["graph", "small.json", "--design", "Apart", "--format", "svg"]);
    assert!(ran.out.contains("<svg") && ran.out.contains("phones"), "{}", ran.out);
    let ran = place.run(&["graph", "small.json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(told["Together"]["graph"]["links"].as_array().is_some_and(|links| !links.is_empty()));
}

/// The designs in the results of a run.
fn designs(place: &Place, scenario: &str) -> Value {
    let ran = place.run(&["run", &format!("{scenario}.json"), "--quiet", "--replications", "2"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let results = place.path().join("output").join(scenario).join("results.json");
    let results: Value = serde_json::from_str(&std::fs::read_to_string(results).unwrap()).unwrap();
    results["designs"].clone()
}

#[test]
fn a_printed_graph_pasted_back_gives_the_same_numbers() {
    let place = Place::new();
    let ran = place.run(&["graph", "small.json", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let mut pasted: Value = serde_json::from_str(SMALL).unwrap();
    pasted["designs"] = serde_json::from_str(&ran.out).unwrap();
    assert!(pasted["designs"]["Apart"]["graph"].is_object());
    place.write("pasted.json", &pasted.to_string());
    assert_eq!(designs(&place, "pasted").to_string(), designs(&place, "small").to_string());
    let again = place.run(&["graph", "pasted.json", "--format", "json"]);
    assert_eq!(again.out, ran.out);
}
