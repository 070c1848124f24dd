//! Visits to roles of each inquiry.

use super::measured::{Measured, Sample};
use super::replication::Replication;

/// How often the inquiries that left had been at a role.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VisitsResult {
    /// Mean number of visits.
    pub mean: Measured,
    /// Its standard deviation over inquiries.
    pub sd: Measured,
    /// Share with 0, 1, … visits; the last with that many or more.
    pub shares: Vec<Measured>,
}

/// Numbers of visits whose share is told apart.
const TOLD: usize = 11;

impl VisitsResult {
    pub(super) fn of(runs: &[&Replication], confidence: f64) -> VisitsResult {
        let over = |of: &dyn Fn(&[u64], f64) -> Sample| {
            let samples: Vec<Sample> = runs
                .iter()
                .map(|run| of(&run.visits, run.visits.iter().sum::<u64>() as f64))
                .collect();
            Measured::from_samples(&samples, confidence)
        };
        let moment = |visits: &[u64], power: i32| -> f64 {
            visits
                .iter()
                .enumerate()
                .map(|(n, &k)| libm::pow(n as f64, f64::from(power)) * k as f64)
                .sum()
        };
        let share = |k: usize| {
            over(&|visits, all| {
                let rest = visits.iter().skip(k);
                let n: u64 = if k + 1 < TOLD { rest.take(1).sum() } else { rest.sum() };
                Sample::Ratio(n as f64, all)
            })
        };
        VisitsResult {
            mean: over(&|visits, all| Sample::Ratio(moment(visits, 1), all)),
            sd: over(&|visits, all| Sample::Deviation([all, moment(visits, 1), moment(visits, 2)])),
            shares: (0..TOLD).map(share).collect(),
        }
    }
}
