//! Objectives that serve what is not there, each other, or nothing.

use expect_test::expect;

use super::{check, plain};

fn stated(objectives: &str) -> String {
    let beside =
        format!(r#""repeat": 2 }}, "objectives": [{objectives}], "practice": {{ "error": "4%""#);
    plain("", "", "", &beside)
}

#[test]
fn an_objective_serves_one_that_there_is() {
    check(
        &stated(
            r#"{ "id": "keep customers" },
    { "id": "prompt", "serves": "keep custmers", "goal": "settled in conversation >= 6%" }"#,
        ),
        expect![[r#"
            error[unknown-objective]: no objective is named `keep custmers`
             --> broken.json:7:33
              |
            7 |     { "id": "prompt", "serves": "keep custmers", "goal": "settled in conversation >= 6%" }], "practice": { "error": "4%" } }
              |                                 ^^^^^^^^^^^^^^^
              |
              = help: did you mean `keep customers`?

        "#]],
    );
}

#[test]
fn objectives_do_not_serve_each_other_in_a_circle() {
    check(
        &stated(
            r#"{ "id": "a", "serves": "b", "goal": "settled in conversation >= 5%" },
    { "id": "b", "serves": "c" },
    { "id": "c", "serves": "a" },
    { "id": "d", "serves": "a", "goal": "settled in conversation >= 6%" },
    { "id": "e", "serves": "e" }"#,
        ),
        expect![[r#"
            error[objectives-in-a-circle]: `a` serves `b`, which serves `c`, which serves `a`
             --> broken.json:6:72
              |
            6 |   "experiment": { "repeat": 2 }, "objectives": [{ "id": "a", "serves": "b", "goal": "settled in conversation >= 5%" },
              |                                                                        ^^^
              |
              = help: one of them must be what the others are for: leave its `serves` away

            error[objectives-in-a-circle]: `e` serves `e`
              --> broken.json:10:28
               |
            10 |     { "id": "e", "serves": "e" }], "practice": { "error": "4%" } }
               |                            ^^^
               |
               = help: one of them must be what the others are for: leave its `serves` away

        "#]],
    );
}

#[test]
fn a_strategy_wants_a_goal_and_a_goal_a_strategy() {
    check(
        &stated(
            r#"{ "id": "keep customers" },
    { "id": "be loved", "serves": "keep customers" },
    { "id": "prompt", "serves": "keep customers", "goal": "settled in conversation >= 5%" },
    { "id": "many", "goal": "settled in conversation >= 6%" }"#,
        ),
        expect![[r#"
            warning[no-goal-serves]: no goal serves `be loved`
             --> broken.json:7:13
              |
            7 |     { "id": "be loved", "serves": "keep customers" },
              |             ^^^^^^^^^^
              |
              = help: state its `goal`, or an objective with one that `serves` it: how would one know that it works?

            warning[serves-no-strategy]: `many` serves nothing, while others serve `keep customers`
             --> broken.json:9:13
              |
            9 |     { "id": "many", "goal": "settled in conversation >= 6%" }], "practice": { "error": "4%" } }
              |             ^^^^^^
              |
              = help: say what it `serves`, or ask what it is for

            warning[no-effect]: `error` changes nothing in the designs as they stand
             --> broken.json:9:88
              |
            9 |     { "id": "many", "goal": "settled in conversation >= 6%" }], "practice": { "error": "4%" } }
              |                                                                                        ^^^^
              |
              = help: leave it out, unless a design, a what-if or a sweep is to have something that it is about

        "#]],
    );
}

#[test]
fn where_there_is_no_goal_there_is_nothing_to_restrict() {
    check(
        &stated(r#"{ "id": "keep customers", "topics": ["anything"] }"#),
        expect![[r#"
        error[no-goal]: `topics` restricts a `goal`, and there is none
         --> broken.json:6:75
          |
        6 |   "experiment": { "repeat": 2 }, "objectives": [{ "id": "keep customers", "topics": ["anything"] }], "practice": { "error": "4%" } }
          |                                                                           ^^^^^^^^
          |
          = help: state the goal, or leave this to the objectives that serve it

        warning[no-goal-serves]: no goal serves `keep customers`
         --> broken.json:6:57
          |
        6 |   "experiment": { "repeat": 2 }, "objectives": [{ "id": "keep customers", "topics": ["anything"] }], "practice": { "error": "4%" } }
          |                                                         ^^^^^^^^^^^^^^^^
          |
          = help: state its `goal`, or an objective with one that `serves` it: how would one know that it works?

    "#]],
    );
}

#[test]
fn a_goal_on_replies_is_refused_where_desks_send_none() {
    let goals = r#"{ "id": "fast", "goal": "answered within 1h >= 60%" },
    { "id": "served", "goal": "settled in conversation >= 90%" },
    { "id": "soon", "goal": "mean time to settle <= 2h" },
    { "id": "first", "goal": "settled by first reply >= 10%" }"#;
    check(
        &stated(goals),
        expect![[r#"
        error[unknown-measure]: `answered within` is not measured in a plain network, whose desks serve and send no replies
         --> broken.json:6:73
          |
        6 |   "experiment": { "repeat": 2 }, "objectives": [{ "id": "fast", "goal": "answered within 1h >= 60%" },
          |                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: measured there: settled in conversation, mean time to settle, gave up waiting, busiest role, cost of one settled inquiry

        error[unknown-measure]: `settled by first reply` is not measured in a plain network, whose desks serve and send no replies
         --> broken.json:9:30
          |
        9 |     { "id": "first", "goal": "settled by first reply >= 10%" }], "practice": { "error": "4%" } }
          |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: measured there: settled in conversation, mean time to settle, gave up waiting, busiest role, cost of one settled inquiry

    "#]],
    );
    // beside a desk that answers there are replies
    let desk = r#""desk": { "people": 1, "service": "6m" } },
    "links": [ { "intake": { "to": "desk" } } ] } }, "B": { "graph": { "roles": { "desk": { "people": 1, "work": "6m" }"#;
    let beside =
        format!(r#""repeat": 2 }}, "objectives": [{goals}], "practice": {{ "error": "4%""#);
    let both = super::load(
        &super::Source::new("both.json", plain("", desk, "", &beside)),
        &super::Overlay::default(),
    );
    let problems = match both {
        Ok(_) => vec![],
        Err(problems) => problems,
    };
    assert!(problems.iter().all(|of| of.code != "unknown-measure"), "{problems:?}");
}
