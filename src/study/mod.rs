//! Questions that take more than one experiment: the next step, whether opening hours decide, what
//! walls between desks cost.
//!
//! Each changes the scenario or its designs and runs them again on the same customers. Changes to
//! the scenario are settings (a path and a value); how these become a model belongs to the floor
//! that reads scenarios, so it is passed in.

mod candidates;
mod effect;
mod hours;
mod next_step;
mod setting;
mod silos;

pub use effect::{Counted, Effect, Yardstick};
pub use hours::{HoursCheck, HoursVerdict, same_hours};
pub use next_step::{NextStep, SideEffect, Step, next_step};
pub use setting::{Build, Setting, Settings, Workbench};
pub use silos::{DesignSilos, SiloStep, Silos, silos};
