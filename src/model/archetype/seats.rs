//! The posts of a plan: who sits where, and what for.

use crate::model::World;
use crate::model::archetype::{Archetype, Common, Staff};

/// What the people of a post are there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// They answer customers.
    Answer,
    /// They look for mentions.
    Listen,
    /// They approve, and are asked about hard generic matters.
    Approve,
    /// They are asked about their unit's matters.
    Advise,
}

/// A post of a plan: roles of one kind, each with the same heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// What its people are there for.
    pub duty: Duty,
    /// Names of the roles it fills, as the builder gives them.
    pub roles: Vec<String>,
}

/// The seats of a plan under collection.
struct Seats<'p> {
    units: Vec<String>,
    all: Vec<(Seat, &'p mut Staff)>,
}

impl<'p> Seats<'p> {
    fn one(
        &mut self,
        duty: Duty,
        role: impl Into<String>,
        staff: impl Into<Option<&'p mut Staff>>,
    ) {
        self.add(duty, vec![role.into()], staff);
    }

    fn each_unit(&mut self, duty: Duty, role: &str, staff: impl Into<Option<&'p mut Staff>>) {
        let roles = self.units.iter().map(|unit| format!("{unit} {role}")).collect();
        self.add(duty, roles, staff);
    }

    fn add(&mut self, duty: Duty, roles: Vec<String>, staff: impl Into<Option<&'p mut Staff>>) {
        if let Some(staff) = staff.into() {
            self.all.push((Seat { duty, roles }, staff));
        }
    }

    /// The approver and the analyst at the center.
    fn center(
        &mut self,
        strategist: impl Into<Option<&'p mut Staff>>,
        analyst: &'p mut Option<Staff>,
    ) {
        self.one(Duty::Approve, "strategist", strategist);
        self.one(Duty::Listen, "analyst", analyst.as_mut());
    }

    fn experts(&mut self, common: &'p mut Common) {
        self.each_unit(Duty::Advise, "expert", common.expert.as_mut());
    }
}

impl Archetype {
    /// The posts of the plan and their heads, those in front first.
    pub fn seats(&self, world: &World) -> Vec<(Seat, Staff)> {
        let mut plan = self.clone();
        plan.seats_mut(world).into_iter().map(|(seat, staff)| (seat, staff.clone())).collect()
    }

    /// The posts of the plan, their heads to be changed.
    pub fn seats_mut(&mut self, world: &World) -> Vec<(Seat, &mut Staff)> {
        let mut seats = Seats { units: world.units.clone(), all: Vec::new() };
        match self {
            Archetype::Centralized(plan) => {
                seats.one(Duty::Answer, "desk", &mut plan.front);
                seats.center(plan.strategist.as_mut(), &mut plan.analyst);
                seats.experts(&mut plan.common);
            }
            Archetype::Decentralized(plan) => {
                seats.each_unit(Duty::Answer, "desk", &mut plan.front);
                seats.each_unit(Duty::Approve, "lead", &mut plan.strategist);
                seats.each_unit(Duty::Listen, "analyst", plan.analyst.as_mut());
                seats.experts(&mut plan.common);
            }
            Archetype::HubAndSpoke(plan) => {
                seats.one(Duty::Answer, "hub", &mut plan.front);
                seats.center(&mut plan.strategist, &mut plan.analyst);
                seats.each_unit(Duty::Answer, "spoke", &mut plan.spoke);
                seats.experts(&mut plan.common);
            }
            Archetype::Dandelion(plan) => {
                let each_brand = |role: &str| {
                    plan.brands.iter().map(|brand| format!("{} {role}", brand.name)).collect()
                };
                seats.add(Duty::Answer, each_brand("hub"), &mut plan.front);
                seats.center(&mut plan.strategist, &mut plan.analyst);
                seats.add(Duty::Approve, each_brand("lead"), &mut plan.lead);
                seats.add(Duty::Listen, each_brand("analyst"), plan.brand_analyst.as_mut());
                seats.each_unit(Duty::Answer, "spoke", plan.spoke.as_mut());
                seats.experts(&mut plan.common);
            }
            Archetype::Holistic(plan) => {
                seats.one(Duty::Answer, "hub", &mut plan.front);
                seats.center(&mut plan.strategist, &mut plan.analyst);
                seats.each_unit(Duty::Answer, "employees", &mut plan.employees);
                seats.experts(&mut plan.common);
            }
            Archetype::Touchpoint(plan) => {
                for (desk, channel) in plan.desks.iter_mut().zip(&world.channels) {
                    seats.one(Duty::Answer, format!("{} desk", channel.name), &mut desk.front);
                }
                seats.center(plan.strategist.as_mut(), &mut plan.analyst);
                seats.experts(&mut plan.common);
            }
            Archetype::Outsourced(plan) => {
                seats.one(Duty::Answer, "vendor desk", &mut plan.vendor);
                seats.one(Duty::Answer, "client desk", &mut plan.front);
                seats.center(&mut plan.strategist, &mut plan.analyst);
                seats.experts(&mut plan.common);
            }
            Archetype::OnePerson(plan) => {
                seats.one(Duty::Answer, plan.front.kind.name.clone(), &mut plan.front);
            }
        }
        seats.all
    }
}
