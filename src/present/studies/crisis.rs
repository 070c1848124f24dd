//! Crisis drills.

use serde_json::{Value, json};

use super::cells::{change, interval_json, recovered, recovery_json};
use super::lines::{broken, row, write_rows};
use crate::experiment::{Measured, Verdict};
use crate::model::MeasureUnit;
use crate::present::grid::Grid;
use crate::present::length::rough_length;
use crate::present::numbers::{estimate, measured, thousands};
use crate::present::paint::Painted;
use crate::present::tables::{Table, harmless};
use crate::present::words::{LINE, NOTHING, list, shortened, wrap};
use crate::study::{DesignDrill, Drill, Effect, Passage, Variant, VariantDrill, Yardstick};

/// Version of the block in `results.json`.
const VERSION: u32 = 1;
/// Width of the labels.
const LABELS: usize = 44;
/// Width of a column, at most.
const WIDE: usize = 14;

/// A block for each drill.
pub(super) fn drills_text(drills: &[Drill]) -> Painted {
    let mut text = Painted::default();
    drills.iter().for_each(|drill| text.append(drill_text(drill)));
    text
}

/// One block: how every design gets through a surge.
fn drill_text(drill: &Drill) -> Painted {
    let mut text = Painted::default();
    text.blank();
    let title = wrap(&format!("{}: {}", drill.name, drill.words), 9, LINE, 9);
    for (i, line) in title.iter().enumerate() {
        match i {
            0 => text.head("CRISIS", &format!("   {line}")),
            _ => text.line(line),
        }
    }
    let labels = names_row(drill, &mut text);
    let grid = drill_grid(drill);
    write_rows(&grid.rows, labels, &mut text);
    grid.notes.iter().flat_map(|note| broken(note)).for_each(|line| text.line(line));
    text
}

/// The row of the designs' names; the room that it leaves for labels.
fn names_row(drill: &Drill, text: &mut Painted) -> usize {
    let columns = drill.designs.len().max(1);
    let names: Vec<&str> = drill.designs.iter().map(|design| design.design.as_str()).collect();
    let wide = ((LINE - LABELS) / columns).min(WIDE);
    let labels = LINE - wide * columns;
    text.line(row("", &shortened(&names, wide - 2), labels));
    labels
}

/// All drills in few lines: what is kept of the promise, and how long it takes to recover.
pub(super) fn drills_brief(drills: &[Drill]) -> Painted {
    let mut text = Painted::default();
    let Some(first) = drills.first() else { return text };
    text.blank();
    text.head("CRISIS", "   how each design gets through (more: --all, crisis.csv)");
    let labels = names_row(first, &mut text);
    for drill in drills {
        let cells = |cell: &dyn Fn(&DesignDrill) -> String| -> Vec<String> {
            drill.designs.iter().map(cell).collect()
        };
        let kept = cells(&|of| measured(Some(&of.as_it_is.promise), MeasureUnit::Share, ""));
        text.line(row(&format!("  {}: {}", drill.name, drill.promise.name()), &kept, labels));
        let recovered = cells(&|of| recovered(&of.as_it_is.recovery));
        text.line(row("    ordinary again, after it ended", &recovered, labels));
    }
    text
}

/// What the words of the table mean.
fn words(drill: &Drill) -> String {
    format!(
        "Promise: {}. Ordinary: for a day no more messages at the desks than in nine of ten such hours \
         without the surge; one looked for {}. · is nothing sure.",
        drill.promise.name(),
        rough_length(drill.looked_after.hours()),
    )
}

/// The same as a table of cells.
pub(super) fn drill_grid(drill: &Drill) -> Grid {
    let head = drill.designs.iter().map(|design| design.design.clone()).collect();
    let mut grid = Grid::new(format!("{}: {}", drill.name, drill.words), head);
    as_they_are(drill, &mut grid);
    let mut known: Vec<Variant> = Vec::new();
    for of in drill.designs.iter().flat_map(|design| &design.variants) {
        if !known.contains(&of.variant) {
            known.push(of.variant);
            changed(drill, of.variant, &mut grid);
        }
    }
    grid.notes.push(words(drill));
    grid
}

/// The rows on the designs as they are organized.
fn as_they_are(drill: &Drill, grid: &mut Grid) {
    let cells = |cell: &dyn Fn(&DesignDrill) -> String| -> Vec<String> {
        drill.designs.iter().map(cell).collect()
    };
    let share = |of: &Measured| measured(Some(of), MeasureUnit::Share, "");
    let promise = drill.promise.name();
    let kept = cells(&|of| share(&of.as_it_is.promise));
    grid.row(format!("{promise}, of those who write then"), kept);
    grid.below("the same hours without the surge", cells(&|of| share(&of.ordinary.0)));
    grid.row("answered at all", cells(&|of| share(&of.as_it_is.answered)));
    grid.row("most messages at the desks", cells(&|of| whole(&of.as_it_is.peak)));
    grid.below("without the surge", cells(&|of| whole(&of.ordinary.1)));
    grid.below("so many after it began", cells(&|of| length(&of.as_it_is.peak_after)));
    let recovery = cells(&|of| recovered(&of.as_it_is.recovery));
    grid.row("ordinary again, after it ended", recovery);
}

/// The rows on the designs with a change of who must agree, or who owns what.
fn changed(drill: &Drill, variant: Variant, grid: &mut Grid) {
    let cells = |cell: &dyn Fn(&VariantDrill) -> String| -> Vec<String> {
        let of = |design: &DesignDrill| {
            design.variants.iter().find(|of| of.variant == variant).map_or(NOTHING.into(), cell)
        };
        drill.designs.iter().map(of).collect()
    };
    let promise = cells(&|of| change(of.effects[0].as_ref(), &drill.promise, ""));
    grid.row(format!("with {}: kept of the promise", variant.name()), promise);
    let peak = cells(&|of| change(of.effects[2].as_ref(), &Yardstick::Peak, ""));
    grid.below("most messages at the desks", peak);
    let recovery = cells(&|of| recovered(&of.passage.recovery));
    grid.below("ordinary again, after it ended", recovery);
}

/// Who gets through the surge best, in a sentence; `None` where nobody wrote then.
pub(super) fn drill_sentence(drill: &Drill) -> Option<String> {
    let standing = drill.standing.as_ref()?;
    let name = |design: usize| drill.designs[design].design.as_str();
    let kept = |design: usize| {
        measured(Some(&drill.designs[design].as_it_is.promise), MeasureUnit::Share, "")
    };
    let (&best, rest) = standing.ranking.split_first()?;
    let close = |rivals: &[usize]| {
        let rivals: Vec<&str> = rivals.iter().map(|&rival| name(rival)).collect();
        list(&rivals)
    };
    let told = match &standing.verdict {
        Verdict::Winner => ", surely more than any other".to_owned(),
        Verdict::TooSmall { rivals } => {
            format!(", too little more than {} to matter", close(rivals))
        }
        Verdict::TooClose { rivals, .. } => {
            format!(", too close to call against {}", close(rivals))
        }
        Verdict::OneRun => ", in one run".to_owned(),
        Verdict::Alone => String::new(),
    };
    let last = match rest.split_last() {
        Some((&last, _)) => format!("; {} keeps least, {}", name(last), kept(last)),
        None => String::new(),
    };
    Some(format!(
        "{}: of those who write then, {} has {} {}{told}{last}.",
        sentence_start(&drill.name),
        name(best),
        kept(best),
        drill.promise.name()
    ))
}

fn sentence_start(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A number of inquiries.
fn whole(of: &Measured) -> String {
    let Some(interval) = of.interval else { return NOTHING.into() };
    let chance =
        interval.half_width.map_or(String::new(), |h| format!(" ±{}", thousands(h.ceil())));
    format!("{}{chance}", thousands(interval.mean.round()))
}

/// Hours as a length of time.
fn length(of: &Measured) -> String {
    let Some(interval) = of.interval else { return NOTHING.into() };
    let half_width = interval.half_width.map(|hours| 60.0 * hours);
    estimate(60.0 * interval.mean.round(), half_width, MeasureUnit::Minutes, "")
}

/// One row for each drill, design and way to organize it.
pub(super) fn drills_csv(drills: &[Drill]) -> String {
    let mut table = Table::new(&[
        "surge",
        "design",
        "with",
        "measure",
        "value",
        "half_width",
        "n",
        "difference",
        "difference_half_width",
    ]);
    for drill in drills {
        for design in &drill.designs {
            let mut add = |with: &str, passage: &Passage, effects: [Option<&Effect>; 3]| {
                let [promise, answered, peak] = effects;
                let told = [
                    (drill.promise.id(), passage.promise.interval, promise),
                    ("answered".into(), passage.answered.interval, answered),
                    ("peak_messages".into(), passage.peak.interval, peak),
                    ("peak_after_hours".into(), passage.peak_after.interval, None),
                    ("ordinary_after_hours".into(), passage.recovery.mean, None),
                ];
                for (measure, value, effect) in told {
                    let text =
                        |number: Option<f64>| number.map_or(String::new(), |n| n.to_string());
                    let of = effect.map(|effect| effect.difference);
                    table.row([
                        harmless(&drill.name),
                        harmless(&design.design),
                        with.into(),
                        measure,
                        text(value.map(|interval| interval.mean)),
                        text(value.and_then(|interval| interval.half_width)),
                        value.map_or(0, |interval| interval.n).to_string(),
                        text(of.map(|of| of.mean)),
                        text(of.and_then(|of| of.half_width)),
                    ]);
                }
            };
            add("as it is", &design.as_it_is, [None; 3]);
            for of in &design.variants {
                let effects = [&of.effects[0], &of.effects[1], &of.effects[2]];
                add(of.variant.name(), &of.passage, effects.map(Option::as_ref));
            }
        }
    }
    table.text()
}

/// The block of `results.json`.
pub(super) fn drills_json(drills: &[Drill]) -> Value {
    let drills: Vec<Value> = drills.iter().map(drill_json).collect();
    json!({ "version": VERSION, "drills": drills })
}

fn drill_json(drill: &Drill) -> Value {
    let variant = |of: &VariantDrill| {
        json!({
            "with": of.variant.name(),
            "passage": passage_json(&of.passage),
            "changes": {
                "promise": of.effects[0].as_ref().map(|effect| interval_json(&effect.difference)),
                "answered": of.effects[1].as_ref().map(|effect| interval_json(&effect.difference)),
                "peak_messages": of.effects[2].as_ref().map(|effect| interval_json(&effect.difference)),
            },
        })
    };
    let design = |of: &DesignDrill| {
        json!({
            "design": of.design,
            "as_it_is": passage_json(&of.as_it_is),
            "ordinary": {
                "promise": of.ordinary.0.interval.as_ref().map(interval_json),
                "peak_messages": of.ordinary.1.interval.as_ref().map(interval_json),
            },
            "variants": of.variants.iter().map(variant).collect::<Vec<_>>(),
        })
    };
    json!({
        "name": drill.name,
        "surge": drill.words,
        "from_minutes": drill.surge.0.minutes(),
        "until_minutes": drill.surge.1.minutes(),
        "looked_after_minutes": drill.looked_after.minutes(),
        "promise": drill.promise.id(),
        "designs": drill.designs.iter().map(design).collect::<Vec<_>>(),
    })
}

fn passage_json(of: &Passage) -> Value {
    let interval = |of: &Measured| of.interval.as_ref().map(interval_json);
    json!({
        "promise": interval(&of.promise),
        "answered": interval(&of.answered),
        "peak_messages": interval(&of.peak),
        "peak_after_hours": interval(&of.peak_after),
        "ordinary_after_hours": recovery_json(&of.recovery),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Standing;
    use crate::study::Recovery;
    use crate::units::SimTime;

    #[test]
    fn the_storm_has_an_answer_of_its_own() {
        let share = |mean: f64| Measured::of(&[mean - 0.01, mean, mean + 0.01], 0.95);
        let nothing = || Measured::of(&[], 0.95);
        let design = |name: &str, kept: f64| DesignDrill {
            design: name.into(),
            as_it_is: Passage {
                promise: share(kept),
                answered: share(kept),
                peak: nothing(),
                peak_after: nothing(),
                recovery: Recovery { hours: vec![], mean: None },
            },
            ordinary: (share(0.7), nothing()),
            by_hour: (vec![], vec![]),
            variants: vec![],
        };
        let quantity = crate::experiment::made_up::made_up().quantities[0];
        let verdict = Verdict::TooClose { rivals: vec![0], repetitions: None };
        let drill = Drill {
            name: "one product fails".into(),
            words: String::new(),
            surge: (SimTime::ZERO, SimTime::DAY),
            looked_after: SimTime::WEEK,
            promise: Yardstick::Measure { quantity, scope: 0 },
            designs: vec![design("One desk", 0.62), design("Hub", 0.63), design("Units", 0.57)],
            standing: Some(Standing {
                ranking: vec![1, 0, 2],
                against_best: vec![],
                estimates: vec![],
                verdict,
            }),
        };
        let told = drill_sentence(&drill).unwrap();
        let name = quantity.name();
        assert_eq!(
            told,
            format!(
                "One product fails: of those who write then, Hub has 63 ±2% {name}, too close to call against \
                 One desk; Units keeps least, 57 ±2%."
            )
        );
        assert_eq!(drill_sentence(&Drill { standing: None, ..drill }), None);
    }
}
