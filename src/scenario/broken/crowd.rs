//! Crowds that would never end, and those that would do nothing.

use expect_test::expect;

use super::{check, plain};

#[test]
fn a_crowd_that_grows_without_end_is_refused() {
    let of = |crowd: &str| {
        plain(
            &format!(
                r#""streams": {{ "storm": {{ "messages": "9/hour",
    "self_exciting": {crowd} }} }}"#
            ),
            "",
            "",
            "",
        )
    };
    check(
        &of(r#"{ "branching": 1.0 }"#),
        expect![[r#"
        error[endless-crowd]: each post draws in 1 more: the crowd would grow without end
         --> broken.json:3:37
          |
        3 |     "self_exciting": { "branching": 1.0 } } } },
          |                                     ^^^
          |
          = help: stay below 1 with `branching` and what replies do to it

    "#]],
    );
    check(
        &of(r#"{ "branching": 0.9, "calmed_by_reply": 1.2 }"#),
        expect![[r#"
        error[endless-crowd]: each post draws in 0.9 more, 1.2 times as many after a reply: the crowd would grow without end
         --> broken.json:3:37
          |
        3 |     "self_exciting": { "branching": 0.9, "calmed_by_reply": 1.2 } } } },
          |                                     ^^^
          |
          = help: stay below 1 with `branching` and what replies do to it

    "#]],
    );
    check(
        &of(r#"{ "branching": 0.9, "reply_within": "30m" }"#),
        expect![[r#"
        error[no-effect]: `reply_within` has no effect: a reply calms nobody
         --> broken.json:3:58
          |
        3 |     "self_exciting": { "branching": 0.9, "reply_within": "30m" } } } },
          |                                                          ^^^^^
          |
          = help: state `calmed_by_reply`, or leave this out

    "#]],
    );
    check(
        &of(r#"{ "calmed_by_reply": 0.7 }"#),
        expect![[r#"
        error[missing-key]: a crowd needs `branching`
         --> broken.json:3:5
          |
        3 |     "self_exciting": { "calmed_by_reply": 0.7 } } } },
          |     ^^^^^^^^^^^^^^^

    "#]],
    );
}

#[test]
fn the_clock_draws_in_nobody() {
    check(
        &plain(
            r#""streams": { "a": { "every": "1h", "self_exciting": { "branching": 0.5 } } },
    "behavior": { "goes_public": "29%" }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
            error[no-effect]: posts that come by the clock or from a log draw in nobody
             --> broken.json:2:68
              |
            2 |   "customers": { "plain": true, "streams": { "a": { "every": "1h", "self_exciting": { "branching": 0.5 } } },
              |                                                                    ^^^^^^^^^^^^^^^
              |
              = help: state how many come: `messages` or `mentions`

            error[no-effect]: `goes_public` has no effect where nobody expects a reply by any time
             --> broken.json:3:34
              |
            3 |     "behavior": { "goes_public": "29%" } },
              |                                  ^^^^^
              |
              = help: state `expect_reply_within`, or leave this out

        "#]],
    );
}

#[test]
fn a_surge_has_one_shape_and_a_channel_that_exists() {
    let of = |more: &str| {
        plain(
            &format!(
                r#""messages": "9/hour", "surges": [ {{ "times": 5, "from": "week 1 Friday 18:00", "for": "36h",
    {more} }} ]"#
            ),
            "",
            "",
            "",
        )
    };
    check(
        &of(r#""shape": "sudden""#),
        expect![[r#"
        error[unknown-word]: `sudden` means nothing here
         --> broken.json:3:14
          |
        3 |     "shape": "sudden" } ] },
          |              ^^^^^^^^
          |
          = help: known here: `step`

    "#]],
    );
    check(
        &of(
            r#""channel": "y", "shape": { "rise_and_decay": { "rise": "2h" }, "self_exciting": { "branching": 0.5 } }"#,
        ),
        expect![[r#"
            error[unknown-channel]: no channel is named `y`
             --> broken.json:3:16
              |
            3 |     "channel": "y", "shape": { "rise_and_decay": { "rise": "2h" }, "self_exciting": { "branching": 0.5 } } } ] },
              |                ^^^
              |
              = help: known here: `inbox`

        "#]],
    );
    check(
        &of(r#""shape": { "rise_and_decay": { "rise": "2h" } }"#),
        expect![[r#"
        error[missing-key]: `rise_and_decay` needs `half_life`
         --> broken.json:3:16
          |
        3 |     "shape": { "rise_and_decay": { "rise": "2h" } } } ] },
          |                ^^^^^^^^^^^^^^^^

    "#]],
    );
}

#[test]
fn a_number_in_quotation_marks_is_told_how_to_be_one() {
    let of = |crowd: &str| {
        let stream = format!(
            r#""streams": {{ "storm": {{ "messages": "9/hour",
    "self_exciting": {crowd} }} }}"#
        );
        plain(&stream, "", "", "")
    };
    check(
        &of(r#"{ "branching": "50%" }"#),
        expect![[r#"
        error[wrong-type]: expected a number, found a text
         --> broken.json:3:37
          |
        3 |     "self_exciting": { "branching": "50%" } } } },
          |                                     ^^^^^
          |
          = help: write a bare number, without quotation marks or a unit: `0.5`

    "#]],
    );
    check(
        &of(r#"{ "branching": "half" }"#),
        expect![[r#"
            error[wrong-type]: expected a number, found a text
             --> broken.json:3:37
              |
            3 |     "self_exciting": { "branching": "half" } } } },
              |                                     ^^^^^^
              |
              = help: write a bare number, without quotation marks or a unit

        "#]],
    );
}
