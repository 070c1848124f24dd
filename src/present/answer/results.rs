//! The results, each with its luck, and the workload.

use super::columns::Columns;
use super::verdict::nobody_asked;
use super::{AnswerContext, LeftOut};
use crate::experiment::ExperimentResult;
use crate::model::MeasureId;
use crate::present::numbers::{Cell, measured_cell, share};
use crate::present::paint::Painted;
use crate::present::words::{NOTHING, beginning, fill, width};

/// The rows.
pub(super) const ROWS: [MeasureId; 12] = [
    MeasureId::AnsweredWithin,
    MeasureId::FirstReplyMedian,
    MeasureId::FirstReplyP90,
    MeasureId::SettledInConversation,
    MeasureId::SettledByFirstReply,
    // Told only where a scenario has them.
    MeasureId::Deflected,
    MeasureId::WentPublic,
    MeasureId::LeftWorse,
    MeasureId::MentionsReached,
    MeasureId::Unwelcome,
    MeasureId::WrongAnswers,
    MeasureId::CostPerSettled,
];

/// Rows that are left to the tables where there is no room for all, the least telling first.
pub(super) const FIRST_LEFT_OUT: [MeasureId; 6] = [
    MeasureId::Unwelcome,
    MeasureId::WentPublic,
    MeasureId::SettledByFirstReply,
    MeasureId::Deflected,
    MeasureId::WrongAnswers,
    MeasureId::FirstReplyP90,
];

pub(super) fn results(
    result: &ExperimentResult,
    columns: &Columns,
    context: &AnswerContext<'_>,
    left_out: LeftOut,
    text: &mut Painted,
) {
    if !left_out.results {
        table(result, columns, context, left_out.rows, text);
    }
    if !left_out.workload {
        workload(result, columns, text);
    }
}

fn table(
    result: &ExperimentResult,
    columns: &Columns,
    context: &AnswerContext<'_>,
    left_out: usize,
    text: &mut Painted,
) {
    let nobody = nobody_asked(result);
    let row = |id| {
        let quantity = result.quantity(telling(result, id))?;
        let cells = cells(result, quantity, context.currency);
        tell(&cells, nobody).then(|| (id, result.quantities[quantity].name(), texts(&cells)))
    };
    let rows: Vec<(MeasureId, String, Vec<String>)> = ROWS.into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return;
    }
    columns.names_row("RESULTS", "", text);
    let there = FIRST_LEFT_OUT.into_iter().filter(|id| rows.iter().any(|row| row.0 == *id));
    let left_out: Vec<MeasureId> = there.take(left_out).collect();
    for (_, name, cells) in rows.iter().filter(|row| !left_out.contains(&row.0)) {
        columns.row(name, cells, text);
    }
}

/// What is measured of a quantity, a cell for each design.
pub(super) fn cells(result: &ExperimentResult, quantity: usize, currency: &str) -> Vec<Cell> {
    let unit = result.quantities[quantity].unit();
    let cell = |design| measured_cell(result.of(design, quantity), unit, currency);
    (0..result.designs.len()).map(cell).collect()
}

/// Whether cells of one quantity say anything. One of which nobody has a value is not about this scenario; where
/// `nobody` needs a reply, "never" is none.
pub(super) fn tell(cells: &[Cell], nobody: bool) -> bool {
    cells.iter().any(|cell| cell.tells() && !(nobody && *cell == Cell::Never))
}

/// Cells as they are printed.
pub(super) fn texts(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(Cell::to_string).collect()
}

/// Where nobody's slowest tenth ever gets a reply, "never" in every column tells nothing: how many gave up
/// waiting does.
pub(super) fn telling(result: &ExperimentResult, id: MeasureId) -> MeasureId {
    let values = |design| Some(result.measured(design, id)?.mean());
    let never = |design: usize| values(design).is_none_or(|mean| mean.is_none());
    match id {
        MeasureId::FirstReplyP90 if (0..result.designs.len()).all(never) => MeasureId::GaveUp,
        _ => id,
    }
}

fn workload(result: &ExperimentResult, columns: &Columns, text: &mut Painted) {
    let of = |cell: &dyn Fn(&crate::experiment::RoleResult) -> String| -> Vec<String> {
        let cells =
            result.designs.iter().map(|design| design.busiest_role().map_or(NOTHING.into(), cell));
        cells.collect()
    };
    let names = of(&|role| short(&role.name, columns.wide - 2));
    columns.head_row("WORKLOAD", "  busiest role on average", &names, text);
    let busy = of(&|role| {
        let share_of = role.number("utilization").interval;
        share_of.map_or(NOTHING.into(), |busy| share(busy.mean, busy.half_width))
    });
    columns.row("busy, of its paid time", &busy, text);
    let Some(quantity) = result.quantity(MeasureId::Coordination) else { return };
    let cells = cells(result, quantity, "");
    if cells.iter().any(Cell::tells) {
        columns.row("of all time on working together", &texts(&cells), text);
    }
}

/// A role's name that fits a column: what it does stays whole, whose it is gets shorter
/// (`accessories expert` becomes `acce. expert`).
pub(super) fn short(name: &str, most: usize) -> String {
    if width(name) <= most {
        return name.into();
    }
    match name.rsplit_once(' ') {
        Some((whose, what)) if width(what) + 4 <= most => {
            let kept = beginning(whose, most - width(what) - 2);
            format!("{}. {what}", kept.trim_end())
        }
        _ => fill(name, most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_role_does_stays_whole() {
        let told = ["hub triage", "accessories expert", "small kitchen desk", "undertakingsdesk"];
        assert_eq!(
            told.map(|name| short(name, 12)),
            ["hub triage", "acce. expert", "small. desk", "undertaking…"]
        );
    }
}
