//! Duties, absence and turnover that cannot be.

use expect_test::{Expect, expect};

use super::{check, plain};

/// The findings of a role with this beside its people.
fn role(rest: &str, expected: Expect) {
    let desk = format!(r#""desk": {{ "people": 1, "service": "6m", {rest} }}"#);
    check(&plain("", &desk, "", ""), expected);
}

#[test]
fn standing_work_leaves_some_of_the_week() {
    role(
        r#""open": "weekdays 9-17", "meetings": "10h/week", "content": "30h/week""#,
        expect![[""]],
    );
    role(r#""training": { "hours": "3h/week", "session": "0m" }"#, expect![[""]]);
    role(r#""listening": "some""#, expect![[""]]);
    role(r#""content": { "session": "1h" }"#, expect![[""]]);
}

#[test]
fn people_are_absent_now_and_then() {
    role(r#""absence": "0%""#, expect![[""]]);
    role(r#""absence": "95%""#, expect![[""]]);
    role(r#""absence": { "share": "5%", "lasts": "0s" }"#, expect![[""]]);
    role(r#""absence": { "lasts": "2 days" }"#, expect![[""]]);
}

#[test]
fn people_leave_at_some_rate_and_newcomers_do_something() {
    role(r#""turnover": "0%/year""#, expect![[""]]);
    role(r#""turnover": "35%""#, expect![[""]]);
    role(
        r#""turnover": { "leave": "35%/year", "newcomer": { "speed": "0%", "knowledge": "70%", "learns_in": "120 days" } }"#,
        expect![[""]],
    );
    role(r#""turnover": { "leave": "35%/year", "newcomer": { "speed": "50%" } }"#, expect![[""]]);
}

#[test]
fn duties_are_of_people_whom_a_design_has() {
    let design = |duties: &str, plan: &str| {
        format!(
            "{{ \"orgsim\": 1, \"customers\": {{ \"messages\": \"90/day\" }},\n  \"designs\": {{ \"A\": {{ \"duties\": {{ {duties} }},\n    {plan} }} }} }}"
        )
    };
    let centralized = r#""centralized": { "care agent": 5, "strategist": 1 }"#;
    check(&design(r#""care agnet": { "meetings": "3h/week" }"#, centralized), expect![[""]]);
    check(&design(r#""analyst": { "listening": "20h/week" }"#, centralized), expect![[""]]);
    check(&design(r#""care agent": { "meetings": "30h/week" }"#, centralized), expect![[""]]);
    let graph = r#""graph": { "roles": { "desk": { "people": 1, "desk": {} } }, "links": [ { "intake": { "to": "desk" } } ] }"#;
    check(&design(r#""care agent": { "meetings": "3h/week" }"#, graph), expect![[""]]);
}
