//! The price of being proactive: every design once more without work on mentions.

use super::effect::{Effect, Yardstick, cost_of_hour, effect, with_designs};
use super::seen::Seen;
use crate::experiment::{ExperimentResult, Measured, Options, run};
use crate::model::{Design, DutyKind, MeasureId, Model, Proactive, RoleId};
use crate::sim::Bin;

/// What work on mentions brings each design, and what it costs those who wrote to us.
#[derive(Debug, Clone, PartialEq)]
pub struct Presence {
    /// What is brought.
    pub brings: Vec<Yardstick>,
    /// What is compared with and without.
    pub yardsticks: Vec<Yardstick>,
    /// By design.
    pub designs: Vec<DesignPresence>,
}

/// Work on mentions in one design.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignPresence {
    /// Its name.
    pub design: String,
    /// What it brings, by measure; `None` where there is no value.
    pub brings: Vec<Option<Measured>>,
    /// Person-hours a week that go into it, listening included.
    pub hours: Option<f64>,
    /// What it adds, with less without, by yardstick; empty if the design works on no mentions.
    pub adds: Vec<Option<Effect>>,
    /// The role that falls behind for good with it, or without it.
    pub falls_behind: Option<String>,
}

/// What presence brings.
const BRINGS: [MeasureId; 3] =
    [MeasureId::MentionsReached, MeasureId::MentionsReachedValue, MeasureId::Unwelcome];
/// What it may cost.
const COSTS: [MeasureId; 5] = [
    MeasureId::FirstReplyMean,
    MeasureId::FirstReplyMedian,
    MeasureId::AnsweredWithin,
    MeasureId::GaveUp,
    MeasureId::SettledInConversation,
];

/// Run every design again without work on mentions, on the customers of `result`.
///
/// Listening hours go too: their people are free for customers then. `None` where nobody writes about the company,
/// or no design works on it.
pub fn presence(
    model: &Model,
    result: &ExperimentResult,
    options: &Options<'_>,
) -> Option<Presence> {
    let named = |ids: &[MeasureId]| -> Vec<Yardstick> {
        ids.iter().filter_map(|&id| Yardstick::measure(result, id)).collect()
    };
    let (brings, yardsticks) = (named(&BRINGS), named(&COSTS));
    let changed: Vec<(usize, Design)> = model
        .designs
        .iter()
        .enumerate()
        .filter_map(|(number, design)| Some((number, without(design)?)))
        .collect();
    let heard = result.designs.iter().any(|design| 0 < design.totals.mentions.seen);
    if changed.is_empty() || !heard {
        return None;
    }
    let mut designs: Vec<DesignPresence> = Seen::all(result)
        .map(|today| {
            let cost = cost_of_hour(today.design);
            let value = |yardstick: &Yardstick| {
                let measured = yardstick.of(today, cost)?;
                measured.interval.is_some().then_some(measured)
            };
            DesignPresence {
                design: today.design.name.clone(),
                brings: brings.iter().map(value).collect(),
                hours: today.design.hours.get(Bin::Proactive as usize).and_then(Measured::mean),
                adds: Vec::new(),
                falls_behind: today.falls_behind(),
            }
        })
        .collect();
    let organized = changed.iter().map(|(_, design)| design.clone()).collect();
    let bare = run(&with_designs(model, organized), options);
    for ((number, _), without) in changed.into_iter().zip(Seen::all(&bare)) {
        // what it adds is the way back: from none of it to the design as it is
        let with = Seen::nth(result, number);
        let cost = cost_of_hour(with.design);
        let one = |yardstick: &Yardstick| effect(yardstick, without, with, cost);
        designs[number].adds = yardsticks.iter().map(one).collect();
        let told = &mut designs[number].falls_behind;
        *told = told.take().or_else(|| without.falls_behind());
    }
    Some(Presence { brings, yardsticks, designs })
}

/// The design without work on mentions; `None` if it does none.
fn without(design: &Design) -> Option<Design> {
    let mut design = design.clone();
    let mut works = false;
    for role in 0..design.organization.role_count() as u32 {
        let role = design.organization.role_mut(RoleId(role));
        works |= matches!(role.proactive, Proactive::WhenIdle { .. });
        if matches!(role.proactive, Proactive::WhenIdle { .. }) {
            role.proactive = Proactive::Never;
        }
        role.staffing.duties.retain(|duty| duty.kind != DutyKind::Listening);
    }
    works.then_some(design)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, plain_model, run_with};
    use crate::model::StudyKind;
    use std::sync::atomic::AtomicBool;

    fn studied(model: &Model) -> (ExperimentResult, Option<Presence>) {
        let result = run_with(model, 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let presence = presence(model, &result, &options);
        (result, presence)
    }

    #[test]
    fn what_presence_adds_is_the_difference_of_two_runs() {
        let model = model_of_desks(2.6);
        let (result, presence) = studied(&model);
        let presence = presence.unwrap();
        let bare: Vec<Design> = model.designs.iter().filter_map(without).collect();
        assert_eq!(bare.len(), 2);
        let bare = run_with(&with_designs(&model, bare), 1);
        for (number, of) in presence.designs.iter().enumerate() {
            let adds = of.adds[0].unwrap();
            let mean = |result: &ExperimentResult| {
                result.measured(number, MeasureId::FirstReplyMean).unwrap().mean().unwrap()
            };
            assert_eq!(
                (Some(adds.before), Some(adds.after)),
                (Some(mean(&bare)), Some(mean(&result)))
            );
            assert!(0.0 < of.hours.unwrap());
            let reached = result.measured(number, MeasureId::MentionsReached).unwrap().mean();
            assert_eq!(of.brings[0].as_ref().unwrap().mean(), reached);
            assert_eq!(
                bare.measured(number, MeasureId::MentionsReached).unwrap().mean(),
                Some(0.0)
            );
        }
    }

    #[test]
    fn where_nobody_is_mentioned_presence_has_no_price() {
        assert_eq!(studied(&plain_model(2, 8.0, StudyKind::TypicalWeeks)).1, None);
    }
}
