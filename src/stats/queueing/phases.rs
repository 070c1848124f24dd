//! Queues whose arrivals or services have phases, as chains solved numerically.

use super::assert_positive;
use super::levels::{Level, shares_of_endless};

/// What a queue with several servers comes to in the long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueueNumbers {
    /// Arrivals that enter, per unit of time.
    pub arrival_rate: f64,
    /// Mean number of busy servers.
    pub busy_mean: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Probability that an arrival has to wait.
    pub wait_probability: f64,
}

impl QueueNumbers {
    /// Mean time from arrival to start of service, by Little's law.
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.queue_mean / self.arrival_rate
    }

    /// Mean number waiting or in service.
    #[must_use]
    pub fn number_mean(&self) -> f64 {
        self.queue_mean + self.busy_mean
    }

    /// Mean time from arrival to end of service.
    #[must_use]
    pub fn time_mean(&self) -> f64 {
        self.number_mean() / self.arrival_rate
    }
}

/// M/H₂/c: service is exponential with the first rate in a share of cases, with the second in the rest.
///
/// A chain with the number of cases of the first kind in service as its phase, cut where it is never
/// (10⁻¹² of the time); see de Smit 1983 for the analytic solution. `None` under overload,
/// and so close to it that more than 65,000 in the system would have to be followed.
///
/// # Panics
/// If a rate is not above 0, the share is not between 0 and 1, or there is no server.
///
/// ```
/// use orgsim::stats::queueing::{SingleServer, Service, two_kinds_of_service};
///
/// // One server: Pollaczek and Khinchine know better.
/// let chain = two_kinds_of_service(0.5, 0.7, (2.0, 0.6), 1).unwrap();
/// let service = Service { mean: 0.7 / 2.0 + 0.3 / 0.6, second_moment: 2.0 * (0.7 / 4.0 + 0.3 / 0.36), third_moment: None };
/// let exact = SingleServer::new(0.5, service).unwrap().wait_mean();
/// assert!((chain.wait_mean() / exact - 1.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn two_kinds_of_service(
    arrival_rate: f64,
    share: f64,
    rates: (f64, f64),
    servers: u32,
) -> Option<QueueNumbers> {
    assert_positive("arrival rate", arrival_rate);
    assert_positive("first service rate", rates.0);
    assert_positive("second service rate", rates.1);
    assert!((0.0..=1.0).contains(&share), "a share lies between 0 and 1");
    assert!(servers > 0, "a queue has at least one server");
    let mean = share / rates.0 + (1.0 - share) / rates.1;
    let servers = servers as usize;
    if arrival_rate * mean >= servers as f64 {
        return None;
    }
    let level = |n: usize| two_kinds(n, arrival_rate, share, rates, servers);
    let levels = shares_of_endless(4 * servers + 50, level)?;
    Some(numbers(&levels, servers, |_| arrival_rate))
}

/// The rates between states with n in the system, by the number of the first kind in service.
fn two_kinds(n: usize, arrival: f64, share: f64, rates: (f64, f64), servers: usize) -> Level {
    let busy = n.min(servers);
    let table = |columns: usize| vec![vec![0.0; columns]; busy + 1];
    let (mut up, mut down) =
        (table((n + 1).min(servers) + 1), table(n.saturating_sub(1).min(servers) + 1));
    for first in 0..=busy {
        if n < servers {
            up[first][first + 1] = arrival * share;
            up[first][first] = arrival * (1.0 - share);
        } else {
            up[first][first] = arrival;
        }
        if n == 0 {
            continue;
        }
        let ends = (first as f64 * rates.0, (busy - first) as f64 * rates.1);
        // Whoever is next, if anybody waits, is of the first kind with probability `share`.
        let next = if servers < n { [share, 1.0 - share] } else { [0.0, 1.0] };
        for (ended, rate) in [(1, ends.0), (0, ends.1)] {
            for (begun, probability) in [(1, next[0]), (0, next[1])] {
                if 0.0 < rate * probability {
                    down[first][first + begun - ended] += rate * probability;
                }
            }
        }
    }
    if n == 0 {
        down = Vec::new();
    }
    Level { up, within: table(busy + 1), down }
}

/// MMPP/M/c: Poisson arrivals whose rate is that of a state that changes by itself.
///
/// `arrival_rates` by state, `changes[i][j]` the rate from state i to j (Fischer and Meier-Hellstern
/// 1993). `None` under overload, and where more than 65,000 in the system would have to be followed.
///
/// # Panics
/// If sizes differ, the service rate is not above 0, or there is no server.
///
/// ```
/// use orgsim::stats::queueing::{ManyServers, modulated_arrivals};
///
/// // Equal rates in both states: an ordinary queue.
/// let same = modulated_arrivals(&[1.5, 1.5], &[vec![0.0, 0.2], vec![0.7, 0.0]], 1.0, 2).unwrap();
/// let exact = ManyServers::new(1.5, 1.0, 2).unwrap();
/// assert!((same.wait_mean() / exact.wait_mean() - 1.0).abs() < 1e-9);
/// assert!((same.wait_probability / exact.wait_probability() - 1.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn modulated_arrivals(
    arrival_rates: &[f64],
    changes: &[Vec<f64>],
    service_rate: f64,
    servers: u32,
) -> Option<QueueNumbers> {
    assert_positive("service rate", service_rate);
    assert!(servers > 0, "a queue has at least one server");
    assert_eq!(arrival_rates.len(), changes.len(), "each state has rates of change");
    let states = changes.len();
    let diagonal = |of: &dyn Fn(usize) -> f64| -> Vec<Vec<f64>> {
        let cell = |i: usize, j: usize| if i == j { of(i) } else { 0.0 };
        (0..states).map(|i| (0..states).map(|j| cell(i, j)).collect()).collect()
    };
    let alone = |_| Level { within: changes.to_vec(), ..Level::default() };
    let shares = super::levels::shares(0, alone);
    let mean: f64 = shares[0].iter().zip(arrival_rates).map(|(share, rate)| share * rate).sum();
    if mean >= f64::from(servers) * service_rate {
        return None;
    }
    let servers = servers as usize;
    let level = |n: usize| Level {
        up: diagonal(&|i| arrival_rates[i]),
        within: changes.to_vec(),
        down: match n {
            0 => Vec::new(),
            _ => diagonal(&|_| n.min(servers) as f64 * service_rate),
        },
    };
    let levels = shares_of_endless(4 * servers + 50, level)?;
    Some(numbers(&levels, servers, |state| arrival_rates[state]))
}

/// Sums over the states; `rate` is that of arrivals in a state.
fn numbers(levels: &[Vec<f64>], servers: usize, rate: impl Fn(usize) -> f64) -> QueueNumbers {
    let (mut arrivals, mut waiting, mut busy, mut queue) = (0.0, 0.0, 0.0, 0.0);
    for (n, states) in levels.iter().enumerate() {
        for (state, share) in states.iter().enumerate() {
            let flow = share * rate(state);
            arrivals += flow;
            waiting += if servers <= n { flow } else { 0.0 };
            busy += share * n.min(servers) as f64;
            queue += share * n.saturating_sub(servers) as f64;
        }
    }
    QueueNumbers {
        arrival_rate: arrivals,
        busy_mean: busy,
        queue_mean: queue,
        wait_probability: waiting / arrivals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::{ManyServers, Service, SingleServer};

    #[test]
    fn equal_kinds_are_an_ordinary_queue() {
        let chain = two_kinds_of_service(3.2, 0.3, (1.0, 1.0), 4).unwrap();
        let exact = ManyServers::new(3.2, 1.0, 4).unwrap();
        assert!((chain.wait_mean() / exact.wait_mean() - 1.0).abs() < 1e-9, "{chain:?}");
        assert!((chain.wait_probability / exact.wait_probability() - 1.0).abs() < 1e-9);
        assert_eq!(two_kinds_of_service(4.0, 0.3, (1.0, 1.0), 4), None);
    }

    #[test]
    fn work_that_varies_makes_several_servers_wait_longer_but_less_than_twice() {
        // cv² = 4, balanced means; Lee and Longton: about (1 + cv²)/2 times the wait of M/M/c.
        let root = (3.0f64 / 5.0).sqrt();
        let (p, q) = ((1.0 + root) / 2.0, (1.0 - root) / 2.0);
        let chain = two_kinds_of_service(3.2, p, (2.0 * p, 2.0 * q), 4).unwrap();
        let ratio = chain.wait_mean() / ManyServers::new(3.2, 1.0, 4).unwrap().wait_mean();
        assert!((2.2..2.5).contains(&ratio), "{ratio}");
        assert!((chain.busy_mean - 3.2).abs() < 1e-9, "work done is work brought: {chain:?}");
    }

    #[test]
    fn an_interrupted_stream_at_one_server_is_a_renewal_stream() {
        // On and off with one rate: the gaps are H₂ (Kuczura 1973), so GI/M/1's root answers.
        let (rate, off, on) = (2.0, 0.5, 0.25);
        let chain =
            modulated_arrivals(&[rate, 0.0], &[vec![0.0, off], vec![on, 0.0]], 1.0, 1).unwrap();
        let transform = |s: f64| rate * (s + on) / (s * s + (rate + off + on) * s + rate * on);
        let mut sigma = 0.5;
        for _ in 0..10_000 {
            sigma = transform(1.0 - sigma);
        }
        assert!((chain.wait_mean() - sigma / (1.0 - sigma)).abs() < 1e-8, "{chain:?}, {sigma}");
        assert!((chain.wait_probability - sigma).abs() < 1e-9);
        let service = Service { mean: 1.0, second_moment: 2.0, third_moment: None };
        let calm = SingleServer::new(chain.arrival_rate, service).unwrap();
        assert!(calm.wait_mean() < chain.wait_mean(), "bursts make waits");
    }
}
