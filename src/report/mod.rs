//! What a person opens: one self-contained page, and the pictures on it.
//!
//! This floor reads finished results. It formats; it never estimates. A [`Report`] is all that a page is made
//! from; [`contract`] puts it down as one JSON document, from which [`page`] makes the HTML, and which the
//! page carries for its own scripts.

mod assumed;
mod blocks;
mod cards;
mod contract;
mod facts;
mod figures;
mod organization;
mod page;
mod parts;
mod replay;
mod source;
mod text;

pub use contract::contract;
pub use figures::{Figure, figures};
pub use organization::organization_picture;
pub use page::{LARGEST, page};
pub use source::{Assumption, Report};

/// Roles of a design that the page tells one by one: of more, its tables and cards have the busiest, and no day is played,
/// for nobody would see where a case is.
const MOST_ROLES: usize = 200;
