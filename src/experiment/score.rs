//! The three scores, never blended: who is best at each, and whether that is sure and matters.

use super::pair::difference;
use super::result::ExperimentResult;
use crate::model::{Better, Score};
use crate::stats::{Paired, bonferroni, replications_for_half_width};

/// The headline of each score.
pub(super) const HEADLINES: [(Score, &str); 3] = [
    (Score::Responsive, "answered_within_1h"),
    (Score::Interactive, "settled_in_conversation"),
    (Score::Proactive, "mentions_reached"),
];

/// One score over all designs.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreResult {
    /// Which.
    pub score: Score,
    /// Position of the quantity that is its headline.
    pub quantity: usize,
    /// Designs with a value, best first.
    pub ranking: Vec<usize>,
    /// Best minus other for every other design of the ranking, in its order, better counted as
    /// more; the confidence is corrected for their number (Bonferroni).
    pub against_best: Vec<Option<Paired>>,
    /// What follows.
    pub verdict: Verdict,
}

/// What can be said about the best design.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is better than each other one, surely and by as much as the author would notice.
    Winner,
    /// These differ from it by less than the author would notice.
    TooSmall {
        /// Positions of the designs.
        rivals: Vec<usize>,
    },
    /// Luck may have decided between it and these.
    TooClose {
        /// Positions of the designs.
        rivals: Vec<usize>,
        /// Repetitions that would probably tell; `None` if no sensible number would.
        repetitions: Option<usize>,
    },
    /// A single replication tells nothing about luck.
    OneRun,
    /// There is no other design with a value.
    Alone,
}

impl ScoreResult {
    /// The best design.
    pub fn best(&self) -> Option<usize> {
        self.ranking.first().copied()
    }

    /// The best design, if it is surely and noticeably so.
    pub fn winner(&self) -> Option<usize> {
        (self.verdict == Verdict::Winner).then(|| self.best()).flatten()
    }
}

/// Relation of the best to one other design.
enum Relation {
    Better,
    TooSmall,
    TooClose(Option<usize>),
}

/// The smallest difference worth noticing decides what is too small; the interval decides what is
/// too close.
fn relation(difference: &Paired, worth: f64, confidence: f64) -> Relation {
    let interval = difference.interval;
    let (Some(low), Some(high)) = (interval.low(), interval.high()) else {
        return Relation::TooClose(None);
    };
    if 0.0 < low && worth <= interval.mean {
        return Relation::Better;
    }
    if 0.0 < low || high <= worth {
        return Relation::TooSmall;
    }
    // It is told once the interval excludes 0, or lies below what is worth noticing.
    let needed = interval.mean.max(worth - interval.mean);
    let deviation = interval.standard_error.map(|error| error * (interval.n as f64).sqrt());
    let repetitions = deviation
        .filter(|_| 0.0 < needed)
        .and_then(|deviation| replications_for_half_width(deviation, needed, confidence));
    Relation::TooClose(repetitions)
}

/// The scores for which there is anything to score.
pub(super) fn scores(result: &ExperimentResult) -> Vec<ScoreResult> {
    if result.plain {
        return Vec::new();
    }
    HEADLINES
        .iter()
        .filter_map(|&(score, id)| {
            let quantity = result.quantity(id)?;
            let ranked = score_of(result, score, quantity);
            (!ranked.ranking.is_empty()).then_some(ranked)
        })
        .collect()
}

fn score_of(result: &ExperimentResult, score: Score, quantity: usize) -> ScoreResult {
    let lower = result.quantities[quantity].measure.better == Better::Lower;
    let sign = if lower { -1.0 } else { 1.0 };
    let mut values: Vec<(usize, f64)> = (0..result.designs.len())
        .filter_map(|design| Some((design, sign * result.of(design, quantity)?.mean()?)))
        .collect();
    values.sort_by(|a, b| b.1.total_cmp(&a.1));
    let ranking: Vec<usize> = values.into_iter().map(|(design, _)| design).collect();
    let others = ranking.len().saturating_sub(1);
    let confidence = bonferroni(result.confidence, others.max(1));
    let against_best: Vec<Option<Paired>> = ranking
        .iter()
        .skip(1)
        .map(|&other| {
            let (first, second) = if lower { (other, ranking[0]) } else { (ranking[0], other) };
            difference(result, first, second, quantity, confidence)
        })
        .collect();
    let verdict = verdict(&ranking, &against_best, result.worth(quantity), confidence);
    ScoreResult { score, quantity, ranking, against_best, verdict }
}

fn verdict(
    ranking: &[usize],
    against_best: &[Option<Paired>],
    worth: f64,
    confidence: f64,
) -> Verdict {
    if against_best.is_empty() {
        return Verdict::Alone;
    }
    let bare = |paired: &Option<Paired>| paired.is_none_or(|p| p.interval.half_width.is_none());
    if against_best.iter().any(bare) {
        return Verdict::OneRun;
    }
    let (mut small, mut close, mut repetitions) = (Vec::new(), Vec::new(), Some(0));
    for (&design, paired) in ranking[1..].iter().zip(against_best) {
        match relation(&paired.expect("bare differences are gone"), worth, confidence) {
            Relation::Better => {}
            Relation::TooSmall => small.push(design),
            Relation::TooClose(needed) => {
                close.push(design);
                repetitions = repetitions.zip(needed).map(|(all, needed)| all.max(needed));
            }
        }
    }
    match (close.is_empty(), small.is_empty()) {
        (false, _) => Verdict::TooClose { rivals: close, repetitions },
        (true, false) => Verdict::TooSmall { rivals: small },
        (true, true) => Verdict::Winner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::paired_difference;

    fn judge(first: &[f64], second: &[f64], worth: f64) -> Verdict {
        let paired = paired_difference(first, second, 0.95);
        verdict(&[0, 1], &[Some(paired)], worth, 0.95)
    }

    #[test]
    fn a_winner_is_named_only_where_it_is_sure_and_matters() {
        let first = [0.50, 0.52, 0.51, 0.53];
        let far = first.map(|value| value - 0.1);
        let near = first.map(|value| value - 0.01);
        let loose = [0.40, 0.58, 0.44, 0.55];
        assert_eq!(judge(&first, &far, 0.02), Verdict::Winner);
        assert_eq!(judge(&first, &near, 0.02), Verdict::TooSmall { rivals: vec![1] });
        let close = judge(&first, &loose, 0.02);
        assert!(matches!(close, Verdict::TooClose { repetitions: Some(5..), .. }), "{close:?}");
        assert_eq!(judge(&first, &first, 0.0), Verdict::TooSmall { rivals: vec![1] });
        assert_eq!(judge(&first[..1], &far[..1], 0.02), Verdict::OneRun);
        assert_eq!(verdict(&[3], &[], 0.02, 0.95), Verdict::Alone);
    }
}
