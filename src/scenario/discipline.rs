//! Which case comes next: the words of the format, and the rules that may stand beside them.

use super::cursor::Cursor;
use super::customers::positive;
use super::designs::Setting;
use super::keys::{DISCIPLINE, EARLIEST, PRIORITY};
use super::names::quote;
use super::tree::Value;
use crate::model::{Discipline, LineRules};
use crate::units::SimTime;

/// Words for which case comes next.
pub(super) const DISCIPLINES: &[(&str, Discipline)] = &[
    ("first come", Discipline::Fifo),
    ("priority", Discipline::Priority { preemptive: false }),
    ("preemptive priority", Discipline::Priority { preemptive: true }),
    ("earliest deadline", Discipline::EarliestDeadline),
];
/// Words for what happens where the waiting room is full; whether a less urgent case has to go.
pub(super) const WHEN_FULL: &[(&str, bool)] = &[("turn away", false), ("push out", true)];

/// A word, or a discipline with further rules.
pub(super) fn discipline(
    at: &Cursor<'_>,
    setting: &Setting<'_, '_>,
) -> Option<(Discipline, LineRules)> {
    if !matches!(at.node.value, Value::Object(_)) {
        let word = at.word(DISCIPLINES)?;
        if word == Discipline::EarliestDeadline {
            expected(at, &[], setting);
        }
        return Some((word, LineRules::default()));
    }
    let (tag, body) = at.tagged(&DISCIPLINE)?;
    if tag == "earliest_deadline" {
        let due = match body.object(&EARLIEST)?.get("due") {
            Some(at) => by_topic(&at, setting, positive)?,
            None => Vec::new(),
        };
        expected(&body, &due, setting);
        let rules = LineRules { due, ..LineRules::default() };
        return Some((Discipline::EarliestDeadline, rules));
    }
    let of = body.object(&PRIORITY)?;
    let preemptive = of.get("preemptive").map_or(Some(false), |at| at.flag());
    let keep_free = match of.get("kept_free") {
        Some(at) => kept_free(&at, setting),
        None => Some(Vec::new()),
    };
    let moves_up_after = match of.get("moves_up_after") {
        Some(at) => Some(Some(positive(&at)?)),
        None => Some(None),
    };
    let push_out = of.get("when_full").map_or(Some(false), |at| at.word(WHEN_FULL));
    let rules = LineRules {
        keep_free: keep_free?,
        moves_up_after: moves_up_after?,
        due: Vec::new(),
        push_out: push_out?,
    };
    Some((Discipline::Priority { preemptive: preemptive? }, rules))
}

/// Somebody must be due at some time.
fn expected(at: &Cursor<'_>, due: &[Option<SimTime>], setting: &Setting<'_, '_>) {
    if setting.world.behavior.deadline.is_none() && due.iter().all(Option::is_none) {
        at.idle(
            "no case is ever due: nobody expects a reply by a time",
            "state `due` by topic, or `expect_reply_within` under `customers`",
        );
    }
}

/// Values by topic; topics that are not named have none.
fn by_topic<T: Clone>(
    at: &Cursor<'_>,
    setting: &Setting<'_, '_>,
    read: impl Fn(&Cursor<'_>) -> Option<T>,
) -> Option<Vec<Option<T>>> {
    let topics = &setting.scope.topics;
    let mut values = vec![None; topics.len()];
    for (name, child) in at.entries()? {
        let topic = child.named(name, "unknown-topic", "topic", topics)?;
        values[topic] = Some(read(&child)?);
    }
    Some(values)
}

/// People kept free of topics, by priority class.
fn kept_free(at: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Vec<u32>> {
    let of_topic = by_topic(at, setting, |people| people.whole(0, 1_000_000))?;
    let topics = &setting.world.topics;
    let classes = 1 + topics.iter().map(|topic| usize::from(topic.priority)).max().unwrap_or(0);
    let of_class = |class: usize| {
        let all = (0..topics.len()).filter(move |&at| usize::from(topics[at].priority) == class);
        all.map(|at| (&topics[at], of_topic[at]))
    };
    let mut by_class: Vec<Option<u64>> = vec![None; classes];
    for (class, people) in by_class.iter_mut().enumerate() {
        *people = of_class(class).find_map(|(_, people)| people);
        let stated = people.unwrap_or(0);
        if let Some((topic, _)) = of_class(class).find(|(_, other)| other.unwrap_or(0) != stated) {
            at.fail_with_help(
                "unlike-topics",
                format!(
                    "{} has the priority of another topic, and another number",
                    quote(&topic.name)
                ),
                "topics of one priority wait in one line: keep the same number free of them",
            );
            return None;
        }
    }
    let mut before = 0;
    for people in by_class.iter().flatten() {
        if *people < before {
            at.fail_with_help(
                "out-of-order",
                "more people are kept free of urgent topics than of less urgent ones",
                "people are kept free for what is more urgent",
            );
            return None;
        }
        before = *people;
    }
    let mut last = 0;
    let each = by_class.into_iter().map(|people| {
        last = people.map_or(last, |people| people as u32);
        last
    });
    Some(each.collect())
}
