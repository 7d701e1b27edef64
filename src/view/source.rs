//! The Source pane: the text of the file, and the exact span of the current instruction in it.

use std::rc::Rc;

use serde::Serialize;

use crate::code::Location;
use crate::text::SourceFile;

/// A source file's text by lines, shared by all snapshots.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct SourceText {
    /// The file name, as code objects carry it.
    pub name: Rc<str>,
    /// The file name, as the user knows it.
    pub title: Rc<str>,
    /// Its lines, without line ends.
    pub lines: Vec<Box<str>>,
}

impl SourceText {
    /// Splits a text, whose only line end is `\n`, into lines.
    pub fn new(name: &str, title: &str, text: &str) -> Self {
        let lines = text.split_terminator('\n').map(Box::from).collect();
        Self { name: name.into(), title: title.into(), lines }
    }

    /// The text of a file that the user knows as `title`.
    pub fn of(file: &SourceFile, title: &str) -> Self {
        Self::new(file.name(), title, file.text())
    }
}

/// A stretch of source: lines from 1, columns in bytes of the line from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First line.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// First byte on the first line; `None` where only the line is known.
    pub columns: Option<(u32, u32)>,
}

impl Span {
    /// The stretch that a location names, if it names one.
    pub fn of(location: Location) -> Option<Self> {
        let number = |number: i32| u32::try_from(number).ok();
        let line = number(location.line).filter(|&line| line > 0)?;
        let end_line = number(location.end_line).map_or(line, |end| end.max(line));
        let columns = number(location.column).zip(number(location.end_column));
        Some(Self { line, end_line, columns })
    }

    /// The bytes of line `line` (from 1) that belong to the span, where that is less than all of it:
    /// from the first number up to the second, which may lie behind the line's end.
    pub fn on_line(&self, line: u32) -> Option<(usize, usize)> {
        let (start, end) = self.columns?;
        if line < self.line || line > self.end_line {
            return None;
        }
        let from = if line == self.line { start as usize } else { 0 };
        let to = if line == self.end_line { end as usize } else { usize::MAX };
        (from < to).then_some((from, to))
    }
}

/// The Source pane.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourcePane {
    /// The file, where its text is at hand.
    pub text: Option<Rc<SourceText>>,
    /// The place of the selected frame's instruction.
    pub span: Option<Span>,
    /// Lines with a breakpoint, in order.
    pub breakpoints: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        SourceText::new("t.py", "t.py", text).lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_end_at_newlines_alone() {
        assert_eq!(lines("a\nb\nc"), ["a", "b", "c"]);
        assert_eq!(lines("a\x0cb\u{2028}c\n"), ["a\x0cb\u{2028}c"]);
        assert_eq!(lines(""), [""; 0]);
        assert_eq!(lines("\n\n"), ["", ""]);
    }

    #[test]
    fn a_span_over_lines_covers_the_rest_of_its_first_line() {
        let span = Span { line: 2, end_line: 4, columns: Some((4, 7)) };
        assert_eq!(span.on_line(1), None);
        assert_eq!(span.on_line(2), Some((4, usize::MAX)));
        assert_eq!(span.on_line(3), Some((0, usize::MAX)));
        assert_eq!(span.on_line(4), Some((0, 7)));
        assert_eq!(Span { line: 2, end_line: 2, columns: None }.on_line(2), None);
        assert_eq!(Span { line: 2, end_line: 2, columns: Some((3, 3)) }.on_line(2), None);
    }
}
