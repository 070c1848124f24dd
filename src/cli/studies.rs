//! Studies beside the answer: those the scenario asks for, and those asked for on the command line.

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::folder::OutputFile;
use crate::cli::opened::Opened;
use crate::experiment::{self, ExperimentResult, Options};
use crate::model::{Model, Proactive, StreamKind};
use crate::present::{Painted, studies_json, study_brief, study_csv, study_sentences, study_text};
use crate::scenario::{Asked, Day, STUDIES};
use crate::study::{Finding, drill, knock_outs, presence, silos, tactics, waits};

/// A surge of the scenario that is to be sent through its designs.
#[derive(Debug)]
pub(super) struct Surge {
    name: String,
    words: String,
    model: Model,
}

/// A study to be carried out, with what it takes.
#[derive(Debug)]
enum Planned {
    Silos,
    KnockOuts(Day),
    Crisis(Vec<Surge>),
    Tactics,
    Proactive,
    Waits,
}

/// What is to be studied, in the order in which it is told.
#[derive(Debug, Default)]
pub(super) struct Plan(Vec<Planned>);

/// What was found out.
#[derive(Debug, Default)]
pub(super) struct Studies(Vec<Finding>);

impl Plan {
    /// Whether nothing is to be studied.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
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
        let mut plan = Plan::default();
        for (name, study) in STUDIES.into_iter().filter(|(_, study)| wanted.contains(study)) {
            match planned(study, opened)? {
                Ok(planned) => plan.0.push(planned),
                // what `all` names is studied as far as there is something to study
                Err(lacking) => {
                    let by_name = names.iter().any(|wanted| wanted == name);
                    if by_name || scenario.studies.contains(&study) {
                        return Err(Failure::usage(lacking.what).help(lacking.help));
                    }
                }
            }
        }
        Ok(plan)
    }
}

/// What a scenario lacks for a study, and what to state.
struct Lacking {
    what: &'static str,
    help: &'static str,
}

/// The study, as far as the scenario has what it takes for.
fn planned(study: Asked, opened: &Opened) -> Result<Result<Planned, Lacking>, Failure> {
    let scenario = &opened.scenario;
    let lacking = |what, help| Err(Lacking { what, help });
    Ok(match study {
        Asked::Silos => Ok(Planned::Silos),
        Asked::Waits => Ok(Planned::Waits),
        Asked::Tactics if scenario.model.objectives.is_empty() => lacking(
            "there is no objective that a tactic could serve",
            "state `objectives`: what the organization is for, before channels and content",
        ),
        Asked::Tactics => Ok(Planned::Tactics),
        Asked::KnockOuts => match scenario.knock_out_day.clone().filter(|day| fits(opened, day)) {
            Some(day) => Ok(Planned::KnockOuts(day)),
            None => lacking(
                "there is no day on which a role could be away",
                "knock-outs need `typical weeks` that go on for two days after `experiment.knock_out_day`",
            ),
        },
        Asked::Proactive if works_on_mentions(&scenario.model) => Ok(Planned::Proactive),
        Asked::Proactive => lacking(
            "nobody works on mentions",
            "state `mentions_worth_answering`, and let somebody look at them",
        ),
        Asked::Crisis => match surges(opened)? {
            surges if surges.is_empty() => lacking(
                "there is no surge to drill",
                "name one under `what_if`, with `surge`, in a study of `typical weeks`",
            ),
            surges => Ok(Planned::Crisis(surges)),
        },
    })
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
        let found = |planned: &Planned| match planned {
            Planned::Silos => silos(model, result, options).map(Finding::Silos),
            Planned::KnockOuts(day) => knock_outs(model, result, day.at, options)
                .map(|of| Finding::KnockOuts(of, day.words.clone())),
            Planned::Crisis(surges) => {
                let drilled = |surge: &Surge| {
                    drill((&surge.name, &surge.words), model, &surge.model, result, options)
                };
                let drills: Vec<_> = surges.iter().filter_map(drilled).collect();
                (!drills.is_empty()).then_some(Finding::Crisis(drills))
            }
            Planned::Tactics => tactics(model, result, options).map(Finding::Tactics),
            Planned::Proactive => presence(model, result, options).map(Finding::Proactive),
            Planned::Waits => waits(model, result, options).map(Finding::Waits),
        };
        Studies(plan.0.iter().filter_map(found).collect())
    }

    /// All of them, as they were asked for.
    pub(super) fn all(&self) -> &[Finding] {
        &self.0
    }

    /// One block for each.
    pub(super) fn text(&self, currency: &str) -> Painted {
        let mut text = Painted::default();
        self.0.iter().for_each(|of| text.append(study_text(of, currency)));
        text
    }

    /// The same in few lines, for the screen of an answer: a block for each.
    pub(super) fn briefs(&self, currency: &str) -> Vec<(Asked, Painted)> {
        self.0.iter().map(|of| (asked(of), study_brief(of, currency))).collect()
    }

    /// What they come to, sentence by sentence, where they come to any.
    pub(super) fn sentences(&self, currency: &str) -> Vec<(Asked, String)> {
        let told = |of: &Finding| {
            let asked = asked(of);
            study_sentences(of, currency).into_iter().map(move |told| (asked, told))
        };
        self.0.iter().flat_map(told).collect()
    }

    /// Their tables.
    pub(super) fn files(&self) -> impl Iterator<Item = OutputFile<'_>> {
        self.0.iter().map(|of| {
            let (name, table) = study_csv(of);
            OutputFile::new(name, table)
        })
    }

    /// Their part of `results.json`; `None` without any.
    pub(super) fn json(&self) -> Option<Value> {
        studies_json(&self.0)
    }

    /// Whether surges were sent through the designs: the answer is then one about ordinary weeks.
    pub(super) fn has_drills(&self) -> bool {
        self.0.iter().any(|of| matches!(of, Finding::Crisis(_)))
    }
}

/// By what it was asked for.
fn asked(of: &Finding) -> Asked {
    match of {
        Finding::Silos(_) => Asked::Silos,
        Finding::KnockOuts(..) => Asked::KnockOuts,
        Finding::Crisis(_) => Asked::Crisis,
        Finding::Tactics(_) => Asked::Tactics,
        Finding::Proactive(_) => Asked::Proactive,
        Finding::Waits(_) => Asked::Waits,
    }
}
