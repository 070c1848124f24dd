//! What an experiment leaves behind.

use super::arrivals::ArrivalsResult;
use super::causes::CauseResult;
use super::goal::GoalResult;
use super::measured::Measured;
use super::messages::Messages;
use super::numbers::NumbersResult;
use super::overload::Overload;
use super::pair::Pair;
use super::precision::PrecisionReached;
use super::quantity::Quantity;
use super::quickest::{Quickest, loses};
use super::role_result::{RoleResult, SpreadResult};
use super::score::ScoreResult;
use super::visits::VisitsResult;
use super::warning::{AnswerPart, Warning};
use super::watching::{ScopeName, ScopeOf};
use crate::model::{HoldEqual, MeasureId, Objective, Outline, StudyKind, WorthNoticing};
use crate::sim::{CAUSES, Conservation, ENDS, MentionCounts, Stop};
use crate::stats::Interval;
use crate::units::SimTime;

/// Designs × replications, compared. Everything that is presented is read from here.
#[derive(Debug, Clone)]
pub struct ExperimentResult {
    /// Master seed.
    pub seed: u64,
    /// Kind of study.
    pub kind: StudyKind,
    /// Length of what counts, as asked for; [`SimTime::NEVER`] for a run until all is done.
    pub run_for: SimTime,
    /// Warm-up that was discarded.
    pub warm_up: SimTime,
    /// Replications asked for.
    pub replications: u32,
    /// Whether the experiment, or what was asked beside it, was stopped before all of it was done.
    pub incomplete: bool,
    /// Confidence of every single interval.
    pub confidence: f64,
    /// Whether the model is a plain queueing network, without desks that answer customers.
    pub plain: bool,
    /// Whether every replication replays the same recorded inquiries, so that intervals hold for these alone.
    pub given_log: bool,
    /// Lengths at which waits are counted.
    pub thresholds: Vec<SimTime>,
    /// Instants after the warm-up (of the cycle, if there is one) at which the roles were looked at.
    pub observed_at: Vec<SimTime>,
    /// What is held equal.
    pub hold_equal: Option<HoldEqual>,
    /// Smallest differences worth noticing.
    pub worth_noticing: WorthNoticing,
    /// What the organization is for.
    pub objectives: Vec<Objective>,
    /// What is measured; the order of [`ScopeResult::measures`].
    pub quantities: Vec<Quantity>,
    /// Of which inquiries; the order of [`DesignResult::scopes`].
    pub scopes: Vec<ScopeName>,
    /// The designs, in the author's order.
    pub designs: Vec<DesignResult>,
    /// Differences of all pairs of designs.
    pub pairs: Vec<Pair>,
    /// Goals, in the order of the objectives.
    pub goals: Vec<GoalResult>,
    /// The three scores, as far as there is anything to score.
    pub scores: Vec<ScoreResult>,
    /// Of several designs of a plain network, which one inquiries pass soonest.
    pub quickest: Option<Quickest>,
    /// Inquiries that come in the time that counts; `None` where nothing was run.
    pub messages: Option<Messages>,
    /// How exact the estimates became, where a precision was asked for.
    pub precision: Option<PrecisionReached>,
    /// What a reader should know before trusting the numbers.
    pub warnings: Vec<Warning>,
}

/// One design over its replications.
#[derive(Debug, Clone, Default)]
pub struct DesignResult {
    /// Its name.
    pub name: String,
    /// Yearly cost of its plan.
    pub cost_per_year: f64,
    /// People in its plan.
    pub headcount: f64,
    /// The shape of its graph.
    pub outline: Option<Outline>,
    /// The replications that are complete, by number from 1.
    pub completed: Vec<u32>,
    /// The role that falls behind for good, if one does.
    pub overload: Option<Overload>,
    /// The role that only fills up what has an end, such as a waiting room, faster than any other, if one does.
    pub still_fills: Option<Overload>,
    /// Whether its numbers are withheld because they would depend on how long one looks.
    pub withheld: bool,
    /// Why a replication could not be run to its end, and which, from 1.
    pub stopped: Option<(Stop, u32)>,
    /// By scope; empty if withheld.
    pub scopes: Vec<ScopeResult>,
    /// Its roles.
    pub roles: Vec<RoleResult>,
    /// Position of the role with the highest utilization.
    pub busiest: Option<usize>,
    /// Person-hours a week in each [`Bin`](crate::sim::Bin), over all roles; empty if withheld.
    pub hours: Vec<Measured>,
    /// Unanswered inquiries by hour of the week; empty if not looked at, or withheld.
    pub backlog_by_hour: Vec<Measured>,
    /// Most unanswered inquiries at a time.
    pub longest_backlog: Measured,
    /// Minutes inside of all that left.
    pub time_inside: Measured,
    /// The distribution of the minutes inside of all that left.
    pub time_inside_spread: SpreadResult,
    /// Share served of the inquiries that came in the time that counts, needed it and are no more inside.
    pub served: Measured,
    /// Minutes inside of these.
    pub time_served: Measured,
    /// By topic, in a network of plain desks with several topics: the inquiries that left.
    pub topics_inside: Vec<TopicInsideResult>,
    /// Mean number of inquiries inside.
    pub inquiries_inside: Measured,
    /// Of these, those at no role: on their way, or with their customer, who will write or try again.
    pub between_roles: Measured,
    /// Inquiries that left, per hour.
    pub left_per_hour: Measured,
    /// The number inside over time, if asked for.
    pub number_inside: Option<NumbersResult>,
    /// Minutes of waiting at all visits of an inquiry that left, mean and distribution, if asked for.
    pub total_wait: Option<(Measured, SpreadResult)>,
    /// Inquiries that come in a day and in a week, if asked for.
    pub arrivals: Option<ArrivalsResult>,
    /// Visits to roles of each inquiry that left.
    pub visits_each: VisitsResult,
    /// Inquiries by number of visits to roles, over all replications.
    pub visits: Vec<u64>,
    /// By instant asked for, then role: mean number there.
    pub observed: Vec<Vec<ObservedResult>>,
    /// Where everything went, over all replications.
    pub totals: Totals,
}

/// The inquiries about one topic that left a network of plain desks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TopicInsideResult {
    /// The topic.
    pub name: String,
    /// Their minutes inside.
    pub minutes: Measured,
    /// Standard deviation of these.
    pub minutes_sd: Measured,
    /// Share of them at or below each threshold of the study.
    pub within: Vec<Measured>,
    /// How many left, per hour.
    pub left_per_hour: Measured,
    /// How these minutes are distributed, if asked for.
    pub spread: Option<SpreadResult>,
}

/// One scope of one design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScopeResult {
    /// By position in [`ExperimentResult::quantities`].
    pub measures: Vec<Measured>,
    /// Why its customers waited, by cause.
    pub causes: Vec<CauseResult>,
    /// Minutes of all causes together per inquiry that ended.
    pub waited: Measured,
    /// Share answered within each of [`curve_times`](crate::experiment::curve_times); empty for
    /// topics, segments, languages and stages.
    pub curve: Vec<Measured>,
    /// Inquiries needing a reply, over all replications.
    pub needing: u64,
    /// Of these, still open when the run ended.
    pub open: u64,
}

/// A role at an instant that was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ObservedResult {
    /// Mean number at the role.
    pub number: Measured,
    /// Mean number in work.
    pub busy: Measured,
    /// Share of looks that found nobody there.
    pub empty: Measured,
    /// Mean square of the number at the role.
    pub number_squares: Measured,
    /// Standard deviation of the number over all looks.
    pub number_sd: Option<f64>,
    /// The distribution of the number over all looks, if asked for.
    pub numbers: Option<NumbersResult>,
}

/// Sums over all replications, warm-up included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Inquiries that arrived.
    pub arrived: u64,
    /// How they ended, by [`End`](crate::sim::End).
    pub ends: [u64; ENDS],
    /// Inquiries still inside.
    pub inside: u64,
    /// Contacts that arrived.
    pub contacts: u64,
    /// Contacts closed.
    pub contacts_closed: u64,
    /// Contacts still open.
    pub contacts_inside: u64,
    /// Mentions that appeared, and where they went.
    pub mentions: MentionCounts,
    /// ∫ contacts inside dt, which equals the sum of their times inside, in microseconds.
    pub area_micros: u128,
    /// Events handled.
    pub events: u64,
}

impl Totals {
    /// Add a replication.
    pub(super) fn add(&mut self, conservation: &Conservation, events: u64) {
        self.arrived += conservation.arrived;
        for (sum, n) in self.ends.iter_mut().zip(conservation.ends) {
            *sum += n;
        }
        self.inside += conservation.inside;
        self.contacts += conservation.contacts;
        self.contacts_closed += conservation.contacts_closed;
        self.contacts_inside += conservation.contacts_inside;
        let MentionCounts { seen, touched, expired, open } = conservation.mentions;
        self.mentions.seen += seen;
        self.mentions.touched += touched;
        self.mentions.expired += expired;
        self.mentions.open += open;
        self.area_micros += conservation.area_micros;
        self.events += events;
    }
}

impl ExperimentResult {
    /// Position of a quantity, or of the [usual](Quantity::usual) one of a measure.
    pub fn quantity(&self, wanted: impl Into<Quantity>) -> Option<usize> {
        let wanted = wanted.into();
        self.quantities.iter().position(|quantity| *quantity == wanted)
    }

    /// What a design comes to a year: its plan, and what its vendors are paid beside it on average. What is kept back for missed
    /// promises makes no design cheap, and of a design that is withheld there is the plan alone.
    pub fn spent_per_year(&self, design: usize) -> f64 {
        let fees = self.quantity(MeasureId::VendorFees).and_then(|at| self.of(design, at)?.mean());
        self.designs[design].cost_per_year + fees.unwrap_or(0.0).max(0.0)
    }

    /// A quantity of a design over all inquiries; `None` where it is withheld.
    pub fn of(&self, design: usize, quantity: usize) -> Option<&Measured> {
        self.designs[design].scopes.first().and_then(|all| all.measures.get(quantity))
    }

    /// The same by what it is instead of its position.
    pub fn measured(&self, design: usize, wanted: impl Into<Quantity>) -> Option<&Measured> {
        self.of(design, self.quantity(wanted)?)
    }

    /// The smallest difference in a quantity that the author would notice, in its unit.
    pub fn worth(&self, quantity: usize) -> f64 {
        use crate::model::MeasureUnit;
        match self.quantities[quantity].unit() {
            MeasureUnit::Share => self.worth_noticing.share,
            MeasureUnit::Minutes => self.worth_noticing.minutes,
            MeasureUnit::Money => self.worth_noticing.money,
            MeasureUnit::Count => 0.0,
        }
    }

    /// Position of a scope.
    pub fn scope(&self, of: ScopeOf) -> Option<usize> {
        self.scopes.iter().position(|scope| scope.of == of)
    }

    /// The difference between two designs in a quantity, as first minus second.
    pub fn pair(&self, first: usize, second: usize) -> Option<&Pair> {
        self.pairs.iter().find(|pair| (pair.first, pair.second) == (first, second))
    }

    /// What was asked beside the replications was stopped: what is `missing`. Where the experiment itself was stopped,
    /// which says so already, it says that as well.
    pub fn stopped_beside(&mut self, missing: Vec<AnswerPart>) {
        let early = self.warnings.iter_mut().find_map(|warning| match warning {
            Warning::StoppedEarly { missing, .. } => Some(missing),
            _ => None,
        });
        match early {
            Some(known) => *known = missing,
            None if self.incomplete => {}
            None => {
                self.incomplete = true;
                self.warnings.insert(0, Warning::StoppedBeside { missing });
            }
        }
    }

    /// Fewest complete replications of any design.
    pub fn completed(&self) -> usize {
        self.designs.iter().map(|design| design.completed.len()).min().unwrap_or(0)
    }
}

/// People who are busy for so much of their time have next to none left.
const FULL: f64 = 0.98;

impl DesignResult {
    /// The role with the highest utilization.
    pub fn busiest_role(&self) -> Option<&RoleResult> {
        self.roles.get(self.busiest?)
    }

    /// Whether people of it may have next to no time left, as far as luck lets one tell: then it may fall behind as well.
    pub fn hardly_copes(&self) -> bool {
        self.busiest_share().is_some_and(|busy| FULL <= busy.mean + busy.half_width.unwrap_or(0.0))
    }

    /// Whether people of it have next to no time left: then a few repetitions cannot tell whether it falls behind as well.
    pub fn is_full(&self) -> bool {
        self.busiest_share().is_some_and(|busy| FULL <= busy.mean)
    }

    /// How busy the people of the busiest role are.
    fn busiest_share(&self) -> Option<Interval> {
        self.busiest_role()?.number("utilization").interval
    }

    /// Whether somebody left unserved.
    pub fn loses(&self) -> bool {
        loses(&self.served)
    }

    /// Minutes inside of those who were served; of all who left, where nobody left unserved.
    pub fn minutes_of_served(&self) -> &Measured {
        if self.loses() { &self.time_served } else { &self.time_inside }
    }

    /// The name of the role that falls behind, with its pace.
    pub fn falls_behind(&self) -> Option<(&str, f64)> {
        let overload = self.overload.as_ref()?;
        Some((self.roles.get(overload.role)?.name.as_str(), overload.per_day))
    }
}

const _: () = assert!(CAUSES == 10, "presentations group the causes by hand");
