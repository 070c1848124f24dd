//! What each cause of waiting costs: every design once more without it.

mod remedy;
#[cfg(test)]
mod tests;

pub use remedy::Remedy;

use super::effect::{Effect, Yardstick, effect, price, with_designs};
use super::seen::Seen;
use crate::experiment::{ExperimentResult, Measured, Options, run};
use crate::model::{Design, MeasureId, Model};
use crate::sim::Cause;
use remedy::Candidate;

/// What the causes of waiting cost every design.
#[derive(Debug, Clone, PartialEq)]
pub struct Waits {
    /// What is compared: all waiting first.
    pub yardsticks: Vec<Yardstick>,
    /// By design.
    pub designs: Vec<DesignWaits>,
}

/// What the causes of waiting cost one design.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignWaits {
    /// Its name.
    pub design: String,
    /// Its values today, by yardstick.
    pub today: Vec<Option<f64>>,
    /// The role that falls behind for good today, so that there is nothing to compare with.
    pub falls_behind: Option<String>,
    /// Its causes of waiting, those worth noticing, the one with most minutes first.
    pub causes: Vec<CausePrice>,
}

/// A cause of waiting, and what it is worth to be rid of it.
#[derive(Debug, Clone, PartialEq)]
pub struct CausePrice {
    /// The cause.
    pub cause: Cause,
    /// Minutes that are booked on it, per inquiry that ended.
    pub minutes: Measured,
    /// Their share of all waiting.
    pub share: Measured,
    /// What it is priced by; empty where nothing that the design has could be taken away.
    pub changes: Vec<PricedChange>,
}

/// A design without a cause of waiting, or with less of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedChange {
    /// What is changed.
    pub remedy: Remedy,
    /// The desk that has one more head.
    pub desk: Option<String>,
    /// What that changes, by yardstick.
    pub effects: Vec<Option<Effect>>,
    /// What it changes in the minutes of the cause itself.
    pub of_this: Option<Effect>,
    /// What it changes in the minutes of all other causes together: what moves there, or is spared there.
    pub of_others: Option<Effect>,
    /// The other cause whose minutes change most beyond luck.
    pub most: Option<(Cause, Effect)>,
    /// What it costs a year more; `None` where it is nothing that can be bought.
    pub costs: Option<f64>,
    /// The role that then falls behind for good.
    pub falls_behind: Option<String>,
}

/// The measures that are compared beside all waiting and the promise.
const MEASURES: [MeasureId; 4] = [
    MeasureId::FirstReplyMean,
    MeasureId::SettledInConversation,
    MeasureId::MentionsReached,
    MeasureId::WrongAnswers,
];

/// Run every design again without each cause of waiting that it has a noticeable share of, and with what a
/// company could do about it, one at a time, on the customers of `result`.
///
/// Minutes are booked on the first cause that applies while one waits. What it is worth to be rid of a cause is
/// something else: whoever is spared one wait may meet the next, and people who are freed of work do other work.
/// `None` for a plain network, where every wait is in line.
pub fn waits(model: &Model, result: &ExperimentResult, options: &Options<'_>) -> Option<Waits> {
    if result.plain {
        return None;
    }
    let measures = MEASURES.iter().filter_map(|&id| Yardstick::measure(result, id));
    let promise = Yardstick::promise(result);
    let yardsticks: Vec<Yardstick> =
        std::iter::once(Yardstick::Waited).chain(promise).chain(measures).collect();
    let mut designs: Vec<DesignWaits> = Seen::all(result)
        .map(|today| DesignWaits {
            design: today.design.name.clone(),
            today: yardsticks.iter().map(|y| y.of(today, 0.0)?.mean()).collect(),
            falls_behind: today.falls_behind(),
            causes: noticeable(today),
        })
        .collect();
    for &cause in Cause::ALL {
        for &remedy in Remedy::against(cause) {
            let study = Study { model, result, options, yardsticks: &yardsticks, cause, remedy };
            study.price(&mut designs);
        }
    }
    Some(Waits { yardsticks, designs })
}

/// The causes of a design that make up a share of its waiting which its author would notice, most minutes first.
fn noticeable(seen: Seen<'_>) -> Vec<CausePrice> {
    let Some(all) = seen.design.scopes.first() else { return Vec::new() };
    let share = |share: &Measured| share.mean().unwrap_or(0.0);
    let told = all.causes.iter().filter(|of| {
        let share = share(&of.share);
        0.0 < share && seen.result.worth_noticing.share <= share
    });
    let mut causes: Vec<CausePrice> = told
        .map(|of| CausePrice {
            cause: of.cause,
            minutes: of.minutes.clone(),
            share: of.share.clone(),
            changes: Vec::new(),
        })
        .collect();
    causes.sort_by(|a, b| share(&b.share).total_cmp(&share(&a.share)));
    causes
}

/// One change under way, of all designs that it changes.
struct Study<'a> {
    model: &'a Model,
    result: &'a ExperimentResult,
    options: &'a Options<'a>,
    yardsticks: &'a [Yardstick],
    cause: Cause,
    remedy: Remedy,
}

impl Study<'_> {
    fn price(&self, designs: &mut [DesignWaits]) {
        let horizon = self.model.study.horizon();
        let mut changed: Vec<(usize, usize, Design, Option<String>)> = Vec::new();
        for (number, of) in designs.iter().enumerate() {
            let at = of.causes.iter().position(|known| known.cause == self.cause);
            let candidate = Candidate {
                design: &self.model.designs[number],
                today: &self.result.designs[number],
                practice: &self.model.practice,
                horizon,
            };
            if let Some(at) = at
                && let Some((design, desk)) = self.remedy.of(self.cause, &candidate)
            {
                changed.push((number, at, design, desk));
            }
        }
        if changed.is_empty() {
            return;
        }
        let organized = changed.iter().map(|(_, _, design, _)| design.clone()).collect();
        let mut model = with_designs(self.model, organized);
        model.practice = self.remedy.practice(&model.practice);
        let with = run(&model, self.options);
        for ((number, at, _, desk), after) in changed.into_iter().zip(Seen::all(&with)) {
            let priced = self.priced(desk, Seen::nth(self.result, number), after);
            designs[number].causes[at].changes.push(priced);
        }
    }

    fn priced(&self, desk: Option<String>, before: Seen<'_>, after: Seen<'_>) -> PricedChange {
        let of = |yardstick: &Yardstick| effect(yardstick, before, after, 0.0);
        let others = Cause::ALL.iter().filter(|&&cause| cause != self.cause);
        let sure = others.filter_map(|&cause| {
            Some((cause, of(&Yardstick::WaitedFor(cause)).filter(Effect::is_sure)?))
        });
        let size = |effect: &Effect| effect.difference.mean.abs();
        PricedChange {
            remedy: self.remedy,
            desk,
            effects: self.yardsticks.iter().map(of).collect(),
            of_this: of(&Yardstick::WaitedFor(self.cause)),
            of_others: of(&Yardstick::WaitedOtherwise(self.cause)),
            most: sure.max_by(|a, b| size(&a.1).total_cmp(&size(&b.1))),
            costs: self.remedy.has_price().then(|| price(before, after)),
            falls_behind: after.falls_behind(),
        }
    }
}
