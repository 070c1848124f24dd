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

    fn same(of: &serde_json::Value, keys: &[&str]) -> bool {
        let stated: BTreeSet<&str> = of["properties"]
            .as_object()
            .map(|map| map.keys().map(String::as_str).collect())
            .unwrap_or_default();
        stated == keys.iter().chain(ANYWHERE).copied().collect()
    }
}
