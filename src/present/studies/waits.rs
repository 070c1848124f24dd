//! What each cause of waiting is worth.

use serde_json::{Value, json};

use super::cells::{
    EFFECT, change, difference, effect_cells, effects_json, interval_json, plain, seen,
    yardsticks_json,
};
use super::lines::{brief, write_grid};
use crate::experiment::Measured;
use crate::model::{MeasureId, MeasureUnit};
use crate::present::grid::Grid;
use crate::present::numbers::{measured, money, time};
use crate::present::paint::Painted;
use crate::present::tables::{Table, harmless};
use crate::present::words::{BEHIND_FOR_GOOD, LINE, NOTHING, width, wrap};
use crate::stats::Interval;
use crate::study::{CausePrice, DesignWaits, Effect, PricedChange, Waits, Yardstick};

/// Version of the block in `results.json`.
const VERSION: u32 = 1;
/// Width of the labels.
const LABELS: usize = 28;
/// Width of a note, which stands two columns in.
const NOTE: usize = LINE - 2;
/// Width of a cell, the gap before it included.
const CELL: usize = 12;
/// From here on whole hours are told, in minutes.
const LONG: f64 = 600.0;

/// Why what is booked and what it is worth differ.
const MOVES: &str = "Minutes are booked on what one waits for at the time. To be rid of it is worth less where \
                     the next wait is longer for it, and more where people who are freed of work do other work.";

/// One block: what it is worth to be rid of each cause of waiting, beside the minutes that are booked on it.
pub(super) fn waits_text(waits: &Waits, currency: &str) -> Painted {
    let mut text = Painted::default();
    text.blank();
    let means = "minutes an inquiry, shares in points (· is nothing sure)";
    text.head("WHAT EACH WAIT IS WORTH", &format!("   {means}"));
    if let Some(promise) = promise(waits) {
        text.line(format!("in time: {}", promise.name()));
    }
    for grid in waits_grids(waits, currency) {
        if grid.has_only_notes() {
            // as far in as the notes of the other tables, which stand above and below
            let own = grid.notes.iter().map(|note| format!("{}: {note}", grid.title));
            own.flat_map(|note| hanging(&note)).for_each(|line| text.line(line));
        } else {
            write_grid(&grid, LABELS, hanging, &mut text);
        }
    }
    text
}

/// A note in as many lines as it takes, those after its first further in.
fn hanging(note: &str) -> Vec<String> {
    wrap(note, 0, NOTE, 2).into_iter().map(|line| format!("  {line}")).collect()
}

/// The same in few lines: the cause that it is worth most to be rid of.
pub(super) fn waits_brief(waits: &Waits, currency: &str) -> Painted {
    let promised = waits.yardsticks.iter().position(|of| Some(of) == promise(waits));
    let columns: Vec<String> = ["without the wait", "booked on it", "all waiting"]
        .into_iter()
        .map(String::from)
        .chain(promised.map(|at| waits.yardsticks[at].name()))
        .collect();
    let rows = waits.designs.iter().map(|of| {
        let Some((cause, priced)) = dearest(of) else {
            return (of.design.clone(), vec![NOTHING.into(); columns.len()]);
        };
        let effect =
            |at: usize| change(priced.effects[at].as_ref(), &waits.yardsticks[at], currency);
        let mut cells = vec![cause.cause.label().into(), booked(cause), effect(0)];
        cells.extend(promised.map(effect));
        (of.design.clone(), cells)
    });
    brief(("WHAT EACH WAIT IS WORTH", "minutes an inquiry"), "waits.csv", &columns, rows)
}

/// What was promised: it follows all waiting.
fn promise(waits: &Waits) -> Option<&Yardstick> {
    waits.yardsticks.get(1).filter(|of| column(of) == Some("in time"))
}

/// The cause whose end spares most waiting beyond luck.
fn dearest(design: &DesignWaits) -> Option<(&CausePrice, &PricedChange)> {
    let whole = design.causes.iter().filter_map(|cause| {
        let first = cause.changes.first()?;
        let gain = first.effects[0].filter(Effect::is_sure)?.difference.mean;
        (first.remedy.is_whole() && gain < 0.0).then_some((cause, first, gain))
    });
    whole.min_by(|a, b| a.2.total_cmp(&b.2)).map(|(cause, first, _)| (cause, first))
}

/// A table for each design.
pub(super) fn waits_grids(waits: &Waits, currency: &str) -> Vec<Grid> {
    let mut grids: Vec<Grid> = waits.designs.iter().map(|of| grid(waits, of, currency)).collect();
    if let Some(last) = grids.iter_mut().rfind(|grid| !grid.has_only_notes()) {
        last.notes.push(MOVES.into());
    }
    grids
}

/// Head of a column of the table; `None` for what only files have.
fn column(yardstick: &Yardstick) -> Option<&'static str> {
    let Yardstick::Measure { quantity, .. } = yardstick else {
        return Some("all waiting");
    };
    match quantity.measure.id {
        MeasureId::FirstReplyMean => None,
        MeasureId::MentionsReached => Some("reached"),
        MeasureId::SettledInConversation | MeasureId::WrongAnswers => Some(quantity.measure.short),
        _ => Some("in time"),
    }
}

fn grid(waits: &Waits, design: &DesignWaits, currency: &str) -> Grid {
    if let Some(role) = &design.falls_behind {
        let notes = vec![format!("{role} {BEHIND_FOR_GOOD}")];
        return Grid::of_notes(&design.design, notes);
    }
    if design.causes.is_empty() {
        return Grid::of_notes(&design.design, vec!["nobody waits".into()]);
    }
    let shown: Vec<usize> =
        (0..waits.yardsticks.len()).filter(|&at| column(&waits.yardsticks[at]).is_some()).collect();
    let heads = shown.iter().filter_map(|&at| column(&waits.yardsticks[at]));
    let head = std::iter::once("for this").chain(heads).map(String::from).collect();
    let cells = |first: String, of: &dyn Fn(usize) -> String| -> Vec<String> {
        std::iter::once(first).chain(shown.iter().map(|&at| of(at))).collect()
    };
    let mut grid = Grid::new(&design.design, head);
    let today = |at: usize| plain(design.today[at], &waits.yardsticks[at], currency);
    grid.row("today", cells(String::new(), &today));
    for cause in &design.causes {
        let label = cause.cause.label();
        grid.row(label, cells(booked(cause), &|_| String::new()));
        for priced in &cause.changes {
            let left = priced.of_this.map_or(NOTHING.into(), |of| time(of.after.max(0.0), None));
            let changed =
                |at: usize| short(priced.effects[at].as_ref(), &waits.yardsticks[at], currency);
            grid.below(priced.remedy.name(), cells(left, &changed));
        }
        match cause.changes.first() {
            Some(first) => grid.notes.push(sentence(cause, first)),
            None => grid.notes.push(format!("{label}: not priced, nothing here takes it away")),
        }
        grid.notes.extend(cause.changes.iter().filter_map(|of| terms(of, currency)));
    }
    grid
}

/// A change, in whole hours where it is long, and closer together where it would not fit.
fn short(effect: Option<&Effect>, yardstick: &Yardstick, currency: &str) -> String {
    let is_waiting =
        |of: &&Effect| *yardstick == Yardstick::Waited && seen(of, yardstick, currency).is_some();
    let Some(waiting) = effect.filter(is_waiting) else {
        return change(effect, yardstick, currency);
    };
    let of = waiting.difference;
    let mean = if of.mean.abs() < LONG { of.mean } else { (of.mean / 60.0).round() * 60.0 };
    let told = difference(&Interval { mean, ..of }, yardstick, currency).to_string();
    if width(&told) < CELL { told } else { told.replacen(' ', "", 1) }
}

/// `41m (22%)`.
fn booked(cause: &CausePrice) -> String {
    let minutes = cause.minutes.mean().unwrap_or(0.0);
    let minutes = if minutes < LONG { minutes } else { (minutes / 60.0).round() * 60.0 };
    let share = cause.share.mean().unwrap_or(0.0);
    format!("{} {:.0}%", time(minutes, None), 100.0 * share)
}

/// What is booked on a cause, what it is worth to be rid of it, and where the rest goes.
fn sentence(cause: &CausePrice, priced: &PricedChange) -> String {
    let label = cause.cause.label();
    let booked = measured(Some(&cause.minutes), MeasureUnit::Minutes, "");
    let mut text = format!("{label}: {booked} booked; {}: ", priced.remedy.name());
    if let Some(role) = &priced.falls_behind {
        text.push_str(&format!("{role} falls behind for good"));
        return text;
    }
    let size = |effect: &Effect| {
        let of = effect.difference;
        time(of.mean.abs(), of.half_width)
    };
    match priced.effects[0].as_ref().filter(|effect| effect.is_sure()) {
        None => text.push_str("all waiting stays what it is, as far as luck lets one tell"),
        Some(all) if all.difference.mean < 0.0 => {
            text.push_str(&format!("{} less in all", size(all)));
        }
        Some(all) => text.push_str(&format!("{} more in all", size(all))),
    }
    if let Some(others) = priced.of_others.as_ref().filter(|effect| effect.is_sure()) {
        let more = 0.0 < others.difference.mean;
        let verb = if more { "turns up elsewhere" } else { "more is spared elsewhere" };
        text.push_str(&format!("; {} {verb}", size(others)));
        let most = priced.most.filter(|(_, most)| (0.0 < most.difference.mean) == more);
        if let Some((most, effect)) = most {
            let (label, of_it) = (most.label(), size(&effect));
            text.push_str(&match effect.difference.mean.abs() <= others.difference.mean.abs() {
                true => format!(", most of it under “{label}”: {of_it}"),
                false if more => {
                    format!(" ({of_it} under “{label}”, less what is spared under others)")
                }
                false => format!(" ({of_it} under “{label}”, less what turns up under others)"),
            });
        }
    }
    text
}

/// Where one more head is, and what a change costs.
fn terms(priced: &PricedChange, currency: &str) -> Option<String> {
    let costs =
        priced.costs.map(|costs| format!("{} a year", money(costs.round(), None, currency)));
    let told: Vec<String> =
        priced.desk.iter().map(|desk| format!("at {desk}")).chain(costs).collect();
    (!told.is_empty()).then(|| format!("{}: {}", priced.remedy.name(), told.join(", ")))
}

/// What it is worth to be rid of the wait that costs most anywhere, in a sentence; `None` where no wait is priced.
pub(super) fn waits_sentence(waits: &Waits) -> Option<String> {
    let gain = |priced: &PricedChange| priced.effects[0].map_or(0.0, |of| of.difference.mean);
    let all = waits.designs.iter().filter_map(|of| dearest(of).map(|found| (of, found)));
    let (design, (cause, priced)) = all.min_by(|a, b| gain(a.1.1).total_cmp(&gain(b.1.1)))?;
    let spared = priced.effects[0]?.difference;
    Some(format!(
        "Customers of {} would wait {} less without “{}” ({}); {} of their waiting is booked on it.",
        design.design,
        time(spared.mean.abs(), spared.half_width),
        cause.cause.label(),
        priced.remedy.name(),
        measured(Some(&cause.minutes), MeasureUnit::Minutes, ""),
    ))
}

/// One row for each design, cause, change and yardstick.
pub(super) fn waits_csv(waits: &Waits) -> String {
    let own = [
        "design",
        "cause",
        "minutes",
        "minutes_half_width",
        "share",
        "change",
        "whole",
        "desk",
        "costs_per_year",
        "falls_behind",
    ];
    let mut table = Table::new(&[&own[..], &EFFECT[..]].concat());
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    for design in &waits.designs {
        for cause in &design.causes {
            let about = [
                harmless(&design.design),
                cause.cause.key().into(),
                number(cause.minutes.mean()),
                number(cause.minutes.half_width()),
                number(cause.share.mean()),
            ];
            for priced in &cause.changes {
                let what = [
                    priced.remedy.name().into(),
                    priced.remedy.is_whole().to_string(),
                    harmless(priced.desk.as_deref().unwrap_or("")),
                    number(priced.costs),
                    harmless(priced.falls_behind.as_deref().unwrap_or("")),
                ];
                let own = about.iter().cloned().chain(what);
                for (yardstick, effect) in rows(waits, cause, priced) {
                    table.row(own.clone().chain(effect_cells(&yardstick, effect)));
                }
            }
        }
    }
    table.text()
}

/// What a change does by every yardstick, and to the minutes of the cause and of all others.
fn rows<'a>(
    waits: &'a Waits,
    cause: &CausePrice,
    priced: &'a PricedChange,
) -> impl Iterator<Item = (Yardstick, Option<&'a Effect>)> {
    let minutes = [
        (Yardstick::WaitedFor(cause.cause), priced.of_this.as_ref()),
        (Yardstick::WaitedOtherwise(cause.cause), priced.of_others.as_ref()),
    ];
    let measured = waits.yardsticks.iter().copied().zip(priced.effects.iter().map(Option::as_ref));
    measured.chain(minutes)
}

/// The block of `results.json`.
pub(super) fn waits_json(waits: &Waits) -> Value {
    let estimate = |of: &Measured| of.interval.as_ref().map(interval_json);
    let change = |of: &PricedChange| {
        let minutes = effects_json(&[of.of_this, of.of_others]);
        json!({
            "change": of.remedy.name(),
            "whole": of.remedy.is_whole(),
            "desk": of.desk,
            "costs_per_year": of.costs,
            "falls_behind": of.falls_behind,
            "effects": effects_json(&of.effects),
            "of_this": minutes[0],
            "of_others": minutes[1],
            "most": of.most.map(|(cause, effect)| json!({
                "cause": cause.key(),
                "effect": effects_json(&[Some(effect)])[0],
            })),
        })
    };
    let cause = |of: &CausePrice| {
        json!({
            "cause": of.cause.key(),
            "minutes": estimate(&of.minutes),
            "share": estimate(&of.share),
            "changes": of.changes.iter().map(change).collect::<Vec<_>>(),
        })
    };
    let design = |of: &DesignWaits| {
        json!({
            "design": of.design,
            "today": of.today,
            "falls_behind": of.falls_behind,
            "causes": of.causes.iter().map(cause).collect::<Vec<_>>(),
        })
    };
    json!({
        "version": VERSION,
        "yardsticks": yardsticks_json(&waits.yardsticks),
        "designs": waits.designs.iter().map(design).collect::<Vec<_>>(),
    })
}
