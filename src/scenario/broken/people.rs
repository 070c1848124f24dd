//! Kinds of people: numbers with two readings, kinds that were renamed in one place, and findings that are no
//! consequence of others.

use crate::model::{Diagnostic, Severity};
use crate::scenario::{Overlay, Source, load};

/// Warnings that these tests are about; what a file says of loads is told elsewhere.
const WARNINGS: [&str; 4] = ["two-readings", "hardly-any-pay", "default-stands-in", "unused-kind"];

/// The errors of a text, and those warnings.
fn found(text: &str) -> Vec<Diagnostic> {
    let source = Source::new("mine.json", text);
    let mut found = load(&source, &Overlay::default()).map_or_else(|it| it, |it| it.warnings);
    found.retain(|it| it.severity == Severity::Error || WARNINGS.contains(&it.code));
    found
}

/// Codes and places of what is found.
fn places(text: &str) -> Vec<String> {
    found(text).iter().map(|it| format!("{} {}", it.code, it.pointer)).collect()
}

/// A design with these people, described so.
fn with(people: &str, staff: &str) -> String {
    format!(
        r#"{{ "orgsim": 1,
  "customers": {{ "messages": "30/day", "languages": {{ "de": "50%", "fr": "50%" }} }},
  "people": {{ {people} }},
  "designs": {{ "note": "ours", "A": {{ "centralized": {{ {staff}, "strategist": 1, "approval": "6% of replies" }} }} }},
  "experiment": {{ "hold_equal": {{ "cost": "$200,000/year", "within": "20%" }} }} }}"#
    )
}

#[test]
fn points_between_thousands_are_no_decimals() {
    let cost = |cost: &str| {
        with(&format!(r#""care agent": {{ "cost": "{cost}" }}"#), r#""care agent": 1"#)
            .replace("$200,000", "$160,000")
    };
    for (text, place, message, help) in [
        (
            cost("$72.500,00/year"),
            "unreadable /people/care agent/cost",
            "`$72.500,00/year` is not an amount of money",
            "decimals follow a point, and commas stand between thousands: `$72,500.00/year`",
        ),
        (
            cost("$72.500/year"),
            "two-readings /people/care agent/cost",
            "`$72.500/year` may mean thousands or three decimals",
            "write `$72,500/year` or `$72.50/year`",
        ),
        (
            cost("$72/year"),
            "hardly-any-pay /people/care agent/cost",
            "`care agent` costs only 72 a year",
            "write thousands in full, with commas between them, as in `72,500`",
        ),
        (
            with("", r#""care agent": 1"#).replace("30/day", "1.200/week"),
            "two-readings /customers/messages",
            "`1.200/week` is read with a decimal point",
            "if thousands are meant, write `1,200/week`; if not, `1.20/week` says so",
        ),
    ] {
        assert_eq!(places(&text), [place]);
        let told = &found(&text)[0];
        assert_eq!((told.message.as_str(), told.help.as_deref()), (message, Some(help)));
    }
    assert_eq!(places(&with("", r#""care agent": 1"#)), [""; 0]);
}

#[test]
fn a_kind_that_was_renamed_in_one_place_is_told() {
    let advisor = r#""advisor": { "post": "front", "cost": "$66,800/year" }"#;
    let spare = r#""spare": { "post": "analyst", "cost": "$40,000/year" }"#;
    let text = with(&format!("{advisor}, {spare}"), r#""care agent": 1"#);
    let both =
        ["unused-kind /people/advisor", "default-stands-in /designs/A/centralized/care agent"];
    assert_eq!(places(&text), both);
    let told: Vec<String> = found(&text).into_iter().map(|it| it.message).collect();
    assert_eq!(told[0], "`advisor` is in no design");
    assert!(told[1].starts_with(
        "`care agent` is not described in `people`: the default stands in, 66,800 a year"
    ));
    assert_eq!(places(&with(advisor, r#""advisor": 1"#)), [""; 0]);
    assert_eq!(places(&with(spare, r#""care agent": 1"#)), [""; 0]);
}

#[test]
fn what_could_not_be_read_is_told_once() {
    let spoken = r#""care agent": { "cost": "$66,800/year", "speaks": "de, fr" }"#;
    let text = with(spoken, r#""care agent": 1"#);
    assert_eq!(places(&text), ["wrong-type /people/care agent/speaks"]);
    let text = with("", r#""care agent": "10""#);
    assert_eq!(places(&text), ["wrong-type /designs/A/centralized/care agent"]);
    let text = with("", r#""care agnet": 10"#);
    assert_eq!(places(&text), ["unknown-kind /designs/A/centralized/care agnet"]);
}

#[test]
fn what_is_wrong_in_a_change_is_told_beside_what_is_wrong_in_the_file() {
    let text = |staff: &str| {
        let units = "\"30/day\", \"business_units\": [\"north\"]";
        let text = with("", staff).replace("\"30/day\"", units);
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
    let sound = text(r#""care agent": 1"#);
    let expected = [
        "unknown-unit-name /what_if/storm/surge/business_unit",
        "nobody-leaves /what_if/gone/leaves/0/who",
        "unknown-path /what_if/open/set/designs.B.open",
    ];
    assert_eq!(places(&sound), expected);
    let help = found(&sound).pop().and_then(|it| it.help).unwrap_or_default();
    assert!(!help.contains("note"), "{help}");
    // whoever leaves may be in a design that could not be read
    let expected = ["wrong-type /designs/A/centralized/care agent", expected[0], expected[2]];
    assert_eq!(places(&text(r#""care agent": "1""#)), expected);
}

#[test]
fn two_currencies_are_told_with_their_places_defaults_among_them() {
    let agent = r#""care agent": { "cost": "€60,000/year" }"#;
    let strategist = r#""strategist": { "cost": "€90,000/year" }"#;
    let told = |people: &str, held: bool| -> Vec<String> {
        let text = with(people, r#""care agent": 1"#);
        let budget = r#""hold_equal": { "cost": "$200,000/year", "within": "20%" }"#;
        let found = found(&if held { text } else { text.replace(budget, "") });
        found.into_iter().map(|it| format!("{}: {}", it.pointer, it.message)).collect()
    };
    assert_eq!(
        told(agent, true),
        ["/people/care agent/cost: `€` here, `$` in `/experiment/hold_equal/cost`"]
    );
    assert_eq!(
        told(agent, false),
        ["/people/strategist/cost: `$` in the default of `/people/strategist/cost`, \
          `€` in `/people/care agent/cost`"]
    );
    assert_eq!(
        told(strategist, false),
        ["/people/care agent/cost: `$` in the default of `/people/care agent/cost`, \
          `€` in `/people/strategist/cost`"]
    );
    assert!(told(&format!("{agent}, {strategist}"), false).is_empty());
}
