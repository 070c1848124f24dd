//! Named families of designs, built from a people plan.
//!
//! A builder sets what a manager decides: people, hours, who owns which account, who may answer or must
//! ask, who triages, who listens. How long work takes, what goes wrong and what settles a customer is in
//! [`Practice`] and [`World`], the same for all designs.

mod centralized;
mod decentralized;
mod hub_and_spoke;
mod outsourced;
mod parts;

use std::sync::Arc;

use crate::model::{
    Absence, Calendar, Discipline, Organization, Practice, ShiftEnd, Staffing, StandingWork,
    Turnover, World,
};
use crate::units::SimTime;

pub use parts::{present, taking_turns, turn_after};

/// An archetype with its plan.
#[derive(Debug, Clone)]
pub enum Archetype {
    /// One desk for everything.
    Centralized(Centralized),
    /// Every unit for itself.
    Decentralized(Decentralized),
    /// A hub that answers what it knows and routes the rest to the units.
    HubAndSpoke(HubAndSpoke),
    /// A vendor in front, a client desk behind.
    Outsourced(Outsourced),
}

/// A kind of employee and what one costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The author's word for it.
    pub name: String,
    /// Yearly cost of one head, for the share of the week given to social.
    pub cost_per_year: f64,
    /// Worked hours a week of one head, for the share of the week given to social.
    pub hours_per_week: f64,
    /// What takes people of this kind away from cases.
    pub life: Life,
}

impl Kind {
    /// Duties, absence and turnover of a role of this kind that is open so many hours a week.
    pub fn staffing(&self, open_hours: f64) -> Staffing {
        self.life.staffing(self.hours_per_week, open_hours)
    }
}

/// What takes people away from cases, in the words of a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Life {
    /// Standing work.
    pub standing: Vec<StandingWork>,
    /// Spells of absence.
    pub absence: Option<Absence>,
    /// People leave and others follow.
    pub turnover: Option<Turnover>,
}

impl Life {
    /// The same for people who work so many hours a week in a role that is open so many.
    pub fn staffing(&self, worked: f64, open: f64) -> Staffing {
        Staffing {
            duties: self.standing.iter().map(|work| work.duty(worked.min(open), open)).collect(),
            absence: self.absence.clone(),
            turnover: self.turnover.clone(),
        }
    }
}

/// So many heads of a kind; a fraction is part of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Staff {
    /// Which kind.
    pub kind: Arc<Kind>,
    /// How many.
    pub heads: f64,
}

/// What every plan states.
#[derive(Debug, Clone)]
pub struct Common {
    /// Opening hours of the company's own people.
    pub open: Arc<Calendar>,
    /// The same in hours a week.
    pub open_hours_per_week: f64,
    /// Share of replies that must be approved.
    pub approval: f64,
    /// Experts of each unit.
    pub expert: Option<Staff>,
    /// What happens to work in hand when somebody leaves.
    pub shift_end: ShiftEnd,
    /// Which case next at the desks that answer.
    pub discipline: Discipline,
    /// Length of the blocks in which people share the opening hours.
    pub block: SimTime,
    /// Whether front-line people work on mentions while nothing else waits.
    pub front_listens: bool,
    /// People who must stay free when somebody turns to a mention.
    pub keep_free: u32,
    /// What people know.
    pub kappas: Kappas,
}

/// κ by kind of people and kind of matter, all between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappas {
    /// Own front line on generic matters.
    pub generic_own: f64,
    /// A vendor's on generic matters, in the same domain.
    pub generic_vendor: f64,
    /// A unit's people on their own unit's matters.
    pub unit_own: f64,
    /// Everybody else's on a unit's matters.
    pub unit_other: f64,
    /// A unit's expert on its matters.
    pub expert: f64,
    /// A strategist on generic matters.
    pub strategist: f64,
}

/// Plan of a centralized design.
#[derive(Debug, Clone)]
pub struct Centralized {
    /// What every plan states.
    pub common: Common,
    /// The people who answer.
    pub front: Staff,
    /// The approver, who also knows the hard generic matters.
    pub strategist: Staff,
    /// Who looks for mentions.
    pub analyst: Option<Staff>,
}

/// Plan of a decentralized design.
#[derive(Debug, Clone)]
pub struct Decentralized {
    /// What every plan states.
    pub common: Common,
    /// The people who answer, in each unit.
    pub front: Staff,
    /// The lead of each unit, who approves.
    pub strategist: Staff,
    /// Who looks for mentions, in each unit.
    pub analyst: Option<Staff>,
    /// Whether each unit has accounts of its own, so that customers may pick the wrong one.
    pub own_accounts: bool,
}

/// Plan of a hub with spokes.
#[derive(Debug, Clone)]
pub struct HubAndSpoke {
    /// What every plan states.
    pub common: Common,
    /// The people who answer at the hub.
    pub front: Staff,
    /// The approver at the hub.
    pub strategist: Staff,
    /// Who looks for mentions, at the hub.
    pub analyst: Option<Staff>,
    /// The people of each spoke.
    pub spoke: Staff,
    /// Wait at a spoke after which the hub may take the case.
    pub hub_helps_after: Option<SimTime>,
    /// Whether the hub sends on all of a unit's matters, or only what it does not know.
    pub route_all_unit_matters: bool,
}

/// Plan of an outsourced design.
#[derive(Debug, Clone)]
pub struct Outsourced {
    /// What every plan states.
    pub common: Common,
    /// The vendor's people.
    pub vendor: Staff,
    /// The client desk.
    pub front: Staff,
    /// The approver, at the client.
    pub strategist: Staff,
    /// Who looks for mentions, at the client.
    pub analyst: Option<Staff>,
    /// Opening hours of the vendor.
    pub vendor_open: Arc<Calendar>,
    /// The same in hours a week.
    pub vendor_open_hours_per_week: f64,
    /// Whether the vendor may answer only what is in its playbook: generic matters.
    pub playbook_only: bool,
}

impl Archetype {
    /// The graph of roles and links of this plan.
    pub fn build(&self, world: &World, practice: &Practice) -> Organization {
        match self {
            Archetype::Centralized(plan) => centralized::build(plan, world, practice),
            Archetype::Decentralized(plan) => decentralized::build(plan, world, practice),
            Archetype::HubAndSpoke(plan) => hub_and_spoke::build(plan, world, practice),
            Archetype::Outsourced(plan) => outsourced::build(plan, world, practice),
        }
    }

    /// What every plan states.
    pub fn common(&self) -> &Common {
        match self {
            Archetype::Centralized(plan) => &plan.common,
            Archetype::Decentralized(plan) => &plan.common,
            Archetype::HubAndSpoke(plan) => &plan.common,
            Archetype::Outsourced(plan) => &plan.common,
        }
    }

    /// All staff of the plan for a world with so many units, experts included.
    pub fn staff(&self, units: usize) -> Vec<Staff> {
        let units = units as f64;
        let per_unit = |staff: &Staff| Staff { heads: staff.heads * units, ..staff.clone() };
        let mut all: Vec<Staff> = match self {
            Archetype::Centralized(plan) => {
                [&plan.front, &plan.strategist].into_iter().chain(&plan.analyst).cloned().collect()
            }
            Archetype::Decentralized(plan) => [&plan.front, &plan.strategist]
                .into_iter()
                .chain(&plan.analyst)
                .map(per_unit)
                .collect(),
            Archetype::HubAndSpoke(plan) => [&plan.front, &plan.strategist]
                .into_iter()
                .chain(&plan.analyst)
                .cloned()
                .chain([per_unit(&plan.spoke)])
                .collect(),
            Archetype::Outsourced(plan) => [&plan.vendor, &plan.front, &plan.strategist]
                .into_iter()
                .chain(&plan.analyst)
                .cloned()
                .collect(),
        };
        all.extend(self.common().expert.as_ref().map(per_unit));
        all
    }

    /// Yearly cost of the plan.
    pub fn cost_per_year(&self, units: usize) -> f64 {
        self.staff(units).iter().map(|staff| staff.heads * staff.kind.cost_per_year).sum()
    }
}
