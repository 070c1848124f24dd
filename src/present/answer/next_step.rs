//! The one change to try next, with its price and what it makes worse.

use super::AnswerContext;
use super::of_score::too_small;
use super::verdict::{named, with_heads};
use crate::experiment::{ExperimentResult, GoalRuns};
use crate::model::MeasureUnit;
use crate::present::numbers::{estimate, money, points, value, value_of};
use crate::present::words::list;
use crate::stats::Interval;
use crate::study::{NextStep, Step};
use crate::units::counted;

/// What to try next, and the arguments that try it, if there is anything to try: the best single change; where no design
/// copes, what would let the one that is nearest to it keep up.
pub(super) fn told(
    result: &ExperimentResult,
    context: &AnswerContext<'_>,
) -> Option<(String, Option<String>)> {
    if let Some(step) = context.next_step {
        let arguments = step.best().map(|step| step.settings.arguments());
        return Some((next(result, step, context), arguments));
    }
    if !result.designs.iter().all(|design| design.withheld) {
        return None;
    }
    let nearest = context.copes.iter().min_by(|a, b| a.less.total_cmp(&b.less))?;
    let name = named(&result.designs[nearest.design]);
    let arguments = nearest.settings.as_ref().map(|settings| settings.arguments());
    let told = format!(
        "More people, or less to do. {name} lacks least: by its load, {} would let {} keep up.",
        with_heads(nearest),
        match nearest.lacks.as_slice() {
            [only] => only.role.as_str(),
            _ => "it",
        }
    );
    Some((told, arguments))
}

/// In a sentence or two, with what gets worse, or that nothing does.
fn next(result: &ExperimentResult, next: &NextStep, context: &AnswerContext<'_>) -> String {
    let name = named(&result.designs[next.design.0]);
    let Some(step) = next.best() else { return nothing(result, next, context) };
    let after = value(step.after, next.quantity.unit(), context.currency);
    let goal = next.unmet.map_or(String::new(), |objective| {
        let runs = step.then.map_or(String::new(), |runs| {
            let GoalRuns { met, of, .. } = runs;
            match met {
                0 => ", still met in no run".to_owned(),
                _ => format!(", then met in {met} of {}", counted(of, "run", "runs")),
            }
        });
        format!(" (goal {}{runs})", result.objectives[objective].id)
    });
    let then = value_of(&after, &next.quantity);
    let ids: Vec<&str> = step.misses.iter().map(|&at| result.objectives[at].id.as_str()).collect();
    let misses = match ids.as_slice() {
        [] => String::new(),
        ids => format!("; it then misses {}, which it meets now", list(ids)),
    };
    format!(
        "{}: {}. {name} then has {then}{goal}, better by {}{}{misses}.",
        price(step, context),
        step.what,
        gain(step.gain, next, context),
        side(step, context, misses.is_empty())
    )
}

/// What is said where no change is to be recommended.
fn nothing(result: &ExperimentResult, next: &NextStep, context: &AnswerContext<'_>) -> String {
    let name = named(&result.designs[next.design.0]);
    let aim = match next.unmet {
        Some(objective) => format!("the goal {}", result.objectives[objective].id),
        None if next.quantity.unit() == MeasureUnit::Minutes => "replies in less time".into(),
        None => next.quantity.name(),
    };
    let n = next.steps.len();
    let Some(step) = next.too_small() else {
        return match n {
            1 => format!(
                "The one single change there is, {}, does not surely help {name} toward {aim}.",
                next.steps[0].what
            ),
            n => format!("None of {n} single changes surely helps {name} toward {aim}."),
        };
    };
    let worth = match next.quantity.unit() {
        MeasureUnit::Share => points(next.worth, None),
        unit => value(next.worth, unit, context.currency),
    };
    let alone = Interval { half_width: None, ..step.gain };
    let small = too_small(&gain(alone, next, context), &worth);
    let gain = gain(step.gain, next, context);
    match n {
        1 => format!(
            "The one single change there is, {}, does not help {name} much toward {aim}: better by {gain}, {small}.",
            step.what
        ),
        n => format!(
            "None of {n} single changes helps {name} much toward {aim}. The best of them, {}, is better by {gain}: \
             {small}.",
            step.what
        ),
    }
}

fn gain(gain: Interval, next: &NextStep, context: &AnswerContext<'_>) -> String {
    match next.quantity.unit() {
        MeasureUnit::Share => points(gain.mean, gain.half_width),
        unit => estimate(gain.mean, gain.half_width, unit, context.currency),
    }
}

fn price(step: &Step, context: &AnswerContext<'_>) -> String {
    match step.cost_per_year {
        cost if cost.abs() < 1.0 => "For no money".into(),
        cost if cost < 0.0 => format!("Saving {} a year", money(-cost, None, context.currency)),
        cost => format!("For {} a year", money(cost, None, context.currency)),
    }
}

/// What it makes worse; that it makes nothing worse only where it misses no goal.
fn side(step: &Step, context: &AnswerContext<'_>, misses_none: bool) -> String {
    let Some(effect) = &step.side_effect else {
        return match misses_none {
            false => String::new(),
            true if 1.0 <= step.cost_per_year => {
                "; apart from the money nothing gets noticeably worse".into()
            }
            true => "; nothing else gets noticeably worse".into(),
        };
    };
    let unit = effect.quantity.unit();
    let (after, before) =
        (value(effect.after, unit, context.currency), value(effect.before, unit, context.currency));
    format!(", at {} instead of {before}", value_of(&after, &effect.quantity))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::experiment::made_up::made_up;
    use crate::present::answer::tests::next_step;

    #[test]
    fn a_gain_below_the_yardstick_is_not_recommended() {
        let mut step = next_step();
        step.steps[0].gain.mean = 0.011;
        let told = next(&made_up(), &step, &AnswerContext::default());
        expect!["The one single change there is, no routine approvals, does not help Outsourced much toward answered within an hour: better by 1.1 ±1.0 points, too small to matter (it takes 2 points)."].assert_eq(&told);
    }

    #[test]
    fn whether_the_goal_is_met_with_it_is_told() {
        let mut step = next_step();
        step.unmet = Some(0);
        let told = |step: &NextStep| next(&made_up(), step, &AnswerContext::default());
        let id = made_up().objectives[0].id.clone();
        assert!(told(&step).contains(&format!("(goal {id}), better by")), "{}", told(&step));
        step.steps[0].then = Some(GoalRuns { met: 7, of: 10, worst: None });
        assert!(told(&step).contains(&format!("(goal {id}, then met in 7 of 10 runs)")));
        step.steps[0].then = Some(GoalRuns { met: 0, of: 10, worst: None });
        assert!(told(&step).contains(&format!("(goal {id}, still met in no run)")));
    }

    #[test]
    fn where_no_design_copes_the_least_that_would_do_is_named() {
        let cope = |design, needed, less, settings| crate::study::Cope {
            design,
            lacks: vec![crate::study::Lack { role: "hub".into(), heads: 6.6, needed }],
            less,
            per_day: 14.0,
            settings,
        };
        let settings = crate::study::Settings::one("designs.Hub and spoke.edits", 1);
        let copes = [cope(0, 13.0, 0.5, None), cope(1, 9.4, 0.295, Some(settings))];
        let context = AnswerContext { copes: &copes, ..Default::default() };
        let mut result = made_up();
        assert_eq!(told(&result, &context), None);
        result.designs.iter_mut().for_each(|design| design.withheld = true);
        let (sentence, arguments) = told(&result, &context).unwrap();
        expect!["More people, or less to do. Hub and spoke lacks least: by its load, 9.4 people instead of 6.6 would let hub keep up."].assert_eq(&sentence);
        assert_eq!(arguments.as_deref(), Some("--set \"designs.Hub and spoke.edits=1\""));
    }

    #[test]
    fn that_nothing_gets_worse_is_told() {
        let mut step = next_step();
        step.steps[0].side_effect = None;
        let told = next(&made_up(), &step, &AnswerContext::default());
        expect!["For no money: no routine approvals. Outsourced then has 58% answered within an hour, better by 6 ±1 points; nothing else gets noticeably worse."].assert_eq(&told);
        step.steps[0].cost_per_year = 66_800.0;
        let told = next(&made_up(), &step, &AnswerContext::default());
        assert!(told.ends_with("; apart from the money nothing gets noticeably worse."), "{told}");
    }
}
