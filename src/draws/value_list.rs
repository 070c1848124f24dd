//! Finitely many values with weights.

use super::law_error::{LawError, nonnegative};

/// Values in rising order, with their shares and the cumulative shares at which they end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ValueList {
    values: Vec<f64>,
    shares: Vec<f64>,
    ends: Vec<f64>,
}

impl ValueList {
    pub(super) fn new(
        weighted: impl IntoIterator<Item = (f64, f64)>,
    ) -> Result<ValueList, LawError> {
        let mut pairs = Vec::new();
        for (value, weight) in weighted {
            let value = nonnegative("value", value)?;
            let weight = nonnegative("weight", weight)?;
            if weight > 0.0 {
                pairs.push((value, weight));
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = pairs.iter().map(|pair| pair.1).sum();
        if pairs.is_empty() || !total.is_finite() {
            return Err(LawError::Empty);
        }
        // Weights are summed before dividing: whole weights then end exactly where they should.
        let mut sum = 0.0;
        let ends = pairs.iter().map(|pair| {
            sum += pair.1;
            sum / total
        });
        Ok(ValueList {
            ends: ends.collect(),
            values: pairs.iter().map(|pair| pair.0).collect(),
            shares: pairs.iter().map(|pair| pair.1 / total).collect(),
        })
    }

    pub(super) fn quantile(&self, u: f64) -> f64 {
        let index = self.ends.partition_point(|&end| end < u);
        self.values[index.min(self.values.len() - 1)]
    }

    /// The values with their shares.
    pub(super) fn weighted(&self) -> Vec<(f64, f64)> {
        self.values.iter().copied().zip(self.shares.iter().copied()).collect()
    }

    /// Σ share · of(value).
    pub(super) fn average(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.values.iter().zip(&self.shares).map(|(&value, share)| share * of(value)).sum()
    }

    pub(super) fn for_each(&mut self, change: impl FnMut(&mut f64)) {
        self.values.iter_mut().for_each(change);
    }
}
