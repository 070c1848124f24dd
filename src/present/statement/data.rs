//! Section 3: what goes into the model, and where it is from.

use serde_json::{Map, Value};

use super::{COMMENTS, Stating, items_of, prose};
use crate::present::document::{Block, Section};

pub(super) fn sections(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Section> {
    vec![
        Section::new("3.1 Data sources", sources(root)),
        Section::new("3.2 Preprocessing", preprocessing(of)),
        Section::new("3.3 Input parameters", parameters(root)),
        Section::new("3.4 Assumptions", assumptions(of)),
    ]
}

/// What the file says of where its values are from.
fn sources(root: &Map<String, Value>) -> Vec<Block> {
    let mut found = Vec::new();
    if let Some(source) = root.get("source").and_then(Value::as_str) {
        found.push(format!("the scenario: {source}"));
    }
    for (key, value) in root {
        collect(key, value, &mut found);
    }
    let mut blocks: Vec<Block> = found.into_iter().map(Block::Item).collect();
    if blocks.is_empty() {
        blocks.push(Block::Say("The file names no sources of its values.".into()));
    }
    blocks
}

/// The notes, reasons and sources at and below a value, each with its path.
fn collect(path: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if COMMENTS.contains(&key.as_str()) => {
                        found.push(format!("{path} ({key}): {text}"));
                    }
                    value => collect(&format!("{path}.{key}"), value, found),
                }
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                collect(&format!("{path}.{number}"), item, found);
            }
        }
        _ => {}
    }
}

fn preprocessing(of: &Stating<'_>) -> Vec<Block> {
    if of.logs.is_empty() {
        return vec![Block::Say("No recorded data are read; all customers are drawn.".into())];
    }
    of.logs.iter().flatten().map(|sentence| Block::Item(sentence.clone())).collect()
}

/// All that the file states about customers, people and designs.
fn parameters(root: &Map<String, Value>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for block in ["customers", "people", "knowledge", "practice", "designs", "absences"] {
        let items = items_of(root.get(block));
        if !items.is_empty() {
            blocks.push(Block::Say(format!("Stated under {block}:")));
            blocks.extend(items.into_iter().map(Block::Item));
        }
    }
    blocks
}

fn assumptions(of: &Stating<'_>) -> Vec<Block> {
    let scenario = of.scenario;
    let mut blocks = Vec::new();
    if !scenario.guessed.is_empty() {
        blocks.push(Block::Say("Guesses, by the file's own notes:".into()));
        blocks.extend(scenario.guessed.iter().cloned().map(Block::Item));
    }
    if scenario.defaults_used.is_empty() {
        blocks.push(Block::Say("No default is relied on.".into()));
        return blocks;
    }
    let swept = match scenario.assumed.is_empty() || scenario.depends.is_empty() {
        true => "",
        false => "; those that may be otherwise are swept",
    };
    blocks.push(Block::Say(format!("Where the file says nothing, these hold{swept}:")));
    let of_defaults = scenario.defaults_used.iter().map(|default| {
        let value = in_words(default.value);
        let range = default.range.as_ref().map_or(String::new(), |range| {
            let (low, high) = (in_words(range.low), in_words(range.high));
            format!("; may be {low} to {high} ({})", range.source)
        });
        let (key, meaning, source) = (default.key, default.meaning, default.source);
        format!("{key}: {value}; {meaning} ({source}){range}")
    });
    blocks.extend(of_defaults.map(Block::Item));
    blocks
}

/// A value that is written as JSON.
fn in_words(json: &str) -> String {
    serde_json::from_str(json).map_or_else(|_| json.to_owned(), |value| prose::value(&value, 0))
}
