//! What was agreed with a vendor about money, beside the hours that are in the plan.

use crate::units::{BUSINESS_YEAR, SimTime};

/// A month of a contract: a twelfth of the business year.
pub const MONTH: SimTime = SimTime::from_micros(BUSINESS_YEAR.micros() / 12);

/// Prices and promises of a contract that depend on what is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// Price of each case that the vendor answers first, on top of what its hours cost.
    pub per_case: f64,
    /// What it promises.
    pub promise: Option<Promise>,
}

/// A service level of a contract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise {
    /// Time from a case's coming to the vendor until the vendor's first reply.
    pub within: SimTime,
    /// Share of the vendor's first replies of a month that are to be as fast.
    pub share: f64,
    /// Share of the month's fee that is kept back if they are not.
    pub penalty: f64,
}

/// What a vendor did in one month of a contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthsWork {
    /// First replies.
    pub first_replies: u64,
    /// Of these, within the time promised.
    pub in_time: u64,
}

/// What a contract comes to over some months.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Settlement {
    /// Fees by the case, less what is kept back; the price of hours is in the plan.
    pub beyond_the_plan: f64,
    /// Months, the last one perhaps in part.
    pub months: f64,
    /// Of these, months in which the promise was kept.
    pub kept: f64,
}

impl Terms {
    /// Settle the months of a stretch of time.
    ///
    /// `base_per_year`: what the vendor's hours cost. A month's fee is its part of that and the price of its
    /// cases; it is cut by the penalty if fewer than the share promised were in time. A month without a first
    /// reply keeps the promise. What is left of the last month counts as that part of one.
    pub fn settle(&self, base_per_year: f64, months: &[MonthsWork], length: SimTime) -> Settlement {
        let mut settled = Settlement::default();
        let mut rest = length;
        for number in 0.. {
            if rest == SimTime::ZERO {
                break;
            }
            let part = rest.min(MONTH).micros() as f64 / MONTH.micros() as f64;
            rest = rest.since(MONTH);
            let work: MonthsWork = months.get(number).copied().unwrap_or_default();
            let by_case = self.per_case * work.first_replies as f64;
            let kept = self.promise.is_none_or(|promise| {
                promise.share * work.first_replies as f64 <= work.in_time as f64
            });
            let penalty = self.promise.filter(|_| !kept).map_or(0.0, |promise| promise.penalty);
            let fee = base_per_year / 12.0 * part + by_case;
            settled.beyond_the_plan += by_case - penalty * fee;
            settled.months += part;
            settled.kept += if kept { part } else { 0.0 };
        }
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_month_costs_the_penalty_of_its_fee() {
        let promise = Promise { within: SimTime::HOUR, share: 0.8, penalty: 0.1 };
        let terms = Terms { per_case: 4.0, promise: Some(promise) };
        let month = |first_replies, in_time| MonthsWork { first_replies, in_time };
        let half = SimTime::from_micros(MONTH.micros() / 2);
        let settled =
            terms.settle(12_000.0, &[month(100, 80), month(100, 79)], MONTH + MONTH + half);
        // $400 a month by the case; of the second month's $1,400 a tenth is kept back
        assert!((settled.beyond_the_plan - (800.0 - 140.0)).abs() < 1e-6, "{settled:?}");
        assert!((settled.months - 2.5).abs() < 1e-6 && (settled.kept - 1.5).abs() < 1e-6);
    }

    #[test]
    fn hours_alone_cost_nothing_beyond_the_plan() {
        let terms = Terms { per_case: 0.0, promise: None };
        let settled = terms.settle(12_000.0, &[], MONTH);
        assert_eq!((settled.beyond_the_plan, settled.months), (0.0, 1.0));
    }
}
