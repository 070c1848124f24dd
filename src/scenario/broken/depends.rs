//! Ranges that hold nothing, and inputs that are nowhere.

use expect_test::expect;

use super::{check, plain};
use crate::scenario::{Depends, Overlay, Range, Source, load, render};

/// A sound scenario with these inputs.
fn with(depends: &str) -> String {
    let text = plain("", "", "", "");
    let end = text.rfind('}').expect("it ends");
    format!("{},\n  \"it_depends_on\": [ {depends} ] }}", text[..end].trim_end())
}

#[test]
fn ranges_that_hold_nothing() {
    check(
        &with(r#"{ "what": "customers.messages", "from": "9/hour", "to": "3/hour" }"#),
        expect![[r#"
            error[out-of-order]: the range runs from `9/hour` to `3/hour`
             --> broken.json:7:78
              |
            7 |   "it_depends_on": [ { "what": "customers.messages", "from": "9/hour", "to": "3/hour" } ] }
              |                                                                              ^^^^^^^^
              |
              = help: state the smaller value as `from`

        "#]],
    );
    check(
        &with(
            r#"{ "what": "designs.A.graph.roles.desk.open", "from": "always", "to": "weekdays 09:00-17:00" }"#,
        ),
        expect![[r#"
            error[no-range]: nothing lies between `always` and `weekdays 09:00-17:00`
             --> broken.json:7:91
              |
            7 |   "it_depends_on": [ { "what": "designs.A.graph.roles.desk.open", "from": "always", "to": "weekdays 09:00-17:00" } ] }
              |                                                                                           ^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write both ends in the same unit, such as `100/day` and `600/day`, or list values under `try`

        "#]],
    );
    check(
        &with(r#"{ "what": "customers.messages", "from": "3/hour", "to": 9 }"#),
        expect![[r#"
        error[no-range]: nothing lies between `3/hour` and `9`
         --> broken.json:7:78
          |
        7 |   "it_depends_on": [ { "what": "customers.messages", "from": "3/hour", "to": 9 } ] }
          |                                                                              ^
          |
          = help: write both ends in the same unit, such as `100/day` and `600/day`, or list values under `try`

    "#]],
    );
}

#[test]
fn lists_that_hold_nothing_or_the_same_twice() {
    check(
        &with(r#"{ "what": "customers.messages", "try": [] }"#),
        expect![[r#"
        error[missing-key]: no values to try
         --> broken.json:7:54
          |
        7 |   "it_depends_on": [ { "what": "customers.messages", "try": [] } ] }
          |                                                      ^^^^^

    "#]],
    );
    check(
        &with(r#"{ "what": "customers.messages", "try": ["9/hour", "8/hour", "9/hour"] }"#),
        expect![[r#"
            error[duplicate-name]: this value stands in the list already
             --> broken.json:7:82
              |
            7 |   "it_depends_on": [ { "what": "customers.messages", "try": ["9/hour", "8/hour", "9/hour"] } ] }
              |                                                                                  ^^^^^^^^

        "#]],
    );
    check(
        &with(r#"{ "what": "customers.messages", "from": "3/hour", "try": ["8/hour"] }"#),
        expect![[r#"
            error[missing-key]: what it depends on needs a range
             --> broken.json:7:22
              |
            7 |   "it_depends_on": [ { "what": "customers.messages", "from": "3/hour", "try": ["8/hour"] } ] }
              |                      ^
              |
              = help: state `from` and `to`, or a list of values to `try`

        "#]],
    );
}

#[test]
fn inputs_that_are_nowhere_and_values_that_cannot_be() {
    check(
        &with(r#"{ "what": "customers.mesages", "from": "3/hour", "to": "9/hour" }"#),
        expect![[r#"
            error[unknown-path]: `customers` has no `mesages`
             --> broken.json:7:32
              |
            7 |   "it_depends_on": [ { "what": "customers.mesages", "from": "3/hour", "to": "9/hour" } ] }
              |                                ^^^^^^^^^^^^^^^^^^^
              |
              = help: did you mean `messages`?

        "#]],
    );
    check(
        &with(r#"{ "what": "customers.messages", "from": "3/hour", "to": "99999999999/hour" }"#),
        expect![[r#"
            error[out-of-range]: `99999999999/hour` is out of range
             --> broken.json:7:78
              |
            7 |   "it_depends_on": [ { "what": "customers.messages", "from": "3/hour", "to": "99999999999/hour" } ] }
              |                                                                              ^^^^^^^^^^^^^^^^^^
              |
              = help: rates lie between one in a billion hours and a billion an hour

        "#]],
    );
}

#[test]
fn a_range_without_the_scenario_s_own_value() {
    check(
        &with(r#"{ "what": "customers.messages", "from": "10/hour", "to": "20/hour" }"#),
        expect![[r#"
            warning[outside-range]: the scenario itself has `9/hour`, outside of this range
             --> broken.json:7:62
              |
            7 |   "it_depends_on": [ { "what": "customers.messages", "from": "10/hour", "to": "20/hour" } ] }
              |                                                              ^^^^^^^^^
              |
              = help: a range is meant to hold what may be true, the stated value included

        "#]],
    );
}

#[test]
fn how_often_a_scenario_is_run_is_no_input() {
    for key in ["seed", "repeat", "confidence"] {
        let path = format!("experiment.{key}");
        let source = Source::new("mine.json", super::plain("", "", "", ""));
        let range = Err(vec![1.into(), 2.into()]);
        let refused = Depends::asked(&source, &Overlay::default(), &path, range).unwrap_err();
        let expected = format!("`{path}` is no input: all values of a sweep share it");
        assert_eq!((refused.code, refused.message.as_str()), ("no-effect", expected.as_str()));
    }
    check(
        &with(r#"{ "what": "experiment.seed", "from": 1, "to": 5 }"#),
        expect![[r#"
            error[no-effect]: `experiment.seed` is no input: all values of a sweep share it
             --> broken.json:7:32
              |
            7 |   "it_depends_on": [ { "what": "experiment.seed", "from": 1, "to": 5 } ] }
              |                                ^^^^^^^^^^^^^^^^^
              |
              = help: they meet the same customers and are run as often; to try another luck, run all with `--seed`

        "#]],
    );
}

#[test]
fn a_goal_is_no_input() {
    let source = Source::new("mine.json", super::plain("", "", "", ""));
    let goals = ["answered within 6h >= 60%".into(), "answered within 6h >= 70%".into()];
    let path = "objectives.0.goal";
    let overlay = Overlay::default();
    let refused = Depends::asked(&source, &overlay, path, Err(goals.into())).unwrap_err();
    let told = "`objectives.0.goal` is no input: no customer is answered otherwise for it";
    assert_eq!((refused.code, refused.message.as_str()), ("no-effect", told));
    check(
        &with(r#"{ "what": "objectives.0.goal", "try": ["answered within 1h >= 60%"] }"#),
        expect![[r#"
            error[no-effect]: `objectives.0.goal` is no input: no customer is answered otherwise for it
             --> broken.json:7:32
              |
            7 |   "it_depends_on": [ { "what": "objectives.0.goal", "try": ["answered within 1h >= 60%"] } ] }
              |                                ^^^^^^^^^^^^^^^^^^^
              |
              = help: to see which designs meet another goal, state it as one more objective, or run with it: `--set objectives.0.goal=…`

        "#]],
    );
}

#[test]
fn a_value_that_leaves_a_vendor_no_hours_is_left_out() {
    let text = |values: &str| {
        format!(
            r#"{{ "orgsim": 1, "customers": {{ "messages": "300/day", "need_unit_knowledge": "0%" }},
  "people": {{ "vendor": {{ "cost": "$20/hour" }} }},
  "designs": {{
    "Own": {{ "centralized": {{ "care agent": 9, "strategist": 1, "open": "daily 08:00-20:00" }} }},
    "Night": {{ "centralized": {{ "care agent": 9, "strategist": 1, "open": "daily 08:00-20:00" }},
      "contract": {{ "vendor": 2, "takes": "nights and weekends" }} }}
  }},
  "it_depends_on": [ {{ "what": "designs.*.open", "try": [{values}] }} ] }}"#
        )
    };
    let source = Source::new("night.json", text(r#""weekdays 09:00-18:00", "always""#));
    let scenario = load(&source, &Overlay::default()).expect("one value can be tried");
    assert_eq!(scenario.depends[0].range, Range::OneOf(vec!["weekdays 09:00-18:00".into()]));
    expect![[r#"
        warning[empty-hours]: `always` is left out, since with it the company's own people are always there (at /designs/Night/contract)
         --> night.json:8:82
          |
        8 |   "it_depends_on": [ { "what": "designs.*.open", "try": ["weekdays 09:00-18:00", "always"] } ] }
          |                                                                                  ^^^^^^^^

    "#]].assert_eq(&render(&source, &scenario.warnings, false));
    // what cannot be read at all, or is no time by itself, is refused
    for wrong in ["evenings", "daily 20-20"] {
        let source = Source::new("night.json", text(&format!(r#""always", "{wrong}""#)));
        assert!(load(&source, &Overlay::default()).is_err(), "{wrong}");
    }
}

#[test]
fn an_input_that_a_change_takes_away_is_gone_with_it() {
    let text = r#"{ "orgsim": 1, "customers": { "messages": "30/day" },
        "designs": { "A": { "centralized": { "care agent": 9, "strategist": 1 } } },
        "it_depends_on": [ { "what": "designs.A.strategist", "from": 1, "to": 3 },
                           { "what": "customers.messages", "from": "20/day", "to": "40/day" } ],
        "what_if": { "alone": { "set": { "designs.A": { "one_person": { "care agent": 1 } } } } } }"#;
    let source = Source::new("alone.json", text);
    let whole = load(&source, &Overlay::default()).expect("it can be run");
    assert_eq!(whole.depends.len(), 2);
    let alone = load(&source, &whole.what_ifs[0].overlay).expect("so can it alone");
    let left: Vec<&str> = alone.depends.iter().map(|of| of.what.as_str()).collect();
    assert_eq!(left, ["customers.messages"]);
}
