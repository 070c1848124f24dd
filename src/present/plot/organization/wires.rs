//! What is drawn for the links: single wires, bundles of channels, rails.

use super::super::safe::clean;
use super::layers::Block;
use super::{LinkEnd, LinkKind, OrgPicture};
use std::collections::BTreeSet;

/// Where a wire begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Start {
    /// The channels of the bundle at this index.
    Bundle(usize),
    /// The role at this index.
    Role(usize),
}

/// One line of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wire {
    /// Where it begins.
    pub(super) from: Start,
    /// The role at which it ends.
    pub(super) to: usize,
    /// What it is for.
    pub(super) kind: LinkKind,
    /// Whether there is the same link back.
    pub(super) both: bool,
    /// A few words beside it.
    pub(super) label: Option<String>,
}

/// Roles of one column that all hand work to each other, drawn as one rail beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rail {
    /// What the links are for.
    pub(super) kind: LinkKind,
    /// The roles, in their own order.
    pub(super) roles: Vec<usize>,
}

/// All lines of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wires {
    /// Channels that reach the same roles, each with its label if it has one.
    pub(super) bundles: Vec<Vec<(usize, Option<String>)>>,
    /// Lines.
    pub(super) wires: Vec<Wire>,
    /// Rails.
    pub(super) rails: Vec<Rail>,
}

/// The lines to draw for the links of a picture; `of` tells the block of each role.
pub(super) fn wires(picture: &OrgPicture, blocks: &[Block], of: &[usize]) -> Wires {
    let mut drawn = Wires::default();
    bundle_channels(picture, &mut drawn);

    let mut links: Vec<(usize, usize, LinkKind, Option<String>)> = Vec::new();
    for link in &picture.links {
        let label = link.label.as_deref().map(clean).filter(|label| !label.is_empty());
        let LinkEnd::Role(from) = link.from else { continue };
        let exists = from < picture.roles.len() && link.to < picture.roles.len();
        let known = links.iter().any(|of| (of.0, of.1, of.2) == (from, link.to, link.kind));
        if exists && !known {
            links.push((from, link.to, link.kind, label));
        }
    }
    for kind in LinkKind::ALL {
        lay_rails(kind, &mut links, blocks, of, &mut drawn.rails);
    }
    while !links.is_empty() {
        let (from, to, kind, label) = links.remove(0);
        let back = links
            .iter()
            .position(|of| (of.0, of.1, of.2) == (to, from, kind) && from != to && of.3 == label);
        if let Some(back) = back {
            links.remove(back);
        }
        let both = back.is_some();
        drawn.wires.push(Wire { from: Start::Role(from), to, kind, both, label });
    }
    drawn
}

/// Channels with the same targets become one bundle, with one wire to each target.
fn bundle_channels(picture: &OrgPicture, drawn: &mut Wires) {
    type Targets = Vec<(usize, LinkKind)>;
    let mut known: Vec<Targets> = Vec::new();
    for channel in 0..picture.channels.len() {
        let own: Vec<_> = picture
            .links
            .iter()
            .filter(|link| link.from == LinkEnd::Channel(channel) && link.to < picture.roles.len())
            .collect();
        let mut targets: Targets = own.iter().map(|link| (link.to, link.kind)).collect();
        targets.sort_unstable();
        targets.dedup();
        if targets.is_empty() {
            continue;
        }
        // A label speaks of one channel and one role; where the channel has several it could
        // not be told which.
        let label = match (targets.len(), own.first()) {
            (1, Some(link)) => link.label.as_deref().map(clean).filter(|label| !label.is_empty()),
            _ => None,
        };
        match known.iter().position(|of| *of == targets) {
            Some(bundle) => drawn.bundles[bundle].push((channel, label)),
            None => {
                for &(to, kind) in &targets {
                    let from = Start::Bundle(known.len());
                    drawn.wires.push(Wire { from, to, kind, both: false, label: None });
                }
                known.push(targets);
                drawn.bundles.push(vec![(channel, label)]);
            }
        }
    }
}

/// Take out of `links` those of a kind between three or more roles of one column, each in
/// another block, that all link to each other, and lay a rail instead.
fn lay_rails(
    kind: LinkKind,
    links: &mut Vec<(usize, usize, LinkKind, Option<String>)>,
    blocks: &[Block],
    of: &[usize],
    rails: &mut Vec<Rail>,
) {
    let plain: BTreeSet<(usize, usize)> = links
        .iter()
        .filter(|link| link.2 == kind && link.3.is_none())
        .map(|link| (link.0, link.1))
        .collect();
    let mut railed: BTreeSet<usize> = BTreeSet::new();
    let mutual = |a: usize, b: usize| plain.contains(&(a, b)) && plain.contains(&(b, a));
    for first in 0..of.len() {
        if railed.contains(&first) {
            continue;
        }
        let mut roles = vec![first];
        for role in first + 1..of.len() {
            let beside = blocks[of[role]].column == blocks[of[first]].column;
            let apart = roles.iter().all(|&other| of[other] != of[role]);
            let free = !railed.contains(&role);
            if free && beside && apart && roles.iter().all(|&other| mutual(other, role)) {
                roles.push(role);
            }
        }
        if 3 <= roles.len() {
            let within = |role: &usize| roles.contains(role);
            links.retain(|link| !(link.2 == kind && within(&link.0) && within(&link.1)));
            railed.extend(&roles);
            rails.push(Rail { kind, roles });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::layers::{block_of, blocks};
    use super::super::{OrgChannel, OrgLink, OrgRole};
    use super::*;

    fn drawn(n_roles: usize, links: Vec<(LinkEnd, usize)>) -> Wires {
        let picture = OrgPicture {
            channels: vec![OrgChannel::default(); 4],
            roles: vec![OrgRole { layer: Some(1), ..OrgRole::default() }; n_roles],
            links: links
                .into_iter()
                .map(|(from, to)| OrgLink { from, to, kind: LinkKind::Route, label: None })
                .collect(),
            ..OrgPicture::default()
        };
        let blocks = blocks(&picture);
        wires(&picture, &blocks, &block_of(&blocks, n_roles))
    }

    #[test]
    fn channels_with_the_same_targets_share_their_wires() {
        let links = (0..4)
            .flat_map(|channel| [(LinkEnd::Channel(channel), 0), (LinkEnd::Channel(channel), 1)]);
        let drawn = drawn(2, links.collect());
        assert_eq!((drawn.bundles.len(), drawn.bundles[0].len(), drawn.wires.len()), (1, 4, 2));
    }

    #[test]
    fn links_both_ways_are_one_wire() {
        let drawn =
            drawn(2, vec![(LinkEnd::Role(0), 1), (LinkEnd::Role(1), 0), (LinkEnd::Role(1), 0)]);
        assert_eq!(drawn.wires.len(), 1);
        assert!(drawn.wires[0].both);
    }

    #[test]
    fn all_to_all_is_a_rail() {
        let pairs = (0..4).flat_map(|from| (0..4).map(move |to| (LinkEnd::Role(from), to)));
        let drawn = drawn(4, pairs.filter(|(from, to)| *from != LinkEnd::Role(*to)).collect());
        assert_eq!(drawn.rails.len(), 1);
        assert_eq!(drawn.rails[0].roles, [0, 1, 2, 3]);
        assert!(drawn.wires.is_empty());
    }
}
