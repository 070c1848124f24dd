//! Values of a scenario in words: what a file says, without its braces.

use serde_json::{Map, Value};

use super::COMMENTS;
use crate::present::significant;

/// What an object states, an entry after the other; entries of these names are left out.
pub(super) fn entries(object: &Map<String, Value>, but: &[&str]) -> String {
    let told = object.iter().filter(|(key, _)| !but.contains(&key.as_str()));
    let told: Vec<String> = told.map(|(key, value)| entry(key, value, 0)).collect();
    told.join("; ")
}

/// A value at this depth below the entry it is of.
pub(super) fn value(of: &Value, depth: usize) -> String {
    match of {
        Value::Null => "nothing".into(),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::Number(number) => match number.as_f64() {
            Some(broken) if !number.is_u64() && !number.is_i64() => digits(broken),
            _ => number.to_string(),
        },
        Value::String(text) => text.clone(),
        Value::Array(items) => list(items, depth),
        Value::Object(object) => {
            let (comments, said): (Vec<_>, Vec<_>) =
                object.iter().partition(|(key, _)| COMMENTS.contains(&key.as_str()));
            let said: Vec<String> =
                said.into_iter().map(|(key, value)| entry(key, value, depth + 1)).collect();
            let comments: Vec<String> = comments
                .into_iter()
                .map(|(key, value)| format!("[{key}: {}]", self::value(value, 1)))
                .collect();
            [said.join(", ")].into_iter().chain(comments).collect::<Vec<_>>().join(" ")
        }
    }
}

/// A number in four digits that count, without zeros at its end.
pub(super) fn digits(number: f64) -> String {
    let text = significant(number, 4);
    text.parse().map_or(text, |rounded: f64| rounded.to_string())
}

/// A name and what it stands for.
pub(super) fn entry(key: &str, of: &Value, depth: usize) -> String {
    let name = key.replace('_', " ");
    match of {
        Value::Bool(true) => name,
        Value::Object(object) if object.is_empty() => name,
        Value::Object(_) | Value::Array(_) if depth == 0 => format!("{name}: {}", value(of, depth)),
        Value::Object(_) => format!("{name} ({})", value(of, depth)),
        _ => format!("{name} {}", value(of, depth)),
    }
}

fn list(items: &[Value], depth: usize) -> String {
    let told: Vec<String> = items
        .iter()
        .map(|item| match item {
            Value::Object(_) if 1 < items.len() => format!("({})", value(item, depth)),
            Value::Array(_) => format!("({})", value(item, depth)),
            _ => value(item, depth),
        })
        .collect();
    let nested = 0 < depth && items.iter().all(|item| !item.is_object() && !item.is_array());
    told.join(if nested { " / " } else { ", " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(of: &Value) -> String {
        entries(of.as_object().expect("an object"), &["note"])
    }

    #[test]
    fn a_role_reads_as_a_list_of_what_is_said_of_it() {
        let role = json!({
            "note": "left out",
            "people": [{ "heads": 6.6, "present": 0.369_047_62 }],
            "open": "daily 08:00-20:00",
            "desk": { "triage": true, "answer": false, "ladder": ["consult", "guess"] },
            "absence": { "share": "5%", "lasts": { "exponential": { "mean": "2 days" } } },
            "waiting_room": 3,
        });
        expect_test::expect![
            "people: heads 6.6, present 0.369; open daily 08:00-20:00; desk: triage, answer no, ladder consult / guess; absence: share 5%, lasts (exponential (mean 2 days)); waiting room 3"
        ]
        .assert_eq(&told(&role));
    }

    #[test]
    fn lists_within_an_entry_are_told_apart_from_the_entries_beside_them() {
        let two = json!({ "people": [{ "heads": 1 }, { "heads": 2, "speaks": ["de", "fr"] }] });
        assert_eq!(told(&two), "people: (heads 1), (heads 2, speaks de / fr)");
        let noted = json!({ "surge": { "why": "a storm", "times": 5 } });
        assert_eq!(told(&noted), "surge: times 5 [why: a storm]");
    }
}
