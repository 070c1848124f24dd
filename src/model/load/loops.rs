//! Loops of plain desks: how much they amplify, and whether any time passes.

use crate::model::spectral_radius::{cyclic, gains};
use crate::model::{From, Link, LinkKind, Organization, RoleId, TopicId, Work};

use super::plain::plain;

/// A cycle of plain desks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Loop {
    /// Of which topic; `None` where all go the same way.
    pub(super) topic: Option<TopicId>,
    pub(super) roles: Vec<RoleId>,
    /// Spectral radius of the routing matrix on these roles.
    pub(super) gain: f64,
}

/// The routes among plain desks that take this topic: from, to, share.
fn routes(organization: &Organization, topic: usize) -> Vec<(usize, usize, &Link, f64)> {
    let plain = plain(organization);
    let takes = |link: &Link| {
        let topics = &link.filter.topics;
        topics.is_empty() || topics.contains(&TopicId(topic as u32))
    };
    organization
        .links()
        .filter_map(|(from, to, link)| match (from, link.kind) {
            (From::Role(from), LinkKind::RouteShare(share)) if takes(link) => {
                Some((from.index(), to.index(), link, share))
            }
            _ => None,
        })
        .filter(|(from, to, _, share)| plain[*from] && plain[*to] && 0.0 < *share)
        .collect()
}

/// Whether plain desks pass different topics on differently.
fn routed_by_topic(organization: &Organization) -> bool {
    organization.links().any(|(_, _, link)| {
        matches!(link.kind, LinkKind::RouteShare(_)) && !link.filter.topics.is_empty()
    })
}

/// Whether some plain desk takes longer for one topic than for another.
fn served_by_topic(organization: &Organization) -> bool {
    organization
        .roles()
        .any(|(_, role)| matches!(&role.work, Work::Serve { service, .. } if 1 < service.len()))
}

/// The loops of plain desks, topic by topic; the same loop for several topics is told once, at its
/// highest gain.
pub(super) fn loops(organization: &Organization, topics: usize) -> Vec<Loop> {
    let by_topic = routed_by_topic(organization);
    let mut loops: Vec<Loop> = Vec::new();
    for topic in 0..if by_topic { topics } else { 1 } {
        let entries: Vec<(usize, usize, f64)> = routes(organization, topic)
            .into_iter()
            .map(|(from, to, _, share)| (from, to, share))
            .collect();
        for (roles, gain) in gains(organization.role_count(), &entries) {
            let roles: Vec<RoleId> = roles.into_iter().map(|role| RoleId(role as u32)).collect();
            let topic = by_topic.then_some(TopicId(topic as u32));
            let found = Loop { topic, roles, gain };
            match loops.iter_mut().find(|known| known.roles == found.roles) {
                Some(known) if known.gain < gain => *known = found,
                Some(_) => {}
                None => loops.push(found),
            }
        }
    }
    loops
}

/// Cycles of plain desks on which no time passes: every service and every delay is zero.
pub(super) fn zero_time_loops(organization: &Organization, topics: usize) -> Vec<Vec<RoleId>> {
    let by_topic = routed_by_topic(organization) || served_by_topic(organization);
    let mut found: Vec<Vec<RoleId>> = Vec::new();
    for topic in 0..if by_topic { topics } else { 1 } {
        let at_once: Vec<bool> = organization
            .roles()
            .map(|(_, role)| match &role.work {
                Work::Serve { service, .. } => {
                    service.get(topic).or(service.first()).is_some_and(|law| law.is_zero())
                }
                Work::Desk(_) => false,
            })
            .collect();
        let edges = routes(organization, topic)
            .into_iter()
            .filter(|(from, to, link, _)| at_once[*from] && at_once[*to] && link.delay.is_zero())
            .map(|(from, to, _, _)| (from, to));
        for roles in cyclic(organization.role_count(), edges) {
            let roles: Vec<RoleId> = roles.into_iter().map(|role| RoleId(role as u32)).collect();
            if !found.contains(&roles) {
                found.push(roles);
            }
        }
    }
    found
}

/// The plain desks that pass on more of a topic than they have, with the sum of the shares.
pub(super) fn too_much_passed_on(organization: &Organization, topics: usize) -> Vec<(RoleId, f64)> {
    let by_topic = routed_by_topic(organization);
    let mut found: Vec<(RoleId, f64)> = Vec::new();
    for topic in 0..if by_topic { topics } else { 1 } {
        let mut sums = vec![0.0; organization.role_count()];
        for (from, _, link) in organization.links() {
            let all = link.filter.topics.is_empty();
            if let (From::Role(from), LinkKind::RouteShare(share)) = (from, link.kind)
                && (all || link.filter.topics.contains(&TopicId(topic as u32)))
            {
                sums[from.index()] += share;
            }
        }
        for (role, sum) in sums.into_iter().enumerate().filter(|(_, sum)| 1.0 + 1e-9 < *sum) {
            let role = RoleId(role as u32);
            if !found.iter().any(|(known, _)| *known == role) {
                found.push((role, sum));
            }
        }
    }
    found
}
