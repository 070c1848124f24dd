//! The JSON Schema of the format, kept by hand beside the reader.

/// JSON Schema (draft 2020-12) of version 1 of the format, for editors.
pub const SCHEMA: &str = include_str!("schema.json");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::keys::{ANYWHERE, MAPPING, SCENARIO, SHAPES};

    #[test]
    fn the_schema_has_the_keys_of_the_reader() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
        // a mapping shows its kind first; the three kinds have shapes of their own
        for shape in SHAPES.iter().filter(|shape| shape.what != MAPPING.what) {
            let of = if shape.what == SCENARIO.what {
                &schema
            } else {
                let all = schema["$defs"].as_object().expect("definitions are an object");
                all.values()
                    .find(|of| of["description"] == shape.what && same(of, shape.keys))
                    .unwrap_or_else(|| {
                        panic!("the schema lacks {} or differs in its keys", shape.what)
                    })
            };
            assert!(same(of, shape.keys), "{}", shape.what);
        }
        let references: BTreeSet<&str> =
            SCHEMA.split("#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for reference in references {
            assert!(schema["$defs"].get(reference).is_some(), "{reference}");
        }
    }

    /// The bounds of whole numbers, in a scenario that states one of them.
    #[test]
    fn the_schema_bounds_whole_numbers_as_the_reader_does() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
        let customers = |text: &str| {
            format!(
                r#"{{ "orgsim": 1, "customers": {{ "plain": true, {text} }},
                "designs": {{ "A": {{ "graph": {{ "roles": {{ "d": {{ "people": 1, "service": "1m" }} }},
                    "links": [ {{ "intake": {{ "to": "d" }} }} ] }} }} }} }}"#
            )
        };
        let role = |text: &str| customers(r#""messages": "1/day""#).replace(r#""people": 1"#, text);
        for (at, text) in [
            ("customers/stop_after", customers(r#""messages": "1/day", "stop_after": N"#)),
            ("customers/at_start", customers(r#""at_start": N"#)),
            (
                "sine/cycles",
                customers(
                    r#""messages": "1/day", "week": { "period": "24h", "sines": [{ "swing": 0.5, "cycles": N }] }"#,
                ),
            ),
            (
                "erlang/stages",
                role(r#""people": 1"#)
                    .replace(r#""1m""#, r#"{ "erlang": { "stages": N, "mean": "1m" } }"#),
            ),
            ("slots/most", role(r#""people": 1, "slots": { "most": N, "slowdown": 0.1 }"#)),
            ("role/waiting_room", role(r#""people": 1, "waiting_room": N"#)),
        ] {
            let (shape, key) = at.split_once('/').expect("a shape and a key");
            let shapes = schema["$defs"].as_object().expect("definitions are an object").values();
            let mut stated = shapes.chain([&schema["properties"][shape]]).filter(|of| {
                let what = of["description"].as_str().unwrap_or_default();
                what.contains(shape) && of["properties"].get(key).is_some()
            });
            let bound = &stated.next().unwrap_or_else(|| panic!("{at}"))["properties"][key];
            let [least, most] = ["minimum", "maximum"].map(|of| bound[of].as_u64().expect(at));
            let refused = |n: &str| {
                let source = crate::scenario::Source::new("bounds", text.replace('N', n));
                let told = crate::scenario::load(&source, &crate::scenario::Overlay::default());
                told.is_err_and(|all| all.iter().any(|one| one.code == "out-of-range"))
            };
            assert!(refused(&(most + 1).to_string()), "{at}: more than {most}");
            assert!(least == 0 || refused(&(least - 1).to_string()), "{at}: less than {least}");
            assert!(!refused(&least.to_string()), "{at}: {least}");
        }
    }

    fn same(of: &serde_json::Value, keys: &[&str]) -> bool {
        let stated: BTreeSet<&str> = of["properties"]
            .as_object()
            .map(|map| map.keys().map(String::as_str).collect())
            .unwrap_or_default();
        stated == keys.iter().chain(ANYWHERE).copied().collect()
    }
}
