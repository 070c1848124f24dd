//! Large organizations: hundreds and thousands of roles are checked, run and drawn like few.

use std::collections::BTreeSet;

use orgsim::model::{
    ChannelId, From, LinkKind, Organization, RoleId, TopicId, Work, load, structure,
};
use serde_json::{Value, json};

use crate::place::Place;
use crate::support::model;

/// A hub that nobody waits for, and so many desks to which it passes on in equal parts; of what they have done,
/// a share comes back.
fn star(roles: usize, back: &str) -> String {
    let mut of_roles = serde_json::Map::new();
    of_roles.insert("hub".into(), json!({ "people": "infinite", "service": "0s" }));
    let mut links = vec![json!({ "intake": { "to": "hub" } })];
    for i in 0..roles {
        let name = format!("r{i}");
        let service = json!({ "exponential": { "mean": "1h" } });
        of_roles.insert(name.clone(), json!({ "people": 2, "service": service }));
        let share = 1.0 / roles as f64;
        links.push(json!({ "route": { "from": "hub", "to": name, "share": share } }));
        if back != "0%" {
            links.push(json!({ "route": { "from": name, "to": "hub", "share": back } }));
        }
    }
    json!({
        "orgsim": 1,
        "customers": { "plain": true, "messages": format!("{}/hour", roles) },
        "designs": { "Star": { "graph": { "roles": of_roles, "links": links } } },
        "experiment": { "warm_up": "1h", "run_for": "4h", "follow": "0s", "repeat": 1, "seed": 1 },
    })
    .to_string()
}

/// In a star whose desks send half of it back, each case makes two rounds.
#[test]
fn the_load_of_five_thousand_roles_is_that_of_each() {
    let model = model(&star(5000, "50%"));
    let organization = &model.designs[0].organization;
    let load = load(&model.world, &model.practice, organization);
    let near = |found: f64, exact: f64| (found - exact).abs() < 1e-9 * exact;
    assert!(near(load.roles[0].visits_per_hour, 10_000.0), "{:?}", load.roles[0]);
    for role in &load.roles[1..] {
        assert!(near(role.visits_per_hour, 2.0), "{role:?}");
    }
    let shape = structure(&model.world, &model.practice, organization);
    let needed: Vec<RoleId> = shape.single_points.iter().map(|point| point.role).collect();
    assert_eq!(needed, [RoleId(0)], "all need the hub, and no desk is needed by all");
}

/// Whether somebody answers inquiries about a topic if this role is not there, by trying.
fn answered_without(organization: &Organization, topic: TopicId, without: Option<RoleId>) -> bool {
    let mut next = vec![From::Channel(ChannelId(0))];
    let mut seen = BTreeSet::new();
    while let Some(at) = next.pop() {
        for (to, link) in organization.links_from(at) {
            let takes = matches!(link.kind, LinkKind::Intake { .. } | LinkKind::Route(_));
            let fits = link.filter.topics.is_empty() || link.filter.topics.contains(&topic);
            if !takes || !fits || Some(to) == without || !seen.insert(to.0) {
                continue;
            }
            if matches!(&organization.role(to).work, Work::Desk(desk) if desk.answer) {
                return true;
            }
            next.push(From::Role(to));
        }
    }
    false
}

/// Who is needed is found as by taking each role away in turn.
#[test]
fn whoever_is_needed_is_missed_when_away() {
    let mut sound = 0;
    for seed in 0..40_usize {
        // desks that pass on everything, about one topic in two ways, the last of them to somebody who answers
        let n = 12;
        let mut roles = serde_json::Map::new();
        let mut links = vec![json!({ "intake": { "to": "r0" } })];
        for i in 0..n {
            let answers = i + 2 >= n;
            roles.insert(format!("r{i}"), json!({ "people": 1, "desk": { "answer": answers } }));
            let to = |by: usize| format!("r{}", (i + 1 + (seed * by + i * i) % 3).min(n - 1));
            if !answers {
                let from = format!("r{i}");
                let first = json!({ "from": from, "to": to(1), "when": "always", "topics": ["a"] });
                let second = json!({ "from": from, "to": to(5), "when": "always" });
                links.extend([first, second].map(|route| json!({ "route": route })));
            }
        }
        let text = json!({
            "orgsim": 1,
            "customers": {
                "messages": "1/hour",
                "channels": { "x": { "share": "100%" } },
                "topics": { "a": { "share": "50%", "work": "5m" }, "b": { "share": "50%", "work": "5m" } },
            },
            "designs": { "A": { "graph": { "roles": roles, "links": links } } },
            "experiment": { "run_for": "1 week", "repeat": 1, "seed": 1 },
        });
        let Some(model) = read(&text) else { continue };
        sound += 1;
        let organization = &model.designs[0].organization;
        let shape = structure(&model.world, &model.practice, organization);
        let mut told: Vec<RoleId> = shape.single_points.iter().map(|point| point.role).collect();
        told.sort();
        let missed: Vec<RoleId> = (0..n as u32)
            .map(RoleId)
            .filter(|&role| {
                (0..2).any(|of| !answered_without(organization, TopicId(of), Some(role)))
            })
            .collect();
        assert_eq!(told, missed, "{text}");
    }
    assert!(20 < sound, "only {sound} of the organizations can be read");
}

/// The model of a document, if it has no finding that stops it.
fn read(document: &Value) -> Option<orgsim::model::Model> {
    let source = orgsim::scenario::Source::new("a", document.to_string());
    let overlay = orgsim::scenario::Overlay::default();
    orgsim::scenario::load(&source, &overlay).ok().map(|scenario| scenario.model)
}

#[test]
fn a_run_of_a_thousand_roles_is_drawn_and_written() {
    let place = Place::new();
    place.write("star.json", &star(1000, "0%"));
    let ran = place.run(&["run", "star.json", "--quiet", "--no-dials", "--out", "here"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for name in ["workload.svg", "workload.png", "organization-1.svg", "organization-1.png"] {
        assert!(place.path().join("here/plots").join(name).is_file(), "{name}");
    }
    let svg = std::fs::read_to_string(place.path().join("here/plots/workload.svg")).unwrap();
    assert!(svg.contains("less busy roles, on average"));
    let table = std::fs::read_to_string(place.path().join("here/roles.csv")).unwrap();
    assert_eq!(table.lines().count(), 1 + 1001, "all roles are in the table");
}

/// A million people: from empty, those who came in six minutes and stay an hour on average are nearly all still there.
#[test]
fn row_18_a_million_people_at_one_desk() {
    let text = json!({
        "orgsim": 1,
        "customers": { "plain": true, "messages": "800000/hour" },
        "designs": { "Hall": { "graph": {
            "roles": { "desk": { "people": 1_000_000, "service": { "exponential": { "mean": "1h" } } } },
            "links": [{ "intake": { "to": "desk" } }],
        } } },
        "experiment": { "kind": "from empty", "run_for": "6m", "repeat": 1, "seed": 1 },
    });
    let model = read(&text).expect("it is sound");
    let outcome = crate::support::simulate(&model, 0);
    let desk = &outcome.roles[0];
    assert_eq!(desk.delayed, 0, "nobody waits");
    // M/M/∞ from empty: the area is λ (T − (1 − e^−T)), its variance λ ∫ E min(S, u)² du with E min(S, u)² ≈ u²
    let (rate, length) = (800_000.0, 0.1f64);
    let exact = rate * (length - (1.0 - (-length).exp()));
    let error = (rate * length.powi(3) / 3.0).sqrt();
    let hours = desk.busy.micros() as f64 / 3.6e9;
    assert!((hours - exact).abs() < 4.0 * error, "{hours} against {exact} ± {error}");
    assert_eq!(desk.people.len(), 1_000_000);
}

/// A file of a hundred thousand roles is beyond what is read without being asked; who asks for it has it read.
#[test]
fn row_18_a_file_that_is_too_large_is_refused_at_once() {
    let place = Place::new();
    place.write("star.json", &star(100_000, "0%"));
    let size = std::fs::metadata(place.path().join("star.json")).unwrap().len();
    let ran = place.run(&["check", "star.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""));
    let told =
        format!("error[too-large]: the file has {size} bytes, more than the limit of 10000000\n");
    assert!(ran.err.starts_with(&told), "{}", ran.err);
    assert!(ran.err.contains("help: raise the limit with `--max-file-bytes`"), "{}", ran.err);
}

/// The last instant of a run can be looked at.
#[test]
fn a_look_at_the_very_end_of_a_run_sees_what_is_there() {
    let text = |at: &str| {
        json!({
            "orgsim": 1,
            "customers": { "plain": true, "messages": "20/hour" },
            "designs": { "A": { "graph": {
                "roles": { "desk": { "people": 1, "service": { "exponential": { "mean": "1h" } } } },
                "links": [{ "intake": { "to": "desk" } }],
            } } },
            "experiment": {
                "kind": "from empty", "run_for": "9h", "repeat": 1, "seed": 1, "observe": { "at": ["4h", at] },
            },
        })
    };
    let model = read(&text("9h")).expect("it is sound");
    let outcome = crate::support::simulate(&model, 0);
    let seen = &outcome.observed[1][0];
    assert_eq!(seen.looks, 1);
    assert_eq!(seen.number, outcome.conservation.inside);
    assert!(read(&text("10h")).is_none(), "nobody looks after the end");
}
