//! The one integration binary.
//!
//! Theory: exact answers. Floors: the direction of imports. Cli: the program as a stranger runs it.

mod cli;
mod floors;
mod theory;
