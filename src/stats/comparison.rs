//! Whether differences are real.

use super::interval::{Interval, assert_confidence, mean_interval, t_factor};
use super::series::Accumulator;
use crate::draws::student_t_quantile;

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

/// Interval for the sum of two means, from samples that have nothing to do with each other.
///
/// mean(first) + mean(second) ± t(ν, 1−α/2) · √(s²first/n + s²second/m), with ν degrees of freedom by Welch
/// and Satterthwaite: the square of the variance over Σ (s²/n)²/(n−1). `second` may be empty: then it is
/// [`mean_interval`] of the first.
///
/// # Panics
/// Without values in the first, or with a confidence outside (0, 1).
///
/// ```
/// let sum = orgsim::stats::sum_of_means(&[1.0, 3.0], &[10.0, 14.0], 0.95);
/// assert_eq!(sum.mean, 14.0);
/// // variances 2/2 and 8/2: 5; degrees of freedom 25 / (1 + 16)
/// assert!((sum.standard_error.unwrap() - 5f64.sqrt()).abs() < 1e-12);
/// ```
#[must_use]
pub fn sum_of_means(first: &[f64], second: &[f64], confidence: f64) -> Interval {
    if second.is_empty() {
        return mean_interval(first, confidence);
    }
    let one = mean_interval(first, confidence);
    let other = mean_interval(second, confidence);
    let bare =
        Interval { mean: one.mean + other.mean, half_width: None, n: one.n, standard_error: None };
    let (Some(a), Some(b)) = (one.standard_error, other.standard_error) else { return bare };
    let (a, b) = (a * a, b * b);
    let variance = a + b;
    let part = |of: f64, n: usize| of * of / (n as f64 - 1.0);
    let spread = part(a, one.n) + part(b, other.n);
    let error = variance.sqrt();
    let half_width = if 0.0 < spread {
        let freedom = variance * variance / spread;
        -student_t_quantile((1.0 - confidence) / 2.0, freedom) * error
    } else {
        0.0
    };
    Interval { half_width: Some(half_width), standard_error: Some(error), ..bare }
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
    use crate::draws::{Generator, Key, Purpose, normal_quantile};

    #[test]
    fn few_values_helped_by_a_companion_hold_the_truth_as_often_as_they_promise() {
        let mut uniforms = Generator::new(Key::default(), Purpose::Work);
        let mut normal = || normal_quantile(uniforms.unit());
        let (n, many, trials) = (4, 30, 4000);
        let (mut held, mut width, mut alone) = (0, 0.0, 0.0);
        for _ in 0..trials {
            let companion: Vec<f64> = (0..many).map(|_| normal()).collect();
            let values: Vec<f64> =
                companion[..n].iter().map(|x| 5.0 + x + 0.3 * normal()).collect();
            let rest = 1.0 - n as f64 / many as f64;
            let own: Vec<f64> = values.iter().zip(&companion).map(|(y, x)| y - rest * x).collect();
            let others: Vec<f64> = companion[n..].iter().map(|x| rest * x).collect();
            let interval = sum_of_means(&own, &others, 0.95);
            held += usize::from(interval.holds(5.0));
            width += interval.half_width.unwrap();
            alone += mean_interval(&values, 0.95).half_width.unwrap();
        }
        let share = held as f64 / trials as f64;
        // Welch's degrees of freedom are an approximation
        assert!((share - 0.95).abs() < 0.015, "{share}");
        assert!(2.0 * width < alone, "{width} {alone}");
        let one = sum_of_means(&[1.0], &[2.0, 3.0], 0.95);
        assert_eq!((one.mean, one.half_width), (3.5, None));
    }

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
