//! The printed answer, on made-up results.

use expect_test::{Expect, expect};

use super::{AnswerContext, MOST_LINES, answer};
use crate::experiment::examples::{model_of_desks, plain_model, run_with};
use crate::experiment::made_up::{made_up, overloaded, repeated};
use crate::experiment::{ExperimentResult, Quantity};
use crate::model::{Score, StudyKind, measure};
use crate::present::paint::Paint;
use crate::stats::Interval;
use crate::study::{HoursCheck, HoursVerdict, NextStep, Settings, SideEffect, Step};
use crate::units::SimTime;

/// Words of experts that leaders never meet.
const FORBIDDEN: [&str; 22] = [
    "service level",
    "FCR",
    "resolved",
    "utilization",
    "unstable",
    "steady state",
    "ρ",
    "abandon",
    "half-width",
    "confidence",
    "interval",
    "significan",
    "κ",
    "kappa",
    "CRN",
    "random number",
    "replication",
    "metric",
    "KPI",
    "variance",
    "quantile",
    "latency",
];

fn next_step() -> NextStep {
    let quantity = |id: &str, within| Quantity { measure: measure(id).unwrap(), within };
    let gain = Interval { mean: 0.06, half_width: Some(0.01), n: 10, standard_error: Some(0.005) };
    let step = Step {
        what: "no routine approvals".into(),
        settings: Settings::one("designs.Outsourced.approval", "0% of replies"),
        cost_per_year: 0.0,
        before: 0.52,
        after: 0.58,
        gain,
        side_effect: Some(SideEffect {
            quantity: quantity("wrong_answers", None),
            before: 0.051,
            after: 0.064,
        }),
    };
    NextStep {
        design: (3, "Outsourced".into()),
        quantity: quantity("answered_within", Some(SimTime::HOUR)),
        scope: 0,
        unmet: None,
        steps: vec![step],
    }
}

fn told(result: &ExperimentResult) -> String {
    let stays = |score| (score, HoursVerdict::Stays);
    let hours = HoursCheck {
        verdicts: vec![
            stays(Score::Responsive),
            (Score::Interactive, HoursVerdict::NoWinner),
            stays(Score::Proactive),
        ],
    };
    let next_step = next_step();
    let context = AnswerContext {
        question: "Four product lines, $1,000,000 a year for people: who should answer?",
        command: "orgsim run scenarios/quickstart.json",
        elapsed: Some("3.4 s"),
        currency: "$",
        not_swept: &["need_unit_knowledge 5%–80%".into(), "messages 100–600/day".into()],
        guesses: &["need_unit_knowledge".into()],
        hours: Some(&hours),
        next_step: (result.designs.len() == 4).then_some(&next_step),
        pictures: Some("output/quickstart/report.html (open this) · summary.csv · results.json"),
        notes: &[],
    };
    let text = answer(result, &context);
    assert!(text.len() <= MOST_LINES, "{} lines", text.len());
    text.plain()
}

fn check(result: &ExperimentResult, expected: Expect) {
    let text = told(result);
    for line in text.lines() {
        assert!(line.chars().count() <= 102, "{line}");
    }
    expected.assert_eq(&text);
}

#[test]
fn four_designs_are_told_apart_by_score() {
    check(&made_up(), expect![[r#""#]]);
}

#[test]
fn a_design_that_falls_behind_is_named_and_has_no_averages() {
    let text = told(&overloaded());
    assert!(
        text.contains("Hub and spoke falls behind for good: 14 more a day than hub triage can do.")
    );
    let row = text.lines().find(|line| line.contains("answered within an hour  ")).unwrap();
    assert!(row.contains('–') && !row.contains("41"), "{row}");
}

#[test]
fn a_single_run_tells_no_luck() {
    let text = told(&repeated(1));
    assert!(text.contains("A single run cannot tell luck from a difference"), "{text}");
    assert!(!text.contains("±1"), "{text}");
}

#[test]
fn leaders_meet_no_words_of_experts() {
    let single = repeated(1);
    let simulated = run_with(&model_of_desks(6.0), 2);
    let few = run_with(&model_of_desks(1.0), 2);
    for result in [made_up(), overloaded(), repeated(3), single, simulated, few] {
        let text = told(&result);
        for word in FORBIDDEN {
            assert!(!text.to_lowercase().contains(&word.to_lowercase()), "{word} in {text}");
        }
    }
}

#[test]
fn only_marks_heads_and_the_answer_are_painted() {
    let text = answer(&made_up(), &AnswerContext::default());
    let tagged = text.painted(|paint, text| match paint {
        Paint::Good => format!("<{}>", text.trim()),
        Paint::Answer => format!("[{text}]"),
        _ => text.into(),
    });
    assert!(tagged.contains("<✓ 30>"), "{tagged}");
    assert!(tagged.contains("ANSWER   [It depends"), "{tagged}");
}

#[test]
fn a_plain_network_is_told_in_numbers() {
    let result = run_with(&plain_model(2, 12.0, StudyKind::TypicalWeeks), 2);
    let text = answer(&result, &AnswerContext { command: "orgsim run x", ..Default::default() });
    let text = text.plain();
    for head in ["arrivals/h", "W_q [min]", "P(W>0)", "L_q", "utilization", "front desk"] {
        assert!(text.contains(head), "{text}");
    }
    assert!(!text.contains("ANSWER"), "{text}");
}
