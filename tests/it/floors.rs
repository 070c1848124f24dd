//! The building keeps its order: a module knows itself and the floors below, nobody beside or above.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The floors, lowest first. Modules of one floor do not know each other. Units are the ground that the
/// others of floor 0 stand on.
const FLOORS: &[&[&str]] = &[
    &["units"],
    &["draws", "tally"],
    &["model"],
    &["scenario", "log", "sim", "stats"],
    &["experiment"],
    &["study"],
    &["present"],
    &["report", "web"],
    &["cli"],
];

/// Files at the root of `src/` that only join the floors together, and what is no floor at all.
const DOORS: &[&str] = &["lib", "main", "glossary", "book"];

/// Longest file.
const LINES: usize = 700;

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The module a source file belongs to: its first step below `src/`.
fn module_of(file: &Path) -> String {
    let first = file.components().next().expect("a path has a first step");
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Every Rust file below `src/`, with its path from there, in order of name.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file is text");
                found.push((path.strip_prefix(&root).expect("it is below src").to_owned(), text));
            }
        }
    }
    found.sort();
    assert!(found.iter().any(|(path, _)| path == Path::new("cli/mod.rs")), "src is not all here");
    found
}

/// Lines of code with their numbers; comments, and so the examples of the documentation, left out.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .zip(1..)
        .map(|(line, number)| (number, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules named right after each `crate::` in a text, with line numbers; a group in braces names several.
fn named(text: &str) -> Vec<(usize, String)> {
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let code: Vec<(usize, &str)> = code(text).collect();
    let mut found = Vec::new();
    for (at, (number, line)) in code.iter().enumerate() {
        for (start, _) in line.match_indices("crate::") {
            let rest = &line[start + "crate::".len()..];
            let Some(group) = rest.strip_prefix('{') else {
                found.push((*number, word(rest)));
                continue;
            };
            let mut depth = 0;
            let mut item = String::new();
            let later = code[at + 1..].iter().flat_map(|(_, line)| line.chars());
            for c in group.chars().chain(later) {
                match c {
                    '{' => depth += 1,
                    '}' if depth > 0 => depth -= 1,
                    ',' | '}' if depth == 0 => {
                        found.push((*number, word(item.trim())));
                        item.clear();
                    }
                    _ if depth == 0 => item.push(c),
                    _ => {}
                }
                if c == '}' && depth == 0 && item.is_empty() {
                    break;
                }
            }
        }
    }
    found.retain(|(_, module)| !module.is_empty());
    found
}

/// What is wrong with the imports of one file, one line each.
fn trespasses(file: &Path, text: &str) -> String {
    let module = module_of(file);
    let mut told = String::new();
    if DOORS.contains(&module.as_str()) {
        return told;
    }
    let Some(floor) = floor_of(&module) else {
        return format!("src/{}: `{module}` stands on no floor\n", file.display());
    };
    for (line, other) in named(text) {
        // a macro or an item of the crate root is no floor
        let Some(its) = floor_of(&other) else { continue };
        if other != module && floor <= its {
            let _ =
                writeln!(told, "src/{}:{line}: `{module}` must not know `{other}`", file.display());
        }
    }
    told
}

#[test]
fn every_module_knows_only_what_is_below_it() {
    let told: String = sources().iter().map(|(file, text)| trespasses(file, text)).collect();
    assert!(told.is_empty(), "\n{told}");
}

#[test]
fn an_upward_or_sideways_import_is_named_with_its_place() {
    let told = trespasses(
        Path::new("model/role.rs"),
        "use crate::units::SimTime;\n\nuse crate::sim::Outcome;\n",
    );
    assert_eq!(told, "src/model/role.rs:3: `model` must not know `sim`\n");
    let told =
        trespasses(Path::new("stats/mod.rs"), "/// crate::sim\nfn f() -> crate::sim::Outcome {}\n");
    assert_eq!(told, "src/stats/mod.rs:2: `stats` must not know `sim`\n");
    let told = trespasses(
        Path::new("log/a.rs"),
        "use crate::{\n    draws::{Key, Seed},\n    experiment,\n    cli::main};\n",
    );
    assert_eq!(
        told,
        "src/log/a.rs:1: `log` must not know `experiment`\nsrc/log/a.rs:1: `log` must not know `cli`\n"
    );
    assert_eq!(
        trespasses(Path::new("attic/mod.rs"), ""),
        "src/attic/mod.rs: `attic` stands on no floor\n"
    );
    assert_eq!(trespasses(Path::new("present/mod.rs"), "use crate::experiment::run;"), "");
}

#[test]
fn only_the_command_line_prints() {
    const PRINTING: &[&str] =
        &["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout()", "stderr()"];
    for (file, text) in sources().iter().filter(|(file, _)| module_of(file) != "cli") {
        let lines: Vec<&str> = text.lines().collect();
        // what clippy is told to expect has its reason there: a test that says it was skipped
        let expected = |line: usize| {
            lines[line.saturating_sub(4)..line].join(" ").contains("expect(clippy::print_")
        };
        for (line, code) in code(text).filter(|(line, _)| !expected(*line)) {
            let word = PRINTING.iter().find(|word| code.contains(**word));
            assert!(
                word.is_none(),
                "src/{}:{line}: {} belongs into `cli`",
                file.display(),
                word.unwrap_or(&"")
            );
        }
    }
}

#[test]
fn files_stay_short() {
    for (file, text) in sources() {
        let lines = text.lines().count();
        assert!(
            lines <= LINES,
            "src/{} has {lines} lines; {LINES} are the most: split it",
            file.display()
        );
    }
}
