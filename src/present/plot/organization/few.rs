//! A large organization in a few boxes.

use std::collections::BTreeMap;

use super::{LinkEnd, OrgLink, OrgPicture, OrgRole};

/// Boxes of a picture that can still be read.
const MOST_BOXES: usize = 60;

/// The picture with its most telling roles, and the others as one box; `None` if there is room for all.
///
/// Most telling are those with the most links, of equals the busiest. Links to the others lead to their box.
pub(super) fn few(data: &OrgPicture) -> Option<OrgPicture> {
    if data.roles.len() <= MOST_BOXES {
        return None;
    }
    let mut links = vec![0_usize; data.roles.len()];
    for link in &data.links {
        let from = match link.from {
            LinkEnd::Role(role) => Some(role),
            LinkEnd::Channel(_) => None,
        };
        for role in from.into_iter().chain([link.to]) {
            if let Some(links) = links.get_mut(role) {
                *links += 1;
            }
        }
    }
    let busy = |role: usize| data.roles[role].busy.filter(|busy| busy.is_finite()).unwrap_or(0.0);
    let mut order: Vec<usize> = (0..data.roles.len()).collect();
    order.sort_by(|&a, &b| links[b].cmp(&links[a]).then(busy(b).total_cmp(&busy(a))));
    let mut kept = order[..MOST_BOXES - 1].to_vec();
    kept.sort_unstable();
    let mut roles: Vec<OrgRole> = kept.iter().map(|&role| data.roles[role].clone()).collect();
    roles.push(the_others(order[MOST_BOXES - 1..].iter().map(|&role| &data.roles[role])));
    let mut place = vec![MOST_BOXES - 1; data.roles.len()];
    kept.iter().enumerate().for_each(|(new, &old)| place[old] = new);
    let mut merged: BTreeMap<_, OrgLink> = BTreeMap::new();
    for link in data.links.iter().filter(|link| link.to < place.len()) {
        let from = match link.from {
            LinkEnd::Role(role) => match place.get(role) {
                Some(&new) => LinkEnd::Role(new),
                None => continue,
            },
            channel @ LinkEnd::Channel(_) => channel,
        };
        let to = place[link.to];
        let others = MOST_BOXES - 1;
        if from == LinkEnd::Role(others) && to == others {
            continue;
        }
        // a label of one link says nothing of many
        let label = link.label.clone().filter(|_| from != LinkEnd::Role(others) && to != others);
        let same = merged.len();
        let key =
            if label.is_some() { (from, to, link.kind, same) } else { (from, to, link.kind, 0) };
        merged.entry(key).or_insert(OrgLink { from, to, kind: link.kind, label });
    }
    Some(OrgPicture {
        caption: data.caption.clone(),
        channels: data.channels.clone(),
        roles,
        links: merged.into_values().collect(),
    })
}

/// One box for many roles: their people, and how busy they are together.
fn the_others<'r>(roles: impl Iterator<Item = &'r OrgRole>) -> OrgRole {
    let (mut count, mut heads, mut counted, mut working) = (0, 0.0, 0.0, 0.0);
    for role in roles {
        count += 1;
        // who is always free has no number
        if role.heads.is_finite() {
            heads += role.heads;
            if let Some(busy) = role.busy.filter(|busy| busy.is_finite()) {
                counted += role.heads;
                working += busy * role.heads;
            }
        }
    }
    OrgRole {
        name: format!("{count} more roles"),
        heads,
        busy: (0.0 < counted).then(|| working / counted),
        ..OrgRole::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LinkKind, OrgChannel, organization};
    use super::*;

    #[test]
    fn a_large_organization_is_a_picture_still() {
        let role = |name: String, busy| OrgRole { name, heads: 2.0, busy, ..OrgRole::default() };
        let leaves = (0..3000_u32).map(|i| role(format!("leaf {i}"), Some(f64::from(i) / 3000.0)));
        let roles: Vec<OrgRole> = leaves.chain([role("hub".into(), None)]).collect();
        let intake =
            OrgLink { from: LinkEnd::Channel(0), to: 3000, kind: LinkKind::Intake, label: None };
        let out = (0..3000).map(|to| OrgLink {
            from: LinkEnd::Role(3000),
            to,
            kind: LinkKind::Route,
            label: Some("0.03%".into()),
        });
        let links = [intake].into_iter().chain(out).collect();
        let channels = vec![OrgChannel { name: "inbox".into(), private: false }];
        let svg = organization(&OrgPicture { channels, roles, links, ..OrgPicture::default() });
        for shown in [">hub</text>", ">leaf 2999</text>", ">2942 more roles</text>"] {
            assert!(svg.contains(shown), "{shown}");
        }
        assert!(!svg.contains(">leaf 7</text>"));
        assert!(super::super::super::svg_to_png(&svg, 2.0).is_ok());
    }
}
