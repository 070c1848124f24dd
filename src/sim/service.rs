//! What a plain desk does: serve, and pass on by share.

use crate::draws::{Key, Law, Purpose};
use crate::model::{Draw, Link, LinkKind, RoleId, TopicId, World};
use crate::sim::case::{Case, Piece, flag};
use crate::sim::flow::micros;
use crate::sim::role_plan::delay;
use crate::units::{MICROS_A_MINUTE, SimTime};

/// A plain desk's branches: cumulative share and where it leads.
pub(super) struct Branch {
    pub(super) until: f64,
    pub(super) to: u32,
    /// In a box, so that one of many branches is soon found.
    pub(super) delay: Option<Box<Law>>,
}

/// The branches of a plain desk, and where among many to begin to look.
pub(super) struct Branches {
    all: Vec<Branch>,
    /// Of more than [`FEW`]: where they end, and for each of as many equal parts of 1 the first that ends in it or beyond
    /// (Chen and Asau 1974).
    ends: Vec<f64>,
    guide: Vec<u32>,
}

/// Branches that are looked through one by one.
const FEW: usize = 8;

impl Branches {
    fn new(all: Vec<Branch>) -> Branches {
        if all.len() <= FEW {
            return Branches { all, ends: Vec::new(), guide: Vec::new() };
        }
        let ends: Vec<f64> = all.iter().map(|branch| branch.until).collect();
        let parts = ends.len();
        let first = |part: usize| ends.partition_point(|end| *end <= part as f64 / parts as f64);
        let guide = (0..parts).map(|part| first(part) as u32).collect();
        Branches { all, ends, guide }
    }

    /// The first branch that ends beyond `u`; `None` beyond the last.
    #[inline(always)]
    fn follow(&self, u: f64) -> Option<&Branch> {
        if self.guide.is_empty() {
            return self.all.iter().find(|branch| u < branch.until);
        }
        self.follow_one_of_many(u)
    }

    #[inline(never)]
    fn follow_one_of_many(&self, u: f64) -> Option<&Branch> {
        let part = (u * self.guide.len() as f64) as usize;
        // rounding may have put u into the part behind its own
        let mut at = self.guide[part.saturating_sub(1)] as usize;
        while at < self.ends.len() && self.ends[at] <= u {
            at += 1;
        }
        self.all.get(at)
    }
}

/// One for all topics, or one for each. The first stands here itself: a desk of one topic need not be looked for in a
/// second place.
struct ByTopic<T> {
    first: T,
    further: Vec<T>,
}

impl<T> ByTopic<T> {
    /// # Panics
    ///
    /// If there is none.
    fn new(all: impl IntoIterator<Item = T>) -> ByTopic<T> {
        let mut all = all.into_iter();
        let first = all.next().expect("there is one at least");
        ByTopic { first, further: all.collect() }
    }

    /// The one of this topic; the first where there is no other.
    #[inline(always)]
    fn of(&self, topic: u16) -> &T {
        usize::from(topic).checked_sub(1).and_then(|at| self.further.get(at)).unwrap_or(&self.first)
    }
}

/// A plain desk: service laws and branches, one for all topics or one for each.
#[repr(C)]
pub(super) struct ServePlan {
    /// Whether a case takes the same time at each visit.
    per_case: bool,
    service: ByTopic<Law>,
    branches: ByTopic<Branches>,
}

impl ServePlan {
    /// Laws in minutes; branches as [`branches`] gives them.
    pub(super) fn new(service: &[Law], draw: Draw, branches: Vec<Vec<Branch>>) -> ServePlan {
        ServePlan {
            service: ByTopic::new(service.iter().map(|law| law.scaled(MICROS_A_MINUTE))),
            branches: ByTopic::new(branches.into_iter().map(Branches::new)),
            per_case: draw == Draw::PerCase,
        }
    }

    /// Whether whoever has been served leaves.
    pub(super) fn leads_nowhere(&self) -> bool {
        let all = std::iter::once(&self.branches.first).chain(&self.branches.further);
        all.into_iter().all(|branches| branches.all.is_empty())
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
        let law = self.service.of(case.topic);
        micros(law.quantile(case.key.unit(Purpose::Work, ordinal)))
    }

    /// Where the case goes on to after its service; `None` when it leaves.
    #[inline(always)]
    pub(super) fn branch(&self, case: &Case) -> Option<&Branch> {
        self.branch_of(case.topic, case.key, case.visits)
    }

    /// Where the one of this key goes on to after so many visits.
    #[inline(always)]
    pub(super) fn branch_of(&self, topic: u16, key: Key, visits: u32) -> Option<&Branch> {
        let branches = self.branches.of(topic);
        let last = branches.all.last()?;
        let u = key.unit(Purpose::Route, visits);
        if last.until <= u { None } else { branches.follow(u) }
    }
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
                    Branch { until, to: to.0, delay: delay(link).map(Box::new) }
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
            let branches = Branches::new(shares(n));
            for step in 0..2 * n {
                let u = f64::from(step) / f64::from(2 * (n + 1));
                let to = branches.follow(u).map(|branch| branch.to);
                assert_eq!(to, Some(step / 2), "{n} branches at {u}");
            }
            assert!(branches.follow(1.0).is_none(), "{n} branches");
        }
    }

    #[test]
    fn one_of_many_is_the_one_that_a_search_by_halves_finds() {
        let mut until = 0.0;
        let uneven = |to: u32| {
            until += if to.is_multiple_of(7) { 0.0 } else { f64::from(1 + to % 5) / 400.0 };
            Branch { until, to, delay: None }
        };
        let branches = Branches::new((0..120).map(uneven).collect());
        let key = crate::draws::Seed::new(1, 0).stream(0).of(0);
        let drawn = (0..20_000).map(|n| key.unit(Purpose::Route, n));
        for u in drawn
            .chain(branches.ends.iter().copied())
            .chain((0..=120).map(|n| f64::from(n) / 120.0))
        {
            let found = branches.follow(u).map(|branch| branch.to as usize);
            let by_halves = branches.ends.partition_point(|end| *end <= u);
            assert_eq!(found, Some(by_halves).filter(|&at| at < 120), "at {u}");
        }
    }
}
