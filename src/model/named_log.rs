//! A recorded log before its names have places in a world.

use crate::model::Diagnostic;

/// Inquiries of a log, with tables of their own names.
///
/// The names become those of a [`World`](crate::model::World), which may have more, or others; then
/// the rows are what a stream replays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NamedLog {
    /// Names that [`NamedRow::channel`] counts through.
    pub channels: Vec<String>,
    /// Names that [`NamedRow::topic`] counts through.
    pub topics: Vec<String>,
    /// Names that [`NamedRow::unit`] counts through.
    pub units: Vec<String>,
    /// Names that [`NamedRow::language`] counts through.
    pub languages: Vec<String>,
    /// The inquiries, in order of arrival.
    pub rows: Vec<NamedRow>,
    /// Start of the period, in seconds of the clock as written since 1970-01-01 00:00.
    pub start_seconds: i64,
    /// End of the period (exclusive), in the same seconds.
    pub end_seconds: i64,
    /// What its author should know about it; pointers are relative to the mapping.
    pub findings: Vec<Diagnostic>,
}

/// One inquiry of a log. What it lacks is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NamedRow {
    /// Arrival, in seconds of the clock as written since 1970-01-01 00:00.
    pub arrival_seconds: i64,
    /// Place of its channel in the log's own table.
    pub channel: Option<u16>,
    /// Place of its topic in the log's own table.
    pub topic: Option<u16>,
    /// Place of the unit it concerns in the log's own table.
    pub unit: Option<u16>,
    /// Place of its language in the log's own table.
    pub language: Option<u16>,
    /// Hands-on minutes of the whole case.
    pub work_minutes: Option<f64>,
}
