//! Moods that cannot be.

use expect_test::expect;

use super::{check, plain};

#[test]
fn moods_have_steps_of_some_size_and_topics_none_without_them() {
    check(
        &plain(
            r#""messages": "9/hour", "mood": { "waiting": -1, "wrong": 99, "intensty": 1 }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
            error[negative]: `-1` is not between 0 and 10
             --> broken.json:2:76
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "mood": { "waiting": -1, "wrong": 99, "intensty": 1 } },
              |                                                                            ^^

            error[out-of-range]: `99` is not between 0 and 10
             --> broken.json:2:89
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "mood": { "waiting": -1, "wrong": 99, "intensty": 1 } },
              |                                                                                         ^^

            error[unknown-key]: `intensty` is not a key of `mood`
             --> broken.json:2:93
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "mood": { "waiting": -1, "wrong": 99, "intensty": 1 } },
              |                                                                                             ^^^^^^^^^^
              |
              = help: did you mean `intensity`?

        "#]],
    );
    check(
        &plain(r#""messages": "9/hour", "topics": { "a": { "mood": -0.5 } }"#, "", "", ""),
        expect![[r#"
            error[no-effect]: `mood` has no effect: these customers have no moods
             --> broken.json:2:82
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "mood": -0.5 } } },
              |                                                                                  ^^^^
              |
              = help: state `customers.mood`, or leave this out

        "#]],
    );
}

#[test]
fn crowds_that_die_out_apart_may_grow_together() {
    check(
        r#"{ "orgsim": 1,
  "customers": { "streams": { "storm": { "messages": "9/hour", "self_exciting": { "branching": 0.7 } } },
    "behavior": { "goes_public": "50%", "crowd": { "branching": 0.8 } } },
  "designs": { "A": { "centralized": { "care agent": 2, "strategist": 1 } } } }"#,
        expect![[r#"
            error[endless-crowd]: each inquiry of `storm` can draw in 1.10 others: the crowd would grow without end
             --> broken.json:2:3
              |
            2 |   "customers": { "streams": { "storm": { "messages": "9/hour", "self_exciting": { "branching": 0.7 } } },
              |   ^^^^^^^^^^^
              |
              = help: stay below 1 with the stream's own crowd and what customers do past their deadline or after an answer

        "#]],
    );
}
