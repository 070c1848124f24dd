//! Customers who go public, and others who join in.

use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::keys::CROWD;
use super::names::quote;
use super::shares::percent;
use crate::draws::Law;
use crate::model::{Crowd, Publicity, StreamKind, World};

/// Largest factor by which a reply changes how many join in.
const LARGEST_FACTOR: f64 = 10.0;

/// What customers do who wait in vain.
pub(super) fn publicity(of: &Object<'_>, deadline: Option<&Law>) -> Option<Publicity> {
    let goes_public = match of.get("goes_public") {
        None => 0.0,
        Some(at) => {
            let share = percent(&at)?;
            if 0.0 < share && deadline.is_none() {
                at.fail_with_help(
                    "no-effect",
                    "`goes_public` has no effect where nobody expects a reply by any time",
                    "state `expect_reply_within`, or leave this out",
                );
                return None;
            }
            share
        }
    };
    let crowd = match of.get("crowd") {
        None => None,
        Some(at) => Some(crowd(&at)?),
    };
    Some(Publicity { goes_public, crowd })
}

/// Others whom a post draws in: a branching ratio, and what a reply does to it.
pub(super) fn crowd(cursor: &Cursor<'_>) -> Option<Crowd> {
    let of = cursor.object(&CROWD)?;
    let branching = of.need("branching").and_then(|at| at.number(0.0, 1e6));
    let calmed = match of.get("calmed_by_reply") {
        None => Some(1.0),
        Some(at) => at.number(0.0, LARGEST_FACTOR),
    };
    let length = |key: &'static str, default: &'static str| positive(&of.or_default(key, default));
    if calmed == Some(1.0)
        && let Some(at) = of.get("reply_within")
    {
        at.fail_with_help(
            "no-effect",
            "`reply_within` has no effect: a reply calms nobody",
            "state `calmed_by_reply`, or leave this out",
        );
        return None;
    }
    let reply_within = length("reply_within", "customers.behavior.crowd.reply_within");
    let forget_after = length("forget_after", "customers.behavior.crowd.forget_after");
    let (branching, calmed) = (branching?, calmed?);
    if 1.0 <= branching * calmed.max(1.0) {
        let at = of.get("branching")?;
        let most = match calmed <= 1.0 {
            true => String::new(),
            false => format!(", {calmed} times as many after a reply"),
        };
        at.fail_with_help(
            "endless-crowd",
            format!("each post draws in {branching} more{most}: the crowd would grow without end"),
            format!("stay below 1 with {} and what replies do to it", quote("branching")),
        );
        return None;
    }
    Some(Crowd {
        branching,
        calmed_by_reply: calmed,
        reply_within: reply_within?,
        forget_after: forget_after?,
    })
}

/// Note crowds that each would die out and that together do not.
///
/// An inquiry draws in others by its stream's own crowd; beside that either by its customer's outcry or by a
/// timely answer, never by both.
pub(super) fn crowds_end(of: &Object<'_>, world: &World) {
    let strength = |crowd: &Crowd| crowd.branching * crowd.calmed_by_reply.max(1.0);
    let behavior = &world.behavior;
    let own = world.audience.segments.iter().filter_map(|segment| segment.goes_public);
    let goes_public = own.fold(behavior.publicity.goes_public, f64::max);
    let outcry = behavior.publicity.crowd.as_ref().map_or(0.0, strength) * goes_public;
    let induced = behavior.dialogue.induced.as_ref().map_or(0.0, |induced| induced.share);
    for stream in &world.streams {
        let all = stream.crowd.as_ref().map_or(0.0, strength) + outcry.max(induced);
        if stream.kind == StreamKind::Inquiries && 1.0 <= all {
            of.cursor.fail_with_help(
                "endless-crowd",
                format!(
                    "each inquiry of {} can draw in {all:.2} others: the crowd would grow without end",
                    quote(&stream.name)
                ),
                "stay below 1 with the stream's own crowd and what customers do past their deadline or after an answer",
            );
            return;
        }
    }
}
