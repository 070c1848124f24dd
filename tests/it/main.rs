//! The one integration binary.
//!
//! Theory: exact answers. Causes: each cause of waiting alone. Invariants: what holds in every run of any
//! design. Determinism: same seed, same bytes. Loads: the traffic equations against runs. Floors: the
//! direction of imports. Cli: the program as a stranger runs it. Replay: recorded logs in scenarios. Real
//! logs: the same with real ones, where they are at hand. Stories: shipped scenarios say what they promise.

mod causes;
mod cli;
mod determinism;
mod floors;
mod invariants;
mod loads;
mod real_logs;
mod replay;
mod stories;
mod support;
mod theory;
