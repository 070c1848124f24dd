//! Questions that take more runs than the comparison itself, as a scenario asks them.

use super::clock::Clock;
use super::cursor::{Cursor, Object};
use super::streams::moment;
use crate::units::SimTime;

/// A study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What desks would gain if they shared more.
    Silos,
    /// What goes wrong without each role for a day, and without each link.
    KnockOuts,
    /// How the designs get through the surges of `what_if`.
    Crisis,
    /// What channels and content cost that serve no objective.
    Tactics,
    /// What work on mentions costs those who wrote to us.
    Proactive,
    /// What each cause of waiting costs.
    Waits,
}

/// All studies by their names in scenarios and on the command line.
pub const STUDIES: [(&str, Asked); 6] = [
    ("silos", Asked::Silos),
    ("knock-outs", Asked::KnockOuts),
    ("crisis", Asked::Crisis),
    ("tactics", Asked::Tactics),
    ("proactive", Asked::Proactive),
    ("waits", Asked::Waits),
];

/// A day with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// As the author wrote it, or the default.
    pub words: String,
    /// When it begins.
    pub at: SimTime,
}

/// The day on which knock-outs take roles out.
pub(super) fn knock_out_day(of: &Object<'_>, clock: &Clock) -> Option<Day> {
    let day = of.or_default("knock_out_day", "experiment.knock_out_day");
    let at = moment(&day, clock)?;
    Some(Day { words: day.text()?.to_owned(), at })
}

/// Read the list; each study once.
pub(super) fn studies(cursor: &Cursor<'_>) -> Vec<Asked> {
    let mut asked = Vec::new();
    for item in cursor.items().unwrap_or_default() {
        if let Some(study) = item.word(&STUDIES)
            && !asked.contains(&study)
        {
            asked.push(study);
        }
    }
    asked
}
