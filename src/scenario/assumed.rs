//! Defaults that a scenario relies on and that may be otherwise: what to set where, to find out whether it matters.

use serde_json::Value as Json;

use super::defaults::Default;
use super::depends::Depends;
use super::path::find;
use super::tree::Node;

/// A default with a range that holds in some places of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumed {
    /// The default.
    pub default: &'static Default,
    /// Paths of the places where it holds.
    pub paths: Vec<String>,
    /// Its low and its high end.
    pub ends: [Json; 2],
}

/// The defaults with a range among those that a scenario uses, less those that it declares itself.
pub(super) fn assumed(
    root: &Node,
    used: &[&'static Default],
    declared: &[Depends],
) -> Vec<Assumed> {
    let own = |default: &Default| declared.iter().any(|depends| depends.what == default.key);
    used.iter().copied().filter(|default| !own(default)).filter_map(|of| one(root, of)).collect()
}

fn one(root: &Node, default: &'static Default) -> Option<Assumed> {
    let range = default.range?;
    let json = |text: &str| serde_json::from_str(text).ok();
    let ends = [json(range.low)?, json(range.high)?];
    let places = find(root, default.key).ok()?.places;
    let stated =
        |steps: &[String]| steps.iter().try_fold(root, |node, step| node.child(step)).is_some();
    let paths: Vec<String> = places
        .iter()
        .filter(|place| !stated(&place.steps))
        .map(|place| path(&place.steps))
        .collect();
    (!paths.is_empty()).then_some(Assumed { default, paths, ends })
}

/// Steps as a path; keys that hold a dot in double quotes.
fn path(steps: &[String]) -> String {
    let one = |step: &String| if step.contains('.') { format!("\"{step}\"") } else { step.clone() };
    steps.iter().map(one).collect::<Vec<_>>().join(".")
}
