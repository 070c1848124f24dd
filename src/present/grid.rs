//! A table as data, for whoever sets it otherwise than a terminal does.

/// A table of cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// What it is about.
    pub title: String,
    /// Heads of the columns after the first.
    pub head: Vec<String>,
    /// Its rows, from the top; none where there are only notes.
    pub rows: Vec<GridRow>,
    /// Sentences beneath it.
    pub notes: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridRow {
    /// Words over the rows that follow.
    Heading(String),
    /// A label, and a cell for each column.
    Row {
        /// What the cells are about.
        label: String,
        /// In the order of the columns.
        cells: Vec<String>,
    },
    /// More of what the row above is about.
    Below {
        /// What the cells tell of it.
        label: String,
        /// In the order of the columns.
        cells: Vec<String>,
    },
}

impl Grid {
    /// A table without rows yet.
    pub fn new(title: impl Into<String>, head: Vec<String>) -> Grid {
        Grid { title: title.into(), head, ..Grid::default() }
    }

    /// What there is to say of something that there is no table of.
    pub fn of_notes(title: impl Into<String>, notes: Vec<String>) -> Grid {
        Grid { title: title.into(), notes, ..Grid::default() }
    }

    /// Whether there is nothing to set but the title and the notes.
    pub fn has_only_notes(&self) -> bool {
        self.rows.is_empty()
    }

    /// Add words over the rows that follow.
    pub fn heading(&mut self, words: impl Into<String>) {
        self.rows.push(GridRow::Heading(words.into()));
    }

    /// Add a row.
    pub fn row(&mut self, label: impl Into<String>, cells: Vec<String>) {
        self.rows.push(GridRow::Row { label: label.into(), cells });
    }

    /// Add a row that belongs to the one above.
    pub fn below(&mut self, label: impl Into<String>, cells: Vec<String>) {
        self.rows.push(GridRow::Below { label: label.into(), cells });
    }
}
