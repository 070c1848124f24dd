//! What is tallied: which scopes, and within which times.

use std::collections::HashMap;

use super::quantity::Quantity;
use crate::model::{
    ChannelId, Link, MEASURES, Model, Objective, Overdue, Ownership, Role, Score, TopicId, Work,
};
use crate::sim::{Scope, Watch};
use crate::units::SimTime;

/// Most scopes a replication tallies.
const MOST_SCOPES: usize = 64;

/// Which inquiries a scope holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeOf {
    /// All.
    All,
    /// Those of an objective, by its position.
    Objective(usize),
    /// Those of a channel.
    Channel(ChannelId),
    /// Those of a topic.
    Topic(TopicId),
}

/// A scope with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeName {
    /// Which inquiries.
    pub of: ScopeOf,
    /// The author's word, `all` for all.
    pub name: String,
}

/// What is watched in every replication, and where goals find their numbers.
#[derive(Debug)]
pub(super) struct Watching {
    pub(super) watch: Watch,
    pub(super) scopes: Vec<ScopeName>,
    pub(super) quantities: Vec<Quantity>,
    /// By objective: position of its scope.
    pub(super) scope_of_objective: Vec<usize>,
    /// By objective: position of its quantity.
    pub(super) quantity_of_objective: Vec<usize>,
    /// Scopes that were asked for and are not tallied, because there are too many.
    pub(super) left_out: usize,
    /// Whether an objective measures proactive work, so that all of it serves one.
    pub(super) proactive_serves: bool,
}

/// Whether the model is a plain queueing network: no role is a desk that answers customers.
pub fn is_plain(model: &Model) -> bool {
    let serves = |design: &crate::model::Design| {
        design.organization.roles().all(|(_, role)| matches!(role.work, Work::Serve { .. }))
    };
    model.designs.iter().all(serves)
}

impl Watching {
    pub(super) fn of(model: &Model) -> Watching {
        let mut scopes = vec![ScopeName { of: ScopeOf::All, name: "all".into() }];
        let mut tallied = vec![Scope::default()];
        let mut known: HashMap<(Vec<ChannelId>, Vec<TopicId>), usize> = HashMap::new();
        known.insert((Vec::new(), Vec::new()), 0);
        let scope_of_objective: Vec<usize> = (0..)
            .zip(&model.objectives)
            .map(|(i, objective)| {
                let key = (objective.channels.clone(), objective.topics.clone());
                *known.entry(key).or_insert_with_key(|(channels, topics)| {
                    if tallied.len() == MOST_SCOPES {
                        return 0;
                    }
                    let name = objective.id.clone();
                    scopes.push(ScopeName { of: ScopeOf::Objective(i), name });
                    tallied.push(Scope { channels: channels.clone(), topics: topics.clone() });
                    tallied.len() - 1
                })
            })
            .collect();
        let mut left_out = 0;
        if !is_plain(model) {
            let mut add = |of, name: &str, scope| {
                if tallied.len() < MOST_SCOPES {
                    scopes.push(ScopeName { of, name: name.into() });
                    tallied.push(scope);
                } else {
                    left_out += 1;
                }
            };
            for (id, channel) in (0..).map(ChannelId).zip(&model.world.channels) {
                let scope = Scope { channels: vec![id], topics: Vec::new() };
                add(ScopeOf::Channel(id), &channel.name, scope);
            }
            for (id, topic) in (0..).map(TopicId).zip(&model.world.topics) {
                let scope = Scope { channels: Vec::new(), topics: vec![id] };
                add(ScopeOf::Topic(id), &topic.name, scope);
            }
        }
        let mut reply_within = vec![SimTime::HOUR];
        for within in model.objectives.iter().filter_map(|objective| objective.goal.within) {
            if !reply_within.contains(&within) {
                reply_within.push(within);
            }
        }
        reply_within.sort();
        let quantities: Vec<Quantity> = MEASURES
            .iter()
            .filter(|measure| in_use(measure.id, model))
            .flat_map(|measure| {
                let durations: Vec<Option<SimTime>> = if measure.takes_duration {
                    reply_within.iter().copied().map(Some).collect()
                } else {
                    vec![None]
                };
                durations.into_iter().map(move |within| Quantity { measure, within })
            })
            .collect();
        let quantity_of_objective = model
            .objectives
            .iter()
            .map(|objective| {
                let goal = &objective.goal;
                let wanted = Quantity { measure: goal.measure, within: goal.within };
                let same = |quantity: &Quantity| {
                    quantity.measure.id == wanted.measure.id && quantity.within == wanted.within
                };
                quantities.iter().position(same).expect("every goal's measure is in the table")
            })
            .collect();
        let plain = is_plain(model);
        let proactive = |objective: &Objective| objective.goal.measure.score == Score::Proactive;
        let serving = scope_of_objective.iter().zip(&model.objectives);
        let serving = serving.filter(|(_, objective)| !plain && !proactive(objective));
        let serving = serving.fold(0, |bits: u64, (&scope, _)| bits | 1 << scope);
        let watch = Watch { scopes: tallied, reply_within, backlog: !plain, serving };
        Watching {
            watch,
            scopes,
            quantities,
            scope_of_objective,
            quantity_of_objective,
            left_out,
            proactive_serves: model.objectives.iter().any(proactive),
        }
    }
}

/// Whether a measure of something that few scenarios have can be anything but empty, or is asked for by a goal.
fn in_use(measure: &str, model: &Model) -> bool {
    let links = |is: fn(&Link) -> bool| {
        model.designs.iter().any(|design| design.organization.links().any(|(_, _, link)| is(link)))
    };
    let roles = |is: fn(&Role) -> bool| {
        model.designs.iter().any(|design| design.organization.roles().any(|(_, role)| is(role)))
    };
    let some = match measure {
        "vendor_fees" => roles(|role| role.terms.is_some()),
        "vendor_promises" => roles(|role| role.terms.is_some_and(|terms| terms.promise.is_some())),
        "holding_replies" => links(|link| link.overdue == Overdue::HoldingReply),
        "collisions" => links(|link| link.ownership != Ownership::OwnerOnly),
        "orphans" => links(|link| link.ownership == Ownership::Nobody || 0.0 < link.loses),
        "exceptions_above" | "exceptions_mended" => {
            model.world.topics.iter().any(|topic| 0.0 < topic.exceptions)
        }
        _ => true,
    };
    some || model.objectives.iter().any(|objective| objective.goal.measure.id == measure)
}
