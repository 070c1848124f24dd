//! What a scenario states, by path: the values of its text under the changes laid over it.

use serde_json::{Map, Value};

use super::path::{find, plan_tag};
use super::report::Report;
use super::tree::Node;
use super::{Overlay, Source, overlay, syntax};

/// The values that a scenario states itself, as they are under its changes. Defaults are none of them.
#[derive(Debug, Clone)]
pub struct StatedValues(Node);

impl StatedValues {
    /// The values of a text that was read as a scenario before, under the same changes; none of a text that is not one.
    pub fn of(source: &Source, changes: &Overlay) -> StatedValues {
        let mut tree = match syntax::parse(&source.text) {
            Ok((tree, _)) => tree,
            Err(_) => Node::from_json(&Value::Null, None),
        };
        overlay::apply(&mut tree, changes, &Report::of_a_trial());
        StatedValues(tree)
    }

    /// The values of a scenario given as JSON.
    pub fn of_json(scenario: &Value) -> StatedValues {
        StatedValues(Node::from_json(scenario, None))
    }

    /// All of them, as one document.
    pub fn all(&self) -> Value {
        self.0.to_json()
    }

    /// The value at a path as `--set` takes it; `None` where nothing is stated.
    pub fn get(&self, path: &str) -> Option<Value> {
        let place = find(&self.0, path).ok()?.places.into_iter().next()?;
        let node = place.steps.iter().try_fold(&self.0, |node, step| node.child(step))?;
        Some(node.to_json())
    }

    /// What a design states under the name of its archetype; nothing where it has none.
    pub fn plan(&self, design: &str) -> Map<String, Value> {
        let entry = self.0.child("designs").and_then(|all| all.child(design));
        let plan = entry.and_then(|entry| entry.child(plan_tag(entry)?));
        match plan.map(Node::to_json) {
            Some(Value::Object(plan)) => plan,
            _ => Map::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn stated(text: &str, sets: &[&str]) -> StatedValues {
        let changes = sets.iter().fold(Overlay::default(), |changes, set| {
            changes.set(set).expect("it has a path and a value")
        });
        StatedValues::of(&Source::new("mine.json", text), &changes)
    }

    #[test]
    fn values_are_found_under_comments_and_dotted_names() {
        let text = r#"{ /* why */ "designs": { "A. B": { "centralized": { "care agent": 3, } } }, "experiment": { "seed": 7 } }"#;
        let stated = stated(text, &[]);
        assert_eq!(stated.get("experiment.seed"), Some(7.into()));
        let plan = json!({ "care agent": 3 });
        assert_eq!(stated.get("designs.A. B"), Some(json!({ "centralized": plan })));
        assert_eq!(stated.get("designs.A. B.care agent"), Some(3.into()));
        assert_eq!(stated.get("experiment.repeat"), None);
        assert_eq!(Value::Object(stated.plan("A. B")), plan);
        assert!(stated.plan("A").is_empty());
    }

    #[test]
    fn what_the_command_line_sets_is_stated() {
        let text = r#"{ "designs": { "A": { "centralized": { "care agent": 3 } } } }"#;
        let set = [
            "designs.A.care agent=5",
            r#"designs.A.edits=[{ "remove": { "role": "strategist" } }]"#,
            "experiment.hold_equal.cost=$1/year",
        ];
        let stated = stated(text, &set);
        assert_eq!(stated.plan("A").get("care agent"), Some(&5.into()));
        assert!(stated.get("designs.A.edits").is_some_and(|edits| edits[0].is_object()));
        assert!(stated.get("experiment.hold_equal").is_some());
    }

    #[test]
    fn what_stands_beside_the_plan_is_no_plan() {
        let text = r#"{ "designs": { "A": { "duties": { "agent": { "meetings": "1h/week" } },
            "dialogue": { "deflects": "5%" }, "hub_and_spoke": { "open": "always" } } } }"#;
        assert_eq!(Value::Object(stated(text, &[]).plan("A")), json!({ "open": "always" }));
    }

    #[test]
    fn values_keep_the_order_of_the_file() {
        let names: Vec<String> = (0..30).map(|n| format!("kind {}", n * 7 % 30)).collect();
        let all: Vec<String> = names.iter().map(|name| format!("\"{name}\": 1")).collect();
        let text = format!("{{ \"people\": {{ {} }} }}", all.join(", "));
        let people = stated(&text, &[]).get("people").unwrap();
        assert_eq!(people.as_object().unwrap().keys().cloned().collect::<Vec<_>>(), names);
    }

    #[test]
    fn a_text_that_is_no_scenario_states_nothing() {
        assert_eq!(stated("{", &[]).get("customers"), None);
    }
}
