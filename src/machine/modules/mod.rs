//! The modules that have no Python source.

pub mod builtins;
pub mod stdlib;
pub mod sys;
