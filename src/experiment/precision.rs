//! Replications until the estimates are exact enough.

use super::continued::{Continued, go_on};
use super::measured::Measured;
use super::nearly_full::too_short;
use super::options::Options;
use super::result::ExperimentResult;
use super::score::HEADLINES;
use super::warning::Warning;
use crate::model::{Model, Precision};

/// How exact the estimates are that were asked to be exact.
#[derive(Debug, Clone, PartialEq)]
pub struct PrecisionReached {
    /// What was asked for.
    pub asked: Precision,
    /// The largest half-width as a share of its estimate, and of what; `None` if nothing has a half-width.
    pub widest: Option<Widest>,
    /// Designs that have no estimates, since they fall behind for good, by position.
    pub withheld: Vec<usize>,
    /// Whether some role is so nearly full that no half-width of such short runs is to be trusted.
    pub too_short: bool,
}

/// The least exact estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Widest {
    /// Half-width ÷ estimate.
    pub share: f64,
    /// Position of the design.
    pub design: usize,
    /// What is estimated.
    pub of: Estimate,
}

/// What is estimated of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimate {
    /// The mean wait at a role, by position.
    WaitAt(usize),
    /// A quantity, by position.
    Quantity(usize),
}

impl PrecisionReached {
    /// Whether everything is as exact as asked for.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.is_exact() && self.withheld.is_empty() && !self.too_short
    }

    /// Whether what has an estimate is as exact as asked for.
    fn is_exact(&self) -> bool {
        self.widest.as_ref().is_none_or(|widest| widest.share <= self.asked.within)
    }
}

/// Run every design, and go on until each estimate that counts is exact enough or the replications run out.
///
/// What counts: of every design the headline of each score and the measure of each goal; in a plain network the mean
/// wait at each role. Exact enough: the half-width is at most the asked share of the estimate; an estimate of zero
/// that never varied is. Designs that fall behind for good have no such estimates and are not waited for, nor is a role
/// so nearly full that runs of this length are too short for it, however many: with either, nothing is called reached.
///
/// The scenario's replications come first. Then as many as the widest interval probably needs (half-widths shrink with
/// √n), but at least a tenth more and at most twice as many. The result is a function of the model and the precision
/// alone. Stopping at the first interval that is narrow enough favors narrow intervals a little: they hold the truth
/// somewhat less often than their confidence says (Law 2015, §9.4.1), the less so the more replications come first.
///
/// # Panics
/// As [`run`](super::run) does.
pub fn run_to_precision(
    model: &Model,
    precision: Precision,
    options: &Options<'_>,
) -> ExperimentResult {
    complete_to_precision(&mut Continued::new(model), precision, options)
}

/// The same from what there is already. Whoever got that far had not been exact enough with fewer.
pub(super) fn complete_to_precision(
    replications: &mut Continued<'_>,
    precision: Precision,
    options: &Options<'_>,
) -> ExperimentResult {
    let mut number = replications.model().study.replications.max(replications.replications());
    loop {
        go_on(&mut [(&mut *replications, number)], options);
        let mut result = replications.result(options.confidence);
        let reached = reached(precision, &result);
        let short = too_short(replications.model(), &result, Some(precision.within));
        let over = result.incomplete || precision.at_most <= number || reached.is_exact();
        let missing = reached.widest.as_ref().map_or(1.0, |widest| widest.share / precision.within);
        if over || !short.is_empty() {
            let reached = PrecisionReached { too_short: !short.is_empty(), ..reached };
            result.warnings.extend(short);
            result.warnings.extend(replications.unsettled(&result));
            result.warnings.extend(warnings(&reached, result.replications));
            result.precision = Some(reached);
            return result;
        }
        number = more(number, missing).min(precision.at_most);
    }
}

/// How exact the estimates are now.
fn reached(asked: Precision, result: &ExperimentResult) -> PrecisionReached {
    let withheld = (0..result.designs.len()).filter(|&of| result.designs[of].withheld).collect();
    PrecisionReached { asked, widest: widest(result), withheld, too_short: false }
}

/// How many replications come next, if the widest interval is so many times too wide.
fn more(number: u32, times: f64) -> u32 {
    let needed = (f64::from(number) * times * times).ceil();
    let (least, most) = (number + (number / 10).max(1), number.saturating_mul(2).max(2));
    (needed.min(f64::from(most)) as u32).clamp(least.min(most), most)
}

/// The least exact of the estimates that count.
fn widest(result: &ExperimentResult) -> Option<Widest> {
    let mut widest: Option<Widest> = None;
    let mut look = |design: usize, of: Estimate, measured: &Measured| {
        let Some(share) = relative(measured) else { return };
        if widest.as_ref().is_none_or(|known| known.share < share) {
            widest = Some(Widest { share, design, of });
        }
    };
    for (number, design) in result.designs.iter().enumerate().filter(|(_, of)| !of.withheld) {
        if result.plain {
            for (position, role) in design.roles.iter().enumerate() {
                look(number, Estimate::WaitAt(position), role.number("wait_mean"));
            }
            continue;
        }
        for &(_, id) in &HEADLINES {
            if let Some(quantity) = result.quantity(id)
                && let Some(measured) = result.of(number, quantity)
            {
                look(number, Estimate::Quantity(quantity), measured);
            }
        }
        for goal in &result.goals {
            let scope = design.scopes.get(goal.scope);
            if let Some(measured) = scope.and_then(|scope| scope.measures.get(goal.quantity)) {
                look(number, Estimate::Quantity(goal.quantity), measured);
            }
        }
    }
    widest
}

/// Half-width ÷ estimate; 0 for what never varied, `None` for what has no interval.
fn relative(measured: &Measured) -> Option<f64> {
    let interval = measured.interval.as_ref()?;
    match interval.half_width {
        None => Some(f64::INFINITY),
        Some(half_width) if half_width <= 0.0 => Some(0.0),
        Some(half_width) => Some(half_width / interval.mean.abs()),
    }
}

/// What whoever asked for more than could be had should know.
fn warnings(reached: &PrecisionReached, replications: u32) -> Vec<Warning> {
    let within = reached.asked.within;
    let missed = reached.widest.filter(|_| !reached.is_exact());
    let missed = missed.map(|widest| Warning::PrecisionMissed { within, replications, widest });
    let withheld = reached.withheld.iter();
    let withheld = withheld.map(|&design| Warning::PrecisionWithheld { within, design });
    missed.into_iter().chain(withheld).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::TooShort;
    use crate::experiment::examples::{model_of_desks, plain_model, run_with};
    use crate::model::StudyKind;

    fn reach(model: &Model, within: f64, at_most: u32, threads: usize) -> ExperimentResult {
        let stop = AtomicBool::new(false);
        let options = Options::plain(threads, &stop);
        run_to_precision(model, Precision { within, at_most }, &options)
    }

    #[test]
    fn replications_are_added_until_every_estimate_is_exact_enough() {
        let model = plain_model(1, 6.0, StudyKind::TypicalWeeks);
        let rough = widest(&run_with(&model, 1)).unwrap().share;
        let result = reach(&model, rough / 8.0, 10_000, 2);
        let reached = result.precision.clone().unwrap();
        assert!(reached.is_reached(), "{reached:?}");
        let number = result.replications;
        assert!(2 * model.study.replications < number && number < 10_000, "{number}");
        assert_eq!(result.designs[0].completed.len(), number as usize);
        let missed = |of: &Warning| {
            matches!(of, Warning::PrecisionMissed { .. } | Warning::PrecisionWithheld { .. })
        };
        assert!(!result.warnings.iter().any(missed), "{:?}", result.warnings);
        assert_eq!(format!("{result:?}"), format!("{:?}", reach(&model, rough / 8.0, 10_000, 1)));
    }

    #[test]
    fn what_is_exact_enough_from_the_start_is_the_ordinary_result() {
        let model = model_of_desks(6.0);
        let mut result = reach(&model, 0.99, 100, 1);
        assert!(result.precision.take().unwrap().is_reached());
        assert_eq!(format!("{result:?}"), format!("{:?}", run_with(&model, 1)));
    }

    #[test]
    fn when_the_replications_run_out_it_says_so() {
        let model = plain_model(1, 6.0, StudyKind::TypicalWeeks);
        let result = reach(&model, 1e-6, 7, 1);
        assert_eq!(result.replications, 7);
        assert!(!result.precision.unwrap().is_reached());
        let found = result.warnings.last();
        let Some(&Warning::PrecisionMissed { within, replications: 7, widest }) = found else {
            panic!("{found:?}")
        };
        assert!((within - 1e-6).abs() < 1e-12 && within < widest.share, "{widest:?}");
        assert_eq!((widest.design, widest.of), (0, Estimate::WaitAt(0)));
    }

    #[test]
    fn a_design_that_is_withheld_has_reached_nothing() {
        let result = reach(&plain_model(1, 12.0, StudyKind::TypicalWeeks), 0.05, 100, 2);
        assert_eq!(result.replications, 4, "more repetitions would tell nothing");
        let reached = result.precision.unwrap();
        assert!(reached.withheld == [0] && !reached.is_reached(), "{reached:?}");
        let withheld = Warning::PrecisionWithheld { within: 0.05, design: 0 };
        assert_eq!(result.warnings.last(), Some(&withheld));
    }

    #[test]
    fn runs_too_short_for_a_role_reach_nothing_however_many() {
        let result = reach(&plain_model(1, 9.99, StudyKind::TypicalWeeks), 0.05, 100, 2);
        assert_eq!(result.replications, 4, "more repetitions would tell nothing");
        assert!(!result.precision.unwrap().is_reached());
        let too_short = |of: &Warning| {
            matches!(of, Warning::TooShort(TooShort { within: 0.05, replications: 4, .. }))
        };
        assert!(result.warnings.iter().any(too_short), "{:?}", result.warnings);
    }

    #[test]
    fn the_next_number_follows_from_how_wide_the_interval_is() {
        assert_eq!([more(30, 1.2), more(30, 1.01), more(30, 9.0)], [44, 33, 60]);
        assert_eq!([more(1, f64::INFINITY), more(2, 1.0)], [2, 3]);
    }
}
