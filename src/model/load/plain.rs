//! Plain desks: open networks with feedback, topic by topic.

use crate::model::{From, LinkKind, Organization, RoleId, TopicId, Work};

/// The routing among plain desks for one topic.
pub(super) struct Network {
    /// Share of what leaves role i that goes to role j.
    pub(super) shares: Vec<Vec<f64>>,
    /// Expected visits to role j of a case that comes to role i, itself included: (I − P)⁻¹ over plain
    /// desks; infinite where a case never gets out.
    visits: Vec<Vec<f64>>,
}

/// A cycle of plain desks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Loop {
    pub(super) topic: TopicId,
    pub(super) roles: Vec<RoleId>,
    /// Spectral radius of the routing matrix on these roles.
    pub(super) gain: f64,
}

/// Gain from which a case never leaves its loop.
pub(super) const NEVER_LEAVES: f64 = 1.0 - 1e-9;

impl Network {
    pub(super) fn new(organization: &Organization, topic: usize) -> Network {
        let shares = routing(organization, topic);
        let plain = plain(organization);
        let mut within = inner(&shares, &plain);
        let mut stuck = components(&within);
        stuck.retain(|roles| NEVER_LEAVES <= radius(&shares, roles));
        for role in stuck.iter().flatten() {
            within[*role].fill(0.0);
        }
        let mut visits = inverse(&within);
        for row in &mut visits {
            for roles in &stuck {
                if roles.iter().any(|&role| 0.0 < row[role]) {
                    roles.iter().for_each(|&role| row[role] = f64::INFINITY);
                }
            }
        }
        Network { shares, visits }
    }

    /// Expected visits to plain desk `to` of a case that comes to plain desk `from`.
    pub(super) fn visits(&self, from: usize, to: usize) -> f64 {
        self.visits[from][to]
    }
}

fn plain(organization: &Organization) -> Vec<bool> {
    organization.roles().map(|(_, role)| matches!(role.work, Work::Serve { .. })).collect()
}

/// Rows of `shares` between plain desks; everything else 0.
fn inner(shares: &[Vec<f64>], plain: &[bool]) -> Vec<Vec<f64>> {
    let row = |row: &Vec<f64>| {
        row.iter().zip(plain).map(|(&share, &plain)| if plain { share } else { 0.0 }).collect()
    };
    shares.iter().map(row).collect()
}

/// Where the plain desks send this topic: shares in the order of the links, cut off at 1.
fn routing(organization: &Organization, topic: usize) -> Vec<Vec<f64>> {
    let n = organization.role_count();
    let mut matrix = vec![vec![0.0; n]; n];
    let plain = plain(organization);
    let mut gone = vec![0.0_f64; n];
    for (from, to, link) in organization.links() {
        if let (From::Role(from), LinkKind::RouteShare(share)) = (from, link.kind)
            && plain[from.index()]
            && (link.filter.topics.is_empty()
                || link.filter.topics.contains(&TopicId(topic as u32)))
        {
            let share = share.max(0.0).min(1.0 - gone[from.index()]);
            gone[from.index()] += share;
            matrix[from.index()][to.index()] += share;
        }
    }
    matrix
}

/// The loops of plain desks, topic by topic; the same loop for several topics is told once, at its
/// highest gain.
pub(super) fn loops(organization: &Organization, topics: usize) -> Vec<Loop> {
    let plain = plain(organization);
    let mut loops: Vec<Loop> = Vec::new();
    for topic in 0..topics {
        let shares = inner(&routing(organization, topic), &plain);
        for roles in components(&shares) {
            let gain = radius(&shares, &roles);
            let roles: Vec<RoleId> = roles.into_iter().map(|role| RoleId(role as u32)).collect();
            let found = Loop { topic: TopicId(topic as u32), roles, gain };
            match loops.iter_mut().find(|known| known.roles == found.roles) {
                Some(known) if known.gain < gain => *known = found,
                Some(_) => {}
                None => loops.push(found),
            }
        }
    }
    loops
}

/// Cycles of plain desks on which no time passes: every service and every delay is zero.
pub(super) fn zero_time_loops(organization: &Organization, topics: usize) -> Vec<Vec<RoleId>> {
    let mut found: Vec<Vec<RoleId>> = Vec::new();
    for topic in 0..topics {
        let at_once: Vec<bool> = organization
            .roles()
            .map(|(_, role)| match &role.work {
                Work::Serve { service, .. } => {
                    service.get(topic).or(service.first()).is_some_and(|law| law.is_zero())
                }
                Work::Desk(_) => false,
            })
            .collect();
        let n = organization.role_count();
        let mut edges = vec![vec![0.0; n]; n];
        for (from, to, link) in organization.links() {
            if let (From::Role(from), LinkKind::RouteShare(share)) = (from, link.kind)
                && 0.0 < share
                && at_once[from.index()]
                && at_once[to.index()]
                && link.delay.is_zero()
                && (link.filter.topics.is_empty()
                    || link.filter.topics.contains(&TopicId(topic as u32)))
            {
                edges[from.index()][to.index()] = share;
            }
        }
        for roles in components(&edges) {
            let roles: Vec<RoleId> = roles.into_iter().map(|role| RoleId(role as u32)).collect();
            if !found.contains(&roles) {
                found.push(roles);
            }
        }
    }
    found
}

/// Strongly connected components that hold a cycle, each in order of number.
fn components(shares: &[Vec<f64>]) -> Vec<Vec<usize>> {
    let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
    let nodes: Vec<_> = shares.iter().map(|_| graph.add_node(())).collect();
    for (i, row) in shares.iter().enumerate() {
        for (j, _) in row.iter().enumerate().filter(|(_, share)| 0.0 < **share) {
            graph.add_edge(nodes[i], nodes[j], ());
        }
    }
    let mut found: Vec<Vec<usize>> = petgraph::algo::tarjan_scc(&graph)
        .into_iter()
        .filter(|component| {
            component.len() > 1 || graph.find_edge(component[0], component[0]).is_some()
        })
        .map(|component| {
            let mut roles: Vec<usize> = component.iter().map(|node| node.index()).collect();
            roles.sort_unstable();
            roles
        })
        .collect();
    found.sort();
    found
}

/// Spectral radius of a matrix on a strongly connected component.
///
/// Power iteration on P + I, which is primitive where P is irreducible, between the bounds of Collatz
/// and Wielandt: min and max of ((P + I)x)ᵢ / xᵢ enclose 1 + radius.
fn radius(shares: &[Vec<f64>], roles: &[usize]) -> f64 {
    let mut x = vec![1.0; roles.len()];
    let (mut low, mut high) = (0.0_f64, f64::INFINITY);
    for _ in 0..10_000 {
        let image = |(i, &own): (usize, &f64)| {
            own + roles.iter().zip(&x).map(|(&j, value)| shares[roles[i]][j] * value).sum::<f64>()
        };
        let next: Vec<f64> = x.iter().enumerate().map(image).collect();
        let ratios = next.iter().zip(&x).map(|(next, before)| next / before);
        (low, high) = ratios
            .fold((f64::INFINITY, 0.0_f64), |(low, high), ratio| (low.min(ratio), high.max(ratio)));
        if high - low < 1e-13 {
            break;
        }
        let largest = next.iter().copied().fold(0.0, f64::max);
        x = next.into_iter().map(|value| value / largest).collect();
    }
    (low + high) / 2.0 - 1.0
}

/// (I − P)⁻¹ by elimination with row pivots. `P` must let every case out in the end.
fn inverse(shares: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = shares.len();
    let unit = |i: usize| (0..n).map(move |j| if i == j { 1.0 } else { 0.0 });
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|i| unit(i).zip(&shares[i]).map(|(one, share)| one - share).chain(unit(i)).collect())
        .collect();
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))
            .expect("there is a row for each column");
        rows.swap(column, pivot);
        let lead = rows[column][column];
        rows[column].iter_mut().for_each(|value| *value /= lead);
        let row = rows[column].clone();
        for (_, other) in rows
            .iter_mut()
            .enumerate()
            .filter(|(i, other)| *i != column && 0.0 < other[column].abs())
        {
            let times = other[column];
            other.iter_mut().zip(&row).for_each(|(value, lead)| *value -= times * lead);
        }
    }
    rows.into_iter().map(|row| row[n..].to_vec()).collect()
}
