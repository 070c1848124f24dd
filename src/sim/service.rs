//! What a plain desk does: serve, and pass on by share.

use crate::draws::{Law, Purpose};
use crate::model::{Draw, Link, LinkKind, RoleId, TopicId, World};
use crate::sim::case::{Case, Piece, flag};
use crate::sim::flow::micros;
use crate::sim::laws::MINUTE;
use crate::sim::plan::delay;
use crate::units::SimTime;

/// A plain desk's branches: cumulative share and where it leads, `None` for leaving.
pub(super) struct Branch {
    pub(super) until: f64,
    pub(super) to: u32,
    pub(super) delay: Option<Law>,
}

/// Branches that are looked through one by one; more of them are searched by halves.
const FEW: usize = 8;

/// A plain desk: service laws and branches, one for all topics or one for each.
pub(super) struct ServePlan {
    service: Vec<Law>,
    /// Whether a case takes the same time at each visit.
    per_case: bool,
    branches: Vec<Vec<Branch>>,
}

impl ServePlan {
    /// Laws in minutes; branches as [`branches`] gives them.
    pub(super) fn new(service: &[Law], draw: Draw, branches: Vec<Vec<Branch>>) -> ServePlan {
        ServePlan {
            service: service.iter().map(|law| law.scaled(MINUTE)).collect(),
            per_case: draw == Draw::PerCase,
            branches,
        }
    }

    /// Whether whoever has been served leaves.
    pub(super) fn leads_nowhere(&self) -> bool {
        self.branches.iter().all(Vec::is_empty)
    }

    /// [`RolePlan::foresee`], for a case that wants service.
    #[inline(always)]
    pub(super) fn foresee(&self, case: &mut Case) {
        case.piece = Piece::Serve;
        case.left = self.length(case);
        case.set(flag::FORESEEN);
    }

    /// Length of the service of a case that is at this desk.
    #[inline(always)]
    fn length(&self, case: &Case) -> SimTime {
        let ordinal = if self.per_case { 0 } else { case.visits };
        let law = self.service.get(usize::from(case.topic)).unwrap_or(&self.service[0]);
        micros(law.quantile(case.key.unit(Purpose::Work, ordinal)))
    }

    /// Where the case goes on to after its service; `None` when it leaves.
    #[inline(always)]
    pub(super) fn branch(&self, case: &Case) -> Option<&Branch> {
        let branches = self.branches.get(usize::from(case.topic)).unwrap_or(&self.branches[0]);
        let last = branches.last()?;
        let u = case.key.unit(Purpose::Route, case.visits);
        if last.until <= u { None } else { followed(branches, u) }
    }
}

/// The first branch that ends beyond `u`.
#[inline(always)]
fn followed(branches: &[Branch], u: f64) -> Option<&Branch> {
    if FEW < branches.len() {
        return branches.get(branches.partition_point(|branch| branch.until <= u));
    }
    branches.iter().find(|branch| u < branch.until)
}

/// A plain desk's branches: one list for all topics, or one list a topic where a filter says so.
pub(super) fn branches(world: &World, links: &[(RoleId, &Link)]) -> Vec<Vec<Branch>> {
    let shares: Vec<(RoleId, &Link, f64)> = links
        .iter()
        .filter_map(|&(to, link)| match link.kind {
            LinkKind::RouteShare(share) => Some((to, link, share)),
            _ => None,
        })
        .collect();
    let filtered = shares.iter().any(|(_, link, _)| !link.filter.topics.is_empty());
    let lists = if filtered { world.topics.len() } else { 1 };
    (0..lists as u32)
        .map(|topic| {
            let mut until = 0.0;
            shares
                .iter()
                .filter(|(_, link, _)| {
                    link.filter.topics.is_empty() || link.filter.topics.contains(&TopicId(topic))
                })
                .map(|&(to, link, share)| {
                    until += share;
                    Branch { until, to: to.0, delay: delay(link) }
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_branches_are_followed_like_few() {
        let shares = |n: u32| -> Vec<Branch> {
            let until = |to| f64::from(to + 1) / f64::from(n + 1);
            (0..n).map(|to| Branch { until: until(to), to, delay: None }).collect()
        };
        for n in [FEW as u32, FEW as u32 + 1, 1000] {
            let branches = shares(n);
            for step in 0..2 * n {
                let u = f64::from(step) / f64::from(2 * (n + 1));
                let to = followed(&branches, u).map(|branch| branch.to);
                assert_eq!(to, Some(step / 2), "{n} branches at {u}");
            }
            assert!(followed(&branches, 1.0).is_none(), "{n} branches");
        }
    }
}
