//! The next step: which one change would help the leading design most.

use super::FEW;
use super::candidates::{Candidate, candidates};
use super::effect::price;
use super::gain::gain;
use super::seen::{Seen, Spot, judged};
use super::setting::{Settings, Workbench};
use crate::experiment::{ExperimentResult, GoalResult, GoalRuns, Options, Quantity, run};
use crate::model::{Better, MeasureId};
use crate::stats::Interval;

/// Every change that was tried on the leading design.
#[derive(Debug, Clone, PartialEq)]
pub struct NextStep {
    /// The design, by position and name.
    pub design: (usize, String),
    /// What the changes are judged by.
    pub quantity: Quantity,
    /// Position of the scope in which it is measured.
    pub scope: usize,
    /// Position of the objective whose goal is not met; `None` where all are.
    pub unmet: Option<usize>,
    /// The smallest gain that the author would notice, in the quantity's unit.
    pub worth: f64,
    /// The changes, the best first.
    pub steps: Vec<Step>,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// In words that follow "with": `no routine approvals`.
    pub what: String,
    /// The settings that make it.
    pub settings: Settings,
    /// What it adds to a year's cost: to the plan, and to what vendors are paid beside it as far as that is beyond luck.
    pub cost_per_year: f64,
    /// The quantity without it.
    pub before: f64,
    /// The quantity with it.
    pub after: f64,
    /// The difference it makes, better counted as more.
    pub gain: Interval,
    /// What it makes worse: the largest loss that is sure and would be noticed.
    pub side_effect: Option<SideEffect>,
    /// Positions of the objectives whose goals the design meets without the change, and misses with it.
    pub misses: Vec<usize>,
    /// How the first runs did with it by the goal that the design does not meet.
    pub then: Option<GoalRuns>,
}

/// Something that gets worse.
#[derive(Debug, Clone, PartialEq)]
pub struct SideEffect {
    /// What.
    pub quantity: Quantity,
    /// Without the change.
    pub before: f64,
    /// With it.
    pub after: f64,
}

impl NextStep {
    /// The best change, if it surely helps by as much as the author would notice.
    pub fn best(&self) -> Option<&Step> {
        self.steps.first().filter(|step| step.matters(self.worth))
    }

    /// The best change, if it surely helps, but by less than that.
    pub fn too_small(&self) -> Option<&Step> {
        self.steps.first().filter(|step| step.helps() && !step.matters(self.worth))
    }
}

impl Step {
    /// Whether it helps beyond luck.
    pub fn helps(&self) -> bool {
        self.gain.low().is_some_and(|low| 0.0 < low)
    }

    /// Whether it helps beyond luck, and by at least so much.
    pub fn matters(&self, worth: f64) -> bool {
        self.helps() && worth <= self.gain.mean
    }
}

/// Try a fixed list of single changes on the design that leads on the first objective's score.
///
/// Each is run ten times on the same customers as the design itself, and judged by the first goal
/// that the design does not meet (by the first objective if it meets all). Sure gains come first, those large enough to be
/// noticed before others, and those that miss no goal which is met now before those that do; then
/// the largest first; of those large enough to be noticed, gains closer together than that go to the
/// cheaper change. `None` if there is no design to improve, or nothing to change.
pub fn next_step(
    result: &ExperimentResult,
    bench: &Workbench<'_>,
    options: &Options<'_>,
) -> Option<NextStep> {
    let design = leading(result)?;
    let aim = aim(result, design)?;
    let attempt = Attempt { result, design, aim, bench, options };
    let name = &result.designs[design].name;
    let tried = candidates(name, bench);
    let mut steps: Vec<Step> =
        tried.into_iter().filter_map(|candidate| attempt.with(candidate)).collect();
    let Aim { spot: Spot { quantity, scope }, unmet } = aim;
    let worth = result.worth(quantity);
    rank(&mut steps, worth);
    let quantity = result.quantities[quantity];
    let design = (design, name.clone());
    (!steps.is_empty()).then_some(NextStep { design, quantity, scope, unmet, worth, steps })
}

/// The best design on the score of the first objective; the first score there is, otherwise.
fn leading(result: &ExperimentResult) -> Option<usize> {
    let wanted = result.objectives.first().map(|objective| objective.goal.measure.score);
    let score = result.scores.iter().find(|score| Some(score.score) == wanted);
    score.or(result.scores.first()).and_then(|score| score.best())
}

/// What changes are judged by.
#[derive(Debug, Clone, Copy)]
struct Aim {
    /// Where its number stands.
    spot: Spot,
    /// Position of the objective whose goal is not met; `None` where all are.
    unmet: Option<usize>,
}

/// The first goal the design does not meet, or else the first; or else its score's headline.
fn aim(result: &ExperimentResult, design: usize) -> Option<Aim> {
    let unmet = |goal: &&GoalResult| goal.designs[design].is_some_and(|runs| !runs.is_met());
    let missed = result.goals.iter().find(unmet);
    if let Some(goal) = missed.or(result.goals.first()) {
        let spot = Spot { quantity: goal.quantity, scope: goal.scope };
        return Some(Aim { spot, unmet: missed.map(|goal| goal.objective) });
    }
    result.scores.first().map(|score| Aim { spot: Spot::of_all(score.quantity), unmet: None })
}

/// The design that is to be improved, and how changes of it are run.
struct Attempt<'a> {
    result: &'a ExperimentResult,
    /// Position of the design.
    design: usize,
    aim: Aim,
    bench: &'a Workbench<'a>,
    options: &'a Options<'a>,
}

impl Attempt<'_> {
    /// What a change comes to; `None` where the scenario refuses it, or nothing can be compared with it.
    fn with(&self, candidate: Candidate) -> Option<Step> {
        let before = Seen::nth(self.result, self.design);
        let outcome = self.run(&candidate.settings)?;
        let changed = outcome.designs.first().filter(|design| !design.withheld)?;
        let after = Seen { result: &outcome, design: changed };
        let gained = gain(self.aim.spot, before, after)?;
        let objectives = 0..self.result.objectives.len();
        Some(Step {
            what: candidate.what,
            settings: candidate.settings,
            cost_per_year: price(before, after),
            before: gained.effect.before,
            after: gained.effect.moved(),
            gain: gained.interval,
            side_effect: self.side_effect(before, after),
            misses: objectives.filter(|&objective| self.misses(objective, before, after)).collect(),
            then: self.aim.unmet.and_then(|objective| judged(&outcome, objective, 0)),
        })
    }

    /// The design with some settings, alone and not as often as by itself.
    fn run(&self, settings: &Settings) -> Option<ExperimentResult> {
        let name = &self.result.designs[self.design].name;
        let mut model = (self.bench.build)(&settings.0).ok()?;
        model.designs.retain(|design| design.name == *name);
        model.study.replications = model.study.replications.min(FEW);
        Some(run(&model, self.options))
    }

    /// Whether the goal of an objective is met without a change and missed with it.
    ///
    /// The change has fewer runs than the design itself, so what is to count as missed must be worse as well.
    fn misses(&self, objective: usize, before: Seen<'_>, after: Seen<'_>) -> bool {
        let goal = self.result.goals.iter().find(|goal| goal.objective == objective);
        let spot = goal.map(|goal| Spot { quantity: goal.quantity, scope: goal.scope });
        let is_met = |result: &ExperimentResult, design: usize| {
            judged(result, objective, design).map(|runs| runs.is_met())
        };
        spot.and_then(|spot| gain(spot, before, after)).is_some_and(|gain| gain.is_sure_loss())
            && is_met(before.result, self.design) == Some(true)
            && is_met(after.result, 0) == Some(false)
    }

    /// The largest loss over all inquiries that is sure and would be noticed, in differences worth noticing.
    fn side_effect(&self, before: Seen<'_>, after: Seen<'_>) -> Option<SideEffect> {
        let all = 0..self.result.quantities.len();
        let losses = all.filter_map(|quantity| self.loss(quantity, before, after));
        losses.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, effect)| effect)
    }

    /// What a change loses of a quantity that it is not judged by, and how many differences worth noticing that is; `None`
    /// where that is nothing to tell.
    fn loss(&self, other: usize, before: Seen<'_>, after: Seen<'_>) -> Option<(f64, SideEffect)> {
        let quantity = self.result.quantities[other];
        let judged_by = self.result.quantities[self.aim.spot.quantity];
        if quantity == judged_by || quantity.measure.better == Better::Neither {
            return None;
        }
        let worth = self.result.worth(other);
        let gained = gain(Spot::of_all(other), before, after)?;
        let loss = -gained.interval.mean;
        let told = TOLD.iter().any(|&id| quantity == id.into()) && 0.0 < worth;
        let noticed = gained.is_sure_loss() && told && SIDE_EFFECT * worth <= loss;
        let (before, after) = (gained.effect.before, gained.effect.moved());
        noticed.then_some((loss / worth, SideEffect { quantity, before, after }))
    }
}

/// What a reader would not want to lose unnoticed; a change of cost is told as its price.
const TOLD: [MeasureId; 7] = [
    MeasureId::AnsweredWithin,
    MeasureId::Answered,
    MeasureId::GaveUp,
    MeasureId::SettledInConversation,
    MeasureId::SettledByFirstReply,
    MeasureId::MentionsReached,
    MeasureId::WrongAnswers,
];

/// A loss of this part of what is worth noticing is told beside a gain.
const SIDE_EFFECT: f64 = 0.5;

/// Sure gains first, the largest first; near ties of what matters to the cheaper.
fn rank(steps: &mut [Step], worth: f64) {
    let class = |step: &Step| match (step.helps(), step.matters(worth)) {
        (_, true) => 2 + u8::from(step.misses.is_empty()),
        (helps, false) => u8::from(helps),
    };
    steps.sort_by(|a, b| class(b).cmp(&class(a)).then(b.gain.mean.total_cmp(&a.gain.mean)));
    let Some((best, of)) = steps.first().map(|step| (step.gain.mean, class(step))) else { return };
    let tied =
        |step: &&Step| step.matters(worth) && class(step) == of && best - step.gain.mean < worth;
    let tied = steps.iter().take_while(tied).count();
    steps[..tied].sort_by(|a, b| a.cost_per_year.total_cmp(&b.cost_per_year));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};
    use crate::scenario::StatedValues;
    use serde_json::{Value, json};
    use std::sync::atomic::AtomicBool;

    fn step(what: &str, gain: f64, half_width: f64, cost_per_year: f64) -> Step {
        let gain = Interval {
            mean: gain,
            half_width: Some(half_width),
            n: 10,
            standard_error: Some(half_width / 2.0),
        };
        Step {
            what: what.into(),
            settings: Settings::default(),
            cost_per_year,
            before: 0.0,
            after: 0.0,
            gain,
            side_effect: None,
            misses: Vec::new(),
            then: None,
        }
    }

    #[test]
    fn what_misses_a_goal_that_is_met_comes_behind_what_does_not() {
        let mut steps = vec![
            Step { misses: vec![1], ..step("ruthless", 0.3, 0.01, 0.0) },
            step("gentle", 0.05, 0.01, 9.0),
            step("weak", 0.01, 0.005, 0.0),
        ];
        rank(&mut steps, 0.02);
        let order: Vec<&str> = steps.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(order, ["gentle", "ruthless", "weak"]);
    }

    #[test]
    fn near_ties_go_to_the_cheaper_and_luck_comes_last() {
        let mut steps = vec![
            step("dear", 0.060, 0.01, 50_000.0),
            step("free", 0.055, 0.01, 0.0),
            step("weak", 0.020, 0.01, 0.0),
            step("luck", 0.090, 0.20, 0.0),
        ];
        rank(&mut steps, 0.02);
        let names: Vec<&str> = steps.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(names, ["free", "dear", "weak", "luck"]);
    }

    #[test]
    fn a_change_too_small_to_notice_is_no_advice_however_cheap() {
        let mut steps = vec![step("dear", 0.021, 0.001, 50_000.0), step("free", 0.005, 0.001, 0.0)];
        rank(&mut steps, 0.02);
        let quantity = Quantity::usual(MeasureId::Answered);
        let mut advice = NextStep {
            design: (0, "A".into()),
            quantity,
            scope: 0,
            unmet: None,
            worth: 0.02,
            steps,
        };
        assert_eq!(advice.best().map(|step| step.what.as_str()), Some("dear"));
        assert_eq!(advice.too_small(), None);
        advice.steps.remove(0);
        assert_eq!(advice.best(), None);
        assert_eq!(advice.too_small().map(|step| step.what.as_str()), Some("free"));
    }

    #[test]
    fn one_more_head_is_tried_on_the_same_customers_with_its_price() {
        let result = run_with(&model_of_desks(6.0), 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let leader = leading(&result).unwrap();
        let name = result.designs[leader].name.clone();
        let staff = json!({ "centralized": { "care agent": 6, "open": "daily 08:00-20:00" } });
        let stated = StatedValues::of_json(&json!({ "designs": { &name: staff } }));
        let build = |settings: &[(String, Value)]| {
            let heads = settings.iter().find(|(path, _)| path.ends_with(".care agent"));
            let heads = heads.ok_or("not that one")?;
            Ok(model_of_desks(heads.1.as_f64().expect("a number")))
        };
        let bench = Workbench { stated: &stated, build: &build, units: 2 };
        let advice = next_step(&result, &bench, &options).unwrap();
        assert_eq!(advice.steps.len(), 1);
        let step = &advice.steps[0];
        assert_eq!(step.what, "one more care agent");
        assert!((step.cost_per_year - 60_000.0).abs() < 1e-6, "{}", step.cost_per_year);
        assert_eq!(step.gain.n, 5);
        let arguments = step.settings.arguments();
        assert_eq!(arguments, format!("--set \"designs.{name}.care agent=7\""));
    }
}
