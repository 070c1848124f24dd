//! Time spent at each number.

use crate::units::SimTime;

/// Largest number whose time is kept apart; more are gathered at this number.
const NUMBERS: usize = 4096;

/// Microseconds spent at 0, 1, 2 …; from 4096 on together.
#[derive(Debug, Clone, Default)]
pub struct TimeAt {
    micros: Vec<u64>,
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

    #[cold]
    fn extend(&mut self, n: usize, micros: u64) {
        let n = n.min(NUMBERS);
        if self.micros.len() <= n {
            self.micros.resize(n + 1, 0);
        }
        self.micros[n] += micros;
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
