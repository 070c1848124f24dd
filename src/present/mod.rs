//! To be written.

pub mod plot;
