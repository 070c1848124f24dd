//! Roles in the words of the format.

use serde_json::{Map, Value, json};

use super::hours::open;
use super::laws::law;
use super::people::people;
use super::quantities::{fraction, length, number, price, same};
use super::staffing::staffing;
use crate::model::{
    Desk, Discipline, Employer, Habits, Knowledge, LineRules, Proactive, Risk, Role, SpareTime,
    Strain, Switching, Terms, TopicId, Work, World,
};
use crate::scenario::Scenario;
use crate::scenario::discipline::{DISCIPLINES, WHEN_FULL};
use crate::scenario::habits::TAKEN_BY;
use crate::scenario::roles::{DRAWS, LADDER, SHIFT_ENDS};

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
    put("discipline", discipline(world, role));
    put("shift_end", word(SHIFT_ENDS, role.shift_end));
    put("block", json!(length(role.block)));
    if let Some(room) = role.waiting_room {
        put("waiting_room", json!(room));
    }
    put("proactive", proactive(&role.proactive));
    if let Some(terms) = &role.terms {
        put("terms", terms_of(terms, scenario.currency.as_deref().unwrap_or_default()));
    }
    if let Some(ramp) = &role.staffing.ramp {
        put("ramp", json!(length(ramp.learns_in.times(3))));
    }
    json.extend(staffing(&role.staffing));
    json.append(&mut habits(&role.habits));
    Value::Object(json)
}

fn terms_of(terms: &Terms, currency: &str) -> Value {
    let mut json = Map::new();
    if 0.0 < terms.per_case {
        let price = price(terms.per_case, currency);
        json.insert("price_per_case".into(), json!(price.trim_end_matches("/year")));
    }
    if let Some(promise) = &terms.promise {
        let promise = json!({
            "within": length(promise.within), "share": fraction(promise.share),
            "penalty": fraction(promise.penalty),
        });
        json.insert("promise".into(), promise);
    }
    Value::Object(json)
}

/// A word, or the discipline with its rules.
fn discipline(world: &World, role: &Role) -> Value {
    let line = &role.line;
    if *line == LineRules::default() {
        return word(DISCIPLINES, role.discipline);
    }
    let named = |value: &dyn Fn(usize) -> Option<Value>| -> Value {
        let topics = world.topics.iter().enumerate();
        Value::Object(
            topics.filter_map(|(i, topic)| Some((topic.name.clone(), value(i)?))).collect(),
        )
    };
    let Discipline::Priority { preemptive } = role.discipline else {
        let due = |topic: usize| line.due[topic].map(|after| json!(length(after)));
        return json!({ "earliest_deadline": { "due": named(&due) } });
    };
    let mut json = Map::new();
    json.insert("preemptive".into(), json!(preemptive));
    if !line.keep_free.is_empty() {
        let kept = |topic: usize| {
            line.keep_free.get(usize::from(world.topics[topic].priority)).map(|n| json!(n))
        };
        json.insert("kept_free".into(), named(&kept));
    }
    if let Some(after) = line.moves_up_after {
        json.insert("moves_up_after".into(), json!(length(after)));
    }
    if line.push_out {
        json.insert("when_full".into(), word(WHEN_FULL, true));
    }
    json!({ "priority": json })
}

/// How people work, as far as it is not one case at a time at an even pace.
fn habits(of: &Habits) -> Map<String, Value> {
    let mut json = Map::new();
    let mut put = |key: &str, value: Value| drop(json.insert(key.into(), value));
    if let Some(slots) = &of.slots {
        let each: Vec<Value> = slots.speeds.iter().map(|&speed| number(speed)).collect();
        put("slots", json!({ "each": each, "parked_count": slots.parked_count }));
    }
    if of.first_listed {
        put("taken_by", word(TAKEN_BY, true));
    }
    if of.switching != Switching::default() {
        let (cases, kinds) = (length(of.switching.cases), length(of.switching.kinds));
        put("switching", json!({ "cases": cases, "kinds": kinds }));
    }
    if let Some(fatigue) = &of.fatigue {
        let (after, rest) = (length(fatigue.after), length(fatigue.rest));
        let slower = fraction(fatigue.slower_each_hour);
        put("fatigue", json!({ "after": after, "slower": slower, "rest": rest }));
    }
    if of.strain != Strain::default() {
        let mut strain = Map::new();
        strain.insert("hurry".into(), fraction(of.strain.hurry));
        if let Some(overload) = &of.strain.overload {
            let overload = json!({
                "after": length(overload.after),
                "above": fraction(overload.above),
                "slower": fraction(overload.slower),
                "errors": number(overload.errors),
            });
            strain.insert("overload".into(), overload);
        }
        put("strain", Value::Object(strain));
    }
    json
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
    if of.authority != Risk::High {
        json["authority"] = json!(of.authority.word());
    }
    if of.only_objectors {
        json["only_objectors"] = json!(true);
    }
    if 0.0 < of.centralization {
        json["centralization"] = fraction(of.centralization);
    }
    for (key, share) in [("deflects", of.brevity.deflects), ("to_private", of.brevity.to_private)] {
        if 0.0 < share {
            json[key] = of_replies(share);
        }
    }
    json
}

fn proactive(of: &Proactive) -> Value {
    match of {
        Proactive::Never => json!("never"),
        Proactive::WhenIdle(when) if *when == SpareTime::default() => json!("when idle"),
        Proactive::WhenIdle(when) => json!({ "when_idle": spare_time(*when) }),
        Proactive::Endless { task, when } => {
            let mut json = spare_time(*when);
            json.insert("task".into(), law(task));
            json!({ "endless": json })
        }
    }
}

fn spare_time(when: SpareTime) -> Map<String, Value> {
    let mut json = Map::new();
    if 0 < when.keep_free {
        json.insert("keep_free".into(), json!(when.keep_free));
    }
    if when.preemptible {
        json.insert("preemptible".into(), json!(true));
    }
    json
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
