//! Tactics without a strategy: every channel that no objective is about, and content that serves nothing,
//! taken away.

use super::effect::{Effect, Yardstick, cost_of_hour, effect, with_designs};
use super::seen::Seen;
use crate::experiment::{ExperimentResult, Options, run};
use crate::model::{
    Better, ChannelId, Design, Duty, DutyKind, From, MeasureId, Model, Objective, Score, World,
};

/// What each design spends on what serves no objective.
#[derive(Debug, Clone, PartialEq)]
pub struct Tactics {
    /// What is compared: the goals, then a delay, hours and money.
    pub yardsticks: Vec<Yardstick>,
    /// The objective of each yardstick; `None` for hours and money.
    pub objectives: Vec<Option<String>>,
    /// By design.
    pub designs: Vec<DesignTactics>,
}

/// What one design spends on what serves no objective.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignTactics {
    /// Its name.
    pub design: String,
    /// What an hour that somebody is paid for costs.
    pub cost_of_hour: f64,
    /// Its values today, by yardstick.
    pub today: Vec<Option<f64>>,
    /// Share of its paid time that serves an objective, where any is stated.
    pub alignment: Option<f64>,
    /// The role that falls behind for good today, so that there is nothing to compare with.
    pub falls_behind: Option<String>,
    /// What could go, one at a time and together; empty if all of it serves an objective.
    pub steps: Vec<TacticStep>,
}

/// A design without some of its tactics.
#[derive(Debug, Clone, PartialEq)]
pub struct TacticStep {
    /// What is gone.
    pub without: Vec<Tactic>,
    /// What that changes, by yardstick.
    pub effects: Vec<Option<Effect>>,
    /// The role that then falls behind for good.
    pub falls_behind: Option<String>,
}

/// Something that is done and serves no objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tactic {
    /// A channel on which the company is present.
    Channel(String),
    /// Hours of content of which nobody says what they serve.
    Content,
}

impl Tactic {
    /// The author's word for a channel, `content` for content.
    pub fn word(&self) -> &str {
        match self {
            Tactic::Channel(name) => name,
            Tactic::Content => "content",
        }
    }
}

/// Run every design again without each channel that no objective is about, and without content that
/// serves nothing, one at a time and together, on the customers of `result`.
///
/// A channel is gone when nobody takes in or listens there; what customers write there counts nowhere,
/// since only the inquiries of objectives are compared. `None` for a plain network, and where no objective
/// is stated.
pub fn tactics(model: &Model, result: &ExperimentResult, options: &Options<'_>) -> Option<Tactics> {
    if result.plain || model.objectives.is_empty() {
        return None;
    }
    let (mut yardsticks, mut objectives) = goals(result);
    yardsticks.extend([Yardstick::AtWork, Yardstick::AtWorkWorth]);
    objectives.extend([None, None]);
    let mut designs: Vec<DesignTactics> = Seen::all(result)
        .enumerate()
        .map(|(number, today)| {
            let cost_of_hour = cost_of_hour(today.design);
            let value = |yardstick: &Yardstick| yardstick.of(today, cost_of_hour)?.mean();
            DesignTactics {
                design: today.design.name.clone(),
                cost_of_hour,
                today: yardsticks.iter().map(value).collect(),
                alignment: result
                    .measured(number, MeasureId::Alignment)
                    .and_then(|share| share.mean()),
                falls_behind: today.falls_behind(),
                steps: Vec::new(),
            }
        })
        .collect();
    for step in steps(model) {
        let mut changed: Vec<(usize, Vec<Tactic>, Design)> = Vec::new();
        for (number, design) in model.designs.iter().enumerate() {
            let (gone, design) = without(design, &model.world, &step);
            let told = designs[number].steps.iter().any(|step| step.without == gone);
            if !gone.is_empty() && !told {
                changed.push((number, gone, design));
            }
        }
        let organized = changed.iter().map(|(_, _, design)| design.clone()).collect();
        let with = run(&with_designs(model, organized), options);
        for ((number, gone, _), after) in changed.into_iter().zip(Seen::all(&with)) {
            let (before, cost) = (Seen::nth(result, number), designs[number].cost_of_hour);
            let one = |yardstick: &Yardstick| effect(yardstick, before, after, cost);
            designs[number].steps.push(TacticStep {
                without: gone,
                effects: yardsticks.iter().map(one).collect(),
                falls_behind: after.falls_behind(),
            });
        }
    }
    Some(Tactics { yardsticks, objectives, designs })
}

/// Every goal where it is measured, and the delay of the first one that is about answers.
fn goals(result: &ExperimentResult) -> (Vec<Yardstick>, Vec<Option<String>>) {
    let of = |goal: &crate::experiment::GoalResult| {
        let quantity = result.quantities[goal.quantity];
        let id = result.objectives[goal.objective].id.clone();
        (Yardstick::Measure { quantity, scope: goal.scope }, Some(id))
    };
    let mut all: Vec<(Yardstick, Option<String>)> = result.goals.iter().map(of).collect();
    let answers = result.goals.iter().find(|goal| {
        let measure = result.quantities[goal.quantity].measure;
        measure.score == Score::Responsive && measure.better == Better::Higher
    });
    if let (Some(goal), Some(position)) = (answers, result.quantity(MeasureId::FirstReplyMean)) {
        let quantity = result.quantities[position];
        let id = result.objectives[goal.objective].id.clone();
        all.push((Yardstick::Measure { quantity, scope: goal.scope }, Some(id)));
    }
    all.into_iter().unzip()
}

/// What could go: each tactic alone, and all of them.
fn steps(model: &Model) -> Vec<Vec<Tactic>> {
    let mut all: Vec<Tactic> = idle_channels(&model.world, &model.objectives)
        .into_iter()
        .map(|channel| Tactic::Channel(model.world.channels[channel.index()].name.clone()))
        .collect();
    if model.designs.iter().any(has_idle_content) {
        all.push(Tactic::Content);
    }
    let mut steps: Vec<Vec<Tactic>> = all.iter().map(|tactic| vec![tactic.clone()]).collect();
    if 1 < all.len() {
        steps.push(all);
    }
    steps
}

/// Channels that no objective is about; an objective that names none is about all.
fn idle_channels(world: &World, objectives: &[Objective]) -> Vec<ChannelId> {
    let serves = |channel: &ChannelId| {
        objectives
            .iter()
            .any(|objective| objective.channels.is_empty() || objective.channels.contains(channel))
    };
    (0..world.channels.len() as u32).map(ChannelId).filter(|channel| !serves(channel)).collect()
}

fn is_idle(duty: &Duty) -> bool {
    duty.kind == DutyKind::Content && !duty.serves
}

fn has_idle_content(design: &Design) -> bool {
    design.organization.roles().any(|(_, role)| role.staffing.duties.iter().any(is_idle))
}

/// The design without these tactics, and those of them that it has.
fn without(design: &Design, world: &World, step: &[Tactic]) -> (Vec<Tactic>, Design) {
    let mut design = design.clone();
    let mut gone = Vec::new();
    for tactic in step {
        let organization = &design.organization;
        match tactic {
            Tactic::Channel(name) => {
                let here = |from: From| match from {
                    From::Channel(channel) => world.channels[channel.index()].name == *name,
                    From::Role(_) => false,
                };
                if organization.links().any(|(from, _, _)| here(from)) {
                    design.organization =
                        organization.relinked(|from, _, link| (!here(from)).then(|| link.clone()));
                    gone.push(tactic.clone());
                }
            }
            Tactic::Content if has_idle_content(&design) => {
                let ids: Vec<_> = organization.roles().map(|(id, _)| id).collect();
                for id in ids {
                    let role = design.organization.role_mut(id);
                    role.staffing.duties.retain(|duty| !is_idle(duty));
                }
                gone.push(tactic.clone());
            }
            Tactic::Content => {}
        }
    }
    (gone, design)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, plain_model, run_with};
    use crate::model::{Goal, StudyKind};
    use crate::units::SimTime;
    use std::sync::{Arc, atomic::AtomicBool};

    /// Two designs whose first objective is about the first channel only.
    fn model() -> Model {
        let mut model = model_of_desks(6.0);
        let goal = Goal {
            measure: MeasureId::AnsweredWithin.measure(),
            within: Some(SimTime::HOUR),
            at_least: true,
            value: 0.5,
            text: "answered within 1h >= 50%".into(),
        };
        model.objectives = vec![Objective {
            goal,
            id: "prompt".into(),
            why: None,
            channels: vec![ChannelId(0)],
            topics: Vec::new(),
            segments: Vec::new(),
            languages: Vec::new(),
            serves: Vec::new(),
        }];
        model
    }

    fn studied(model: &Model) -> (ExperimentResult, Option<Tactics>) {
        let result = run_with(model, 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let tactics = tactics(model, &result, &options);
        (result, tactics)
    }

    #[test]
    fn a_channel_without_an_objective_costs_hours_and_its_end_frees_them() {
        let model = model();
        assert!(1 < model.world.channels.len(), "the example has two channels");
        let (_, tactics) = studied(&model);
        let tactics = tactics.unwrap();
        let at_work = tactics.yardsticks.iter().position(|of| *of == Yardstick::AtWork).unwrap();
        for design in &tactics.designs {
            let names: Vec<&str> = design.steps[0].without.iter().map(Tactic::word).collect();
            assert_eq!(names, [model.world.channels[1].name.as_str()]);
            let hours = design.steps[0].effects[at_work].unwrap();
            assert!(hours.is_sure() && hours.difference.mean < 0.0, "{hours:?}");
            assert_eq!(Some(hours.before), design.today[at_work]);
        }
    }

    #[test]
    fn paid_time_serves_an_objective_or_does_not() {
        let all = |channels: Vec<ChannelId>| {
            let mut model = model();
            model.objectives[0].channels = channels;
            let result = run_with(&model, 2);
            result.measured(0, MeasureId::Alignment).unwrap().mean().unwrap()
        };
        let (first, second) = (all(vec![ChannelId(0)]), all(vec![ChannelId(1)]));
        let both = all(vec![ChannelId(0), ChannelId(1)]);
        assert!(0.01 < first && 0.01 < second, "{first} {second}");
        // Every minute is of one channel: shares of parts add up to the share of the whole.
        assert!((first + second - both).abs() < 1e-12, "{first} + {second} = {both}");
        assert!((both - all(Vec::new())).abs() < 1e-12);
    }

    #[test]
    fn where_every_channel_serves_there_is_nothing_to_take_away() {
        let mut model = model();
        model.objectives[0].channels.clear();
        let (_, tactics) = studied(&model);
        assert!(tactics.unwrap().designs.iter().all(|design| design.steps.is_empty()));
        model.objectives.clear();
        assert_eq!(studied(&model).1, None);
        assert_eq!(studied(&plain_model(2, 8.0, StudyKind::TypicalWeeks)).1, None);
    }

    #[test]
    fn content_that_says_what_it_serves_stays() {
        let mut model = model();
        let design = &mut model.designs[0];
        let ids: Vec<_> = design.organization.roles().map(|(id, _)| id).collect();
        let duty = |serves| Duty {
            teaches: None,
            kind: DutyKind::Content,
            share: 0.1,
            every: SimTime::HOUR.times(10),
            together: false,
            serves,
        };
        design.organization.role_mut(ids[0]).staffing.duties = vec![duty(true), duty(false)];
        let (gone, rest) = without(design, &Arc::clone(&model.world), &[Tactic::Content]);
        assert_eq!(gone, [Tactic::Content]);
        assert_eq!(rest.organization.role(ids[0]).staffing.duties, [duty(true)]);
        assert_eq!(without(&rest, &model.world, &[Tactic::Content]).0, []);
    }
}
