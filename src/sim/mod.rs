//! One replication: a function of a model and a seed.
//!
//! Reads no file, prints nothing, knows no wall clock, infers nothing: it tallies. It cannot fail; an
//! [`Outcome`] says how it [`Ended`].

mod agenda;
mod ahead;
mod arrivals;
mod background;
mod batch;
mod births;
mod books;
mod busy_days;
mod case;
mod clocks;
mod collisions;
mod contacts;
mod crew;
mod customer;
mod desk;
mod dialogue;
mod diary;
mod due;
mod duties;
mod exceptions;
mod flow;
mod guards;
mod holding;
mod identity;
mod in_hand;
mod journey;
mod laws;
mod life;
mod listening;
mod looks;
#[cfg(debug_assertions)]
mod matching;
mod members;
mod mood;
#[cfg(test)]
mod networks;
mod numbers;
mod observer;
mod outcome;
mod overflow;
mod pace;
mod pending;
mod people;
mod people_plan;
mod plan;
mod policies;
mod presence;
mod publicity;
mod queue;
mod replies;
mod retries;
mod reviews;
mod role_plan;
mod rules;
mod run;
mod scopes;
mod service;
mod shifts;
mod slab;
mod slots;
mod source;
mod states;
mod task;
mod terms;
mod traits;
mod visits;

pub use dialogue::Reply;
pub use diary::{Diarist, Diary, InWork, Occupation, Stretch};
pub use looks::DRIFT_LOOKS;
pub use observer::{Crew, Happening, Observer, Sighting, Trace, Unobserved, Wants};
pub use outcome::{
    AgendaPeak, ArrivalCounts, BINS, Bin, CAUSES, Cause, Conservation, ENDS, End, Ended,
    MentionCounts, MentionTally, Most, Observation, Outcome, PersonTally, RoleTally, ScopeTally,
    Stop, TopicInside, TopicTally, TopicTimes,
};
pub use run::run;
pub use task::{Scope, Task, Watch};
