//! The same where the operating system is none of the family of Unix: there are no such calls.

use std::fs::OpenOptions;
use std::io;

use super::system::System;
use crate::machine::system::{Call, OpenMode, Reply};

/// Nothing is known beyond what every system knows.
pub fn extend(_options: &mut OpenOptions, _mode: OpenMode) {}

/// Refuses.
pub fn call(_system: &mut System, _call: &Call) -> io::Result<Reply> {
    Err(io::ErrorKind::Unsupported.into())
}
