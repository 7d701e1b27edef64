//! Source files: bytes to text, lines, spans, and how an error in a source is told; and what is known of
//! every character.
//!
//! Everything behind this module sees text that is valid Unicode, has no NUL, and ends its lines with
//! `\n` alone; offsets are bytes of that text's UTF-8.

mod encoding;
mod error;
pub mod float;
mod lines;
mod outline;
mod source;
pub mod unicode;
pub mod unicode_data;
#[rustfmt::skip]
#[allow(clippy::unreadable_literal, reason = "written by a script, and read by nobody")]
mod unicode_table;

pub use error::{CharColumn, SyntaxError, SyntaxErrorKind};
pub use lines::{ByteColumn, ByteOffset, LineIndex, LineNumber, Position, Span};
pub use outline::{Outline, Place};
pub use source::SourceFile;
