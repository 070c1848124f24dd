//! How a design's people are split over its posts.

use super::cursor::{Cursor, Object};
use super::designs::Setting;
use super::keys::STAFF;
use super::shares::percent;
use super::tree::Value;
use crate::model::archetype::{Archetype, Duty};
use crate::model::{Split, split_heads};

/// Who decides how many people fill each post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Staffing {
    /// The author.
    AsStated,
    /// The load: the same busy share everywhere, for the cost held equal.
    Balanced,
    /// The load: this busy share everywhere.
    Busy(f64),
    /// The load: the same busy share everywhere, for the money of the heads stated.
    ByLoad,
}

/// The staffing of a plan.
pub(super) fn staffing(of: &Object<'_>) -> Option<Staffing> {
    let Some(at) = of.get("staff") else { return Some(Staffing::AsStated) };
    if matches!(at.node.value, Value::Text(_)) {
        return at.word(&[
            ("balanced", Staffing::Balanced),
            ("as stated", Staffing::AsStated),
            ("by load", Staffing::ByLoad),
        ]);
    }
    busy(&at)
}

fn busy(at: &Cursor<'_>) -> Option<Staffing> {
    let share = at.object(&STAFF)?.need("busy").and_then(|busy| {
        let share = percent(&busy)?;
        if !(0.05..=0.99).contains(&share) {
            busy.fail("out-of-range", "a busy share lies between 5% and 99%");
            return None;
        }
        Some(share)
    });
    share.map(Staffing::Busy)
}

/// The plan with its people split as asked, by the load of the world as it comes in.
///
/// A busy share is met by every post. Balanced staff cost what is held equal: the front line is scaled to
/// the budget first, then all of it is made equally busy. A plan without any load stays as it is.
pub(super) fn balance(plan: Archetype, staffing: Staffing, setting: &Setting<'_, '_>) -> Archetype {
    let (plan, split) = match staffing {
        Staffing::AsStated => return plan,
        Staffing::Busy(share) => (plan, Split::Busy(share)),
        Staffing::Balanced => (for_the_budget(plan, setting), Split::Balanced),
        Staffing::ByLoad => (plan, Split::Balanced),
    };
    split_heads(&plan, setting.world, setting.practice, split)
}

/// The plan with so many people in front that it costs what is held equal, where that is stated.
fn for_the_budget(mut plan: Archetype, setting: &Setting<'_, '_>) -> Archetype {
    let Some(budget) = setting.budget else { return plan };
    let world = setting.world;
    let cost = plan.cost_per_year(world);
    let front: f64 = plan
        .seats(world)
        .iter()
        .filter(|(seat, _)| seat.duty == Duty::Answer)
        .map(|(seat, staff)| staff.heads * staff.kind.cost_per_year * seat.roles.len() as f64)
        .sum();
    let factor = (budget - (cost - front)) / front;
    if factor.is_finite() && 0.0 < factor {
        for (seat, staff) in plan.seats_mut(world) {
            if seat.duty == Duty::Answer {
                staff.heads *= factor;
            }
        }
    }
    plan
}
