//! Links that state what would change nothing.

use expect_test::{Expect, expect};

use super::{check, plain};

/// The findings of full desks with this link beside the others.
fn among_desks(link: &str, expected: Expect) {
    let roles = r#""desk": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } },
      "back": { "people": 1, "desk": {} }"#;
    check(
        &plain("", roles, &format!(r#"{{ "intake": {{ "to": "desk" }} }}, {link}"#), ""),
        expected,
    );
}

/// The findings of two plain desks with this link beside the intake.
fn among_plain_desks(link: &str, expected: Expect) {
    let roles =
        r#""desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" }"#;
    let links = format!(r#"{{ "intake": {{ "to": "desk" }} }}, {link}"#);
    check(&plain("", roles, &links, ""), expected);
}

#[test]
fn intakes_and_listening_take_no_time_and_lose_nothing() {
    check(
        &plain("", "", r#"{ "intake": { "to": "desk", "delay": "5m", "loses": "10%" } }"#, ""),
        expect![[r#"
            error[no-effect]: `delay` has no effect on an intake
             --> broken.json:5:53
              |
            5 |     "links": [ { "intake": { "to": "desk", "delay": "5m", "loses": "10%" } } ] } } },
              |                                                     ^^^^
              |
              = help: what customers post is there at once and whole; state it where the case is passed on

            error[no-effect]: `loses` has no effect on an intake
             --> broken.json:5:68
              |
            5 |     "links": [ { "intake": { "to": "desk", "delay": "5m", "loses": "10%" } } ] } } },
              |                                                                    ^^^^^
              |
              = help: what customers post is there at once and whole; state it where the case is passed on

        "#]],
    );
    check(
        &plain(
            "",
            "",
            r#"{ "intake": { "to": "desk" } }, { "listen": { "to": "desk", "keeps": "50%" } }"#,
            "",
        ),
        expect![[r#"
            error[no-effect]: `keeps` has no effect on a `listen` link
             --> broken.json:5:85
              |
            5 |     "links": [ { "intake": { "to": "desk" } }, { "listen": { "to": "desk", "keeps": "50%" } } ] } } },
              |                                                                                     ^^^^^
              |
              = help: `practice.scan` says how long it takes until a mention can be seen

        "#]],
    );
    check(
        &plain("", "", r#"{ "intake": { "to": "desk", "channels": ["inbox"] } }"#, ""),
        expect![[r#"
            error[no-effect]: `channels` has no effect on an intake
             --> broken.json:5:44
              |
            5 |     "links": [ { "intake": { "to": "desk", "channels": ["inbox"] } } ] } } },
              |                                            ^^^^^^^^^^
              |
              = help: an intake names its channels under `from`

        "#]],
    );
}

#[test]
fn questions_and_reviews_take_no_time_on_the_way() {
    among_desks(
        r#"{ "consult": { "from": "desk", "to": "back", "delay": "5m" } }"#,
        expect![[r#"
        error[no-effect]: `delay` has no effect on a `consult` link
         --> broken.json:6:102
          |
        6 |     "links": [ { "intake": { "to": "desk" } }, { "consult": { "from": "desk", "to": "back", "delay": "5m" } } ] } } },
          |                                                                                                      ^^^^
          |
          = help: the case stays where it is; `practice.ask` and `practice.consult` say how long a question takes

    "#]],
    );
    among_desks(
        r#"{ "approve": { "from": "desk", "to": "back", "loses": "1%" } }"#,
        expect![[r#"
        error[no-effect]: `loses` has no effect on an `approve` link
         --> broken.json:6:102
          |
        6 |     "links": [ { "intake": { "to": "desk" } }, { "approve": { "from": "desk", "to": "back", "loses": "1%" } } ] } } },
          |                                                                                                      ^^^^
          |
          = help: the case stays where it is; `practice.review` says how long a review takes

    "#]],
    );
    among_desks(
        r#"{ "consult": { "from": "desk", "to": "back", "topics": ["anything"] } }"#,
        expect![[""]],
    );
}

#[test]
fn overflow_takes_what_waits_as_it_is() {
    among_desks(
        r#"{ "overflow": { "from": "desk", "to": "back", "after": "2h", "delay": "5m", "loses": "1%" } }"#,
        expect![[r#"
            error[no-effect]: `delay` has no effect on an overflow
             --> broken.json:6:118
              |
            6 |     "links": [ { "intake": { "to": "desk" } }, { "overflow": { "from": "desk", "to": "back", "after": "2h", "delay": "5m", "loses": "...
              |                                                                                                                      ^^^^
              |
              = help: the case is taken out of the line where it waits, at once; `keeps` says how much context is kept

            error[no-effect]: `loses` has no effect on an overflow
             --> broken.json:6:133
              |
            6 | ...: "desk", "to": "back", "after": "2h", "delay": "5m", "loses": "1%" } } ] } } },
              |                                                                   ^^^^
              |
              = help: the case is taken out of the line where it waits, at once; `keeps` says how much context is kept

        "#]],
    );
    among_desks(
        r#"{ "overflow": { "from": "desk", "to": "back", "after": "2h", "keeps": "80%" } }"#,
        expect![[""]],
    );
}

#[test]
fn a_case_waits_in_another_line_once() {
    among_desks(
        r#"{ "overflow": { "from": "desk", "to": "back", "after": "2h" } },
      { "overflow": { "from": "desk", "to": "back", "after": "4h", "topics": ["anything"] } }"#,
        expect![[r#"
            error[second-overflow]: what waits at `desk` may be taken at `back` already
             --> broken.json:7:7
              |
            7 |       { "overflow": { "from": "desk", "to": "back", "after": "4h", "topics": ["anything"] } } ] } } },
              |       ^
              |
              = help: a case waits in another line once: leave one of the two links out

        "#]],
    );
    among_desks(
        r#"{ "overflow": { "from": "desk", "to": "back", "after": "2h", "matter": "generic" } },
      { "overflow": { "from": "desk", "to": "back", "after": "4h" } }"#,
        expect![[""]],
    );
}

#[test]
fn nothing_passes_over_a_reporting_line() {
    among_desks(
        r#"{ "report": { "from": "back", "to": "desk", "delay": "1h" } },
      { "escalate": { "from": "desk", "to": "back", "delay": "1h", "loses": "1%" } }"#,
        expect![[r#"
            error[no-effect]: `delay` has no effect on a reporting line
             --> broken.json:6:101
              |
            6 |     "links": [ { "intake": { "to": "desk" } }, { "report": { "from": "back", "to": "desk", "delay": "1h" } },
              |                                                                                                     ^^^^
              |
              = help: only exceptions climb a reporting line, at once and whole: leave it out

        "#]],
    );
}

#[test]
fn plain_desks_pass_on_by_share_and_topic() {
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "share": "50%", "loses": "1%", "channels": ["inbox"], "matter": "generic" } }"#,
        expect![[r#"
            error[no-effect]: `loses` has no effect on a route by `share`
             --> broken.json:5:116
              |
            5 |     "links": [ { "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "50%", "loses": "1%", "channels": ...
              |                                                                                                                    ^^^^
              |
              = help: let the shares sum to less than 100%: the rest leaves

            error[no-effect]: `channels` has no effect on a route by `share`
             --> broken.json:5:122
              |
            5 | ...from": "desk", "to": "back", "share": "50%", "loses": "1%", "channels": ["inbox"], "matter": "generic" } } ] } } },
              |                                                                ^^^^^^^^^^
              |
              = help: plain desks tell topics apart, and nothing else

            error[no-effect]: `matter` has no effect on a route by `share`
             --> broken.json:5:155
              |
            5 | ...re": "50%", "loses": "1%", "channels": ["inbox"], "matter": "generic" } } ] } } },
              |                                                                ^^^^^^^^^
              |
              = help: plain desks tell topics apart, and nothing else

        "#]],
    );
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "share": "50%", "keeps": "1%", "hand_off": "other team" } }"#,
        expect![[r#"
            error[no-effect]: `keeps` has no effect on a route by `share`
             --> broken.json:5:116
              |
            5 |     "links": [ { "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "50%", "keeps": "1%", "hand_off": ...
              |                                                                                                                    ^^^^
              |
              = help: plain desks have no context to lose

            error[no-effect]: `hand_off` has no effect on a route by `share`
             --> broken.json:5:134
              |
            5 | ..., "to": "back", "share": "50%", "keeps": "1%", "hand_off": "other team" } } ] } } },
              |                                                               ^^^^^^^^^^^^
              |
              = help: plain desks have no context to lose; state the `delay`

        "#]],
    );
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "share": "50%", "delay": "1h", "topics": ["anything"] } }"#,
        expect![[""]],
    );
}

#[test]
fn each_kind_of_desk_has_its_links() {
    among_plain_desks(
        r#"{ "escalate": { "from": "desk", "to": "back" } }"#,
        expect![[r#"
        error[no-effect]: `desk` is a plain desk: its `escalate` links have no effect
         --> broken.json:5:72
          |
        5 |     "links": [ { "intake": { "to": "desk" } }, { "escalate": { "from": "desk", "to": "back" } } ] } } },
          |                                                                        ^^^^^^
          |
          = help: a plain desk serves and passes on by `route`; for all else make it a `desk`

    "#]],
    );
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "when": "always" } }"#,
        expect![[r#"
            error[no-effect]: `desk` is a plain desk, which knows no `when`
             --> broken.json:5:99
              |
            5 |     "links": [ { "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "when": "always" } } ] } } },
              |                                                                                                   ^^^^^^^^
              |
              = help: state the `share` of its cases that it passes on

        "#]],
    );
    among_desks(
        r#"{ "route": { "from": "desk", "to": "back", "share": "50%" } }"#,
        expect![[r#"
        error[no-effect]: `desk` is a full desk, which passes nothing on by `share`
         --> broken.json:6:100
          |
        6 |     "links": [ { "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "50%" } } ] } } },
          |                                                                                                    ^^^^^
          |
          = help: state `when` it passes a case on: `always`, `unknown` or `wrong desk`

    "#]],
    );
}

#[test]
fn silence_has_no_effect_on_patience_in_the_queue() {
    let patience = |rest: &str| {
        format!(r#""messages": "9/hour", "behavior": {{ "patience": {{ "law": "10m", {rest} }} }}"#)
    };
    check(
        &plain(&patience(r#""scope": "queue", "silent": "30%""#), "", "", ""),
        expect![[r#"
        error[no-effect]: `silent` has no effect on patience in the queue: whoever leaves it is gone
         --> broken.json:2:125
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "patience": { "law": "10m", "scope": "queue", "silent": "30%" } } },
          |                                                                                                                             ^^^^^
          |
          = help: leave it out, or measure patience over the `reply`

    "#]],
    );
    check(&plain(&patience(r#""scope": "queue""#), "", "", ""), expect![[""]]);
}

#[test]
fn a_deadline_has_no_part_in_patience_in_the_queue() {
    let patience = |patience: &str| {
        let behavior = format!(r#""messages": "9/hour", "behavior": {{ "patience": {patience} }}"#);
        plain(&behavior, "", "", "")
    };
    check(
        &patience(r#"{ "scope": "queue", "times_deadline": 2, "without_deadline": "3h" }"#),
        expect![[r#"
            error[no-effect]: `times_deadline` has no effect on patience in the queue, where each wait is put up with anew
             --> broken.json:2:119
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "patience": { "scope": "queue", "times_deadline": 2, "without_dea...
              |                                                                                                                       ^
              |
              = help: state a `law`, or measure patience over the `reply`

        "#]],
    );
    check(&patience(r#"{ "scope": "queue", "without_deadline": "3h" }"#), expect![[""]]);
}
