//! The distribution of a number over time: how many are at a role, wait there, or are inside.

use super::kept::kept;
use super::measured::{Measured, Moments, Sample};
use crate::tally::TimeAt;

/// Numbers whose share of time has a half-width.
const NUMBERS: usize = 33;

/// The distribution of a number over time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumbersResult {
    /// Its standard deviation.
    pub sd: Measured,
    /// Share of the time at 0, 1, 2 …, over all replications; the last entry holds all larger
    /// numbers if there are more than the simulator tells apart.
    pub shares: Vec<f64>,
    /// The same for 0, 1, … 32, with what the replications tell of their luck.
    pub shares_measured: Vec<Measured>,
}

/// What one replication tells of a number.
#[derive(Debug)]
pub(super) struct NumberSamples {
    sd: Sample,
    /// Weights of 0, 1, 2 … as far as they are told, and of all numbers.
    weights: Vec<f64>,
    total: f64,
}

kept!(NumberSamples { sd, weights, total });

impl NumberSamples {
    /// Whether it tells no more shares than any.
    pub(super) fn fits(&self) -> bool {
        self.weights.len() <= NUMBERS
    }

    /// The share of the time at `n`.
    fn share(&self, n: usize) -> Sample {
        Sample::Ratio(self.weights.get(n).copied().unwrap_or(0.0), self.total)
    }

    /// From the time at 0, 1, 2 …
    pub(super) fn of(times: &TimeAt) -> NumberSamples {
        NumberSamples::with(times.micros(), times.area(), times.squares())
    }

    /// From how often it was 0, 1, 2 … when it was looked at.
    pub(super) fn of_looks(looks: &[u64]) -> NumberSamples {
        let moment = |power: fn(u128) -> u128| -> u128 {
            (0..).zip(looks).map(|(n, &looks)| power(n) * u128::from(looks)).sum()
        };
        NumberSamples::with(looks, moment(|n| n), moment(|n| n * n))
    }

    fn with(weights: &[u64], sum: u128, squares: u128) -> NumberSamples {
        let records = Moments::of(weights.iter().sum(), sum, squares, 1.0);
        let told = weights.iter().take(NUMBERS).map(|&weight| weight as f64);
        NumberSamples { sd: Sample::Deviation(records), weights: told.collect(), total: records.n }
    }
}

/// Add the times at each number up, in whole numbers, so that the order does not matter.
pub(super) fn add_up(sums: &mut Vec<u64>, more: &[u64]) {
    if sums.len() < more.len() {
        sums.resize(more.len(), 0);
    }
    for (sum, &micros) in sums.iter_mut().zip(more) {
        *sum += micros;
    }
}

/// Put the replications together.
pub(super) fn numbers_result<'a>(
    replications: impl Iterator<Item = &'a NumberSamples>,
    merged: &[u64],
    confidence: f64,
) -> NumbersResult {
    let all: Vec<&NumberSamples> = replications.collect();
    let total: f64 = merged.iter().map(|&micros| micros as f64).sum();
    let positions = if all.is_empty() { 0 } else { NUMBERS };
    let over = |n: usize| {
        let samples: Vec<Sample> = all.iter().map(|one| one.share(n)).collect();
        Measured::from_samples(&samples, confidence).alone()
    };
    NumbersResult {
        sd: Measured::from_samples(&all.iter().map(|one| one.sd).collect::<Vec<_>>(), confidence)
            .alone(),
        shares: merged.iter().map(|&micros| micros as f64 / total).collect(),
        shares_measured: (0..positions).map(over).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_whatever_the_order() {
        let parts = [vec![3, 1], vec![0, 0, 4], vec![]];
        let samples: Vec<NumberSamples> =
            parts.iter().map(|of| NumberSamples::of_looks(of)).collect();
        let mut sums = Vec::new();
        parts.iter().rev().for_each(|of| add_up(&mut sums, of));
        assert_eq!(sums, [3, 1, 4]);
        let result = numbers_result(samples.iter().take(2), &sums, 0.95);
        assert_eq!(result.shares, [0.375, 0.125, 0.5]);
        assert_eq!(result.shares_measured[2].mean(), Some(0.5));
        let exact = (0.125 + 4.0 * 0.5 - 1.125f64 * 1.125).sqrt();
        assert!(result.sd.mean().is_some_and(|sd| (sd - exact).abs() < 1e-12));
        assert_eq!(numbers_result([].into_iter(), &[], 0.95), NumbersResult::default());
    }
}
