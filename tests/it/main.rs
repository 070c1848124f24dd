//! The one integration binary.
//!
//! Theory: exact answers. Causes: each cause of waiting alone. Invariants: what holds in every run of any
//! design. Determinism: same seed, same bytes. Loads: the traffic equations against runs. Floors: the
//! direction of imports. Cli: the program as a stranger runs it.

mod causes;
mod cli;
mod determinism;
mod floors;
mod invariants;
mod loads;
mod support;
mod theory;
