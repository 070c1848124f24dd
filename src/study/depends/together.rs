//! Two inputs at once: whether what each does alone foretells what they do together.

use serde_json::Value;

use super::Dials;
use super::point::{Point, State};
use super::sweep::Sweep;
use crate::scenario::PathAndValue;
use crate::study::gain::sign;

/// The two inputs that move the answers most, each at the end where it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// Positions of the dials.
    pub dials: [usize; 2],
    /// Their values.
    pub values: [Value; 2],
    /// What was found there.
    pub point: Point,
    /// Positions of the scores whose answer is another than the two foretell: designs' values are moved by
    /// the sum of what each input does alone.
    pub strong: Vec<usize>,
    /// Positions of designs that fall behind for good there, and under neither input alone.
    pub only_together: Vec<usize>,
}

/// Run the corner of the two declared ranges that move the answers most; `None` if there are not two, or if
/// the corner cannot be run.
pub(super) fn together(dials: &Dials, sweep: &mut Sweep<'_>) -> Option<Together> {
    let mut likely = dials.most_likely().into_iter().filter(|&at| {
        let dial = &dials.dials[at];
        dial.input.declared && dial.input.track().is_some()
    });
    let pair = [likely.next()?, likely.next()?];
    // of two rows of one table each would take from the other
    let [one, other] = pair.map(|at| table(&dials.dials[at].input.what));
    if one.is_some() && one == other {
        return None;
    }
    let ends = pair.map(|at| {
        let dial = &dials.dials[at];
        let last = dial.points.len() - 1;
        let left = dials.moved_at(dial, 0);
        if left < dials.moved_at(dial, last) { last } else { 0 }
    });
    let point = |of: usize| &dials.dials[pair[of]].points[ends[of]];
    let settings: Vec<PathAndValue> =
        (0..2).flat_map(|of| dials.dials[pair[of]].input.settings(&point(of).value)).collect();
    let mut trial = sweep.trial(&settings, (Value::Null, None, None)).ok()?;
    let times = sweep.first_times();
    if sweep.left() < u64::from(times) * trial.next_events(sweep.baseline) {
        return None;
    }
    sweep.run(&mut [&mut trial], times);
    if !trial.is_whole() {
        return None;
    }
    let found = trial.point(sweep.baseline);
    let alone = [point(0), point(1)];
    let strong = (0..dials.headlines.len()).filter(|&score| interact(dials, score, alone, &found));
    let only_together = (0..found.designs.len()).filter(|&at| {
        found.designs[at].withheld && alone.iter().all(|point| !point.designs[at].withheld)
    });
    let (strong, only_together) = (strong.collect(), only_together.collect());
    let values = [alone[0].value.clone(), alone[1].value.clone()];
    Some(Together { dials: pair, values, point: found, strong, only_together })
}

/// The table of which a path names the share of a row.
fn table(path: &str) -> Option<&str> {
    Some(path.strip_suffix(".share")?.rsplit_once('.')?.0)
}

/// Whether another design is best in the corner than the sum of both moves foretells, noticeably so.
fn interact(dials: &Dials, score: usize, alone: [&Point; 2], corner: &Point) -> bool {
    let headline = &dials.headlines[score];
    let sign = sign(headline.better);
    let value = |point: &Point, design: usize| {
        point.designs[design].values[score].map(|interval| sign * interval.mean)
    };
    let foretold = |design: usize| {
        let moved = value(alone[0], design)? + value(alone[1], design)?;
        Some(moved - value(&dials.own, design)?)
    };
    let designs = corner.designs.len();
    let best = (0..designs)
        .filter_map(|design| Some((design, foretold(design)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let answer = &corner.answers[score];
    match (best, answer.best) {
        (None, None) => false,
        (Some((foretold, _)), Some(found)) if foretold == found => false,
        (Some((foretold, _)), Some(found)) => {
            let surely = matches!(answer.state, State::Best | State::Alone);
            let gap = value(corner, found).zip(value(corner, foretold));
            let noticed = gap
                .is_none_or(|(found, foretold)| headline.worth(&dials.noticed) <= found - foretold);
            surely && noticed
        }
        _ => true,
    }
}
