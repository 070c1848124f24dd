//! Several classes of customers, the more urgent first.

use super::assert_positive;
use super::erlang::erlang_c;
use super::single_server::Service;

/// Customers of one priority; Poisson arrivals, any law of service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriorityClass {
    /// Arrivals per unit of time.
    pub arrival_rate: f64,
    /// Their service time.
    pub service: Service,
}

impl PriorityClass {
    fn utilization(&self) -> f64 {
        self.arrival_rate * self.service.mean
    }

    /// Mean work left over at a random instant from a service of this class: λE\[S²\]/2.
    fn residual(&self) -> f64 {
        self.arrival_rate * self.service.second_moment / 2.0
    }
}

/// Mean times of one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassTimes {
    /// Not in service: from arrival to start of service, interruptions added.
    pub wait_mean: f64,
    /// From arrival to end of service.
    pub time_mean: f64,
}

/// Mean times per class where work once begun is finished; `classes` from highest priority down.
///
/// wait(k) = W₀ / ((1 − σ(k−1))(1 − σ(k))), W₀ = Σ λE\[S²\]/2 over all classes, σ(k) the
/// utilization of the first k (Cobham 1954). `None` if the server is overloaded.
///
/// ```
/// use orgsim::draws::Law;
/// use orgsim::stats::queueing::{PriorityClass, Service, non_preemptive};
///
/// let service = Service::of(&Law::exponential(1.0)?).unwrap();
/// let class = |arrival_rate| PriorityClass { arrival_rate, service };
/// let times = non_preemptive(&[class(0.3), class(0.4)]).unwrap();
/// assert!((times[0].wait_mean - 1.0).abs() < 1e-12);
/// assert!((times[1].wait_mean - 10.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), orgsim::draws::LawError>(())
/// ```
#[must_use]
pub fn non_preemptive(classes: &[PriorityClass]) -> Option<Vec<ClassTimes>> {
    let residual: f64 = classes.iter().map(PriorityClass::residual).sum();
    let total: f64 = classes.iter().map(PriorityClass::utilization).sum();
    if total >= 1.0 {
        return None;
    }
    let mut above = 0.0;
    let times = classes.iter().map(|class| {
        let with = above + class.utilization();
        let wait_mean = residual / ((1.0 - above) * (1.0 - with));
        above = with;
        ClassTimes { wait_mean, time_mean: wait_mean + class.service.mean }
    });
    Some(times.collect())
}

/// Mean times per class with several servers and exponential service of one rate for all, where work once begun is
/// finished; `arrival_rates` from highest priority down.
///
/// wait(k) = W₀ / ((1 − σ(k−1))(1 − σ(k))), W₀ = C/(cμ), C the probability that all servers are busy, σ(k) the
/// utilization by the first k (Cobham 1954). `None` if the servers are overloaded.
///
/// # Panics
/// If a rate is not above 0, or there is no server.
///
/// ```
/// use orgsim::stats::queueing::{ManyServers, non_preemptive_alike};
///
/// let times = non_preemptive_alike(&[1.2, 1.2], 1.0, 3).unwrap();
/// let over_all = (times[0].wait_mean + times[1].wait_mean) / 2.0;
/// assert!((over_all - ManyServers::new(2.4, 1.0, 3).unwrap().wait_mean()).abs() < 1e-12);
/// ```
#[must_use]
pub fn non_preemptive_alike(
    arrival_rates: &[f64],
    service_rate: f64,
    servers: u32,
) -> Option<Vec<ClassTimes>> {
    arrival_rates.iter().for_each(|&rate| assert_positive("arrival rate", rate));
    assert_positive("service rate", service_rate);
    assert!(servers > 0, "a queue has at least one server");
    let full_rate = f64::from(servers) * service_rate;
    let total: f64 = arrival_rates.iter().sum();
    if total >= full_rate {
        return None;
    }
    let residual = erlang_c(servers, total / service_rate) / full_rate;
    let mut above = 0.0;
    let times = arrival_rates.iter().map(|rate| {
        let with = above + rate / full_rate;
        let wait_mean = residual / ((1.0 - above) * (1.0 - with));
        above = with;
        ClassTimes { wait_mean, time_mean: wait_mean + 1.0 / service_rate }
    });
    Some(times.collect())
}

/// Mean times per class where a higher class interrupts and interrupted work later goes on from
/// where it was; `classes` from highest priority down.
///
/// time(k) = E\[S(k)\]/(1 − σ(k−1)) + Σ(i≤k) λE\[S²\]/2 / ((1 − σ(k−1))(1 − σ(k))) (White &
/// Christie 1958; Jaiswal 1968). A class does not feel those below it: `None` stands for each
/// class at which the load reaches 1, and for all below.
#[must_use]
pub fn preemptive_resume(classes: &[PriorityClass]) -> Vec<Option<ClassTimes>> {
    let (mut above, mut residual) = (0.0, 0.0);
    let times = classes.iter().map(|class| {
        let with = above + class.utilization();
        residual += class.residual();
        let times = (with < 1.0).then(|| {
            let queueing = residual / ((1.0 - above) * (1.0 - with));
            let time_mean = class.service.mean / (1.0 - above) + queueing;
            ClassTimes { wait_mean: time_mean - class.service.mean, time_mean }
        });
        above = with;
        times
    });
    times.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Law;

    fn class(arrival_rate: f64, mean: f64) -> PriorityClass {
        let service = Service::of(&Law::exponential(mean).unwrap()).unwrap();
        PriorityClass { arrival_rate, service }
    }

    #[test]
    fn the_oracles_are_met() {
        let times = non_preemptive(&[class(0.3, 1.0), class(0.5, 1.0)]).unwrap();
        assert!((times[0].wait_mean - 1.142857).abs() < 1e-6);
        assert!((times[1].wait_mean - 5.714286).abs() < 1e-6);

        let times = preemptive_resume(&[class(0.25, 1.0), class(0.35, 1.5)]);
        assert!((times[0].unwrap().time_mean - 1.333333333).abs() < 1e-9);
        assert!((times[1].unwrap().time_mean - 8.148148148).abs() < 1e-9);
    }

    #[test]
    fn one_of_several_servers_alike_is_one_server() {
        let exact = non_preemptive(&[class(0.3, 2.0), class(0.15, 2.0)]).unwrap();
        let alike = non_preemptive_alike(&[0.3, 0.15], 0.5, 1).unwrap();
        for (one, other) in exact.iter().zip(&alike) {
            assert!((one.wait_mean - other.wait_mean).abs() < 1e-12);
            assert!((one.time_mean - other.time_mean).abs() < 1e-12);
        }
        assert!(non_preemptive_alike(&[1.0, 2.0], 1.0, 3).is_none());
    }

    #[test]
    fn overload_reaches_only_those_who_yield() {
        let classes = [class(0.5, 1.0), class(0.6, 1.0), class(0.1, 1.0)];
        assert!(non_preemptive(&classes).is_none());
        let times = preemptive_resume(&classes);
        assert!((times[0].unwrap().time_mean - 2.0).abs() < 1e-12);
        assert!(times[1].is_none() && times[2].is_none());
    }

    #[test]
    fn priorities_only_shift_the_waiting_about() {
        // Kleinrock's conservation law: Σ ρ·wait is that of one class.
        let classes = [class(0.2, 1.0), class(0.1, 3.0), class(0.3, 0.5)];
        let weighted = |classes: &[PriorityClass]| -> f64 {
            let times = non_preemptive(classes).unwrap();
            classes.iter().zip(times).map(|(c, t)| c.utilization() * t.wait_mean).sum()
        };
        let reversed: Vec<PriorityClass> = classes.iter().rev().copied().collect();
        assert!((weighted(&classes) - weighted(&reversed)).abs() < 1e-12);
    }
}
