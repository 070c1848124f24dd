//! Where changes to a scenario become models: what the search for a next step works with.

use jsonc_parser::ast::{ObjectPropName, Value as Node};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Value;

use crate::cli::opened::Opened;
use crate::model::Model;
use crate::scenario::Overlay;

/// The scenario's own values by path.
#[derive(Debug, Default)]
pub(super) struct Stated(Value);

impl Stated {
    /// The values of a text that was read as a scenario before, in the order in which they are written.
    pub(super) fn of(text: &str) -> Stated {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
        Stated(parsed.ok().and_then(|parsed| parsed.value).map_or(Value::Null, plain))
    }

    /// The value at a path; a design's name may hold dots.
    pub(super) fn get(&self, path: &str) -> Option<Value> {
        let whole = path.strip_prefix("designs.").and_then(|name| self.0.get("designs")?.get(name));
        let found =
            whole.or_else(|| path.split('.').try_fold(&self.0, |value, key| value.get(key)));
        found.cloned()
    }
}

/// The model of the scenario with more settings laid over it, or the first reason why there is none.
pub(super) fn build(opened: &Opened, settings: &[(String, Value)]) -> Result<Model, String> {
    let more = Overlay { sets: settings.to_vec(), ..Overlay::default() };
    let first = |problems: Vec<crate::model::Diagnostic>| {
        problems.into_iter().next().map_or_else(String::new, |problem| problem.message)
    };
    Ok(opened.changed(&more).map_err(first)?.model)
}

/// The value of a node of the syntax tree. (The parser's own values are hashed, and so in no order.)
fn plain(node: Node<'_>) -> Value {
    match node {
        Node::NullKeyword(_) => Value::Null,
        Node::BooleanLit(flag) => Value::Bool(flag.value),
        Node::StringLit(text) => Value::String(text.value.into_owned()),
        Node::NumberLit(number) => serde_json::from_str(number.value).unwrap_or(Value::Null),
        Node::Array(list) => Value::Array(list.elements.into_iter().map(plain).collect()),
        Node::Object(object) => Value::Object(
            object
                .properties
                .into_iter()
                .map(|property| {
                    let name = match property.name {
                        ObjectPropName::String(name) => name.value.into_owned(),
                        ObjectPropName::Word(name) => name.value.to_owned(),
                    };
                    (name, plain(property.value))
                })
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_under_comments_and_dotted_names() {
        let stated = Stated::of(
            r#"{ /* why */ "designs": { "A. B": { "centralized": { "care agent": 3, } } }, "experiment": { "seed": 7 } }"#,
        );
        assert_eq!(stated.get("experiment.seed"), Some(7.into()));
        assert_eq!(
            stated.get("designs.A. B"),
            Some(serde_json::json!({ "centralized": { "care agent": 3 } }))
        );
        assert_eq!(stated.get("experiment.repeat"), None);
        assert_eq!(Stated::of("{").get("a"), None);
    }

    #[test]
    fn values_keep_the_order_of_the_file() {
        let names: Vec<String> = (0..30).map(|n| format!("kind {}", n * 7 % 30)).collect();
        let all: Vec<String> = names.iter().map(|name| format!("\"{name}\": 1")).collect();
        let stated = Stated::of(&format!("{{ \"people\": {{ {} }} }}", all.join(", ")));
        let people = stated.get("people").unwrap();
        assert_eq!(people.as_object().unwrap().keys().cloned().collect::<Vec<_>>(), names);
    }
}
