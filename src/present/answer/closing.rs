//! What it depends on, how sure it is, what to do next, and where the pictures are.

use super::{AnswerContext, MOST_LINES, WIDTH};
use crate::experiment::ExperimentResult;
use crate::present::depends::{how_sure as assumptions, sentences};
use crate::present::paint::{Paint, Painted};
use crate::present::words::{estimate, money, points, value, wrap};
use crate::study::{NextStep, Step};

/// Columns left of the sentences.
const INDENT: usize = 11;
/// Most lines of what it depends on, and fewest, however long the rest of the answer is.
const DEPENDS_LINES: (usize, usize) = (6, 2);

pub(super) fn closing(result: &ExperimentResult, context: &AnswerContext<'_>, text: &mut Painted) {
    let rest = rest(result, context);
    match context.dials {
        Some(dials) => {
            let left = MOST_LINES.saturating_sub(text.full() + rest.full());
            depends(&sentences(dials), left.clamp(DEPENDS_LINES.1, DEPENDS_LINES.0), text);
        }
        None if !context.not_swept.is_empty() => {
            let declared = context.not_swept.join(" · ");
            block("IT DEPENDS ON", &format!("(not swept) {declared}"), 3, text);
        }
        None => {}
    }
    text.append(rest);
}

/// What comes after what it depends on.
fn rest(result: &ExperimentResult, context: &AnswerContext<'_>) -> Painted {
    let mut text = Painted::default();
    // A plain network of a single run has said so in its notes.
    if !(result.plain && result.completed() <= 1) {
        block("HOW SURE", &how_sure(result, context), 4, &mut text);
    }
    if let Some(next_step) = context.next_step {
        block("NEXT STEP", &next(result, next_step, context), 4, &mut text);
        if let Some(step) = next_step.best() {
            // On one line, however long, so that it can be copied.
            let (command, settings) = (context.command, step.settings.arguments());
            text.line(format!("{}Try:  {command} {settings}", " ".repeat(INDENT)));
        }
    }
    if let Some(pictures) = context.pictures {
        block("PICTURES", pictures, 2, &mut text);
    }
    text
}

/// What it depends on, in at most so many lines: whole sentences, each from a line of its own. Only the first may lack
/// clauses that do not fit; its first clause is always told.
fn depends(sentences: &[String], most: usize, text: &mut Painted) {
    const HEAD: &str = "IT DEPENDS ON";
    let mut lines: Vec<String> = Vec::new();
    let (mut told, mut cut) = (0, false);
    for sentence in sentences {
        let begin = if told == 0 { HEAD.len() + 2 } else { INDENT };
        let clauses: Vec<&str> = sentence.split("; ").collect();
        let fewest = if told == 0 { 1 } else { clauses.len() };
        let fitting = (fewest..=clauses.len()).rev().find_map(|n| {
            let whole = n == clauses.len();
            let end = if whole { "" } else { "." };
            let more = wrap(&format!("{}{end}", clauses[..n].join("; ")), begin, WIDTH, INDENT);
            let tail = usize::from(!whole || told + 1 < sentences.len());
            let fits = lines.len() + more.len() + tail <= most;
            (fits || (told == 0 && n == 1)).then_some((more, whole))
        });
        let Some((mut more, whole)) = fitting else { break };
        if 0 < told {
            more[0].insert_str(0, &" ".repeat(INDENT));
        }
        lines.extend(more);
        told += 1;
        cut = !whole;
        if cut {
            break;
        }
    }
    match (cut, sentences.len() - told) {
        (false, 0) => {}
        (false, left) => lines.push(format!("{}and {left} more in dials.csv", " ".repeat(INDENT))),
        (true, _) => lines.push(format!("{}and more in dials.csv", " ".repeat(INDENT))),
    }
    for (i, line) in lines.into_iter().enumerate() {
        if i == 0 {
            text.stretches(vec![(Paint::Head, HEAD.into()), (Paint::Plain, format!("  {line}"))]);
        } else {
            text.line(line);
        }
    }
}

/// A block of at most so many lines.
fn block(head: &str, sentence: &str, most: usize, text: &mut Painted) {
    let begin = INDENT.max(head.len() + 2);
    let mut lines = wrap(sentence, begin, WIDTH, INDENT);
    if most < lines.len() {
        lines = wrap(sentence, begin, WIDTH - 2, INDENT);
        lines.truncate(most);
        lines[most - 1].push_str(" …");
    }
    for (i, line) in lines.into_iter().enumerate() {
        if i == 0 {
            let gap = " ".repeat(begin - head.len());
            text.stretches(vec![(Paint::Head, head.into()), (Paint::Plain, gap + &line)]);
        } else {
            text.line(line);
        }
    }
}

pub(super) fn how_sure(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    if let Some(dials) = context.dials {
        let runs = format!("{} runs{}", result.completed(), as_many_as(result));
        let luck = format!("± covers luck only ({runs}).");
        let checked = context.guesses.last().filter(|of| of.contains("default"));
        let checked = checked.map_or(String::new(), |of| format!(" Guesses of ours: {of}."));
        return format!("{luck} {}{checked}", assumptions(dials));
    }
    let luck = match result.completed() {
        0 | 1 => "A single run shows no luck, so there is no ±.".to_string(),
        n => format!(
            "± covers luck only: {:.0} in 100 such ranges would hold the value of endlessly many \
             runs ({n} were made{}). It does not cover wrong inputs.",
            100.0 * result.confidence,
            as_many_as(result)
        ),
    };
    match context.guesses {
        [] => luck,
        guesses => format!("{luck} Our guesses, to be checked: {}.", guesses.join(", ")),
    }
}

/// Why there are so many runs, where an exactness was asked for.
fn as_many_as(result: &ExperimentResult) -> String {
    match &result.precision {
        Some(reached) if reached.is_reached() => {
            let percent = (1e6 * reached.asked.within).round() / 1e4;
            format!(", as many as ±{percent}% took")
        }
        _ => String::new(),
    }
}

pub(super) fn next(
    result: &ExperimentResult,
    next: &NextStep,
    context: &AnswerContext<'_>,
) -> String {
    let (_, name) = &next.design;
    let aim = match next.unmet {
        Some(objective) => format!("the goal {}", result.objectives[objective].id),
        None => next.quantity.name(),
    };
    let Some(step) = next.best() else {
        let n = next.steps.len();
        return format!("None of {n} single changes surely helps {name} toward {aim}.");
    };
    let unit = next.quantity.unit();
    let after = value(step.after, unit, context.currency);
    let gain = match unit {
        crate::model::MeasureUnit::Share => points(step.gain.mean, step.gain.half_width),
        _ => estimate(step.gain.mean, step.gain.half_width, unit, context.currency),
    };
    let goal = next
        .unmet
        .map_or(String::new(), |objective| format!(" (goal {})", result.objectives[objective].id));
    let what = next.quantity.name();
    format!(
        "{}: {}. {name} then has {after} {what}{goal}, better by {gain}{}.",
        price(step, context),
        step.what,
        side(step, context)
    )
}

fn price(step: &Step, context: &AnswerContext<'_>) -> String {
    match step.cost_per_year {
        cost if cost.abs() < 1.0 => "For no money".into(),
        cost if cost < 0.0 => format!("Saving {} a year", money(-cost, None, context.currency)),
        cost => format!("For {} a year", money(cost, None, context.currency)),
    }
}

fn side(step: &Step, context: &AnswerContext<'_>) -> String {
    let Some(effect) = &step.side_effect else { return String::new() };
    let unit = effect.quantity.unit();
    let (after, before) =
        (value(effect.after, unit, context.currency), value(effect.before, unit, context.currency));
    format!(", at {after} {} instead of {before}", effect.quantity.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_left_to_the_file() {
        let sentences = [
            "A overtakes B when 5–9% of messages are about x; at 20% C does; above 40% A falls behind.",
            "Nothing else changes an answer.",
        ];
        let told = |most| {
            let mut text = Painted::default();
            depends(&sentences.map(String::from), most, &mut text);
            text.plain()
        };
        expect_test::expect![[r#"
            IT DEPENDS ON  A overtakes B when 5–9% of messages are about x; at 20% C does; above 40% A falls
                       behind.
                       Nothing else changes an answer.
        "#]]
        .assert_eq(&told(3));
        expect_test::expect![[r#"
            IT DEPENDS ON  A overtakes B when 5–9% of messages are about x; at 20% C does.
                       and more in dials.csv
        "#]]
        .assert_eq(&told(2));
        assert_eq!(told(0).lines().count(), 2);
    }
}
