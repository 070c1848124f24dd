//! Questions that take more than one experiment: the next step, and whether opening hours decide.
//!
//! Each changes the scenario by settings (a path and a value) and runs designs again on the same
//! customers. How settings become a model belongs to the floor that reads scenarios, so it is
//! passed in.

mod candidates;
mod hours;
mod next_step;
mod setting;

pub use hours::{HoursCheck, HoursVerdict, same_hours};
pub use next_step::{NextStep, SideEffect, Step, next_step};
pub use setting::{Build, Setting, Settings, Workbench};
