//! Between byte offsets and the locations of instructions.

use super::sequence::Location;
use crate::text::{ByteColumn, ByteOffset, LineIndex, LineNumber, Position};

/// The location of a range of bytes.
pub fn location(lines: &LineIndex, start: u32, end: u32) -> Location {
    let start_position = lines.position(ByteOffset(start));
    let end_position = lines.position(ByteOffset(end));
    Location {
        line: start_position.line.0 as i32,
        end_line: end_position.line.0 as i32,
        column: start_position.column.0 as i32,
        end_column: end_position.column.0 as i32,
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
