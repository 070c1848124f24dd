//! What is tallied: which scopes, and within which times.

use std::collections::HashMap;

use super::quantity::{ALWAYS_WITHIN, Quantity};
use super::uses::is_told;
use crate::model::{
    ChannelId, LanguageId, MEASURES, Measure, Model, Objective, Score, SegmentId, TopicId, World,
};
use crate::sim::{Scope, Watch};
use crate::units::SimTime;

/// Most scopes a replication tallies. An inquiry costs by those it counts in; each of them takes memory and rows.
const MOST_SCOPES: usize = 1024;

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
    /// Those of a segment of the audience.
    Segment(SegmentId),
    /// Those in a language.
    Language(LanguageId),
    /// Those of a life-cycle stage, by its position among the world's stages.
    Stage(usize),
    /// Those on channels that everybody can read.
    Public,
    /// Those on channels that only the company can read.
    Private,
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
    /// Whether an objective measures proactive work, so that it serves one but for mentions that none asks for.
    pub(super) proactive_serves: bool,
}

/// Whether the model is a plain queueing network: no role is a desk that answers customers.
pub fn is_plain(model: &Model) -> bool {
    model.designs.iter().all(|design| design.organization.only_serves())
}

/// What every replication of the model tallies beyond what is always tallied.
pub fn watch(model: &Model) -> Watch {
    Watching::of(model).watch
}

impl Watching {
    pub(super) fn of(model: &Model) -> Watching {
        let plain = is_plain(model);
        let mut scopes = Scopes::new();
        let scope_of_objective: Vec<usize> =
            (0..).zip(&model.objectives).map(|(i, of)| scopes.of_objective(i, of)).collect();
        if !plain {
            for (of, name, scope) in rows(&model.world) {
                scopes.add_row(of, name, scope);
            }
        }
        let reply_within = reply_within(model);
        let quantities = quantities(model, &reply_within);
        let quantity_of_objective = quantity_of_objective(model, &quantities);
        let proactive = |objective: &Objective| objective.goal.measure.score == Score::Proactive;
        let scopes_of = |wanted: &dyn Fn(&Objective) -> bool| {
            let all = scope_of_objective.iter().zip(&model.objectives);
            let some = all.filter(|(_, objective)| wanted(objective));
            let mut scopes: Vec<u32> = some.map(|(&scope, _)| scope as u32).collect();
            scopes.sort_unstable();
            scopes.dedup();
            scopes
        };
        let watch = Watch {
            serving: scopes_of(&|objective| !plain && !proactive(objective)),
            serving_mentions: scopes_of(&proactive),
            scopes: scopes.tallied,
            reply_within,
            backlog: !plain,
            path: None,
        };
        Watching {
            watch,
            scopes: scopes.named,
            quantities,
            scope_of_objective,
            quantity_of_objective,
            left_out: scopes.left_out,
            proactive_serves: model.objectives.iter().any(proactive),
        }
    }
}

/// The scopes that are tallied, each with its name, as they are gathered.
struct Scopes {
    named: Vec<ScopeName>,
    tallied: Vec<Scope>,
    /// Where that of all, and those of objectives, stand.
    known: HashMap<Scope, usize>,
    left_out: usize,
}

impl Scopes {
    /// That of all.
    fn new() -> Scopes {
        Scopes {
            named: vec![ScopeName { of: ScopeOf::All, name: "all".into() }],
            tallied: vec![Scope::default()],
            known: HashMap::from([(Scope::default(), 0)]),
            left_out: 0,
        }
    }

    /// The position of an objective's scope, which objectives about the same inquiries share; of all where there is
    /// no room for its own.
    fn of_objective(&mut self, i: usize, objective: &Objective) -> usize {
        let Objective { channels, topics, segments, languages, .. } = objective.clone();
        let scope = Scope { channels, topics, segments, languages };
        *self.known.entry(scope).or_insert_with_key(|scope| {
            if self.tallied.len() == MOST_SCOPES {
                return 0;
            }
            let name = objective.id.clone();
            self.named.push(ScopeName { of: ScopeOf::Objective(i), name });
            self.tallied.push(scope.clone());
            self.tallied.len() - 1
        })
    }

    /// One that is told whatever the objectives are, if there is room for it.
    fn add_row(&mut self, of: ScopeOf, name: String, scope: Scope) {
        if self.tallied.len() < MOST_SCOPES {
            self.named.push(ScopeName { of, name });
            self.tallied.push(scope);
        } else {
            self.left_out += 1;
        }
    }
}

/// The times within which replies are counted: the usual ones and those of goals, shortest first.
fn reply_within(model: &Model) -> Vec<SimTime> {
    let mut times = vec![ALWAYS_WITHIN];
    for within in model.objectives.iter().filter_map(|objective| objective.goal.within) {
        if !times.contains(&within) {
            times.push(within);
        }
    }
    times.sort();
    times
}

/// What is told of this model, in the order of the table of measures; what takes a time once for each of them.
fn quantities(model: &Model, reply_within: &[SimTime]) -> Vec<Quantity> {
    let of = |measure: &'static Measure| {
        let times: Vec<Option<SimTime>> = match measure.takes_duration {
            true => reply_within.iter().copied().map(Some).collect(),
            false => vec![None],
        };
        times.into_iter().map(move |within| Quantity { measure, within })
    };
    MEASURES.iter().filter(|measure| is_told(model, measure.id)).flat_map(of).collect()
}

/// By objective: where the quantity that its goal is about stands.
fn quantity_of_objective(model: &Model, quantities: &[Quantity]) -> Vec<usize> {
    let at = |objective: &Objective| {
        let goal = &objective.goal;
        let wanted = Quantity { measure: goal.measure, within: goal.within };
        let found = quantities.iter().position(|of| *of == wanted);
        found.expect("every goal's measure is in the table")
    };
    model.objectives.iter().map(at).collect()
}

/// The scopes in which every organization of desks is told: channels, topics, segments, languages and stages of
/// the life cycle, and public channels apart from private ones, where there are both.
fn rows(world: &World) -> Vec<(ScopeOf, String, Scope)> {
    let channels = (0..).map(ChannelId).zip(&world.channels).map(|(id, channel)| {
        let scope = Scope { channels: vec![id], ..Scope::default() };
        (ScopeOf::Channel(id), channel.name.clone(), scope)
    });
    let topics = (0..).map(TopicId).zip(&world.topics).map(|(id, topic)| {
        let scope = Scope { topics: vec![id], ..Scope::default() };
        (ScopeOf::Topic(id), topic.name.clone(), scope)
    });
    let segments = (0..).map(SegmentId).zip(&world.audience.segments).map(|(id, segment)| {
        let scope = Scope { segments: vec![id], ..Scope::default() };
        (ScopeOf::Segment(id), segment.name.clone(), scope)
    });
    let stages = world.stages().into_iter().enumerate().map(|(i, stage)| {
        let scope = Scope { topics: world.topics_of_stage(stage), ..Scope::default() };
        (ScopeOf::Stage(i), stage.to_owned(), scope)
    });
    let kinds =
        [(ScopeOf::Public, "public channels", false), (ScopeOf::Private, "private channels", true)];
    let of_kind = |private: bool| -> Vec<ChannelId> {
        let channels = (0..).map(ChannelId).zip(&world.channels);
        channels.filter(|(_, channel)| channel.private == private).map(|(id, _)| id).collect()
    };
    let both = kinds.iter().all(|&(_, _, private)| !of_kind(private).is_empty());
    let kinds = kinds.iter().filter(|_| both).map(|&(of, name, private)| {
        (of, name.to_owned(), Scope { channels: of_kind(private), ..Scope::default() })
    });
    let languages = (0..).map(LanguageId).zip(&world.languages).map(|(id, name)| {
        let scope = Scope { languages: vec![id], ..Scope::default() };
        (ScopeOf::Language(id), name.clone(), scope)
    });
    let world_rows = channels.chain(topics).chain(segments);
    world_rows.chain(languages).chain(stages).chain(kinds).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::model_of_desks;
    use std::sync::Arc;

    #[test]
    fn stages_and_kinds_of_channel_have_rows_where_there_are_some() {
        let mut model = model_of_desks(6.0);
        let kinds = |model: &Model| -> Vec<(ScopeOf, String)> {
            let watching = Watching::of(model);
            let names = watching.scopes.into_iter().map(|scope| (scope.of, scope.name));
            names
                .filter(|(of, _)| {
                    matches!(of, ScopeOf::Stage(_) | ScopeOf::Public | ScopeOf::Private)
                })
                .collect()
        };
        assert_eq!(kinds(&model), []);
        let world = Arc::make_mut(&mut model.world);
        world.topics[1].stage = Some("engage".into());
        world.channels[0].private = true;
        let engage = (ScopeOf::Stage(0), "engage".to_owned());
        let public = (ScopeOf::Public, "public channels".to_owned());
        let private = (ScopeOf::Private, "private channels".to_owned());
        assert_eq!(kinds(&model), [engage, public, private]);
    }

    #[test]
    fn many_channels_are_all_told() {
        let mut model = model_of_desks(6.0);
        let world = Arc::make_mut(&mut model.world);
        let first = world.channels[0].clone();
        world.channels = (0..100)
            .map(|i| crate::model::Channel { name: format!("c{i}"), ..first.clone() })
            .collect();
        let watching = Watching::of(&model);
        assert_eq!((watching.left_out, watching.scopes.len()), (0, watching.watch.scopes.len()));
        assert!(100 < watching.scopes.len());
    }
}
