//! What the changes asked for do to each design.

use crate::cli::simulated::{Simulated, WhatIfRun};
use crate::experiment::{DesignResult, ExperimentResult};
use crate::model::{MeasureId, MeasureUnit};
use crate::present::{
    Cell, Grid, GridRow, LUCK, Painted, Told, fitting, list, measured_cell, pad, right, signed,
};
use crate::study::{Effect, changes};

/// Rows told about each change, where the scenario has them.
const ROWS: [MeasureId; 5] = [
    MeasureId::AnsweredWithin,
    MeasureId::SettledInConversation,
    MeasureId::MentionsReached,
    MeasureId::WrongAnswers,
    MeasureId::CostPerSettled,
];

/// The same of a network of plain desks, which answer nobody.
const OF_A_NETWORK: [MeasureId; 5] = [
    MeasureId::TimeToSettleMean,
    MeasureId::SettledInConversation,
    MeasureId::GaveUp,
    MeasureId::BusiestRole,
    MeasureId::CostPerSettled,
];

/// Note on a change that is over after a while.
const PASSING: &str = "averages over the whole run; --study crisis looks at the days of a surge";

/// A change as a table of cells: values with it and, below those where that is beyond luck, the difference it makes.
struct WhatIf {
    /// The table; its notes say in sentences what the fields below say.
    grid: Grid,
    /// Why nothing can be told of any design; `None` where it can.
    untold: Option<Untold>,
    /// Positions of the designs that it leaves as they are, to the last number: no difference there is not the same as
    /// one that luck hides.
    untouched: Vec<usize>,
}

/// Why no difference of any design can be told from luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Untold {
    /// One repetition has no luck to compare with.
    OneRun,
    /// It ended before there were two.
    Stopped,
}

impl Untold {
    /// The note that says so.
    fn sentence(self) -> &'static str {
        match self {
            Untold::OneRun => "a single run cannot tell luck from a difference: --repeat 30",
            Untold::Stopped => {
                "it was stopped before each design had two repetitions: luck cannot be told from a difference"
            }
        }
    }
}

impl WhatIf {
    /// Whether its notes say of all designs why there is no difference.
    fn says_why_none(&self) -> bool {
        self.untold.is_some() || all(&self.untouched, self.grid.head.len())
    }

    /// The rows that have a difference below them: label and differences.
    fn differences(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.grid.rows.windows(2).filter_map(|pair| match pair {
            [GridRow::Row { label, .. }, GridRow::Below { cells, .. }] => {
                Some((label.as_str(), cells.as_slice()))
            }
            _ => None,
        })
    }
}

/// Whether these are all designs there are.
fn all(designs: &[usize], of: usize) -> bool {
    !designs.is_empty() && designs.len() == of
}

/// One block for each change: values with it and, where that is beyond luck, the difference it
/// makes.
pub(super) fn what_if_text(simulated: &Simulated, currency: &str) -> Painted {
    let mut text = Painted::default();
    for grid in what_if_grids(simulated, currency) {
        text.blank();
        let means = "with it, and what it changes where that is beyond luck";
        text.head("WHAT IF", &format!("   {}   ({means})", grid.title));
        text.line(row("", &grid.head));
        for of in &grid.rows {
            text.line(match of {
                GridRow::Heading(words) => format!("  {words}"),
                GridRow::Row { label, cells } => row(label, cells),
                GridRow::Below { label, cells } => row(&format!("  {label}"), cells),
            });
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
    let all: Vec<WhatIf> =
        simulated.what_ifs.iter().map(|run| what_if(simulated, run, currency)).collect();
    briefs(&all)
}

fn briefs(all: &[WhatIf]) -> Vec<Painted> {
    let mut named = false;
    let brief = |of: &WhatIf| {
        let grid = &of.grid;
        let mut text = Painted::default();
        text.blank();
        let means = "changes beyond luck, shares in points; more: --all, what-if/";
        text.head("WHAT IF", &format!("   {}   ({means})", grid.title));
        let differences: Vec<_> = of.differences().collect();
        if differences.is_empty() && (of.says_why_none() || grid.has_only_notes()) {
            // the notes say so
        } else if differences.is_empty() {
            text.line("  nothing that luck would not do as well");
        } else if !named {
            text.line(row("", &grid.head));
            named = true;
        }
        for (label, differences) in differences {
            text.line(row(label, differences));
        }
        for note in &grid.notes {
            text.line(format!("  {note}"));
        }
        text
    };
    all.iter().map(brief).collect()
}

/// A table of cells for each change.
pub(super) fn what_if_grids(simulated: &Simulated, currency: &str) -> Vec<Grid> {
    simulated.what_ifs.iter().map(|run| what_if(simulated, run, currency).grid).collect()
}

fn what_if(simulated: &Simulated, run: &WhatIfRun, currency: &str) -> WhatIf {
    let before = &simulated.result;
    let (untold, untouched) = (untold(before, run), untouched(before, run));
    let names = before.designs.iter().map(|design| design.name.clone()).collect();
    let mut grid = Grid::new(&run.name, names);
    let passing = (run.surges && !before.plain).then_some(PASSING);
    let notes = untold.map(Untold::sentence).into_iter().chain(passing).map(String::from);
    grid.notes.extend(notes.chain(left_alone(&untouched, before, &run.result)));
    let changed = changes(before, &run.result);
    for id in if before.plain { OF_A_NETWORK } else { ROWS } {
        let Some(quantity) = before.quantity(id) else { continue };
        let of = &before.quantities[quantity];
        let designs = 0..before.designs.len();
        let cells: Vec<Cell> =
            designs.clone().map(|design| with(run, design, id, currency)).collect();
        if !cells.iter().any(Cell::tells) {
            continue;
        }
        grid.row(of.name(), cells.iter().map(Cell::to_string).collect());
        let changes: Vec<Option<Told>> =
            designs.map(|design| change(changed.of(design, *of), currency, of.unit())).collect();
        if changes.iter().any(Option::is_some) {
            let text = |of: Option<Told>| of.map_or(LUCK.into(), |told| told.to_string());
            grid.below(difference(of.unit()), changes.into_iter().map(text).collect());
        }
    }
    let both = run.result.designs.iter().zip(&before.designs);
    grid.notes.extend(both.filter_map(|(with, before)| behind(with, before)));
    WhatIf { grid, untold, untouched }
}

/// The label of a difference in this unit.
fn difference(unit: MeasureUnit) -> &'static str {
    match unit {
        MeasureUnit::Share => "a change, in points, of",
        _ => "a change of",
    }
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
fn untold(before: &ExperimentResult, run: &WhatIfRun) -> Option<Untold> {
    let is_short = |result: &ExperimentResult| {
        let mut designs = result.designs.iter();
        designs.any(|design| design.stopped.is_none() && design.completed.len() < 2)
    };
    if run.result.incomplete && is_short(&run.result) {
        Some(Untold::Stopped)
    } else if is_short(before) || is_short(&run.result) {
        Some(Untold::OneRun)
    } else {
        None
    }
}

/// Positions of the designs that it leaves as they are, to the last number.
fn untouched(before: &ExperimentResult, run: &WhatIfRun) -> Vec<usize> {
    let same = |(with, before): (&DesignResult, &DesignResult)| {
        let whole = !with.withheld && with.completed == before.completed;
        let money = with.cost_per_year.to_bits() == before.cost_per_year.to_bits();
        whole && money && with.scopes == before.scopes && with.roles == before.roles
    };
    let both = run.result.designs.iter().zip(&before.designs).enumerate();
    both.filter(|(_, both)| same(*both)).map(|(at, _)| at).collect()
}

/// Which designs it leaves as they are, in a sentence; `None` where it touches all.
fn left_alone(
    untouched: &[usize],
    before: &ExperimentResult,
    with: &ExperimentResult,
) -> Option<String> {
    if all(untouched, before.designs.len()) {
        return Some("it changes no measure of any design".into());
    }
    let names: Vec<&str> = untouched.iter().map(|&at| with.designs[at].name.as_str()).collect();
    (!names.is_empty())
        .then(|| format!("it does not touch {}: no measure changes there", list(&names)))
}

/// A label and right-aligned cells within a hundred columns.
fn row(label: &str, cells: &[String]) -> String {
    let room = (68 / cells.len().max(1)).clamp(10, 24);
    let cells: String = cells.iter().map(|cell| right(&fitting(cell, room - 1), room)).collect();
    format!("  {}{cells}", pad(&fitting(label, 30), 30))
}

/// The value with the change.
fn with(run: &WhatIfRun, design: usize, id: MeasureId, currency: &str) -> Cell {
    let Some(quantity) = run.result.quantity(id) else { return Cell::Nothing };
    measured_cell(run.result.of(design, quantity), run.result.quantities[quantity].unit(), currency)
}

/// The paired difference it makes, where that is beyond luck and not too small for the digits that are shown.
fn change(effect: Option<&Effect>, currency: &str, unit: MeasureUnit) -> Option<Told> {
    let sure = effect.filter(|effect| effect.is_sure());
    let told = sure.map(|effect| signed(&effect.difference, unit, currency));
    told.filter(|told| !told.is_nothing())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::{made_up, repeated};

    #[test]
    fn what_cannot_be_told_from_luck_is_not_called_luck() {
        let run = |result| WhatIfRun { name: "more".into(), result, surges: false };
        assert_eq!(untold(&made_up(), &run(made_up())), None);
        assert_eq!(untold(&repeated(1), &run(repeated(1))), Some(Untold::OneRun));
        let mut cut = made_up();
        cut.incomplete = true;
        assert_eq!(untold(&made_up(), &run(cut.clone())), None);
        cut.designs[3].completed.truncate(1);
        assert_eq!(untold(&made_up(), &run(cut)), Some(Untold::Stopped));
        let grid = Grid::of_notes("more", vec![Untold::OneRun.sentence().into()]);
        let one_run = WhatIf { grid, untold: Some(Untold::OneRun), untouched: vec![] };
        let told: String = briefs(&[one_run]).iter().map(Painted::plain).collect();
        expect_test::expect![[r#"

            WHAT IF   more   (changes beyond luck, shares in points; more: --all, what-if/)
              a single run cannot tell luck from a difference: --repeat 30
        "#]]
        .assert_eq(&told);
    }

    #[test]
    fn a_change_of_a_share_says_that_it_is_in_points() {
        assert_eq!(difference(MeasureUnit::Share), "a change, in points, of");
        assert_eq!(difference(MeasureUnit::Money), "a change of");
    }

    #[test]
    fn designs_that_a_change_does_not_touch_are_named() {
        let run = |result| WhatIfRun { name: "more".into(), result, surges: false };
        let told = |before: &ExperimentResult, with: ExperimentResult| {
            left_alone(&untouched(before, &run(with.clone())), before, &with)
        };
        let none = "it changes no measure of any design";
        assert_eq!(told(&made_up(), made_up()).as_deref(), Some(none));
        let mut one = made_up();
        one.designs.truncate(2);
        let before = one.clone();
        one.designs[0].scopes[0].needing += 1;
        let name = &before.designs[1].name;
        let expected = format!("it does not touch {name}: no measure changes there");
        assert_eq!(told(&before, one.clone()), Some(expected));
        one.designs[1].cost_per_year += 1.0;
        assert_eq!(told(&before, one), None);
    }

    #[test]
    fn the_designs_are_named_once_above_the_first_change_that_tells_something() {
        let what_if = |title: &str, change: &[&str]| {
            let mut grid = Grid::new(title, vec!["A".into(), "B".into()]);
            grid.row("wrong answers", vec!["3%".into(), "4%".into()]);
            for cell in change {
                grid.below("a change of", vec![LUCK.into(), (*cell).into()]);
            }
            WhatIf { grid, untold: None, untouched: vec![] }
        };
        let all = [what_if("first", &[]), what_if("second", &["+1"]), what_if("third", &["−2"])];
        let told: String = briefs(&all).iter().map(Painted::plain).collect();
        expect_test::expect![[r#"

            WHAT IF   first   (changes beyond luck, shares in points; more: --all, what-if/)
              nothing that luck would not do as well

            WHAT IF   second   (changes beyond luck, shares in points; more: --all, what-if/)
                                                                   A                       B
              wrong answers                                        ·                      +1

            WHAT IF   third   (changes beyond luck, shares in points; more: --all, what-if/)
              wrong answers                                        ·                      −2
        "#]]
        .assert_eq(&told);
    }
}
