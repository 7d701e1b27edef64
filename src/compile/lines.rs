//! Between byte offsets and the locations of instructions.

use std::cell::Cell;

use super::sequence::Location;
use crate::text::{ByteColumn, ByteOffset, LineIndex, LineNumber, Position, Span};

/// Finds locations; fast where each is on the line of the one before, as most are.
#[derive(Clone, Debug)]
pub struct Locator<'a> {
    lines: &'a LineIndex,
    /// The line found last, and its bytes.
    last: Cell<(LineNumber, Span)>,
}

impl<'a> Locator<'a> {
    /// For the lines of a source.
    pub fn new(lines: &'a LineIndex) -> Self {
        let first = LineNumber(1);
        Self { lines, last: Cell::new((first, lines.span(first).unwrap_or_default())) }
    }

    /// The location of a range of bytes.
    pub fn location(&self, start: u32, end: u32) -> Location {
        let (line, span) = self.last.get();
        if span.start.0 <= start && end < span.end.0 {
            let line = line.0 as i32;
            let column = |offset: u32| (offset - span.start.0) as i32;
            return Location { line, end_line: line, column: column(start), end_column: column(end) };
        }
        let (line, column) = self.position(start);
        let (end_line, end_column) = self.position(end);
        Location { line, end_line, column, end_column }
    }

    fn position(&self, offset: u32) -> (i32, i32) {
        let (mut line, mut span) = self.last.get();
        if !(span.start.0..span.end.0).contains(&offset) {
            // Most often it is on the line behind.
            let next = LineNumber(line.0 + 1);
            (line, span) = match self.lines.span(next) {
                Some(behind) if (behind.start.0..behind.end.0).contains(&offset) => (next, behind),
                _ => {
                    let line = self.lines.line(ByteOffset(offset));
                    (line, self.lines.span(line).unwrap_or_default())
                }
            };
            self.last.set((line, span));
        }
        (line.0 as i32, (offset - span.start.0) as i32)
    }
}

/// The byte offsets of a location; empty at 0 for one that is no place.
pub fn range(lines: &LineIndex, location: Location) -> std::ops::Range<u32> {
    let offset = |line: i32, column: i32| {
        let line = LineNumber(u32::try_from(line).ok()?);
        let column = ByteColumn(u32::try_from(column).unwrap_or(0));
        lines.offset(Position { line, column }).map(|offset| offset.0)
    };
    let start = offset(location.line, location.column).unwrap_or(0);
    let end = offset(location.end_line, location.end_column).unwrap_or(start);
    start..end.max(start)
}
