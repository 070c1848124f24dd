//! The wait of a queue whose busy servers are all exponential: none, or an exponential time.

use crate::draws::ln;

/// A wait of nothing, or, with a probability, of an exponential time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Delay {
    /// Probability of having to wait.
    pub(super) probability: f64,
    /// Rate of the wait of those who do.
    pub(super) rate: f64,
}

impl Delay {
    /// Mean over all: p/r.
    pub(super) fn mean(self) -> f64 {
        self.probability / self.rate
    }

    /// Standard deviation over all: √(p(2 − p))/r.
    pub(super) fn standard_deviation(self) -> f64 {
        let p = self.probability;
        (p * (2.0 - p)).sqrt() / self.rate
    }

    /// P(wait > t) = p·exp(−rt), for t ≥ 0.
    pub(super) fn exceeds(self, t: f64) -> f64 {
        self.probability * libm::exp(-self.rate * t)
    }

    /// The time that a share `q` of waits does not exceed; 0 where that share need not wait.
    pub(super) fn quantile(self, q: f64) -> f64 {
        assert!((0.0..1.0).contains(&q), "a quantile lies at a share of at least 0 and below 1");
        (ln(self.probability / (1.0 - q)) / self.rate).max(0.0)
    }
}
