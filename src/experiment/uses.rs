//! Which measures are about what a model does: those of a mechanism that nobody uses are not told.

use crate::model::{
    Desk, Link, MeasureId, Model, Overdue, Ownership, Role, Stream, StreamKind, Work,
};

/// Whether a measure is told of this model: it belongs to no mechanism of its own, or the mechanism is used, or
/// a goal is about it. In a plain network nobody replies, so that nothing is told of replies.
pub(super) fn is_told(model: &Model, id: MeasureId) -> bool {
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
        _ if !id.measure().is_of_service() && plain() => false,
        MeasureId::MentionsReached
        | MeasureId::MentionsReachedValue
        | MeasureId::MentionAgeMean => {
            let mentions = |stream: &Stream| stream.kind == StreamKind::Mentions;
            !plain() || model.world.streams.iter().any(mentions)
        }
        MeasureId::Deflected => some_desk(|desk| 0.0 < desk.brevity.deflects),
        MeasureId::MovedToPrivate => some_desk(|desk| 0.0 < desk.brevity.to_private),
        MeasureId::Reopened => behavior.dialogue.reopens.is_some(),
        MeasureId::MoodAtEnd | MeasureId::LeftWorse => model.world.mood.is_some(),
        MeasureId::Unwelcome => model.world.topics.iter().any(|topic| 0.0 < topic.minds),
        MeasureId::WentPublic => {
            0.0 < behavior.publicity.goes_public
                || segments.iter().any(|segment| segment.goes_public.is_some_and(|p| 0.0 < p))
        }
        MeasureId::Brought => {
            behavior.dialogue.induced.is_some()
                || behavior.publicity.crowd.is_some()
                || model.world.streams.iter().any(|stream| stream.crowd.is_some())
        }
        MeasureId::VendorFees => roles(|role| role.terms.is_some()),
        MeasureId::VendorPromises => {
            roles(|role| role.terms.is_some_and(|terms| terms.promise.is_some()))
        }
        MeasureId::HoldingReplies => links(|link| link.overdue == Overdue::HoldingReply),
        MeasureId::Collisions => links(|link| link.ownership != Ownership::OwnerOnly),
        MeasureId::Orphans => links(|link| link.ownership == Ownership::Nobody || 0.0 < link.loses),
        MeasureId::ExceptionsAbove | MeasureId::ExceptionsMended => {
            model.world.topics.iter().any(|topic| 0.0 < topic.exceptions)
        }
        MeasureId::AnsweredWithin
        | MeasureId::Answered
        | MeasureId::AnsweredInExpectedTime
        | MeasureId::FirstReplyMedian
        | MeasureId::FirstReplyP90
        | MeasureId::FirstReplyMean
        | MeasureId::GaveUp
        | MeasureId::SettledInConversation
        | MeasureId::SettledByFirstReply
        | MeasureId::Turns
        | MeasureId::TwoWayTurns
        | MeasureId::AnsweredTwice
        | MeasureId::WentQuiet
        | MeasureId::SamePerson
        | MeasureId::TimeToSettleMean
        | MeasureId::WrongAnswers
        | MeasureId::WrongDesk
        | MeasureId::HandOvers
        | MeasureId::BusiestRole
        | MeasureId::Coordination
        | MeasureId::Alignment
        | MeasureId::CostPerSettled => true,
    };
    used || model.objectives.iter().any(|objective| objective.goal.measure.id == id)
}
