//! How often cases come to each of the desks that pass them round.

use std::collections::{BTreeMap, BTreeSet};

/// The solution x of x = e + xP: visits to desks of which `entering` cases come from elsewhere, and that pass
/// on to each other by `shares`, row by row. Every case must get out in the end.
///
/// Desks are taken out one by one, those with the fewest ways through first, and each way through one becomes a
/// way past it; then visits are put back in the opposite order. (State reduction: Grassmann, Taksar and Heyman
/// 1985. As P is nonnegative and I − P an M-matrix, any order is stable.) A star, a ring or a tree of any size costs
/// no more than its links; what is left when nearly all desks are linked is solved as a full matrix.
pub(super) fn circle(mut shares: Vec<BTreeMap<usize, f64>>, entering: &[f64]) -> Vec<f64> {
    let n = shares.len();
    let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n];
    for (i, row) in shares.iter().enumerate() {
        row.keys().for_each(|&j| {
            before[j].insert(i);
        });
    }
    let ways =
        |onward: &BTreeMap<usize, f64>, before: &BTreeSet<usize>| onward.len() * before.len();
    let mut order: BTreeSet<(usize, usize)> =
        (0..n).map(|i| (ways(&shares[i], &before[i]), i)).collect();
    let mut visits = entering.to_vec();
    let mut out = Vec::with_capacity(n);
    while let Some(&(fewest, gone)) = order.first() {
        if FULL * order.len() * order.len() < fewest * FULL_OF {
            break;
        }
        order.pop_first();
        let again = shares[gone].remove(&gone).unwrap_or(0.0);
        before[gone].remove(&gone);
        let (onward, back) = (std::mem::take(&mut shares[gone]), std::mem::take(&mut before[gone]));
        let near: BTreeSet<usize> = onward.keys().chain(&back).copied().collect();
        for &at in &near {
            order.remove(&(ways(&shares[at], &before[at]), at));
        }
        let times = 1.0 / (1.0 - again);
        for (&j, share) in &onward {
            visits[j] += visits[gone] * times * share;
            before[j].remove(&gone);
        }
        let mut into = Vec::with_capacity(back.len());
        for &i in &back {
            let share = shares[i].remove(&gone).expect("a way is known at both its ends");
            into.push((i, share));
            for (&j, onward) in &onward {
                *shares[i].entry(j).or_insert(0.0) += share * times * onward;
                before[j].insert(i);
            }
        }
        for &at in &near {
            order.insert((ways(&shares[at], &before[at]), at));
        }
        out.push((gone, times, into));
    }
    let mut rest: Vec<usize> = order.into_iter().map(|(_, i)| i).collect();
    rest.sort_unstable();
    let matrix: Vec<Vec<f64>> = rest
        .iter()
        .map(|&i| rest.iter().map(|j| shares[i].get(j).copied().unwrap_or(0.0)).collect())
        .collect();
    let solved = full(matrix, rest.iter().map(|&i| visits[i]).collect());
    for (&i, solved) in rest.iter().zip(solved) {
        visits[i] = solved;
    }
    for (gone, times, into) in out.into_iter().rev() {
        let back: f64 = into.iter().map(|&(i, share)| visits[i] * share).sum();
        visits[gone] = (visits[gone] + back) * times;
    }
    visits
}

/// Ways through the desk with the fewest, as a part of all pairs of desks, from which a matrix counts as full.
const FULL: usize = 1;
const FULL_OF: usize = 8;

/// The same for a matrix without gaps: the last desk is taken out first.
fn full(mut shares: Vec<Vec<f64>>, mut visits: Vec<f64>) -> Vec<f64> {
    for gone in (0..shares.len()).rev() {
        let onward = shares[gone].clone();
        let times = 1.0 / (1.0 - onward[gone]);
        let here = visits[gone] * times;
        for (visits, share) in visits[..gone].iter_mut().zip(&onward) {
            *visits += here * share;
        }
        for row in &mut shares[..gone] {
            let through = row[gone] * times;
            if 0.0 < through {
                for (share, onward) in row[..gone].iter_mut().zip(&onward) {
                    *share += through * onward;
                }
            }
        }
    }
    for at in 0..shares.len() {
        let back: f64 = (0..at).map(|i| visits[i] * shares[i][at]).sum();
        visits[at] = (visits[at] + back) / (1.0 - shares[at][at]);
    }
    visits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x − xP against e.
    fn check(shares: &[(usize, usize, f64)], entering: &[f64]) {
        let mut rows = vec![BTreeMap::new(); entering.len()];
        for &(from, to, share) in shares {
            *rows[from].entry(to).or_insert(0.0) += share;
        }
        let visits = circle(rows, entering);
        let mut left = visits.clone();
        for &(from, to, share) in shares {
            left[to] -= visits[from] * share;
        }
        for ((left, entered), visits) in left.iter().zip(entering).zip(&visits) {
            assert!((left - entered).abs() <= 1e-9 * visits.max(1.0), "{left}, not {entered}");
        }
    }

    #[test]
    fn what_comes_in_and_comes_back_is_what_visits() {
        check(&[(0, 0, 0.5)], &[1.0]);
        check(&[(0, 1, 0.3), (1, 0, 0.9)], &[1.0, 0.2]);
        check(&[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 0.999), (1, 1, 0.0)], &[1.0, 0.0, 0.0]);
        // all to all, itself included
        let n = 40_usize;
        let all: Vec<(usize, usize, f64)> = (0..n)
            .flat_map(|i| {
                (0..n).map(move |j| (i, j, 0.9 * (1 + (7 * i + 3 * j) % 5) as f64 / 200.0))
            })
            .collect();
        check(&all, &vec![1.0; n]);
        // some to some, in a net that fills up on the way
        let some: Vec<(usize, usize, f64)> = (0..200)
            .flat_map(|i| {
                [(i, (i + 1) % 200, 0.4), (i, (17 * i + 5) % 200, 0.3), (i, (31 * i) % 200, 0.2)]
            })
            .collect();
        check(&some, &(0..200).map(|i| f64::from(i % 3)).collect::<Vec<f64>>());
    }

    #[test]
    fn a_large_star_costs_no_more_than_its_links() {
        let n = 20_000;
        let star: Vec<(usize, usize, f64)> =
            (1..n).flat_map(|leaf| [(0, leaf, 1.0 / n as f64), (leaf, 0, 0.5)]).collect();
        let mut entering = vec![0.0; n];
        entering[0] = 1.0;
        check(&star, &entering);
    }
}
