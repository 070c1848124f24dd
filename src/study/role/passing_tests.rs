//! What cards say of what passes between roles, against what the engine counts by itself.

use super::tests::{card, cards_of, refused};
use super::{Decider, Deed, Exceptions, RoleCard, Tie};
use crate::experiment::has_memory;
use crate::model::{Arrivals, LinkKind, Model, RouteWhen, StudyKind};
use crate::scenario::{Overlay, Source, load, render};
use crate::sim::{Outcome, Scope, Task, Unobserved, Watch, run};
use crate::units::SimTime;

/// Weeks in which something comes in, and the week in which the last of it is settled.
const WEEKS: u64 = 5;

/// A model of one design, whose customers never give up.
fn stated(customers: &str, practice: &str, design: &str) -> Model {
    let text = format!(
        r#"{{
            "orgsim": 1,
            "customers": {{
                "plain": true, "messages": "10/hour", "behavior": {{ "patience": "unlimited" }},
                "topics": {{ "t": {{ "work": {{ "constant": "10m" }} {customers} }} }}
            }},
            "practice": {{ {practice} }},
            "designs": {{ "Only": {design} }},
            "objectives": [{{ "id": "prompt", "goal": "answered within 6h >= 60%" }}],
            "experiment": {{ "kind": "typical weeks", "warm_up": "1 week", "run_for": "4 weeks", "repeat": 2, "seed": 9 }}
        }}"#
    );
    let source = Source::new("test.json", &text);
    let scenario = load(&source, &Overlay::default());
    scenario.unwrap_or_else(|found| panic!("{}", render(&source, &found, false))).model
}

/// The same, but all that comes in is over before the run is, so that whatever is counted is counted whole.
fn model(customers: &str, practice: &str, design: &str) -> Model {
    let mut model = stated(customers, practice, design);
    let study = &mut model.study;
    (study.kind, study.warm_up) = (StudyKind::FromEmpty, SimTime::ZERO);
    study.run_for = SimTime::WEEK.times(WEEKS);
    let world = std::sync::Arc::make_mut(&mut model.world);
    for stream in &mut world.streams {
        let Arrivals::Poisson(profile) = &mut stream.arrivals else { panic!("by a rate") };
        profile.until = SimTime::WEEK.times(WEEKS - 1);
    }
    model
}

/// What a role does for the objective.
fn deeds(model: &Model, role: &str) -> Vec<Deed> {
    card(&cards_of(model, &refused), role).aims[0].deeds.clone()
}

/// A graph of these roles and links, each the inside of its object or list.
fn graph(roles: &str, links: &str) -> String {
    format!(r#"{{ "graph": {{ "roles": {{ {roles} }}, "links": [{links}] }} }}"#)
}

/// Something that the engine counts, in a week of the run, over the repetitions.
fn counted(model: &Model, of: impl Fn(&Outcome) -> u64) -> f64 {
    let watch = Watch { scopes: vec![Scope::default()], ..Watch::default() };
    let once = |replication| {
        let task = Task {
            memory: Some(has_memory),
            ..Task::of(model, &model.designs[0], &watch, replication)
        };
        of(&run(&task, &mut Unobserved)) as f64
    };
    let all: f64 = (0..model.study.replications).map(once).sum();
    all / f64::from(model.study.replications) / WEEKS as f64
}

/// What a card says passes in a week to the role, or from it.
fn weekly(card: &RoleCard, inward: bool, of: impl Fn(Tie) -> bool) -> f64 {
    let lines = card.contacts.iter().filter(|line| line.inward == inward && of(line.kind));
    lines.map(|line| line.per_week.unwrap().mean).sum()
}

fn visits(card: &RoleCard) -> f64 {
    card.waiting.visits.unwrap().mean
}

fn approvals(tie: Tie) -> bool {
    tie == Tie::Link(LinkKind::Approve)
}

fn intake(tie: Tie) -> bool {
    matches!(tie, Tie::Link(LinkKind::Intake { .. }))
}

fn handed(tie: Tie) -> bool {
    matches!(tie, Tie::Link(LinkKind::Escalate | LinkKind::Route(RouteWhen::Unknown)))
}

#[track_caller]
fn same(told: f64, counted: f64) {
    assert!(0.0 < counted && (told - counted).abs() < 1e-6 * counted, "{told} is not {counted}");
}

#[test]
fn exceptions_go_to_whoever_decides_and_are_no_approvals() {
    let roles = r#"
        "desk": { "people": 9, "desk": { "approval": 0, "centralization": "50%" } },
        "lead": { "people": 3, "desk": { "answer": false } },
        "head": { "people": 3, "desk": { "answer": false } }"#;
    let links = r#"
        { "intake": { "to": "desk" } },
        { "approve": { "from": "desk", "to": "lead" } },
        { "report": { "from": "desk", "to": "lead" } },
        { "report": { "from": "lead", "to": "head", "timeout": "20h" } }"#;
    let design = graph(roles, links);
    let excepted = r#", "exceptions": "30%""#;
    let model = model(excepted, "", &design);
    let cards = cards_of(&model, &refused);
    let [desk, lead, head] = ["desk", "lead", "head"].map(|name| card(&cards, name));
    let exceptions = |tie| tie == Tie::Exceptions;
    let above = counted(&model, |outcome| outcome.scopes[0].decided_above);
    same(weekly(desk, false, exceptions), above);
    same(weekly(lead, true, exceptions), visits(lead));
    same(weekly(head, true, exceptions), visits(head));
    same(visits(lead) + visits(head), above);
    let lines = cards.iter().flat_map(|card| &card.contacts);
    assert!(!lines.map(|line| line.kind).any(approvals), "no reply needs any approval");
    // at least one level up with probability 1/2, at least two with 1/4
    let decider = |role: &str, share, longest| Decider { role: role.into(), share, longest };
    let late = Some(SimTime::HOUR.times(20));
    let above = vec![decider("lead", 0.25, None), decider("head", 0.25, late)];
    assert_eq!(desk.rights.exceptions, Some(Exceptions { own: 0.5, above }));
    for boss in [lead, head] {
        assert_eq!(boss.rights.decides_for, ["desk"], "{}", boss.role);
        assert!(!boss.rights.approves(), "{}", boss.role);
        assert_eq!(deeds(&stated(excepted, "", &design), &boss.role), [Deed::Decides]);
    }
}

#[test]
fn who_approves_and_decides_is_said_to_do_both() {
    let roles = r#"
        "desk": { "people": 9, "desk": { "approval": "10% of replies", "centralization": 1 } },
        "lead": { "people": 3, "desk": { "answer": false } }"#;
    let links = r#"
        { "intake": { "to": "desk" } },
        { "approve": { "from": "desk", "to": "lead" } },
        { "report": { "from": "desk", "to": "lead" } }"#;
    let design = graph(roles, links);
    let excepted = r#", "exceptions": "30%""#;
    let model = model(excepted, "", &design);
    let cards = cards_of(&model, &refused);
    let lead = card(&cards, "lead");
    let both = [Deed::Approves, Deed::Decides];
    assert_eq!(deeds(&stated(excepted, "", &design), "lead"), both);
    let (drafts, decisions) =
        (weekly(lead, true, approvals), weekly(lead, true, |tie| tie == Tie::Exceptions));
    same(drafts + decisions, visits(lead));
    same(decisions, counted(&model, |outcome| outcome.scopes[0].exceptions));
    assert!(drafts < 0.5 * decisions, "{drafts} and {decisions}");
}

#[test]
fn a_desk_alone_decides_its_exceptions_itself() {
    let roles = r#""desk": { "people": 9, "desk": {} }"#;
    let links = r#"{ "intake": { "to": "desk" } }"#;
    let with = model(r#", "exceptions": "30%""#, "", &graph(roles, links));
    let own = Some(Exceptions { own: 1.0, above: Vec::new() });
    assert_eq!(card(&cards_of(&with, &refused), "desk").rights.exceptions, own);
    let without = model("", "", &graph(roles, links));
    assert_eq!(card(&cards_of(&without, &refused), "desk").rights.exceptions, None);
}

#[test]
fn two_desks_at_one_post_collide_and_hand_nothing_over() {
    let roles = r#"
        "a": { "people": 20, "desk": { "ladder": ["escalate"], "approval": "50% of replies" }, "knows": { "generic": 0.9 } },
        "b": { "people": 20, "desk": {} },
        "boss": { "people": 20, "desk": { "answer": false } }"#;
    let links = r#"
        { "intake": { "to": "a", "ownership": "first to claim" } },
        { "intake": { "to": "b", "ownership": "first to claim" } },
        { "approve": { "from": "a", "to": "boss" } },
        { "escalate": { "from": "a", "to": "b" } }"#;
    let model = model(
        "",
        r#""claim_shows": "5m", "notice": { "exponential": { "mean": "10m" } }"#,
        &graph(roles, links),
    );
    let cards = cards_of(&model, &refused);
    let [a, b, boss] = ["a", "b", "boss"].map(|name| card(&cards, name));
    same(weekly(a, false, handed), counted(&model, |outcome| outcome.scopes[0].hand_offs));
    let both = |inward, of: fn(Tie) -> bool| weekly(a, inward, of) + weekly(b, inward, of);
    let collisions = both(false, |tie| tie == Tie::SamePosts);
    same(collisions, counted(&model, |outcome| outcome.scopes[0].collisions));
    same(both(true, intake), counted(&model, |outcome| outcome.conservation.arrived));
    same(weekly(a, false, approvals), visits(boss));
    let lines = a.contacts.iter().filter(|line| line.kind == Tie::SamePosts);
    assert_eq!(lines.map(|line| line.others.as_slice()).collect::<Vec<_>>(), [["b".to_owned()]]);
}

#[test]
fn several_reviewers_side_by_side_take_no_case_over() {
    let roles = r#"
        "desk": { "people": 20, "desk": { "approval": "100% of replies", "ladder": ["escalate"] }, "knows": { "generic": 0.9 } },
        "senior": { "people": 1, "desk": {} },
        "legal": { "people": 1, "desk": { "answer": false } }"#;
    let links = r#"
        { "intake": { "to": "desk" } },
        { "approve": { "from": "desk", "to": "senior", "step": 1 } },
        { "approve": { "from": "desk", "to": "legal", "step": 1 } },
        { "escalate": { "from": "desk", "to": "senior" } }"#;
    let practice = r#""review": { "constant": "4m" }"#;
    let model = model("", practice, &graph(roles, links));
    let cards = cards_of(&model, &refused);
    let [desk, senior, legal] = ["desk", "senior", "legal"].map(|name| card(&cards, name));
    same(weekly(desk, false, handed), counted(&model, |outcome| outcome.scopes[0].hand_offs));
    same(weekly(legal, true, approvals), visits(legal));
    same(weekly(senior, true, approvals), visits(legal));
    same(weekly(desk, false, approvals), 2.0 * visits(legal));
}

#[test]
fn what_a_reviewer_finds_no_time_for_goes_up_to_the_next_level() {
    let roles = r#"
        "desk": { "people": 20, "desk": { "approval": "100% of replies" } },
        "lead": { "people": 1, "desk": { "answer": false } },
        "head": { "people": 20, "desk": { "answer": false } }"#;
    let links = r#"
        { "intake": { "to": "desk" } },
        { "approve": { "from": "desk", "to": "lead", "timeout": "1m", "overdue": "next level" } },
        { "report": { "from": "lead", "to": "head" } }"#;
    let practice = r#""review": { "constant": "5m" }"#;
    let design = graph(roles, links);
    let model = model("", practice, &design);
    let cards = cards_of(&model, &refused);
    let [desk, lead, head] = ["desk", "lead", "head"].map(|name| card(&cards, name));
    let late = |tie| tie == Tie::LateReviews;
    same(weekly(head, true, late), visits(head));
    same(weekly(lead, false, late), visits(head));
    same(weekly(desk, false, approvals), visits(lead));
    assert_eq!(head.rights.approves_late_for, ["lead"]);
    assert_eq!(lead.rights.approves_late_for, [""; 0]);
    assert!(head.rights.approves_for.is_empty() && lead.rights.approves_for == ["desk"]);
    assert_eq!(deeds(&stated("", practice, &design), "head"), [Deed::Approves]);
}

#[test]
fn help_with_posts_that_several_see_is_told_of_the_desk_that_was_helped() {
    let roles = r#"
        "a": { "people": 1, "desk": {} },
        "b": { "people": 1, "desk": {} },
        "pool": { "people": 20, "desk": {} }"#;
    let links = r#"
        { "intake": { "to": "a", "ownership": "first to claim" } },
        { "intake": { "to": "b", "ownership": "first to claim" } },
        { "overflow": { "from": "b", "to": "pool", "after": "2m" } }"#;
    let model = model("", r#""claim_shows": "5m""#, &graph(roles, links));
    let cards = cards_of(&model, &refused);
    let helped = |tie| matches!(tie, Tie::Link(LinkKind::Overflow(_)));
    let pool = card(&cards, "pool");
    let hand_offs = counted(&model, |outcome| outcome.scopes[0].hand_offs);
    same(weekly(pool, true, helped), hand_offs);
    same(weekly(card(&cards, "b"), false, helped), hand_offs);
}

#[test]
fn what_a_desk_says_instead_of_answering_is_on_its_card() {
    let roles = r#""desk": { "people": 9, "desk": { "deflects": "10% of replies", "to_private": "20% of replies" } }"#;
    let model = model("", "", &graph(roles, r#"{ "intake": { "to": "desk" } }"#));
    let cards = cards_of(&model, &refused);
    let rights = &card(&cards, "desk").rights;
    assert_eq!((rights.deflects, rights.to_private), (0.1, 0.2));
    let mut private = model;
    let world = std::sync::Arc::make_mut(&mut private.world);
    world.channels.iter_mut().for_each(|channel| channel.private = true);
    let cards = cards_of(&private, &refused);
    assert!(card(&cards, "desk").rights.to_private <= 0.0, "nothing is public");
}
