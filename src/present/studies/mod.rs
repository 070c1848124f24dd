//! Studies that run the designs again: as text for people, as tables and as JSON.

mod cells;
mod silos;

pub use silos::{silos_csv, silos_text};

use serde_json::{Map, Value};

use crate::study::Silos;

/// The studies as a block of `results.json`, each with a version of its own; `None` without any.
pub fn studies_json(silos: Option<&Silos>) -> Option<Value> {
    let mut all = Map::new();
    if let Some(silos) = silos {
        all.insert("silos".into(), silos::silos_json(silos));
    }
    (!all.is_empty()).then_some(Value::Object(all))
}
