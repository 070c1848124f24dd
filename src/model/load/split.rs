//! How many people each post of a plan gets.

use crate::model::archetype::{Archetype, Staff};
use crate::model::{Organization, Practice, World};

use super::load;

/// Smallest part of a person that is hired.
const STEP: f64 = 0.05;
/// Rounds after which the heads are as good as they get; where nobody has more hours than the role is
/// open, the second changes nothing.
const MOST_ROUNDS: usize = 50;

/// What a split of heads aims at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Split {
    /// The same money for the front line as before, and everybody there equally busy.
    Balanced,
    /// Every post that has work is this busy, experts and approvers included.
    Busy(f64),
}

/// A kind of post that a plan fills with so many heads each.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seat {
    Front,
    /// A hub's spokes.
    Spoke,
    Vendor,
    Strategist,
    Expert,
}

impl Seat {
    fn is_front_line(self) -> bool {
        matches!(self, Seat::Front | Seat::Spoke | Seat::Vendor)
    }
}

/// The same plan with its heads split by the traffic equations.
///
/// A plan gives each unit's post of a kind the same heads, so a post counts as busy as the busiest role
/// that it fills. [`Split::Balanced`] keeps the yearly cost of the front line: heads hᵢ ∝ work ÷ hours a
/// head, the factor from Σ cᵢhᵢ = const. They are whole people where that moves no post's utilization by
/// more than a tenth and the cost by more than 1%; else steps of 0.05, by largest remainder.
/// [`Split::Busy`] gives every post (analysts excepted, whose work is mentions) work ÷ (hours a head ×
/// target), not rounded and at least 0.05 of a head.
///
/// A post without any work keeps 0.05 of a head. Where no number of heads would do (no work at all, or
/// a post that is never open), the plan comes back as it was.
///
/// # Panics
/// If the target utilization is not positive.
pub fn split_heads(
    archetype: &Archetype,
    world: &World,
    practice: &Practice,
    target: Split,
) -> Archetype {
    if let Split::Busy(busy) = target {
        assert!(
            0.0 < busy && busy.is_finite(),
            "people are busy for a positive share of their time"
        );
    }
    let mut plan = archetype.clone();
    let mut seats = seats(archetype);
    if target == Split::Balanced {
        seats.retain(|seat| seat.is_front_line());
    }
    let units = world.units.len() as f64;
    let price = |plan: &Archetype, seat: Seat| match staff(plan, seat) {
        Some(staff) => staff.kind.cost_per_year * if per_unit(plan, seat) { units } else { 1.0 },
        None => 0.0,
    };
    let prices: Vec<f64> = seats.iter().map(|&seat| price(archetype, seat)).collect();
    let budget: f64 =
        seats.iter().zip(&prices).map(|(&seat, price)| price * heads(archetype, seat)).sum();
    for &seat in &seats {
        set(&mut plan, seat, heads(archetype, seat).max(STEP));
    }
    for _ in 0..MOST_ROUNDS {
        let organization = plan.build(world, practice);
        let busy = busiest(&plan, &seats, world, practice, &organization);
        let needed: Vec<f64> =
            seats.iter().zip(&busy).map(|(&seat, busy)| heads(&plan, seat) * busy).collect();
        let aim = match target {
            Split::Busy(busy) => busy,
            Split::Balanced => {
                needed.iter().zip(&prices).map(|(heads, price)| heads * price).sum::<f64>() / budget
            }
        };
        let reachable =
            aim.is_finite() && 0.0 < aim && needed.iter().all(|heads| heads.is_finite());
        if !reachable {
            return archetype.clone();
        }
        let mut moved: f64 = 0.0;
        for (&seat, needed) in seats.iter().zip(&needed) {
            let next = (needed / aim).max(STEP);
            moved = moved.max((next / heads(&plan, seat) - 1.0).abs());
            set(&mut plan, seat, next);
        }
        if moved < 1e-9 {
            break;
        }
    }
    if target == Split::Balanced {
        let exact: Vec<f64> = seats.iter().map(|&seat| heads(&plan, seat)).collect();
        for (&seat, rounded) in seats.iter().zip(round(&exact, &prices, budget)) {
            set(&mut plan, seat, rounded);
        }
    }
    plan
}

/// Whole people where that comes close enough; else steps, handed out by largest remainder until the
/// money is spent.
fn round(exact: &[f64], prices: &[f64], budget: f64) -> Vec<f64> {
    let cost =
        |heads: &[f64]| heads.iter().zip(prices).map(|(heads, price)| heads * price).sum::<f64>();
    let whole: Vec<f64> = exact.iter().map(|heads| heads.round()).collect();
    let close = exact
        .iter()
        .zip(&whole)
        .all(|(exact, whole)| 0.0 < *whole && (exact / whole - 1.0).abs() <= 0.1);
    if close && (cost(&whole) - budget).abs() <= 0.01 * budget {
        return whole;
    }
    let steps: Vec<f64> =
        exact.iter().map(|heads| (heads / STEP + 1e-9).floor().max(1.0)).collect();
    let remainder = |i: usize| exact[i] / STEP - steps[i];
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    // Twentieths are divided, not multiplied, so that 2.35 is the number an author would write.
    let mut heads: Vec<f64> = steps.iter().map(|steps| steps / 20.0).collect();
    for i in order.into_iter().filter(|&i| 1e-9 < remainder(i)) {
        if STEP * prices[i] / 2.0 <= budget - cost(&heads) {
            heads[i] = (steps[i] + 1.0) / 20.0;
        }
    }
    heads
}

/// Utilization of the busiest role that each seat fills.
fn busiest(
    plan: &Archetype,
    seats: &[Seat],
    world: &World,
    practice: &Practice,
    organization: &Organization,
) -> Vec<f64> {
    let load = load(world, practice, organization);
    let busy = |name: &str| {
        let role = load
            .roles
            .iter()
            .find(|role| role.name == name)
            .expect("a plan's posts are built under their names");
        role.utilization().unwrap_or(0.0)
    };
    seats
        .iter()
        .map(|&seat| names(plan, seat, world).iter().map(|name| busy(name)).fold(0.0, f64::max))
        .collect()
}

fn seats(plan: &Archetype) -> Vec<Seat> {
    let all = [Seat::Front, Seat::Spoke, Seat::Vendor, Seat::Strategist, Seat::Expert];
    all.into_iter().filter(|&seat| staff(plan, seat).is_some()).collect()
}

/// Whether each unit has the seat.
fn per_unit(plan: &Archetype, seat: Seat) -> bool {
    match seat {
        Seat::Spoke | Seat::Expert => true,
        Seat::Front | Seat::Strategist => matches!(plan, Archetype::Decentralized(_)),
        Seat::Vendor => false,
    }
}

/// Names of the roles that the seat fills, as the builders give them.
fn names(plan: &Archetype, seat: Seat, world: &World) -> Vec<String> {
    let name = match (plan, seat) {
        (_, Seat::Vendor) => "vendor desk",
        (_, Seat::Spoke) => "spoke",
        (_, Seat::Expert) => "expert",
        (Archetype::Centralized(_) | Archetype::Decentralized(_), Seat::Front) => "desk",
        (Archetype::HubAndSpoke(_), Seat::Front) => "hub",
        (Archetype::Outsourced(_), Seat::Front) => "client desk",
        (Archetype::Decentralized(_), Seat::Strategist) => "lead",
        (_, Seat::Strategist) => "strategist",
    };
    if per_unit(plan, seat) {
        world.units.iter().map(|unit| format!("{unit} {name}")).collect()
    } else {
        vec![name.into()]
    }
}

fn heads(plan: &Archetype, seat: Seat) -> f64 {
    staff(plan, seat).map_or(0.0, |staff| staff.heads)
}

fn set(plan: &mut Archetype, seat: Seat, heads: f64) {
    if let Some(staff) = staff_mut(plan, seat) {
        staff.heads = heads;
    }
}

fn staff(plan: &Archetype, seat: Seat) -> Option<&Staff> {
    match (plan, seat) {
        (plan, Seat::Expert) => plan.common().expert.as_ref(),
        (Archetype::Centralized(plan), Seat::Front) => Some(&plan.front),
        (Archetype::Decentralized(plan), Seat::Front) => Some(&plan.front),
        (Archetype::HubAndSpoke(plan), Seat::Front) => Some(&plan.front),
        (Archetype::Outsourced(plan), Seat::Front) => Some(&plan.front),
        (Archetype::Centralized(plan), Seat::Strategist) => Some(&plan.strategist),
        (Archetype::Decentralized(plan), Seat::Strategist) => Some(&plan.strategist),
        (Archetype::HubAndSpoke(plan), Seat::Strategist) => Some(&plan.strategist),
        (Archetype::Outsourced(plan), Seat::Strategist) => Some(&plan.strategist),
        (Archetype::HubAndSpoke(plan), Seat::Spoke) => Some(&plan.spoke),
        (Archetype::Outsourced(plan), Seat::Vendor) => Some(&plan.vendor),
        (_, Seat::Spoke | Seat::Vendor) => None,
    }
}

fn staff_mut(plan: &mut Archetype, seat: Seat) -> Option<&mut Staff> {
    match (plan, seat) {
        (Archetype::Centralized(plan), Seat::Front) => Some(&mut plan.front),
        (Archetype::Decentralized(plan), Seat::Front) => Some(&mut plan.front),
        (Archetype::HubAndSpoke(plan), Seat::Front) => Some(&mut plan.front),
        (Archetype::Outsourced(plan), Seat::Front) => Some(&mut plan.front),
        (Archetype::Centralized(plan), Seat::Strategist) => Some(&mut plan.strategist),
        (Archetype::Decentralized(plan), Seat::Strategist) => Some(&mut plan.strategist),
        (Archetype::HubAndSpoke(plan), Seat::Strategist) => Some(&mut plan.strategist),
        (Archetype::Outsourced(plan), Seat::Strategist) => Some(&mut plan.strategist),
        (Archetype::Centralized(plan), Seat::Expert) => plan.common.expert.as_mut(),
        (Archetype::Decentralized(plan), Seat::Expert) => plan.common.expert.as_mut(),
        (Archetype::HubAndSpoke(plan), Seat::Expert) => plan.common.expert.as_mut(),
        (Archetype::Outsourced(plan), Seat::Expert) => plan.common.expert.as_mut(),
        (Archetype::HubAndSpoke(plan), Seat::Spoke) => Some(&mut plan.spoke),
        (Archetype::Outsourced(plan), Seat::Vendor) => Some(&mut plan.vendor),
        (_, Seat::Spoke | Seat::Vendor) => None,
    }
}
