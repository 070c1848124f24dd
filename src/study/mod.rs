//! Questions that take more than one experiment: what the answer depends on, the next step, whether opening hours
//! decide, what walls between desks cost, what goes wrong without a role or a link, how a surge is got through, what
//! serves no objective, what work on mentions costs those who wrote to us, what each cause of waiting costs, what a role
//! is for; and whether the simulator agrees with theory.
//!
//! Each changes the scenario or its designs and runs them again on the same customers. Changes to
//! the scenario are settings (a path and a value); how these become a model belongs to the floor
//! that reads scenarios, so it is passed in.

mod candidates;
mod cope;
mod crisis;
mod depends;
mod effect;
mod finding;
mod gain;
mod hours;
mod knock_outs;
mod longer_hours;
mod looks;
mod next_step;
mod presence;
mod role;
mod seen;
mod selftest;
mod setting;
mod silos;
mod tactics;
mod theory;
mod waits;
mod what_if;

pub use cope::{Cope, Lack, copes};
pub use crisis::{DesignDrill, Drill, Passage, Variant, VariantDrill, drill, surge};
pub use depends::{
    Answer, Band, By, DesignThere, Dial, Dials, Effort, Headline, Holds, HoldsIn, Input, Matters,
    Money, Overloading, Point, State, Tipping, Together, dials,
};
pub use effect::{Counted, Effect, Yardstick};
pub use finding::Finding;
pub use hours::{HoursCheck, HoursVerdict, same_hours};
pub use knock_outs::{DesignKnockOuts, KnockOut, KnockOuts, Missing, knock_outs};
pub use looks::Recovery;
pub use next_step::{NextStep, SideEffect, Step, next_step};
pub use presence::{DesignPresence, Presence, presence};
pub use role::{
    Aim, Away, Contact, Decider, Deed, Exceptions, Knows, Need, RIGHTLY_BUSY, Rights, Risk,
    RoleCard, Rung, Spent, Split, Tie, Tried, TriedEffect, Waiting, Week, role_cards,
};
pub use selftest::{ALLOWED, CaseResult, MeasureResult, RETEST, Selftest, files, selftest};
pub use setting::{Build, Settings, Workbench, quoted};
pub use silos::{DesignSilos, SiloStep, Silos, silos};
pub use tactics::{DesignTactics, Tactic, TacticStep, Tactics, tactics};
pub use theory::{Foretold, ForetoldClass, foretell};
pub use waits::{CausePrice, DesignWaits, PricedChange, Remedy, Waits, waits};
pub use what_if::{Changes, changes};

/// Repetitions of what is run beside an answer, a drill or a change, if the answer itself has not fewer: they share their
/// luck with it, so that few tell, and there are many such runs.
const FEW: u32 = 10;
