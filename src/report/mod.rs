//! What a person opens: one self-contained page, and the pictures on it.
//!
//! This floor reads finished results. It formats; it never estimates.

mod organization;
mod page;
mod pictures;
mod sections;

pub use organization::organization_picture;
pub use page::{Block, Figure, Page, Section, page};
pub use pictures::pictures;
pub use sections::sections;
