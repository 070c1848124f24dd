//! Blocks of a part that more than one file builds: paragraphs and tables.

use serde_json::{Value, json};

/// A paragraph.
pub(super) fn paragraph(text: &str) -> Value {
    json!({ "paragraph": text })
}

/// A table: `head` holds a cell for each column, the labels' included; cells are text or text with a mark.
pub(super) fn table(caption: &str, head: Vec<String>, rows: Vec<(String, Vec<Value>)>) -> Value {
    let rows = rows.into_iter().map(|(label, cells)| row(&label, false, cells));
    table_of(caption, head, rows.collect())
}

/// The same of rows as [`row`] makes them, which may hold more.
pub(super) fn table_of(caption: &str, head: Vec<String>, rows: Vec<Value>) -> Value {
    json!({ "table": { "caption": caption, "head": head, "rows": rows } })
}

/// A row of a table; whether it belongs to the one above.
pub(super) fn row(label: &str, below: bool, cells: Vec<Value>) -> Value {
    json!({ "label": label.trim(), "below": below, "cells": cells })
}
