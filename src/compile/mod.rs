//! Syntax tree to code object, one file per pass.

pub mod sequence;
