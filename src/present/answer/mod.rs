//! The printed answer: what a leader reads at the terminal and at the top of the report.
//!
//! It formats and never estimates: all numbers are those of the [`ExperimentResult`].

mod closing;
mod columns;
mod goals;
mod many;
mod network;
mod results;
mod said;
mod verdict;
mod waits;

use crate::experiment::ExperimentResult;
use crate::present::paint::Painted;
use crate::present::words::{thousands, wrap};
use crate::study::{Dials, HoursCheck, NextStep};
use crate::units::SimTime;

use columns::Columns;

pub use said::{Said, SaidGoal, SaidScore, said};

pub(in crate::present) use columns::shortened;

/// Most lines of an answer, with all that stands below it.
pub const MOST_LINES: usize = 45;
/// Width of its lines.
const WIDTH: usize = 100;
/// Columns left of a note's words.
const NOTES: usize = 9;

/// What the answer tells beside the result.
#[derive(Clone, Copy, Default)]
pub struct AnswerContext<'a> {
    /// The question, as the author wrote it.
    pub question: &'a str,
    /// The command that gave the result: `orgsim run scenarios/quickstart.json`.
    pub command: &'a str,
    /// How long it took, if that is to be told: `3.4 s`.
    pub elapsed: Option<&'a str>,
    /// Sign or code of the currency.
    pub currency: &'a str,
    /// What the answer depends on, where that was swept.
    pub dials: Option<&'a Dials>,
    /// Declared inputs that were not swept, with their ranges.
    pub not_swept: &'a [String],
    /// Inputs that are guesses of ours.
    pub guesses: &'a [String],
    /// Whether opening hours decide, if that was looked at.
    pub hours: Option<&'a HoursCheck>,
    /// Changes that were tried.
    pub next_step: Option<&'a NextStep>,
    /// Where pictures and files are.
    pub pictures: Option<&'a str>,
    /// More that a reader should know.
    pub notes: &'a [String],
}

/// The answer, in leaders' words; for a plain queueing network its numbers, in experts'.
///
/// What makes it longer than a screen is left out, least telling first: rows of results that only some
/// scenarios have. All of them are in the files.
pub fn answer(result: &ExperimentResult, context: &AnswerContext<'_>) -> Painted {
    let mut text = answer_without(0, result, context);
    for left_out in 1..=results::SPARE.len() {
        if result.plain || text.full() <= MOST_LINES {
            break;
        }
        text = answer_without(left_out, result, context);
    }
    text
}

/// The answer without so many of the results that can be spared.
fn answer_without(
    left_out: usize,
    result: &ExperimentResult,
    context: &AnswerContext<'_>,
) -> Painted {
    let mut text = Painted::default();
    if !context.question.is_empty() {
        wrap(context.question, 0, WIDTH, 0).into_iter().for_each(|line| text.line(line));
    }
    text.line(headline(result, context));
    for note in
        result.warnings.iter().map(String::as_str).chain(context.notes.iter().map(String::as_str))
    {
        for (i, line) in wrap(note, NOTES, WIDTH, NOTES).into_iter().enumerate() {
            match i {
                0 => text.head("NOTE", &format!("     {line}")),
                _ => text.line(line),
            }
        }
    }
    if result.plain {
        network::network(result, &mut text);
        closing::closing(result, context, &mut text);
        return text;
    }
    text.blank();
    verdict::verdict(result, context, &mut text);
    text.blank();
    let columns = Columns::of(result);
    goals::goals(result, &columns, context, &mut text);
    if columns::MOST < result.designs.len() {
        many::many(result, context, &mut text);
    } else {
        results::results(result, &columns, left_out, context, &mut text);
        waits::waits(result, &columns, &mut text);
    }
    text.blank();
    closing::closing(result, context, &mut text);
    text.tighten(MOST_LINES);
    text
}

/// `4 designs, same money, same customers: 27,300 messages in 13 weeks, 30 times over (3.4 s, seed 2013)`.
fn headline(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    let designs = match result.designs.len() {
        1 => "1 design".to_string(),
        n => {
            let held = result.hold_equal.is_some_and(|held| held.cost_per_year.is_some());
            format!("{n} designs, {}same customers", if held { "same money, " } else { "" })
        }
    };
    let times = match result.completed() {
        1 => "once".to_string(),
        n => format!("{n} times over"),
    };
    let elapsed = context.elapsed.map_or(String::new(), |elapsed| format!("{elapsed}, "));
    let messages = messages(result).map_or(String::new(), |n| format!("{} messages ", rounded(n)));
    let period = period(result.run_for);
    format!("{designs}: {messages}{period}, {times} ({elapsed}seed {})", result.seed)
}

/// Messages in the time that counts, from what arrived in all of it.
fn messages(result: &ExperimentResult) -> Option<f64> {
    let design = result.designs.iter().find(|design| !design.completed.is_empty())?;
    let all = design.totals.arrived as f64 / design.completed.len() as f64;
    let counted = if result.run_for == SimTime::NEVER {
        1.0
    } else {
        result.run_for.hours() / (result.run_for + result.warm_up).hours()
    };
    Some(all * counted)
}

/// With three digits that count.
fn rounded(number: f64) -> String {
    let mut unit = 1.0;
    while 1000.0 * unit <= number {
        unit *= 10.0;
    }
    thousands((number / unit).round() * unit)
}

/// `in 13 weeks`.
fn period(length: SimTime) -> String {
    if length == SimTime::NEVER {
        return "until all is done".into();
    }
    let units = [(SimTime::WEEK, "week"), (SimTime::DAY, "day"), (SimTime::HOUR, "hour")];
    for (unit, name) in units {
        if length.micros().is_multiple_of(unit.micros()) {
            let n = length.micros() / unit.micros();
            return format!("in {n} {name}{}", if n == 1 { "" } else { "s" });
        }
    }
    format!("in {length}")
}

#[cfg(test)]
mod tests;
