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
        let over = |of: &dyn Fn(&Replication) -> Sample| {
            let samples: Vec<Sample> = runs.iter().map(|run| of(run)).collect();
            Measured::from_samples(&samples, confidence)
        };
        let share = |k: usize| {
            over(&|run| {
                let rest = run.visits.iter().skip(k);
                let n: u64 = if k + 1 < TOLD { rest.take(1).sum() } else { rest.sum() };
                Sample::Ratio(n as f64, run.visits_moments.n)
            })
        };
        VisitsResult {
            mean: over(&|run| Sample::Ratio(run.visits_moments.sum, run.visits_moments.n)),
            sd: over(&|run| Sample::Deviation(run.visits_moments)),
            shares: (0..TOLD).map(share).collect(),
        }
    }
}
