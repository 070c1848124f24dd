//! Designs: archetypes with their people plan, or explicit graphs, perhaps edited.

use super::archetypes::plan;
use super::balance::{Staffing, balance};
use super::clock::Clock;
use super::contract::contract;
use super::cursor::{Cursor, Object};
use super::dialogue::everywhere;
use super::duties::duties;
use super::edits::edits;
use super::graph::graph;
use super::keys::{BESIDE_THE_PLAN, DESIGN};
use super::names::quote;
use super::people::Kinds;
use super::scale::scaled;
use super::scope::Scope;
use crate::model::archetype::{Archetype, Kappas};
use crate::model::{Design, Organization, Practice, RoleId, World};

/// What every design of a file is read against.
pub(super) struct Setting<'a, 't> {
    pub(super) world: &'a World,
    pub(super) practice: &'a Practice,
    pub(super) kappas: Kappas,
    pub(super) kinds: &'a Kinds<'t>,
    pub(super) scope: &'a Scope,
    pub(super) clock: &'a Clock,
    /// Yearly cost held equal, for balanced staff.
    pub(super) budget: Option<f64>,
}

/// A design, its plan where it has one, and how its staff is split.
pub(super) struct Designed {
    pub(super) design: Design,
    pub(super) plan: Option<Archetype>,
    pub(super) staffing: Staffing,
    pub(super) pointer: String,
}

impl Designed {
    /// Note a finding at a role, where the file states the role, or else at the design.
    pub(super) fn at_role(&self, at: &Cursor<'_>, role: RoleId, note: impl FnOnce(&Cursor<'_>)) {
        let name = self.design.organization.role(role).name.as_str();
        let stated = at.child("graph").and_then(|graph| graph.child("roles")?.child(name));
        note(stated.as_ref().unwrap_or(at));
    }
}

/// Read all designs.
pub(super) fn designs(cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Vec<Designed> {
    let entries = cursor.entries().unwrap_or_default();
    if entries.is_empty() {
        cursor.fail_with_help(
            "missing-key",
            "there are no designs",
            "name at least one way to organize",
        );
    }
    entries.iter().filter_map(|(name, child)| design(name, child, setting)).collect()
}

fn design(name: &str, cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Designed> {
    let of = cursor.object(&DESIGN)?;
    let (tag, body) = the_tag(&of, cursor)?;
    let (organization, archetype, staffing) = match tag {
        "graph" => (graph(&body, setting)?, None, Staffing::AsStated),
        tag => {
            let (mut archetype, staffing) = plan(tag, &body, setting)?;
            if let Some(at) = of.get("duties") {
                duties(&at, &mut archetype, setting)?;
            }
            let mut archetype = balance(archetype, staffing, setting);
            if let Some(at) = of.get("scale") {
                let costs = |plan: &Archetype| whole_cost(&of, plan, staffing, setting);
                archetype = scaled(&at, archetype, (staffing, setting), costs)?;
            }
            (archetype.build(setting.world, setting.practice), Some(archetype), staffing)
        }
    };
    if let (None, Some(at)) = (&archetype, of.get("scale")) {
        at.fail_with_help(
            "no-plan",
            "people are scaled by kind in the plan of an archetype, and this is an explicit graph",
            "state the people of its roles",
        );
        return None;
    }
    if let (None, Some(at)) = (&archetype, of.get("duties")) {
        at.fail_with_help(
            "no-plan",
            "duties by kind of people belong to an archetype, and this is an explicit graph",
            "state them at the roles of the graph",
        );
        return None;
    }
    let organization = laid_over(&of, organization, (archetype.as_ref(), staffing), setting)?;
    let design = Design::new(name, organization);
    Some(Designed { design, plan: archetype, staffing, pointer: cursor.pointer.clone() })
}

/// The organization with what a design lays over it: a contract, how it talks, edits.
fn laid_over(
    of: &Object<'_>,
    mut organization: Organization,
    (archetype, staffing): (Option<&Archetype>, Staffing),
    setting: &Setting<'_, '_>,
) -> Option<Organization> {
    if let Some(at) = of.get("contract") {
        contract(&at, &mut organization, (archetype, staffing), setting)?;
    }
    if let Some(at) = of.get("dialogue") {
        everywhere(&at, &mut organization)?;
    }
    if let Some(list) = of.get("edits") {
        edits(&list, &mut organization, archetype, setting);
    }
    Some(organization)
}

/// What a year of a design costs with this plan: the plan's people, whom a contract or an edit adds, less whom one takes away.
fn whole_cost(
    of: &Object<'_>,
    archetype: &Archetype,
    staffing: Staffing,
    setting: &Setting<'_, '_>,
) -> Option<f64> {
    let organization = archetype.build(setting.world, setting.practice);
    let organization = laid_over(of, organization, (Some(archetype), staffing), setting)?;
    Some(Design::new("", organization).cost_per_year)
}

/// Keys of a design that say how it is organized.
fn tags() -> impl Iterator<Item = &'static str> {
    DESIGN.keys.iter().copied().filter(|key| !BESIDE_THE_PLAN.contains(key))
}

/// All tags, with commas between them.
fn tags_in_words() -> String {
    let names: Vec<String> = tags().map(quote).collect();
    names.join(", ")
}

fn the_tag<'t>(of: &Object<'t>, cursor: &Cursor<'t>) -> Option<(&'static str, Cursor<'t>)> {
    let tags: Vec<&'static str> = tags().filter(|key| of.has(key)).collect();
    match tags.as_slice() {
        [tag] => of.get(tag).map(|body| (*tag, body)),
        [] => {
            cursor.fail_with_help(
                "missing-key",
                "this design does not say how it is organized",
                format!("state one of {}", tags_in_words()),
            );
            None
        }
        [first, second, ..] => {
            let message = format!("{} and {} are two designs", quote(first), quote(second));
            of.get(second)?.fail_with_help(
                "two-tags",
                message,
                "keep one of the two, or give each a name of its own",
            );
            None
        }
    }
}
