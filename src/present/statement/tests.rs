use serde_json::{Value, json};

use super::*;
use crate::scenario::{Overlay, Source, load};

/// The statement of a scenario, with its networks.
fn stated(text: &str) -> String {
    let source = Source::new("mine.json", text);
    let overlay = Overlay::default();
    let scenario = load(&source, &overlay).expect("it is a scenario");
    let networks: Vec<Value> =
        (0..scenario.model.designs.len()).map(|at| scenario.graph(&source, &overlay, at)).collect();
    model_statement(&Stating {
        scenario: &scenario,
        stated: &StatedValues::of(&source, &overlay),
        networks: &networks,
        logs: &[],
        file: "mine.json",
        options: "",
    })
}

#[test]
fn a_queueing_network_is_stated_whole() {
    let text = json!({
        "orgsim": 1,
        "question": "How long is the line?",
        "customers": {
            "plain": true, "messages": "1.5/hour", "source": "a textbook",
            "behavior": { "patience": { "law": { "exponential": { "mean": "2h" } } } },
        },
        "designs": { "One | desk": { "graph": {
            "roles": { "desk": { "people": 2, "service": { "exponential": { "mean": "1h" } } },
                       "back": { "people": 1, "service": "20m" } },
            "links": [ { "intake": { "to": "desk" } },
                       { "route": { "from": "desk", "to": "back", "share": "40%" } } ],
        } } },
        "experiment": { "kind": "from empty", "run_for": "30 days", "repeat": 10, "seed": 4 },
    });
    expect_test::expect_file!["queue.md"].assert_eq(&stated(&text.to_string()));
}

/// Every entry that a file states stands in its statement, by its name and value.
fn look(value: &Value, told: &str, missing: &mut Vec<String>) {
    let find = |text: String, missing: &mut Vec<String>| {
        if !told.contains(&text) {
            missing.push(text);
        }
    };
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| *key != "$schema") {
                let name = key.replace('_', " ");
                match value {
                    Value::String(text) if COMMENTS.contains(&key.as_str()) => {
                        find(text.clone(), missing)
                    }
                    Value::String(text)
                        if ["question", "about", "what", "goal", "id"].contains(&key.as_str()) =>
                    {
                        find(text.clone(), missing);
                    }
                    Value::String(text) => find(format!("{name} {text}"), missing),
                    Value::Number(number) => find(format!("{name} {number}"), missing),
                    other => look(other, told, missing),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, told, missing)),
        _ => {}
    }
}

#[test]
fn every_value_of_shipped_scenarios_is_stated() {
    for name in ["quickstart", "erlang_a", "archetypes", "speed_or_consistency", "proactive"] {
        let text = std::fs::read_to_string(format!("scenarios/{name}.json")).expect("it ships");
        let told = stated(&text).replace('\\', "");
        let mut scenario: Value = serde_json::from_str(&text).expect("it is JSON");
        // what is for the program's own eyes
        for key in ["orgsim", "objectives"] {
            scenario.as_object_mut().expect("it has blocks").remove(key);
        }
        let mut missing = Vec::new();
        look(&scenario, &told, &mut missing);
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}
