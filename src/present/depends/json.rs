//! The block `dials` of `results.json`.

use serde_json::{Map, Value, json};

use super::csv::word;
use super::sentences::{
    Told, caption, give_ups, how_sure, note, overload, sentences, tipping, together,
};
use super::values::values_by_score;
use super::words::{Words, written};
use crate::present::results_json::numbers::{interval, maybe, number};
use crate::present::tables::{better, unit};
use crate::study::{Answer, Band, By, Dial, Dials, Matters, Overloading, Point, Tipping};

/// Version of the block.
const VERSION: u32 = 1;

/// Everything that was found by turning the dials.
pub fn dials_json(dials: &Dials) -> Value {
    let (text, second) = match &dials.together {
        Some(of) => (together(dials), Some(of)),
        None => (None, None),
    };
    let names = |scores: &[usize]| -> Vec<&str> {
        scores.iter().map(|&score| score_name(dials, score)).collect()
    };
    let most_likely: Vec<Value> = dials
        .most_likely()
        .into_iter()
        .take(2)
        .map(|at| {
            let dial = &dials.dials[at];
            json!({
                "what": dial.input.what,
                "label": Words::of(&dial.input).label,
                "guess": dial.input.is_guess(),
                "source": dial.input.source,
                "scores": names(&dials.changed_answers(dial)),
            })
        })
        .collect();
    let holds = |score: usize| {
        let of = dials.holds_in(score);
        let what = |at: &usize| dials.dials[*at].input.what.as_str();
        json!({
            "score": score_name(dials, score),
            "holds": of.holds,
            "of": of.of,
            "changed_by": of.changed_by.iter().map(what).collect::<Vec<_>>(),
            "cannot_tell": of.unsure.iter().map(what).collect::<Vec<_>>(),
        })
    };
    let scores = 0..dials.headlines.len();
    json!({
        "version": VERSION,
        "swept": "one at a time",
        "customers": "same",
        "complete": dials.complete,
        "confidence": dials.confidence,
        "repetitions_run": dials.replications,
        "budget_events": (dials.allowance < u64::MAX).then_some(dials.allowance),
        "events": dials.events,
        "budget_spent": dials.short,
        "scores": scores.clone().map(|score| headline(dials, score)).collect::<Vec<_>>(),
        "dials": dials.dials.iter().map(|dial| dial_json(dials, dial)).collect::<Vec<_>>(),
        "how_sure": {
            "changes": dials.changed(),
            "inputs": dials.dials.len(),
            "scores": scores.map(holds).collect::<Vec<_>>(),
            "most_likely": most_likely,
            "sentence": how_sure(dials),
        },
        "together": second.map(|of| json!({
            "first": dials.dials[of.dials[0]].input.what,
            "second": dials.dials[of.dials[1]].input.what,
            "first_text": written(&of.values[0]),
            "second_text": written(&of.values[1]),
            "strong": names(&of.strong),
            "only_together_fall_behind":
                of.only_together.iter().map(|&at| dials.designs[at].as_str()).collect::<Vec<_>>(),
            "point": point_json(dials, &of.point),
            "sentence": text,
        })),
        "sentences": sentences(dials),
    })
}

/// Stable name in files of what the designs are compared by.
pub fn score_name(dials: &Dials, score: usize) -> &'static str {
    match dials.headlines[score].by {
        By::Score(score, _) => score.id(),
        By::Served => "served",
        _ => "time",
    }
}

fn headline(dials: &Dials, score: usize) -> Value {
    let of = &dials.headlines[score];
    json!({
        "score": score_name(dials, score),
        "measure": of.measure(),
        "unit": unit(of.unit),
        "better": better(of.better),
        "worth_noticing": number(of.worth(&dials.noticed)),
        "answer": answer(dials, &dials.baseline[score]),
    })
}

fn answer(dials: &Dials, of: &Answer) -> Value {
    let name = |design: usize| dials.designs[design].as_str();
    json!({
        "state": word(of.state),
        "best": of.best.map(name),
        "rivals": of.rivals.iter().map(|&rival| name(rival)).collect::<Vec<_>>(),
        "second": of.second.map(name),
        "lead": of.lead.map_or(Value::Null, interval),
    })
}

fn dial_json(dials: &Dials, dial: &Dial) -> Value {
    let (input, words) = (&dial.input, Words::of(&dial.input));
    let track = input.track();
    let by_score = |of: &dyn Fn(usize) -> Value| -> Map<String, Value> {
        let scores = 0..dials.headlines.len();
        scores.map(|score| (score_name(dials, score).to_owned(), of(score))).collect()
    };
    let bands = |score: usize| {
        let bands = dial.bands(score);
        Value::Array(bands.iter().map(|band| band_json(dials, dial, band)).collect())
    };
    let matters = dials.matters(dial);
    let holds = |score: usize| match &matters {
        Matters::Answers { changed, .. } if changed.contains(&score) => json!(false),
        Matters::Answers { unsure, .. } if !unsure.contains(&score) => json!(true),
        _ => Value::Null,
    };
    let elsewhere = |score: usize| json!(values_by_score(dials, dial, score));
    let yours = input.yours.as_ref().map(|value| {
        let place = track.and_then(|track| Some(track.place(track.number(value)?)));
        let inside = place.is_none_or(|place| (0.0..=1.0).contains(&place));
        json!({ "text": written(value), "place": maybe(place), "inside": inside, "assumed": input.assumed })
    });
    let tipping_points: Vec<Value> = match track {
        Some(_) => (0..dials.headlines.len())
            .flat_map(|score| {
                let words = &words;
                let all = dial.tipping_points(score);
                all.into_iter().map(move |of| tipping_json(dials, dial, words, score, &of))
            })
            .collect(),
        None => Vec::new(),
    };
    let overloads: Vec<Value> = match track {
        Some(_) => {
            dial.overloads().iter().map(|of| overload_json(dials, dial, &words, of)).collect()
        }
        None => Vec::new(),
    };
    json!({
        "what": input.what,
        "declared": input.declared,
        "kind": if track.is_some() { "range" } else { "values" },
        "label": words.label,
        "clause": track.map(|_| words.clause("…")),
        "source": input.source,
        "guess": input.is_guess(),
        "from": track.map(|track| written(track.ends().0)),
        "to": track.map(|track| written(track.ends().1)),
        "yours": yours,
        "changes_nothing": 1 < dial.points.len() && dial.changes_nothing() && dial.changes_only().is_none(),
        "note": note(dial),
        "points": dial.points.iter().map(|point| point_json(dials, point)).collect::<Vec<_>>(),
        "bands": track.map(|_| by_score(&bands)),
        "overloads": overloads,
        "give_ups": track.map_or(Vec::new(), |_| give_ups_json(dial, &words)),
        "tipping_points": tipping_points,
        "elsewhere": track.is_none().then(|| by_score(&elsewhere)),
        "holds": by_score(&holds),
        "sentence": caption(dials, dial),
    })
}

fn point_json(dials: &Dials, point: &Point) -> Value {
    let designs = point.designs.iter().enumerate().map(|(at, design)| {
        let values: Map<String, Value> = design
            .values
            .iter()
            .enumerate()
            .map(|(score, value)| {
                let value = value.map_or(Value::Null, interval);
                (score_name(dials, score).to_owned(), value)
            })
            .collect();
        json!({
            "design": dials.designs[at],
            "repetitions": design.replications,
            "cost_per_year": number(design.cost_per_year),
            "falls_behind": design.falls_behind.as_ref().map(|(role, pace)| json!({
                "role": role, "more_per_day": number(*pace),
            })),
            "withheld": design.withheld,
            "gave_up": maybe(design.gave_up),
            "values": values,
        })
    });
    let scores = point.answers.iter().enumerate().map(|(score, of)| {
        let mut told = answer(dials, of);
        told["score"] = json!(score_name(dials, score));
        told
    });
    json!({
        "text": written(&point.value),
        "value": maybe(point.number),
        "place": maybe(point.place),
        "yours": point.yours,
        "most_give_up": point.most_give_up(),
        "designs": designs.collect::<Vec<_>>(),
        "scores": scores.collect::<Vec<_>>(),
    })
}

/// Where a stretch between two points lies.
fn stretch(dial: &Dial, from: usize, to: usize) -> [(&'static str, Value); 4] {
    let (from, to) = (&dial.points[from], &dial.points[to]);
    [
        ("from", maybe(from.place)),
        ("to", maybe(to.place)),
        ("from_text", json!(written(&from.value))),
        ("to_text", json!(written(&to.value))),
    ]
}

fn with(told: Value, stretch: [(&'static str, Value); 4]) -> Value {
    let mut all = Map::new();
    all.extend(stretch.map(|(key, value)| (key.to_owned(), value)));
    if let Value::Object(told) = told {
        all.extend(told);
    }
    Value::Object(all)
}

fn band_json(dials: &Dials, dial: &Dial, band: &Band) -> Value {
    let best = band.best.map(|design| dials.designs[design].as_str());
    let told = json!({ "state": word(band.state), "best": best });
    with(told, stretch(dial, band.from, band.to))
}

fn tipping_json(dials: &Dials, dial: &Dial, words: &Words, score: usize, of: &Tipping) -> Value {
    let name = |design: Option<usize>| design.map(|design| dials.designs[design].as_str());
    let kind = match (of.before, of.after) {
        (Some(_), Some(_)) => "overtakes",
        (Some(_), None) => "fades",
        _ => "leads",
    };
    let doing = super::sentences::doing(&dials.headlines[score]);
    let told = json!({
        "score": score_name(dials, score),
        "kind": kind,
        "before": name(of.before),
        "after": name(of.after),
        "crossing": {
            "from": maybe(dial.points[of.crossing.0].place),
            "to": maybe(dial.points[of.crossing.1].place),
            "from_text": written(&dial.points[of.crossing.0].value),
            "to_text": written(&dial.points[of.crossing.1].value),
        },
        "sentence": tipping(dials, dial, words, of, doing).text(),
    });
    with(told, stretch(dial, of.from, of.to))
}

fn give_ups_json(dial: &Dial, words: &Words) -> Vec<Value> {
    let told = give_ups(dial, words);
    let bracket = |(of, told): (((usize, usize), bool), &Told)| {
        let ((from, to), above) = of;
        let side = if above { "above" } else { "below" };
        with(json!({ "side": side, "sentence": told.text() }), stretch(dial, from, to))
    };
    dial.give_ups().into_iter().zip(&told).map(bracket).collect()
}

fn overload_json(dials: &Dials, dial: &Dial, words: &Words, of: &Overloading) -> Value {
    let told = json!({
        "design": dials.designs[of.design],
        "side": if of.above { "above" } else { "below" },
        "sentence": overload(dials, dial, words, of, &[of.design]).text(),
    });
    with(told, stretch(dial, of.from, of.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::depends::made_up_dials;

    #[test]
    fn the_block_is_as_the_format_says() {
        let dials = dials_json(&made_up_dials());
        let need = &dials["dials"][0];
        let at =
            |pointer: &str| need.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).clone();
        assert_eq!(at("/kind"), "range");
        assert_eq!(at("/label"), "Inquiries only a business unit can answer");
        assert_eq!(at("/yours/text"), "20%");
        assert_eq!(at("/guess"), true);
        assert_eq!(at("/points/0/place"), 0.0);
        assert_eq!(at("/points/5/designs/0/falls_behind/role"), "hub triage");
        assert_eq!(at("/points/5/designs/0/values/responsive"), Value::Null);
        assert_eq!(at("/points/3/scores/1/state"), "cannot_tell");
        let tipping = at("/tipping_points/0");
        assert_eq!(
            [&tipping["score"], &tipping["kind"], &tipping["before"], &tipping["after"]],
            ["interactive", "overtakes", "Centralized", "Hub and spoke"]
        );
        assert_eq!((&tipping["from_text"], &tipping["to_text"]), (&json!("41%"), &json!("47%")));
        assert_eq!(at("/overloads/0/design"), "Centralized");
        assert_eq!(at("/holds/interactive"), false);
        // bands cover the whole track without a gap
        for (score, bands) in at("/bands").as_object().unwrap() {
            let bands = bands.as_array().unwrap();
            assert_eq!(
                (&bands[0]["from"], &bands.last().unwrap()["to"]),
                (&json!(0.0), &json!(1.0))
            );
            for pair in bands.windows(2) {
                assert_eq!(pair[0]["to"], pair[1]["from"], "{score}");
            }
        }
        let open = &dials["dials"][2];
        assert_eq!(
            (&open["kind"], &open["bands"], &open["from"]),
            (&json!("values"), &Value::Null, &Value::Null)
        );
        assert_eq!(dials["how_sure"]["scores"][1]["of"], 3);
        assert_eq!(dials["together"]["strong"], json!(["responsive"]));
        assert_eq!(dials["scores"][0]["answer"]["best"], "Outsourced");
    }

    #[test]
    fn the_table_has_a_row_for_each_value_design_and_measure() {
        let dials = made_up_dials();
        let csv = super::super::dials_csv(&dials);
        let points: usize = dials.dials.iter().map(|dial| dial.points.len()).sum();
        assert_eq!(csv.lines().count(), 1 + points * 4 * 3);
        let withheld = csv.lines().find(|line| line.contains("hub triage")).unwrap();
        assert!(withheld.contains(",answered_within_1h,,,,1000000,hub triage,"), "{withheld}");
    }
}
