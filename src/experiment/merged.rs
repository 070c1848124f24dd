//! What is merged over replications while they run, and how the parts of a design come together.

use super::arrivals::ArrivalsResult;
use super::kept::kept;
use super::measured::{Measured, Moments, Sample};
use super::numbers::{NumberSamples, NumbersResult, add_up, numbers_result};
use super::replication::{Replication, ScopeSamples, Spread};
use super::result::{DesignResult, ObservedResult, ScopeResult, TopicInsideResult};
use super::role_result::{MergedLengths, MergedRole, RoleResult, role_result, spread_of};
use super::shape::Shape;
use super::visits::VisitsResult;
use super::watching::Watching;
use crate::model::{Design, MeasureId};
use crate::sim::{ArrivalCounts, Observation, Outcome, TopicInside};
use crate::tally::Histogram;
use crate::units::MICROS_A_MINUTE;

/// Histograms of one design over all replications. They add up in whole numbers, so the order in
/// which replications come in does not matter.
#[derive(Debug)]
pub(super) struct Merged {
    first_response: Vec<Histogram>,
    roles: Vec<MergedRole>,
    time_inside: MergedLengths,
    time_at_inside: Vec<u64>,
    total_wait: MergedLengths,
    /// By topic, if asked for.
    topics_inside: Vec<MergedLengths>,
    /// By instant, then role: looks that found 0, 1, 2 … there.
    at_number: Vec<Vec<Vec<u64>>>,
}

kept!(Merged {
    first_response,
    roles,
    time_inside,
    time_at_inside,
    total_wait,
    topics_inside,
    at_number
});

impl Merged {
    /// Whether it is one of this design.
    pub(super) fn fits(&self, watching: &Watching, design: &Design) -> bool {
        self.first_response.len() == watching.scopes.len()
            && self.roles.len() == design.organization.role_count()
    }

    pub(super) fn new(watching: &Watching, design: &Design) -> Merged {
        Merged {
            first_response: vec![Histogram::default(); watching.scopes.len()],
            roles: vec![MergedRole::default(); design.organization.role_count()],
            time_inside: MergedLengths::default(),
            time_at_inside: Vec::new(),
            total_wait: MergedLengths::default(),
            topics_inside: Vec::new(),
            at_number: Vec::new(),
        }
    }

    /// Add a replication, whose roles go one after the other: thousands of them are not to be in memory twice.
    pub(super) fn add(&mut self, outcome: Outcome) {
        for (sum, scope) in self.first_response.iter_mut().zip(&outcome.scopes) {
            sum.merge(&scope.first_response);
        }
        self.time_inside.add(&outcome.time_inside);
        add_up(&mut self.time_at_inside, outcome.time_at_inside.micros());
        self.total_wait.add(&outcome.total_wait);
        let asked = self.topics_inside.len().max(outcome.topics_inside_times.len());
        self.topics_inside.resize(asked, MergedLengths::default());
        for (sum, times) in self.topics_inside.iter_mut().zip(&outcome.topics_inside_times) {
            sum.add_counts(times);
        }
        self.at_number.resize(outcome.observed.len(), Vec::new());
        for (sums, seen) in self.at_number.iter_mut().zip(&outcome.observed) {
            sums.resize(seen.len(), Vec::new());
            sums.iter_mut().zip(seen).for_each(|(sum, of)| add_up(sum, &of.at_number));
        }
        for (sum, role) in self.roles.iter_mut().zip(outcome.roles) {
            sum.add(&role);
        }
    }

    /// The roles, in order.
    pub(super) fn roles(
        &self,
        design: &Design,
        topics: &[String],
        runs: &[&Replication],
        confidence: f64,
    ) -> Vec<RoleResult> {
        design
            .organization
            .roles()
            .zip(&self.roles)
            .map(|((id, role), merged)| {
                let samples: Vec<_> = runs.iter().map(|run| &run.roles[id.index()]).collect();
                role_result(role, &samples, merged, topics, confidence)
            })
            .collect()
    }

    /// The scopes, in order, without their causes.
    pub(super) fn scopes(
        &self,
        watching: &Watching,
        runs: &[&Replication],
        confidence: f64,
    ) -> Vec<ScopeResult> {
        (0..watching.scopes.len())
            .map(|i| {
                let samples: Vec<&ScopeSamples> = runs.iter().map(|run| &run.scopes[i]).collect();
                self.scope(i, watching, &samples, confidence)
            })
            .collect()
    }

    fn scope(
        &self,
        scope: usize,
        watching: &Watching,
        samples: &[&ScopeSamples],
        confidence: f64,
    ) -> ScopeResult {
        let needing: u64 = samples.iter().map(|scope| scope.needing).sum();
        let measures = watching.quantities.iter().enumerate().map(|(i, quantity)| {
            let own: Vec<Sample> = samples.iter().map(|scope| scope.measures[i]).collect();
            let quantile = match quantity.measure.id {
                MeasureId::FirstReplyMedian => 0.5,
                MeasureId::FirstReplyP90 => 0.9,
                _ => return Measured::from_samples(&own, confidence),
            };
            let values = own.into_iter().map(Sample::value).collect();
            let each: Vec<(&Shape, u64)> =
                samples.iter().map(|scope| (&scope.first_replies, scope.needing)).collect();
            let pooled = &self.first_response[scope];
            let pooled = (pooled, &Shape::of(pooled));
            Measured::quantile(values, quantile, pooled, &each, confidence)
        });
        let points = samples.first().map_or(0, |scope| scope.curve.len());
        let curve = (0..points).map(|i| over(samples.iter().map(|s| s.curve[i]), confidence));
        let waits: Vec<super::causes::Waits> = samples.iter().map(|scope| scope.waits).collect();
        ScopeResult {
            measures: measures.collect(),
            causes: super::causes::causes(&waits, confidence),
            waited: super::causes::waited(&waits, confidence),
            curve: curve.collect(),
            needing,
            open: samples.iter().map(|scope| scope.open).sum(),
        }
    }

    /// The inquiries about each topic that left.
    fn topics_inside(
        &self,
        runs: &[&Replication],
        names: &[String],
        confidence: f64,
    ) -> Vec<TopicInsideResult> {
        let mut told = topics_left(runs, names, confidence);
        for ((topic, result), merged) in told.iter_mut().enumerate().zip(&self.topics_inside) {
            // a replication in which nobody left tells nothing
            let spreads = runs.iter().filter_map(|run| run.topics_inside_spreads.get(topic));
            let spreads: Vec<&Spread> = spreads.collect();
            result.spread = Some(spread_of(&spreads, merged, confidence));
        }
        told
    }

    /// What a design tells beside its scopes and roles.
    pub(super) fn rest(
        &self,
        result: &mut DesignResult,
        runs: &[&Replication],
        topics: &[String],
        confidence: f64,
    ) {
        let hours = runs.first().map_or(0, |run| run.backlog.len());
        result.backlog_by_hour =
            (0..hours).map(|h| over(runs.iter().map(|run| run.backlog[h]), confidence)).collect();
        let bins = runs.first().map_or(0, |run| run.hours.len());
        let hours =
            |bin: usize| over(runs.iter().map(|run| Sample::Value(run.hours[bin])), confidence);
        result.hours = (0..bins).map(hours).collect();
        let longest = runs.iter().map(|run| Sample::Value(run.longest_backlog));
        result.longest_backlog = over(longest, confidence);
        result.time_inside = over(runs.iter().map(|run| run.time_inside), confidence);
        result.served = over(runs.iter().map(|run| run.served), confidence);
        result.time_served = over(runs.iter().map(|run| run.time_served), confidence);
        result.inquiries_inside = over(runs.iter().map(|run| run.inquiries_inside), confidence);
        let spreads: Vec<_> = runs.iter().map(|run| &run.time_inside_spread).collect();
        result.time_inside_spread = spread_of(&spreads, &self.time_inside, confidence);
        if !self.time_at_inside.is_empty() {
            let inside = runs.iter().map(|run| &run.inside);
            result.number_inside = Some(numbers_result(inside, &self.time_at_inside, confidence));
        }
        if 0 < self.total_wait.n() {
            let spreads: Vec<_> = runs.iter().map(|run| &run.total_wait_spread).collect();
            let mean = over(runs.iter().map(|run| run.total_wait), confidence);
            result.total_wait = Some((mean, spread_of(&spreads, &self.total_wait, confidence)));
        }
        result.topics_inside = self.topics_inside(runs, topics, confidence);
        result.between_roles = over(runs.iter().map(|run| run.between_roles), confidence);
        result.left_per_hour = over(runs.iter().map(|run| run.left_per_hour), confidence);
        let arrivals: Vec<&ArrivalCounts> = runs.iter().map(|run| &run.arrivals).collect();
        result.arrivals = ArrivalsResult::of(&arrivals, confidence);
        result.visits_each = VisitsResult::of(runs, confidence);
        for run in runs {
            if result.visits.len() < run.visits.len() {
                result.visits.resize(run.visits.len(), 0);
            }
            for (sum, n) in result.visits.iter_mut().zip(&run.visits) {
                *sum += n;
            }
        }
        result.observed = observed(runs, &self.at_number, confidence);
    }
}

fn over(samples: impl Iterator<Item = Sample>, confidence: f64) -> Measured {
    Measured::from_samples(&samples.collect::<Vec<_>>(), confidence)
}

/// The inquiries about each topic that left, without how their times are distributed.
fn topics_left(runs: &[&Replication], names: &[String], confidence: f64) -> Vec<TopicInsideResult> {
    if runs.iter().all(|run| run.topics_inside.is_empty()) {
        return Vec::new();
    }
    let one = |(topic, name): (usize, &String)| {
        let none = TopicInside::default();
        let sample = |tell: &dyn Fn(&Replication, &TopicInside) -> Sample| {
            let of = |run: &Replication| tell(run, run.topics_inside.get(topic).unwrap_or(&none));
            over(runs.iter().map(|run| of(run)), confidence)
        };
        let thresholds = runs.first().map_or(0, |run| run.time_inside_spread.within.len());
        let within = |at: usize| {
            sample(&|_, of| {
                let count = of.inside_within.get(at).copied().unwrap_or(0);
                Sample::Ratio(count as f64, of.left as f64)
            })
        };
        TopicInsideResult {
            name: name.clone(),
            minutes: sample(&|_, of| {
                Sample::Ratio(of.inside_micros as f64 / MICROS_A_MINUTE, of.left as f64)
            }),
            minutes_sd: sample(&|_, of| {
                Sample::Deviation(Moments::of(
                    of.left,
                    of.inside_micros,
                    of.inside_squares,
                    MICROS_A_MINUTE,
                ))
            }),
            within: (0..thresholds).map(within).collect(),
            left_per_hour: sample(&|run, of| Sample::Ratio(of.left as f64, run.counted.hours())),
            spread: None,
        }
    };
    names.iter().enumerate().map(one).collect()
}

/// Moments of the numbers met by looks.
fn moments<'o>(looks: impl IntoIterator<Item = &'o Observation>) -> Moments {
    let (mut n, mut sum, mut squares) = (0, 0, 0);
    for look in looks {
        n += look.looks;
        sum += u128::from(look.number);
        squares += u128::from(look.number_squares);
    }
    Moments::of(n, sum, squares, 1.0)
}

fn observed(
    runs: &[&Replication],
    at_number: &[Vec<Vec<u64>>],
    confidence: f64,
) -> Vec<Vec<ObservedResult>> {
    let Some(first) = runs.first() else { return Vec::new() };
    let at = |instant: usize, role: usize| {
        let looks = || runs.iter().map(move |run| &run.observed[instant][role]);
        let per_look = |count: fn(&Observation) -> u64| {
            over(looks().map(|o| Sample::Ratio(count(o) as f64, o.looks as f64)), confidence)
        };
        let found = &at_number[instant][role];
        let shares = || {
            let samples: Vec<_> = looks().map(|o| NumberSamples::of_looks(&o.at_number)).collect();
            let sd = over(looks().map(|look| Sample::Deviation(moments([look]))), confidence);
            NumbersResult { sd, ..numbers_result(samples.iter(), found, confidence) }
        };
        ObservedResult {
            number: per_look(|look| look.number),
            busy: per_look(|look| look.busy),
            empty: per_look(|look| look.empty),
            number_squares: per_look(|look| look.number_squares),
            number_sd: moments(looks()).deviation(),
            numbers: (!found.is_empty()).then(shares),
        }
    };
    first
        .observed
        .iter()
        .enumerate()
        .map(|(instant, roles)| (0..roles.len()).map(|role| at(instant, role)).collect())
        .collect()
}
