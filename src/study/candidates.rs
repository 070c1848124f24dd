//! The fixed list of single changes.

use serde_json::{Map, Value, json};

use super::setting::{Settings, Workbench};

/// A change to be tried.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) what: String,
    pub(super) settings: Settings,
}

/// Most kinds of people of whom one more is tried.
const MOST_KINDS: usize = 4;

/// Every change on the list that the design's entry in the scenario allows: opening hours,
/// approvals, the hub's help, who owns what, one more head of each kind, and the proactive policy.
///
/// What an entry does not state stands at its default, which a change may still differ from; those
/// that do not fit the design are refused when the model is made, and passed over.
pub(super) fn candidates(design: &str, bench: &Workbench<'_>) -> Vec<Candidate> {
    let root = format!("designs.{design}");
    let Some(entry) = (bench.get)(&root) else { return Vec::new() };
    let body = body(&entry);
    let at = |key: &str| format!("{root}.{key}");
    let mut all = Vec::new();
    let mut change = |what: &str, key: &str, value: Value| {
        if body.get(key) != Some(&value) {
            let settings = Settings::one(at(key), value);
            all.push(Candidate { what: what.into(), settings });
        }
    };
    if body.contains_key("approval") {
        change("no routine approvals", "approval", json!("0% of replies"));
    }
    if body.contains_key("open") {
        change("the same people spread around the clock", "open", json!("always"));
    }
    if body.contains_key("vendor_open") {
        change("the vendor round the clock", "vendor_open", json!("always"));
    }
    if body.contains_key("may_answer") {
        change("a vendor that may answer everything", "may_answer", json!("everything"));
    }
    if body.contains_key("hub") {
        change("help from the hub after 30 minutes", "hub_helps_after", json!("30m"));
        change("all of a unit's matters sent to its spoke", "route", json!("all unit matters"));
    }
    if body.contains_key("own_accounts") {
        change("one shared account instead of one per unit", "own_accounts", json!(false));
    }
    let listens = body.get("listens").and_then(Value::as_bool).unwrap_or(true);
    match listens {
        true => {
            change("one person kept free of mentions", "keep_free", json!(1));
            change("no mentions for those who answer", "listens", json!(false));
        }
        false => change("mentions for those who answer, when idle", "listens", json!(true)),
    }
    all.extend(one_more(&root, &body, bench));
    all
}

/// What stands under the archetype's tag, or the entry itself.
fn body(entry: &Value) -> Map<String, Value> {
    let Some(entry) = entry.as_object() else { return Map::new() };
    let tagged = entry.iter().find_map(|(key, value)| {
        let is_note = matches!(key.as_str(), "note" | "why" | "source" | "contract" | "edits");
        if is_note { None } else { value.as_object() }
    });
    tagged.unwrap_or(entry).clone()
}

/// One more head of each kind the entry counts.
fn one_more(root: &str, body: &Map<String, Value>, bench: &Workbench<'_>) -> Vec<Candidate> {
    let per_unit = 1.0 / bench.units.max(1) as f64;
    let places = [
        ("", 1.0, ""),
        ("hub", 1.0, " at the hub"),
        ("each_unit", per_unit, ""),
        ("each_spoke", per_unit, " in the spokes"),
    ];
    let holds_cost = (bench.get)("experiment.hold_equal").is_some();
    let mut all = Vec::new();
    for (place, more, where_to) in places {
        let heads =
            if place.is_empty() { Some(body) } else { body.get(place).and_then(Value::as_object) };
        for (kind, value) in heads.into_iter().flatten() {
            let Some(heads) = value.as_f64().filter(|_| kind != "keep_free") else { continue };
            let inner = if place.is_empty() { String::new() } else { format!("{place}.") };
            let mut settings = Settings::one(format!("{root}.{inner}{kind}"), heads + more);
            if holds_cost {
                settings = settings.and("experiment.hold_equal.within", "100%");
            }
            all.push(Candidate { what: format!("one more {kind}{where_to}"), settings });
        }
    }
    all.truncate(MOST_KINDS);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    fn list(entry: Value, held: bool) -> Vec<(String, String)> {
        let get = move |path: &str| match path {
            "designs.Hub" => Some(entry.clone()),
            "experiment.hold_equal" if held => Some(json!({ "cost": "$1" })),
            _ => None,
        };
        let build = |_: &[(String, Value)]| -> Result<Model, String> { Err("never built".into()) };
        let bench = Workbench { get: &get, build: &build, units: 4 };
        let all = candidates("Hub", &bench);
        all.into_iter().map(|c| (c.what, c.settings.arguments())).collect()
    }

    #[test]
    fn the_list_follows_what_the_entry_states() {
        let hub = json!({ "hub_and_spoke": {
            "hub": { "care agent": 6 }, "each_spoke": { "care agent": 0.7 },
            "open": "always", "approval": "6% of replies", "hub_helps_after": "2h",
        }});
        let list = list(hub, true);
        let has =
            |what: &str| list.iter().find(|(name, _)| name == what).map(|(_, set)| set.as_str());
        assert_eq!(has("no routine approvals"), Some("--set 'designs.Hub.approval=0% of replies'"));
        assert_eq!(has("the same people spread around the clock"), None);
        assert_eq!(
            has("one more care agent in the spokes"),
            Some(
                "--set 'designs.Hub.each_spoke.care agent=0.95' \
                 --set experiment.hold_equal.within=100%"
            )
        );
        assert!(has("help from the hub after 30 minutes").is_some());
        assert_eq!(has("one shared account instead of one per unit"), None);
    }

    #[test]
    fn an_unknown_design_has_nothing_to_change() {
        assert!(list(Value::Null, false).iter().all(|(what, _)| !what.starts_with("one more")));
    }
}
