//! Roles in the words of the format.

use serde_json::{Map, Value, json};

use super::hours::open;
use super::laws::law;
use super::people::people;
use super::quantities::{fraction, length, length_of, price, same};
use crate::model::{Desk, Employer, Knowledge, Proactive, Role, TopicId, Work, World};
use crate::scenario::Scenario;
use crate::scenario::roles::{DISCIPLINES, DRAWS, LADDER, SHIFT_ENDS};

/// A role, with everything said and nothing left to defaults.
pub(super) fn role(scenario: &Scenario, role: &Role) -> Value {
    let world = &*scenario.model.world;
    let mut json = Map::new();
    let mut put = |key: &str, value: Value| drop(json.insert(key.into(), value));
    let (people, heads) = people(scenario, role);
    put("people", people);
    if let Some(heads) = heads {
        put("heads", heads);
    }
    if 0.0 < role.cost_per_year {
        let currency = scenario.currency.as_deref().unwrap_or_default();
        put("cost", json!(price(role.cost_per_year, currency)));
    }
    put("open", open(&role.calendar, &scenario.clock));
    if let Some(unit) = role.unit {
        put("unit", json!(world.units[unit.index()]));
    }
    if let Employer::Vendor(name) = &role.employer {
        put("vendor", json!(name));
    }
    match &role.work {
        Work::Serve { service, draw } => {
            match service.as_slice() {
                [only] => put("service", law(only)),
                several => {
                    let names = world.topics.iter().map(|topic| topic.name.clone());
                    put(
                        "service_by_topic",
                        Value::Object(names.zip(several.iter().map(law)).collect()),
                    );
                }
            }
            put("draw", word(DRAWS, *draw));
        }
        Work::Desk(of) => put("desk", desk(of)),
    }
    put("knows", knows(world, role));
    put("discipline", word(DISCIPLINES, role.discipline));
    put("shift_end", word(SHIFT_ENDS, role.shift_end));
    put("block", json!(length(role.block)));
    if let Some(room) = role.waiting_room {
        put("waiting_room", json!(room));
    }
    put("proactive", proactive(role.proactive));
    Value::Object(json)
}

/// The word of a table that means this.
pub(super) fn word<T: PartialEq>(words: &[(&str, T)], meaning: T) -> Value {
    let found = words.iter().find(|(_, known)| *known == meaning).map(|(word, _)| *word);
    json!(found.expect("the table of words has all there is to mean"))
}

fn desk(of: &Desk) -> Value {
    let of_replies = |share: f64| match fraction(share) {
        Value::String(percent) => json!(format!("{percent} of replies")),
        number => number,
    };
    let approval = of_replies(of.approval);
    let ladder: Vec<Value> = of.ladder.iter().map(|&help| word(LADDER, help)).collect();
    let mut json =
        json!({ "triage": of.triage, "answer": of.answer, "ladder": ladder, "approval": approval });
    for (key, share) in [("deflects", of.brevity.deflects), ("to_private", of.brevity.to_private)] {
        if 0.0 < share {
            json[key] = of_replies(share);
        }
    }
    json
}

fn proactive(of: Proactive) -> Value {
    match of {
        Proactive::Never => json!("never"),
        Proactive::WhenIdle { keep_free: 0 } => json!("when idle"),
        Proactive::WhenIdle { keep_free } => json!({ "when_idle": { "keep_free": keep_free } }),
        Proactive::Endless { minutes } => json!({ "endless": { "task": length_of(minutes) } }),
    }
}

/// What a role knows: the first topic's row, and those of topics that differ.
fn knows(world: &World, role: &Role) -> Value {
    let units = world.units.len();
    if role.knowledge == Knowledge::everything(world.topics.len(), units) {
        return json!("everything");
    }
    let row = |topic: usize| -> Vec<f64> {
        (0..=units).map(|domain| role.knowledge.kappa(TopicId(topic as u32), domain)).collect()
    };
    let first = row(0);
    let mut json = known(world, role, &first);
    let differs = |row: &Vec<f64>| row.iter().zip(&first).any(|(a, b)| !same(*a, *b));
    let others: Map<String, Value> = (1..world.topics.len())
        .map(|topic| (topic, row(topic)))
        .filter(|(_, row)| differs(row))
        .map(|(topic, row)| (world.topics[topic].name.clone(), json!(known(world, role, &row))))
        .collect();
    if !others.is_empty() {
        json.insert("topics".into(), Value::Object(others));
    }
    Value::Object(json)
}

/// One row: generic matters, then those of each unit, in short where other units are alike.
fn known(world: &World, role: &Role, row: &[f64]) -> Map<String, Value> {
    let mut json = Map::new();
    json.insert("generic".into(), fraction(row[0]));
    let own = role.unit.map(|unit| 1 + unit.index());
    let others: Vec<f64> = (1..row.len()).filter(|&k| Some(k) != own).map(|k| row[k]).collect();
    if others.iter().all(|kappa| same(*kappa, others[0])) {
        if let Some(own) = own {
            json.insert("own_unit".into(), fraction(row[own]));
        }
        if let Some(&kappa) = others.first() {
            json.insert("other_units".into(), fraction(kappa));
        }
    } else {
        let named = world.units.iter().zip(&row[1..]);
        let units: Map<String, Value> =
            named.map(|(name, kappa)| (name.clone(), fraction(*kappa))).collect();
        json.insert("units".into(), Value::Object(units));
    }
    json
}
