//! M/M/c/K: a queue with limited room, in which customers may be impatient.

use super::assert_positive;

/// A stationary M/M/c/K queue: who finds K customers inside does not enter. Those who wait may give up after an
/// exponential patience (M/M/c/K+M).
///
/// Birth and death process cut at K (Gross et al. 2008, §2.5), with death rate cμ + jθ where j wait (Garnett, Mandelbaum &
/// Reiman 2002). It settles under any load.
///
/// ```
/// use orgsim::stats::queueing::FiniteQueue;
///
/// let queue = FiniteQueue::new(1.0, 1.0, 1, 3);
/// assert!((queue.blocked_probability() - 0.25).abs() < 1e-15);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiniteQueue {
    arrival_rate: f64,
    service_rate: f64,
    servers: f64,
    leaving_rate: f64,
    blocked: f64,
    waits: f64,
    queue_mean: f64,
}

impl FiniteQueue {
    /// `room` counts those in service too.
    ///
    /// # Panics
    /// If a rate is not above 0, there is no server, or there is room for fewer than the servers.
    #[must_use]
    pub fn new(arrival_rate: f64, service_rate: f64, servers: u32, room: u32) -> FiniteQueue {
        FiniteQueue::of(arrival_rate, service_rate, servers, room, 0.0)
    }

    /// The same where a customer is ready to wait for `patience_mean` for the start of service.
    ///
    /// # Panics
    /// As [`FiniteQueue::new`], and if the patience is not above 0.
    #[must_use]
    pub fn with_patience(
        arrival_rate: f64,
        service_rate: f64,
        servers: u32,
        room: u32,
        patience_mean: f64,
    ) -> FiniteQueue {
        assert_positive("mean patience", patience_mean);
        FiniteQueue::of(arrival_rate, service_rate, servers, room, 1.0 / patience_mean)
    }

    fn of(
        arrival_rate: f64,
        service_rate: f64,
        servers: u32,
        room: u32,
        leaving_rate: f64,
    ) -> FiniteQueue {
        assert_positive("arrival rate", arrival_rate);
        assert_positive("service rate", service_rate);
        assert!(servers > 0, "a queue has at least one server");
        assert!(servers <= room, "there is room for at least those in service");
        let (mut term, mut all, mut waits, mut queue) = (1.0, 1.0, 0.0, 0.0);
        for n in 1..=room {
            let waiting = f64::from(n.saturating_sub(servers));
            term *=
                arrival_rate / (f64::from(n.min(servers)) * service_rate + waiting * leaving_rate);
            all += term;
            // An arrival waits where it finds all servers busy and still room.
            if n >= servers && n < room {
                waits += term;
            }
            queue += waiting * term;
            if all > 1e250 {
                for part in [&mut term, &mut all, &mut waits, &mut queue] {
                    *part *= 1e-250;
                }
            }
        }
        FiniteQueue {
            arrival_rate,
            service_rate,
            servers: f64::from(servers),
            leaving_rate,
            blocked: term / all,
            waits: waits / all,
            queue_mean: queue / all,
        }
    }

    /// Share of arrivals that do not enter.
    #[must_use]
    pub fn blocked_probability(&self) -> f64 {
        self.blocked
    }

    /// Of those who enter, the share that has to wait.
    #[must_use]
    pub fn wait_probability(&self) -> f64 {
        self.waits / (1.0 - self.blocked)
    }

    /// Arrivals that enter, per unit of time.
    #[must_use]
    pub fn throughput(&self) -> f64 {
        self.arrival_rate * (1.0 - self.blocked)
    }

    /// Of those who enter, the share that gives up before service.
    #[must_use]
    pub fn abandon_probability(&self) -> f64 {
        self.queue_mean * self.leaving_rate / self.throughput()
    }

    /// Share of time a server is busy.
    #[must_use]
    pub fn utilization(&self) -> f64 {
        let served = self.throughput() - self.queue_mean * self.leaving_rate;
        served / (self.servers * self.service_rate)
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue_mean(&self) -> f64 {
        self.queue_mean
    }

    /// Mean number waiting or in service.
    #[must_use]
    pub fn number_mean(&self) -> f64 {
        self.queue_mean + self.servers * self.utilization()
    }

    /// Mean time from arrival to start of service, or until giving up, of those who enter.
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.queue_mean / self.throughput()
    }

    /// Mean time from arrival to end of service, or until giving up, of those who enter.
    #[must_use]
    pub fn time_mean(&self) -> f64 {
        self.number_mean() / self.throughput()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::{ImpatientQueue, ManyServers, erlang_b};

    #[test]
    fn no_waiting_room_is_erlang_b_and_endless_room_erlang_c() {
        let tight = FiniteQueue::new(7.0, 1.0, 9, 9);
        assert!((tight.blocked_probability() - erlang_b(9, 7.0)).abs() < 1e-15);
        assert!(tight.wait_mean() == 0.0 && tight.wait_probability() == 0.0);
        let wide = FiniteQueue::new(7.0, 1.0, 9, 2000);
        let open = ManyServers::new(7.0, 1.0, 9).unwrap();
        assert!((wide.wait_mean() - open.wait_mean()).abs() < 1e-12);
        assert!((wide.wait_probability() - open.wait_probability()).abs() < 1e-12);
    }

    #[test]
    fn with_patience_endless_room_is_erlang_a_and_no_room_erlang_b() {
        let wide = FiniteQueue::with_patience(7.0, 1.0, 5, 500, 2.0);
        let open = ImpatientQueue::new(7.0, 1.0, 5, 2.0);
        assert!((wide.wait_mean() - open.wait_mean()).abs() < 1e-12);
        assert!((wide.wait_probability() - open.wait_probability()).abs() < 1e-12);
        assert!((wide.abandon_probability() - open.abandon_probability()).abs() < 1e-12);
        assert!((wide.number_mean() - open.number_mean()).abs() < 1e-12);
        let tight = FiniteQueue::with_patience(7.0, 1.0, 9, 9, 2.0);
        assert!((tight.blocked_probability() - erlang_b(9, 7.0)).abs() < 1e-15);
        // patience as long as service: as many servers as there is room, of which one serves
        let alike = FiniteQueue::with_patience(2.0, 1.0, 1, 3, 1.0);
        assert!((alike.blocked_probability() - erlang_b(3, 2.0)).abs() < 1e-15);
        assert!((alike.number_mean() - 2.0 * (1.0 - erlang_b(3, 2.0))).abs() < 1e-14);
    }

    #[test]
    fn one_server_has_a_closed_form_even_under_overload() {
        // P(n) ∝ ρⁿ, n ≤ K.
        let queue = FiniteQueue::new(2.0, 1.0, 1, 4);
        assert!((queue.blocked_probability() - 16.0 / 31.0).abs() < 1e-15);
        assert!((queue.number_mean() - (2.0 + 8.0 + 24.0 + 64.0) / 31.0).abs() < 1e-14);
        let flooded = FiniteQueue::new(1e6, 1.0, 2, 5000);
        assert!((flooded.utilization() - 1.0).abs() < 1e-6);
    }
}
