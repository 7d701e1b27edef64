//! The same where the operating system is none of the family of Unix: there are no such calls.

use std::fs::{Metadata, OpenOptions};
use std::io;

use super::system::System;
use crate::machine::system::{Call, OpenMode, Reply};

/// Nothing is known beyond what every system knows.
pub fn extend(_options: &mut OpenOptions, _mode: OpenMode) {}

/// What is known of an open file that is none of the standard streams.
pub fn metadata(system: &System, fd: i32) -> io::Result<Metadata> {
    system.file(fd)?.metadata()
}

/// Refuses.
pub fn call(_system: &mut System, _call: &Call) -> io::Result<Reply> {
    Err(io::ErrorKind::Unsupported.into())
}
