//! Plain desks: open networks with feedback, topic by topic.

use crate::model::spectral_radius::gains;
use crate::model::{From, LinkKind, Organization, TopicId, Work};

/// The routing among plain desks for one topic.
pub(super) struct Network {
    /// Share of what leaves role i that goes to role j.
    pub(super) shares: Vec<Vec<f64>>,
    /// Expected visits to role j of a case that comes to role i, itself included: (I − P)⁻¹ over plain
    /// desks; infinite where a case never gets out.
    visits: Vec<Vec<f64>>,
}

/// Gain from which a case never leaves its loop.
pub(super) const NEVER_LEAVES: f64 = 1.0 - 1e-9;

impl Network {
    pub(super) fn new(organization: &Organization, topic: usize) -> Network {
        let shares = routing(organization, topic);
        let plain = plain(organization);
        let mut within = inner(&shares, &plain);
        let entries: Vec<(usize, usize, f64)> = within
            .iter()
            .enumerate()
            .flat_map(|(from, row)| {
                row.iter().enumerate().map(move |(to, &share)| (from, to, share))
            })
            .collect();
        let stuck: Vec<Vec<usize>> = gains(within.len(), &entries)
            .into_iter()
            .filter(|(_, gain)| NEVER_LEAVES <= *gain)
            .map(|(roles, _)| roles)
            .collect();
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

pub(super) fn plain(organization: &Organization) -> Vec<bool> {
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
