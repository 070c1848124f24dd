//! What the answer depends on, as people and programs read it.

mod csv;
#[cfg(test)]
mod examples;
mod json;
mod sentences;
mod table;
mod values;
mod words;

pub use csv::dials_csv;
pub use json::{dials_json, score_name};
pub(in crate::present) use sentences::{how_sure, sentences};
pub use table::dials_text;
pub use words::{dial_label, input_label, written};

#[cfg(test)]
pub(crate) use examples::{made_up_dial, made_up_dials};
