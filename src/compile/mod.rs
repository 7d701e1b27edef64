//! Syntax tree to code object, one file per pass.

pub mod assemble;
pub mod error;
mod evaluate;
pub mod flowgraph;
pub mod sequence;
pub mod unit;
