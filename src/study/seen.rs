//! A design in the result that it was measured in, and where a number stands there.

use crate::experiment::{DesignResult, ExperimentResult, GoalRuns, Measured, Values};

/// A design as one result has it: without a change, or with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    /// What was run.
    pub(super) result: &'a ExperimentResult,
    /// One of its designs.
    pub(super) design: &'a DesignResult,
}

/// Where a number stands in a result, and in every other one of the same scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// Position of the quantity.
    pub(super) quantity: usize,
    /// Position of the scope.
    pub(super) scope: usize,
}

impl Spot {
    /// A quantity over all inquiries.
    pub(super) const fn of_all(quantity: usize) -> Spot {
        Spot { quantity, scope: 0 }
    }
}

impl<'a> Seen<'a> {
    /// The design of this number.
    pub(super) fn nth(result: &'a ExperimentResult, number: usize) -> Seen<'a> {
        Seen { result, design: &result.designs[number] }
    }

    /// All designs, in the author's order.
    pub(super) fn all(result: &'a ExperimentResult) -> impl Iterator<Item = Seen<'a>> {
        result.designs.iter().map(move |design| Seen { result, design })
    }

    /// What was measured at a spot; `None` where it is withheld.
    pub(super) fn at(self, spot: Spot) -> Option<&'a Measured> {
        self.design.scopes.get(spot.scope)?.measures.get(spot.quantity)
    }

    /// Something that was measured of the design, with the numbers of the replications it rests on.
    pub(super) fn values(self, measured: &'a Measured) -> Values<'a> {
        Values(measured, &self.design.completed)
    }

    /// The role that falls behind for good, if one does.
    pub(super) fn falls_behind(self) -> Option<String> {
        self.design.falls_behind().map(|(role, _)| role.to_owned())
    }
}

/// How a design did by the goal of an objective; `None` where there is no such goal, or its numbers are withheld.
pub(super) fn judged(
    result: &ExperimentResult,
    objective: usize,
    design: usize,
) -> Option<GoalRuns> {
    result.goals.iter().find(|goal| goal.objective == objective)?.designs[design]
}
