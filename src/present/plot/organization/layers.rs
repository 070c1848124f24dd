//! Which roles stand together, and in which column.

use super::super::safe::clean;
use super::{LinkEnd, LinkKind, OrgPicture};

/// Roles that stand together: a unit in its frame, or one role of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// The unit's name; none for a role of its own.
    pub(super) unit: Option<String>,
    /// Its roles, from top to bottom.
    pub(super) roles: Vec<usize>,
    /// Whether a vendor employs all of them.
    pub(super) vendor: bool,
    /// Column, 0 for the leftmost of the roles.
    pub(super) column: usize,
}

/// The blocks of a picture, in the order their first roles come, each in a column.
pub(super) fn blocks(picture: &OrgPicture) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (role, post) in picture.roles.iter().enumerate() {
        let unit = post.unit.as_deref().map(clean).filter(|unit| !unit.is_empty());
        match blocks.iter_mut().find(|block| unit.is_some() && block.unit == unit) {
            Some(block) => {
                block.roles.push(role);
                block.vendor &= post.employer_vendor;
            }
            None => {
                let (roles, vendor) = (vec![role], post.employer_vendor);
                blocks.push(Block { unit, roles, vendor, column: 0 });
            }
        }
    }
    let columns = columns(picture, &blocks);
    for (block, column) in blocks.iter_mut().zip(columns) {
        block.column = column;
    }
    blocks
}

/// The block that holds each role.
pub(super) fn block_of(blocks: &[Block], n_roles: usize) -> Vec<usize> {
    let mut of = vec![0; n_roles];
    for (at, block) in blocks.iter().enumerate() {
        for &role in &block.roles {
            of[role] = at;
        }
    }
    of
}

/// Columns by how far work travels to a block; advisers and approvers one further than whoever
/// asks them. A role's own wish goes before.
fn columns(picture: &OrgPicture, blocks: &[Block]) -> Vec<usize> {
    let of = block_of(blocks, picture.roles.len());
    let wish =
        |block: &Block| block.roles.iter().filter_map(|&role| picture.roles[role].layer).min();
    let mut columns: Vec<Option<usize>> =
        blocks.iter().map(|block| wish(block).map(|layer| usize::from(layer).max(1))).collect();
    let between: Vec<(usize, usize, LinkKind)> = picture
        .links
        .iter()
        .filter_map(|link| match link.from {
            LinkEnd::Role(from) if from < of.len() && link.to < of.len() => {
                Some((of[from], of[link.to], link.kind))
            }
            _ => None,
        })
        .filter(|(from, to, _)| from != to)
        .collect();
    let flows =
        |kind: LinkKind| !matches!(kind, LinkKind::Consult | LinkKind::Approve | LinkKind::Report);

    let mut entries: Vec<usize> = picture
        .links
        .iter()
        .filter(|link| matches!(link.from, LinkEnd::Channel(_)) && link.to < of.len())
        .map(|link| of[link.to])
        .collect();
    if entries.is_empty() {
        let sends = |block| between.iter().any(|link| link.0 == block && flows(link.2));
        let receives = |block| between.iter().any(|link| link.1 == block);
        entries = (0..blocks.len()).filter(|&block| sends(block) && !receives(block)).collect();
    }
    if entries.is_empty() {
        entries.push(0);
    }
    for block in entries {
        columns[block].get_or_insert(1);
    }
    // Nearest first, so that a link back never pushes a block away.
    for distance in 1..=2 * blocks.len() + 255 {
        for &(from, to, kind) in &between {
            if columns[from] == Some(distance) && flows(kind) {
                columns[to].get_or_insert(distance + 1);
            }
        }
    }
    loop {
        let known = columns.clone();
        for (block, column) in columns.iter_mut().enumerate().filter(|(_, column)| column.is_none())
        {
            let asked_by =
                between.iter().filter(|link| link.1 == block).filter_map(|link| known[link.0]);
            let asks =
                between.iter().filter(|link| link.0 == block).filter_map(|link| known[link.1]);
            *column = asked_by.max().map(|column| column + 1).or(asks.min());
        }
        if columns == known {
            break;
        }
    }
    let last = columns.iter().flatten().copied().max().unwrap_or(1);
    let columns: Vec<usize> = columns.into_iter().map(|column| column.unwrap_or(last)).collect();
    let mut used = columns.clone();
    used.sort_unstable();
    used.dedup();
    let rank = |column| used.binary_search(&column).expect("each column is among those used");
    columns.into_iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{OrgChannel, OrgLink, OrgRole};
    use super::*;

    fn picture(units: &[Option<&str>], links: &[(LinkEnd, usize, LinkKind)]) -> OrgPicture {
        OrgPicture {
            channels: vec![OrgChannel::default()],
            roles: units
                .iter()
                .map(|unit| OrgRole { unit: unit.map(str::to_owned), ..OrgRole::default() })
                .collect(),
            links: links
                .iter()
                .map(|&(from, to, kind)| OrgLink { from, to, kind, label: None })
                .collect(),
            ..OrgPicture::default()
        }
    }

    fn columns_of(picture: &OrgPicture) -> Vec<usize> {
        blocks(picture).iter().map(|block| block.column).collect()
    }

    #[test]
    fn work_moves_right_and_advice_stands_last() {
        use LinkEnd::{Channel, Role};
        let picture = picture(
            &[Some("hub"), Some("hub"), Some("spoke"), None],
            &[
                (Channel(0), 0, LinkKind::Intake),
                (Role(1), 2, LinkKind::Route),
                (Role(2), 0, LinkKind::Escalate),
                (Role(2), 3, LinkKind::Approve),
            ],
        );
        assert_eq!(columns_of(&picture), [0, 1, 2]);
    }

    #[test]
    fn links_to_nothing_and_roles_without_links_do_no_harm() {
        use LinkEnd::{Channel, Role};
        let picture = picture(
            &[None, None],
            &[
                (Channel(9), 7, LinkKind::Intake),
                (Role(5), 0, LinkKind::Route),
                (Role(0), 0, LinkKind::Route),
            ],
        );
        assert_eq!(columns_of(&picture), [0, 0]);
    }

    #[test]
    fn a_wish_goes_before() {
        let mut picture = picture(&[None, None], &[(LinkEnd::Role(0), 1, LinkKind::Route)]);
        picture.roles[1].layer = Some(1);
        picture.roles[0].layer = Some(200);
        assert_eq!(columns_of(&picture), [1, 0]);
    }
}
