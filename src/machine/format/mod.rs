//! Formatting: `format()` and its specifications, `%` and its directives, `str.format` and its fields.
//!
//! What a program's own methods must be called for is the caller's: the templates are cut into pieces by
//! functions that take a position and give the next one, so that nothing waits here between two pieces.

pub mod complex;
pub mod float;
pub mod int;
mod number;
pub mod percent;
pub mod spec;
pub mod template;
pub mod text;

pub use super::number::{ErrorKind, NumberError as FormatError};

/// What formatting gives.
pub type Result<T> = std::result::Result<T, FormatError>;
