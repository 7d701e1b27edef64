//! Source files: bytes to text, lines, spans, and how an error in a source is told.
//!
//! Everything behind this module sees text that is valid Unicode, has no NUL, and ends its lines with
//! `\n` alone; offsets are bytes of that text's UTF-8.

mod encoding;
mod error;
mod lines;
mod source;

pub use error::{CharColumn, SyntaxError, SyntaxErrorKind};
pub use lines::{ByteColumn, ByteOffset, LineIndex, LineNumber, Position, Span};
pub use source::SourceFile;
