//! The integral of a whole number over time.

use crate::units::SimTime;

/// ∫ n(t) dt of a step function of whole numbers, exact, in microseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Area {
    sum: u128,
}

impl Area {
    /// The value was `n` for this many microseconds more.
    #[inline]
    pub fn add(&mut self, n: u64, micros: u64) {
        self.sum += u128::from(n) * u128::from(micros);
    }

    /// The area of so many microseconds times number.
    pub fn of(micros: u128) -> Area {
        Area { sum: micros }
    }

    /// Microseconds times the number.
    pub fn micros(&self) -> u128 {
        self.sum
    }

    /// Time average over a length; zero for an empty one.
    pub fn mean(&self, length: SimTime) -> f64 {
        if length == SimTime::ZERO { 0.0 } else { self.sum as f64 / length.micros() as f64 }
    }
}
