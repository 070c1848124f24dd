//! Duties, absence and turnover that cannot be.

use expect_test::{Expect, expect};

use super::{Overlay, Source, check, load, plain};
use crate::model::{DutyKind, RoleId, Staffing};

/// The findings of a role with this beside its people.
fn role(rest: &str, expected: Expect) {
    let desk = format!(r#""desk": {{ "people": 1, "service": "6m", {rest} }}"#);
    check(&plain("", &desk, "", ""), expected);
}

#[test]
fn standing_work_leaves_some_of_the_week() {
    role(
        r#""open": "weekdays 9-17", "meetings": "10h/week", "content": "30h/week""#,
        expect![[r#"
            error[no-time-left]: standing work takes 40.0 of 40.0 hours a week
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 1, "service": "6m", "open": "weekdays 9-17", "meetings": "10h/week", "content": "30h/week" } },
              |                ^^^^^^
              |
              = help: leave some of the week for customers

        "#]],
    );
    role(
        r#""training": { "hours": "3h/week", "session": "0m" }"#,
        expect![[r#"
        error[out-of-range]: this length of time must be more than zero
         --> broken.json:4:101
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "training": { "hours": "3h/week", "session": "0m" } } },
          |                                                                                                     ^^^^

    "#]],
    );
    role(
        r#""listening": "some""#,
        expect![[r#"
        error[missing-unit]: `some` does not say per what
         --> broken.json:4:69
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "listening": "some" } },
          |                                                                     ^^^^^^
          |
          = help: write hours a week, like `28h/week`

    "#]],
    );
    role(
        r#""content": { "session": "1h" }"#,
        expect![[r#"
        error[missing-key]: standing work needs `hours`
         --> broken.json:4:56
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "content": { "session": "1h" } } },
          |                                                        ^^^^^^^^^

    "#]],
    );
}

#[test]
fn people_are_absent_now_and_then() {
    role(
        r#""absence": "0%""#,
        expect![[r#"
        error[out-of-range]: people are absent between 0% and 90% of their time, in spells of some length
         --> broken.json:4:67
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "absence": "0%" } },
          |                                                                   ^^^^
          |
          = help: leave `absence` out if nobody ever is

    "#]],
    );
    role(
        r#""absence": "95%""#,
        expect![[r#"
        error[out-of-range]: people are absent between 0% and 90% of their time, in spells of some length
         --> broken.json:4:67
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "absence": "95%" } },
          |                                                                   ^^^^^
          |
          = help: leave `absence` out if nobody ever is

    "#]],
    );
    role(
        r#""absence": { "share": "5%", "lasts": "0s" }"#,
        expect![[r#"
        error[out-of-range]: people are absent between 0% and 90% of their time, in spells of some length
         --> broken.json:4:56
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "absence": { "share": "5%", "lasts": "0s" } } },
          |                                                        ^^^^^^^^^
          |
          = help: leave `absence` out if nobody ever is

    "#]],
    );
    role(
        r#""absence": { "lasts": "2 days" }"#,
        expect![[r#"
        error[missing-key]: `absence` needs `share`
         --> broken.json:4:56
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "absence": { "lasts": "2 days" } } },
          |                                                        ^^^^^^^^^

    "#]],
    );
}

#[test]
fn people_leave_at_some_rate_and_newcomers_do_something() {
    role(
        r#""turnover": "0%/year""#,
        expect![[r#"
        error[out-of-range]: nobody leaves at this rate
         --> broken.json:4:68
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "turnover": "0%/year" } },
          |                                                                    ^^^^^^^^^
          |
          = help: leave `turnover` out if nobody ever does

    "#]],
    );
    role(
        r#""turnover": "35%""#,
        expect![[r#"
        error[missing-unit]: `35%` does not say per what
         --> broken.json:4:68
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "turnover": "35%" } },
          |                                                                    ^^^^^
          |
          = help: write the share of people who leave in a year, like `35%/year`

    "#]],
    );
    role(
        r#""turnover": { "leave": "35%/year", "newcomer": { "speed": "0%", "knowledge": "70%", "learns_in": "120 days" } }"#,
        expect![[r#"
            error[out-of-range]: a newcomer who does nothing never gets anything done
             --> broken.json:4:114
              |
            4 |     "roles": { "desk": { "people": 1, "service": "6m", "turnover": { "leave": "35%/year", "newcomer": { "speed": "0%", "knowledge": "...
              |                                                                                                                  ^^^^

        "#]],
    );
    role(
        r#""turnover": { "leave": "35%/year", "newcomer": { "speed": "50%" } }"#,
        expect![[r#"
        error[missing-key]: a newcomer needs `knowledge`
         --> broken.json:4:91
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m", "turnover": { "leave": "35%/year", "newcomer": { "speed": "50%" } } } },
          |                                                                                           ^^^^^^^^^^

    "#]],
    );
}

#[test]
fn duties_are_of_people_whom_a_design_has() {
    let design = |duties: &str, plan: &str| {
        format!(
            "{{ \"orgsim\": 1, \"customers\": {{ \"messages\": \"90/day\" }},\n  \"designs\": {{ \"A\": {{ \"duties\": {{ {duties} }},\n    {plan} }} }} }}"
        )
    };
    let centralized = r#""centralized": { "care agent": 5, "strategist": 1 }"#;
    check(
        &design(r#""care agnet": { "meetings": "3h/week" }"#, centralized),
        expect![[r#"
        error[unknown-kind]: nobody in this design is a `care agnet`
         --> broken.json:2:35
          |
        2 |   "designs": { "A": { "duties": { "care agnet": { "meetings": "3h/week" } },
          |                                   ^^^^^^^^^^^^
          |
          = help: did you mean `care agent`?

    "#]],
    );
    check(
        &design(r#""analyst": { "listening": "20h/week" }"#, centralized),
        expect![[r#"
        error[unknown-kind]: nobody in this design is a `analyst`
         --> broken.json:2:35
          |
        2 |   "designs": { "A": { "duties": { "analyst": { "listening": "20h/week" } },
          |                                   ^^^^^^^^^
          |
          = help: known here: `care agent`, `strategist`

    "#]],
    );
    check(
        &design(r#""care agent": { "meetings": "30h/week" }"#, centralized),
        expect![[r#"
        error[no-time-left]: standing work takes 30.0 of 28.0 hours a week
         --> broken.json:2:35
          |
        2 |   "designs": { "A": { "duties": { "care agent": { "meetings": "30h/week" } },
          |                                   ^^^^^^^^^^^^
          |
          = help: leave some of the week for customers

    "#]],
    );
    let graph = r#""graph": { "roles": { "desk": { "people": 1, "desk": {} } }, "links": [ { "intake": { "to": "desk" } } ] }"#;
    check(
        &design(r#""care agent": { "meetings": "3h/week" }"#, graph),
        expect![[r#"
        error[no-plan]: duties by kind of people belong to an archetype, and this is an explicit graph
         --> broken.json:2:23
          |
        2 |   "designs": { "A": { "duties": { "care agent": { "meetings": "3h/week" } },
          |                       ^^^^^^^^
          |
          = help: state them at the roles of the graph

    "#]],
    );
}

#[test]
fn more_may_leave_in_a_year_than_are_there() {
    let of = |turnover: &str| {
        let desk = format!(r#""desk": {{ "people": 1, "service": "6m", "turnover": {turnover} }}"#);
        let source = super::Source::new("mine.json", plain("", &desk, "", ""));
        let scenario = super::load(&source, &super::Overlay::default()).expect("it is sound");
        let staffing =
            &scenario.model.designs[0].organization.role(crate::model::RoleId(0)).staffing;
        staffing.turnover.clone().expect("people leave")
    };
    let quick = of(r#"{ "leave": "150%/year", "vacancy": "30 days" }"#);
    let slow = of(r#"{ "leave": "50%/year", "vacancy": "30 days" }"#);
    // at 150% a year each stays for a year ÷ 1.5 on average, whenever they came
    let year = 365.0 * 24.0 * 60.0;
    assert!((quick.stays.mean() / (year / 1.5) - 1.0).abs() < 1e-12, "{quick:?}");
    assert!((slow.stays.mean() / quick.stays.mean() - 3.0).abs() < 1e-12);
    assert!(quick.stays.cv().is_some_and(|cv| (cv - 1.0).abs() < 1e-12), "exponential: {quick:?}");
    // of a place's time it is empty for 30 of 30 + 243⅓ days
    assert!((quick.share_vacant() - 30.0 / (30.0 + 365.0 / 1.5)).abs() < 1e-12);
}

/// A graph of one role with these people, and what it states beside them.
fn of_kinds(people: &str, rest: &str) -> Result<Staffing, Vec<String>> {
    let open = if rest.contains("open") { "" } else { r#""open": "weekdays 9-17", "# };
    let text = format!(
        r#"{{ "orgsim": 1, "customers": {{ "messages": "1/hour" }},
        "people": {{
            "care agent": {{ "cost": "$60,000/year", "hours": "40h/week", "meetings": "4h/week", "absence": "10%" }},
            "senior": {{ "cost": "$80,000/year", "hours": "40h/week", "post": "front", "meetings": "4h/week", "absence": "10%" }},
            "trainee": {{ "cost": "$40,000/year", "hours": "40h/week", "post": "expert", "training": "4h/week" }} }},
        "designs": {{ "A": {{ "graph": {{
            "roles": {{ "desk": {{ {open}"people": {people}, "desk": {{}}{rest} }} }},
            "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }} }}"#
    );
    match load(&Source::new("kinds", text), &Overlay::default()) {
        Ok(scenario) => Ok(scenario.model.designs[0].organization.role(RoleId(0)).staffing.clone()),
        Err(found) => Err(found.iter().map(|it| format!("{} {}", it.code, it.pointer)).collect()),
    }
}

#[test]
fn people_of_a_role_have_their_duties_in_common() {
    let duties = |staffing: &Staffing| -> Vec<(DutyKind, f64)> {
        staffing.duties.iter().map(|duty| (duty.kind, duty.share)).collect()
    };
    let alike = of_kinds(r#"{ "care agent": 4, "senior": 2 }"#, "").unwrap();
    assert_eq!(duties(&alike), [(DutyKind::Meetings, 0.1)]);
    assert_eq!(alike.absence.as_ref().map(|of| of.share()), Some(0.1));
    for people in [r#"{ "care agent": 4, "trainee": 2 }"#, r#"{ "trainee": 2, "care agent": 4 }"#] {
        let second = if people.starts_with("{ \"care") { "trainee" } else { "care agent" };
        let place = format!("lives-apart /designs/A/graph/roles/desk/people/{second}");
        assert_eq!(of_kinds(people, ""), Err(vec![place]));
        let rest = r#", "meetings": "2h/week", "training": "1h/week", "absence": "5%""#;
        let common = of_kinds(people, rest).unwrap();
        assert_eq!(duties(&common), [(DutyKind::Meetings, 0.05), (DutyKind::Training, 0.025)]);
        assert_eq!(common.absence.as_ref().map(|of| of.share()), Some(0.05));
    }
}

#[test]
fn what_a_role_states_replaces_what_its_kind_does_of_the_same_sort() {
    let own = of_kinds(r#"{ "care agent": 4 }"#, r#", "training": "2h/week""#).unwrap();
    let duties: Vec<DutyKind> = own.duties.iter().map(|duty| duty.kind).collect();
    assert_eq!(duties, [DutyKind::Meetings, DutyKind::Training]);
    assert_eq!(own.absence.as_ref().map(|of| of.share()), Some(0.1));
}

#[test]
fn hours_of_a_role_are_of_those_there_all_the_time_and_of_a_kind_of_its_own_week() {
    let shares = |people: &str, rest: &str| -> Vec<f64> {
        let rest = format!(r#"{rest}, "open": "always""#);
        let staffing = of_kinds(people, &rest).unwrap();
        staffing.duties.iter().map(|duty| (168.0 * duty.share).round()).collect()
    };
    let agents = r#"{ "care agent": 4 }"#;
    // 4 of 40 hours a week are 17 of 168, 2 of 168 are 2
    assert_eq!(shares(agents, ""), [17.0]);
    assert_eq!(shares(agents, r#", "training": "2h/week""#), [17.0, 2.0]);
    for people in [r#"{ "care agent": 4, "trainee": 0 }"#, r#"{ "trainee": 0, "care agent": 4 }"#] {
        assert_eq!(shares(people, ""), [17.0]);
    }
    let all = of_kinds(agents, r#", "open": "always", "content": "153h/week""#);
    assert_eq!(all, Err(vec!["no-time-left /designs/A/graph/roles/desk/people".into()]));
}

#[test]
fn a_graph_has_the_experts_that_it_states() {
    let experts = of_kinds(r#"{ "trainee": 2 }"#, "").unwrap();
    assert_eq!(experts.duties[0].kind, DutyKind::Training);
}
