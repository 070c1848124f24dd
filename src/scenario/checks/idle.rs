//! What is written at roles and links, can be done, and never happens.

use crate::model::{
    Discipline, Filter, From, Link, LinkKind, Organization, Ownership, PatienceScope, People,
    Person, Proactive, Role, RoleId, TopicId, World,
};
use crate::scenario::cursor::{Cursor, Object};
use crate::scenario::designs::Designed;
use crate::scenario::names::quote;

/// Warn of what has no effect in a design that the file states role by role.
pub(super) fn check(at: &Cursor<'_>, designed: &Designed, world: &World) {
    let Some(graph) = at.child("graph") else { return };
    let organization = &designed.design.organization;
    for (id, role) in organization.roles() {
        let Some(at) = graph.child("roles").and_then(|roles| roles.child(&role.name)) else {
            continue;
        };
        match &role.people {
            People::Infinite => nobody_waits(&at, role),
            People::Some(people) => {
                nobody_begins(&at, &role.proactive, people.len());
                kept_free(&at, role, people, world);
            }
        }
        overshadowed(&graph, organization, id);
    }
}

/// Patience in queues, where there is none.
pub(super) fn patience(of: &Object<'_>, world: &World, designs: &[Designed]) {
    let in_queues =
        world.behavior.patience.as_ref().is_some_and(|of| of.scope == PatienceScope::Queue);
    let mut roles = designs.iter().flat_map(|designed| designed.design.organization.roles());
    if !in_queues || designs.is_empty() || !roles.all(|(_, role)| role.people == People::Infinite) {
        return;
    }
    let at = of.get("customers").and_then(|at| at.child("behavior")?.child("patience"));
    if let Some(at) = at {
        at.warn(
            "no-effect",
            "`patience` has no effect: people are infinitely many everywhere, so that nobody waits in a queue",
            "state a number of people, or leave it out",
        );
    }
}

/// Where people are infinitely many nobody waits.
fn nobody_waits(at: &Cursor<'_>, role: &Role) {
    let has_rules = role.discipline != Discipline::Fifo;
    for (key, stated) in [("waiting_room", true), ("discipline", has_rules)] {
        if let Some(of) = at.child(key).filter(|_| stated) {
            of.warn(
                "no-effect",
                format!(
                    "{} has no effect: where people are infinitely many nobody waits",
                    quote(key)
                ),
                "state a number of people, or leave it out",
            );
        }
    }
}

/// Where as many must stay free as there are, nobody begins what nobody waits for.
fn nobody_begins(at: &Cursor<'_>, proactive: &Proactive, people: usize) {
    let (tag, when) = match proactive {
        Proactive::Never => return,
        Proactive::WhenIdle(when) => ("when_idle", when),
        Proactive::Endless { when, .. } => ("endless", when),
    };
    let stated = at.child("proactive").and_then(|at| at.child(tag)?.child("keep_free"));
    if let Some(of) = stated.filter(|_| people <= when.keep_free as usize) {
        of.warn(
            "no-effect",
            format!("nobody ever begins this work: {} must stay free, of {people}", when.keep_free),
            "keep fewer free than there are people, or leave the work out",
        );
    }
}

/// People kept free of what is as urgent as anything, or of the least urgent as many as there are.
fn kept_free(at: &Cursor<'_>, role: &Role, people: &[Person], world: &World) {
    let stated = at.child("discipline").and_then(|at| at.child("priority")?.child("kept_free"));
    let Some(of) = stated else { return };
    let most_urgent = world.topics.iter().map(|topic| usize::from(topic.priority)).min();
    let kept_of_it = most_urgent.and_then(|class| role.line.keep_free.get(class));
    if kept_of_it.is_some_and(|&kept| 0 < kept) {
        of.warn(
            "no-effect",
            "keeping people free of the most urgent topics has no effect: they would be kept for nothing",
            "name less urgent topics only",
        );
    }
    if let Some(Never { topic, kept, people }) = never_begun(role, people, world) {
        of.warn(
            "never-begun",
            format!(
                "nobody ever begins {} here: {kept} are kept free of it, of {people}",
                quote(&topic)
            ),
            "keep fewer free than there are people, or let somebody take nothing more urgent",
        );
    }
}

/// A topic that nobody ever begins: how many must stay free of it, and how many there are who could.
struct Never {
    topic: String,
    kept: u32,
    people: usize,
}

/// The most urgent topic that nobody ever begins, even with everybody free: whoever takes it is kept for something more
/// urgent, of it or of what is less urgent than that.
fn never_begun(role: &Role, people: &[Person], world: &World) -> Option<Never> {
    let takes = |person: &Person, topic: u32| {
        person.skills.as_ref().is_none_or(|skills| skills.contains(&TopicId(topic)))
    };
    let topics = || (0..).zip(world.topics.iter().map(|topic| usize::from(topic.priority)));
    let takes_above = |person: &Person, class: usize| {
        topics().any(|(topic, other)| other < class && takes(person, topic))
    };
    let mut may_begin: Vec<&Person> = people.iter().collect();
    let mut short = None;
    for (class, &kept) in (0..).zip(&role.line.keep_free) {
        let urgent = people.iter().filter(|person| takes_above(person, class)).count();
        if urgent <= kept as usize && 0 < urgent {
            may_begin.retain(|person| !takes_above(person, class));
            short = short.or(Some((kept, urgent)));
        }
        let of_class = topics().filter(|&(_, other)| other == class).map(|(topic, _)| topic);
        for topic in of_class {
            let can = |person: &&Person| takes(person, topic);
            let stuck = people.iter().any(|person| can(&person)) && !may_begin.iter().any(can);
            if let Some((kept, people)) = short.filter(|_| stuck) {
                return Some(Never {
                    topic: world.topics[topic as usize].name.clone(),
                    kept,
                    people,
                });
            }
        }
    }
    None
}

/// Intakes to a role that come after one that takes everything on the same channel.
fn overshadowed(graph: &Cursor<'_>, organization: &Organization, role: RoleId) {
    let intake = |link: &Link| matches!(link.kind, LinkKind::Intake { .. });
    let takes_all = |link: &Link| {
        link.kind == LinkKind::Intake { own_account: false }
            && link.filter == Filter::default()
            && link.ownership == Ownership::OwnerOnly
    };
    let mut channels = organization.links().filter_map(|(from, to, link)| match from {
        From::Channel(channel) if to == role && intake(link) => Some(channel),
        _ => None,
    });
    let own_last = |channel| {
        let mut links = organization.links_from(From::Channel(channel)).filter(|of| intake(of.1));
        let before = links.find(|&(to, link)| to == role || takes_all(link));
        before.filter(|&(to, _)| to != role).map(|(to, _)| to)
    };
    let Some(first) = channels.next().and_then(own_last) else { return };
    if !channels.all(|channel| own_last(channel).is_some()) {
        return;
    }
    let name = organization.role(role).name.as_str();
    let links = graph.child("links").and_then(|links| links.items()).unwrap_or_default();
    let to = |link: &&Cursor<'_>| {
        let to = link.child("intake").and_then(|of| of.child("to"));
        to.is_some_and(|to| to.text() == Some(name))
    };
    if let Some(at) = links.iter().find(to) {
        at.warn(
            "no-effect",
            format!(
                "nothing comes to {} from its channels: {} takes in everything before",
                quote(name),
                quote(&organization.role(first).name)
            ),
            "an inquiry goes to the first intake that fits: state the narrower one first, or what each is for",
        );
    }
}
