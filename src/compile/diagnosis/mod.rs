//! What is wrong with a source that is no Python, in CPython's words and at CPython's place.
//!
//! The parser that makes trees is a library with its own idea of errors.  Where it refuses a source, this
//! reads the source again as CPython does: the same tokens, the same order of rules (`python.peg`), first
//! without the rules that only refuse and then with them.

mod check;
mod grammar;
pub mod literal;
mod number;
mod parser;
mod refuse;
mod string;
mod token;
mod tokenizer;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::error::{CompileError, Warning};
use grammar::Grammar;
use parser::Parser;

pub use parser::Start;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::python);

/// What came of reading a source.
pub struct Diagnosis {
    /// What is wrong with it, if anything is.
    pub error: Option<CompileError>,
    /// What CPython warns about before it gets to the error.
    pub warnings: Vec<Warning>,
    /// Where `<>` stands for `!=`, in bytes.
    pub not_equals: Vec<usize>,
}

/// Reads a source as CPython's parser does.
pub fn diagnose(text: &str, start: Start, has_flufl: bool) -> Diagnosis {
    // The last line of a file ends, even if it does not.
    let is_cut = start == Start::File && !text.ends_with('\n');
    let text = if is_cut { Cow::Owned(format!("{text}\n")) } else { Cow::Borrowed(text) };
    let mut parser = Parser::new(&GRAMMAR, &text, start, has_flufl);
    let error = parser.run();
    let is_operator = |token: &token::Token, sign| text.get(token.start..token.end) == Some(sign);
    let not_equals = parser.tokens.windows(2).filter(|pair| {
        is_operator(&pair[0], "<") && is_operator(&pair[1], ">") && pair[0].end == pair[1].start
    });
    let not_equals = not_equals.map(|pair| pair[0].start).collect();
    Diagnosis { error, warnings: std::mem::take(&mut parser.warnings), not_equals }
}
