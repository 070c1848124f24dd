//! Where changes to a scenario become models: what the search for a next step works with.

use serde_json::Value;

use crate::cli::opened::Opened;
use crate::model::{Diagnostic, Model};
use crate::scenario::Overlay;

/// The model of the scenario with more settings laid over it, or the first reason why there is none.
pub(super) fn build(opened: &Opened, settings: &[(String, Value)]) -> Result<Model, String> {
    let more = Overlay { sets: settings.to_vec(), ..Overlay::default() };
    let first = |problems: Vec<Diagnostic>| {
        problems.into_iter().next().map_or_else(String::new, |problem| problem.message)
    };
    Ok(opened.changed(&more).map_err(first)?.model)
}
