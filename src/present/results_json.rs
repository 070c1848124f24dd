//! `results.json`: everything, versioned, with the same bytes on every machine.

use serde_json::{Map, Value, json};

use crate::experiment::{
    DesignResult, ExperimentResult, GoalResult, Measured, Pair, ROLE_NUMBERS, RoleResult, ScopeOf,
    ScopeResult, ScoreResult, SpreadResult, Verdict, curve_times,
};
use crate::model::{Score, StudyKind};
use crate::present::tables::{better, unit};
use crate::sim::{Bin, End};
use crate::stats::{Interval, Paired};
use crate::study::{HoursCheck, HoursVerdict, NextStep};
use crate::units::SimTime;

/// Version of the format.
const VERSION: u32 = 1;

/// What a result rests on, and what was asked beside it.
#[derive(Clone, Copy, Default)]
pub struct Provenance<'a> {
    /// Name of the scenario.
    pub scenario: &'a str,
    /// Fingerprint of its text.
    pub sha256: &'a str,
    /// The question, in the author's words.
    pub question: &'a str,
    /// Settings laid over it, as they were given.
    pub settings: &'a [(String, Value)],
    /// Sign or code of the currency.
    pub currency: &'a str,
    /// Whether opening hours decide, if that was looked at.
    pub hours: Option<&'a HoursCheck>,
    /// Changes that were tried.
    pub next_step: Option<&'a NextStep>,
}

/// The whole result.
///
/// No wall-clock time, no thread number; keys in a fixed order; numbers as the shortest text that
/// reads back to the same bits; a number that does not exist is `null`, never NaN.
pub fn results_json(result: &ExperimentResult, provenance: &Provenance<'_>) -> Value {
    json!({
        "orgsim_results": VERSION,
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": provenance.scenario,
        "scenario_sha256": provenance.sha256,
        "question": provenance.question,
        "settings": provenance.settings.iter().map(|(path, value)| json!([path, value])).collect::<Vec<_>>(),
        "seed": result.seed,
        "kind": match result.kind {
            StudyKind::TypicalWeeks => "typical weeks",
            StudyKind::FromEmpty => "from empty",
            StudyKind::UntilDone => "until done",
        },
        "run_for_minutes": minutes(result.run_for),
        "warm_up_minutes": minutes(result.warm_up),
        "replications": result.replications,
        "incomplete": result.incomplete,
        "confidence": result.confidence,
        "currency": provenance.currency,
        "plain_network": result.plain,
        "worth_noticing": {
            "share": result.worth_noticing.share,
            "minutes": result.worth_noticing.minutes,
            "money": result.worth_noticing.money,
        },
        "thresholds_minutes": result.thresholds.iter().map(|&t| minutes(t)).collect::<Vec<_>>(),
        "warnings": result.warnings,
        "measures": result.quantities.iter().map(|quantity| json!({
            "id": quantity.id(),
            "name": quantity.name(),
            "unit": unit(quantity.unit()),
            "better": better(quantity.measure.better),
            "score": score(quantity.measure.score),
        })).collect::<Vec<_>>(),
        "scores": result.scores.iter().map(|of| score_json(result, of)).collect::<Vec<_>>(),
        "goals": result.goals.iter().map(|of| goal_json(result, of)).collect::<Vec<_>>(),
        "hours": provenance.hours.map(|check| hours_json(result, check)),
        "next_step": provenance.next_step.map(next_step_json),
        "curve_minutes": curve_times().into_iter().map(minutes).collect::<Vec<_>>(),
        "designs": result.designs.iter().map(|of| design_json(result, of)).collect::<Vec<_>>(),
        "pairs": result.pairs.iter().map(|of| pair_json(result, of)).collect::<Vec<_>>(),
    })
}

/// The same as text, ending with a line feed.
pub fn results_text(result: &ExperimentResult, provenance: &Provenance<'_>) -> String {
    let value = results_json(result, provenance);
    let mut text = serde_json::to_string_pretty(&value).expect("keys are text and numbers finite");
    text.push('\n');
    text
}

fn minutes(length: SimTime) -> Value {
    if length == SimTime::NEVER { Value::Null } else { json!(length.minutes()) }
}

/// A number, or `null` where it is none.
fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn maybe(value: Option<f64>) -> Value {
    value.map_or(Value::Null, number)
}

fn interval(of: Interval) -> Value {
    json!({ "mean": number(of.mean), "half_width": maybe(of.half_width), "n": of.n })
}

/// Estimate and half-width.
fn brief(measured: &Measured) -> Value {
    measured.interval.map_or(Value::Null, interval)
}

/// With the value of every replication.
fn full(measured: &Measured) -> Value {
    let mut all = Map::new();
    all.insert("mean".into(), maybe(measured.mean()));
    all.insert("half_width".into(), maybe(measured.half_width()));
    let values: Vec<Value> = measured.values.iter().map(|&value| maybe(value)).collect();
    all.insert("replications".into(), Value::Array(values));
    Value::Object(all)
}

fn score(score: Score) -> &'static str {
    match score {
        Score::Responsive => "responsive",
        Score::Interactive => "interactive",
        Score::Proactive => "proactive",
        Score::Quality => "quality",
        Score::Workload => "workload",
        Score::Money => "money",
    }
}

fn name(result: &ExperimentResult, design: usize) -> &str {
    &result.designs[design].name
}

fn paired(paired: Option<&Paired>) -> Value {
    paired.map_or(Value::Null, |paired| {
        json!({
            "mean": number(paired.interval.mean),
            "half_width": maybe(paired.interval.half_width),
            "n": paired.interval.n,
            "variance_reduction": maybe(paired.variance_reduction),
        })
    })
}

fn score_json(result: &ExperimentResult, of: &ScoreResult) -> Value {
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
        "score": score(of.score),
        "measure": result.quantities[of.quantity].id(),
        "verdict": verdict,
        "winner": of.winner().map(|design| name(result, design)),
        "ranking": names(&of.ranking),
        "rivals": rivals,
        "replications_to_tell": repetitions,
        "best_minus_others": of.against_best.iter().map(|p| paired(p.as_ref())).collect::<Vec<_>>(),
    })
}

fn goal_json(result: &ExperimentResult, of: &GoalResult) -> Value {
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

fn hours_json(result: &ExperimentResult, check: &HoursCheck) -> Value {
    let one = |(of, verdict): &(Score, HoursVerdict)| {
        let (told, to) = match verdict {
            HoursVerdict::NoWinner => ("no winner", None),
            HoursVerdict::Stays => ("stays", None),
            HoursVerdict::Fades => ("fades", None),
            HoursVerdict::Changes(to) => ("changes", Some(name(result, *to))),
        };
        json!({ "score": score(*of), "winner": told, "to": to })
    };
    Value::Array(check.verdicts.iter().map(one).collect())
}

fn next_step_json(next: &NextStep) -> Value {
    let step = |step: &crate::study::Step| {
        json!({
            "what": step.what,
            "settings": step.settings.0.iter().map(|s| json!([s.path, s.value])).collect::<Vec<_>>(),
            "cost_per_year": number(step.cost_per_year),
            "before": number(step.before),
            "after": number(step.after),
            "gain": interval(step.gain),
            "helps": step.helps(),
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
        "unmet_objective": next.unmet,
        "steps": next.steps.iter().map(step).collect::<Vec<_>>(),
    })
}

fn design_json(result: &ExperimentResult, of: &DesignResult) -> Value {
    let scopes: Vec<Value> = result
        .scopes
        .iter()
        .zip(&of.scopes)
        .map(|(name, scope)| scope_json(result, &name.name, name.of, scope))
        .collect();
    let ends: Map<String, Value> = End::ALL
        .iter()
        .map(|&end| (end.label().into(), json!(of.totals.ends[end as usize])))
        .collect();
    json!({
        "name": of.name,
        "cost_per_year": number(of.cost_per_year),
        "headcount": number(of.headcount),
        "completed": of.completed,
        "withheld": of.withheld,
        "overload": of.falls_behind().map(|(role, per_day)| json!({
            "role": role, "more_per_day": number(per_day),
        })),
        "stopped": of.stopped.map(|(stop, replication)| json!({
            "replication": replication, "why": format!("{stop:?}"),
        })),
        "scopes": scopes,
        "roles": of.roles.iter().map(|role| role_json(result, role)).collect::<Vec<_>>(),
        "busiest_role": of.busiest_role().map(|role| role.name.as_str()),
        "backlog_by_hour_of_week": of.backlog_by_hour.iter().map(brief).collect::<Vec<_>>(),
        "longest_backlog": brief(&of.longest_backlog),
        "minutes_inside": brief(&of.time_inside),
        "inquiries_inside": brief(&of.inquiries_inside),
        "inquiries_by_visits": of.visits,
        "observed": of.observed.iter().map(|roles| roles.iter().map(|seen| json!({
            "number": brief(&seen.number),
            "busy": brief(&seen.busy),
            "empty": brief(&seen.empty),
            "number_sd": maybe(seen.number_sd),
        })).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "conservation": {
            "arrived": of.totals.arrived,
            "ends": ends,
            "inside": of.totals.inside,
            "contacts": of.totals.contacts,
            "mentions": of.totals.mentions,
            // Larger than numbers of JSON readers are exact, so text.
            "area_microseconds": of.totals.area_micros.to_string(),
            "events": of.totals.events,
        },
    })
}

fn scope_json(result: &ExperimentResult, name: &str, of: ScopeOf, scope: &ScopeResult) -> Value {
    let kind = match of {
        ScopeOf::All => "all",
        ScopeOf::Objective(_) => "objective",
        ScopeOf::Channel(_) => "channel",
        ScopeOf::Topic(_) => "topic",
    };
    let measures: Map<String, Value> = result
        .quantities
        .iter()
        .zip(&scope.measures)
        .filter(|(_, measured)| measured.interval.is_some() || of == ScopeOf::All)
        .map(|(quantity, measured)| {
            let told = if of == ScopeOf::All { full(measured) } else { brief(measured) };
            (quantity.id(), told)
        })
        .collect();
    let causes: Map<String, Value> = scope
        .causes
        .iter()
        .map(|cause| {
            let told = json!({
                "share": brief(&cause.share),
                "minutes_per_inquiry": brief(&cause.minutes),
            });
            (cause.cause.label().into(), told)
        })
        .collect();
    json!({
        "scope": name,
        "kind": kind,
        "inquiries_needing_reply": scope.needing,
        "still_open": scope.open,
        "measures": measures,
        "waits_by_cause": causes,
        "answered_within_curve": scope.curve.iter().map(brief).collect::<Vec<_>>(),
    })
}

fn role_json(result: &ExperimentResult, role: &RoleResult) -> Value {
    let numbers: Map<String, Value> = ROLE_NUMBERS
        .iter()
        .zip(&role.numbers)
        .map(|(number, measured)| (number.id.into(), brief(measured)))
        .collect();
    let bins: Map<String, Value> = Bin::ALL
        .iter()
        .zip(&role.bins)
        .map(|(bin, measured)| (bin.label().into(), brief(measured)))
        .collect();
    let topics: Map<String, Value> = role
        .topics
        .iter()
        .map(|topic| {
            let told = json!({
                "wait_mean": brief(&topic.wait),
                "inside_mean": brief(&topic.inside),
                "throughput_per_hour": brief(&topic.throughput),
            });
            (topic.name.clone(), told)
        })
        .collect();
    json!({
        "name": role.name,
        "people": role.people,
        "numbers": numbers,
        "bins": bins,
        "topics": topics,
        "wait_minutes": spread(result, &role.wait),
        "inside_minutes": spread(result, &role.inside),
        "number_sd": brief(&role.number_sd),
        "number_shares": role.number_shares.iter().map(|&share| number(share)).collect::<Vec<_>>(),
        "drift": role.drift.iter().map(|&n| number(n)).collect::<Vec<_>>(),
    })
}

fn spread(result: &ExperimentResult, of: &SpreadResult) -> Value {
    let quantiles: Map<String, Value> = SpreadResult::QUANTILES
        .iter()
        .zip(&of.quantiles)
        .map(|(q, measured)| (format!("p{:.0}", 100.0 * q), brief(measured)))
        .collect();
    let within: Vec<Value> = result
        .thresholds
        .iter()
        .zip(&of.within)
        .map(|(&threshold, measured)| {
            json!({ "minutes": minutes(threshold), "share": brief(measured) })
        })
        .collect();
    json!({ "sd": brief(&of.sd), "quantiles": quantiles, "within": within })
}

fn pair_json(result: &ExperimentResult, pair: &Pair) -> Value {
    let differences: Map<String, Value> = result
        .quantities
        .iter()
        .enumerate()
        .filter_map(|(i, quantity)| {
            let difference = pair.differences[i].as_ref()?;
            let mut told = paired(Some(difference));
            told["separates"] = json!(pair.separates(i));
            told["worth_noticing"] = json!(pair.matters(i, result.worth(i)));
            Some((quantity.id(), told))
        })
        .collect();
    json!({
        "first": name(result, pair.first),
        "second": name(result, pair.second),
        "first_minus_second": differences,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};

    #[test]
    fn the_same_bytes_whatever_the_number_of_threads() {
        let model = model_of_desks(6.0);
        let text = |threads| results_text(&run_with(&model, threads), &Provenance::default());
        let one = text(1);
        assert!(one.starts_with("{\n  \"orgsim_results\": 1,\n  \"version\": "));
        for threads in [2, 3, 8] {
            assert!(one == text(threads), "{threads} threads");
        }
        let read: Value = serde_json::from_str(&one).unwrap();
        assert_eq!(serde_json::to_string_pretty(&read).unwrap() + "\n", one);
    }

    #[test]
    fn a_number_that_does_not_exist_is_null() {
        assert_eq!((number(f64::NAN), number(f64::INFINITY)), (Value::Null, Value::Null));
        assert_eq!(number(0.1).to_string(), "0.1");
    }

    #[test]
    fn the_conservation_totals_add_up() {
        let result = run_with(&model_of_desks(6.0), 2);
        let json = results_json(&result, &Provenance::default());
        for design in json["designs"].as_array().unwrap() {
            let of = &design["conservation"];
            let ends: u64 =
                of["ends"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
            assert_eq!(of["arrived"].as_u64().unwrap(), ends + of["inside"].as_u64().unwrap());
        }
    }
}
