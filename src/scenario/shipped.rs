//! The shipped scenarios load, and mean what they say.

use std::path::Path;

use super::{LARGEST_FILE, Overlay, Scenario, Source, load, render};

/// A shipped file, read.
fn shipped(path: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    load(&source, &Overlay::default())
        .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

#[test]
fn quickstart_is_four_designs_for_the_same_money() {
    let scenario = shipped("scenarios/quickstart.json");
    assert_eq!(scenario.model.designs.len(), 4);
    for design in &scenario.model.designs {
        assert!(
            (design.cost_per_year / 1e6 - 1.0).abs() < 0.02,
            "{} costs {}",
            design.name,
            design.cost_per_year
        );
    }
    assert_eq!(scenario.warnings, []);
    assert_eq!(scenario.what_ifs.len(), 4);
    assert_eq!(scenario.depends.len(), 4);
    assert_eq!(scenario.audit[0].measured_by.len(), 4);
}

/// Findings that a shipped file has on purpose: some of its desks are to have more work than time, and the average brand leaves
/// four of its channels to nobody.
fn meant(path: &Path) -> &'static [&'static str] {
    const TOO_MUCH: &str = "too-much-work";
    match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("average_brand") => &["no-intake", TOO_MUCH],
        Some("b2b") => &[TOO_MUCH, TOO_MUCH],
        Some("airline" | "computer_maker" | "eight_lines" | "touchpoints") => &[TOO_MUCH],
        Some("3-overload" | "D15") => &[TOO_MUCH],
        _ => &[],
    }
}

#[test]
fn every_shipped_scenario_has_no_finding_but_those_it_is_about() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    let folders = [
        "scenarios",
        "scenarios/queueing",
        "scenarios/it_depends",
        "scenarios/workshop",
        "scenarios/face_validity",
        "tests/it/validation",
    ];
    for folder in folders {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            // The replay is read with its log, one floor up: see tests/it/replay.rs.
            let alone = path.file_stem().is_some_and(|stem| stem != "replay");
            if alone && path.extension().is_some_and(|extension| extension == "json") {
                let scenario = shipped(path.to_str().expect("shipped names are plain"));
                let findings: Vec<&str> =
                    scenario.warnings.iter().map(|finding| finding.code).collect();
                assert_eq!(findings, meant(&path), "{}", path.display());
                assert!(!scenario.question.is_empty(), "{}", path.display());
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                serde_json::from_str::<serde_json::Value>(&text)
                    .expect("shipped files are strict JSON");
                count += 1;
            }
        }
    }
    assert!(26 <= count, "{count}");
}

#[test]
fn a_channel_without_an_objective_is_a_finding_of_the_audit() {
    let scenario = shipped("scenarios/linkedin.json");
    let blank = |audit: &&super::ChannelAudit| {
        audit.serves.is_none() && audit.because.is_none() && audit.measured_by.is_empty()
    };
    let blanks: Vec<&str> =
        scenario.audit.iter().filter(blank).map(|audit| audit.channel.as_str()).collect();
    assert_eq!(blanks, ["linkedin"]);
}

#[test]
fn a_plain_network_has_nothing_that_is_not_written() {
    let scenario = shipped("scenarios/queueing/mm1.json");
    let world = &scenario.model.world;
    assert_eq!((world.channels.len(), world.topics.len(), world.streams.len()), (1, 1, 1));
    assert_eq!(world.streams[0].limit, Some(1_000_000));
    assert!(world.behavior.patience.is_none() && world.behavior.deadline.is_none());
    let used: Vec<&str> = scenario.defaults_used.iter().map(|default| default.key).collect();
    assert!(!used.iter().any(|key| key.starts_with("customers.behavior")), "{used:?}");
}

#[test]
fn the_ladder_of_silos_takes_down_each_wall_once_and_moves_nobody() {
    let scenario = shipped("scenarios/silos.json");
    let designs = &scenario.model.designs;
    for design in designs {
        let (cost, heads) = (design.cost_per_year, design.headcount);
        assert!((cost - designs[0].cost_per_year).abs() < 1e-6, "{}", design.name);
        assert!((heads - designs[0].headcount).abs() < 1e-9, "{}", design.name);
    }
    let shares_queue =
        |design: &crate::model::Design| design.organization.find("shared desk").is_some();
    let shared: Vec<bool> = designs.iter().map(shares_queue).collect();
    assert_eq!(shared, [false, false, false, true]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/silos.json");
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    let twice = Overlay::default().set(r#"designs.1 History.edits=[{"share":["queue","queue"]}]"#);
    let problems = load(&source, &twice.expect("an assignment")).expect_err("a wall falls once");
    assert_eq!(problems[0].code, "no-wall");
}

#[test]
#[expect(clippy::float_cmp, reason = "whole hours are exact in floating point")]
fn a_storm_adds_customers_and_changes_none() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/quickstart.json");
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    let calm = shipped("scenarios/quickstart.json");
    let storm = load(&source, &calm.what_ifs[0].overlay).expect("the storm is sound");
    let streams = |scenario: &Scenario| scenario.model.world.streams.len();
    assert_eq!(streams(&storm), streams(&calm) + 1);
    let crate::model::Arrivals::Poisson(extra) = &storm.model.world.streams[2].arrivals else {
        panic!("a storm is Poisson")
    };
    assert!((extra.per_hour - 400.0 / 24.0).abs() < 1e-9);
    assert_eq!(extra.from.hours(), 6.0 * 168.0 + 4.0 * 24.0 + 18.0);
    assert_eq!(extra.until.since(extra.from).hours(), 36.0);
    let round_the_clock = load(&source, &calm.what_ifs[3].overlay).expect("sound");
    let vendor = round_the_clock.model.designs[3]
        .organization
        .find("vendor desk")
        .expect("there is a vendor");
    assert!(round_the_clock.model.designs[3].organization.role(vendor).calendar.is_always());
    let gone = load(&source, &calm.what_ifs[1].overlay).expect("sound");
    let hub = gone.model.designs[1].organization.find("hub").expect("there is a hub");
    let crate::model::People::Some(people) = &gone.model.designs[1].organization.role(hub).people
    else {
        panic!("people")
    };
    assert!(people[0].calendar.is_some() && people[1].calendar.is_none());
}
