//! Desks of several units as one.

use crate::model::{
    From, Knowledge, Link, LinkKind, Matter, Organization, People, Role, RoleId, UnitId, Work,
    take_turns,
};

/// Units' desks that do the same work become one desk with one queue and all their people.
///
/// Two desks do the same work if they have the same duties, hours, discipline and employer, differ
/// in their unit, and answer customers. Their people take turns by number, as in any role. Links
/// among them go; links to people of one unit (its expert, its lead) stay for that unit's matters.
/// `None` if no two desks can be put together.
pub(super) fn pooled(old: &Organization) -> Option<Organization> {
    let groups = groups(old);
    if groups.is_empty() {
        return None;
    }
    let mut new = Organization::new(old.channel_count());
    let mut moved: Vec<RoleId> = Vec::new();
    for (id, role) in old.roles() {
        let at = groups.iter().position(|group| group.contains(&id));
        moved.push(match at {
            None => new.add_role(role.clone()),
            Some(group) if groups[group][0] == id => {
                let roles: Vec<&Role> = groups[group].iter().map(|&id| old.role(id)).collect();
                new.add_role(one_of(&roles, group))
            }
            Some(group) => moved[groups[group][0].index()],
        });
    }
    for (from, to, link) in old.links() {
        let (start, end) = match from {
            From::Role(id) => (From::Role(moved[id.index()]), moved[to.index()]),
            From::Channel(_) => (from, moved[to.index()]),
        };
        let inside = from != From::Role(to) && start == From::Role(end);
        let link = own_unit(old, &groups, from, to, link);
        let same = |(to, known): (RoleId, &Link)| {
            to == end && known.kind == link.kind && known.filter == link.filter
        };
        if !inside && !new.links_from(start).any(same) {
            new.add_link(start, end, link);
        }
    }
    Some(new)
}

/// Desks that can be put together, at least two in each group.
fn groups(organization: &Organization) -> Vec<Vec<RoleId>> {
    let mut groups: Vec<Vec<RoleId>> = Vec::new();
    for (id, role) in organization.roles().filter(|(_, role)| role.unit.is_some()) {
        let fits = |group: &&mut Vec<RoleId>| same_work(organization.role(group[0]), role);
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(id),
            None => groups.push(vec![id]),
        }
    }
    groups.retain(|group| 1 < group.len());
    groups
}

fn same_work(a: &Role, b: &Role) -> bool {
    let (Work::Desk(one), Work::Desk(other)) = (&a.work, &b.work) else { return false };
    let counted = |role: &Role| matches!(role.people, People::Some(_));
    one.answer
        && one == other
        && a.unit != b.unit
        && a.employer == b.employer
        && a.calendar == b.calendar
        && (a.block, a.shift_end, a.discipline) == (b.block, b.shift_end, b.discipline)
        && a.proactive == b.proactive
        && counted(a)
        && counted(b)
}

/// The desk that several become.
fn one_of(roles: &[&Role], number: usize) -> Role {
    let mut people = Vec::new();
    for role in roles {
        if let People::Some(some) = &role.people {
            people.extend(some.iter().cloned());
        }
    }
    take_turns(&mut people);
    let rooms: Option<Vec<u32>> = roles.iter().map(|role| role.waiting_room).collect();
    Role {
        name: if number == 0 {
            "shared desk".into()
        } else {
            format!("shared desk {}", number + 1)
        },
        unit: None,
        people: People::Some(people),
        heads: roles.iter().map(|role| role.heads).sum(),
        waiting_room: rooms.map(|rooms| rooms.iter().sum()),
        knowledge: mean_knowledge(roles),
        cost_per_year: roles.iter().map(|role| role.cost_per_year).sum(),
        ..roles[0].clone()
    }
}

/// What somebody picked at random knows.
fn mean_knowledge(roles: &[&Role]) -> Knowledge {
    let presence = |role: &Role| match &role.people {
        People::Some(people) => people.iter().map(|person| person.present).sum::<f64>(),
        People::Infinite => 0.0,
    };
    let all: f64 = roles.iter().map(|role| presence(role)).sum();
    let mut mean = roles[0].knowledge.clone();
    for (topic, domain) in mean.domains() {
        let known = roles.iter().map(|role| presence(role) * role.knowledge.kappa(topic, domain));
        let known: f64 = known.sum();
        // Nobody there: nobody knows, and nobody is asked.
        mean.set(topic, domain, if 0.0 < all { known / all } else { 0.0 });
    }
    mean
}

/// A link of a desk that is put together with others: where it leads to people of the desk's own
/// unit, it stays for that unit's matters only. Nothing passes over a reporting line or a playbook's: they
/// are for everything.
fn own_unit(
    old: &Organization,
    groups: &[Vec<RoleId>],
    from: From,
    to: RoleId,
    link: &Link,
) -> Link {
    let mut link = link.clone();
    let From::Role(desk) = from else { return link };
    let unit = old.role(desk).unit.filter(|_| groups.iter().any(|group| group.contains(&desk)));
    if unit.is_none() || old.role(to).unit != unit || !link.kind.carries_cases() {
        return link;
    }
    let unit = unit.expect("checked above");
    let fits = match link.filter.matter {
        None => true,
        // What only the unit can know goes to its expert before; the rest is generic.
        Some(Matter::Generic) => has_expert(old, desk, unit),
        Some(_) => false,
    };
    if fits {
        link.filter.matter = Some(Matter::About(unit));
    }
    link
}

fn has_expert(organization: &Organization, desk: RoleId, unit: UnitId) -> bool {
    let asks = |(_, link): (RoleId, &Link)| {
        link.kind == LinkKind::Consult && link.filter.matter == Some(Matter::Of(unit))
    };
    organization.links_from(From::Role(desk)).any(asks)
}
