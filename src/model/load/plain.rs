//! Plain desks: open networks with feedback, topic by topic.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::circle::circle;
use crate::model::spectral_radius::{components, gains};
use crate::model::{From, LinkKind, Organization, TopicId, Work};

/// The routing among plain desks for one topic.
pub(super) struct Network {
    /// What leaves role i, by where it goes: role j and its share, in order of j.
    pub(super) shares: Vec<Vec<(usize, f64)>>,
    /// Which roles are plain desks.
    plain: Vec<bool>,
    /// Parts of the network in the order in which cases come to them.
    parts: Vec<Part>,
    /// For each role the part that it is in.
    part_of: Vec<usize>,
    /// Visits found out already.
    known: BTreeMap<usize, Rc<Visits>>,
}

/// Roles with the expected visits to them.
type Visits = Vec<(usize, f64)>;

/// Visits that are kept at most; those of further desks are found out again.
const MOST_KNOWN: usize = 1_000_000;

/// Roles that all lead to each other, or one role.
struct Part {
    roles: Vec<usize>,
    /// Whether cases can come back to a role of it.
    circles: bool,
    /// Whether cases that come here never get out.
    stuck: bool,
}

/// Gain from which a case never leaves its loop.
pub(super) const NEVER_LEAVES: f64 = 1.0 - 1e-9;

impl Network {
    pub(super) fn new(organization: &Organization, topic: usize) -> Network {
        let plain = plain(organization);
        let shares = routing(organization, topic, &plain);
        let within: Vec<(usize, usize, f64)> = shares
            .iter()
            .enumerate()
            .flat_map(|(from, row)| row.iter().map(move |&(to, share)| (from, to, share)))
            .filter(|&(_, to, _)| plain[to])
            .collect();
        let mut parts: Vec<Part> =
            components(shares.len(), within.iter().map(|&(from, to, _)| (from, to)))
                .into_iter()
                .map(|roles| Part { roles, circles: false, stuck: false })
                .collect();
        let mut part_of = vec![0; shares.len()];
        for (number, part) in parts.iter().enumerate() {
            part.roles.iter().for_each(|&role| part_of[role] = number);
        }
        for (roles, gain) in gains(shares.len(), &within) {
            let part = &mut parts[part_of[roles[0]]];
            part.circles = true;
            part.stuck = NEVER_LEAVES <= gain;
        }
        Network { shares, plain, parts, part_of, known: BTreeMap::new() }
    }

    /// Expected visits to plain desks of a case that comes to plain desk `from`, those without any left out:
    /// the row of (I − P)⁻¹ over plain desks, in order; infinite where a case never gets out.
    ///
    /// Part by part, in the order of the flow: a part without a way back passes on what it has, and one that
    /// circles solves for itself alone.
    pub(super) fn visits(&mut self, from: usize) -> Rc<Visits> {
        if let Some(known) = self.known.get(&from) {
            return Rc::clone(known);
        }
        let visits = Rc::new(self.follow(from));
        if (self.known.len() + 1) * self.plain.len() <= MOST_KNOWN {
            self.known.insert(from, Rc::clone(&visits));
        }
        visits
    }

    fn follow(&self, from: usize) -> Visits {
        let mut visits: BTreeMap<usize, f64> = BTreeMap::from([(from, 1.0)]);
        let mut next = BTreeSet::from([self.part_of[from]]);
        while let Some(number) = next.pop_first() {
            let part = &self.parts[number];
            if part.stuck {
                part.roles.iter().for_each(|&role| {
                    visits.insert(role, f64::INFINITY);
                });
                continue;
            }
            if part.circles {
                let entering: Vec<f64> = part
                    .roles
                    .iter()
                    .map(|role| visits.get(role).copied().unwrap_or(0.0))
                    .collect();
                for (&role, visited) in part.roles.iter().zip(self.round(part, &entering)) {
                    visits.insert(role, visited);
                }
            }
            for &role in &part.roles {
                let Some(&here) = visits.get(&role).filter(|here| 0.0 < **here) else { continue };
                for &(to, share) in &self.shares[role] {
                    let part = self.part_of[to];
                    if part != number && self.plain[to] {
                        *visits.entry(to).or_insert(0.0) += here * share;
                        next.insert(part);
                    }
                }
            }
        }
        visits.into_iter().filter(|(_, visits)| 0.0 < *visits).collect()
    }

    /// Visits to the roles of a part, for so many that enter at each.
    fn round(&self, part: &Part, entering: &[f64]) -> Vec<f64> {
        let place: BTreeMap<usize, usize> =
            part.roles.iter().enumerate().map(|(place, &role)| (role, place)).collect();
        let row = |role: &usize| -> BTreeMap<usize, f64> {
            let onward = self.shares[*role].iter();
            onward.filter_map(|&(to, share)| Some((*place.get(&to)?, share))).collect()
        };
        circle(part.roles.iter().map(row).collect(), entering)
    }
}

pub(super) fn plain(organization: &Organization) -> Vec<bool> {
    organization.roles().map(|(_, role)| matches!(role.work, Work::Serve { .. })).collect()
}

/// Where the plain desks send this topic: shares in the order of the links, cut off at 1.
fn routing(organization: &Organization, topic: usize, plain: &[bool]) -> Vec<Vec<(usize, f64)>> {
    let n = organization.role_count();
    let mut rows: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); n];
    let mut gone = vec![0.0_f64; n];
    for (from, to, link) in organization.links() {
        if let (From::Role(from), LinkKind::RouteShare(share)) = (from, link.kind)
            && plain[from.index()]
            && (link.filter.topics.is_empty()
                || link.filter.topics.contains(&TopicId(topic as u32)))
        {
            let share = share.max(0.0).min(1.0 - gone[from.index()]);
            gone[from.index()] += share;
            if 0.0 < share {
                *rows[from.index()].entry(to.index()).or_insert(0.0) += share;
            }
        }
    }
    rows.into_iter().map(|row| row.into_iter().collect()).collect()
}
