//! Dropping systems one after the other until one is left.

use super::largest;
use crate::stats::Accumulator;
use crate::stats::interval::assert_confidence;

/// What a selection promises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indifference {
    /// A difference that matters: the promise holds if the best is better than any other by at least this much.
    pub difference: f64,
    /// Probability with which the best is then selected.
    pub confidence: f64,
    /// Looks at each system before the first is dropped, at least 2. Few make the first estimate of the variance poor
    /// and the procedure cautious; 10 to 20 are usual.
    pub first: usize,
    /// Looks at any one system after which the procedure gives up.
    pub most: usize,
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct KimNelson {
    /// The system selected: the only one left, or the best mean of those left when the looks ran out.
    pub best: usize,
    /// Systems not yet dropped, in order. One of them unless the looks ran out first.
    pub left: Vec<usize>,
    /// Looks taken at each system.
    pub looks: Vec<usize>,
}

impl KimNelson {
    /// Whether the promise holds: all others were dropped before the looks ran out.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.left.len() == 1
    }
}

/// Select the system with the largest mean by fully sequential elimination.
///
/// `look(system, replication)` is a value of that system in that replication, counted from 0. Looks at different systems
/// in the same replication may depend on each other, and should: the variances are those of paired differences, so
/// common random numbers make the selection cheaper.
///
/// Kim & Nelson (2001): after n₀ looks at each of k systems, S²ᵢⱼ is the variance of the differences of i and j,
/// η = ½[(2α/(k−1))^(−2/(n₀−1)) − 1] and h² = 2η(n₀ − 1). After r looks, i is dropped if some j still there has
/// x̄ᵢ < x̄ⱼ − W, with W = max(0, δ/(2r) · (h²S²ᵢⱼ/δ² − r)). Differences are taken as normal and independent from
/// replication to replication.
///
/// # Panics
/// Without systems, with a difference not above 0, a confidence outside (0, 1), fewer than 2 first looks, or a most
/// below the first.
///
/// ```
/// use orgsim::stats::selection::{Indifference, kim_nelson};
///
/// let promise = Indifference { difference: 1.0, confidence: 0.95, first: 10, most: 10_000 };
/// // Three systems with means 0, 1 and 5 and a wobble that all of them share.
/// let found = kim_nelson(3, promise, |system, n| [0.0, 1.0, 5.0][system] + (n % 7) as f64);
/// assert_eq!((found.best, found.is_settled()), (2, true));
/// ```
#[must_use]
pub fn kim_nelson(
    systems: usize,
    promise: Indifference,
    mut look: impl FnMut(usize, usize) -> f64,
) -> KimNelson {
    let Indifference { difference, confidence, first, most } = promise;
    assert!(0 < systems, "something to select from");
    assert!(0.0 < difference, "a difference that matters is above 0");
    assert!(2 <= first && first <= most, "at least two first looks, and no fewer in all");
    assert_confidence(confidence);
    let mut left: Vec<usize> = (0..systems).collect();
    let mut sums = vec![0.0; systems];
    let mut looks = vec![0; systems];
    let first_looks: Vec<Vec<f64>> =
        (0..systems).map(|system| (0..first).map(|n| look(system, n)).collect()).collect();
    for (system, values) in first_looks.iter().enumerate() {
        sums[system] = values.iter().sum();
        looks[system] = first;
    }
    let reach = boundary(systems, first, confidence);
    let spread = |i: usize, j: usize| {
        let pairs = first_looks[i].iter().zip(&first_looks[j]);
        pairs.map(|(a, b)| a - b).collect::<Accumulator>().variance().unwrap_or(0.0)
    };
    let spreads: Vec<Vec<f64>> =
        (0..systems).map(|i| (0..systems).map(|j| spread(i, j)).collect()).collect();
    let mut taken = first;
    loop {
        let r = taken as f64;
        let beaten = |&i: &usize| {
            left.iter().any(|&j| {
                let allowance = difference / (2.0 * r)
                    * (reach * spreads[i][j] / (difference * difference) - r);
                i != j && sums[i] / r < sums[j] / r - allowance.max(0.0)
            })
        };
        let kept: Vec<usize> = left.iter().copied().filter(|i| !beaten(i)).collect();
        // Two with the very same mean never drop each other, and the best is never dropped by a lower one.
        left = kept;
        if left.len() == 1 || taken == most {
            let best = left[largest(left.iter().map(|&system| sums[system]))];
            return KimNelson { best, left, looks };
        }
        for &system in &left {
            sums[system] += look(system, taken);
            looks[system] += 1;
        }
        taken += 1;
    }
}

/// h² of the procedure.
fn boundary(systems: usize, first: usize, confidence: f64) -> f64 {
    if systems < 2 {
        return 0.0;
    }
    let degrees = (first - 1) as f64;
    let share = 2.0 * (1.0 - confidence) / (systems - 1) as f64;
    let eta = 0.5 * (libm::pow(share, -2.0 / degrees) - 1.0);
    2.0 * eta * degrees
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, Seed, normal_quantile};

    fn normal(trial: u32, system: usize, n: usize) -> f64 {
        let key = Seed::new(77, trial).stream(system as u32).of(n as u64);
        normal_quantile(key.unit(Purpose::Work, 0))
    }

    #[test]
    fn the_boundary_is_the_published_one() {
        // k = 5, n₀ = 10, α = .05.
        assert!((boundary(5, 10, 0.95) - 11.4294).abs() < 5e-5, "{}", boundary(5, 10, 0.95));
    }

    #[test]
    fn the_best_by_just_what_matters_is_selected_as_often_as_promised() {
        let promise = Indifference { difference: 1.0, confidence: 0.95, first: 20, most: 100_000 };
        let trials = 1000;
        let (mut right, mut looks) = (0, 0);
        for trial in 0..trials {
            let found = kim_nelson(5, promise, |system, n| {
                f64::from(u8::from(system == 3)) + 3.0 * normal(trial, system, n)
            });
            assert!(found.is_settled());
            right += u32::from(found.best == 3);
            looks += found.looks.iter().sum::<usize>();
        }
        // 95% less 2.75 standard errors of a share of a thousand.
        assert!(931 <= right, "{right} of {trials}, {} looks each", looks / trials as usize);
    }

    #[test]
    fn what_systems_share_costs_nothing() {
        let promise = Indifference { difference: 1.0, confidence: 0.95, first: 10, most: 100_000 };
        let means = [0.0, 1.0, 2.0];
        let shared = |trial: u32| {
            kim_nelson(3, promise, |system, n| {
                means[system] + 8.0 * normal(trial, 9, n) + normal(trial, system, n)
            })
        };
        let apart = |trial: u32| {
            kim_nelson(3, promise, |system, n| {
                means[system] + libm::sqrt(65.0) * normal(trial, system, n)
            })
        };
        let all = |of: &dyn Fn(u32) -> KimNelson| -> usize {
            (0..40).map(|trial| of(trial).looks.iter().sum::<usize>()).sum()
        };
        assert!(10 * all(&shared) < all(&apart));
    }

    #[test]
    fn when_the_looks_run_out_it_says_so() {
        let promise = Indifference { difference: 0.1, confidence: 0.95, first: 5, most: 6 };
        let found = kim_nelson(2, promise, |system, n| normal(1, system, n));
        assert_eq!((found.left.len(), found.is_settled(), found.looks), (2, false, vec![6, 6]));
        let alone = kim_nelson(1, promise, |_, _| 0.0);
        assert_eq!((alone.best, alone.is_settled()), (0, true));
    }
}
