//! The results, each with its luck, and the workload.

use super::AnswerContext;
use super::columns::Columns;
use crate::experiment::ExperimentResult;
use crate::present::paint::Painted;
use crate::present::words::{fill, measured, share, width};

/// The rows, by the names that measures have in files.
const ROWS: [&str; 12] = [
    "answered_within_1h",
    "first_reply_median",
    "first_reply_p90",
    "settled_in_conversation",
    "settled_by_first_reply",
    // Told only where a scenario has them.
    "deflected",
    "went_public",
    "left_worse",
    "mentions_reached",
    "unwelcome",
    "wrong_answers",
    "cost_per_settled",
];

pub(super) fn results(
    result: &ExperimentResult,
    columns: &Columns,
    context: &AnswerContext<'_>,
    text: &mut Painted,
) {
    columns.head_row("RESULTS", "", &columns.names, text);
    for id in ROWS {
        let Some(quantity) = result.quantity(id) else { continue };
        let of = &result.quantities[quantity];
        let cells: Vec<String> = (0..result.designs.len())
            .map(|design| measured(result.of(design, quantity), of.unit(), context.currency))
            .collect();
        // A row in which nobody has a value is not about this scenario.
        if cells.iter().any(|cell| cell != "–") {
            columns.row(&of.name(), &cells, text);
        }
    }
    workload(result, columns, text);
}

fn workload(result: &ExperimentResult, columns: &Columns, text: &mut Painted) {
    let of = |cell: &dyn Fn(&crate::experiment::RoleResult) -> String| -> Vec<String> {
        let cells =
            result.designs.iter().map(|design| design.busiest_role().map_or("–".into(), cell));
        cells.collect()
    };
    let names = of(&|role| short(&role.name, columns.wide - 2));
    columns.head_row("WORKLOAD", "  busiest role", &names, text);
    let busy = of(&|role| {
        let share_of = role.number("utilization").interval;
        share_of.map_or("–".into(), |busy| share(busy.mean, busy.half_width))
    });
    columns.row("busy, of its paid time", &busy, text);
    let Some(quantity) = result.quantity("coordination") else { return };
    let cells: Vec<String> = (0..result.designs.len())
        .map(|design| measured(result.of(design, quantity), crate::model::MeasureUnit::Share, ""))
        .collect();
    if cells.iter().any(|cell| cell != "–") {
        columns.row("of all time on approvals, hand-offs, asking", &cells, text);
    }
}

/// A role's name that fits a column.
fn short(name: &str, most: usize) -> String {
    if width(name) <= most { name.into() } else { fill(name, most) }
}
