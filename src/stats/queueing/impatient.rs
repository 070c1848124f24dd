//! Erlang A: customers who leave.

use super::assert_positive;
use super::erlang::erlang_b;

/// A stationary M/M/c queue whose waiting customers leave after an exponential patience.
///
/// Birth and death process with death rate cμ + jθ where j wait (Palm 1946; Garnett, Mandelbaum &
/// Reiman 2002). It settles under any load: those who leave see to that.
///
/// ```
/// use orgsim::stats::queueing::ImpatientQueue;
///
/// // 30 an hour, 5 minutes each, 3 people, patience 60 minutes; time in minutes.
/// let queue = ImpatientQueue::new(0.5, 0.2, 3, 60.0);
/// assert!((queue.abandon_probability() - 0.054576).abs() < 1e-6);
/// assert!((queue.wait_mean() - 3.274545).abs() < 1e-6);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImpatientQueue {
    arrival_rate: f64,
    service_rate: f64,
    servers: f64,
    patience_mean: f64,
    wait_probability: f64,
    queue_mean: f64,
}

impl ImpatientQueue {
    /// `patience_mean` is the mean time a customer is ready to wait for the start of service.
    ///
    /// # Panics
    /// If a rate or the patience is not above 0, or there is no server.
    #[must_use]
    pub fn new(
        arrival_rate: f64,
        service_rate: f64,
        servers: u32,
        patience_mean: f64,
    ) -> ImpatientQueue {
        assert_positive("arrival rate", arrival_rate);
        assert_positive("service rate", service_rate);
        assert_positive("mean patience", patience_mean);
        assert!(servers > 0, "a queue has at least one server");
        let blocked = erlang_b(servers, arrival_rate / service_rate);
        let full_rate = f64::from(servers) * service_rate;
        // Against "all busy, none waiting" as 1: the sum of the states with j waiting, Σ xʲ, and
        // Σ j xʲ. All three shrink together before they can overflow.
        let (mut one, mut term, mut sum, mut waiting) = (1.0, 1.0, 1.0, 0.0);
        let mut j = 0.0;
        loop {
            j += 1.0;
            let ratio = arrival_rate / (full_rate + j / patience_mean);
            term *= ratio;
            sum += term;
            waiting += j * term;
            if sum > 1e250 {
                for part in [&mut one, &mut term, &mut sum, &mut waiting] {
                    *part *= 1e-250;
                }
            }
            // What is left is at most a geometric tail with this ratio.
            if ratio < 1.0 && j * term < 1e-18 * waiting * (1.0 - ratio) * (1.0 - ratio) {
                break;
            }
        }
        // Of all time, "all busy, none waiting" has the share B against the states with a free
        // server, which have 1 − B.
        let all = one * (1.0 - blocked) + blocked * sum;
        ImpatientQueue {
            arrival_rate,
            service_rate,
            servers: f64::from(servers),
            patience_mean,
            wait_probability: blocked * sum / all,
            queue_mean: blocked * waiting / all,
        }
    }

    /// Probability that an arrival finds all servers busy.
    #[must_use]
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// Share of arrivals that leave unserved: number waiting ÷ (λ · mean patience).
    #[must_use]
    pub fn abandon_probability(&self) -> f64 {
        self.queue_mean / (self.arrival_rate * self.patience_mean)
    }

    /// Mean time waited by all who arrive, whether served or not.
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.queue_mean / self.arrival_rate
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue_mean(&self) -> f64 {
        self.queue_mean
    }

    /// Share of time a server is busy: λ(1 − abandon probability)/(cμ).
    #[must_use]
    pub fn utilization(&self) -> f64 {
        let served = self.arrival_rate * (1.0 - self.abandon_probability());
        served / (self.servers * self.service_rate)
    }

    /// Mean number waiting or in service.
    #[must_use]
    pub fn number_mean(&self) -> f64 {
        self.queue_mean + self.servers * self.utilization()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oracle_table_is_met() {
        // λ per hour, minutes of work, servers, patience; P(abandon), wait in minutes, P(wait).
        for (rate, minutes, servers, patience, abandon, wait, p) in [
            (30.0, 5.0, 2, 60.0, 0.226296, 13.577732, 0.948870),
            (30.0, 5.0, 3, 60.0, 0.054576, 3.274545, 0.620997),
            (60.0, 5.0, 5, 60.0, 0.079581, 4.774847, 0.800220),
            (60.0, 5.0, 4, 120.0, 0.201547, 24.185618, 0.995308),
            (100.0, 6.0, 10, 60.0, 0.060469, 3.628132, 0.778671),
        ] {
            let queue = ImpatientQueue::new(rate / 60.0, 1.0 / minutes, servers, patience);
            assert!((queue.abandon_probability() - abandon).abs() < 6e-7, "{queue:?}");
            assert!((queue.wait_mean() - wait).abs() < 6e-7, "{queue:?}");
            assert!((queue.wait_probability() - p).abs() < 6e-7, "{queue:?}");
        }
    }

    #[test]
    fn the_validation_case_is_met() {
        let queue = ImpatientQueue::new(10.0, 1.0, 10, 2.0);
        assert!((queue.abandon_probability() - 0.1039132123).abs() < 1e-10);
        assert!((queue.wait_probability() - 0.6196552309).abs() < 1e-10);
        assert!((queue.wait_mean() - 0.2078264247).abs() < 1e-10);
        assert!((queue.utilization() - 0.8960867877).abs() < 1e-10);
        assert!((queue.number_mean() - 11.03913212).abs() < 1e-8);
    }

    #[test]
    fn other_published_rows_are_met() {
        for (rate, servers, p, abandon, utilization) in [
            (20.0, 4, 0.728824, 0.122220, 0.877780),
            (20.0, 5, 0.466352, 0.049206, 0.760635),
            (30.0, 5, f64::NAN, 0.196102, 0.964678),
        ] {
            let queue = ImpatientQueue::new(rate, 5.0, servers, 1.0);
            assert!(p.is_nan() || (queue.wait_probability() - p).abs() < 6e-7, "{queue:?}");
            assert!((queue.abandon_probability() - abandon).abs() < 6e-7, "{queue:?}");
            assert!((queue.utilization() - utilization).abs() < 6e-7, "{queue:?}");
        }
    }

    #[test]
    fn endless_patience_and_deep_overload_have_their_limits() {
        let patient = ImpatientQueue::new(3.2, 1.0, 4, 1e7);
        assert!((patient.wait_mean() - 0.7455405897).abs() < 1e-5);
        let flooded = ImpatientQueue::new(1000.0, 1.0, 4, 50.0);
        assert!((flooded.abandon_probability() - 0.996).abs() < 1e-9);
        assert!((flooded.utilization() - 1.0).abs() < 1e-9);
    }
}
