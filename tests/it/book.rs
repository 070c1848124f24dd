//! The book holds together: its tables are whole, and its numbers are those of the repository.

use std::fs;
use std::path::Path;

/// A text of the repository.
fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The chapters: file name and text.
fn chapters() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/book");
    let names = fs::read_dir(folder).expect("the book is there");
    let names = names.map(|entry| entry.expect("it can be listed").file_name());
    let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
    names.retain(|name| name.ends_with(".md"));
    names.sort();
    names.into_iter().map(|name| (name.clone(), text(&format!("src/book/{name}")))).collect()
}

#[test]
fn every_table_of_the_book_has_a_head() {
    for (name, text) in chapters() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let begins = line.starts_with('|') && (at == 0 || !lines[at - 1].starts_with('|'));
            let rule = lines
                .get(at + 1)
                .is_some_and(|next| next.starts_with("|--") || next.starts_with("| --"));
            assert!(!begins || rule, "{name}:{}: a table without a head: {line}", at + 1);
        }
    }
}

#[test]
fn the_instructions_that_the_book_tells_were_counted() {
    let book = text("src/book/architecture.md");
    for line in text("benches/instructions.txt").lines() {
        let (workload, count) = line.split_once(' ').expect("a workload and its count");
        let start = format!("| `{workload}`, ");
        let row = book.lines().find(|row| row.starts_with(&start)).expect("the book has its row");
        assert_eq!(row.split('|').nth(2).map(str::trim), Some(count), "{row}");
    }
}
