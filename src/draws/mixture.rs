//! Several laws, each in a share of cases.

use super::law::Law;
use super::law_error::{LawError, nonnegative};

/// Laws in order of mean, with the cumulative shares at which each ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mixture {
    branches: Vec<Branch>,
}

#[derive(Debug, Clone, PartialEq)]
struct Branch {
    begin: f64,
    share: f64,
    law: Law,
}

impl Mixture {
    pub(super) fn new(weighted: impl IntoIterator<Item = (f64, Law)>) -> Result<Mixture, LawError> {
        let mut branches = Vec::new();
        for (weight, law) in weighted {
            let share = nonnegative("weight", weight)?;
            if share > 0.0 {
                branches.push(Branch { begin: 0.0, share, law });
            }
        }
        branches.sort_by(|a, b| a.law.mean().total_cmp(&b.law.mean()));
        let total: f64 = branches.iter().map(|branch| branch.share).sum();
        if branches.is_empty() || !total.is_finite() {
            return Err(LawError::Empty);
        }
        let mut begin = 0.0;
        for branch in &mut branches {
            branch.begin = begin;
            branch.share /= total;
            begin += branch.share;
        }
        Ok(Mixture { branches })
    }

    pub(super) fn quantile(&self, u: f64) -> f64 {
        let index = self.branches.partition_point(|branch| branch.begin <= u).max(1) - 1;
        let branch = &self.branches[index];
        // Rounding of the shares must not push the rest of the uniform out of (0, 1).
        const LEAST: f64 = f64::EPSILON / 2.0;
        branch.law.quantile(((u - branch.begin) / branch.share).clamp(LEAST, 1.0 - LEAST))
    }

    /// The laws with their shares.
    pub(super) fn weighted(&self) -> Vec<(f64, Law)> {
        self.branches.iter().map(|branch| (branch.share, branch.law.clone())).collect()
    }

    /// Σ share · value(law).
    pub(super) fn average(&self, value: impl Fn(&Law) -> f64) -> f64 {
        self.branches.iter().map(|branch| branch.share * value(&branch.law)).sum()
    }

    /// The same, `None` if any value is.
    pub(super) fn try_average(&self, value: impl Fn(&Law) -> Option<f64>) -> Option<f64> {
        self.branches.iter().map(|branch| Some(branch.share * value(&branch.law)?)).sum()
    }

    pub(super) fn for_each(&mut self, mut change: impl FnMut(&mut Law)) {
        self.branches.iter_mut().for_each(|branch| change(&mut branch.law));
    }
}
