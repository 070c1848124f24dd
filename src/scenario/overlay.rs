//! Changes laid over a scenario before it is read, so that they are checked like the file itself.

use std::rc::Rc;

use serde_json::Value as Json;

use super::path::{Place, find};
use super::report::Report;
use super::tree::{Entry, Node, Value, step};
use crate::model::Diagnostic;

/// Changes to a scenario: values set at paths, surges, absences.
///
/// A path names keys from the root, with dots between them: `customers.messages`,
/// `designs.Hub and spoke.open`. A key that holds a dot may stand in double quotes. `*` stands for every
/// key that has what follows. `designs.NAME.KEY` looks through the archetype's tag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// The author's word for these changes.
    pub name: Option<String>,
    /// Paths and the values they are set to.
    pub sets: Vec<(String, Json)>,
    /// Surges, as under `customers.surges`.
    pub surges: Vec<Json>,
    /// Absences, as under `absences`.
    pub leaves: Vec<Json>,
}

impl Overlay {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty() && self.surges.is_empty() && self.leaves.is_empty()
    }

    /// `path=value`, as on the command line: the value is JSON if it can be read so, a text otherwise.
    ///
    /// `None` without an equals sign.
    pub fn set(mut self, assignment: &str) -> Option<Overlay> {
        let (path, value) = assignment.split_once('=')?;
        let value = value.trim();
        let json = serde_json::from_str(value).unwrap_or_else(|_| Json::String(value.into()));
        self.sets.push((path.trim().into(), json));
        Some(self)
    }

    /// These changes and then those.
    pub fn and(mut self, later: &Overlay) -> Overlay {
        self.name = self.name.or_else(|| later.name.clone());
        self.sets.extend(later.sets.iter().cloned());
        self.surges.extend(later.surges.iter().cloned());
        self.leaves.extend(later.leaves.iter().cloned());
        self
    }
}

/// Change the tree.
pub(super) fn apply(root: &mut Node, overlay: &Overlay, report: &Report) {
    for (path, value) in &overlay.sets {
        let words: Rc<str> = Rc::from(format!("{path} = {value}").as_str());
        match find(root, path) {
            Ok(found) => {
                for place in &found.places {
                    put(root, place, Node::from_json(value, Some(&words)));
                }
                for passed_over in found.passed_over {
                    report.add(
                        Diagnostic::warning(
                            "not-applied",
                            passed_over,
                            format!("`{path}` does not apply here"),
                        )
                        .help("`*` sets a value only where the key has a place"),
                    );
                }
            }
            Err(fault) => {
                let problem = Diagnostic::error(fault.code, format!("{words}#"), fault.message);
                report.add(match fault.help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
        }
    }
    let name = overlay.name.as_deref().unwrap_or("what-if");
    for surge in &overlay.surges {
        let words: Rc<str> = Rc::from(format!("{name}: surge {surge}").as_str());
        append(root, &["customers", "surges"], Node::from_json(surge, Some(&words)));
    }
    for leaves in &overlay.leaves {
        let words: Rc<str> = Rc::from(format!("{name}: leaves {leaves}").as_str());
        append(root, &["absences"], Node::from_json(leaves, Some(&words)));
    }
}

fn put(root: &mut Node, place: &Place, value: Node) {
    let Some((last, path)) = place.steps.split_last() else { return };
    let mut node = root;
    for step in path {
        if node.child(step).is_none()
            && let Value::Object(entries) = &mut node.value
        {
            let empty = Node { value: Value::Object(Vec::new()), range: 0..0, origin: None };
            entries.push(Entry { name: step.clone(), key: 0..0, node: empty });
        }
        match node.child_mut(step) {
            Some(child) => node = child,
            None => return,
        }
    }
    if let Some(child) = node.child_mut(last) {
        *child = value;
    } else if let Value::Object(entries) = &mut node.value {
        entries.push(Entry { name: last.clone(), key: 0..0, node: value });
    }
}

fn append(root: &mut Node, path: &[&str], item: Node) {
    let mut node = root;
    for key in path {
        if node.child(key).is_none()
            && let Value::Object(entries) = &mut node.value
        {
            let empty = Node { value: Value::List(Vec::new()), range: 0..0, origin: None };
            entries.push(Entry { name: (*key).into(), key: 0..0, node: empty });
        }
        match node.child_mut(key) {
            Some(child) => node = child,
            None => return,
        }
    }
    if let Value::List(items) = &mut node.value {
        items.push(item);
    }
}

/// The JSON Pointer of some steps.
pub(super) fn pointer(steps: &[String]) -> String {
    steps.iter().map(|name| format!("/{}", step(name))).collect()
}
