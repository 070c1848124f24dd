//! The one integration binary; each module is a subject.

mod cli;
mod floors;
