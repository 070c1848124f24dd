//! Whether differences are real.

use super::interval::{Interval, assert_confidence, mean_interval, t_factor};
use super::series::Accumulator;

/// The difference of two designs that met the same customers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// Interval for the mean of first minus second.
    pub interval: Interval,
    /// (s²first + s²second) / s²difference: how many times more replications independent
    /// customers would have cost. `None` from a single pair, or if the difference never varied.
    pub variance_reduction: Option<f64>,
}

/// Interval for the mean of `first` − `second`, replication by replication.
///
/// Both hold one value per replication, in the same order of replications, under common random
/// numbers; the t interval is that of the differences (Law 2015, §10.2.1).
///
/// # Panics
/// If the lengths differ or are 0, or with a confidence outside (0, 1).
///
/// ```
/// let paired = orgsim::stats::paired_difference(&[5.0, 7.1, 9.0], &[4.0, 6.0, 8.0], 0.95);
/// assert!((paired.interval.mean - 1.0333).abs() < 1e-4);
/// assert!(!paired.interval.holds(0.0));
/// assert!(paired.variance_reduction.unwrap() > 100.0);
/// ```
#[must_use]
pub fn paired_difference(first: &[f64], second: &[f64], confidence: f64) -> Paired {
    assert_eq!(first.len(), second.len(), "each replication has a value under both designs");
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    let variance = |values: &[f64]| values.iter().copied().collect::<Accumulator>().variance();
    let reduction = || {
        let of_difference = variance(&differences)?;
        let apart = variance(first)? + variance(second)?;
        (of_difference > 0.0).then(|| apart / of_difference)
    };
    Paired { interval: mean_interval(&differences, confidence), variance_reduction: reduction() }
}

/// The confidence each of `m` intervals needs so that all hold together with `confidence`.
///
/// 1 − (1 − confidence)/m, by Bonferroni's inequality.
///
/// # Panics
/// If `m` is 0, or with a confidence outside (0, 1).
///
/// ```
/// assert!((orgsim::stats::bonferroni(0.95, 5) - 0.99).abs() < 1e-12);
/// ```
#[must_use]
pub fn bonferroni(confidence: f64, m: usize) -> f64 {
    assert_confidence(confidence);
    assert!(m > 0, "a correction is for at least one interval");
    1.0 - (1.0 - confidence) / m as f64
}

/// Adjusted p-values of a family of tests, in the order given (Holm 1979).
///
/// Those at most α may be declared together, with a chance of at most α of declaring any falsely.
///
/// ```
/// let adjusted = orgsim::stats::holm(&[0.01, 0.04, 0.03]);
/// assert_eq!(adjusted, [0.03, 0.06, 0.06]);
/// ```
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least: f64 = 0.0;
    for (rank, &index) in order.iter().enumerate() {
        let remaining = (p_values.len() - rank) as f64;
        least = least.max((p_values[index] * remaining).min(1.0));
        adjusted[index] = least;
    }
    adjusted
}

/// How many replications a half-width of at most `half_width` takes.
///
/// `standard_deviation` is that of one replication's value (or paired difference). The smallest
/// n ≥ 2 with t(n−1, 1−α/2)·s/√n ≤ half_width; `None` above a billion.
///
/// # Panics
/// With a confidence outside (0, 1), a negative standard deviation or a half-width not above 0.
///
/// ```
/// assert_eq!(orgsim::stats::replications_for_half_width(10.0, 2.0, 0.95), Some(99));
/// ```
#[must_use]
pub fn replications_for_half_width(
    standard_deviation: f64,
    half_width: f64,
    confidence: f64,
) -> Option<usize> {
    assert_confidence(confidence);
    assert!(half_width > 0.0, "a half-width to reach is above 0");
    assert!(standard_deviation >= 0.0, "a standard deviation is at least 0");
    let enough =
        |n: usize| t_factor(n, confidence) * standard_deviation <= half_width * (n as f64).sqrt();
    let (mut few, mut many) = (1, 2);
    while !enough(many) {
        if many > 1_000_000_000 {
            return None;
        }
        few = many;
        many *= 2;
    }
    while many - few > 1 {
        let middle = few + (many - few) / 2;
        if enough(middle) {
            many = middle;
        } else {
            few = middle;
        }
    }
    Some(many)
}

/// How many replications until an interval around `difference` would exclude 0.
///
/// If the difference seen so far is the true one and single differences deviate by
/// `standard_deviation`; an expectation, not a promise. `None` if the difference is 0 or so small
/// that more than a billion would be needed.
///
/// # Panics
/// With a confidence outside (0, 1) or a negative standard deviation.
///
/// ```
/// let n = orgsim::stats::replications_to_tell(1.0, 3.0, 0.95).unwrap();
/// assert_eq!(n, 38);
/// ```
#[must_use]
pub fn replications_to_tell(
    difference: f64,
    standard_deviation: f64,
    confidence: f64,
) -> Option<usize> {
    let magnitude = difference.abs();
    (magnitude > 0.0)
        .then(|| replications_for_half_width(standard_deviation, magnitude, confidence))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairing_reduces_variance_by_the_known_factor() {
        let first = [1.0, 2.0, 3.0, 4.0];
        let second = [1.5, 1.5, 3.5, 3.5];
        // Variances 5/3 and 4/3, of the difference 1/3.
        let paired = paired_difference(&first, &second, 0.9);
        assert!((paired.variance_reduction.unwrap() - 9.0).abs() < 1e-12);
        assert!(paired.interval.holds(0.0));
        assert_eq!(paired_difference(&first, &first, 0.9).variance_reduction, None);
    }

    #[test]
    fn holm_never_declares_a_larger_p_before_a_smaller() {
        let p = [0.2, 0.001, 0.04, 0.9, 0.011];
        let adjusted = holm(&p);
        for (expected, found) in [0.4, 0.005, 0.12, 0.9, 0.044].iter().zip(adjusted) {
            assert!((expected - found).abs() < 1e-12);
        }
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn the_number_of_replications_is_the_smallest_that_does() {
        for (sd, target) in [(3.0, 1.0), (1.0, 1.0), (50.0, 0.2), (0.1, 5.0), (0.0, 1.0)] {
            let n = replications_for_half_width(sd, target, 0.95).unwrap();
            let half_width = |n: usize| t_factor(n, 0.95) * sd / (n as f64).sqrt();
            assert!(half_width(n) <= target);
            assert!(n == 2 || half_width(n - 1) > target);
        }
        assert_eq!(replications_to_tell(0.0, 1.0, 0.95), None);
        assert_eq!(replications_to_tell(1e-9, 1.0, 0.95), None);
    }
}
