//! A table of one design: what it comes to today, and what each of several steps would change.

use super::cells::{change, plain};
use crate::present::grid::Grid;
use crate::present::words::BEHIND_FOR_GOOD;
use crate::study::{Effect, Yardstick};

/// A design as it is.
pub(super) struct Today<'a> {
    pub(super) design: &'a str,
    /// Its values, by yardstick.
    pub(super) values: &'a [Option<f64>],
    /// The role that falls behind for good.
    pub(super) falls_behind: Option<&'a str>,
}

/// A change of it.
pub(super) struct Step<'a> {
    /// Over its column.
    pub(super) head: String,
    /// Before what is noted of it.
    pub(super) name: String,
    /// What it changes, by yardstick.
    pub(super) effects: &'a [Option<Effect>],
    /// The role that then falls behind for good.
    pub(super) falls_behind: Option<&'a str>,
}

/// A row for each yardstick, with its label; a column for today and one for each step. Notes say who falls behind.
pub(super) fn steps_grid(
    today: &Today<'_>,
    steps: &[Step<'_>],
    yardsticks: &[Yardstick],
    label: impl Fn(usize) -> String,
    currency: &str,
) -> Grid {
    let heads = steps.iter().map(|step| step.head.clone());
    let mut grid = Grid::new(today.design, std::iter::once("today".into()).chain(heads).collect());
    for (i, yardstick) in yardsticks.iter().enumerate() {
        let changes =
            steps.iter().map(|step| change(step.effects[i].as_ref(), yardstick, currency));
        let now = plain(today.values[i], yardstick, currency);
        grid.row(label(i), std::iter::once(now).chain(changes).collect());
    }
    let now = today.falls_behind.map(|role| format!("today {role} {BEHIND_FOR_GOOD}"));
    let then = steps.iter().filter_map(|step| {
        let role = step.falls_behind?;
        Some(format!("{}: {role} falls behind for good", step.name))
    });
    grid.notes.extend(now.into_iter().chain(then));
    grid
}
