//! What moves the moods of customers.

use super::cursor::{Cursor, Object};
use super::keys::{MOOD, TOPIC};
use crate::model::{Mood, World};

/// Largest step of a mood, in either direction.
pub(super) const MOST_MOOD: f64 = 10.0;

/// The moods of the customers; `None` inside where their intensity is zero.
pub(super) fn mood(cursor: &Cursor<'_>) -> Option<Option<Mood>> {
    let of = cursor.object(&MOOD)?;
    let number = |key: &'static str, low: f64| {
        of.or_default(key, &format!("customers.mood.{key}")).number(low, MOST_MOOD)
    };
    let step = |key: &'static str| number(key, 0.0);
    let intensity = step("intensity");
    let at_arrival = number("at_arrival", -MOST_MOOD);
    let [spread, waiting, timely] = ["spread", "waiting", "timely"].map(step);
    let [knowing, canned, wrong] = ["knowing", "canned", "wrong"].map(step);
    let [human, noise] = ["human", "noise"].map(step);
    let mood = Mood {
        intensity: intensity?,
        at_arrival: at_arrival?,
        spread: spread?,
        waiting: waiting?,
        timely: timely?,
        knowing: knowing?,
        canned: canned?,
        wrong: wrong?,
        human: human?,
        noise: noise?,
    };
    Some((0.0 < mood.intensity).then_some(mood))
}

/// Note topics with a mood where customers have none.
pub(super) fn moods_of_topics(of: &Object<'_>, world: &World) {
    if world.mood.is_some() || of.has("mood") {
        return;
    }
    for (_, child) in of.get("topics").and_then(|at| at.entries()).unwrap_or_default() {
        let stated = child.object(&TOPIC).and_then(|of| of.get("mood"));
        if let Some(at) = stated {
            at.idle(
                "`mood` has no effect: these customers have no moods",
                "state `customers.mood`, or leave this out",
            );
        }
    }
}
