//! What named changes do, as a table of cells and in `results.json`.

use serde_json::{Value, json};

use super::cells::{EFFECT, effect_cells, effects_json, yardsticks_json};
use crate::present::tables::{Table, harmless};
use crate::study::Changes;

/// The list of `results.json`: each change by its name, and what it does to each design by each measure.
pub fn changes_json<'a>(all: impl Iterator<Item = (&'a str, Changes)>) -> Value {
    let of = |(name, changes): (&str, Changes)| {
        let design = |(design, effects): &(String, Vec<_>)| json!({ "design": design, "effects": effects_json(effects) });
        json!({
            "name": name,
            "yardsticks": yardsticks_json(&changes.yardsticks),
            "designs": changes.designs.iter().map(design).collect::<Vec<_>>(),
        })
    };
    all.map(of).collect()
}

/// One row for each design and measure.
pub fn changes_csv(changes: &Changes) -> String {
    let mut table = Table::new(&[&["design"], &EFFECT[..]].concat());
    for (design, effects) in &changes.designs {
        for (yardstick, effect) in changes.yardsticks.iter().zip(effects) {
            let cells = effect_cells(yardstick, effect.as_ref());
            table.row([harmless(design)].into_iter().chain(cells));
        }
    }
    table.text()
}
