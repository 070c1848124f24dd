//! Changes laid over a scenario before it is read, so that they are checked like the file itself.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value as Json;

use super::keys::ANYWHERE;
use super::path::{Place, find};
use super::report::Report;
use super::shares::TOLERANCE;
use super::text::share;
use super::tree::{Entry, Node, Value, step};
use crate::model::Diagnostic;

/// A path as `--set` takes it, and the value that is set there.
pub type PathAndValue = (String, Json);

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
    pub sets: Vec<PathAndValue>,
    /// Positions in `sets` at which changes begin that are laid over those before: a what-if over `--set`.
    pub layers: Vec<usize>,
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
        let before = self.sets.len();
        self.layers.extend([0].iter().chain(&later.layers).map(|at| before + at));
        self.sets.extend(later.sets.iter().cloned());
        self.surges.extend(later.surges.iter().cloned());
        self.leaves.extend(later.leaves.iter().cloned());
        self
    }
}

/// Change the tree.
pub(super) fn apply(root: &mut Node, overlay: &Overlay, report: &Report) {
    let mut tables = Tables::default();
    for (at, (path, value)) in overlay.sets.iter().enumerate() {
        if overlay.layers.contains(&at) {
            std::mem::take(&mut tables).give_way(root);
        }
        let words: Rc<str> = set_words(path, value).into();
        match find(root, path) {
            Ok(found) => {
                for place in &found.places {
                    tables.note(root, place);
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
                let problem = Diagnostic::error(fault.code, "", fault.message).set_by(Some(&words));
                report.add(match fault.help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
        }
    }
    tables.give_way(root);
    let name = overlay.name.as_deref().unwrap_or("what-if");
    for surge in &overlay.surges {
        let words: Rc<str> = added_words(name, "surge", surge).into();
        append(root, &["customers", "surges"], Node::from_json(surge, Some(&words)));
    }
    for leaves in &overlay.leaves {
        let words: Rc<str> = added_words(name, "leaves", leaves).into();
        append(root, &["absences"], Node::from_json(leaves, Some(&words)));
    }
}

/// The words that set a value, as findings about it name them.
pub(super) fn set_words(path: &str, value: &serde_json::Value) -> String {
    format!("{path} = {value}")
}

/// The words of a change of this name that adds a surge or an absence.
pub(super) fn added_words(name: &str, key: &str, one: &serde_json::Value) -> String {
    format!("{name}: {key} {one}")
}

/// The key of a row's part of its table.
const SHARE: &str = "share";
/// Tables whose rows may be shares themselves.
const DIVIDED: [&str; 4] = ["languages", "business_units", "topics", "channels"];

/// Whether the rows of the table at this place may be shares themselves. Rows of the same names elsewhere are weights or filters.
fn divides(table: &[String]) -> bool {
    let table: Vec<&str> = table.iter().map(String::as_str).collect();
    matches!(table.as_slice(), ["customers", of] | ["customers", "streams", _, of] if DIVIDED.contains(of))
}

/// Tables that divided everything among their rows before a row's share was set: where the share stands in a row, and the
/// names of rows that were set.
#[derive(Default)]
struct Tables(BTreeMap<Vec<String>, (At, Vec<String>)>);

/// Where a row states its share.
#[derive(Clone, Copy, PartialEq)]
enum At {
    /// At its key `share`.
    Key,
    /// It is the share: `"languages": { "German": "70%" }`.
    Row,
}

impl Tables {
    /// A value is about to be set at this place.
    fn note(&mut self, root: &Node, place: &Place) {
        let (table, row, stands) = match place.steps.as_slice() {
            [table @ .., row, key] if key == SHARE => (table, row, At::Key),
            [table @ .., row] if divides(table) => (table, row, At::Row),
            _ => return,
        };
        let whole = || {
            let shares = shares(at(root, table)?, stands)?;
            let sum: f64 = shares.iter().map(|(_, share)| share).sum();
            ((sum - 1.0).abs() <= TOLERANCE).then_some(())
        };
        match self.0.get_mut(table) {
            Some((_, rows)) => rows.push(row.clone()),
            None if whole().is_some() => {
                self.0.insert(table.to_vec(), (stands, vec![row.clone()]));
            }
            None => {}
        }
    }

    /// The rows that were not set give way, each in proportion to its share.
    fn give_way(&self, root: &mut Node) {
        for (table, (stands, set)) in &self.0 {
            let Some(shares) = at(root, table).and_then(|of| shares(of, *stands)) else { continue };
            let (set, others): (Vec<_>, Vec<_>) =
                shares.into_iter().partition(|(name, _)| set.contains(name));
            let sum = |rows: &[(String, f64)]| rows.iter().map(|(_, share)| share).sum::<f64>();
            let (left, divided) = (1.0 - sum(&set), sum(&others));
            if left < -TOLERANCE || divided <= 0.0 {
                continue;
            }
            for (name, share) in others {
                let text = format!("{}%", 100.0 * share * left.max(0.0) / divided);
                let mut steps = [table.as_slice(), &[name]].concat();
                if *stands == At::Key {
                    steps.push(SHARE.into());
                }
                let words: Rc<str> = Rc::from(format!("{} = {text}", steps.join(".")).as_str());
                put(root, &Place { steps }, Node::from_json(&text.into(), Some(&words)));
            }
        }
    }
}

fn at<'a>(root: &'a Node, steps: &[String]) -> Option<&'a Node> {
    steps.iter().try_fold(root, |node, step| node.child(step))
}

/// The rows of a table that all state a share there; `None` of anything else.
fn shares(table: &Node, stands: At) -> Option<Vec<(String, f64)>> {
    let Value::Object(entries) = &table.value else { return None };
    let rows = entries.iter().filter(|entry| match stands {
        At::Key => matches!(entry.node.value, Value::Object(_)),
        At::Row => !ANYWHERE.contains(&entry.name.as_str()),
    });
    let share = |entry: &Entry| {
        let stated = match stands {
            At::Key => entry.node.child(SHARE)?,
            At::Row => &entry.node,
        };
        let share = match &stated.value {
            Value::Number(number) => number.parse().ok()?,
            Value::Text(text) => share(text).ok()?,
            _ => return None,
        };
        Some((entry.name.clone(), share))
    };
    rows.map(share).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Source, load};

    /// The shares of three topics after some assignments, or the codes of what is wrong.
    fn topics(assignments: &[&str]) -> Result<Vec<f64>, Vec<&'static str>> {
        let all = assignments.iter();
        shares_under(&all.fold(Overlay::default(), |all, it| all.set(it).expect("an assignment")))
    }

    fn shares_under(overlay: &Overlay) -> Result<Vec<f64>, Vec<&'static str>> {
        let text = r#"{ "orgsim": 1, "customers": { "messages": "9/hour", "topics": {
            "a": { "share": "50%" }, "b": { "share": 0.3 }, "c": { "share": "20%" } } },
            "designs": { "One": { "centralized": { "care agent": 5, "strategist": 1, "analyst": 1 } } }, "experiment": { "repeat": 2 } }"#;
        let scenario = load(&Source::new("mine.json", text), overlay)
            .map_err(|problems| problems.iter().map(|it| it.code).collect::<Vec<_>>())?;
        let shares = &scenario.model.world.streams[0].mix.topics;
        Ok((0..3).map(|i| (shares.share(i) * 1e9).round() / 1e9).collect())
    }

    #[test]
    fn rows_that_are_shares_themselves_give_way_as_well() {
        let text = r#"{ "orgsim": 1, "customers": { "messages": "9/hour", "note": "three countries",
            "languages": { "Finnish": "10%", "Swedish": 0.5, "German": "40%", "source": "our desk" }, "topics": { "a": { "share": 1 } } },
            "designs": { "One": { "centralized": { "care agent": 5, "strategist": 1, "analyst": 1 } } }, "experiment": { "repeat": 2 } }"#;
        let under = |set: &str| {
            let overlay = Overlay::default().set(set).expect("an assignment");
            let scenario = load(&Source::new("mine.json", text), &overlay)
                .map_err(|problems| problems.iter().map(|it| it.code).collect::<Vec<_>>())?;
            let shares = &scenario.model.world.streams[0].mix.languages;
            Ok((0..3).map(|i| (shares.share(i) * 1e9).round() / 1e9).collect())
        };
        assert_eq!(
            under("customers.languages.Finnish=20%"),
            Ok(vec![0.2, 0.444444444, 0.355555556])
        );
        assert_eq!(under("customers.languages.Finnish=120%"), Err(vec!["out-of-range"]));
        // how many times as often a segment writes about a topic is no share
        let weights: Vec<String> =
            ["customers", "segments", "vip", "topics"].map(String::from).to_vec();
        assert!(!divides(&weights));
        let of_a_stream = ["customers", "streams", "night", "topics"].map(String::from);
        assert!(divides(&of_a_stream));
    }

    #[test]
    fn shares_that_are_not_set_give_way() {
        assert_eq!(topics(&["customers.topics.a.share=75%"]), Ok(vec![0.75, 0.15, 0.1]));
        assert_eq!(
            topics(&["customers.topics.b.share=0"]),
            Ok(vec![0.714285714, 0.0, 0.285714286])
        );
        let two = ["customers.topics.a.share=25%", "customers.topics.b.share=25%"];
        assert_eq!(topics(&two), Ok(vec![0.25, 0.25, 0.5]));
        // set twice, the last holds, whatever the order in which the sum goes wrong
        let again = ["customers.topics.a.share=10%", "customers.topics.a.share=50%"];
        assert_eq!(topics(&again), Ok(vec![0.5, 0.3, 0.2]));
        let all = ["customers.topics.*.share=40%"];
        assert_eq!(topics(&all), Err(vec!["shares-sum"]));
        let more = ["customers.topics.a.share=80%", "customers.topics.b.share=30%"];
        assert_eq!(topics(&more), Err(vec!["shares-sum"]));
        // laid one over the other, each takes from all others
        let [first, then] = more.map(|it| Overlay::default().set(it).expect("an assignment"));
        assert_eq!(shares_under(&first.and(&then)), Ok(vec![0.636363636, 0.3, 0.063636364]));
    }
}
