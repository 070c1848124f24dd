//! Duties of the people of one design, where they differ from those of their kind elsewhere.

use std::sync::Arc;

use super::cursor::Cursor;
use super::designs::Setting;
use super::keys::{ANYWHERE, DUTIES};
use super::names::{quote, suggestion};
use super::staffing::life;
use crate::model::archetype::{Archetype, Kind};

/// What stands here for a kind of people holds in this design instead of what its kind says.
pub(super) fn duties(
    cursor: &Cursor<'_>,
    plan: &mut Archetype,
    setting: &Setting<'_, '_>,
) -> Option<()> {
    for (name, child) in cursor.entries()? {
        if ANYWHERE.contains(&name) {
            continue;
        }
        let mut seats = plan.seats_mut(setting.world);
        seats.retain(|(_, staff)| staff.kind.name == name);
        let Some(kind) = seats.first().map(|(_, staff)| staff.kind.clone()) else {
            let known: Vec<String> = plan
                .seats(setting.world)
                .into_iter()
                .map(|(_, staff)| staff.kind.name.clone())
                .collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            child.fail_with_help(
                "unknown-kind",
                format!("nobody in this design is a {}", quote(name)),
                suggestion(name, &known)
                    .unwrap_or_else(|| format!("there are: {}", known.join(", "))),
            );
            return None;
        };
        let own = life(&child.object(&DUTIES)?, kind.hours_per_week)?;
        let kind = Arc::new(Kind { life: kind.life.with(&own), ..(*kind).clone() });
        for (_, staff) in seats {
            staff.kind = kind.clone();
        }
    }
    Some(())
}
