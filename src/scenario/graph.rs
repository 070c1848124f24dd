//! An explicit graph of roles and links.

use super::cursor::Cursor;
use super::designs::Setting;
use super::keys::GRAPH;
use super::links::{RoleNames, link};
use super::roles::role;
use crate::model::Organization;

/// The organization of an explicit graph.
pub(super) fn graph(cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Organization> {
    let of = cursor.object(&GRAPH)?;
    let roles = of.need("roles")?;
    let entries = roles.entries()?;
    if entries.is_empty() {
        roles.fail("missing-key", "there are no roles");
    }
    let mut organization = Organization::new(setting.world.channels.len());
    let mut names: Vec<String> = Vec::with_capacity(entries.len());
    let mut complete = true;
    for (name, child) in &entries {
        names.push((*name).into());
        match role(name, child, setting) {
            Some(role) => {
                organization.add_role(role);
            }
            None => complete = false,
        }
    }
    let names = RoleNames::new(names);
    if let Some(list) = of.need("links") {
        for item in list.items().unwrap_or_default() {
            match link(&item, &names, setting) {
                Some(made) if complete => {
                    for (from, to, link) in made {
                        organization.add_link(from, to, link);
                    }
                }
                Some(_) => {}
                None => complete = false,
            }
        }
    }
    complete.then_some(organization)
}
