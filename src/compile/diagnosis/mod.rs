//! What is wrong with a source that is no Python, in CPython's words and at its place as far as it can be told.
//!
//! The parser is a library with its own idea of errors (`words.rs`); mistakes that many make are recognized where
//! it stopped (`mistakes/`).  CPython's tokenizer is read here as well:
//! what it says of strings, numbers, brackets and indentation counts for more than what a parser says, also
//! where it stands further on.

mod incomplete;
pub mod literal;
mod mistakes;
mod number;
mod reader;
mod stream;
mod string;
mod token;
mod tokenizer;
mod words;

use super::Mode;
use super::error::{CompileError, Warning};
use crate::text::SourceFile;
use reader::Reader;

pub use incomplete::incomplete;
pub use stream::{Behind, LineState, Shown, StreamToken, Wrong, stream};
pub use token::Kind;
pub use tokenizer::Bracket;
pub use words::translate;

/// What came of reading a source.
pub struct Diagnosis {
    /// What is wrong with it, if anything is.
    pub error: Option<CompileError>,
    /// What CPython warns about before it gets to the error.
    pub warnings: Vec<Warning>,
}

/// Reads a source that the parser has refused, or that may be more than CPython takes.
pub fn diagnose(source: &SourceFile, mode: Mode, refused: Option<CompileError>) -> Diagnosis {
    let reader = Reader::read(source.text(), mode != Mode::Exec, false);
    let error = reader.verdict(refused);
    Diagnosis { error, warnings: reader.warnings }
}

/// Where `<>` stands for `!=`, in bytes: from the start on, or behind the import that asks for it.
pub fn not_equals(source: &SourceFile, has_flufl: bool) -> Result<Vec<usize>, CompileError> {
    let reader = Reader::read(source.text(), false, has_flufl);
    match reader.refused_operator {
        Some((_, error)) => Err(error.after(reader.warnings)),
        None => Ok(reader.not_equals),
    }
}
