//! Texts that are no scenario, and names that must be shown safely.

use expect_test::expect;

use super::{check, check_bytes, plain};
use crate::scenario::{Overlay, Source, load, render};

#[test]
fn a_result_in_place_of_a_scenario_is_one_finding() {
    check(
        r#"{ "orgsim_results": 1, "version": "0.1.0", "scenario": "mine", "designs": [], "pairs": [] }"#,
        expect![[r#"
            error[a-result]: this is a result, not a scenario; its scenario is `mine`
             --> broken.json:1:21
              |
            1 | { "orgsim_results": 1, "version": "0.1.0", "scenario": "mine", "designs": [], "pairs": [] }
              |                     ^
              |
              = help: give the file of the scenario; `orgsim rerun run.json`, in the folder of the result, makes it again

        "#]],
    );
}

#[test]
fn row_1_texts_that_are_no_scenario() {
    check(
        "",
        expect![[r#"
        error[empty-file]: the file holds no scenario
         --> broken.json:1:1
          |
        1 |
          | ^
          |
          = help: `orgsim new` writes one; `scenarios/quickstart.json` is one to start from

    "#]],
    );
    check(
        "{ \"orgsim\": 1, \"customers\": {",
        expect![[r#"
        error[syntax]: this object is never closed
         --> broken.json:1:29
          |
        1 | { "orgsim": 1, "customers": {
          |                             ^
          |
          = help: a `}` is missing, or the file was cut off

    "#]],
    );
    check(
        "{ \"orgsim\": 1\n  \"question\": \"a\" }",
        expect![[r#"
        error[syntax]: a comma is missing here
         --> broken.json:1:14
          |
        1 | { "orgsim": 1
          |              ^
          |
          = help: put a comma between two entries

    "#]],
    );
    check(
        "{ \"orgsim\": 1, \"question\": \"\\ud800\" }",
        expect![[r#"
        error[syntax]: invalid unicode escape sequence. 'd800 (unpaired high surrogate)' is not a valid UTF8 character
         --> broken.json:1:29
          |
        1 | { "orgsim": 1, "question": "\ud800" }
          |                             ^^^^^^^
          |
          = help: check the quotes and backslashes of this text

    "#]],
    );
    check(
        "{ \"orgsim\": 1, \"question\": \"a\0b\" }",
        expect![[r#"
        error[nul-byte]: the text holds a NUL byte
         --> broken.json:1:30
          |
        1 | { "orgsim": 1, "question": "a\u{0}b" }
          |                              ^^^^^
          |
          = help: it may be a binary file, or text in another encoding; save it as UTF-8

    "#]],
    );
    check(
        "{ \"orgsim\": 1, \"question\": \"never closed,\n  \"customers\": {} }",
        expect![[r#"
        error[syntax]: a text runs over the end of its line
         --> broken.json:1:28
          |
        1 | { "orgsim": 1, "question": "never closed,
          |                            ^
          |
          = help: close it with a double quote; a line break within a text is written `\n`

    "#]],
    );
    check_bytes(
        b"\xff\xfe{\0}\0",
        &Overlay::default(),
        expect![[r#"
        error[utf-16]: the file is UTF-16
         --> broken.json:1:1
          |
        1 | {}
          | ^
          |
          = help: save it as UTF-8

    "#]],
    );
    check_bytes(
        b"{ \"question\": \"caf\xe9\" }",
        &Overlay::default(),
        expect![[r#"
        error[not-utf-8]: the file is not UTF-8 from here on
         --> broken.json:1:19
          |
        1 | { "question": "caf�" }
          |                   ^
          |
          = help: save it as UTF-8

    "#]],
    );
}

#[test]
fn row_1_comments_trailing_commas_marks_and_line_ends_do_no_harm() {
    let text = plain("", "", "", "")
        .replace('\n', "\r\n")
        .replace("\"repeat\": 2", "\"repeat\": 2, // twice\r\n");
    check(&format!("\u{feff}/* mine */ {text}"), expect![[""]]);
}

#[test]
fn row_2_nesting_has_an_end() {
    check(
        &"[".repeat(100_000),
        expect![[r#"
        error[too-deep]: nested deeper than 128
         --> broken.json:1:129
          |
        1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
          |                                                                                                                                 ^
          |
          = help: a scenario needs about ten levels

    "#]],
    );
    check(
        &format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)),
        expect![[r#"
        error[too-deep]: nested deeper than 128
         --> broken.json:1:641
          |
        1 | ..."a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{...
          |                                                                    ^
          |
          = help: a scenario needs about ten levels

    "#]],
    );
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
    check(
        &plain(&format!("\"messages\": {}", "9".repeat(1_000_000)), "", "", ""),
        expect![[r#"
        error[missing-unit]: `999999999999999999999999999999999999999999999999999999999999…` has no unit
         --> broken.json:2:45
          |
        2 | ...ages": 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: write it as a text with its unit, like `"300/day"`

    "#]],
    );
    let many: Vec<String> = (0..200).map(|i| format!("\"k{i}\": 1")).collect();
    let source = Source::new("many.json", format!("{{ \"orgsim\": 1, {} }}", many.join(", ")));
    assert_eq!(
        load(&source, &Overlay::default()).unwrap_err().len(),
        51,
        "fifty and a last one that counts the rest"
    );
}

#[test]
fn row_26_names_are_shown_safely() {
    check(
        &plain("", "", "{ \"intake\": { \"to\": \"a\u{202e}b\\u001b[31m\" } }", ""),
        expect![[r#"
        error[unknown-role]: no role is named `a\u{202e}b\u{1b}[31m`
         --> broken.json:5:36
          |
        5 |     "links": [ { "intake": { "to": "a\u{202e}b\u001b[31m" } } ] } } },
          |                                    ^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: known here: `desk`

    "#]],
    );
    check(
        &plain("", "", "{ \"intake\": { \"to\": \"a\u{1b}[31m\" } }", ""),
        expect![[r#"
        error[syntax]: a text holds a control character
         --> broken.json:5:38
          |
        5 |     "links": [ { "intake": { "to": "a\u{1b}[31m" } } ] } } },
          |                                      ^^^^^^
          |
          = help: write it as an escape like `\u001b`, or leave it out

    "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {}, "a\nb": {} }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
            error[empty-name]: a name is empty
             --> broken.json:2:67
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {}, "a\nb": {} } },
              |                                                                   ^^
              |
              = help: give it a name that people can say

            error[empty-name]: a name is empty
             --> broken.json:2:75
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {}, "a\nb": {} } },
              |                                                                           ^^^^
              |
              = help: give it a name that people can say

            error[empty-name]: a name has a line break
             --> broken.json:2:94
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "": {}, "  ": {}, "🙂": {}, "a\nb": {} } },
              |                                                                                               ^^^^^^
              |
              = help: give it a name that people can say

        "#]],
    );
    let long = "n".repeat(10_000);
    check(
        &plain("", "", &format!("{{ \"intake\": {{ \"to\": \"{long}\" }} }}"), ""),
        expect![[r#"
        error[unknown-role]: no role is named `nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…`
         --> broken.json:5:36
          |
        5 | ...": "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: known here: `desk`

    "#]],
    );
}

#[test]
fn row_34_versions() {
    check(
        &plain("", "", "", "").replace("\"orgsim\": 1", "\"orgsim\": 2"),
        expect![[r#"
        error[other-version]: this program reads version 1 of the format, not 2
         --> broken.json:1:13
          |
        1 | { "orgsim": 2,
          |             ^
          |
          = help: a newer orgsim reads it

    "#]],
    );
    check(
        &plain("", "", "", "").replace("\"orgsim\": 1,", ""),
        expect![[r#"
        error[missing-version]: the scenario does not say which version of the format it is
         --> broken.json:1:1
          |
        1 | { 
          | ^
          |
          = help: the first line of a scenario is `"orgsim": 1`

    "#]],
    );
}

#[test]
fn quotation_marks_of_word_processors_are_named() {
    for (text, sign) in [("{ “orgsim”: 1 }", '“'), ("{ \"orgsim\": 1, \"question\": „Wer?“ }", '„')]
    {
        let source = Source::new("mine.json", text);
        let told = load(&source, &Overlay::default()).expect_err("it is no JSON");
        let message = format!("`{sign}` is no quotation mark of JSON");
        assert_eq!((told[0].code, told[0].message.as_str()), ("syntax", message.as_str()));
    }
}
