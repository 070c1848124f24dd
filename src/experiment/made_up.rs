//! A made-up result for tests of presentations: nothing of it was simulated.

use super::examples::model_of_desks;
use super::run::compare;
use super::watching::Watching;
use super::{
    CauseResult, DesignResult, ExperimentResult, Measured, Overload, ROLE_NUMBERS, RoleNumber,
    RoleResult, ScopeResult, Totals,
};
use crate::model::{Goal, HoldEqual, MeasureId, Objective};
use crate::sim::{BINS, Cause};
use crate::units::SimTime;

/// Values of one design: by measure.
type Values = [f64; 9];

/// The measures that are made up, in the order of [`Values`].
const IDS: [MeasureId; 9] = [
    MeasureId::AnsweredWithin,
    MeasureId::FirstReplyMedian,
    MeasureId::FirstReplyP90,
    MeasureId::SettledInConversation,
    MeasureId::SettledByFirstReply,
    MeasureId::MentionsReached,
    MeasureId::WrongAnswers,
    MeasureId::Coordination,
    MeasureId::CostPerSettled,
];

/// Four designs, thirty repetitions; each measure varies by a small share of itself.
pub(crate) fn made_up() -> ExperimentResult {
    made_up_of(&[
        ("Centralized", [0.48, 76.0, 1270.0, 0.71, 0.55, 0.75, 0.031, 0.14, 13.1], 0.65),
        ("Hub and spoke", [0.41, 125.0, 1240.0, 0.745, 0.58, 0.64, 0.039, 0.23, 12.6], 0.84),
        ("Decentralized", [0.39, 162.0, 1265.0, 0.75, 0.60, 0.20, 0.056, 0.09, 12.4], 0.56),
        ("Outsourced", [0.52, 56.0, 1220.0, 0.62, 0.47, 0.49, 0.051, 0.38, 15.0], 0.71),
    ])
}

/// The same with a hub that falls behind.
pub(crate) fn overloaded() -> ExperimentResult {
    let mut result = made_up();
    let hub = &mut result.designs[1];
    hub.overload = Some(Overload { role: 0, per_day: 14.2, in_all: false });
    hub.withheld = true;
    hub.scopes.clear();
    compared(result)
}

/// The same designs compared again, after a test has changed their numbers.
pub(crate) fn compared(mut result: ExperimentResult) -> ExperimentResult {
    let model = model();
    let designs = std::mem::take(&mut result.designs);
    compare(&model, &Watching::of(&model), designs, model.study.replications, 0.95)
}

/// So many repetitions of the first two designs of [`made_up`].
pub(crate) fn repeated(times: u32) -> ExperimentResult {
    let mut model = model();
    model.study.replications = times;
    let mut designs: Vec<DesignResult> = made_up().designs.into_iter().take(2).collect();
    for design in &mut designs {
        design.completed.truncate(times as usize);
        for measured in &mut design.scopes[0].measures {
            let few: Vec<f64> =
                measured.values.iter().flatten().copied().take(times as usize).collect();
            *measured = Measured::of(&few, 0.95);
        }
    }
    compare(&model, &Watching::of(&model), designs, model.study.replications, 0.95)
}

fn model() -> crate::model::Model {
    let mut model = model_of_desks(6.0);
    let objective = |id: &str, of: MeasureId, within: Option<SimTime>, value: f64| Objective {
        id: id.into(),
        why: None,
        goal: Goal { measure: of.measure(), within, at_least: true, value, text: String::new() },
        channels: Vec::new(),
        topics: Vec::new(),
        segments: Vec::new(),
        languages: Vec::new(),
        serves: Vec::new(),
    };
    model.objectives = vec![
        objective("prompt", MeasureId::AnsweredWithin, Some(SimTime::HOUR), 0.4),
        objective("settled", MeasureId::SettledByFirstReply, None, 0.55),
        objective("present", MeasureId::MentionsReached, None, 0.5),
    ];
    model.study.replications = 30;
    model.study.run_for = SimTime::WEEK.times(13);
    model.study.warm_up = SimTime::WEEK;
    model.hold_equal = Some(HoldEqual { cost_per_year: Some(1e6), headcount: None, within: 0.02 });
    model
}

fn made_up_of(designs: &[(&str, Values, f64)]) -> ExperimentResult {
    let model = model();
    let watching = Watching::of(&model);
    let results = designs
        .iter()
        .enumerate()
        .map(|(number, (name, values, busy))| design(&watching, number as u32, name, values, *busy))
        .collect();
    compare(&model, &watching, results, model.study.replications, 0.95)
}

/// Thirty values around a mean, partly shared by all designs as under the same customers.
fn around(mean: f64, number: u32) -> Measured {
    let wave = |r: u32, step: u32| f64::from((r * step + number * 5) % 30) / 14.5 - 1.0;
    let shared = |r: u32| f64::from(r * 7 % 30) / 14.5 - 1.0;
    let values: Vec<f64> =
        (0..30).map(|r| mean * (1.0 + 0.03 * shared(r) + 0.02 * wave(r, 11))).collect();
    Measured::of(&values, 0.95)
}

fn design(
    watching: &Watching,
    number: u32,
    name: &str,
    values: &Values,
    busy: f64,
) -> DesignResult {
    let measures = watching.quantities.iter().map(|quantity| {
        let known = IDS.iter().position(|&id| *quantity == id.into());
        known.map_or(Measured::default(), |i| around(values[i], number))
    });
    let share = |cause: Cause| match cause {
        Cause::OffHours => 0.36 + 0.05 * f64::from(number),
        Cause::Consult => 0.30,
        Cause::Approval => 0.29 - 0.05 * f64::from(number),
        Cause::Line => 0.05,
        _ => 0.0,
    };
    let causes = Cause::ALL
        .iter()
        .map(|&cause| CauseResult {
            cause,
            share: around(share(cause), number),
            minutes: around(60.0 * share(cause), number),
        })
        .collect();
    let mut numbers = vec![Measured::default(); ROLE_NUMBERS.len()];
    numbers[RoleNumber::position("utilization")] = around(busy, number);
    let role = RoleResult {
        name: ["agents", "hub triage", "phones desk", "strategist"][number as usize].into(),
        heads: Some(7.6),
        persons: Some(8),
        numbers,
        bins: vec![Measured::default(); BINS],
        ..RoleResult::default()
    };
    let scope = ScopeResult {
        measures: measures.collect(),
        causes,
        waited: Measured::default(),
        curve: Vec::new(),
        needing: 300_000,
        open: 0,
    };
    DesignResult {
        name: name.into(),
        cost_per_year: 1e6,
        headcount: 12.0,
        completed: (1..=30).collect(),
        scopes: vec![scope],
        roles: vec![role],
        busiest: Some(0),
        totals: Totals { arrived: 882_000, ..Totals::default() },
        ..DesignResult::default()
    }
}
