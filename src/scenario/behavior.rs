//! How customers behave while they wait and after a reply.

use super::arrivals::retry;
use super::crowd::publicity;
use super::cursor::{Cursor, Object};
use super::dialogue::dialogue;
use super::keys::{BEHAVIOR, EXPECTATION, PATIENCE};
use super::laws::{Bare, law, lognormal_body, through_points};
use super::names::quote;
use super::shares::{fraction, percent};
use super::text::duration;
use super::tree::{Node, Value};
use crate::draws::Law;
use crate::model::{Behavior, Patience, PatienceLaw, PatienceScope, Topic, TopicPatience};
use crate::units::SimTime;

/// Deadlines, patience and conversation. In a `plain` world nothing happens that is not written.
pub(super) fn behavior(customers: &Object<'_>, plain: bool, topics: &[Topic]) -> Option<Behavior> {
    let (deadline, no_deadline) = match customers.get("expect_reply_within") {
        None if plain => (None, 1.0),
        _ => expectation(
            &customers.or_default("expect_reply_within", "customers.expect_reply_within"),
        )?,
    };
    let empty = Node { value: Value::Object(Vec::new()), range: 0..0, origin: None };
    let at = customers.get("behavior");
    let nothing = Cursor {
        node: &empty,
        pointer: format!("{}/behavior", customers.cursor.pointer),
        report: customers.cursor.report,
    };
    let of = match &at {
        Some(at) => at.object(&BEHAVIOR)?,
        None => nothing.object(&BEHAVIOR)?,
    };
    let share = |key: &'static str, default: &str| match of.get(key) {
        None if plain => 0.0,
        _ => percent(&of.or_default(key, default)).unwrap_or(0.0),
    };
    let patience = match of.get("patience") {
        None if plain => None,
        Some(at) if matches!(at.node.value, Value::Text(_)) => {
            if at.text() != Some("unlimited") {
                at.fail_with_help(
                    "unknown-word",
                    "patience is `unlimited`, or says what it is measured over and by which law",
                    r#"as in { "scope": "queue", "law": { "exponential": { "mean": "1h" } } }"#,
                );
            }
            None
        }
        at => patience(&of, at, plain, topics),
    };
    let again = |key: &'static str| of.get(key).map_or(Some(None), |at| retry(&at));
    let left_queue = again("when_leaving")?;
    let in_queue = patience.as_ref().is_some_and(|of| of.scope == PatienceScope::Queue);
    if let Some(at) = of.get("when_leaving").filter(|_| !in_queue) {
        at.fail_with_help(
            "no-effect",
            "`when_leaving` has no effect: nobody loses patience in a queue",
            "state `patience` with the scope `queue`, or leave this out",
        );
    }
    let publicity = publicity(&of, deadline.as_ref())?;
    Some(Behavior {
        turned_away: again("when_turned_away")?,
        left_queue,
        deadline,
        no_deadline,
        patience,
        recontact: share("recontact", "customers.behavior.recontact"),
        wrong_guess: share("wrong_guess", "customers.behavior.wrong_guess"),
        wish_to_continue: share("wish_to_continue", "customers.behavior.wish_to_continue"),
        reply_delay: match of.get("reply_delay") {
            None if plain => Law::constant(0.0).ok()?,
            _ => law(
                &of.or_default("reply_delay", "customers.behavior.reply_delay"),
                Bare::Constant,
            )?,
        },
        dialogue: dialogue(&of)?,
        publicity,
    })
}

fn patience(
    of: &Object<'_>,
    at: Option<Cursor<'_>>,
    plain: bool,
    topics: &[Topic],
) -> Option<Patience> {
    let empty = Node { value: Value::Object(Vec::new()), range: 0..0, origin: None };
    let nothing = Cursor {
        node: &empty,
        pointer: format!("{}/patience", of.cursor.pointer),
        report: of.cursor.report,
    };
    let of = match &at {
        Some(at) => at.object(&PATIENCE)?,
        None => nothing.object(&PATIENCE)?,
    };
    let scope = match plain && !of.has("scope") && !of.has("silent") {
        // as textbooks mean it
        true => Some(PatienceScope::Queue),
        false => of
            .or_default("scope", "customers.behavior.patience.scope")
            .word(&[("reply", PatienceScope::Reply), ("queue", PatienceScope::Queue)]),
    };
    let silent = match (of.get("silent"), scope) {
        (Some(at), Some(PatienceScope::Queue)) => {
            at.fail_with_help(
                "no-effect",
                "`silent` has no effect on patience in the queue: whoever leaves it is gone",
                "leave it out, or measure patience over the `reply`",
            );
            0.0
        }
        (None, Some(PatienceScope::Queue)) => 0.0,
        (None, _) if plain => 0.0,
        _ => percent(&of.or_default("silent", "customers.behavior.patience.silent"))?,
    };
    let general = ["law", "times_deadline", "without_deadline"].into_iter().find(|key| of.has(key));
    let mut by_topic = match of.get("by_topic") {
        Some(at) => patience_by_topic(&at, topics)?,
        None => Vec::new(),
    };
    let all_have_their_own =
        !by_topic.is_empty() && !by_topic.iter().any(|of| matches!(of, TopicPatience::AsAll));
    if let Some(key) = general.filter(|_| all_have_their_own) {
        of.get(key)?.fail_with_help(
            "no-effect",
            format!("{} has no effect: every topic has a patience of its own", quote(key)),
            "leave it out, or a topic out of `by_topic`",
        );
    }
    if plain && general.is_none() {
        // in a plain world nothing happens that is not written
        for of in by_topic.iter_mut().filter(|of| matches!(of, TopicPatience::AsAll)) {
            *of = TopicPatience::Endless;
        }
    }
    // nobody is left whom a default would be about
    let for_nobody = !by_topic.is_empty() && (plain || all_have_their_own) && general.is_none();
    let law = match for_nobody {
        true => PatienceLaw::Own(Law::constant(0.0).ok()?),
        false => patience_law(&of, scope?)?,
    };
    Some(Patience { scope: scope?, law, by_topic, silent })
}

/// How long customers wait who are not told apart by topic.
fn patience_law(of: &Object<'_>, scope: PatienceScope) -> Option<PatienceLaw> {
    if let (PatienceScope::Queue, Some(times)) = (scope, of.get("times_deadline")) {
        times.fail_with_help(
            "no-effect",
            "`times_deadline` has no effect on patience in the queue, where each wait is put up with anew",
            "state a `law`, or measure patience over the `reply`",
        );
        return None;
    }
    let Some(own) = of.get("law") else {
        let without =
            of.or_default("without_deadline", "customers.behavior.patience.without_deadline");
        if scope == PatienceScope::Queue {
            return Some(PatienceLaw::Own(law(&without, Bare::Constant)?));
        }
        let times = of.or_default("times_deadline", "customers.behavior.patience.times_deadline");
        return Some(PatienceLaw::Deadlines {
            times: times.number(0.0, 1e6)?,
            without: law(&without, Bare::Constant)?,
        });
    };
    for key in ["times_deadline", "without_deadline"] {
        if let Some(other) = of.get(key) {
            let message = format!("patience has a `law` and {}", quote(key));
            other.fail_with_help("two-tags", message, "keep one of the two");
        }
    }
    Some(PatienceLaw::Own(law(&own, Bare::Constant)?))
}

/// Patience of topics that have their own.
fn patience_by_topic(at: &Cursor<'_>, topics: &[Topic]) -> Option<Vec<TopicPatience>> {
    let names: Vec<&str> = topics.iter().map(|topic| topic.name.as_str()).collect();
    let mut own = vec![TopicPatience::AsAll; topics.len()];
    for (name, child) in at.entries()? {
        let Some(topic) = child.named(name, "unknown-topic", "topic", &names) else { continue };
        let unlimited = matches!(&child.node.value, Value::Text(text) if text == "unlimited");
        own[topic] = match unlimited {
            true => TopicPatience::Endless,
            false => TopicPatience::Own(law(&child, Bare::Constant)?),
        };
    }
    Some(own)
}

/// The law of deadlines and the share of customers without one.
pub(super) fn expectation(cursor: &Cursor<'_>) -> Option<(Option<Law>, f64)> {
    if matches!(cursor.node.value, Value::Text(_)) {
        return cursor.word(&[("nobody does", ())]).map(|()| (None, 1.0));
    }
    let Value::Object(entries) = &cursor.node.value else {
        return cursor.wrong_type("points such as `{ \"1h\": \"42%\", \"24h\": \"67%\" }`");
    };
    if entries.iter().any(|entry| EXPECTATION.keys.contains(&entry.name.as_str())) {
        let of = cursor.object(&EXPECTATION)?;
        let none = of.get("none").map_or(Some(0.0), |none| percent(&none))?;
        let law = match (of.get("lognormal"), of.get("law")) {
            (Some(body), None) => lognormal_body(&body)?,
            (None, Some(own)) => law(&own, Bare::Constant)?,
            (Some(_), Some(own)) => {
                own.fail("two-tags", "state `lognormal` or `law`, not both");
                return None;
            }
            (None, None) => {
                cursor.fail("missing-key", "`expect_reply_within` needs a `law`");
                return None;
            }
        };
        return Some((Some(law), none));
    }
    points(cursor)
}

/// Points of the distribution: by then so many expect a reply; the rest never states a deadline.
fn points(cursor: &Cursor<'_>) -> Option<(Option<Law>, f64)> {
    let mut points: Vec<(SimTime, f64)> = Vec::new();
    for (name, child) in cursor.entries()? {
        let Ok(at) = duration(name).map_err(|fault| child.fault(fault)) else { continue };
        let Some(share) = fraction(&child) else { continue };
        if at == SimTime::ZERO
            || points.last().is_some_and(|&(before, below)| at <= before || share < below)
        {
            child.fail_with_help(
                "out-of-order",
                format!("{} is out of order", quote(name)),
                "times and shares rise: more customers expect a reply within a longer time",
            );
            return None;
        }
        points.push((at, share));
    }
    let Some(&(_, last)) = points.last() else {
        cursor.fail("missing-key", "`expect_reply_within` has no points");
        return None;
    };
    if last <= 0.0 {
        return Some((None, 1.0));
    }
    Some((Some(through_points(cursor, &points)?), 1.0 - last))
}
