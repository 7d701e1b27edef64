//! Syntax tree to code object, one file per pass.

pub mod error;
pub mod sequence;
pub mod unit;
