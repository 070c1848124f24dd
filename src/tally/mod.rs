//! Streaming tallies: moments, histograms that add exactly, and integer areas.
//!
//! All of them take constant time for one record and memory that does not grow with the number of records.

mod area;
mod closer;
mod counts;
mod histogram;
mod lengths;
mod standing;
mod time_at;

pub use area::Area;
pub use counts::{Counts, apart};
pub use histogram::Histogram;
pub use lengths::Lengths;
pub(crate) use lengths::{count_within, square};
pub use standing::Standing;
pub use time_at::{Tallied, TimeAt};
