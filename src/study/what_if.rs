//! What a named change of the scenario does to each design.

use super::effect::{Effect, Yardstick, effect};
use super::seen::Seen;
use crate::experiment::{ExperimentResult, Quantity};

/// A named change beside the unchanged scenario, on the same customers.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Each measure over all inquiries.
    pub yardsticks: Vec<Yardstick>,
    /// Name of each design, and the effects on it by yardstick; `None` where one side has no value.
    pub designs: Vec<(String, Vec<Option<Effect>>)>,
}

impl Changes {
    /// The effect on a design by a quantity over all inquiries.
    pub fn of(&self, design: usize, quantity: impl Into<Quantity>) -> Option<&Effect> {
        let wanted = Yardstick::Measure { quantity: quantity.into(), scope: 0 };
        let at = self.yardsticks.iter().position(|yardstick| *yardstick == wanted)?;
        self.designs.get(design)?.1[at].as_ref()
    }
}

/// What is different `after` a change from what was `before`; the designs stand in the same order.
pub fn changes(before: &ExperimentResult, after: &ExperimentResult) -> Changes {
    let yardsticks: Vec<Yardstick> = before
        .quantities
        .iter()
        .map(|&quantity| Yardstick::Measure { quantity, scope: 0 })
        .collect();
    let pairs = Seen::all(before).zip(Seen::all(after));
    let designs = pairs.map(|(without, with)| {
        let of = |yardstick: &Yardstick| effect(yardstick, without, with, 0.0);
        (without.design.name.clone(), yardsticks.iter().map(of).collect())
    });
    Changes { designs: designs.collect(), yardsticks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::made_up;
    use crate::model::MeasureId;

    #[test]
    fn the_same_again_is_no_change() {
        let of = changes(&made_up(), &made_up());
        let effect = of.of(0, MeasureId::AnsweredWithin).expect("a value on both sides");
        assert_eq!((effect.difference.mean, effect.is_sure()), (0.0, false));
        assert_eq!(of.of(0, MeasureId::VendorFees), None);
        assert_eq!(of.of(9, MeasureId::AnsweredWithin), None);
    }
}
