//! The one integration binary.
//!
//! Theory: exact answers. Families: more of them, one scenario file each. Measures: what is told beside means. Classes: the same topic by topic. Arrivals: customers who come otherwise than
//! at a stated rate. Book: the documentation agrees with the repository. Causes: each cause of waiting alone.
//! Invariants: what holds in every run of any design. Metamorphic: the same said in other words. Determinism: same seed, same bytes. Loads: the traffic equations against runs. Floors: the
//! direction of imports. Holding: people who stay with what they pass on or ask. Exceptions: decisions that climb
//! the reporting line. Risk: approval by what is at stake. Collisions: posts that several desks see. Reviews: approvals by several. Vendors: late
//! playbooks, prices by the case, promises. Overflow: desks that help one out. Waits: what it is worth to be rid of one. Warm up: starts that
//! are forgotten. Coverage: intervals hold the truth as often as they promise. Staffing: what takes people away from cases. Cli: the program as
//! a stranger runs it. Faults: what goes wrong meanwhile. Supply: what the program is built from. Kills: runs that are killed while they write. Fuzz: damaged files. Page: what a run leaves to be opened.
//! Graph: organizations shown and pasted back. Replay: recorded logs in scenarios. Real logs: the same with real
//! ones, where they are at hand. Stories: shipped scenarios say what they promise. Shipped: all of them run, and networks as theory says. No best: each archetype is best
//! somewhere. Face validity: presets look like what was counted.
//! Languages: who speaks what the customer writes. Training: knowledge that is learned, fades and leaves with people.

mod arrivals;
mod audience;
mod background;
mod book;
mod causes;
mod chains;
mod classes;
mod cli;
mod collisions;
mod coverage;
mod crowd;
mod determinism;
mod dialogue;
mod dials;
mod disciplines;
mod exceptions;
mod face_validity;
mod families;
mod faults;
mod floors;
mod fuzz;
mod graph;
mod holding;
mod invariants;
#[cfg(unix)]
mod kills;
mod languages;
mod large;
mod loads;
mod matching;
mod measures;
mod meeting;
mod metamorphic;
mod mood;
mod no_best;
mod overflow;
mod overload;
mod pace;
mod page;
mod place;
mod real_logs;
mod replay;
mod reviews;
mod risk;
mod roles;
mod screen;
mod shipped;
mod short_runs;
mod slots;
mod staffing;
mod stories;
mod supply;
mod support;
mod theory;
mod training;
mod unwilling;
mod vendors;
mod waits;
mod warm_up;
