//! What a change gains: its effect on a number, better counted as more.

use super::effect::{Effect, change};
use super::seen::{Seen, Spot};
use crate::model::Better;
use crate::stats::Interval;

/// What a change does to the number at a spot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gain {
    /// As it is measured.
    pub(super) effect: Effect,
    /// The difference, better counted as more.
    pub(super) interval: Interval,
}

impl Gain {
    /// Whether it surely makes the number worse.
    pub(super) fn is_sure_loss(&self) -> bool {
        self.interval.high().is_some_and(|high| high < 0.0)
    }
}

/// What a change gains at a spot of a design, on the customers that both sides met; `None` where one side has no value.
///
/// Confidence and which way is better are those of the result without the change.
pub(super) fn gain(spot: Spot, before: Seen<'_>, after: Seen<'_>) -> Option<Gain> {
    let (without, with) = (before.at(spot)?, after.at(spot)?);
    let confidence = before.result.confidence;
    let effect = change(before.values(without), after.values(with), confidence)?;
    let sign = sign(before.result.quantities[spot.quantity].measure.better);
    let interval = Interval { mean: sign * effect.difference.mean, ..effect.difference };
    Some(Gain { effect, interval })
}

/// What a value is multiplied by, so that better is more.
pub(super) fn sign(better: Better) -> f64 {
    match better {
        Better::Lower => -1.0,
        Better::Higher | Better::Neither => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};
    use crate::model::MeasureId;

    #[test]
    fn what_is_better_lower_gains_where_it_falls() {
        let [few, many] = [6.0, 7.0].map(|heads| run_with(&model_of_desks(heads), 2));
        let of = |id: MeasureId| {
            let spot = Spot::of_all(few.quantity(id).expect("it is measured"));
            gain(spot, Seen::nth(&few, 0), Seen::nth(&many, 0)).expect("a value on both sides")
        };
        let (minutes, answered) = (of(MeasureId::FirstReplyMean), of(MeasureId::AnsweredWithin));
        assert!(minutes.interval.mean * minutes.effect.difference.mean < 0.0, "{minutes:?}");
        assert!(minutes.interval.mean + minutes.effect.difference.mean == 0.0, "{minutes:?}");
        assert!(answered.interval == answered.effect.difference, "{answered:?}");
    }

    #[test]
    fn a_loss_is_sure_where_the_whole_interval_is_one() {
        let loss = |mean: f64, half_width: Option<f64>| {
            let interval = Interval { mean, half_width, n: 5, standard_error: None };
            let effect = Effect { before: 0.0, after: mean, difference: interval };
            Gain { effect, interval }.is_sure_loss()
        };
        assert!(loss(-0.1, Some(0.05)));
        assert!(!loss(-0.1, Some(0.2)) && !loss(0.1, Some(0.05)) && !loss(-0.1, None));
    }
}
