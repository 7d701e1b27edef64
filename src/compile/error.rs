//! A program that cannot be compiled: CPython's exception, its message and its place.

use thiserror::Error;

/// Which exception CPython raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `RecursionError`: the tree is nested more deeply than the compiler follows.
    Recursion,
    /// `SystemError`: the compiler contradicts itself; a mistake in it, not in the program.
    System,
    /// `OverflowError`: a number in the code object would not fit.
    Overflow,
}

impl ErrorKind {
    /// The exception's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "SyntaxError",
            Self::Indentation => "IndentationError",
            Self::Tab => "TabError",
            Self::Recursion => "RecursionError",
            Self::System => "SystemError",
            Self::Overflow => "OverflowError",
        }
    }
}

/// What is wrong with a program, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}: {message}", kind.name())]
pub struct CompileError {
    /// The exception.
    pub kind: ErrorKind,
    /// Its message, without the place.
    pub message: String,
    /// The bytes of the source it is about, from 0; empty where only the start is known.
    pub range: std::ops::Range<u32>,
}

impl CompileError {
    /// A `SyntaxError` about `range`.
    pub fn syntax(message: impl Into<String>, range: std::ops::Range<u32>) -> Self {
        Self { kind: ErrorKind::Syntax, message: message.into(), range }
    }
}
