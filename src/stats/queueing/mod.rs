//! Exact formulas of queueing theory.
//!
//! Rates are per unit of time and times in that unit, whichever it is. Servers are alike, service
//! times independent of all else, arrivals Poisson, and the first to come is the first served
//! unless said otherwise. Where there is no closed form the chain of states is solved numerically. A queue that would grow without end has no answer: `None`.

mod batch_arrivals;
mod delay;
mod deterministic;
mod erlang;
mod finite;
mod finite_source;
mod impatient;
mod levels;
mod many_servers;
mod network;
mod orbit;
mod over_time;
mod phases;
mod pooling;
mod priority;
mod renewal;
mod run_length;
mod single_server;

pub use batch_arrivals::batch_arrivals;
pub use deterministic::ConstantService;
pub use erlang::{erlang_b, erlang_c};
pub use finite::FiniteQueue;
pub use finite_source::FiniteSource;
pub use impatient::ImpatientQueue;
pub use many_servers::ManyServers;
pub use network::{Station, StationTimes, network};
pub use orbit::{Orbit, OrbitNumbers};
pub use over_time::{birth_death, infinite_servers_mean, tandem_time_exceeds};
pub use phases::{QueueNumbers, modulated_arrivals, two_kinds_of_service};
pub use pooling::{BreakEven, break_even_factor};
pub use priority::{
    ClassTimes, PriorityClass, non_preemptive, non_preemptive_alike, preemptive_resume,
};
pub use renewal::RenewalQueue;
pub use run_length::{RunLength, run_length};
pub use single_server::{Service, SingleServer};

pub use crate::model::spectral_radius;

/// A rate or time given to a formula, checked.
fn assert_positive(what: &str, value: f64) {
    assert!(value.is_finite() && 0.0 < value, "the {what} is a finite number above 0");
}
