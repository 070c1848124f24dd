//! `results.json`: everything, versioned, with the same bytes on every machine.

mod judgments;
pub(super) mod numbers;
mod outline;
mod roles;
mod written;

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use judgments::{goal_json, hours_json, next_step_json, score_json};
use numbers::{brief, full, maybe, number, paired};
pub use outline::outline_json;
use roles::{NumbersWritten, QuantilesWritten, RoleWritten, SpreadWritten, WithinWritten};
use written::Written;

use crate::experiment::{
    ArrivalsResult, CountsResult, DesignResult, ExperimentResult, ObservedResult, Pair,
    PrecisionReached, ScopeOf, ScopeResult, TopicInsideResult, Totals, curve_times,
};
use crate::model::StudyKind;
use crate::present::tables::{better, unit};
use crate::present::warnings::{estimated, warnings};
use crate::scenario::PathAndValue;
use crate::sim::{End, MentionCounts};
use crate::study::{HoursCheck, NextStep};
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
    pub settings: &'a [PathAndValue],
    /// Sign or code of the currency.
    pub currency: &'a str,
    /// Whether opening hours decide, if that was looked at.
    pub hours: Option<&'a HoursCheck>,
    /// Changes that were tried.
    pub next_step: Option<&'a NextStep>,
    /// Studies, as [`studies_json`](crate::present::studies_json) gives them.
    pub studies: Option<&'a Value>,
    /// What named changes do, as [`changes_json`](crate::present::changes_json) gives it.
    pub what_ifs: Option<&'a Value>,
    /// What the answer depends on, as [`dials_json`](crate::present::dials_json) gives it.
    pub dials: Option<&'a Value>,
}

/// The whole result.
///
/// No wall-clock time, no thread number; keys in a fixed order; numbers as the shortest text that
/// reads back to the same bits; a number that does not exist is `null`, never NaN.
pub fn results_json(result: &ExperimentResult, provenance: &Provenance<'_>) -> Value {
    let mut all = results_frame(result, provenance);
    let designs = all["designs"].as_array_mut().into_iter().flatten();
    for (told, of) in designs.zip(&result.designs) {
        told["roles"] = of.roles.iter().map(|role| json!(RoleWritten { result, role })).collect();
    }
    all["pairs"] = result.pairs.iter().map(|of| pair_json(result, of)).collect();
    all
}

/// The same without what is told of single roles and of pairs of designs: their lists are empty. Of thousands of roles, or a
/// hundred designs, they take more memory than all the rest of a run.
pub fn results_frame(result: &ExperimentResult, provenance: &Provenance<'_>) -> Value {
    let mut all = whole(result, provenance);
    if let Some(studies) = provenance.studies {
        all["studies"] = studies.clone();
    }
    if let Some(what_ifs) = provenance.what_ifs {
        all["what_ifs"] = what_ifs.clone();
    }
    if let Some(reached) = &result.precision {
        all["precision"] = precision_json(result, reached);
    }
    if let Some(dials) = provenance.dials {
        all["dials"] = dials.clone();
    }
    all
}

fn precision_json(result: &ExperimentResult, reached: &PrecisionReached) -> Value {
    json!({
        "asked": reached.asked.within,
        "at_most": reached.asked.at_most,
        "reached": reached.is_reached(),
        "widest": reached.widest.as_ref().map(|widest| json!({
            "design": result.designs[widest.design].name,
            "what": estimated(result, widest),
            "half_width_of_value": Some(widest.share).filter(|share| share.is_finite()),
        })),
        "withheld": reached.withheld.iter().map(|&of| &result.designs[of].name).collect::<Vec<_>>(),
        "too_short": reached.too_short,
    })
}

fn whole(result: &ExperimentResult, provenance: &Provenance<'_>) -> Value {
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
        "given_log": result.given_log,
        "worth_noticing": {
            "share": result.worth_noticing.share,
            "minutes": result.worth_noticing.minutes,
            "money": result.worth_noticing.money,
        },
        "observed_at_minutes": result.observed_at.iter().map(|&t| minutes(t)).collect::<Vec<_>>(),
        "thresholds_minutes": result.thresholds.iter().map(|&t| minutes(t)).collect::<Vec<_>>(),
        "warnings": warnings(result),
        "measures": result.quantities.iter().map(|quantity| json!({
            "id": quantity.id(),
            "name": quantity.name(),
            "unit": unit(quantity.unit()),
            "better": better(quantity.measure.better),
            "score": quantity.measure.score.id(),
        })).collect::<Vec<_>>(),
        "scores": result.scores.iter().map(|of| score_json(result, of)).collect::<Vec<_>>(),
        "goals": result.goals.iter().map(|of| goal_json(result, of)).collect::<Vec<_>>(),
        "hours": provenance.hours.map(|check| hours_json(result, check)),
        "next_step": provenance.next_step.map(|next| next_step_json(next, result)),
        "curve_minutes": curve_times().into_iter().map(minutes).collect::<Vec<_>>(),
        "designs": result.designs.iter().map(|of| design_json(result, of)).collect::<Vec<_>>(),
        "pairs": [],
    })
}

/// The same as text, ending with a line feed.
pub fn results_text(result: &ExperimentResult, provenance: &Provenance<'_>) -> String {
    let mut text = Vec::new();
    write_results(&mut text, result, provenance).expect("memory takes all of it");
    String::from_utf8(text).expect("JSON is text")
}

/// The same text, written as it comes about: of thousands of roles, or a hundred designs, it takes more memory than all the
/// rest of a run.
///
/// # Errors
/// When `to` does not take it.
pub fn write_results(
    to: &mut dyn Write,
    result: &ExperimentResult,
    provenance: &Provenance<'_>,
) -> io::Result<()> {
    let written = Written { frame: &results_frame(result, provenance), result };
    serde_json::to_writer_pretty(&mut *to, &written)?;
    to.write_all(b"\n")
}

fn minutes(length: SimTime) -> Value {
    if length == SimTime::NEVER { Value::Null } else { json!(length.minutes()) }
}

fn name(result: &ExperimentResult, design: usize) -> &str {
    &result.designs[design].name
}

fn design_json(result: &ExperimentResult, of: &DesignResult) -> Value {
    let scopes: Vec<Value> = result
        .scopes
        .iter()
        .zip(&of.scopes)
        .map(|(name, scope)| scope_json(result, &name.name, name.of, scope))
        .collect();
    let mut told = json!({
        "name": of.name,
        "cost_per_year": number(of.cost_per_year),
        "headcount": number(of.headcount),
        "structure": of.outline.as_ref().map(outline_json),
        "completed": of.completed,
        "withheld": of.withheld,
        "overload": of.falls_behind().map(|(role, per_day)| json!({
            "role": role, "more_per_day": number(per_day),
        })),
        "stopped": of.stopped.map(|(stop, replication)| json!({
            "replication": replication,
            "why": stop.key(),
            "role": stop.role().and_then(|role| of.roles.get(role as usize)).map(|role| &role.name),
        })),
        "scopes": scopes,
        "roles": Value::Array(Vec::new()),
        "busiest_role": of.busiest_role().map(|role| role.name.as_str()),
        "backlog_by_hour_of_week": of.backlog_by_hour.iter().map(brief).collect::<Vec<_>>(),
        "longest_backlog": brief(&of.longest_backlog),
        "minutes_inside": brief(&of.time_inside),
        "minutes_inside_spread": SpreadWritten { result, of: &of.time_inside_spread },
        "topics": of.topics_inside.iter().map(|topic| {
            (topic.name.clone(), topic_json(result, topic))
        }).collect::<Map<String, Value>>(),
        "inquiries_inside": brief(&of.inquiries_inside),
        "inquiries_between_roles": brief(&of.between_roles),
        "inquiries_left_per_hour": brief(&of.left_per_hour),
        "visits_per_inquiry": {
            "mean": brief(&of.visits_each.mean),
            "sd": brief(&of.visits_each.sd),
            "shares": of.visits_each.shares.iter().map(brief).collect::<Vec<_>>(),
        },
        "inquiries_by_visits": of.visits,
        "observed": of.observed.iter().map(|roles| {
            roles.iter().map(observed_json).collect::<Vec<_>>()
        }).collect::<Vec<_>>(),
        "conservation": conservation_json(&of.totals),
    });
    if let Some(inside) = &of.number_inside {
        told["number_inside"] = json!(NumbersWritten(inside));
    }
    if let Some(arrivals) = &of.arrivals {
        told["arrivals"] = arrivals_json(arrivals);
    }
    if let Some((mean, spread)) = &of.total_wait {
        told["total_wait_minutes"] = json!(SpreadWritten { result, of: spread });
        told["total_wait_minutes"]["mean"] = brief(mean);
    }
    told
}

/// Whoever came, and where they are.
fn conservation_json(totals: &Totals) -> Value {
    let ends: Map<String, Value> =
        End::ALL.iter().map(|&end| (end.key().into(), json!(totals.ends[end as usize]))).collect();
    let MentionCounts { seen, touched, expired, open } = totals.mentions;
    json!({
        "arrived": totals.arrived,
        "ends": ends,
        "inside": totals.inside,
        "contacts": [totals.contacts, totals.contacts_closed, totals.contacts_inside],
        "mentions": [seen, touched, expired, open],
        // Larger than numbers of JSON readers are exact, so text.
        "area_microseconds": totals.area_micros.to_string(),
        "events": totals.events,
    })
}

/// How many came in days and weeks.
fn arrivals_json(arrivals: &ArrivalsResult) -> Value {
    let counts =
        |of: &CountsResult| json!({ "mean": brief(&of.mean), "variance": brief(&of.variance) });
    json!({
        "per_day": counts(&arrivals.day),
        "by_day_of_week": arrivals.weekdays.iter().map(counts).collect::<Vec<_>>(),
        "per_week": counts(&arrivals.week),
    })
}

/// The inquiries about one topic that left; their quantiles where they were asked for.
fn topic_json(result: &ExperimentResult, topic: &TopicInsideResult) -> Value {
    let mut told = json!({
        "minutes_inside": brief(&topic.minutes),
        "minutes_inside_sd": brief(&topic.minutes_sd),
        "minutes_inside_within": WithinWritten { result, shares: &topic.within },
        "inquiries_left_per_hour": brief(&topic.left_per_hour),
    });
    if let Some(spread) = &topic.spread {
        told["minutes_inside_quantiles"] = json!(QuantilesWritten(spread));
    }
    told
}

fn observed_json(seen: &ObservedResult) -> Value {
    let mut told = json!({
        "number": brief(&seen.number),
        "busy": brief(&seen.busy),
        "empty": brief(&seen.empty),
        "number_squares": brief(&seen.number_squares),
        "number_sd": maybe(seen.number_sd),
    });
    if let Some(of) = &seen.numbers {
        told["numbers"] = json!(NumbersWritten(of));
    }
    told
}

fn scope_json(result: &ExperimentResult, name: &str, of: ScopeOf, scope: &ScopeResult) -> Value {
    let kind = match of {
        ScopeOf::All => "all",
        ScopeOf::Objective(_) => "objective",
        ScopeOf::Channel(_) => "channel",
        ScopeOf::Topic(_) => "topic",
        ScopeOf::Segment(_) => "segment",
        ScopeOf::Language(_) => "language",
        ScopeOf::Stage(_) => "stage",
        ScopeOf::Public => "public",
        ScopeOf::Private => "private",
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
            (cause.cause.key().into(), told)
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
        assert_eq!(read["designs"].as_array().unwrap().len(), 2);
        assert!(!one.contains("NaN"));
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
