//! How long a queue must be simulated before its averages mean anything.

use crate::draws::{normal_quantile, student_t_quantile};

/// Lengths of time that a simulation needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunLength {
    /// Over all replications, so that luck is no more than asked for.
    pub in_all: f64,
    /// Of each replication, so that its empty start is forgotten.
    pub each: f64,
}

/// What the mean number in an M/M/1 queue needs to be estimated to a relative half-width of `within`.
///
/// `capacity` is how many customers it could serve in a unit of time if never idle, `utilization` the part of that
/// which comes, `confidence` lies between 0 and 1, `replications` are to share the length. With ρ the utilization, μ the
/// capacity, ε = `within`, and z the quantile of the interval that will be told, Student's with one degree of freedom less
/// than replications (of a single one, which tells none, the normal one):
///
/// - over all replications z² · 2(1 + ρ) / (ρ (1 − ρ)² ε² μ), from the asymptotic variance 2ρ(1 + ρ) / ((1 − ρ)⁴ μ)
///   of a time average whose mean is ρ / (1 − ρ) (Whitt 1989);
/// - in each 1 / ((1 − ρ)² ε μ): a queue that starts empty falls short of its mean by ∫ (1 − E N(t) / E N(∞)) dt =
///   1 / ((1 − ρ)² μ), divided by the length (Abate and Whitt 1987).
///
/// Near ρ = 1 the mean wait needs the same, and so do several servers of that capacity together. `None` unless ρ lies
/// between 0 and 1: a queue without a long run has no length.
///
/// # Panics
/// If capacity or `within` is not above 0, the confidence outside (0, 1), or there are no replications.
///
/// ```
/// // One customer served in a unit of time, 90% busy, ± 5%, in ten replications.
/// let length = orgsim::stats::queueing::run_length(0.9, 1.0, 0.05, 0.95, 10).unwrap();
/// assert!((length.in_all / 864_333.0 - 1.0).abs() < 1e-3);
/// assert!((length.each / 2000.0 - 1.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn run_length(
    utilization: f64,
    capacity: f64,
    within: f64,
    confidence: f64,
    replications: u32,
) -> Option<RunLength> {
    assert!(0.0 < capacity && 0.0 < within, "capacity and exactness are above 0");
    assert!(0.0 < confidence && confidence < 1.0, "a confidence lies between 0 and 1");
    assert!(0 < replications, "there is at least one replication");
    if !(0.0 < utilization && utilization < 1.0) {
        return None;
    }
    let upper = 0.5 + confidence / 2.0;
    let z = match replications {
        1 => normal_quantile(upper),
        n => student_t_quantile(upper, f64::from(n) - 1.0),
    };
    let gap = (1.0 - utilization) * (1.0 - utilization) * capacity;
    let variance = 2.0 * (1.0 + utilization) / (utilization * gap);
    Some(RunLength { in_all: z * z * variance / (within * within), each: 1.0 / (gap * within) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The asymptotic variance of a birth-and-death process: 2 Σ (Σ (i − mean) πᵢ)² / (λ πⱼ) (Whitt 1992).
    fn variance_by_states(rho: f64) -> f64 {
        let mean = rho / (1.0 - rho);
        let (mut below, mut sum) = (0.0, 0.0);
        for state in 0..2000 {
            let share = (1.0 - rho) * (0..state).fold(1.0, |power, _| power * rho);
            below += (f64::from(state) - mean) * share;
            if share < 1e-12 {
                break;
            }
            sum += 2.0 * below * below / (rho * share);
        }
        sum
    }

    #[test]
    fn the_variance_of_the_number_is_that_of_its_states() {
        for rho in [0.3, 0.5, 0.8] {
            let mean = rho / (1.0 - rho);
            let length = run_length(rho, 1.0, 1.0, 0.95, 1).unwrap().in_all;
            let z = normal_quantile(0.975);
            let exact = z * z * variance_by_states(rho) / (mean * mean);
            assert!((length / exact - 1.0).abs() < 1e-3, "{length} and {exact} at {rho}");
        }
    }

    #[test]
    fn few_replications_take_the_quantile_of_their_interval() {
        let (one, length) =
            (run_length(0.9, 1.0, 0.05, 0.95, 1), |n| run_length(0.9, 1.0, 0.05, 0.95, n));
        let against_one = |n| (length(n).unwrap().in_all / one.unwrap().in_all).sqrt() * 1.959_964;
        // the table of t at 97.5%
        for (n, t) in [(2, 12.7062), (3, 4.3027), (11, 2.2281), (121, 1.9799)] {
            assert!((against_one(n) / t - 1.0).abs() < 1e-4, "{} for {n}", against_one(n));
        }
        assert_eq!(length(2).unwrap().each.to_bits(), one.unwrap().each.to_bits());
    }

    #[test]
    fn a_queue_without_a_long_run_has_no_length() {
        assert_eq!(run_length(1.0, 12.0, 0.05, 0.95, 1), None);
        assert_eq!(run_length(0.0, 12.0, 0.05, 0.95, 1), None);
        let near = run_length(0.999, 12.0, 0.05, 0.95, 1).unwrap();
        let years = 365.25 * 24.0;
        assert!((58_000.0..59_000.0).contains(&(near.in_all / years)), "{near:?}");
        assert!((185.0..195.0).contains(&(near.each / years)), "{near:?}");
    }
}
