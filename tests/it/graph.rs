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

#[test]
fn a_graph_is_written_as_the_name_of_its_file_says() {
    let place = Place::new();
    let ran = place.run(&["graph", "small.json", "--design", "Apart", "--out", "apart.svg"]);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "", "written: apart.svg\n")
    );
    let picture = std::fs::read_to_string(place.path().join("apart.svg")).unwrap();
    assert!(picture.contains("<svg"), "{picture}");
    for command in ["graph", "sweep", "role"] {
        let ran = place.run(&[command, "small.json", "--out", "apart.xlsx"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{command}");
        assert!(
            ran.err.starts_with("error: the name of `apart.xlsx` ends in no format there is\n")
        );
        assert!(!place.path().join("apart.xlsx").exists(), "{command}");
    }
}

#[test]
fn a_misspelt_design_is_told_in_words_unless_data_are_asked_for() {
    let place = Place::new();
    let ran = place.run(&["graph", "small.json", "--design", "apart"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("error: no design is named `apart`\n"), "{}", ran.err);
    let ran = place.run(&["graph", "small.json", "--design", "apart", "--format", "json"]);
    assert!(serde_json::from_str::<Value>(&ran.out).is_ok() && ran.err.is_empty(), "{}", ran.out);
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
