//! What the changes asked for do to each design.

use crate::cli::simulated::{Simulated, WhatIfRun};
use crate::experiment::{ExperimentResult, paired};
use crate::model::MeasureUnit;
use crate::present::{Painted, estimate, measured, points};

/// Rows told about each change, where the scenario has them.
const ROWS: [&str; 5] = [
    "answered_within_1h",
    "settled_in_conversation",
    "mentions_reached",
    "wrong_answers",
    "cost_per_settled",
];

/// One block for each change: the value with it and, where that is beyond luck, the difference it makes.
pub(super) fn what_if_text(simulated: &Simulated, currency: &str) -> Painted {
    let mut text = Painted::default();
    for run in &simulated.what_ifs {
        text.blank();
        text.head(
            "WHAT IF",
            &format!("   {}   (with it; in brackets what it changes beyond luck)", run.name),
        );
        let names = simulated.result.designs.iter().map(|design| design.name.as_str());
        text.line(row("", names.map(String::from)));
        for id in ROWS {
            let Some(quantity) = simulated.result.quantity(id) else { continue };
            let of = &simulated.result.quantities[quantity];
            let cells: Vec<String> = (0..simulated.result.designs.len())
                .map(|design| cell(&simulated.result, run, design, id, currency))
                .collect();
            if cells.iter().any(|cell| cell != "–") {
                text.line(row(&of.name(), cells.into_iter()));
            }
        }
        for (design, of) in run.result.designs.iter().enumerate() {
            if let Some((role, per_day)) = of.falls_behind()
                && simulated
                    .result
                    .designs
                    .get(design)
                    .is_some_and(|before| before.falls_behind().is_none())
            {
                text.line(format!(
                    "  {}: {role} falls behind for good, by {per_day:.0} a day",
                    of.name
                ));
            }
        }
    }
    text
}

/// A label and right-aligned cells within a hundred columns.
fn row(label: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    let room = (68 / cells.len().max(1)).clamp(10, 24);
    let fit = |text: &str, to: usize| match text.char_indices().nth(to) {
        Some(_) => text.chars().take(to - 1).chain(['…']).collect::<String>(),
        None => text.to_owned(),
    };
    let cells: String =
        cells.iter().map(|cell| format!("{:>room$}", fit(cell, room - 1))).collect();
    format!("  {:<30}{cells}", fit(label, 30))
}

fn cell(
    before: &ExperimentResult,
    run: &WhatIfRun,
    design: usize,
    id: &str,
    currency: &str,
) -> String {
    let Some(quantity) = run.result.quantity(id) else { return "–".into() };
    let unit = run.result.quantities[quantity].unit();
    let Some(with) = run.result.of(design, quantity) else { return "–".into() };
    let now = measured(Some(with), unit, currency);
    let then = before.named(design, id);
    let change = then.and_then(|then| {
        let runs = (&run.result.designs[design].completed, &before.designs[design].completed);
        paired((with, runs.0), (then, runs.1), before.confidence)
    });
    let Some(interval) = change
        .map(|paired| paired.interval)
        .filter(|interval| !interval.holds(0.0) && interval.mean != 0.0)
    else {
        return now;
    };
    let sign = if interval.mean < 0.0 { "-" } else { "+" };
    let size = match unit {
        MeasureUnit::Share => {
            let words = points(interval.mean.abs(), None);
            words.trim_end_matches(" points").trim_end_matches(" point").to_owned()
        }
        _ => estimate(interval.mean.abs(), None, unit, currency),
    };
    // the value's own luck is that of its difference or more; side by side they would not fit
    let bare = with.mean().map_or(now, |mean| estimate(mean, None, unit, currency));
    format!("{bare} ({sign}{size})")
}
