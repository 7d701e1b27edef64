//! Syntax tree to code object, one file per pass.

pub mod assemble;
mod constants;
pub mod error;
pub mod flowgraph;
pub mod sequence;
pub mod unit;
