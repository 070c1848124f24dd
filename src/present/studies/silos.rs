//! The cost of silos.

use serde_json::{Value, json};

use super::cells::{EFFECT, change, difference, effect_cells, effects_json, size, yardsticks_json};
use super::lines::{brief, unbroken, write_grid};
use super::steps::{Step, Today, steps_grid};
use crate::model::{SHARED, Shared};
use crate::present::grid::Grid;
use crate::present::numbers::money;
use crate::present::paint::Painted;
use crate::present::tables::{Table, harmless};
use crate::present::words::list;
use crate::study::{DesignSilos, Effect, SiloStep, Silos, Yardstick};
use crate::units::counted;

/// Version of the block in `results.json`.
const VERSION: u32 = 1;
/// Width of the labels.
const LABELS: usize = 35;

/// One block: what every design's desks would gain if they shared more.
pub(super) fn silos_text(silos: &Silos, currency: &str) -> Painted {
    let mut text = Painted::default();
    text.blank();
    let means = "if desks shared more: what changes, shares in points (· is nothing sure)";
    text.head("COST OF SILOS", &format!("   {means}"));
    for grid in silos_grids(silos, currency) {
        write_grid(&grid, LABELS, unbroken, &mut text);
    }
    text
}

/// The same in few lines: what sharing everything changes.
pub(super) fn silos_brief(silos: &Silos, currency: &str) -> Painted {
    let at = |wanted: Yardstick| silos.yardsticks.iter().position(|known| *known == wanted);
    let told: Vec<usize> = [Some(0), at(Yardstick::Together), at(Yardstick::Worth)]
        .into_iter()
        .flatten()
        .filter(|&i| i < silos.yardsticks.len())
        .collect();
    let columns: Vec<String> = told
        .iter()
        .map(|&i| match &silos.yardsticks[i] {
            Yardstick::Together => "hours a week together".into(),
            Yardstick::Worth => "in money a year".into(),
            measure => measure.name(),
        })
        .collect();
    let rows = silos.designs.iter().map(|design| {
        let last = design.steps.last();
        let cell = |&i: &usize| {
            let effect = last.and_then(|step| step.effects[i].as_ref());
            change(effect, &silos.yardsticks[i], currency)
        };
        (design.design.clone(), told.iter().map(cell).collect())
    });
    let means = "if desks shared all: what changes, · is nothing sure";
    brief(("COST OF SILOS", means), "silos.csv", &columns, rows)
}

/// A table of cells for each design.
pub(super) fn silos_grids(silos: &Silos, currency: &str) -> Vec<Grid> {
    silos.designs.iter().map(|design| design_grid(silos, design, currency)).collect()
}

fn design_grid(silos: &Silos, design: &DesignSilos, currency: &str) -> Grid {
    if design.steps.is_empty() {
        let notes = vec!["no walls; its desks share all three already".into()];
        return Grid::of_notes(&design.design, notes);
    }
    let steps: Vec<Step<'_>> = told(design)
        .into_iter()
        .map(|of| Step {
            head: head(&of.shares),
            name: format!("with {}", head(&of.shares)),
            effects: &of.effects,
            falls_behind: of.falls_behind.as_deref(),
        })
        .collect();
    let today = Today {
        design: &design.design,
        values: &design.today,
        falls_behind: design.falls_behind.as_deref(),
    };
    let label = |at: usize| match &silos.yardsticks[at] {
        Yardstick::Rereading => "re-reading, recognizing: a week".into(),
        Yardstick::Together => "working together in all: a week".into(),
        Yardstick::Worth => "the same in money: a year".into(),
        measure => measure.name(),
    };
    let mut grid = steps_grid(&today, &steps, &silos.yardsticks, label, currency);
    grid.notes.push(conclusion(silos, design, currency));
    grid
}

/// Each thing alone, and all together.
fn told(design: &DesignSilos) -> Vec<&SiloStep> {
    let last = design.steps.len() - 1;
    let steps = design.steps.iter().enumerate();
    steps.filter(|(i, step)| *i == last || step.shares.len() == 1).map(|(_, step)| step).collect()
}

/// `history`, `both`, `all three`.
fn head(shares: &[Shared]) -> String {
    match shares {
        [only] => only.word().into(),
        shares if shares.len() == SHARED.len() => "all three".into(),
        _ => "both".into(),
    }
}

/// What taking all walls down frees or takes.
fn conclusion(silos: &Silos, design: &DesignSilos, currency: &str) -> String {
    let last = design.steps.last().expect("there are steps");
    let words: Vec<&str> = last.shares.iter().map(|shared| shared.word()).collect();
    let of = |wanted: Yardstick| {
        let at = silos.yardsticks.iter().position(|known| *known == wanted)?;
        last.effects[at].filter(|effect| effect.is_sure()).map(|effect| effect.difference)
    };
    let what = format!("Sharing {}", list(&words));
    let hour = money(design.cost_of_hour, None, currency);
    match (of(Yardstick::Together), of(Yardstick::Worth)) {
        (Some(hours), Some(worth)) => {
            let verb = if hours.mean < 0.0 { "frees" } else { "takes" };
            let hours = size(&hours, &Yardstick::Together, currency).bare();
            let hours = counted(hours, "hour", "hours");
            let worth = size(&worth, &Yardstick::Worth, currency);
            format!("{what} {verb} {hours} a week: {worth} a year, at {hour} an hour.")
        }
        _ => format!("{what} neither frees nor takes hours beyond luck."),
    }
}

/// What the walls of the design with most of them cost, in a sentence; `None` where no design has walls.
pub(super) fn silos_sentence(silos: &Silos, currency: &str) -> Option<String> {
    let most = silos.designs.iter().map(|design| design.steps.len()).max().filter(|&n| 0 < n)?;
    let design = silos.designs.iter().find(|design| design.steps.len() == most)?;
    let (first, last) = (silos.yardsticks.first()?, design.steps.last()?);
    let gain = |step: &SiloStep| step.effects.first().copied().flatten();
    let told = |effect: &Effect| difference(&effect.difference, first, currency);
    let words: Vec<&str> = last.shares.iter().map(|shared| shared.word()).collect();
    let mut text = format!("If the desks of {} shared {}: ", design.design, list(&words));
    match gain(last).filter(Effect::is_sure) {
        Some(effect) => text.push_str(&format!("{} points {}", told(&effect), first.name())),
        None => text.push_str(&format!("nothing sure changes in what is {}", first.name())),
    }
    let alone = design.steps.iter().filter(|step| step.shares.len() == 1);
    let size = |step: &&SiloStep| gain(step).map_or(0.0, |effect| effect.difference.mean);
    let best = alone.clone().max_by(|a, b| size(a).total_cmp(&size(b)));
    if let Some((step, effect)) = best
        .filter(|_| 1 < last.shares.len())
        .and_then(|step| Some((step, gain(step).filter(Effect::is_sure)?)))
    {
        let most = step.shares[0].word();
        text.push_str(&format!("; alone, {most} brings most: {}", told(&effect)));
    }
    for step in alone {
        if let Some(role) = &step.falls_behind {
            let shared = step.shares[0].word();
            text.push_str(&format!("; with {shared} alone {role} falls behind for good"));
        }
    }
    text.push('.');
    Some(text)
}

/// One row for each design, step and yardstick.
pub(super) fn silos_csv(silos: &Silos) -> String {
    let mut table = Table::new(&[&["design", "shared"], &EFFECT[..]].concat());
    for (design, step) in steps(silos) {
        for (yardstick, effect) in silos.yardsticks.iter().zip(&step.effects) {
            let whose = [harmless(&design.design), words(step).join(" + ")];
            table.row(whose.into_iter().chain(effect_cells(yardstick, effect.as_ref())));
        }
    }
    table.text()
}

fn steps(silos: &Silos) -> impl Iterator<Item = (&DesignSilos, &SiloStep)> {
    silos.designs.iter().flat_map(|design| design.steps.iter().map(move |step| (design, step)))
}

fn words(step: &SiloStep) -> Vec<&'static str> {
    step.shares.iter().map(|shared| shared.word()).collect()
}

/// The block of `results.json`.
pub(super) fn silos_json(silos: &Silos) -> Value {
    let step = |step: &SiloStep| {
        json!({
            "shared": words(step),
            "falls_behind": step.falls_behind,
            "effects": effects_json(&step.effects),
        })
    };
    let design = |of: &DesignSilos| {
        json!({
            "design": of.design,
            "cost_of_hour": of.cost_of_hour,
            "today": of.today,
            "falls_behind": of.falls_behind,
            "steps": of.steps.iter().map(step).collect::<Vec<_>>(),
        })
    };
    json!({
        "version": VERSION,
        "yardsticks": yardsticks_json(&silos.yardsticks),
        "designs": silos.designs.iter().map(design).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MeasureId;
    use crate::stats::Interval;

    #[test]
    fn what_walls_cost_is_one_sentence() {
        let effect = |mean: f64| {
            let half_width = Some(0.001);
            let difference = Interval { mean, half_width, n: 20, standard_error: Some(0.0005) };
            vec![Some(Effect { before: 0.5, after: 0.5 + mean, difference })]
        };
        let step = |shares: &[Shared], mean: f64, behind: Option<&str>| SiloStep {
            shares: shares.to_vec(),
            effects: if behind.is_some() { vec![None] } else { effect(mean) },
            falls_behind: behind.map(String::from),
        };
        let design = |name: &str, steps: Vec<SiloStep>| DesignSilos {
            design: name.into(),
            cost_of_hour: 50.0,
            today: vec![],
            falls_behind: None,
            steps,
        };
        let result = crate::experiment::made_up::made_up();
        let quantity = result.quantities[result.quantity(MeasureId::AnsweredWithin).unwrap()];
        let steps = vec![
            step(&[Shared::History], 0.004, None),
            step(&[Shared::Playbook], 0.013, None),
            step(&[Shared::Queue], 0.0, Some("phones expert")),
            step(&SHARED, 0.058, None),
        ];
        let silos = Silos {
            yardsticks: vec![Yardstick::Measure { quantity, scope: 0 }],
            designs: vec![design("Open", vec![]), design("Silos", steps)],
        };
        assert_eq!(
            silos_sentence(&silos, "$").unwrap(),
            "If the desks of Silos shared history, playbook and queue: +5.8 ±.1 points answered within an \
             hour; alone, playbook brings most: +1.3 ±.1; with queue alone phones expert falls behind for good."
        );
        let none = Silos { designs: vec![design("Open", vec![])], ..silos };
        assert_eq!(silos_sentence(&none, "$"), None);
    }
}
