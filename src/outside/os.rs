//! The operating system's names and errors, as the machine has them.

use std::io;

use crate::machine::ask::OsFailure;
use crate::machine::file_bytes;
use crate::machine::text::Str;

/// What an operating system says of a call that failed.
pub fn failure(error: &io::Error) -> OsFailure {
    const INPUT_OUTPUT: i32 = 5;
    let text = error.to_string();
    // Rust adds the number, which Python shows in front.
    let text = text.rfind(" (os error ").map_or(text.as_str(), |end| &text[..end]);
    OsFailure { errno: error.raw_os_error().unwrap_or(INPUT_OUTPUT), text: text.to_owned(), filename: None }
}

/// The bytes of a file's name.
pub fn bytes(name: &Str) -> Vec<u8> {
    file_bytes(name)
}
