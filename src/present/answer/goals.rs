//! Goals before results: in how many runs each was met.

use super::AnswerContext;
use super::columns::Columns;
use crate::experiment::{ExperimentResult, GoalResult, GoalRuns, ScopeOf};
use crate::present::numbers::{measured_beside, value};
use crate::present::paint::{Paint, Painted};
use crate::present::words::{LINE, NOTHING, fill, list, right, width, wrap};

/// Most goals that are shown.
const MOST_GOALS: usize = 6;
/// Most letters of an objective's name.
const IDS: usize = 14;

pub(super) fn goals(
    result: &ExperimentResult,
    columns: &Columns,
    context: &AnswerContext<'_>,
    text: &mut Painted,
) {
    if result.goals.is_empty() {
        return;
    }
    let runs = result.completed();
    let head = match shows_values(columns) {
        true => format!("(runs of {runs} that met it, and the value)"),
        false => format!("(runs of {runs} that met it)"),
    };
    let label = format!("{head:>width$}", width = columns.labels - 6);
    columns.names_row("GOALS", &label, text);
    let ids = result.goals.iter().map(|goal| width(&result.objectives[goal.objective].id));
    let ids = ids.max().unwrap_or(0).min(IDS);
    for goal in result.goals.iter().take(MOST_GOALS) {
        let objective = &result.objectives[goal.objective];
        let id = format!("{} ", fill(&objective.id, ids));
        let under = width(&id) + 2;
        let told = sentence(result, goal, context);
        let mut lines = wrap(&told, under, columns.labels, under).into_iter();
        let label = fill(&format!("  {id}{}", lines.next().unwrap_or_default()), columns.labels);
        let mut line = vec![(Paint::Plain, label)];
        for (design, runs) in goal.designs.iter().enumerate() {
            let (paint, mut cell) = cell(runs.as_ref());
            if shows_values(columns) {
                cell.push_str(&reached(result, goal, design, context.currency));
            }
            line.push((paint, right(&fill_up(cell, columns.wide), columns.wide)));
        }
        text.stretches(line);
        lines.for_each(|rest| text.line(rest));
    }
    let left = result.goals.len().saturating_sub(MOST_GOALS);
    if 0 < left {
        text.line(format!("  and {left} more in report.html and results.json"));
    }
    for (i, line) in
        raises(result, context).iter().flat_map(|told| wrap(told, 2, LINE, 4)).enumerate()
    {
        text.line(if i == 0 { format!("  {line}") } else { line });
    }
    text.blank();
}

/// `60% answered within 6 h`, `at most 5% wrong answers`.
pub(super) fn sentence(
    result: &ExperimentResult,
    goal: &GoalResult,
    context: &AnswerContext<'_>,
) -> String {
    let of = &result.objectives[goal.objective].goal;
    let quantity = &result.quantities[goal.quantity];
    let wanted = crate::present::numbers::goal(of.value, of.at_least, quantity, context.currency);
    let wanted = wanted.replace("within an hour", "within 1 h");
    format!("{wanted}{}", scope(result, goal))
}

/// `, x`, `, 4 channels`, `: sales lead`, `, 2 segments`; nothing for all inquiries.
fn scope(result: &ExperimentResult, goal: &GoalResult) -> String {
    let objective = &result.objectives[goal.objective];
    let name = |of: ScopeOf| result.scope(of).map(|scope| result.scopes[scope].name.as_str());
    let some = |names: Vec<Option<&str>>, many: &str| match names.as_slice() {
        [] => None,
        [Some(only)] => Some((*only).to_string()),
        // one that is not told apart
        [None] => Some(format!("1 {}", many.trim_end_matches('s'))),
        several => Some(format!("{} {many}", several.len())),
    };
    let topics = objective.topics.iter().map(|&topic| name(ScopeOf::Topic(topic))).collect();
    let channels = objective.channels.iter().map(|&of| name(ScopeOf::Channel(of))).collect();
    let topics = some(topics, "topics").map_or(String::new(), |topics| format!(": {topics}"));
    let channels = some(channels, "channels").map_or(String::new(), |on| format!(", {on}"));
    let segments = objective.segments.iter().map(|&of| name(ScopeOf::Segment(of))).collect();
    let segments = some(segments, "segments").map_or(String::new(), |of| format!(", {of}"));
    let languages = objective.languages.iter().map(|&of| name(ScopeOf::Language(of))).collect();
    let languages = some(languages, "languages").map_or(String::new(), |of| format!(", {of}"));
    topics + &channels + &segments + &languages
}

/// Whether columns have room for what is reached beside how often it was enough.
fn shows_values(columns: &Columns) -> bool {
    WITH_VALUE <= columns.wide
}

/// Least width of such a column.
const WITH_VALUE: usize = 13;

/// ` 48%`: what a design reaches of what a goal wants; nothing where its numbers are withheld.
fn reached(result: &ExperimentResult, goal: &GoalResult, design: usize, currency: &str) -> String {
    let scope = result.designs[design].scopes.get(goal.scope);
    let Some(of) = scope.and_then(|scope| scope.measures.get(goal.quantity)) else {
        return String::new();
    };
    let wanted = result.objectives[goal.objective].goal.value;
    let unit = result.quantities[goal.quantity].unit();
    let told = measured_beside(Some(of), wanted, unit, currency);
    let number = told.split(" ±").next().unwrap_or_default();
    let percent = if told.ends_with('%') && !number.ends_with('%') { "%" } else { "" };
    format!(" {:>5}", format!("{number}{percent}"))
}

/// A cell that leaves a blank in its column: what is too long goes without the value.
fn fill_up(cell: String, wide: usize) -> String {
    match width(&cell) < wide {
        true => cell,
        false => cell.split_whitespace().take(2).collect::<Vec<_>>().join(" "),
    }
}

fn cell(runs: Option<&GoalRuns>) -> (Paint, String) {
    match runs {
        None => (Paint::Bad, format!("✗  {NOTHING}")),
        Some(runs) if runs.of == 0 => (Paint::Plain, NOTHING.into()),
        Some(runs) if runs.is_met() => (Paint::Good, format!("✓ {:>2}", runs.met)),
        Some(runs) if runs.is_missed() => (Paint::Bad, format!("✗ {:>2}", runs.met)),
        Some(runs) => (Paint::Middling, format!("~ {:>2}", runs.met)),
    }
}

/// Goals that every design met in every run tell nothing; the value that would tell designs apart.
pub(super) fn raises(result: &ExperimentResult, context: &AnswerContext<'_>) -> Option<String> {
    if result.designs.len() < 2 || result.completed() < 2 {
        return None;
    }
    let raised = result.goals.iter().filter_map(|goal| {
        let objective = &result.objectives[goal.objective];
        let to = value(goal.raise_to?, objective.goal.measure.unit, context.currency);
        Some((objective.id.as_str(), to))
    });
    let raised: Vec<(&str, String)> = raised.collect();
    let ids: Vec<&str> = raised.iter().map(|(id, _)| *id).collect();
    let tells = match raised.as_slice() {
        [] => return None,
        [(_, to)] => to.clone(),
        several => {
            let told: Vec<String> =
                several.iter().map(|(id, to)| format!("{id} at {to}")).collect();
            list(&told.iter().map(String::as_str).collect::<Vec<_>>())
        }
    };
    Some(format!("All met {} in every run; {tells} would tell them apart.", list(&ids)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::made_up;

    #[test]
    fn a_goal_that_all_met_is_not_said_to_be_met_at_the_value_that_tells_them_apart() {
        let told = |to: &[Option<f64>]| {
            let mut result = made_up();
            result.goals.iter_mut().zip(to).for_each(|(goal, to)| goal.raise_to = *to);
            raises(&result, &AnswerContext::default())
        };
        assert_eq!(
            told(&[Some(0.561), None, None]).as_deref(),
            Some("All met prompt in every run; 56% would tell them apart.")
        );
        assert_eq!(
            told(&[Some(0.561), None, Some(0.6)]).as_deref(),
            Some(
                "All met prompt and present in every run; prompt at 56% and present at 60% would \
                 tell them apart."
            )
        );
        assert_eq!(told(&[None, None, None]), None);
    }
}
