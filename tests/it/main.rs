//! The one integration binary.
//!
//! Theory: exact answers. Floors: the direction of imports. Cli: the program as a stranger runs it.
//! Replay: recorded logs in scenarios. Real logs: the same with real ones, where they are at hand.

mod cli;
mod floors;
mod real_logs;
mod replay;
mod theory;
