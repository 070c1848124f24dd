//! With whom a role works, and how often.

use super::card::Contact;
use super::ground::Ground;
use super::traffic::Passage;
use crate::model::{From, LinkKind, RoleId};

/// All lines between the role and others, alike ones together; those over which work comes in first.
pub(super) fn contacts(ground: &Ground<'_>, role: RoleId) -> Vec<Contact> {
    let organization = ground.organization();
    let mut lines: Vec<(bool, LinkKind, Vec<String>, Vec<Passage>)> = Vec::new();
    let nothing_to_find = |kind| kind == LinkKind::Listen && !ground.world().has_mentions();
    for (from, to, link) in organization.links().filter(|(_, _, link)| !nothing_to_find(link.kind))
    {
        let (inward, other) = match from {
            From::Channel(channel) if to == role => {
                (true, ground.world().channels[channel.index()].name.clone())
            }
            From::Role(from) if to == role => (true, organization.role(from).name.clone()),
            From::Role(from) if from == role => (false, organization.role(to).name.clone()),
            _ => continue,
        };
        let passage = match (from, link.kind) {
            (From::Channel(channel), LinkKind::Intake { .. }) => {
                Some(Passage::in_from(channel, to))
            }
            (From::Role(from), kind) => Passage::of(kind, from, to),
            (From::Channel(_), _) => None,
        };
        let known = lines.iter_mut().find(|line| line.0 == inward && alike(line.1, link.kind));
        let (_, _, others, passages) = match known {
            Some(known) => known,
            None => {
                lines.push((inward, link.kind, Vec::new(), Vec::new()));
                lines.last_mut().expect("it was just added")
            }
        };
        if !others.contains(&other) {
            others.push(other);
        }
        if let Some(passage) = passage.filter(|passage| !passages.contains(passage)) {
            passages.push(passage);
        }
    }
    lines.sort_by_key(|line| !line.0);
    lines
        .into_iter()
        .map(|(inward, kind, others, passages)| Contact {
            inward,
            kind,
            others,
            per_week: if passages.is_empty() { None } else { ground.traffic.of(&passages) },
        })
        .collect()
}

/// Whether two kinds are told as one: their cases cannot be told apart in passing.
fn alike(a: LinkKind, b: LinkKind) -> bool {
    let hands_over =
        |kind| matches!(kind, LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate);
    a.word() == b.word() || (hands_over(a) && hands_over(b))
}
