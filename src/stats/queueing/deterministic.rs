//! M/D/c: several servers, all services alike.

use std::sync::OnceLock;

use super::assert_positive;
use crate::draws::{gamma_cdf, ln};

/// A stationary M/D/c queue, first come first served.
///
/// Every c-th customer has the same server, so the wait is that of one server with constant service D
/// and gaps that are sums of c exponentials, and Spitzer's identity (1956) gives its cumulants:
/// κₖ = Σₙ E\[(nD − Gₙ)⁺ᵏ\]/n with Gₙ gamma of shape nc. The mean is Crommelin's (1932).
///
/// ```
/// use orgsim::stats::queueing::ConstantService;
///
/// let one = ConstantService::new(0.8, 1.0, 1).unwrap();
/// assert!((one.wait_mean() - 2.0).abs() < 1e-10);
/// assert!((one.wait_probability() - 0.8).abs() < 1e-12);
/// ```
#[derive(Debug, Clone)]
pub struct ConstantService {
    arrival_rate: f64,
    service: f64,
    servers: u32,
    wait_probability: f64,
    wait_mean: f64,
    wait_variance: f64,
    /// P(at most n wait), for Franx' formula.
    queue_at_most: OnceLock<Vec<f64>>,
}

impl ConstantService {
    /// `service` is the length of each service. `None` under overload.
    ///
    /// # Panics
    /// If the rate or the length is not above 0, or there is no server.
    #[must_use]
    pub fn new(arrival_rate: f64, service: f64, servers: u32) -> Option<ConstantService> {
        assert_positive("arrival rate", arrival_rate);
        assert_positive("service time", service);
        assert!(servers > 0, "a queue has at least one server");
        let load = arrival_rate * service;
        if load >= f64::from(servers) {
            return None;
        }
        let c = f64::from(servers);
        // In units of the mean gap: services take `load`, gaps have mean 1.
        let partial = |n: f64, moment: u8| {
            let (x, shape) = (n * load, n * c);
            let below = |more: f64| gamma_cdf(shape + more, x);
            let sum = match moment {
                0 => below(0.0),
                1 => x * below(0.0) - shape * below(1.0),
                _ => {
                    let first = x * x * below(0.0) - 2.0 * x * shape * below(1.0);
                    first + shape * (shape + 1.0) * below(2.0)
                }
            };
            sum.max(0.0) / n
        };
        let [log_idle, mean, variance] =
            [0, 1, 2].map(|moment| sum_of(|n| partial(n, moment), reach(load, c)));
        Some(ConstantService {
            arrival_rate,
            service,
            servers,
            wait_probability: -libm::expm1(-log_idle),
            wait_mean: mean / arrival_rate,
            wait_variance: variance / (arrival_rate * arrival_rate),
            queue_at_most: OnceLock::new(),
        })
    }

    /// Probability that an arrival has to wait.
    #[must_use]
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// Mean time from arrival to start of service, over all.
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.wait_mean
    }

    /// Standard deviation of that time.
    #[must_use]
    pub fn wait_standard_deviation(&self) -> f64 {
        self.wait_variance.sqrt()
    }

    /// P(wait ≤ t), t ≥ 0 (Franx 2001).
    #[must_use]
    pub fn wait_at_most(&self, t: f64) -> f64 {
        let rounds = (t / self.service).floor() + 1.0;
        let mean = self.arrival_rate * (rounds * self.service - t);
        let last = rounds as usize * self.servers as usize - 1;
        let load = self.arrival_rate * self.service;
        let at_most = self.queue_at_most.get_or_init(|| queue_at_most(load, self.servers));
        let (mut term, mut sum) = (libm::exp(-mean), 0.0);
        for j in 0..=last {
            sum += term * at_most[(last - j).min(at_most.len() - 1)];
            term *= mean / (j + 1) as f64;
        }
        sum.min(1.0)
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue_mean(&self) -> f64 {
        self.arrival_rate * self.wait_mean
    }

    /// Mean number waiting or in service.
    #[must_use]
    pub fn number_mean(&self) -> f64 {
        self.queue_mean() + self.arrival_rate * self.service
    }
}

/// Where the terms of Spitzer's sums have vanished: they fall as exp(−n·c·(ρ − 1 − ln ρ)).
fn reach(load: f64, servers: f64) -> f64 {
    let share = load / servers;
    45.0 / (servers * (share - 1.0 - ln(share)))
}

/// Σ f(n) over n = 1, 2, … of smooth terms that vanish at `reach`: one by one at first, then by the
/// formula of Euler and Maclaurin, with ∫ f dn by Simpson's rule in the logarithm of n.
fn sum_of(f: impl Fn(f64) -> f64, reach: f64) -> f64 {
    const SINGLE: u32 = 256;
    let single: f64 = (1..SINGLE).map(|n| f(f64::from(n))).sum();
    let from = f64::from(SINGLE);
    if reach <= from {
        return single;
    }
    let pieces = 256;
    let step = ln(reach / from) / f64::from(pieces);
    let at = |i: i32| {
        let n = from * libm::exp(step * f64::from(i));
        let weight = if i == 0 || i == pieces { 1.0 } else { f64::from(2 + 2 * (i % 2)) };
        weight * n * f(n)
    };
    let integral = step / 3.0 * (0..=pieces).map(at).sum::<f64>();
    let slope = (f(from + 1.0) - f(from - 1.0)) / 2.0;
    single + integral + f(from) / 2.0 - slope / 12.0
}

/// P(at most n wait) in the long run. From one service time to the next the queue goes on by a Poisson
/// number less c, and never below nothing; so Spitzer's identity gives the logarithm of its generating
/// function, lₖ = Σₙ P(Poisson(na) = nc + k)/n, and m·qₘ = Σₖ k·lₖ·qₘ₋ₖ its terms.
fn queue_at_most(load: f64, servers: u32) -> Vec<f64> {
    let c = f64::from(servers);
    let share = load / c;
    // the tail falls at least by exp(−2(1 − ρ)) for each waiting
    let size = 20 * servers as usize + (20.0 / (1.0 - share)) as usize;
    let poisson = |n: f64, k: f64| {
        let (mean, count) = (n * load, n * c + k);
        libm::exp(count * ln(mean) - mean - libm::lgamma(count + 1.0)) / n
    };
    let logs: Vec<f64> =
        (0..size).map(|k| sum_of(|n| poisson(n, k as f64), reach(load, c))).collect();
    let none = sum_of(|n| gamma_cdf(n * c + 1.0, n * load) / n, reach(load, c));
    let mut shares = vec![libm::exp(-none)];
    for m in 1..size {
        let sum: f64 = (1..=m).map(|k| k as f64 * logs[k] * shares[m - k]).sum();
        shares.push(sum / m as f64);
    }
    let mut sum = 0.0;
    shares
        .iter()
        .map(|share| {
            sum += share;
            sum
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::{Service, SingleServer};

    #[test]
    fn one_server_is_pollaczek_and_khinchine() {
        for load in [0.3, 0.6, 0.9] {
            let service = Service { mean: 1.0, second_moment: 1.0, third_moment: Some(1.0) };
            let exact = SingleServer::new(load, service).unwrap();
            let found = ConstantService::new(load, 1.0, 1).unwrap();
            assert!((found.wait_mean() / exact.wait_mean() - 1.0).abs() < 1e-10, "{load}");
            let sd = exact.wait_variance().unwrap().sqrt();
            assert!((found.wait_standard_deviation() / sd - 1.0).abs() < 1e-9, "{load}");
            assert!((found.wait_probability() - load).abs() < 1e-12);
            assert!((found.wait_at_most(0.0) - (1.0 - load)).abs() < 1e-9);
            // Erlang 1909: P(W ≤ t) = (1 − ρ) e^{ρt} for t < 1
            let early = (1.0 - load) * libm::exp(load * 0.6);
            assert!((found.wait_at_most(0.6) - early).abs() < 1e-9);
        }
    }

    #[test]
    fn the_distribution_has_the_mean_and_the_chance_of_no_wait() {
        for (rate, servers) in [(1.6, 2), (4.0, 5), (9.0, 10)] {
            let queue = ConstantService::new(rate, 1.0, servers).unwrap();
            assert!((queue.wait_at_most(0.0) - 1.0 + queue.wait_probability()).abs() < 1e-9);
            let steps = 10_000;
            let step = 10.0 / f64::from(steps);
            let area: f64 = (0..steps)
                .map(|i| (1.0 - queue.wait_at_most((f64::from(i) + 0.5) * step)) * step)
                .sum();
            assert!((area / queue.wait_mean() - 1.0).abs() < 2e-4, "{rate}: {area}");
        }
        assert!(ConstantService::new(2.0, 1.0, 2).is_none());
    }

    #[test]
    fn constant_work_halves_the_wait_in_heavy_traffic() {
        let exact = crate::stats::queueing::ManyServers::new(4.9, 1.0, 5).unwrap().wait_mean();
        let ratio = ConstantService::new(4.9, 1.0, 5).unwrap().wait_mean() / exact;
        assert!((0.5..0.53).contains(&ratio), "{ratio}");
    }
}
