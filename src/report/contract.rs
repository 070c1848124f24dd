//! One document with everything that is on the page.

use serde_json::{Map, Value, json};

use super::cards::cards;
use super::facts::{answer, designs, facts};
use super::figures::Figure;
use super::parts::parts;
use super::replay::replay;
use super::text::shown_all;
use crate::report::Report;

/// Version of the document.
const VERSION: u32 = 1;
/// Lists of results that are not taken along: values of single repetitions, and what the tables of the
/// figures have already.
const LEFT_OUT: [&str; 7] = [
    "replications",
    "roles",
    "pairs",
    "answered_within_curve",
    "curve_minutes",
    "backlog_by_hour_of_week",
    "inquiries_by_visits",
];

/// The document of a report, its recorded days no longer than `budget` bytes.
///
/// `results` in it is `results.json` without the values of single repetitions, `dials` its block of that name;
/// the rest is the same in words: the answer, the parts of the argument, cards of all roles, recorded days.
/// It can be read without the page, and its form is described in the book's chapter on files.
pub fn contract(report: &Report<'_>, figures: &[Figure], budget: usize) -> Value {
    let played = replay(report, budget);
    // an empty place would be taken for a page without days
    let crowded = played.is_none() && !report.days.is_empty();
    let no_day = crowded.then_some(
        "No recorded day is shown: the numbers of so many designs and roles leave no room for one on a page that fits \
         a mail. With fewer there is one.",
    );
    let mut all = json!({
        "orgsim_page": VERSION,
        "version": env!("CARGO_PKG_VERSION"),
        "title": report.title,
        "headline": report.said.headline,
        "facts": facts(report),
        "plain": report.result.plain,
        "warnings": report.warnings,
        "designs": designs(report),
        "answer": answer(report),
        "parts": parts(report, figures),
        "cards": cards(report),
        "figures": figures.iter().map(|figure| json!({
            "name": figure.name,
            "title": figure.title,
            "head": figure.head,
            "rows": figure.rows,
        })).collect::<Vec<_>>(),
        "origin": report.origin.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>(),
        "results": short(report.results),
        "dials": turned(report.results.get("dials").unwrap_or(&Value::Null)),
        "replay": played.unwrap_or(Value::Null),
        "no_day": no_day,
    });
    shown_all(&mut all);
    all
}

/// The dials in short numbers; of defaults, which nobody turns on the page, without what was found at each value.
fn turned(dials: &Value) -> Value {
    let mut dials = rounded(dials);
    let all = dials.get_mut("dials").and_then(Value::as_array_mut);
    for dial in all.into_iter().flatten().filter(|dial| dial["declared"] == false) {
        let points = dial.get_mut("points").and_then(Value::as_array_mut);
        for point in points.into_iter().flatten() {
            if let Some(point) = point.as_object_mut() {
                point.retain(|key, _| !["designs", "scores"].contains(&key.as_str()));
            }
        }
    }
    dials
}

/// A document whose numbers have six digits that count.
fn rounded(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let short = number.as_f64().and_then(|number| format!("{number:.5e}").parse().ok());
            short.and_then(serde_json::Number::from_f64).map_or(Value::Null, Value::Number)
        }
        Value::Array(items) => Value::Array(items.iter().map(rounded).collect()),
        Value::Object(entries) => {
            let of = |(key, value): (&String, &Value)| (key.clone(), rounded(value));
            Value::Object(entries.iter().map(of).collect())
        }
        other => other.clone(),
    }
}

/// Most bytes of results; beyond, only scopes over all inquiries and of objectives are taken along.
const LONGEST: usize = 200_000;

/// The results that fit the page.
fn short(results: &Value) -> Value {
    let mut kept = slim(results);
    // all inquiries come first, and are what the page compares with
    let designs = kept.get_mut("designs").and_then(Value::as_array_mut);
    for scopes in designs.into_iter().flatten().filter_map(|design| design.get_mut("scopes")) {
        for scope in scopes.as_array_mut().into_iter().flatten().skip(1) {
            *scope = rounded(scope);
        }
    }
    if kept.to_string().len() <= LONGEST {
        return kept;
    }
    let designs = kept.get_mut("designs").and_then(Value::as_array_mut);
    for design in designs.into_iter().flatten() {
        if let Some(scopes) = design.get_mut("scopes").and_then(Value::as_array_mut) {
            scopes.retain(|scope| ["all", "objective"].iter().any(|kind| scope["kind"] == *kind));
        }
    }
    kept
}

/// Results without what stands elsewhere on the page or only a program reads.
fn slim(results: &Value) -> Value {
    match results {
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(key, value)| {
                // the number of repetitions has the same name as their values
                let values = LEFT_OUT.contains(&key.as_str()) && value.is_array();
                let elsewhere = ["dials", "studies", "waits_by_cause"].contains(&key.as_str());
                !values && !elsewhere
            });
            let kept: Map<String, Value> =
                kept.map(|(key, value)| (key.clone(), slim(value))).collect();
            Value::Object(kept)
        }
        Value::Array(items) => Value::Array(items.iter().map(slim).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
pub(super) mod examples {
    use super::*;
    use crate::experiment::ExperimentResult;
    use crate::experiment::examples::{model_of_desks, run_with};
    use crate::present::{AnswerContext, Provenance, results_json, said};
    use crate::report::{Assumption, figures};

    const HOSTILE: &str = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)> javascript:alert(1) <!-- \u{2028}\u{202e}";

    /// A document and its pictures, with a title of one's own.
    fn of(
        title: &str,
        model: &crate::model::Model,
        result: &ExperimentResult,
    ) -> (Value, Vec<Figure>) {
        let said = said(result, &AnswerContext { command: "orgsim run x", ..Default::default() });
        let results = results_json(result, &Provenance { scenario: title, ..Default::default() });
        let warnings = [title.to_owned()];
        let assumptions = [Assumption {
            what: title.into(),
            label: title.into(),
            value: title.into(),
            range: title.into(),
            source: title.into(),
            declared: true,
        }];
        let stop = std::sync::atomic::AtomicBool::new(false);
        let day = crate::experiment::ordinary_day(model, 0, &stop).unwrap();
        let recording = crate::experiment::record(model, day.window, &stop).unwrap();
        let days = [crate::present::RecordedDay {
            kind: crate::present::DayKind::Ordinary,
            name: title,
            words: title,
            weekday: 0,
            recording: &recording,
        }];
        let report = Report {
            title,
            model,
            result,
            said: &said,
            results: &results,
            currency: "$",
            weekday: 0,
            warnings: &warnings,
            assumptions: &assumptions,
            dials: None,
            what_ifs: &[],
            studies: &[],
            days: &days,
            command: "orgsim run x",
            origin: &[("command".into(), title.into())],
        };
        let figures = figures(&report);
        (contract(&report, &figures, 200_000), figures)
    }

    pub(in crate::report) fn ordinary() -> (Value, Vec<Figure>) {
        let model = model_of_desks(6.0);
        of("One team, or one in each line?", &model, &run_with(&model, 2))
    }

    /// All names of the scenario are as bad as can be.
    pub(in crate::report) fn hostile() -> (Value, Vec<Figure>) {
        let mut model = model_of_desks(6.0);
        let mut world = (*model.world).clone();
        world.channels.iter_mut().for_each(|channel| channel.name = HOSTILE.into());
        world.topics.iter_mut().for_each(|topic| topic.name = HOSTILE.into());
        world.units.iter_mut().for_each(|unit| *unit = HOSTILE.into());
        model.world = std::sync::Arc::new(world);
        for (number, design) in model.designs.iter_mut().enumerate() {
            design.name = format!("{HOSTILE}{number}");
            for id in (0..design.organization.role_count() as u32).map(crate::model::RoleId) {
                design.organization.role_mut(id).name = format!("{HOSTILE}{}", id.0);
            }
        }
        of(HOSTILE, &model, &run_with(&model, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_the_numbers_of_the_results() {
        let (contract, figures) = examples::ordinary();
        assert_eq!(contract["orgsim_page"], 1);
        assert_eq!(contract["results"]["replications"], 5);
        let first = &contract["results"]["designs"][0]["scopes"][0]["measures"];
        let share = first["answered_within_1h"]["mean"].as_f64().unwrap();
        assert!(first["answered_within_1h"].get("replications").is_none());
        let score = &contract["answer"]["scores"][0];
        let said = score["values"][0]["text"].as_str().unwrap();
        assert!(said.starts_with(&format!("{:.0}", 100.0 * share)), "{said} for {share}");
        assert_eq!(contract["figures"].as_array().unwrap().len(), figures.len());
        for figure in contract["figures"].as_array().unwrap() {
            let columns = figure["head"].as_array().unwrap().len();
            let rows = figure["rows"].as_array().unwrap();
            assert!(rows.iter().all(|row| row.as_array().unwrap().len() == columns));
        }
    }

    #[test]
    fn defaults_keep_their_values_and_leave_their_details_to_the_results() {
        let dial = |declared: bool| {
            let point = json!({ "text": "3m", "yours": true, "designs": [1], "scores": [2] });
            json!({ "what": "x", "declared": declared, "points": [point], "holds": {} })
        };
        let dials = turned(&json!({ "dials": [dial(true), dial(false)] }));
        assert_eq!(dials["dials"][0]["points"][0]["designs"], json!([1]));
        assert_eq!(dials["dials"][1]["points"][0], json!({ "text": "3m", "yours": true }));
        assert_eq!(turned(&Value::Null), Value::Null);
    }

    #[test]
    fn results_that_are_too_long_keep_the_scopes_that_answers_rest_on() {
        let scope = |kind: &str| json!({ "kind": kind, "measures": { "x": "long ".repeat(500) } });
        let scopes: Vec<Value> = ["all", "objective", "channel", "topic"].map(scope).to_vec();
        let results =
            |designs: usize| json!({ "designs": vec![json!({ "scopes": scopes }); designs] });
        let left = |designs: usize| {
            short(&results(designs))["designs"][0]["scopes"].as_array().unwrap().len()
        };
        assert_eq!((left(2), left(40)), (4, 2));
    }

    #[test]
    fn every_picture_is_told_in_numbers() {
        let (_, figures) = examples::ordinary();
        for figure in figures {
            let told = figure.svg.split("<desc").nth(1).and_then(|of| of.split("</desc>").next());
            let told = told.unwrap_or_default();
            let told = told.split_once('>').map_or("", |(_, told)| told);
            assert!(told.contains(|c: char| c.is_ascii_digit()), "{}: {told}", figure.name);
        }
    }

    #[test]
    fn every_figure_stands_in_a_part() {
        let (contract, figures) = examples::ordinary();
        let parts = contract["parts"].as_array().unwrap();
        let blocks = parts.iter().flat_map(|part| part["blocks"].as_array().unwrap());
        let mut shown: Vec<u64> =
            blocks.filter_map(|block| block.get("figure")?.as_u64()).collect();
        shown.sort();
        assert_eq!(shown, (0..figures.len() as u64).collect::<Vec<_>>());
    }
}
