//! What the answer depends on, as people and programs read it.

mod csv;
mod json;
mod sentences;
mod words;

pub use csv::dials_csv;
pub use json::dials_json;
pub(in crate::present) use sentences::{how_sure, sentences};
