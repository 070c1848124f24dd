//! Organizational design you can run.

pub mod cli;
pub mod draws;
pub mod experiment;
pub mod glossary;
pub mod log;
pub mod model;
pub mod present;
pub mod report;
pub mod scenario;
pub mod sim;
pub mod stats;
pub mod study;
pub mod tally;
pub mod units;
