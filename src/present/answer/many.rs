//! More designs than fit side by side: a row for each, instead of a column.

use super::results::{cells, short, tell, telling, texts};
use super::verdict::nobody_asked;
use super::waits::cell;
use super::{AnswerContext, LeftOut};
use crate::experiment::{DesignResult, ExperimentResult};
use crate::model::MeasureId;
use crate::present::numbers::share;
use crate::present::paint::{Paint, Painted};
use crate::present::words::{LINE, NOTHING, fill, right, width, wrap};
use crate::sim::Cause;

/// Least width of the names.
const NAMES: usize = 16;
/// Columns of results, each with its head in two lines. What else has a row beside few designs is in the files: seven columns fit.
const MEASURES: [(MeasureId, [&str; 2]); 7] = [
    (MeasureId::AnsweredWithin, ["answered", "within 1 h"]),
    (MeasureId::FirstReplyMedian, ["half faster", "than"]),
    (MeasureId::FirstReplyP90, ["slowest 10%", "at least"]),
    (MeasureId::SettledInConversation, ["settled in", "conversation"]),
    (MeasureId::MentionsReached, ["mentions", "reached"]),
    (MeasureId::WrongAnswers, ["wrong", "answers"]),
    (MeasureId::CostPerSettled, ["cost of one", "settled"]),
];
/// The head of what stands in for a measure that tells nothing: see [`telling`].
const STANDS_IN: (MeasureId, [&str; 2]) = (MeasureId::GaveUp, ["gave up", "waiting"]);
/// Columns of the reasons for waiting.
const WAITS: [([&str; 2], &[Cause]); 6] = [
    (["nobody", "there"], &[Cause::OffHours]),
    (["for an", "expert"], &[Cause::Consult]),
    (["for ap-", "proval"], &[Cause::Approval]),
    (["handed over,", "wrong desk"], &[Cause::HandOff, Cause::Orphaned, Cause::WrongDesk]),
    (["in", "line"], &[Cause::Line, Cause::Batching]),
    (["behind", "duties"], &[Cause::Away, Cause::Displaced]),
];

/// Results, workload and waits of many designs.
pub(super) fn many(
    result: &ExperimentResult,
    context: &AnswerContext<'_>,
    left_out: LeftOut,
    text: &mut Painted,
) {
    let rows = results(result, context);
    if !left_out.results && !rows.is_empty() {
        table("RESULTS", &rows, result, text);
    }
    if !left_out.workload {
        table("WORKLOAD AND WHY CUSTOMERS WAIT", &work(result), result, text);
    }
}

/// A column: its two heads and a cell for each design.
type Column = ([String; 2], Vec<String>);

fn results(result: &ExperimentResult, context: &AnswerContext<'_>) -> Vec<Column> {
    let nobody = nobody_asked(result);
    let column = |of: &(MeasureId, [&str; 2])| -> Option<Column> {
        let told = telling(result, of.0);
        let (id, heads) = [*of, STANDS_IN].into_iter().find(|(id, _)| *id == told)?;
        let cells = cells(result, result.quantity(id)?, context.currency);
        tell(&cells, nobody).then(|| (heads.map(String::from), texts(&cells)))
    };
    MEASURES.iter().filter_map(column).collect()
}

fn work(result: &ExperimentResult) -> Vec<Column> {
    let heads = |first: &str, second: &str| [first.to_owned(), second.to_owned()];
    let of = |cell: &dyn Fn(&DesignResult) -> String| -> Vec<String> {
        result.designs.iter().map(cell).collect()
    };
    let role = |design: &DesignResult| {
        design.busiest_role().map_or(NOTHING.into(), |role| short(&role.name, 14))
    };
    let busy = |design: &DesignResult| {
        let busy = design.busiest_role().and_then(|role| role.number("utilization").interval);
        busy.map_or(NOTHING.into(), |busy| share(busy.mean, busy.half_width))
    };
    let mut all: Vec<Column> =
        vec![(heads("busiest", "role"), of(&role)), (heads("", "busy"), of(&busy))];
    if let Some(quantity) = result.quantity(MeasureId::Coordination) {
        all.push((heads("working", "together"), texts(&cells(result, quantity, ""))));
    }
    all.extend(WAITS.iter().map(|(heads, causes)| {
        let cells = of(&|design| cell(design, &[causes]));
        (heads.map(String::from), cells)
    }));
    all
}

/// A head in bold, heads of columns in two lines, then a row for each design.
fn table(head: &str, columns: &[Column], result: &ExperimentResult, text: &mut Painted) {
    let least = |(heads, cells): &Column| {
        let all = heads.iter().chain(cells).map(|cell| width(cell)).max();
        all.unwrap_or(0) + 1
    };
    let mut wide: Vec<usize> = columns.iter().map(least).collect();
    // What is left of the line goes to the names, but for a blank more in each column, and then to all alike.
    let room = LINE.saturating_sub(wide.iter().sum::<usize>() + columns.len()).max(NAMES);
    let longest = result.designs.iter().map(|design| 2 + width(&design.name)).max();
    let names = longest.unwrap_or(0).clamp(NAMES, room);
    let free = (LINE - names).saturating_sub(wide.iter().sum());
    wide.iter_mut().for_each(|wide| *wide += (free / columns.len().max(1)).min(3));
    let line = |name: &str, cells: &dyn Fn(&Column) -> String| {
        let cells = columns.iter().zip(&wide).map(|(column, &wide)| right(&cells(column), wide));
        fill(name, names) + &cells.collect::<String>()
    };
    let first = line("", &|(heads, _)| heads[0].clone());
    if first.starts_with(&" ".repeat(width(head) + 1)) {
        let rest: String = first.chars().skip(width(head)).collect();
        text.stretches(vec![(Paint::Head, head.into()), (Paint::Plain, rest)]);
    } else {
        text.stretches(vec![(Paint::Head, head.into())]);
        text.line(first);
    }
    text.line(line("", &|(heads, _)| heads[1].clone()).trim_end().to_owned());
    for (number, design) in result.designs.iter().enumerate() {
        let mut name = wrap(&design.name, 2, names, 4).into_iter();
        let first = format!("  {}", name.next().unwrap_or_default());
        text.line(line(&first, &|(_, cells)| cells[number].clone()));
        name.for_each(|rest| text.line(fill(&rest, names).trim_end().to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::made_up;

    /// The made-up result with its first design three times more.
    fn seven() -> ExperimentResult {
        let mut result = made_up();
        for number in 1..4 {
            let mut again = result.designs[0].clone();
            again.name = format!("Centralized {number}");
            result.designs.push(again);
        }
        result
    }

    #[test]
    fn many_designs_have_a_row_each_and_fit_the_line() {
        let mut text = Painted::default();
        let context = AnswerContext { currency: "$", ..Default::default() };
        many(&seven(), &context, LeftOut::default(), &mut text);
        let plain = text.plain();
        assert!(plain.lines().all(|line| width(line) <= LINE), "{plain}");
        for name in ["  Centralized 3", "  Hub and spoke"] {
            let rows = plain.lines().filter(|line| line.starts_with(name)).count();
            assert_eq!(rows, 2, "{plain}");
        }
        assert!(plain.contains("48 ±.5%") && plain.contains("within 1 h"), "{plain}");
    }
}
