//! Every answer is a screen, of the shipped scenarios first of all.

use crate::place::Place;
use crate::shipped::{folder, scenarios};

/// Lines, and the widest one that is not there to be copied.
fn measured(text: &str) -> (usize, usize) {
    let copied = |line: &str| ["Try:", "orgsim ", "(orgsim "].iter().any(|of| line.starts_with(of));
    let told = text.lines().filter(|line| !copied(line.trim_start()));
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
        // what a scenario studies is there, or it is said that there is more
        let studies = ["crisis.json", "linkedin.json", "silos.json"];
        if studies.iter().any(|of| name.ends_with(of)) && !ran.out.contains("--all") {
            misses.push(format!("{name} says nothing of its studies\n{}", ran.out));
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn what_is_asked_for_by_name_is_on_the_screen() {
    let place = Place::new();
    let file = folder().join("quickstart.json");
    let file = file.to_str().expect("shipped names are plain");
    let all = ["Friday-night storm", "one agent leaves", "no approvals", "vendor round the clock"];
    let what_ifs = |names: &[&str]| names.iter().map(|name| format!("WHAT IF   {name} ")).collect();
    let silos = vec!["COST OF SILOS ".to_owned()];
    let cases: [(&[&str], Vec<String>); 4] = [
        (&["--what-if", "no approvals"], what_ifs(&all[2..3])),
        (&["--what-if", "all"], what_ifs(&all)),
        (&["--study", "silos"], silos.clone()),
        (&["--what-if", "all", "--study", "silos"], [what_ifs(&all), silos].concat()),
    ];
    for (asked, heads) in cases {
        let mut arguments = vec!["run", file, "--replications", "2", "--no-dials", "--no-progress"];
        arguments.extend(["--set", "experiment.run_for=8 weeks", "--force", "--out", "here"]);
        arguments.extend(asked);
        let ran = place.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let (lines, columns) = measured(&ran.out);
        assert!(lines <= 45 && columns <= 100, "{lines} lines, {columns} columns\n{}", ran.out);
        for head in heads {
            let mut below = ran.out.lines().skip_while(|line| !line.starts_with(&head)).skip(1);
            let told = below.next().is_some_and(|line| line.starts_with("  "));
            assert!(told, "nothing below {head}\n{}", ran.out);
        }
        assert!(ran.out.contains("ANSWER") && ran.out.contains("GOALS"), "{}", ran.out);
    }
}
