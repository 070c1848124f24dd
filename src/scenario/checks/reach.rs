//! Roles that cost money and do nothing, and roles without anybody.

use crate::model::People;
use crate::scenario::cursor::Cursor;
use crate::scenario::designs::Designed;
use crate::scenario::names::quote;

/// Check reach and staff of a design.
pub(super) fn check(at: &Cursor<'_>, designed: &Designed) {
    let organization = &designed.design.organization;
    let unreachable = organization.unreachable_roles();
    for (id, role) in organization.roles() {
        if unreachable.binary_search(&id).is_ok() {
            designed.at_role(at, id, |at| {
                at.warn(
                    "unreachable-role",
                    format!("nothing ever reaches {}", quote(&role.name)),
                    "add a link to it, or leave it out",
                );
            });
        } else if matches!(&role.people, People::Some(people) if people.is_empty()) {
            designed.at_role(at, id, |at| {
                at.warn(
                    "no-staff",
                    format!("nobody works at {}", quote(&role.name)),
                    "cases that reach it wait for ever; give it people, or take its links away",
                );
            });
        }
    }
}
