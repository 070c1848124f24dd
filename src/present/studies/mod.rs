//! Studies that run the designs again: as text for people, as tables and as JSON.

mod cells;
mod crisis;
mod knock_outs;
mod presence;
mod silos;
mod tactics;
mod waits;
mod what_ifs;

pub use crisis::{drill_grid, drill_sentence, drill_text, drills_brief, drills_csv};
pub use knock_outs::{knock_outs_brief, knock_outs_csv, knock_outs_grids, knock_outs_text};
pub use presence::{presence_brief, presence_csv, presence_grids, presence_text};
pub use silos::{silos_brief, silos_csv, silos_grids, silos_sentence, silos_text};
pub use tactics::{tactics_brief, tactics_csv, tactics_grids, tactics_sentence, tactics_text};
pub use waits::{waits_brief, waits_csv, waits_grids, waits_sentence, waits_text};
pub use what_ifs::{changes_csv, changes_json};

use serde_json::{Map, Value};

use crate::study::{Drill, KnockOuts, Presence, Silos, Tactics, Waits};

/// The studies as a block of `results.json`, each with a version of its own; `None` without any.
pub fn studies_json(
    silos: Option<&Silos>,
    knock_outs: Option<&KnockOuts>,
    drills: &[Drill],
    tactics: Option<&Tactics>,
    presence: Option<&Presence>,
    waits: Option<&Waits>,
) -> Option<Value> {
    let mut all = Map::new();
    if let Some(silos) = silos {
        all.insert("silos".into(), silos::silos_json(silos));
    }
    if let Some(of) = knock_outs {
        all.insert("knock_outs".into(), knock_outs::knock_outs_json(of));
    }
    if !drills.is_empty() {
        all.insert("crisis".into(), crisis::drills_json(drills));
    }
    if let Some(tactics) = tactics {
        all.insert("tactics".into(), tactics::tactics_json(tactics));
    }
    if let Some(presence) = presence {
        all.insert("proactive".into(), presence::presence_json(presence));
    }
    if let Some(waits) = waits {
        all.insert("waits".into(), waits::waits_json(waits));
    }
    (!all.is_empty()).then_some(Value::Object(all))
}
