//! What the answer depends on, as people meet it: in a run, and as a sweep of its own.

use expect_test::expect;
use serde_json::Value;

use crate::place::{Place, SMALL, refused};

/// The small scenario with inputs to turn.
fn turned(place: &Place) {
    let text = SMALL.trim_end().strip_suffix('}').expect("it is an object").trim_end().to_owned();
    let depends = r#""it_depends_on": [
    { "what": "customers.messages", "from": "10/day", "to": "400/day", "source": "a guess" },
    { "what": "designs.*.approval", "try": ["0% of replies", "50% of replies"], "source": "yours" } ]"#;
    place.write("turned.json", &format!("{text},\n  {depends}\n}}\n"));
}

fn json(place: &Place, path: &str) -> Value {
    let text = std::fs::read_to_string(place.path().join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_run_turns_what_the_scenario_names_and_a_rerun_gives_the_same_bytes() {
    let place = Place::new();
    turned(&place);
    let run = |arguments: &[&str]| {
        let ran = place.run(&[arguments, &["--quiet"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        ran.out
    };
    let five = ["run", "turned.json", "--repeat", "5"];
    let out = run(&[&five[..], &["--threads", "1", "--out", "one"]].concat());
    assert!(out.contains("\nIT DEPENDS ON  ") && out.contains("changed, one at a time"), "{out}");
    assert!(out.lines().count() <= 45, "{out}");
    run(&[&five[..], &["--threads", "3", "--out", "three"]].concat());
    assert!(place.files("one") == place.files("three"), "one thread and three differ");
    run(&["rerun", "one/run.json", "--out", "again"]);
    assert!(place.files("one") == place.files("again"), "a rerun differs");

    let results = json(&place, "one/results.json");
    let dials = &results["dials"];
    assert_eq!((&dials["version"], &dials["complete"]), (&1.into(), &true.into()));
    let messages = &dials["dials"][0];
    assert_eq!(messages["what"], "customers.messages");
    let points = messages["points"].as_array().unwrap();
    assert!(3 <= points.len(), "{points:?}");
    // the scenario's own value is the baseline, with its own numbers
    let own = points.iter().find(|point| point["yours"] == true).expect("it is among them");
    let measure = &results["designs"][0]["scopes"][0]["measures"]["answered_within_1h"]["mean"];
    assert_eq!(&own["designs"][0]["values"]["responsive"]["mean"], measure);
    let rows = std::fs::read_to_string(place.path().join("one/dials.csv")).unwrap();
    let designs = results["designs"].as_array().unwrap().len();
    let scores = dials["scores"].as_array().unwrap().len();
    let points: usize = dials["dials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|dial| dial["points"].as_array().unwrap().len())
        .sum();
    assert_eq!(rows.lines().count(), 1 + points * designs * scores);
}

#[test]
fn no_dials_leaves_them_out_and_changes_nothing_else() {
    let place = Place::new();
    turned(&place);
    for (name, more) in [("with", None), ("without", Some("--no-dials"))] {
        let five = ["run", "turned.json", "--repeat", "5", "--quiet", "--out", name];
        let ran = place.run(&five.into_iter().chain(more).collect::<Vec<_>>());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(ran.out.contains("IT DEPENDS ON  (not swept)"), more.is_some(), "{}", ran.out);
    }
    let (mut with, without) =
        (json(&place, "with/results.json"), json(&place, "without/results.json"));
    with.as_object_mut().unwrap().remove("dials").expect("there are dials");
    assert_eq!(with, without);
    assert!(!place.path().join("without/dials.csv").exists());
    let again = place.run(&["rerun", "without/run.json", "--quiet", "--out", "again"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert!(place.files("without") == place.files("again"), "a rerun differs");
}

#[test]
fn a_sweep_is_a_table_a_document_or_a_file() {
    let place = Place::new();
    turned(&place);
    let asked = ["sweep", "turned.json", "--what", "customers.messages", "--repeat", "3"];
    let range = ["--from", "20/day", "--to", "60/day", "--points", "3"];
    let sweep = |more: &[&str]| {
        let ran = place.run(&[&asked[..], &range, more].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    };
    let text = sweep(&[]);
    assert!(text.starts_with("SWEEP  Messages a day  (customers.messages)\n"), "{text}");
    for value in ["20/day", "40/day", "60/day"] {
        assert!(text.contains(&format!("\n    {value}")), "{value} in {text}");
    }
    let data: Value = serde_json::from_str(&sweep(&["--format", "json"])).unwrap();
    assert_eq!(data["orgsim_sweep"], 1);
    assert_eq!(data["dials"]["budget_events"], Value::Null);
    let first = &data["dials"]["dials"][0]["points"][0];
    assert_eq!(
        (&first["text"], &first["designs"][0]["repetitions"]),
        (&"20/day".into(), &3.into())
    );
    assert_eq!(sweep(&["--out", "table.csv"]), "");
    let table = std::fs::read_to_string(place.path().join("table.csv")).unwrap();
    assert!(table.starts_with("what,declared,value,number,yours,design,measure,mean,"), "{table}");
    let tried = place.run(&[
        "sweep",
        "turned.json",
        "--what",
        "designs.*.approval",
        "--try",
        "0% of replies",
        "--repeat",
        "3",
    ]);
    assert!(tried.out.contains("\n    0% of replies "), "{}", tried.out);
}

#[test]
fn sweeps_that_make_no_sense_are_refused() {
    let place = Place::new();
    refused(
        &place,
        &["sweep", "small.json"],
        &expect![[r#"
        error: the scenario has no `it_depends_on`
          = help: name an input: `--what customers.messages --from 100/day --to 600/day`
        exit 2
    "#]],
    );
    refused(
        &place,
        &["sweep", "small.json", "--what", "customers.messages"],
        &expect![[r#"
        error: `customers.messages` needs values
          = help: state `--from` and `--to`, or `--try` for each value
        exit 2
    "#]],
    );
    refused(
        &place,
        &["sweep", "small.json", "--what", "what_if.storm.surge.times", "--try", "2"],
        &expect![[r#"
            error: a sweep runs the designs and no what-if, so `what_if.storm.surge.times` changes nothing
              = help: put the surge under `customers.surges`, or what is set by `--set`, and sweep that
            exit 2
        "#]],
    );
    refused(
        &place,
        &["sweep", "small.json", "--what", "customers.mesages", "--try", "9/day"],
        &expect![[r#"
            error: `customers` has no `mesages`
              = help: did you mean `messages`?
            exit 3
        "#]],
    );
    refused(
        &place,
        &[
            "sweep",
            "small.json",
            "--what",
            "customers.messages",
            "--from",
            "9/day",
            "--to",
            "3/day",
        ],
        &expect![[r#"
            error: the range runs from `9/day` to `3/day`
              = help: state the smaller value as `from`
            exit 3
        "#]],
    );
    refused(
        &place,
        &["sweep", "small.json", "--what", "customers.messages", "--try", "many", "--repeat", "2"],
        &expect![[r#"
            error: a value of the sweep cannot be run: `many` is not a rate
              = help: write each value as in the file, with its unit, and give it a `--try` of its own: `--try 100/day --try 400/day`
            exit 3
        "#]],
    );
    refused(
        &place,
        &["sweep", "small.json", "--what", "customers.messages", "--try", "9/day", "--repeat", "1"],
        &expect![[r#"
            error: a single repetition cannot tell luck from a difference
              = help: ask for more: `--repeat 30`
            exit 2
        "#]],
    );
    let twice = ["--try", "9/day", "--try", "3/day", "--try", "9/day"];
    refused(
        &place,
        &[&["sweep", "small.json", "--what", "customers.messages"][..], &twice].concat(),
        &expect![[r#"
            error: `9/day` is to be tried twice
              = help: state each value once
            exit 3
        "#]],
    );
}

/// In a network of plain desks that lose nobody, the share served is no score; two ranges meet in a corner all the same.
#[test]
fn two_ranges_of_a_network_that_loses_nobody_end_in_a_result() {
    let place = Place::new();
    let desk = |name: &str, minutes: u32| {
        format!(
            r#""{name}": {{ "graph": {{ "roles": {{ "desk": {{ "people": 1, "service": {{ "exponential": {{ "mean": "{minutes}m" }} }} }} }},
            "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }}"#
        )
    };
    let text = format!(
        r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "5/hour" }}, "designs": {{ {}, {} }},
        "experiment": {{ "run_for": "200h", "warm_up": "20h", "repeat": 5 }}, "it_depends_on": [
        {{ "what": "customers.messages", "from": "3/hour", "to": "7/hour" }},
        {{ "what": "designs.Slow.graph.roles.desk.people", "from": 1, "to": 3 }} ] }}"#,
        desk("Slow", 8),
        desk("Fast", 6)
    );
    place.write("two.json", &text);
    let ran = place.run(&["run", "two.json", "--quiet", "--out", "two"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    let results = json(&place, "two/results.json");
    let corner = &results["dials"]["together"]["point"];
    assert_eq!(corner["scores"].as_array().map(Vec::len), Some(1), "{corner}");
}
