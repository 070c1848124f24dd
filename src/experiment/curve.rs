//! The share answered within t, as a curve.

use crate::units::SimTime;

/// Points of the curve: from a minute on, four to each doubling, up to 16 days.
const POINTS: usize = 57;

/// Times at which the share answered is read off.
///
/// 1 min · 2^(k/4): the root of two twice, so that every machine has the same bits.
///
/// ```
/// let times = orgsim::experiment::curve_times();
/// assert_eq!(times[4].minutes(), 2.0);
/// ```
pub fn curve_times() -> Vec<SimTime> {
    let step = 2f64.sqrt().sqrt();
    let within = [1.0, step, 2f64.sqrt(), 2f64.sqrt() * step];
    (0..POINTS).map(|k| SimTime::from_minutes((1u64 << (k / 4)) as f64 * within[k % 4])).collect()
}
