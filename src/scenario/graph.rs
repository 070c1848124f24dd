//! An explicit graph of roles and links.

use super::cursor::Cursor;
use super::designs::Setting;
use super::keys::GRAPH;
use super::links::{RoleNames, add_links, link};
use super::roles::role;
use crate::model::{Organization, Role};

/// The organization of an explicit graph.
pub(super) fn graph(cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Organization> {
    let of = cursor.object(&GRAPH)?;
    let roles = of.need("roles")?;
    let entries = roles.entries()?;
    if entries.is_empty() {
        roles.fail("missing-key", "there are no roles");
    }
    let read: Vec<Option<Role>> =
        entries.iter().map(|(name, child)| role(name, child, setting)).collect();
    let works = read.iter().map(|role| role.as_ref().map(|role| &role.work));
    let names = RoleNames::new(entries.iter().map(|(name, _)| (*name).to_owned()).zip(works));
    let mut organization = Organization::new(setting.world.channels.len());
    let mut complete = read.iter().all(Option::is_some);
    let whole = complete;
    for role in read.into_iter().flatten() {
        organization.add_role(role);
    }
    for item in of.need("links").and_then(|list| list.items()).unwrap_or_default() {
        complete &= match whole {
            true => add_links(&item, &names, setting, &mut organization).is_some(),
            // without all its roles the organization has no place for links, but they are checked
            false => link(&item, &names, setting).is_some(),
        };
    }
    complete.then_some(organization)
}
