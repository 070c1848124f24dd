//! Shipped networks against theory, and answers on the screen.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use expect_test::expect;
use orgsim::experiment::{
    CONFIDENCE, ExperimentResult, Measured, Options, RoleResult, Verdict, load, run,
};
use orgsim::model::Model;
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::stats::queueing::break_even_factor;
use serde_json::Value;

use crate::place::Place;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// A shipped scenario with values set by path.
fn model(name: &str, sets: &[(&str, &str)]) -> Model {
    let source = Source::read(&folder().join(name), LARGEST_FILE).expect("a shipped file is there");
    let value = |text: &str| serde_json::from_str(text).expect("values are JSON");
    let sets = sets.iter().map(|&(path, text)| (path.to_owned(), value(text)));
    let overlay = Overlay { sets: sets.collect(), ..Overlay::default() };
    let loaded = load(&source, &overlay);
    loaded.unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false))).scenario.model
}

fn told(model: &Model) -> ExperimentResult {
    let stop = AtomicBool::new(false);
    run(model, &Options { threads: 0, stop: &stop, confidence: CONFIDENCE, progress: &|_, _| {} })
}

/// The estimate lies within four standard errors of the exact value, and these are small enough to mean something.
#[track_caller]
fn near(what: &str, measured: &Measured, exact: f64) {
    let interval = measured.interval.expect("it is measured");
    let error = interval.standard_error.expect("there are several replications");
    assert!(error <= 0.08 * exact, "{what}: {} ± {error} is too rough", interval.mean);
    let off = (interval.mean - exact).abs() / error;
    assert!(off <= 4.0, "{what}: {} ± {error} against {exact}", interval.mean);
}

fn role(result: &ExperimentResult, design: usize, role: usize) -> &RoleResult {
    &result.designs[design].roles[role]
}

/// Minutes of an hour, for theory that speaks of hours.
const HOUR: f64 = 60.0;

#[test]
fn eight_people_in_one_line_keep_customers_as_long_as_erlang_says() {
    let sets = [("customers.stop_after", "40000"), ("experiment.repeat", "8")];
    let result = told(&model("queueing/mm8.json", &sets));
    near("wait", role(&result, 0, 0).number("wait_mean"), 0.876916 * HOUR);
    near("load", role(&result, 0, 0).number("utilization"), 0.9);
}

#[test]
fn a_hub_and_its_spokes_keep_customers_as_long_as_jackson_says() {
    let short = [
        ("experiment.run_for", "\"6,000h\""),
        ("experiment.warm_up", "\"500h\""),
        ("experiment.repeat", "8"),
    ];
    let result = told(&model("queueing/hub_and_spokes.json", &short));
    near("hub", role(&result, 0, 0).number("wait_mean"), 0.0240382 * HOUR);
    for spoke in 1..5 {
        near("spoke", role(&result, 0, spoke).number("wait_mean"), 0.444079 * HOUR);
    }
    near("inside", &result.designs[0].time_inside, 1.151415 * HOUR);
}

#[test]
fn ten_people_for_the_work_of_ten_lose_whom_palm_says() {
    let result = told(&model("erlang_a.json", &[("experiment.repeat", "8")]));
    near("leave", role(&result, 0, 0).number("abandoned"), 0.1039);
    let [ten, eleven] =
        [0, 1].map(|design| role(&result, design, 0).number("abandoned").mean().expect("some"));
    assert!(eleven < 0.8 * ten, "{ten} and {eleven}");
}

#[test]
fn going_first_is_paid_for_by_the_others_as_cobham_says() {
    let result = told(&model("priorities.json", &[("experiment.repeat", "10")]));
    let wait = |design, topic: usize| role(&result, design, 0).topics[topic].number("wait_mean");
    near("first come, urgent", wait(0, 0), 7.0 / 3.0 * HOUR);
    near("first come, other", wait(0, 1), 7.0 / 3.0 * HOUR);
    near("urgent first, urgent", wait(1, 0), HOUR);
    near("urgent first, other", wait(1, 1), 10.0 / 3.0 * HOUR);
    near("urgent at once, urgent", wait(2, 0), 3.0 / 7.0 * HOUR);
}

/// Minutes in a length such as `17.04m`.
fn minutes(of: &Value) -> f64 {
    let text = of.as_str().expect("a length is a text");
    text.strip_suffix('m').and_then(|number| number.parse().ok()).expect("it is in minutes")
}

#[test]
fn the_pools_break_even_where_the_closed_form_says() {
    let text = std::fs::read_to_string(folder().join("pooling.json")).expect("it is there");
    let file: Value = serde_json::from_str(&text).expect("it is JSON");
    let mean = |design: &str, role: &str| {
        minutes(&file["designs"][design]["graph"]["roles"][role]["service"]["exponential"]["mean"])
    };
    let team = mean("Four teams of three", "phones team");
    let per_hour = HOUR / team;
    let at = |each: f64| break_even_factor(4, 3, each, per_hour).expect("the teams cope");
    let slower = mean("Pool, 13.6% slower", "pool") / team;
    assert!((slower - at(10.0).equal_wait).abs() < 0.0005, "{slower}");
    let source = file["it_depends_on"][0]["source"].as_str().expect("it has a source");
    let told: Vec<String> = [6.0, 8.0, 10.0, 11.0]
        .map(|each| format!("{:.3}", at(each).equal_wait))
        .iter()
        .map(|factor| factor.trim_end_matches('0').to_owned())
        .collect();
    expect![[r#"
        [
            "1.528",
            "1.298",
            "1.136",
            "1.065",
        ]
    "#]]
    .assert_debug_eq(&told);
    assert!(source.ends_with("break even at 1.53, 1.30, 1.136 and 1.065"), "{source}");
}

#[test]
fn an_equally_quick_pool_is_quickest_and_a_slower_one_ties_with_the_teams() {
    let result = told(&model("pooling.json", &[("experiment.repeat", "10")]));
    for team in 0..4 {
        near("a team", role(&result, 0, team).number("wait_mean"), 21.07);
    }
    near("the pool", role(&result, 1, 0).number("wait_mean"), 3.37);
    near("the slower pool", role(&result, 2, 0).number("wait_mean"), 21.22);
    let standing = result.quickest.as_ref().expect("there is something to compare");
    assert_eq!((standing.ranking[0], &standing.verdict), (1, &Verdict::Winner));
}

#[test]
fn the_answer_of_a_network_is_a_line_and_its_tables_fit_the_screen() {
    let place = Place::new();
    for (name, best) in [
        ("pooling.json", "Pool, as quick is quickest"),
        ("erlang_a.json", "Eleven people is quickest"),
        ("priorities.json", "too close to call"),
    ] {
        let path = folder().join(name);
        let path = path.to_str().expect("shipped names are plain");
        let ran = place.run(&[
            "run",
            path,
            "--no-dials",
            "--replications",
            "8",
            "--out",
            "out",
            "--force",
        ]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let answer: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("ANSWER")).collect();
        assert!(answer.len() == 1 && answer[0].contains(best), "{}", ran.out);
        for line in ran.out.lines().skip_while(|line| !line.starts_with("ANSWER")) {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}

#[test]
fn an_answer_with_many_rows_keeps_to_its_screen() {
    let place = Place::new();
    let path = folder().join("audience.json");
    let path = path.to_str().expect("shipped names are plain");
    let ran = place.run(&["run", path, "--replications", "3", "--out", "out"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.lines().count() <= 45, "{} lines: {}", ran.out.lines().count(), ran.out);
    assert!(ran.out.contains("left in a worse mood   "), "{}", ran.out);
}
