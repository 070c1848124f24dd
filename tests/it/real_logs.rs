//! Real inquiry logs, unedited, through four designs, by scenarios as anybody would write them.
//!
//! The folder named by `ORGSIM_DATA` holds the logs and `facts.json`, what independent counting
//! found. They are not part of this repository.

use std::path::{Path, PathBuf};

use orgsim::experiment::{Loaded, load};
use orgsim::model::Arrivals;
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::sim::{Task, Unobserved, Watch, run};
use serde_json::Value;

use crate::place::{Place, Ran};

/// The designs of both scenarios, scaled to what the log brings.
const DESIGNS: &str = r#""designs": {
    "Centralized":   { "centralized":   { "staff": { "busy": "75%" }, "open": "always" } },
    "Decentralized": { "decentralized": { "staff": { "busy": "75%" }, "open": "always" } },
    "Hub and spoke": { "hub_and_spoke": { "staff": { "busy": "75%" }, "open": "always" } },
    "Outsourced":    { "outsourced":    { "staff": { "busy": "75%" }, "open": "always", "vendor_open": "always" } }
  }"#;

const CONVERSATIONS: &str = r#"{
  "orgsim": 1,
  "question": "One day of many companies on X: who would have answered faster?",
  "customers": {
    "need_unit_knowledge": "30%",
    "streams": { "conversations": { "log": { "mapping": {
      "file": "twitter_support_sample.csv", "one_row_per": "message", "channel": "X",
      "window": { "from": "2017-10-31", "to": "2017-11-01" },
      "time": { "column": "created_at", "format": "%a %b %d %H:%M:%S %z %Y" },
      "id": "tweet_id", "parent": "in_response_to_tweet_id", "author": "author_id",
      "inbound": { "column": "inbound", "is": "True" }, "first_response": "direct",
      "unit": { "most_frequent": 5 }
    } } } }
  },
  DESIGNS,
  "experiment": { "kind": "from empty", "run_for": "24h", "repeat": 2 }
}"#;

const INCIDENTS: &str = r#"{
  "orgsim": 1,
  "question": "Two weeks of incidents: would they have waited less elsewhere?",
  "customers": {
    "need_unit_knowledge": "30%",
    "topics": { "*": { "work": "20m" } },
    "streams": { "incidents": { "log": { "file": "itsm_incident_events.csv", "mapping": "incidents.json" } } }
  },
  DESIGNS,
  "experiment": { "kind": "from empty", "run_for": "15 days", "repeat": 1 }
}"#;

const INCIDENTS_MAPPING: &str = r#"{
  "one_row_per": "event", "missing": ["?"],
  "window": { "from": "2016-05-09", "to": "2016-05-23" },
  "case": "number",
  "time": { "column": "opened_at", "format": "%d/%m/%Y %H:%M" },
  "updated": { "column": "sys_updated_at", "format": "%d/%m/%Y %H:%M" },
  "state": "incident_state",
  "channel": { "column": "contact_type" },
  "topic": { "column": "category", "from": "first" },
  "priority": { "column": "priority" },
  "unit": { "column": "assignment_group", "most_frequent": 8 },
  "customer": "caller_id",
  "first_response": { "first_update": { "column": "assigned_to", "present": true } },
  "resolution": { "last_row": { "at": { "column": "resolved_at", "format": "%d/%m/%Y %H:%M" } } },
  "hand_overs": { "maximum_of": "reassignment_count" }
}"#;

/// The folder of real logs; says why where there is none.
#[expect(clippy::print_stdout, reason = "a skipped test says so on one line")]
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("ORGSIM_DATA").map(PathBuf::from);
    if folder.is_none() {
        assert!(std::env::var_os("ORGSIM_NO_SKIP").is_none(), "ORGSIM_DATA names no folder");
        println!("skipped: ORGSIM_DATA names no folder of real logs");
    }
    folder
}

/// A folder of its own with these files, read back as a scenario whose logs lie in `data`.
fn loaded(scenario: &str, mapping: &str, data: &Path) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let path = folder.path().join("mine.json");
    std::fs::write(&path, scenario.replace("DESIGNS", DESIGNS)).expect("the folder can be written");
    std::fs::write(folder.path().join("incidents.json"), mapping).expect("it can be written");
    let source = Source::read(&path, LARGEST_FILE).expect("it was written above");
    let source = source.with_data(Some(data.to_owned()));
    load(&source, &Overlay::default())
        .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

fn facts(data: &Path, set: &str) -> Value {
    let text = std::fs::read_to_string(data.join("facts.json")).expect("facts.json is there");
    let facts: Value = serde_json::from_str(&text).expect("facts.json is JSON");
    facts["datasets"][set].clone()
}

/// What `orgsim check` tells of the only log.
fn profile(loaded: &Loaded) -> Value {
    assert_eq!(loaded.logs.len(), 1);
    assert_eq!(loaded.logs[0].dropped, []);
    serde_json::to_value(&loaded.logs[0].profile).expect("a profile is JSON")
}

/// The same number of values, and quantiles to a second or a thousandth.
#[track_caller]
fn same_summary(actual: &Value, expected: &Value) {
    assert_eq!(actual["n"], expected["n"]);
    for key in ["p10", "median", "p90", "p99", "max"] {
        let (actual, expected) = (actual[key].as_f64(), expected[key].as_f64());
        let near = matches!((actual, expected), (Some(a), Some(e)) if (a - e).abs() <= (0.001 * e).max(1.0));
        assert!(near, "{key}: {actual:?} instead of {expected:?}");
    }
}

/// Every design meets all of the log's inquiries and loses none of them.
fn replayed(loaded: &Loaded, inquiries: usize) {
    let model = &loaded.scenario.model;
    let Arrivals::Recorded(rows) = &model.world.streams[0].arrivals else {
        panic!("the stream replays a log")
    };
    assert_eq!(rows.len(), inquiries);
    assert_eq!(model.designs.len(), 4);
    let watch = Watch::default();
    for (number, design) in model.designs.iter().enumerate() {
        for (name, heads, _) in loaded.scenario.staff(number) {
            assert!(0.0 < heads && heads.is_finite(), "{}: {heads} of {name}", design.name);
        }
        for replication in 0..model.study.replications {
            let task = Task::of(model, design, &watch, replication);
            let outcome = run(&task, &mut Unobserved);
            let counted = outcome.conservation;
            assert_eq!(counted.violation(), None, "{}", design.name);
            assert_eq!(counted.arrived, inquiries as u64, "{}", design.name);
            let left = counted.inside as f64 / counted.arrived as f64;
            assert!(left < 0.6, "{}: {left} still inside", design.name);
        }
    }
}

#[test]
fn conversations_of_a_day_run_through_four_designs() {
    let Some(data) = data() else { return };
    let facts = facts(&data, "twitter_support_sample");
    let loaded = loaded(CONVERSATIONS, "", &data);
    let profile = profile(&loaded);
    assert_eq!(profile["rows"], facts["rows"]);
    assert_eq!(profile["inquiries"], facts["arrivals_densest_day"]["n_in_window"]);
    same_summary(&profile["first_response_s"], &facts["first_response_s_on_2017_10_31"]);
    let world = &loaded.scenario.model.world;
    assert_eq!((world.channels[0].name.as_str(), world.units.len()), ("X", 6));
    replayed(&loaded, 900);
}

#[test]
fn the_program_tells_how_many_lie_outside_a_window() {
    let Some(data) = data() else { return };
    let facts = facts(&data, "twitter_support_sample");
    let place = Place::new();
    for (until, fact) in [
        (None, "arrivals_densest_day"),
        (Some("2017-12-04"), "arrivals_all_2017_10_01_to_2017_12_04"),
    ] {
        let day = r#""from": "2017-10-31", "to": "2017-11-01""#;
        let window = until
            .map_or(day.to_owned(), |to| day.replace("10-31", "10-01").replace("2017-11-01", to));
        let text = CONVERSATIONS.replace(day, &window).replace("DESIGNS", DESIGNS);
        place.write("mine.json", &text);
        let mut command = place.command(&["check", "mine.json", "--format", "json"]);
        let ran = Ran::of(command.env("ORGSIM_DATA", &data).output().expect("it can be started"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let told: Value = serde_json::from_str(&ran.out).expect("it is JSON");
        let profile = &told["logs"][0]["profile"];
        assert_eq!(profile["inquiries"], facts[fact]["n_in_window"]);
        for counted in
            [&profile["arrivals"]["n_outside_window"], &profile["inquiries_outside_window"]]
        {
            assert_eq!(counted, &facts[fact]["n_outside_window"], "{fact}");
        }
    }
}

#[test]
fn the_whole_sample_has_gaps_and_so_no_replay() {
    let Some(data) = data() else { return };
    let window = r#""window": { "from": "2017-10-31", "to": "2017-11-01" },"#;
    let text = CONVERSATIONS.replace(window, "").replace("DESIGNS", DESIGNS);
    let source = Source::new("mine.json", text).with_data(Some(data));
    let problems = load(&source, &Overlay::default()).expect_err("no continuous period");
    assert_eq!(problems[0].code, "log-gaps");
    let help = problems[0].help.as_deref().expect("advice");
    assert!(help.starts_with("add a window"), "{help}");
}

#[test]
fn two_weeks_of_incidents_run_through_four_designs() {
    let Some(data) = data() else { return };
    let facts = facts(&data, "itsm_incident_events");
    let loaded = loaded(INCIDENTS, INCIDENTS_MAPPING, &data);
    let profile = profile(&loaded);
    for key in ["rows", "inquiries", "t_first", "t_last", "topics"] {
        assert_eq!(profile[key], facts[key], "{key}");
    }
    for (key, fact) in [("channel_mix", "channel_mix"), ("priority_mix", "priority_mix_last_row")] {
        assert_eq!(profile[key], facts[fact], "{key}");
    }
    same_summary(&profile["first_response_s"], &facts["first_assignment_s"]);
    same_summary(&profile["resolution_s"], &facts["resolution_s"]);
    let hand_overs = &facts["handoffs_recorded_max_reassignment_count"];
    assert_eq!(profile["hand_overs"]["n"], hand_overs["n"]);
    assert_eq!(profile["hand_overs"]["max"], hand_overs["max"]);
    assert_eq!(loaded.scenario.model.world.units.len(), 9);
    replayed(&loaded, 3515);
}
