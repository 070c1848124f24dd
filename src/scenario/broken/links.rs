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
        expect![[""]],
    );
    check(
        &plain(
            "",
            "",
            r#"{ "intake": { "to": "desk" } }, { "listen": { "to": "desk", "keeps": "50%" } }"#,
            "",
        ),
        expect![[""]],
    );
    check(
        &plain("", "", r#"{ "intake": { "to": "desk", "channels": ["inbox"] } }"#, ""),
        expect![[""]],
    );
}

#[test]
fn questions_and_reviews_take_no_time_on_the_way() {
    among_desks(r#"{ "consult": { "from": "desk", "to": "back", "delay": "5m" } }"#, expect![[""]]);
    among_desks(r#"{ "approve": { "from": "desk", "to": "back", "loses": "1%" } }"#, expect![[""]]);
    among_desks(
        r#"{ "consult": { "from": "desk", "to": "back", "topics": ["anything"] } }"#,
        expect![[""]],
    );
}

#[test]
fn overflow_takes_whatever_waits_too_long() {
    among_desks(
        r#"{ "overflow": { "from": "desk", "to": "back", "after": "2h", "delay": "5m", "loses": "1%", "topics": ["anything"] } }"#,
        expect![[""]],
    );
    among_desks(
        r#"{ "overflow": { "from": "desk", "to": "back", "after": "2h", "keeps": "80%" } }"#,
        expect![[""]],
    );
}

#[test]
fn one_desk_helps_out() {
    among_desks(
        r#"{ "overflow": { "from": "desk", "to": "back", "after": "2h" } },
      { "overflow": { "from": "desk", "to": "back", "after": "4h" } }"#,
        expect![[""]],
    );
}

#[test]
fn nothing_passes_over_a_reporting_line() {
    among_desks(
        r#"{ "report": { "from": "back", "to": "desk", "delay": "1h" } },
      { "escalate": { "from": "desk", "to": "back", "delay": "1h", "loses": "1%" } }"#,
        expect![[""]],
    );
}

#[test]
fn plain_desks_pass_on_by_share_and_topic() {
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "share": "50%", "loses": "1%", "channels": ["inbox"], "matter": "generic" } }"#,
        expect![[""]],
    );
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "share": "50%", "keeps": "1%", "hand_off": "other team" } }"#,
        expect![[""]],
    );
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "share": "50%", "delay": "1h", "topics": ["anything"] } }"#,
        expect![[""]],
    );
}

#[test]
fn each_kind_of_desk_has_its_links() {
    among_plain_desks(r#"{ "escalate": { "from": "desk", "to": "back" } }"#, expect![[""]]);
    among_plain_desks(
        r#"{ "route": { "from": "desk", "to": "back", "when": "always" } }"#,
        expect![[""]],
    );
    among_desks(r#"{ "route": { "from": "desk", "to": "back", "share": "50%" } }"#, expect![[""]]);
}

#[test]
fn silence_has_no_effect_on_patience_in_the_queue() {
    let patience = |rest: &str| {
        format!(r#""messages": "9/hour", "behavior": {{ "patience": {{ "law": "10m", {rest} }} }}"#)
    };
    check(&plain(&patience(r#""scope": "queue", "silent": "30%""#), "", "", ""), expect![[""]]);
    check(&plain(&patience(r#""scope": "queue""#), "", "", ""), expect![[""]]);
}
