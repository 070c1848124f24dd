//! Objectives and their goals.

use super::cursor::Cursor;
use super::keys::OBJECTIVE;
use super::names::{fold, quote, suggestion};
use super::scope::Scope;
use super::text::goal;
use crate::model::{Objective, TopicId, World};

/// Read the objectives, in their order of priority.
pub(super) fn objectives(
    cursor: &Cursor<'_>,
    world: &World,
    scope: &Scope,
    text: &str,
) -> Vec<Objective> {
    let mut objectives: Vec<Objective> = Vec::new();
    let mut places: Vec<(String, usize)> = Vec::new();
    for item in cursor.items().unwrap_or_default() {
        let Some(objective) = objective(&item, world, scope) else { continue };
        if let Some((_, first)) = places.iter().find(|(id, _)| *id == objective.id) {
            let (line, column) = super::tree::line_and_column(text, *first);
            let at =
                item.object(&OBJECTIVE).and_then(|of| of.get("id")).unwrap_or_else(|| item.clone());
            at.fail_with_help(
                "duplicate-name",
                format!("{} is the id of two objectives", quote(&objective.id)),
                format!("the first begins on line {line}, column {column}; rename one of them"),
            );
        } else if let Some((other, _)) =
            places.iter().find(|(id, _)| fold(id) == fold(&objective.id))
        {
            item.warn(
                "look-alike-names",
                format!("{} looks like {}", quote(&objective.id), quote(other)),
                "they are two different names; rename one of them",
            );
        }
        places.push((objective.id.clone(), item.node.range.start));
        objectives.push(objective);
    }
    objectives
}

fn objective(cursor: &Cursor<'_>, world: &World, scope: &Scope) -> Option<Objective> {
    let of = cursor.object(&OBJECTIVE)?;
    let id = of.need("id").and_then(|id| id.name().map(String::from));
    let goal = of.need("goal").and_then(|at| {
        let read = at.read("a goal such as `answered within 6h >= 60%`", goal)?;
        Some(read)
    });
    let channels = scope.channels(of.get("channels"));
    let mut topics = scope.topics(of.get("topics"));
    for item in of.get("stages").and_then(|list| list.items()).into_iter().flatten() {
        let Some(stage) = item.text() else { continue };
        let of_stage: Vec<TopicId> = world
            .topics
            .iter()
            .enumerate()
            .filter(|(_, topic)| topic.stage.as_deref() == Some(stage))
            .map(|(i, _)| TopicId(i as u32))
            .collect();
        if of_stage.is_empty() {
            let known: Vec<&str> =
                world.topics.iter().filter_map(|topic| topic.stage.as_deref()).collect();
            let help = suggestion(stage, &known)
                .unwrap_or_else(|| "state a `life_cycle` at the topics".into());
            item.fail_with_help(
                "unknown-stage",
                format!("no topic is of the stage {}", quote(stage)),
                help,
            );
        }
        topics.extend(of_stage);
    }
    topics.sort_unstable();
    topics.dedup();
    let mut segments = scope.segments(of.get("segments"));
    segments.sort_unstable();
    segments.dedup();
    let why = of.get("why").and_then(|why| why.text().map(String::from));
    Some(Objective { id: id?, why, goal: goal?, channels, topics, segments })
}
