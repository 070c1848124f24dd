//! Organizational design you can run.

pub mod cli;
pub mod draws;
pub mod glossary;
pub mod log;
pub mod model;
pub mod present;
pub mod report;
pub mod scenario;
pub mod sim;
pub mod stats;
pub mod tally;
pub mod units;
