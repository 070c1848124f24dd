//! What comes in: streams of inquiries and of mentions.

use std::sync::Arc;

use crate::draws::Law;
use crate::model::{Batches, ChannelId, Crowd, LanguageId, Modulation, TopicId, UnitId, Wave};
use crate::units::SimTime;

/// A source of inquiries or of mentions, independent of any design.
#[derive(Debug, Clone)]
pub struct Stream {
    /// The author's word for it.
    pub name: String,
    /// Inquiries or mentions.
    pub kind: StreamKind,
    /// When they come.
    pub arrivals: Arrivals,
    /// How many come at once; `None` for one at a time.
    pub batches: Option<Batches>,
    /// The stream ends after so many.
    pub limit: Option<u64>,
    /// What each of them is about.
    pub mix: Mix,
    /// Others whom each of them draws in. `None`: nobody.
    pub crowd: Option<Crowd>,
}

/// What a stream brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamKind {
    /// Customers who address the company.
    Inquiries,
    /// Untagged posts worth answering: opportunities with a window.
    Mentions,
}

/// The arrival process of a stream.
#[derive(Debug, Clone)]
pub enum Arrivals {
    /// Poisson with a piecewise-constant rate, exact by inversion of the cumulated rate.
    Poisson(RateProfile),
    /// One at a time, the same gap between them; the first after one gap.
    Every(SimTime),
    /// The recorded ones, replayed in every replication, in order of time.
    Recorded(Arc<[Recorded]>),
    /// Independent gaps of this law, in minutes; the first arrival after one gap.
    Renewal(Law),
    /// Poisson, at the rate of a state that changes by itself.
    Modulated(Arc<Modulation>),
    /// A limited number of customers, each of whom comes again some time after having left.
    Members(Members),
    /// So many at once, at the beginning of simulated time.
    AtStart(u64),
}

impl Arrivals {
    /// Whether a customer's coming depends on when one left: the one thing that a design may move.
    pub fn is_closed(&self) -> bool {
        matches!(self, Arrivals::Members(_))
    }
}

/// A limited number of customers. At the beginning none of them is inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// How many there are.
    pub count: u32,
    /// Minutes from having left (or from the beginning) to coming again; the mean is above 0.
    pub away: Law,
}

/// A rate over time: a level times a repeating profile times a day factor, within a window.
#[derive(Debug, Clone)]
pub struct RateProfile {
    /// Mean arrivals per hour where the profile is 1.
    pub per_hour: f64,
    /// Repeating multipliers, or `None` for a constant rate.
    pub shape: Option<Arc<Shape>>,
    /// Coefficient of variation of the gamma factor that multiplies whole days (24 h from the start); 0 for none.
    pub day_cv: f64,
    /// Number of the day-factor family; streams with the same number share their busy days.
    pub day_family: u32,
    /// No arrivals before this instant.
    pub from: SimTime,
    /// No arrivals from this instant on.
    pub until: SimTime,
}

impl RateProfile {
    /// Whether the rate is the same at all times.
    pub fn is_constant(&self) -> bool {
        self.shape.is_none()
            && self.day_cv <= 0.0
            && self.from == SimTime::ZERO
            && self.until == SimTime::NEVER
    }
}

/// Multipliers that repeat: each holds from its start to the next one's.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Length of the cycle; simulated time 0 is its start.
    pub period: SimTime,
    /// Start of each step within the cycle, the first at zero, in order. Of a wave, its bounds.
    pub steps: Vec<(SimTime, f64)>,
    /// A multiplier that changes smoothly beneath the steps, if there is one.
    pub wave: Option<Wave>,
}

impl Shape {
    /// The multiplier that holds at an instant.
    pub fn at(&self, instant: SimTime) -> f64 {
        let within = SimTime::from_micros(instant.micros() % self.period.micros().max(1));
        if let Some(wave) = &self.wave {
            return wave.at(within);
        }
        let next = self.steps.partition_point(|&(start, _)| start <= within);
        self.steps[next.saturating_sub(1)].1
    }

    /// Mean multiplier over the cycle.
    pub fn mean(&self) -> f64 {
        if let Some(wave) = &self.wave {
            return wave.mean();
        }
        let ends = self.steps.iter().skip(1).map(|&(start, _)| start).chain([self.period]);
        let area: f64 = self
            .steps
            .iter()
            .zip(ends)
            .map(|(&(start, factor), end)| factor * end.since(start).hours())
            .sum();
        area / self.period.hours()
    }
}

/// One recorded inquiry. What the record lacks (`None`) is drawn, keyed by its number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recorded {
    /// Arrival.
    pub at: SimTime,
    /// Its channel.
    pub channel: Option<ChannelId>,
    /// Its topic.
    pub topic: Option<TopicId>,
    /// The unit it concerns.
    pub unit: Option<UnitId>,
    /// The language it is written in.
    pub language: Option<LanguageId>,
    /// Hands-on minutes of the whole case.
    pub work_minutes: Option<f64>,
}

/// Shares of channels, topics and units among the arrivals of a stream.
#[derive(Debug, Clone)]
pub struct Mix {
    /// Share of each channel of the world; sums to 1.
    pub channels: Shares,
    /// Share of each topic of the world; sums to 1.
    pub topics: Shares,
    /// Share of each unit of the world; sums to 1; empty where there are no units.
    pub units: Shares,
    /// Share that only its unit can know (`need_unit_knowledge`), between 0 and 1.
    pub unit_matters: f64,
    /// Share of each language of the world; sums to 1; empty where they are not told apart.
    pub languages: Shares,
}

/// A discrete distribution over a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    cumulative: Vec<f64>,
}

impl Shares {
    /// Shares proportional to nonnegative weights; `None` if a weight is negative or none is positive.
    pub fn new(weights: &[f64]) -> Option<Shares> {
        let total: f64 = weights.iter().sum();
        let sound = weights.iter().all(|weight| weight.is_finite() && 0.0 <= *weight);
        if !sound || total.is_nan() || total <= 0.0 {
            return None;
        }
        let mut sum = 0.0;
        let cumulative = weights
            .iter()
            .map(|weight| {
                sum += weight;
                sum / total
            })
            .collect();
        Some(Shares { cumulative })
    }

    /// All of it at one position of a table of `len`.
    pub fn only(index: usize, len: usize) -> Shares {
        Shares { cumulative: (0..len).map(|i| if i < index { 0.0 } else { 1.0 }).collect() }
    }

    /// Of an empty table.
    pub fn none() -> Shares {
        Shares { cumulative: Vec::new() }
    }

    /// Positions in the table.
    pub fn len(&self) -> usize {
        self.cumulative.len()
    }

    /// Whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.cumulative.is_empty()
    }

    /// Share of one position.
    pub fn share(&self, index: usize) -> f64 {
        self.cumulative[index] - if index == 0 { 0.0 } else { self.cumulative[index - 1] }
    }

    /// The position at quantile `u` in (0, 1).
    #[inline]
    pub fn pick(&self, u: f64) -> usize {
        let last = self.cumulative.len().saturating_sub(1);
        self.cumulative[..last].iter().position(|&edge| u < edge).unwrap_or(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_pick_in_proportion() {
        let shares = Shares::new(&[1.0, 0.0, 3.0]).unwrap();
        assert_eq!([0.1, 0.24, 0.26, 0.99].map(|u| shares.pick(u)), [0, 0, 2, 2]);
        assert!((shares.share(2) - 0.75).abs() < 1e-12);
        assert_eq!(Shares::new(&[0.0, 0.0]), None);
        assert_eq!(Shares::only(1, 3).pick(0.5), 1);
    }

    #[test]
    fn the_mean_of_a_shape_weights_its_steps_by_length() {
        let shape = Shape {
            period: SimTime::DAY,
            steps: vec![(SimTime::ZERO, 1.0), (SimTime::HOUR.times(18), 3.0)],
            wave: None,
        };
        assert!((shape.mean() - 1.5).abs() < 1e-12);
    }
}
