//! Levels of risk, and who may answer at which.

use super::cursor::{Cursor, Object};
use super::keys::RISKS as SHAPE;
use super::shares::percent;
use super::tree::Value;
use crate::model::{Risk, Risks};
use crate::units;

/// The levels by name.
pub(super) const RISKS: &[(&str, Risk)] =
    &[("low", Risk::Low), ("medium", Risk::Medium), ("high", Risk::High)];

/// The risk of a topic: one level, or shares of those above low.
pub(super) fn risks(at: &Cursor<'_>) -> Option<Risks> {
    if matches!(at.node.value, Value::Text(_)) {
        return at.word(RISKS).map(Risks::all);
    }
    let of = at.object(&SHAPE)?;
    let share = |key: &'static str| of.get(key).map_or(Some(0.0), |share| percent(&share));
    let (medium, high) = (share("medium")?, share("high")?);
    let risks = Risks::new(medium, high);
    if risks.is_none() {
        at.fail_with_help(
            "shares-sum",
            format!("shares sum to {}", units::percent(medium + high)),
            "what is neither of medium nor of high risk is of low risk: together they are at most 100%",
        );
    }
    risks
}

/// The highest risk at which a desk answers without asking; all unless stated.
pub(super) fn authority(of: &Object<'_>) -> Option<Risk> {
    of.if_known("authority").map_or(Some(Risk::High), |at| at.word(RISKS))
}

/// A list of levels, each once.
pub(super) fn levels(at: &Cursor<'_>) -> Option<Vec<Risk>> {
    let mut levels: Vec<Risk> = at.items()?.iter().filter_map(|item| item.word(RISKS)).collect();
    levels.sort_unstable();
    levels.dedup();
    if levels.is_empty() {
        at.fail_with_help("out-of-range", "no level of risk", "name `low`, `medium` or `high`");
        return None;
    }
    Some(levels)
}
