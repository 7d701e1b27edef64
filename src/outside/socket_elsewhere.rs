//! The same where the operating system is none of the family of Unix: there are no such calls.

use std::io;

use super::system::System;
use crate::machine::system::{Call, Reply};

/// Refuses.
pub fn call(_system: &mut System, _call: &Call) -> io::Result<Reply> {
    Err(io::ErrorKind::Unsupported.into())
}
