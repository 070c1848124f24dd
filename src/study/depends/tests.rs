//! Sweeps whose outcome is known beforehand.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::*;
use crate::experiment::run;
use crate::scenario::{Overlay, Scenario, Source, load, render};
use crate::stats::queueing::break_even_factor;

/// Twelve people as four teams of three or as one pool whose cases take longer.
fn pooling(depends: &str) -> String {
    let team = |name: &str| {
        format!(
            r#""{name} team": {{ "people": 3, "unit": "{name}", "service": {{ "exponential": {{ "mean": "15m" }} }} }}"#
        )
    };
    let intake = |name: &str| {
        format!(
            r#"{{ "intake": {{ "matter": {{ "anything_about": "{name}" }}, "to": "{name} team" }} }}"#
        )
    };
    let units = ["a", "b", "c", "d"];
    let (teams, intakes) = (units.map(team).join(", "), units.map(intake).join(", "));
    format!(
        r#"{{ "orgsim": 1,
        "customers": {{ "plain": true, "messages": "40/hour", "business_units": ["a", "b", "c", "d"] }},
        "designs": {{
          "Teams": {{ "graph": {{ "roles": {{ {teams} }}, "links": [ {intakes} ] }} }},
          "Pool": {{ "graph": {{
            "roles": {{ "pool": {{ "people": 12, "service": {{ "exponential": {{ "mean": "16m" }} }} }} }},
            "links": [ {{ "intake": {{ "to": "pool" }} }} ] }} }} }},
        "experiment": {{ "kind": "typical weeks", "warm_up": "20h", "run_for": "200h", "follow": "0s", "repeat": 8,
          "seed": 1, "thresholds": ["20m"], "worth_noticing": {{ "time": "0s" }} }},
        "it_depends_on": [ {depends} ] }}"#
    )
}

fn read(source: &Source, overlay: &Overlay) -> Scenario {
    load(source, overlay).unwrap_or_else(|problems| panic!("{}", render(source, &problems, false)))
}

fn swept_with(text: &str, threads: usize, stop_after: usize) -> (Option<Dials>, Scenario) {
    let source = Source::new("mine.json", text);
    let scenario = read(&source, &Overlay::default());
    let stop = AtomicBool::new(false);
    let quiet = |_: usize, _: usize| {};
    let options =
        Options { threads, stop: &stop, confidence: 0.95, progress: &quiet, keeper: None };
    let result = run(&scenario.model, &options);
    let count = std::sync::atomic::AtomicUsize::new(0);
    let counting = |_: usize, _: usize| {
        if count.fetch_add(1, Ordering::Relaxed) + 1 == stop_after {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let options = Options { progress: &counting, ..options };
    let build = |settings: &[(String, Value)]| {
        let overlay = Overlay { sets: settings.to_vec(), ..Overlay::default() };
        let first = |problems: Vec<crate::model::Diagnostic>| problems[0].message.clone();
        Ok(load(&source, &overlay).map_err(first)?.model)
    };
    let inputs = scenario.depends.iter().map(Input::declared).collect();
    (dials(&scenario.model, &result, inputs, &build, Effort::BesideARun, &options), scenario)
}

fn swept(text: &str) -> Dials {
    swept_with(text, 2, usize::MAX).0.expect("there is something to sweep")
}

#[test]
fn the_bracket_holds_the_break_even_that_theory_knows() {
    let dials = swept(&pooling(
        r#"{ "what": "designs.Pool.graph.roles.pool.service.exponential.mean", "from": "15m", "to": "19m" }"#,
    ));
    let exact = 15.0 * break_even_factor(4, 3, 10.0, 4.0).expect("stable").equal_time;
    let dial = &dials.dials[0];
    let brackets = dial.tipping_points(0);
    assert_eq!(brackets.len(), 1, "{dial:#?}");
    let number = |at: usize| dial.points[at].number.unwrap();
    let (from, to) = (number(brackets[0].from), number(brackets[0].to));
    assert!(from <= exact && exact <= to, "{exact} lies outside of {from} to {to}");
    assert!(to - from < 2.0, "{from} to {to}");
    // with nothing too small to notice, being best and being ahead are the same
    assert_eq!(brackets[0].crossing, (brackets[0].from, brackets[0].to));
    assert_eq!((brackets[0].before, brackets[0].after), (Some(1), Some(0)));
    // the teams are never run again: nothing about them changes
    assert!(dial.points.iter().all(|point| point.designs[0].unmoved));
    assert_eq!(dial.points.iter().filter(|point| point.yours).count(), 1);
    // 12 people fall behind above 18 min
    let overload = dial.overloads();
    assert_eq!(overload.len(), 1);
    let (copes, drowns) = (number(overload[0].from), number(overload[0].to));
    assert!(18.0 <= drowns && copes < 18.7, "{copes} to {drowns}");
    assert!(dials.complete && dials.events <= dials.allowance);
}

#[test]
fn the_number_of_threads_changes_no_sweep() {
    let text = pooling(r#"{ "what": "customers.messages", "from": "24/hour", "to": "44/hour" }"#);
    let one = format!("{:?}", swept_with(&text, 1, usize::MAX).0);
    assert!(one == format!("{:?}", swept_with(&text, 3, usize::MAX).0));
}

#[test]
fn what_changes_nothing_says_so_and_values_of_a_list_are_run_in_their_order() {
    let dials = swept(&pooling(
        r#"{ "what": "practice.review", "from": "1m", "to": "9m" },
           { "what": "designs.Pool.graph.roles.pool.people", "try": [14, 12, 10] }"#,
    ));
    let [review, people] = dials.dials.as_slice() else { panic!("{dials:?}") };
    assert!(review.changes_nothing() && !people.changes_nothing());
    assert_eq!(review.input.yours, Some("3m".into()));
    let values: Vec<String> = people.points.iter().map(|of| of.value.to_string()).collect();
    assert_eq!(values, ["14", "12", "10"]);
    let yours: Vec<bool> = people.points.iter().map(|point| point.yours).collect();
    assert_eq!(yours, [false, true, false]);
    // ten people cannot do the work of 10.67
    assert_eq!(people.points[2].answers[0].winner(), Some(0));
    assert_eq!(people.holds(0, &dials.baseline[0]), Holds::No);
    let held = dials.holds_in(0);
    // under what does nothing any answer would hold
    assert_eq!((held.holds, held.of, held.changed_by), (0, 1, vec![1]));
    assert_eq!(dials.most_likely(), [1]);
}

#[test]
fn a_stop_keeps_the_values_that_are_complete() {
    let text = pooling(r#"{ "what": "customers.messages", "from": "24/hour", "to": "44/hour" }"#);
    let whole = swept(&text);
    let (cut, _) = swept_with(&text, 1, 30);
    let cut = cut.unwrap();
    assert!(!cut.complete && whole.complete);
    assert!(cut.dials[0].points.len() < whole.dials[0].points.len());
    assert!(cut.dials[0].stopped && !cut.dials[0].swept && !whole.dials[0].stopped);
    for point in &cut.dials[0].points {
        assert!(point.designs.iter().all(|design| 4 <= design.replications), "{point:?}");
    }
}

#[test]
fn there_is_nothing_to_sweep_without_inputs_or_luck() {
    assert!(swept_with(&pooling(""), 2, usize::MAX).0.is_none());
    let once = pooling(r#"{ "what": "customers.messages", "from": "24/hour", "to": "44/hour" }"#)
        .replace("\"repeat\": 8", "\"repeat\": 1");
    assert!(swept_with(&once, 2, usize::MAX).0.is_none());
}
