//! Every answer is a screen, of the shipped scenarios first of all.

use crate::place::Place;
use crate::shipped::{folder, scenarios};

/// Lines, and the widest one that is not there to be copied.
fn measured(text: &str) -> (usize, usize) {
    let told = text.lines().filter(|line| !line.trim_start().starts_with("Try:"));
    (text.lines().count(), told.map(|line| line.chars().count()).max().unwrap_or(0))
}

#[test]
fn every_shipped_answer_fits_a_screen() {
    let place = Place::new();
    let files = scenarios(&folder());
    assert!(15 < files.len(), "{files:?}");
    let mut misses = Vec::new();
    for file in files {
        let name = file.to_str().unwrap();
        let big = ["mm1.json", "mm8.json"].iter().any(|big| name.ends_with(big));
        let mut arguments = vec!["run", name, "--replications", "2", "--no-dials", "--no-progress"];
        arguments.extend(["--force", "--out", "here"]);
        if big {
            arguments.extend(["--set", "customers.stop_after=1000"]);
        }
        let ran = place.run(&arguments);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        let (lines, columns) = measured(&ran.out);
        // the tables of plain networks are for experts, and wider
        let wide = !ran.out.contains("W_q [min]") && 100 < columns;
        if 45 < lines || wide {
            misses.push(format!("{name}: {lines} lines, {columns} columns\n{}", ran.out));
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}
