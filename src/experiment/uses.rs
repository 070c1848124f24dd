//! Which measures are about what a model does: those of a mechanism that nobody uses are not told.

use super::watching::is_plain;
use crate::model::{Desk, Link, MeasureId, Model, Overdue, Ownership, Role, Work};

/// Whether a measure is told of this model: it belongs to no mechanism of its own, or the mechanism is used, or
/// a goal is about it. In a plain network nobody replies, so that nothing is told of replies.
pub(super) fn is_told(model: &Model, id: MeasureId) -> bool {
    let replies_missing = !id.measure().is_of_service() && is_plain(model);
    let is_goal = || model.objectives.iter().any(|objective| objective.goal.measure.id == id);
    (!replies_missing && is_used(model, id)) || is_goal()
}

/// Whether a measure belongs to no mechanism of its own, or the mechanism is used.
fn is_used(model: &Model, id: MeasureId) -> bool {
    match id {
        MeasureId::MentionsReached
        | MeasureId::MentionsReachedValue
        | MeasureId::MentionAgeMean => !is_plain(model) || model.world.has_mentions(),
        MeasureId::Deflected => any_desk(model, |desk| 0.0 < desk.brevity.deflects),
        MeasureId::MovedToPrivate => any_desk(model, |desk| 0.0 < desk.brevity.to_private),
        MeasureId::Reopened => model.world.behavior.dialogue.reopens.is_some(),
        MeasureId::MoodAtEnd | MeasureId::LeftWorse => model.world.mood.is_some(),
        MeasureId::Unwelcome => model.world.topics.iter().any(|topic| 0.0 < topic.minds),
        MeasureId::WentPublic => somebody_goes_public(model),
        MeasureId::Brought => inquiries_bring_more(model),
        MeasureId::VendorFees => any_role(model, |role| role.terms.is_some()),
        MeasureId::VendorPromises => {
            any_role(model, |role| role.terms.is_some_and(|terms| terms.promise.is_some()))
        }
        MeasureId::HoldingReplies => any_link(model, |link| link.overdue == Overdue::HoldingReply),
        MeasureId::Collisions => any_link(model, |link| link.ownership != Ownership::OwnerOnly),
        MeasureId::Orphans => {
            any_link(model, |link| link.ownership == Ownership::Nobody || 0.0 < link.loses)
        }
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
    }
}

/// Whether some customers go public.
fn somebody_goes_public(model: &Model) -> bool {
    let mut segments = model.world.audience.segments.iter();
    0.0 < model.world.behavior.publicity.goes_public
        || segments.any(|segment| segment.goes_public.is_some_and(|share| 0.0 < share))
}

/// Whether answers or posts bring more inquiries.
fn inquiries_bring_more(model: &Model) -> bool {
    let behavior = &model.world.behavior;
    behavior.dialogue.induced.is_some()
        || behavior.publicity.crowd.is_some()
        || model.world.streams.iter().any(|stream| stream.crowd.is_some())
}

/// Whether some desk of some design is so.
fn any_desk(model: &Model, is: fn(&Desk) -> bool) -> bool {
    model.designs.iter().any(|design| {
        let mut roles = design.organization.roles();
        roles.any(|(_, role)| matches!(&role.work, Work::Desk(desk) if is(desk)))
    })
}

/// Whether some role of some design is so.
fn any_role(model: &Model, is: fn(&Role) -> bool) -> bool {
    model.designs.iter().any(|design| design.organization.roles().any(|(_, role)| is(role)))
}

/// Whether some link of some design is so.
fn any_link(model: &Model, is: fn(&Link) -> bool) -> bool {
    model.designs.iter().any(|design| design.organization.links().any(|(_, _, link)| is(link)))
}
