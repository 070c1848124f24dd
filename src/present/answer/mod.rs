//! The printed answer: what a leader reads at the terminal and at the top of the report.
//!
//! It formats and never estimates: all numbers are those of the [`ExperimentResult`].

mod apart;
mod closing;
mod columns;
mod goals;
mod guesses;
mod many;
mod network;
mod next_step;
mod of_score;
mod results;
mod said;
mod verdict;
mod waits;

use crate::experiment::ExperimentResult;
use crate::present::numbers::{significant, thousands};
use crate::present::paint::Painted;
use crate::present::warnings::warnings;
use crate::present::words::{LINE, width, wrap};
use crate::study::{Cope, Dials, HoursCheck, NextStep};
use crate::units::{HOURS_A_CALENDAR_YEAR, SimTime, counted};

use columns::Columns;

pub use guesses::Guesses;
pub use said::{Said, SaidGoal, SaidScore, said};

/// Most lines of an answer, with all that stands below it.
pub const MOST_LINES: usize = 45;
/// Columns left of a note's words.
const NOTES: usize = 9;

/// What the answer tells beside the result.
#[derive(Clone, Copy, Default)]
pub struct AnswerContext<'a> {
    /// The question, as the author wrote it.
    pub question: &'a str,
    /// The command that gave the result: `orgsim run scenarios/quickstart.json`.
    pub command: &'a str,
    /// The same command for a change of it, whose results go elsewhere; `None` where nobody asks for that.
    pub elsewhere: Option<&'a str>,
    /// How long it took, if that is to be told: `3.4 s`.
    pub elapsed: Option<&'a str>,
    /// Sign or code of the currency.
    pub currency: &'a str,
    /// What the answer depends on, where that was swept.
    pub dials: Option<&'a Dials>,
    /// Declared inputs that were not swept, with their ranges.
    pub not_swept: &'a [String],
    /// Inputs that are guesses.
    pub guesses: Option<&'a Guesses>,
    /// Whether opening hours decide, if that was looked at.
    pub hours: Option<&'a HoursCheck>,
    /// Changes that were tried.
    pub next_step: Option<&'a NextStep>,
    /// What designs that fall behind for good would need.
    pub copes: &'a [Cope],
    /// Whether it is about ordinary weeks, and the question about a storm that is looked at beside them.
    pub ordinary: bool,
    /// Where pictures and files are.
    pub pictures: Option<&'a str>,
    /// More that a reader should know.
    pub notes: &'a [String],
    /// Lines that are to stand below it on the same screen: what somebody asked for by name.
    pub below: usize,
}

/// What gives way where an answer does not fit its screen.
#[derive(Debug, Clone, Copy, Default)]
struct LeftOut {
    /// So many rows of the results.
    rows: usize,
    /// Why customers wait.
    waits: bool,
    /// The workload.
    workload: bool,
    /// All but the first line of what is not the answer.
    details: bool,
    /// What it depends on.
    depends: bool,
    /// The results.
    results: bool,
}

impl LeftOut {
    /// Most steps there are.
    const STEPS: usize = 5 + results::FIRST_LEFT_OUT.len();

    /// Where something must stand below the answer: one thing more with each step, the least telling first. Of many
    /// designs the workload and the waits are one table.
    fn step(step: usize, many: bool) -> LeftOut {
        let rows = results::FIRST_LEFT_OUT.len();
        LeftOut {
            waits: 1 <= step,
            workload: 2 <= step || (many && 1 <= step),
            rows: step.saturating_sub(2).min(rows),
            details: rows + 3 <= step,
            depends: rows + 4 <= step,
            results: rows + 5 <= step,
        }
    }

    /// The names of the blocks that are not told.
    fn names(self, context: &AnswerContext<'_>) -> Vec<&'static str> {
        let depends = context.dials.is_some() || !context.not_swept.is_empty();
        let all = [
            (self.results, "RESULTS"),
            (self.workload, "WORKLOAD"),
            (self.waits, "WHY CUSTOMERS WAIT"),
            (self.depends && depends, "IT DEPENDS ON"),
        ];
        all.into_iter().filter(|(left_out, _)| *left_out).map(|(_, name)| name).collect()
    }
}

/// The answer, in leaders' words; for a plain queueing network its numbers, in experts'.
///
/// What makes it longer than a screen is left out, least telling first: rows of results that only some
/// scenarios have, and whole blocks where that is not enough or something must stand below it. All of them are in the files.
pub fn answer(result: &ExperimentResult, context: &AnswerContext<'_>) -> Painted {
    let mut text = Painted::default();
    if !context.question.is_empty() {
        wrap(context.question, 0, LINE, 0).into_iter().for_each(|line| text.line(line));
    }
    text.line(headline(result, context));
    for note in warnings(result).iter().chain(context.notes) {
        for (i, line) in wrap(note, NOTES, LINE, NOTES).into_iter().enumerate() {
            match i {
                0 => text.head("NOTE", &format!("     {line}")),
                _ => text.line(line),
            }
        }
    }
    if result.plain {
        network::network(result, &mut text);
        closing::closing(result, context, LeftOut::default(), &mut text);
        return text;
    }
    let mut whole = told(result, context, text.clone(), LeftOut::default());
    let most = MOST_LINES.saturating_sub(context.below);
    if context.below == 0 && most < whole.full() {
        // Some rows are left to the tables where the answer would be longer than its screen.
        let left_out = LeftOut { rows: whole.full() - most, ..LeftOut::default() };
        whole = told(result, context, text.clone(), left_out);
    }
    let (mut step, many) = (0, columns::MOST_COLUMNS < result.designs.len());
    while most < whole.full() && step < LeftOut::STEPS {
        step += 1;
        whole = told(result, context, text.clone(), LeftOut::step(step, many));
    }
    whole.tighten(MOST_LINES);
    whole
}

/// The answer in leaders' words after what stands above it, without what is left out.
fn told(
    result: &ExperimentResult,
    context: &AnswerContext<'_>,
    mut text: Painted,
    left_out: LeftOut,
) -> Painted {
    text.blank();
    verdict::verdict(result, context, &mut text);
    text.blank();
    let columns = Columns::of(result);
    goals::goals(result, &columns, context, &mut text);
    if columns::MOST_COLUMNS < result.designs.len() {
        many::many(result, context, left_out, &mut text);
    } else {
        results::results(result, &columns, context, left_out, &mut text);
        if !left_out.waits {
            waits::waits(result, &columns, &mut text);
        }
    }
    let names = left_out.names(context);
    if !names.is_empty() {
        text.head(&names.join(", "), "  with --all");
    }
    text.blank();
    closing::closing(result, context, left_out, &mut text);
    text
}

/// `4 designs, same money, same customers: 27,300 messages in 13 weeks, 30 times over (3.4 s, seed 2013)`.
fn headline(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    let designs = match result.designs.len() {
        1 => "1 design".to_string(),
        n => {
            format!("{n} designs, {}same customers", same_money(result))
        }
    };
    let times = match result.completed() {
        0 => "no run complete".to_string(),
        1 => "once".to_string(),
        n => format!("{n} times over"),
    };
    let messages = result.messages.map_or(String::new(), |of| {
        let about = if of.sure { "" } else { "about " };
        format!("{about}{} ", counted(rounded(of.count), "message", "messages"))
    });
    let period = period(result.run_for);
    let told = |elapsed: &str| {
        format!("{designs}: {messages}{period}, {times} ({elapsed}seed {})", result.seed)
    };
    // How long it took is the first thing that a line too long can do without.
    let whole = told(&context.elapsed.map_or(String::new(), |elapsed| format!("{elapsed}, ")));
    if LINE < width(&whole) { told("") } else { whole }
}

/// Costs that lie further apart than this share of what is held equal are told.
const SAME_MONEY: f64 = 0.01;

/// `same money, `, or how nearly it is the same; nothing where costs are not held equal.
fn same_money(result: &ExperimentResult) -> String {
    let Some(held) = result.hold_equal.and_then(|held| held.cost_per_year) else {
        return String::new();
    };
    let costs = || (0..result.designs.len()).map(|design| result.spent_per_year(design));
    let apart = (costs().fold(0.0, f64::max) - costs().fold(f64::INFINITY, f64::min)) / held;
    match apart {
        little if little <= SAME_MONEY => "same money, ".into(),
        more => format!("money within {}%, ", significant(100.0 * more, 2)),
    }
}

/// What a winner costs more than another design, as a share of what is held equal, or of the other's cost where nothing
/// is, if that is noticeable.
fn more_money(result: &ExperimentResult, winner: usize, other: usize) -> Option<f64> {
    let cost = |design: usize| result.spent_per_year(design);
    // where people are held equal and not money, what they cost is no concession
    if result.hold_equal.is_some_and(|held| held.cost_per_year.is_none()) {
        return None;
    }
    let of = Some(cost(other)).filter(|cost| 0.0 < *cost)?;
    Some((cost(winner) - cost(other)) / of).filter(|more| SAME_MONEY < *more)
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
    let year = SimTime::HOUR.times(HOURS_A_CALENDAR_YEAR as u64);
    let units = [
        (year, "year", "years"),
        (SimTime::WEEK, "week", "weeks"),
        (SimTime::DAY, "day", "days"),
        (SimTime::HOUR, "hour", "hours"),
    ];
    for (unit, one, many) in units {
        if length.micros().is_multiple_of(unit.micros()) {
            let n = thousands((length.micros() / unit.micros()) as f64);
            return format!("in {}", counted(n, one, many));
        }
    }
    format!("in {length}")
}

#[cfg(test)]
mod tests;
