//! The knowledge of a role of an explicit graph: in short, by unit, by topic.

use super::cursor::{Cursor, Object};
use super::designs::Setting;
use super::keys::KNOWS;
use super::names::quote;
use super::shares::fraction;
use super::tree::Value;
use crate::model::{Knowledge, TopicId, UnitId};

/// What a role of this unit knows.
pub(super) fn knows(
    cursor: &Cursor<'_>,
    unit: Option<UnitId>,
    setting: &Setting<'_, '_>,
) -> Option<Knowledge> {
    let (topics, units) = (setting.world.topics.len(), setting.world.units.len());
    if matches!(cursor.node.value, Value::Text(_)) {
        return cursor.word(&[("everything", ())]).map(|()| Knowledge::everything(topics, units));
    }
    let of = cursor.object(&KNOWS)?;
    let row = row(&of, unit, setting, None)?;
    let mut knowledge = Knowledge::by_matter(topics, row[0], &row[1..]);
    if let Some(at) = of.get("topics") {
        for (name, child) in at.entries()? {
            let topics = &setting.scope.topics;
            let Some(topic) = child.named(name, "unknown-topic", "topic", topics) else { continue };
            let own = self::row(&child.object(&KNOWS)?, unit, setting, Some(&row))?;
            for (domain, kappa) in own.into_iter().enumerate() {
                knowledge.set(TopicId(topic as u32), domain, kappa);
            }
        }
    }
    Some(knowledge)
}

/// κ for generic matters and for the matters of each unit; what is not stated is as in `base`, or the default.
fn row(
    of: &Object<'_>,
    unit: Option<UnitId>,
    setting: &Setting<'_, '_>,
    base: Option<&[f64]>,
) -> Option<Vec<f64>> {
    let kappas = setting.kappas;
    let units = setting.world.units.len();
    let mut row = base.map_or_else(
        || {
            let of_unit = |k: usize| {
                if unit == Some(UnitId(k as u32)) { kappas.unit_own } else { kappas.unit_other }
            };
            std::iter::once(kappas.generic_own).chain((0..units).map(of_unit)).collect()
        },
        <[f64]>::to_vec,
    );
    if let Some(at) = of.get("generic") {
        row[0] = fraction(&at)?;
    }
    let own = match of.get("own_unit") {
        Some(at) => Some(fraction(&at)?),
        None => None,
    };
    let others = match of.get("other_units") {
        Some(at) => Some(fraction(&at)?),
        None => None,
    };
    for k in 0..units {
        let stated = if unit == Some(UnitId(k as u32)) { own } else { others };
        row[1 + k] = stated.unwrap_or(row[1 + k]);
    }
    if let Some(at) = of.get("units") {
        for (name, child) in at.entries()? {
            let Some(k) = setting.scope.units.iter().position(|known| known == name) else {
                let known: Vec<&str> = setting.scope.units.iter().map(String::as_str).collect();
                let help = child.meant(name, &known).unwrap_or_default();
                child.fail_with_help(
                    "unknown-unit-name",
                    format!("no business unit is named {}", quote(name)),
                    help,
                );
                continue;
            };
            row[1 + k] = fraction(&child)?;
        }
    }
    Some(row)
}
