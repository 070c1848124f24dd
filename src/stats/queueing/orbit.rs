//! Queues whose customers try again: retrials after a full room, redials after leaving.

use super::assert_positive;
use super::levels::{Level, shares};

/// What a queue with returning customers is made of. Rates are per unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Orbit {
    /// First attempts (Poisson).
    pub arrival_rate: f64,
    /// Services of one busy server (exponential).
    pub service_rate: f64,
    /// Servers.
    pub servers: u32,
    /// Most in service and waiting together; more are turned away. 200 stands for endless in all but
    /// the heaviest cases with patience.
    pub room: u32,
    /// Customers who leave the queue, for each that waits; 0 for endless patience.
    pub leaving_rate: f64,
    /// Attempts of each customer who means to try again (exponential).
    pub retry_rate: f64,
    /// Probability of trying again after having been turned away, each time.
    pub after_turned_away: f64,
    /// Probability of trying again after having left the queue, each time.
    pub after_leaving: f64,
}

/// What goes on there in the long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrbitNumbers {
    /// Mean number of customers who mean to try again.
    pub orbit_mean: f64,
    /// Mean number of busy servers.
    pub busy_mean: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Attempts, first and further, per unit of time.
    pub attempt_rate: f64,
    /// Share of attempts that are turned away.
    pub turned_away: f64,
    /// Share of attempts that enter and have to wait.
    pub waits: f64,
    /// Share of first attempts that are turned away: of the time, that with a full room.
    pub full: f64,
    /// Customers who leave the queue, per unit of time.
    pub leaving_rate: f64,
}

impl Orbit {
    /// Solve it: a chain whose level is the number who mean to try again (Falin and Templeton 1997,
    /// ch. 2; Aguir, Karaesmen, Akşin and Chauveau 2004 for redials), cut where less than 10⁻¹² of the
    /// time is spent.
    ///
    /// # Panics
    /// If a rate is not above 0, a probability not between 0 and 1, there is no server, room for fewer
    /// than the servers, or nobody is ever lost or served fast enough for it to settle.
    ///
    /// ```
    /// use orgsim::stats::queueing::Orbit;
    ///
    /// // M/M/1/1 with retrials: mean orbit ρ(λ + ρν)/(ν(1 − ρ)).
    /// let (rate, retry) = (0.6, 0.5);
    /// let one = Orbit { arrival_rate: rate, service_rate: 1.0, servers: 1, room: 1, leaving_rate: 0.0,
    ///     retry_rate: retry, after_turned_away: 1.0, after_leaving: 0.0 };
    /// let exact = rate * (rate + rate * retry) / (retry * (1.0 - rate));
    /// assert!((one.numbers().orbit_mean - exact).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn numbers(&self) -> OrbitNumbers {
        assert_positive("arrival rate", self.arrival_rate);
        assert_positive("service rate", self.service_rate);
        assert_positive("retry rate", self.retry_rate);
        assert!(self.servers > 0 && self.servers <= self.room, "servers fit into the room");
        let mut last = 64;
        loop {
            let levels = shares(last, |level| self.level(level));
            let top: f64 = levels.last().map_or(0.0, |states| states.iter().sum());
            if top < 1e-12 {
                return self.sums(&levels);
            }
            assert!(last < 1 << 16, "an orbit that settles is rarely so full");
            last *= 2;
        }
    }

    fn level(&self, orbit: usize) -> Level {
        let (room, servers) = (self.room as usize, self.servers as usize);
        let empty = || vec![vec![0.0; room + 1]; room + 1];
        let (mut up, mut within, mut down) = (empty(), empty(), empty());
        let retry = orbit as f64 * self.retry_rate;
        for n in 0..=room {
            if n < room {
                within[n][n + 1] += self.arrival_rate;
                down[n][n + 1] += retry;
            } else {
                up[n][n] += self.arrival_rate * self.after_turned_away;
                down[n][n] += retry * (1.0 - self.after_turned_away);
            }
            if 0 < n {
                within[n][n - 1] += n.min(servers) as f64 * self.service_rate;
                let leave = n.saturating_sub(servers) as f64 * self.leaving_rate;
                within[n][n - 1] += leave * (1.0 - self.after_leaving);
                up[n][n - 1] += leave * self.after_leaving;
            }
        }
        Level { up, within, down: if orbit == 0 { Vec::new() } else { down } }
    }

    fn sums(&self, levels: &[Vec<f64>]) -> OrbitNumbers {
        let (room, servers) = (self.room as usize, self.servers as usize);
        let mut sums = OrbitNumbers {
            orbit_mean: 0.0,
            busy_mean: 0.0,
            queue_mean: 0.0,
            attempt_rate: self.arrival_rate,
            turned_away: 0.0,
            waits: 0.0,
            full: 0.0,
            leaving_rate: 0.0,
        };
        let (mut refused, mut waiting) = (0.0, 0.0);
        for (orbit, states) in levels.iter().enumerate() {
            for (n, share) in states.iter().enumerate() {
                let retry = orbit as f64 * self.retry_rate;
                sums.orbit_mean += orbit as f64 * share;
                sums.busy_mean += n.min(servers) as f64 * share;
                sums.queue_mean += n.saturating_sub(servers) as f64 * share;
                sums.attempt_rate += retry * share;
                if n == room {
                    sums.full += share;
                    refused += (self.arrival_rate + retry) * share;
                } else if servers <= n {
                    waiting += (self.arrival_rate + retry) * share;
                }
            }
        }
        sums.turned_away = refused / sums.attempt_rate;
        sums.waits = waiting / sums.attempt_rate;
        sums.leaving_rate = sums.queue_mean * self.leaving_rate;
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::{FiniteQueue, ImpatientQueue};

    fn lossy() -> Orbit {
        Orbit {
            arrival_rate: 2.5,
            service_rate: 1.0,
            servers: 3,
            room: 5,
            leaving_rate: 0.0,
            retry_rate: 0.7,
            after_turned_away: 0.0,
            after_leaving: 0.0,
        }
    }

    #[test]
    fn nobody_who_tries_again_is_the_ordinary_queue() {
        let found = lossy().numbers();
        let exact = FiniteQueue::new(2.5, 1.0, 3, 5);
        assert!((found.turned_away - exact.blocked_probability()).abs() < 1e-12);
        assert!((found.queue_mean - exact.queue_mean()).abs() < 1e-12);
        let waits = exact.wait_probability() * (1.0 - exact.blocked_probability());
        assert!((found.waits - waits).abs() < 1e-12);
        let patient = Orbit { room: 80, leaving_rate: 0.5, ..lossy() }.numbers();
        let exact = ImpatientQueue::new(2.5, 1.0, 3, 2.0);
        assert!((patient.queue_mean - exact.queue_mean()).abs() < 1e-9, "{patient:?}");
    }

    #[test]
    fn everybody_is_served_in_the_end_or_lost() {
        let stubborn = Orbit { after_turned_away: 1.0, ..lossy() }.numbers();
        assert!((stubborn.busy_mean - 2.5).abs() < 1e-8, "{stubborn:?}");
        let some =
            Orbit { after_turned_away: 0.6, leaving_rate: 0.4, after_leaving: 0.5, ..lossy() };
        let found = some.numbers();
        let lost = 0.4 * found.attempt_rate * found.turned_away + 0.5 * found.leaving_rate;
        assert!((2.5 - lost - found.busy_mean).abs() < 1e-8, "{found:?}");
    }
}
