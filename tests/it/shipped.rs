//! The shipped scenarios run: briefly, each of them; and the networks against theory.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use expect_test::expect;
use orgsim::experiment::{ExperimentResult, Measured, Options, RoleResult, Verdict, load, run};
use orgsim::model::Model;
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::stats::queueing::break_even_factor;
use orgsim::units::SimTime;
use serde_json::Value;

use crate::place::Place;

pub(crate) fn folder() -> PathBuf {
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
    run(model, &Options::plain(0, &stop))
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
            "1.301",
            "1.136",
            "1.065",
        ]
    "#]]
    .assert_debug_eq(&told);
    assert!(source.ends_with("break even at 1.53, 1.30, 1.136 and 1.065"), "{source}");
}

#[test]
fn an_equally_quick_pool_is_quickest_and_a_slower_one_ties_with_the_teams() {
    // long runs, since near full load a few of them tell too little of the rare long queues
    let long = [("experiment.run_for", "\"8,000h\""), ("experiment.repeat", "12")];
    let result = told(&model("pooling.json", &long));
    for team in 0..4 {
        near("a team", role(&result, 0, team).number("wait_mean"), 21.07);
    }
    near("the pool", role(&result, 1, 0).number("wait_mean"), 3.37);
    near("the slower pool", role(&result, 2, 0).number("wait_mean"), 21.22);
    let standing = &result.quickest.as_ref().expect("there is something to compare").standing;
    assert_eq!((standing.ranking[0], &standing.verdict), (1, &Verdict::Winner));
}

#[test]
fn the_answer_of_a_network_is_a_line_and_its_tables_fit_the_screen() {
    let place = Place::new();
    for (name, best) in [
        ("pooling.json", "Pool, as quick is quickest"),
        ("erlang_a.json", "Eleven people comes first: it serves 94"),
        ("priorities.json", "It hardly matters: Urgent at once has inquiries"),
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

/// All scenarios of a folder and below, by name.
pub(crate) fn scenarios(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            all.extend(scenarios(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            all.push(path);
        }
    }
    all.sort();
    all
}

#[test]
fn every_shipped_scenario_runs_as_it_did() {
    let mut all = String::new();
    for path in scenarios(&folder()) {
        let name = path.strip_prefix(folder()).expect("it is below").display().to_string();
        let mut model = model(&name, &[]);
        model.study.replications = 1;
        model.study.warm_up = SimTime::ZERO;
        if model.study.run_for != SimTime::NEVER {
            model.study.run_for = model.study.run_for.min(SimTime::WEEK);
        }
        for stream in &mut Arc::make_mut(&mut model.world).streams {
            stream.limit = stream.limit.map(|limit| limit.min(1000));
        }
        writeln!(all, "{name}").expect("memory takes everything");
        for design in &told(&model).designs {
            assert_eq!(design.stopped, None, "{name}: {}", design.name);
            let busy = design.busiest_role().and_then(|of| of.number("utilization").mean());
            let busy = busy.map_or("nobody".into(), |busy| format!("{:.2}%", 100.0 * busy));
            let (of, came) = (&design.name, design.totals.arrived);
            writeln!(all, "  {of}: {came} came, the busiest {busy}").expect("memory takes it");
        }
    }
    expect![[r#"
        archetypes.json
          Centralized: 2489 came, the busiest 67.56%
          Hub and spoke: 2489 came, the busiest 63.62%
          Dandelion: 2489 came, the busiest 61.14%
          Decentralized: 2489 came, the busiest 43.83%
          Holistic: 2489 came, the busiest 64.69%
          Touchpoint: 2489 came, the busiest 67.56%
          Outsourced: 2489 came, the busiest 64.86%
        audience.json
          Please call us: 1498 came, the busiest 49.79%
          Answer all: 1503 came, the busiest 72.36%
          Into private: 1501 came, the busiest 60.63%
          Good with people: 1505 came, the busiest 72.36%
        b2b.json
          Marketing: 266 came, the busiest 89.72%
          Hub and spoke: 266 came, the busiest 57.01%
          Engineers: 266 came, the busiest 74.63%
        crisis.json
          Centralized: 2489 came, the busiest 84.79%
          Hub and spoke: 2489 came, the busiest 48.64%
          Decentralized: 2489 came, the busiest 38.47%
        erlang_a.json
          Ten people: 1694 came, the busiest 87.81%
          Eleven people: 1694 came, the busiest 83.22%
        face_validity/airline.json
          One desk: 3328 came, the busiest 80.92%
        face_validity/average_brand.json
          Half a person, one channel: 945 came, the busiest 70.38%
        face_validity/computer_maker.json
          Every reply is checked: 1474 came, the busiest 80.62%
        follow_the_sun.json
          One site by day: 1706 came, the busiest 56.58%
          One site, three shifts: 1706 came, the busiest 56.56%
          Three sites: 1706 came, the busiest 56.58%
        it_depends/eight_lines.json
          Centralized: 2489 came, the busiest 87.30%
          Hub and spoke: 2489 came, the busiest 89.91%
          Dandelion: 2489 came, the busiest 89.91%
          Decentralized: 2489 came, the busiest 43.72%
          Holistic: 2489 came, the busiest 79.88%
        it_depends/small_firm.json
          Two who do it all: 364 came, the busiest 27.68%
          Centralized, no boss: 364 came, the busiest 28.81%
          Centralized: 364 came, the busiest 41.53%
          Decentralized: 364 came, the busiest 34.91%
          Outsourced: 364 came, the busiest 31.99%
        languages.json
          One language each: 1841 came, the busiest 44.59%
          Two each: 1841 came, the busiest 46.77%
          All three: 1841 came, the busiest 52.86%
        linkedin.json
          One team: 1611 came, the busiest 60.25%
          By channel: 1611 came, the busiest 58.19%
        one_person.json
          One person: 237 came, the busiest 34.76%
          Two people: 237 came, the busiest 17.97%
        outsourcing.json
          In-house: 2489 came, the busiest 73.37%
          Vendor in front: 2489 came, the busiest 88.43%
          Vendor for what waits: 2489 came, the busiest 73.37%
          Vendor at night: 2489 came, the busiest 66.23%
        pooling.json
          Four teams of three: 6731 came, the busiest 84.76%
          Pool, as quick: 6731 came, the busiest 82.90%
          Pool, 13.6% slower: 6731 came, the busiest 94.13%
          Pool, 20% slower: 6731 came, the busiest 98.61%
        priorities.json
          First come: 112 came, the busiest 65.13%
          Urgent first: 112 came, the busiest 65.13%
          Urgent at once: 112 came, the busiest 65.13%
        proactive.json
          Never: 1611 came, the busiest 45.88%
          When nothing waits: 1611 came, the busiest 89.06%
          One kept free: 1611 came, the busiest 81.11%
          Customers interrupt: 1611 came, the busiest 88.61%
          Interrupted, and slow to turn: 1611 came, the busiest 100.00%
        queueing/hub_and_spokes.json
          Hub and spokes: 1694 came, the busiest 66.27%
        queueing/mm1.json
          One person: 1000 came, the busiest 83.68%
        queueing/mm8.json
          Eight people: 1000 came, the busiest 83.12%
        quickstart.json
          Centralized: 2489 came, the busiest 83.14%
          Hub and spoke: 2489 came, the busiest 66.59%
          Decentralized: 2489 came, the busiest 43.55%
          Outsourced: 2489 came, the busiest 89.93%
        replay.json
          Centralized: 225 came, the busiest 60.45%
          Decentralized: 225 came, the busiest 76.11%
          Hub and spoke: 225 came, the busiest 61.60%
          Outsourced: 225 came, the busiest 54.61%
        silos.json
          Silos: 3811 came, the busiest 60.21%
          1 History: 3811 came, the busiest 60.21%
          2 Playbook: 3811 came, the busiest 60.21%
          3 Queue: 3811 came, the busiest 60.12%
        speed_or_consistency.json
          Unreviewed: 1841 came, the busiest 29.88%
          One in ten: 1841 came, the busiest 31.95%
          A third: 1841 came, the busiest 50.62%
          Every reply: 1841 came, the busiest 55.17%
        touchpoints.json
          A specialist each: 842 came, the busiest 57.72%
          Pool of four: 842 came, the busiest 60.18%
          One person: 842 came, the busiest 100.00%
        workshop/1-customers.json
          Office hours: 945 came, the busiest 24.28%
          Every day: 945 came, the busiest 32.26%
        workshop/2-one-desk.json
          One desk: 1677 came, the busiest 45.56%
          Three desks: 1677 came, the busiest 45.83%
        workshop/3-overload.json
          Six people: 2610 came, the busiest 86.35%
          Seven people: 2610 came, the busiest 73.88%
          Eight people: 2610 came, the busiest 64.59%
        workshop/4-hub.json
          One desk: 1841 came, the busiest 95.83%
          Hub and spokes: 1841 came, the busiest 53.07%
          A desk in each line: 1841 came, the busiest 48.96%
        workshop/5-dandelion.json
          One hub: 2610 came, the busiest 49.34%
          Dandelion: 2610 came, the busiest 57.34%
          A desk in each line: 2610 came, the busiest 49.19%
        workshop/6-your-company.json
          Ours today: 1841 came, the busiest 49.40%
          What we consider: 1841 came, the busiest 49.12%
    "#]]
    .assert_eq(&all);
}

/// Where numbers stand in an object that, like those around it, says neither where they are from nor why.
fn unexplained(value: &Value, path: &str, explained: bool, found: &mut Vec<String>) {
    const SAYING: [&str; 3] = ["source", "note", "why"];
    const SPEAKING: [&str; 8] =
        ["source", "note", "why", "about", "question", "$schema", "id", "what"];
    let inner = |value: &Value, key: &str, explained, found: &mut Vec<String>| {
        unexplained(value, &format!("{path}/{key}"), explained, found);
    };
    match value {
        Value::Object(of) => {
            let explained = explained || SAYING.iter().any(|key| of.contains_key(*key));
            let spoken = |key: &str| SPEAKING.contains(&key);
            of.iter()
                .filter(|(key, _)| !spoken(key))
                .for_each(|(key, value)| inner(value, key, explained, found));
        }
        Value::Array(of) => {
            of.iter().zip(0..).for_each(|(value, at): (_, usize)| {
                inner(value, &at.to_string(), explained, found)
            });
        }
        Value::Number(_) if !explained => found.push(path.into()),
        // A length, a share, a rate or money: a number first, or behind a currency sign.
        Value::String(text)
            if !explained
                && text.trim_start_matches('$').starts_with(|c: char| c.is_ascii_digit()) =>
        {
            found.push(path.into());
        }
        _ => {}
    }
}

#[test]
fn every_number_of_a_shipped_scenario_says_where_it_is_from_or_why() {
    let mut checked = 0;
    for path in scenarios(&folder()) {
        let name = path.display();
        let text = std::fs::read_to_string(&path).expect("a shipped file is there");
        let scenario: Value = serde_json::from_str(&text).expect("shipped files are strict JSON");
        let mut found = Vec::new();
        for part in ["customers", "practice", "knowledge", "people", "designs", "what_if"] {
            let whole = ["source", "note"].iter().any(|key| scenario.get(key).is_some());
            if let Some(value) = scenario.get(part) {
                unexplained(value, part, whole, &mut found);
            }
        }
        assert!(found.is_empty(), "{name}: no source, note or why for {found:#?}");
        checked += 1;
    }
    assert!(15 < checked, "{checked} scenarios");
}
