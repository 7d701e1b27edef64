//! The Source pane: the text of the file, and the exact span of the current instruction in it.

use std::rc::Rc;

use serde::Serialize;

/// A source file's text by lines, shared by all snapshots.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct SourceText {
    /// The file name, as code objects carry it.
    pub name: Rc<str>,
    /// Its lines, without line ends.
    pub lines: Vec<Box<str>>,
}

impl SourceText {
    /// Splits a text into lines as Python does: at `\n`, `\r\n` and `\r`, nowhere else.
    pub fn new(name: &str, text: &str) -> Self {
        let mut lines: Vec<Box<str>> = Vec::new();
        for line in text.split_inclusive('\n') {
            let line = line.strip_suffix('\n').unwrap_or(line);
            let line = line.strip_suffix('\r').unwrap_or(line);
            lines.extend(line.split('\r').map(Box::from));
        }
        Self { name: name.into(), lines }
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
#[derive(Clone, Debug, Serialize)]
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
        SourceText::new("t.py", text).lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_end_where_python_ends_them() {
        assert_eq!(lines("a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
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
