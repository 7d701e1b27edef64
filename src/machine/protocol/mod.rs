//! What values can do, whatever their type: attributes, operators, comparison, iteration, conversion.
//!
//! A helper in here never calls Python code.  It gives a value, or the frames that have to run before
//! there is one.

pub mod attribute;
pub mod attribute_wrappers;
pub mod buffer;
mod callable_name;
mod codec;
pub mod compare;
mod convert;
mod descriptor;
mod error;
mod format;
mod hash;
mod import;
pub mod iterate;
mod mapping;
pub mod number;
pub mod operator;
mod own_special;
pub mod path;
mod pattern;
mod repr;
mod sequence;
mod source;
mod step;
pub mod subscript;
mod super_;
pub mod wrappers;
pub mod wrappers_container;
