//! Recorded logs in scenarios: the shipped one, and what is told where a log does not fit.

use std::path::Path;

use expect_test::{Expect, expect};
use orgsim::experiment::{Loaded, load};
use orgsim::model::Arrivals;
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::sim::{Task, Unobserved, Watch, run};
use orgsim::units::SimTime;

fn shipped(overlay: &Overlay) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/replay.json");
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    load(&source, overlay)
        .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

const LOG: &str = "asked;where;minutes\n\
    02.03.2026 09:30;mail;6\n02.03.2026 09:10;X;\n03.03.2026 10:00;fax;12\nsoon;X;1\n";

/// The findings of a scenario with one recorded stream, beside its log.
fn check(customers: &str, mapping: &str, more: &[(&str, &str)], expected: Expect) {
    let folder = tempfile::tempdir().expect("a folder for a while");
    for (name, text) in [("log.csv", LOG)].iter().chain(more) {
        std::fs::write(folder.path().join(name), text).expect("the folder can be written");
    }
    let text = format!(
        "{{ \"orgsim\": 1,\n  \"customers\": {{ {customers}\n    \"streams\": {{ \"real\": {{ \"log\": {{ \"file\": \"log.csv\", \"mapping\":\n      {mapping} }} }} }} }},\n  \"designs\": {{ \"A\": {{ \"centralized\": {{ \"care agent\": 1, \"strategist\": 1, \"open\": \"always\" }} }} }},\n  \"experiment\": {{ \"kind\": \"from empty\", \"run_for\": \"36h\", \"repeat\": 2 }} }}"
    );
    let path = folder.path().join("mine.json");
    std::fs::write(&path, text).expect("the folder can be written");
    let source = Source::read(&path, LARGEST_FILE).expect("it was written above");
    let findings = match load(&source, &Overlay::default()) {
        Ok(loaded) => loaded.scenario.warnings,
        Err(problems) => problems,
    };
    let shown = render(&source, &findings, false);
    expected.assert_eq(&shown.replace(&source.name, "mine.json"));
}

const MAPPING: &str = r#"{ "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "channel": { "column": "where" } }"#;

#[test]
fn the_shipped_log_runs_through_four_designs() {
    let loaded = shipped(&Overlay::default());
    let model = &loaded.scenario.model;
    assert_eq!(loaded.scenario.warnings, []);
    assert_eq!(loaded.logs[0].profile.inquiries, 440);
    assert_eq!(model.world.channels.len(), 5);
    let topics: Vec<&str> = model.world.topics.iter().map(|topic| topic.name.as_str()).collect();
    let stated = ["product question", "delivery", "refund", "account", "complaint"];
    assert_eq!((&topics[..5], topics[5..].to_vec()), (&stated[..], vec!["praise"]));
    let Arrivals::Recorded(rows) = &model.world.streams[0].arrivals else { panic!("a log") };
    assert_eq!(rows[0].at, SimTime::MINUTE.times(5 * 60 + 38));
    for design in &model.designs {
        let task = Task {
            world: &model.world,
            practice: &model.practice,
            organization: &design.organization,
            study: &model.study,
            watch: &Watch::default(),
            replication: 0,
            stop: None,
        };
        let counted = run(&task, &mut Unobserved).conservation;
        assert_eq!((counted.violation(), counted.arrived), (None, 440), "{}", design.name);
    }
}

#[test]
fn staff_follow_the_log() {
    let heads = |busy: &str| {
        let set = format!(r#"designs.Centralized.staff={{"busy":"{busy}"}}"#);
        let overlay = Overlay::default().set(&set).expect("an assignment");
        shipped(&overlay).scenario.staff(0)[0].1
    };
    let (calm, tight) = (heads("40%"), heads("80%"));
    assert!((calm / tight - 2.0).abs() < 1e-6, "{calm} and {tight} heads");
}

#[test]
fn what_does_not_fit_is_told_at_its_place() {
    check(r#""channels": { "mail": {}, "Xx": {} },"#, MAPPING, &[], expect![[""]]);
    check("", &MAPPING.replace("asked", "askd").replace("where", "were"), &[], expect![[""]]);
    check("", &MAPPING.replace("%d.%m.%Y", "%m.%d.%Y"), &[], expect![[""]]);
}

#[test]
fn rows_after_the_run_and_rows_that_cannot_be_read_are_told() {
    check("", MAPPING, &[], expect![[""]]);
}

#[test]
fn a_mapping_may_have_a_file_of_its_own() {
    let own = "{\n  \"one_row_per\": \"inquiry\", \"delimeter\": \";\",\n  \"time\": { \"column\": \"asked\" }\n}";
    check("", r#""own.json""#, &[("own.json", own)], expect![[""]]);
    check("", r#""other.json""#, &[], expect![[""]]);
}
