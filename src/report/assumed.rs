//! What the answer rests on: inputs with their sources, and whether changing them changed it.

use serde_json::{Value, json};

use super::parts::table;
use crate::report::Assumption;

/// Tables of what was assumed: what was tried otherwise, then, folded, what was not.
///
/// `dials` are the inputs of `results.json` that were swept or might have been, if any were.
pub(super) fn assumed(all: &[Assumption], dials: Option<&Vec<Value>>) -> Vec<Value> {
    let of = |what: &str| dials?.iter().find(|dial| dial["what"] == what);
    let (tried, rest): (Vec<&Assumption>, Vec<&Assumption>) =
        all.iter().partition(|of_| of_.declared || of(&of_.what).is_some());
    let mut blocks = Vec::new();
    if !tried.is_empty() {
        let rows = tried.iter().map(|input| {
            let told = matters(of(&input.what));
            let cells = [&input.value, &input.range, &input.source, &told];
            // the dial knows the unit, too
            let label = of(&input.what).and_then(|dial| dial["label"].as_str());
            let label = label.unwrap_or(&input.label).to_owned();
            (label, cells.map(|cell| json!({ "text": cell })).to_vec())
        });
        let run = tried.iter().filter(|input| matters(of(&input.what)) != NOT_TRIED).count();
        let caption = match dials {
            None => "What may be otherwise".to_owned(),
            Some(_) if run == tried.len() => {
                format!("What may be otherwise: all {run} were tried, one at a time")
            }
            Some(_) => {
                let all = tried.len();
                format!("What may be otherwise: {run} of {all} were tried, one at a time")
            }
        };
        let head = ["input", "your value", "may be", "source of the range", "does it matter?"];
        blocks
            .push(named(table(&caption, head.map(String::from).to_vec(), rows.collect()), &tried));
    }
    if !rest.is_empty() {
        let rows = rest.iter().map(|input| {
            let cells = [&input.value, &input.source].map(|cell| json!({ "text": cell }));
            (input.label.clone(), cells.to_vec())
        });
        let caption = "Taken for granted: defaults of the format that nobody tried otherwise";
        let head = ["input", "value", "source"].map(String::from).to_vec();
        let mut folded = named(table(caption, head, rows.collect()), &rest);
        folded["fold"] = json!(match rest.len() {
            1 => "1 more that was not tried".to_owned(),
            n => format!("{n} more that were not tried"),
        });
        blocks.push(folded);
    }
    blocks
}

/// The table with the path of each row's input.
fn named(mut table: Value, inputs: &[&Assumption]) -> Value {
    if let Some(rows) = table["table"]["rows"].as_array_mut() {
        for (row, input) in rows.iter_mut().zip(inputs) {
            row["what"] = json!(input.what);
        }
    }
    table
}

const NOT_TRIED: &str = "not tried";

/// What changing an input did to the answers.
fn matters(dial: Option<&Value>) -> String {
    let Some(dial) = dial else { return NOT_TRIED.into() };
    let points = dial["points"].as_array().map_or(&[][..], Vec::as_slice);
    if points.iter().all(|point| point["yours"] == true) {
        // several values that all are the scenario as it stands differ in nothing that is simulated
        return if 1 < points.len() { "changes nothing".into() } else { NOT_TRIED.into() };
    }
    let scores = |wanted: Option<bool>| -> Vec<&str> {
        let holds = dial["holds"].as_object().into_iter().flatten();
        let fits = holds.filter(|(_, holds)| holds.as_bool() == wanted);
        fits.map(|(score, _)| score.as_str()).collect()
    };
    let (changed, unsure) = (scores(Some(false)), scores(None));
    let mut told = Vec::new();
    if !changed.is_empty() {
        told.push(format!("changes the answer: {}", changed.join(", ")));
    }
    if !unsure.is_empty() {
        told.push(format!("cannot tell: {}", unsure.join(", ")));
    }
    if told.is_empty() { "changes no answer".into() } else { told.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dial(what: &str, yours: &[bool], holds: Value) -> Value {
        let points: Vec<Value> = yours.iter().map(|yours| json!({ "yours": yours })).collect();
        json!({ "what": what, "points": points, "holds": holds })
    }

    #[test]
    fn what_was_never_run_is_not_said_to_change_nothing() {
        let told = |yours: &[bool], holds| matters(Some(&dial("x", yours, holds)));
        assert_eq!(told(&[true], json!({ "responsive": null })), "not tried");
        assert_eq!(told(&[false, true], json!({ "responsive": null })), "cannot tell: responsive");
        assert_eq!(told(&[false, true, false], json!({ "responsive": true })), "changes no answer");
        assert_eq!(
            told(&[false], json!({ "proactive": null, "responsive": false })),
            "changes the answer: responsive; cannot tell: proactive"
        );
        assert_eq!(told(&[true, true], json!({})), "changes nothing");
        assert_eq!(matters(None), "not tried");
    }

    #[test]
    fn untried_defaults_are_folded_and_counted() {
        let input = |what: &str, declared| Assumption {
            what: what.into(),
            declared,
            ..Assumption::default()
        };
        let all = [input("a", true), input("b", false), input("c", false)];
        let dials = vec![
            dial("a", &[false, true], json!({ "responsive": true })),
            dial("b", &[true], json!({ "responsive": null })),
        ];
        let blocks = assumed(&all, Some(&dials));
        let caption = blocks[0]["table"]["caption"].as_str().unwrap();
        assert_eq!(caption, "What may be otherwise: 1 of 2 were tried, one at a time");
        assert_eq!(blocks[1]["fold"], "1 more that was not tried");
        assert_eq!(blocks[1]["table"]["rows"][0]["what"], "c");
    }
}
