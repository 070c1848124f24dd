//! Tables of studies as lines of a terminal.

use crate::present::grid::{Grid, GridRow};
use crate::present::paint::Painted;
use crate::present::words::{LINE, fill, fitting, right, wrap};

/// A label and cells of equal width.
pub(super) fn row(label: &str, cells: &[String], labels: usize) -> String {
    let wide = (LINE - labels) / cells.len().max(1);
    let mut line = fill(label, labels);
    for cell in cells {
        line.push_str(&right(&fitting(cell, wide - 1), wide));
    }
    line
}

/// The rows of a table; those that belong to the row above stand further in.
pub(super) fn write_rows(rows: &[GridRow], labels: usize, text: &mut Painted) {
    for of in rows {
        text.line(match of {
            GridRow::Heading(words) => words.clone(),
            GridRow::Row { label, cells } => row(&format!("  {label}"), cells, labels),
            GridRow::Below { label, cells } => row(&format!("    {label}"), cells, labels),
        });
    }
}

/// A table with its head and so much room for labels, then its notes, each in the lines that `set` makes of it.
///
/// Where there are only notes, the first follows the title.
pub(super) fn write_grid(
    grid: &Grid,
    labels: usize,
    set: fn(&str) -> Vec<String>,
    text: &mut Painted,
) {
    let mut notes = grid.notes.iter();
    if grid.has_only_notes() {
        let first = notes.next().map_or("", String::as_str);
        text.line(format!("{}: {first}", grid.title));
    } else {
        text.line(row(&grid.title, &grid.head, labels));
        write_rows(&grid.rows, labels, text);
    }
    notes.flat_map(|note| set(note)).for_each(|line| text.line(line));
}

/// A note in one line, however long it is.
pub(super) fn unbroken(note: &str) -> Vec<String> {
    vec![format!("  {note}")]
}

/// A note in as many lines as it takes.
pub(super) fn broken(note: &str) -> Vec<String> {
    let lines = wrap(note, 2, LINE, 2).into_iter();
    lines.map(|line| format!("  {}", line.trim_start())).collect()
}

/// A block in few lines: a row for each design, and where the rest is.
pub(super) fn brief(
    head: (&str, &str),
    file: &str,
    columns: &[String],
    rows: impl Iterator<Item = (String, Vec<String>)>,
) -> Painted {
    let labels = LINE - columns.len() * (72 / columns.len().max(1));
    let mut text = Painted::default();
    text.blank();
    text.head(head.0, &format!("   {} (more: --all, {file})", head.1));
    text.line(row("", columns, labels));
    for (label, cells) in rows {
        text.line(row(&format!("  {label}"), &cells, labels));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_notes_stand_below_what_they_are_about() {
        let mut grid = Grid::new("Hub", vec!["today".into(), "with it".into()]);
        grid.row("answered", vec!["50%".into(), "60%".into()]);
        grid.below("by phone", vec!["40%".into(), "41%".into()]);
        grid.heading("of those who write again");
        grid.row("settled", vec!["70%".into(), "70%".into()]);
        grid.notes.push("a note".into());
        let mut text = Painted::default();
        write_grid(&grid, 60, unbroken, &mut text);
        let notes = vec!["nobody waits".into(), "and nobody calls".into()];
        write_grid(&Grid::of_notes("Units", notes), 60, broken, &mut text);
        expect_test::expect![[r#"
            Hub                                                                        today             with it
              answered                                                                   50%                 60%
                by phone                                                                 40%                 41%
            of those who write again
              settled                                                                    70%                 70%
              a note
            Units: nobody waits
              and nobody calls
        "#]]
        .assert_eq(&text.plain());
    }
}
