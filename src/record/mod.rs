//! Rows to JSON and text.

pub mod dis;
