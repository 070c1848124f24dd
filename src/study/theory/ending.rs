//! Streams that end, and when that does not matter.

use super::desk::Desk;
use crate::model::{Model, Stream, StudyKind};
use crate::units::SimTime;

/// A stream as long as so many times what the queue takes to forget its empty start counts as endless: what its mean
/// falls short of the long run is one part in so many.
const ENOUGH: f64 = 100.0;
/// So many standard deviations of a Poisson count.
const SURELY: f64 = 4.0;

/// Whether customers come for as long as the long run of these desks takes, or as is looked at.
///
/// An M/M/1 queue that starts empty falls short of its mean by 1 / ((1 − ρ)² μ) ÷ length (Abate and Whitt 1987).
pub(super) fn lasts(model: &Model, desks: &[Option<Desk>]) -> bool {
    let (streams, study) = (&model.world.streams, &model.study);
    let forgets =
        |length: f64| desks.iter().flatten().all(|desk| ENOUGH * forgets_after(desk) <= length);
    // what is counted from an empty start is of the beginning
    if study.kind == StudyKind::FromEmpty && !forgets((study.warm_up + study.run_for).minutes()) {
        return false;
    }
    if streams.iter().all(|stream| stream.limit.is_none()) {
        return true;
    }
    // where several end at different times, what comes changes on the way
    let [stream] = streams.as_slice() else { return false };
    let Some((limit, per_minute)) = one_by_one(stream) else { return false };
    if study.run_for == SimTime::NEVER {
        return forgets(limit / per_minute);
    }
    let expected = per_minute * (study.warm_up + study.run_for).minutes();
    expected + SURELY * expected.sqrt() <= limit
}

/// How many come, and how many a minute, where they come one at a time as a Poisson stream that never changes.
fn one_by_one(stream: &Stream) -> Option<(f64, f64)> {
    let limit = stream.limit? as f64;
    let rate = super::customers::constant(stream).filter(|rate| 0.0 < *rate)?;
    stream.batches.is_none().then_some((limit, rate))
}

/// Minutes over which a queue forgets that it started empty; without end where it has work for all of its time.
fn forgets_after(desk: &Desk) -> f64 {
    let service = desk.law.mean();
    let Some(people) = desk.people.map(f64::from) else { return service };
    let idle = 1.0 - desk.rate * service / people;
    if idle <= 0.0 { f64::INFINITY } else { service / (people * idle * idle) }
}
