//! Goals: in how many runs each was met.

use super::measured::Measured;
use super::result::{DesignResult, ExperimentResult};
use crate::model::{Goal, MeasureId, MeasureUnit};

/// One objective's goal over all designs.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalResult {
    /// Position of the objective.
    pub objective: usize,
    /// Position of the quantity it is about.
    pub quantity: usize,
    /// Position of the scope it is about.
    pub scope: usize,
    /// By design; `None` where its numbers are withheld.
    pub designs: Vec<Option<GoalRuns>>,
    /// Where every design met it in every run: about the value that the best design reached in its worst run, if some design
    /// meets a goal raised to it and another does not.
    pub raise_to: Option<f64>,
}

/// How one design did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GoalRuns {
    /// Runs that met the goal.
    pub met: usize,
    /// Runs that had anything to judge.
    pub of: usize,
    /// The value of the worst run; `None` if that is "never".
    pub worst: Option<f64>,
}

impl GoalRuns {
    /// Met in at least nine of ten runs.
    pub fn is_met(&self) -> bool {
        0 < self.of && 9 * self.of <= 10 * self.met
    }

    /// Met in at most one of ten runs.
    pub fn is_missed(&self) -> bool {
        0 < self.of && 10 * self.met <= self.of
    }

    /// Judge the values of the runs. A time without a value is "never" and longer than any, if `asked`, a share of those
    /// whom it is about, says that there were any in the run; else, and of another quantity, there was nothing to judge.
    pub fn judge(goal: &Goal, measured: &Measured, asked: Option<&Measured>) -> GoalRuns {
        let is_time = goal.measure.unit == MeasureUnit::Minutes;
        let any = |run: usize| asked.is_none_or(|asked| asked.values[run].is_some());
        let judged = measured.values.iter().enumerate();
        let judged = judged.filter(|&(run, value)| value.is_some() || (is_time && any(run)));
        let meets = |value: &Option<f64>| match (*value, goal.at_least) {
            (Some(value), true) => goal.value <= value,
            (Some(value), false) => value <= goal.value,
            (None, at_least) => at_least,
        };
        let (mut met, mut of, mut worst, mut never) = (0, 0, None, false);
        for (_, value) in judged {
            of += 1;
            met += usize::from(meets(value));
            never |= value.is_none();
            worst = match (worst, *value) {
                (Some(worst), Some(value)) => Some(if goal.at_least {
                    f64::min(worst, value)
                } else {
                    f64::max(worst, value)
                }),
                (worst, value) => worst.or(value),
            };
        }
        GoalRuns { met, of, worst: if never && !goal.at_least { None } else { worst } }
    }
}

/// What a number of steps may be off by rounding.
const ROUNDING: f64 = 1e-9;

/// All goals.
pub(super) fn goals(
    result: &ExperimentResult,
    scopes: &[usize],
    quantities: &[usize],
) -> Vec<GoalResult> {
    let of = |objective: usize| {
        let goal = &result.objectives[objective].goal;
        let (scope, quantity) = (scopes[objective], quantities[objective]);
        let asked = asked(result, goal);
        let judged = |goal: &Goal| -> Vec<Option<GoalRuns>> {
            let judge = |design: &DesignResult| {
                let measures = &design.scopes.get(scope)?.measures;
                let asked = asked.and_then(|asked| measures.get(asked));
                Some(GoalRuns::judge(goal, measures.get(quantity)?, asked))
            };
            result.designs.iter().map(judge).collect()
        };
        let designs = judged(goal);
        let always = |runs: &Option<GoalRuns>| {
            runs.as_ref().is_some_and(|runs| 0 < runs.of && runs.met == runs.of)
        };
        let raise_to = if designs.iter().all(always) {
            let worst = designs.iter().filter_map(|runs| runs.as_ref()?.worst);
            let best = if goal.at_least {
                worst.max_by(f64::total_cmp)
            } else {
                worst.min_by(f64::total_cmp)
            };
            best.map(|value| as_written(goal, value)).filter(|&value| {
                let raised = judged(&Goal { value, ..goal.clone() });
                let is_met = |runs: &Option<GoalRuns>| runs.as_ref().is_some_and(GoalRuns::is_met);
                raised.iter().any(is_met) && !raised.iter().all(is_met)
            })
        } else {
            None
        };
        GoalResult { objective, quantity, scope, designs, raise_to }
    };
    (0..result.objectives.len()).map(of).collect()
}

/// A value that a goal may be raised to, as people write it: whole percent and whole minutes, none beyond it.
fn as_written(goal: &Goal, value: f64) -> f64 {
    let one = match goal.measure.unit {
        MeasureUnit::Share => 0.01,
        MeasureUnit::Minutes => 1.0,
        _ => return value,
    };
    let steps = value / one;
    one * if goal.at_least { (steps + ROUNDING).floor() } else { (steps - ROUNDING).ceil() }
}

/// The share that has a value in a run just where there is somebody whom a time is about.
fn asked(result: &ExperimentResult, goal: &Goal) -> Option<usize> {
    let of_mentions = goal.measure.id == MeasureId::MentionAgeMean;
    result.quantity(if of_mentions { MeasureId::MentionsReached } else { MeasureId::Answered })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Sample;

    fn goal(id: MeasureId, at_least: bool, value: f64) -> Goal {
        Goal { measure: id.measure(), within: None, at_least, value, text: String::new() }
    }

    #[test]
    fn runs_are_judged_one_by_one() {
        let share = Measured::of(&[0.5, 0.61, 0.7], 0.95);
        let runs = GoalRuns::judge(&goal(MeasureId::Answered, true, 0.6), &share, None);
        assert_eq!(runs, GoalRuns { met: 2, of: 3, worst: Some(0.5) });
        assert!(!runs.is_met() && !runs.is_missed());
    }

    #[test]
    fn never_misses_a_goal_on_time_and_nothing_to_judge_is_not_judged() {
        let samples = [Sample::Value(30.0), Sample::None];
        let time = Measured::from_samples(&samples, 0.95);
        let goal_on_time = goal(MeasureId::FirstReplyMedian, false, 60.0);
        let runs = GoalRuns::judge(&goal_on_time, &time, None);
        assert_eq!(runs, GoalRuns { met: 1, of: 2, worst: None });
        let asked = |both| Measured::from_samples(&[Sample::Ratio(1.0, 1.0), both], 0.95);
        let never = asked(Sample::Ratio(0.0, 3.0));
        assert_eq!(GoalRuns::judge(&goal_on_time, &time, Some(&never)), runs);
        let quiet = asked(Sample::Ratio(0.0, 0.0));
        let runs = GoalRuns::judge(&goal_on_time, &time, Some(&quiet));
        assert_eq!(runs, GoalRuns { met: 1, of: 1, worst: Some(30.0) });
        let share = Measured::from_samples(&samples, 0.95);
        assert_eq!(GoalRuns::judge(&goal(MeasureId::Answered, true, 0.6), &share, None).of, 1);
    }
}
