//! Questions that take more than one experiment: the next step, whether opening hours decide, and what
//! a role is for.
//!
//! Each changes the scenario by settings (a path and a value) and runs designs again on the same
//! customers. How settings become a model belongs to the floor that reads scenarios, so it is
//! passed in.

mod candidates;
mod hours;
mod next_step;
mod role;
mod setting;

pub use hours::{HoursCheck, HoursVerdict, same_hours};
pub use next_step::{NextStep, SideEffect, Step, next_step};
pub use role::{
    Aim, Away, Contact, Deed, Effect, Knows, Need, RIGHTLY_BUSY, Rights, Risk, RoleCard, Rung,
    Spent, Split, Tried, Waiting, Week, role_cards,
};
pub use setting::{Build, Setting, Settings, Workbench};
