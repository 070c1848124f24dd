//! How the people of a role go about their work: slots, switching, fatigue, strain.

use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::keys::{FATIGUE, OVERLOAD, SLOTS, STRAIN, SWITCHING};
use super::laws::length;
use super::shares::fraction;
use super::tree::Value;
use crate::model::{Fatigue, Habits, Overload, Slots, Strain, Switching};
use crate::units::SimTime;

/// Most cases that one person may have open.
const MOST_SLOTS: u64 = 1000;

/// Words for who takes a case that finds several free people; whether it is the first by number.
pub(super) const TAKEN_BY: &[(&str, bool)] = &[("longest free", false), ("first listed", true)];

/// The habits stated in this object, over those that were there.
pub(super) fn habits(of: &Object<'_>, before: Habits) -> Option<Habits> {
    let mut habits = before;
    if let Some(at) = of.get("slots") {
        habits.slots = Some(slots(&at)?);
    }
    if let Some(at) = of.get("switching") {
        habits.switching = switching(&at)?;
    }
    if let Some(at) = of.get("fatigue") {
        habits.fatigue = Some(fatigue(&at)?);
    }
    if let Some(at) = of.get("strain") {
        habits.strain = strain(&at)?;
    }
    if let Some(at) = of.get("taken_by") {
        habits.first_listed = at.word(TAKEN_BY)?;
        if habits.first_listed && habits.slots.as_ref().is_some_and(|slots| !slots.is_plain()) {
            at.idle(
                "`taken_by` has no effect where people have several slots",
                "leave it out: a case goes to whoever has fewest open",
            );
            habits.first_listed = false;
        }
    }
    Some(habits)
}

/// A number of slots among which the time is divided, or slots with the law of their speed.
fn slots(at: &Cursor<'_>) -> Option<Slots> {
    if !matches!(at.node.value, Value::Object(_)) {
        return Some(Slots::slowed(at.whole(1, MOST_SLOTS)? as u32, 1.0));
    }
    let of = at.object(&SLOTS)?;
    let stated: Vec<&'static str> =
        ["most", "each", "together"].into_iter().filter(|key| of.has(key)).collect();
    let [way] = stated.as_slice() else {
        at.fail_with_help(
            if stated.is_empty() { "missing-key" } else { "two-tags" },
            if stated.is_empty() {
                "this does not say how many cases may be open"
            } else {
                "this says twice how many cases may be open"
            },
            "state one of `most` (with `slowdown`), `each` and `together`",
        );
        return None;
    };
    if let Some(slowdown) = of.get("slowdown").filter(|_| *way != "most") {
        slowdown.fail("no-effect", "`slowdown` has no effect where speeds are listed");
        return None;
    }
    let parked_count = of.get("parked_count").map_or(Some(false), |at| at.flag())?;
    if *way == "most" {
        let slowdown = of.get("slowdown").map_or(Some(1.0), |at| at.number(0.0, 1e6))?;
        let most = of.need("most")?.whole(1, MOST_SLOTS)? as u32;
        return Some(Slots { parked_count, ..Slots::slowed(most, slowdown) });
    }
    let list = of.need(way)?;
    let mut speeds = Vec::new();
    for (item, open) in list.items()?.iter().zip(1u32..) {
        let speed = speed(item)?;
        speeds.push(if *way == "each" { speed } else { speed / f64::from(open) });
    }
    if speeds.is_empty() || MOST_SLOTS < speeds.len() as u64 {
        list.fail("out-of-range", format!("between 1 and {MOST_SLOTS} cases may be open"));
        return None;
    }
    Some(Slots { speeds, parked_count })
}

/// A multiple of full speed, above zero; several cases together may go faster than one.
fn speed(at: &Cursor<'_>) -> Option<f64> {
    let speed = at.number(0.0, 1e6)?;
    if speed <= 0.0 {
        at.fail("out-of-range", "a case that does not go forward is never done");
        return None;
    }
    Some(speed)
}

fn switching(at: &Cursor<'_>) -> Option<Switching> {
    let of = at.object(&SWITCHING)?;
    let time = |key| of.get(key).map_or(Some(SimTime::ZERO), |at| length(&at));
    Some(Switching { cases: time("cases")?, kinds: time("kinds")? })
}

fn fatigue(at: &Cursor<'_>) -> Option<Fatigue> {
    let of = at.object(&FATIGUE)?;
    let (after, rest) = (of.need("after"), of.need("rest"));
    let slower = of.need("slower").and_then(|at| fraction(&at));
    Some(Fatigue { after: length(&after?)?, slower_each_hour: slower?, rest: positive(&rest?)? })
}

fn strain(at: &Cursor<'_>) -> Option<Strain> {
    let of = at.object(&STRAIN)?;
    let hurry = of.get("hurry").map_or(Some(0.0), |at| fraction(&at))?;
    let overload = match of.get("overload") {
        Some(at) => Some(overload(&at)?),
        None => None,
    };
    Some(Strain { hurry, overload })
}

fn overload(at: &Cursor<'_>) -> Option<Overload> {
    let of = at.object(&OVERLOAD)?;
    let after = of.need("after").and_then(|at| positive(&at));
    let above = of.need("above").and_then(|at| fraction(&at));
    let slower = of.get("slower").map_or(Some(0.0), |at| {
        let share = fraction(&at)?;
        if 1.0 <= share {
            at.fail("out-of-range", "people who stand still never get anything done");
            return None;
        }
        Some(share)
    });
    let errors = of.get("errors").map_or(Some(1.0), |at| at.number(0.0, 1e3));
    Some(Overload { after: after?, above: above?, slower: slower?, errors: errors? })
}
