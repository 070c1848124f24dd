//! Keys that an object does not have.

use super::keys::{Shape, no_effect};
use super::names::{quote, suggestion};
use crate::model::Diagnostic;

/// A key that an object does not have: it would change nothing, or nobody knows it.
pub(super) fn foreign(shape: &Shape, name: &str) -> Diagnostic {
    if let Some(help) = no_effect(shape, name) {
        let message = format!("{} has no effect on {}", quote(name), shape.what);
        return Diagnostic::error("no-effect", "", message).help(help);
    }
    let message = format!("{} is not a key of {}", quote(name), shape.what);
    let problem = Diagnostic::error("unknown-key", "", message);
    match suggestion(name, shape.keys) {
        Some(help) => problem.help(help),
        None => problem,
    }
}
