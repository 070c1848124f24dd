//! Why customers waited: shares of all waiting.

use super::columns::Columns;
use crate::experiment::{DesignResult, ExperimentResult};
use crate::present::paint::Painted;
use crate::sim::Cause;

/// Rows, each of one or two groups of causes.
const ROWS: [(&str, &[&[Cause]]); 4] = [
    ("desk closed", &[&[Cause::OffHours]]),
    ("waiting for an expert · for approval", &[&[Cause::Consult], &[Cause::Approval]]),
    ("wrong desk · being handed over", &[&[Cause::WrongDesk], &[Cause::HandOff, Cause::Orphaned]]),
    (
        "in line · behind other duties",
        &[&[Cause::Line, Cause::Batching], &[Cause::Away, Cause::Displaced]],
    ),
];

pub(super) fn waits(result: &ExperimentResult, columns: &Columns, text: &mut Painted) {
    for (i, (label, groups)) in ROWS.iter().enumerate() {
        let cells: Vec<String> = result.designs.iter().map(|design| cell(design, groups)).collect();
        if i == 0 {
            columns.head_row("WHY CUSTOMERS WAIT", &format!("  {label}"), cells, text);
        } else {
            columns.row(label, &cells, text);
        }
    }
}

pub(super) fn cell(design: &DesignResult, groups: &[&[Cause]]) -> String {
    let Some(all) = design.scopes.first() else { return "–".into() };
    let share = |group: &[Cause]| -> f64 {
        let of = |cause: &Cause| all.causes.get(*cause as usize)?.share.mean();
        group.iter().filter_map(of).sum()
    };
    let parts: Vec<String> =
        groups.iter().map(|group| format!("{:.0}%", 100.0 * share(group))).collect();
    parts.join(" · ")
}
