//! What the changes asked for do to each design.

use crate::cli::simulated::{Simulated, WhatIfRun};
use crate::experiment::{DesignResult, ExperimentResult};
use crate::model::MeasureUnit;
use crate::present::{Grid, Painted, fitting, list, measured, pad, right, signed};
use crate::study::{Effect, changes};

/// Rows told about each change, where the scenario has them.
const ROWS: [&str; 5] = [
    "answered_within_1h",
    "settled_in_conversation",
    "mentions_reached",
    "wrong_answers",
    "cost_per_settled",
];

/// The same of a network of plain desks, which answer nobody.
const OF_A_NETWORK: [&str; 5] = [
    "time_to_settle_mean",
    "settled_in_conversation",
    "gave_up",
    "busiest_role",
    "cost_per_settled",
];

/// Notes on a change of which no difference can be told from luck.
const ONE_RUN: &str = "a single run cannot tell luck from a difference: --repeat 30";
const STOPPED: &str =
    "it was stopped before each design had two repetitions: luck cannot be told from a difference";

/// Note on a change of which no design notices anything.
const NOTHING: &str = "it changes no measure of any design";

/// Note on a change that is over after a while.
const PASSING: &str = "averages over the whole run; --study crisis looks at the days of a surge";

/// Label of the differences below the values.
const CHANGE: &str = "  a change of";

/// One block for each change: values with it and, where that is beyond luck, the difference it
/// makes.
pub(super) fn what_if_text(simulated: &Simulated, currency: &str) -> Painted {
    let mut text = Painted::default();
    for grid in what_if_grids(simulated, currency) {
        text.blank();
        let means = "with it, and what it changes where that is beyond luck";
        text.head("WHAT IF", &format!("   {}   ({means})", grid.title));
        text.line(row("", grid.head.into_iter()));
        for (label, cells) in grid.rows {
            text.line(row(&label, cells.into_iter()));
        }
        for note in grid.notes {
            text.line(format!("  {note}"));
        }
    }
    text
}

/// The same in few lines, a block for each change: only the differences that are beyond luck. The names of the designs
/// stand above the first of them.
pub(super) fn what_if_briefs(simulated: &Simulated, currency: &str) -> Vec<Painted> {
    briefs(what_if_grids(simulated, currency))
}

fn briefs(grids: Vec<Grid>) -> Vec<Painted> {
    let mut named = false;
    let brief = |grid: Grid| {
        let mut text = Painted::default();
        text.blank();
        let means = "what it changes beyond luck; more: --all, what-if/";
        text.head("WHAT IF", &format!("   {}   ({means})", grid.title));
        let changes: Vec<_> = grid.rows.windows(2).filter(|pair| pair[1].0 == CHANGE).collect();
        let is_untold =
            grid.notes.iter().any(|note| [ONE_RUN, STOPPED, NOTHING].contains(&note.as_str()));
        if changes.is_empty() && (is_untold || grid.rows.is_empty()) {
            // the notes say so
        } else if changes.is_empty() {
            text.line("  nothing that luck would not do as well");
        } else if !named {
            text.line(row("", grid.head.into_iter()));
            named = true;
        }
        for pair in changes {
            text.line(row(&pair[0].0, pair[1].1.iter().cloned()));
        }
        for note in &grid.notes {
            text.line(format!("  {note}"));
        }
        text
    };
    grids.into_iter().map(brief).collect()
}

/// A table of cells for each change.
pub(super) fn what_if_grids(simulated: &Simulated, currency: &str) -> Vec<Grid> {
    let mut grids = Vec::new();
    for run in &simulated.what_ifs {
        let changed = changes(&simulated.result, &run.result);
        let passing = (run.surges && !simulated.result.plain).then_some(PASSING);
        let notes = untold(&simulated.result, run).into_iter().chain(passing).map(String::from);
        let notes = notes.chain(untouched(&simulated.result, run));
        let mut grid = Grid {
            title: run.name.clone(),
            head: simulated.result.designs.iter().map(|design| design.name.clone()).collect(),
            notes: notes.collect(),
            ..Grid::default()
        };
        for id in if simulated.result.plain { OF_A_NETWORK } else { ROWS } {
            let Some(quantity) = simulated.result.quantity(id) else { continue };
            let of = &simulated.result.quantities[quantity];
            let designs = 0..simulated.result.designs.len();
            let cells: Vec<String> =
                designs.clone().map(|design| with(run, design, id, currency)).collect();
            if cells.iter().all(|cell| cell == "–") {
                continue;
            }
            grid.rows.push((of.name(), cells));
            let changes: Vec<String> = designs
                .map(|design| change(changed.of(design, &of.id()), currency, of.unit()))
                .collect();
            if changes.iter().any(|change| change != "·") {
                grid.rows.push((CHANGE.into(), changes));
            }
        }
        let both = run.result.designs.iter().zip(&simulated.result.designs);
        grid.notes.extend(both.filter_map(|(with, before)| behind(with, before)));
        grids.push(grid);
    }
    grids
}

/// What is to be said of a design that has no averages with the change, or had none before.
fn behind(with: &DesignResult, before: &DesignResult) -> Option<String> {
    let name = &with.name;
    match (with.falls_behind(), before.falls_behind()) {
        (Some((role, per_day)), None) => {
            Some(format!("{name}: {role} falls behind for good, by {per_day:.0} a day"))
        }
        (Some((role, per_day)), Some(_)) => Some(format!(
            "{name}: {role} falls behind for good with it, too, by {per_day:.0} a day: nothing to compare"
        )),
        (None, Some((role, _))) => Some(format!(
            "{name}: {role} falls behind no longer; without it there is nothing to compare"
        )),
        (None, None) => None,
    }
}

/// Why no difference can be told from luck; `None` where it can.
fn untold(before: &ExperimentResult, run: &WhatIfRun) -> Option<&'static str> {
    let is_short = |result: &ExperimentResult| {
        let mut designs = result.designs.iter();
        designs.any(|design| design.stopped.is_none() && design.completed.len() < 2)
    };
    if run.result.incomplete && is_short(&run.result) {
        Some(STOPPED)
    } else if is_short(before) || is_short(&run.result) {
        Some(ONE_RUN)
    } else {
        None
    }
}

/// Which designs it leaves as they are, to the last number: no difference there is not the same as one that luck hides.
fn untouched(before: &ExperimentResult, run: &WhatIfRun) -> Option<String> {
    let same = |(with, before): &(&DesignResult, &DesignResult)| {
        let whole = !with.withheld && with.completed == before.completed;
        let money = with.cost_per_year.to_bits() == before.cost_per_year.to_bits();
        whole && money && with.scopes == before.scopes && with.roles == before.roles
    };
    let both = run.result.designs.iter().zip(&before.designs);
    let names: Vec<&str> = both.filter(same).map(|(with, _)| with.name.as_str()).collect();
    match names.len() {
        0 => None,
        n if n == before.designs.len() => Some(NOTHING.into()),
        _ => Some(format!("it does not touch {}: no measure changes there", list(&names))),
    }
}

/// A label and right-aligned cells within a hundred columns.
fn row(label: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    let room = (68 / cells.len().max(1)).clamp(10, 24);
    let cells: String = cells.iter().map(|cell| right(&fitting(cell, room - 1), room)).collect();
    format!("  {}{cells}", pad(&fitting(label, 30), 30))
}

/// The value with the change.
fn with(run: &WhatIfRun, design: usize, id: &str, currency: &str) -> String {
    let Some(quantity) = run.result.quantity(id) else { return "–".into() };
    measured(run.result.of(design, quantity), run.result.quantities[quantity].unit(), currency)
}

/// The paired difference it makes, where that is beyond luck and not too small for the digits that are shown.
fn change(effect: Option<&Effect>, currency: &str, unit: MeasureUnit) -> String {
    let sure = effect.filter(|effect| effect.is_sure());
    let told = sure.map(|effect| signed(&effect.difference, unit, currency));
    told.filter(|told| !told.is_nothing()).map_or("·".into(), |told| told.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::{made_up, repeated};

    #[test]
    fn what_cannot_be_told_from_luck_is_not_called_luck() {
        let run = |result| WhatIfRun { name: "more".into(), result, surges: false };
        assert_eq!(untold(&made_up(), &run(made_up())), None);
        assert_eq!(untold(&repeated(1), &run(repeated(1))), Some(ONE_RUN));
        let mut cut = made_up();
        cut.incomplete = true;
        assert_eq!(untold(&made_up(), &run(cut.clone())), None);
        cut.designs[3].completed.truncate(1);
        assert_eq!(untold(&made_up(), &run(cut)), Some(STOPPED));
        let grid = Grid { title: "more".into(), notes: vec![ONE_RUN.into()], ..Grid::default() };
        let told: String = briefs(vec![grid]).iter().map(Painted::plain).collect();
        expect_test::expect![[r#"

            WHAT IF   more   (what it changes beyond luck; more: --all, what-if/)
              a single run cannot tell luck from a difference: --repeat 30
        "#]]
        .assert_eq(&told);
    }

    #[test]
    fn designs_that_a_change_does_not_touch_are_named() {
        let run = |result| WhatIfRun { name: "more".into(), result, surges: false };
        assert_eq!(untouched(&made_up(), &run(made_up())).as_deref(), Some(NOTHING));
        let mut one = made_up();
        one.designs.truncate(2);
        let before = one.clone();
        one.designs[0].scopes[0].needing += 1;
        let told = untouched(&before, &run(one.clone()));
        let name = &before.designs[1].name;
        let expected = format!("it does not touch {name}: no measure changes there");
        assert_eq!(told, Some(expected));
        one.designs[1].cost_per_year += 1.0;
        assert_eq!(untouched(&before, &run(one)), None);
    }

    #[test]
    fn the_designs_are_named_once_above_the_first_change_that_tells_something() {
        let grid = |title: &str, change: &[&str]| Grid {
            title: title.into(),
            head: vec!["A".into(), "B".into()],
            rows: std::iter::once(("wrong answers".to_string(), vec!["3%".into(), "4%".into()]))
                .chain(change.iter().map(|cell| (CHANGE.into(), vec!["·".into(), (*cell).into()])))
                .collect(),
            ..Grid::default()
        };
        let grids = vec![grid("first", &[]), grid("second", &["+1"]), grid("third", &["−2"])];
        let told: String = briefs(grids).iter().map(Painted::plain).collect();
        expect_test::expect![[r#"

            WHAT IF   first   (what it changes beyond luck; more: --all, what-if/)
              nothing that luck would not do as well

            WHAT IF   second   (what it changes beyond luck; more: --all, what-if/)
                                                                   A                       B
              wrong answers                                        ·                      +1

            WHAT IF   third   (what it changes beyond luck; more: --all, what-if/)
              wrong answers                                        ·                      −2
        "#]]
        .assert_eq(&told);
    }
}
