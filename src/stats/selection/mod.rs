//! Which of several systems is best, when each look at one is noisy and costs a run.
//!
//! Larger is better here; whoever wants the smallest negates. [`kim_nelson`] promises the best with a stated
//! probability and takes as many looks as that needs. [`ocba_shares`] and [`ocba`] spend a fixed number of looks where
//! they are most likely to tell the best from the rest.

mod kim_nelson;
mod ocba;

pub use kim_nelson::{Indifference, KimNelson, kim_nelson};
pub use ocba::{Allocated, ocba, ocba_shares};

/// Position of the largest value; the first of equals.
fn largest(values: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (position, value) in values.enumerate() {
        if best.1 < value {
            best = (position, value);
        }
    }
    best.0
}
