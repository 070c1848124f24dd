//! What a change does to one design: the same customers with it and without it.

use super::seen::Seen;
use crate::experiment::{
    DesignResult, ExperimentResult, Measured, Quantity, Sample, TOGETHER, Values, paired,
};
use crate::model::{Better, MeasureId, MeasureUnit, Model, Score};
use crate::sim::{Bin, Cause};
use crate::stats::Interval;
use crate::units::WEEKS_A_BUSINESS_YEAR;

/// Something that a change is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Yardstick {
    /// A measure over the inquiries of a scope.
    Measure {
        /// The measure.
        quantity: Quantity,
        /// Position of the scope.
        scope: usize,
    },
    /// Person-hours a week of re-reading what was handed over and recognizing what is misplaced.
    Rereading,
    /// Person-hours a week of hand-offs, asking and being asked, approvals, rework and meetings.
    Together,
    /// The same at what an hour of the design's people costs, for a year.
    Worth,
    /// Person-hours a week on all there is to do: paid time but the free and the absent.
    AtWork,
    /// The same at what an hour of the design's people costs, for a year.
    AtWorkWorth,
    /// Most unanswered inquiries at a time.
    Peak,
    /// Minutes that an inquiry waits, whatever for.
    Waited,
    /// Minutes of one cause.
    WaitedFor(Cause),
    /// Minutes of all other causes.
    WaitedOtherwise(Cause),
}

/// What a yardstick is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// As the measure is.
    As(MeasureUnit),
    /// Person-hours a week.
    HoursAWeek,
    /// Money a year.
    MoneyAYear,
    /// Inquiries.
    Inquiries,
}

impl Yardstick {
    /// A measure over all inquiries, where the result has it.
    pub(super) fn measure(result: &ExperimentResult, id: MeasureId) -> Option<Yardstick> {
        let quantity = result.quantities[result.quantity(id)?];
        Some(Yardstick::Measure { quantity, scope: 0 })
    }

    /// What was promised to customers: the first goal on answers in time, or an answer within an
    /// hour.
    pub(super) fn promise(result: &ExperimentResult) -> Option<Yardstick> {
        let promised = result.goals.iter().find(|goal| {
            let measure = result.quantities[goal.quantity].measure;
            measure.score == Score::Responsive && measure.better == Better::Higher
        });
        match promised {
            Some(goal) => {
                let quantity = result.quantities[goal.quantity];
                Some(Yardstick::Measure { quantity, scope: goal.scope })
            }
            None => Yardstick::measure(result, MeasureId::AnsweredWithin),
        }
    }

    /// Stable name in files.
    pub fn id(&self) -> String {
        match self {
            Yardstick::Measure { quantity, .. } => quantity.id(),
            Yardstick::Rereading => "rereading_hours_per_week".into(),
            Yardstick::Together => "together_hours_per_week".into(),
            Yardstick::Worth => "together_cost_per_year".into(),
            Yardstick::AtWork => "at_work_hours_per_week".into(),
            Yardstick::AtWorkWorth => "at_work_cost_per_year".into(),
            Yardstick::Peak => "longest_backlog".into(),
            Yardstick::Waited => "waited".into(),
            Yardstick::WaitedFor(cause) => format!("waited_{}", word(*cause)),
            Yardstick::WaitedOtherwise(cause) => format!("waited_but_{}", word(*cause)),
        }
    }

    /// The leader's words.
    pub fn name(&self) -> String {
        match self {
            Yardstick::Measure { quantity, .. } => quantity.name(),
            Yardstick::Rereading => "re-reading and recognizing".into(),
            Yardstick::Together => "hand-offs, asking, approvals, rework, meetings".into(),
            Yardstick::Worth | Yardstick::AtWorkWorth => "the same in money".into(),
            Yardstick::AtWork => "hours at work".into(),
            Yardstick::Peak => "most waiting at a time".into(),
            Yardstick::Waited => "all waiting".into(),
            Yardstick::WaitedFor(cause) => format!("waiting: {}", cause.label()),
            Yardstick::WaitedOtherwise(cause) => format!("waiting, but {}", cause.label()),
        }
    }

    /// The leader's words over a narrow column.
    pub fn short(&self) -> String {
        match self {
            Yardstick::Measure { quantity, .. } => quantity.short(),
            Yardstick::Peak => "peak".into(),
            other => other.name(),
        }
    }

    /// What it is counted in.
    pub fn counted(&self) -> Counted {
        match self {
            Yardstick::Measure { quantity, .. } => Counted::As(quantity.unit()),
            Yardstick::Rereading | Yardstick::Together | Yardstick::AtWork => Counted::HoursAWeek,
            Yardstick::Worth | Yardstick::AtWorkWorth => Counted::MoneyAYear,
            Yardstick::Peak => Counted::Inquiries,
            Yardstick::Waited | Yardstick::WaitedFor(_) | Yardstick::WaitedOtherwise(_) => {
                Counted::As(MeasureUnit::Minutes)
            }
        }
    }

    /// Which way is better.
    pub fn better(&self) -> Better {
        match self {
            Yardstick::Measure { quantity, .. } => quantity.measure.better,
            _ => Better::Lower,
        }
    }

    /// Its values for a design whose hour costs so much; `None` where they are withheld.
    pub(super) fn of(&self, seen: Seen<'_>, cost_of_hour: f64) -> Option<Measured> {
        let Seen { result, design } = seen;
        let confidence = result.confidence;
        let hours = |bins: &[Bin], times: f64| {
            let runs = design.completed.len();
            let of = |run: usize| -> Option<f64> {
                bins.iter().map(|&bin| design.hours.get(bin as usize)?.values[run]).sum()
            };
            let all: Option<Vec<f64>> = (0..runs).map(of).collect();
            let all: Vec<f64> = all?.into_iter().map(|hours| times * hours).collect();
            (!all.is_empty()).then(|| Measured::of(&all, confidence))
        };
        match self {
            Yardstick::Measure { quantity, scope } => {
                let position = result.quantities.iter().position(|known| known == quantity)?;
                design.scopes.get(*scope)?.measures.get(position).cloned()
            }
            Yardstick::Rereading => hours(&[Bin::HandOff], 1.0),
            Yardstick::Together => hours(&TOGETHER, 1.0),
            Yardstick::Worth => hours(&TOGETHER, cost_of_hour * WEEKS_A_BUSINESS_YEAR),
            Yardstick::AtWork => hours(&at_work(), 1.0),
            Yardstick::AtWorkWorth => hours(&at_work(), cost_of_hour * WEEKS_A_BUSINESS_YEAR),
            Yardstick::Peak => Some(design.longest_backlog.clone()),
            Yardstick::Waited => Some(design.scopes.first()?.waited.clone()),
            Yardstick::WaitedFor(cause) => {
                Some(design.scopes.first()?.causes.get(*cause as usize)?.minutes.clone())
            }
            Yardstick::WaitedOtherwise(cause) => {
                let all = design.scopes.first()?;
                let booked = all.causes.get(*cause as usize)?.minutes.parts();
                let rest = all.waited.parts().iter().zip(booked);
                let samples: Vec<Sample> = rest
                    .map(|((all, ended), (booked, _))| Sample::Ratio(all - booked, *ended))
                    .collect();
                Some(Measured::from_samples(&samples, confidence))
            }
        }
    }
}

/// A cause's name in files.
fn word(cause: Cause) -> String {
    cause.key().replace(' ', "_")
}

/// Everything people do while they are at work.
fn at_work() -> Vec<Bin> {
    let away = |bin: &Bin| matches!(bin, Bin::Idle | Bin::Absent);
    Bin::ALL.iter().copied().filter(|bin| !away(bin)).collect()
}

/// What a change does, by one yardstick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Without it.
    pub before: f64,
    /// With it.
    pub after: f64,
    /// The paired difference: with it less without it.
    pub difference: Interval,
}

impl Effect {
    /// Whether luck alone does not explain the difference.
    pub fn is_sure(&self) -> bool {
        self.difference.half_width.is_some() && !self.difference.holds(0.0)
    }

    /// The value without it, moved by the difference: repetitions that one side alone has move nothing.
    pub(super) fn moved(&self) -> f64 {
        self.before + self.difference.mean
    }
}

/// The effect of a change on a design, by a yardstick; `None` where one side has no value.
///
/// Both sides are read at the cost of an hour that the design has without the change.
pub(super) fn effect(
    yardstick: &Yardstick,
    before: Seen<'_>,
    after: Seen<'_>,
    cost_of_hour: f64,
) -> Option<Effect> {
    let (without, with) = (yardstick.of(before, cost_of_hour)?, yardstick.of(after, cost_of_hour)?);
    change(before.values(&without), after.values(&with), before.result.confidence)
}

/// What a change adds to a year's cost of a design: to its plan, and, as far as that is beyond luck, to what its vendors
/// are paid beside it. As in [`ExperimentResult::spent_per_year`], what is kept back from them makes nothing cheap.
pub(super) fn price(before: Seen<'_>, after: Seen<'_>) -> f64 {
    let fees = |seen: Seen<'_>| {
        Yardstick::measure(seen.result, MeasureId::VendorFees)?.of(seen, 0.0)?.mean()
    };
    let paired = Yardstick::measure(before.result, MeasureId::VendorFees)
        .and_then(|fees| effect(&fees, before, after, 0.0));
    let [then, now] = match paired {
        Some(paired) if paired.is_sure() => [paired.before, paired.moved()],
        Some(paired) => [paired.before, paired.before],
        // nobody knows the fees of a design that is withheld, and without a vendor who is paid so there are none
        None if before.design.withheld || after.design.withheld => [0.0; 2],
        None => [before, after].map(|of| fees(of).unwrap_or(0.0)),
    };
    after.design.cost_per_year - before.design.cost_per_year + now.max(0.0) - then.max(0.0)
}

/// What changes from one value to another, on the replications that both rest on.
pub(super) fn change(before: Values<'_>, after: Values<'_>, confidence: f64) -> Option<Effect> {
    let (Values(without, without_runs), Values(with, with_runs)) = (before, after);
    let paired = paired((with, with_runs), (without, without_runs), confidence)?;
    Some(Effect { before: without.mean()?, after: with.mean()?, difference: paired.interval })
}

/// What an hour that somebody is paid for costs in a design: its plan's cost over its paid hours.
pub(super) fn cost_of_hour(design: &DesignResult) -> f64 {
    let week: Option<f64> = design.hours.iter().map(|hours| hours.mean()).sum();
    let year = WEEKS_A_BUSINESS_YEAR * week.unwrap_or(0.0);
    if 0.0 < year { design.cost_per_year / year } else { 0.0 }
}

/// The model with these designs only, to be run again on the same customers.
pub(super) fn with_designs(model: &Model, designs: Vec<crate::model::Design>) -> Model {
    Model { designs, hold_equal: None, ..model.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};
    use crate::model::{Model, RoleId, Terms};

    /// One design with so many who answer.
    fn one_of(heads: f64) -> Model {
        let mut model = model_of_desks(heads);
        model.designs.truncate(1);
        model
    }

    /// The same, whose first role is a vendor paid so much by case.
    fn with_vendor(heads: f64, per_case: f64) -> ExperimentResult {
        let mut model = one_of(heads);
        let vendor = model.designs[0].organization.role_mut(RoleId(0));
        vendor.terms = Some(Terms { per_case, promise: None });
        run_with(&model, 2)
    }

    #[test]
    fn a_change_costs_what_more_vendors_are_paid_by_case() {
        let price_at = |per_case| {
            let [before, after] = [6.0, 7.0].map(|heads| with_vendor(heads, per_case));
            let fees = |of: &ExperimentResult| {
                let at = of.quantity(MeasureId::VendorFees).expect("a vendor with terms");
                of.of(0, at).and_then(Measured::mean).expect("fees")
            };
            let price = price(Seen::nth(&before, 0), Seen::nth(&after, 0));
            (price, fees(&after) - fees(&before))
        };
        assert_eq!(price_at(0.0), (60_000.0, 0.0));
        let (with, without) = (with_vendor(6.0, 10.0), run_with(&one_of(6.0), 2));
        let saved = price(Seen::nth(&with, 0), Seen::nth(&without, 0));
        let fees = with.measured(0, MeasureId::VendorFees).and_then(Measured::mean).expect("fees");
        assert!(1000.0 < fees && (saved + fees).abs() < 1e-6, "{saved} beside {fees}");
        let (price, more) = price_at(10.0);
        assert!(1000.0 < more, "{more}");
        assert!((price - 60_000.0 - more).abs() < 1e-6, "{price} beside {more}");
    }
}
