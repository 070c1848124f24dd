//! Section 2: how the model works.

use serde_json::{Map, Value};

use super::mechanisms::{Mechanisms, journey};
use super::prose::digits;
use super::{COMMENTS, Stating, items_of, prose};
use crate::draws::{Law, LawForm};
use crate::model::{Arrivals, Model, Stream, StreamKind};
use crate::present::document::{Block, Section};
use crate::present::{list, thousands};
use crate::scenario::Staffing;
use crate::sim::End;
use crate::units::{SimTime, counted};

/// Roles of a design that are listed one by one; of more, what `orgsim graph` is for.
const MOST_ROLES: usize = 200;

pub(super) fn sections(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Section> {
    let world = &of.scenario.model.world;
    vec![
        Section::new("2.1 Overview of the base model", links(of)),
        Section::new("2.2 Logic of the base model", journey(&of.scenario.model)),
        Section::new("2.3 Logic of scenarios", scenarios(of)),
        Section::new("2.4 Algorithms", algorithms(of)),
        Section::new("2.5.1 Entities", world.streams.iter().map(stream).map(Block::Item).collect()),
        Section::new("2.5.2 Activities", activities(of, root)),
        Section::new("2.5.3 Resources", resources(of)),
        Section::new("2.5.4 Queues", queues(of, root)),
        Section::new("2.5.5 Entry and exit", exits(&of.scenario.model)),
    ]
}

/// The graph of each design: links with what is said of them.
fn links(of: &Stating<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (design, network) in of.scenario.model.designs.iter().zip(of.networks) {
        let links = network.pointer("/graph/links").and_then(Value::as_array);
        let links = links.map_or(&[][..], Vec::as_slice);
        let roles = design.organization.role_count();
        let head = format!(
            "{}: {}, {}.",
            design.name,
            counted(roles, "role", "roles"),
            counted(links.len(), "link", "links")
        );
        if MOST_ROLES < roles {
            blocks.push(Block::Say(format!("{head} orgsim graph lists them.")));
            continue;
        }
        blocks.push(Block::Say(head));
        blocks.extend(links.iter().filter_map(link).map(Block::Item));
    }
    blocks
}

/// `route, hub → phones spoke: when unknown; matter: of phones`
fn link(link: &Value) -> Option<String> {
    let (kind, said) = link.as_object()?.iter().next()?;
    let said = said.as_object()?;
    let name = |key: &str| said.get(key).map(|of| prose::value(of, 1));
    let from = name("from").unwrap_or_else(|| "all channels".into());
    let to = name("to").unwrap_or_default();
    let rest = prose::entries(said, &["from", "to"]);
    let rest = if rest.is_empty() { rest } else { format!(": {rest}") };
    Some(format!("{kind}, {from} → {to}{rest}"))
}

fn scenarios(of: &Stating<'_>) -> Vec<Block> {
    let held = of.scenario.model.hold_equal;
    let cost = held.and_then(|held| held.cost_per_year).map(|_| "yearly cost");
    let heads = held.and_then(|held| held.headcount).map(|_| "people");
    let held: Vec<&str> = [cost, heads].into_iter().flatten().collect();
    let mut told = match of.scenario.model.designs.len() {
        1 => String::from("There is one design."),
        _ => String::from(
            "Designs differ in roles and links (2.1, 2.5.3) and in nothing else: the practice is the same, and what a customer brings is drawn alike for all of them. Who comes again, joins in or is moved to ask may depend on the design.",
        ),
    };
    if !held.is_empty() {
        told.push_str(&format!(" Held equal between them: {}.", list(&held)));
    }
    vec![Block::Say(told)]
}

fn algorithms(of: &Stating<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Say(
        "A case goes to whoever has been free longest among those who may take it, unless the role says otherwise; a person picks the most urgent class and in it who joined first, unless the role's discipline says otherwise (2.5.3).".into(),
    )];
    for (design, staffing) in of.scenario.model.designs.iter().zip(&of.scenario.staffing) {
        let split = match staffing {
            Staffing::AsStated => continue,
            Staffing::Balanced => {
                "people are split so that all are equally busy, for the cost held equal".into()
            }
            Staffing::ByLoad => {
                "people are split so that all are equally busy, for the money of the heads stated"
                    .into()
            }
            Staffing::Busy(share) => {
                format!("so many people that nobody is busier than {}%", digits(100.0 * share))
            }
        };
        blocks.push(Block::Item(format!("{}: {split}.", design.name)));
    }
    blocks
}

/// How a stream brings its customers.
fn stream(stream: &Stream) -> String {
    let what = match stream.kind {
        StreamKind::Inquiries => "inquiries",
        StreamKind::Mentions => "mentions",
    };
    let how = match &stream.arrivals {
        Arrivals::Poisson(rate) if rate.is_constant() => {
            format!("a Poisson process of {} an hour", digits(rate.per_hour))
        }
        Arrivals::Poisson(rate) => {
            let mut follows: Vec<String> = Vec::new();
            if rate.shape.is_some() {
                follows.push("follows the repeating profile of section 3.3".into());
            }
            if 0.0 < rate.day_cv {
                let cv = digits(rate.day_cv);
                follows.push(format!("is multiplied each day by a gamma factor of mean 1 and coefficient of variation {cv}"));
            }
            if rate.from != SimTime::ZERO || rate.until != SimTime::NEVER {
                follows.push("holds for the part of the run that section 3.3 names".into());
            }
            let follows: Vec<&str> = follows.iter().map(String::as_str).collect();
            let mean = rate.per_hour * rate.shape.as_ref().map_or(1.0, |shape| shape.mean());
            let mean = digits(mean);
            format!("a Poisson process of {mean} an hour on average, whose rate {}", list(&follows))
        }
        Arrivals::Every(gap) => format!("one every {gap}"),
        Arrivals::Recorded(rows) => {
            format!(
                "the {} recorded ones, replayed in every replication",
                thousands(rows.len() as f64)
            )
        }
        Arrivals::Renewal(gap) => format!("independent gaps, {}", law(gap)),
        Arrivals::Modulated(_) => {
            "a Poisson process at the rate of a state that changes by itself, as section 3.3 states"
                .into()
        }
        Arrivals::Members(members) => format!(
            "a population of {}, each of whom comes again after {}",
            members.count,
            law(&members.away)
        ),
        Arrivals::AtStart(count) => format!("{} at the beginning", thousands(*count as f64)),
    };
    let batches = stream.batches.as_ref().map_or(String::new(), |batches| {
        format!(", each a batch of {} on average", digits(batches.mean()))
    });
    let limit = stream.limit.map_or(String::new(), |limit| {
        format!("; the stream ends after {}", thousands(limit as f64))
    });
    format!("{} ({what}): {how}{batches}{limit}.", stream.name)
}

/// A law of times in words, its mean and its coefficient of variation.
fn law(law: &Law) -> String {
    let family = match law.form() {
        LawForm::Constant(_) => "constant",
        LawForm::Exponential(_) => "exponential",
        LawForm::Uniform(..) => "uniform",
        LawForm::Triangular(..) => "triangular",
        LawForm::Gamma(..) => "gamma",
        LawForm::Lognormal(..) => "lognormal",
        LawForm::Weibull(..) => "Weibull",
        LawForm::Pareto(..) => "Pareto",
        LawForm::Mixture(_) => "a mixture",
        LawForm::Values(_) => "values with shares",
        LawForm::Shifted(..) => "shifted",
        LawForm::Truncated(..) => "truncated",
    };
    let mean = digits(law.mean());
    match law.cv() {
        Some(cv) if 0.0 < cv => {
            format!("{family}, mean {mean} minutes, coefficient of variation {}", digits(cv))
        }
        Some(_) => format!("{family}, {mean} minutes"),
        None => format!("{family}, mean {mean} minutes, no finite variance"),
    }
}

fn activities(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Block> {
    if of.is_plain() {
        return vec![Block::Say("Service at a desk; its law stands with the role (2.5.3).".into())];
    }
    let model = &of.scenario.model;
    let does = Mechanisms::of(model);
    let mut blocks = vec![Block::Say("Hands-on time of an inquiry over all its replies:".into())];
    for topic in &model.world.topics {
        blocks.push(Block::Item(format!("{}: {}", topic.name, law(&topic.work))));
    }
    let practice = &model.practice;
    blocks.push(Block::Say("Pieces of work beside it:".into()));
    for (used, name, of) in [
        (does.triage, "triage", &practice.triage),
        (true, "recognizing a wrong desk or a duplicate", &practice.recognize),
        (does.consults, "putting a question to an expert", &practice.ask),
        (does.consults, "an expert's answer, unless the expert's own", &practice.consult),
        (does.approves, "a routine review", &practice.review),
        (does.approves, "a review that is always demanded", &practice.legal_review),
        (does.searches, "a search", &practice.search),
        (model.world.has_mentions(), "engaging with a mention", &practice.engage),
    ] {
        if used {
            blocks.push(Block::Item(format!("{name}: {}", law(of))));
        }
    }
    let stated = items_of(root.get("practice"));
    if !stated.is_empty() {
        blocks.push(Block::Say("Of the practice the file states:".into()));
        blocks.extend(stated.into_iter().map(Block::Item));
    }
    blocks
}

/// The roles of each design; those of which the same is said stand together.
fn resources(of: &Stating<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (design, network) in of.scenario.model.designs.iter().zip(of.networks) {
        let count = design.organization.role_count();
        if MOST_ROLES < count {
            blocks.push(Block::Say(format!(
                "{}: orgsim graph lists its {count} roles.",
                design.name
            )));
            continue;
        }
        blocks.push(Block::Say(format!("{}:", design.name)));
        let roles = network.pointer("/graph/roles").and_then(Value::as_object);
        let mut alike: Vec<(String, Vec<String>)> = Vec::new();
        for (name, role) in roles.into_iter().flatten() {
            let said = role.as_object().map_or(String::new(), |role| {
                prose::entries(role, &[&COMMENTS[..], &["unit"]].concat())
            });
            match alike.iter_mut().find(|(other, _)| *other == said) {
                Some((_, names)) => names.push(name.clone()),
                None => alike.push((said, vec![name.clone()])),
            }
        }
        blocks.extend(
            alike
                .into_iter()
                .map(|(said, names)| Block::Item(format!("{}: {said}", names.join(", ")))),
        );
    }
    blocks
}

fn queues(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Block> {
    let mut blocks = vec![Block::Say(
        "Each role has one line; its discipline, waiting room and further rules stand with the role (2.5.3), first come, first served and without a limit where nothing is said.".into(),
    )];
    let customers = root.get("customers").and_then(Value::as_object);
    let patience = customers.and_then(|customers| customers.get("behavior")?.get("patience"));
    blocks.push(Block::Say(
        match (patience, of.scenario.model.world.behavior.patience.is_some()) {
            (Some(stated), _) => format!("{}.", prose::entry("Patience", stated, 0)),
            (None, true) => "Patience is that of the defaults (3.4).".into(),
            (None, false) => "Nobody loses patience.".into(),
        },
    ));
    blocks
}

fn exits(model: &Model) -> Vec<Block> {
    let ends: Vec<&str> = End::ALL.iter().map(|end| end.label()).collect();
    let mentions = match model.world.has_mentions() {
        true => ", mentions are seen by the roles that listen",
        false => "",
    };
    vec![Block::Say(format!(
        "Inquiries enter by the intakes of section 2.1{mentions}, {} in all. Each inquiry ends in exactly one way ({}) or is still inside when the run ends; in every replication what came in is what ended and what is inside.",
        counted(model.world.streams.len(), "stream", "streams"),
        ends.join("; ")
    ))]
}
