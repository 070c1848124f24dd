//! What it depends on, how sure it is, what to do next, and where the pictures are.

use super::{AnswerContext, LeftOut, MOST_LINES, next_step};
use crate::experiment::{DesignResult, ExperimentResult};
use crate::present::depends::{how_sure as assumptions, sentences};
use crate::present::paint::{Paint, Painted};
use crate::present::plot::undrawn;
use crate::present::words::{LINE, wrap};
use crate::units::counted;

/// Columns left of the sentences.
const INDENT: usize = 11;
/// Most lines of what it depends on, and fewest, however long the rest of the answer is.
const DEPENDS_LINES: (usize, usize) = (6, 2);

/// Most lines of how sure it is, of the next step and of where the pictures are.
const LINES: [usize; 3] = [4, 4, 2];
/// The same where details are left out.
const FEW_LINES: [usize; 3] = [1, 3, 1];

pub(super) fn closing(
    result: &ExperimentResult,
    context: &AnswerContext<'_>,
    left_out: LeftOut,
    text: &mut Painted,
) {
    let most = MOST_LINES.saturating_sub(context.below);
    let lines = if left_out.details { FEW_LINES } else { LINES };
    let rest = rest(result, context, lines);
    let left = most.saturating_sub(text.full() + rest.full());
    match context.dials {
        _ if left_out.depends => {}
        Some(dials) => {
            depends(&sentences(dials), left.clamp(DEPENDS_LINES.1, DEPENDS_LINES.0), text);
        }
        None if !context.not_swept.is_empty() => {
            let declared = context.not_swept.join(" · ");
            block("IT DEPENDS ON", &format!("(not swept) {declared}"), left.clamp(1, 3), text);
        }
        None => {}
    }
    text.append(rest);
}

/// What comes after what it depends on.
fn rest(result: &ExperimentResult, context: &AnswerContext<'_>, lines: [usize; 3]) -> Painted {
    let mut text = Painted::default();
    // A plain network of a single run has said so in its notes.
    if !(result.plain && result.completed() <= 1) {
        let sure = if lines[0] == FEW_LINES[0] {
            how_sure_in_short(result, context)
        } else {
            how_sure(result, context)
        };
        block("HOW SURE", &sure, lines[0], &mut text);
    }
    if let Some((sentence, arguments)) = next_step::told(result, context) {
        block("NEXT STEP", &sentence, lines[1], &mut text);
        if let Some(arguments) = arguments {
            // On one line, however long, so that it can be copied.
            let command = context.elsewhere.unwrap_or(context.command);
            text.line(format!("{}Try:  {command} {arguments}", " ".repeat(INDENT)));
        }
    }
    if let Some(pictures) = context.pictures {
        block("PICTURES", pictures, lines[2], &mut text);
        if let Some(letter) = undrawn_name(result).filter(|_| pictures.contains("PNG")) {
            text.line(format!(
                "{}In PNG, letters such as {letter} are boxes: take the SVG.",
                " ".repeat(INDENT)
            ));
        }
    }
    text
}

/// A letter in the name of a design or a role that pictures lack as PNG.
fn undrawn_name(result: &ExperimentResult) -> Option<char> {
    let names = |of: &DesignResult| {
        undrawn(&of.name).or_else(|| of.roles.iter().find_map(|role| undrawn(&role.name)))
    };
    result.designs.iter().find_map(names)
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
            let more = wrap(&format!("{}{end}", clauses[..n].join("; ")), begin, LINE, INDENT);
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
    let lines = fitting(sentence, begin, most);
    for (i, line) in lines.into_iter().enumerate() {
        if i == 0 {
            let gap = " ".repeat(begin - head.len());
            text.stretches(vec![(Paint::Head, head.into()), (Paint::Plain, gap + &line)]);
        } else {
            text.line(line);
        }
    }
}

/// A text in at most so many lines: what does not fit is left out from the end of a sentence or a clause on, and no
/// bracket is left open.
fn fitting(text: &str, begin: usize, most: usize) -> Vec<String> {
    let lines = |text: &str| wrap(text, begin, LINE, INDENT);
    let mut whole = lines(text);
    if whole.len() <= most {
        return whole;
    }
    let shorter = endings(text).into_iter().rev().map(|text| lines(&text));
    shorter.into_iter().find(|lines| lines.len() <= most).unwrap_or_else(|| {
        whole.truncate(most);
        let cut = whole.concat();
        let open = cut.matches('(').count().saturating_sub(cut.matches(')').count());
        whole[most - 1].push_str(&format!(" …{}", ")".repeat(open)));
        whole
    })
}

/// Every beginning of a text that can stand for itself, the shortest first: up to the end of a sentence, of a clause, or of
/// an item of a list, or before a command in brackets.
fn endings(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut all = Vec::new();
    for (at, c) in text.char_indices() {
        let (before, rest) = (&text[..at], &text[at..]);
        let end = match depth {
            0 if rest.starts_with(". ") || rest.starts_with("; ") => ".",
            0 if rest.starts_with(" (orgsim ") => ".",
            0 if rest.starts_with(" · ") => " · …",
            _ => "",
        };
        if !end.is_empty() {
            all.push(format!("{before}{end}"));
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    all
}

/// What is said of too few runs for a ±.
fn few_runs(result: &ExperimentResult) -> Option<&'static str> {
    match result.completed() {
        0 => Some("No run is complete, so there is nothing to be sure of."),
        1 => Some("One run gives no ±: how much of these numbers is luck cannot be told."),
        _ => None,
    }
}

pub(super) fn how_sure(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    if let Some(dials) = context.dials {
        let runs = format!("{}{}", counted(result.completed(), "run", "runs"), as_many_as(result));
        let log = if result.given_log { ", given this log" } else { "" };
        let luck = few_runs(result)
            .map_or_else(|| format!("± covers luck only{log} ({runs})."), str::to_owned);
        // What was swept is in the sentences on assumptions.
        let swept = |path: &str| dials.dials.iter().any(|dial| dial.input.what == path);
        let guesses = context.guesses.and_then(|guesses| guesses.told(swept));
        let checked = guesses.map_or_else(String::new, |of| format!(" Guesses of ours: {of}."));
        return format!("{luck} {}{checked}", assumptions(dials));
    }
    let luck = match few_runs(result) {
        Some(few) => few.to_owned(),
        None => {
            let n = result.completed();
            let (log, runs, weeks) = match result.given_log {
                true => (", given this log", "replays of it", ", nor other weeks than these"),
                false => ("", "runs", ""),
            };
            format!(
                "± covers luck only{log}: {:.0} in 100 such ranges would hold the value of endlessly \
                 many {runs} ({n} were made{}). It does not cover wrong inputs{weeks}.",
                100.0 * result.confidence,
                as_many_as(result)
            )
        }
    };
    match context.guesses.and_then(|guesses| guesses.told(|_| false)) {
        None => luck,
        Some(guesses) => format!("{luck} Our guesses, to be checked: {guesses}."),
    }
}

/// The same for a single line.
fn how_sure_in_short(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    match (context.dials, result.completed()) {
        (None, runs) if 1 < runs => {
            format!("± covers luck only ({runs} runs). It does not cover wrong inputs.")
        }
        _ => how_sure(result, context),
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

    #[test]
    fn letters_that_a_png_lacks_are_told_with_what_has_them() {
        let mut result = crate::experiment::made_up::made_up();
        let told = |result: &ExperimentResult, pictures| {
            let context = AnswerContext { pictures: Some(pictures), ..AnswerContext::default() };
            rest(result, &context, LINES).plain()
        };
        let (both, svg) = ("plots/: pictures as SVG + PNG", "plots/: pictures as SVG alone");
        assert!(!told(&result, both).contains("boxes"));
        result.designs[1].name = "ハブ".into();
        assert!(!told(&result, svg).contains("boxes"));
        let told = told(&result, both);
        assert!(told.ends_with("In PNG, letters such as ハ are boxes: take the SVG.\n"), "{told}");
    }

    #[test]
    fn a_block_that_is_too_long_ends_with_a_sentence_or_a_clause() {
        let told = |sentence: &str, most| fitting(sentence, INDENT, most).join("\n");
        let long = "± covers luck only (30 runs). Most likely to change the answers: patience of customers \
            (our guess: check it) and opening hours. Guesses of ours: 41 defaults (orgsim check \
            scenarios/a_scenario_with_a_long_name.json --defaults).";
        expect_test::expect![[r#"
            ± covers luck only (30 runs). Most likely to change the answers: patience of customers
                       (our guess: check it) and opening hours. Guesses of ours: 41 defaults
                       (orgsim check scenarios/a_scenario_with_a_long_name.json --defaults)."#]]
        .assert_eq(&told(long, 3));
        expect_test::expect![[r#"
            ± covers luck only (30 runs). Most likely to change the answers: patience of customers
                       (our guess: check it) and opening hours. Guesses of ours: 41 defaults."#]]
        .assert_eq(&told(long, 2));
        expect_test::expect!["± covers luck only (30 runs)."].assert_eq(&told(long, 1));
        let files = "output/a_folder_with_a_name/report.html (open this) · plots/: pictures as SVG + PNG · \
            summary.csv · results.json";
        expect_test::expect!["output/a_folder_with_a_name/report.html (open this) · plots/: pictures as SVG + PNG · …"].assert_eq(&told(files, 1));
        let bracket = format!("A sentence ({})", "with a bracket that goes on ".repeat(20));
        assert!(
            told(&bracket, 2).ends_with(".") || told(&bracket, 2).ends_with("…)"),
            "{}",
            told(&bracket, 2)
        );
    }

    #[test]
    fn of_a_replay_luck_is_that_of_the_log() {
        let mut result = crate::experiment::made_up::made_up();
        result.given_log = true;
        let told = how_sure(&result, &AnswerContext::default());
        expect_test::expect!["± covers luck only, given this log: 95 in 100 such ranges would hold the value of endlessly many replays of it (30 were made). It does not cover wrong inputs, nor other weeks than these."].assert_eq(&told);
        let dials = crate::present::depends::made_up_dials();
        let told = how_sure(&result, &AnswerContext { dials: Some(&dials), ..Default::default() });
        assert!(told.starts_with("± covers luck only, given this log (30 runs)."), "{told}");
    }
}
