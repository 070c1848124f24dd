//! M/M/c//N: a limited number of customers, the machine repair model.

use super::assert_positive;

/// A stationary queue of N customers, each of whom comes again an exponential time after having left.
///
/// Birth and death process with birth rate (N − n)·γ (Palm 1947; Gross et al. 2008, §2.8). The law of the
/// times away does not matter beyond its mean.
///
/// ```
/// use orgsim::stats::queueing::FiniteSource;
///
/// // One machine that runs 4 hours and is repaired in one.
/// let one = FiniteSource::new(1, 4.0, 1.0, 1);
/// assert!((one.number_mean() - 0.2).abs() < 1e-15);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FiniteSource {
    members: u32,
    away_mean: f64,
    service_rate: f64,
    servers: u32,
    shares: Vec<f64>,
}

impl FiniteSource {
    /// `away_mean` is the mean time from having left to coming again.
    ///
    /// # Panics
    /// If a rate or time is not above 0, or there is no server or no customer.
    #[must_use]
    pub fn new(members: u32, away_mean: f64, service_rate: f64, servers: u32) -> FiniteSource {
        assert_positive("mean time away", away_mean);
        assert_positive("service rate", service_rate);
        assert!(servers > 0, "a queue has at least one server");
        assert!(members > 0, "there is at least one customer");
        let shares = shares(members, away_mean * service_rate, servers);
        FiniteSource { members, away_mean, service_rate, servers, shares }
    }

    /// Share of time with n waiting or in service.
    #[must_use]
    pub fn number_share(&self, n: u32) -> f64 {
        self.shares.get(n as usize).copied().unwrap_or(0.0)
    }

    /// Mean number waiting or in service.
    #[must_use]
    pub fn number_mean(&self) -> f64 {
        self.shares.iter().enumerate().map(|(n, share)| n as f64 * share).sum()
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue_mean(&self) -> f64 {
        let waiting = |n: usize| n.saturating_sub(self.servers as usize) as f64;
        self.shares.iter().enumerate().map(|(n, share)| waiting(n) * share).sum()
    }

    /// Services per unit of time.
    #[must_use]
    pub fn throughput(&self) -> f64 {
        (f64::from(self.members) - self.number_mean()) / self.away_mean
    }

    /// Share of time a server is busy.
    #[must_use]
    pub fn utilization(&self) -> f64 {
        self.throughput() / (f64::from(self.servers) * self.service_rate)
    }

    /// Mean time from arrival to start of service.
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.queue_mean() / self.throughput()
    }

    /// Mean time from arrival to end of service.
    #[must_use]
    pub fn time_mean(&self) -> f64 {
        self.number_mean() / self.throughput()
    }

    /// Probability that an arrival has to wait: it finds what a house of one customer fewer has (the
    /// arrival theorem, Lavenberg and Reiser 1980).
    #[must_use]
    pub fn wait_probability(&self) -> f64 {
        if self.members == 1 {
            return 0.0;
        }
        let found = shares(self.members - 1, self.away_mean * self.service_rate, self.servers);
        found.iter().skip(self.servers as usize).sum()
    }
}

/// Shares of n = 0…N; `away` is in mean services.
fn shares(members: u32, away: f64, servers: u32) -> Vec<f64> {
    let mut terms = vec![1.0f64];
    for n in 1..=members {
        let last = terms[n as usize - 1];
        terms.push(last * f64::from(members - n + 1) / away / f64::from(n.min(servers)));
        if 1e200 < terms[n as usize] {
            terms.iter_mut().for_each(|term| *term *= 1e-200);
        }
    }
    let total: f64 = terms.iter().sum();
    terms.iter().map(|term| term / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::ManyServers;

    #[test]
    fn enough_servers_leave_everybody_alone() {
        let free = FiniteSource::new(7, 3.0, 1.0, 7);
        assert!((free.number_mean() - 7.0 / 4.0).abs() < 1e-12);
        assert!(free.queue_mean().abs() < 1e-15 && free.wait_probability().abs() < 1e-15);
    }

    #[test]
    fn a_textbook_repair_shop_is_met() {
        // Four machines, mean time to failure 10, repair 2.5, one repairman: pₙ ∝ 4!/(4−n)!·¼ⁿ.
        let shop = FiniteSource::new(4, 10.0, 0.4, 1);
        let terms = [1.0, 1.0, 0.75, 0.375, 0.09375];
        let total: f64 = terms.iter().sum();
        for (n, term) in terms.iter().enumerate() {
            assert!((shop.number_share(n as u32) - term / total).abs() < 1e-12, "{n}");
        }
        assert!((shop.utilization() - (1.0 - 1.0 / total)).abs() < 1e-12);
        let little = shop.wait_mean() + 2.5 - shop.time_mean();
        assert!(little.abs() < 1e-12);
    }

    #[test]
    fn many_who_come_rarely_are_a_poisson_stream() {
        let many = FiniteSource::new(100_000, 100_000.0 / 3.2, 1.0, 4);
        let exact = ManyServers::new(3.2, 1.0, 4).unwrap();
        assert!((many.wait_mean() / exact.wait_mean() - 1.0).abs() < 1e-3);
        assert!((many.wait_probability() - exact.wait_probability()).abs() < 1e-3);
    }
}
