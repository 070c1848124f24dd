//! Moments and distribution of lengths of time.

use std::borrow::Cow;

use crate::tally::Histogram;
use crate::units::{MICROS_A_MINUTE, SimTime};

/// So many lengths take less room as they are than the bins in which they lie.
const FEW: usize = 512;

/// Sum, sum of squares, counts at thresholds and histogram of lengths of time.
///
/// The first lengths are kept as they are: a histogram takes many times the room of a few lengths, which with
/// thousands of roles is memory that a run waits for.
#[derive(Debug, Clone, Default)]
pub struct Lengths {
    sum: u128,
    squares: u128,
    within: Vec<u64>,
    /// Lengths as they came, until there are [`FEW`]: not in the histogram yet.
    few: Vec<SimTime>,
    /// Whether there have been so many.
    many: bool,
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
        if self.many {
            self.histogram.record(length);
        } else {
            self.keep(length);
        }
    }

    /// One of the first lengths.
    #[inline(never)]
    fn keep(&mut self, length: SimTime) {
        self.few.push(length);
        if self.few.len() == FEW {
            self.many = true;
            for length in std::mem::take(&mut self.few) {
                self.histogram.record(length);
            }
        }
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
        both.histogram = self.histogram().into_owned();
        both.histogram.merge(&other.histogram());
        (both.few, both.many) = (Vec::new(), true);
        both
    }

    /// Lengths recorded.
    pub fn n(&self) -> u64 {
        self.few.len() as u64 + self.histogram.total()
    }

    /// How many were longer than nothing.
    pub fn positive(&self) -> u64 {
        let few = self.few.iter().filter(|&&length| length == SimTime::ZERO).count();
        self.n() - few as u64 - self.histogram.zeros()
    }

    /// Sum in microseconds.
    pub fn sum_micros(&self) -> u128 {
        self.sum
    }

    /// Sum in minutes.
    pub fn sum_minutes(&self) -> f64 {
        self.sum as f64 / MICROS_A_MINUTE
    }

    /// Sum of squares in microseconds squared.
    pub fn squares_micros(&self) -> u128 {
        self.squares
    }

    /// How many were at most the threshold of this position.
    pub fn within(&self, threshold: usize) -> u64 {
        self.within[threshold]
    }

    /// The distribution, laid out anew at each call where there are few lengths.
    pub fn histogram(&self) -> Cow<'_, Histogram> {
        if self.many {
            return Cow::Borrowed(&self.histogram);
        }
        let mut histogram = Histogram::default();
        self.few.iter().for_each(|&length| histogram.record(length));
        Cow::Owned(histogram)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_lengths_and_many_are_told_alike() {
        let thresholds = [SimTime::from_micros(40_000)];
        let (mut lengths, mut all) = (Lengths::new(1), Histogram::default());
        let (mut zeros, mut short) = (0, 0);
        for i in 0..2 * FEW as u64 {
            let length = SimTime::from_micros(i * i * 977 % 100_003 * (i % 3));
            lengths.record(length, &thresholds);
            all.record(length);
            zeros += u64::from(length == SimTime::ZERO);
            let told = lengths.histogram();
            assert_eq!((lengths.n(), told.words()), (i + 1, all.words()));
            short += u64::from(length <= thresholds[0]);
            assert_eq!((lengths.positive(), lengths.within(0)), (i + 1 - zeros, short));
        }
    }

    #[test]
    fn two_tallies_together_are_as_their_histograms_are() {
        let of = |lengths: std::ops::Range<u64>| {
            let mut tally = Lengths::new(0);
            lengths.for_each(|i| tally.record(SimTime::from_micros(i * i), &[]));
            tally
        };
        let sizes = [0, 5, FEW as u64 - 1, FEW as u64, 700];
        for (one, other) in sizes.iter().flat_map(|&a| sizes.map(|b| (of(0..a), of(3..3 + b)))) {
            let mut both = one.histogram().into_owned();
            both.merge(&other.histogram());
            let told = one.and(&other);
            assert_eq!((told.n(), told.histogram().words()), (one.n() + other.n(), both.words()));
        }
    }
}
