//! With whom a role works, and how often.

use super::above;
use super::card::{Contact, Tie};
use super::ground::Ground;
use super::rights::asks;
use super::traffic::Passage;
use crate::model::{ChannelId, From, LinkKind, Organization, Ownership, RoleId};

/// A line between the role and others in the making.
struct Line {
    inward: bool,
    tie: Tie,
    others: Vec<String>,
    passages: Vec<Passage>,
}

/// All lines between the role and others, alike ones together; those over which work comes in first.
pub(super) fn contacts(ground: &Ground<'_>, role: RoleId) -> Vec<Contact> {
    let mut lines = Vec::new();
    along_links(ground, role, &mut lines);
    up_the_line(ground, role, &mut lines);
    lines.sort_by_key(|line| !line.inward);
    let weekly = |passages: &[Passage]| match passages {
        [] => None,
        some => ground.traffic.of(some),
    };
    let told = lines.into_iter().map(|line| Contact {
        inward: line.inward,
        kind: line.tie,
        others: line.others,
        per_week: weekly(&line.passages),
    });
    told.chain(same_posts(ground, role)).collect()
}

/// What passes over the links from and to the role.
fn along_links(ground: &Ground<'_>, role: RoleId, lines: &mut Vec<Line>) {
    let organization = ground.organization();
    let nothing_passes = |from: From, kind: LinkKind| match (from, kind) {
        (_, LinkKind::Listen) => !ground.world().has_mentions(),
        (From::Role(desk), LinkKind::Approve) => !asks(ground, desk),
        _ => false,
    };
    let links = organization.links().filter(|(from, _, link)| !nothing_passes(*from, link.kind));
    for (from, to, link) in links {
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
        add(lines, (inward, Tie::Link(link.kind)), other, passage);
    }
}

/// What goes up the reporting line from the role, or comes up to it.
fn up_the_line(ground: &Ground<'_>, role: RoleId, lines: &mut Vec<Line>) {
    let organization = ground.organization();
    let late = above::late_reviews(ground).into_iter().map(|pair| (Tie::LateReviews, pair));
    let decisions = above::decisions(ground).into_iter().map(|pair| (Tie::Exceptions, pair));
    for (tie, (from, to)) in decisions.chain(late).filter(|&(_, (a, b))| a == role || b == role) {
        let inward = to == role;
        let other = organization.role(if inward { from } else { to }).name.clone();
        let passage = match tie {
            Tie::LateReviews => Passage::WentUp(from.0, to.0),
            _ => Passage::PutUp(from.0, to.0),
        };
        add(lines, (inward, tie), other, Some(passage));
    }
}

/// The posts that the role took up although another role had them already, if there were any.
fn same_posts(ground: &Ground<'_>, role: RoleId) -> Option<Contact> {
    let others = who_sees_the_same(ground.organization(), role);
    let per_week = ground.traffic.of(&[Passage::TakenUpAgain(role.0)])?;
    (0.0 < per_week.mean).then_some(Contact {
        inward: false,
        kind: Tie::SamePosts,
        others,
        per_week: Some(per_week),
    })
}

/// Names of the other roles that see posts of the same channels as the role, or as somebody whom it helps out, where
/// several may take up a post.
fn who_sees_the_same(organization: &Organization, role: RoleId) -> Vec<String> {
    let shares: Vec<(ChannelId, RoleId)> = organization
        .links()
        .filter_map(|(from, to, link)| match (from, link.kind) {
            (From::Channel(channel), LinkKind::Intake { .. })
                if link.ownership != Ownership::OwnerOnly =>
            {
                Some((channel, to))
            }
            _ => None,
        })
        .collect();
    let helps = |at: RoleId| {
        organization
            .links_from(From::Role(at))
            .any(|(to, link)| to == role && matches!(link.kind, LinkKind::Overflow(_)))
    };
    let seen = |channel: ChannelId| {
        let mut own = shares.iter().filter(|&&(on, _)| on == channel);
        own.any(|&(_, at)| at == role || helps(at))
    };
    let mut others = Vec::new();
    for &(channel, at) in &shares {
        let name = &organization.role(at).name;
        if at != role && seen(channel) && !others.contains(name) {
            others.push(name.clone());
        }
    }
    others
}

/// One more passage to or from somebody, on the line of its kind.
fn add(lines: &mut Vec<Line>, of: (bool, Tie), other: String, passage: Option<Passage>) {
    let known = lines.iter().position(|line| line.inward == of.0 && alike(line.tie, of.1));
    let at = known.unwrap_or_else(|| {
        let (inward, tie) = of;
        lines.push(Line { inward, tie, others: Vec::new(), passages: Vec::new() });
        lines.len() - 1
    });
    let Line { others, passages, .. } = &mut lines[at];
    if !others.contains(&other) {
        others.push(other);
    }
    if let Some(passage) = passage.filter(|passage| !passages.contains(passage)) {
        passages.push(passage);
    }
}

/// Whether two ties are told as one: their cases cannot be told apart in passing.
fn alike(a: Tie, b: Tie) -> bool {
    let (Tie::Link(a), Tie::Link(b)) = (a, b) else { return a == b };
    let hands_over =
        |kind| matches!(kind, LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate);
    a.word() == b.word() || (hands_over(a) && hands_over(b))
}
