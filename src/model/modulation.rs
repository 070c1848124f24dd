//! Rates that change by themselves: a process of states, each with its own rate.

use crate::draws::Law;
use crate::model::Shares;

/// States that follow each other at random, each with its own rate of arrivals.
///
/// With exponential lengths of stay this is the Markov-modulated Poisson process (Fischer and
/// Meier-Hellstern 1993); with any other law, a semi-Markov one.
#[derive(Debug, Clone, PartialEq)]
pub struct Modulation {
    /// The states, at least two, each of which can be reached from each.
    pub states: Vec<RateState>,
    /// Where it begins: the share of each state.
    pub start: Shares,
}

/// One state.
#[derive(Debug, Clone, PartialEq)]
pub struct RateState {
    /// The author's word for it.
    pub name: String,
    /// Arrivals per hour while it lasts.
    pub per_hour: f64,
    /// How long it lasts, in minutes; the mean is above 0.
    pub lasts: Law,
    /// Which state is next.
    pub next: Shares,
}

impl Modulation {
    /// Begins in a state drawn from the long-run shares of time.
    pub fn new(states: Vec<RateState>) -> Modulation {
        let shares =
            Shares::new(&time_shares(&states)).expect("some state has a share of the time");
        Modulation { states, start: shares }
    }

    /// Long-run share of time in each state.
    pub fn time_shares(&self) -> Vec<f64> {
        time_shares(&self.states)
    }

    /// Long-run arrivals per hour.
    pub fn per_hour(&self) -> f64 {
        let shares = self.time_shares();
        self.states.iter().zip(shares).map(|(state, share)| state.per_hour * share).sum()
    }

    /// A state from which another cannot be reached, and that other.
    pub fn one_way(states: &[RateState]) -> Option<(usize, usize)> {
        (0..states.len()).find_map(|from| {
            let mut seen = vec![false; states.len()];
            let mut next = vec![from];
            while let Some(at) = next.pop() {
                if !std::mem::replace(&mut seen[at], true) {
                    let onward = (0..states.len()).filter(|&to| 0.0 < states[at].next.share(to));
                    next.extend(onward);
                }
            }
            seen.iter().position(|seen| !seen).map(|to| (from, to))
        })
    }
}

/// Visits of the chain of states, by the elimination of Grassmann, Taksar and Heyman (1985), which never
/// subtracts; times the mean stay.
fn time_shares(states: &[RateState]) -> Vec<f64> {
    let n = states.len();
    let mut p: Vec<Vec<f64>> =
        states.iter().map(|state| (0..n).map(|to| state.next.share(to)).collect()).collect();
    for last in (1..n).rev() {
        let out: f64 = p[last][..last].iter().sum();
        for row in &mut p[..last] {
            row[last] /= out;
        }
        for from in 0..last {
            for to in 0..last {
                p[from][to] += p[from][last] * p[last][to];
            }
        }
    }
    let mut visits = vec![1.0; n];
    for at in 1..n {
        visits[at] = (0..at).map(|from| visits[from] * p[from][at]).sum();
    }
    let times: Vec<f64> =
        visits.iter().zip(states).map(|(visits, state)| visits * state.lasts.mean()).collect();
    let total: f64 = times.iter().sum();
    times.iter().map(|time| time / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(per_hour: f64, minutes: f64, next: &[f64]) -> RateState {
        RateState {
            name: String::new(),
            per_hour,
            lasts: Law::exponential(minutes).unwrap(),
            next: Shares::new(next).unwrap(),
        }
    }

    #[test]
    fn time_shares_balance_what_comes_and_goes() {
        let two =
            Modulation::new(vec![state(2.0, 90.0, &[0.0, 1.0]), state(10.0, 30.0, &[1.0, 0.0])]);
        assert!((two.per_hour() - 4.0).abs() < 1e-12);
        let three = vec![
            state(1.0, 10.0, &[0.0, 0.5, 0.5]),
            state(2.0, 20.0, &[1.0, 0.0, 0.0]),
            state(3.0, 5.0, &[0.25, 0.75, 0.0]),
        ];
        let three = Modulation::new(three);
        let shares = three.time_shares();
        let flow = |from: usize| shares[from] / three.states[from].lasts.mean();
        for at in 0..3 {
            let into: f64 = (0..3).map(|from| flow(from) * three.states[from].next.share(at)).sum();
            assert!((into - flow(at)).abs() < 1e-15);
        }
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_way_without_return_is_found() {
        let states = [state(1.0, 1.0, &[0.0, 1.0]), state(1.0, 1.0, &[0.0, 1.0])];
        assert_eq!(Modulation::one_way(&states), Some((1, 0)));
    }
}
