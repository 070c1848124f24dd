//! Differences between designs that met the same customers.

use super::measured::Measured;
use super::result::{DesignResult, ExperimentResult};
use crate::stats::{Paired, paired_difference};

/// Two designs compared in everything that is measured over all inquiries.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Position of the first design.
    pub first: usize,
    /// Position of the second.
    pub second: usize,
    /// First minus second, by position in [`ExperimentResult::quantities`]; `None` where one of
    /// them has no value in some replication.
    pub differences: Vec<Option<Paired>>,
}

impl Pair {
    /// Whether the interval of a difference excludes 0.
    pub fn separates(&self, quantity: usize) -> bool {
        self.differences[quantity].is_some_and(|paired| {
            paired.interval.half_width.is_some() && !paired.interval.holds(0.0)
        })
    }

    /// Whether a difference separates and is at least as large as the author would notice.
    pub fn matters(&self, quantity: usize, worth: f64) -> bool {
        let large =
            |paired: Paired| worth <= paired.interval.mean.abs() && paired.interval.mean != 0.0;
        self.separates(quantity) && self.differences[quantity].is_some_and(large)
    }
}

/// The paired difference first − second of a measured quantity, over the replications that both
/// designs have; `None` where one of them lacks a value.
pub fn paired(
    (first, first_runs): (&Measured, &[u32]),
    (second, second_runs): (&Measured, &[u32]),
    confidence: f64,
) -> Option<Paired> {
    let (a, b) = (first.linear(), second.linear());
    if a.len() != first_runs.len() || b.len() != second_runs.len() {
        return None;
    }
    let common: (Vec<f64>, Vec<f64>) = first_runs
        .iter()
        .zip(a)
        .filter_map(|(run, &a)| {
            let at = second_runs.binary_search(run).ok()?;
            Some((a, b[at]))
        })
        .unzip();
    (!common.0.is_empty()).then(|| paired_difference(&common.0, &common.1, confidence))
}

/// All pairs of designs whose numbers are not withheld.
pub(super) fn pairs(result: &ExperimentResult) -> Vec<Pair> {
    let designs = result.designs.len();
    let all = (0..designs).flat_map(|a| (0..designs).filter(move |&b| a != b).map(move |b| (a, b)));
    all.filter(|&(a, b)| a < b)
        .map(|(first, second)| Pair {
            first,
            second,
            differences: (0..result.quantities.len())
                .map(|quantity| difference(result, first, second, quantity, result.confidence))
                .collect(),
        })
        .collect()
}

/// First minus second over all inquiries.
pub(super) fn difference(
    result: &ExperimentResult,
    first: usize,
    second: usize,
    quantity: usize,
    confidence: f64,
) -> Option<Paired> {
    let runs = |design: &'_ DesignResult| design.completed.clone();
    let (a, b) = (result.of(first, quantity)?, result.of(second, quantity)?);
    let (a_runs, b_runs) = (runs(&result.designs[first]), runs(&result.designs[second]));
    paired((a, &a_runs), (b, &b_runs), confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_common_replications_are_compared() {
        let first = Measured::of(&[1.0, 2.0, 9.0], 0.95);
        let second = Measured::of(&[0.0, 7.0], 0.95);
        let paired = paired((&first, &[0, 1, 3]), (&second, &[0, 3]), 0.95).unwrap();
        assert_eq!((paired.interval.mean, paired.interval.n), (1.5, 2));
    }
}
