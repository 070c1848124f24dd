//! One outcome reduced to plain numbers.

use super::curve::curve_times;
use super::kept::kept;
use super::measured::{Moments, Sample};
use super::numbers::NumberSamples;
use super::quantity::Quantity;
use super::role_number::{Look, Post, ROLE_NUMBERS, bin_samples};
use super::shape::Shape;
use super::topic_result::TopicSamples;
use super::watching::{ScopeOf, Watching};
use crate::model::{Design, Duty, DutyKind, MeasureId, Settlement};
use crate::sim::{
    ArrivalCounts, Bin, CAUSES, Conservation, Ended, MentionTally, Outcome, RoleTally, ScopeTally,
    Stop, TopicInside,
};
use crate::tally::{Histogram, Lengths};
use crate::units::{BUSINESS_YEAR, MICROS_A_MINUTE, SimTime};

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
        let scopes = watching.scopes.iter().zip(&outcome.scopes).map(|(name, tally)| {
            let measures = watching
                .quantities
                .iter()
                .map(|quantity| {
                    measure(quantity, name.of, tally, outcome, design, &posts, watching)
                })
                .collect();
            scope(measures, tally, name.of)
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

/// One measure of one scope; [`Sample::None`] where the measure is not one of the scope.
fn measure(
    quantity: &Quantity,
    of: ScopeOf,
    tally: &ScopeTally,
    outcome: &Outcome,
    design: &Design,
    posts: &[Post],
    watching: &Watching,
) -> Sample {
    let needing = tally.needing as f64;
    let per_needing = |count: u64| Sample::Ratio(count as f64, needing);
    let per = |count: u64, all: u64| Sample::Ratio(count as f64, all as f64);
    let mean = |micros: u128, n: u64| Sample::Ratio(micros as f64 / MICROS_A_MINUTE, n as f64);
    let quantile = |q| match minutes(&tally.first_response, q, tally.needing) {
        Some(minutes) => Sample::Value(minutes),
        None => Sample::None,
    };
    let mentions: &MentionTally =
        if of == ScopeOf::All { &outcome.mentions } else { &tally.mentions };
    if of != ScopeOf::All && !quantity.measure.is_told_by_part() {
        return Sample::None;
    }
    match quantity.measure.id {
        MeasureId::AnsweredWithin => {
            let times = &watching.watch.reply_within;
            let at = times.iter().position(|&time| Some(time) == quantity.within);
            per_needing(tally.within[at.expect("every duration asked for is watched")])
        }
        MeasureId::Answered => per_needing(tally.answered),
        MeasureId::AnsweredInExpectedTime => per_needing(tally.in_expected_time),
        MeasureId::FirstReplyMedian => quantile(0.5),
        MeasureId::FirstReplyP90 => quantile(0.9),
        MeasureId::FirstReplyMean => mean(tally.first_response_micros, tally.answered),
        MeasureId::GaveUp => per_needing(tally.gave_up),
        MeasureId::SettledInConversation => per_needing(tally.settled),
        MeasureId::SettledByFirstReply => per_needing(tally.settled_first),
        MeasureId::Turns => per(tally.replies, tally.answered),
        MeasureId::TwoWayTurns => per_needing(tally.replies),
        MeasureId::AnsweredTwice => per_needing(tally.answered_twice),
        MeasureId::WentQuiet => per_needing(tally.went_quiet),
        MeasureId::Deflected => per_needing(tally.deflected),
        MeasureId::MovedToPrivate => per_needing(tally.moved_to_private),
        MeasureId::WentPublic => per_needing(tally.went_public),
        MeasureId::Brought => per_needing(tally.brought),
        MeasureId::MoodAtEnd => Sample::Ratio(tally.mood_at_end, tally.moods as f64),
        MeasureId::LeftWorse => per(tally.worse, tally.moods),
        MeasureId::Unwelcome => per(mentions.unwelcome, mentions.touched),
        MeasureId::Reopened => {
            per(tally.reopened, tally.reopened + tally.settled + tally.settled_after_all)
        }
        MeasureId::SamePerson => per(tally.same_person, tally.later_replies),
        MeasureId::TimeToSettleMean => mean(tally.settled_micros, tally.settled),
        MeasureId::MentionsReached => per(mentions.touched, mentions.seen),
        MeasureId::MentionsReachedValue => Sample::Ratio(mentions.value, mentions.seen as f64),
        MeasureId::MentionAgeMean => mean(mentions.age_micros, mentions.touched),
        MeasureId::WrongAnswers => per(tally.wrong, tally.replies),
        MeasureId::WrongDesk => per_needing(tally.wrong_desk),
        MeasureId::HandOvers => per_needing(tally.hand_offs),
        MeasureId::HoldingReplies => Sample::Ratio(100.0 * tally.holding_replies as f64, needing),
        MeasureId::Collisions => Sample::Ratio(100.0 * tally.collisions as f64, needing),
        MeasureId::Orphans => Sample::Ratio(100.0 * tally.orphans as f64, needing),
        MeasureId::ExceptionsAbove => Sample::Ratio(100.0 * tally.decided_above as f64, needing),
        MeasureId::ExceptionsMended => {
            let all = tally.exceptions as f64;
            Sample::Ratio(all - tally.exceptions_unsolved, all)
        }
        MeasureId::BusiestRole => busiest(outcome, posts),
        MeasureId::Coordination => coordination(outcome),
        MeasureId::Alignment => alignment(outcome, design, watching),
        MeasureId::CostPerSettled if design.cost_per_year <= 0.0 => Sample::None,
        MeasureId::CostPerSettled => {
            let years = outcome.counted.micros() as f64 / BUSINESS_YEAR.micros() as f64;
            let fees = settlement(outcome, design).beyond_the_plan;
            Sample::Ratio(design.cost_per_year * years + fees, tally.settled as f64)
        }
        MeasureId::VendorFees => {
            let years = outcome.counted.micros() as f64 / BUSINESS_YEAR.micros() as f64;
            Sample::Ratio(settlement(outcome, design).beyond_the_plan, years)
        }
        MeasureId::VendorPromises => {
            let settled = settlement(outcome, design);
            Sample::Ratio(settled.kept, settled.months)
        }
    }
}

/// What contracts with terms come to, over all vendors.
fn settlement(outcome: &Outcome, design: &Design) -> Settlement {
    let mut sum = Settlement::default();
    for ((_, role), tally) in design.organization.roles().zip(&outcome.roles) {
        if let Some(terms) = &role.terms {
            let of = terms.settle(role.cost_per_year, &tally.months, outcome.counted);
            sum.beyond_the_plan += of.beyond_the_plan;
            if terms.promise.is_some() {
                sum.months += of.months;
                sum.kept += of.kept;
            }
        }
    }
    sum
}

/// The largest utilization of any role.
fn busiest(outcome: &Outcome, posts: &[Post]) -> Sample {
    let number = &ROLE_NUMBERS[super::role_number::RoleNumber::position("utilization")];
    let shares = outcome.roles.iter().zip(posts).filter_map(|(tally, &post)| {
        number.sample(&Look { tally, counted: outcome.counted, post }).value()
    });
    shares.max_by(f64::total_cmp).map_or(Sample::None, Sample::Value)
}

/// Share of all paid time that serves an objective, where there is one that work can serve.
fn alignment(outcome: &Outcome, design: &Design, watching: &Watching) -> Sample {
    if watching.watch.serving.is_empty() && !watching.proactive_serves {
        return Sample::None;
    }
    let (mut serves, mut paid) = (outcome.serving_micros, 0);
    let proactive: u128 =
        outcome.roles.iter().map(|tally| tally.bins[Bin::Proactive as usize]).sum();
    if watching.proactive_serves {
        serves += proactive.saturating_sub(outcome.unasked_micros);
    }
    for ((_, role), tally) in design.organization.roles().zip(&outcome.roles) {
        paid += tally.bins.iter().sum::<u128>();
        let content = |duty: &Duty| duty.kind == DutyKind::Content && duty.serves;
        if role.staffing.duties.iter().any(content) {
            serves += tally.bins[Bin::Content as usize];
        }
    }
    Sample::Ratio(serves as f64, paid as f64)
}

/// What working together takes: the work beside reading and answering what customers bring.
pub const TOGETHER: [Bin; 6] = [
    Bin::HandOff,
    Bin::Approval,
    Bin::ConsultGiven,
    Bin::ConsultSought,
    Bin::Rework,
    Bin::Coordination,
];

/// Share of all paid time that goes into working together.
fn coordination(outcome: &Outcome) -> Sample {
    let (mut together, mut paid) = (0, 0);
    for role in &outcome.roles {
        together += TOGETHER.iter().map(|&bin| role.bins[bin as usize]).sum::<u128>();
        paid += role.bins.iter().sum::<u128>();
    }
    Sample::Ratio(together as f64, paid as f64)
}
