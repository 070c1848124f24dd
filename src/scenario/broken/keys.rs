//! Keys and kinds of values that cannot be.

use expect_test::expect;

use super::{check, plain};
use crate::scenario::{Overlay, Source, load, render, render_json};

#[test]
fn row_4_names_stated_twice_or_alike() {
    check(
        &plain("\"messages\": \"9/hour\",\n    \"messages\": \"8/hour\"", "", "", ""),
        expect![[r#"
        error[duplicate-key]: `messages` is stated twice
         --> broken.json:3:5
          |
        3 |     "messages": "8/hour" },
          |     ^^^^^^^^^^
          |
          = help: it is first stated on line 2, column 33; keep one of them

    "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "channels": { "X": { "share": "50%" }, "x": { "share": "50%" } }"#,
            "",
            "",
            "",
        ),
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
        &plain(
            "\"messages\": \"9/hour\", \"topics\": { \"caf\u{e9}\": {}, \"cafe\u{301}\": {} }",
            "",
            "",
            "",
        ),
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
    let twice = r#""repeat": 2 }, "objectives": [ { "id": "a", "goal": "settled in conversation >= 5%" },
    { "id": "a", "goal": "settled in conversation >= 6%" } ], "practice": { "error": "4%""#;
    check(
        &plain("", "", "", twice),
        expect![[r#"
        error[duplicate-name]: `a` is the id of two objectives
         --> broken.json:7:13
          |
        7 |     { "id": "a", "goal": "settled in conversation >= 6%" } ], "practice": { "error": "4%" } }
          |             ^^^
          |
          = help: the first begins on line 6, column 50; rename one of them

    "#]],
    );
}

#[test]
fn row_5_keys_nobody_knows() {
    check(
        &plain(
            r#""mesages": "9/hour""#,
            r#""desk": { "people": 1, "serviceTme": "6m" }"#,
            "",
            r#""warmup": "1 week""#,
        ),
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
              |
              = help: state it, or leave the key out where it has a default

            error[wrong-type]: expected a list, found a text
             --> broken.json:2:69
              |
            2 |   "customers": { "plain": true, "messages": null, "business_units": "phones", "channels": { "x": { "private": "yes" } } },
              |                                                                     ^^^^^^^^
              |
              = help: a list stands in brackets, one alone as well: `["…"]`

            error[wrong-type]: expected true or false, found a text
             --> broken.json:2:111
              |
            2 |   "customers": { "plain": true, "messages": null, "business_units": "phones", "channels": { "x": { "private": "yes" } } },
              |                                                                                                               ^^^^^
              |
              = help: write `true` or `false`, without quotation marks

            error[wrong-type]: expected a whole number, found a text
             --> broken.json:4:74
              |
            4 |     "roles": { "desk": { "people": 1.5, "service": "6m", "waiting_room": "10" } },
              |                                                                          ^^^^
              |
              = help: write a bare number, without quotation marks or a unit

            error[wrong-type]: expected a whole number, found a text
             --> broken.json:6:29
              |
            6 |   "experiment": { "repeat": "30", "seed": true } }
              |                             ^^^^
              |
              = help: write a bare number, without quotation marks or a unit

            error[wrong-type]: expected a whole number, found true or false
             --> broken.json:6:43
              |
            6 |   "experiment": { "repeat": "30", "seed": true } }
              |                                           ^^^^
              |
              = help: write a bare number, without quotation marks or a unit

        "#]],
    );
}

/// As data too, a finding about a name of a megabyte is no larger than one about a name.
#[test]
fn a_name_that_is_too_long_to_be_one_is_shown_by_its_beginning() {
    let name = "/ä~".repeat(300_000);
    let roles = format!(r#""{name}": {{ "people": 1, "service": "6m" }}"#);
    let source = Source::new("broken.json", plain("", &roles, "", ""));
    let found = load(&source, &Overlay::default()).unwrap_err();
    let pointer = format!("/designs/A/graph/roles/{}…", "~1ä~0".repeat(20));
    let told = render_json(&source, &found);
    let problems = told.as_array().expect("it is a list");
    assert!(problems.iter().any(|problem| problem["pointer"] == pointer), "{told:#}");
    assert!(told.to_string().len() < 10_000 && render(&source, &found, false).len() < 10_000);
    // what is set by a flag or a change is shown by its beginning as well
    let set = Overlay::default().set(&format!("experiment.repeat={name}")).expect("it has a value");
    let source = Source::new("sound.json", plain("", "", "", ""));
    let found = load(&source, &set).unwrap_err();
    let told = render_json(&source, &found).to_string();
    assert!(told.contains("experiment.repeat = ") && told.len() < 10_000, "{} bytes", told.len());
    let told = render(&source, &found, false);
    assert!(told.contains("experiment.repeat = ") && told.len() < 10_000, "{} bytes", told.len());
}
