//! Walls taken down, on archetypes of a small world.

use super::*;
use crate::model::load::example::{centralized, decentralized, hub_and_spoke, practice, world};
use crate::model::{From, LinkKind, Matter, People, TopicId, UnitId};

fn organization(of: crate::model::archetype::Archetype) -> Organization {
    of.build(&world(), &practice())
}

fn kappa(organization: &Organization, role: &str, domain: usize) -> f64 {
    let role = organization.role(organization.find(role).unwrap());
    role.knowledge.kappa(TopicId(0), domain)
}

#[test]
fn one_desk_for_all_has_no_walls() {
    let one = organization(centralized());
    assert!(SHARED.iter().all(|shared| shared.with(&one).is_none()));
}

#[test]
fn a_wall_is_taken_down_once() {
    for of in [decentralized(), hub_and_spoke()] {
        for shared in SHARED {
            let once = shared.with(&organization(of.clone())).unwrap();
            assert!(shared.with(&once).is_none(), "{shared:?}");
        }
    }
}

#[test]
fn a_playbook_raises_every_desk_to_the_best_and_nobody_behind_them() {
    let before = organization(decentralized());
    let after = Shared::Playbook.with(&before).unwrap();
    let own = kappa(&before, "cars desk", 1);
    assert!(kappa(&before, "vans desk", 1) < own);
    for desk in ["cars desk", "vans desk", "bikes desk", "parts desk"] {
        assert!((kappa(&after, desk, 1) - own).abs() < 1e-12, "{desk}");
    }
    let lead = |organization| kappa(organization, "vans lead", 1);
    assert!((lead(&after) - lead(&before)).abs() < 1e-12);
}

#[test]
fn a_shared_queue_has_all_the_people_and_what_they_know_on_average() {
    let before = organization(decentralized());
    let after = Shared::Queue.with(&before).unwrap();
    let people = |organization: &Organization| -> f64 {
        let of = |(_, role): (RoleId, &crate::model::Role)| match &role.people {
            People::Some(people) => people.iter().map(|person| person.present).sum::<f64>(),
            People::Infinite => 0.0,
        };
        organization.roles().map(of).sum()
    };
    assert!((people(&after) - people(&before)).abs() < 1e-9);
    assert_eq!(after.role_count(), before.role_count() - 3);
    let (own, other) = (kappa(&before, "cars desk", 1), kappa(&before, "vans desk", 1));
    let shared = kappa(&after, "shared desk", 1);
    assert!((shared - (own + 3.0 * other) / 4.0).abs() < 1e-9, "{shared}");
}

#[test]
fn a_shared_queue_still_asks_each_unit_about_its_own() {
    let after = Shared::Queue.with(&organization(decentralized())).unwrap();
    let desk = after.find("shared desk").unwrap();
    for (k, name) in ["cars", "vans", "bikes", "parts"].into_iter().enumerate() {
        let lead = after.find(&format!("{name} lead")).unwrap();
        let links = after.links_from(From::Role(desk));
        let approves: Vec<Option<Matter>> = links
            .filter(|(to, link)| *to == lead && link.kind == LinkKind::Approve)
            .map(|(_, link)| link.filter.matter)
            .collect();
        assert_eq!(approves, [Some(Matter::About(UnitId(k as u32)))], "{name}");
    }
    assert!(after.links_from(From::Role(desk)).all(|(to, _)| to != desk));
}
