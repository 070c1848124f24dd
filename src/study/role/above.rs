//! What goes up the reporting line: exceptions to be decided, and reviews that nobody has found the time for.

use super::card::{Decider, Exceptions};
use super::ground::Ground;
use super::rights::{asks, coming};
use crate::model::{From, Link, LinkKind, Organization, Overdue, RoleId, Work};

/// Who decides on the exceptions of a role's desk; `None` where it answers nobody, or nothing comes that raises any.
pub(super) fn exceptions(ground: &Ground<'_>, role: RoleId) -> Option<Exceptions> {
    if !raises(ground, role) {
        return None;
    }
    let organization = ground.organization();
    let mut levels = levels(organization, role);
    let own = levels.remove(0).1;
    let line = organization.superiors(role);
    let decider = |(level, share): (usize, f64)| {
        let (boss, link) = line[level - 1];
        Decider { role: organization.role(boss).name.clone(), share, longest: link.timeout }
    };
    let above = levels.into_iter().filter(|(_, share)| 0.0 < *share).map(decider).collect();
    Some(Exceptions { own, above })
}

/// Levels up from a role's desk, with the share of its exceptions that each decides; the desk itself first.
///
/// At least k levels up with probability cᵏ, as far as the reporting line goes.
fn levels(organization: &Organization, role: RoleId) -> Vec<(usize, f64)> {
    let Work::Desk(desk) = &organization.role(role).work else { return Vec::new() };
    let up = desk.centralization.clamp(0.0, 1.0);
    let top = organization.superiors(role).len();
    let mut reach = 1.0;
    let mut all = Vec::new();
    for level in 0..=top {
        let further = if level < top { reach * up } else { 0.0 };
        all.push((level, reach - further));
        reach = further;
    }
    all
}

/// Whether a role answers anything of which some raises an exception.
fn raises(ground: &Ground<'_>, role: RoleId) -> bool {
    let answers = matches!(&ground.organization().role(role).work, Work::Desk(desk) if desk.answer);
    answers && coming(ground, role).any(|topic| 0.0 < topic.exceptions)
}

/// All pairs of a role and somebody above it who decides some of its exceptions.
pub(super) fn decisions(ground: &Ground<'_>) -> Vec<(RoleId, RoleId)> {
    let organization = ground.organization();
    let raising = organization.roles().map(|(id, _)| id).filter(|&id| raises(ground, id));
    let of = |role: RoleId| {
        let line = organization.superiors(role);
        let above = levels(organization, role).into_iter().skip(1);
        let above = above.filter(|(_, share)| 0.0 < *share);
        above.map(|(level, _)| (role, line[level - 1].0)).collect::<Vec<_>>()
    };
    raising.flat_map(of).collect()
}

/// Reviewers whose drafts go up to the next level when they wait too long.
fn hurried(ground: &Ground<'_>) -> Vec<RoleId> {
    let goes_up = |link: &Link| {
        link.kind == LinkKind::Approve
            && link.overdue == Overdue::NextLevel
            && link.timeout.is_some()
    };
    let due = |from: From| matches!(from, From::Role(desk) if asks(ground, desk));
    let links = ground.organization().links();
    links.filter(|&(from, _, link)| goes_up(link) && due(from)).map(|(_, to, _)| to).collect()
}

/// All pairs of a reviewer and the role above that reviews what the first has not found the time for.
pub(super) fn late_reviews(ground: &Ground<'_>) -> Vec<(RoleId, RoleId)> {
    let mut pairs = Vec::new();
    for reviewer in hurried(ground) {
        let mut at = reviewer;
        for (boss, _) in ground.organization().superiors(reviewer) {
            if !pairs.contains(&(at, boss)) {
                pairs.push((at, boss));
            }
            at = boss;
        }
    }
    pairs
}

/// First reviewers of drafts that may come up to a role late.
pub(super) fn late_from(ground: &Ground<'_>, role: RoleId) -> Vec<RoleId> {
    let is_above = |reviewer: &RoleId| {
        ground.organization().superiors(*reviewer).iter().any(|(boss, _)| *boss == role)
    };
    hurried(ground).into_iter().filter(is_above).collect()
}
