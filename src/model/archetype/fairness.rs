//! That no archetype carries a verdict: builders take what a manager decides and nothing else.

use std::collections::BTreeSet;

use crate::draws::Law;
use crate::model::archetype::{Archetype, Kappas};
use crate::model::load::example;
use crate::model::{Help, Link, LinkKind, People, TopicId, Work};

/// Everything a builder may be told, with the kind of decision it is. A parameter that is not here makes
/// the test below fail: before it is added, say which decision of a manager it stands for. Handling times,
/// errors, duplicates, misroutes, the need for experts and delays in a crisis come out of a run.
const DECISIONS: &[(&str, &[&str])] = &[
    ("people and money", &["front", "strategist", "analyst", "vendor", "spoke", "lead"]),
    ("people and money", &["brand_analyst", "employees", "expert", "kind", "heads", "desks"]),
    ("people and money", &["name", "cost_per_year", "hours_per_week", "with_people"]),
    ("hours", &["open", "open_hours_per_week", "vendor_open", "vendor_open_hours_per_week"]),
    ("hours", &["block", "employees_round", "shift_end", "Periodic", "period", "intervals"]),
    ("who owns which account", &["own_accounts", "brands", "unit", "units", "ownership"]),
    ("who may answer, who must ask", &["approval", "authority", "playbook_only", "centralization"]),
    (
        "who triages, and what moves on when",
        &["route_all_unit_matters", "hub_helps_after", "spokes_help_after"],
    ),
    ("whether people wait for each other", &["warm", "give_up", "hold"]),
    ("hours", &["sites", "any_open", "each", "share", "site_open", "site_open_hours_per_week"]),
    ("who owns which account", &["direct_intake"]),
    ("which case next", &["discipline", "preemptive"]),
    ("who listens", &["front_listens", "keep_free"]),
    ("who knows what", &["kappas", "generic_own", "generic_vendor", "unit_own", "unit_other"]),
    ("who knows what", &["strategist", "employee", "speaks"]),
    ("duties, and how people come and go", &["life", "standing", "absence", "turnover"]),
    ("what is agreed with a vendor", &["deal", "terms", "playbook_refresh", "ramp"]),
    ("what every plan states", &["common"]),
];

/// Names of all fields of a plan, down to its numbers.
fn parameters(plan: &Archetype) -> BTreeSet<String> {
    let field = |line: &str| {
        let (name, _) = line.trim().split_once(": ")?;
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
        (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
    };
    format!("{plan:#?}").lines().filter_map(field).collect()
}

#[test]
fn builders_are_told_only_what_a_manager_decides() {
    let known: BTreeSet<&str> = DECISIONS.iter().flat_map(|(_, names)| *names).copied().collect();
    let mut seen = BTreeSet::new();
    for plan in example::all() {
        for name in parameters(&plan) {
            assert!(
                known.contains(name.as_str()),
                "`{name}` is no decision of a manager: {plan:?}"
            );
            seen.insert(name);
        }
    }
    assert!(seen.contains("hub_helps_after") && seen.contains("heads"), "{seen:?}");
}

/// κ of all kinds of people.
fn kappas(of: &Kappas) -> Vec<f64> {
    let Kappas { generic_own, generic_vendor, unit_own, unit_other, expert, strategist, employee } =
        *of;
    vec![generic_own, generic_vendor, unit_own, unit_other, expert, strategist, employee, 0.0]
}

#[test]
#[expect(clippy::float_cmp, reason = "the very numbers of the practice, not some that are close")]
fn all_designs_work_by_the_same_laws() {
    let (world, practice) = (example::world(), example::practice());
    let passages = [&practice.shared_tool, &practice.other_team, &practice.other_company];
    let costs_the_same = |link: &Link| {
        let at_once = link.delay.is_zero() && link.keeps == 1.0;
        let as_everywhere = |law: &Law, keeps: f64| link.delay == *law && link.keeps == keeps;
        link.loses == 0.0
            && (at_once
                || passages.iter().any(|passage| as_everywhere(&passage.delay, passage.keeps)))
    };
    for plan in example::all() {
        let organization = plan.build(&world, &practice);
        let known = kappas(&plan.common().kappas);
        for (_, role) in organization.roles() {
            assert!(matches!(role.work, Work::Desk(_)), "{} has a law of its own", role.name);
            let People::Some(people) = &role.people else { panic!("{} is endless", role.name) };
            assert!(people.iter().all(|person| person.times == 1.0), "{}", role.name);
            for domain in 0..=world.units.len() {
                let kappa = role.knowledge.kappa(TopicId(0), domain);
                assert!(known.contains(&kappa), "{} knows {kappa}", role.name);
            }
        }
        for (_, to, link) in organization.links() {
            assert!(costs_the_same(link), "a link to {}", organization.role(to).name);
        }
    }
}

#[test]
fn whoever_does_not_know_can_ask_or_guesses() {
    let (world, practice) = (example::world(), example::practice());
    for plan in example::all() {
        let organization = plan.build(&world, &practice);
        assert_eq!(organization.unreachable_roles(), [], "{plan:?}");
        for (id, role) in organization.roles() {
            let Work::Desk(desk) = &role.work else { continue };
            let links = || organization.links_from(crate::model::From::Role(id));
            let asks = links().any(|(_, link)| link.kind == LinkKind::Consult);
            assert_eq!(desk.ladder.contains(&Help::Consult), asks, "{}", role.name);
        }
    }
}
