//! Tactics without a strategy.

use serde_json::{Value, json};

use super::cells::{EFFECT, change, effect_cells, effects_json, size, yardsticks_json};
use super::lines::{brief, unbroken, write_grid};
use super::steps::{Step, Today, steps_grid};
use crate::model::MeasureId;
use crate::present::grid::Grid;
use crate::present::numbers::{money, share};
use crate::present::paint::Painted;
use crate::present::tables::{Table, harmless};
use crate::present::words::{NOTHING, list};
use crate::study::{DesignTactics, Tactic, TacticStep, Tactics, Yardstick};
use crate::units::counted;

/// Version of the block in `results.json`.
const VERSION: u32 = 1;
/// Width of the labels.
const LABELS: usize = 44;
/// Most columns beside today's; all together is always among them.
const MOST_STEPS: usize = 4;

/// One block: what each design spends on what serves no objective, and what the rest would gain.
pub(super) fn tactics_text(tactics: &Tactics, currency: &str) -> Painted {
    let mut text = Painted::default();
    text.blank();
    let means = "what serves no objective, taken away (points; · is nothing sure)";
    text.head("TACTICS WITHOUT A STRATEGY", &format!("   {means}"));
    for grid in tactics_grids(tactics, currency) {
        write_grid(&grid, LABELS, unbroken, &mut text);
    }
    text
}

/// The same in few lines: what all that serves no objective takes.
pub(super) fn tactics_brief(tactics: &Tactics, currency: &str) -> Painted {
    let columns = ["taken away", "hours a week", "money a year", "for an objective"];
    let rows = tactics.designs.iter().map(|design| {
        let last = design.steps.last();
        let of = |wanted: Yardstick| {
            let at = tactics.yardsticks.iter().position(|known| *known == wanted);
            let effect = at.and_then(|at| last?.effects[at].as_ref());
            change(effect, &wanted, currency)
        };
        let cells = vec![
            last.map_or("nothing".into(), |step| taken_away(&step.without)),
            of(Yardstick::AtWork),
            of(Yardstick::AtWorkWorth),
            design.alignment.map_or(NOTHING.into(), |alignment| share(alignment, None)),
        ];
        (design.design.clone(), cells)
    });
    let means = "what serves no objective, · is nothing sure";
    let head = ("TACTICS WITHOUT A STRATEGY", means);
    brief(head, "tactics.csv", &columns.map(String::from), rows)
}

/// A table of cells for each design.
pub(super) fn tactics_grids(tactics: &Tactics, currency: &str) -> Vec<Grid> {
    tactics.designs.iter().map(|design| design_grid(tactics, design, currency)).collect()
}

fn design_grid(tactics: &Tactics, design: &DesignTactics, currency: &str) -> Grid {
    let aligned = design.alignment.map(|alignment| {
        format!("{} of all paid time is for an objective", share(alignment, None))
    });
    if design.steps.is_empty() {
        let none = "none: every channel has an objective, all content says what it serves";
        let notes = std::iter::once(none.into()).chain(aligned).collect();
        return Grid::of_notes(&design.design, notes);
    }
    let steps: Vec<Step<'_>> = told(design)
        .into_iter()
        .map(|of| Step {
            head: head(&of.without),
            name: head(&of.without),
            effects: &of.effects,
            falls_behind: of.falls_behind.as_deref(),
        })
        .collect();
    let today = Today {
        design: &design.design,
        values: &design.today,
        falls_behind: design.falls_behind.as_deref(),
    };
    let label = |at: usize| match (&tactics.objectives[at], &tactics.yardsticks[at]) {
        (Some(id), Yardstick::Measure { quantity, .. })
            if quantity.measure.id == MeasureId::FirstReplyMean =>
        {
            format!("{id}: mean time to the first reply")
        }
        (Some(id), measure) => format!("{id}: {}", measure.name()),
        (None, Yardstick::AtWork) => "hours at work: a week".into(),
        (None, _) => "the same in money: a year".into(),
    };
    let mut grid = steps_grid(&today, &steps, &tactics.yardsticks, label, currency);
    grid.notes.push(conclusion(tactics, design, currency));
    grid.notes.extend(aligned);
    grid
}

/// Each tactic alone as far as there is room, and all together.
fn told(design: &DesignTactics) -> Vec<&TacticStep> {
    let last = design.steps.len() - 1;
    let fits = |i: usize| i == last || i + 1 < MOST_STEPS;
    design.steps.iter().enumerate().filter(|(i, _)| fits(*i)).map(|(_, step)| step).collect()
}

/// `no linkedin`, `without all 3`.
fn head(without: &[Tactic]) -> String {
    match without {
        [only] => format!("no {}", only.word()),
        [_, _] => "without both".into(),
        several => format!("without all {}", several.len()),
    }
}

/// `linkedin`, `both`, `all 3`.
fn taken_away(without: &[Tactic]) -> String {
    match without {
        [only] => only.word().into(),
        [_, _] => "both".into(),
        several => format!("all {}", several.len()),
    }
}

/// What the tactics take, in hours and money.
fn conclusion(tactics: &Tactics, design: &DesignTactics, currency: &str) -> String {
    let last = design.steps.last().expect("there are steps");
    let words: Vec<&str> = last.without.iter().map(Tactic::word).collect();
    let verb = if words.len() == 1 { "takes" } else { "take" };
    let what = list(&words);
    let of = |wanted: Yardstick| {
        let at = tactics.yardsticks.iter().position(|known| *known == wanted)?;
        last.effects[at].filter(|effect| effect.is_sure()).map(|effect| effect.difference)
    };
    let hour = money(design.cost_of_hour, None, currency);
    match (of(Yardstick::AtWork), of(Yardstick::AtWorkWorth)) {
        (Some(hours), Some(worth)) if hours.mean < 0.0 => {
            let hours = size(&hours, &Yardstick::AtWork, currency).bare();
            let hours = counted(hours, "hour", "hours");
            let worth = size(&worth, &Yardstick::AtWorkWorth, currency);
            format!("{what} {verb} {hours} a week: {worth} a year, at {hour} an hour")
        }
        _ => format!("{what} {verb} no hours beyond luck"),
    }
}

/// What serves no objective takes, in a sentence; `None` where all serves one.
pub(super) fn tactics_sentence(tactics: &Tactics, currency: &str) -> Option<String> {
    let most = tactics.designs.iter().map(|design| design.steps.len()).max().filter(|&n| 0 < n)?;
    let design = tactics.designs.iter().find(|design| design.steps.len() == most)?;
    let told = conclusion(tactics, design, currency);
    Some(format!("No objective asks for it, yet in {} {told}.", design.design))
}

/// One row for each design, step and yardstick.
pub(super) fn tactics_csv(tactics: &Tactics) -> String {
    let mut table = Table::new(&[&["design", "without", "objective"], &EFFECT[..]].concat());
    for design in &tactics.designs {
        for step in &design.steps {
            let measured = tactics.yardsticks.iter().zip(&tactics.objectives);
            for ((yardstick, objective), effect) in measured.zip(&step.effects) {
                let gone = words(step).join(" + ");
                let whose = [&design.design, &gone, objective.as_deref().unwrap_or("")];
                let cells = effect_cells(yardstick, effect.as_ref());
                table.row(whose.map(harmless).into_iter().chain(cells));
            }
        }
    }
    table.text()
}

fn words(step: &TacticStep) -> Vec<&str> {
    step.without.iter().map(Tactic::word).collect()
}

/// The block of `results.json`.
pub(super) fn tactics_json(tactics: &Tactics) -> Value {
    let step = |step: &TacticStep| {
        json!({
            "without": words(step),
            "falls_behind": step.falls_behind,
            "effects": effects_json(&step.effects),
        })
    };
    let design = |of: &DesignTactics| {
        json!({
            "design": of.design,
            "cost_of_hour": of.cost_of_hour,
            "alignment": of.alignment,
            "today": of.today,
            "falls_behind": of.falls_behind,
            "steps": of.steps.iter().map(step).collect::<Vec<_>>(),
        })
    };
    json!({
        "version": VERSION,
        "yardsticks": yardsticks_json(&tactics.yardsticks),
        "objectives": tactics.objectives,
        "designs": tactics.designs.iter().map(design).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Quantity;
    use crate::stats::Interval;
    use crate::study::Effect;
    use crate::units::SimTime;

    /// A team that answers on a channel no objective is about.
    fn made_up() -> Tactics {
        let measure = MeasureId::AnsweredWithin.measure();
        let quantity = Quantity { measure, within: Some(SimTime::HOUR) };
        let effect = |before: f64, by: f64, half_width: f64| {
            let difference =
                Interval { mean: by, half_width: Some(half_width), n: 10, standard_error: None };
            Some(Effect { before, after: before + by, difference })
        };
        let step = |without: Vec<Tactic>, points: f64, hours: f64| TacticStep {
            without,
            effects: vec![
                effect(0.5, points, 0.004),
                effect(200.0, hours, 1.2),
                effect(520_000.0, 2600.0 * hours, 3100.0),
            ],
            falls_behind: None,
        };
        let linkedin = Tactic::Channel("linkedin".into());
        let team = DesignTactics {
            design: "One team".into(),
            cost_of_hour: 49.9,
            today: vec![Some(0.5), Some(200.0), Some(520_000.0)],
            alignment: Some(0.314),
            falls_behind: None,
            steps: vec![
                step(vec![linkedin.clone()], 0.012, -11.0),
                step(vec![Tactic::Content], 0.001, -8.0),
                step(vec![linkedin, Tactic::Content], 0.021, -19.0),
            ],
        };
        let strict = DesignTactics { design: "Strict".into(), steps: Vec::new(), ..team.clone() };
        Tactics {
            yardsticks: vec![
                Yardstick::Measure { quantity, scope: 1 },
                Yardstick::AtWork,
                Yardstick::AtWorkWorth,
            ],
            objectives: vec![Some("prompt".into()), None, None],
            designs: vec![team, strict],
        }
    }

    #[test]
    fn what_tactics_take_is_told_in_hours_money_and_goals() {
        expect_test::expect![[r#"

            TACTICS WITHOUT A STRATEGY   what serves no objective, taken away (points; · is nothing sure)
            One team                                             today   no linkedin    no content  without both
              prompt: answered within an hour                      50%      +1.2 ±.4             ·      +2.1 ±.4
              hours at work: a week                              200 h      -11 ±2 h       -8 ±2 h      -19 ±2 h
              the same in money: a year                       $520,000     -$29k ±4k     -$21k ±4k     -$49k ±4k
              linkedin and content take 19 ±2 hours a week: $49k ±4k a year, at $49.90 an hour
              31% of all paid time is for an objective
            Strict: none: every channel has an objective, all content says what it serves
              31% of all paid time is for an objective
        "#]]
        .assert_eq(&tactics_text(&made_up(), "$").plain());
    }

    #[test]
    fn in_few_lines_what_was_taken_away_is_told_as_such() {
        let told = tactics_brief(&made_up(), "$").plain();
        let row = |name: &str| {
            let line = told.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
            line.split_whitespace().nth(name.split(' ').count()).unwrap().to_owned()
        };
        assert_eq!((row("One team").as_str(), row("Strict").as_str()), ("both", "nothing"));
    }

    #[test]
    fn every_step_and_yardstick_has_a_row() {
        let table = tactics_csv(&made_up());
        assert_eq!(table.lines().count(), 1 + 3 * 3);
        assert!(
            table.contains("One team,linkedin + content,prompt,answered_within_1h,"),
            "{table}"
        );
        assert_eq!(tactics_json(&made_up())["designs"][0]["alignment"], 0.314);
    }
}
