//! The strategy audit: for each channel, what it is there for and how one would know.

use super::customers::Purpose;
use super::designs::Designed;
use crate::model::{ChannelId, From, LinkKind, Objective, RoleId, World};

/// What a channel is there for. Blanks are findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelAudit {
    /// The channel.
    pub channel: String,
    /// What it does for the business, in the author's words.
    pub serves: Option<String>,
    /// Why that matters, in the author's words or those of its objectives.
    pub because: Option<String>,
    /// Channels that share people with it in every design.
    pub shares_people_with: Vec<String>,
    /// Goals that are about it: those that name it, and those that name no channel.
    pub measured_by: Vec<String>,
}

/// The audit of all channels.
pub(super) fn audit(
    world: &World,
    purposes: &[Purpose],
    objectives: &[Objective],
    designs: &[Designed],
) -> Vec<ChannelAudit> {
    let takers: Vec<Vec<Vec<RoleId>>> =
        designs.iter().map(|designed| takers(world, designed)).collect();
    world
        .channels
        .iter()
        .enumerate()
        .map(|(i, channel)| {
            let id = ChannelId(i as u32);
            let about = |objective: &&Objective| {
                objective.channels.is_empty() || objective.channels.contains(&id)
            };
            let naming: Vec<&Objective> = objectives.iter().filter(about).collect();
            let purpose = purposes.get(i).cloned().unwrap_or_default();
            let together = |j: usize| {
                !takers.is_empty()
                    && takers
                        .iter()
                        .all(|roles| roles[i].iter().any(|role| roles[j].contains(role)))
            };
            ChannelAudit {
                channel: channel.name.clone(),
                serves: purpose.serves.or_else(|| {
                    let ids: Vec<&str> =
                        naming.iter().map(|objective| objective.id.as_str()).collect();
                    (!ids.is_empty()).then(|| ids.join(", "))
                }),
                because: purpose
                    .because
                    .or_else(|| naming.iter().find_map(|objective| why(objective))),
                shares_people_with: (0..world.channels.len())
                    .filter(|&j| j != i && together(j))
                    .map(|j| world.channels[j].name.clone())
                    .collect(),
                measured_by: naming.iter().map(|objective| measured_by(objective, world)).collect(),
            }
        })
        .collect()
}

/// The goal of an objective, and of which inquiries, if not of all: `answered within 4h >= 70% (of repairs, French)`.
fn measured_by(objective: &Objective, world: &World) -> String {
    let topics = objective.topics.iter().map(|id| &world.topics[id.index()].name);
    let segments = objective.segments.iter().map(|id| &world.audience.segments[id.index()].name);
    let languages = objective.languages.iter().map(|id| &world.languages[id.index()]);
    let of: Vec<&str> = topics.chain(segments).chain(languages).map(String::as_str).collect();
    match of.as_slice() {
        [] => objective.goal.text.clone(),
        of => format!("{} (of {})", objective.goal.text, of.join(", ")),
    }
}

/// Why an objective matters, or the nearest of what it serves that says so.
fn why(objective: &Objective) -> Option<String> {
    let above = objective.serves.iter().find_map(|above| above.why.as_ref());
    objective.why.as_ref().or(above).cloned()
}

/// The roles that take in each channel's posts.
fn takers(world: &World, designed: &Designed) -> Vec<Vec<RoleId>> {
    let mut takers = vec![Vec::new(); world.channels.len()];
    for (from, to, link) in designed.design.organization.links() {
        if let (From::Channel(channel), LinkKind::Intake { .. }) = (from, link.kind) {
            takers[channel.index()].push(to);
        }
    }
    takers
}
