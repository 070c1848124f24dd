//! What stands below an answer: the what-ifs and studies that were asked for.

use crate::cli::results::Results;
use crate::cli::what_if::{what_if_briefs, what_if_text};
use crate::present::{LINE, MOST_LINES, Painted, fill, pad, width, wrap};
use crate::scenario::{Asked, STUDIES};
use crate::units::counted;

/// Columns of the head of a block that is told in a sentence.
const HEAD: usize = 11;

/// The answer, as `answer` tells it with so many lines left free, and what stands below it, on one screen.
///
/// What is named on the command line comes, and the answer gives way to it: in few lines, where all of it is too long.
/// Studies that the scenario asks for fill what is left.
pub(super) fn with_beside(results: &Results<'_>, answer: impl Fn(usize) -> Painted) -> Painted {
    let currency = results.currency();
    let mut screen = answer(0);
    let whole = whole(results);
    if screen.full() + whole.full() <= MOST_LINES {
        screen.append(whole);
        screen.tighten(MOST_LINES);
        return screen;
    }
    let (asked, others): (Vec<_>, Vec<_>) = results
        .simulated
        .studies
        .briefs(currency)
        .into_iter()
        .partition(|(study, _)| is_named(results, *study));
    let blocks = |of: Vec<(_, Painted)>| of.into_iter().map(|(_, block)| block);
    let mut named = what_if_briefs(results.simulated, currency);
    named.extend(blocks(asked));
    let mut below: Vec<Painted> = blocks(others).collect();
    let full = |blocks: &[Painted]| blocks.iter().map(Painted::full).sum::<usize>();
    let room = MOST_LINES.saturating_sub(screen.full());
    // of what nobody named, one line at least says that there is more
    let mut more = full(&below).min(1);
    if named.is_empty() && room < full(&below).min(TELLING + 1) {
        let brief = sentences(results, |study| !is_named(results, study));
        if let Some(mut brief) = brief.into_iter().next() {
            brief.line(further(full(&below), &[]));
            more = brief.full();
            below = vec![brief];
        }
    }
    if !named.is_empty() {
        let least = answer(MOST_LINES).full() + more;
        let named = fitted(named, MOST_LINES.saturating_sub(least).max(1));
        screen = answer(named.full() + more);
        screen.append(named);
    } else if MOST_LINES < screen.full() + more {
        screen = answer(more);
    }
    screen.append(fitted(below, MOST_LINES.saturating_sub(screen.full()).max(more)));
    screen.tighten(MOST_LINES);
    screen
}

/// What studies come to, a block for each sentence, where there is no room for their tables.
fn sentences(results: &Results<'_>, told: impl Fn(Asked) -> bool) -> Vec<Painted> {
    let all = results.simulated.studies.sentences(results.currency());
    let block = |(study, sentence): (Asked, String)| {
        let (name, _) = STUDIES.iter().find(|(_, known)| *known == study)?;
        let head = pad(&format!("{} ", name.to_uppercase()), HEAD);
        let mut lines = wrap(&sentence, width(&head), LINE, HEAD).into_iter();
        let mut text = Painted::default();
        text.blank();
        text.head(&head, &lines.next().unwrap_or_default());
        lines.for_each(|line| text.line(line));
        Some(text)
    };
    all.into_iter().filter(|(study, _)| told(*study)).filter_map(block).collect()
}

/// All what-ifs and studies, with all that is told of them.
pub(super) fn whole(results: &Results<'_>) -> Painted {
    let mut whole = what_if_text(results.simulated, results.currency());
    whole.append(results.simulated.studies.text(results.currency()));
    whole
}

/// Whether the command line asks for a study.
fn is_named(results: &Results<'_>, study: Asked) -> bool {
    let names = |name: &str| results.record.study.iter().any(|of| of == name || of == "all");
    STUDIES.iter().any(|&(name, known)| known == study && names(name))
}

/// How much more there is, and in which blocks that are not begun.
fn further(lines: usize, blocks: &[String]) -> String {
    let lines = counted(lines, "line", "lines");
    match blocks {
        [] => format!("… and {lines} more, with --all"),
        blocks => {
            let told = format!("… and {lines} more, with --all: {}", each_once(blocks).join(", "));
            fill(&told, LINE).trim_end().to_owned()
        }
    }
}

/// Names, those that are the same once, with how many they are.
fn each_once(names: &[String]) -> Vec<String> {
    let told = |same: &[String]| match same {
        [only] => only.clone(),
        several => format!("{} ({})", several[0], several.len()),
    };
    names.chunk_by(|a, b| a == b).map(told).collect()
}

/// Lines of a table that say something: its head, its columns and a row.
const TELLING: usize = 3;

/// Blocks one below the other in at most so many lines. Where they do not fit, none keeps more of its first lines than another
/// that is cut, and the last line says how many are missing. Where that would leave tables without a row, the first ones are
/// told, and the last line names the others.
fn fitted(mut blocks: Vec<Painted>, most: usize) -> Painted {
    let full: Vec<usize> = blocks.iter().map(Painted::full).collect();
    let kept = |each: usize| -> usize { full.iter().map(|&lines| lines.min(each)).sum() };
    let all = kept(usize::MAX);
    let each = match all <= most {
        true => None,
        false => Some((1..).take_while(|&each| kept(each) < most).last().unwrap_or(0)),
    };
    let (mut missing, mut untold) = (0, Vec::new());
    if let Some(each) = each {
        let mut left = most.saturating_sub(1);
        for (block, &lines) in blocks.iter_mut().zip(&full) {
            let keeps = if TELLING <= each { each } else { left.min(TELLING + 1) };
            let keeps = if keeps < TELLING.min(lines) { 0 } else { keeps.min(lines) };
            left = left.saturating_sub(keeps);
            missing += lines - keeps;
            match keeps {
                0 => untold.extend(std::mem::take(block).first_head().map(str::to_owned)),
                _ => block.keep(keeps),
            }
        }
    }
    let mut text = Painted::default();
    blocks.into_iter().for_each(|block| text.append(block));
    if 0 < missing {
        text.line(further(missing, &untold));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(lines: &[usize]) -> Vec<Painted> {
        let block = |(name, &lines): (usize, &usize)| {
            let mut text = Painted::default();
            text.blank();
            text.head(&format!("{name}.1"), "");
            (2..=lines).for_each(|line| text.line(format!("{name}.{line}")));
            text
        };
        lines.iter().enumerate().map(block).collect()
    }

    #[test]
    fn whatever_is_asked_for_comes_and_the_longest_give_way_first() {
        let told = |most| fitted(blocks(&[2, 6, 4]), most).plain();
        assert_eq!(fitted(blocks(&[2, 6, 4]), 12).full(), 12);
        assert!(!told(12).contains('…'), "{}", told(12));
        expect_test::expect![[r#"

            0.1
            0.2

            1.1
            1.2
            1.3

            2.1
            2.2
            2.3
            … and 4 lines more, with --all
        "#]]
        .assert_eq(&told(10));
        for most in 4..12 {
            let told = fitted(blocks(&[2, 6, 4]), most);
            assert!(told.full() <= most, "{}", told.plain());
            // with a row, or by name in the last line
            for block in 0..3 {
                assert!(told.plain().contains(&format!("{block}.1")), "{}", told.plain());
            }
        }
    }

    #[test]
    fn a_table_that_is_told_has_a_row() {
        expect_test::expect![[r#"

            0.1
            0.2
            0.3
            0.4

            1.1
            1.2
            1.3
            1.4
            … and 12 lines more, with --all: 2.1, 3.1
        "#]]
        .assert_eq(&fitted(blocks(&[5, 5, 5, 5]), 9).plain());
        for most in 5..20 {
            let told = fitted(blocks(&[5, 5, 5, 5]), most);
            assert!(told.full() <= most, "{}", told.plain());
            for block in 0..4 {
                let has = |line: u8| told.plain().contains(&format!("{block}.{line}\n"));
                let named =
                    told.plain().lines().last().unwrap_or("").contains(&format!("{block}.1"));
                assert!(has(2) == has(3) && (has(3) || named), "{most}: {}", told.plain());
            }
        }
    }

    #[test]
    fn what_no_screen_holds_still_says_how_much_there_is() {
        assert_eq!(
            fitted(blocks(&[1; 9]), 3).plain(),
            "\n0.1\n\n1.1\n… and 7 lines more, with --all: 2.1, 3.1, 4.1, 5.1, 6.1, 7.1, 8.1\n"
        );
        assert_eq!(fitted(blocks(&[3]), 1).plain(), "… and 3 lines more, with --all: 0.1\n");
        let same = ["CRISIS", "WHAT IF", "WHAT IF"].map(String::from);
        assert_eq!(further(9, &same), "… and 9 lines more, with --all: CRISIS, WHAT IF (2)");
    }
}
