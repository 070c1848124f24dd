//! Which objectives a role serves, and what it does for them.

use super::above;
use super::card::{Aim, Deed, Rights};
use super::ground::Ground;
use crate::model::{
    ChannelId, From, Hours, LanguageId, LinkKind, Objective, Proactive, RoleId, Score, Topic,
    TopicId, load_of,
};

/// Work below this many hours a week does not count as serving.
const NOTHING: f64 = 1e-9;

/// The objectives in whose inquiries or mentions the role has a part.
///
/// Read off the graph by the traffic equations: the load that the objective's channels and topics alone
/// make at the role. A role to which nothing came in the run serves nothing.
pub(super) fn aims(ground: &Ground<'_>, role: RoleId, rights: &Rights) -> Vec<Aim> {
    let visited = ground.design().roles[role.index()].number("arrivals_per_hour").mean();
    let objectives = ground.model.objectives.iter().enumerate();
    objectives
        .filter_map(|(number, objective)| {
            let (deeds, share_of_work) = match objective.goal.measure.score {
                Score::Proactive => (listening(ground, role, objective), 0.0),
                _ if visited == Some(0.0) => return None,
                _ => answering(ground, role, rights, objective),
            };
            (!deeds.is_empty()).then(|| aim(ground, number, objective, deeds, share_of_work))
        })
        .collect()
}

fn aim(
    ground: &Ground<'_>,
    number: usize,
    objective: &Objective,
    deeds: Vec<Deed>,
    share_of_work: f64,
) -> Aim {
    let world = ground.world();
    let goal = &ground.result.goals[number];
    let scope = ground.design().scopes.get(goal.scope);
    let channel = |id: &ChannelId| world.channels[id.index()].name.clone();
    let topic = |id: &TopicId| world.topics[id.index()].name.clone();
    let language = |id: &LanguageId| world.languages[id.index()].clone();
    Aim {
        objective: objective.id.clone(),
        why: objective.why.clone(),
        serves: objective.serves.clone(),
        quantity: ground.result.quantities[goal.quantity],
        wanted: (objective.goal.value, objective.goal.at_least),
        channels: objective.channels.iter().map(channel).collect(),
        topics: objective.topics.iter().map(topic).collect(),
        languages: objective.languages.iter().map(language).collect(),
        deeds,
        share_of_work,
        value: scope.map(|scope| scope.measures[goal.quantity].clone()),
        met: goal.designs[0].map(|runs| (runs.met, runs.of)),
    }
}

/// Its part in the inquiries of an objective, and what share of its work for customers they make.
fn answering(
    ground: &Ground<'_>,
    role: RoleId,
    rights: &Rights,
    objective: &Objective,
) -> (Vec<Deed>, f64) {
    let counts = |channel: ChannelId, topic: TopicId, language: LanguageId| {
        let among_channels = objective.channels.is_empty() || objective.channels.contains(&channel);
        let in_one = objective.languages.is_empty() || objective.languages.contains(&language);
        let among_topics = objective.topics.is_empty() || objective.topics.contains(&topic);
        among_channels && in_one && among_topics
    };
    let model = &ground.model;
    let part = load_of(&model.world, &model.practice, ground.organization(), &counts);
    let hours = part.roles[role.index()].hours;
    let all = ground.load.roles[role.index()].hours.reactive();
    if NOTHING < all {
        let topics = (0..).map(TopicId).zip(&ground.world().topics);
        let excepted = |(id, topic): (TopicId, &Topic)| {
            (objective.topics.is_empty() || objective.topics.contains(&id))
                && 0.0 < topic.exceptions
        };
        let mut deeds = deeds(&hours);
        told_apart(&mut deeds, rights, topics.into_iter().any(excepted));
        return (deeds, hours.reactive() / all);
    }
    // Who only helps out is not in the equations: it does what those do whom it helps. Nor is who gets late drafts only.
    let helped = ground.organization().links().filter_map(|(from, to, link)| match from {
        From::Role(from) if to == role && matches!(link.kind, LinkKind::Overflow(_)) => Some(from),
        _ => None,
    });
    let mut all: Vec<Deed> =
        helped.flat_map(|desk| deeds(&part.roles[desk.index()].hours)).collect();
    all.retain(|deed| matches!(deed, Deed::Answers | Deed::Sorts));
    let late = above::late_from(ground, role).into_iter();
    if late.map(|reviewer| part.roles[reviewer.index()].hours).any(|of| NOTHING < of.approval) {
        all.push(Deed::Approves);
    }
    all.dedup();
    (all, 0.0)
}

/// What hours of work of each kind mean.
fn deeds(hours: &Hours) -> Vec<Deed> {
    let kinds = [
        (hours.answer, Deed::Answers),
        (hours.triage, Deed::Sorts),
        (hours.approval, Deed::Approves),
        (hours.consult_given, Deed::Advises),
    ];
    kinds.into_iter().filter(|(hours, _)| NOTHING < *hours).map(|(_, deed)| deed).collect()
}

/// Minutes of approving are for drafts, or for exceptions where there are any: what the role may do says which.
fn told_apart(deeds: &mut Vec<Deed>, rights: &Rights, excepted: bool) {
    let Some(at) = deeds.iter().position(|&deed| deed == Deed::Approves) else { return };
    if excepted && !rights.decides_for.is_empty() {
        deeds.insert(at + 1, Deed::Decides);
        if !rights.approves() {
            deeds.remove(at);
        }
    }
}

/// Whether it looks for the mentions of an objective.
fn listening(ground: &Ground<'_>, role: RoleId, objective: &Objective) -> Vec<Deed> {
    let organization = ground.organization();
    let works = matches!(organization.role(role).proactive, Proactive::WhenIdle(_));
    let hears = organization.links().any(|(from, to, link)| match from {
        From::Channel(channel) => {
            to == role
                && link.kind == LinkKind::Listen
                && (objective.channels.is_empty() || objective.channels.contains(&channel))
                && (objective.languages.is_empty()
                    || objective.languages.iter().any(|&language| link.filter.is_in(language)))
        }
        From::Role(_) => false,
    });
    if works && hears { vec![Deed::Listens] } else { Vec::new() }
}
