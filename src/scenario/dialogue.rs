//! Conversations that are not simply answered: what customers do then, and what desks say.

use super::cursor::{Cursor, Object};
use super::keys::DIALOGUE;
use super::laws::{Bare, law};
use super::names::quote;
use super::shares::percent;
use super::text::approval;
use super::tree::Value;
use crate::model::{Brevity, Comeback, Dialogue, Organization, RoleId, Work};

/// What customers do who are sent elsewhere, asked to go on in private, or not settled after all.
pub(super) fn dialogue(of: &Object<'_>) -> Option<Dialogue> {
    let share =
        |key: &'static str| percent(&of.or_default(key, &format!("customers.behavior.{key}")));
    let (gives_up, follows) = (share("gives_up_deflected"), share("follows_to_private"));
    let reopens = comeback(of, "reopens", "reopens_after");
    let induced = comeback(of, "induced", "induced_after");
    Some(Dialogue {
        gives_up_deflected: gives_up?,
        follows_to_private: follows?,
        reopens: reopens?,
        induced: induced?,
    })
}

/// A share of customers who come back, and after how long; `None` where nobody does.
pub(super) fn comeback(
    of: &Object<'_>,
    share_key: &'static str,
    after_key: &'static str,
) -> Option<Option<Comeback>> {
    let share = of.get(share_key).map_or(Some(0.0), |at| percent(&at))?;
    if share <= 0.0 {
        if let Some(at) = of.get(after_key) {
            at.idle(
                format!("{} has no effect: nobody comes back", quote(after_key)),
                format!("state {}, or leave this out", quote(share_key)),
            );
        }
        return Some(None);
    }
    if 1.0 <= share {
        of.get(share_key)?.fail_with_help(
            "endless-conversation",
            "everybody comes back, again and again",
            "leave some who do not",
        );
        return None;
    }
    let after = of.or_default(after_key, &format!("customers.behavior.{after_key}"));
    Some(Some(Comeback { share, after: law(&after, Bare::Constant)? }))
}

/// What a desk says instead of answering.
pub(super) fn brevity(of: &Object<'_>) -> Option<Brevity> {
    let share = |key: &'static str| match of.get(key) {
        None => Some(0.0),
        Some(at) if matches!(at.node.value, Value::Number(_)) => at.number(0.0, 1.0),
        Some(at) => at.read("a share such as `10% of replies`", approval),
    };
    Some(Brevity { deflects: share("deflects")?, to_private: share("to_private")? })
}

/// The same for all desks of a design that answer.
pub(super) fn everywhere(cursor: &Cursor<'_>, organization: &mut Organization) -> Option<()> {
    let brevity = brevity(&cursor.object(&DIALOGUE)?)?;
    let mut desks = 0;
    for role in 0..organization.role_count() as u32 {
        if let Work::Desk(desk) = &mut organization.role_mut(RoleId(role)).work
            && desk.answer
        {
            desk.brevity = brevity;
            desks += 1;
        }
    }
    if desks == 0 {
        cursor.fail_with_help(
            "no-effect",
            "no desk of this design answers customers",
            "plain desks of a network serve; they say nothing",
        );
        return None;
    }
    Some(())
}
