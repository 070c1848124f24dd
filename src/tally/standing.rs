//! A number that rises and falls by one.

use crate::units::SimTime;

/// A number that rises and falls by one, and its integral over time, exact, in microseconds.
///
/// Each rise at t takes t away and each fall brings it, so that nothing has to be known of the change before.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing {
    number: i64,
    moment: i128,
}

impl Standing {
    /// One more from now on.
    #[inline]
    pub fn rise(&mut self, now: SimTime) {
        self.number += 1;
        self.moment -= i128::from(now.micros());
    }

    /// One less from now on.
    #[inline]
    pub fn fall(&mut self, now: SimTime) {
        self.number -= 1;
        self.moment += i128::from(now.micros());
    }

    /// The same number, with an integral that begins now.
    pub fn from_now(&self, now: SimTime) -> Standing {
        Standing {
            number: self.number,
            moment: -i128::from(self.number) * i128::from(now.micros()),
        }
    }

    /// Nothing any more, after its integral up to now, which is never below zero.
    pub fn close(&mut self, now: SimTime) {
        self.moment += i128::from(self.number) * i128::from(now.micros());
        self.number = 0;
    }

    /// Microseconds times the number, of what is closed.
    pub fn micros(&self) -> u128 {
        self.moment.try_into().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integral_begins_and_ends_anywhere() {
        let at = SimTime::from_micros;
        let mut standing = Standing::default();
        standing.rise(at(10));
        standing.rise(at(30));
        let mut later = standing.from_now(at(40));
        standing.fall(at(40));
        standing.close(at(100));
        assert_eq!(standing.micros(), 30 + 70);
        later.fall(at(50));
        later.close(at(100));
        assert_eq!(later.micros(), 2 * 10 + 50);
    }
}
