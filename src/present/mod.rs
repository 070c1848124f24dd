//! Results as people read them: the printed answer, tables, files and pictures.
//!
//! Everything here reads a finished [`ExperimentResult`](crate::experiment::ExperimentResult) and
//! formats it; nothing is estimated here.

mod answer;
mod busiest;
mod depends;
mod document;
mod explain;
mod grid;
mod length;
mod numbers;
mod paint;
pub mod plot;
mod replay;
mod results_json;
mod role_card;
mod selftest;
mod statement;
mod stretch;
mod studies;
mod tables;
mod unseen;
mod warnings;
mod words;

pub use answer::{AnswerContext, Guesses, MOST_LINES, Said, SaidGoal, SaidScore, answer, said};
pub use busiest::busiest;
pub use depends::{
    dial_label, dials_csv, dials_json, dials_text, input_label, score_name, written,
};
#[cfg(test)]
pub(crate) use depends::{made_up_dial, made_up_dials};
pub use explain::{describe, measure_names};
pub use grid::{Grid, GridRow};
pub use numbers::{
    Cell, Told, cell_of, estimate, heads, hours_of_week, measured, measured_beside, measured_cell,
    money, points, share, signed, significant, thousands, time, value,
};
pub use paint::{Paint, Painted};
pub use replay::{DayKind, RecordedDay, replay_json};
pub use results_json::{
    Provenance, outline_json, results_frame, results_json, results_text, write_results,
};
pub use role_card::{job_description, role_card_text, role_cards_json};
pub use selftest::{selftest_json, selftest_text};
pub use statement::{Stating, model_statement};
pub use stretch::Stretch;
pub use studies::{
    changes_csv, changes_json, studies_json, study_brief, study_csv, study_grids, study_sentences,
    study_text,
};
pub use tables::{FORMULA_SIGNS, harmless, roles_csv, summary_csv, tells_topics, topics_csv};
pub use unseen::{acts_unseen, escaped};
pub use warnings::{missing_clause, warnings};
pub(crate) use words::wrap;
pub use words::{
    BEHIND_FOR_GOOD, LINE, LUCK, NOTHING, either, fill, fitting, list, pad, right, width,
};
