//! The shipped scenarios load, and mean what they say.

use std::path::Path;

use super::{LARGEST_FILE, Overlay, Scenario, Source, load, render};

/// A shipped file, read.
fn shipped(path: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    load(&source, &Overlay::default()).unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

#[test]
fn quickstart_is_four_designs_for_the_same_money() {
    let scenario = shipped("scenarios/quickstart.json");
    assert_eq!(scenario.model.designs.len(), 4);
    for design in &scenario.model.designs {
        assert!((design.cost_per_year / 1e6 - 1.0).abs() < 0.02, "{} costs {}", design.name, design.cost_per_year);
    }
    assert_eq!(scenario.warnings, []);
    assert_eq!(scenario.what_ifs.len(), 4);
    assert_eq!(scenario.depends.len(), 4);
    assert_eq!(scenario.audit[0].measured_by.len(), 3);
}
