//! Which measures are about what a model does: those of a mechanism that nobody uses are not told.

use crate::model::{
    Desk, Link, Model, Overdue, Ownership, Role, Stream, StreamKind, Work, measure,
};

/// Whether a measure is told of this model: it belongs to no mechanism of its own, or the mechanism is used, or
/// a goal is about it. In a plain network nobody replies, so that nothing is told of replies.
pub(super) fn is_told(model: &Model, id: &str) -> bool {
    let some_desk = |is: fn(&Desk) -> bool| {
        model.designs.iter().any(|design| {
            let mut roles = design.organization.roles();
            roles.any(|(_, role)| matches!(&role.work, Work::Desk(desk) if is(desk)))
        })
    };
    let links = |is: fn(&Link) -> bool| {
        model.designs.iter().any(|design| design.organization.links().any(|(_, _, link)| is(link)))
    };
    let roles = |is: fn(&Role) -> bool| {
        model.designs.iter().any(|design| design.organization.roles().any(|(_, role)| is(role)))
    };
    let behavior = &model.world.behavior;
    let segments = &model.world.audience.segments;
    let plain = || model.designs.iter().all(|design| design.organization.only_serves());
    let used = match id {
        id if measure(id).is_some_and(|of| !of.is_of_service()) && plain() => false,
        "mentions_reached" | "mentions_reached_value" | "mention_age_mean" => {
            let mentions = |stream: &Stream| stream.kind == StreamKind::Mentions;
            !plain() || model.world.streams.iter().any(mentions)
        }
        "deflected" => some_desk(|desk| 0.0 < desk.brevity.deflects),
        "moved_to_private" => some_desk(|desk| 0.0 < desk.brevity.to_private),
        "reopened" => behavior.dialogue.reopens.is_some(),
        "mood_at_end" | "left_worse" => model.world.mood.is_some(),
        "unwelcome" => model.world.topics.iter().any(|topic| 0.0 < topic.minds),
        "went_public" => {
            0.0 < behavior.publicity.goes_public
                || segments.iter().any(|segment| segment.goes_public.is_some_and(|p| 0.0 < p))
        }
        "brought" => {
            behavior.dialogue.induced.is_some()
                || behavior.publicity.crowd.is_some()
                || model.world.streams.iter().any(|stream| stream.crowd.is_some())
        }
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
    used || model.objectives.iter().any(|objective| objective.goal.measure.id == id)
}
