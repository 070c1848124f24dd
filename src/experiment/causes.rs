//! Why customers waited.

use super::measured::{Measured, Sample};
use crate::sim::{CAUSES, Cause};

/// What one cause took of the customers' time.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseResult {
    /// The cause.
    pub cause: Cause,
    /// Its share of all waiting.
    pub share: Measured,
    /// Minutes of it per inquiry that ended.
    pub minutes: Measured,
}

/// One replication's waits in minutes by cause, and the inquiries that ended.
pub(super) type Waits = ([f64; CAUSES], f64);

/// Waits by cause over the replications.
pub(super) fn causes(waits: &[Waits], confidence: f64) -> Vec<CauseResult> {
    let of = |cause: Cause| {
        let by = |sample: &dyn Fn(&Waits) -> Sample| {
            let samples: Vec<Sample> = waits.iter().map(sample).collect();
            Measured::from_samples(&samples, confidence)
        };
        CauseResult {
            cause,
            share: by(&|(waits, _)| Sample::Ratio(waits[cause as usize], waits.iter().sum())),
            minutes: by(&|(waits, ended)| Sample::Ratio(waits[cause as usize], *ended)),
        }
    };
    Cause::ALL.iter().map(|&cause| of(cause)).collect()
}

/// Waits of all causes together over the replications.
pub(super) fn waited(waits: &[Waits], confidence: f64) -> Measured {
    let all = |(waits, ended): &Waits| Sample::Ratio(waits.iter().sum(), *ended);
    Measured::from_samples(&waits.iter().map(all).collect::<Vec<_>>(), confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_the_causes_add_up_to_one() {
        let mut first = [0.0; CAUSES];
        (first[0], first[3], first[9]) = (10.0, 20.0, 30.0);
        let mut second = first;
        second[5] = 40.0;
        let all = causes(&[(first, 3.0), (second, 5.0)], 0.95);
        let sum: f64 = all.iter().filter_map(|cause| cause.share.mean()).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert_eq!(all[3].minutes.mean(), Some(40.0 / 8.0));
        let together: f64 = all.iter().filter_map(|cause| cause.minutes.mean()).sum();
        let waited = waited(&[(first, 3.0), (second, 5.0)], 0.95);
        assert!((waited.mean().unwrap() - together).abs() < 1e-9 && waited.half_width().is_some());
    }
}
