//! Results as people read them: the printed answer, tables, files and pictures.
//!
//! Everything here reads a finished [`ExperimentResult`](crate::experiment::ExperimentResult) and
//! formats it; nothing is estimated here.

mod answer;
mod explain;
mod paint;
pub mod plot;
mod results_json;
mod role_card;
mod studies;
mod tables;
mod words;

pub use answer::{AnswerContext, answer};
pub use explain::{describe, measure_names};
pub use paint::{Paint, Painted};
pub use results_json::{Provenance, outline_json, results_json, results_text};
pub use role_card::{job_description, role_card_text, role_cards_json};
pub use studies::{
    drill_text, drills_csv, knock_outs_csv, knock_outs_text, presence_csv, presence_text,
    silos_csv, silos_text, studies_json,
};
pub use tables::{harmless, roles_csv, summary_csv};
pub use words::{
    estimate, heads, list, measured, money, points, share, signed, significant, thousands, time,
    value,
};
