//! A table as data, for whoever sets it otherwise than a terminal does.

/// A table of cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// What it is about.
    pub title: String,
    /// Heads of the columns after the first.
    pub head: Vec<String>,
    /// Rows: a label and a cell for each column.
    pub rows: Vec<(String, Vec<String>)>,
    /// Sentences beneath it.
    pub notes: Vec<String>,
}
