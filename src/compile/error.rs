//! A program that cannot be compiled: CPython's exception, its message and its place.

use thiserror::Error;

use crate::text::{ByteOffset, CharColumn, SourceFile, SyntaxError, SyntaxErrorKind};

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

    /// The error as CPython shows it, with line and columns; `None` for the kinds that have no place.
    pub fn in_source(&self, source: &SourceFile) -> Option<SyntaxError> {
        let kind = match self.kind {
            ErrorKind::Syntax => SyntaxErrorKind::Syntax,
            ErrorKind::Indentation => SyntaxErrorKind::Indentation,
            ErrorKind::Tab => SyntaxErrorKind::Tab,
            ErrorKind::Recursion | ErrorKind::System | ErrorKind::Overflow => return None,
        };
        let place = |offset: u32| {
            let at = source.lines().position(ByteOffset(offset));
            let text = source.line(at.line).unwrap_or_default();
            let before = text.get(..at.column.0 as usize).unwrap_or(text);
            (at.line, CharColumn(before.chars().count() as u32 + 1), text)
        };
        let (line, column, text) = place(self.range.start);
        let (end_line, end_column, _) = place(self.range.end.max(self.range.start));
        Some(SyntaxError {
            kind,
            message: self.message.clone(),
            filename: source.name().to_string(),
            line: line.0,
            text: Some(text.to_owned()),
            column: Some(column),
            end: Some((end_line.0, end_column)),
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
}

impl Warning {
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
    fn the_place_is_counted_in_characters_from_1() {
        let source = SourceFile::from_text("t.py", "x\né = (本 +\n y").unwrap();
        let error = |range| CompileError::syntax("m", range).in_source(&source).unwrap();
        let at = error(8..11);
        assert_eq!((at.line, at.column, at.end), (2, Some(CharColumn(6)), Some((2, CharColumn(7)))));
        assert_eq!(at.to_string(), "  File \"t.py\", line 2\n    é = (本 +\n         ^\nSyntaxError: m");
        assert_eq!(error(8..16).end, Some((3, CharColumn(3))));
        assert_eq!(error(16..16).line, 3);
    }

    #[test]
    fn an_error_without_a_place_has_none() {
        let source = SourceFile::from_text("t.py", "").unwrap();
        let error = CompileError { kind: ErrorKind::Recursion, message: "deep".into(), range: 0..0 };
        assert_eq!((error.in_source(&source), error.to_string()), (None, "RecursionError: deep".into()));
    }
}
