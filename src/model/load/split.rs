//! How many people each post of a plan gets.

use crate::model::archetype::{Archetype, Duty, Seat, Staff};
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

impl Split {
    /// Whether the heads of this post are to be set.
    fn is_about(self, seat: &Seat) -> bool {
        match self {
            Split::Balanced => seat.duty == Duty::Answer,
            Split::Busy(_) => seat.duty != Duty::Listen,
        }
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
    let mut seats = archetype.seats(world);
    seats.retain(|(seat, _)| target.is_about(seat));
    let prices: Vec<f64> = seats
        .iter()
        .map(|(seat, staff)| staff.kind.cost_per_year * seat.roles.len() as f64)
        .collect();
    let mut heads: Vec<f64> = seats.iter().map(|(_, staff)| staff.heads).collect();
    let budget: f64 = heads.iter().zip(&prices).map(|(heads, price)| price * heads).sum();
    for heads in &mut heads {
        *heads = heads.max(STEP);
    }
    for _ in 0..MOST_ROUNDS {
        set(&mut plan, world, target, &heads);
        let organization = plan.build(world, practice);
        let busy = busiest(&seats, world, practice, &organization);
        let needed: Vec<f64> = heads.iter().zip(&busy).map(|(heads, busy)| heads * busy).collect();
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
        for (heads, needed) in heads.iter_mut().zip(&needed) {
            let next = (needed / aim).max(STEP);
            moved = moved.max((next / *heads - 1.0).abs());
            *heads = next;
        }
        if moved < 1e-9 {
            break;
        }
    }
    if target == Split::Balanced {
        heads = round(&heads, &prices, budget);
    }
    set(&mut plan, world, target, &heads);
    plan
}

/// The same plan with the heads of these kinds of people scaled so that all of it costs so much a year.
///
/// All of them by one factor, in steps of 0.05 people by largest remainder, and at least 0.05 of a head in
/// each role. What is left over is less than the price of a step.
pub fn scale_heads(
    archetype: &Archetype,
    world: &World,
    kinds: &[String],
    cost_per_year: f64,
) -> Archetype {
    let mut plan = archetype.clone();
    let mut scaled = plan.seats_mut(world);
    scaled.retain(|(_, staff)| kinds.contains(&staff.kind.name));
    let price =
        |(seat, staff): &(Seat, &mut Staff)| staff.kind.cost_per_year * seat.roles.len() as f64;
    let prices: Vec<f64> = scaled.iter().map(price).collect();
    let heads: Vec<f64> = scaled.iter().map(|(_, staff)| staff.heads).collect();
    let now: f64 = heads.iter().zip(&prices).map(|(heads, price)| heads * price).sum();
    let budget = cost_per_year - (archetype.cost_per_year(world) - now);
    let factor = if 0.0 < now { budget.max(0.0) / now } else { 1.0 };
    let exact: Vec<f64> = heads.iter().map(|heads| heads * factor).collect();
    for ((_, staff), heads) in scaled.into_iter().zip(in_steps(&exact, &prices, budget)) {
        staff.heads = heads;
    }
    plan
}

/// Fill the posts that the split is about with these heads.
fn set(plan: &mut Archetype, world: &World, target: Split, heads: &[f64]) {
    let seats = plan.seats_mut(world).into_iter().filter(|(seat, _)| target.is_about(seat));
    for ((_, staff), &heads) in seats.zip(heads) {
        staff.heads = heads;
    }
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
    in_steps(exact, prices, budget)
}

/// Steps, handed out by largest remainder until the money is spent.
fn in_steps(exact: &[f64], prices: &[f64], budget: f64) -> Vec<f64> {
    let cost =
        |heads: &[f64]| heads.iter().zip(prices).map(|(heads, price)| heads * price).sum::<f64>();
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
    seats: &[(Seat, Staff)],
    world: &World,
    practice: &Practice,
    organization: &Organization,
) -> Vec<f64> {
    let load = load(world, practice, organization);
    let busy = |name: &String| {
        let role = load
            .roles
            .iter()
            .find(|role| role.name == *name)
            .expect("a plan's posts are built under their names");
        role.utilization().unwrap_or(0.0)
    };
    seats.iter().map(|(seat, _)| seat.roles.iter().map(busy).fold(0.0, f64::max)).collect()
}
