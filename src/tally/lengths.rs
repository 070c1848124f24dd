//! Moments and distribution of lengths of time.

use crate::tally::Histogram;
use crate::units::SimTime;

/// Sum, sum of squares, counts at thresholds and histogram of lengths of time.
#[derive(Debug, Clone, Default)]
pub struct Lengths {
    sum: u128,
    squares: u128,
    within: Vec<u64>,
    histogram: Histogram,
}

/// Count a length at each threshold that it does not exceed.
pub(crate) fn count_within(within: &mut [u64], length: SimTime, thresholds: &[SimTime]) {
    for (count, &threshold) in within.iter_mut().zip(thresholds) {
        *count += u64::from(length <= threshold);
    }
}

/// A length squared, in microseconds squared.
#[inline(always)]
pub(crate) fn square(length: SimTime) -> u128 {
    u128::from(length.micros()) * u128::from(length.micros())
}

impl Lengths {
    /// An empty tally that counts exactly at so many thresholds.
    pub fn new(thresholds: usize) -> Lengths {
        Lengths { within: vec![0; thresholds], ..Lengths::default() }
    }

    /// Record one length; `thresholds` are the same at every call.
    #[inline(always)]
    pub fn record(&mut self, length: SimTime, thresholds: &[SimTime]) {
        let micros = length.micros();
        self.sum += u128::from(micros);
        self.squares = self.squares.saturating_add(square(length));
        if !thresholds.is_empty() {
            count_within(&mut self.within, length, thresholds);
        }
        self.histogram.record(length);
    }

    /// Read what a record of this length will count, so that it is near by then.
    #[inline]
    pub(crate) fn read_ahead(&self, length: SimTime) {
        self.histogram.read_ahead(length);
    }

    /// Both tallies together; they count at the same thresholds.
    pub fn and(&self, other: &Lengths) -> Lengths {
        let mut both = self.clone();
        both.sum += other.sum;
        both.squares = both.squares.saturating_add(other.squares);
        both.within.iter_mut().zip(&other.within).for_each(|(count, more)| *count += more);
        both.histogram.merge(&other.histogram);
        both
    }

    /// Lengths recorded.
    pub fn n(&self) -> u64 {
        self.histogram.total()
    }

    /// How many were longer than nothing.
    pub fn positive(&self) -> u64 {
        self.n() - self.histogram.zeros()
    }

    /// Sum in microseconds.
    pub fn sum_micros(&self) -> u128 {
        self.sum
    }

    /// Sum in minutes.
    pub fn sum_minutes(&self) -> f64 {
        self.sum as f64 / 60e6
    }

    /// Sum of squares in microseconds squared.
    pub fn squares_micros(&self) -> u128 {
        self.squares
    }

    /// How many were at most the threshold of this position.
    pub fn within(&self, threshold: usize) -> u64 {
        self.within[threshold]
    }

    /// The distribution.
    pub fn histogram(&self) -> &Histogram {
        &self.histogram
    }
}
