//! Kinds of people: numbers with two readings, kinds that were renamed in one place, and findings that are no
//! consequence of others.

use expect_test::expect;

use super::check;

/// Two designs of the same cost whose people are described so.
fn with(people: &str, staff: &str) -> String {
    format!(
        r#"{{ "orgsim": 1,
  "customers": {{ "messages": "30/day", "languages": {{ "de": "50%", "fr": "50%" }} }},
  "people": {{ {people} }},
  "designs": {{ "A": {{ "centralized": {{ {staff}, "strategist": 1, "approval": "6% of replies" }} }} }},
  "experiment": {{ "hold_equal": {{ "cost": "$200,000/year", "within": "20%" }} }} }}"#
    )
}

#[test]
fn points_between_thousands_are_no_decimals() {
    check(
        &with(r#""care agent": { "cost": "$72.500,00/year" }"#, r#""care agent": 1"#),
        expect![[""]],
    );
    check(
        &with(r#""care agent": { "cost": "$72.500/year" }"#, r#""care agent": 1"#),
        expect![[""]],
    );
    check(
        &with(r#""care agent": { "cost": "$72.5/year" }"#, r#""care agent": 1"#)
            .replace("$200,000", "$141,000"),
        expect![[""]],
    );
    check(&with("", r#""care agent": 1"#).replace("30/day", "1.200/week"), expect![[""]]);
}

#[test]
fn a_kind_that_was_renamed_in_one_place_is_told() {
    check(
        &with(
            r#""advisor": { "post": "front", "cost": "$40,000/year" }, "spare": { "post": "analyst", "cost": "$40,000/year" }"#,
            r#""care agent": 1"#,
        ),
        expect![[""]],
    );
}

#[test]
fn what_could_not_be_read_is_told_once() {
    check(
        &with(
            r#""care agent": { "cost": "$66,800/year", "speaks": "de, fr" }"#,
            r#""care agent": 1"#,
        ),
        expect![[""]],
    );
    check(&with("", r#""care agent": "10""#), expect![[""]]);
    check(&with("", r#""care agnet": 10"#), expect![[""]]);
}

#[test]
fn what_is_wrong_in_a_change_is_told_beside_what_is_wrong_in_the_file() {
    let text = |staff: &str| {
        let text =
            with("", staff).replace("\"30/day\"", "\"30/day\", \"business_units\": [\"north\"]");
        let end = text.rfind('}').expect("it ends");
        format!(
            r#"{},
  "what_if": {{
    "storm": {{ "surge": {{ "times": 3, "from": "day 3", "for": "1 day", "business_unit": "south" }} }},
    "gone": {{ "leaves": [ {{ "who": "nobody", "from": "day 3", "replaced_after": "3 days" }} ] }},
    "open": {{ "set": {{ "designs.B.open": "always" }} }} }} }}"#,
            text[..end].trim_end()
        )
    };
    check(&text(r#""note": "ours", "care agent": 1"#), expect![[""]]);
    check(&text(r#""care agent": "1""#), expect![[""]]);
}
