//! What the answer rests on: inputs with their sources, and whether changing them changed it.

use serde_json::{Value, json};

use super::blocks::{row, table_of};
use crate::present::{dial_label, score_name};
use crate::report::Assumption;
use crate::study::{Dial, Dials, Matters};

/// Tables of what was assumed: what was tried otherwise, then, folded, what was not.
///
/// `dials` are the inputs that were swept or might have been, if any were.
pub(super) fn assumed(all: &[Assumption], dials: Option<&Dials>) -> Vec<Value> {
    let of = |assumption| Input::of(assumption, dials);
    let (tried, rest): (Vec<Input<'_>>, Vec<Input<'_>>) =
        all.iter().map(of).partition(|of| of.assumption.declared || of.dial.is_some());
    let mut blocks = Vec::new();
    if !tried.is_empty() {
        blocks.push(otherwise(&tried, dials));
    }
    if !rest.is_empty() {
        blocks.push(granted(&rest));
    }
    blocks
}

/// Something that was assumed, and its dial.
struct Input<'a> {
    assumption: &'a Assumption,
    /// `None` where nothing was swept, or not this.
    dial: Option<&'a Dial>,
    matters: Matters,
}

impl<'a> Input<'a> {
    fn of(assumption: &'a Assumption, dials: Option<&'a Dials>) -> Input<'a> {
        let found = dials.and_then(|dials| {
            let dial = dials.dials.iter().find(|dial| dial.input.what == assumption.what)?;
            Some((dial, dials.matters(dial)))
        });
        match found {
            Some((dial, matters)) => Input { assumption, dial: Some(dial), matters },
            None => Input { assumption, dial: None, matters: Matters::NotTried },
        }
    }

    /// A row of these cells, with the path of the input.
    fn row(&self, label: &str, cells: &[&String]) -> Value {
        let cells = cells.iter().map(|cell| json!({ "text": cell })).collect();
        let mut row = row(label, false, cells);
        row["what"] = json!(self.assumption.what);
        row
    }
}

/// Inputs that the author declared or that were swept.
fn otherwise(tried: &[Input<'_>], dials: Option<&Dials>) -> Value {
    let rows = tried.iter().map(|input| {
        let of = input.assumption;
        let told = matters(&input.matters, dials);
        // the dial knows the unit, too
        let label = input.dial.map_or_else(|| of.label.clone(), |dial| dial_label(&dial.input));
        input.row(&label, &[&of.value, &of.range, &of.source, &told])
    });
    let run = tried.iter().filter(|input| input.matters != Matters::NotTried).count();
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
    let head = ["input", "value", "may be", "source of the range", "does it matter?"];
    table_of(&caption, head.map(String::from).to_vec(), rows.collect())
}

/// Inputs that were neither, folded.
fn granted(rest: &[Input<'_>]) -> Value {
    let rows = rest.iter().map(|input| {
        let of = input.assumption;
        input.row(&of.label, &[&of.value, &of.source])
    });
    let caption = "Taken for granted: defaults of the format that nobody tried otherwise";
    let head = ["input", "value", "source"].map(String::from).to_vec();
    let mut folded = table_of(caption, head, rows.collect());
    folded["fold"] = json!(match rest.len() {
        1 => "1 more that was not tried".to_owned(),
        n => format!("{n} more that were not tried"),
    });
    folded
}

/// What changing an input did to the answers of these dials.
fn matters(of: &Matters, dials: Option<&Dials>) -> String {
    let (changed, unsure) = match of {
        Matters::NotTried => return "not tried".into(),
        Matters::Nothing => return "changes nothing".into(),
        Matters::Answers { changed, unsure } => (changed, unsure),
    };
    let names = |scores: &[usize]| -> Vec<&str> {
        let name = |&score: &usize| Some(score_name(dials?, score));
        scores.iter().filter_map(name).collect()
    };
    let mut told = Vec::new();
    if !changed.is_empty() {
        told.push(format!("changes the answer: {}", names(changed).join(", ")));
    }
    if !unsure.is_empty() {
        told.push(format!("cannot tell: {}", names(unsure).join(", ")));
    }
    if told.is_empty() { "changes no answer".into() } else { told.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::{made_up_dial, made_up_dials};

    /// Made-up dials, but these.
    fn with(dials: Vec<Dial>) -> Dials {
        Dials { dials, ..made_up_dials() }
    }

    #[test]
    fn what_was_never_run_is_not_said_to_change_nothing() {
        let told = |points: &[(&str, bool)]| {
            let dials = with(vec![made_up_dial("x", points)]);
            matters(&dials.matters(&dials.dials[0]), Some(&dials))
        };
        let yours = ("300", true);
        assert_eq!(told(&[]), "not tried");
        assert_eq!(told(&[yours]), "not tried");
        assert_eq!(told(&[("3?0", false), yours]), "cannot tell: interactive");
        assert_eq!(told(&[("300", false), yours, ("300", false)]), "changes no answer");
        assert_eq!(
            told(&[("20?", false)]),
            "changes the answer: responsive; cannot tell: proactive"
        );
        assert_eq!(told(&[yours, yours]), "changes nothing");
    }

    #[test]
    fn untried_defaults_are_folded_and_counted() {
        let input = |what: &str, declared| Assumption {
            what: what.into(),
            declared,
            ..Assumption::default()
        };
        let all = [input("a", true), input("b", false), input("c", false)];
        let dials = with(vec![
            made_up_dial("a", &[("300", false), ("300", true)]),
            made_up_dial("b", &[("300", true)]),
        ]);
        let blocks = assumed(&all, Some(&dials));
        let caption = blocks[0]["table"]["caption"].as_str().unwrap();
        assert_eq!(caption, "What may be otherwise: 1 of 2 were tried, one at a time");
        let told: Vec<&Value> =
            [0, 1].map(|row| &blocks[0]["table"]["rows"][row]["cells"][3]).into();
        assert_eq!(
            told,
            [&json!({ "text": "changes no answer" }), &json!({ "text": "not tried" })]
        );
        assert_eq!(blocks[1]["fold"], "1 more that was not tried");
        assert_eq!(blocks[1]["table"]["rows"][0]["what"], "c");
    }

    #[test]
    fn where_nothing_was_swept_nothing_is_said_to_be_tried() {
        let all = [Assumption { declared: true, ..Assumption::default() }];
        let blocks = assumed(&all, None);
        assert_eq!(blocks[0]["table"]["caption"], "What may be otherwise");
        assert_eq!(blocks[0]["table"]["rows"][0]["cells"][3]["text"], "not tried");
    }
}
