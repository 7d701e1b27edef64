//! Rows to JSON and text.

pub mod ast;
pub mod dis;
pub mod plain;
pub mod stages;
pub mod trace;
