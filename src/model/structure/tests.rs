//! Shapes of small organizations, counted by hand.

use super::*;
use crate::model::load::example;
use crate::model::{People, Person};

fn of(organization: &Organization) -> Structure {
    structure(&example::world(), &example::practice(), organization)
}

fn built(archetype: &crate::model::archetype::Archetype) -> (Organization, Structure) {
    let organization = archetype.build(&example::world(), &example::practice());
    let structure = of(&organization);
    (organization, structure)
}

#[test]
fn all_of_a_central_desk_hangs_on_it_and_on_the_experts() {
    let (organization, structure) = built(&example::centralized());
    let desk = organization.find("desk").unwrap();
    assert_eq!(structure.single_points.len(), 1);
    assert_eq!(structure.single_points[0].role, desk);
    assert!((structure.single_points[0].share - 1.0).abs() < 1e-9);
    let holders: Vec<&str> = structure
        .sole_holders
        .iter()
        .map(|holder| organization.role(holder.role).name.as_str())
        .collect();
    assert_eq!(holders, ["cars expert", "vans expert", "bikes expert", "parts expert"]);
    assert_eq!(structure.layers, 2);
    assert_eq!(structure.unreachable, []);
    // The desk knows 75%, somebody it asks all but the 2.4% of hard generic matters.
    let (knows, told) = (0.8 * 0.9 + 0.2 * 0.15, 0.8 * 0.07 + 0.2 * 0.85);
    let length = (knows + 2.0 * told) / (knows + told);
    assert!((structure.path_length.unwrap() - length).abs() < 1e-9);
    assert!((structure.answered_knowingly.unwrap() - 0.976).abs() < 1e-9);
    assert!((structure.uncovered_hours - 84.0).abs() < 1e-9);
}

#[test]
fn each_unit_of_its_own_is_needed_for_its_own() {
    let (organization, structure) = built(&example::decentralized());
    let shares: Vec<(&str, f64)> = structure
        .single_points
        .iter()
        .map(|point| {
            (organization.role(point.role).name.as_str(), (point.share * 1e6).round() / 1e6)
        })
        .collect();
    assert_eq!(
        shares,
        [("cars desk", 0.4), ("vans desk", 0.3), ("bikes desk", 0.2), ("parts desk", 0.1)]
    );
    assert_eq!(structure.sole_holders, []);
}

#[test]
fn a_hub_is_needed_and_its_spokes_are_not() {
    let (organization, structure) = built(&example::hub_and_spoke());
    assert_eq!(
        structure.single_points.iter().map(|point| point.role).collect::<Vec<_>>(),
        [organization.find("hub").unwrap()]
    );
}

#[test]
fn span_and_layers_follow_the_reporting_lines() {
    let (mut organization, _) = built(&example::outsourced());
    let (strategist, desk) =
        (organization.find("strategist").unwrap(), organization.find("client desk").unwrap());
    organization.role_mut(desk).people = People::Some(vec![Person::full(); 3]);
    let structure = of(&organization);
    assert_eq!(structure.layers, 3);
    assert!(structure.spans.contains(&Span { role: strategist, heads: 1, roles: 1, people: 3 }));
    let before = structure.mean_span().unwrap();
    organization.role_mut(strategist).people = People::Some(vec![Person::full(); 5]);
    // of five strategists each has a fifth of them
    let shared = of(&organization).mean_span().unwrap();
    let heads: usize = structure.spans.iter().map(|span| span.heads).sum();
    assert!((shared * (heads + 4) as f64 - before * heads as f64).abs() < 1e-9);
    // three who report to five have no superior of their own
    let span = |role, heads, people| Span { role, heads, roles: 1, people };
    let mut structure = structure;
    structure.spans = vec![span(strategist, 5, 3), span(desk, 2, 9)];
    assert_eq!(structure.mean_span_of_superiors(), Some(4.5));
    structure.spans.truncate(1);
    assert_eq!(structure.mean_span_of_superiors(), None);
}

#[test]
fn a_role_behind_no_link_is_unreachable() {
    let (mut organization, _) = built(&example::centralized());
    let mut lonely = organization.role(RoleId(0)).clone();
    lonely.name = "lonely".into();
    let lonely = organization.add_role(lonely);
    assert_eq!(of(&organization).unreachable, [lonely]);
}

#[test]
fn links_that_leave_a_unit_are_counted() {
    let (_, central) = built(&example::centralized());
    // The desk asks four experts and the strategist, who also approves: only the experts are in units.
    assert!((central.crossing_units.unwrap() - 4.0 / 6.0).abs() < 1e-9);
    let (_, local) = built(&example::decentralized());
    // Each of four desks has three ways to wrong desks; expert and lead, asked and approving, are at home.
    assert!((local.crossing_units.unwrap() - 12.0 / 24.0).abs() < 1e-9);
}

#[test]
fn a_channel_is_covered_by_those_who_help_its_desk() {
    let (mut organization, alone) = built(&example::centralized());
    assert_eq!(alone.uncovered_channel_hours, [84.0]);
    let mut night = organization.role(RoleId(0)).clone();
    night.name = "night desk".into();
    night.calendar = std::sync::Arc::new(night.calendar.complement(SimTime::NEVER));
    let night = organization.add_role(night);
    let (_, _, link) = organization.links().next().unwrap();
    let over = Link { kind: LinkKind::Overflow(SimTime::ZERO), ..link.clone() };
    organization.add_link(From::Role(organization.find("desk").unwrap()), night, over);
    assert_eq!(of(&organization).uncovered_channel_hours, [0.0]);
}

fn teach(organization: &mut Organization, from: RoleId, to: RoleId, days: u64) {
    let like = organization.links().next().expect("there are links").2.clone();
    let link = Link { kind: LinkKind::Policy(SimTime::DAY.times(days)), ..like };
    organization.add_link(From::Role(from), to, link);
}

#[test]
fn a_change_of_policy_flows_down_a_chain() {
    let (mut organization, _) = built(&example::centralized());
    let mut circle = organization.clone();
    let role = |name: &str| organization.find(name).expect("it is there");
    let (desk, strategist) = (role("desk"), role("strategist"));
    let mut others =
        organization.roles().map(|(id, _)| id).filter(|id| ![desk, strategist].contains(id));
    let (middle, other) = (others.next().expect("an expert"), others.next().expect("another"));
    drop(others);
    let lags = |organization: &Organization| {
        [strategist, middle, desk].map(|role| organization.learns_after(role))
    };
    let days = |n| Some(SimTime::DAY.times(n));
    teach(&mut organization, strategist, middle, 100);
    teach(&mut organization, middle, desk, 1);
    assert_eq!(lags(&organization), [None, days(100), days(101)]);
    // another way that is faster counts
    teach(&mut organization, other, desk, 30);
    assert_eq!(lags(&organization), [None, days(100), days(30)]);
    // roles that learn from each other alone have their own
    teach(&mut circle, desk, middle, 7);
    teach(&mut circle, middle, desk, 9);
    assert_eq!(lags(&circle), [None, days(7), days(9)]);
}
