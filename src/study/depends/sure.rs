//! How sure the answers are: in how many changes of what was assumed they hold, and what threatens them most.

use super::Dials;
use super::dial::{Dial, Holds};

/// In how many changes an answer holds.
#[derive(Debug, Clone, PartialEq)]
pub struct HoldsIn {
    /// Changes in which it holds.
    pub holds: usize,
    /// Of so many.
    pub of: usize,
    /// Positions of the dials that change it.
    pub changed_by: Vec<usize>,
    /// Positions of those of which luck does not let us tell.
    pub unsure: Vec<usize>,
}

/// Whether an input matters to the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matters {
    /// No value was run but the scenario's own.
    NotTried,
    /// Several were that all are the scenario as it stands: they differ in nothing that is simulated.
    Nothing,
    /// Others were.
    Answers {
        /// Positions of the scores whose answer is another at one of them.
        changed: Vec<usize>,
        /// Positions of those of which luck does not let us tell at one of them.
        unsure: Vec<usize>,
    },
}

/// How much one input moves the lead of the best design, in differences worth noticing; more than this counts as this.
const LARGEST_MOVE: f64 = 100.0;

impl Dials {
    /// Dials that count as changes of what was assumed: all of which a value was run, but those that do nothing in these
    /// designs, under which any answer would hold.
    fn changes(&self) -> impl Iterator<Item = (usize, &Dial)> {
        let run = |dial: &Dial| dial.is_turned() && !dial.changes_nothing();
        self.dials.iter().enumerate().filter(move |(_, dial)| run(dial))
    }

    /// How many inputs were changed that do nothing to what the answers are about.
    pub fn do_nothing(&self) -> usize {
        self.dials.iter().filter(|dial| dial.is_turned()).count() - self.changed()
    }

    /// How many inputs were changed, and do something.
    pub fn changed(&self) -> usize {
        self.changes().count()
    }

    /// In how many changes the answer by a score holds.
    pub fn holds_in(&self, score: usize) -> HoldsIn {
        let mut told = HoldsIn { holds: 0, of: 0, changed_by: vec![], unsure: vec![] };
        for (at, dial) in self.changes() {
            told.of += 1;
            match dial.holds(score, &self.baseline[score]) {
                Holds::Yes => told.holds += 1,
                Holds::No => told.changed_by.push(at),
                Holds::Unsure => told.unsure.push(at),
            }
        }
        told
    }

    /// Dials, the one most likely to change the answers first: by how many of them it changes, then by how
    /// far it moves the lead of the best design, in differences worth noticing. Those that move nothing
    /// are left out.
    pub fn most_likely(&self) -> Vec<usize> {
        let mut all: Vec<(usize, f64, usize)> = self
            .changes()
            .map(|(at, dial)| (self.changed_answers(dial).len(), self.moved(dial), at))
            .filter(|(changed, moved, _)| 0 < *changed || 0.0 < *moved)
            .collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        all.into_iter().map(|(_, _, at)| at).collect()
    }

    /// Whether a dial matters to the answers.
    pub fn matters(&self, dial: &Dial) -> Matters {
        match dial.is_turned() {
            true => Matters::Answers {
                changed: self.changed_answers(dial),
                unsure: self.that_hold(Holds::Unsure, dial),
            },
            false if 1 < dial.points.len() => Matters::Nothing,
            false => Matters::NotTried,
        }
    }

    /// Positions of the scores whose answer a dial changes.
    pub fn changed_answers(&self, dial: &Dial) -> Vec<usize> {
        self.that_hold(Holds::No, dial)
    }

    /// Positions of the scores of whose answer a dial says this.
    fn that_hold(&self, wanted: Holds, dial: &Dial) -> Vec<usize> {
        let fits = |score: &usize| dial.holds(*score, &self.baseline[*score]) == wanted;
        (0..self.headlines.len()).filter(fits).collect()
    }

    /// The furthest that a dial moves a lead, in differences worth noticing.
    pub(super) fn moved(&self, dial: &Dial) -> f64 {
        let of_point = |at: usize| self.moved_at(dial, at);
        (0..dial.points.len()).map(of_point).fold(0.0, f64::max)
    }

    /// The furthest that one value moves a lead.
    pub(super) fn moved_at(&self, dial: &Dial, at: usize) -> f64 {
        let point = &dial.points[at];
        let one = |score: usize| -> Option<f64> {
            let headline = &self.headlines[score];
            let best = self.baseline[score].best?;
            let then = self.own.margin(score, headline, best)?;
            let Some(now) = point.margin(score, headline, best) else { return Some(LARGEST_MOVE) };
            if !then.is_finite() && !now.is_finite() {
                return None;
            }
            let worth = headline.worth(&self.noticed);
            let moved = (then - now).abs() / if 0.0 < worth { worth } else { 1.0 };
            Some(moved.min(LARGEST_MOVE))
        };
        (0..self.headlines.len()).filter_map(one).fold(0.0, f64::max)
    }
}
