//! How many come at once.

use crate::model::Shares;

/// The number of customers who come at one instant, at least one.
#[derive(Debug, Clone, PartialEq)]
pub enum Batches {
    /// Always so many.
    Fixed(u32),
    /// P(k) = (1 − q)·qᵏ⁻¹ for k = 1, 2, …; the mean is 1/(1 − q).
    Geometric {
        /// The mean, above 1.
        mean: f64,
    },
    /// One of these sizes, each with its share.
    Sizes(Vec<u32>, Shares),
}

/// Most who can come at once.
const MOST_AT_ONCE: f64 = 1e6;

impl Batches {
    /// Mean size.
    pub fn mean(&self) -> f64 {
        self.average(|size| size)
    }

    /// E\[X²\] of the size X.
    pub fn second_moment(&self) -> f64 {
        match self {
            // variance q/(1 − q)² = mean² − mean
            Batches::Geometric { mean } => 2.0 * mean * mean - mean,
            _ => self.average(|size| size * size),
        }
    }

    fn average(&self, of: impl Fn(f64) -> f64) -> f64 {
        match self {
            Batches::Fixed(size) => of(f64::from(*size)),
            Batches::Geometric { mean } => *mean,
            Batches::Sizes(sizes, shares) => sizes
                .iter()
                .enumerate()
                .map(|(i, &size)| shares.share(i) * of(f64::from(size)))
                .sum(),
        }
    }

    /// The size at quantile `u`, strictly between 0 and 1.
    pub fn size(&self, u: f64) -> u32 {
        match self {
            Batches::Fixed(size) => *size,
            Batches::Geometric { mean } => {
                let steps = libm::log1p(-u) / libm::log1p(-1.0 / mean);
                (1.0 + steps.floor()).min(MOST_AT_ONCE) as u32
            }
            Batches::Sizes(sizes, shares) => sizes[shares.pick(u)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_their_moments() {
        let sizes = Batches::Sizes(vec![1, 5], Shares::new(&[0.75, 0.25]).unwrap());
        for batches in [Batches::Fixed(3), Batches::Geometric { mean: 2.5 }, sizes] {
            let n = 200_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for i in 0..n {
                let size = f64::from(batches.size((f64::from(i) + 0.5) / f64::from(n)));
                sum += size;
                squares += size * size;
            }
            let n = f64::from(n);
            assert!((sum / n / batches.mean() - 1.0).abs() < 1e-3, "{batches:?}: {}", sum / n);
            let second = squares / n / batches.second_moment();
            assert!((second - 1.0).abs() < 1e-3, "{batches:?}: {second}");
        }
    }

    #[test]
    fn a_geometric_size_begins_at_one() {
        let batches = Batches::Geometric { mean: 2.0 };
        // P(1) = ½, P(2) = ¼
        assert_eq!([0.01, 0.49, 0.51, 0.74, 0.76].map(|u| batches.size(u)), [1, 1, 2, 2, 3]);
    }
}
