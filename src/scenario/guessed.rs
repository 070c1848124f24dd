//! What its author says is guessed.

use super::tree::{Node, Value};

/// A note that begins so names keys of its object that are guesses, up to its first full stop.
pub(super) const BEGINS: &str = "guessed: ";

/// Whether a source, in its author's words or in ours, says that something is assumed.
pub fn is_guess(source: &str) -> bool {
    source.contains("assum") || source.contains("guess")
}

/// Paths of all that notes of a scenario call guessed, in the order of the file.
pub(super) fn guessed(root: &Node) -> Vec<String> {
    let mut all = Vec::new();
    walk(root, "", &mut all);
    all
}

fn walk(node: &Node, path: &str, all: &mut Vec<String>) {
    let below = |step: &str| if path.is_empty() { step.into() } else { format!("{path}.{step}") };
    match &node.value {
        Value::Object(entries) => {
            for entry in entries {
                match &entry.node.value {
                    Value::Text(note) if entry.name == "note" => {
                        let Some(keys) = note.strip_prefix(BEGINS) else { continue };
                        let keys = keys.split(". ").next().unwrap_or_default();
                        let keys = keys.trim_end_matches('.').split(", ");
                        all.extend(keys.map(|key| below(key.trim())));
                    }
                    _ => walk(&entry.node, &below(&entry.name), all),
                }
            }
        }
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, &below(&at.to_string()), all);
            }
        }
        Value::Null | Value::Flag(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_name_what_is_guessed() {
        let json = serde_json::json!({
            "note": "our own", "customers": { "note": "guessed: messages, topics. Check them." },
            "objectives": [{ "goal": "…", "note": "guessed: goal." }],
            "designs": { "note": "guessed: *.open, *.approval. Check them." },
        });
        let told = guessed(&Node::from_json(&json, None));
        let goal = "objectives.0.goal";
        let designs = ["designs.*.open", "designs.*.approval"];
        assert_eq!(told[..3], ["customers.messages", "customers.topics", goal]);
        assert_eq!(told[3..], designs);
    }
}
