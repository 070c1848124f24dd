//! GI/M/c: arrivals with independent gaps of any law.

use super::assert_positive;
use super::delay::Delay;
use crate::draws::Law;

/// A stationary GI/M/c queue, first come first served.
///
/// Arrivals find the queue geometrically long: with φ the transform of the gaps, σ is the root of
/// σ = φ(cμ(1 − σ)) below 1 (Kendall 1953), and the chance to wait follows from the boundary (Takács
/// 1962, ch. 2; Gross et al. 2008, §5.3). D/M/1, Eₖ/M/c, H₂/M/1 are cases of it.
///
/// ```
/// use orgsim::draws::Law;
/// use orgsim::stats::queueing::RenewalQueue;
///
/// let poisson = RenewalQueue::new(&Law::exponential(1.25)?, 1.0, 1).unwrap();
/// assert!((poisson.wait_mean() - 4.0).abs() < 1e-9);
/// let regular = RenewalQueue::new(&Law::constant(1.25)?, 1.0, 1).unwrap();
/// assert!((regular.wait_probability() - 0.6286).abs() < 1e-4);
/// # Ok::<(), orgsim::draws::LawError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RenewalQueue {
    arrival_rate: f64,
    service_rate: f64,
    servers: f64,
    sigma: f64,
    wait_probability: f64,
}

impl RenewalQueue {
    /// `gaps` and `1/service_rate` are in one unit of time. `None` under overload.
    ///
    /// # Panics
    /// If the mean gap or the service rate is not above 0, or there is no server.
    #[must_use]
    pub fn new(gaps: &Law, service_rate: f64, servers: u32) -> Option<RenewalQueue> {
        assert_positive("mean gap", gaps.mean());
        assert_positive("service rate", service_rate);
        assert!(servers > 0, "a queue has at least one server");
        let c = f64::from(servers);
        let load = 1.0 / (gaps.mean() * c * service_rate);
        if load >= 1.0 {
            return None;
        }
        let sigma = root(|x| gaps.transform(x), c * service_rate, load);
        let mut sum = 0.0;
        let (mut choose, mut chain) = (1.0, 1.0);
        for k in 1..=servers {
            let k = f64::from(k);
            choose *= (c - k + 1.0) / k;
            let phi = gaps.transform(k * service_rate);
            chain *= phi / (1.0 - phi);
            let excess = |k: f64| c * (1.0 - gaps.transform(k * service_rate)) - k;
            let gap = slope_to_root(excess, k, c * (1.0 - sigma));
            sum += choose / (chain * (1.0 - phi)) * gap;
        }
        let base = 1.0 / (1.0 / (1.0 - sigma) + sum);
        Some(RenewalQueue {
            arrival_rate: 1.0 / gaps.mean(),
            service_rate,
            servers: c,
            sigma,
            wait_probability: base / (1.0 - sigma),
        })
    }

    /// Probability that an arrival has to wait.
    #[must_use]
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// Mean time from arrival to start of service, over all: P(wait)/(cμ(1 − σ)).
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.delay().mean()
    }

    /// Standard deviation of that time.
    #[must_use]
    pub fn wait_standard_deviation(&self) -> f64 {
        self.delay().standard_deviation()
    }

    /// P(wait > t), t ≥ 0.
    #[must_use]
    pub fn wait_exceeds(&self, t: f64) -> f64 {
        self.delay().exceeds(t)
    }

    /// The time that a share `q` of waits does not exceed; 0 where that share need not wait.
    ///
    /// # Panics
    /// If `q` is not in [0, 1).
    #[must_use]
    pub fn wait_quantile(&self, q: f64) -> f64 {
        self.delay().quantile(q)
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue_mean(&self) -> f64 {
        self.arrival_rate * self.wait_mean()
    }

    /// Mean number waiting or in service.
    #[must_use]
    pub fn number_mean(&self) -> f64 {
        self.queue_mean() + self.arrival_rate / self.service_rate
    }

    fn delay(&self) -> Delay {
        Delay { probability: self.wait_probability, rate: self.spare_rate() }
    }

    fn spare_rate(&self) -> f64 {
        self.servers * self.service_rate * (1.0 - self.sigma)
    }
}

/// f(k)/(x − k) for a smooth f with f(x) = 0; close to x, where digits are lost, by the derivative in between.
fn slope_to_root(f: impl Fn(f64) -> f64, k: f64, x: f64) -> f64 {
    const CLOSE: f64 = 1e-4;
    const STEP: f64 = 1e-3;
    if CLOSE < (x - k).abs() {
        return f(k) / (x - k);
    }
    let at = |steps: f64| f((k + x) / 2.0 + steps * STEP);
    -(8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * STEP)
}

/// The root of σ = φ(r(1 − σ)) below 1, by halving: above it the right side is the smaller.
fn root(phi: impl Fn(f64) -> f64, rate: f64, load: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0 - 1e-7 * (1.0 - load));
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if phi(rate * (1.0 - middle)) > middle {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::ManyServers;

    #[test]
    fn exponential_gaps_are_the_ordinary_queue() {
        for servers in [1, 2, 5, 12] {
            let load = 0.85 * f64::from(servers);
            let found = RenewalQueue::new(&Law::exponential(1.0 / load).unwrap(), 1.0, servers);
            let (found, exact) = (found.unwrap(), ManyServers::new(load, 1.0, servers).unwrap());
            assert!((found.wait_mean() / exact.wait_mean() - 1.0).abs() < 1e-8, "{servers}");
            assert!((found.wait_exceeds(1.0) - exact.wait_exceeds(1.0)).abs() < 1e-8);
            assert!((found.wait_quantile(0.95) - exact.wait_quantile(0.95)).abs() < 1e-7);
        }
    }

    #[test]
    fn whole_numbers_of_free_servers_cost_no_digits() {
        // c(1 − σ) = c(1 − ρ) is 1, 2, 5 and 30
        for (servers, load) in [(2, 1.0), (10, 8.0), (50, 45.0), (50, 20.0)] {
            let found = RenewalQueue::new(&Law::exponential(1.0 / load).unwrap(), 1.0, servers);
            let (found, exact) = (found.unwrap(), ManyServers::new(load, 1.0, servers).unwrap());
            assert!((found.wait_mean() / exact.wait_mean() - 1.0).abs() < 1e-9, "{servers}");
        }
    }

    #[test]
    fn the_published_roots_are_met() {
        // D/M/1: σ = exp(−(1 − σ)/ρ): .2032 at ρ = .5, .6286 at .8, .8069 at .9.
        for (load, sigma) in [(0.5, 0.203188), (0.8, 0.628630), (0.9, 0.806900)] {
            let queue = RenewalQueue::new(&Law::constant(1.0 / load).unwrap(), 1.0, 1).unwrap();
            assert!((queue.wait_probability() - sigma).abs() < 5e-6, "{queue:?}");
        }
        // E₂/M/1 with ρ = .5: σ(2 − σ)² = 1, whose root below 1 is (3 − √5)/2
        let queue = RenewalQueue::new(&Law::erlang(2, 2.0).unwrap(), 1.0, 1).unwrap();
        let sigma = queue.wait_probability();
        assert!((sigma - libm::pow(1.0 + (1.0 - sigma), -2.0)).abs() < 1e-9, "{sigma}");
        assert!((sigma - (3.0 - 5f64.sqrt()) / 2.0).abs() < 1e-9, "{sigma}");
        assert_eq!(RenewalQueue::new(&Law::constant(1.0).unwrap(), 0.5, 2), None);
    }
}
