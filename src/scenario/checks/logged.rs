//! Customers who come on top of those of a recorded log.

use crate::model::{Arrivals, Stream, StreamKind, World};
use crate::scenario::cursor::{Cursor, Object};

/// The rate that a sweep would like to turn.
const MESSAGES: &str = "customers.messages";

/// Warn where a change, or an input to be tried, adds messages to customers who all come by a log.
pub(super) fn check(of: &Object<'_>, world: &World) {
    let stated = of.get("customers").and_then(|at| at.child("messages"));
    if let Some(at) = &stated
        && at.node.origin.is_some()
        && by_log(world, |stream| stream.name != "messages")
    {
        warn(at);
    }
    if stated.is_some() || !by_log(world, |_| true) {
        return;
    }
    for input in of.get("it_depends_on").and_then(|at| at.items()).unwrap_or_default() {
        if let Some(at) = input.child("what").filter(|at| at.is_text(MESSAGES)) {
            warn(&at);
        }
    }
}

/// Whether some inquiries come, and all of them by a log.
fn by_log(world: &World, among: impl Fn(&Stream) -> bool) -> bool {
    let mut inquiries =
        world.streams.iter().filter(|it| it.kind == StreamKind::Inquiries && among(it)).peekable();
    inquiries.peek().is_some() && inquiries.all(|it| matches!(it.arrivals, Arrivals::Recorded(_)))
}

fn warn(at: &Cursor<'_>) {
    at.warn("beside-the-log", ON_TOP, INSTEAD);
}

/// What is told of messages beside a log.
pub(in crate::scenario) const ON_TOP: &str =
    "these messages come on top of those of the log, which come in any case";
const INSTEAD: &str = "to turn how many come, state `messages` in place of the log, at the rate that `check` shows of it";

/// Whether what is stated at this path would come on top of a log.
pub(in crate::scenario) fn adds_to_a_log(world: &World, what: &str) -> bool {
    what.trim() == MESSAGES && by_log(world, |_| true)
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overlay, Scenario, Source, load};

    /// The shipped replay with this among what it depends on, under an assignment.
    fn replay(dial: &str, assignment: &str) -> Scenario {
        let shipped = include_str!("../../../scenarios/replay.json");
        let dials = format!(r#""it_depends_on": [ {dial}"#);
        let text = shipped.replacen(r#""it_depends_on": ["#, &dials, 1);
        let source = Source { folder: Some("scenarios".into()), ..Source::new("mine.json", text) };
        let overlay = match assignment {
            "" => Overlay::default(),
            assignment => Overlay::default().set(assignment).unwrap(),
        };
        load(&source, &overlay).unwrap()
    }

    /// Where that is told of messages beside its log.
    fn told(dial: &str, assignment: &str) -> Vec<String> {
        let warnings = replay(dial, assignment).warnings.into_iter();
        warnings.filter(|of| of.code == "beside-the-log").map(|of| of.pointer).collect()
    }

    #[test]
    fn a_sweep_of_messages_beside_a_log_has_a_caveat() {
        let scenario = replay("", "");
        assert!(scenario.caveat("customers.messages").is_some());
        assert_eq!(scenario.caveat("customers.need_unit_knowledge"), None);
    }

    #[test]
    fn messages_that_a_change_adds_to_a_log_are_told() {
        let dial = r#"{ "what": "customers.messages", "from": "100/day", "to": "200/day" },"#;
        assert!(told("", "").is_empty());
        assert_eq!(told("", "customers.messages=100/day"), ["/customers/messages"]);
        assert_eq!(told(dial, ""), ["/it_depends_on/0/what"]);
    }
}
