//! A program that cannot be compiled: CPython's exception, its message and its place.

use std::ops::{Deref, DerefMut};

use thiserror::Error;

use crate::text::{ByteOffset, CharColumn, LineNumber, SourceFile, SyntaxError, SyntaxErrorKind};

/// Which exception CPython raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `_IncompleteInputError`: the source ends too early, and its rest may still come.
    Incomplete,
    /// `RecursionError`: the tree is nested more deeply than the compiler follows.
    Recursion,
    /// `SystemError`: the compiler contradicts itself; a mistake in it, not in the program.
    System,
    /// `OverflowError`: a number in the code object would not fit.
    Overflow,
    /// `ValueError`: a tree that a program has made is none that a source could have.
    Value,
    /// `TypeError`: so is this one, where a node is of the wrong class.
    Type,
}

impl ErrorKind {
    /// The exception's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "SyntaxError",
            Self::Indentation => "IndentationError",
            Self::Tab => "TabError",
            Self::Incomplete => "_IncompleteInputError",
            Self::Recursion => "RecursionError",
            Self::System => "SystemError",
            Self::Overflow => "OverflowError",
            Self::Value => "ValueError",
            Self::Type => "TypeError",
        }
    }
}

/// Where an error is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorPlace {
    /// It is about the source as a whole.
    Nowhere,
    /// The bytes of the source it is about, from 0; empty where only the start is known.
    Range(std::ops::Range<u32>),
    /// Lines and columns; CPython's parser tells some that are no range of bytes.
    Columns(Place),
}

/// Lines and columns of an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The first line, from 1.
    pub line: u32,
    /// The first column from 1, in characters for an error of the parser; 0 if CPython knows of none.
    pub column: u32,
    /// The last line, from 1.
    pub end_line: u32,
    /// The column behind the last, likewise; 0, or nothing where CPython has -1, if there is none.
    pub end_column: Option<u32>,
}

/// What is wrong with a program, and where.
///
/// Only a pointer to that, as the compiler hands a result on at every node of a tree.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}: {}", .0.kind.name(), .0.message)]
pub struct CompileError(Box<Fault>);

/// What a [`CompileError`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The exception.
    pub kind: ErrorKind,
    /// Its message, without the place.
    pub message: String,
    /// Its place.
    pub place: ErrorPlace,
    /// What CPython warns about before it comes to the error.
    pub warnings: Vec<Warning>,
}

impl Deref for CompileError {
    type Target = Fault;

    fn deref(&self) -> &Fault {
        &self.0
    }
}

impl DerefMut for CompileError {
    fn deref_mut(&mut self) -> &mut Fault {
        &mut self.0
    }
}

impl CompileError {
    /// An error at a place.
    #[cold]
    pub fn new(kind: ErrorKind, message: String, place: ErrorPlace) -> Self {
        Self(Box::new(Fault { kind, message, place, warnings: Vec::new() }))
    }

    /// A `SyntaxError` about `range`.
    #[cold]
    pub fn syntax(message: impl Into<String>, range: std::ops::Range<u32>) -> Self {
        Self::new(ErrorKind::Syntax, message.into(), ErrorPlace::Range(range))
    }

    /// An error at lines and columns.
    #[cold]
    pub fn at(kind: ErrorKind, message: impl Into<String>, place: Place) -> Self {
        Self::new(kind, message.into(), ErrorPlace::Columns(place))
    }

    /// An error that is about no place in the source.
    #[cold]
    pub fn nowhere(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::new(kind, message.into(), ErrorPlace::Nowhere)
    }

    /// The same error with what was warned about before it.
    #[must_use]
    pub fn after(mut self, mut warnings: Vec<Warning>) -> Self {
        warnings.append(&mut self.warnings);
        self.warnings = warnings;
        self
    }

    /// The error as CPython shows it, with line and columns; `None` for the kinds that have no place.
    pub fn in_source(&self, source: &SourceFile) -> Option<SyntaxError> {
        let kind = match self.kind {
            ErrorKind::Syntax => SyntaxErrorKind::Syntax,
            ErrorKind::Indentation => SyntaxErrorKind::Indentation,
            ErrorKind::Tab => SyntaxErrorKind::Tab,
            ErrorKind::Incomplete => SyntaxErrorKind::Incomplete,
            ErrorKind::Recursion
            | ErrorKind::System
            | ErrorKind::Overflow
            | ErrorKind::Value
            | ErrorKind::Type => return None,
        };
        let place = match &self.place {
            ErrorPlace::Nowhere => Place { line: 1, end_line: 1, ..Place::default() },
            ErrorPlace::Columns(place) => *place,
            ErrorPlace::Range(range) => {
                // CPython's compiler counts bytes here, its parser characters.
                let position = |offset: u32| {
                    let at = source.lines().position(ByteOffset(offset));
                    (at.line.0, at.column.0 + 1)
                };
                let (line, column) = position(range.start);
                let (end_line, end_column) = position(range.end.max(range.start));
                Place { line, column, end_line, end_column: Some(end_column) }
            }
        };
        Some(SyntaxError {
            kind,
            message: self.message.clone(),
            filename: source.name().to_string(),
            line: place.line,
            text: Some(source.line(LineNumber(place.line)).unwrap_or_default().to_owned()),
            column: Some(CharColumn(place.column)),
            end: place.end_column.map(|column| (place.end_line, CharColumn(column))),
        })
    }
}

/// A `SyntaxWarning`: what compiles but is hardly meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its message, without the place.
    pub message: String,
    /// The bytes of the source it is about, from 0.
    pub range: std::ops::Range<u32>,
    /// The bytes that CPython names where a filter makes it an error; None where that is not known.
    pub refused: Option<std::ops::Range<u32>>,
}

impl Warning {
    /// One that is made an error at the same place.
    pub fn new(message: String, range: std::ops::Range<u32>) -> Self {
        Self { message, refused: Some(range.clone()), range }
    }

    /// The line it is about, from 1.
    pub fn line(&self, source: &SourceFile) -> u32 {
        source.lines().line(ByteOffset(self.range.start)).0
    }

    /// The line it is about and its text, as CPython writes them to standard error.
    pub fn shown(&self, source: &SourceFile) -> String {
        let line = source.lines().line(ByteOffset(self.range.start));
        let text = source.line(line).unwrap_or_default().trim();
        format!("{}:{}: SyntaxWarning: {}\n  {text}\n", source.name(), line.0, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_counted_in_bytes_from_1() {
        let source = SourceFile::from_text("t.py", "x\né = (本 +\n y").unwrap();
        let error = |range| CompileError::syntax("m", range).in_source(&source).unwrap();
        let at = error(8..11);
        assert_eq!((at.line, at.column, at.end), (2, Some(CharColumn(7)), Some((2, CharColumn(10)))));
        assert_eq!(at.to_string(), "  File \"t.py\", line 2\n    é = (本 +\n          ^^\nSyntaxError: m");
        assert_eq!(error(8..16).end, Some((3, CharColumn(3))));
        assert_eq!(error(16..16).line, 3);
    }

    #[test]
    fn an_error_without_a_place_has_none() {
        let source = SourceFile::from_text("t.py", "").unwrap();
        let error = CompileError::nowhere(ErrorKind::Recursion, "deep");
        assert_eq!((error.in_source(&source), error.to_string()), (None, "RecursionError: deep".into()));
    }
}
