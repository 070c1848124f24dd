//! Named changes to run beside the baseline.

use super::cursor::Cursor;
use super::keys::WHAT_IF;
use super::overlay::Overlay;
use super::tree::Value;

/// A named change.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// The author's word for it.
    pub name: String,
    /// What it changes.
    pub overlay: Overlay,
}

impl WhatIf {
    /// What calls all of them, and therefore none.
    pub const ALL: &'static str = "all";
}

/// Read the what-ifs.
pub(super) fn what_ifs(cursor: &Cursor<'_>) -> Vec<WhatIf> {
    let entries = cursor.entries().unwrap_or_default();
    entries.iter().filter_map(|(name, child)| what_if(name, child)).collect()
}

fn what_if(name: &str, cursor: &Cursor<'_>) -> Option<WhatIf> {
    if name == WhatIf::ALL {
        cursor.fail_with_help(
            "duplicate-name",
            "`all` is the word for all what-ifs",
            "rename this one",
        );
        return None;
    }
    let of = cursor.object(&WHAT_IF)?;
    let mut overlay = Overlay { name: Some(name.into()), ..Overlay::default() };
    if let Some(set) = of.get("set") {
        for (path, value) in set.entries().unwrap_or_default() {
            overlay.sets.push((path.into(), value.node.to_json()));
        }
    }
    let several = |key: &'static str| {
        of.get(key).map_or_else(Vec::new, |at| match &at.node.value {
            Value::List(items) => items.iter().map(super::tree::Node::to_json).collect(),
            _ => vec![at.node.to_json()],
        })
    };
    overlay.surges = several("surge");
    overlay.leaves = several("leaves");
    if overlay.is_empty() {
        cursor.fail_with_help(
            "missing-key",
            "this what-if changes nothing",
            "state `set`, `surge` or `leaves`",
        );
        return None;
    }
    Some(WhatIf { name: name.into(), overlay })
}
