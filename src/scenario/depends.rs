//! What the answer may depend on: paths with ranges of values.

use serde_json::Value as Json;

use super::cursor::{Cursor, Object};
use super::defaults::default_at;
use super::guessed::guessed;
use super::keys::{BESIDE_THE_PLAN, DEPENDS};
use super::names::quote;
use super::overlay::{Overlay, apply};
use super::path::{Place, find};
use super::report::Report;
use super::source::Source;
use super::syntax::parse;
use super::text::Fault;
use super::track::Track;
use super::tree::Node;
use crate::model::Diagnostic;

/// An input that may change the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Depends {
    /// Path of the input.
    pub what: String,
    /// The values it may have.
    pub range: Range,
    /// Where the range is from, in the author's words.
    pub source: Option<String>,
    /// The value it has in the scenario as it stands, or by default; `None` where places that the path
    /// leads to differ in it, and where it is nowhere stated.
    pub yours: Option<Json>,
    /// Whether nobody said that value: it is a default, or a note calls it guessed.
    pub assumed: bool,
    /// Whether it is of people whom only contracts bring, or a contract's own: their number follows no money.
    pub by_contract: bool,
}

/// Values of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// All between two.
    Between(Box<Track>),
    /// These and no others.
    OneOf(Vec<Json>),
}

impl Range {
    /// The values that are written, each with its place below the entry.
    pub(super) fn values(&self) -> Vec<(String, &Json)> {
        match self {
            Range::Between(track) => {
                let (from, to) = track.ends();
                vec![("from".into(), from), ("to".into(), to)]
            }
            Range::OneOf(values) => {
                values.iter().enumerate().map(|(i, value)| (format!("try/{i}"), value)).collect()
            }
        }
    }
}

impl Depends {
    /// An input of a scenario that somebody asks about: a path with `from` and `to`, or with values to try.
    ///
    /// # Errors
    /// If the path leads nowhere, or the range holds nothing.
    pub fn asked(
        source: &Source,
        overlay: &Overlay,
        what: &str,
        range: Result<(Json, Json), Vec<Json>>,
    ) -> Result<Depends, Diagnostic> {
        let (mut tree, _) = parse(&source.text).map_err(|(fault, _)| *fault)?;
        let report = Report::new();
        apply(&mut tree, overlay, &report);
        let told = |fault: Fault| {
            let problem = Diagnostic::error(fault.code, String::new(), fault.message);
            match fault.help {
                Some(help) => problem.help(help),
                None => problem,
            }
        };
        no_input(what).map_or(Ok(()), Err).map_err(told)?;
        find(&tree, what).map_err(told)?;
        let range = match range {
            Ok((from, to)) => Range::Between(Box::new(Track::between(&from, &to).map_err(told)?)),
            Err(values) => Range::OneOf(each_once(values).map_err(told)?),
        };
        let root = Cursor { node: &tree, pointer: String::new(), report: &report };
        let guesses = Guesses::of(&tree);
        let (yours, assumed) = (yours(&root, what), is_assumed(&root, what, &guesses));
        let by_contract = is_by_contract(&tree, what);
        Ok(Depends { what: what.into(), range, source: None, yours, assumed, by_contract })
    }
}

/// Refuse a value that stands twice.
fn each_once(values: Vec<Json>) -> Result<Vec<Json>, Fault> {
    let twice = |(at, value): &(usize, &Json)| values[..*at].contains(value);
    let Some((_, value)) = values.iter().enumerate().find(twice) else { return Ok(values) };
    let stated = value.as_str().map_or_else(|| value.to_string(), String::from);
    let message = format!("{} is to be tried twice", quote(&stated));
    Err(Fault::new("duplicate-name", message, "state each value once"))
}

/// Read the list; `root` is the scenario that its paths lead into, `changed` or as its file states it.
pub(super) fn depends(cursor: &Cursor<'_>, root: &Cursor<'_>, changed: bool) -> Vec<Depends> {
    let guesses = Guesses::of(root.node);
    let entries = cursor.items().unwrap_or_default();
    entries.iter().filter_map(|entry| one(entry, root, &guesses, changed)).collect()
}

fn one(
    cursor: &Cursor<'_>,
    root: &Cursor<'_>,
    guesses: &Guesses,
    changed: bool,
) -> Option<Depends> {
    let of = cursor.object(&DEPENDS)?;
    let what = of.need("what").and_then(|what| what.name().map(String::from));
    let range = range(cursor, &of);
    let source = of.get("source").and_then(|source| source.text().map(String::from));
    let (what, range) = (what?, range?);
    if let (Some(fault), Some(at)) = (no_input(&what), of.get("what")) {
        at.fault(fault);
        return None;
    }
    // what is nowhere in the file is told here, and not once for each value; what a change took away is gone with its range
    if let (Err(fault), Some(at)) = (find(root.node, &what), of.get("what")) {
        match changed {
            true => return None,
            false => at.fault(fault),
        }
    }
    let yours = yours(root, &what);
    outside(&of, &range, yours.as_ref());
    let assumed = is_assumed(root, &what, guesses);
    let by_contract = is_by_contract(root.node, &what);
    Some(Depends { what, range, source, yours, assumed, by_contract })
}

/// Keys of `experiment` that say how often a scenario is run and what is read off it, which all values share.
const SHARED: [&str; 5] = ["seed", "repeat", "repeat_at_most", "precision", "confidence"];

/// Why a path is no input: all values meet the same customers and are run as often, and what they are held against makes
/// nobody do otherwise.
fn no_input(what: &str) -> Option<Fault> {
    let what = what.trim();
    let shared = what.strip_prefix("experiment.").is_some_and(|key| SHARED.contains(&key));
    let (why, help) = match what.split('.').next() {
        _ if shared => (
            "all values of a sweep share it",
            "they meet the same customers and are run as often; to try another luck, run all with `--seed`",
        ),
        Some("objectives") => (
            "no customer is answered otherwise for it",
            "to see which designs meet another goal, state it as one more objective, or run with it: `--set objectives.0.goal=…`",
        ),
        _ => return None,
    };
    Some(Fault::new("no-effect", format!("{} is no input: {why}", quote(what)), help))
}

fn range(cursor: &Cursor<'_>, of: &Object<'_>) -> Option<Range> {
    match (of.get("from"), of.get("to"), of.get("try")) {
        (Some(from), Some(to), None) => {
            match Track::between(&from.node.to_json(), &to.node.to_json()) {
                Ok(track) => Some(Range::Between(Box::new(track))),
                Err(fault) => {
                    to.fault(fault);
                    None
                }
            }
        }
        (None, None, Some(list)) => {
            let mut values: Vec<Json> = Vec::new();
            for item in list.items()? {
                let value = item.node.to_json();
                if values.contains(&value) {
                    item.fail("duplicate-name", "this value stands in the list already");
                    return None;
                }
                values.push(value);
            }
            if values.is_empty() {
                list.fail("missing-key", "no values to try");
                return None;
            }
            Some(Range::OneOf(values))
        }
        _ => {
            cursor.fail_with_help(
                "missing-key",
                "what it depends on needs a range",
                "state `from` and `to`, or a list of values to `try`",
            );
            None
        }
    }
}

/// The one value that the path has, stated or by default.
fn yours(root: &Cursor<'_>, what: &str) -> Option<Json> {
    let found = find(root.node, what).ok()?;
    let at = |steps: &[String]| {
        let mut node = root.node;
        for step in steps {
            match node.child(step) {
                Some(child) => node = child,
                None => return default_at(steps),
            }
        }
        Some(node.to_json())
    };
    let mut values = found.places.iter().map(|place| at(&place.steps));
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

/// The places that notes of a file call guessed.
struct Guesses(Vec<Place>);

impl Guesses {
    fn of(root: &Node) -> Guesses {
        let places = |path: &String| find(root, path).map_or_else(|_| Vec::new(), |of| of.places);
        Guesses(guessed(root).iter().flat_map(places).collect())
    }

    /// Whether a place, or what it is part of, is among them.
    fn hold(&self, place: &Place) -> bool {
        self.0.iter().any(|of| place.steps.starts_with(&of.steps))
    }
}

/// Whether nobody said the value of a path: somewhere it is left to its default, or a note of the file calls it or what it
/// is part of guessed, and no change laid over the file sets it.
fn is_assumed(root: &Cursor<'_>, what: &str, guesses: &Guesses) -> bool {
    let places = find(root.node, what).map_or_else(|_| Vec::new(), |of| of.places);
    places.iter().any(|place| {
        let stated = place.steps.iter().try_fold(root.node, |node, step| node.child(step));
        stated.is_none_or(|node| node.origin.is_none() && guesses.hold(place))
    })
}

/// Whether a path is of a contract, or of a kind of people that contracts bring and no people plan names.
fn is_by_contract(root: &Node, what: &str) -> bool {
    const CONTRACT: &str = "contract";
    let places = find(root, what).map_or_else(|_| Vec::new(), |found| found.places);
    let designs = root.child("designs").map_or(&[][..], Node::entries);
    let parts = || designs.iter().flat_map(|design| design.node.entries());
    let by_contract = |kind: &str| {
        let (mut brought, mut planned) = (false, false);
        for part in parts() {
            brought |= part.name == CONTRACT && part.node.child(kind).is_some();
            planned |= !BESIDE_THE_PLAN.contains(&part.name.as_str()) && part.node.has_key(kind);
        }
        brought && !planned
    };
    !places.is_empty()
        && places.iter().all(|place| match place.steps.as_slice() {
            [people, kind, ..] if people == "people" => by_contract(kind),
            [designs, _, part, ..] => designs == "designs" && part == CONTRACT,
            _ => false,
        })
}

/// Warn where the author's own value lies outside of the range.
fn outside(of: &Object<'_>, range: &Range, yours: Option<&Json>) {
    let (Range::Between(track), Some(yours)) = (range, yours) else { return };
    let Some(number) = track.number(yours) else { return };
    let place = track.place(number);
    let key = if place < 0.0 { "from" } else { "to" };
    if let Some(end) = of.get(key).filter(|_| !(0.0..=1.0).contains(&place)) {
        let own = yours.as_str().map_or_else(|| yours.to_string(), String::from);
        end.warn(
            "outside-range",
            format!("the scenario itself has {}, outside of this range", quote(&own)),
            "a range is meant to hold what may be true, the stated value included",
        );
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Answers, Overlay, Source, document, load};

    #[test]
    fn whom_only_a_contract_brings_is_by_contract() {
        let by_contract = |more: &str| -> Vec<bool> {
            let text = format!(
                r#"{{ "orgsim": 1, "customers": {{ "messages": "300/day", "need_unit_knowledge": "0%" }},
                "people": {{ "vendor": {{ "cost": "$20/hour" }} }},
                "designs": {{ "A": {{ "centralized": {{ "care agent": 9, "strategist": 1, "open": "daily 08:00-20:00" }},
                    "contract": {{ "vendor": 2, "takes": "nights and weekends" }} }}{more} }},
                "it_depends_on": [ {{ "what": "people.vendor.cost", "from": "$10/hour", "to": "$30/hour" }},
                    {{ "what": "designs.A.contract.vendor", "from": 1, "to": 3 }},
                    {{ "what": "designs.A.centralized.strategist", "from": 1, "to": 2 }} ] }}"#
            );
            let source = Source::new("mine.json", text);
            let scenario = load(&source, &Overlay::default()).unwrap_or_else(|problems| {
                panic!("{}", super::super::render(&source, &problems, false))
            });
            scenario.depends.iter().map(|of| of.by_contract).collect()
        };
        assert_eq!(by_contract(""), [true, true, false]);
        let planned =
            r#", "B": { "outsourced": { "vendor": 5, "care agent": 1, "strategist": 1 } }"#;
        assert_eq!(by_contract(planned), [false, true, false]);
    }

    #[test]
    fn what_is_part_of_a_guess_is_assumed_until_somebody_sets_it() {
        let mut file = document(&Answers { messages_per_day: Some(300.0), ..Answers::default() });
        file["it_depends_on"] = json!([
            { "what": "customers.messages", "from": "100/day", "to": "400/day" },
            { "what": "customers.need_unit_knowledge", "from": "5%", "to": "80%" },
            { "what": "customers.topics.needs a reply.work", "from": "3m", "to": "9m" },
            { "what": "people.care agent.cost", "from": "$50,000/year", "to": "$90,000/year" },
            { "what": "designs.Centralized.open", "try": ["daily 08:00-20:00", "always"] },
        ]);
        let source = Source::new("new.json", file.to_string());
        let assumed = |overlay: &Overlay| -> Vec<bool> {
            let scenario = load(&source, overlay).expect("it is sound");
            scenario.depends.iter().map(|of| of.assumed).collect()
        };
        assert_eq!(assumed(&Overlay::default()), [false, true, true, true, true]);
        let set = Overlay::default().set("designs.Centralized.open=always").unwrap();
        assert!(!assumed(&set)[4]);
    }
}
