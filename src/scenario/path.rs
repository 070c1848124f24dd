//! Paths into a scenario: `designs.*.open`.

use super::keys::{
    ANYWHERE, BEHAVIOR, BESIDE_THE_PLAN, CHANNEL, CUSTOMERS, DESIGN, DUTIES, EXPERIMENT,
    HOLD_EQUAL, KIND, KNOWLEDGE, PATIENCE, PRACTICE, ROLE, SCENARIO, SHAPES, STREAM, Shape, TOPIC,
    WORTH_NOTICING,
};
use super::names::{quote, suggestion};
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
}

/// Follow a path from the root.
pub(super) fn find(root: &Node, path: &str) -> Result<Found, Fault> {
    let segments = segments(path)?;
    let mut found = Found::default();
    walk(root, &segments, &mut Vec::new(), false, &mut found)?;
    if found.places.is_empty() {
        return Err(Fault::new(
            "unknown-path",
            format!("{} applies nowhere", quote(path)),
            "check the last key of the path",
        ));
    }
    Ok(found)
}

fn walk(
    node: &Node,
    segments: &[String],
    steps: &mut Vec<String>,
    by_star: bool,
    found: &mut Found,
) -> Result<(), Fault> {
    let Some(first) = segments.first() else {
        found.places.push(Place { steps: steps.clone() });
        return Ok(());
    };
    if first == "*" {
        let names: Vec<String> = match &node.value {
            Value::Object(entries) => {
                let named = entries.iter().filter(|entry| !ANYWHERE.contains(&entry.name.as_str()));
                named.map(|entry| entry.name.clone()).collect()
            }
            Value::List(items) => (0..items.len()).map(|i| i.to_string()).collect(),
            _ => Vec::new(),
        };
        for name in names {
            if let Some(child) = node.child(&name) {
                steps.push(name);
                walk(child, &segments[1..], steps, true, found)?;
                steps.pop();
            }
        }
        return Ok(());
    }
    // a name may hold dots: the longest run of segments that is a key wins
    for count in (1..=segments.len()).rev() {
        let name = segments[..count].join(".");
        if let Some(child) = node.child(&name) {
            steps.push(name);
            walk(child, &segments[count..], steps, by_star, found)?;
            steps.pop();
            return Ok(());
        }
    }
    // what stands beside a plan is not sought in it
    let beside = BESIDE_THE_PLAN.contains(&first.as_str());
    if let Some(tag) = archetype_tag(node, steps).filter(|_| !beside) {
        let child = node.child(&tag).expect("the tag was found here");
        steps.push(tag);
        walk(child, segments, steps, by_star, found)?;
        steps.pop();
        return Ok(());
    }
    let shape = shape_at(steps);
    if let ([only], Some(shape), Value::Object(_)) = (segments, shape, &node.value)
        && shape.keys.contains(&only.as_str())
    {
        steps.push(only.clone());
        found.places.push(Place { steps: steps.clone() });
        steps.pop();
        return Ok(());
    }
    // the parts of a block may be set where the block itself is left to its defaults
    if let (Value::Object(_), Some(absent)) = (&node.value, absent(steps, segments)) {
        found.places.push(Place { steps: absent });
        return Ok(());
    }
    if by_star {
        found.passed_over.push(pointer(steps));
        return Ok(());
    }
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
    let place = if steps.is_empty() { "the scenario".into() } else { quote(&steps.join(".")) };
    let help = suggestion(first, &known).unwrap_or_default();
    Err(Fault::new("unknown-path", format!("{place} has no {}", quote(first)), &help))
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
fn segments(path: &str) -> Result<Vec<String>, Fault> {
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
    fn paths_that_lead_nowhere_are_refused() {
        for path in
            ["customers.mesages", "designs.Hub.open", "", "customers..messages", "designs.*.opne"]
        {
            assert!(places(path).is_err(), "{path}");
        }
    }
}
