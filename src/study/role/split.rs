//! Other ways to set a role's week, each run on the same customers, and which serves best.

use super::card::{Aim, Split, Tried, TriedEffect};
use super::ground::{Ground, effect};
use super::levers::levers;
use crate::model::{MeasureId, RoleId};
use crate::study::FEW;
use crate::study::seen::Spot;

/// What a change is always looked at for, beside the goals.
const QUALITY: MeasureId = MeasureId::WrongAnswers;
/// What a role without objectives is judged by, the first that the design has.
const USUAL: [MeasureId; 2] = [MeasureId::AnsweredWithin, MeasureId::MentionsReached];

/// Try every setting of the role, which serves these aims.
///
/// One serves better if more of the goals that the role serves are met with it, or as many while the first
/// goal that is missed (or else the first) surely gains as much as would be noticed, and no other of them
/// surely loses as much. Of several the one that meets most, then the one that gains most.
pub(super) fn split(ground: &Ground<'_>, role: RoleId, aims: &[Aim]) -> Split {
    if ground.result.plain || ground.design().withheld {
        return Split::default();
    }
    let tried: Vec<Tried> = levers(ground, role)
        .into_iter()
        .take_while(|_| !ground.is_stopped())
        .filter_map(|lever| {
            let with = ground.changed(&lever.settings)?;
            let effects = effects(ground, &with, aims);
            let (what, settings, judged) = (lever.what, lever.settings, lever.judged);
            Some(Tried { what, settings, judged, effects })
        })
        .collect();
    let worth = |effect: &TriedEffect| {
        let result = &ground.result;
        let at = result.quantities.iter().position(|quantity| *quantity == effect.quantity);
        at.map_or(0.0, |at| result.worth(at))
    };
    let best = best(&tried, &worth);
    let repetitions = ground.model.study.replications.min(FEW) as usize;
    Split { tried, best, repetitions }
}

/// What a change does to each goal, in the order of the objectives, and to what is always looked at.
fn effects(
    ground: &Ground<'_>,
    with: &crate::experiment::ExperimentResult,
    aims: &[Aim],
) -> Vec<TriedEffect> {
    let result = &ground.result;
    let look = |name: &str, spot: Spot, objective: Option<usize>| {
        effect(&ground.short, with, name, spot, objective)
    };
    let mut all: Vec<TriedEffect> = aims
        .iter()
        .filter_map(|aim| {
            let at = result.objectives.iter().position(|known| known.id == aim.objective)?;
            let goal = &result.goals[at];
            let spot = Spot { quantity: goal.quantity, scope: goal.scope };
            look(&aim.objective, spot, Some(at))
        })
        .collect();
    let mut plain = |id: MeasureId| {
        let quantity = result.quantity(id)?;
        let name = result.quantities[quantity].name();
        all.push(look(&name, Spot::of_all(quantity), None)?);
        Some(())
    };
    if aims.is_empty() {
        USUAL.into_iter().find_map(&mut plain);
    }
    plain(QUALITY);
    all
}

/// Goals that are met, with (or without) the change.
fn met(tried: &Tried, with: bool) -> usize {
    let is_met =
        |effect: &&TriedEffect| effect.met.is_some_and(|met| if with { met.1 } else { met.0 });
    tried.effects.iter().filter(is_met).count()
}

/// By what a change is judged: the first goal that is missed now, or else the first.
fn yardstick(tried: &Tried) -> Option<usize> {
    let missed = tried.effects.iter().position(|effect| effect.met.is_some_and(|met| !met.0));
    missed.or((!tried.effects.is_empty()).then_some(0))
}

/// The change that serves best; `None` if none is surely better than the present setting.
fn best(tried: &[Tried], worth: &dyn Fn(&TriedEffect) -> f64) -> Option<usize> {
    let gain = |tried: &Tried| {
        yardstick(tried).map_or(f64::NEG_INFINITY, |at| tried.effects[at].gain.mean)
    };
    let surely_gains = |effect: &TriedEffect| {
        effect.gain.low().is_some_and(|low| 0.0 < low) && worth(effect) <= effect.gain.mean
    };
    let surely_loses = |effect: &TriedEffect| {
        effect.gain.high().is_some_and(|high| high < 0.0)
            && worth(effect).max(f64::MIN_POSITIVE) <= -effect.gain.mean
    };
    let better = |tried: &Tried| {
        let Some(at) = yardstick(tried).filter(|_| tried.judged) else { return false };
        let others = || tried.effects.iter().enumerate().filter(|(other, _)| *other != at);
        let keeps = tried.effects.iter().all(|effect| effect.met != Some((true, false)));
        let unharmed = others().all(|(_, effect)| !surely_loses(effect));
        let gains = surely_gains(&tried.effects[at]);
        keeps && (met(tried, false) < met(tried, true) || (gains && unharmed))
    };
    let candidates = tried.iter().enumerate().filter(|(_, tried)| better(tried));
    let rank = |tried: &Tried| (met(tried, true), gain(tried));
    candidates
        .max_by(|a, b| {
            let (a, b) = (rank(a.1), rank(b.1));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        })
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Quantity;
    use crate::stats::Interval;
    use crate::study::Settings;

    fn effect(gain: f64, met: (bool, bool)) -> TriedEffect {
        let quantity = Quantity::usual(MeasureId::Answered);
        let gain =
            Interval { mean: gain, half_width: Some(0.01), n: 10, standard_error: Some(0.005) };
        let name = String::from("prompt");
        TriedEffect { name, quantity, before: 0.5, after: 0.5, gain, met: Some(met) }
    }

    fn tried(effects: Vec<TriedEffect>) -> Tried {
        Tried { what: String::new(), settings: Settings::default(), judged: true, effects }
    }

    fn best_of(tried: &[Tried]) -> Option<usize> {
        best(tried, &|_| 0.02)
    }

    #[test]
    fn a_gain_that_costs_another_goal_is_no_improvement() {
        let kept = (true, true);
        let helps = tried(vec![effect(0.05, kept), effect(0.0, kept)]);
        let helps_more_at_a_price = tried(vec![effect(0.09, kept), effect(-0.04, kept)]);
        let misses = tried(vec![effect(0.09, kept), effect(-0.005, (true, false))]);
        assert_eq!(best_of(&[misses, helps_more_at_a_price, helps]), Some(2));
    }

    #[test]
    fn luck_and_trifles_leave_things_as_they_are() {
        let kept = (true, true);
        let luck = tried(vec![effect(0.009, kept)]);
        let trifle = tried(vec![effect(0.015, kept)]);
        assert_eq!(best_of(&[luck, trifle]), None);
    }

    #[test]
    fn meeting_one_more_goal_comes_before_any_gain() {
        let gains = tried(vec![effect(0.2, (false, false)), effect(0.0, (false, false))]);
        let meets = tried(vec![effect(0.03, (false, true)), effect(0.0, (false, false))]);
        assert_eq!(best_of(&[gains, meets]), Some(1));
    }

    #[test]
    fn what_is_not_all_simulated_is_no_advice() {
        let mut meetings = tried(vec![effect(0.2, (true, true))]);
        meetings.judged = false;
        assert_eq!(best_of(&[meetings]), None);
    }
}
