//! Markov chains in continuous time, solved by numbers: exact answers for systems without a formula.

use std::collections::BTreeMap;

/// The stationary probabilities of all states that can be reached from `start`.
///
/// `moves` lists where a state goes to and at what rate; it cuts the state space off itself. Balance equations by Gauss and
/// Seidel: the probability of a state is what flows in, divided by the rate at which it is left.
pub(crate) fn stationary<S: Ord + Clone>(
    start: S,
    moves: impl Fn(&S) -> Vec<(S, f64)>,
) -> BTreeMap<S, f64> {
    let mut number: BTreeMap<S, usize> = BTreeMap::from([(start.clone(), 0)]);
    let mut states = vec![start];
    let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    let mut out: Vec<f64> = Vec::new();
    let mut at = 0;
    while at < states.len() {
        let mut rate_out = 0.0;
        for (to, rate) in moves(&states[at]) {
            assert!(0.0 < rate, "a move has a rate");
            let known = *number.entry(to.clone()).or_insert_with(|| {
                states.push(to);
                into.push(Vec::new());
                states.len() - 1
            });
            if known != at {
                into[known].push((at, rate));
                rate_out += rate;
            }
        }
        out.push(rate_out);
        at += 1;
    }
    let mut chance = vec![1.0 / states.len() as f64; states.len()];
    for sweep in 0..200_000 {
        let mut change: f64 = 0.0;
        for state in 0..states.len() {
            let flow: f64 = into[state].iter().map(|&(from, rate)| chance[from] * rate).sum();
            let new = flow / out[state];
            change = change.max((new - chance[state]).abs());
            chance[state] = new;
        }
        let total: f64 = chance.iter().sum();
        chance.iter_mut().for_each(|chance| *chance /= total);
        if change < 1e-13 && 10 < sweep {
            return states.into_iter().zip(chance).collect();
        }
    }
    panic!("the chain does not settle");
}

/// The mean of a quantity over the states.
pub(crate) fn mean<S>(chances: &BTreeMap<S, f64>, of: impl Fn(&S) -> f64) -> f64 {
    chances.iter().map(|(state, chance)| chance * of(state)).sum()
}

#[test]
fn a_chain_of_births_and_deaths_has_its_formula() {
    let chances = stationary(0u32, |&n| {
        let mut moves = vec![(n + 1, 0.5)];
        if n == 60 {
            moves.clear();
        }
        if 0 < n {
            moves.push((n - 1, 1.0));
        }
        moves
    });
    assert!(
        (chances[&0] - 0.5).abs() < 1e-10 && (mean(&chances, |&n| f64::from(n)) - 1.0).abs() < 1e-9
    );
}
