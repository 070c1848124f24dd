//! What is wrong with a design that can be told without simulating it.

use crate::model::{
    Diagnostic, LinkKind, Organization, People, Practice, RoleId, StreamKind, TopicId, World,
};

use super::plain::{NEVER_LEAVES, loops, zero_time_loops};
use super::{classes, walk};

/// Gain from which an author should know of a loop: a case goes round twenty times on average.
const HARDLY_LEAVES: f64 = 0.95;

/// Everything wrong with the design whose JSON Pointer is given.
///
/// | Code | Meaning |
/// |---|---|
/// | `loop-gain` | plain desks send cases round for ever (spectral radius of the routing shares 1), or almost (from 0.95, a warning) |
/// | `zero-time-loop` | cases can go round at one instant |
/// | `endless-route` | route and escalate links pass some case round and nobody ever answers it |
/// | `approval-cycle` | who reviews is reviewed, in a circle |
/// | `nobody-takes` | nobody at a role has the skill for a topic that comes there |
/// | `no-intake` | some inquiries reach no role (a warning) |
///
/// Endless routes and missing intakes are looked for in what the world's streams bring, surges included.
pub fn problems(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    pointer: &str,
) -> Vec<Diagnostic> {
    let names = |roles: &[RoleId]| names(organization, roles);
    let mut found = Vec::new();
    for cycle in loops(organization, world.topics.len()) {
        let (roles, gain) = (names(&cycle.roles), cycle.gain);
        let topic = &world.topics[cycle.topic.index()].name;
        if NEVER_LEAVES <= gain {
            let message = format!(
                "cases about `{topic}` never leave {roles}: the gain of this loop is {gain:.3}"
            );
            let help =
                "let a share of them leave: the shares of a role's routes add up to less than 1";
            found.push(Diagnostic::error("loop-gain", pointer, message).help(help));
        } else if HARDLY_LEAVES <= gain {
            let message = format!(
                "cases about `{topic}` hardly ever leave {roles}: the gain of this loop is {gain:.3}"
            );
            found.push(Diagnostic::warning("loop-gain", pointer, message));
        }
    }
    for roles in zero_time_loops(organization, world.topics.len()) {
        let message =
            format!("cases go round {} at one instant: service and delay are zero", names(&roles));
        let help = "give one of these roles a service time, or one of the links a delay";
        found.push(Diagnostic::error("zero-time-loop", pointer, message).help(help));
    }
    for endless in walk::endless(world, practice, organization) {
        let message = format!("some cases are passed on for ever along {}", names(&endless.roles));
        let help = "let one of these roles answer what nobody else knows";
        found.push(Diagnostic::error("endless-route", pointer, message).help(help));
    }
    for roles in organization.cycles(|link| link.kind == LinkKind::Approve) {
        let message = format!("{} approve each other's replies in a circle", names(&roles));
        found.push(Diagnostic::error("approval-cycle", pointer, message));
    }
    found.extend(untaken(world, practice, organization, pointer));
    found.extend(no_intake(world, organization, pointer));
    found
}

/// Role names as people say them: `a`, `b` and `c`.
fn names(organization: &Organization, roles: &[RoleId]) -> String {
    let names: Vec<String> =
        roles.iter().map(|&role| format!("`{}`", organization.role(role).name)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Topics that come to a role where people are and nobody has the skill.
fn untaken(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    pointer: &str,
) -> Vec<Diagnostic> {
    let skilled = organization.roles().any(|(_, role)| match &role.people {
        People::Some(people) => people.iter().any(|person| person.skills.is_some()),
        People::Infinite => false,
    });
    if !skilled {
        return Vec::new();
    }
    let load = super::load(world, practice, organization);
    let mut found = Vec::new();
    for role in &load.roles {
        let People::Some(people) = &organization.role(role.role).people else { continue };
        for (topic, visits) in
            role.visits_by_topic.iter().enumerate().filter(|(_, visits)| 0.0 < **visits)
        {
            let takes = |skills: &Vec<TopicId>| skills.contains(&TopicId(topic as u32));
            if !people.is_empty()
                && !people.iter().any(|person| person.skills.as_ref().is_none_or(takes))
            {
                let (name, topic) = (&role.name, &world.topics[topic].name);
                let message = format!(
                    "nobody at `{name}` can take `{topic}`, of which {visits:.2} come every hour"
                );
                found.push(Diagnostic::error("nobody-takes", pointer, message));
            }
        }
    }
    found
}

fn no_intake(world: &World, organization: &Organization, pointer: &str) -> Option<Diagnostic> {
    let (mut all, mut missed, mut channels) = (0.0, 0.0, Vec::new());
    for class in classes(world, StreamKind::Inquiries, true) {
        let landed: f64 = class.landings(world, organization).iter().map(|landing| landing.1).sum();
        all += class.per_hour;
        if landed < 1.0 - 1e-9 {
            missed += class.per_hour * (1.0 - landed);
            let name = format!("`{}`", world.channels[class.channel].name);
            if !channels.contains(&name) {
                channels.push(name);
            }
        }
    }
    (0.0 < missed).then(|| {
        let share = 100.0 * missed / all;
        let message = format!(
            "{share:.1}% of the inquiries reach nobody; they come from {}",
            channels.join(", ")
        );
        Diagnostic::warning("no-intake", pointer, message)
            .help("give each channel an intake without a filter, last")
    })
}
