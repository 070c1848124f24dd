//! Links and desks that cannot work together as they say.

use expect_test::{Expect, expect};

use super::{check, plain};

/// The findings of two full desks with this link beside the intake.
fn among(link: &str, expected: Expect) {
    let roles = r#""desk": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } },
      "back": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } }, "plain": { "people": 1, "service": "6m" }"#;
    check(
        &plain("", roles, &format!("{{ \"intake\": {{ \"to\": \"desk\" }} }},\n      {link}"), ""),
        expected,
    );
}

#[test]
fn a_warm_hand_off_is_never_under_way() {
    among(
        r#"{ "route": { "from": "desk", "to": "back", "when": "unknown", "warm": true, "delay": "5m", "loses": "1%" } }"#,
        expect![[r#"
            error[no-effect]: `delay` has no effect on a warm hand-off
             --> broken.json:7:92
              |
            7 |       { "route": { "from": "desk", "to": "back", "when": "unknown", "warm": true, "delay": "5m", "loses": "1%" } } ] } } },
              |                                                                                            ^^^^
              |
              = help: it goes from hand to hand: leave it out, or let the hand-off be cold

            error[no-effect]: `loses` has no effect on a warm hand-off
             --> broken.json:7:107
              |
            7 |       { "route": { "from": "desk", "to": "back", "when": "unknown", "warm": true, "delay": "5m", "loses": "1%" } } ] } } },
              |                                                                                                           ^^^^
              |
              = help: it goes from hand to hand: leave it out, or let the hand-off be cold

        "#]],
    );
    among(
        r#"{ "escalate": { "from": "desk", "to": "back", "give_up": "5m" } }"#,
        expect![[r#"
        error[no-effect]: `give_up` has no effect on a hand-off that nobody stays with
         --> broken.json:7:64
          |
        7 |       { "escalate": { "from": "desk", "to": "back", "give_up": "5m" } } ] } } },
          |                                                                ^^^^
          |
          = help: write `"warm": true` beside it, or leave it out

    "#]],
    );
    among(
        r#"{ "escalate": { "from": "desk", "to": "back", "warm": true, "give_up": "0m" } }"#,
        expect![[r#"
            error[out-of-range]: this length of time must be more than zero
             --> broken.json:7:78
              |
            7 |       { "escalate": { "from": "desk", "to": "back", "warm": true, "give_up": "0m" } } ] } } },
              |                                                                              ^^^^

        "#]],
    );
    among(
        r#"{ "route": { "from": "desk", "to": "plain", "when": "unknown", "warm": true } }"#,
        expect![[r#"
            error[no-effect]: `plain` is a plain desk: nobody there talks a case through
             --> broken.json:7:78
              |
            7 |       { "route": { "from": "desk", "to": "plain", "when": "unknown", "warm": true } } ] } } },
              |                                                                              ^^^^
              |
              = help: leave `warm` out, or make it a `desk`

        "#]],
    );
    among(
        r#"{ "route": { "from": "plain", "to": "back", "share": "50%", "warm": true, "give_up": "5m" } }"#,
        expect![[r#"
            error[no-effect]: `warm` has no effect on a route by `share`
             --> broken.json:7:75
              |
            7 |       { "route": { "from": "plain", "to": "back", "share": "50%", "warm": true, "give_up": "5m" } } ] } } },
              |                                                                           ^^^^
              |
              = help: plain desks do not talk a case through

            error[no-effect]: `give_up` has no effect on a route by `share`
             --> broken.json:7:92
              |
            7 |       { "route": { "from": "plain", "to": "back", "share": "50%", "warm": true, "give_up": "5m" } } ] } } },
              |                                                                                            ^^^^
              |
              = help: plain desks do not talk a case through

        "#]],
    );
    among(
        r#"{ "escalate": { "from": "desk", "to": "back", "warm": "yes" } }"#,
        expect![[r#"
            error[wrong-type]: expected true or false, found a text
             --> broken.json:7:61
              |
            7 |       { "escalate": { "from": "desk", "to": "back", "warm": "yes" } } ] } } },
              |                                                             ^^^^^
              |
              = help: write `true` or `false`, without quotation marks

        "#]],
    );
}

#[test]
fn nobody_waits_for_whoever_waits_for_them() {
    among(
        r#"{ "escalate": { "from": "desk", "to": "back", "warm": true } }, { "consult": { "from": "back", "to": "desk", "hold": true } }"#,
        expect![[r#"
            error[holding-cycle]: people may wait for each other for ever: `desk` → `back` → `desk`
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } },
              |                ^^^^^^
              |
              = help: state after which wait one of them lets go: `give_up` at a warm hand-off, `timeout` at a question that is held

            warning[unreachable-role]: nothing ever reaches `plain`
             --> broken.json:5:79
              |
            5 |       "back": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } }, "plain": { "people": 1, "service": "6m" } },
              |                                                                               ^^^^^^^
              |
              = help: add a link to it, or leave it out

        "#]],
    );
    among(
        r#"{ "escalate": { "from": "desk", "to": "back", "warm": true, "give_up": "1h" } }, { "consult": { "from": "back", "to": "desk", "hold": true } }"#,
        expect![[r#"
            warning[unreachable-role]: nothing ever reaches `plain`
             --> broken.json:5:79
              |
            5 |       "back": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } }, "plain": { "people": 1, "service": "6m" } },
              |                                                                               ^^^^^^^
              |
              = help: add a link to it, or leave it out

        "#]],
    );
}

#[test]
fn exceptions_need_somebody_above() {
    let roles = |desk: &str| format!(r#""desk": {{ "people": 1, "desk": {{ {desk} }} }}"#);
    check(
        &plain("", &roles(r#""centralization": "20%""#), "", ""),
        expect![[r#"
            error[no-superior]: `desk` reports to nobody, so that nobody above it can decide
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 1, "desk": { "centralization": "20%" } } },
              |                ^^^^^^
              |
              = help: add a `report` link from it, or leave its `centralization` out

            warning[no-effect]: `centralization` has no effect: no topic has exceptions that somebody must decide
             --> broken.json:3:16
              |
            3 |   "designs": { "A": { "graph": {
              |                ^^^
              |
              = help: state the share of a topic's replies that are one: `"exceptions": "5%"`

        "#]],
    );
    check(
        &plain("", &roles(r#""centralization": 1.5"#), "", ""),
        expect![[r#"
        error[out-of-range]: `1.5` is not between 0 and 1
         --> broken.json:4:67
          |
        4 |     "roles": { "desk": { "people": 1, "desk": { "centralization": 1.5 } } },
          |                                                                   ^^^

    "#]],
    );
    check(
        &plain(r#""messages": "9/hour", "topics": { "all": { "exceptions": 0.2 } }"#, "", "", ""),
        expect![[r#"
            error[missing-unit]: `0.2` has no unit
             --> broken.json:2:90
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "all": { "exceptions": 0.2 } } },
              |                                                                                          ^^^
              |
              = help: write it as a text with its unit, like `"22%"`

        "#]],
    );
    let practice = |levels: &str| {
        plain("", "", "", "").replacen(
            "\n  \"designs\"",
            &format!("\n  \"practice\": {{ \"decisions\": {{ {levels} }} }},\n  \"designs\""),
            1,
        )
    };
    check(
        &practice(
            r#""desk": { "rework": "70%", "quick_fix": "40%" }, "lead": { "rework": "50%" }"#,
        ),
        expect![[r#"
            error[missing-key]: `decisions` needs `head`
             --> broken.json:3:17
              |
            3 |   "practice": { "decisions": { "desk": { "rework": "70%", "quick_fix": "40%" }, "lead": { "rework": "50%" } } },
              |                 ^^^^^^^^^^^

            error[shares-sum]: the shares of what is decided sum to 110%
             --> broken.json:3:32
              |
            3 |   "practice": { "decisions": { "desk": { "rework": "70%", "quick_fix": "40%" }, "lead": { "rework": "50%" } } },
              |                                ^^^^^^
              |
              = help: they sum to at most 100%; the rest is ignored

            error[missing-key]: what is decided at a level needs `quick_fix`
             --> broken.json:3:81
              |
            3 |   "practice": { "decisions": { "desk": { "rework": "70%", "quick_fix": "40%" }, "lead": { "rework": "50%" } } },
              |                                                                                 ^^^^^^

        "#]],
    );
}

#[test]
fn whose_a_post_is_matters_where_several_desks_see_it() {
    let roles = r#""desk": { "people": 1, "desk": {} }, "back": { "people": 1, "desk": {} }, "plain": { "people": 1, "service": "6m" }"#;
    let intakes = |links: &str| plain("", roles, links, "");
    check(
        &intakes(r#"{ "intake": { "to": "desk", "ownership": "nobody" } }"#),
        expect![[r#"
        error[no-effect]: no other desk sees what `desk` sees on `inbox` under the same `ownership`
         --> broken.json:5:5
          |
        5 |     "links": [ { "intake": { "to": "desk", "ownership": "nobody" } } ] } } },
          |     ^^^^^^^
          |
          = help: state the same rule at another intake of the channel, or leave it out

        warning[unreachable-role]: nothing ever reaches `back`
         --> broken.json:4:53
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {} }, "back": { "people": 1, "desk": {} }, "plain": { "people": 1, "service": "6m" } },
          |                                                     ^^^^^^
          |
          = help: add a link to it, or leave it out

        warning[unreachable-role]: nothing ever reaches `plain`
         --> broken.json:4:90
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {} }, "back": { "people": 1, "desk": {} }, "plain": { "people": 1, "service": "6m" } },
          |                                                                                          ^^^^^^^
          |
          = help: add a link to it, or leave it out

    "#]],
    );
    check(
        &intakes(
            r#"{ "intake": { "to": "desk", "ownership": "nobody" } },
      { "intake": { "to": "back", "ownership": "first to claim" } }"#,
        ),
        expect![[r#"
            error[no-effect]: no other desk sees what `desk` sees on `inbox` under the same `ownership`
             --> broken.json:5:5
              |
            5 |     "links": [ { "intake": { "to": "desk", "ownership": "nobody" } },
              |     ^^^^^^^
              |
              = help: state the same rule at another intake of the channel, or leave it out

            error[no-effect]: no other desk sees what `back` sees on `inbox` under the same `ownership`
             --> broken.json:5:5
              |
            5 |     "links": [ { "intake": { "to": "desk", "ownership": "nobody" } },
              |     ^^^^^^^
              |
              = help: state the same rule at another intake of the channel, or leave it out

            warning[unreachable-role]: nothing ever reaches `plain`
             --> broken.json:4:90
              |
            4 |     "roles": { "desk": { "people": 1, "desk": {} }, "back": { "people": 1, "desk": {} }, "plain": { "people": 1, "service": "6m" } },
              |                                                                                          ^^^^^^^
              |
              = help: add a link to it, or leave it out

        "#]],
    );
    check(
        &intakes(r#"{ "intake": { "to": "plain", "ownership": "nobody" } }"#),
        expect![[r#"
        error[no-effect]: `plain` is a plain desk, which shares no posts with others
         --> broken.json:5:58
          |
        5 |     "links": [ { "intake": { "to": "plain", "ownership": "nobody" } } ] } } },
          |                                                          ^^^^^^^^
          |
          = help: leave `ownership` out, or make it a `desk`

    "#]],
    );
    check(
        &intakes(r#"{ "intake": { "to": "desk", "ownership": "nobody", "own_account": true } }"#),
        expect![[r#"
            error[no-effect]: `ownership` has no effect on an account that customers choose: one desk reads it
             --> broken.json:5:57
              |
            5 |     "links": [ { "intake": { "to": "desk", "ownership": "nobody", "own_account": true } } ] } } },
              |                                                         ^^^^^^^^
              |
              = help: leave one of the two out

        "#]],
    );
    check(
        &intakes(r#"{ "intake": { "to": "desk", "ownership": "mine" } }"#),
        expect![[r#"
        error[unknown-word]: `mine` means nothing here
         --> broken.json:5:57
          |
        5 |     "links": [ { "intake": { "to": "desk", "ownership": "mine" } } ] } } },
          |                                                         ^^^^^^
          |
          = help: known here: `owner only`, `first to claim`, `nobody`

    "#]],
    );
}

#[test]
fn a_playbook_goes_to_somebody_who_answers() {
    among(
        r#"{ "policy": { "from": "desk", "to": "desk" } }"#,
        expect![[r#"
        error[no-effect]: `desk` gets its policies from itself
         --> broken.json:7:43
          |
        7 |       { "policy": { "from": "desk", "to": "desk" } } ] } } },
          |                                           ^^^^^^
          |
          = help: leave the link out

    "#]],
    );
    among(
        r#"{ "policy": { "from": "desk", "to": "plain", "refresh": "3 days" } }"#,
        expect![[r#"
        error[no-effect]: `plain` is a plain desk, which answers by no policy
         --> broken.json:7:43
          |
        7 |       { "policy": { "from": "desk", "to": "plain", "refresh": "3 days" } } ] } } },
          |                                           ^^^^^^^
          |
          = help: leave the link out

    "#]],
    );
    among(
        r#"{ "policy": { "from": "desk", "to": "back", "delay": "3 days" } }"#,
        expect![[r#"
        error[no-effect]: `delay` has no effect on a `policy` link
         --> broken.json:7:60
          |
        7 |       { "policy": { "from": "desk", "to": "back", "delay": "3 days" } } ] } } },
          |                                                            ^^^^^^^^
          |
          = help: no case passes over it; `refresh` says how late changes arrive

        warning[unreachable-role]: nothing ever reaches `back`
         --> broken.json:5:7
          |
        5 |       "back": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } }, "plain": { "people": 1, "service": "6m" } },
          |       ^^^^^^
          |
          = help: add a link to it, or leave it out

        warning[unreachable-role]: nothing ever reaches `plain`
         --> broken.json:5:79
          |
        5 |       "back": { "people": 1, "desk": { "ladder": ["consult", "escalate"] } }, "plain": { "people": 1, "service": "6m" } },
          |                                                                               ^^^^^^^
          |
          = help: add a link to it, or leave it out

    "#]],
    );
}

#[test]
fn terms_are_a_vendors_and_say_something() {
    let roles = |rest: &str| format!(r#""desk": {{ "people": 1, "desk": {{}}, {rest} }}"#);
    let role = |rest: &str| plain("", &roles(rest), "", "");
    check(
        &role(r#""terms": { "price_per_case": "$4" }"#),
        expect![[r#"
        error[no-effect]: only a vendor has terms
         --> broken.json:4:51
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {}, "terms": { "price_per_case": "$4" } } },
          |                                                   ^^^^^^^
          |
          = help: state the `vendor` of the role, or leave them out

    "#]],
    );
    check(
        &role(r#""vendor": "them", "terms": {}"#),
        expect![[r#"
        error[missing-key]: these terms say nothing
         --> broken.json:4:69
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {}, "vendor": "them", "terms": {} } },
          |                                                                     ^^^^^^^
          |
          = help: state `price_per_case`, or a `promise`, or leave them out

    "#]],
    );
    check(
        &role(r#""vendor": "them", "terms": { "price_per_case": "$4/hour" }"#),
        expect![[r#"
        error[unknown-unit]: the price of a case is not for a stretch of time
         --> broken.json:4:98
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {}, "vendor": "them", "terms": { "price_per_case": "$4/hour" } } },
          |                                                                                                  ^^^^^^^^^
          |
          = help: write an amount alone: `$4`

    "#]],
    );
    check(
        &role(r#""vendor": "them", "terms": { "promise": { "within": "2h", "share": "120%" } }"#),
        expect![[r#"
            error[missing-key]: a promise needs `penalty`
             --> broken.json:4:80
              |
            4 |     "roles": { "desk": { "people": 1, "desk": {}, "vendor": "them", "terms": { "promise": { "within": "2h", "share": "120%" } } } },
              |                                                                                ^^^^^^^^^

            error[out-of-range]: `120%` is more than everything
             --> broken.json:4:118
              |
            4 |     "roles": { "desk": { "people": 1, "desk": {}, "vendor": "them", "terms": { "promise": { "within": "2h", "share": "120%" } } } },
              |                                                                                                                      ^^^^^^
              |
              = help: shares lie between 0% and 100%

        "#]],
    );
    check(
        &role(r#""vendor": "them", "ramp": "0 days""#),
        expect![[r#"
        error[out-of-range]: this length of time must be more than zero
         --> broken.json:4:77
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {}, "vendor": "them", "ramp": "0 days" } },
          |                                                                             ^^^^^^^^

    "#]],
    );
}

#[test]
fn a_ladder_comes_to_its_links() {
    let roles = |ladder: &str| {
        format!(
            r#""desk": {{ "people": 1, "desk": {{ "ladder": [{ladder}] }} }}, "back": {{ "people": 1, "desk": {{}} }}"#
        )
    };
    let consult = r#"{ "intake": { "to": "desk" } },
      { "consult": { "from": "desk", "to": "back" } }"#;
    let escalate = r#"{ "intake": { "to": "desk" } },
      { "escalate": { "from": "desk", "to": "back" } }"#;
    check(
        &plain("", &roles(r#""search""#), consult, ""),
        expect![[r#"
        error[no-effect]: `desk` never comes to its `consult` links: its `ladder` has no such step before guessing
         --> broken.json:6:30
          |
        6 |       { "consult": { "from": "desk", "to": "back" } } ] } } },
          |                              ^^^^^^
          |
          = help: write `"consult"` into the ladder of its desk, or leave the link out

    "#]],
    );
    check(
        &plain("", &roles(r#""guess", "escalate""#), escalate, ""),
        expect![[r#"
        error[no-effect]: `desk` never comes to its `escalate` links: its `ladder` has no such step before guessing
         --> broken.json:6:31
          |
        6 |       { "escalate": { "from": "desk", "to": "back" } } ] } } },
          |                               ^^^^^^
          |
          = help: write `"escalate"` into the ladder of its desk, or leave the link out

    "#]],
    );
    check(&plain("", &roles(r#""escalate""#), escalate, ""), expect![[""]]);
}

#[test]
fn nobody_waits_for_an_answer_where_nobody_answers() {
    let roles = r#""desk": { "people": 1, "desk": {} }, "lead": { "people": 1, "desk": { "answer": false } }"#;
    let links = |link: &str| {
        plain("", roles, &format!("{{ \"intake\": {{ \"to\": \"desk\" }} }},\n      {link}"), "")
    };
    check(
        &links(r#"{ "route": { "from": "desk", "to": "lead", "when": "always" } }"#),
        expect![[r#"
            error[does-not-answer]: `lead` does not answer customers, and cases about `anything` come to it
             --> broken.json:4:53
              |
            4 |     "roles": { "desk": { "people": 1, "desk": {} }, "lead": { "people": 1, "desk": { "answer": false } } },
              |                                                     ^^^^^^
              |
              = help: lead them elsewhere, let it pass all of them on (`when` `always`), or write `"answer": true` at its desk

        "#]],
    );
    check(&links(r#"{ "approve": { "from": "desk", "to": "lead" } }"#), expect![[""]]);
    let passed_on = r#"{ "intake": { "to": "lead" } }, { "route": { "from": "lead", "to": "desk", "when": "always" } }"#;
    check(&plain("", roles, passed_on, ""), expect![[""]]);
}

#[test]
fn a_late_review_is_late_after_some_time() {
    let approve =
        |rest: &str| format!(r#"{{ "approve": {{ "from": "desk", "to": "back", {rest} }} }}"#);
    among(
        &approve(r#""overdue": "next level""#),
        expect![[r#"
        error[no-effect]: `overdue` has no effect where a review is waited for as long as it takes
         --> broken.json:7:63
          |
        7 |       { "approve": { "from": "desk", "to": "back", "overdue": "next level" } } ] } } },
          |                                                               ^^^^^^^^^^^^
          |
          = help: state the `timeout`, or leave it out

    "#]],
    );
    among(
        &approve(r#""step": 0"#),
        expect![[r#"
        error[out-of-range]: `0` is not a whole number between 1 and 9
         --> broken.json:7:60
          |
        7 |       { "approve": { "from": "desk", "to": "back", "step": 0 } } ] } } },
          |                                                            ^

    "#]],
    );
    among(
        &approve(r#""timeout": "2h", "overdue": "give up""#),
        expect![[r#"
        error[unknown-word]: `give up` means nothing here
         --> broken.json:7:80
          |
        7 |       { "approve": { "from": "desk", "to": "back", "timeout": "2h", "overdue": "give up" } } ] } } },
          |                                                                                ^^^^^^^^^
          |
          = help: known here: `go ahead`, `next level`, `holding reply`

    "#]],
    );
}
