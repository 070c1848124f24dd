//! M/M/c: several servers, one queue.

use super::assert_positive;
use super::delay::Delay;
use super::erlang::erlang_c;

/// A stationary M/M/c queue, first come first served.
///
/// Poisson arrivals, exponential service times, c servers (Erlang 1917; Gross et al. 2008, §2.3).
///
/// ```
/// use orgsim::stats::queueing::ManyServers;
///
/// // 30 inquiries an hour, 5 minutes each, 3 people; time in hours.
/// let queue = ManyServers::new(30.0, 12.0, 3).unwrap();
/// assert!((queue.wait_mean() * 60.0 - 7.022472).abs() < 1e-6);
/// assert!(ManyServers::new(36.0, 12.0, 3).is_none(), "the queue would grow without end");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ManyServers {
    arrival_rate: f64,
    service_rate: f64,
    servers: f64,
    /// Erlang C.
    wait_probability: f64,
}

impl ManyServers {
    /// `None` if arrivals are as fast as all servers together, or faster.
    ///
    /// # Panics
    /// If a rate is not above 0, or there is no server.
    #[must_use]
    pub fn new(arrival_rate: f64, service_rate: f64, servers: u32) -> Option<ManyServers> {
        assert_positive("arrival rate", arrival_rate);
        assert_positive("service rate", service_rate);
        assert!(servers > 0, "a queue has at least one server");
        let load = arrival_rate / service_rate;
        (load < f64::from(servers)).then(|| ManyServers {
            arrival_rate,
            service_rate,
            servers: f64::from(servers),
            wait_probability: erlang_c(servers, load),
        })
    }

    /// Share of time a server is busy: λ/(cμ).
    #[must_use]
    pub fn utilization(&self) -> f64 {
        self.arrival_rate / (self.servers * self.service_rate)
    }

    /// Probability that an arrival has to wait.
    #[must_use]
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// Mean time from arrival to start of service, over all: C/(cμ − λ).
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.delay().mean()
    }

    /// Standard deviation of that time: √(C(2 − C))/(cμ − λ).
    #[must_use]
    pub fn wait_standard_deviation(&self) -> f64 {
        self.delay().standard_deviation()
    }

    /// P(wait > t) = C·exp(−(cμ − λ)t), for t ≥ 0.
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

    /// Mean time from arrival to end of service.
    #[must_use]
    pub fn time_mean(&self) -> f64 {
        self.wait_mean() + 1.0 / self.service_rate
    }

    /// P(time in system > t), for t ≥ 0: exp(−μt)·(1 + C·(1 − exp(−μ(c−1−a)t))/(c−1−a)), with a
    /// the offered load.
    #[must_use]
    pub fn time_exceeds(&self, t: f64) -> f64 {
        let lead = self.servers - 1.0 - self.arrival_rate / self.service_rate;
        let x = self.service_rate * t;
        // (1 − exp(−lead·x))/lead, which is x where the lead vanishes.
        let factor = if lead.abs() * x < 1e-12 { x } else { -libm::expm1(-lead * x) / lead };
        libm::exp(-x) * (1.0 + self.wait_probability * factor)
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue_mean(&self) -> f64 {
        self.arrival_rate * self.wait_mean()
    }

    /// Mean number waiting or in service.
    #[must_use]
    pub fn number_mean(&self) -> f64 {
        self.arrival_rate * self.time_mean()
    }

    fn delay(&self) -> Delay {
        Delay { probability: self.wait_probability, rate: self.spare_rate() }
    }

    /// cμ − λ: how fast a queue shrinks.
    fn spare_rate(&self) -> f64 {
        self.servers * self.service_rate - self.arrival_rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, exact: f64) {
        assert!((found - exact).abs() <= 6e-7 + 6e-10 * exact, "{found} against {exact}");
    }

    #[test]
    fn the_oracle_table_is_met() {
        // λ per hour, minutes of work, servers; P(wait), wait in minutes, number waiting,
        // P(wait ≤ 20 min).
        for (rate, minutes, servers, p, wait, queue, within) in [
            (10.0, 5.0, 1, 0.833333, 25.0, 4.166667, 0.572152),
            (10.0, 5.0, 2, 0.245098, 1.050420, 0.175070, 0.997695),
            (30.0, 5.0, 3, 0.702247, 7.022472, 3.511236, 0.904961),
            (30.0, 5.0, 4, 0.319857, 1.066189, 0.533095, 0.999207),
            (60.0, 5.0, 6, 0.587516, 2.937582, 2.937582, 0.989239),
            (100.0, 6.0, 12, 0.449388, 1.348165, 2.246941, 0.999428),
            (200.0, 6.0, 22, 0.567915, 1.703745, 5.679152, 0.999277),
            (200.0, 6.0, 25, 0.209103, 0.250923, 0.836411, 1.0),
            (200.0, 3.0, 14, 0.174132, 0.130599, 0.435330, 1.0),
            (20.0, 12.0, 5, 0.554113, 6.649351, 2.216450, 0.895342),
        ] {
            let queue_found = ManyServers::new(rate / 60.0, 1.0 / minutes, servers).unwrap();
            close(queue_found.wait_probability(), p);
            close(queue_found.wait_mean(), wait);
            close(queue_found.queue_mean(), queue);
            close(1.0 - queue_found.wait_exceeds(20.0), within);
        }
    }

    #[test]
    fn the_validation_cases_are_met() {
        let one = ManyServers::new(0.75, 1.0, 1).unwrap();
        close(one.wait_standard_deviation(), 3.872983346);
        close(1.0 - one.wait_exceeds(1.0), 0.4158994127);
        close(1.0 - one.time_exceeds(4.0), 0.6321205588);
        close(one.wait_quantile(0.99), 17.26995245);
        close(one.wait_quantile(0.2), 0.0);
        let four = ManyServers::new(3.2, 1.0, 4).unwrap();
        close(four.utilization(), 0.8);
        close(four.wait_probability(), 0.5964324718);
        close(four.wait_mean(), 0.7455405897);
        close(four.time_mean(), 1.74554059);
        close(four.number_mean(), 5.585729887);
        close(four.wait_standard_deviation(), 1.143687328);
        close(1.0 - four.wait_exceeds(0.25), 0.5116823932);
        close(1.0 - four.time_exceeds(0.25), 0.1021215634);
        close(1.0 - four.time_exceeds(1.0), 0.3892248573);
        close(four.wait_quantile(0.95), 3.098678778);
        // c − 1 = offered load, where the formula has a gap to close.
        let gap = ManyServers::new(2.0, 1.0, 3).unwrap();
        close(gap.time_exceeds(1.0), 0.367879441 * (1.0 + gap.wait_probability()));
    }
}
