//! Organizations and runs that cannot be.

use expect_test::expect;

use super::{check, plain};

const TWO: &str =
    r#""desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" }"#;

#[test]
fn row_11_loops_that_send_everything_back() {
    let links = |share: &str| {
        format!(
            r#"{{ "intake": {{ "to": "desk" }} }}, {{ "route": {{ "from": "desk", "to": "back", "share": "100%" }} }}, {{ "route": {{ "from": "back", "to": "desk", "share": "{share}" }} }}"#
        )
    };
    check(
        &plain("", TWO, &links("100%"), ""),
        expect![[r#"
        error[endless-loop]: no case ever leaves the loop `desk` → `back` → `desk`: its gain is 1.000
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
          |                ^^^^^^
          |
          = help: route less than everything back, so that some cases leave

    "#]],
    );
    check(
        &plain("", TWO, &links("99.8%"), ""),
        expect![[r#"
            warning[long-loop]: cases go round `desk` → `back` → `desk` for long: its gain is 0.999
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
              |                ^^^^^^
              |
              = help: the load of its desks is many times what comes in

            warning[too-much-work]: `desk` and `back` have work for up to 45000% of their time
             --> broken.json:4:58
              |
            4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
              |                                                          ^^^^^^
              |
              = help: what comes in, minutes of work and hours of people: is each in the unit that was meant? If so, what cannot be done waits for ever or gives up

        "#]],
    );
    check(
        &plain("", TWO, &links("50%"), ""),
        expect![[r#"
        warning[too-much-work]: `desk` and `back` have work for up to 180% of their time
         --> broken.json:4:58
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
          |                                                          ^^^^^^
          |
          = help: what comes in, minutes of work and hours of people: is each in the unit that was meant? If so, what cannot be done waits for ever or gives up

    "#]],
    );
}

#[test]
fn row_12_loops_that_take_no_time() {
    let roles = TWO.replace("6m", "0s");
    let links = r#"{ "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "50%" } }, { "route": { "from": "back", "to": "desk", "share": "50%" } }"#;
    check(
        &plain("", &roles, links, ""),
        expect![[r#"
        error[zero-time-loop]: cases go round in no time: `desk` → `back` → `desk`
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "service": "0s" }, "back": { "people": 1, "service": "0s" } },
          |                ^^^^^^
          |
          = help: give a desk a service time, or a link a delay

    "#]],
    );
}

#[test]
fn row_13_roles_and_skills_out_of_reach() {
    check(
        &plain("", TWO, "", ""),
        expect![[r#"
        warning[unreachable-role]: nothing ever reaches `back`
         --> broken.json:4:58
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
          |                                                          ^^^^^^
          |
          = help: add a link to it, or leave it out

    "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "bills": {}, "orders": {} }"#,
            r#""desk": { "people": [ { "count": 2, "skills": ["bills"] } ], "service": "6m" }"#,
            "",
            "",
        ),
        expect![[r#"
            error[skill-nobody-has]: nobody at `desk` can take `orders`
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": [ { "count": 2, "skills": ["bills"] } ], "service": "6m" } },
              |                ^^^^^^
              |
              = help: give somebody the skill, or keep the topic away with a filter on the links

        "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "channels": { "x": {}, "mail": {} }"#,
            "",
            r#"{ "intake": { "from": "x", "to": "dsk" } }"#,
            "",
        ),
        expect![[r#"
            error[unknown-role]: no role is named `dsk`
             --> broken.json:5:49
              |
            5 |     "links": [ { "intake": { "from": "x", "to": "dsk" } } ] } } },
              |                                                 ^^^^^
              |
              = help: did you mean `desk`?

        "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "channels": { "x": {}, "mail": {} }"#,
            "",
            r#"{ "intake": { "from": "x", "to": "desk" } }"#,
            "",
        ),
        expect![[r#"
            error[no-intake]: nobody takes in what is posted on `mail`
             --> broken.json:5:5
              |
            5 |     "links": [ { "intake": { "from": "x", "to": "desk" } } ] } } },
              |     ^^^^^^^
              |
              = help: add an `intake` link from it

        "#]],
    );
}

#[test]
fn row_14_shifts() {
    let desk = |rest: &str| format!(r#""desk": {{ "people": {rest}, "service": "6m" }}"#);
    check(
        &plain("", &desk("0"), "", ""),
        expect![[r#"
        warning[no-staff]: nobody works at `desk`
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 0, "service": "6m" } },
          |                ^^^^^^
          |
          = help: cases that reach it wait for ever; give it people, or take its links away

    "#]],
    );
    check(
        &plain("", &desk(r#"1, "open": "daily 9-9""#), "", ""),
        expect![[r#"
        error[empty-hours]: `9-9` is no time at all
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "daily 9-9", "service": "6m" } },
          |                                               ^^^^^^^^^^^
          |
          = help: write days and hours: `daily 08:00-20:00`, `weekdays 09:00-18:00`, `Mon-Fri 9-17, Sat 10-14`, `always`

    "#]],
    );
    check(
        &plain("", &desk(r#"1, "open": "daily 9-17, Mon 16-18""#), "", ""),
        expect![[r#"
        error[overlapping-hours]: `daily 9-17, Mon 16-18` overlap at 16:00
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "daily 9-17, Mon 16-18", "service": "6m" } },
          |                                               ^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: state each stretch of a day once

    "#]],
    );
    check(
        &plain("", &desk(r#"1, "open": "weekdys 9-17""#), "", ""),
        expect![[r#"
        error[unknown-day]: `weekdys` are not days
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "weekdys 9-17", "service": "6m" } },
          |                                               ^^^^^^^^^^^^^^
          |
          = help: write `daily`, `weekdays`, `weekend` or `Mon-Fri`

    "#]],
    );
    check(
        &plain("", &desk(r#"1, "open": "daily 9-17 Europe/Berlin""#), "", ""),
        expect![[r#"
        error[no-start-date]: a time zone needs dates
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "daily 9-17 Europe/Berlin", "service": "6m" } },
          |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: state the day on which simulated time begins: `"experiment": { "start": "2027-01-04", … }`

    "#]],
    );
    check(
        &plain("", &desk(r#"1, "open": "daily 22:00-06:00""#), "", ""),
        expect![[r#"
        warning[too-much-work]: `desk` has work for 270% of its time
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "open": "daily 22:00-06:00", "service": "6m" } },
          |                ^^^^^^
          |
          = help: what comes in, minutes of work and hours of people: is each in the unit that was meant? If so, what cannot be done waits for ever or gives up

    "#]],
    );
    let leap = r#"1, "open": { "hours": "daily 9-17", "except": [ { "on": "2027-02-29", "hours": "closed" } ] }"#;
    check(
        &plain("", &desk(leap), "", r#""start": "2027-01-04""#),
        expect![[r#"
            error[unreadable]: `2027-02-29` is not an instant
             --> broken.json:4:92
              |
            4 |     "roles": { "desk": { "people": 1, "open": { "hours": "daily 9-17", "except": [ { "on": "2027-02-29", "hours": "closed" } ] }, "se...
              |                                                                                            ^^^^^^^^^^^^
              |
              = help: write `week 6 Friday 18:00`, `week 4`, `day 3 12:00`, or a date where the experiment states its start

        "#]],
    );
}

#[test]
fn row_17_nothing_to_run() {
    check(
        &plain("", "", "", r#""run_for": "0s", "repeat": 0"#),
        expect![[r#"
        error[no-time]: the run has no length
         --> broken.json:6:30
          |
        6 |   "experiment": { "run_for": "0s", "repeat": 0 } }
          |                              ^^^^
          |
          = help: say how long, like `13 weeks`

        error[out-of-range]: `0` is not a whole number between 1 and 1000000
         --> broken.json:6:46
          |
        6 |   "experiment": { "run_for": "0s", "repeat": 0 } }
          |                                              ^

    "#]],
    );
    check(
        &plain("", "", "", r#""kind": "until done""#),
        expect![[r#"
        error[endless]: a study `until done` never ends: `messages` go on for ever
         --> broken.json:2:3
          |
        2 |   "customers": { "plain": true, "messages": "9/hour" },
          |   ^^^^^^^^^^^
          |
          = help: state `stop_after` or `until`, or choose another `kind`

    "#]],
    );
}

const THREE: &str = r#""front": { "people": 1, "desk": {}, "knows": { "generic": 0.9 } },
      "back": { "people": 1, "desk": {}, "knows": { "generic": 0.8 } },
      "lead": { "people": 1, "desk": {} }"#;

#[test]
fn desks_that_pass_on_what_nobody_answers() {
    let links = |to: &str| {
        format!(
            r#"{{ "intake": {{ "to": "front" }} }}, {{ "route": {{ "from": "front", "to": "back", "when": "unknown" }} }},
      {{ "route": {{ "from": "back", "to": "{to}", "when": "unknown" }} }}"#
        )
    };
    check(
        &plain("", THREE, &links("front"), ""),
        expect![[r#"
        error[endless-route]: some cases are passed round for ever: `front` → `back` → `front`
         --> broken.json:4:16
          |
        4 |     "roles": { "front": { "people": 1, "desk": {}, "knows": { "generic": 0.9 } },
          |                ^^^^^^^
          |
          = help: let one of these roles answer what nobody else knows

        warning[unreachable-role]: nothing ever reaches `lead`
         --> broken.json:6:7
          |
        6 |       "lead": { "people": 1, "desk": {} } },
          |       ^^^^^^
          |
          = help: add a link to it, or leave it out

    "#]],
    );
    check(&plain("", THREE, &links("lead"), ""), expect![[""]]);
}

#[test]
fn approvals_that_go_in_a_circle() {
    let links = r#"{ "intake": { "to": "front" } }, { "approve": { "from": "front", "to": "back" } },
      { "approve": { "from": "back", "to": "lead" } }, { "approve": { "from": "lead", "to": "front" } }"#;
    check(
        &plain("", THREE, links, ""),
        expect![[r#"
        error[approval-cycle]: approvals go in a circle: `front` → `back` → `lead` → `front`
         --> broken.json:4:16
          |
        4 |     "roles": { "front": { "people": 1, "desk": {}, "knows": { "generic": 0.9 } },
          |                ^^^^^^^
          |
          = help: somebody has the last word

    "#]],
    );
}

#[test]
fn topics_that_need_approval_where_nobody_approves() {
    let topics =
        r#""messages": "9/hour", "topics": { "press": { "approval": "always" }, "rest": {} }"#;
    let desk = r#""desk": { "people": 1, "desk": {} }, "lead": { "people": 1, "desk": {} }"#;
    let links = |approved: &str| {
        format!(
            r#"{{ "intake": {{ "to": "desk" }} }},
      {{ "approve": {{ "from": "desk", "to": "lead", "topics": ["{approved}"] }} }}"#
        )
    };
    check(
        &plain(topics, desk, &links("rest"), ""),
        expect![[r#"
        warning[unreviewed]: replies of `desk` about `press` go out without the approval that they always need
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {} }, "lead": { "people": 1, "desk": {} } },
          |                ^^^^^^
          |
          = help: add an `approve` link from it to whoever approves, or leave out the topic's `approval`

    "#]],
    );
    check(
        &plain(topics, desk, &links("press"), ""),
        expect![[r#"
        warning[too-much-work]: `lead` has work for 115% of its time
         --> broken.json:4:53
          |
        4 |     "roles": { "desk": { "people": 1, "desk": {} }, "lead": { "people": 1, "desk": {} } },
          |                                                     ^^^^^^
          |
          = help: what comes in, minutes of work and hours of people: is each in the unit that was meant? If so, what cannot be done waits for ever or gives up

    "#]],
    );
    check(
        r#"{ "orgsim": 1,
  "customers": { "plain": true, "messages": "9/hour", "topics": { "press": { "approval": "always" } } },
  "designs": { "Alone": { "one_person": { "care agent": 1 } } } }"#,
        expect![[r#"
            warning[unreviewed]: replies of `care agent` about `press` go out without the approval that they always need
             --> broken.json:3:16
              |
            3 |   "designs": { "Alone": { "one_person": { "care agent": 1 } } } }
              |                ^^^^^^^
              |
              = help: add an `approve` link from it to whoever approves, or leave out the topic's `approval`

        "#]],
    );
}

#[test]
fn inquiries_that_no_intake_fits() {
    let topics = r#""messages": "9/hour", "topics": { "bills": { "share": "25%" }, "orders": { "share": "75%" } }"#;
    let links = r#"{ "intake": { "to": "desk", "topics": ["orders"] } }"#;
    check(
        &plain(topics, "", links, ""),
        expect![[r#"
        warning[no-intake]: 25.0% of the inquiries reach nobody; they come from `inbox`
         --> broken.json:5:5
          |
        5 |     "links": [ { "intake": { "to": "desk", "topics": ["orders"] } } ] } } },
          |     ^^^^^^^
          |
          = help: give each channel an intake without a filter, last

    "#]],
    );
}

#[test]
fn unequal_designs_are_refused_with_their_figures() {
    let text = include_str!("../../../scenarios/quickstart.json")
        .replace("\"care agent\": 10,", "\"care agent\": 12,");
    check(
        &text,
        expect![[r#"
            error[not-equal]: cost is to be 1,000,000 a year within 2.0%, but the designs have `Centralized` 1,135,400 (+13.5%), `Hub and spoke` 1,001,720 (+0.2%), `Decentralized` 1,006,400 (+0.6%), `Outsourced` 999,319 (-0.1%)
              --> broken.json:89:5
               |
            89 |     "hold_equal": { "cost": "$1,000,000/year", "within": "2%" },
               |     ^^^^^^^^^^^^
               |
               = help: change people until the figures agree, or let `within` be wider

        "#]],
    );
}
