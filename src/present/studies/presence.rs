//! The price of being proactive.

use serde_json::{Value, json};

use super::cells::{change, effects_json, numbers, unit, yardsticks_json};
use super::lines::{brief, unbroken, write_grid};
use crate::experiment::Measured;
use crate::present::grid::Grid;
use crate::present::numbers::{estimate, significant};
use crate::present::paint::Painted;
use crate::present::tables::{Table, harmless};
use crate::present::words::{BEHIND_FOR_GOOD, NOTHING, width};
use crate::study::{Counted, DesignPresence, Presence, Yardstick};

/// Version of the block in `results.json`.
const VERSION: u32 = 1;
/// Width of the labels.
const LABELS: usize = 42;
/// Most designs side by side.
const MOST_DESIGNS: usize = 5;

/// One block: what work on mentions brings, and what it costs those who wrote to us.
pub(super) fn presence_text(presence: &Presence, currency: &str) -> Painted {
    let mut text = Painted::default();
    text.blank();
    let means = "what work on mentions adds, shares in points (· is nothing sure)";
    text.head("PRICE OF BEING PROACTIVE", &format!("   {means}"));
    for grid in presence_grids(presence, currency) {
        write_grid(&grid, LABELS, unbroken, &mut text);
    }
    text
}

/// The same in few lines: what presence brings, what goes into it, and what it adds to the first measure.
pub(super) fn presence_brief(presence: &Presence, currency: &str) -> Painted {
    let first = |of: &[Yardstick]| of.first().map_or(String::new(), head);
    let columns = [first(&presence.brings), "hours a week".into(), first(&presence.yardsticks)];
    let rows = presence.designs.iter().map(|of| {
        let brings = presence.brings.first().zip(of.brings.first());
        let adds = presence.yardsticks.first().zip(of.adds.first());
        let cells = vec![
            brings
                .map_or(NOTHING.into(), |(yardstick, of)| value(of.as_ref(), yardstick, currency)),
            of.hours.map_or(NOTHING.into(), |hours| format!("{} h", significant(hours, 2))),
            adds.map_or(NOTHING.into(), |(yardstick, of)| change(of.as_ref(), yardstick, currency)),
        ];
        (of.design.clone(), cells)
    });
    let means = "what mentions bring, and add for those who wrote to us, · is nothing sure";
    brief(("PRICE OF BEING PROACTIVE", means), "proactive.csv", &columns, rows)
}

/// Most letters of a head where a row tells few things.
const BRIEF_HEAD: usize = 23;

/// The name of a measure over a column, whole where it fits.
fn head(of: &Yardstick) -> String {
    Some(of.name()).filter(|name| width(name) <= BRIEF_HEAD).unwrap_or_else(|| of.short())
}

/// A table for each few designs.
pub(super) fn presence_grids(presence: &Presence, currency: &str) -> Vec<Grid> {
    presence.designs.chunks(MOST_DESIGNS).map(|designs| grid(presence, designs, currency)).collect()
}

fn grid(presence: &Presence, designs: &[DesignPresence], currency: &str) -> Grid {
    let cells = |cell: &dyn Fn(&DesignPresence) -> String| -> Vec<String> {
        designs.iter().map(cell).collect()
    };
    let mut grid = Grid::new("it brings", cells(&|of| of.design.clone()));
    for (i, yardstick) in presence.brings.iter().enumerate() {
        let told = cells(&|of| value(of.brings[i].as_ref(), yardstick, currency));
        grid.row(yardstick.name(), told);
    }
    let hours =
        cells(&|of| of.hours.map_or(NOTHING.into(), |h| format!("{} h", significant(h, 2))));
    grid.row("hours a week that go into it", hours);
    grid.heading("and adds for those who wrote to us");
    for (i, yardstick) in presence.yardsticks.iter().enumerate() {
        let told = cells(&|of| match of.adds.get(i) {
            None => NOTHING.into(),
            Some(effect) => change(effect.as_ref(), yardstick, currency),
        });
        grid.row(yardstick.name(), told);
    }
    for of in designs {
        let design = &of.design;
        if let Some(role) = &of.falls_behind {
            grid.notes.push(format!("{design}: {role} {BEHIND_FOR_GOOD}"));
        } else if of.adds.is_empty() {
            grid.notes.push(format!("{design}: nobody works on mentions"));
        }
    }
    grid
}

fn value(measured: Option<&Measured>, yardstick: &Yardstick, currency: &str) -> String {
    let interval = measured.and_then(|measured| measured.interval);
    match (interval, yardstick.counted()) {
        (Some(of), Counted::As(unit)) => estimate(of.mean, of.half_width, unit, currency),
        _ => NOTHING.into(),
    }
}

/// One row for each design and yardstick: without work on mentions, with it, and the difference.
pub(super) fn presence_csv(presence: &Presence) -> String {
    let mut table = Table::new(&[
        "design",
        "measure",
        "name",
        "unit",
        "without",
        "with",
        "difference",
        "half_width",
        "n",
    ]);
    for of in &presence.designs {
        for (yardstick, effect) in presence.yardsticks.iter().zip(&of.adds) {
            let [without, with, difference, half_width, n] = numbers(effect.as_ref());
            table.row([
                harmless(&of.design),
                yardstick.id(),
                yardstick.name(),
                unit(yardstick).into(),
                without,
                with,
                difference,
                half_width,
                n,
            ]);
        }
    }
    table.text()
}

/// The block of `results.json`.
pub(super) fn presence_json(presence: &Presence) -> Value {
    let brings = |of: &DesignPresence| -> Vec<Value> {
        of.brings.iter().map(|value| json!(value.as_ref().and_then(Measured::mean))).collect()
    };
    let design = |of: &DesignPresence| {
        json!({
            "design": of.design,
            "brings": brings(of),
            "hours_per_week": of.hours,
            "falls_behind": of.falls_behind,
            "adds": effects_json(&of.adds),
        })
    };
    json!({
        "version": VERSION,
        "brings": yardsticks_json(&presence.brings),
        "yardsticks": yardsticks_json(&presence.yardsticks),
        "designs": presence.designs.iter().map(design).collect::<Vec<_>>(),
    })
}
