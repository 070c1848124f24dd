//! The cost of silos: every design once more with what its desks do not share today.

use super::effect::{Effect, Yardstick, cost_of_hour, effect, with_designs};
use super::seen::Seen;
use crate::experiment::{ExperimentResult, Options, run};
use crate::model::{Design, MeasureId, Model, SHARED, Shared};

/// What every design's walls cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Silos {
    /// What is compared.
    pub yardsticks: Vec<Yardstick>,
    /// By design.
    pub designs: Vec<DesignSilos>,
}

/// What the walls of one design cost.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignSilos {
    /// Its name.
    pub design: String,
    /// What an hour that somebody is paid for costs.
    pub cost_of_hour: f64,
    /// Its values today, by yardstick.
    pub today: Vec<Option<f64>>,
    /// The role that falls behind for good today, so that there is nothing to compare with.
    pub falls_behind: Option<String>,
    /// What it could share, one thing at a time and together; empty if it has no walls.
    pub steps: Vec<SiloStep>,
}

/// A design whose desks share more.
#[derive(Debug, Clone, PartialEq)]
pub struct SiloStep {
    /// What they share.
    pub shares: Vec<Shared>,
    /// What that changes, by yardstick.
    pub effects: Vec<Option<Effect>>,
    /// The role that then falls behind for good.
    pub falls_behind: Option<String>,
}

/// What is shared, step by step: each alone, then one more at a time.
const STEPS: [&[Shared]; 5] = [
    &[Shared::History],
    &[Shared::Playbook],
    &[Shared::Queue],
    &[Shared::History, Shared::Playbook],
    &SHARED,
];

/// The measures that are compared.
const MEASURES: [MeasureId; 5] = [
    MeasureId::AnsweredWithin,
    MeasureId::FirstReplyMedian,
    MeasureId::SettledByFirstReply,
    MeasureId::WrongAnswers,
    MeasureId::HandOvers,
];

/// Run every design again with a shared history, a shared playbook and a shared queue, one at a
/// time and together, on the customers of `result`.
///
/// A step that a design has no wall for is left out of it, and so is one that comes to the same
/// as an earlier one. `None` for a plain network, whose desks have nothing to share.
pub fn silos(model: &Model, result: &ExperimentResult, options: &Options<'_>) -> Option<Silos> {
    if result.plain {
        return None;
    }
    let mut yardsticks: Vec<Yardstick> =
        MEASURES.iter().filter_map(|&id| Yardstick::measure(result, id)).collect();
    yardsticks.extend([Yardstick::Rereading, Yardstick::Together, Yardstick::Worth]);
    let mut designs: Vec<DesignSilos> = Seen::all(result)
        .map(|today| {
            let cost_of_hour = cost_of_hour(today.design);
            let value = |yardstick: &Yardstick| yardstick.of(today, cost_of_hour)?.mean();
            DesignSilos {
                design: today.design.name.clone(),
                cost_of_hour,
                today: yardsticks.iter().map(value).collect(),
                falls_behind: today.falls_behind(),
                steps: Vec::new(),
            }
        })
        .collect();
    let mut tried: Vec<Vec<Vec<Shared>>> = vec![Vec::new(); designs.len()];
    for step in STEPS {
        let mut changed: Vec<(usize, Vec<Shared>, Design)> = Vec::new();
        for (number, design) in model.designs.iter().enumerate() {
            let (shares, design) = sharing(design, step);
            if !shares.is_empty() && !tried[number].contains(&shares) {
                tried[number].push(shares.clone());
                changed.push((number, shares, design));
            }
        }
        let organized = changed.iter().map(|(_, _, design)| design.clone()).collect();
        let with = run(&with_designs(model, organized), options);
        for ((number, shares, _), after) in changed.into_iter().zip(Seen::all(&with)) {
            let (before, cost) = (Seen::nth(result, number), designs[number].cost_of_hour);
            let one = |yardstick: &Yardstick| effect(yardstick, before, after, cost);
            designs[number].steps.push(SiloStep {
                shares,
                effects: yardsticks.iter().map(one).collect(),
                falls_behind: after.falls_behind(),
            });
        }
    }
    Some(Silos { yardsticks, designs })
}

/// The design with as much of this as it does not share yet, and what that is.
fn sharing(design: &Design, wanted: &[Shared]) -> (Vec<Shared>, Design) {
    let mut design = design.clone();
    let mut shares = Vec::new();
    for &shared in wanted {
        if let Some(organization) = shared.with(&design.organization) {
            design.organization = organization;
            shares.push(shared);
        }
    }
    (shares, design)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, plain_model, run_with};
    use crate::model::StudyKind;
    use std::sync::atomic::AtomicBool;

    fn studied(model: &Model) -> (ExperimentResult, Option<Silos>) {
        let result = run_with(model, 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let silos = silos(model, &result, &options);
        (result, silos)
    }

    #[test]
    fn only_units_that_answer_apart_have_walls() {
        let (result, silos) = studied(&model_of_desks(6.0));
        let silos = silos.unwrap();
        assert_eq!(silos.designs[0].steps, []);
        let apart = &silos.designs[1];
        let shares: Vec<usize> = apart.steps.iter().map(|step| step.shares.len()).collect();
        assert_eq!(shares, [1, 1, 1, 2, 3]);
        let at = |wanted: &str| {
            silos.yardsticks.iter().position(|yardstick| yardstick.id() == wanted).unwrap()
        };
        let effect = |step: usize, id: &str| apart.steps[step].effects[at(id)].unwrap();
        let hand_overs = effect(4, "hand_overs");
        assert_eq!(
            Some(hand_overs.before),
            result.measured(1, MeasureId::HandOvers).unwrap().mean()
        );
        assert!(0.0 < hand_overs.before && hand_overs.after.abs() < 1e-12, "{hand_overs:?}");
        let rereading = effect(0, "rereading_hours_per_week");
        assert!(rereading.is_sure() && rereading.difference.mean < 0.0, "{rereading:?}");
    }

    #[test]
    fn an_hour_costs_what_the_plan_pays_for_it() {
        let (result, silos) = studied(&model_of_desks(6.0));
        for (design, of) in result.designs.iter().zip(silos.unwrap().designs) {
            let week: f64 = design.hours.iter().filter_map(|hours| hours.mean()).sum();
            let year = of.cost_of_hour * week * 365.0 / 7.0;
            assert!((year / design.cost_per_year - 1.0).abs() < 1e-9, "{year}");
        }
    }

    #[test]
    fn a_plain_network_has_nothing_to_share() {
        let model = plain_model(2, 8.0, StudyKind::TypicalWeeks);
        assert_eq!(studied(&model).1, None);
    }
}
