//! A source that is no program: what is wrong, and where, shown as CPython shows it.

use std::fmt;

/// A column of a line, in characters; the first is 1, as in `SyntaxError.offset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CharColumn(pub u32);

/// Which class of Python the error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `_IncompleteInputError`: the source ends too early, and its rest may still come.
    Incomplete,
}

impl SyntaxErrorKind {
    /// The name of the class.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "SyntaxError",
            Self::Indentation => "IndentationError",
            Self::Tab => "TabError",
            Self::Incomplete => "_IncompleteInputError",
        }
    }
}

/// What CPython keeps in a `SyntaxError` object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The class.
    pub kind: SyntaxErrorKind,
    /// What is wrong.
    pub message: String,
    /// The name of the source.
    pub filename: String,
    /// The line, from 1; 0 where the source as a whole is meant.
    pub line: u32,
    /// That line's text, with or without its `\n`; none where it cannot be shown.
    pub text: Option<String>,
    /// The first column of the error; none where no column is known.
    pub column: Option<CharColumn>,
    /// Line and column behind the error's last character; none where it is not known.
    pub end: Option<(u32, CharColumn)>,
}

/// The lines that CPython prints for the error, without a `\n` behind the last.
impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  File \"{}\", line {}", self.filename, self.line)?;
        if let Some(text) = &self.text {
            self.write_line(f, text)?;
        }
        write!(f, "{}: {}", self.kind.name(), self.message)
    }
}

impl std::error::Error for SyntaxError {}

impl SyntaxError {
    fn write_line(&self, f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
        let whole = text.trim_end_matches('\n');
        let shown = whole.trim_start_matches([' ', '\n', '\x0c']);
        writeln!(f, "    {shown}")?;
        let Some(CharColumn(column)) = self.column else { return Ok(()) };
        let width = whole.chars().count() as u32;
        // The farthest place to point at is the one behind the line's last character.
        let column = column.min(width + 1);
        let end = match self.end {
            Some((line, CharColumn(end))) if line == self.line => end.min(width + 1),
            Some(_) => width + 1,
            None => column,
        };
        let cut = width - shown.chars().count() as u32;
        // A column in the white space that was cut off has no place to point at.
        let Some(before) = column.checked_sub(1 + cut) else { return Ok(()) };
        let blank = |char: char| if char.is_whitespace() { char } else { ' ' };
        let blanks: String = shown.chars().take(before as usize).map(blank).collect();
        let carets = end.max(column + 1) - column;
        writeln!(f, "    {blanks}{}", "^".repeat(carets as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, column: u32, end: Option<(u32, u32)>) -> String {
        let error = SyntaxError {
            kind: SyntaxErrorKind::Indentation,
            message: "m".into(),
            filename: "f".into(),
            line: 3,
            text: Some(text.into()),
            column: Some(CharColumn(column)),
            end: end.map(|(line, column)| (line, CharColumn(column))),
        };
        let all = error.to_string();
        let inner = all.strip_prefix("  File \"f\", line 3\n").unwrap();
        inner.strip_suffix("IndentationError: m").unwrap().to_owned()
    }

    #[test]
    fn carets_stand_under_the_error() {
        assert_eq!(shown("x=(\n", 3, Some((3, 4))), "    x=(\n      ^\n");
        assert_eq!(shown("  ab cd\n", 6, Some((3, 8))), "    ab cd\n       ^^\n");
        assert_eq!(shown("\tab\n", 3, None), "    \tab\n    \t ^\n");
        assert_eq!(shown("abc", 2, Some((4, 1))), "    abc\n     ^^\n");
        assert_eq!(shown("ab\n", 90, Some((3, 95))), "    ab\n      ^\n");
        assert_eq!(shown("  ab\n", 1, None), "    ab\n");
        assert_eq!(shown("ab\n", 0, None), "    ab\n");
    }
}
