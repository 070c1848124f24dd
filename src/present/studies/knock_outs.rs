//! Knock-outs, ranked.

use serde_json::{Value, json};

use super::cells::{
    change, effects_json, numbers, plain, recovered, recovery_json, unit, yardsticks_json,
};
use super::lines::{brief, broken, write_grid};
use crate::present::grid::Grid;
use crate::present::paint::Painted;
use crate::present::tables::{Table, harmless};
use crate::present::words::{LUCK, NOTHING};
use crate::study::{DesignKnockOuts, KnockOut, KnockOuts, Missing, Yardstick};

/// Version of the block in `results.json`.
const VERSION: u32 = 1;
/// Width of the labels.
const LABELS: usize = 36;
/// Harmful roles and links that are printed for each design; all are in the table.
const ROLES: usize = 6;
const LINKS: usize = 4;

/// One block: what every design loses without each of its roles for a day, and without each link.
///
/// `day` says when roles are away, in the author's words.
pub(super) fn knock_outs_text(of: &KnockOuts, day: &str, currency: &str) -> Painted {
    let mut text = Painted::default();
    text.blank();
    let days = of.counted.hours() / 24.0;
    text.head(
        "KNOCK-OUTS",
        &format!("   a role away on {day}, or a link cut for good: what changes, shares in points"),
    );
    text.line(format!(
        "  for those who write in the {days:.0} days from then on. · is nothing sure; peak: most unanswered."
    ));
    for grid in knock_outs_grids(of, currency) {
        write_grid(&grid, LABELS, broken, &mut text);
    }
    text
}

/// The same in few lines: of each design what it can do without least.
pub(super) fn knock_outs_brief(of: &KnockOuts, day: &str, currency: &str) -> Painted {
    let measure = of.yardsticks.first().map_or(String::new(), Yardstick::short);
    let columns = ["worst without".to_owned(), measure, "ordinary in".into()];
    let rows = of.designs.iter().map(|design| {
        let compared = design.whole.iter().any(Option::is_some);
        let cells = match design.ranking.iter().find(|knock_out| knock_out.harms) {
            _ if !compared => vec!["not compared".into(), NOTHING.into(), NOTHING.into()],
            None => vec!["nobody, surely".into(), LUCK.into(), NOTHING.into()],
            Some(worst) => {
                let first = of.yardsticks.first().zip(worst.effects.first());
                let changed = first.map_or(NOTHING.into(), |(yardstick, effect)| {
                    change(effect.as_ref(), yardstick, currency)
                });
                vec![words(&worst.missing), changed, back(worst)]
            }
        };
        (design.design.clone(), cells)
    });
    let means = format!("a role away on {day}, or a link cut");
    brief(("KNOCK-OUTS", &means), "knock_outs.csv", &columns, rows)
}

/// A table of cells for each design.
pub(super) fn knock_outs_grids(of: &KnockOuts, currency: &str) -> Vec<Grid> {
    of.designs.iter().map(|design| design_grid(of, design, currency)).collect()
}

fn design_grid(of: &KnockOuts, design: &DesignKnockOuts, currency: &str) -> Grid {
    // What a design has no value of is no column.
    let shown: Vec<usize> =
        (0..of.yardsticks.len()).filter(|&i| design.whole[i].is_some()).collect();
    if shown.is_empty() {
        let notes =
            vec!["its backlog grows all through that week as it is; nothing to compare".into()];
        return Grid::of_notes(&design.design, notes);
    }
    let head = |&i: &usize| of.yardsticks[i].short();
    let head = shown.iter().map(head).chain(["ordinary in".into()]).collect();
    let mut grid = Grid::new(&design.design, head);
    let whole = shown.iter().map(|&i| plain(design.whole[i], &of.yardsticks[i], currency));
    grid.row("everybody there", whole.chain([String::new()]).collect());
    let told = told(design);
    for knock_out in &told {
        let cells = shown
            .iter()
            .map(|&i| change(knock_out.effects[i].as_ref(), &of.yardsticks[i], currency))
            .chain([back(knock_out)]);
        grid.row(format!("without {}", words(&knock_out.missing)), cells.collect());
    }
    grid.notes.extend(rest(design, told.len()));
    grid
}

/// The most harmful roles, those who approve whether they are or not, and the most harmful links.
fn told(design: &DesignKnockOuts) -> Vec<&KnockOut> {
    let is_role = |of: &&KnockOut| matches!(of.missing, Missing::Role { .. });
    let approves = |of: &KnockOut| matches!(of.missing, Missing::Role { approves: true, .. });
    let roles = design.ranking.iter().filter(is_role).enumerate();
    let roles = roles.filter(|(i, of)| (*i < ROLES && of.harms) || approves(of)).map(|(_, of)| of);
    let links = design.ranking.iter().filter(|of| !is_role(of) && of.harms).take(LINKS);
    roles.chain(links).collect()
}

/// How many more there are, with and without harm.
fn rest(design: &DesignKnockOuts, told: usize) -> Option<String> {
    let harmful = design.ranking.iter().filter(|knock_out| knock_out.harms).count();
    let others = design.ranking.len() - told;
    (0 < others).then(|| {
        format!(
            "{harmful} of {} knock-outs do harm that is sure even after so many looks; {others} more are in \
             knock_outs.csv.",
            design.ranking.len()
        )
    })
}

/// When the backlog is ordinary again after the day.
fn back(knock_out: &KnockOut) -> String {
    if let Some(role) = &knock_out.falls_behind {
        return format!("{role}!");
    }
    knock_out.recovery.as_ref().map_or(NOTHING.into(), recovered)
}

fn words(missing: &Missing) -> String {
    match missing {
        Missing::Role { name, .. } => name.clone(),
        Missing::Link { kind, from: None, to } => format!("{kind}: channels → {to}"),
        Missing::Link { kind, from: Some(from), to } => format!("{kind}: {from} → {to}"),
    }
}

/// One row for each design, knock-out and yardstick, in the order of the ranking.
pub(super) fn knock_outs_csv(of: &KnockOuts) -> String {
    let mut table = Table::new(&[
        "design",
        "rank",
        "missing",
        "kind",
        "harms",
        "measure",
        "name",
        "unit",
        "before",
        "after",
        "difference",
        "half_width",
        "n",
        "ordinary_after_hours",
        "never_ordinary",
        "falls_behind",
    ]);
    for design in &of.designs {
        for (rank, knock_out) in design.ranking.iter().enumerate() {
            let recovery = knock_out.recovery.as_ref();
            let mean =
                recovery.and_then(|recovery| recovery.mean).map(|mean| mean.mean.to_string());
            let never = recovery.map(|recovery| recovery.never().to_string());
            let kind = match &knock_out.missing {
                Missing::Role { .. } => "role for a day",
                Missing::Link { kind, .. } => kind,
            };
            for (yardstick, effect) in of.yardsticks.iter().zip(&knock_out.effects) {
                let [before, after, difference, half_width, n] = numbers(effect.as_ref());
                table.row([
                    harmless(&design.design),
                    (rank + 1).to_string(),
                    harmless(&words(&knock_out.missing)),
                    kind.into(),
                    knock_out.harms.to_string(),
                    yardstick.id(),
                    yardstick.name(),
                    unit(yardstick).into(),
                    before,
                    after,
                    difference,
                    half_width,
                    n,
                    mean.clone().unwrap_or_default(),
                    never.clone().unwrap_or_default(),
                    harmless(knock_out.falls_behind.as_deref().unwrap_or_default()),
                ]);
            }
        }
    }
    table.text()
}

/// The block of `results.json`.
pub(super) fn knock_outs_json(of: &KnockOuts) -> Value {
    let missing = |missing: &Missing| match missing {
        Missing::Role { name, approves } => json!({ "role": name, "approves": approves }),
        Missing::Link { kind, from, to } => json!({ "link": kind, "from": from, "to": to }),
    };
    let knock_out = |of: &KnockOut| {
        json!({
            "missing": missing(&of.missing),
            "harms": of.harms,
            "effects": effects_json(&of.effects),
            "ordinary_after_hours": of.recovery.as_ref().map(recovery_json),
            "falls_behind": of.falls_behind,
        })
    };
    let design = |of: &DesignKnockOuts| {
        json!({
            "design": of.design,
            "whole": of.whole,
            "ranking": of.ranking.iter().map(knock_out).collect::<Vec<_>>(),
        })
    };
    json!({
        "version": VERSION,
        "day_minutes": of.day.minutes(),
        "counted_minutes": of.counted.minutes(),
        "yardsticks": yardsticks_json(&of.yardsticks),
        "designs": of.designs.iter().map(design).collect::<Vec<_>>(),
    })
}
