//! How lengths are distributed in one replication, in coarse steps.

use super::kept::kept;
use crate::tally::Histogram;

/// How many lengths of one replication lie in each step, four of which double a length.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    first: u64,
    counts: Vec<u64>,
}

kept!(Shape { first, counts });

/// A place among lengths: a step, and the share of all lengths in it that lies below.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within {
    step: u64,
    share: f64,
}

impl Shape {
    pub(super) fn of(lengths: &Histogram) -> Shape {
        let (first, counts) = lengths.by_steps();
        Shape { first: first as u64, counts }
    }

    /// How many lengths there are.
    pub(super) fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Where so many of these lengths lie below.
    pub(super) fn place(&self, rank: f64) -> Within {
        let mut below = 0.0;
        for (step, &count) in (self.first..).zip(&self.counts) {
            let count = count as f64;
            if rank < below + count {
                return Within { step, share: (rank - below).max(0.0) / count };
            }
            below += count;
        }
        Within { step: self.first + self.counts.len() as u64, share: 0.0 }
    }

    /// How many lie below a place; within its step as many as of all.
    pub(super) fn at_most(&self, place: Within) -> f64 {
        let at = (place.step.saturating_sub(self.first) as usize).min(self.counts.len());
        let below: u64 = self.counts[..at].iter().sum();
        let at = place.step.checked_sub(self.first);
        let inside = at.and_then(|at| self.counts.get(at as usize));
        below as f64 + inside.map_or(0.0, |&count| count as f64 * place.share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimTime;

    #[test]
    fn what_lies_below_a_place_adds_up_to_its_rank() {
        let of = |lengths: &[u64]| {
            let mut histogram = Histogram::default();
            lengths.iter().for_each(|&length| histogram.record(SimTime::from_micros(length)));
            histogram
        };
        let parts = [of(&[5, 1_000, 1_010, 90_000]), of(&[1_005, 2_000_000]), of(&[0]), of(&[])];
        let mut all = Histogram::default();
        parts.iter().for_each(|part| all.merge(part));
        let shapes: Vec<Shape> = parts.iter().map(Shape::of).collect();
        for rank in [0.0, 0.5, 1.0, 2.5, 3.9, 5.0, 6.9] {
            let place = Shape::of(&all).place(rank);
            let below: f64 = shapes.iter().map(|shape| shape.at_most(place)).sum();
            assert!((below - rank).abs() < 1e-12, "{below} of {rank}");
        }
        assert_eq!(shapes.iter().map(Shape::n).collect::<Vec<_>>(), [4, 2, 1, 0]);
        let beyond = Shape::of(&all).place(7.0);
        assert!((shapes[0].at_most(beyond) - 4.0).abs() < 1e-12);
    }
}
