//! A quantity over replications.

use crate::stats::{Accumulator, Interval, mean_interval, ratio_interval};

/// One replication's share in an estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// A ratio, kept as its two parts, so that a quiet replication does not weigh like a busy one.
    Ratio(f64, f64),
    /// A value that stands for the whole replication.
    Value(f64),
    /// Longer than any time: the quantile lies among those who were never answered; or there was
    /// nothing to measure.
    None,
}

impl Sample {
    /// The replication's own value.
    pub fn value(self) -> Option<f64> {
        match self {
            Sample::Ratio(above, below) => (0.0 < below).then(|| above / below),
            Sample::Value(value) => Some(value),
            Sample::None => None,
        }
    }
}

/// A quantity as the replications tell it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// The value of each replication; `None` where there is none ("never", or nothing to measure).
    pub values: Vec<Option<f64>>,
    /// The estimate over all replications; `None` where there is none. Its half-width is missing
    /// with a single replication, and where some replications have no value.
    pub interval: Option<Interval>,
    /// Values whose plain mean is the estimate and whose spread is the estimate's: those of the
    /// replications, or for a ratio their linearization. Empty where there are none.
    linear: Vec<f64>,
    /// Of a ratio, what each replication has above and below the line.
    parts: Vec<(f64, f64)>,
}

impl Measured {
    /// From one sample of each replication.
    ///
    /// Ratios are estimated by Σ above ÷ Σ below with the delta method's variance; plain values by
    /// their mean. For ratios r = Σa/Σb the linearized value of a replication is
    /// r + (a − r·b)/b̄, whose mean is r and whose standard error is the delta method's.
    pub fn from_samples(samples: &[Sample], confidence: f64) -> Measured {
        let values: Vec<Option<f64>> = samples.iter().map(|sample| sample.value()).collect();
        let parts: Option<Vec<(f64, f64)>> = samples
            .iter()
            .map(|sample| match sample {
                Sample::Ratio(above, below) => Some((*above, *below)),
                _ => None,
            })
            .collect();
        match parts {
            Some(parts) if !parts.is_empty() => Measured::ratio(values, &parts, confidence),
            _ => {
                let all: Vec<f64> = values.iter().copied().flatten().collect();
                let interval = (!all.is_empty()).then(|| mean_interval(&all, confidence));
                let complete = all.len() == values.len();
                let linear = if complete { all } else { Vec::new() };
                Measured { values, interval, linear, parts: Vec::new() }
            }
        }
    }

    fn ratio(values: Vec<Option<f64>>, parts: &[(f64, f64)], confidence: f64) -> Measured {
        let (above, below): (Vec<f64>, Vec<f64>) = parts.iter().copied().unzip();
        let Some(interval) = ratio_interval(&above, &below, confidence) else {
            return Measured { values, ..Measured::default() };
        };
        let ratio = interval.mean;
        let mean_below = below.iter().copied().collect::<Accumulator>().mean();
        let linear = parts.iter().map(|(a, b)| ratio + (a - ratio * b) / mean_below).collect();
        Measured { values, interval: Some(interval), linear, parts: parts.to_vec() }
    }

    /// From each replication's value of something that is not a mean (a quantile, a standard
    /// deviation), and the value of all replications' records together.
    ///
    /// The estimate is that of all records, and no estimate where that is `None`; the half-width is
    /// that of the replications' mean, and missing where a replication has no value.
    pub fn pooled(values: Vec<Option<f64>>, pooled: Option<f64>, confidence: f64) -> Measured {
        let Some(estimate) = pooled else { return Measured { values, ..Measured::default() } };
        let all: Option<Vec<f64>> = values.iter().copied().collect();
        match all {
            Some(all) if !all.is_empty() => {
                let over = mean_interval(&all, confidence);
                let linear = all.iter().map(|value| value + (estimate - over.mean)).collect();
                let interval = Some(Interval { mean: estimate, ..over });
                Measured { values, interval, linear, parts: Vec::new() }
            }
            _ => {
                let n = values.iter().flatten().count();
                let bare = Interval { mean: estimate, half_width: None, n, standard_error: None };
                Measured { values, interval: Some(bare), ..Measured::default() }
            }
        }
    }

    /// A standard deviation over all records, where each replication has few, one perhaps: from how many each has,
    /// their sum and the sum of their squares.
    ///
    /// The estimate is √(Σs/n − (Σx/n)²) over all records; the half-width is the delta method's, so that what one
    /// replication alone has no spread of counts as well.
    pub(super) fn deviation(records: &[[f64; 3]], confidence: f64) -> Measured {
        let [n, sum, squares] = [0, 1, 2].map(|of| records.iter().map(|one| one[of]).sum::<f64>());
        if n == 0.0 {
            return Measured::default();
        }
        let mean = sum / n;
        let variance = (squares / n - mean * mean).max(0.0);
        let sd = variance.sqrt();
        let each = n / records.len() as f64;
        let apart = |&[n, sum, squares]: &[f64; 3]| {
            let own = squares - 2.0 * mean * sum + (mean * mean - variance) * n;
            if sd == 0.0 { sd } else { sd + own / (2.0 * sd * each) }
        };
        let linear: Vec<f64> = records.iter().map(apart).collect();
        let interval = Interval { mean: sd, ..mean_interval(&linear, confidence) };
        let values = linear.iter().map(|&value| Some(value)).collect();
        Measured { values, interval: Some(interval), linear, parts: Vec::new() }
    }

    /// From the plain values of the replications.
    pub fn of(values: &[f64], confidence: f64) -> Measured {
        let samples: Vec<Sample> = values.iter().map(|&value| Sample::Value(value)).collect();
        Measured::from_samples(&samples, confidence)
    }

    /// The estimate.
    pub fn mean(&self) -> Option<f64> {
        self.interval.map(|interval| interval.mean)
    }

    /// Half the length of its interval.
    pub fn half_width(&self) -> Option<f64> {
        self.interval.and_then(|interval| interval.half_width)
    }

    /// Of a ratio, what each replication has above and below the line; empty otherwise.
    pub fn parts(&self) -> &[(f64, f64)] {
        &self.parts
    }

    /// One value a replication whose mean is the estimate, for paired comparison; empty if a
    /// replication has none.
    pub fn linear(&self) -> &[f64] {
        &self.linear
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_a_replication_tells_how_sure_a_deviation_is() {
        let looks: Vec<[f64; 3]> =
            [1.0, 4.0, 4.0, 7.0].iter().map(|x: &f64| [1.0, *x, x * x]).collect();
        let measured = Measured::deviation(&looks, 0.95);
        let sd = 4.5f64.sqrt();
        assert!(measured.mean().is_some_and(|mean| (mean - sd).abs() < 1e-12));
        // (x − 4)² − 4.5 over 2 sd: (4.5, −4.5, −4.5, 4.5) ÷ 2 sd, whose deviation over 4 is √27 ÷ 2 sd
        let error = 27f64.sqrt() / (2.0 * sd) / 2.0;
        let told = measured.interval.unwrap().standard_error.unwrap();
        assert!((told - error).abs() < 1e-12, "{told} {error}");
        assert_eq!(Measured::deviation(&[], 0.95), Measured::default());
        let same = Measured::deviation(&[[2.0, 6.0, 18.0], [2.0, 6.0, 18.0]], 0.95);
        assert_eq!(same.mean(), Some(0.0));
    }

    #[test]
    fn a_ratio_weighs_replications_by_their_customers() {
        let samples = [Sample::Ratio(10.0, 10.0), Sample::Ratio(0.0, 30.0)];
        let measured = Measured::from_samples(&samples, 0.95);
        assert_eq!(measured.mean(), Some(0.25));
        assert_eq!(measured.values, [Some(1.0), Some(0.0)]);
        let plain = mean_interval(measured.linear(), 0.95);
        assert!((plain.mean - 0.25).abs() < 1e-12);
        let half_width = measured.half_width().unwrap();
        assert!((plain.half_width.unwrap() / half_width - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_replication_has_no_half_width_and_none_no_estimate() {
        let one = Measured::of(&[4.0], 0.95);
        assert_eq!((one.mean(), one.half_width()), (Some(4.0), None));
        assert_eq!(Measured::from_samples(&[], 0.95), Measured::default());
        assert_eq!(Measured::from_samples(&[Sample::Ratio(0.0, 0.0)], 0.95).interval, None);
    }

    #[test]
    fn a_pooled_quantile_keeps_its_center_and_the_replications_spread() {
        let measured = Measured::pooled(vec![Some(4.0), Some(6.0)], Some(4.8), 0.95);
        let spread = mean_interval(&[4.0, 6.0], 0.95).half_width;
        assert_eq!((measured.mean(), measured.half_width()), (Some(4.8), spread));
        let some_never = Measured::pooled(vec![Some(4.0), None], Some(9.0), 0.95);
        assert_eq!((some_never.mean(), some_never.half_width()), (Some(9.0), None));
        assert_eq!(Measured::pooled(vec![None], None, 0.95).interval, None);
    }
}
