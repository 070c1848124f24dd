//! What must hold whatever the bytes are. `benches/fuzz/guided/run` goes looking for bytes of which it does not.

use std::sync::atomic::AtomicBool;

use orgsim::experiment::{ExperimentResult, Options, run};
use orgsim::log::read;
use orgsim::model::Model;
use orgsim::model::mapping::{
    CaseMoment, Condition, DurationColumn, DurationUnit, EventRows, HandOvers, InquiryRows, Label,
    Mapping, MessageRows, Moment, OneRowPer, Reply, TimeColumn,
};
use orgsim::present::{
    AnswerContext, Provenance, answer, results_json, results_text, roles_csv, said, summary_csv,
    topics_csv, warnings,
};
use orgsim::report::{Report, contract, figures, page};
use orgsim::scenario::{Overlay, Scenario, Source, load, render, render_json};
use serde_json::{Value, json};

/// The bytes as a scenario: refused with an error, and every finding has a line.
pub fn scenario(bytes: &[u8]) -> Option<Scenario> {
    let source = Source::from_bytes("fuzz.json", bytes);
    let (findings, sound) = match load(&source, &Overlay::default()) {
        Ok(scenario) => (scenario.warnings.clone(), Some(scenario)),
        Err(findings) => (findings, None),
    };
    let text = render(&source, &findings, false);
    assert!(sound.is_some() || text.contains("error["), "refused without an error");
    let data = render_json(&source, &findings);
    for finding in data.as_array().expect("findings are a list") {
        let whole = ["empty-file", "too-large", "more"].iter().any(|code| finding["code"] == *code);
        assert!(whole || finding["line"].as_u64().is_some(), "a finding has no place: {finding}");
    }
    sound
}

/// The ways in which a log is read here: rows of inquiries, of events, of messages, and seconds or dates in each.
fn mapping(first: u8) -> Mapping {
    let format = ["%Y-%m-%d %H:%M", "%s", "%d/%m/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S%z"];
    let format = format[usize::from(first / 3) % format.len()];
    let time = |column: &str| TimeColumn::new(column, format);
    let rows = match first % 3 {
        0 => OneRowPer::Inquiry(InquiryRows {
            id: Some("a".into()),
            unit: Some(Label::column("b")),
            customer: Some("c".into()),
            first_response: Some(Moment::At(time("d"))),
            resolution: Some(Moment::After(DurationColumn {
                column: "e".into(),
                unit: DurationUnit::Clock,
            })),
            hand_overs: Some("c".into()),
            handling: Some(DurationColumn { column: "e".into(), unit: DurationUnit::Days }),
        }),
        1 => OneRowPer::Event(EventRows {
            case: "a".into(),
            updated: Some(time("d")),
            state: Some("b".into()),
            unit: Some(Label::column("b")),
            customer: Some("c".into()),
            first_response: Some(CaseMoment::FirstUpdate(Condition::present("b"))),
            resolution: Some(CaseMoment::LastUpdate(Condition::is("b", "1"))),
            hand_overs: Some(HandOvers::ChangesOf("c".into())),
            handling: Some(DurationColumn { column: "e".into(), unit: DurationUnit::Seconds }),
        }),
        _ => OneRowPer::Message(MessageRows {
            id: "a".into(),
            parent: "b".into(),
            author: "c".into(),
            inbound: Condition::is("e", "1"),
            first_response: Reply::Direct,
            pseudonyms: true,
            unit: None,
        }),
    };
    Mapping {
        missing: vec!["?".into()],
        topic: Some(Label::column("e")),
        priority: Some(Label::column("b")),
        ..Mapping::new(time("t"), rows)
    }
}

/// The bytes as a log: findings, or no more inquiries than lines.
pub fn log(first: u8, bytes: &[u8]) {
    match read(bytes, &mapping(first)) {
        Ok(log) => {
            let breaks = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
            assert!(log.inquiries.len() <= breaks + 1, "more inquiries than lines");
        }
        Err(findings) => assert!(!findings.is_empty(), "refused without a finding"),
    }
}

/// An organization of two designs with these names for whatever has one.
fn named(names: &[String]) -> String {
    let name = |at: usize, other: &str| names.get(at).cloned().unwrap_or_else(|| other.to_owned());
    let (channel, topic) = (name(0, "x"), name(1, "phones"));
    let (desk, expert) = (name(2, "desk"), name(3, "expert"));
    let object = |key: &str, value: Value| Value::Object([(key.to_owned(), value)].into_iter().collect());
    let links =
        json!([{ "intake": { "to": desk } }, { "escalate": { "from": desk, "to": expert } }]);
    let design = |open: &str| {
        let mut roles = serde_json::Map::new();
        let ladder = json!({ "ladder": ["escalate"] });
        roles.insert(desk.clone(), json!({ "people": 2, "open": open, "desk": ladder }));
        roles.insert(expert.clone(), json!({ "people": 1, "open": open, "desk": {} }));
        json!({ "graph": { "roles": roles, "links": links } })
    };
    let mut designs = serde_json::Map::new();
    designs.insert(name(4, "Flat"), design("always"));
    designs.insert(name(5, "Tall"), design("daily 08:00-20:00"));
    json!({
        "orgsim": 1,
        "question": name(6, "Who answers?"),
        "customers": {
            "messages": "60/day",
            "channels": object(&channel, json!({})),
            "topics": object(&topic, json!({ "work": "10m" })),
        },
        "designs": designs,
        "experiment": { "kind": "from empty", "run_for": "1 week", "repeat": 2, "seed": 5 },
    })
    .to_string()
}

/// The bytes as names, with the byte 255 between two of them: every form in which results are written can be read
/// again, and no name leaves its place.
pub fn writers(bytes: &[u8]) {
    let names: Vec<String> = bytes
        .split(|&byte| byte == 255)
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    let Some(scenario) = scenario(named(&names).as_bytes()) else {
        assert!(scenario(named(&[]).as_bytes()).is_some(), "usual names are refused as well");
        return;
    };
    let result = carried_out(&scenario.model);
    let provenance = Provenance { scenario: &scenario.title, ..Provenance::default() };
    let text = results_text(&result, &provenance);
    let results = results_json(&result, &provenance);
    let back: Value = serde_json::from_str(&text).expect("results are JSON");
    assert_eq!(back, results, "results.json says what is found");
    for table in [Some(summary_csv(&result)), Some(roles_csv(&result)), topics_csv(&result)] {
        for record in csv::Reader::from_reader(table.unwrap_or_default().as_bytes()).records() {
            for field in &record.expect("a table can be read") {
                let number = field.parse::<f64>().is_ok();
                let formula = field.trim_start_matches(['"', ' ']).starts_with(['=', '+', '-', '@']);
                assert!(number || !formula, "a field could be a formula: {field}");
            }
        }
    }
    told(&scenario, &result, &results);
}

fn carried_out(model: &Model) -> ExperimentResult {
    let stop = AtomicBool::new(false);
    run(model, &Options::plain(1, &stop))
}

/// The printed answer and the page.
fn told(scenario: &Scenario, result: &ExperimentResult, results: &Value) {
    let context = AnswerContext {
        question: &scenario.question,
        command: "orgsim run fuzz.json",
        currency: "$",
        notes: &scenario.warnings.iter().map(|of| of.message.clone()).collect::<Vec<_>>(),
        ..AnswerContext::default()
    };
    // names stand in it as they are: whoever prints it escapes what would act
    assert!(!answer(result, &context).plain().is_empty());
    let said = said(result, &context);
    let report = Report {
        title: &scenario.question,
        model: &scenario.model,
        result,
        said: &said,
        results,
        currency: "$",
        weekday: 0,
        warnings: &warnings(result),
        assumptions: &[],
        what_ifs: &[],
        dials: None,
        studies: &[],
        days: &[],
        command: context.command,
        origin: &[],
    };
    let pictures = figures(&report);
    for figure in &pictures {
        let drawn = orgsim::present::plot::svg_to_png(&figure.svg, 0.25);
        assert!(drawn.is_ok(), "`{}` is no picture: {:?}", figure.name, drawn.err());
    }
    let document = contract(&report, &pictures, 0);
    let html = page(&document, &pictures);
    let carried = html.split_once("id=\"page-data\">").expect("the page has data").1;
    let carried = carried.split("</script>").next().expect("the data ends");
    let back: Value = serde_json::from_str(carried).expect("the data is JSON");
    assert_eq!(back, document, "the page carries what it was made from");
    let scripts = html.matches("<script").count();
    assert_eq!(scripts, html.matches("</script").count(), "a name opened or closed a script");
}
