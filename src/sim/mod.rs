//! One replication: a function of a model and a seed.
//!
//! Reads no file, prints nothing, knows no wall clock, infers nothing: it tallies. It cannot fail; an
//! [`Outcome`] says how it [`Ended`].

mod agenda;
mod arrivals;
mod births;
mod case;
mod contacts;
mod customer;
mod desk;
mod dialogue;
mod duties;
mod flow;
mod journey;
mod life;
mod listening;
mod looks;
mod mood;
#[cfg(test)]
mod networks;
mod observer;
mod outcome;
mod people;
mod plan;
mod presence;
mod publicity;
mod queue;
mod replies;
mod run;
mod scopes;
mod shifts;
mod source;

pub use observer::{Happening, Observer, Trace, Unobserved};
pub use outcome::{
    BINS, Bin, CAUSES, Cause, Conservation, ENDS, End, Ended, MentionTally, Observation, Outcome,
    RoleTally, ScopeTally, Stop, TopicTally,
};
pub use run::{Scope, Task, Watch, run};
