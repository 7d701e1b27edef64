//! Between byte offsets and the locations of instructions.

use std::cell::Cell;

use super::sequence::Location;
use crate::text::{ByteColumn, ByteOffset, LineIndex, LineNumber, Position, Span};

/// Finds locations; fast where each is on the line of the one before or on the line behind, as most are.
#[derive(Clone, Debug)]
pub struct Locator<'a> {
    lines: &'a LineIndex,
    /// The line where the last range began, and its bytes.
    start: Cell<(LineNumber, Span)>,
    /// The line where the last range of several lines ended: what holds it begins or ends there too, or what
    /// comes next behind it.
    end: Cell<(LineNumber, Span)>,
}

impl<'a> Locator<'a> {
    /// For the lines of a source.
    pub fn new(lines: &'a LineIndex) -> Self {
        let first = LineNumber(1);
        let line = (first, lines.span(first).unwrap_or_default());
        Self { lines, start: Cell::new(line), end: Cell::new(line) }
    }

    /// The location of a range of bytes.
    pub fn location(&self, start: u32, end: u32) -> Location {
        let (mut line, mut span) = self.start.get();
        if !has(span, start) {
            (line, span) = self.find(start);
            self.start.set((line, span));
        }
        let column = |offset: u32| (offset - span.start.0) as i32;
        if end < span.end.0 {
            let line = line.0 as i32;
            return Location { line, end_line: line, column: column(start), end_column: column(end) };
        }
        let (end_line, end_span) = self.find(end);
        self.end.set((end_line, end_span));
        Location {
            line: line.0 as i32,
            end_line: end_line.0 as i32,
            column: column(start),
            end_column: (end - end_span.start.0) as i32,
        }
    }

    /// The line of an offset that is not on the line where the last range began.
    fn find(&self, offset: u32) -> (LineNumber, Span) {
        let (last, end) = (self.start.get().0, self.end.get());
        if has(end.1, offset) {
            return end;
        }
        [last, end.0].into_iter().find_map(|line| self.behind(line, offset)).unwrap_or_else(|| {
            let line = self.lines.line(ByteOffset(offset));
            (line, self.lines.span(line).unwrap_or_default())
        })
    }

    /// The line behind `line`, if an offset is on it.
    fn behind(&self, line: LineNumber, offset: u32) -> Option<(LineNumber, Span)> {
        let line = LineNumber(line.0 + 1);
        self.lines.span(line).filter(|&span| has(span, offset)).map(|span| (line, span))
    }
}

/// Whether an offset is on a line.
fn has(line: Span, offset: u32) -> bool {
    line.start.0 <= offset && offset < line.end.0
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
