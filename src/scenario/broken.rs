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
    check("", expect![[""]]);
    check("{ \"orgsim\": 1, \"customers\": {", expect![[""]]);
    check("{ \"orgsim\": 1\n  \"question\": \"a\" }", expect![[""]]);
    check("{ \"orgsim\": 1, \"question\": \"\\ud800\" }", expect![[""]]);
    check("{ \"orgsim\": 1, \"question\": \"a\0b\" }", expect![[""]]);
    check("{ \"orgsim\": 1, \"question\": \"never closed,\n  \"customers\": {} }", expect![[""]]);
    check_bytes(b"\xff\xfe{\0}\0", &Overlay::default(), expect![[""]]);
    check_bytes(b"{ \"question\": \"caf\xe9\" }", &Overlay::default(), expect![[""]]);
}

#[test]
fn row_1_comments_trailing_commas_marks_and_line_ends_do_no_harm() {
    let text = plain("", "", "", "").replace('\n', "\r\n").replace("\"repeat\": 2", "\"repeat\": 2, // twice\r\n");
    check(&format!("\u{feff}/* mine */ {text}"), expect![[""]]);
}

#[test]
fn row_2_nesting_has_an_end() {
    check(&"[".repeat(100_000), expect![[""]]);
    check(&format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)), expect![[""]]);
}

#[test]
fn row_3_size_has_an_end() {
    let path = std::env::temp_dir().join(format!("orgsim-large-{}.json", std::process::id()));
    std::fs::write(&path, vec![b' '; 2000]).expect("a temporary file can be written");
    let mut source = Source::read(&path, 1000).expect("the file is there");
    std::fs::remove_file(&path).expect("the file was written above");
    source.name = "large.json".into();
    let problems = load(&source, &Overlay::default()).unwrap_err();
    expect![[""]].assert_eq(&render(&source, &problems, false));
    check(&plain(&format!("\"messages\": {}", "9".repeat(1_000_000)), "", "", ""), expect![[""]]);
    let many: Vec<String> = (0..200).map(|i| format!("\"k{i}\": 1")).collect();
    let source = Source::new("many.json", format!("{{ \"orgsim\": 1, {} }}", many.join(", ")));
    assert_eq!(load(&source, &Overlay::default()).unwrap_err().len(), 51, "fifty and a last one that counts the rest");
}

#[test]
fn row_4_names_stated_twice_or_alike() {
    check(&plain("\"messages\": \"9/hour\",\n    \"messages\": \"8/hour\"", "", "", ""), expect![[""]]);
    check(
        &plain(r#""messages": "9/hour", "channels": { "X": { "share": "50%" }, "x": { "share": "50%" } }"#, "", "", ""),
        expect![[""]],
    );
    check(
        &plain("\"messages\": \"9/hour\", \"topics\": { \"caf\u{e9}\": {}, \"cafe\u{301}\": {} }", "", "", ""),
        expect![[""]],
    );
    let twice = r#""repeat": 2 }, "objectives": [ { "id": "a", "goal": "answered >= 5%" },
    { "id": "a", "goal": "answered >= 6%" } ], "practice": { "error": "4%""#;
    check(&plain("", "", "", twice), expect![[""]]);
}

#[test]
fn row_5_keys_nobody_knows() {
    check(
        &plain(r#""mesages": "9/hour""#, r#""desk": { "people": 1, "serviceTme": "6m" }"#, "", r#""warmup": "1 week""#),
        expect![[""]],
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
        expect![[""]],
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
        expect![[""]],
    );
    check(&plain(r#""messages": NaN"#, "", "", ""), expect![[""]]);
    check(&plain("", r#""desk": { "people": 1, "service": { "gamma": { "mean": "6m", "cv": 1e-320 } } }"#, "", ""), expect![[""]]);
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
        expect![[""]],
    );
    check(&plain(r#""messages": "0/hour""#, "", "", ""), expect![[""]]);
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
        expect![[""]],
    );
    check(&plain("", r#""desk": { "people": 1, "service": "90h" }"#, "", ""), expect![[""]]);
}

#[test]
fn row_10_shares_that_do_not_sum() {
    let topics = |a: &str, b: &str| format!(r#""messages": "9/hour", "topics": {{ "a": {{ "share": "{a}" }}, "b": {{ "share": "{b}" }} }}"#);
    check(&plain(&topics("50%", "49%"), "", "", ""), expect![[""]]);
    check(&plain(&topics("50%", "51%"), "", "", ""), expect![[""]]);
    check(&plain(&topics("0%", "0%"), "", "", ""), expect![[""]]);
    check(&plain(&topics("-1%", "101%"), "", "", ""), expect![[""]]);
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
    check(&plain("", TWO, &links("100%"), ""), expect![[""]]);
    check(&plain("", TWO, &links("99.8%"), ""), expect![[""]]);
    check(&plain("", TWO, &links("50%"), ""), expect![[""]]);
}

#[test]
fn row_12_loops_that_take_no_time() {
    let roles = TWO.replace("6m", "0s");
    let links = r#"{ "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "50%" } }, { "route": { "from": "back", "to": "desk", "share": "50%" } }"#;
    check(&plain("", &roles, links, ""), expect![[""]]);
}

#[test]
fn row_13_roles_and_skills_out_of_reach() {
    check(&plain("", TWO, "", ""), expect![[""]]);
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "bills": {}, "orders": {} }"#,
            r#""desk": { "people": [ { "count": 2, "skills": ["bills"] } ], "service": "6m" }"#,
            "",
            "",
        ),
        expect![[""]],
    );
    check(
        &plain(r#""messages": "9/hour", "channels": { "x": {}, "mail": {} }"#, "", r#"{ "intake": { "from": "x", "to": "dsk" } }"#, ""),
        expect![[""]],
    );
    check(
        &plain(r#""messages": "9/hour", "channels": { "x": {}, "mail": {} }"#, "", r#"{ "intake": { "from": "x", "to": "desk" } }"#, ""),
        expect![[""]],
    );
}

#[test]
fn row_14_shifts() {
    let desk = |rest: &str| format!(r#""desk": {{ "people": {rest}, "service": "6m" }}"#);
    check(&plain("", &desk("0"), "", ""), expect![[""]]);
    check(&plain("", &desk(r#"1, "open": "daily 9-9""#), "", ""), expect![[""]]);
    check(&plain("", &desk(r#"1, "open": "daily 9-17, Mon 16-18""#), "", ""), expect![[""]]);
    check(&plain("", &desk(r#"1, "open": "weekdys 9-17""#), "", ""), expect![[""]]);
    check(&plain("", &desk(r#"1, "open": "daily 9-17 Europe/Berlin""#), "", ""), expect![[""]]);
    check(&plain("", &desk(r#"1, "open": "daily 22:00-06:00""#), "", ""), expect![[""]]);
    let leap = r#"1, "open": { "hours": "daily 9-17", "except": [ { "on": "2027-02-29", "hours": "closed" } ] }"#;
    check(&plain("", &desk(leap), "", r#""start": "2027-01-04""#), expect![[""]]);
}

#[test]
fn row_17_nothing_to_run() {
    check(&plain("", "", "", r#""run_for": "0s", "repeat": 0"#), expect![[""]]);
    check(&plain("", "", "", r#""kind": "until done""#), expect![[""]]);
}

#[test]
fn row_26_names_are_shown_safely() {
    check(&plain("", "", "{ \"intake\": { \"to\": \"a\u{202e}b\u{1b}[31m\" } }", ""), expect![[""]]);
    check(&plain(r#""messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {} }"#, "", "", ""), expect![[""]]);
    let long = "n".repeat(10_000);
    check(&plain("", "", &format!("{{ \"intake\": {{ \"to\": \"{long}\" }} }}"), ""), expect![[""]]);
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
        expect![[""]],
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
    check(&plain("", "", "", "").replace("\"orgsim\": 1", "\"orgsim\": 2"), expect![[""]]);
    check(&plain("", "", "", "").replace("\"orgsim\": 1,", ""), expect![[""]]);
}

#[test]
fn row_35_seeds() {
    check(&plain("", "", "", r#""seed": 18446744073709551615"#), expect![[""]]);
    check(&plain("", "", "", r#""seed": 0"#), expect![[""]]);
    check(&plain("", "", "", r#""seed": 18446744073709551616"#), expect![[""]]);
    check(&plain("", "", "", r#""seed": -1"#), expect![[""]]);
}

#[test]
fn overlays_are_checked_like_the_file() {
    let text = plain("", "", "", "");
    let set = |assignment: &str| Overlay::default().set(assignment).expect("an assignment has an equals sign");
    check_bytes(text.as_bytes(), &set("customers.messages=lots"), expect![[""]]);
    check_bytes(text.as_bytes(), &set("customers.mesages=9/hour"), expect![[""]]);
    check_bytes(text.as_bytes(), &set("designs.A.roles.desk.people=0"), expect![[""]]);
    let what_if = r#""repeat": 2 }, "what_if": { "storm": { "set": { "customers.messages": "lots" } } }, "practice": { "error": "4%""#;
    check(&plain("", "", "", what_if), expect![[""]]);
}

#[test]
fn unequal_designs_are_refused_with_their_figures() {
    let text = include_str!("../../scenarios/quickstart.json").replace("\"care agent\": 10,", "\"care agent\": 12,");
    check(&text, expect![[""]]);
}
