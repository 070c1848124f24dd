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

    /// The sum of their squared distances from their own mean.
    pub fn apart(&self) -> f64 {
        apart(u128::from(self.n), self.sum, self.squares)
    }

    /// Their variance about their own mean, without bias: Σ(x − x̄)² ÷ (n − 1); `None` of fewer than two.
    pub fn variance(&self) -> Option<f64> {
        (1 < self.n).then(|| self.apart() / (self.n - 1) as f64)
    }
}

/// Σ(x − x̄)² of so many whole numbers, from their sum and the sum of their squares: without the digits that Σx² − (Σx)²/n
/// loses where the numbers are large and nearly the same.
///
/// About q = ⌊x̄⌋ it is Σx² − q (2 Σx − n q), which is whole, less n (x̄ − q)². Nothing here exceeds Σx².
pub fn apart(n: u128, sum: u128, squares: u128) -> f64 {
    if n == 0 {
        return 0.0;
    }
    let (whole, rest) = (sum / n, (sum % n) as f64);
    let about = squares.saturating_sub(whole * (2 * sum - n * whole));
    (about as f64 - rest * rest / n as f64).max(0.0)
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

    #[test]
    fn distances_from_the_mean_keep_their_digits() {
        // three centuries in microseconds, and up to three more: squares of 128 bits
        let century = 3_155_760_000_000_000u128;
        let lengths = [3 * century, 3 * century + 1, 3 * century + 3];
        let sum = lengths.iter().sum();
        let squares = lengths.iter().map(|length| length * length).sum();
        // (16 + 1 + 25) ÷ 9
        assert!((apart(3, sum, squares) - 42.0 / 9.0).abs() < 1e-12);
        assert_eq!((apart(0, 0, 0), apart(2, 14, 98)), (0.0, 0.0));
    }
}
