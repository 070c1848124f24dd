//! One topic's visits to a role, in a replication and over all of them.

use super::kept::kept;
use super::measured::{Measured, Sample};
use super::replication::{RoleSamples, Spread};
use super::role_result::{MergedLengths, ROLE_TIMES, SpreadResult, spread_of};
use super::topic_number::{TOPIC_NUMBERS, TopicNumber, TopicWithin};
use crate::sim::TopicTally;
use crate::units::SimTime;

/// One topic's visits to a role.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TopicAtRole {
    /// Name of the topic.
    pub name: String,
    /// By position in [`TOPIC_NUMBERS`].
    pub numbers: Vec<Measured>,
    /// By position in [`TopicWithin::ALL`], then by threshold of the study.
    pub within: [Vec<Measured>; TopicWithin::ALL.len()],
    /// How its times are distributed, by position in [`ROLE_TIMES`]; empty if not asked for.
    pub spreads: Vec<SpreadResult>,
}

impl TopicAtRole {
    /// The number with this id.
    ///
    /// # Panics
    /// If there is no such number.
    pub fn number(&self, id: &str) -> &Measured {
        &self.numbers[TopicNumber::position(id)]
    }

    /// Shares at or below each threshold of the study.
    pub fn within(&self, of: TopicWithin) -> &[Measured] {
        &self.within[of as usize]
    }
}

/// One topic at a role.
#[derive(Debug)]
pub(super) struct TopicSamples {
    /// By position in [`TOPIC_NUMBERS`].
    pub(super) numbers: Vec<Sample>,
    /// Shares at or below each threshold, by position in [`TopicWithin::ALL`].
    pub(super) within: [Vec<Sample>; TopicWithin::ALL.len()],
    /// How its times are distributed, by position in [`ROLE_TIMES`]; empty if not asked for.
    pub(super) spreads: Vec<Spread>,
}

/// How the times of one topic are distributed over all replications, by position in [`ROLE_TIMES`].
#[derive(Debug, Clone, Default)]
pub(super) struct MergedTopic {
    times: [MergedLengths; ROLE_TIMES.len()],
}

kept!(TopicSamples { numbers, within, spreads });
kept!(MergedTopic { times });

impl MergedTopic {
    pub(super) fn add(&mut self, topic: &TopicTally) {
        if let Some(times) = &topic.times {
            let [wait, inside, left, all] = &mut self.times;
            wait.add_counts(&times.wait);
            inside.add_counts(&times.inside);
            left.add_counts(&times.left);
            all.add_counts(&times.wait);
            all.add_counts(&times.left);
        }
    }
}

impl TopicSamples {
    pub(super) fn of(topic: &TopicTally, counted: SimTime, thresholds: usize) -> TopicSamples {
        TopicSamples {
            numbers: TOPIC_NUMBERS
                .iter()
                .map(|number| number.sample(topic, counted.hours()))
                .collect(),
            within: TopicWithin::ALL
                .map(|of| (0..thresholds).map(|at| of.sample(topic, at)).collect()),
            spreads: spreads(topic),
        }
    }
}

/// How the times of a topic are distributed in one replication, by position in [`ROLE_TIMES`].
fn spreads(topic: &TopicTally) -> Vec<Spread> {
    let Some(times) = &topic.times else { return Vec::new() };
    let told = |histogram: &_, micros: u128, squares: u128, within: &[u64]| {
        Spread::told(histogram, (micros, squares), within.iter().copied())
    };
    let mut all = times.wait.clone();
    all.merge(&times.left);
    let within: Vec<u64> =
        topic.wait_within.iter().zip(&topic.left_within).map(|(wait, left)| wait + left).collect();
    vec![
        told(&times.wait, topic.wait_micros, topic.wait_squares, &topic.wait_within),
        told(&times.inside, topic.inside_micros, topic.inside_squares, &topic.inside_within),
        told(&times.left, topic.left_micros, topic.left_squares, &topic.left_within),
        told(
            &all,
            topic.wait_micros + topic.left_micros,
            topic.wait_squares + topic.left_squares,
            &within,
        ),
    ]
}

/// Put the replications of a role's topics together.
pub(super) fn topics<'r>(
    replications: &[&'r RoleSamples],
    names: &[String],
    merged: &[MergedTopic],
    confidence: f64,
) -> Vec<TopicAtRole> {
    let told = replications.iter().map(|role| role.topics.len()).min().unwrap_or(0);
    let over = |topic: usize, of: &dyn Fn(&TopicSamples) -> Sample| {
        let samples: Vec<Sample> =
            replications.iter().map(|role| of(&role.topics[topic])).collect();
        Measured::from_samples(&samples, confidence).alone()
    };
    let one = |(topic, name): (usize, &String)| TopicAtRole {
        name: name.clone(),
        numbers: (0..TOPIC_NUMBERS.len())
            .map(|number| over(topic, &|of| of.numbers[number]))
            .collect(),
        within: TopicWithin::ALL.map(|which| {
            let which = which as usize;
            let thresholds = replications.first().map_or(0, |role| role.wait.within.len());
            (0..thresholds).map(|at| over(topic, &|of| of.within[which][at])).collect()
        }),
        spreads: (0..asked(replications, topic))
            .map(|which| {
                let of = |role: &&'r RoleSamples| &role.topics[topic].spreads[which];
                let all: Vec<&Spread> = replications.iter().map(of).collect();
                spread_of(&all, &merged[topic].times[which], confidence)
            })
            .collect(),
    };
    names.iter().take(told).enumerate().map(one).collect()
}

/// How many distributions every replication tells of a topic.
fn asked(replications: &[&RoleSamples], topic: usize) -> usize {
    replications.iter().map(|role| role.topics[topic].spreads.len()).min().unwrap_or(0)
}
