//! Changes to a scenario, as a user would type them.

use serde_json::Value;

use crate::model::Model;
use crate::scenario::{PathAndValue, StatedValues};

/// Several settings that belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings(pub Vec<PathAndValue>);

/// From settings to the model they give, or why they give none.
pub type Build<'a> = dyn Fn(&[PathAndValue]) -> Result<Model, String> + 'a;

/// Where settings become models.
#[derive(Clone, Copy)]
pub struct Workbench<'a> {
    /// What the scenario states.
    pub stated: &'a StatedValues,
    /// The model with these settings, or why there is none.
    pub build: &'a Build<'a>,
    /// Business units of the scenario.
    pub units: usize,
}

impl Settings {
    /// One setting.
    pub fn one(path: impl Into<String>, value: impl Into<Value>) -> Settings {
        Settings::default().and(path, value)
    }

    /// One more setting.
    pub fn and(mut self, path: impl Into<String>, value: impl Into<Value>) -> Settings {
        self.0.push((path.into(), value.into()));
        self
    }

    /// As arguments of the command line, quoted for a shell.
    pub fn arguments(&self) -> String {
        let one = |(path, value): &PathAndValue| {
            let value = match value {
                Value::String(text) => text.clone(),
                // 7, where JSON has 7.0
                Value::Number(number) => {
                    number.as_f64().map_or(number.to_string(), |of| format!("{of}"))
                }
                other => other.to_string(),
            };
            format!("--set {}", quoted(&format!("{path}={value}")))
        };
        self.0.iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

/// A word as a shell reads it.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,%+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into()
    } else if word.chars().any(|c| matches!(c, '"' | '$' | '`' | '\\' | '!')) {
        format!("'{}'", word.replace('\'', "'\\''"))
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_typed_as_they_are_meant() {
        let settings = Settings::one("designs.Hub and spoke.approval", "0% of replies")
            .and("designs.A.care agent", 11)
            .and("designs.A.listens", false);
        assert_eq!(
            settings.arguments(),
            "--set \"designs.Hub and spoke.approval=0% of replies\" \
             --set \"designs.A.care agent=11\" --set designs.A.listens=false"
        );
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        for (word, shell) in [
            ("a=b", "a=b"),
            ("no approvals", "\"no approvals\""),
            ("it's $5", "'it'\\''s $5'"),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(word), shell);
        }
    }
}
