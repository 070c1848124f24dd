//! The one integration binary.
//!
//! Theory: exact answers. Causes: each cause of waiting alone. Invariants: what holds in every run of any
//! design. Audience: segments of customers. Dialogue: conversations that are not simply answered. Crowd: others who
//! join in. Determinism: same seed, same bytes. Loads: the traffic equations against runs. Mood: how
//! customers feel and what they do for it. Floors: the direction of imports. Coverage: intervals hold the truth as
//! often as they promise. Staffing: what takes people away from cases. Cli: the program as a stranger runs
//! it. Graph: organizations shown and pasted back. Replay: recorded logs in scenarios. Real logs: the same
//! with real ones, where they are at hand. Stories: shipped scenarios say what they promise.

mod audience;
mod causes;
mod cli;
mod coverage;
mod crowd;
mod determinism;
mod dialogue;
mod floors;
mod graph;
mod invariants;
mod loads;
mod mood;
mod place;
mod real_logs;
mod replay;
mod roles;
mod staffing;
mod stories;
mod support;
mod theory;
