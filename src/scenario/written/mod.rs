//! From a model back to the words of the format: the explicit graph of any design.

mod hours;
mod laws;
mod links;
mod people;
mod quantities;
mod roles;
mod staffing;
#[cfg(test)]
mod tests;

pub(super) use hours::week_in_words;

use serde_json::{Map, Value, json};

use super::overlay::{Overlay, apply};
use super::report::Report;
use super::{Scenario, Source, syntax};
use crate::model::Organization;

impl Scenario {
    /// A design as an explicit graph, to be pasted back as a design of the same scenario: the same
    /// organization again, hence the same numbers.
    ///
    /// `source` and `overlay` are those that the scenario was read from. A design that states a graph is
    /// given as it stands there; one with `edits` and every archetype as the graph that came of it, absences included.
    ///
    /// # Panics
    /// If there is no design of this number.
    pub fn graph(&self, source: &Source, overlay: &Overlay, design: usize) -> Value {
        let design = &self.model.designs[design];
        stated(source, overlay, &design.name)
            .unwrap_or_else(|| json!({ "graph": self.written(&design.organization) }))
    }

    /// The roles and links of an organization.
    fn written(&self, organization: &Organization) -> Value {
        let roles: Map<String, Value> = organization
            .roles()
            .map(|(_, role)| (role.name.clone(), roles::role(self, role)))
            .collect();
        json!({ "roles": roles, "links": links::links(self, organization) })
    }
}

/// A design that is a graph in the file already, without edits.
fn stated(source: &Source, overlay: &Overlay, name: &str) -> Option<Value> {
    let (mut root, _) = syntax::parse(&source.text).ok()?;
    apply(&mut root, overlay, &Report::new());
    let design = root.child("designs")?.child(name)?;
    (design.child("graph").is_some() && design.child("edits").is_none()).then(|| design.to_json())
}
