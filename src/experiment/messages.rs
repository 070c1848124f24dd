//! How many inquiries come in the time that counts.

use super::result::ExperimentResult;
use crate::model::{Arrivals, Model, Stream, StreamKind};
use crate::units::SimTime;

/// Inquiries that come in the time that counts, in a repetition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Messages {
    /// How many, on average.
    pub count: f64,
    /// Whether they were counted, or come at a steady rate; else it is what the rate over the whole run makes likely.
    pub sure: bool,
}

/// Counted where all of them need a reply, or none come before the time that counts; else by the rate over the whole
/// run, those present from the beginning apart. `None` where nothing was run.
pub(super) fn messages(model: &Model, result: &ExperimentResult) -> Option<Messages> {
    let design = result.designs.iter().find(|design| !design.completed.is_empty())?;
    let runs = design.completed.len() as f64;
    let all = design.totals.arrived as f64 / runs;
    let sure = |count: f64| Some(Messages { count, sure: true });
    if result.run_for == SimTime::NEVER || result.warm_up == SimTime::ZERO {
        return sure(all);
    }
    let topics = &model.world.topics;
    if topics.iter().all(|topic| 1.0 <= topic.need_reply)
        && let Some(scope) = design.scopes.first()
    {
        return sure(scope.needing as f64 / runs);
    }
    let streams = || model.world.streams.iter().filter(|of| of.kind == StreamKind::Inquiries);
    let first = |of: &Stream| match of.arrivals {
        Arrivals::AtStart(count) => count as f64,
        _ => 0.0,
    };
    let first: f64 = streams().map(first).sum();
    let share = result.run_for.hours() / (result.run_for + result.warm_up).hours();
    let count = (all - first).max(0.0) * share;
    Some(Messages { count, sure: first <= 0.0 && streams().all(|of| of.limit.is_none()) })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::experiment::examples::{model_of_desks, plain_model, run_with};
    use crate::model::StudyKind;

    /// Five hundred who are there from the beginning beside the first stream.
    fn with_a_crowd(model: &mut Model) {
        let world = Arc::make_mut(&mut model.world);
        let stream = world.streams[0].clone();
        let arrivals = Arrivals::AtStart(500);
        world.streams.push(Stream { name: "at start".into(), arrivals, ..stream });
    }

    #[test]
    fn who_came_before_the_time_that_counts_is_not_counted_in_it() {
        let mut model = plain_model(2, 1.0, StudyKind::TypicalWeeks);
        with_a_crowd(&mut model);
        let result = run_with(&model, 2);
        assert!(SimTime::ZERO < result.warm_up);
        let told = result.messages.expect("it was run");
        let hours = result.run_for.hours();
        // one an hour: within four standard deviations of a Poisson count over all repetitions
        let luck = 4.0 * (hours / result.designs[0].completed.len() as f64).sqrt();
        assert!(told.sure && (told.count - hours).abs() < luck, "{told:?} in {hours}");
        let needing = result.designs[0].scopes[0].needing as f64;
        let counted = needing / result.designs[0].completed.len() as f64;
        assert_eq!(told, Messages { count: counted, sure: true });
    }

    #[test]
    fn where_they_are_not_counted_one_by_one_the_rate_tells_about_how_many() {
        let mut model = model_of_desks(6.0);
        Arc::make_mut(&mut model.world).topics[0].need_reply = 0.5;
        let mut result = run_with(&model, 2);
        (result.run_for, result.warm_up) = (SimTime::WEEK.times(3), SimTime::WEEK);
        for design in &mut result.designs {
            design.totals.arrived = 2_500 * design.completed.len() as u64;
        }
        let steady = messages(&model, &result);
        assert_eq!(steady, Some(Messages { count: 1875.0, sure: true }));
        with_a_crowd(&mut model);
        assert_eq!(messages(&model, &result), Some(Messages { count: 1500.0, sure: false }));
    }
}
