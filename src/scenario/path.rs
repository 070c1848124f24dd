//! Paths into a scenario: `designs.*.open`.

use super::keys::{
    ANYWHERE, BEHAVIOR, BESIDE_THE_PLAN, CHANNEL, CUSTOMERS, DESIGN, DUTIES, EXPERIMENT,
    HOLD_EQUAL, KIND, KNOWLEDGE, PATIENCE, PRACTICE, ROLE, SCENARIO, SHAPES, STREAM, Shape, TOPIC,
    WORTH_NOTICING,
};
use super::names::{nearest, quote, suggestion};
use super::overlay::pointer;
use super::people::DOCUMENTED;
use super::text::Fault;
use super::tree::{Entry, Node, Value};

/// Where a path leads: the steps from the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) steps: Vec<String>,
}

/// Where a path leads, and where its `*` found no place.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) places: Vec<Place>,
    pub(super) passed_over: Vec<String>,
    /// A key that none of those places has, and what the first of them has.
    unknown: Option<(String, Vec<String>)>,
}

/// Follow a path from the root.
pub(super) fn find(root: &Node, path: &str) -> Result<Found, Fault> {
    let segments = segments(path)?;
    let mut found = Found::default();
    let start = Step { node: root, rest: &segments, by_star: false };
    walk(&start, &mut Vec::new(), &mut found)?;
    if found.places.is_empty() {
        let nearest = found.unknown.and_then(|(key, known)| {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            nearest(&key, &known).map(|name| format!("did you mean {}?", quote(name)))
        });
        let help = nearest.unwrap_or_else(|| "check the last key of the path".into());
        return Err(Fault::new("unknown-path", format!("{} applies nowhere", quote(path)), &help));
    }
    Ok(found)
}

/// A node on the way along a path.
struct Step<'a> {
    node: &'a Node,
    /// What of the path is still to be followed from here.
    rest: &'a [String],
    /// Whether a `*` led here, so that a place which does not go on is passed over.
    by_star: bool,
}

/// Follow the rest of a path from a node; `steps` lead there, and are the same afterwards.
fn walk(at: &Step<'_>, steps: &mut Vec<String>, found: &mut Found) -> Result<(), Fault> {
    let Some(first) = at.rest.first() else {
        found.places.push(Place { steps: steps.clone() });
        return Ok(());
    };
    if first == "*" {
        for name in below(at.node) {
            if let Some(node) = at.node.child(&name) {
                let next = Step { node, rest: &at.rest[1..], by_star: true };
                go_down(name, &next, steps, found)?;
            }
        }
        return Ok(());
    }
    if let Some((name, next)) = named(at) {
        return go_down(name, &next, steps, found);
    }
    // what stands beside a plan is not sought in it
    let beside = BESIDE_THE_PLAN.contains(&first.as_str());
    if let Some(tag) = archetype_tag(at.node, steps).filter(|_| !beside) {
        let node = at.node.child(&tag).expect("the tag was found here");
        return go_down(tag, &Step { node, ..*at }, steps, found);
    }
    if let Some(steps) = left_to_defaults(at, steps) {
        found.places.push(Place { steps });
        return Ok(());
    }
    leads_nowhere(at, first, steps, found)
}

/// One step down, and on from there.
fn go_down(
    name: String,
    next: &Step<'_>,
    steps: &mut Vec<String>,
    found: &mut Found,
) -> Result<(), Fault> {
    steps.push(name);
    walk(next, steps, found)?;
    steps.pop();
    Ok(())
}

/// What `*` stands for at a node: every name but those of notes, or every number of a list.
fn below(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Object(entries) => {
            let named = entries.iter().filter(|entry| !ANYWHERE.contains(&entry.name.as_str()));
            named.map(|entry| entry.name.clone()).collect()
        }
        Value::List(items) => (0..items.len()).map(|i| i.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// The key that the rest of the path begins with. A name may hold dots: the longest run of segments that is a key wins.
fn named<'a>(at: &Step<'a>) -> Option<(String, Step<'a>)> {
    (1..=at.rest.len()).rev().find_map(|count| {
        let name = at.rest[..count].join(".");
        let node = at.node.child(&name)?;
        Some((name, Step { node, rest: &at.rest[count..], by_star: at.by_star }))
    })
}

/// Where the rest of the path leads through what the file leaves to its defaults, if the format has such a place:
/// a key of an object that is there, or the parts of a block that is not.
fn left_to_defaults(at: &Step<'_>, steps: &[String]) -> Option<Vec<String>> {
    let Value::Object(_) = &at.node.value else { return None };
    if let ([only], Some(shape)) = (at.rest, shape_at(steps))
        && shape.keys.contains(&only.as_str())
    {
        return Some([steps, std::slice::from_ref(only)].concat());
    }
    absent(steps, at.rest)
}

/// The path ends at a node that has no such key: passed over where a `*` led there, else a fault.
fn leads_nowhere(
    at: &Step<'_>,
    first: &str,
    steps: &[String],
    found: &mut Found,
) -> Result<(), Fault> {
    let shape = shape_at(steps);
    let known = known_at(at.node, shape);
    if at.by_star {
        let known = known.iter().map(|name| (*name).to_owned()).collect();
        found.unknown.get_or_insert((first.to_owned(), known));
        found.passed_over.push(pointer(steps));
        return Ok(());
    }
    match shape.filter(|shape| shape.keys.contains(&first)) {
        Some(_) if matches!(at.node.value, Value::Object(_)) => Err(absent_fault(steps, at.rest)),
        _ => Err(unknown(steps, first, &known)),
    }
}

/// The keys that are known at a node: those of the format and those that are there.
fn known_at<'a>(node: &'a Node, shape: Option<&'static Shape>) -> Vec<&'a str> {
    let mut known: Vec<&str> = shape.map(|shape| shape.keys.to_vec()).unwrap_or_default();
    if let Value::Object(entries) = &node.value {
        let is_note = |entry: &&Entry| {
            ANYWHERE.contains(&entry.name.as_str()) && matches!(entry.node.value, Value::Text(_))
        };
        let named = entries.iter().filter(|entry| !is_note(entry));
        known.extend(named.map(|entry| entry.name.as_str()));
    }
    known.sort_unstable();
    known.dedup();
    known
}

/// That there is no such key at these steps, with the one that may have been meant.
fn unknown(steps: &[String], key: &str, known: &[&str]) -> Fault {
    let place = if steps.is_empty() { "the scenario".into() } else { quote(&steps.join(".")) };
    let help = suggestion(key, known).or_else(|| from_the_top(steps, key)).unwrap_or_default();
    Fault::new("unknown-path", format!("{place} has no {}", quote(key)), &help)
}

/// The whole path to a key that was named without its block.
fn from_the_top(steps: &[String], key: &str) -> Option<String> {
    const BLOCKS: [(&str, &Shape); 4] = [
        ("customers", &CUSTOMERS),
        ("experiment", &EXPERIMENT),
        ("practice", &PRACTICE),
        ("knowledge", &KNOWLEDGE),
    ];
    if !steps.is_empty() {
        return None;
    }
    let meant = |(block, shape): &(&str, &Shape)| {
        let name = nearest(key, shape.keys)?;
        Some(format!("did you mean {}?", quote(&format!("{block}.{name}"))))
    };
    BLOCKS.iter().find_map(meant)
}

/// Why segments lead nowhere below a block that the file does not state.
fn absent_fault(steps: &[String], segments: &[String]) -> Fault {
    let mut at = steps.to_vec();
    for segment in segments {
        let known: Option<&[&str]> = match shape_at(&at) {
            Some(shape) => Some(shape.keys),
            None if at == ["people"] => Some(&DOCUMENTED),
            None => None,
        };
        match known {
            Some(known) if known.contains(&segment.as_str()) => at.push(segment.clone()),
            Some(known) => return unknown(&at, segment, known),
            None => break,
        }
    }
    let place = quote(&at.join("."));
    let help = "state it in the file first, as `orgsim check FILE --defaults` lists it";
    Fault::new("unknown-path", format!("the scenario does not state {place}"), help)
}

/// The tag that stands between a design's name and its keys.
fn archetype_tag(node: &Node, steps: &[String]) -> Option<String> {
    let [root, _] = steps else { return None };
    if root != "designs" {
        return None;
    }
    plan_tag(node).map(str::to_owned)
}

/// The key of a design under which its plan stands: the name of its archetype, or `graph`.
pub(super) fn plan_tag(design: &Node) -> Option<&'static str> {
    let mut tags = DESIGN.keys.iter().filter(|key| !BESIDE_THE_PLAN.contains(*key));
    tags.find(|key| design.child(key).is_some()).copied()
}

/// Where segments lead through blocks that the file does not state, if the format has such a place.
fn absent(steps: &[String], segments: &[String]) -> Option<Vec<String>> {
    let mut at = steps.to_vec();
    for segment in segments {
        let known = match shape_at(&at) {
            Some(shape) => shape.keys.contains(&segment.as_str()),
            None => at == ["people"] && DOCUMENTED.contains(&segment.as_str()),
        };
        known.then_some(())?;
        at.push(segment.clone());
    }
    Some(at)
}

/// The shape of the object at these steps, as far as paths reach.
pub(super) fn shape_at(steps: &[String]) -> Option<&'static Shape> {
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    Some(match steps.as_slice() {
        [] => &SCENARIO,
        ["customers"] => &CUSTOMERS,
        ["customers", "behavior"] => &BEHAVIOR,
        ["customers", "behavior", "patience"] => &PATIENCE,
        ["customers", "channels", _] => &CHANNEL,
        ["customers", "topics", _] => &TOPIC,
        ["customers", "streams", _] => &STREAM,
        ["practice"] => &PRACTICE,
        ["knowledge"] => &KNOWLEDGE,
        ["people", _] => &KIND,
        ["experiment"] => &EXPERIMENT,
        ["experiment", "hold_equal"] => &HOLD_EQUAL,
        ["experiment", "worth_noticing"] => &WORTH_NOTICING,
        ["designs", _] => &DESIGN,
        ["designs", _, "graph", "roles", _] => &ROLE,
        ["designs", _, "duties", _] => &DUTIES,
        ["designs", _, tag] => {
            let what = format!("`{tag}`");
            return SHAPES.iter().copied().find(|shape| shape.what == what);
        }
        _ => return None,
    })
}

/// The keys of a path, quoted ones without their quotes.
pub(super) fn segments(path: &str) -> Result<Vec<String>, Fault> {
    const HELP: &str = "write keys with dots between them: `designs.*.open`";
    let mut segments = Vec::new();
    let mut rest = path.trim();
    loop {
        let (segment, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let (segment, after) = quoted.split_once('"').ok_or_else(|| {
                Fault::new(
                    "unreadable",
                    format!("{} has a quote that never ends", quote(path)),
                    HELP,
                )
            })?;
            (segment, after)
        } else {
            rest.split_at(rest.find('.').unwrap_or(rest.len()))
        };
        if segment.is_empty() {
            return Err(Fault::new("unreadable", format!("{} is not a path", quote(path)), HELP));
        }
        segments.push(segment.to_owned());
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(segments),
            None => {
                return Err(Fault::new(
                    "unreadable",
                    format!("{} is not a path", quote(path)),
                    HELP,
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(path: &str) -> Result<Vec<String>, String> {
        let json = serde_json::json!({
            "customers": { "messages": "9/day", "channels": { "x.com": { "share": "100%" } } },
            "people": { "care agent": { "cost": "$1/year" } },
            "designs": {
                "note": "candidates",
                "Hub and spoke": { "hub_and_spoke": { "hub": { "care agent": 6 } } },
                "Explicit": { "graph": { "roles": {}, "links": [] } },
            },
        });
        let found = find(&Node::from_json(&json, None), path).map_err(|fault| fault.message)?;
        Ok(found.places.iter().map(|place| pointer(&place.steps)).collect())
    }

    #[test]
    fn paths_look_through_the_archetype() {
        assert_eq!(
            places("designs.Hub and spoke.open").unwrap(),
            ["/designs/Hub and spoke/hub_and_spoke/open"]
        );
        assert_eq!(
            places("designs.*.open").unwrap(),
            ["/designs/Hub and spoke/hub_and_spoke/open"]
        );
        assert_eq!(
            places("designs.Hub and spoke.hub.care agent").unwrap(),
            ["/designs/Hub and spoke/hub_and_spoke/hub/care agent"]
        );
    }

    #[test]
    fn what_stands_beside_a_plan_is_not_sought_in_it() {
        assert_eq!(
            places("designs.Hub and spoke.edits").unwrap(),
            ["/designs/Hub and spoke/edits"]
        );
        let scales = ["/designs/Hub and spoke/scale", "/designs/Explicit/scale"];
        assert_eq!(places("designs.*.scale").unwrap(), scales);
    }

    #[test]
    fn names_may_hold_dots() {
        assert_eq!(
            places("customers.channels.x.com.share").unwrap(),
            ["/customers/channels/x.com/share"]
        );
        assert_eq!(
            places("customers.channels.\"x.com\".half_life").unwrap(),
            ["/customers/channels/x.com/half_life"]
        );
    }

    #[test]
    fn blocks_left_to_their_defaults_have_places_too() {
        assert_eq!(places("practice.review").unwrap(), ["/practice/review"]);
        assert_eq!(places("people.vendor.cost").unwrap(), ["/people/vendor/cost"]);
        assert!(places("practice.revew").is_err() && places("people.wizard.cost").is_err());
    }

    #[test]
    fn the_key_that_may_have_been_meant_is_named_wherever_it_is_misspelt() {
        let json = serde_json::json!({
            "customers": { "messages": "9/day" },
            "designs": { "Hub and spoke": { "hub_and_spoke": { "hub": { "care agent": 6 } } } },
        });
        let told = |path: &str| {
            let fault = find(&Node::from_json(&json, None), path).expect_err(path);
            format!("{}; {}", fault.message, fault.help.unwrap_or_default())
        };
        for (path, expected) in [
            ("practice.reveiw", "`practice` has no `reveiw`; did you mean `review`?"),
            ("people.care agnet.cost", "`people` has no `care agnet`; did you mean `care agent`?"),
            ("designs.*.opne", "`designs.*.opne` applies nowhere; did you mean `open`?"),
            ("mesages", "the scenario has no `mesages`; did you mean `customers.messages`?"),
            (
                "customers.topics.complant.work",
                "the scenario does not state `customers.topics`; state it in the file first, as `orgsim check FILE --defaults` lists it",
            ),
        ] {
            assert_eq!(told(path), expected);
        }
    }

    #[test]
    fn paths_that_lead_nowhere_are_refused() {
        for path in
            ["customers.mesages", "designs.Hub.open", "", "customers..messages", "designs.*.opne"]
        {
            assert!(places(path).is_err(), "{path}");
        }
    }
}
