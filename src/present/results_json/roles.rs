//! Roles.

use serde_json::{Map, Value, json};

use super::minutes;
use super::numbers::{brief, number};
use crate::experiment::{
    ExperimentResult, Measured, NumbersResult, ROLE_NUMBERS, ROLE_TIMES, RoleResult, SpreadResult,
    TOPIC_NUMBERS, TopicWithin,
};
use crate::sim::Bin;

pub(super) fn role_json(result: &ExperimentResult, role: &RoleResult) -> Value {
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
            let mut told: Map<String, Value> = TOPIC_NUMBERS
                .iter()
                .zip(&topic.numbers)
                .map(|(number, measured)| (number.id.into(), brief(measured)))
                .collect();
            for of in TopicWithin::ALL {
                told.insert(of.id().into(), json!(within(result, topic.within(of))));
            }
            for (name, of) in ROLE_TIMES.iter().zip(&topic.spreads) {
                told.insert(format!("{name}_minutes"), spread(result, of));
            }
            (topic.name.clone(), Value::Object(told))
        })
        .collect();
    let mut told = json!({
        "name": role.name,
        "heads": role.heads.map(number),
        "persons": role.persons,
        "numbers": numbers,
        "bins": bins,
        "topics": topics,
        "wait_minutes": spread(result, &role.wait),
        "inside_minutes": spread(result, &role.inside),
        "wait_abandoned_minutes": spread(result, &role.wait_abandoned),
        "wait_all_minutes": spread(result, &role.wait_all),
        "served_within_of_all": within(result, &role.served_within),
        "number_sd": brief(&role.number_sd),
        "number_shares": role.number_shares.iter().map(|&share| number(share)).collect::<Vec<_>>(),
        "number_shares_measured": role.number_shares_measured.iter().map(brief).collect::<Vec<_>>(),
        "drift": role.drift.iter().map(|&n| number(n)).collect::<Vec<_>>(),
    });
    if let Some(waiting) = &role.waiting {
        told["waiting"] = distribution(waiting);
    }
    told
}

/// The distribution of a number.
pub(super) fn distribution(of: &NumbersResult) -> Value {
    json!({
        "sd": brief(&of.sd),
        "shares": of.shares.iter().map(|&share| number(share)).collect::<Vec<_>>(),
        "shares_measured": of.shares_measured.iter().map(brief).collect::<Vec<_>>(),
    })
}

pub(super) fn spread(result: &ExperimentResult, of: &SpreadResult) -> Value {
    let within = within(result, &of.within);
    json!({ "sd": brief(&of.sd), "quantiles": quantiles(of), "within": within })
}

pub(super) fn quantiles(of: &SpreadResult) -> Value {
    let all = SpreadResult::QUANTILES.iter().zip(&of.quantiles);
    let told: Map<String, Value> =
        all.map(|(q, measured)| (format!("p{:.0}", 100.0 * q), brief(measured))).collect();
    Value::Object(told)
}

pub(super) fn within(result: &ExperimentResult, shares: &[Measured]) -> Vec<Value> {
    result
        .thresholds
        .iter()
        .zip(shares)
        .map(|(&threshold, measured)| {
            json!({ "minutes": minutes(threshold), "share": brief(measured) })
        })
        .collect()
}
