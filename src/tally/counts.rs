//! Moments of whole numbers.

/// How many numbers there were, their sum and the sum of their squares, all exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    n: u64,
    sum: u128,
    squares: u128,
}

impl Counts {
    /// One number more.
    pub fn add(&mut self, count: u64) {
        self.n += 1;
        self.sum += u128::from(count);
        self.squares += u128::from(count) * u128::from(count);
    }

    /// All that another has.
    pub fn merge(&mut self, other: &Counts) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// All it holds as words, from which [`Counts::from_words`] makes it again.
    pub fn words(&self) -> [u64; 5] {
        let high = |sum: u128| (sum >> 64) as u64;
        [self.n, self.sum as u64, high(self.sum), self.squares as u64, high(self.squares)]
    }

    /// The counts of these words.
    pub fn from_words([n, sum, sum_high, squares, squares_high]: [u64; 5]) -> Counts {
        let whole = |low: u64, high: u64| u128::from(low) | u128::from(high) << 64;
        Counts { n, sum: whole(sum, sum_high), squares: whole(squares, squares_high) }
    }

    /// How many numbers.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Their sum.
    pub fn sum(&self) -> f64 {
        self.sum as f64
    }

    /// The sum of their squares.
    pub fn squares(&self) -> f64 {
        self.squares as f64
    }

    /// Their variance about their own mean, without bias: (Σx² − (Σx)²/n) ÷ (n − 1); `None` of fewer than two.
    pub fn variance(&self) -> Option<f64> {
        let n = u128::from(self.n);
        // n Σx² − (Σx)² is whole, and so without any loss
        let above = n * self.squares - self.sum * self.sum;
        (1 < n).then(|| above as f64 / (n * (n - 1)) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_is_without_bias() {
        let (mut few, mut more) = (Counts::default(), Counts::default());
        few.add(1_000_000_007);
        assert_eq!(few.variance(), None);
        [1_000_000_001, 1_000_000_004].into_iter().for_each(|count| more.add(count));
        few.merge(&more);
        assert_eq!(Counts::from_words(few.words()), few);
        assert_eq!((few.n(), few.variance()), (3, Some(9.0)));
    }
}
