//! Inquiries that come in a day, and in a week.

use super::measured::{Measured, Moments, Sample};
use crate::sim::ArrivalCounts;
use crate::tally::Counts;

/// Mean and variance of a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CountsResult {
    /// Its mean.
    pub mean: Measured,
    /// Its variance, over all days or weeks of all replications.
    pub variance: Measured,
}

/// Inquiries that come in whole days and weeks of simulated time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArrivalsResult {
    /// In a day.
    pub day: CountsResult,
    /// In each day of the week, from the first simulated day on.
    pub weekdays: Vec<CountsResult>,
    /// In a week.
    pub week: CountsResult,
}

impl ArrivalsResult {
    /// Put the replications together; `None` where no whole day was counted.
    pub(super) fn of(runs: &[&ArrivalCounts], confidence: f64) -> Option<ArrivalsResult> {
        let days = |run: &ArrivalCounts| {
            run.days.iter().fold(Counts::default(), |mut all, day| {
                all.merge(day);
                all
            })
        };
        let result = |of: &dyn Fn(&ArrivalCounts) -> Counts| {
            let each: Vec<Counts> = runs.iter().map(|run| of(run)).collect();
            counts_result(&each, confidence)
        };
        runs.iter().any(|run| 0 < days(run).n()).then(|| ArrivalsResult {
            day: result(&days),
            weekdays: (0..7).map(|day| result(&|run| run.days[day])).collect(),
            week: result(&|run| run.weeks),
        })
    }
}

fn counts_result(each: &[Counts], confidence: f64) -> CountsResult {
    let means: Vec<Sample> =
        each.iter().map(|counts| Sample::Ratio(counts.sum(), counts.n() as f64)).collect();
    let variances = each.iter().map(Counts::variance).collect();
    let moments = |of: &Counts| Moments { n: of.n() as f64, sum: of.sum(), apart: of.apart() };
    let records: Vec<Moments> = each.iter().map(moments).collect();
    CountsResult {
        mean: Measured::from_samples(&means, confidence),
        variance: Measured::variance(variances, &records, confidence),
    }
}
