//! The functions of the builtins module, by what they are about.

pub mod attributes;
pub mod iteration;
pub mod number;
pub mod print;
pub mod run;
pub mod source;
