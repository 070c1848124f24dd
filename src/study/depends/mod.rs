//! What the answer depends on: inputs swept one at a time on the same customers, and how sure it is.
//!
//! Each input that a scenario declares is set to a few values across its range; where the best design of
//! a score changes from one value to the next, or where a design begins to fall behind, the gap is divided
//! until it is narrower than a twelfth of the range, and values about which luck does not let us tell are
//! run more often. What comes first is a stretch in which one design overtakes another, while it is too wide to
//! tell where, and values near the author's own that leave open whether a difference stays too small to matter. Defaults that may be otherwise are set to both their ends. Everything else stays as
//! stated, and every value meets the customers of the baseline's first replications, so that values are
//! compared within replications, as designs are. A design that a value does not change keeps the
//! baseline's numbers.
//!
//! The work is bounded by events handled, never by the clock: the same scenario and seed give the same
//! values, whatever the number of threads.

mod dial;
mod input;
mod point;
mod sure;
mod sweep;
mod together;
mod trial;

#[cfg(test)]
mod tests;

pub use dial::{Band, Dial, Holds, Money, Overloading, Tipping};
pub use input::Input;
pub use point::{Answer, By, DesignThere, Headline, Point, State};
pub use sure::{HoldsIn, Matters};
pub use sweep::Effort;
pub use together::Together;

use self::sweep::Sweep;
use self::trial::Baseline;
use super::Build;
use crate::experiment::{ExperimentResult, Options};
use crate::model::{Better, MeasureUnit, Model, WorthNoticing};

/// Inputs swept one at a time.
#[derive(Debug, Clone)]
pub struct Dials {
    /// Names of the designs.
    pub designs: Vec<String>,
    /// The scores that are looked at.
    pub headlines: Vec<Headline>,
    /// The baseline's answer by each.
    pub baseline: Vec<Answer>,
    /// The scenario as it stands, as a value.
    pub own: Point,
    /// Smallest differences worth noticing.
    pub noticed: WorthNoticing,
    /// The inputs: those declared, in the order of the file, then defaults.
    pub dials: Vec<Dial>,
    /// The two that move the answers most, at once.
    pub together: Option<Together>,
    /// Confidence of each comparison.
    pub confidence: f64,
    /// Events that might be handled.
    pub allowance: u64,
    /// Events that were.
    pub events: u64,
    /// Replications of single designs that were run beside the baseline's.
    pub replications: u64,
    /// Whether the allowance ended before everything was told that could have been.
    pub short: bool,
    /// Whether nothing was cut short by a stop.
    pub complete: bool,
}

/// Sweep inputs around a result of a model.
///
/// `build` gives the model with settings laid over the scenario. `None` where there is nothing to sweep or
/// nothing to compare with: no input, a baseline that is incomplete, of a single replication, or without
/// anything to score. A stop keeps the values that are complete.
pub fn dials(
    model: &Model,
    result: &ExperimentResult,
    inputs: Vec<Input>,
    build: &Build<'_>,
    effort: Effort,
    options: &Options<'_>,
) -> Option<Dials> {
    let headlines = headlines(result);
    if inputs.is_empty() || headlines.is_empty() || result.incomplete || result.completed() < 2 {
        return None;
    }
    let baseline = Baseline::of(model, result, headlines);
    let own = baseline.own();
    let mut sweep = Sweep::new(&baseline, build, options, effort);
    let turned = sweep.dials(inputs);
    let mut dials = Dials {
        designs: result.designs.iter().map(|design| design.name.clone()).collect(),
        headlines: baseline.headlines.clone(),
        baseline: own.answers.clone(),
        own,
        noticed: result.worth_noticing,
        dials: turned,
        together: None,
        confidence: result.confidence,
        allowance: sweep.allowance,
        events: 0,
        replications: 0,
        short: false,
        complete: false,
    };
    if !sweep.stopped && effort == Effort::BesideARun {
        dials.together = together::together(&dials, &mut sweep);
    }
    dials.forget_served_by_all();
    dials.events = sweep.spent;
    dials.replications = sweep.replications;
    dials.short = sweep.short;
    dials.complete = !sweep.stopped;
    Some(dials)
}

/// A share served that is less than this is not all; sums of shares are inexact.
const ALL: f64 = 1.0 - 1e-9;

impl Dials {
    /// Leave out the share served where nobody is lost at any value.
    fn forget_served_by_all(&mut self) {
        let Some(at) = self.headlines.iter().position(|of| of.by == By::Served) else { return };
        let loses = |point: &Point| {
            let shares = point.designs.iter().filter_map(|design| design.values[at]);
            shares.into_iter().any(|share| share.mean < ALL)
        };
        let corner = self.together.iter().map(|together| &together.point);
        let turned = self.dials.iter().flat_map(|dial| &dial.points);
        if turned.chain([&self.own]).chain(corner).any(loses) {
            return;
        }
        self.headlines.truncate(at);
        self.baseline.truncate(at);
        if let Some(together) = &mut self.together {
            together.strong.retain(|&score| score < at);
        }
        let corner = self.together.iter_mut().map(|together| &mut together.point);
        let dials = self.dials.iter_mut().flat_map(|dial| &mut dial.points);
        for point in dials.chain([&mut self.own]).chain(corner) {
            point.answers.truncate(at);
            point.designs.iter_mut().for_each(|design| design.values.truncate(at));
        }
    }
}

/// The scores of a result; for a plain network the whole time of its customers and the share of them that are served.
fn headlines(result: &ExperimentResult) -> Vec<Headline> {
    if result.plain {
        let (unit, better) = (MeasureUnit::Minutes, Better::Lower);
        let name = "minutes from arrival to departure".to_owned();
        let time = Headline { by: By::Time, name, unit, better };
        let name = "share served".to_owned();
        let (unit, better) = (MeasureUnit::Share, Better::Higher);
        return vec![time, Headline { by: By::Served, name, unit, better }];
    }
    let of = |score: &crate::experiment::ScoreResult| {
        let quantity = &result.quantities[score.quantity];
        Headline {
            by: By::Score(score.score, *quantity),
            name: quantity.name(),
            unit: quantity.unit(),
            better: quantity.measure.better,
        }
    };
    result.scores.iter().map(of).collect()
}
