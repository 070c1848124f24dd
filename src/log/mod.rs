//! Recorded inquiry logs: a delimited file and a [`Mapping`] become a [`Log`].
//!
//! Nothing is guessed and nothing is lost in silence: time formats are given, rows that cannot be
//! read are counted with their line numbers, and what looks doubtful is a finding of the log.
//!
//! ```
//! use orgsim::log::{InquiryRows, Mapping, Moment, OneRowPer, TimeColumn, read};
//!
//! let file = b"asked,answered\n2026-03-02 09:00,2026-03-02 09:12\n2026-03-02 09:30,\n";
//! let format = "%Y-%m-%d %H:%M";
//! let rows = InquiryRows {
//!     first_response: Some(Moment::At(TimeColumn::new("answered", format))),
//!     ..InquiryRows::default()
//! };
//! let log = read(file, &Mapping::new(TimeColumn::new("asked", format), OneRowPer::Inquiry(rows)))?;
//! assert_eq!(log.inquiries[0].first_response_seconds, Some(12 * 60));
//! assert_eq!(log.inquiries[1].first_response_seconds, None);
//! # Ok::<(), Vec<orgsim::model::Diagnostic>>(())
//! ```

mod arrivals;
mod case_rows;
mod columns;
mod draft;
mod gaps;
mod import;
mod inquiry_rows;
mod losses;
mod message_rows;
mod moments;
mod names;
mod profile;
mod recorded;
mod rows;
mod settled;
mod stamp;
mod summary;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod real;

pub use crate::model::mapping::{
    Accounts, CaseMoment, CaseRow, Condition, DurationColumn, DurationUnit, EventRows, HandOvers,
    InquiryRows, Label, LabelColumn, Limits, Mapping, MessageRows, Moment, OneRowPer, Reply, Test,
    TimeColumn, Window,
};
pub use arrivals::{ArrivalProfile, InterarrivalSummary};
pub use import::{LogError, read, read_file};
pub use names::{MISSING, UNSTATED};
pub use profile::{CaseProfile, LogProfile, ThreadProfile};
pub use recorded::{CaseTally, Dropped, Log, LoggedInquiry, MessageTally, Thread};
pub use summary::{BriefSummary, CountSummary, Lognormal, Mix, Summary};
