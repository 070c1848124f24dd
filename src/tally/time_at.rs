//! Numbers, and how often or how long they were met.

use std::hint::black_box;

use crate::units::SimTime;

/// The weight of each number 0, 1, 2 …, those of `MOST` and more together; their moments exact however large they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers<const MOST: usize> {
    weights: Vec<u64>,
    /// Sum of weight × what the number exceeds `MOST` by, and of what its square exceeds the square of `MOST` by.
    beyond: u128,
    squares_beyond: u128,
}

/// Microseconds spent at each number; from 4096 on together.
pub type TimeAt = Numbers<4096>;

/// How many there were of each number; from 64 on together.
pub type Tallied = Numbers<64>;

impl<const MOST: usize> Numbers<MOST> {
    /// The number `n` was met with so much more weight.
    #[inline(always)]
    pub fn weigh(&mut self, n: u64, weight: u64) {
        match self.weights.get_mut(n as usize) {
            Some(kept) => *kept += weight,
            None => self.extend(n, weight),
        }
    }

    /// Read the weight of `n`, so that it is near when it is added to.
    #[inline]
    pub(crate) fn read_ahead(&self, n: u32) {
        black_box(self.weights.get(n as usize).copied());
    }

    #[cold]
    fn extend(&mut self, n: u64, weight: u64) {
        let most = MOST as u64;
        if most < n {
            let (wide, bound) = (u128::from(n), u128::from(most));
            let weight = u128::from(weight);
            self.beyond = self.beyond.saturating_add((wide - bound).saturating_mul(weight));
            let squares = wide.saturating_mul(wide) - bound * bound;
            self.squares_beyond =
                self.squares_beyond.saturating_add(squares.saturating_mul(weight));
        }
        let n = n.min(most) as usize;
        if self.weights.len() <= n {
            self.weights.resize(n + 1, 0);
        }
        self.weights[n] += weight;
    }

    /// Sum of weight × number, exact.
    pub fn sum(&self) -> u128 {
        self.moment(|n| n) + self.beyond
    }

    /// Sum of weight × number², exact.
    pub fn squares(&self) -> u128 {
        self.moment(|n| n * n).saturating_add(self.squares_beyond)
    }

    fn moment(&self, power: impl Fn(u128) -> u128) -> u128 {
        (0..).zip(&self.weights).map(|(n, &weight)| power(n) * u128::from(weight)).sum()
    }

    /// Weights of 0, 1, 2 …; the last may hold all from `MOST` on.
    pub fn weights(&self) -> &[u64] {
        &self.weights
    }
}

impl TimeAt {
    /// The number was `n` for so long more.
    #[inline(always)]
    pub fn add(&mut self, n: u64, length: SimTime) {
        self.weigh(n, length.micros());
    }

    /// ∫ n(t) dt in microseconds, exact.
    pub fn area(&self) -> u128 {
        self.sum()
    }

    /// Microseconds at 0, 1, 2 …
    pub fn micros(&self) -> &[u64] {
        self.weights()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_exact_however_large_the_number() {
        let mut times = TimeAt::default();
        let stretches: [(u64, u64); 7] =
            [(0, 5), (3, 7), (4096, 11), (4097, 2), (1_000_000, 13), (3, 1), (5000, 4)];
        for (n, micros) in stretches {
            times.add(n, SimTime::from_micros(micros));
        }
        let area: u64 = stretches.iter().map(|(n, micros)| n * micros).sum();
        let squares: u64 = stretches.iter().map(|(n, micros)| n * n * micros).sum();
        assert_eq!((times.area(), times.squares()), (u128::from(area), u128::from(squares)));
        assert_eq!(times.micros()[4096], 30);
        let mut visits = Tallied::default();
        [1, 64, 65, 200, 1].iter().for_each(|&n| visits.weigh(n, 1));
        assert_eq!((visits.sum(), visits.squares()), (331, 2 + 4096 + 4225 + 40_000));
        assert_eq!((visits.weights()[1], visits.weights()[64]), (2, 3));
    }

    #[test]
    fn no_number_is_too_large() {
        let mut times = TimeAt::default();
        for n in [1, 0, 1, 5000, u64::MAX] {
            times.add(n, SimTime::SECOND);
        }
        assert_eq!(times.micros().len(), 4097);
        let second = SimTime::SECOND.micros();
        assert_eq!([0, 1, 2, 4096].map(|n| times.micros()[n]), [1, 2, 0, 2].map(|k| k * second));
    }
}
