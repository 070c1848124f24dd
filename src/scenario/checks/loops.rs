//! Loops: routing that brings back as much as it sends, loops that take no time, circular approval.

use std::collections::HashMap;

use crate::model::{From, Link, LinkKind, Organization, RoleId, Work};
use crate::scenario::cursor::Cursor;
use crate::scenario::designs::Designed;
use crate::scenario::names::quote;

/// Check the loops of a design.
pub(super) fn check(at: &Cursor<'_>, designed: &Designed) {
    let organization = &designed.design.organization;
    shares(at, designed);
    for members in
        organization.cycles(|link| matches!(link.kind, LinkKind::RouteShare(share) if 0.0 < share))
    {
        designed.at_role(at, members[0], |at| gain(at, organization, &members));
    }
    for members in organization.cycles(instant) {
        // a loop takes no time only if none of its desks takes any
        if members.iter().all(|&role| no_service(organization, role)) {
            designed.at_role(at, members[0], |at| {
                at.fail_with_help(
                    "zero-time-loop",
                    format!("cases go round in no time: {}", path(organization, &members)),
                    "give a desk a service time, or a link a delay",
                );
            });
        }
    }
    for members in organization.cycles(|link| link.kind == LinkKind::Approve) {
        designed.at_role(at, members[0], |at| {
            at.fail_with_help(
                "approval-cycle",
                format!("approvals go in a circle: {}", path(organization, &members)),
                "somebody has the last word",
            );
        });
    }
}

/// The shares a desk passes on must not exceed all of its cases.
fn shares(at: &Cursor<'_>, designed: &Designed) {
    let organization = &designed.design.organization;
    let mut sums = vec![0.0; organization.role_count()];
    for (from, _, link) in organization.links() {
        if let (From::Role(role), LinkKind::RouteShare(share)) = (from, link.kind)
            && link.filter.topics.is_empty()
            && link.filter.channels.is_empty()
            && link.filter.matter.is_none()
        {
            sums[role.index()] += share;
        }
    }
    for (role, sum) in sums.iter().enumerate() {
        if 1.0 + 1e-9 < *sum {
            let role = RoleId(role as u32);
            designed.at_role(at, role, |at| {
                at.fail_with_help(
                    "shares-sum",
                    format!(
                        "{} passes on {:.4}% of its cases",
                        quote(&organization.role(role).name),
                        sum * 100.0
                    ),
                    "the shares of its routes sum to at most 100%; the rest leaves",
                );
            });
        }
    }
}

/// How many cases come back for each that goes round: the spectral radius of the loop's shares.
fn gain(at: &Cursor<'_>, organization: &Organization, members: &[RoleId]) {
    let numbers: HashMap<RoleId, usize> =
        members.iter().enumerate().map(|(i, &role)| (role, i)).collect();
    let mut shares: Vec<(usize, usize, f64)> = Vec::new();
    for (from, to, link) in organization.links() {
        if let (From::Role(from), LinkKind::RouteShare(share)) = (from, link.kind)
            && let (Some(i), Some(j)) = (numbers.get(&from), numbers.get(&to))
        {
            shares.push((*i, *j, share));
        }
    }
    let radius = spectral_radius(members.len(), &shares);
    let path = path(organization, members);
    if 1.0 - 1e-9 <= radius {
        at.fail_with_help(
            "endless-loop",
            format!("no case ever leaves the loop {path}: its gain is {radius:.3}"),
            "route less than everything back, so that some cases leave",
        );
    } else if 0.95 <= radius {
        at.warn(
            "long-loop",
            format!("cases go round {path} for long: its gain is {radius:.3}"),
            "the load of its desks is many times what comes in",
        );
    }
}

/// The largest eigenvalue of a nonnegative matrix, by the power method on (A + I) / 2, which never swings.
fn spectral_radius(n: usize, shares: &[(usize, usize, f64)]) -> f64 {
    let mut vector = vec![1.0 / n as f64; n];
    let mut value = 0.0;
    // few steps where there are many links: the answer need not be sharper than the reader's patience
    for _ in 0..(100_000_000 / (shares.len() + 1)).clamp(50, 10_000) {
        let mut next: Vec<f64> = vector.iter().map(|x| x / 2.0).collect();
        for &(i, j, share) in shares {
            next[j] += vector[i] * share / 2.0;
        }
        let sum: f64 = next.iter().sum();
        let before = value;
        value = 2.0 * sum - 1.0;
        vector = next.into_iter().map(|x| x / sum).collect();
        if (value - before).abs() < 1e-13 {
            break;
        }
    }
    value
}

/// Whether a link takes no time and the case moves over it whatever happens.
fn instant(link: &Link) -> bool {
    matches!(link.kind, LinkKind::RouteShare(share) if 0.0 < share) && link.delay.is_zero()
}

fn no_service(organization: &Organization, role: RoleId) -> bool {
    match &organization.role(role).work {
        Work::Serve { service, .. } => service.iter().all(crate::draws::Law::is_zero),
        Work::Desk(_) => false,
    }
}

/// `a → b → a`, at most ten names.
fn path(organization: &Organization, members: &[RoleId]) -> String {
    let mut names: Vec<String> =
        members.iter().take(10).map(|&role| quote(&organization.role(role).name)).collect();
    if 10 < members.len() {
        names.push("…".into());
    }
    names.push(names[0].clone());
    names.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gain_of_a_loop_is_its_spectral_radius() {
        assert!((spectral_radius(1, &[(0, 0, 0.25)]) - 0.25).abs() < 1e-9);
        assert!((spectral_radius(2, &[(0, 1, 1.0), (1, 0, 0.25)]) - 0.5).abs() < 1e-9);
        assert!((spectral_radius(2, &[(0, 1, 1.0), (1, 0, 1.0)]) - 1.0).abs() < 1e-9);
    }
}
