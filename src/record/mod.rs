//! Rows to JSON and text.
