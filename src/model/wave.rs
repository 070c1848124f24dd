//! Rates that change smoothly over a cycle.

use crate::units::SimTime;

/// Equal cells of a cycle in each of which the rate has its own bound.
const CELLS: u32 = 96;
/// Points of a cell at which sines are looked at for their bound.
const POINTS: u32 = 16;

/// A multiplier that changes smoothly over a cycle and repeats. It is never negative and not always 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    curve: Curve,
    period: SimTime,
    mean: f64,
}

/// The course of a smooth multiplier over its cycle.
#[derive(Debug, Clone, PartialEq)]
pub enum Curve {
    /// 1 and these swings around it.
    Sines(Vec<Sine>),
    /// Straight from each point to the next, from the last back to the first.
    Line(Vec<(SimTime, f64)>),
}

/// A swing: `swing` · cos(2π · cycles · (t − peak)/period).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sine {
    /// Largest deviation.
    pub swing: f64,
    /// An instant of the cycle at which it is largest.
    pub peak: SimTime,
    /// How often it swings in one cycle.
    pub cycles: u32,
}

impl Wave {
    /// `Err` with the instant and the lowest value if the multiplier is negative there; `Ok(None)` if
    /// it is always 0.
    ///
    /// # Errors
    /// See above.
    pub fn new(curve: Curve, period: SimTime) -> Result<Option<Wave>, (SimTime, f64)> {
        let mean = match &curve {
            Curve::Sines(_) => 1.0,
            Curve::Line(points) => line_mean(points, period),
        };
        let wave = Wave { curve, period, mean };
        let looks = u64::from(CELLS * POINTS);
        let at = |i: u64| SimTime::from_micros(period.micros() / looks * i);
        let lowest = match &wave.curve {
            Curve::Line(points) => points.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1)),
            Curve::Sines(_) => {
                (0..looks).map(|i| (at(i), wave.raw(at(i)))).min_by(|a, b| a.1.total_cmp(&b.1))
            }
        };
        match lowest {
            Some((at, value)) if value < -1e-12 => Err((at, value)),
            _ => Ok((0.0 < mean).then_some(wave)),
        }
    }

    /// Mean over the cycle.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The multiplier at an instant of the cycle.
    pub fn at(&self, within: SimTime) -> f64 {
        // rounding may leave a swing of exactly 1 a hair below 0
        self.raw(within).max(0.0)
    }

    fn raw(&self, within: SimTime) -> f64 {
        match &self.curve {
            Curve::Sines(sines) => {
                let swing = |sine: &Sine| {
                    let turns = (within.micros() as f64 - sine.peak.micros() as f64)
                        / self.period.micros() as f64
                        * f64::from(sine.cycles);
                    sine.swing * libm::cos(std::f64::consts::TAU * turns)
                };
                1.0 + sines.iter().map(swing).sum::<f64>()
            }
            Curve::Line(points) => self.on_line(points, within),
        }
    }

    fn on_line(&self, points: &[(SimTime, f64)], within: SimTime) -> f64 {
        let next = points.partition_point(|&(at, _)| at <= within);
        let (from, low) = points[next - 1];
        let (to, high) = points.get(next).copied().unwrap_or((self.period, points[0].1));
        low + (high - low) * (within.since(from).micros() as f64 / to.since(from).micros() as f64)
    }

    /// Steps that are nowhere below the multiplier and nowhere far above it: start and bound of each cell.
    pub fn bounds(&self) -> Vec<(SimTime, f64)> {
        let edge = |i: u32| {
            let micros = u128::from(self.period.micros()) * u128::from(i) / u128::from(CELLS);
            SimTime::from_micros(micros as u64)
        };
        let cells = (0..CELLS).map(|i| (edge(i), self.bound(edge(i), edge(i + 1))));
        let mut bounds: Vec<(SimTime, f64)> = Vec::new();
        for (start, bound) in cells {
            // a cycle of fewer microseconds than cells has cells of no length
            if bounds.last().is_none_or(|&(before, _)| before < start) {
                bounds.push((start, bound));
            }
        }
        bounds
    }

    fn bound(&self, from: SimTime, to: SimTime) -> f64 {
        match &self.curve {
            Curve::Line(points) => {
                let inside = points.iter().filter(|&&(at, _)| from <= at && at < to);
                let end = if to < self.period { self.at(to) } else { points[0].1 };
                inside.map(|&(_, value)| value).fold(self.at(from).max(end), f64::max)
            }
            Curve::Sines(sines) => {
                let length = to.since(from).micros() as f64;
                let looked = (0..=POINTS).map(|i| {
                    let micros = length * f64::from(i) / f64::from(POINTS);
                    self.at(from + SimTime::from_micros(micros as u64))
                });
                let steepest: f64 = sines
                    .iter()
                    .map(|sine| sine.swing.abs() * std::f64::consts::TAU * f64::from(sine.cycles))
                    .sum();
                let between =
                    (length / f64::from(POINTS) + 2.0) / 2.0 / self.period.micros() as f64;
                looked.fold(0.0, f64::max) + steepest * between
            }
        }
    }
}

fn line_mean(points: &[(SimTime, f64)], period: SimTime) -> f64 {
    let ends = points.iter().skip(1).copied().chain([(period, points[0].1)]);
    let area: f64 = points
        .iter()
        .zip(ends)
        .map(|(&(from, low), (to, high))| (low + high) / 2.0 * to.since(from).hours())
        .sum();
    area / period.hours()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(hours: f64) -> SimTime {
        SimTime::from_minutes(60.0 * hours)
    }

    fn waves() -> [Wave; 2] {
        let sine = |swing, peak, cycles| Sine { swing, peak: hours(peak), cycles };
        let sines = Curve::Sines(vec![sine(0.6, 6.0, 1), sine(0.3, 2.0, 3)]);
        let line = Curve::Line(vec![(hours(0.0), 1.0), (hours(8.0), 4.0), (hours(18.0), 0.0)]);
        [sines, line].map(|curve| Wave::new(curve, SimTime::DAY).unwrap().unwrap())
    }

    #[test]
    fn a_bound_is_never_below_and_seldom_far_above() {
        for wave in waves() {
            let bounds = wave.bounds();
            let (mut above, mut area) = (0.0, 0.0);
            let looks = 10_007;
            for i in 0..looks {
                let at = SimTime::from_micros(SimTime::DAY.micros() / looks * i);
                let cell = bounds.partition_point(|&(start, _)| start <= at) - 1;
                assert!(wave.at(at) <= bounds[cell].1, "{at} of {wave:?}");
                above += bounds[cell].1;
                area += wave.at(at);
            }
            assert!((area / looks as f64 / wave.mean() - 1.0).abs() < 1e-3, "{wave:?}");
            assert!(above / area < 1.05, "{} candidates each: {wave:?}", above / area);
        }
    }

    #[test]
    fn a_rate_below_zero_is_told_with_its_place() {
        let sine = Sine { swing: 1.5, peak: hours(6.0), cycles: 1 };
        let (at, value) = Wave::new(Curve::Sines(vec![sine]), SimTime::DAY).unwrap_err();
        assert_eq!((at, (value + 0.5).abs() < 1e-9), (hours(18.0), true));
        let none = Curve::Line(vec![(SimTime::ZERO, 0.0)]);
        assert_eq!(Wave::new(none, SimTime::DAY), Ok(None));
    }
}
