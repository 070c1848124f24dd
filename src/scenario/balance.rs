//! How a design's people are split over its posts.

use super::cursor::{Cursor, Object};
use super::designs::Setting;
use super::keys::STAFF;
use super::shares::percent;
use super::tree::Value;
use crate::model::archetype::{Archetype, Staff};

/// Who decides how many people fill each post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Staffing {
    /// The author.
    AsStated,
    /// The load: the same busy share everywhere, for the cost held equal.
    Balanced,
    /// The load: this busy share everywhere.
    Busy(f64),
}

/// The staffing of a plan.
pub(super) fn staffing(of: &Object<'_>) -> Option<Staffing> {
    let Some(at) = of.get("staff") else { return Some(Staffing::AsStated) };
    if matches!(at.node.value, Value::Text(_)) {
        return at.word(&[("balanced", Staffing::Balanced), ("as stated", Staffing::AsStated)]);
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

/// The plan with its people split as asked.
///
/// The front line's heads are scaled so that the plan costs what is held equal; their split over the posts
/// stays in proportion to what the plan starts from.
pub(super) fn balance(
    mut plan: Archetype,
    staffing: Staffing,
    setting: &Setting<'_, '_>,
) -> Archetype {
    let (Staffing::Balanced, Some(budget)) = (staffing, setting.budget) else { return plan };
    let units = setting.world.units.len();
    let cost = plan.cost_per_year(units);
    let front: f64 = fronts(&mut plan)
        .iter()
        .map(|(staff, per_unit)| {
            staff.heads * staff.kind.cost_per_year * if *per_unit { units as f64 } else { 1.0 }
        })
        .sum();
    let factor = (budget - (cost - front)) / front;
    if factor.is_finite() && 0.0 < factor {
        for (staff, _) in fronts(&mut plan) {
            staff.heads = (staff.heads * factor * 20.0).round() / 20.0;
        }
    }
    plan
}

/// The staff who answer, and whether it is counted once a unit.
fn fronts(plan: &mut Archetype) -> Vec<(&mut Staff, bool)> {
    match plan {
        Archetype::Centralized(plan) => vec![(&mut plan.front, false)],
        Archetype::Decentralized(plan) => vec![(&mut plan.front, true)],
        Archetype::HubAndSpoke(plan) => vec![(&mut plan.front, false), (&mut plan.spoke, true)],
        Archetype::Outsourced(plan) => vec![(&mut plan.vendor, false)],
    }
}
