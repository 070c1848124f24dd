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
    check(&desk(r#""slots": 0"#), expect![[""]]);
    check(&desk(r#""slots": { "slowdown": 0.5 }"#), expect![[""]]);
    check(&desk(r#""slots": { "most": 3, "each": [1, 0.5] }"#), expect![[""]]);
    check(&desk(r#""slots": { "each": [1, 0] }"#), expect![[""]]);
    check(&desk(r#""slots": { "together": [1, 1.5], "slowdown": 1 }"#), expect![[""]]);
    check(&desk(r#""slots": { "together": [] }"#), expect![[""]]);
    check(&desk(r#""slots": { "most": 3, "slowdwn": 1 }"#), expect![[""]]);
}

#[test]
fn tasks_that_take_no_time_and_windows_that_are_over() {
    check(&desk(r#""proactive": { "endless": { "task": { "constant": "0s" } } }"#), expect![[""]]);
    check(&desk(r#""proactive": { "endless": { "keep_free": 1 } }"#), expect![[""]]);
    check(&desk(r#""proactive": { "when_idle": { "keep_free": -1 } }"#), expect![[""]]);
    check(&desk(r#""proactive": "when_free""#), expect![[""]]);
    let channel = r#""messages": "9/hour", "channels": { "x": { "window": "0s" } }"#;
    check(&plain(channel, "", "", ""), expect![[""]]);
    let channel = r#""messages": "9/hour", "channels": { "x": { "window_runs": "sometimes" } }"#;
    check(&plain(channel, "", "", ""), expect![[""]]);
}

#[test]
fn rules_of_the_line_that_contradict_each_other() {
    check(
        &two_topics(r#""discipline": { "priority": { "kept_free": { "b": 1 } } }"#),
        expect![[""]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "kept_free": { "a": 1, "b": 0 } } }"#),
        expect![[""]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "kept_free": { "d": 1 } } }"#),
        expect![[""]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "when_full": "push out" } }"#),
        expect![[""]],
    );
    check(
        &two_topics(r#""discipline": { "priority": { "moves_up_after": "0s" } }"#),
        expect![[""]],
    );
    check(&two_topics(r#""discipline": "earliest deadline""#), expect![[""]]);
    check(&two_topics(r#""discipline": { "earliest_deadline": {} }"#), expect![[""]]);
}

#[test]
fn pace_that_cannot_be() {
    check(&desk(r#""switching": { "topics": "1m" }"#), expect![[""]]);
    check(&desk(r#""fatigue": { "after": "4h", "slower": "1%" }"#), expect![[""]]);
    check(
        &desk(r#""strain": { "overload": { "after": "3h", "above": "95%", "slower": "100%" } }"#),
        expect![[""]],
    );
    check(&desk(r#""strain": { "hurry": "150%" }"#), expect![[""]]);
}

#[test]
fn a_plain_desk_has_nothing_to_hand_over() {
    check(&desk(r#""open": "daily 08:00-20:00", "shift_end": "hand over""#), expect![[""]]);
}
