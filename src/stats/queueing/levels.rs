//! Stationary chains whose level changes by one at a time, solved level by level.

/// Rates from the states of one level.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    /// To the states of the next level.
    pub(super) up: Vec<Vec<f64>>,
    /// To the other states of the level; what stands on the diagonal does not count.
    pub(super) within: Vec<Vec<f64>>,
    /// To the states of the level below.
    pub(super) down: Vec<Vec<f64>>,
}

/// Long-run shares of time by level and state of a chain of levels 0 to `last`, cut off there.
///
/// π(n+1) = π(n)·R(n) with R(n) = −U(n)·(W(n+1) + R(n+1)·D(n+2))⁻¹, from the last level down: the
/// linear level reduction of Gaver, Jacobs and Latouche (1984).
pub(super) fn shares(last: usize, level: impl Fn(usize) -> Level) -> Vec<Vec<f64>> {
    let mut ratios: Vec<Vec<Vec<f64>>> = Vec::with_capacity(last);
    // (W(n) + R(n)·D(n+1)) of the level just done, with its diagonal.
    let mut above: Vec<Vec<f64>> = Vec::new();
    let mut down_to_below: Vec<Vec<f64>> = Vec::new();
    for n in (0..=last).rev() {
        let Level { up, within, down } = level(n);
        let states = within.len();
        let sum = |rows: &[Vec<f64>], i: usize| rows.get(i).map_or(0.0, |row| row.iter().sum());
        let mut reduced = within.clone();
        for (i, row) in reduced.iter_mut().enumerate() {
            row[i] = 0.0;
            let stay: f64 = row.iter().sum();
            let upward: f64 = if n < last { sum(&up, i) } else { 0.0 };
            row[i] = -(stay + upward + sum(&down, i));
        }
        if n < last {
            let ratio = product(&up, &inverse_of_negative(&above));
            let back = product(&ratio, &down_to_below);
            for i in 0..states {
                for j in 0..states {
                    reduced[i][j] += back[i][j];
                }
            }
            ratios.push(ratio);
        }
        above = reduced;
        down_to_below = down;
    }
    let mut levels = vec![stationary(above)];
    for ratio in ratios.iter().rev() {
        let below = levels.last().expect("there is level 0");
        let next = (0..ratio.first().map_or(0, Vec::len))
            .map(|j| below.iter().zip(ratio).map(|(share, row)| share * row[j]).sum())
            .collect();
        levels.push(next);
    }
    let total: f64 = levels.iter().flatten().sum();
    levels.iter_mut().flatten().for_each(|share| *share /= total);
    levels
}

/// Levels beyond which a chain without a last one is not followed.
const HIGHEST: usize = 1 << 16;

/// The same for a chain without a last level: cut where less than 10⁻¹² of the time is spent. `None` if that would be
/// too high, as where it hardly settles.
pub(super) fn shares_of_endless(
    guess: usize,
    level: impl Fn(usize) -> Level,
) -> Option<Vec<Vec<f64>>> {
    let mut last = guess.max(8);
    while last <= HIGHEST {
        let levels = shares(last, &level);
        let top: f64 = levels.last().map_or(0.0, |states| states.iter().sum());
        if top < 1e-12 {
            return Some(levels);
        }
        last *= 2;
    }
    None
}

/// Probabilities of a chain with these rates, by the elimination of Grassmann, Taksar and Heyman (1985).
fn stationary(mut rates: Vec<Vec<f64>>) -> Vec<f64> {
    let n = rates.len();
    for last in (1..n).rev() {
        let out: f64 = rates[last][..last].iter().sum();
        for row in &mut rates[..last] {
            row[last] /= out;
        }
        for from in 0..last {
            for to in (0..last).filter(|&to| to != from) {
                let through = rates[from][last] * rates[last][to];
                rates[from][to] += through;
            }
        }
    }
    let mut shares = vec![1.0; n];
    for at in 1..n {
        shares[at] = (0..at).map(|from| shares[from] * rates[from][at]).sum();
    }
    shares
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let columns = b.first().map_or(0, Vec::len);
    a.iter()
        .map(|row| {
            let mut sum = vec![0.0; columns];
            for (x, line) in row.iter().zip(b).filter(|(x, _)| **x != 0.0) {
                sum.iter_mut().zip(line).for_each(|(sum, y)| *sum += x * y);
            }
            sum
        })
        .collect()
}

/// (−M)⁻¹ of a matrix whose negative has a nonnegative inverse, by Gauss and Jordan.
fn inverse_of_negative(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = matrix.len();
    let mut rows: Vec<Vec<f64>> = matrix
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let unit = (0..n).map(|j| f64::from(u8::from(i == j)));
            row.iter().map(|x| -x).chain(unit).collect()
        })
        .collect();
    for pivot in 0..n {
        let by_size =
            |&a: &usize, &b: &usize| rows[a][pivot].abs().total_cmp(&rows[b][pivot].abs());
        let best = (pivot..n).max_by(by_size).unwrap_or(pivot);
        rows.swap(pivot, best);
        let scale = rows[pivot][pivot];
        rows[pivot].iter_mut().for_each(|x| *x /= scale);
        let line = rows[pivot].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(i, _)| *i != pivot) {
            let factor = row[pivot];
            if factor != 0.0 {
                row.iter_mut().zip(&line).for_each(|(x, y)| *x -= factor * y);
            }
        }
    }
    rows.into_iter().map(|row| row[n..].to_vec()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::ManyServers;

    #[test]
    fn a_birth_and_death_process_is_a_chain_of_single_states() {
        let level = |n: usize| Level {
            up: vec![vec![3.2]],
            within: vec![vec![0.0]],
            down: if n == 0 { Vec::new() } else { vec![vec![n.min(4) as f64]] },
        };
        let levels = shares_of_endless(10, level).expect("it settles");
        let number: f64 = levels.iter().enumerate().map(|(n, state)| n as f64 * state[0]).sum();
        let exact = ManyServers::new(3.2, 1.0, 4).unwrap().number_mean();
        assert!((number / exact - 1.0).abs() < 1e-9, "{number} against {exact}");
    }
}
