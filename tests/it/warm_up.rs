//! Warm-ups that the program finds, and those it finds too short.

use crate::place::Place;

/// A queue with one desk, busy 95% of its time.
fn queue(warm_up: &str) -> String {
    format!(
        r#"{{ "orgsim": 1, "question": "How long is the line?",
        "customers": {{ "plain": true, "messages": "9.5/hour" }},
        "designs": {{ "Desk": {{ "graph": {{
            "roles": {{ "desk": {{ "people": 1, "service": {{ "exponential": {{ "mean": "6m" }} }} }} }},
            "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
        "experiment": {{ "warm_up": "{warm_up}", "run_for": "150h", "follow": "0s", "repeat": 100, "seed": 3 }} }}"#
    )
}

#[test]
fn a_warm_up_by_mser_5_is_found_told_and_found_again() {
    let place = Place::new();
    place.write("found.json", &queue("by MSER-5"));
    let ran = place.run(&["run", "found.json", "--no-dials", "--out", "one"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let told = ran.err.strip_prefix("note: the warm-up is ").expect("it is told");
    let minutes: u64 =
        told.split_once("m, found by MSER-5 from 10 pilots").unwrap().0.parse().unwrap();
    assert!((60..15_000).contains(&minutes), "{minutes}");
    let again = ["rerun", "one/run.json", "--threads", "1", "--quiet", "--out", "again"];
    let ran = place.run(&again);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(place.files("one") == place.files("again"), "a rerun differs");
    let results = std::fs::read_to_string(place.path().join("one/results.json")).unwrap();
    let results: serde_json::Value = serde_json::from_str(&results).unwrap();
    let found = results["warm_up_minutes"].as_f64().unwrap();
    assert!((found - minutes as f64).abs() < 1e-9, "{found}");
    // stated as it was found, it gives the same numbers
    place.write("stated.json", &queue(&format!("{minutes}m")));
    let ran = place.run(&["run", "stated.json", "--no-dials", "--quiet", "--out", "stated"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let table = |folder: &str| {
        std::fs::read_to_string(place.path().join(folder).join("roles.csv")).unwrap()
    };
    assert_eq!(table("one"), table("stated"));
}

#[test]
fn a_start_that_is_not_forgotten_is_told_beneath_the_answer() {
    let place = Place::new();
    for (warm_up, short) in [("0s", true), ("800h", false)] {
        place.write("queue.json", &queue(warm_up));
        let ran = place.run(&["run", "queue.json", "--no-dials", "--quiet", "--out", "out"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(ran.out.contains("warm-up looks too short"), short, "{warm_up}: {}", ran.out);
    }
}

#[test]
fn a_check_says_that_it_will_be_found() {
    let place = Place::new();
    place.write("found.json", &queue("by MSER-5"));
    let ran = place.run(&["check", "found.json"]);
    assert!(
        ran.out.contains("\n  the warm-up is found by MSER-5 before anything is run\n"),
        "{}",
        ran.out
    );
}
