//! How often searches select the best of several systems: normal looks, independent from system to system.

use orgsim::draws::{Purpose, Seed, normal_quantile};
use orgsim::stats::selection::{Indifference, kim_nelson, ocba};

/// A standard normal look.
fn normal(seed: u64, trial: u32, system: usize, look: usize) -> f64 {
    let key = Seed::new(seed, trial).stream(system as u32).of(look as u64);
    normal_quantile(key.unit(Purpose::Work, 0))
}

/// Kim and Nelson: five systems, one better by just the difference stated, a deviation three times as large, twenty
/// first looks, 95% promised.
pub(crate) fn kim_nelson_right(trials: u32) -> f64 {
    let promise = Indifference { difference: 1.0, confidence: 0.95, first: 20, most: 100_000 };
    let right = (0..trials).filter(|&trial| {
        let look = |system: usize, n: usize| {
            f64::from(u8::from(system == 3)) + 3.0 * normal(78, trial, system, n)
        };
        kim_nelson(5, promise, look).best == 3
    });
    right.count() as f64 / f64::from(trials)
}

/// OCBA against the same looks at each: ten systems of means 0 to 9 and variance 36, 600 looks.
pub(crate) fn ocba_right(trials: u32) -> (f64, f64) {
    let value =
        |trial: u32, system: usize, n: usize| system as f64 + 6.0 * normal(5, trial, system, n);
    let share = |right: usize| right as f64 / f64::from(trials);
    let spent = (0..trials)
        .filter(|&trial| ocba(10, 10, 10, 600, |system, n| value(trial, system, n)).best == 9);
    let even = (0..trials).filter(|&trial| {
        let sum = |system: usize| (0..60).map(|n| value(trial, system, n)).sum::<f64>();
        let best = (0..10).max_by(|&a, &b| sum(a).total_cmp(&sum(b)));
        best == Some(9)
    });
    (share(spent.count()), share(even.count()))
}
