//! What stands below an answer: the what-ifs and studies that were asked for.

use crate::cli::results::Results;
use crate::cli::what_if::{what_if_briefs, what_if_text};
use crate::present::{LINE, MOST_LINES, Painted, pad, width, wrap};
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
    let mut below = Painted::default();
    blocks(others).for_each(|block| below.append(block));
    let room = MOST_LINES.saturating_sub(screen.full());
    // of what nobody named, one line at least says that there is more
    let mut more = below.full().min(1);
    if named.is_empty() && room < below.full().min(TELLING + 1) {
        let brief = sentences(results, |study| !is_named(results, study));
        if let Some(brief) = brief.into_iter().next() {
            let missing = further(below.full());
            below = brief;
            below.line(missing);
            more = below.full();
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
    below.cut(MOST_LINES.saturating_sub(screen.full()).max(more), further);
    screen.append(below);
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

fn further(lines: usize) -> String {
    format!("… and {} more, with --all", counted(lines, "line", "lines"))
}

/// Lines of a table that say something: its head, its columns and a row.
const TELLING: usize = 3;

/// Blocks one below the other in at most so many lines. Where they do not fit, none keeps more of its first lines than another
/// that is cut, and the last line says how many are missing. Where that would leave tables without a row, all but the first
/// ones keep their heads alone.
fn fitted(mut blocks: Vec<Painted>, most: usize) -> Painted {
    let full: Vec<usize> = blocks.iter().map(Painted::full).collect();
    let kept = |each: usize| -> usize { full.iter().map(|&lines| lines.min(each)).sum() };
    let all = kept(usize::MAX);
    // where there is no room for a line of each, what comes last gives way
    let each = match all <= most {
        true => None,
        false => (1..).take_while(|&each| kept(each) < most).last(),
    };
    let mut missing = 0;
    if let Some(each) = each {
        let mut left = if each < TELLING { (most - 1).saturating_sub(kept(1)) } else { 0 };
        for (block, &lines) in blocks.iter_mut().zip(&full) {
            let keeps = if TELLING <= each { each } else { lines.min(1 + left).min(TELLING + 1) };
            let keeps = if keeps < TELLING.min(lines) { 1 } else { keeps.min(lines) };
            left = left.saturating_sub(keeps - 1);
            block.keep(keeps);
            missing += lines - keeps;
        }
    }
    let mut text = Painted::default();
    blocks.into_iter().for_each(|block| text.append(block));
    if 0 < missing {
        text.line(further(missing));
    }
    text.cut(most, further);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(lines: &[usize]) -> Vec<Painted> {
        let block = |(name, &lines): (usize, &usize)| {
            let mut text = Painted::default();
            text.blank();
            (1..=lines).for_each(|line| text.line(format!("{name}.{line}")));
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

            2.1

            3.1
            … and 13 lines more, with --all
        "#]]
        .assert_eq(&fitted(blocks(&[5, 5, 5, 5]), 9).plain());
        for most in 5..20 {
            let told = fitted(blocks(&[5, 5, 5, 5]), most);
            assert!(told.full() <= most, "{}", told.plain());
            for block in 0..4 {
                let has = |line: u8| told.plain().contains(&format!("{block}.{line}\n"));
                assert!(has(1) && has(2) == has(3), "{most}: {}", told.plain());
            }
        }
    }

    #[test]
    fn what_no_screen_holds_still_says_how_much_there_is() {
        assert_eq!(
            fitted(blocks(&[1; 9]), 3).plain(),
            "\n0.1\n\n1.1\n… and 7 lines more, with --all\n"
        );
        assert_eq!(fitted(blocks(&[3]), 1).plain(), "… and 3 lines more, with --all\n");
    }
}
