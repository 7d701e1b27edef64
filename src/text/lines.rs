//! Where a byte offset stands: line and column, and back.

use memchr::memchr_iter;

/// An offset into a source text, in bytes of its UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ByteOffset(pub u32);

impl ByteOffset {
    /// The offset as an index into the text.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A line of a source text; the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineNumber(pub u32);

/// A column of a line, in bytes of its UTF-8; the first is 0, as in CPython's location table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ByteColumn(pub u32);

/// A place in a source text, as CPython's location table names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: LineNumber,
    /// The column in that line.
    pub column: ByteColumn,
}

/// A piece of a source text, from `start` up to, and without, `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Its first byte.
    pub start: ByteOffset,
    /// The byte behind its last; never before `start`.
    pub end: ByteOffset,
}

/// The offset of each line's first byte.
///
/// A line ends behind its `\n`.  A text has one line more than it has `\n`s, so an empty text has one
/// line, and a text that ends in `\n` has an empty last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    /// Ascending; the first is 0, so that there is always one.
    starts: Vec<ByteOffset>,
    length: ByteOffset,
}

impl LineIndex {
    /// Indexes `text`, which must be shorter than 4 GiB.
    pub fn new(text: &str) -> Self {
        assert!(u32::try_from(text.len()).is_ok(), "a source text is shorter than 4 GiB");
        let mut starts = Vec::with_capacity(1 + text.len() / 32);
        starts.push(ByteOffset(0));
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| ByteOffset(at as u32 + 1)));
        Self { starts, length: ByteOffset(text.len() as u32) }
    }

    /// The lines of a text that is not there, of which only the widths are known, in bytes without the line ends.
    ///
    /// Where all of them would come to 4 GiB, the lines behind have no columns but the first.
    pub fn of_widths(widths: &[u32]) -> Self {
        let mut starts = vec![ByteOffset(0)];
        let (mut end, room) = (0u32, u32::MAX / 2);
        for (at, width) in widths.iter().enumerate() {
            if at > 0 {
                end = end.saturating_add(1);
                starts.push(ByteOffset(end));
            }
            end = end.checked_add(*width).filter(|end| *end < room).unwrap_or(end);
        }
        Self { starts, length: ByteOffset(end) }
    }

    /// How many lines there are: at least 1.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line that `offset` stands in; behind the end of the text that is the last line.
    pub fn line(&self, offset: ByteOffset) -> LineNumber {
        LineNumber(self.starts.partition_point(|&start| start <= offset) as u32)
    }

    /// Line and column of `offset`.
    pub fn position(&self, offset: ByteOffset) -> Position {
        let line = self.line(offset);
        let start = self.starts[line.0 as usize - 1];
        Position { line, column: ByteColumn(offset.0 - start.0) }
    }

    /// The offset of `position`; none where the text has no such line, or the line no such column.
    ///
    /// The column behind a line's last byte, its `\n` included, counts as the line's.
    pub fn offset(&self, position: Position) -> Option<ByteOffset> {
        let span = self.span(position.line)?;
        let offset = span.start.0.checked_add(position.column.0)?;
        (offset <= span.end.0).then_some(ByteOffset(offset))
    }

    /// The bytes of `line` with its `\n`; none where the text has no such line.
    pub fn span(&self, line: LineNumber) -> Option<Span> {
        let index = (line.0 as usize).checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.length);
        Some(Span { start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line: LineNumber(line), column: ByteColumn(column) }
    }

    #[test]
    fn offsets_become_positions_and_back() {
        let index = LineIndex::new("ab\n\ncäd\n");
        for (offset, position) in [
            (0, at(1, 0)),
            (2, at(1, 2)),
            (3, at(2, 0)),
            (4, at(3, 0)),
            (7, at(3, 3)),
            (8, at(3, 4)),
            (9, at(4, 0)),
        ] {
            assert_eq!(index.position(ByteOffset(offset)), position);
            assert_eq!(index.offset(position), Some(ByteOffset(offset)));
        }
        assert_eq!(index.count(), 4);
    }

    #[test]
    fn places_that_do_not_exist_have_no_offset() {
        let index = LineIndex::new("ab\nc");
        for position in [at(0, 0), at(1, 4), at(2, 2), at(3, 0), at(2, u32::MAX)] {
            assert_eq!(index.offset(position), None, "{position:?}");
        }
        assert_eq!(index.span(LineNumber(0)), None);
        assert_eq!(index.span(LineNumber(3)), None);
    }

    #[test]
    fn lines_without_a_text_have_the_columns_that_they_are_said_to_have() {
        let index = LineIndex::of_widths(&[2, 0, 4]);
        assert_eq!((index.clone(), index.count()), (LineIndex::new("ab\n\ncdef"), 3));
        assert_eq!(LineIndex::of_widths(&[]), LineIndex::new(""));
        let wide = LineIndex::of_widths(&[u32::MAX, u32::MAX, 1]);
        assert_eq!(
            (wide.offset(at(1, 1)), wide.offset(at(3, 1))),
            (Some(ByteOffset(1)), Some(ByteOffset(3)))
        );
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let index = LineIndex::new("");
        assert_eq!(index.count(), 1);
        assert_eq!(index.position(ByteOffset(0)), at(1, 0));
        assert_eq!(index.span(LineNumber(1)), Some(Span::default()));
    }
}
