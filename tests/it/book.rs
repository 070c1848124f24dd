//! The book holds together: its tables are whole, and its numbers are those of the repository.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::place::Place;

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

/// What stands between fences of this language, in order.
fn fenced<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    let blocks = text.split(fence.as_str()).skip(1);
    blocks.map(|rest| rest.split("```").next().expect("every fence is closed")).collect()
}

#[test]
fn the_logs_of_the_book_are_read_by_its_scenarios() {
    let book = text("src/book/logs.md");
    let place = Place::new();
    for (name, log) in ["incidents.csv", "conversations.csv"].iter().zip(fenced(&book, "csv")) {
        place.write(name, log);
    }
    let whole = fenced(&book, "json").into_iter().filter(|block| block.contains("\"orgsim\": 1"));
    let told: Vec<Value> = whole
        .map(|scenario| {
            place.write("mine.json", scenario);
            let ran = place.run(&["check", "mine.json", "--format", "json"]);
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            serde_json::from_str(&ran.out).expect("it is JSON")
        })
        .collect();
    assert_eq!(told.len(), 2);
    for (told, answered) in told.iter().zip([2, 2]) {
        assert_eq!(told["problems"], json!([]));
        let profile = &told["logs"][0]["profile"];
        assert_eq!((&profile["inquiries"], &profile["rows"]), (&json!(3), &json!(7)));
        assert_eq!(profile["first_response_s"]["n"], answered);
        assert_eq!(told["designs"].as_array().expect("designs").len(), 2);
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
