//! Disciplines, slots, pace and work that nobody waits for, where they make no sense.

use expect_test::expect;

use super::{check, plain};

fn desk(more: &str) -> String {
    plain("", &format!(r#""desk": {{ "people": 2, "service": "6m", {more} }}"#), "", "")
}

fn two_topics(more: &str) -> String {
    let topics = r#""messages": "9/hour", "topics": { "a": { "share": "40%", "priority": 1 }, "b": { "share": "30%", "priority": 2 }, "c": { "share": "30%", "priority": 2 } }"#;
    plain(topics, &format!(r#""desk": {{ "people": 2, "service": "6m", {more} }}"#), "", "")
}

#[test]
fn slots_that_are_none_or_stand_still() {
    check(
        &desk(r#""slots": 0"#),
        expect![[r#"
        error[out-of-range]: `0` is not a whole number between 1 and 1000
         --> broken.json:4:65
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "slots": 0 } },
          |                                                                 ^

    "#]],
    );
    check(
        &desk(r#""slots": { "slowdown": 0.5 }"#),
        expect![[r#"
        error[missing-key]: this does not say how many cases may be open
         --> broken.json:4:56
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "slots": { "slowdown": 0.5 } } },
          |                                                        ^^^^^^^
          |
          = help: state one of `most` (with `slowdown`), `each` and `together`

    "#]],
    );
    check(
        &desk(r#""slots": { "most": 3, "each": [1, 0.5] }"#),
        expect![[r#"
        error[two-tags]: this says twice how many cases may be open
         --> broken.json:4:56
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "slots": { "most": 3, "each": [1, 0.5] } } },
          |                                                        ^^^^^^^
          |
          = help: state one of `most` (with `slowdown`), `each` and `together`

    "#]],
    );
    check(
        &desk(r#""slots": { "each": [1, 0] }"#),
        expect![[r#"
        error[out-of-range]: a case that does not go forward is never done
         --> broken.json:4:79
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "slots": { "each": [1, 0] } } },
          |                                                                               ^

    "#]],
    );
    check(
        &desk(r#""slots": { "together": [1, 1.5], "slowdown": 1 }"#),
        expect![[r#"
        error[no-effect]: `slowdown` has no effect where speeds are listed
         --> broken.json:4:101
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "slots": { "together": [1, 1.5], "slowdown": 1 } } },
          |                                                                                                     ^

    "#]],
    );
    check(
        &desk(r#""slots": { "together": [] }"#),
        expect![[r#"
        error[out-of-range]: between 1 and 1000 cases may be open
         --> broken.json:4:67
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "slots": { "together": [] } } },
          |                                                                   ^^^^^^^^^^

    "#]],
    );
    check(
        &desk(r#""slots": { "most": 3, "slowdwn": 1 }"#),
        expect![[r#"
        error[unknown-key]: `slowdwn` is not a key of `slots`
         --> broken.json:4:78
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "slots": { "most": 3, "slowdwn": 1 } } },
          |                                                                              ^^^^^^^^^
          |
          = help: did you mean `slowdown`?

    "#]],
    );
}

#[test]
fn tasks_that_take_no_time_and_windows_that_are_over() {
    check(
        &desk(r#""proactive": { "endless": { "task": { "constant": "0s" } } }"#),
        expect![[r#"
        error[zero-time-loop]: an endless supply of tasks that take no time
         --> broken.json:4:71
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "proactive": { "endless": { "task": { "constant": "0s" } } } } },
          |                                                                       ^^^^^^^^^

    "#]],
    );
    check(
        &desk(r#""proactive": { "endless": { "keep_free": 1 } }"#),
        expect![[r#"
        error[missing-key]: `endless` needs `task`
         --> broken.json:4:71
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "proactive": { "endless": { "keep_free": 1 } } } },
          |                                                                       ^^^^^^^^^

    "#]],
    );
    check(
        &desk(r#""proactive": { "when_idle": { "keep_free": -1 } }"#),
        expect![[r#"
        error[negative]: `-1` is not a whole number between 0 and 1000000
         --> broken.json:4:99
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "proactive": { "when_idle": { "keep_free": -1 } } } },
          |                                                                                                   ^^

    "#]],
    );
    check(
        &desk(r#""proactive": "when_free""#),
        expect![[r#"
        error[unknown-word]: `when_free` means nothing here
         --> broken.json:4:69
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "proactive": "when_free" } },
          |                                                                     ^^^^^^^^^^^
          |
          = help: known here: `never`, `when idle`

    "#]],
    );
    let channel = r#""messages": "9/hour", "channels": { "x": { "window": "0s" } }"#;
    check(
        &plain(channel, "", "", ""),
        expect![[r#"
        error[out-of-range]: a window that is over at once
         --> broken.json:2:86
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "channels": { "x": { "window": "0s" } } },
          |                                                                                      ^^^^

    "#]],
    );
    let channel = r#""messages": "9/hour", "channels": { "x": { "window_runs": "sometimes" } }"#;
    check(
        &plain(channel, "", "", ""),
        expect![[r#"
        error[unknown-word]: `sometimes` means nothing here
         --> broken.json:2:91
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "channels": { "x": { "window_runs": "sometimes" } } },
          |                                                                                           ^^^^^^^^^^^
          |
          = help: known here: `always`, `while it waits`

    "#]],
    );
}

#[test]
fn rules_of_the_line_that_contradict_each_other() {
    check(
        &two_topics(r#""discipline": { "priority": { "kept_free": { "b": 1 } } }"#),
        expect![[r#"
            error[unlike-topics]: `c` has the priority of another topic, and another number
             --> broken.json:4:86
              |
            4 |     "roles": { "desk": { "people": 2, "service": "6m", "discipline": { "priority": { "kept_free": { "b": 1 } } } } },
              |                                                                                      ^^^^^^^^^^^
              |
              = help: topics of one priority wait in one line: keep the same number free of them

        "#]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "kept_free": { "a": 1, "b": 0 } } }"#),
        expect![[r#"
            error[out-of-order]: more people are kept free of urgent topics than of less urgent ones
             --> broken.json:4:86
              |
            4 |     "roles": { "desk": { "people": 2, "service": "6m", "discipline": { "priority": { "kept_free": { "a": 1, "b": 0 } } } } },
              |                                                                                      ^^^^^^^^^^^
              |
              = help: people are kept free for what is more urgent

        "#]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "kept_free": { "d": 1 } } }"#),
        expect![[r#"
            error[unknown-topic]: no topic is named `d`
             --> broken.json:4:106
              |
            4 |     "roles": { "desk": { "people": 2, "service": "6m", "discipline": { "priority": { "kept_free": { "d": 1 } } } } },
              |                                                                                                          ^
              |
              = help: did you mean `a`?

        "#]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "when_full": "push out" } }"#),
        expect![[r#"
            error[no-effect]: `when_full` has no effect without a `waiting_room`
             --> broken.json:4:56
              |
            4 |     "roles": { "desk": { "people": 2, "service": "6m", "discipline": { "priority": { "when_full": "push out" } } } },
              |                                                        ^^^^^^^^^^^^

        "#]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "moves_up_after": "0s" } }"#),
        expect![[r#"
            error[out-of-range]: this length of time must be more than zero
             --> broken.json:4:104
              |
            4 |     "roles": { "desk": { "people": 2, "service": "6m", "discipline": { "priority": { "moves_up_after": "0s" } } } },
              |                                                                                                        ^^^^

        "#]],
    );
    check(
        &two_topics(r#""discipline": "earliest deadline""#),
        expect![[r#"
        error[no-effect]: no case is ever due: nobody expects a reply by a time
         --> broken.json:4:70
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "discipline": "earliest deadline" } },
          |                                                                      ^^^^^^^^^^^^^^^^^^^
          |
          = help: state `due` by topic, or `expect_reply_within` under `customers`

    "#]],
    );
    check(
        &two_topics(r#""discipline": { "earliest_deadline": {} }"#),
        expect![[r#"
        error[no-effect]: no case is ever due: nobody expects a reply by a time
         --> broken.json:4:72
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "discipline": { "earliest_deadline": {} } } },
          |                                                                        ^^^^^^^^^^^^^^^^^^^
          |
          = help: state `due` by topic, or `expect_reply_within` under `customers`

    "#]],
    );
}

#[test]
fn pace_that_cannot_be() {
    check(
        &desk(r#""switching": { "topics": "1m" }"#),
        expect![[r#"
        error[unknown-key]: `topics` is not a key of `switching`
         --> broken.json:4:71
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "switching": { "topics": "1m" } } },
          |                                                                       ^^^^^^^^
          |
          = help: known here: `cases`, `kinds`

    "#]],
    );
    check(
        &desk(r#""fatigue": { "after": "4h", "slower": "1%" }"#),
        expect![[r#"
        error[missing-key]: `fatigue` needs `rest`
         --> broken.json:4:56
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "fatigue": { "after": "4h", "slower": "1%" } } },
          |                                                        ^^^^^^^^^

    "#]],
    );
    check(
        &desk(r#""strain": { "overload": { "after": "3h", "above": "95%", "slower": "100%" } }"#),
        expect![[r#"
            error[out-of-range]: people who stand still never get anything done
             --> broken.json:4:123
              |
            4 |     "roles": { "desk": { "people": 2, "service": "6m", "strain": { "overload": { "after": "3h", "above": "95%", "slower": "100%" } } ...
              |                                                                                                                           ^^^^^^

        "#]],
    );
    check(
        &desk(r#""strain": { "hurry": "150%" }"#),
        expect![[r#"
        error[out-of-range]: `150%` is more than everything
         --> broken.json:4:77
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "strain": { "hurry": "150%" } } },
          |                                                                             ^^^^^^
          |
          = help: shares lie between 0% and 100%

    "#]],
    );
}

#[test]
fn a_plain_desk_has_nothing_to_hand_over() {
    check(
        &desk(r#""open": "daily 08:00-20:00", "shift_end": "hand over""#),
        expect![[r#"
        error[no-effect]: a plain desk has no context to hand over
         --> broken.json:4:98
          |
        4 |     "roles": { "desk": { "people": 2, "service": "6m", "open": "daily 08:00-20:00", "shift_end": "hand over" } },
          |                                                                                                  ^^^^^^^^^^^
          |
          = help: write `suspend`: a colleague goes on with what is left

    "#]],
    );
}
