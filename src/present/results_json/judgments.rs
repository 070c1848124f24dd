//! Scores, goals, hours and the next step.

use serde_json::{Value, json};

use super::name;
use super::numbers::{interval, maybe, number, paired};
use crate::experiment::{ExperimentResult, GoalResult, ScoreResult, Verdict};
use crate::model::Score;
use crate::study::{HoursCheck, HoursVerdict, NextStep};

pub(super) fn score_json(result: &ExperimentResult, of: &ScoreResult) -> Value {
    let names = |designs: &[usize]| -> Vec<&str> {
        designs.iter().map(|&design| name(result, design)).collect()
    };
    let (verdict, rivals, repetitions) = match &of.verdict {
        Verdict::Winner => ("winner", Vec::new(), None),
        Verdict::TooSmall { rivals } => ("too small to matter", names(rivals), None),
        Verdict::TooClose { rivals, repetitions } => {
            ("too close to call", names(rivals), *repetitions)
        }
        Verdict::OneRun => ("one run", Vec::new(), None),
        Verdict::Alone => ("alone", Vec::new(), None),
    };
    json!({
        "score": of.score.id(),
        "measure": result.quantities[of.quantity].id(),
        "verdict": verdict,
        "winner": of.winner().map(|design| name(result, design)),
        "ranking": names(&of.ranking),
        "rivals": rivals,
        "replications_to_tell": repetitions,
        "best_minus_others": of.against_best.iter().map(|p| paired(p.as_ref())).collect::<Vec<_>>(),
    })
}

pub(super) fn goal_json(result: &ExperimentResult, of: &GoalResult) -> Value {
    let objective = &result.objectives[of.objective];
    let runs: Vec<Value> = of
        .designs
        .iter()
        .enumerate()
        .map(|(design, runs)| {
            json!({
                "design": name(result, design),
                "met": runs.map(|runs| runs.met),
                "of": runs.map(|runs| runs.of),
                "worst": runs.and_then(|runs| runs.worst).map_or(Value::Null, number),
            })
        })
        .collect();
    json!({
        "objective": objective.id,
        "goal": objective.goal.text,
        "measure": result.quantities[of.quantity].id(),
        "scope": result.scopes[of.scope].name,
        "at_least": objective.goal.at_least,
        "value": number(objective.goal.value),
        "designs": runs,
        "raise_to": maybe(of.raise_to),
    })
}

pub(super) fn hours_json(result: &ExperimentResult, check: &HoursCheck) -> Value {
    let one = |(of, verdict): &(Score, HoursVerdict)| {
        let (told, to) = match verdict {
            HoursVerdict::NoWinner => ("no winner", None),
            HoursVerdict::Stays => ("stays", None),
            HoursVerdict::Fades => ("fades", None),
            HoursVerdict::Changes(to) => ("changes", Some(name(result, *to))),
            HoursVerdict::Withheld(of) => ("cannot be told", Some(name(result, *of))),
        };
        json!({ "score": of.id(), "winner": told, "to": to })
    };
    Value::Array(check.verdicts.iter().map(one).collect())
}

pub(super) fn next_step_json(next: &NextStep, result: &ExperimentResult) -> Value {
    let id = |&objective: &usize| result.objectives[objective].id.as_str();
    let step = |step: &crate::study::Step| {
        json!({
            "what": step.what,
            "settings": step.settings.0,
            "cost_per_year": number(step.cost_per_year),
            "before": number(step.before),
            "after": number(step.after),
            "gain": interval(step.gain),
            "helps": step.helps(),
            "matters": step.matters(next.worth),
            "misses": step.misses.iter().map(id).collect::<Vec<_>>(),
            "unmet_objective_then": step.then.map(|runs| json!({ "met": runs.met, "of": runs.of })),
            "side_effect": step.side_effect.as_ref().map(|effect| json!({
                "measure": effect.quantity.id(),
                "before": number(effect.before),
                "after": number(effect.after),
            })),
        })
    };
    json!({
        "design": next.design.1,
        "measure": next.quantity.id(),
        "unmet_objective": next.unmet.as_ref().map(id),
        "steps": next.steps.iter().map(step).collect::<Vec<_>>(),
    })
}
