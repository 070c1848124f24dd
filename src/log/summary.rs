//! Numbers that sum up a sample.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::fmt::Display;

/// A sample of durations. Quantiles interpolate between order statistics (type 7).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Size of the sample.
    pub n: usize,
    /// Mean, seconds.
    pub mean: f64,
    /// 10 % quantile, seconds.
    pub p10: f64,
    /// Median, seconds.
    pub median: f64,
    /// 90 % quantile, seconds.
    pub p90: f64,
    /// 99 % quantile, seconds.
    pub p99: f64,
    /// Largest, seconds.
    pub max: f64,
    /// Share of zeros.
    pub share_zero: f64,
    /// Share of negative values.
    pub share_negative: f64,
}

impl Summary {
    /// `None` for an empty sample.
    pub(super) fn of(sample: impl IntoIterator<Item = f64>) -> Option<Summary> {
        let sorted = sorted(sample);
        let n = sorted.len() as f64;
        let share = |count: usize| count as f64 / n;
        Some(Summary {
            n: sorted.len(),
            mean: mean(&sorted)?,
            p10: quantile(&sorted, 0.1),
            median: quantile(&sorted, 0.5),
            p90: quantile(&sorted, 0.9),
            p99: quantile(&sorted, 0.99),
            max: *sorted.last()?,
            share_zero: share(sorted.iter().filter(|&&x| x == 0.0).count()),
            share_negative: share(sorted.iter().filter(|&&x| x < 0.0).count()),
        })
    }
}

/// A small sample of durations, by quantiles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BriefSummary {
    /// Size of the sample.
    pub n: usize,
    /// Median, seconds.
    pub median: f64,
    /// 90 % quantile, seconds.
    pub p90: f64,
}

impl BriefSummary {
    /// `None` for an empty sample.
    pub(super) fn of(sample: impl IntoIterator<Item = f64>) -> Option<BriefSummary> {
        let sorted = sorted(sample);
        let (median, p90) = (quantile(&sorted, 0.5), quantile(&sorted, 0.9));
        (!sorted.is_empty()).then_some(BriefSummary { n: sorted.len(), median, p90 })
    }
}

/// The lognormal law closest to the positive values of a sample.
///
/// Maximum likelihood: μ = mean(ln x), σ² = mean((ln x − μ)²).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Lognormal {
    /// Values above zero.
    pub n: usize,
    /// μ: the mean of the logarithms of seconds.
    #[serde(rename = "mu_ln_s")]
    pub mean_of_logarithms: f64,
    /// σ: the standard deviation of these logarithms.
    #[serde(rename = "sigma_ln")]
    pub deviation_of_logarithms: f64,
    /// Its median e^μ, seconds.
    #[serde(rename = "median_fit_s")]
    pub median_seconds: f64,
    /// Its mean e^(μ + σ²/2), seconds.
    #[serde(rename = "mean_fit_s")]
    pub mean_seconds: f64,
    /// Kolmogorov–Smirnov distance between sample and law: the largest difference of their
    /// distribution functions.
    #[serde(rename = "ks_D")]
    pub distance: f64,
}

impl Lognormal {
    /// `None` without two different values above zero.
    pub(super) fn of(sample: impl IntoIterator<Item = f64>) -> Option<Lognormal> {
        let logs: Vec<f64> =
            sorted(sample).into_iter().filter(|&x| 0.0 < x).map(libm::log).collect();
        let n = logs.len() as f64;
        let mu = mean(&logs)?;
        let sigma = libm::sqrt(logs.iter().map(|x| (x - mu) * (x - mu)).sum::<f64>() / n);
        if sigma <= 0.0 {
            return None;
        }
        let below = |x: f64| 0.5 * libm::erfc((mu - x) / (sigma * std::f64::consts::SQRT_2));
        let distance = |(i, &x): (usize, &f64)| {
            let law = below(x);
            (law - i as f64 / n).max((i + 1) as f64 / n - law)
        };
        Some(Lognormal {
            n: logs.len(),
            mean_of_logarithms: mu,
            deviation_of_logarithms: sigma,
            median_seconds: libm::exp(mu),
            mean_seconds: libm::exp(mu + sigma * sigma / 2.0),
            distance: logs.iter().enumerate().map(distance).fold(0.0, f64::max),
        })
    }
}

/// A sample of counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountSummary {
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// 90 % quantile.
    pub p90: f64,
    /// Largest.
    pub max: u32,
    /// Share of each count that occurs; the last key is a cap such as `10+`.
    pub share: Mix<f64>,
}

impl CountSummary {
    /// Counts from `cap` on share one key. `None` for an empty sample.
    pub(super) fn of(sample: impl Iterator<Item = u32>, cap: u32) -> Option<CountSummary> {
        let mut counts: Vec<u32> = sample.collect();
        counts.sort_unstable();
        let sorted: Vec<f64> = counts.iter().map(|&count| f64::from(count)).collect();
        let mut share: Vec<(String, f64)> = Vec::new();
        for group in counts.chunk_by(|a, b| a == b || cap <= *a.min(b)) {
            let key = if cap <= group[0] { format!("{cap}+") } else { group[0].to_string() };
            share.push((key, group.len() as f64 / counts.len() as f64));
        }
        Some(CountSummary {
            mean: mean(&sorted)?,
            median: quantile(&sorted, 0.5),
            p90: quantile(&sorted, 0.9),
            max: *counts.last()?,
            share: Mix(share),
        })
    }
}

/// Names with a value each, in order; a map in JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix<T>(pub Vec<(String, T)>);

impl<T> Mix<T> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Mix<u64> {
    /// How often each name occurs, the most frequent first, then by name.
    pub(super) fn count<N: Display>(names: impl Iterator<Item = N>) -> Mix<u64> {
        let mut counts = std::collections::BTreeMap::<String, u64>::new();
        for name in names {
            *counts.entry(name.to_string()).or_default() += 1;
        }
        let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        Mix(counts)
    }
}

impl<T: Serialize> Serialize for Mix<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The mean; `None` for an empty sample.
pub(super) fn mean(sample: &[f64]) -> Option<f64> {
    (!sample.is_empty()).then(|| sample.iter().sum::<f64>() / sample.len() as f64)
}

/// Sum of squared distances from the mean over n − 1; `None` below two values.
pub(super) fn variance(sample: &[f64]) -> Option<f64> {
    let mean = mean(sample)?;
    let squares: f64 = sample.iter().map(|x| (x - mean) * (x - mean)).sum();
    (1 < sample.len()).then(|| squares / (sample.len() - 1) as f64)
}

pub(super) fn sorted(sample: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = sample.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// Type 7: at (n − 1)·p between the neighboring order statistics. NaN for an empty sample.
pub(super) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = last as f64 * p;
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate_between_neighbors() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        let cases = [(0.0, 1.0), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)];
        for (p, expected) in cases {
            assert!((quantile(&sorted, p) - expected).abs() < 1e-12, "{p}");
        }
        let summary = Summary::of([0.0, -2.0, 5.0, 5.0]).expect("a sample");
        assert_eq!((summary.n, summary.share_zero, summary.share_negative), (4, 0.25, 0.25));
        assert_eq!(Summary::of([]), None);
    }

    #[test]
    fn the_lognormal_of_two_values_is_exact() {
        let e = std::f64::consts::E;
        let fit = Lognormal::of([0.0, -1.0, 1.0, e * e]).expect("two values");
        assert_eq!(fit.n, 2);
        assert!(
            (fit.mean_of_logarithms - 1.0).abs() < 1e-12
                && (fit.deviation_of_logarithms - 1.0).abs() < 1e-12
        );
        // Φ(−1) = 0.158655: half of the sample lies at or below, so the distance is the rest.
        assert!((fit.distance - 0.341_344_746).abs() < 1e-8);
        assert_eq!(Lognormal::of([5.0, 5.0]), None);
    }

    #[test]
    fn counts_beyond_the_cap_share_a_key() {
        let counts = CountSummary::of([0, 3, 0, 4, 1].into_iter(), 3).expect("a sample");
        let share = vec![("0".to_string(), 0.4), ("1".to_string(), 0.2), ("3+".to_string(), 0.4)];
        assert_eq!(counts.share, Mix(share));
    }
}
