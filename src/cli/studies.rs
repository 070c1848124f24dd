//! Studies beside the answer: those the scenario asks for, and those asked for on the command line.

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::folder::OutputFile;
use crate::cli::opened::Opened;
use crate::experiment::{self, ExperimentResult, Options};
use crate::model::{Model, Proactive, StreamKind};
use crate::present::{
    Painted, drill_text, drills_brief, drills_csv, knock_outs_brief, knock_outs_csv,
    knock_outs_text, presence_brief, presence_csv, presence_text, silos_brief, silos_csv,
    silos_text, studies_json, tactics_brief, tactics_csv, tactics_text, waits_brief, waits_csv,
    waits_text,
};
use crate::scenario::{Asked, Day, STUDIES};
use crate::study::{
    Drill, KnockOuts, Presence, Silos, Tactics, Waits, drill, knock_outs, presence, silos, tactics,
    waits,
};

/// A surge of the scenario that is to be sent through its designs.
#[derive(Debug)]
pub(super) struct Surge {
    name: String,
    words: String,
    model: Model,
}

/// What is to be studied.
#[derive(Debug, Default)]
pub(super) struct Plan {
    silos: bool,
    knock_outs: Option<Day>,
    surges: Vec<Surge>,
    tactics: bool,
    presence: bool,
    waits: bool,
}

/// What was studied.
#[derive(Debug, Default)]
pub(super) struct Studies {
    silos: Option<Silos>,
    knock_outs: Option<(KnockOuts, Day)>,
    drills: Vec<Drill>,
    tactics: Option<Tactics>,
    presence: Option<Presence>,
    waits: Option<Waits>,
}

impl Plan {
    /// Whether nothing is to be studied.
    pub(super) fn is_empty(&self) -> bool {
        let told = self.silos || self.tactics || self.presence || self.waits;
        !told && self.knock_outs.is_none() && self.surges.is_empty()
    }

    /// The studies of the scenario and those of these names, each once; `all` names all that the
    /// scenario has what it takes for.
    pub(super) fn of(opened: &Opened, names: &[String]) -> Result<Plan, Failure> {
        let scenario = &opened.scenario;
        let wanted = wanted(&scenario.studies, names)?;
        if !wanted.is_empty() && experiment::is_plain(&scenario.model) {
            let message = "a plain queueing network has nothing to study beside its queues";
            return Err(
                Failure::usage(message).help("studies are about desks that answer customers")
            );
        }
        let named = |study: Asked| {
            let word = STUDIES.iter().find(|(_, known)| *known == study).map(|(name, _)| *name);
            scenario.studies.contains(&study)
                || names.iter().any(|name| Some(name.as_str()) == word)
        };
        let mut plan = Plan {
            silos: wanted.contains(&Asked::Silos),
            presence: wanted.contains(&Asked::Proactive),
            waits: wanted.contains(&Asked::Waits),
            tactics: wanted.contains(&Asked::Tactics) && !scenario.model.objectives.is_empty(),
            ..Plan::default()
        };
        if !plan.tactics && named(Asked::Tactics) {
            return Err(Failure::usage("there is no objective that a tactic could serve").help(
                "state `objectives`: what the organization is for, before channels and content",
            ));
        }
        if wanted.contains(&Asked::KnockOuts) {
            plan.knock_outs = scenario.knock_out_day.clone().filter(|day| fits(opened, day));
            if plan.knock_outs.is_none() && named(Asked::KnockOuts) {
                return Err(Failure::usage("there is no day on which a role could be away").help(
                    "knock-outs need `typical weeks` that go on for two days after `experiment.knock_out_day`",
                ));
            }
        }
        plan.presence = plan.presence && works_on_mentions(&scenario.model);
        if !plan.presence && named(Asked::Proactive) {
            return Err(Failure::usage("nobody works on mentions")
                .help("state `mentions_worth_answering`, and let somebody look at them"));
        }
        if wanted.contains(&Asked::Crisis) {
            plan.surges = surges(opened)?;
            if plan.surges.is_empty() && named(Asked::Crisis) {
                return Err(Failure::usage("there is no surge to drill").help(
                    "name one under `what_if`, with `surge`, in a study of `typical weeks`",
                ));
            }
        }
        Ok(plan)
    }
}

fn wanted(of_scenario: &[Asked], names: &[String]) -> Result<Vec<Asked>, Failure> {
    let mut all = of_scenario.to_vec();
    for name in names {
        let found = STUDIES.iter().filter(|(known, _)| known == name || name == "all");
        let found: Vec<Asked> = found.map(|&(_, study)| study).collect();
        if found.is_empty() {
            let known: Vec<String> = STUDIES.iter().map(|(name, _)| format!("`{name}`")).collect();
            return Err(Failure::usage(format!("no study is named `{name}`"))
                .help(format!("there are {}, and `all`", known.join(", "))));
        }
        all.extend(found);
    }
    Ok(all)
}

/// Whether anybody writes about the company, and somebody looks.
fn works_on_mentions(model: &Model) -> bool {
    let mut streams = model.world.streams.iter();
    let when_idle = |design: &crate::model::Design| {
        let mut roles = design.organization.roles();
        roles.any(|(_, role)| matches!(role.proactive, Proactive::WhenIdle { .. }))
    };
    streams.any(|stream| stream.kind == StreamKind::Mentions) && model.designs.iter().any(when_idle)
}

/// Whether two days can be counted from this one on.
fn fits(opened: &Opened, day: &Day) -> bool {
    let two_days = crate::units::SimTime::DAY.times(2);
    two_days <= opened.scenario.model.study.horizon().since(day.at)
}

/// The what-ifs with a surge, in the author's words.
fn surges(opened: &Opened) -> Result<Vec<Surge>, Failure> {
    let mut all = Vec::new();
    if opened.scenario.model.study.kind.is_terminating() {
        return Ok(all);
    }
    let with_surge = |what_if: &&crate::scenario::WhatIf| !what_if.overlay.surges.is_empty();
    for what_if in opened.scenario.what_ifs.iter().filter(with_surge) {
        let changed = opened
            .changed(&what_if.overlay)
            .map_err(|problems| Failure::Scenario(Box::new(opened.source.clone()), problems))?;
        let words: Vec<String> = what_if.overlay.surges.iter().map(words).collect();
        all.push(Surge {
            name: what_if.name.clone(),
            words: words.join("; "),
            model: changed.model,
        });
    }
    Ok(all)
}

/// `5 times as many about phones on x from week 6 Friday 18:00, for 36h, feeding on itself`.
fn words(surge: &Value) -> String {
    let of = |key: &str| {
        surge.get(key).map(|value| value.as_str().map_or_else(|| value.to_string(), String::from))
    };
    let times = of("times").unwrap_or_default();
    let about = of("business_unit").map_or(String::new(), |unit| format!(" about {unit}"));
    let from = of("from").map_or(String::new(), |from| format!(" from {from}"));
    let length = of("for").map_or(String::new(), |length| format!(", for {length}"));
    let on = of("channel").map_or(String::new(), |channel| format!(" on {channel}"));
    let shape = match surge.get("shape").and_then(Value::as_object) {
        Some(shape) if shape.contains_key("self_exciting") => ", feeding on itself",
        Some(shape) if shape.contains_key("rise_and_decay") => ", rising and decaying",
        _ => "",
    };
    format!("{times} times as many{about}{on}{from}{length}{shape}")
}

impl Studies {
    /// Carry out a plan, on the customers of the result.
    pub(super) fn run(
        plan: &Plan,
        model: &Model,
        result: &ExperimentResult,
        options: &Options<'_>,
    ) -> Studies {
        let day = plan.knock_outs.as_ref();
        let drilled = |surge: &Surge| {
            drill((&surge.name, &surge.words), model, &surge.model, result, options)
        };
        Studies {
            silos: plan.silos.then(|| silos(model, result, options)).flatten(),
            knock_outs: day
                .and_then(|day| Some((knock_outs(model, result, day.at, options)?, day.clone()))),
            drills: plan.surges.iter().filter_map(drilled).collect(),
            tactics: plan.tactics.then(|| tactics(model, result, options)).flatten(),
            presence: plan.presence.then(|| presence(model, result, options)).flatten(),
            waits: plan.waits.then(|| waits(model, result, options)).flatten(),
        }
    }

    /// One block for each.
    pub(super) fn text(&self, currency: &str) -> Painted {
        let mut text = Painted::default();
        let silos = self.silos.iter().map(|silos| silos_text(silos, currency));
        let knock_outs = self.knock_outs.iter();
        let knock_outs = knock_outs.map(|(of, day)| knock_outs_text(of, &day.words, currency));
        let drills = self.drills.iter().map(drill_text);
        let tactics = self.tactics.iter().map(|of| tactics_text(of, currency));
        let presence = self.presence.iter().map(|of| presence_text(of, currency));
        let waits = self.waits.iter().map(|of| waits_text(of, currency));
        let all = silos.chain(knock_outs).chain(drills).chain(tactics).chain(presence).chain(waits);
        all.for_each(|block| text.append(block));
        text
    }

    /// The same in few lines, for the screen of an answer: a block for each.
    pub(super) fn briefs(&self, currency: &str) -> Vec<(Asked, Painted)> {
        let silos = self.silos.as_ref().map(|silos| silos_brief(silos, currency));
        let knock_outs = self.knock_outs.as_ref();
        let knock_outs = knock_outs.map(|(of, day)| knock_outs_brief(of, &day.words, currency));
        let drills = (!self.drills.is_empty()).then(|| drills_brief(&self.drills));
        let tactics = self.tactics.as_ref().map(|of| tactics_brief(of, currency));
        let presence = self.presence.as_ref().map(|of| presence_brief(of, currency));
        let waits = self.waits.as_ref().map(|of| waits_brief(of, currency));
        let all = [
            (Asked::Silos, silos),
            (Asked::KnockOuts, knock_outs),
            (Asked::Crisis, drills),
            (Asked::Tactics, tactics),
            (Asked::Proactive, presence),
            (Asked::Waits, waits),
        ];
        all.into_iter().filter_map(|(study, block)| Some((study, block?))).collect()
    }

    /// Their tables.
    pub(super) fn files(&self) -> Vec<OutputFile> {
        let silos = self.silos.iter().map(|silos| OutputFile::new("silos.csv", silos_csv(silos)));
        let knock_outs = self.knock_outs.iter();
        let knock_outs =
            knock_outs.map(|(of, _)| OutputFile::new("knock_outs.csv", knock_outs_csv(of)));
        let drills = (!self.drills.is_empty())
            .then(|| OutputFile::new("crisis.csv", drills_csv(&self.drills)));
        let tactics = self.tactics.iter();
        let tactics = tactics.map(|of| OutputFile::new("tactics.csv", tactics_csv(of)));
        let presence = self.presence.iter();
        let presence = presence.map(|of| OutputFile::new("proactive.csv", presence_csv(of)));
        let waits = self.waits.iter().map(|of| OutputFile::new("waits.csv", waits_csv(of)));
        silos.chain(knock_outs).chain(drills).chain(tactics).chain(presence).chain(waits).collect()
    }

    /// Their part of `results.json`; `None` without any.
    pub(super) fn json(&self) -> Option<Value> {
        let knock_outs = self.knock_outs.as_ref().map(|(of, _)| of);
        let (tactics, presence) = (self.tactics.as_ref(), self.presence.as_ref());
        let waits = self.waits.as_ref();
        studies_json(self.silos.as_ref(), knock_outs, &self.drills, tactics, presence, waits)
    }

    /// What sharing would change.
    pub(super) fn silos(&self) -> Option<&Silos> {
        self.silos.as_ref()
    }

    /// Whom one can do without, and the day on which that was tried.
    pub(super) fn knock_outs(&self) -> Option<(&KnockOuts, &str)> {
        self.knock_outs.as_ref().map(|(of, day)| (of, day.words.as_str()))
    }

    /// Surges that were sent through the designs.
    pub(super) fn drills(&self) -> &[Drill] {
        &self.drills
    }

    /// What serves no objective, and what it costs.
    pub(super) fn tactics(&self) -> Option<&Tactics> {
        self.tactics.as_ref()
    }

    /// What work on mentions brings and costs.
    pub(super) fn presence(&self) -> Option<&Presence> {
        self.presence.as_ref()
    }

    /// What each cause of waiting is worth.
    pub(super) fn waits(&self) -> Option<&Waits> {
        self.waits.as_ref()
    }
}
