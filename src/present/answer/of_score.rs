//! One score in a sentence: who is best, by how much, and who is last.

use super::more_money;
use super::verdict::{caveat, named};
use crate::experiment::{ExperimentResult, Pair, ScoreResult, Verdict};
use crate::model::Score;
use crate::present::numbers::{points, share};
use crate::present::words::list;
use crate::stats::{Interval, Paired};

/// One score's sentence.
pub(super) fn sentence(result: &ExperimentResult, score: &ScoreResult) -> String {
    let name = |design: usize| named(&result.designs[design]);
    let best = score.ranking[0];
    let value = |design: usize| {
        result.of(design, score.quantity).and_then(|measured| measured.mean()).unwrap_or(0.0)
    };
    let does = does(score.score, &share(value(best), None));
    let first = format!("{} {does}", name(best));
    let (Some(&second), Some(Some(paired))) = (score.ranking.get(1), score.against_best.first())
    else {
        return format!("{first}.");
    };
    let gap = more(paired.interval);
    let rival = name(second);
    // what is rounded to nothing is not more
    let ahead = match gap.starts_with("0 ") {
        true => format!("{gap} apart from {rival}"),
        false => format!("{gap} more than {rival}"),
    };
    let last = last(result, score);
    let same = paired.interval.mean.abs() < 5e-7
        && paired.interval.half_width.is_some_and(|half_width| half_width < 5e-7);
    match &score.verdict {
        Verdict::TooSmall { .. } if same => {
            format!("{first}, and {rival} the same: equal in each repetition.{last}")
        }
        Verdict::TooClose { rivals, .. } if same => {
            let others: Vec<String> =
                rivals.iter().filter(|&&of| of != second).map(|&of| name(of)).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            let close = match others.as_slice() {
                [] => String::new(),
                others => format!("; against {} too close to call", list(others)),
            };
            format!("{first}, and {rival} the same: equal in each repetition{close}.{last}")
        }
        Verdict::Winner => {
            let more = more_money(result, best, second);
            let caveat = more.map_or(String::new(), |more| caveat(more, ""));
            format!("{first}, {ahead}{caveat}.{last}")
        }
        Verdict::TooSmall { .. } => {
            let worth = points(result.worth(score.quantity), None);
            let small = too_small(&points(paired.interval.mean, None), &worth);
            format!("{first}, {ahead}: {small}.{last}")
        }
        Verdict::TooClose { rivals, repetitions } => {
            let tell = match repetitions {
                Some(n) if *n <= 100_000 => {
                    format!("; about {} repetitions would tell", n.next_multiple_of(10))
                }
                _ => String::new(),
            };
            if rivals.contains(&second) {
                format!("{first}, {ahead}: too close to call{tell}.{last}")
            } else {
                let rivals: Vec<String> = rivals.iter().map(|&rival| name(rival)).collect();
                let rivals: Vec<&str> = rivals.iter().map(String::as_str).collect();
                format!("{first}; against {} too close to call{tell}.{last}", list(&rivals))
            }
        }
        Verdict::OneRun => {
            format!("{first}, {} {}, in this one run.", rival, share(value(second), None))
        }
        Verdict::Alone => format!("{first}."),
    }
}

/// ` C is last: 39%.`, with those who are not surely ahead of it, if they are as surely behind the best; nothing where the
/// second is among these.
fn last(result: &ExperimentResult, score: &ScoreResult) -> String {
    let (Some(&bottom), [_, second, ..]) = (score.ranking.last(), score.ranking.as_slice()) else {
        return String::new();
    };
    let worth = result.worth(score.quantity);
    // a difference that is too small to matter makes nobody the last
    let behind = |of: &Option<Paired>| {
        of.is_some_and(|of| {
            worth <= of.interval.mean && of.interval.low().is_some_and(|low| 0.0 < low)
        })
    };
    let beside = |other: usize| {
        let both = |pair: &&Pair| {
            [(pair.first, pair.second), (pair.second, pair.first)].contains(&(other, bottom))
        };
        let pair = result.pairs.iter().find(both);
        other == bottom || pair.is_some_and(|pair| !pair.separates(score.quantity))
    };
    let others = score.ranking[1..].iter().zip(&score.against_best).rev();
    let mut group: Vec<usize> = others
        .take(MOST_LAST + 1)
        .take_while(|&(&other, of)| behind(of) && beside(other))
        .map(|(&other, _)| other)
        .collect();
    if group.is_empty() || MOST_LAST < group.len() || group.contains(second) {
        return String::new();
    }
    group.reverse();
    let names: Vec<String> = group.iter().map(|&of| named(&result.designs[of])).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let value = |&of: &usize| {
        let mean = result.of(of, score.quantity).and_then(|measured| measured.mean());
        share(mean.unwrap_or(0.0), None)
    };
    let values: Vec<String> = group.iter().map(value).collect();
    let mut values: Vec<&str> = values.iter().map(String::as_str).collect();
    if values.iter().all(|value| *value == values[0]) {
        values.truncate(1);
    }
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!(" {} {verb} last: {}.", list(&names), list(&values))
}

/// Of more than so many no one is called the last.
const MOST_LAST: usize = 3;

pub(super) fn more(interval: Interval) -> String {
    points(interval.mean, interval.half_width)
}

/// That so much is less than what matters; they may read the same.
pub(super) fn too_small(amount: &str, worth: &str) -> String {
    if amount == worth {
        format!("just short of what matters ({worth})")
    } else {
        format!("too small to matter (it takes {worth})")
    }
}

/// What the best design does, with its share.
fn does(score: Score, share: &str) -> String {
    match score {
        Score::Responsive => format!("answers {share} within an hour"),
        Score::Interactive => format!("settles {share} in conversation"),
        _ => format!("reaches {share} of fresh mentions"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::made_up;

    #[test]
    fn what_is_rounded_to_nothing_is_not_told_as_more() {
        let mut result = made_up();
        result.scores[0].verdict = Verdict::TooSmall { rivals: Vec::new() };
        let against = result.scores[0].against_best[0].as_mut().expect("compared");
        against.interval.mean = 0.0004;
        against.interval.half_width = Some(0.001);
        let told = sentence(&result, &result.scores[0]);
        assert!(told.contains(", 0 ±.1 points apart from Centralized: too small"), "{told}");
    }

    #[test]
    fn all_who_are_last_are_named_if_they_are_surely_behind() {
        let mut result = made_up();
        let quantity = result.scores[0].quantity;
        let told = |result: &ExperimentResult| last(result, &result.scores[0]);
        assert_eq!(told(&result), " Decentralized is last: 39%.");
        let ranking = result.scores[0].ranking.clone();
        let (third, fourth) = (ranking[2], ranking[3]);
        let both =
            |pair: &&mut Pair| [pair.first, pair.second] == [third.min(fourth), third.max(fourth)];
        let pair = result.pairs.iter_mut().find(both).expect("all pairs are there");
        let between = &mut pair.differences[quantity].as_mut().expect("compared").interval;
        between.half_width = Some(1.0);
        assert_eq!(told(&result), " Hub and spoke and Decentralized are last: 41% and 39%.");
        // of whom it is not sure that the best is ahead, is not among the last
        let of = &mut result.scores[0].against_best[1].as_mut().expect("compared").interval;
        of.half_width = Some(1.0);
        assert_eq!(told(&result), " Decentralized is last: 39%.");
    }
}
