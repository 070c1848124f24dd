//! Where changes to a scenario become models: what the search for a next step works with.

use jsonc_parser::{JsonValue, ParseOptions};
use serde_json::Value;

use crate::cli::arguments::Overlaid;
use crate::cli::opened::Opened;
use crate::model::Model;
use crate::scenario::{Overlay, load};

/// The scenario's own values by path.
#[derive(Debug, Default)]
pub(super) struct Stated(Value);

impl Stated {
    /// The values of a text that was read as a scenario before.
    pub(super) fn of(text: &str) -> Stated {
        let parsed = jsonc_parser::parse_to_value(text, &ParseOptions::default());
        Stated(parsed.ok().flatten().map_or(Value::Null, plain))
    }

    /// The value at a path; a design's name may hold dots.
    pub(super) fn get(&self, path: &str) -> Option<Value> {
        let whole = path.strip_prefix("designs.").and_then(|name| self.0.get("designs")?.get(name));
        let found = whole.or_else(|| path.split('.').try_fold(&self.0, |value, key| value.get(key)));
        found.cloned()
    }
}

/// The model of the scenario with more settings laid over it, or the first reason why there is none.
pub(super) fn build(opened: &Opened, overlaid: &Overlaid, settings: &[(String, Value)]) -> Result<Model, String> {
    let more = Overlay { sets: settings.to_vec(), ..Overlay::default() };
    let overlay = opened.overlay.clone().and(&more);
    let first = |problems: Vec<crate::model::Diagnostic>| {
        problems.into_iter().next().map_or_else(String::new, |problem| problem.message)
    };
    let mut scenario = load(&opened.source, &overlay).map_err(first)?;
    overlaid.lay_over(&mut scenario).map_err(|failure| failure.text())?;
    Ok(scenario.model)
}

fn plain(value: JsonValue<'_>) -> Value {
    match value {
        JsonValue::Null => Value::Null,
        JsonValue::Boolean(flag) => Value::Bool(flag),
        JsonValue::String(text) => Value::String(text.into_owned()),
        JsonValue::Number(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        JsonValue::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        JsonValue::Object(entries) => {
            Value::Object(entries.into_iter().map(|(name, value)| (name.to_string(), plain(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_under_comments_and_dotted_names() {
        let stated = Stated::of(r#"{ /* why */ "designs": { "A. B": { "centralized": { "care agent": 3, } } }, "experiment": { "seed": 7 } }"#);
        assert_eq!(stated.get("experiment.seed"), Some(7.into()));
        assert_eq!(stated.get("designs.A. B"), Some(serde_json::json!({ "centralized": { "care agent": 3 } })));
        assert_eq!(stated.get("experiment.repeat"), None);
        assert_eq!(Stated::of("{").get("a"), None);
    }
}
