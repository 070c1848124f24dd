//! Role cards: what a role is for, what its week is spent on, what it takes, and what hangs on it.
//!
//! A design is run once; everything that the cards of its roles have in common stands on that. Each card
//! adds a small sweep of the settings that a manager decides, and a day without one of the role's people,
//! both on the same customers.

mod above;
mod aims;
mod card;
mod contacts;
mod ground;
mod levers;
#[cfg(test)]
mod passing_tests;
mod rights;
mod risk;
mod split;
#[cfg(test)]
mod tests;
mod traffic;
mod week;

pub use card::{
    Aim, Away, Contact, Decider, Deed, Exceptions, Knows, Need, RIGHTLY_BUSY, Rights, Risk,
    RoleCard, Rung, Spent, Split, Tie, Tried, TriedEffect, Waiting, Week,
};

use crate::experiment::Options;
use crate::model::archetype::Archetype;
use crate::model::{Employer, Model, RoleId};
use crate::study::Workbench;
use ground::Ground;

/// The cards of one role of a design, or of all.
///
/// `model` holds this design alone; `plan` is its people plan, if it has one. The numbers are those of
/// [`run`](crate::experiment::run), on all repetitions of the study; changes are run ten times at most.
///
/// # Panics
/// If the model has no design, or the design no such role.
pub fn role_cards(
    model: &Model,
    plan: Option<&Archetype>,
    role: Option<RoleId>,
    bench: &Workbench<'_>,
    options: &Options<'_>,
) -> Vec<RoleCard> {
    let roles: Vec<RoleId> = match role {
        Some(role) => vec![role],
        None => model.designs[0].organization.roles().map(|(id, _)| id).collect(),
    };
    let ground = Ground::new(model.clone(), plan, *bench, *options);
    if ground.is_stopped() {
        return Vec::new();
    }
    roles.into_iter().map(|role| card(&ground, role)).collect()
}

fn card(ground: &Ground<'_>, id: RoleId) -> RoleCard {
    let role = ground.organization().role(id);
    let week = week::week(ground, id);
    let rights = rights::rights(ground, id);
    let aims = aims::aims(ground, id, &rights);
    RoleCard {
        design: ground.name().to_owned(),
        role: role.name.clone(),
        unit: role.unit.map(|unit| ground.world().units[unit.index()].clone()),
        vendor: match &role.employer {
            Employer::Own => None,
            Employer::Vendor(name) => Some(name.clone()),
        },
        kind: levers::kind(ground, id).map(|kind| kind.name.clone()),
        heads: role.headcount(),
        persons: role.persons(),
        cost_per_year: role.cost_per_year,
        fees: role.terms.and_then(|_| week::fees(ground)),
        repetitions: ground.design().completed.len(),
        falls_behind: ground.design().falls_behind().map(|(name, _)| name.to_owned()),
        plain: ground.result.plain,
        objectives: ground.model.objectives.len(),
        must_speak: rights::must_speak(ground, id, &aims, &rights),
        split: split::split(ground, id, &aims),
        aims,
        waiting: week::waiting(ground, id),
        need: week::need(ground, id, &week),
        week,
        topics: rights::topics(ground, id),
        knows: rights::knows(ground, id),
        speaks: rights::speaks(ground, id),
        rights,
        contacts: contacts::contacts(ground, id),
        risk: risk::risk(ground, id),
    }
}
