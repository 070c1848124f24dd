//! What a manager decides: the plan of each archetype.

use std::sync::Arc;

use crate::model::archetype::{Deal, Life};
use crate::model::{
    Calendar, ChannelId, Discipline, LanguageId, Ownership, Risk, ShiftEnd, UnitId,
};
use crate::units::SimTime;

/// A kind of employee and what one costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The author's word for it.
    pub name: String,
    /// Yearly cost of one head, for the share of the week given to social.
    pub cost_per_year: f64,
    /// Worked hours a week of one head, for the share of the week given to social.
    pub hours_per_week: f64,
    /// How good these people are with people, between 0 and 1; one half is usual.
    pub with_people: f64,
    /// Languages that these people speak, in order; `None`: all.
    pub speaks: Option<Vec<LanguageId>>,
    /// What takes people of this kind away from cases.
    pub life: Life,
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
    /// Where the company's own people who answer sit, if not all where the others are.
    pub sites: Option<Sites>,
    /// Share of replies that must be approved.
    pub approval: f64,
    /// The highest risk at which desks answer without asking.
    pub authority: Risk,
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
    /// Whether whoever hands a case over stays until somebody takes it up, and both talk it through.
    pub warm: bool,
    /// How long they stay before they leave it as a cold hand-off.
    pub give_up: Option<SimTime>,
    /// Whether whoever asks an expert waits for the answer.
    pub hold: bool,
    /// Probability that an exception is decided one level further up the reporting line.
    pub centralization: f64,
    /// What people know.
    pub kappas: Kappas,
}

/// Places with hours of their own among which every desk that answers divides its people.
#[derive(Debug, Clone, PartialEq)]
pub struct Sites {
    /// When somebody is there at one place or another.
    pub any_open: Arc<Calendar>,
    /// The places.
    pub each: Vec<SiteHours>,
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteHours {
    /// Share of each desk's people who sit there.
    pub share: f64,
    /// Its opening hours.
    pub site_open: Arc<Calendar>,
    /// The same in hours a week.
    pub site_open_hours_per_week: f64,
    /// Languages spoken there; `None`: those of each kind of people.
    pub speaks: Option<Vec<LanguageId>>,
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
    /// An employee outside the team, on the matters of the own unit.
    pub employee: f64,
}

/// Plan of a centralized design.
#[derive(Debug, Clone)]
pub struct Centralized {
    /// What every plan states.
    pub common: Common,
    /// The people who answer.
    pub front: Staff,
    /// The approver, who also knows the hard generic matters; without one, nothing is approved.
    pub strategist: Option<Staff>,
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
    /// Whose a post is, where all units read the same accounts.
    pub ownership: Ownership,
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
    /// Wait at the hub after which a spoke may take a case about its unit.
    pub spokes_help_after: Option<SimTime>,
    /// Whether the hub sends on all of a unit's matters, or only what it does not know.
    pub route_all_unit_matters: bool,
    /// Channels on which each unit has an account of its own, which its spoke reads.
    pub direct_intake: Vec<ChannelId>,
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
    /// What depends on what the vendor does.
    pub deal: Deal,
}

/// Plan of several hubs with spokes under one center.
#[derive(Debug, Clone)]
pub struct Dandelion {
    /// What every plan states.
    pub common: Common,
    /// At the center: approves what must always be approved, and knows the hard generic matters.
    pub strategist: Staff,
    /// Who looks for all mentions, at the center.
    pub analyst: Option<Staff>,
    /// The brands, each with a hub of its own.
    pub brands: Vec<Brand>,
    /// The people who answer, at each brand's hub.
    pub front: Staff,
    /// The lead of each brand, who approves.
    pub lead: Staff,
    /// Who looks for the brand's mentions, at each brand's hub.
    pub brand_analyst: Option<Staff>,
    /// The people of each unit's spoke; without spokes, a brand of one unit holds its knowledge.
    pub spoke: Option<Staff>,
    /// Wait at a spoke after which its hub may take the case.
    pub hub_helps_after: Option<SimTime>,
    /// Whether a hub sends on all of a unit's matters, or only what it does not know.
    pub route_all_unit_matters: bool,
    /// Whether each unit has accounts of its own, so that customers may pick the wrong one.
    pub own_accounts: bool,
}

/// Some units under one hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// The author's word for it.
    pub name: String,
    /// Its units.
    pub units: Vec<UnitId>,
}

/// Plan of a small hub with many employees who give a little of their time.
#[derive(Debug, Clone)]
pub struct Holistic {
    /// What every plan states.
    pub common: Common,
    /// The people who answer at the hub.
    pub front: Staff,
    /// The approver at the hub.
    pub strategist: Staff,
    /// Who looks for mentions, at the hub.
    pub analyst: Option<Staff>,
    /// Employees of each unit who take part.
    pub employees: Staff,
    /// Length of the rounds in which each employee is there once.
    pub employees_round: SimTime,
    /// Wait for an employee after which the hub may take the case.
    pub hub_helps_after: Option<SimTime>,
    /// Whether the hub sends on all of a unit's matters, or only what it does not know.
    pub route_all_unit_matters: bool,
}

/// Plan of a specialist for each channel.
#[derive(Debug, Clone)]
pub struct Touchpoint {
    /// What every plan states.
    pub common: Common,
    /// One desk for each channel, in the world's order.
    pub desks: Vec<ChannelDesk>,
    /// The approver, who also knows the hard generic matters; without one, nothing is approved.
    pub strategist: Option<Staff>,
    /// Who looks for mentions.
    pub analyst: Option<Staff>,
}

/// The specialists of one channel.
#[derive(Debug, Clone)]
pub struct ChannelDesk {
    /// The people who answer there.
    pub front: Staff,
    /// The unit whose matters they know.
    pub unit: Option<UnitId>,
}

/// Plan of a team that does everything itself: reads, answers, looks things up, approves its own.
#[derive(Debug, Clone)]
pub struct OnePerson {
    /// What every plan states.
    pub common: Common,
    /// The one, or the few.
    pub front: Staff,
}
