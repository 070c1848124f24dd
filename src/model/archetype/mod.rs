//! Named families of designs, built from a people plan.
//!
//! A builder sets what a manager decides: people, hours, who owns which account, who may answer or must
//! ask, who triages, who listens. How long work takes, what goes wrong and what settles a customer is in
//! [`Practice`] and [`World`], the same for all designs.

mod centralized;
mod contract;
mod dandelion;
mod decentralized;
#[cfg(test)]
mod fairness;
mod holistic;
mod hub_and_spoke;
mod languages;
mod life;
mod one_person;
mod outsourced;
mod parts;
mod plans;
mod seats;
mod touchpoint;

use crate::model::{Organization, Practice, World};

pub use contract::{Contract, Deal, Takes};
pub use life::Life;
pub use parts::{present, taking_turns, turn_after};
pub use plans::{
    Brand, Centralized, ChannelDesk, Common, Dandelion, Decentralized, Holistic, HubAndSpoke,
    Kappas, Kind, OnePerson, Outsourced, SiteHours, Sites, Staff, Touchpoint,
};
pub use seats::{Duty, Seat};

/// An archetype with its plan.
#[derive(Debug, Clone)]
pub enum Archetype {
    /// One desk for everything.
    Centralized(Centralized),
    /// Every unit for itself.
    Decentralized(Decentralized),
    /// A hub that answers what it knows and routes the rest to the units.
    HubAndSpoke(HubAndSpoke),
    /// Several hubs with spokes under one center.
    Dandelion(Dandelion),
    /// A small hub with many employees who give a little of their time.
    Holistic(Holistic),
    /// A specialist for each channel.
    Touchpoint(Touchpoint),
    /// A vendor in front, a client desk behind.
    Outsourced(Outsourced),
    /// One person, or a few, for everything.
    OnePerson(OnePerson),
}

/// The same expression for whichever plan it is.
macro_rules! any_plan {
    ($archetype:expr, $plan:ident => $then:expr) => {
        match $archetype {
            Archetype::Centralized($plan) => $then,
            Archetype::Decentralized($plan) => $then,
            Archetype::HubAndSpoke($plan) => $then,
            Archetype::Dandelion($plan) => $then,
            Archetype::Holistic($plan) => $then,
            Archetype::Touchpoint($plan) => $then,
            Archetype::Outsourced($plan) => $then,
            Archetype::OnePerson($plan) => $then,
        }
    };
}

impl Archetype {
    /// The graph of roles and links of this plan.
    pub fn build(&self, world: &World, practice: &Practice) -> Organization {
        let built = match self {
            Archetype::Centralized(plan) => centralized::build(plan, world),
            Archetype::Decentralized(plan) => decentralized::build(plan, world, practice),
            Archetype::HubAndSpoke(plan) => hub_and_spoke::build(plan, world, practice),
            Archetype::Dandelion(plan) => dandelion::build(plan, world, practice),
            Archetype::Holistic(plan) => holistic::build(plan, world, practice),
            Archetype::Touchpoint(plan) => touchpoint::build(plan, world, practice),
            Archetype::Outsourced(plan) => outsourced::build(plan, world, practice),
            Archetype::OnePerson(plan) => one_person::build(plan, world),
        };
        languages::led(built, world)
    }

    /// What every plan states.
    pub fn common(&self) -> &Common {
        any_plan!(self, plan => &plan.common)
    }

    /// What every plan states, to be changed.
    pub fn common_mut(&mut self) -> &mut Common {
        any_plan!(self, plan => &mut plan.common)
    }

    /// All staff of the plan, experts included.
    pub fn staff(&self, world: &World) -> Vec<Staff> {
        self.seats(world)
            .into_iter()
            .map(|(seat, staff)| Staff { heads: staff.heads * seat.roles.len() as f64, ..staff })
            .collect()
    }

    /// Yearly cost of the plan.
    pub fn cost_per_year(&self, world: &World) -> f64 {
        self.staff(world).iter().map(|staff| staff.heads * staff.kind.cost_per_year).sum()
    }
}
