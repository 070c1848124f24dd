//! A fixed number of looks, spent where they help most to tell the best.

use super::largest;
use crate::stats::Accumulator;

/// How a fixed number of looks was spent.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocated {
    /// The system with the largest mean.
    pub best: usize,
    /// Looks taken at each system.
    pub looks: Vec<usize>,
    /// Mean of each system.
    pub means: Vec<f64>,
}

/// Share of all looks that each system should get, so that the best is told as surely as possible.
///
/// `means` and `deviations` (standard deviations of one look, at least 0) are what is known so far; larger is better.
/// With b the best and δᵢ = mean_b − meanᵢ: Nᵢ/Nⱼ = (σᵢ/δᵢ)² / (σⱼ/δⱼ)² for all but the best, and
/// N_b = σ_b √Σ (Nᵢ/σᵢ)² over the others (Chen, Lin, Yücesan & Chick 2000). A system as good as the best counts as
/// worse by a thousandth of the range, so that equals share instead of taking all. A system whose looks never vary
/// gets none. If none varies, or there is but one, all get the same.
///
/// # Panics
/// If the lengths differ or are 0.
///
/// ```
/// let shares = orgsim::stats::selection::ocba_shares(&[0.0, 3.0, 4.0], &[1.0, 1.0, 1.0]);
/// // The second is four times nearer to the best than the first, so it gets sixteen times the looks.
/// assert!((shares[1] / shares[0] - 16.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn ocba_shares(means: &[f64], deviations: &[f64]) -> Vec<f64> {
    assert_eq!(means.len(), deviations.len(), "each system has a mean and a deviation");
    assert!(!means.is_empty(), "something to look at");
    let best = largest(means.iter().copied());
    let lowest = means.iter().copied().fold(f64::INFINITY, f64::min);
    let least_gap = (1e-3 * (means[best] - lowest)).max(f64::MIN_POSITIVE);
    let even = || vec![1.0 / means.len() as f64; means.len()];
    let gap = |system: usize| (means[best] - means[system]).max(least_gap);
    // All in proportion to the largest, so that a tiny gap does not overflow.
    let weight = |system: usize| deviations[system] / gap(system);
    let others = || (0..means.len()).filter(|&system| system != best);
    let heaviest = others().map(weight).fold(0.0, f64::max);
    if heaviest <= 0.0 || !heaviest.is_finite() {
        return even();
    }
    let mut shares: Vec<f64> = (0..means.len())
        .map(|system| {
            let relative = weight(system) / heaviest;
            if system == best { 0.0 } else { relative * relative }
        })
        .collect();
    let of_others: f64 = others()
        .filter(|&system| 0.0 < deviations[system])
        .map(|system| shares[system] * shares[system] / (deviations[system] * deviations[system]))
        .sum();
    shares[best] = deviations[best] * of_others.sqrt();
    let total: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= total);
    shares
}

/// Spend `budget` looks, a few at a time, and name the system with the largest mean.
///
/// `first` looks go to each system; then, `step` by `step`, looks go where the shares of [`ocba_shares`] for all looks so
/// far are missed by most. `look(system, replication)` is a value of that system in that replication, counted from 0.
/// The shares assume looks that do not depend on each other.
///
/// # Panics
/// Without systems, with fewer than 2 first looks, a step of 0, or a budget that the first looks exceed.
///
/// ```
/// let found = orgsim::stats::selection::ocba(3, 5, 6, 60, |system, n| system as f64 + (n % 3) as f64);
/// assert_eq!((found.best, found.looks.iter().sum::<usize>()), (2, 60));
/// ```
#[must_use]
pub fn ocba(
    systems: usize,
    first: usize,
    step: usize,
    budget: usize,
    mut look: impl FnMut(usize, usize) -> f64,
) -> Allocated {
    assert!(0 < systems, "something to look at");
    assert!(2 <= first && 0 < step, "at least two first looks, and steps forward");
    assert!(first * systems <= budget, "the budget holds the first looks");
    let mut seen = vec![Accumulator::default(); systems];
    for (system, all) in seen.iter_mut().enumerate() {
        (0..first).for_each(|n| all.add(look(system, n)));
    }
    let mut taken = first * systems;
    while taken < budget {
        let goal = (taken + step).min(budget);
        let means: Vec<f64> = seen.iter().map(Accumulator::mean).collect();
        let deviations: Vec<f64> =
            seen.iter().map(|all| all.standard_deviation().unwrap_or(0.0)).collect();
        let shares = ocba_shares(&means, &deviations);
        while taken < goal {
            let missing =
                |(share, all): (&f64, &Accumulator)| share * goal as f64 - all.count() as f64;
            let system = largest(shares.iter().zip(&seen).map(missing));
            let n = seen[system].count() as usize;
            seen[system].add(look(system, n));
            taken += 1;
        }
    }
    Allocated {
        best: largest(seen.iter().map(Accumulator::mean)),
        looks: seen.iter().map(|all| all.count() as usize).collect(),
        means: seen.iter().map(Accumulator::mean).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, Seed, normal_quantile};

    /// Ten systems with means 0 to 9 and variance 36 (Chen & Lee 2011, §4.1).
    fn value(trial: u32, system: usize, n: usize) -> f64 {
        let key = Seed::new(4, trial).stream(system as u32).of(n as u64);
        system as f64 + 6.0 * normal_quantile(key.unit(Purpose::Work, 0))
    }

    #[test]
    fn the_same_budget_tells_the_best_more_often_than_equal_looks() {
        let trials = 1000;
        let (mut spent, mut even) = (0, 0);
        for trial in 0..trials {
            spent += u32::from(ocba(10, 10, 10, 600, |s, n| value(trial, s, n)).best == 9);
            let means = (0..10).map(|s| (0..60).map(|n| value(trial, s, n)).sum::<f64>());
            even += u32::from(largest(means) == 9);
        }
        let share = |right: u32| f64::from(right) / f64::from(trials);
        assert!(0.91 <= share(spent), "{} against {}", share(spent), share(even));
        assert!(0.08 <= share(spent) - share(even), "{} against {}", share(spent), share(even));
    }

    #[test]
    fn shares_add_up_and_follow_the_rule() {
        let (means, deviations) = ([1.0, 2.0, 4.0, 3.5], [1.0, 2.0, 1.0, 0.5]);
        let shares = ocba_shares(&means, &deviations);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // (2/2)² to (1/3)².
        assert!((shares[1] / shares[0] - 9.0).abs() < 1e-9);
        let others: f64 = [0, 1, 3].iter().map(|&i| (shares[i] / deviations[i]).powi(2)).sum();
        assert!((shares[2] - deviations[2] * others.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn equals_and_constants_do_no_harm() {
        assert_eq!(ocba_shares(&[1.0, 1.0], &[0.0, 0.0]), [0.5, 0.5]);
        assert_eq!(ocba_shares(&[2.0], &[1.0]), [1.0]);
        let shares = ocba_shares(&[1.0, 1.0, 0.0], &[1.0, 1.0, 1.0]);
        assert!(shares.iter().all(|share| share.is_finite() && 0.0 <= *share), "{shares:?}");
        assert!((shares[0] - shares[1]).abs() < 0.01);
    }
}
