//! How far an estimate can be trusted.

use std::cell::Cell;

use super::series::Accumulator;
use crate::draws::{student_t_cdf, student_t_quantile};

/// An estimate with what chance may have added or taken.
///
/// All in the unit of the values it was made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The estimate, in the middle of the interval.
    pub mean: f64,
    /// Half the interval's length; `None` from a single value, which says nothing about chance.
    pub half_width: Option<f64>,
    /// How many independent values it rests on.
    pub n: usize,
    /// Standard deviation of the estimate; `None` from a single value.
    pub standard_error: Option<f64>,
}

impl Interval {
    /// Where the interval begins.
    #[must_use]
    pub fn low(&self) -> Option<f64> {
        Some(self.mean - self.half_width?)
    }

    /// Where the interval ends.
    #[must_use]
    pub fn high(&self) -> Option<f64> {
        Some(self.mean + self.half_width?)
    }

    /// Whether `value` is inside, ends included; without a half-width everything is.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.half_width.is_none_or(|half_width| (value - self.mean).abs() <= half_width)
    }

    fn around(mean: f64, standard_error: Option<f64>, n: usize, confidence: f64) -> Interval {
        assert_confidence(confidence);
        let half_width = standard_error.map(|error| t_factor(n, confidence) * error);
        Interval { mean, half_width, n, standard_error }
    }
}

/// Confidence interval for the mean over replications.
///
/// `replications` holds one value per independent replication, all in one unit. `confidence` lies
/// strictly between 0 and 1 (0.95 for 95 %).
///
/// x̄ ± t(n−1, 1−α/2) · s/√n, with α = 1 − confidence (Law 2015, §4.5). The values are taken as
/// approximately normal, which means over a replication usually are and single waits are not.
///
/// # Panics
/// Without values, or with a confidence outside (0, 1).
///
/// ```
/// let interval = orgsim::stats::mean_interval(&[4.0, 6.0, 5.0, 5.0], 0.95);
/// assert_eq!(interval.mean, 5.0);
/// assert!((interval.half_width.unwrap() - 1.299).abs() < 0.001);
/// assert_eq!(orgsim::stats::mean_interval(&[4.0], 0.95).half_width, None);
/// ```
#[must_use]
pub fn mean_interval(replications: &[f64], confidence: f64) -> Interval {
    assert!(!replications.is_empty(), "an interval needs at least one value");
    let all: Accumulator = replications.iter().copied().collect();
    Interval::around(all.mean(), all.standard_error(), replications.len(), confidence)
}

/// Confidence interval for a ratio of two means, such as waited minutes ÷ customers.
///
/// `numerators` and `denominators` hold one pair per independent replication. The estimate is
/// r = Σ numerators / Σ denominators, never the mean of ratios, which would weigh a quiet
/// replication like a busy one. Its variance is by the delta method,
/// s²(numerator − r·denominator) / (n · mean denominator²) (Law 2015, §9.5.3).
///
/// `None` if the denominators sum to 0: there is no ratio.
///
/// # Panics
/// If the lengths differ or are 0, or with a confidence outside (0, 1).
///
/// ```
/// let ratio = orgsim::stats::ratio_interval(&[10.0, 30.0], &[5.0, 10.0], 0.9).unwrap();
/// assert!((ratio.mean - 40.0 / 15.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn ratio_interval(
    numerators: &[f64],
    denominators: &[f64],
    confidence: f64,
) -> Option<Interval> {
    assert_eq!(numerators.len(), denominators.len(), "numerators and denominators come in pairs");
    assert!(!numerators.is_empty(), "an interval needs at least one value");
    let above: Accumulator = numerators.iter().copied().collect();
    let below: Accumulator = denominators.iter().copied().collect();
    if below.mean() == 0.0 {
        return None;
    }
    let ratio = above.mean() / below.mean();
    let residuals: Accumulator =
        numerators.iter().zip(denominators).map(|(a, b)| a - ratio * b).collect();
    let standard_error = residuals.standard_error().map(|error| error / below.mean().abs());
    Some(Interval::around(ratio, standard_error, numerators.len(), confidence))
}

/// Two-sided p-value of Student's t test that a mean is 0.
///
/// `n` independent values gave `mean` with `standard_error`. With a standard error of 0 the
/// answer is 1 for a mean of 0 and 0 otherwise.
///
/// # Panics
/// With fewer than two values.
///
/// ```
/// let p = orgsim::stats::t_test_p(2.262157, 1.0, 10);
/// assert!((p - 0.05).abs() < 1e-6);
/// ```
#[must_use]
pub fn t_test_p(mean: f64, standard_error: f64, n: usize) -> f64 {
    assert!(n >= 2, "a test needs at least two values");
    if standard_error == 0.0 {
        return if mean == 0.0 { 1.0 } else { 0.0 };
    }
    2.0 * student_t_cdf(-(mean / standard_error).abs(), n as f64 - 1.0)
}

thread_local! {
    /// The factor that was asked for last: a result has thousands of intervals over as many replications, and each factor
    /// takes longer than all the rest of its interval.
    static LAST: Cell<(usize, f64, f64)> = const { Cell::new((0, 0.0, 0.0)) };
}

/// t(n−1, 1−α/2).
pub(super) fn t_factor(n: usize, confidence: f64) -> f64 {
    let (of, at, known) = LAST.get();
    if of == n && at.to_bits() == confidence.to_bits() {
        return known;
    }
    let factor = -student_t_quantile((1.0 - confidence) / 2.0, n as f64 - 1.0);
    LAST.set((n, confidence, factor));
    factor
}

pub(super) fn assert_confidence(confidence: f64) {
    assert!(
        0.0 < confidence && confidence < 1.0,
        "a confidence lies strictly between 0 and 1, as 0.95 does"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Generator, Key, Purpose, normal_quantile};

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_promise() {
        let mut uniforms = Generator::new(Key::default(), Purpose::Position);
        for (n, confidence) in [(2, 0.9), (5, 0.95), (30, 0.8)] {
            let trials = 20_000;
            let mut held = 0;
            for _ in 0..trials {
                let values: Vec<f64> =
                    (0..n).map(|_| 3.0 + normal_quantile(uniforms.unit())).collect();
                held += usize::from(mean_interval(&values, confidence).holds(3.0));
            }
            let error = (confidence * (1.0 - confidence) / trials as f64).sqrt();
            let share = held as f64 / trials as f64;
            assert!((share - confidence).abs() < 4.5 * error, "{n}: {share} of {confidence}");
        }
    }

    #[test]
    fn ratio_intervals_hold_the_truth_nearly_as_often() {
        let mut uniforms = Generator::new(Key::default(), Purpose::Work);
        let trials = 10_000;
        let mut held = 0;
        for _ in 0..trials {
            let denominators: Vec<f64> = (0..40).map(|_| 1.0 + uniforms.unit()).collect();
            let numerators: Vec<f64> =
                denominators.iter().map(|d| 2.0 * d + uniforms.unit() - 0.5).collect();
            let ratio = ratio_interval(&numerators, &denominators, 0.95).unwrap();
            held += usize::from(ratio.holds(2.0));
        }
        assert!((held as f64 / trials as f64 - 0.95).abs() < 0.012, "{held}");
    }

    #[test]
    fn a_ratio_over_equal_denominators_is_a_mean() {
        let values = [3.0, 5.0, 4.0, 8.0];
        let ratio = ratio_interval(&values, &[2.0; 4], 0.9).unwrap();
        let mean = mean_interval(&values, 0.9);
        assert!((ratio.mean - mean.mean / 2.0).abs() < 1e-15);
        assert!((ratio.half_width.unwrap() - mean.half_width.unwrap() / 2.0).abs() < 1e-14);
        assert!(ratio_interval(&values, &[0.0; 4], 0.9).is_none());
    }

    #[test]
    fn one_value_has_no_half_width_and_equal_values_one_of_zero() {
        let one = mean_interval(&[7.0], 0.95);
        assert_eq!((one.mean, one.half_width, one.standard_error), (7.0, None, None));
        assert!(one.holds(1e9));
        assert_eq!(mean_interval(&[7.0, 7.0, 7.0], 0.95).half_width, Some(0.0));
    }
}
