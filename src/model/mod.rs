//! Plain checked values: what an organization is, what customers bring.

mod diagnostic;

pub use diagnostic::{Diagnostic, Severity};
