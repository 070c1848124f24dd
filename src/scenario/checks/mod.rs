//! What can be said about a scenario without running it.

mod cost;
mod loops;
mod reach;

use super::cursor::Object;
use super::designs::Designed;
use super::experiment::Experiment;
use crate::model::{Arrivals, StreamKind, StudyKind, World};

/// Check a scenario whose parts are sound in themselves; `changed`: an overlay lies over it.
pub(super) fn check(
    of: &Object<'_>,
    world: &World,
    designs: &[Designed],
    experiment: &Experiment,
    changed: bool,
) {
    endless(of, world, experiment);
    for designed in designs {
        let Some(at) = of.get("designs").and_then(|at| at.entries()).and_then(|entries| {
            entries
                .into_iter()
                .find(|(_, child)| child.pointer == designed.pointer)
                .map(|(_, child)| child)
        }) else {
            continue;
        };
        loops::check(&at, designed);
        reach::check(&at, world, designed);
    }
    if let Some(hold) = &experiment.hold_equal {
        cost::check(of, designs, hold, changed);
    }
}

/// A study until all is done needs an end of what comes in.
fn endless(of: &Object<'_>, world: &World, experiment: &Experiment) {
    if experiment.study.kind != StudyKind::UntilDone {
        return;
    }
    let endless = world.streams.iter().find(|stream| {
        let stops = match &stream.arrivals {
            Arrivals::Poisson(profile) => {
                profile.until != crate::units::SimTime::NEVER || profile.per_hour <= 0.0
            }
            Arrivals::Every(_) => false,
            Arrivals::Recorded(_) => true,
        };
        !stops
            && stream.limit.is_none()
            && (stream.kind == StreamKind::Inquiries || stream.limit.is_none())
    });
    if let (Some(stream), Some(at)) = (endless, of.get("customers")) {
        at.fail_with_help(
            "endless",
            format!(
                "a study `until done` never ends: {} go on for ever",
                super::names::quote(&stream.name)
            ),
            "state `stop_after` or `until`, or choose another `kind`",
        );
    }
}
