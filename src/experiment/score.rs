//! The three scores, never blended: who is best at each, and whether that is sure and matters.

use super::measured::Measured;
use super::pair::difference;
use super::result::ExperimentResult;
use crate::model::{Better, MeasureId, Score};
use crate::stats::{
    Interval, Paired, bonferroni, mean, paired_difference, replications_for_half_width,
    sum_of_means,
};

/// The headline of each score.
pub(super) const HEADLINES: [(Score, MeasureId); 3] = [
    (Score::Responsive, MeasureId::AnsweredWithin),
    (Score::Interactive, MeasureId::SettledInConversation),
    (Score::Proactive, MeasureId::MentionsReached),
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
    /// more; the confidence is corrected for their number (Bonferroni, because both ends of the intervals decide,
    /// and Holm's procedure has none).
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

    /// Where the best differ by less than the author would notice: they, best first; otherwise nobody.
    pub fn alike(&self) -> Vec<usize> {
        let Verdict::TooSmall { rivals } = &self.verdict else { return Vec::new() };
        let among = |design: &usize| rivals.contains(design) || self.best() == Some(*design);
        self.ranking.iter().copied().filter(among).collect()
    }

    /// The best design, if it is surely and noticeably so.
    pub fn winner(&self) -> Option<usize> {
        (self.verdict == Verdict::Winner).then(|| self.best()).flatten()
    }
}

/// Relation of the best to one other design.
pub(super) enum Relation {
    Better,
    TooSmall,
    TooClose(Option<usize>),
}

/// The smallest difference worth noticing decides what is too small; the interval decides what is
/// too close.
pub(super) fn relation(difference: &Paired, worth: f64, confidence: f64) -> Relation {
    let interval = difference.interval;
    let (Some(low), Some(high)) = (interval.low(), interval.high()) else {
        return Relation::TooClose(None);
    };
    if 0.0 < low && worth <= interval.mean {
        return Relation::Better;
    }
    // of the best that is told by other runs than this pair's
    if 0.0 < low || (high <= worth && -worth <= low) {
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

/// Designs by one quantity, where not all have run the same replications.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Positions of the designs, best first.
    pub ranking: Vec<usize>,
    /// Best minus other for every other design of the ranking, better counted as more, as in
    /// [`ScoreResult::against_best`].
    pub against_best: Vec<Paired>,
    /// The designs' positions and estimates, best first; each at the single confidence.
    pub estimates: Vec<(usize, Interval)>,
    /// What follows.
    pub verdict: Verdict,
}

/// How designs stand that did not all run the same number of replications.
///
/// Two are compared over the replications that both have: that a third has few takes nothing from what is known of them.
/// In front is who is so in most of these comparisons. Designs without a value in each of their replications are left out.
/// `worth` is the smallest difference worth noticing. `None` where no design is left, or no replication that all have.
///
/// Where all have a companion of more replications, the estimate of a design is the mean over its own replications,
/// plus what these replications were below the companion's mean over all of its own: y + (X − x). With a
/// companion that meets the same luck, few replications tell nearly as much as its many.
pub fn standing(
    contenders: &[Contender<'_>],
    better: Better,
    worth: f64,
    confidence: f64,
) -> Option<Standing> {
    let sign = if better == Better::Lower { -1.0 } else { 1.0 };
    let known: Vec<&Contender<'_>> =
        contenders.iter().filter(|contender| contender.values.is_whole()).collect();
    let ranked = rank(known, sign)?;
    let each = bonferroni(confidence, (ranked.len() - 1).max(1));
    let lead = |other: &&Contender<'_>| {
        let [best, other] = over_common(&[ranked[0], *other], sign)?;
        Some(best.less(&other, each))
    };
    let against_best: Vec<Paired> = ranked[1..].iter().filter_map(lead).collect();
    let estimate = |of: &&Contender<'_>| (of.design, of.alone(sign).interval(sign, confidence));
    let estimates: Vec<(usize, Interval)> = ranked.iter().map(estimate).collect();
    let ranking: Vec<usize> = ranked.iter().map(|of| of.design).collect();
    let pairs: Vec<Option<Paired>> = against_best.iter().copied().map(Some).collect();
    let verdict = verdict(&ranking, &pairs, worth, each);
    Some(Standing { ranking, against_best, estimates, verdict })
}

/// Best first: who is ahead of most others, two by two over the replications that both have; of these, who has more
/// replications. `None` where there is nobody, or no replication that all have.
fn rank<'c, 'v>(mut known: Vec<&'c Contender<'v>>, sign: f64) -> Option<Vec<&'c Contender<'v>>> {
    let runs = known.first()?.values.1;
    let alike = known.iter().all(|of| of.values.1 == runs);
    let means: Vec<f64> = Helped::all(&known, sign)?.iter().map(Helped::mean).collect();
    let mut wins = vec![0; known.len()];
    for (one, other) in pairs(known.len()).filter(|_| !alike) {
        let [a, b] = over_common(&[known[one], known[other]], sign)?.map(|of| of.mean());
        wins[one] += usize::from(b < a);
        wins[other] += usize::from(a < b);
    }
    let mut order: Vec<usize> = (0..known.len()).collect();
    order.sort_by(|&a, &b| {
        let runs = |at: usize| known[at].values.1.len();
        wins[b].cmp(&wins[a]).then(runs(b).cmp(&runs(a))).then(means[b].total_cmp(&means[a]))
    });
    known = order.into_iter().map(|at| known[at]).collect();
    Some(known)
}

/// Each two of so many, once.
fn pairs(many: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..many).flat_map(move |one| (one + 1..many).map(move |other| (one, other)))
}

/// Two over the replications that both have; `None` where there are none.
fn over_common(two: &[&Contender<'_>; 2], sign: f64) -> Option<[Helped; 2]> {
    Helped::all(two, sign)?.try_into().ok()
}

/// A design with what was measured of it.
#[derive(Debug, Clone, Copy)]
pub struct Contender<'a> {
    /// Its position.
    pub design: usize,
    /// Its values.
    pub values: Values<'a>,
    /// Values under other circumstances, of more replications, the same among them.
    pub companion: Option<Values<'a>>,
}

/// What was measured, and the numbers of the replications.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a>(pub &'a Measured, pub &'a [u32]);

impl Contender<'_> {
    /// What is known of it on its own.
    fn alone(&self, sign: f64) -> Helped {
        let runs = self.values.1;
        Helped::of(self.values, self.companion.filter(|of| of.helps(runs)), runs, sign)
    }
}

impl Values<'_> {
    /// Whether these add anything to so many runs, as a companion.
    fn helps(&self, runs: &[u32]) -> bool {
        self.is_whole() && runs.len() + 1 < self.1.len()
    }

    /// Whether each replication has a value.
    fn is_whole(&self) -> bool {
        !self.1.is_empty() && self.0.linear().len() == self.1.len()
    }
}

/// Two samples whose means make up an estimate: one value for each replication that all have, and what the
/// companion's other replications add.
struct Helped {
    own: Vec<f64>,
    rest: Vec<f64>,
}

impl Helped {
    /// Each over the replications that all have; `None` where there are none.
    fn all(contenders: &[&Contender<'_>], sign: f64) -> Option<Vec<Helped>> {
        let common =
            |run: &&u32| contenders.iter().all(|of| of.values.1.binary_search(run).is_ok());
        let runs: Vec<u32> = contenders.first()?.values.1.iter().filter(common).copied().collect();
        let helped = contenders.iter().all(|of| of.companion.is_some_and(|of| of.helps(&runs)));
        let of = |of: &&Contender<'_>| {
            Helped::of(of.values, of.companion.filter(|_| helped), &runs, sign)
        };
        (!runs.is_empty()).then(|| contenders.iter().map(of).collect())
    }

    fn of(values: Values<'_>, companion: Option<Values<'_>>, runs: &[u32], sign: f64) -> Helped {
        let over = |of: Values<'_>, within: bool| -> Vec<f64> {
            let kept = |run: &&u32| runs.binary_search(run).is_ok() == within;
            let at = of.1.iter().enumerate().filter(|(_, run)| kept(run)).map(|(at, _)| at);
            at.map(|at| sign * of.0.linear()[at]).collect()
        };
        let own = over(values, true);
        let Some(companion) = companion else { return Helped { own, rest: Vec::new() } };
        let share = 1.0 - runs.len() as f64 / companion.1.len() as f64;
        let same = over(companion, true);
        let own = own.iter().zip(&same).map(|(y, x)| y - share * x).collect();
        let rest = over(companion, false).iter().map(|x| share * x).collect();
        Helped { own, rest }
    }

    fn mean(&self) -> f64 {
        let parts = [&self.own, &self.rest].into_iter().filter(|part| !part.is_empty());
        parts.map(|part| mean(part)).sum()
    }

    fn interval(&self, sign: f64, confidence: f64) -> Interval {
        let of = sum_of_means(&self.own, &self.rest, confidence);
        Interval { mean: sign * of.mean, ..of }
    }

    fn less(&self, other: &Helped, confidence: f64) -> Paired {
        if self.rest.is_empty() {
            return paired_difference(&self.own, &other.own, confidence);
        }
        let minus =
            |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
        let (own, rest) = (minus(&self.own, &other.own), minus(&self.rest, &other.rest));
        Paired { interval: sum_of_means(&own, &rest, confidence), variance_reduction: None }
    }
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

    #[test]
    fn designs_with_different_replications_meet_on_those_they_share() {
        let many = Measured::of(&[0.9, 0.5, 0.52, 0.51, 0.1], 0.95);
        let few = Measured::of(&[0.40, 0.43, 0.40], 0.95);
        let none = Measured::of(&[], 0.95);
        let runs: [&[u32]; 3] = [&[1, 2, 3, 4, 5], &[2, 3, 4], &[]];
        let of = |design: usize, measured, runs| Contender {
            design,
            values: Values(measured, runs),
            companion: None,
        };
        let values = [of(0, &few, runs[1]), of(1, &many, runs[0]), of(2, &none, runs[2])];
        let found = standing(&values, Better::Higher, 0.02, 0.95).unwrap();
        assert_eq!(
            (found.ranking.as_slice(), &found.verdict),
            ([1, 0].as_slice(), &Verdict::Winner)
        );
        let lead = found.against_best[0].interval;
        assert!((lead.mean - 0.10).abs() < 1e-12 && lead.n == 3, "{lead:?}");
        let turned = standing(&values, Better::Lower, 0.02, 0.95).unwrap();
        assert_eq!(turned.ranking, [0, 1]);
        assert_eq!(standing(&values[2..], Better::Lower, 0.02, 0.95), None);
    }

    #[test]
    fn that_a_third_has_few_replications_takes_nothing_from_what_is_known_of_two() {
        let of = |values: &[f64]| Measured::of(values, 0.95);
        // by the first two replications the second is in front
        let (first, second) =
            (of(&[0.50, 0.50, 0.54, 0.55, 0.56]), of(&[0.51, 0.52, 0.50, 0.50, 0.51]));
        let third = of(&[0.30, 0.31]);
        let (all, few): ([u32; 5], [u32; 2]) = ([1, 2, 3, 4, 5], [1, 2]);
        let contender = |design, values, runs| Contender {
            design,
            values: Values(values, runs),
            companion: None,
        };
        let three = [
            contender(0, &third, &few[..]),
            contender(1, &second, &all[..]),
            contender(2, &first, &all[..]),
        ];
        let found = standing(&three, Better::Higher, 0.02, 0.95).unwrap();
        assert_eq!(found.ranking, [2, 1, 0]);
        let alone = paired_difference(first.linear(), second.linear(), bonferroni(0.95, 2));
        assert_eq!(found.against_best[0], alone);
        assert_eq!(found.against_best[1].interval.n, 2);
        let told: Vec<_> = found.estimates.iter().map(|(_, of)| of.n).collect();
        assert_eq!(told, [5, 5, 2]);
    }

    #[test]
    fn a_companion_under_the_same_luck_makes_few_replications_tell() {
        // luck of ±0.1 that a design and its companion share
        let luck = [0.1, -0.1, 0.05, -0.05, 0.1, -0.1, 0.0, 0.02, -0.02, 0.0];
        let companion = |base: f64| Measured::of(&luck.map(|luck| base + luck), 0.95);
        let few =
            |base: f64, own: f64| Measured::of(&[base + 0.1, base - 0.1 + own, base + 0.05], 0.95);
        let (many, all): ([u32; 3], Vec<u32>) = ([1, 2, 3], (1..=10).collect());
        let (a, b) = (few(0.60, 0.001), few(0.57, 0.002));
        let (a_then, b_then) = (companion(0.5), companion(0.49));
        let of = |design, values, companion| Contender {
            design,
            values: Values(values, &many),
            companion: Some(Values(companion, &all)),
        };
        let contenders = [of(0, &a, &a_then), of(1, &b, &b_then)];
        let found = standing(&contenders, Better::Higher, 0.02, 0.95).unwrap();
        assert_eq!(found.verdict, Verdict::Winner);
        let (design, estimate) = found.estimates[0];
        // three replications were 0.0167 luckier than all ten
        assert!(design == 0 && (estimate.mean - 0.6003).abs() < 1e-3, "{estimate:?}");
        let bare = contenders.map(|of| Contender { companion: None, ..of });
        let bare = standing(&bare, Better::Higher, 0.02, 0.95).unwrap().estimates[0].1;
        assert!(estimate.half_width < bare.half_width, "{estimate:?} {bare:?}");
    }
}
