//! Organizations, runs and paths that cannot be.

use expect_test::expect;

use super::{check, check_bytes, plain};
use crate::scenario::{Overlay, Source, load};

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

    "#]],
    );
    check(&plain("", TWO, &links("50%"), ""), expect![[""]]);
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
    check(&plain("", &desk(r#"1, "open": "daily 22:00-06:00""#), "", ""), expect![[""]]);
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

#[test]
fn row_27_paths_stay_inside() {
    for file in
        ["../../etc/passwd", "/etc/passwd", "C:\\\\x.csv", "a/../../b.csv", "con", "a\\u0000b.csv"]
    {
        let streams = format!(
            r#""streams": {{ "real": {{ "log": {{ "file": "{file}", "mapping": {{ "one_row_per": "inquiry", "time": {{ "column": "opened", "format": "%Y" }} }} }} }} }}"#
        );
        let source = Source::new("broken.json", plain(&streams, "", "", ""));
        let problems = load(&source, &Overlay::default()).unwrap_err();
        assert_eq!(
            problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
            ["path-escapes"],
            "{file}"
        );
    }
    check(
        &plain(
            r#""streams": { "real": { "log": { "file": "../secret.csv", "mapping": { "one_row_per": "inquiry", "time": { "column": "opened", "format": "%Y" } } } } }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
            error[path-escapes]: `../secret.csv` leaves the scenario's folder
             --> broken.json:2:73
              |
            2 |   "customers": { "plain": true, "streams": { "real": { "log": { "file": "../secret.csv", "mapping": { "one_row_per": "inquiry", "time...
              |                                                                         ^^^^^^^^^^^^^^^
              |
              = help: put the file beside the scenario, or in a folder below it, and name it from there

        "#]],
    );
}

#[cfg(unix)]
#[test]
fn row_27_symbolic_links_do_not_lead_out() {
    let folder = std::env::temp_dir().join(format!("orgsim-links-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("in")).expect("a temporary folder can be made");
    std::fs::write(folder.join("out.csv"), "a").expect("a temporary file can be written");
    let _ = std::os::unix::fs::symlink(folder.join("out.csv"), folder.join("in/log.csv"));
    let text = plain(
        r#""streams": { "real": { "log": { "file": "log.csv", "mapping": { "one_row_per": "inquiry", "time": { "column": "opened", "format": "%Y" } } } } }"#,
        "",
        "",
        "",
    );
    std::fs::write(folder.join("in/scenario.json"), text).expect("a temporary file can be written");
    let source = Source::read(&folder.join("in/scenario.json"), 10_000).expect("the file is there");
    let problems = load(&source, &Overlay::default()).unwrap_err();
    std::fs::remove_dir_all(&folder).expect("the folder was made above");
    assert_eq!(problems[0].code, "path-escapes");
}

#[test]
fn mappings_of_logs_are_checked_in_form() {
    let streams = r#""streams": { "real": { "log": { "file": "log.csv", "mapping": {
    "one_row_per": "event", "time": { "column": "opened" }, "inbound": true, "window": { "from": "2017-10-31", "to": "soon" },
    "keep": [ { "column": "state", "is": "new", "missing": true } ], "resolution": { "last_row": { "after": { "column": "hours", "unit": "hour" } } } } } } }"#;
    check(
        &plain(streams, "", "", ""),
        expect![[r#"
        error[missing-key]: a mapping with one row per event needs `case`
         --> broken.json:2:84
          |
        2 |   "customers": { "plain": true, "streams": { "real": { "log": { "file": "log.csv", "mapping": {
          |                                                                                    ^^^^^^^^^

        error[missing-key]: a column of times needs `format`
         --> broken.json:3:29
          |
        3 |     "one_row_per": "event", "time": { "column": "opened" }, "inbound": true, "window": { "from": "2017-10-31", "to": "soon" },
          |                             ^^^^^^

        error[unknown-key]: `inbound` is not a key of a mapping with one row per event
         --> broken.json:3:61
          |
        3 |     "one_row_per": "event", "time": { "column": "opened" }, "inbound": true, "window": { "from": "2017-10-31", "to": "soon" },
          |                                                             ^^^^^^^^^

        error[unreadable]: `soon` is not a date with a time
         --> broken.json:3:118
          |
        3 |     "one_row_per": "event", "time": { "column": "opened" }, "inbound": true, "window": { "from": "2017-10-31", "to": "soon" },
          |                                                                                                                      ^^^^^^
          |
          = help: write it like `2017-10-31 00:00`

        error[missing-key]: a condition makes one test
         --> broken.json:4:15
          |
        4 |     "keep": [ { "column": "state", "is": "new", "missing": true } ], "resolution": { "last_row": { "after": { "column": "hours", "uni...
          |               ^
          |
          = help: state one of `is`, `one_of`, `none_of`, `missing`, `present`

        error[unknown-word]: `hour` means nothing here
         --> broken.json:4:138
          |
        4 | ...ution": { "last_row": { "after": { "column": "hours", "unit": "hour" } } } } } } } },
          |                                                                  ^^^^^^
          |
          = help: did you mean `hours`?

    "#]],
    );
}

#[test]
fn overlays_are_checked_like_the_file() {
    let text = plain("", "", "", "");
    let set = |assignment: &str| {
        Overlay::default().set(assignment).expect("an assignment has an equals sign")
    };
    check_bytes(
        text.as_bytes(),
        &set("customers.messages=lots"),
        expect![[r#"
        error[unreadable]: `lots` is not a rate
         --> --set:1:22
          |
        1 | customers.messages = "lots"
          |                      ^^^^^^
          |
          = help: write how many per what: `300/day`, `0.9/hour`, `27/week`

    "#]],
    );
    check_bytes(
        text.as_bytes(),
        &set("customers.mesages=9/hour"),
        expect![[r#"
        error[unknown-path]: `customers` has no `mesages`
         --> --set:1:21
          |
        1 | customers.mesages = "9/hour"
          |                     ^^^^^^^^
          |
          = help: did you mean `messages`?

    "#]],
    );
    check_bytes(
        text.as_bytes(),
        &set("designs.A.roles.desk.people=0"),
        expect![[r#"
        warning[no-staff]: nobody works at `desk`
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" } },
          |                ^^^^^^
          |
          = help: cases that reach it wait for ever; give it people, or take its links away

    "#]],
    );
    let what_if = r#""repeat": 2 }, "what_if": { "storm": { "set": { "customers.messages": "lots" } } }, "practice": { "error": "4%""#;
    check(
        &plain("", "", "", what_if),
        expect![[r#"
        error[unreadable]: `lots` is not a rate
         --> broken.json:6:89
          |
        6 |   "experiment": { "repeat": 2 }, "what_if": { "storm": { "set": { "customers.messages": "lots" } } }, "practice": { "error": "4%" } }
          |                                                                                         ^^^^^^
          |
          = help: write how many per what: `300/day`, `0.9/hour`, `27/week`

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
        error[not-equal]: cost is to be 1,000,000 a year within 2.0%, but the designs have `Centralized` 1,135,400 (+13.5%), `Hub and spoke` 1,001,640 (+0.2%), `Decentralized` 1,006,400 (+0.6%), `Outsourced` 1,001,283 (+0.1%)
          --> broken.json:84:5
           |
        84 |     "hold_equal": { "cost": "$1,000,000/year", "within": "2%" },
           |     ^^^^^^^^^^^^
           |
           = help: change people until the figures agree, or let `within` be wider

    "#]],
    );
}
