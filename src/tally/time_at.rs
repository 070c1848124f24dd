//! Time spent at each number.

use std::hint::black_box;

use crate::units::SimTime;

/// Largest number whose time is kept apart; more are gathered at this number.
const NUMBERS: usize = 4096;

/// Microseconds spent at 0, 1, 2 …; from 4096 on together.
#[derive(Debug, Clone, Default)]
pub struct TimeAt {
    micros: Vec<u64>,
    /// ∫ of what the number exceeds 4096 by.
    beyond: u128,
}

impl TimeAt {
    /// The number was `n` for so long more.
    #[inline(always)]
    pub fn add(&mut self, n: u64, length: SimTime) {
        match self.micros.get_mut(n as usize) {
            Some(time) => *time += length.micros(),
            None => self.extend(n as usize, length.micros()),
        }
    }

    /// Read the time at `n`, so that it is near when it is added to.
    #[inline]
    pub(crate) fn read_ahead(&self, n: u32) {
        black_box(self.micros.get(n as usize).copied());
    }

    #[cold]
    fn extend(&mut self, n: usize, micros: u64) {
        self.beyond += n.saturating_sub(NUMBERS) as u128 * u128::from(micros);
        let n = n.min(NUMBERS);
        if self.micros.len() <= n {
            self.micros.resize(n + 1, 0);
        }
        self.micros[n] += micros;
    }

    /// ∫ n(t) dt in microseconds, exact.
    pub fn area(&self) -> u128 {
        let kept = (0..).zip(&self.micros).map(|(n, &micros)| n * u128::from(micros));
        kept.sum::<u128>() + self.beyond
    }

    /// Microseconds at 0, 1, 2 …
    pub fn micros(&self) -> &[u64] {
        &self.micros
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_exact_however_large_the_number() {
        let mut times = TimeAt::default();
        let stretches = [(0, 5), (3, 7), (4096, 11), (4097, 2), (1_000_000, 13), (3, 1)];
        for (n, micros) in stretches {
            times.add(n, SimTime::from_micros(micros));
        }
        let area: u64 = stretches.iter().map(|(n, micros)| n * micros).sum();
        assert_eq!(times.area(), u128::from(area));
        assert_eq!(times.micros()[4096], 26);
    }

    #[test]
    fn no_number_is_too_large() {
        let mut times = TimeAt::default();
        for n in [1, 0, 1, 5000, u64::MAX] {
            times.add(n, SimTime::SECOND);
        }
        assert_eq!(times.micros().len(), NUMBERS + 1);
        let second = SimTime::SECOND.micros();
        assert_eq!([0, 1, 2, NUMBERS].map(|n| times.micros()[n]), [1, 2, 0, 2].map(|k| k * second));
    }
}
