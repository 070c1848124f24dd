//! `orgsim check`: what is wrong with a scenario, or what it means.

use serde_json::{Value, json};

use crate::cli::arguments::{Check, Format};
use crate::cli::check_text::{defaults_text, text};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::terminal::{Terminal, errors_in_color};
use crate::model::{
    Design, LanguageId, Load, Model, Readers, RoleLoad, Structure, TopicId, World, load, readers,
    staying, structure_over,
};
use crate::present::outline_json;
use crate::scenario::{Range, render, render_json};
use crate::study::{Foretold, ForetoldClass, foretell};

/// One design as the traffic equations and its graph tell it.
#[derive(Debug)]
pub(super) struct Looked<'a> {
    /// The design.
    pub(super) design: &'a Design,
    /// Who gets how much work.
    pub(super) load: Load,
    /// Its shape.
    pub(super) structure: Structure,
    /// What theory says of each role, where it is simple enough.
    pub(super) theory: Vec<Option<Foretold>>,
    /// By role: whom the languages that they alone read keep busiest.
    pub(super) readers: Vec<Option<Readers>>,
    /// By role: the share of its people's time that is asked for by work that stays there.
    pub(super) staying: Vec<Option<f64>>,
}

impl Looked<'_> {
    /// The share of its people's time that a role has work for. Where only a limited number of customers come, how often
    /// they do depends on how soon they are served: then it is what theory says, if it does.
    pub(super) fn busy(&self, world: &World, load: &RoleLoad) -> Option<f64> {
        let closed = world.streams.iter().any(|stream| stream.arrivals.is_closed());
        if closed && load.visits_per_hour <= 0.0 {
            return self.theory[load.role.index()].as_ref().and_then(|told| told.utilization);
        }
        load.utilization()
    }
}

/// Read a scenario and say what it means.
pub(super) fn check(arguments: &Check, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let (overlaid, most) = (&arguments.overlaid, arguments.max_file_bytes);
    let opened = Opened::read(&arguments.scenario, overlaid, most, Some(terminal))?;
    let model = &opened.scenario.model;
    let looked: Vec<Looked<'_>> = model.designs.iter().map(|design| look(model, design)).collect();
    let findings = &opened.scenario.warnings;
    match arguments.format {
        Format::Json => {
            let document = document(&opened, &looked, render_json(&opened.source, findings));
            terminal.data(&format!("{document:#}\n"))?;
        }
        Format::Text => {
            if !findings.is_empty() {
                terminal.remark_styled(&render(&opened.source, findings, errors_in_color()));
            }
            terminal.say(&text(&opened, &looked, findings.len()))?;
            if arguments.defaults {
                terminal.say(&defaults_text(&opened.scenario))?;
            }
        }
    }
    Ok(Exit::Done)
}

/// A design as `check` tells it.
pub(super) fn look<'a>(model: &Model, design: &'a Design) -> Looked<'a> {
    let (world, practice, organization) = (&model.world, &model.practice, &design.organization);
    let load = load(world, practice, organization);
    let stays = |(id, _)| staying(world, practice, organization, &load, id);
    Looked {
        design,
        theory: foretell(model, organization, &load),
        readers: readers(world, practice, organization),
        staying: organization.roles().map(stays).collect(),
        load,
        structure: structure_over(world, practice, organization, model.study.weeks()),
    }
}

fn document(opened: &Opened, looked: &[Looked<'_>], findings: Value) -> Value {
    let scenario = &opened.scenario;
    let channels: Vec<Value> = scenario
        .audit
        .iter()
        .map(|audit| {
            json!({
                "channel": audit.channel, "serves": audit.serves, "because": audit.because,
                "shares_people_with": audit.shares_people_with, "measured_by": audit.measured_by,
            })
        })
        .collect();
    let strategy: Vec<Value> = scenario
        .strategy
        .iter()
        .map(|of| json!({ "id": of.id, "depth": of.depth, "why": of.why, "goal": of.goal }))
        .collect();
    let defaults: Vec<Value> = scenario
        .defaults_used
        .iter()
        .map(|default| {
            let value: Value = serde_json::from_str(default.value).unwrap_or(Value::Null);
            json!({ "key": default.key, "value": value, "meaning": default.meaning, "source": default.source })
        })
        .collect();
    let depends: Vec<Value> = scenario
        .depends
        .iter()
        .map(|depends| {
            let (ends, values) = match &depends.range {
                Range::Between(track) => (Some(track.ends()), None),
                Range::OneOf(values) => (None, Some(values)),
            };
            json!({
                "what": depends.what,
                "from": ends.map(|ends| ends.0),
                "to": ends.map(|ends| ends.1),
                "try": values,
                "yours": depends.yours,
                "source": depends.source,
            })
        })
        .collect();
    json!({
        "orgsim": env!("CARGO_PKG_VERSION"),
        "scenario": scenario.title,
        "sha256": scenario.hash,
        "question": scenario.question,
        "problems": findings,
        "designs": looked.iter().map(|looked| design_json(opened, looked)).collect::<Vec<_>>(),
        "strategy": strategy,
        "channels": channels,
        "logs": opened.reports,
        "it_depends_on": depends,
        "defaults": defaults,
    })
}

fn design_json(opened: &Opened, looked: &Looked<'_>) -> Value {
    let world = &opened.scenario.model.world;
    let organization = &looked.design.organization;
    let told = looked.theory.iter().zip(&looked.readers);
    let roles: Vec<Value> = looked
        .load
        .roles
        .iter()
        .zip(told)
        .map(|(role, (theory, readers))| {
            let mut json = role_json(world, looked, role);
            json["theory"] = theory.as_ref().map_or(Value::Null, |told| theory_json(world, told));
            if let Some(group) = readers {
                let language = |id: &LanguageId| &world.languages[id.index()];
                json["busiest_readers"] = json!({
                    "languages": group.languages.iter().map(language).collect::<Vec<_>>(),
                    "persons": group.persons,
                    "utilization_at_least": group.utilization,
                });
            }
            json
        })
        .collect();
    let streams: Vec<Value> = looked
        .load
        .streams
        .iter()
        .map(|stream| json!({ "stream": stream.name, "per_week": stream.per_week, "left_out": stream.left_out }))
        .collect();
    let journey = &looked.load.journey;
    json!({
        "design": looked.design.name,
        "cost_per_year": looked.design.cost_per_year,
        "headcount": looked.design.headcount,
        "streams": streams,
        "roles": roles,
        "per_week": {
            "inquiries": journey.inquiries, "mentions": journey.mentions, "first_replies": journey.first_replies,
            "replies": journey.replies, "hand_offs": journey.hand_offs, "wrong_desk": journey.wrong_desk,
            "lost": journey.lost, "no_intake": journey.no_intake,
        },
        "structure": outline_json(&looked.structure.outline(world, organization)),
    })
}

/// What comes to a role, and what that takes of its people's time.
fn role_json(world: &World, looked: &Looked<'_>, role: &RoleLoad) -> Value {
    let by_kind = role.hours.by_kind();
    let hours = by_kind.iter().map(|(kind, hours)| ((*kind).to_owned(), json!(hours)));
    let hours: serde_json::Map<String, Value> = hours.collect();
    json!({
        "role": role.name,
        "from_channels_per_hour": role.external_per_hour,
        "visits_per_hour": role.visits_per_hour,
        "minutes_per_visit": role.minutes_per_visit,
        "offered_load_erlangs": role.erlangs(),
        "utilization": looked.busy(world, role).filter(|share| share.is_finite()),
        "present": role.present(),
        "scheduled_hours_per_week": role.scheduled_hours,
        "open_hours_per_week": role.open_hours,
        "hours_per_week": hours,
    })
}

/// What theory foretells of a role.
fn theory_json(world: &World, told: &Foretold) -> Value {
    let topic = |id: &TopicId| &world.topics[id.index()].name;
    let class = |class: &ForetoldClass| {
        json!({
            "topics": class.topics.iter().map(topic).collect::<Vec<_>>(),
            "wait_mean_minutes": class.wait_mean,
            "wait_positive": class.wait_positive,
            "number_mean": class.number_mean,
        })
    };
    json!({
        "model": told.model,
        "wait_mean_minutes": told.wait_mean,
        "wait_positive": told.wait_positive,
        "queue_mean": told.queue_mean,
        "number_mean": told.number_mean,
        "utilization": told.utilization,
        "rejected": told.rejected,
        "abandoned": told.abandoned,
        "classes": told.classes.iter().map(class).collect::<Vec<_>>(),
    })
}
