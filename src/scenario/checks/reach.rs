//! Who can be reached, and who can do what reaches them.

use crate::model::{ChannelId, From, LinkKind, People, RoleId, StreamKind, TopicId, World};
use crate::scenario::cursor::Cursor;
use crate::scenario::designs::Designed;
use crate::scenario::names::quote;

/// Check reach, staff and skills of a design.
pub(super) fn check(at: &Cursor<'_>, world: &World, designed: &Designed) {
    let organization = &designed.design.organization;
    let unreachable = organization.unreachable_roles();
    for &role in &unreachable {
        designed.at_role(at, role, |at| {
            at.warn(
                "unreachable-role",
                format!("nothing ever reaches {}", quote(&organization.role(role).name)),
                "add a link to it, or leave it out",
            );
        });
    }
    let mut taken = vec![false; world.channels.len()];
    for (from, _, link) in organization.links() {
        if let (From::Channel(channel), LinkKind::Intake { .. }) = (from, link.kind) {
            taken[channel.index()] = true;
        }
    }
    for (i, channel) in world.channels.iter().enumerate() {
        if !taken[i] && demand(world, |mix| share(&mix.channels, ChannelId(i as u32).index())) {
            let links = at.child("graph").and_then(|graph| graph.child("links"));
            links.as_ref().unwrap_or(at).fail_with_help(
                "no-intake",
                format!("nobody takes in what is posted on {}", quote(&channel.name)),
                "add an `intake` link from it",
            );
        }
    }
    for (at_role, role) in organization.roles() {
        let People::Some(people) = &role.people else { continue };
        if unreachable.binary_search(&at_role).is_ok() {
            continue;
        }
        if people.is_empty() {
            designed.at_role(at, at_role, |at| {
                at.warn(
                    "no-staff",
                    format!("nobody works at {}", quote(&role.name)),
                    "cases that reach it wait for ever; give it people, or take its links away",
                );
            });
            continue;
        }
        for (i, topic) in world.topics.iter().enumerate() {
            let id = TopicId(i as u32);
            let able = people
                .iter()
                .any(|person| person.skills.as_ref().is_none_or(|skills| skills.contains(&id)));
            if !able && demand(world, |mix| share(&mix.topics, i)) && reaches(designed, at_role, id)
            {
                designed.at_role(at, at_role, |at| {
                    at.fail_with_help(
                        "skill-nobody-has",
                        format!("nobody at {} can take {}", quote(&role.name), quote(&topic.name)),
                        "give somebody the skill, or keep the topic away with a filter on the links",
                    );
                });
            }
        }
    }
}

fn share(shares: &crate::model::Shares, at: usize) -> f64 {
    if at < shares.len() { shares.share(at) } else { 0.0 }
}

fn demand(world: &World, share: impl Fn(&crate::model::Mix) -> f64) -> bool {
    world
        .streams
        .iter()
        .any(|stream| stream.kind == StreamKind::Inquiries && 0.0 < share(&stream.mix))
}

/// Whether some link lets a topic pass to a role.
fn reaches(designed: &Designed, role: RoleId, topic: TopicId) -> bool {
    designed.design.organization.links().any(|(_, to, link)| {
        to == role
            && !matches!(link.kind, LinkKind::Report | LinkKind::Listen)
            && (link.filter.topics.is_empty() || link.filter.topics.contains(&topic))
    })
}
