//! Keys that an object does not have.

use super::keys::{
    BEHAVIOR, CUSTOMERS, EXPERIMENT, KNOWLEDGE, LAW, PRACTICE, SCENARIO, Shape, no_effect, places,
};
use super::names::{nearest, quote, suggestion};
use super::tree::{Entry, Value};
use crate::model::Diagnostic;

/// A key that an object does not have: it would change nothing, or nobody knows it.
pub(super) fn foreign(shape: &Shape, entry: &Entry) -> Diagnostic {
    let name = entry.name.as_str();
    if let Some(help) = no_effect(shape, name) {
        let message = format!("{} has no effect on {}", quote(name), shape.what);
        return Diagnostic::error("no-effect", "", message).help(help);
    }
    let message = format!("{} is not a key of {}", quote(name), shape.what);
    let problem = Diagnostic::error("unknown-key", "", message);
    let near = nearest(name, shape.keys).is_some();
    let elsewhere = || (!near).then(|| elsewhere(shape, entry)).flatten();
    match elsewhere().or_else(|| suggestion(name, shape.keys)) {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Where a key belongs, or what stands here instead.
fn elsewhere(shape: &Shape, entry: &Entry) -> Option<String> {
    if shape.what == LAW.what {
        let laws: Vec<String> = LAW.keys.iter().map(|law| quote(law)).collect();
        let example = r#"`{ "lognormal": { "mean": "6m", "cv": 1.2 } }`"#;
        return Some(format!(
            "write a law by its name, as in {example}; laws: {}",
            laws.join(", ")
        ));
    }
    let counted = matches!(entry.node.value, Value::Number(_));
    if let Some([place, ..]) = counted.then(|| places(shape)) {
        let name = quote(&entry.name);
        return Some(format!(
            "people stand in their place here: write {name} under {}",
            quote(place)
        ));
    }
    let block = |at: &&(&Shape, &str)| at.0.keys.contains(&entry.name.as_str());
    let blocks = BLOCKS.iter().any(|(of, _)| of.what == shape.what);
    let (_, place) = BLOCKS.iter().filter(|_| blocks).find(block)?;
    Some(format!("it belongs {place}"))
}

/// The large parts of the file, and where what they hold is found.
const BLOCKS: [(&Shape, &str); 6] = [
    (&SCENARIO, "beside `customers` and `designs`, not into one of them"),
    (&CUSTOMERS, "into `customers`"),
    (&EXPERIMENT, "into `experiment`"),
    (&BEHAVIOR, "into `behavior`, under `customers`"),
    (&PRACTICE, "into `practice`"),
    (&KNOWLEDGE, "into `knowledge`"),
];

#[cfg(test)]
mod tests {
    use crate::scenario::{Overlay, Source, load};

    /// Message and help of the first help that is given about a file with these customers and this design.
    fn first(customers: &str, design: &str, more: &str) -> (String, String) {
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "messages": "9/hour", "business_units": ["a", "b"] {customers} }},
            "designs": {{ "A": {{ {design} }} }} {more} }}"#
        );
        let found = load(&Source::new("mine.json", text), &Overlay::default()).unwrap_err();
        let helped = found.into_iter().find_map(|of| Some((of.message, of.help?)));
        helped.expect("some help is given")
    }

    const SOUND: &str = r#""centralized": { "care agent": 4, "strategist": 1, "open": "always" }"#;

    #[test]
    fn a_key_in_the_wrong_block_is_told_where_it_belongs() {
        let help = |customers: &str, more: &str| first(customers, SOUND, more).1;
        assert_eq!(help("", r#", "need_unit_knowledge": "20%""#), "it belongs into `customers`");
        assert_eq!(
            help(r#", "experiment": { "repeat": 5 }"#, ""),
            "it belongs beside `customers` and `designs`, not into one of them"
        );
        assert_eq!(
            help(r#", "wrong_guess": "5%""#, ""),
            "it belongs into `behavior`, under `customers`"
        );
        assert_eq!(help("", r#", "experiment": { "mesure": [] }"#), "did you mean `measure`?");
    }

    #[test]
    fn people_are_sent_to_their_place() {
        let told = |design: &str| first("", design, "");
        let (_, help) = told(r#""decentralized": { "care agent": 5 }"#);
        assert_eq!(help, "people stand in their place here: write `care agent` under `each_unit`");
        let (message, help) =
            told(r#""centralized": { "each_unit": { "care agent": 5 }, "strategist": 1 }"#);
        assert_eq!(message, "this design has no place `each_unit`");
        assert_eq!(help, "write its people without it, or choose `decentralized` or `holistic`");
    }

    #[test]
    fn an_unknown_law_earns_the_list_of_laws() {
        let topics = |work: &str| format!(r#", "topics": {{ "t": {{ "work": {work} }} }}"#);
        let (message, help) = first(&topics(r#"{ "normal": { "mean": "6m" } }"#), SOUND, "");
        assert_eq!(message, "`normal` is not a key of a law");
        let example = r#"write a law by its name, as in `{ "lognormal": { "mean": "6m", "cv": 1.2 } }`; laws: `constant`, `exponential`, "#;
        assert!(help.starts_with(example), "{help}");
    }

    #[test]
    fn a_share_above_one_is_taken_for_a_percentage() {
        let (message, help) =
            first(r#", "channels": { "x": { "share": 60 }, "y": { "share": 40 } }"#, SOUND, "");
        assert_eq!(message, "`60` is not between 0 and 1");
        assert_eq!(help, r#"a share is written `"60%"`, or as a part of 1"#);
    }
}
