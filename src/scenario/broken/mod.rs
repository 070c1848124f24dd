//! Broken files, and the exact words each of them earns.

mod arrivals;
mod audience;
mod coordination;
mod crowd;
mod damage;
mod depends;
mod dialogue;
mod families;
mod habits;
mod keys;
mod languages;
mod late;
mod links;
mod mood;
mod objectives;
mod organizations;
mod paths;
mod people;
mod queues;
mod risk;
mod staffing;
mod texts;
mod training;
mod values;

use expect_test::Expect;

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
    let or = |given: &str, otherwise: &str| {
        if given.is_empty() { otherwise.to_owned() } else { given.to_owned() }
    };
    format!(
        "{{ \"orgsim\": 1,\n  \"customers\": {{ \"plain\": true, {} }},\n  \"designs\": {{ \"A\": {{ \"graph\": {{\n    \"roles\": {{ {} }},\n    \"links\": [ {} ] }} }} }},\n  \"experiment\": {{ {} }} }}",
        or(customers, r#""messages": "9/hour""#),
        or(roles, r#""desk": { "people": 1, "service": "6m" }"#),
        or(links, r#"{ "intake": { "to": "desk" } }"#),
        or(experiment, r#""repeat": 2"#),
    )
}
