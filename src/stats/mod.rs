//! Mathematics over numbers: intervals over replications, series, and exact queueing formulas.
//!
//! Nothing here knows what a number stands for. Intervals and series read finished replications;
//! [`queueing`] holds the closed forms that simulations are checked against and that hints are
//! made of.

mod comparison;
mod interval;
pub mod queueing;
pub mod selection;
mod series;

pub use comparison::{
    Paired, bonferroni, holm, paired_difference, replications_for_half_width, replications_to_tell,
    sum_of_means,
};
pub use interval::{Interval, mean_interval, ratio_interval, t_test_p};
pub use series::{Accumulator, mean, mser, mser5};
