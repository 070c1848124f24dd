//! One role over the replications.

use std::borrow::Cow;

use super::kept::{Kept, Packed, Words, kept};
use super::measured::{Measured, Sample};
use super::numbers::{NumbersResult, add_up, numbers_result};
use super::replication::{QUANTILES, RoleSamples, Spread};
use super::role_number::{ROLE_NUMBERS, RoleNumber};
use super::shape::Shape;
use super::topic_result::{MergedTopic, TopicAtRole, topics};
use crate::model::Role;
use crate::sim::{Bin, RoleTally};
use crate::tally::{Histogram, Lengths};

/// One role of one design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoleResult {
    /// Its name.
    pub name: String,
    /// Its people in full-time equivalents; `None` where there are as many as it takes.
    pub heads: Option<f64>,
    /// How many persons they are, those who are there part of the time included.
    pub persons: Option<usize>,
    /// By position in [`ROLE_NUMBERS`].
    pub numbers: Vec<Measured>,
    /// Share of its paid time by [`Bin`].
    pub bins: Vec<Measured>,
    /// Waits of visits served.
    pub wait: SpreadResult,
    /// Times at the role of visits served.
    pub inside: SpreadResult,
    /// Waits of visits whose customer left the queue.
    pub wait_abandoned: SpreadResult,
    /// Waits of all visits that joined: to the start of service, or to leaving.
    pub wait_all: SpreadResult,
    /// Visits served after a wait of at most each threshold ÷ visits that came, those turned away
    /// included.
    pub served_within: Vec<Measured>,
    /// Standard deviation of the number at the role over time.
    pub number_sd: Measured,
    /// Share of the time with 0, 1, 2 … at the role, over all replications; the last entry holds
    /// all larger numbers if there are more than the simulator tells apart.
    pub number_shares: Vec<f64>,
    /// The same for 0, 1, … 32, with what the replications tell of their luck.
    pub number_shares_measured: Vec<Measured>,
    /// The number waiting over time, if asked for.
    pub waiting: Option<NumbersResult>,
    /// By topic of the world, at plain desks of a world with several; empty elsewhere.
    pub topics: Vec<TopicAtRole>,
    /// Number at the role at equally spaced instants, mean over replications.
    pub drift: Vec<f64>,
}

/// The distribution of a length of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SpreadResult {
    /// Standard deviation in minutes.
    pub sd: Measured,
    /// Quantiles in minutes, by position in [`SpreadResult::QUANTILES`].
    pub quantiles: Vec<Measured>,
    /// Share at or below each threshold of the study.
    pub within: Vec<Measured>,
}

impl SpreadResult {
    /// The quantiles that are told.
    pub const QUANTILES: [f64; 4] = QUANTILES;
}

/// The names in files of the lengths of time at a role: waits of visits served, times at the role of visits
/// served, waits of those who left, waits of all who joined.
pub const ROLE_TIMES: [&str; 4] = ["wait", "inside", "wait_abandoned", "wait_all"];

impl RoleResult {
    /// Its lengths of time, by position in [`ROLE_TIMES`].
    pub fn times(&self) -> [&SpreadResult; ROLE_TIMES.len()] {
        [&self.wait, &self.inside, &self.wait_abandoned, &self.wait_all]
    }

    /// The number with this id.
    ///
    /// # Panics
    /// If there is no such number.
    pub fn number(&self, id: &str) -> &Measured {
        &self.numbers[RoleNumber::position(id)]
    }

    /// Share of its paid time in this bin.
    pub fn bin(&self, bin: Bin) -> &Measured {
        &self.bins[bin as usize]
    }

    /// Of a role of a design that falls behind, only what does not depend on how long one looks.
    pub(super) fn withheld(self) -> RoleResult {
        const KEPT: [&str; 3] = ["arrivals_per_hour", "throughput_per_hour", "utilization"];
        let number = |(number, measured): (&RoleNumber, Measured)| match KEPT.contains(&number.id) {
            true => measured,
            false => Measured::default(),
        };
        RoleResult {
            name: self.name,
            heads: self.heads,
            persons: self.persons,
            numbers: ROLE_NUMBERS.iter().zip(self.numbers).map(number).collect(),
            bins: self.bins,
            drift: self.drift,
            ..RoleResult::default()
        }
    }
}

/// What is merged over replications, bin by bin, so that the order does not matter.
#[derive(Debug, Clone, Default)]
pub(super) struct MergedRole {
    wait: MergedLengths,
    inside: MergedLengths,
    wait_abandoned: MergedLengths,
    time_at_number: Vec<u64>,
    time_at_waiting: Vec<u64>,
    topics: Vec<MergedTopic>,
}

/// A histogram of lengths over all replications.
#[derive(Debug, Clone)]
pub(super) enum MergedLengths {
    /// That of one, as its words: where few lengths came most of its bins hold nothing, and there may be thousands of roles.
    One(Vec<u64>),
    /// That of several, to which more are added as they come.
    Several(Histogram),
}

impl Default for MergedLengths {
    fn default() -> MergedLengths {
        MergedLengths::One(Vec::new())
    }
}

kept!(MergedRole { wait, inside, wait_abandoned, time_at_number, time_at_waiting, topics });

impl Kept for MergedLengths {
    fn keep(&self, words: &mut Packed) {
        self.histogram().keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<MergedLengths> {
        Histogram::back(words).map(MergedLengths::Several)
    }
}

impl MergedRole {
    pub(super) fn add(&mut self, tally: &RoleTally) {
        self.wait.add(&tally.wait);
        self.inside.add(&tally.inside);
        self.wait_abandoned.add(&tally.wait_abandoned);
        add_up(&mut self.time_at_number, tally.time_at_number.micros());
        add_up(&mut self.time_at_waiting, tally.time_at_waiting.micros());
        let asked = tally.topics.iter().filter(|topic| topic.times.is_some()).count();
        self.topics.resize(asked, MergedTopic::default());
        self.topics.iter_mut().zip(&tally.topics).for_each(|(sum, topic)| sum.add(topic));
    }
}

impl MergedLengths {
    pub(super) fn add(&mut self, lengths: &Lengths) {
        self.add_counts(&lengths.histogram());
    }

    pub(super) fn add_counts(&mut self, lengths: &Histogram) {
        if lengths.total() == 0 {
            return;
        }
        match self {
            MergedLengths::Several(sum) => sum.merge(lengths),
            MergedLengths::One(words) if words.is_empty() => *words = lengths.words(),
            MergedLengths::One(_) => {
                let mut sum = self.histogram().into_owned();
                sum.merge(lengths);
                *self = MergedLengths::Several(sum);
            }
        }
    }

    fn histogram(&self) -> Cow<'_, Histogram> {
        match self {
            MergedLengths::Several(sum) => Cow::Borrowed(sum),
            MergedLengths::One(words) if words.is_empty() => Cow::Owned(Histogram::default()),
            MergedLengths::One(words) => {
                Cow::Owned(Histogram::from_words(words).expect("they were written by one"))
            }
        }
    }

    /// These and those together.
    fn and(&self, others: &MergedLengths) -> MergedLengths {
        let mut both = self.clone();
        both.add_counts(&others.histogram());
        both
    }

    /// Lengths counted.
    pub(super) fn n(&self) -> u64 {
        self.histogram().total()
    }
}

/// Put the replications of one role together.
pub(super) fn role_result(
    role: &Role,
    replications: &[&RoleSamples],
    merged: &MergedRole,
    topic_names: &[String],
    confidence: f64,
) -> RoleResult {
    let over = |samples: Vec<Sample>| Measured::from_samples(&samples, confidence);
    let numbers = (0..ROLE_NUMBERS.len())
        .map(|i| over(replications.iter().map(|role| role.numbers[i]).collect()))
        .collect();
    let bins = Bin::ALL
        .iter()
        .map(|&bin| over(replications.iter().map(|role| role.bins[bin as usize]).collect()).alone())
        .collect();
    let number = numbers_result(
        replications.iter().map(|role| &role.number),
        &merged.time_at_number,
        confidence,
    );
    let waiting = replications.iter().map(|role| &role.waiting);
    let asked = !merged.time_at_waiting.is_empty();
    RoleResult {
        name: role.name.clone(),
        heads: role.headcount(),
        persons: role.persons(),
        numbers,
        bins,
        wait: spread(replications, |role| &role.wait, &merged.wait, confidence),
        inside: spread(replications, |role| &role.inside, &merged.inside, confidence),
        wait_abandoned: spread(
            replications,
            |role| &role.wait_abandoned,
            &merged.wait_abandoned,
            confidence,
        ),
        wait_all: spread(
            replications,
            |role| &role.wait_all,
            &merged.wait.and(&merged.wait_abandoned),
            confidence,
        ),
        served_within: in_each(replications, |role| &role.served_within, confidence),
        number_shares_measured: number.shares_measured,
        number_sd: number.sd,
        number_shares: number.shares,
        waiting: asked.then(|| numbers_result(waiting, &merged.time_at_waiting, confidence)),
        topics: topics(replications, topic_names, &merged.topics, confidence),
        drift: mean_path(replications),
    }
}

/// A list of samples of each replication, position by position.
fn in_each(
    replications: &[&RoleSamples],
    of: fn(&RoleSamples) -> &Vec<Sample>,
    confidence: f64,
) -> Vec<Measured> {
    let positions = replications.first().map_or(0, |role| of(role).len());
    let over = |i: usize| {
        let samples: Vec<Sample> = replications.iter().map(|role| of(role)[i]).collect();
        Measured::from_samples(&samples, confidence).alone()
    };
    (0..positions).map(over).collect()
}

fn spread(
    replications: &[&RoleSamples],
    of: fn(&RoleSamples) -> &Spread,
    merged: &MergedLengths,
    confidence: f64,
) -> SpreadResult {
    let all: Vec<&Spread> = replications.iter().map(|role| of(role)).collect();
    spread_of(&all, merged, confidence)
}

/// A distribution over replications, its quantiles those of all records together.
pub(super) fn spread_of(all: &[&Spread], merged: &MergedLengths, confidence: f64) -> SpreadResult {
    let thresholds = all.first().map_or(0, |spread| spread.within.len());
    let each: Vec<(&Shape, u64)> =
        all.iter().map(|spread| (&spread.shape, spread.shape.n())).collect();
    let pooled = merged.histogram();
    let pooled = (&*pooled, &Shape::of(&pooled));
    SpreadResult {
        sd: Measured::from_samples(
            &all.iter().map(|spread| spread.sd).collect::<Vec<_>>(),
            confidence,
        )
        .alone(),
        quantiles: (0..QUANTILES.len())
            .map(|i| {
                let values = all.iter().map(|spread| spread.quantiles[i]).collect();
                Measured::quantile(values, QUANTILES[i], pooled, &each, confidence).alone()
            })
            .collect(),
        within: (0..thresholds)
            .map(|i| {
                let samples: Vec<Sample> = all.iter().map(|spread| spread.within[i]).collect();
                Measured::from_samples(&samples, confidence).alone()
            })
            .collect(),
    }
}

fn mean_path(replications: &[&RoleSamples]) -> Vec<f64> {
    let looks = replications.iter().map(|role| role.drift.len()).min().unwrap_or(0);
    let mean = |i: usize| {
        replications.iter().map(|role| role.drift[i]).sum::<f64>() / replications.len() as f64
    };
    (0..looks).map(mean).collect()
}
