//! `orgsim role`: role cards and job descriptions through the program.

use serde_json::Value;

use expect_test::expect;

use crate::place::{Place, refused};

const QUICKSTART: &str = include_str!("../../scenarios/quickstart.json");

/// Few repetitions of a short run.
const SHORT: [&str; 6] = [
    "--replications",
    "2",
    "--set",
    "experiment.run_for=2 weeks",
    "--set",
    "experiment.warm_up=1 day",
];

#[test]
fn a_job_description_is_written_and_says_what_the_card_says() {
    let place = Place::new();
    place.write("quickstart.json", QUICKSTART);
    let role = ["role", "quickstart.json", "--design", "Centralized", "--role", "strategist"];
    let ran = place.run(&[&role[..], &SHORT, &["--out", "job.md", "--quiet"]].concat());
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let job = std::fs::read_to_string(place.path().join("job.md")).unwrap();
    assert!(
        job.starts_with("# Strategist\n\nPost: strategist. Way of working: Centralized.\n"),
        "{job}"
    );
    for part in
        ["Approves replies of desk", "approves replies to inquiries on x", "It is one person"]
    {
        assert!(job.contains(part), "{part} is missing in\n{job}");
    }
    let again = place.run(&[&role[..], &SHORT, &["--out", "job.md"]].concat());
    assert_eq!(again.code, Some(1), "a file is not replaced unasked");

    let ran = place.run(&[&role[..], &SHORT, &["--format", "json", "--threads", "1"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let card: Value = serde_json::from_str(&ran.out).unwrap();
    let card = &card["roles"][0];
    assert_eq!((card["role"].as_str(), card["persons"].as_u64()), (Some("strategist"), Some(1)));
    let day = &card["risk"]["away_for_a_day"];
    let effect = &day["effects"][0];
    let number = |value: &Value| value.as_f64().unwrap();
    assert!(
        number(&effect["after"]) < number(&effect["before"]),
        "a day without it is felt: {day}"
    );
    let none = &card["other_weeks"]["tried"][0];
    assert_eq!(none["set"]["designs.Centralized.approval"], "0% of replies");
    assert!(0.0 < number(&none["effects"][0]["gain"]["mean"]), "{none}");
    let other = place.run(&[&role[..], &SHORT, &["--format", "json", "--threads", "3"]].concat());
    assert!(ran.out == other.out, "one thread and three differ");
}

#[test]
fn without_a_role_every_role_gets_a_card() {
    let place = Place::new();
    let ran = place.run(&[
        "role",
        "small.json",
        "--design",
        "Apart",
        "--replications",
        "2",
        "--format",
        "json",
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let cards: Value = serde_json::from_str(&ran.out).unwrap();
    let names: Vec<&str> = cards["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["role"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "phones expert",
            "tablets expert",
            "phones desk",
            "phones lead",
            "tablets desk",
            "tablets lead"
        ]
    );
}

#[test]
fn hours_of_looking_for_mentions_are_weighed_against_replies() {
    let place = Place::new();
    let set =
        ["--set", "people.analyst.listening=4h/week", "--replications", "2", "--format", "json"];
    let ran = place.run(
        &[&["role", "small.json", "--design", "Together", "--role", "analyst"], &set[..]].concat(),
    );
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let card: Value = serde_json::from_str(&ran.out).unwrap();
    let tried = card["roles"][0]["other_weeks"]["tried"].as_array().unwrap();
    let hours: Vec<&str> = tried
        .iter()
        .map(|tried| tried["set"]["people.analyst.listening"].as_str().unwrap())
        .collect();
    assert_eq!(hours, ["2h/week", "6h/week", "8h/week"]);
}

#[test]
fn an_unknown_role_and_an_unnamed_design_are_refused_with_advice() {
    let place = Place::new();
    refused(
        &place,
        &["role", "small.json", "--design", "Together", "--role", "dsk"],
        &expect![[r#"
            error: no role is named `dsk` in the design `Together`
              = help: did you mean `desk`?
            exit 2
        "#]],
    );
    refused(
        &place,
        &["role", "small.json", "--role", "desk"],
        &expect![[r#"
        error: a role belongs to one design
          = help: name it with `--design`: `Together`, `Apart`
        exit 2
    "#]],
    );
}
