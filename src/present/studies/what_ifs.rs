//! What named changes do, as a table of cells.

use super::cells::{EFFECT, effect_cells};
use crate::present::tables::{Table, harmless};
use crate::study::Changes;

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
