//! Sections of sentences and tables, as text for a terminal and as Markdown.

use crate::present::paint::{Paint, Painted};
use crate::present::words::{LINE, fill, right, width, wrap};

/// Width of a line of text: a document is read from one end to the other, with a margin at the right.
const WIDTH: usize = LINE - 4;
/// Letters before each line of a section.
const INDENT: usize = 2;
/// Letters between two columns.
const GAP: usize = 3;
/// A table's labels are cut to fit the line, but never below this.
const NARROWEST: usize = 24;

/// A part of a document under a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::present) struct Section {
    pub(in crate::present) title: &'static str,
    pub(in crate::present) blocks: Vec<Block>,
}

/// What stands in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::present) enum Block {
    /// A paragraph.
    Say(String),
    /// An item of a list.
    Item(String),
    /// A table: the first row is its head, the first column its labels.
    Table(Vec<Vec<String>>),
}

impl Section {
    pub(in crate::present) fn new(title: &'static str, blocks: Vec<Block>) -> Section {
        Section { title, blocks }
    }

    pub(in crate::present) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// One sentence after the other.
pub(in crate::present) fn items(sentences: Vec<String>) -> Vec<Block> {
    sentences.into_iter().map(Block::Item).collect()
}

/// For a terminal.
pub(in crate::present) fn to_text(sections: &[Section], text: &mut Painted) {
    for section in sections.iter().filter(|section| !section.is_empty()) {
        text.blank();
        text.stretches(vec![(Paint::Head, section.title.to_uppercase())]);
        for block in &section.blocks {
            match block {
                Block::Say(sentence) => paragraph(sentence, INDENT, text),
                Block::Item(sentence) => paragraph(sentence, INDENT + 2, text),
                Block::Table(rows) => table(rows, text),
            }
        }
    }
}

/// A paragraph whose later lines hang below its first.
fn paragraph(sentence: &str, hanging: usize, text: &mut Painted) {
    for (number, line) in wrap(sentence, INDENT, WIDTH, hanging).into_iter().enumerate() {
        let before = if number == 0 { " ".repeat(INDENT) } else { String::new() };
        text.line(format!("{before}{line}"));
    }
}

fn table(rows: &[Vec<String>], text: &mut Painted) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
    };
    let numbers: usize = (1..columns).map(|column| GAP + widest(column)).sum();
    let labels = widest(0).min(WIDTH.saturating_sub(INDENT + numbers).max(NARROWEST));
    for row in rows {
        let mut line = " ".repeat(INDENT);
        for (column, cell) in row.iter().enumerate().take(columns) {
            line.push_str(&match column {
                0 => fill(cell, labels),
                _ => format!("{}{}", " ".repeat(GAP), right(cell, widest(column))),
            });
        }
        text.line(line);
    }
}

/// As Markdown, with titles of this depth.
pub(in crate::present) fn to_markdown(sections: &[Section], depth: usize) -> String {
    let mut text = String::new();
    for section in sections.iter().filter(|section| !section.is_empty()) {
        text.push_str(&format!("\n{} {}\n\n", "#".repeat(depth), section.title));
        let mut listing = false;
        for (number, block) in section.blocks.iter().enumerate() {
            let is_item = matches!(block, Block::Item(_));
            if 0 < number && !(listing && is_item) {
                text.push('\n');
            }
            listing = is_item;
            match block {
                Block::Say(sentence) => text.push_str(&format!("{}\n", safe(sentence))),
                Block::Item(sentence) => text.push_str(&format!("- {}\n", safe(sentence))),
                Block::Table(rows) => text.push_str(&markdown_table(rows)),
            }
        }
    }
    text
}

fn markdown_table(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| safe(cell).replace('|', "\\|")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
        if number == 0 {
            let rule: Vec<&str> =
                (0..row.len()).map(|column| if column == 0 { "---" } else { "---:" }).collect();
            text.push_str(&format!("| {} |\n", rule.join(" | ")));
        }
    }
    text
}

/// Names from a scenario cannot become markup or break their line.
pub(in crate::present) fn safe(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        // a line that begins so would be an item of a list
        let ends_a_word = letters.peek() == Some(&' ');
        match letter {
            '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '\\' | '~' | '&' => {
                shown.extend(['\\', letter]);
            }
            '-' | '+' if shown.is_empty() && ends_a_word => shown.extend(['\\', letter]),
            '.' | ')' if ends_a_word && is_number(&shown) => shown.extend(['\\', letter]),
            letter if letter.is_control() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section() -> Section {
        let table = [["", "share"], ["answering | more", "40%"]].map(|row| row.map(String::from));
        let rows = table.iter().map(|row| row.to_vec()).collect();
        let blocks = vec![
            Block::Say("A sentence.".into()),
            Block::Item("one".into()),
            Block::Item("*two*".into()),
            Block::Table(rows),
        ];
        Section::new("The week", blocks)
    }

    #[test]
    fn markdown_keeps_names_from_becoming_markup() {
        assert_eq!(
            to_markdown(&[section()], 2),
            "\n## The week\n\nA sentence.\n\n- one\n- \\*two\\*\n\n|  | share |\n| --- | ---: |\n| answering \\| more | 40% |\n"
        );
    }

    #[test]
    fn a_text_that_begins_like_an_item_is_none() {
        let told = ["- one", "-1", "2. two", "2.5 hours", "3) three", "a - b", "~~no~~ &lt;"];
        assert_eq!(
            told.map(safe),
            [
                "\\- one",
                "-1",
                "2\\. two",
                "2.5 hours",
                "3\\) three",
                "a - b",
                "\\~\\~no\\~\\~ \\&lt;"
            ]
        );
    }

    #[test]
    fn text_is_indented_and_aligned() {
        let mut text = Painted::default();
        to_text(&[section(), Section::new("Nothing", Vec::new())], &mut text);
        assert_eq!(
            text.plain(),
            "\nTHE WEEK\n  A sentence.\n  one\n  *two*\n                     share\n  answering | more     40%\n"
        );
    }
}
