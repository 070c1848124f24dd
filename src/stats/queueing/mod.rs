//! Exact formulas of queueing theory.
//!
//! Rates are per unit of time and times in that unit, whichever it is. Servers are alike, service
//! times independent of all else, arrivals Poisson, and the first to come is the first served
//! unless said otherwise. A queue that would grow without end has no answer: `None`.

mod erlang;
mod finite;
mod impatient;
mod many_servers;
mod network;
mod pooling;
mod priority;
mod single_server;
mod staffing;

pub use erlang::{erlang_b, erlang_c};
pub use finite::FiniteQueue;
pub use impatient::ImpatientQueue;
pub use many_servers::ManyServers;
pub use network::{Station, StationTimes, network};
pub use pooling::{BreakEven, break_even_factor};
pub use priority::{ClassTimes, PriorityClass, non_preemptive, preemptive_resume};
pub use single_server::{Service, SingleServer};
pub use staffing::{
    halfin_whitt, least_servers, safety_for_delay_probability, square_root_staffing,
};

pub use crate::model::spectral_radius;

/// A rate or time given to a formula, checked.
fn assert_positive(what: &str, value: f64) {
    assert!(value.is_finite() && 0.0 < value, "the {what} is a finite number above 0");
}
