//! Broken files, and the exact words each of them earns.

use expect_test::{Expect, expect};

use super::{Overlay, Source, load, render};

/// The findings of a text, warnings of a sound one included.
fn check(text: &str, expected: Expect) {
    check_bytes(text.as_bytes(), &Overlay::default(), expected);
}

fn check_bytes(bytes: &[u8], overlay: &Overlay, expected: Expect) {
    let source = Source::from_bytes("broken.json", bytes);
    let findings = match load(&source, overlay) {
        Ok(scenario) => scenario.warnings,
        Err(problems) => problems,
    };
    expected.assert_eq(&render(&source, &findings, false));
}

/// A sound scenario of a few lines with some of its parts replaced.
fn plain(customers: &str, roles: &str, links: &str, experiment: &str) -> String {
    let or = |given: &str, otherwise: &str| if given.is_empty() { otherwise.to_owned() } else { given.to_owned() };
    format!(
        "{{ \"orgsim\": 1,\n  \"customers\": {{ \"plain\": true, {} }},\n  \"designs\": {{ \"A\": {{ \"graph\": {{\n    \"roles\": {{ {} }},\n    \"links\": [ {} ] }} }} }},\n  \"experiment\": {{ {} }} }}",
        or(customers, r#""messages": "9/hour""#),
        or(roles, r#""desk": { "people": 1, "service": "6m" }"#),
        or(links, r#"{ "intake": { "to": "desk" } }"#),
        or(experiment, r#""repeat": 2"#),
    )
}

#[test]
fn row_1_texts_that_are_no_scenario() {
    check("", expect![[r#"
        error[empty-file]: the file holds no scenario
         --> broken.json:1:1
          |
        1 |
          | ^
          |
          = help: `orgsim new` writes one; `scenarios/quickstart.json` is one to start from

    "#]]);
    check("{ \"orgsim\": 1, \"customers\": {", expect![[r#"
        error[syntax]: this object is never closed
         --> broken.json:1:29
          |
        1 | { "orgsim": 1, "customers": {
          |                             ^
          |
          = help: a `}` is missing, or the file was cut off

    "#]]);
    check("{ \"orgsim\": 1\n  \"question\": \"a\" }", expect![[r#"
        error[syntax]: a comma is missing here
         --> broken.json:1:14
          |
        1 | { "orgsim": 1
          |              ^
          |
          = help: put a comma between two entries

    "#]]);
    check("{ \"orgsim\": 1, \"question\": \"\\ud800\" }", expect![[r#"
        error[syntax]: invalid unicode escape sequence. 'd800 (unpaired high surrogate)' is not a valid UTF8 character
         --> broken.json:1:29
          |
        1 | { "orgsim": 1, "question": "\ud800" }
          |                             ^^^^^^^
          |
          = help: check the quotes and backslashes of this text

    "#]]);
    check("{ \"orgsim\": 1, \"question\": \"a\0b\" }", expect![[r#"
        error[nul-byte]: the text holds a NUL byte
         --> broken.json:1:30
          |
        1 | { "orgsim": 1, "question": "a\u{0}b" }
          |                              ^^^^^
          |
          = help: it may be a binary file, or text in another encoding; save it as UTF-8

    "#]]);
    check("{ \"orgsim\": 1, \"question\": \"never closed,\n  \"customers\": {} }", expect![[r#"
        error[syntax]: a text runs over the end of its line
         --> broken.json:1:28
          |
        1 | { "orgsim": 1, "question": "never closed,
          |                            ^
          |
          = help: close it with a double quote; a line break within a text is written `\n`

    "#]]);
    check_bytes(b"\xff\xfe{\0}\0", &Overlay::default(), expect![[r#"
        error[utf-16]: the file is UTF-16
         --> broken.json:1:1
          |
        1 | {}
          | ^
          |
          = help: save it as UTF-8

    "#]]);
    check_bytes(b"{ \"question\": \"caf\xe9\" }", &Overlay::default(), expect![[r#"
        error[not-utf-8]: the file is not UTF-8 from here on
         --> broken.json:1:19
          |
        1 | { "question": "caf�" }
          |                   ^
          |
          = help: save it as UTF-8

    "#]]);
}

#[test]
fn row_1_comments_trailing_commas_marks_and_line_ends_do_no_harm() {
    let text = plain("", "", "", "").replace('\n', "\r\n").replace("\"repeat\": 2", "\"repeat\": 2, // twice\r\n");
    check(&format!("\u{feff}/* mine */ {text}"), expect![[""]]);
}

#[test]
fn row_2_nesting_has_an_end() {
    check(&"[".repeat(100_000), expect![[r#"
        error[too-deep]: nested deeper than 128
         --> broken.json:1:129
          |
        1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
          |                                                                                                                                 ^
          |
          = help: a scenario needs about ten levels

    "#]]);
    check(&format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)), expect![[r#"
        error[too-deep]: nested deeper than 128
         --> broken.json:1:641
          |
        1 | ..."a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{...
          |                                                                    ^
          |
          = help: a scenario needs about ten levels

    "#]]);
}

#[test]
fn row_3_size_has_an_end() {
    let path = std::env::temp_dir().join(format!("orgsim-large-{}.json", std::process::id()));
    std::fs::write(&path, vec![b' '; 2000]).expect("a temporary file can be written");
    let mut source = Source::read(&path, 1000).expect("the file is there");
    std::fs::remove_file(&path).expect("the file was written above");
    source.name = "large.json".into();
    let problems = load(&source, &Overlay::default()).unwrap_err();
    expect![[r#"
        error[too-large]: the file has 2000 bytes, more than the limit of 1000
         --> large.json:1:1
          |
        1 |
          | ^
          |
          = help: raise the limit with `--max-file-bytes`, or keep recorded inquiries in a log file of their own

    "#]].assert_eq(&render(&source, &problems, false));
    check(&plain(&format!("\"messages\": {}", "9".repeat(1_000_000)), "", "", ""), expect![[r#"
        error[missing-unit]: `999999999999999999999999999999999999999999999999999999999999…` has no unit
         --> broken.json:2:45
          |
        2 | ...ages": 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: write it as a text with its unit, like `"300/day"`

    "#]]);
    let many: Vec<String> = (0..200).map(|i| format!("\"k{i}\": 1")).collect();
    let source = Source::new("many.json", format!("{{ \"orgsim\": 1, {} }}", many.join(", ")));
    assert_eq!(load(&source, &Overlay::default()).unwrap_err().len(), 51, "fifty and a last one that counts the rest");
}

#[test]
fn row_4_names_stated_twice_or_alike() {
    check(&plain("\"messages\": \"9/hour\",\n    \"messages\": \"8/hour\"", "", "", ""), expect![[r#"
        error[duplicate-key]: `messages` is stated twice
         --> broken.json:3:5
          |
        3 |     "messages": "8/hour" },
          |     ^^^^^^^^^^
          |
          = help: it is first stated on line 2, column 33; keep one of them

    "#]]);
    check(
        &plain(r#""messages": "9/hour", "channels": { "X": { "share": "50%" }, "x": { "share": "50%" } }"#, "", "", ""),
        expect![[r#"
            warning[look-alike-names]: `x` looks like `X`
             --> broken.json:2:94
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "channels": { "X": { "share": "50%" }, "x": { "share": "50%" } } },
              |                                                                                              ^^^
              |
              = help: they are two different names; rename one of them

        "#]],
    );
    check(
        &plain("\"messages\": \"9/hour\", \"topics\": { \"caf\u{e9}\": {}, \"cafe\u{301}\": {} }", "", "", ""),
        expect![[r#"
            warning[look-alike-names]: `café` looks like `café`
             --> broken.json:2:79
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "café": {}, "café": {} } },
              |                                                                               ^^^^^^
              |
              = help: they are two different names; rename one of them

        "#]],
    );
    let twice = r#""repeat": 2 }, "objectives": [ { "id": "a", "goal": "answered >= 5%" },
    { "id": "a", "goal": "answered >= 6%" } ], "practice": { "error": "4%""#;
    check(&plain("", "", "", twice), expect![[r#"
        error[duplicate-name]: `a` is the id of two objectives
         --> broken.json:7:13
          |
        7 |     { "id": "a", "goal": "answered >= 6%" } ], "practice": { "error": "4%" } }
          |             ^^^
          |
          = help: the first begins on line 6, column 50; rename one of them

    "#]]);
}

#[test]
fn row_5_keys_nobody_knows() {
    check(
        &plain(r#""mesages": "9/hour""#, r#""desk": { "people": 1, "serviceTme": "6m" }"#, "", r#""warmup": "1 week""#),
        expect![[r#"
            error[unknown-key]: `mesages` is not a key of `customers`
             --> broken.json:2:33
              |
            2 |   "customers": { "plain": true, "mesages": "9/hour" },
              |                                 ^^^^^^^^^
              |
              = help: did you mean `messages`?

            error[unknown-key]: `serviceTme` is not a key of a role
             --> broken.json:4:39
              |
            4 |     "roles": { "desk": { "people": 1, "serviceTme": "6m" } },
              |                                       ^^^^^^^^^^^^
              |
              = help: did you mean `service`?

            error[unknown-key]: `warmup` is not a key of `experiment`
             --> broken.json:6:19
              |
            6 |   "experiment": { "warmup": "1 week" } }
              |                   ^^^^^^^^
              |
              = help: did you mean `warm_up`?

        "#]],
    );
}

#[test]
fn row_6_values_of_another_kind() {
    check(
        &plain(
            r#""messages": null, "business_units": "phones", "channels": { "x": { "private": "yes" } }"#,
            r#""desk": { "people": 1.5, "service": "6m", "waiting_room": "10" }"#,
            "",
            r#""repeat": "30", "seed": true"#,
        ),
        expect![[r#"
            error[wrong-type]: expected a rate such as `300/day`, found null
             --> broken.json:2:45
              |
            2 |   "customers": { "plain": true, "messages": null, "business_units": "phones", "channels": { "x": { "private": "yes" } } },
              |                                             ^^^^

            error[wrong-type]: expected a list, found a text
             --> broken.json:2:69
              |
            2 |   "customers": { "plain": true, "messages": null, "business_units": "phones", "channels": { "x": { "private": "yes" } } },
              |                                                                     ^^^^^^^^

            error[wrong-type]: expected true or false, found a text
             --> broken.json:2:111
              |
            2 |   "customers": { "plain": true, "messages": null, "business_units": "phones", "channels": { "x": { "private": "yes" } } },
              |                                                                                                               ^^^^^

            error[out-of-range]: `1.5` is not a whole number between 0 and 1000000
             --> broken.json:4:36
              |
            4 |     "roles": { "desk": { "people": 1.5, "service": "6m", "waiting_room": "10" } },
              |                                    ^^^

            error[wrong-type]: expected a whole number, found a text
             --> broken.json:4:74
              |
            4 |     "roles": { "desk": { "people": 1.5, "service": "6m", "waiting_room": "10" } },
              |                                                                          ^^^^

            error[wrong-type]: expected a whole number, found a text
             --> broken.json:6:29
              |
            6 |   "experiment": { "repeat": "30", "seed": true } }
              |                             ^^^^

            error[wrong-type]: expected a whole number, found true or false
             --> broken.json:6:43
              |
            6 |   "experiment": { "repeat": "30", "seed": true } }
              |                                           ^^^^

        "#]],
    );
}

#[test]
fn row_7_numbers_out_of_this_world() {
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "a": { "priority": 1e999 } }"#,
            r#""desk": { "people": 9007199254740993, "service": { "gamma": { "mean": "6m", "cv": 1e999 } } }"#,
            "",
            r#""repeat": -0"#,
        ),
        expect![[r#"
            error[out-of-range]: `1e999` is not a whole number between 1 and 255
             --> broken.json:2:86
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "priority": 1e999 } } },
              |                                                                                      ^^^^^

            error[out-of-range]: `9007199254740993` is not a whole number between 0 and 1000000
             --> broken.json:4:36
              |
            4 |     "roles": { "desk": { "people": 9007199254740993, "service": { "gamma": { "mean": "6m", "cv": 1e999 } } } },
              |                                    ^^^^^^^^^^^^^^^^

            error[out-of-range]: `1e999` is out of range
             --> broken.json:4:98
              |
            4 |     "roles": { "desk": { "people": 9007199254740993, "service": { "gamma": { "mean": "6m", "cv": 1e999 } } } },
              |                                                                                                  ^^^^^
              |
              = help: numbers are 0 or lie between 1e-12 and 1e12

            error[out-of-range]: `-0` is not a whole number between 1 and 1000000
             --> broken.json:6:29
              |
            6 |   "experiment": { "repeat": -0 } }
              |                             ^^

        "#]],
    );
    check(&plain(r#""messages": NaN"#, "", "", ""), expect![[r#"
        error[syntax]: an unexpected word
         --> broken.json:2:45
          |
        2 |   "customers": { "plain": true, "messages": NaN },
          |                                             ^^^
          |
          = help: texts stand between double quotes

    "#]]);
    check(&plain("", r#""desk": { "people": 1, "service": { "gamma": { "mean": "6m", "cv": 1e-320 } } }"#, "", ""), expect![[r#"
        error[out-of-range]: `1e-320` is out of range
         --> broken.json:4:83
          |
        4 |     "roles": { "desk": { "people": 1, "service": { "gamma": { "mean": "6m", "cv": 1e-320 } } } },
          |                                                                                   ^^^^^^
          |
          = help: numbers are 0 or lie between 1e-12 and 1e12

    "#]]);
}

#[test]
fn row_8_quantities_below_zero_or_out_of_order() {
    check(
        &plain(
            r#""messages": "-9/hour", "behavior": { "patience": { "law": "-5m" } }"#,
            r#""desk": { "people": -1, "service": { "uniform": { "min": "6m", "max": "5m" } } },
    "b": { "people": 1, "service": { "triangular": { "min": "1m", "mode": "9m", "max": "5m" } } },
    "c": { "people": 1, "service": { "lognormal": { "mean": "5m", "cv": -1 } } }"#,
            r#"{ "intake": { "to": "desk" } }, { "intake": { "to": "b" } }, { "intake": { "to": "c" } }"#,
            "",
        ),
        expect![[r#"
            error[negative]: `-9/hour` is negative
             --> broken.json:2:45
              |
            2 |   "customers": { "plain": true, "messages": "-9/hour", "behavior": { "patience": { "law": "-5m" } } },
              |                                             ^^^^^^^^^
              |
              = help: nobody un-arrives

            error[negative]: `-5m` is negative
             --> broken.json:2:91
              |
            2 |   "customers": { "plain": true, "messages": "-9/hour", "behavior": { "patience": { "law": "-5m" } } },
              |                                                                                           ^^^^^
              |
              = help: time only runs forward

            error[negative]: `-1` is not a whole number between 0 and 1000000
             --> broken.json:4:36
              |
            4 |     "roles": { "desk": { "people": -1, "service": { "uniform": { "min": "6m", "max": "5m" } } },
              |                                    ^^

            error[out-of-order]: `max` (5m) is less than `min` (6m)
             --> broken.json:4:86
              |
            4 |     "roles": { "desk": { "people": -1, "service": { "uniform": { "min": "6m", "max": "5m" } } },
              |                                                                                      ^^^^

            error[out-of-order]: `max` (5m) is less than `mode` (9m)
             --> broken.json:5:88
              |
            5 |     "b": { "people": 1, "service": { "triangular": { "min": "1m", "mode": "9m", "max": "5m" } } },
              |                                                                                        ^^^^

            error[negative]: `-1` is not between 0 and 1000000
             --> broken.json:6:73
              |
            6 |     "c": { "people": 1, "service": { "lognormal": { "mean": "5m", "cv": -1 } } } },
              |                                                                         ^^

        "#]],
    );
    check(&plain(r#""messages": "0/hour""#, "", "", ""), expect![[r#"
        warning[no-arrivals]: nothing ever arrives here
         --> broken.json:2:45
          |
        2 |   "customers": { "plain": true, "messages": "0/hour" },
          |                                             ^^^^^^^^
          |
          = help: leave the stream out, or give it a rate above zero

    "#]]);
}

#[test]
fn row_9_units_are_obligatory() {
    check(
        &plain(
            r#""messages": "9", "need_unit_knowledge": 0.2, "business_units": ["a"]"#,
            r#""desk": { "people": 1, "service": 5 }, "b": { "people": 1, "service": "5" }"#,
            r#"{ "intake": { "to": "desk" } }, { "intake": { "to": "b" } }"#,
            r#""hold_equal": { "cost": "1,000,000/year" }"#,
        ),
        expect![[r#"
            error[missing-unit]: `9` does not say per what
             --> broken.json:2:45
              |
            2 |   "customers": { "plain": true, "messages": "9", "need_unit_knowledge": 0.2, "business_units": ["a"] },
              |                                             ^^^
              |
              = help: write how many per what: `300/day`, `0.9/hour`, `27/week`

            error[missing-unit]: `0.2` has no unit
             --> broken.json:2:73
              |
            2 |   "customers": { "plain": true, "messages": "9", "need_unit_knowledge": 0.2, "business_units": ["a"] },
              |                                                                         ^^^
              |
              = help: write it as a text with its unit, like `"22%"`

            error[missing-unit]: `5` has no unit
             --> broken.json:4:50
              |
            4 |     "roles": { "desk": { "people": 1, "service": 5 }, "b": { "people": 1, "service": "5" } },
              |                                                  ^
              |
              = help: write it as a text with its unit, like `"5m"`

            error[missing-unit]: `5` has no unit
             --> broken.json:4:86
              |
            4 |     "roles": { "desk": { "people": 1, "service": 5 }, "b": { "people": 1, "service": "5" } },
              |                                                                                      ^^^
              |
              = help: write a number with a unit: `45s`, `5m`, `2h 30m`, `34 days`, `13 weeks`

            error[missing-unit]: `1,000,000/year` has no currency
             --> broken.json:6:43
              |
            6 |   "experiment": { "hold_equal": { "cost": "1,000,000/year" } } }
              |                                           ^^^^^^^^^^^^^^^^
              |
              = help: write an amount with its currency, and per what: `$66,800/year`, `€20/hour`, `1,000,000 CHF/year`

        "#]],
    );
    check(&plain("", r#""desk": { "people": 1, "service": "90h" }"#, "", ""), expect![[r#"
        warning[long-work]: hands-on work of 3d 18h on average
         --> broken.json:4:50
          |
        4 |     "roles": { "desk": { "people": 1, "service": "90h" } },
          |                                                  ^^^^^
          |
          = help: check the unit: `m` is minutes, `h` hours

    "#]]);
}

#[test]
fn row_10_shares_that_do_not_sum() {
    let topics = |a: &str, b: &str| format!(r#""messages": "9/hour", "topics": {{ "a": {{ "share": "{a}" }}, "b": {{ "share": "{b}" }} }}"#);
    check(&plain(&topics("50%", "49%"), "", "", ""), expect![[r#"
        error[shares-sum]: shares sum to 99%, not 100%
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "50%" }, "b": { "share": "49%" } } },
          |                                                       ^^^^^^^^
          |
          = help: 1% is missing

    "#]]);
    check(&plain(&topics("50%", "51%"), "", "", ""), expect![[r#"
        error[shares-sum]: shares sum to 101%, not 100%
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "50%" }, "b": { "share": "51%" } } },
          |                                                       ^^^^^^^^
          |
          = help: 1% is too much

    "#]]);
    check(&plain(&topics("0%", "0%"), "", "", ""), expect![[r#"
        error[shares-sum]: shares sum to 0%, not 100%
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "0%" }, "b": { "share": "0%" } } },
          |                                                       ^^^^^^^^
          |
          = help: 100% is missing

    "#]]);
    check(&plain(&topics("-1%", "101%"), "", "", ""), expect![[r#"
        error[negative]: `-1%` is negative
         --> broken.json:2:83
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "-1%" }, "b": { "share": "101%" } } },
          |                                                                                   ^^^^^
          |
          = help: shares lie between 0% and 100%

        error[out-of-range]: `101%` is more than everything
         --> broken.json:2:108
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "-1%" }, "b": { "share": "101%" } } },
          |                                                                                                            ^^^^^^
          |
          = help: shares lie between 0% and 100%

    "#]]);
    check(&plain(&topics("50%", "50.00000001%"), "", "", ""), expect![[""]]);
}

const TWO: &str = r#""desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" }"#;

#[test]
fn row_11_loops_that_send_everything_back() {
    let links = |share: &str| {
        format!(
            r#"{{ "intake": {{ "to": "desk" }} }}, {{ "route": {{ "from": "desk", "to": "back", "share": "100%" }} }}, {{ "route": {{ "from": "back", "to": "desk", "share": "{share}" }} }}"#
        )
    };
    check(&plain("", TWO, &links("100%"), ""), expect![[r#"
        error[endless-loop]: no case ever leaves the loop `desk` → `back` → `desk`: its gain is 1.000
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
          |                ^^^^^^
          |
          = help: route less than everything back, so that some cases leave

    "#]]);
    check(&plain("", TWO, &links("99.8%"), ""), expect![[r#"
        warning[long-loop]: cases go round `desk` → `back` → `desk` for long: its gain is 0.999
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
          |                ^^^^^^
          |
          = help: the load of its desks is many times what comes in

    "#]]);
    check(&plain("", TWO, &links("50%"), ""), expect![[""]]);
}

#[test]
fn row_12_loops_that_take_no_time() {
    let roles = TWO.replace("6m", "0s");
    let links = r#"{ "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "50%" } }, { "route": { "from": "back", "to": "desk", "share": "50%" } }"#;
    check(&plain("", &roles, links, ""), expect![[r#"
        error[zero-time-loop]: cases go round in no time: `desk` → `back` → `desk`
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "service": "0s" }, "back": { "people": 1, "service": "0s" } },
          |                ^^^^^^
          |
          = help: give a desk a service time, or a link a delay

    "#]]);
}

#[test]
fn row_13_roles_and_skills_out_of_reach() {
    check(&plain("", TWO, "", ""), expect![[r#"
        warning[unreachable-role]: nothing ever reaches `back`
         --> broken.json:4:58
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" }, "back": { "people": 1, "service": "6m" } },
          |                                                          ^^^^^^
          |
          = help: add a link to it, or leave it out

    "#]]);
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
        &plain(r#""messages": "9/hour", "channels": { "x": {}, "mail": {} }"#, "", r#"{ "intake": { "from": "x", "to": "dsk" } }"#, ""),
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
        &plain(r#""messages": "9/hour", "channels": { "x": {}, "mail": {} }"#, "", r#"{ "intake": { "from": "x", "to": "desk" } }"#, ""),
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
    check(&plain("", &desk("0"), "", ""), expect![[r#"
        warning[no-staff]: nobody works at `desk`
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 0, "service": "6m" } },
          |                ^^^^^^
          |
          = help: cases that reach it wait for ever; give it people, or take its links away

    "#]]);
    check(&plain("", &desk(r#"1, "open": "daily 9-9""#), "", ""), expect![[r#"
        error[empty-hours]: `9-9` is no time at all
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "daily 9-9", "service": "6m" } },
          |                                               ^^^^^^^^^^^
          |
          = help: write days and hours: `daily 08:00-20:00`, `weekdays 09:00-18:00`, `Mon-Fri 9-17, Sat 10-14`, `always`

    "#]]);
    check(&plain("", &desk(r#"1, "open": "daily 9-17, Mon 16-18""#), "", ""), expect![[r#"
        error[overlapping-hours]: `daily 9-17, Mon 16-18` overlap at 16:00
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "daily 9-17, Mon 16-18", "service": "6m" } },
          |                                               ^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: state each stretch of a day once

    "#]]);
    check(&plain("", &desk(r#"1, "open": "weekdys 9-17""#), "", ""), expect![[r#"
        error[unknown-day]: `weekdys` are not days
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "weekdys 9-17", "service": "6m" } },
          |                                               ^^^^^^^^^^^^^^
          |
          = help: write `daily`, `weekdays`, `weekend` or `Mon-Fri`

    "#]]);
    check(&plain("", &desk(r#"1, "open": "daily 9-17 Europe/Berlin""#), "", ""), expect![[r#"
        error[no-start-date]: a time zone needs dates
         --> broken.json:4:47
          |
        4 |     "roles": { "desk": { "people": 1, "open": "daily 9-17 Europe/Berlin", "service": "6m" } },
          |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: state the day on which simulated time begins: `"experiment": { "start": "2027-01-04", … }`

    "#]]);
    check(&plain("", &desk(r#"1, "open": "daily 22:00-06:00""#), "", ""), expect![[""]]);
    let leap = r#"1, "open": { "hours": "daily 9-17", "except": [ { "on": "2027-02-29", "hours": "closed" } ] }"#;
    check(&plain("", &desk(leap), "", r#""start": "2027-01-04""#), expect![[r#"
        error[unreadable]: `2027-02-29` is not an instant
         --> broken.json:4:92
          |
        4 |     "roles": { "desk": { "people": 1, "open": { "hours": "daily 9-17", "except": [ { "on": "2027-02-29", "hours": "closed" } ] }, "se...
          |                                                                                            ^^^^^^^^^^^^
          |
          = help: write `week 6 Friday 18:00`, `week 4`, `day 3 12:00`, or a date where the experiment states its start

    "#]]);
}

#[test]
fn row_17_nothing_to_run() {
    check(&plain("", "", "", r#""run_for": "0s", "repeat": 0"#), expect![[r#"
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

    "#]]);
    check(&plain("", "", "", r#""kind": "until done""#), expect![[r#"
        error[endless]: a study `until done` never ends: `messages` go on for ever
         --> broken.json:2:3
          |
        2 |   "customers": { "plain": true, "messages": "9/hour" },
          |   ^^^^^^^^^^^
          |
          = help: state `stop_after` or `until`, or choose another `kind`

    "#]]);
}

#[test]
fn row_26_names_are_shown_safely() {
    check(&plain("", "", "{ \"intake\": { \"to\": \"a\u{202e}b\\u001b[31m\" } }", ""), expect![[r#"
        error[unknown-role]: no role is named `a\u{202e}b\u{1b}[31m`
         --> broken.json:5:36
          |
        5 |     "links": [ { "intake": { "to": "a\u{202e}b\u001b[31m" } } ] } } },
          |                                    ^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: known here: `desk`

    "#]]);
    check(&plain("", "", "{ \"intake\": { \"to\": \"a\u{1b}[31m\" } }", ""), expect![[r#"
        error[syntax]: a text holds a control character
         --> broken.json:5:38
          |
        5 |     "links": [ { "intake": { "to": "a\u{1b}[31m" } } ] } } },
          |                                      ^^^^^^
          |
          = help: write it as an escape like `\u001b`, or leave it out

    "#]]);
    check(&plain(r#""messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {} }"#, "", "", ""), expect![[r#"
        error[empty-name]: a name is empty
         --> broken.json:2:67
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {} } },
          |                                                                   ^^
          |
          = help: give it a name that people can say

        error[empty-name]: a name is empty
         --> broken.json:2:75
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {} } },
          |                                                                           ^^^^
          |
          = help: give it a name that people can say

    "#]]);
    let long = "n".repeat(10_000);
    check(&plain("", "", &format!("{{ \"intake\": {{ \"to\": \"{long}\" }} }}"), ""), expect![[r#"
        error[unknown-role]: no role is named `nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…`
         --> broken.json:5:36
          |
        5 | ...": "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: known here: `desk`

    "#]]);
}

#[test]
fn row_27_paths_stay_inside() {
    for file in ["../../etc/passwd", "/etc/passwd", "C:\\\\x.csv", "a/../../b.csv", "con", "a\\u0000b.csv"] {
        let streams = format!(r#""streams": {{ "real": {{ "log": {{ "file": "{file}", "mapping": {{}} }} }} }}"#);
        let source = Source::new("broken.json", plain(&streams, "", "", ""));
        let problems = load(&source, &Overlay::default()).unwrap_err();
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["path-escapes"], "{file}");
    }
    check(
        &plain(r#""streams": { "real": { "log": { "file": "../secret.csv", "mapping": {} } } }"#, "", "", ""),
        expect![[r#"
            error[path-escapes]: `../secret.csv` leaves the scenario's folder
             --> broken.json:2:73
              |
            2 |   "customers": { "plain": true, "streams": { "real": { "log": { "file": "../secret.csv", "mapping": {} } } } },
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
    let text = plain(r#""streams": { "real": { "log": { "file": "log.csv", "mapping": {} } } }"#, "", "", "");
    std::fs::write(folder.join("in/scenario.json"), text).expect("a temporary file can be written");
    let source = Source::read(&folder.join("in/scenario.json"), 10_000).expect("the file is there");
    let problems = load(&source, &Overlay::default()).unwrap_err();
    std::fs::remove_dir_all(&folder).expect("the folder was made above");
    assert_eq!(problems[0].code, "path-escapes");
}

#[test]
fn row_34_versions() {
    check(&plain("", "", "", "").replace("\"orgsim\": 1", "\"orgsim\": 2"), expect![[r#"
        error[other-version]: this program reads version 1 of the format, not 2
         --> broken.json:1:13
          |
        1 | { "orgsim": 2,
          |             ^
          |
          = help: a newer orgsim reads it

    "#]]);
    check(&plain("", "", "", "").replace("\"orgsim\": 1,", ""), expect![[r#"
        error[missing-version]: the scenario does not say which version of the format it is
         --> broken.json:1:1
          |
        1 | { 
          | ^
          |
          = help: the first line of a scenario is `"orgsim": 1`

    "#]]);
}

#[test]
fn row_35_seeds() {
    check(&plain("", "", "", r#""seed": 18446744073709551615"#), expect![[""]]);
    check(&plain("", "", "", r#""seed": 0"#), expect![[""]]);
    check(&plain("", "", "", r#""seed": 18446744073709551616"#), expect![[r#"
        error[out-of-range]: `18446744073709551616` is not a whole number between 0 and 18446744073709551615
         --> broken.json:6:27
          |
        6 |   "experiment": { "seed": 18446744073709551616 } }
          |                           ^^^^^^^^^^^^^^^^^^^^

    "#]]);
    check(&plain("", "", "", r#""seed": -1"#), expect![[r#"
        error[negative]: `-1` is not a whole number between 0 and 18446744073709551615
         --> broken.json:6:27
          |
        6 |   "experiment": { "seed": -1 } }
          |                           ^^

    "#]]);
}

#[test]
fn overlays_are_checked_like_the_file() {
    let text = plain("", "", "", "");
    let set = |assignment: &str| Overlay::default().set(assignment).expect("an assignment has an equals sign");
    check_bytes(text.as_bytes(), &set("customers.messages=lots"), expect![[r#"
        error[unreadable]: `lots` is not a rate
         --> --set:1:22
          |
        1 | customers.messages = "lots"
          |                      ^^^^^^
          |
          = help: write how many per what: `300/day`, `0.9/hour`, `27/week`

    "#]]);
    check_bytes(text.as_bytes(), &set("customers.mesages=9/hour"), expect![[r#"
        error[unknown-path]: `customers` has no `mesages`
         --> --set:1:21
          |
        1 | customers.mesages = "9/hour"
          |                     ^^^^^^^^
          |
          = help: did you mean `messages`?

    "#]]);
    check_bytes(text.as_bytes(), &set("designs.A.roles.desk.people=0"), expect![[r#"
        warning[no-staff]: nobody works at `desk`
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 1, "service": "6m" } },
          |                ^^^^^^
          |
          = help: cases that reach it wait for ever; give it people, or take its links away

    "#]]);
    let what_if = r#""repeat": 2 }, "what_if": { "storm": { "set": { "customers.messages": "lots" } } }, "practice": { "error": "4%""#;
    check(&plain("", "", "", what_if), expect![[r#"
        error[unreadable]: `lots` is not a rate
         --> broken.json:6:89
          |
        6 |   "experiment": { "repeat": 2 }, "what_if": { "storm": { "set": { "customers.messages": "lots" } } }, "practice": { "error": "4%" } }
          |                                                                                         ^^^^^^
          |
          = help: write how many per what: `300/day`, `0.9/hour`, `27/week`

    "#]]);
}

#[test]
fn unequal_designs_are_refused_with_their_figures() {
    let text = include_str!("../../scenarios/quickstart.json").replace("\"care agent\": 10,", "\"care agent\": 12,");
    check(&text, expect![[r#"
        error[not-equal]: cost is to be 1,000,000 a year within 2.0%, but the designs have `Centralized` 1,135,400 (+13.5%), `Hub and spoke` 1,001,640 (+0.2%), `Decentralized` 1,006,400 (+0.6%), `Outsourced` 1,001,283 (+0.1%)
          --> broken.json:84:5
           |
        84 |     "hold_equal": { "cost": "$1,000,000/year", "within": "2%" },
           |     ^^^^^^^^^^^^
           |
           = help: change people until the figures agree, or let `within` be wider

    "#]]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 300,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2013),
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::default()
    })]

    /// Whatever is cut out of a file or put into it, the answer is a scenario or findings, never a panic.
    #[test]
    fn damaged_files_never_panic(at in 0.0..1.0f64, length in 0usize..40, with in "[0-9a-z\"{}\\[\\],:%/ .-]{0,6}") {
        let text = include_str!("../../scenarios/quickstart.json");
        let start = text.floor_char_boundary((at * text.len() as f64) as usize);
        let end = text.floor_char_boundary((start + length).min(text.len()));
        let damaged = format!("{}{with}{}", &text[..start], &text[end.max(start)..]);
        let source = Source::new("damaged.json", damaged);
        if let Err(problems) = load(&source, &Overlay::default()) {
            proptest::prop_assert!(!problems.is_empty());
            proptest::prop_assert!(!render(&source, &problems, false).is_empty());
        }
    }

    /// A number in place of any value is either fine or told with its place.
    #[test]
    fn any_value_may_be_replaced(which in 0usize..150, value in proptest::sample::select(vec!["0", "-1", "1e999", "null", "\"\"", "[]", "{}", "true", "\"0%\"", "\"0s\"", "\"5m\"", "\"always\""])) {
        let text = include_str!("../../scenarios/quickstart.json");
        let spots: Vec<usize> = text.match_indices("\": ").map(|(at, _)| at + 3).collect();
        let start = spots[which % spots.len()];
        let end = start + text[start..].find([',', '\n', '}']).unwrap_or(0);
        let source = Source::new("replaced.json", format!("{}{value}{}", &text[..start], &text[end..]));
        if let Err(problems) = load(&source, &Overlay::default()) {
            let _ = render(&source, &problems, true);
        }
    }
}
