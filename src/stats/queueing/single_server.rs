//! M/G/1: one server, any law of service.

use super::assert_positive;
use crate::draws::Law;

/// The moments of a service time that single-server formulas need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Service {
    /// E\[S\].
    pub mean: f64,
    /// E\[S²\].
    pub second_moment: f64,
    /// E\[S³\], where known and finite; the variance of the wait needs it.
    pub third_moment: Option<f64>,
}

impl Service {
    /// The moments of a law; `None` if its variance is infinite or it is always 0.
    #[must_use]
    pub fn of(law: &Law) -> Option<Service> {
        let second_moment = law.second_moment()?;
        let (mean, third_moment) = (law.mean(), law.third_moment());
        (0.0 < mean).then_some(Service { mean, second_moment, third_moment })
    }
}

/// A stationary M/G/1 queue, first come first served (Pollaczek 1930, Khinchine 1932).
///
/// ```
/// use orgsim::draws::Law;
/// use orgsim::stats::queueing::{Service, SingleServer};
///
/// // 8 an hour, 6 minutes each; time in minutes.
/// let constant = Service::of(&Law::constant(6.0)?).unwrap();
/// let varied = Service::of(&Law::lognormal(6.0, 1.5)?).unwrap();
/// let wait = |service| SingleServer::new(8.0 / 60.0, service).unwrap().wait_mean();
/// assert!((wait(constant) - 12.0).abs() < 1e-9);
/// assert!((wait(varied) - 39.0).abs() < 1e-9);
/// # Ok::<(), orgsim::draws::LawError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SingleServer {
    arrival_rate: f64,
    service: Service,
}

impl SingleServer {
    /// `None` if work comes in as fast as it can be done, or faster.
    ///
    /// # Panics
    /// If the arrival rate or the mean service time is not above 0.
    #[must_use]
    pub fn new(arrival_rate: f64, service: Service) -> Option<SingleServer> {
        assert_positive("arrival rate", arrival_rate);
        assert_positive("mean service time", service.mean);
        (arrival_rate * service.mean < 1.0).then_some(SingleServer { arrival_rate, service })
    }

    /// Share of time the server is busy: λE\[S\].
    #[must_use]
    pub fn utilization(&self) -> f64 {
        self.arrival_rate * self.service.mean
    }

    /// Mean time from arrival to start of service: λE\[S²\] / (2(1 − ρ)).
    #[must_use]
    pub fn wait_mean(&self) -> f64 {
        self.arrival_rate * self.service.second_moment / (2.0 * (1.0 - self.utilization()))
    }

    /// Variance of that time: E\[W\]² + λE\[S³\] / (3(1 − ρ)) (Takács 1962); `None` without a
    /// third moment.
    #[must_use]
    pub fn wait_variance(&self) -> Option<f64> {
        let third = self.service.third_moment?;
        let mean = self.wait_mean();
        Some(mean * mean + self.arrival_rate * third / (3.0 * (1.0 - self.utilization())))
    }

    /// Mean time from arrival to end of service.
    #[must_use]
    pub fn time_mean(&self) -> f64 {
        self.wait_mean() + self.service.mean
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

    /// Mean wait if, whenever nobody waits, the server turns to a background `task` that it does
    /// not interrupt and of which there is no end: wait_mean + E\[V²\] / (2E\[V\]) (multiple
    /// vacations: Levy & Yechiali 1975, Fuhrmann & Cooper 1985).
    #[must_use]
    pub fn wait_mean_with_background(&self, task: Service) -> f64 {
        self.wait_mean() + task.second_moment / (2.0 * task.mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(law: Law) -> Service {
        Service::of(&law).unwrap()
    }

    #[test]
    fn the_validation_cases_are_met() {
        let lognormal = service(Law::lognormal(1.0, 1.0).unwrap());
        let queue = SingleServer::new(0.6, lognormal).unwrap();
        assert!((queue.wait_mean() - 1.5).abs() < 1e-12);
        assert!((queue.time_mean() - 2.5).abs() < 1e-12);
        assert!((queue.queue_mean() - 0.9).abs() < 1e-12);
        assert!((queue.number_mean() - 1.5).abs() < 1e-12);
        assert!((queue.wait_variance().unwrap().sqrt() - 2.5).abs() < 1e-12);

        let constant = service(Law::constant(1.0).unwrap());
        assert!((SingleServer::new(0.8, constant).unwrap().wait_mean() - 2.0).abs() < 1e-12);

        let exponential = service(Law::exponential(1.0).unwrap());
        let queue = SingleServer::new(0.5, exponential).unwrap();
        let background = service(Law::constant(2.0).unwrap());
        assert!((queue.wait_mean_with_background(background) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_answer_gives_none() {
        let exponential = service(Law::exponential(1.0).unwrap());
        assert!(SingleServer::new(1.0, exponential).is_none());
        assert!(Service::of(&Law::pareto(1.0, 1.5).unwrap()).is_none());
        assert!(Service::of(&Law::constant(0.0).unwrap()).is_none());
        let heavy = service(Law::pareto(1.0, 2.5).unwrap());
        assert!(SingleServer::new(0.5, heavy).unwrap().wait_variance().is_none());
    }
}
