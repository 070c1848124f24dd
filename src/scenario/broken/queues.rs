//! Patience of topics, who takes a case, and distributions on request, where they change nothing or mean nothing.

use expect_test::expect;

use super::{check, plain};

#[test]
fn patience_by_topic_is_about_topics_that_there_are() {
    let of = |patience: &str| {
        let topics = r#""messages": "9/hour", "topics": { "bills": {}, "claims": {} }"#;
        let behavior = format!(r#""behavior": {{ "patience": {{ {patience} }} }}"#);
        plain(&format!("{topics},\n    {behavior}"), "", "", "")
    };
    check(
        &of(r#""scope": "queue", "by_topic": { "bils": "10m" }"#),
        expect![[r#"
        error[unknown-topic]: no topic is named `bils`
         --> broken.json:3:73
          |
        3 |     "behavior": { "patience": { "scope": "queue", "by_topic": { "bils": "10m" } } } },
          |                                                                         ^^^^^
          |
          = help: did you mean `bills`?

    "#]],
    );
    check(
        &of(
            r#""scope": "queue", "law": "1h", "by_topic": { "bills": "10m", "claims": "unlimited" }"#,
        ),
        expect![[r#"
        error[no-effect]: `law` has no effect: every topic has a patience of its own
         --> broken.json:3:58
          |
        3 |     "behavior": { "patience": { "scope": "queue", "law": "1h", "by_topic": { "bills": "10m", "claims": "unlimited" } } } },
          |                                                          ^^^^
          |
          = help: leave it out, or a topic out of `by_topic`

    "#]],
    );
    check(
        &of(r#""scope": "queue", "by_topic": { "bills": "for ever" }"#),
        expect![[r#"
        error[unreadable]: `for ever` is not a length of time
         --> broken.json:3:74
          |
        3 |     "behavior": { "patience": { "scope": "queue", "by_topic": { "bills": "for ever" } } } },
          |                                                                          ^^^^^^^^^^
          |
          = help: write a number with a unit: `45s`, `5m`, `2h 30m`, `34 days`, `13 weeks`

    "#]],
    );
    check(
        &of(r#""scope": "queue", "law": "1h", "by_topic": { "bills": "unlimited" }"#),
        expect![[""]],
    );
}

#[test]
fn who_takes_a_case_matters_where_several_may_be_free() {
    let desk = |role: &str| plain("", &format!(r#""desk": {{ {role}, "service": "6m" }}"#), "", "");
    check(
        &desk(r#""people": "infinite", "taken_by": "first listed""#),
        expect![[r#"
            error[no-effect]: `taken_by` has no effect where people are infinitely many
             --> broken.json:4:60
              |
            4 |     "roles": { "desk": { "people": "infinite", "taken_by": "first listed", "service": "6m" } },
              |                                                            ^^^^^^^^^^^^^^
              |
              = help: state a number of people, or leave it out

        "#]],
    );
    check(
        &desk(r#""people": 2, "slots": 3, "taken_by": "first listed""#),
        expect![[r#"
        error[no-effect]: `taken_by` has no effect where people have several slots
         --> broken.json:4:63
          |
        4 |     "roles": { "desk": { "people": 2, "slots": 3, "taken_by": "first listed", "service": "6m" } },
          |                                                               ^^^^^^^^^^^^^^
          |
          = help: leave it out: a case goes to whoever has fewest open

    "#]],
    );
    check(
        &desk(r#""people": 2, "taken_by": "first""#),
        expect![[r#"
        error[unknown-word]: `first` means nothing here
         --> broken.json:4:51
          |
        4 |     "roles": { "desk": { "people": 2, "taken_by": "first", "service": "6m" } },
          |                                                   ^^^^^^^
          |
          = help: known here: `longest free`, `first listed`

    "#]],
    );
}

#[test]
fn distributions_are_asked_for_by_their_names() {
    let asked = |measure: &str| plain("", "", "", &format!(r#""repeat": 2, "measure": {measure}"#));
    check(
        &asked(r#"["number inside", "number waitng"]"#),
        expect![[r#"
        error[unknown-word]: `number waitng` means nothing here
         --> broken.json:6:61
          |
        6 |   "experiment": { "repeat": 2, "measure": ["number inside", "number waitng"] } }
          |                                                             ^^^^^^^^^^^^^^^
          |
          = help: did you mean `number waiting`?

    "#]],
    );
    check(
        &asked(r#"["number at instants"]"#),
        expect![[r#"
        error[no-effect]: no instants are looked at
         --> broken.json:6:44
          |
        6 |   "experiment": { "repeat": 2, "measure": ["number at instants"] } }
          |                                            ^^^^^^^^^^^^^^^^^^^^
          |
          = help: say which under `observe`, or leave this out

    "#]],
    );
    check(&asked(r#"["total wait", "number waiting"]"#), expect![[""]]);
    check(
        &asked(r#"["times by topic"]"#),
        expect![[r#"
        error[no-effect]: there is one topic, and its times are those of the role
         --> broken.json:6:44
          |
        6 |   "experiment": { "repeat": 2, "measure": ["times by topic"] } }
          |                                            ^^^^^^^^^^^^^^^^
          |
          = help: leave it out

    "#]],
    );
    let desks = r#"{ "orgsim": 1, "customers": { "messages": "9/day", "topics": { "bills": {}, "claims": {} } },
  "designs": { "A": { "centralized": { "care agent": 2, "strategist": 1 } } },
  "experiment": { "repeat": 2, "measure": ["times by topic"] } }"#;
    check(
        desks,
        expect![[r#"
        error[no-effect]: no desk is plain, and only plain desks tell their times topic by topic
         --> broken.json:3:44
          |
        3 |   "experiment": { "repeat": 2, "measure": ["times by topic"] } }
          |                                            ^^^^^^^^^^^^^^^^
          |
          = help: leave it out

    "#]],
    );
}

#[test]
fn nothing_to_write_about() {
    check(
        &plain(r#""messages": "9/hour", "topics": {}"#, "", "", ""),
        expect![[r#"
        error[missing-key]: there are no topics
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": {} },
          |                                                       ^^^^^^^^
          |
          = help: name one topic at least, or leave `topics` out for one of all inquiries

    "#]],
    );
}

#[test]
fn what_can_never_happen_at_a_role_is_told() {
    check(
        &plain(
            r#""messages": "9/hour", "behavior": { "patience": { "scope": "queue", "law": "1h" } }"#,
            r#""desk": { "people": "infinite", "service": "6m",
      "waiting_room": 3, "discipline": "priority" }"#,
            "",
            "",
        ),
        expect![[r#"
            warning[no-effect]: `patience` has no effect: people are infinitely many everywhere, so that nobody waits in a queue
             --> broken.json:2:69
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "patience": { "scope": "queue", "law": "1h" } } },
              |                                                                     ^^^^^^^^^^
              |
              = help: state a number of people, or leave it out

            warning[no-effect]: `waiting_room` has no effect: where people are infinitely many nobody waits
             --> broken.json:5:23
              |
            5 |       "waiting_room": 3, "discipline": "priority" } },
              |                       ^
              |
              = help: state a number of people, or leave it out

            warning[no-effect]: `discipline` has no effect: where people are infinitely many nobody waits
             --> broken.json:5:40
              |
            5 |       "waiting_room": 3, "discipline": "priority" } },
              |                                        ^^^^^^^^^^
              |
              = help: state a number of people, or leave it out

        "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "a": { "priority": 1 }, "b": { "priority": 2 } }"#,
            r#""desk": { "people": "infinite", "service": "6m",
      "discipline": { "priority": { "moves_up_after": "2h" } } }"#,
            "",
            "",
        ),
        expect![[r#"
            warning[no-effect]: `discipline` has no effect: where people are infinitely many nobody waits
             --> broken.json:5:7
              |
            5 |       "discipline": { "priority": { "moves_up_after": "2h" } } } },
              |       ^^^^^^^^^^^^
              |
              = help: state a number of people, or leave it out

        "#]],
    );
    check(
        &plain(
            "",
            r#""desk": { "people": 2, "service": "6m",
      "proactive": { "endless": { "task": "9m", "keep_free": 2 } } }"#,
            "",
            "",
        ),
        expect![[r#"
            warning[no-effect]: nobody ever begins this work: 2 must stay free, of 2
             --> broken.json:5:62
              |
            5 |       "proactive": { "endless": { "task": "9m", "keep_free": 2 } } } },
              |                                                              ^
              |
              = help: keep fewer free than there are people, or leave the work out

        "#]],
    );
    // one that may begin while the other stays free
    check(
        &plain(
            "",
            r#""desk": { "people": 2, "service": "6m",
      "proactive": { "endless": { "task": "9m", "keep_free": 1 } } }"#,
            "",
            "",
        ),
        expect![""],
    );
}

#[test]
fn who_is_kept_free_of_all_that_is_least_urgent_never_begins_it() {
    let kept = |people: &str, kept: &str, more: &str| {
        let topics = r#""messages": "9/hour", "topics": { "a": { "share": "50%", "priority": 1 }, "b": { "share": "50%", "priority": 2 } }"#;
        let desk = format!(
            r#""desk": {{ "people": {people}, "service": "6m",
      "discipline": {{ "priority": {{ "kept_free": {{ {kept} }} {more} }} }} }}"#
        );
        plain(topics, &desk, "", "")
    };
    let two = r#""b": 2"#;
    check(
        &kept("2", two, ""),
        expect![[r#"
        warning[never-begun]: nobody ever begins `b` here: 2 are kept free of it, of 2
         --> broken.json:5:37
          |
        5 |       "discipline": { "priority": { "kept_free": { "b": 2 }  } } } },
          |                                     ^^^^^^^^^^^
          |
          = help: keep fewer free than there are people, or let somebody take nothing more urgent

    "#]],
    );
    check(&kept("3", two, ""), expect![""]);
    // whoever takes nothing more urgent begins them, and nobody else here
    check(&kept(r#"[{ "skills": ["b"] }, { "count": 2 }]"#, two, ""), expect![""]);
    check(&kept(r#"[{ "skills": ["a"] }, { "count": 2 }]"#, two, ""), expect![""]);
    check(
        &kept(r#"[{ "skills": ["a"] }, { "count": 1 }]"#, two, ""),
        expect![[r#"
        warning[never-begun]: nobody ever begins `b` here: 2 are kept free of it, of 2
         --> broken.json:5:37
          |
        5 |       "discipline": { "priority": { "kept_free": { "b": 2 }  } } } },
          |                                     ^^^^^^^^^^^
          |
          = help: keep fewer free than there are people, or let somebody take nothing more urgent

    "#]],
    );
    check(
        &kept("3", r#""a": 1, "b": 1"#, ""),
        expect![[r#"
        warning[no-effect]: keeping people free of the most urgent topics has no effect: they would be kept for nothing
         --> broken.json:5:37
          |
        5 |       "discipline": { "priority": { "kept_free": { "a": 1, "b": 1 }  } } } },
          |                                     ^^^^^^^^^^^
          |
          = help: name less urgent topics only

    "#]],
    );
}

#[test]
fn what_is_kept_from_a_class_may_be_all_who_take_a_less_urgent_one() {
    let topics = r#""messages": "9/hour", "topics": { "a": { "priority": 1 }, "b": { "priority": 2 }, "c": { "priority": 3 } }"#;
    let desk = r#""desk": { "people": [{ "count": 2 }, { "skills": ["b"] }], "service": "6m",
      "discipline": { "priority": { "kept_free": { "b": 2, "c": 2 } } } }"#;
    check(
        &plain(topics, desk, "", ""),
        expect![[r#"
        warning[never-begun]: nobody ever begins `c` here: 2 are kept free of it, of 2
         --> broken.json:5:37
          |
        5 |       "discipline": { "priority": { "kept_free": { "b": 2, "c": 2 } } } } },
          |                                     ^^^^^^^^^^^
          |
          = help: keep fewer free than there are people, or let somebody take nothing more urgent

    "#]],
    );
}

#[test]
fn an_intake_after_one_that_takes_all_is_told() {
    let both = |first: &str, second: &str| {
        let roles = r#""front": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" }"#;
        let links = format!(r#"{{ "intake": {first} }}, {{ "intake": {second} }}"#);
        plain("\"messages\": \"9/hour\", \"topics\": { \"a\": {}, \"b\": {} }", roles, &links, "")
    };
    check(
        &both(r#"{ "to": "front" }"#, r#"{ "to": "back", "topics": ["a"] }"#),
        expect![[r#"
            warning[no-effect]: nothing comes to `back` from its channels: `front` takes in everything before
             --> broken.json:5:49
              |
            5 |     "links": [ { "intake": { "to": "front" } }, { "intake": { "to": "back", "topics": ["a"] } } ] } } },
              |                                                 ^
              |
              = help: an inquiry goes to the first intake that fits: state the narrower one first, or what each is for

        "#]],
    );
    check(&both(r#"{ "to": "front", "topics": ["a"] }"#, r#"{ "to": "back" }"#), expect![""]);
}

#[test]
fn a_desk_that_replies_in_a_plain_world_is_told_what_it_does_by_default() {
    let of = |practice: &str| {
        let experiment = format!(r#""repeat": 2 }}, "practice": {{ {practice}"#);
        plain("", r#""desk": { "people": 1, "desk": {} }"#, "", &experiment)
    };
    check(
        &of(r#""error": "0%""#),
        expect![[r#"
            warning[not-plain]: customers are plain, and `desk` is a desk that replies, where by default 65% of a case's work goes into its first reply
             --> broken.json:2:27
              |
            2 |   "customers": { "plain": true, "messages": "9/hour" },
              |                           ^^^^
              |
              = help: for a queue as in theory give the role a `service`; or state `"practice": { "first_reply": "100%" }`, or what you mean

        "#]],
    );
    check(&of(r#""error": "0%", "first_reply": "100%""#), expect![""]);
}
