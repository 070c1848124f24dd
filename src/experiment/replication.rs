//! One outcome reduced to plain numbers.

use super::curve::curve_times;
use super::kept::kept;
use super::measured::{Moments, Sample};
use super::measures::Finished;
use super::numbers::NumberSamples;
use super::role_number::{Look, Post, ROLE_NUMBERS, bin_samples};
use super::shape::Shape;
use super::topic_result::TopicSamples;
use super::watching::{ScopeOf, Watching};
use crate::model::Design;
use crate::sim::{
    ArrivalCounts, Bin, CAUSES, Conservation, Ended, Outcome, RoleTally, ScopeTally, Stop,
    TopicInside,
};
use crate::tally::{Histogram, Lengths};
use crate::units::{MICROS_A_MINUTE, SimTime};

/// What one replication of one design comes to.
#[derive(Debug)]
pub(super) struct Replication {
    pub(super) stopped: Option<Stop>,
    pub(super) until: SimTime,
    pub(super) counted: SimTime,
    pub(super) scopes: Vec<ScopeSamples>,
    pub(super) roles: Vec<RoleSamples>,
    pub(super) backlog: Vec<Sample>,
    pub(super) longest_backlog: f64,
    pub(super) time_inside: Sample,
    /// The distribution of the time inside.
    pub(super) time_inside_spread: Spread,
    /// Inquiries served ÷ those of which that is known, and minutes inside of the served.
    pub(super) served: Sample,
    pub(super) time_served: Sample,
    /// Number inside, and the waits of all visits of an inquiry, if asked for.
    pub(super) inside: NumberSamples,
    pub(super) total_wait: Sample,
    pub(super) total_wait_spread: Spread,
    /// By topic, in plain networks of several.
    pub(super) topics_inside: Vec<TopicInside>,
    /// How their times inside are distributed; empty if not asked for.
    pub(super) topics_inside_spreads: Vec<Spread>,
    pub(super) inquiries_inside: Sample,
    /// Inquiries inside that are at no role.
    pub(super) between_roles: Sample,
    /// Inquiries that left, per hour.
    pub(super) left_per_hour: Sample,
    pub(super) visits: Vec<u64>,
    /// Their number, and the sums of visits and of their squares.
    pub(super) visits_moments: Moments,
    pub(super) arrivals: ArrivalCounts,
    pub(super) conservation: Conservation,
    pub(super) observed: Vec<Vec<crate::sim::Observation>>,
    pub(super) path: Vec<(SimTime, u128)>,
    pub(super) events: u64,
    /// Person-hours a week in each bin, over all roles.
    pub(super) hours: Vec<f64>,
}

/// The numbers of one scope.
#[derive(Debug)]
pub(super) struct ScopeSamples {
    pub(super) measures: Vec<Sample>,
    pub(super) waits: ([f64; CAUSES], f64),
    pub(super) curve: Vec<Sample>,
    /// How first replies are distributed.
    pub(super) first_replies: Shape,
    pub(super) needing: u64,
    pub(super) open: u64,
}

/// The numbers of one role.
#[derive(Debug)]
pub(super) struct RoleSamples {
    pub(super) numbers: Vec<Sample>,
    pub(super) bins: Vec<Sample>,
    pub(super) wait: Spread,
    pub(super) inside: Spread,
    /// Waits of those who left the queue, and of all who joined.
    pub(super) wait_abandoned: Spread,
    pub(super) wait_all: Spread,
    /// Served with a wait of at most each threshold ÷ visits that came.
    pub(super) served_within: Vec<Sample>,
    /// Number at the role, and waiting there.
    pub(super) number: NumberSamples,
    pub(super) waiting: NumberSamples,
    pub(super) drift: Vec<f64>,
    pub(super) arrived: u64,
    /// By topic, at plain desks of a world with several.
    pub(super) topics: Vec<TopicSamples>,
}

/// The distribution of a length over one replication.
#[derive(Debug)]
pub(super) struct Spread {
    pub(super) sd: Sample,
    /// Its own quantiles, and from what those of all replications are told.
    pub(super) quantiles: Vec<Option<f64>>,
    pub(super) shape: Shape,
    pub(super) within: Vec<Sample>,
}

/// Quantiles told of lengths at a role.
pub(super) const QUANTILES: [f64; 4] = [0.5, 0.9, 0.95, 0.99];

impl Spread {
    fn of(lengths: &Lengths, thresholds: usize) -> Spread {
        let moments = (lengths.sum_micros(), lengths.squares_micros());
        Spread::told(&lengths.histogram(), moments, (0..thresholds).map(|i| lengths.within(i)))
    }

    /// Of lengths: their distribution, their sum and that of their squares in microseconds, and how many there are at
    /// or below each threshold.
    pub(super) fn told(
        histogram: &Histogram,
        (sum, squares): (u128, u128),
        within: impl Iterator<Item = u64>,
    ) -> Spread {
        let n = histogram.total();
        Spread {
            sd: Sample::Deviation(Moments::of(n, sum, squares, MICROS_A_MINUTE)),
            quantiles: QUANTILES.iter().map(|&q| minutes(histogram, q, n)).collect(),
            shape: Shape::of(histogram),
            within: within.map(|count| Sample::Ratio(count as f64, n as f64)).collect(),
        }
    }
}

/// A quantile in minutes; records beyond those counted are longer than any.
pub(super) fn minutes(histogram: &Histogram, q: f64, population: u64) -> Option<f64> {
    histogram.quantile(q, population).map(SimTime::minutes)
}

kept!(Replication {
    stopped,
    until,
    counted,
    scopes,
    roles,
    backlog,
    longest_backlog,
    time_inside,
    time_inside_spread,
    served,
    time_served,
    inside,
    total_wait,
    total_wait_spread,
    topics_inside,
    topics_inside_spreads,
    inquiries_inside,
    between_roles,
    left_per_hour,
    visits,
    visits_moments,
    arrivals,
    conservation,
    observed,
    path,
    events,
    hours,
});
kept!(ScopeSamples { measures, waits, curve, first_replies, needing, open });
kept!(RoleSamples {
    numbers,
    bins,
    wait,
    inside,
    wait_abandoned,
    wait_all,
    served_within,
    number,
    waiting,
    drift,
    arrived,
    topics,
});
kept!(Spread { sd, quantiles, shape, within });

impl Replication {
    /// Whether it is one of this design.
    pub(super) fn fits(&self, watching: &Watching, design: &Design) -> bool {
        let scope = |scope: &ScopeSamples| scope.measures.len() == watching.quantities.len();
        let role =
            |role: &RoleSamples| role.numbers.len() == ROLE_NUMBERS.len() && role.number.fits();
        self.scopes.len() == watching.scopes.len()
            && self.roles.len() == design.organization.role_count()
            && self.scopes.iter().all(scope)
            && self.roles.iter().all(role)
    }

    /// Reduce an outcome. Nothing in what is kept grows with the number of inquiries.
    pub(super) fn of(
        outcome: &Outcome,
        design: &Design,
        watching: &Watching,
        thresholds: usize,
    ) -> Replication {
        let posts: Vec<Post> =
            design.organization.roles().map(|(id, _)| Post::of(&design.organization, id)).collect();
        let finished = Finished { outcome, design, posts: &posts, watching };
        let scopes = watching.scopes.iter().zip(&outcome.scopes).map(|(name, tally)| {
            let of = |quantity| finished.measure(quantity, name.of, tally);
            scope(watching.quantities.iter().map(of).collect(), tally, name.of)
        });
        let role = |(tally, &post): (&RoleTally, &Post)| {
            role(&Look { tally, counted: outcome.counted, post }, thresholds)
        };
        let length = outcome.counted.micros() as f64;
        Replication {
            stopped: match outcome.ended {
                Ended::Stopped(stop) => Some(stop),
                _ => None,
            },
            until: outcome.until,
            counted: outcome.counted,
            scopes: scopes.collect(),
            roles: outcome.roles.iter().zip(&posts).map(role).collect(),
            backlog: outcome
                .backlog_by_hour
                .iter()
                .map(|&(sum, looks)| Sample::Ratio(sum as f64, looks as f64))
                .collect(),
            longest_backlog: outcome.longest_backlog.number as f64,
            time_inside: Sample::Ratio(
                outcome.time_inside.sum_minutes(),
                outcome.time_inside.n() as f64,
            ),
            inside: NumberSamples::of(&outcome.time_at_inside),
            total_wait: Sample::Ratio(
                outcome.total_wait.sum_minutes(),
                outcome.total_wait.n() as f64,
            ),
            total_wait_spread: Spread::of(&outcome.total_wait, thresholds),
            topics_inside: outcome.topics_inside.clone(),
            topics_inside_spreads: (outcome.topics_inside.iter())
                .zip(&outcome.topics_inside_times)
                .map(|(of, times)| {
                    let moments = (of.inside_micros, of.inside_squares);
                    Spread::told(times, moments, of.inside_within.iter().copied())
                })
                .collect(),
            time_inside_spread: Spread::of(&outcome.time_inside, thresholds),
            served: served(outcome),
            time_served: time_served(outcome),
            inquiries_inside: Sample::Ratio(outcome.inquiries_inside.micros() as f64, length),
            between_roles: Sample::Ratio(between_roles(outcome), length),
            left_per_hour: Sample::Ratio(outcome.time_inside.n() as f64, outcome.counted.hours()),
            visits: outcome.visits.weights().to_vec(),
            visits_moments: Moments::of(
                outcome.visits.weights().iter().sum(),
                outcome.visits.sum(),
                outcome.visits.squares(),
                1.0,
            ),
            arrivals: outcome.arrivals.clone(),
            conservation: outcome.conservation.clone(),
            observed: outcome.observed.clone(),
            path: outcome.path.clone(),
            events: outcome.events,
            hours: hours(outcome),
        }
    }
}

/// Share served of the inquiries that came in the time that counts, needed it and are no more inside.
fn served(outcome: &Outcome) -> Sample {
    let of = |all: &ScopeTally| {
        Sample::Ratio(all.settled as f64, all.needing.saturating_sub(all.open) as f64)
    };
    outcome.scopes.first().map_or(Sample::None, of)
}

/// Minutes inside of those that were served.
fn time_served(outcome: &Outcome) -> Sample {
    let of = |all: &ScopeTally| {
        Sample::Ratio(all.settled_micros as f64 / MICROS_A_MINUTE, all.settled as f64)
    };
    outcome.scopes.first().map_or(Sample::None, of)
}

/// Mean number of contacts inside from mark to mark of a path, as long as the marks are as far apart as the first two.
pub(super) fn steps(path: &[(SimTime, u128)]) -> Vec<f64> {
    let gaps = path.windows(2).map(|pair| {
        let length = pair[1].0.since(pair[0].0).micros();
        (length, (pair[1].1 - pair[0].1) as f64 / length as f64)
    });
    let first = gaps.clone().next().map_or(0, |(length, _)| length);
    gaps.take_while(|&(length, _)| length == first).map(|(_, mean)| mean).collect()
}

/// ∫ inquiries and duplicates inside that are at no role dt, in microseconds: on their way, with their
/// customer who will write or try again, or not yet landed.
fn between_roles(outcome: &Outcome) -> f64 {
    let at_roles = outcome.roles.iter().map(|role| role.queue.micros() + role.busy.micros());
    outcome.inquiries_inside.micros().saturating_sub(at_roles.sum()) as f64
}

/// Person-hours a week in each bin, over all roles.
fn hours(outcome: &Outcome) -> Vec<f64> {
    let weeks = outcome.counted.micros() as f64 / SimTime::WEEK.micros() as f64;
    let of = |&bin: &Bin| {
        let micros: u128 = outcome.roles.iter().map(|role| role.bins[bin as usize]).sum();
        if 0.0 < weeks { micros as f64 / SimTime::HOUR.micros() as f64 / weeks } else { 0.0 }
    };
    Bin::ALL.iter().map(of).collect()
}

fn scope(measures: Vec<Sample>, tally: &ScopeTally, of: ScopeOf) -> ScopeSamples {
    let curve = match of {
        ScopeOf::Topic(_) | ScopeOf::Segment(_) | ScopeOf::Language(_) | ScopeOf::Stage(_) => {
            Vec::new()
        }
        _ => {
            let within = tally.first_response.at_most_each(&curve_times());
            within.into_iter().map(|n| Sample::Ratio(n, tally.needing as f64)).collect()
        }
    };
    ScopeSamples {
        measures,
        waits: (tally.waits.map(|micros| micros as f64 / MICROS_A_MINUTE), tally.ended as f64),
        curve,
        first_replies: Shape::of(&tally.first_response),
        needing: tally.needing,
        open: tally.open,
    }
}

fn role(look: &Look<'_>, thresholds: usize) -> RoleSamples {
    RoleSamples {
        numbers: ROLE_NUMBERS.iter().map(|number| number.sample(look)).collect(),
        bins: bin_samples(look),
        wait: Spread::of(&look.tally.wait, thresholds),
        inside: Spread::of(&look.tally.inside, thresholds),
        wait_abandoned: Spread::of(&look.tally.wait_abandoned, thresholds),
        wait_all: Spread::of(&look.tally.wait.and(&look.tally.wait_abandoned), thresholds),
        served_within: (0..thresholds)
            .map(|i| {
                let came = look.tally.arrived + look.tally.rejected;
                Sample::Ratio(look.tally.wait.within(i) as f64, came as f64)
            })
            .collect(),
        number: NumberSamples::of(&look.tally.time_at_number),
        waiting: NumberSamples::of(&look.tally.time_at_waiting),
        drift: look.tally.drift.iter().map(|&n| n as f64).collect(),
        arrived: look.tally.arrived,
        topics: (look.tally.topics.iter())
            .map(|topic| TopicSamples::of(topic, look.counted, thresholds))
            .collect(),
    }
}
