//! A quantity over replications.

use super::shape::Shape;
use crate::stats::{Accumulator, Interval, mean_interval, ratio_interval};
use crate::tally::{Histogram, apart};

/// One replication's share in an estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// A ratio, kept as its two parts, so that a quiet replication does not weigh like a busy one.
    Ratio(f64, f64),
    /// A value that stands for the whole replication.
    Value(f64),
    /// A standard deviation over records.
    Deviation(Moments),
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
            Sample::Deviation(records) => records.deviation(),
            Sample::None => None,
        }
    }
}

/// Moments of records.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    /// How many there are, or how much they weigh.
    pub n: f64,
    /// Their sum.
    pub sum: f64,
    /// The sum of their squared distances from their own mean.
    pub apart: f64,
}

impl Moments {
    /// Of whole numbers, from their sum and that of their squares; so many of them are 1 of what is told.
    pub fn of(n: u64, sum: u128, squares: u128, one: f64) -> Moments {
        let apart = apart(u128::from(n), sum, squares) / (one * one);
        Moments { n: n as f64, sum: sum as f64 / one, apart }
    }

    /// √(Σ(x − x̄)²/n); `None` without records.
    pub fn deviation(self) -> Option<f64> {
        (0.0 < self.n).then(|| (self.apart / self.n).sqrt())
    }

    /// Σ(x − c)², which is Σ(x − x̄)² + n (x̄ − c)².
    fn apart_from(self, center: f64) -> f64 {
        if self.n == 0.0 {
            return 0.0;
        }
        let off = self.sum / self.n - center;
        self.apart + self.n * off * off
    }
}

/// A quantity as the replications tell it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// The value of each replication; `None` where there is none ("never", or nothing to measure).
    pub values: Vec<Option<f64>>,
    /// The estimate over all replications; `None` where there is none. Its half-width is missing
    /// with a single replication, where some replications have no value, and where a quantile has only a handful of records beyond.
    pub interval: Option<Interval>,
    /// What a comparison needs; nothing of what is never compared.
    pairing: Option<Box<Pairing>>,
}

/// What a comparison with another quantity over the same replications needs.
#[derive(Debug, Clone, Default, PartialEq)]
struct Pairing {
    /// Values whose plain mean is the estimate and whose spread is the estimate's: those of the
    /// replications, or for a ratio their linearization. Empty where there are none.
    linear: Vec<f64>,
    /// Of a ratio, what each replication has above and below the line.
    parts: Vec<(f64, f64)>,
}

impl Measured {
    fn with(values: Vec<Option<f64>>, interval: Interval, linear: Vec<f64>) -> Measured {
        let pairing = Pairing { linear, parts: Vec::new() };
        Measured { values, interval: Some(interval), pairing: Some(Box::new(pairing)) }
    }

    /// From one sample of each replication.
    ///
    /// Ratios are estimated by Σ above ÷ Σ below with the delta method's variance, standard deviations over all records of
    /// all replications likewise, and plain values by their mean. For ratios r = Σa/Σb the linearized value of a replication is
    /// r + (a − r·b)/b̄, whose mean is r and whose standard error is the delta method's.
    pub fn from_samples(samples: &[Sample], confidence: f64) -> Measured {
        let values: Vec<Option<f64>> = samples.iter().map(|sample| sample.value()).collect();
        let records: Option<Vec<Moments>> = samples
            .iter()
            .map(|sample| match sample {
                Sample::Deviation(records) => Some(*records),
                _ => None,
            })
            .collect();
        if let Some(records) = records.filter(|records| !records.is_empty()) {
            return Measured::deviation(values, &records, confidence);
        }
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
                match interval {
                    Some(interval) => Measured::with(values, interval, linear),
                    None => Measured { values, ..Measured::default() },
                }
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
        let pairing = Pairing { linear, parts: parts.to_vec() };
        Measured { values, interval: Some(interval), pairing: Some(Box::new(pairing)) }
    }

    /// A quantile of all records of all replications together, from how they are distributed in each.
    ///
    /// The estimate is that of all records: `pooled` are those that have a length, `steps` the same in steps; `each` tells of
    /// how many there are in a replication, with those that are longer than any; no estimate where the quantile lies among
    /// these. The share of records up to it is a ratio over the replications, and the lengths at the two ends of that share's
    /// interval are those of the quantile's (Woodruff 1952): so a replication that is too short for a quantile of its own still
    /// tells how many of its records are below. The farther end is the half-width; there is none where that end lies beyond
    /// the records. `values` are the replications' own quantiles.
    pub(super) fn quantile(
        values: Vec<Option<f64>>,
        p: f64,
        (pooled, steps): (&Histogram, &Shape),
        each: &[(&Shape, u64)],
        confidence: f64,
    ) -> Measured {
        let all: u64 = each.iter().map(|&(_, n)| n).sum();
        let Some(estimate) = pooled.quantile(p, all) else {
            return Measured { values, ..Measured::default() };
        };
        let estimate = estimate.minutes();
        let place = steps.place(p * all as f64);
        let of_each = all as f64 / each.len() as f64;
        let apart = |&(shape, n): &(&Shape, u64)| (p * n as f64 - shape.at_most(place)) / of_each;
        let shares: Vec<f64> = each.iter().map(apart).collect();
        let share = mean_interval(&shares, confidence);
        let of_share = share.half_width.unwrap_or(0.0);
        let Some(reach) = reach((p, of_share), estimate, pooled, all) else {
            let (half_width, standard_error) = (None, None);
            let interval = Interval { mean: estimate, half_width, standard_error, n: share.n };
            return Measured { values, interval: Some(interval), ..Measured::default() };
        };
        let slope = if 0.0 < of_share { reach / of_share } else { 0.0 };
        let linear: Vec<f64> = shares.iter().map(|share| estimate + share * slope).collect();
        let interval = Interval { mean: estimate, ..mean_interval(&linear, confidence) };
        Measured::with(values, interval, linear)
    }

    /// A standard deviation over all records, where each replication has few, one perhaps.
    ///
    /// The estimate is √(Σ(x − x̄)²/n) over all records; the half-width is the delta method's, so that what one
    /// replication alone has no spread of counts as well.
    fn deviation(values: Vec<Option<f64>>, records: &[Moments], confidence: f64) -> Measured {
        let Some((variance, linear)) = variances(records) else {
            return Measured { values, ..Measured::default() };
        };
        let sd = variance.sqrt();
        let apart = |own: f64| if sd == 0.0 { sd } else { sd + (own - variance) / (2.0 * sd) };
        let linear: Vec<f64> = linear.into_iter().map(apart).collect();
        let interval = Interval { mean: sd, ..mean_interval(&linear, confidence) };
        Measured::with(values, interval, linear)
    }

    /// The variance over all records without bias, Σ(x − x̄)² ÷ (n − 1), with the delta method's half-width.
    pub(super) fn variance(
        values: Vec<Option<f64>>,
        records: &[Moments],
        confidence: f64,
    ) -> Measured {
        let n: f64 = records.iter().map(|of| of.n).sum();
        let Some((variance, linear)) = variances(records).filter(|_| 1.0 < n) else {
            return Measured { values, ..Measured::default() };
        };
        let unbiased = n / (n - 1.0);
        let linear: Vec<f64> = linear.into_iter().map(|own| own * unbiased).collect();
        let interval = Interval { mean: variance * unbiased, ..mean_interval(&linear, confidence) };
        Measured::with(values, interval, linear)
    }

    /// The same of what is told for itself and never compared: what a comparison needs takes, of thousands of roles, more
    /// memory than all the rest.
    pub(super) fn alone(self) -> Measured {
        Measured { pairing: None, ..self }
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

    /// Of a ratio that may be compared, what each replication has above and below the line; empty otherwise.
    pub fn parts(&self) -> &[(f64, f64)] {
        self.pairing.as_ref().map_or(&[], |pairing| &pairing.parts)
    }

    /// One value a replication whose mean is the estimate, for paired comparison; empty if a
    /// replication has none, and of what is never compared: distributions, and what a role's time goes to.
    pub fn linear(&self) -> &[f64] {
        self.pairing.as_ref().map_or(&[], |pairing| &pairing.linear)
    }
}

/// The variance over all records, Σ(x − x̄)²/n, and values of the replications whose mean it is and whose spread is its:
/// s² + Σ((x − x̄)² − s²) ÷ n̄ over a replication's own records. `None` without records.
fn variances(records: &[Moments]) -> Option<(f64, Vec<f64>)> {
    let n: f64 = records.iter().map(|of| of.n).sum();
    let sum: f64 = records.iter().map(|of| of.sum).sum();
    if n == 0.0 {
        return None;
    }
    let mean = sum / n;
    let variance = records.iter().map(|of| of.apart_from(mean)).sum::<f64>() / n;
    let each = n / records.len() as f64;
    let own = |of: &Moments| variance + (of.apart_from(mean) - variance * of.n) / each;
    Some((variance, records.iter().map(own).collect()))
}

/// A share is known whose half-width is at most so much of it: of records that come one by one, some seven are in it then.
const KNOWN: f64 = 0.75;

/// How far the quantile of a share p is from the farther end of its interval, where the share's own half-width is known: the
/// ends are the quantiles of the shares whose log odds are by half-width ÷ (p (1 − p)) apart from those of p (Korn and Graubard
/// 1998). `None` where the share beyond p is itself hardly known, where less than one record is beyond the upper end, or something
/// longer than any length.
fn reach((p, of_share): (f64, f64), estimate: f64, pooled: &Histogram, all: u64) -> Option<f64> {
    if KNOWN * (1.0 - p) < of_share {
        return None;
    }
    let step = libm::exp(of_share / (p * (1.0 - p)));
    let share = |odds: f64| odds / (1.0 + odds);
    let odds = p / (1.0 - p);
    let (low, beyond) = (share(odds / step), share((odds * step).recip()));
    if beyond * (all as f64) < 1.0 {
        return None;
    }
    let to = pooled.quantile(1.0 - beyond, all)?.minutes();
    let from = pooled.quantile(low, all).map_or(0.0, |length| length.minutes());
    Some((to - estimate).max(estimate - from).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimTime;

    #[test]
    fn one_look_a_replication_tells_how_sure_a_deviation_is() {
        let deviation = |records: &[Moments]| {
            let samples: Vec<Sample> = records.iter().map(|of| Sample::Deviation(*of)).collect();
            Measured::from_samples(&samples, 0.95)
        };
        let looks = [1.0, 4.0, 4.0, 7.0].map(|sum| Moments { n: 1.0, sum, apart: 0.0 });
        let measured = deviation(&looks);
        let sd = 4.5f64.sqrt();
        assert!(measured.mean().is_some_and(|mean| (mean - sd).abs() < 1e-12));
        // (x − 4)² − 4.5 over 2 sd: (4.5, −4.5, −4.5, 4.5) ÷ 2 sd, whose deviation over 4 is √27 ÷ 2 sd
        let error = 27f64.sqrt() / (2.0 * sd) / 2.0;
        let told = measured.interval.unwrap().standard_error.unwrap();
        assert!((told - error).abs() < 1e-12, "{told} {error}");
        assert_eq!(measured.values, [Some(0.0); 4]);
        assert_eq!(deviation(&[Moments::default(); 2]).interval, None);
        // 3 and 3 of a run, 3 and 5 of another: about 3.5 they are .25 thrice and 2.25 apart
        let [same, other] = [Moments::of(2, 6, 18, 1.0), Moments::of(2, 8, 34, 1.0)];
        assert_eq!(deviation(&[same, same]).mean(), Some(0.0));
        assert!((deviation(&[same, other]).mean().unwrap() - 0.75f64.sqrt()).abs() < 1e-12);
        let variance = Measured::variance(vec![None; 4], &looks, 0.95);
        assert!(variance.mean().is_some_and(|mean| (mean - 6.0).abs() < 1e-12));
        // 4.5 each way, times 4/3
        let told = variance.interval.unwrap().standard_error.unwrap();
        assert!((told - 4.0 / 3.0 * 27f64.sqrt() / 2.0).abs() < 1e-12, "{told}");
        assert_eq!(Measured::variance(vec![None], &looks[..1], 0.95).interval, None);
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

    /// Of each replication's ten records so many are 1 hour and the others 3 hours, evenly spread over a fifth around.
    #[test]
    fn a_quantile_is_as_sure_as_the_shares_below_it() {
        let of = |short: u64| {
            let mut histogram = Histogram::default();
            for i in 0..10u64 {
                let hours = if i < short { 0.9 } else { 2.9 };
                histogram.record(SimTime::from_minutes(60.0 * (hours + 0.01 * i as f64)));
            }
            histogram
        };
        let each = [of(9), of(8), of(10), of(9)];
        let mut pooled = Histogram::default();
        each.iter().for_each(|of| pooled.merge(of));
        let shapes: Vec<Shape> = each.iter().map(Shape::of).collect();
        let each: Vec<(&Shape, u64)> = shapes.iter().map(|shape| (shape, 10)).collect();
        let pooled = (&pooled, &Shape::of(&pooled));
        let measured = Measured::quantile(vec![None; 4], 0.5, pooled, &each, 0.95);
        let mean = measured.linear().iter().sum::<f64>() / 4.0;
        assert!((mean - measured.mean().unwrap()).abs() < 1e-9);
        // one with fewer short ones has fewer below, and would have a longer quantile
        let linear = measured.linear();
        assert!(linear[2] < linear[0] && linear[0] < linear[1]);
        assert!((linear[0] - linear[3]).abs() < 1e-9);
        // 4 of the 40 are above: those of the others above a share of 90% are no more than luck
        let deep = Measured::quantile(vec![None; 4], 0.99, pooled, &each, 0.95);
        assert!(deep.mean().is_some() && deep.half_width().is_none() && deep.linear().is_empty());
        let never: Vec<(&Shape, u64)> = shapes.iter().map(|shape| (shape, 30)).collect();
        let measured = Measured::quantile(vec![None; 4], 0.5, pooled, &never, 0.95);
        assert_eq!(measured.interval, None);
    }
}
