//! Integration tests, one binary.

mod theory;
