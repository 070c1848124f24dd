//! What is written is read back as the same.

use std::path::Path;

use serde_json::{Value, json};

use super::hours;
use super::laws;
use crate::draws::Law;
use crate::model::Organization;
use crate::scenario::clock::Clock;
use crate::scenario::cursor::Cursor;
use crate::scenario::laws::{Bare, law};
use crate::scenario::opening::open;
use crate::scenario::report::Report;
use crate::scenario::tree::Node;
use crate::scenario::{Overlay, Scenario, Source, load, render};
use crate::units::SimTime;

fn loaded(text: &str) -> Scenario {
    let source = Source::new("mine.json", text);
    load(&source, &Overlay::default())
        .unwrap_or_else(|problems| panic!("{text}\n{}", render(&source, &problems, false)))
}

/// The scenario with these designs and nothing that names parts of others.
fn with_designs(text: &str, designs: Value) -> String {
    let mut root: Value = serde_json::from_str(text).unwrap();
    root["designs"] = designs;
    for key in ["what_if", "it_depends_on", "absences"] {
        root.as_object_mut().unwrap().shift_remove(key);
    }
    root.to_string()
}

/// Everything about an organization, bit for bit.
fn bits(organization: &Organization) -> String {
    format!("{organization:#?}")
}

/// Each design of a scenario, written as a graph and read again, is the same.
#[track_caller]
fn comes_back(text: &str, write: impl Fn(&Scenario, usize) -> Value) {
    let before = loaded(text);
    for (number, design) in before.model.designs.iter().enumerate() {
        let graph = write(&before, number);
        let pasted = with_designs(text, json!({ &design.name: graph }));
        let after = loaded(&pasted);
        let again = &after.model.designs[0];
        assert_eq!(bits(&again.organization), bits(&design.organization), "{pasted}");
        let figures = |design: &crate::model::Design| (design.cost_per_year, design.headcount);
        assert_eq!(figures(again), figures(design), "{}", design.name);
    }
}

/// The graph of a design as the program prints it.
fn printed(text: &str) -> impl Fn(&Scenario, usize) -> Value {
    let source = Source::new("mine.json", text);
    move |scenario, number| scenario.graph(&source, &Overlay::default(), number)
}

/// The graph that came of a design, even of one that is a graph already.
fn resolved(scenario: &Scenario, number: usize) -> Value {
    json!({ "graph": scenario.written(&scenario.model.designs[number].organization) })
}

const QUICKSTART: &str = include_str!("../../../scenarios/quickstart.json");

#[test]
fn the_archetypes_of_the_quickstart_come_back_from_their_graphs() {
    comes_back(QUICKSTART, printed(QUICKSTART));
    comes_back(QUICKSTART, resolved);
}

#[test]
fn every_shipped_design_comes_back_from_its_graph() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut count = 0;
    for folder in ["", "queueing", "it_depends", "workshop", "face_validity"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            // the replay is read with its log, one floor up
            let alone = path.file_stem().is_some_and(|stem| stem != "replay");
            if alone && path.extension().is_some_and(|extension| extension == "json") {
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                comes_back(&text, printed(&text));
                count += 1;
            }
        }
    }
    assert!(26 <= count, "{count}");
}

#[test]
fn warm_archetypes_with_help_come_back_from_their_graphs() {
    let text = r#"{ "orgsim": 1,
      "customers": { "messages": "90/day", "business_units": ["a", "b"], "need_unit_knowledge": "20%" },
      "people": { "vendor": { "cost": "$20/hour", "hours": "40h/week" } },
      "designs": {
        "Holistic": { "holistic": { "hub": { "care agent": 3, "strategist": 1, "analyst": 1 }, "each_unit": { "employee": 4 },
          "hub_helps_after": "2h", "warm": true, "give_up": "5m", "open": "daily 08:00-20:00" } },
        "Laid over": { "centralized": { "care agent": 4, "strategist": 1, "analyst": 1, "open": "daily 08:00-20:00" },
          "contract": { "vendor": 2, "takes": "what waits", "after": "1h", "open": "always" } } },
      "experiment": { "run_for": "4 weeks" } }"#;
    comes_back(text, printed(text));
}

#[test]
fn edits_and_absences_are_in_the_graph() {
    let design = r#""Centralized": {
      "edits": [
        { "change": { "role": "desk", "people": 10.1, "approval": "1.7% of replies" } },
        { "change": { "role": "strategist", "open": "weekdays 09:00-17:00" } },
        { "add": { "consult": { "from": "desk", "to": "phones expert", "topics": ["order"], "timeout": "7m" } } },
        { "remove": { "link": "report", "from": "analyst", "to": "strategist" } } ],
      "centralized""#;
    let leaves = r#""absences": [ { "who": "care agent", "design": "Centralized", "from": "week 4", "replaced_after": "34 days" } ],
  "it_depends_on""#;
    let text = QUICKSTART
        .replacen("\"Centralized\": {\n      \"centralized\"", design, 1)
        .replacen("\"it_depends_on\"", leaves, 1);
    assert!(text.contains("replaced_after\": \"34 days\" } ],") && text.contains("10.1"));
    comes_back(&text, resolved);
}

const RICH: &str = r#"{ "orgsim": 1,
  "customers": { "messages": "90/day", "business_units": ["a", "b", "c"], "need_unit_knowledge": "20%",
    "channels": { "x": { "share": "50%" }, "mail": { "share": "30%", "private": true }, "shop": { "share": "20%" } },
    "topics": { "bills": { "share": "60%", "risk": { "medium": "20%", "high": "5%" } }, "orders": { "share": "40%" } } },
  "people": { "clerk": { "cost": "61,234.5 CHF/year", "hours": "33h/week", "post": "front" } },
  "designs": { "Rich": { "graph": {
    "roles": {
      "front": { "people": { "clerk": 3.7 }, "open": { "hours": "Mon-Fri 7:30-18:00, Sat 9-12 Europe/Zurich", "except": [ { "on": "2027-01-15", "hours": "closed" } ] },
        "desk": { "triage": true, "ladder": ["search", "consult", "escalate"], "approval": 0.123456789, "authority": "low", "centralization": "40%", "only_objectors": true },
        "unit": "b", "knows": { "generic": "71%", "own_unit": 0.3333333333333333, "other_units": "1%", "topics": { "orders": { "units": { "a": "5%" } } } },
        "discipline": { "priority": { "preemptive": true, "kept_free": { "bills": 1, "orders": 1 }, "moves_up_after": "90m" } }, "shift_end": "hand over",
        "slots": { "each": [1, 0.625, 0.4], "parked_count": true }, "switching": { "cases": "1m", "kinds": "5m" },
        "proactive": { "when_idle": { "keep_free": 1, "preemptible": true } } },
      "roster": { "people": [
          { "count": 2, "open": "daily 22:00-06:00", "skills": ["bills"] },
          { "heads": 1.5, "present": "40%", "times": 1.25 },
          { "present": 0.3, "from": "90%", "open": { "stretches": [["0h", "9h"], ["20h", "23h 30m"]], "every": "2 days" } } ],
        "heads": 3.2, "cost": "100,000.25 CHF/year", "open": { "stretches": [["1 day", "2 days"], ["3 weeks"]] },
        "desk": { "triage": true }, "vendor": "Helpers", "ramp": "8 weeks",
        "taken_by": "first listed",
        "terms": { "price_per_case": "4.5 CHF", "promise": { "within": "2h", "share": "80%", "penalty": "10%" } }, "waiting_room": 7, "block": "45m", "proactive": { "endless": { "task": { "gamma": { "mean": "100s", "cv": 0.5 } }, "keep_free": 1 } },
        "fatigue": { "after": "4h", "slower": "1%", "rest": "15m" },
        "strain": { "hurry": "10%", "overload": { "after": "3h", "above": "95%", "slower": "8%", "errors": 1.5 } },
        "discipline": { "priority": { "when_full": "push out" } } },
      "plain": { "people": "infinite", "service_by_topic": { "bills": { "lognormal": { "median": "6m", "sigma": 0.7 } }, "orders": "0.1m" }, "draw": "per case" },
      "last": { "people": 2.25, "discipline": { "earliest_deadline": { "due": { "orders": "4h" } } }, "slots": { "most": 2, "slowdown": 0.75 }, "service": { "triangular": { "min": "1m", "mode": "2m", "max": "7m" } } }
    },
    "links": [
      { "intake": { "to": "front", "topics": ["bills"] } },
      { "intake": { "from": ["shop", "mail"], "to": "plain" } },
      { "intake": { "from": "x", "to": "front", "matter": { "anything_about": "c" }, "own_account": true } },
      { "intake": { "to": "front" } },
      { "listen": { "from": "x", "to": "front" } },
      { "consult": { "from": "front", "to": "last", "matter": "generic" } },
      { "escalate": { "from": "front", "to": "last", "hand_off": "other company", "channels": ["x"] } },
      { "route": { "from": "front", "to": "roster", "when": "wrong desk", "delay": "3m", "keeps": "80%", "loses": "2.5%", "matter": { "of": "a" } } },
      { "overflow": { "from": "front", "to": "roster", "topics": ["bills"], "after": "100m", "keeps": 0.77 } },
      { "approve": { "from": "front", "to": "roster", "risk": ["medium", "high"], "timeout": "2h", "overdue": "next level", "step": 1 } },
      { "report": { "from": "roster", "to": "front" } },
      { "report": { "from": "front", "to": "last", "timeout": "1h" } },
      { "policy": { "from": "front", "to": "roster", "refresh": "3 days" } },
      { "route": { "from": "plain", "to": "last", "share": "33.3%", "topics": ["orders"], "delay": { "exponential": { "mean": "1h" } } } }
    ] } } },
  "experiment": { "run_for": "4 weeks", "start": "2027-01-06" } }"#;

#[test]
fn whatever_a_graph_can_say_comes_back() {
    comes_back(RICH, resolved);
    comes_back(RICH, printed(RICH));
}

#[test]
fn a_graph_without_edits_is_printed_as_it_is_written() {
    let printed = printed(RICH)(&loaded(RICH), 0);
    let written: Value = serde_json::from_str(RICH).unwrap();
    assert_eq!(printed, written["designs"]["Rich"]);
}

#[test]
fn hours_are_written_as_people_say_them() {
    let report = Report::new();
    let written = |json: Value, day: i8| {
        let clock = Clock {
            start: Some(jiff::civil::date(2027, 1, day)),
            zone: jiff::tz::TimeZone::UTC,
            warm_up: SimTime::ZERO,
            last_arrival: SimTime::NEVER,
            end: SimTime::WEEK.times(3),
        };
        let read = |json: &Value| {
            let node = Node::from_json(json, None);
            let cursor = Cursor { node: &node, pointer: String::new(), report: &report };
            open(&cursor, &clock).unwrap().calendar
        };
        let calendar = read(&json);
        let written = hours::open(&calendar, &clock);
        assert_eq!(read(&written), calendar, "{json} became {written}");
        written
    };
    for day in [4, 6, 10] {
        for text in [
            "always",
            "daily 08:00-20:00",
            "weekdays 09:00-18:00, Sat 10:00-14:00",
            "Mon-Tue 08:00-12:00 and 13:00-17:00, weekend 10:00-11:00",
        ] {
            assert_eq!(written(json!(text), day), json!(text), "from the {day}th");
        }
        assert_eq!(
            written(json!("daily 22:00-06:00"), day),
            json!("daily 00:00-06:00 and 22:00-24:00")
        );
        let twice = json!({ "stretches": [["1h", "2h"]], "every": "12h" });
        assert_eq!(written(twice.clone(), day), twice);
        let once = json!({ "stretches": [["1h", "1h 30m 1s"], ["2 days"]] });
        let told = json!({ "stretches": [["1h", "5401s"], ["2 days"]] });
        assert_eq!(written(once, day), told);
    }
}

#[test]
fn every_law_comes_back_to_within_rounding() {
    let exponential = |mean| Law::exponential(mean).unwrap();
    let all = [
        Law::constant(7.5),
        Law::exponential(3.3),
        Law::uniform(0.1, 0.3),
        Law::triangular(1.0, 2.5, 7.0),
        Law::gamma(12.0, 0.7),
        Law::erlang(4, 9.0),
        Law::lognormal(5.0, 1.2),
        Law::weibull(5.0, 0.6),
        Law::hyperexponential_balanced(6.0, 2.5),
        Law::pareto(4.0, 2.2),
        Law::mixture([(1.0, exponential(2.0)), (2.0, exponential(9.0))]),
        Law::values([(1.0, 1.0), (4.0, 3.0)]),
        Law::empirical([1.0, 5.0, 2.5]),
        Law::shifted(2.0, exponential(4.0)),
    ];
    let report = Report::new();
    for of in all.map(Result::unwrap) {
        let written = laws::law(&of);
        let node = Node::from_json(&written, None);
        let cursor = Cursor { node: &node, pointer: String::new(), report: &report };
        let again = law(&cursor, Bare::Constant).unwrap();
        for u in [0.01, 0.2, 0.51, 0.77, 0.999] {
            let (before, after) = (of.quantile(u), again.quantile(u));
            let off = (before - after).abs();
            assert!(off <= 1e-9 * before, "{written} at {u}: {before} became {after}");
        }
    }
}
