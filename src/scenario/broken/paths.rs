//! Logs, paths and overlays that cannot be.

use expect_test::expect;

use super::{check, check_bytes, plain};
use crate::scenario::{Overlay, Source, load};

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
fn a_window_says_at_which_dates_it_is_empty_and_that_its_end_is_not_in_it() {
    let told = |from: &str, to: &str| {
        let streams = format!(
            r#""streams": {{ "real": {{ "log": {{ "file": "log.csv", "mapping": {{ "one_row_per": "inquiry",
            "time": {{ "column": "opened", "format": "%Y" }}, "window": {{ "from": "{from}", "to": "{to}" }} }} }} }} }}"#
        );
        let source = Source::new("mine.json", plain(&streams, "", "", ""));
        let problems = load(&source, &Overlay::default()).unwrap_err();
        let found =
            problems.into_iter().find(|it| it.code == "out-of-order").expect("it is refused");
        format!("{}; {}", found.message, found.help.unwrap_or_default())
    };
    expect!["this window is empty: it begins at `2026-03-16`, and `2026-03-16` is no longer in it; `to` is where the window ends, itself not in it: for one day it is the day after"].assert_eq(&told("2026-03-16", "2026-03-16"));
    expect!["this window ends at `2026-03-15`, before it begins at `2026-03-16`; `to` is where the window ends, itself not in it: for one day it is the day after"].assert_eq(&told("2026-03-16", "2026-03-15"));
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
