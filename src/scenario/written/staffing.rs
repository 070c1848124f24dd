//! What takes a role's people away from cases, in the words of the format.

use serde_json::{Map, Value, json};

use super::laws::law;
use super::quantities::{fraction, length, same};
use crate::draws::{Law, LawForm};
use crate::model::{Absence, Duty, Staffing, Teaching, Turnover};
use crate::scenario::staffing::WORK;
use crate::scenario::text::share;
use crate::units::MINUTES_A_BUSINESS_YEAR;

/// Standing work, absence and turnover, under their keys.
pub(super) fn staffing(of: &Staffing) -> Map<String, Value> {
    let mut json = Map::new();
    for duty in &of.duties {
        let (key, _, _) = WORK.iter().find(|(_, kind, _)| *kind == duty.kind).expect("all kinds");
        json.insert((*key).into(), standing(duty));
    }
    if let Some(of) = &of.absence {
        json.insert("absence".into(), absence(of));
    }
    if let Some(of) = &of.turnover {
        json.insert("turnover".into(), turnover(of));
    }
    json
}

fn standing(duty: &Duty) -> Value {
    let mut json = Map::new();
    json.insert("share".into(), fraction(duty.share));
    json.insert("every".into(), json!(length(duty.every)));
    json.insert("together".into(), json!(duty.together));
    if duty.serves {
        json.insert("serves".into(), json!("what the design says"));
    }
    if let Some(teaching) = &duty.teaches {
        json.insert("teaches".into(), teaches(teaching));
    }
    Value::Object(json)
}

fn teaches(of: &Teaching) -> Value {
    json!({
        "up_to": {
            "generic": fraction(of.generic),
            "own_unit": fraction(of.own_unit),
            "other_units": fraction(of.other_units),
        },
        "learns_in": length(of.learns_in),
        "half_life": length(of.half_life),
    })
}

fn absence(of: &Absence) -> Value {
    let gap = |share: f64| of.lasts.mean() * (1.0 - share) / share;
    let mut json = json!({ "share": percent(of.share(), &of.after, gap), "lasts": law(&of.lasts) });
    if of.at_once {
        json["at_once"] = json!(true);
    }
    json
}

fn turnover(of: &Turnover) -> Value {
    let leave = percent(MINUTES_A_BUSINESS_YEAR / of.stays.mean(), &of.stays, |rate| {
        MINUTES_A_BUSINESS_YEAR / rate
    });
    let newcomer = json!({
        "speed": fraction(of.newcomer.speed),
        "knowledge": fraction(of.newcomer.knowledge),
        "learns_in": length(of.newcomer.learns_in),
    });
    json!({ "leave": format!("{leave}/year"), "vacancy": law(&of.vacancy), "newcomer": newcomer })
}

/// The percentage nearest to `about` of which `mean` makes this exponential law again, bit for bit where
/// there is one.
fn percent(about: f64, wanted: &Law, mean: impl Fn(f64) -> f64) -> String {
    let text = |share: f64| format!("{}%", 100.0 * share);
    let makes = |text: &String| match (share(text), wanted.form()) {
        (Ok(share), LawForm::Exponential(wanted)) => same(mean(share), wanted),
        _ => false,
    };
    let round = format!("{}%", (about * 1e10).round() / 1e8);
    let (mut below, mut above) = (about, about);
    let near = (0..16).flat_map(|_| {
        (below, above) = (below.next_down(), above.next_up());
        [text(below), text(above)]
    });
    [round.clone(), text(about)].into_iter().chain(near).find(makes).unwrap_or(round)
}
