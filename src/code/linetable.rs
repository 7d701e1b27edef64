//! The location table of a code object: which source text each instruction comes from.
//!
//! The table is a row of entries.  The first byte of an entry has bit 7 set, its kind in bits 3 to 6
//! and in bits 0 to 2 the number of code units less one; what follows depends on the kind.  Lines
//! are written as differences to the line of the entry before.

use super::CodeUnit;

/// Where in the source an instruction comes from: lines from 1, columns in UTF-8 bytes from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    /// First line; negative where there is none.
    pub line: i32,
    /// Last line.
    pub end_line: i32,
    /// Column on the first line; -1 where only the line is known.
    pub column: i32,
    /// Column behind the last byte, on the last line.
    pub end_column: i32,
}

impl Location {
    /// An instruction that belongs to no place.
    pub const NONE: Self = Self { line: -1, end_line: -1, column: -1, end_column: -1 };
    /// An instruction that takes the location of the one behind it.
    pub const NEXT: Self = Self { line: -2, end_line: -2, column: -2, end_column: -2 };
}

impl Location {
    /// The first line, where there is one.
    pub fn line(&self) -> Option<u32> {
        u32::try_from(self.line).ok()
    }
}

/// Kinds up to 9 keep a column below 80 and a short span; the kind is the column divided by 8.
const SHORT_LAST: u8 = 9;
/// Kinds 10, 11 and 12: one byte each for both columns, and 0, 1 or 2 lines further on.
const ONE_LINE: u8 = 10;
const ONE_LINE_LAST: u8 = 12;
/// A line and no columns.
const NO_COLUMNS: u8 = 13;
/// Everything in full.
const LONG: u8 = 14;
/// No place at all.
const NONE: u8 = 15;
/// The most code units that one entry may stand for.
const MAX_UNITS: u32 = 8;

/// Writes a table, entry by entry.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    table: Vec<u8>,
    line: i32,
}

impl Writer {
    /// Begins a table for code whose first line is `firstlineno`.
    pub fn begin(&mut self, firstlineno: u32) {
        self.table.clear();
        self.line = firstlineno as i32;
    }

    /// What is written of the table so far.
    pub fn bytes(&self) -> &[u8] {
        &self.table
    }

    /// Says that the next `units` code units come from `location`.
    pub fn write(&mut self, location: Location, units: u32) {
        let mut left = units;
        while left > MAX_UNITS {
            self.write_entry(location, MAX_UNITS);
            left -= MAX_UNITS;
        }
        if left > 0 {
            self.write_entry(location, left);
        }
    }

    #[inline]
    fn write_entry(&mut self, location: Location, units: u32) {
        let Location { line, end_line, column, end_column } = location;
        let width = end_column.wrapping_sub(column);
        // Most stand on the line of the one before, and not far to the right.
        if line == self.line
            && end_line == line
            && line >= 0
            && (0..80).contains(&column)
            && (0..16).contains(&width)
        {
            let span = (column % 8) as u8 * 16 + width as u8;
            self.table.extend_from_slice(&[first((column / 8) as u8, units), span]);
        } else {
            self.write_longer_entry(location, units);
        }
    }

    // Apart, so that the short way needs few registers.
    #[inline(never)]
    fn write_longer_entry(&mut self, location: Location, units: u32) {
        let Location { line, end_line, column, end_column } = location;
        if line < 0 {
            self.table.push(first(NONE, units));
            return;
        }
        let delta = line - self.line;
        if column < 0 || end_column < 0 {
            if end_line == line || end_line == -1 {
                self.table.push(first(NO_COLUMNS, units));
                self.write_signed(delta);
                self.line = line;
                return;
            }
        } else if end_line == line && (0..3).contains(&delta) && column < 128 && end_column < 128 {
            let kind = first(ONE_LINE + delta as u8, units);
            self.table.extend_from_slice(&[kind, column as u8, end_column as u8]);
            self.line = line;
            return;
        }
        self.table.push(first(LONG, units));
        self.write_signed(delta);
        self.write_number((end_line - line) as u32);
        self.write_number((column + 1) as u32);
        self.write_number((end_column + 1) as u32);
        self.line = line;
    }

    fn write_number(&mut self, mut value: u32) {
        while value >= 64 {
            self.table.push((value & 0x3F) as u8 | 0x40);
            value >>= 6;
        }
        self.table.push(value as u8);
    }

    fn write_signed(&mut self, value: i32) {
        self.write_number(value.unsigned_abs() << 1 | u32::from(value < 0));
    }
}

/// The first byte of an entry.
const fn first(kind: u8, units: u32) -> u8 {
    0x80 | kind << 3 | (units - 1) as u8
}

/// One entry: a run of code units from one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The first unit.
    pub start: CodeUnit,
    /// The first unit behind.
    pub end: CodeUnit,
    /// Where they come from; -1 in every field that is not known.
    pub location: Location,
}

/// Reads a table entry by entry; it ends at the first thing that is not an entry.
#[derive(Clone, Debug)]
pub struct Entries<'table> {
    rest: &'table [u8],
    line: i32,
    unit: CodeUnit,
    /// Whether something was met that is no entry.
    broken: bool,
}

/// The entries of a table of code whose first line is `firstlineno`.
pub fn entries(table: &[u8], firstlineno: u32) -> Entries<'_> {
    Entries { rest: table, line: firstlineno as i32, unit: CodeUnit(0), broken: false }
}

impl Entries<'_> {
    /// Whether all that was read so far were entries.
    pub const fn is_whole(&self) -> bool {
        !self.broken
    }

    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut value = 0u32;
        for shift in (0..30).step_by(6) {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x3F) << shift;
            if byte & 0x40 == 0 {
                return Some(value);
            }
        }
        // The sixth byte has room for two bits of the 32.
        let byte = self.byte()?;
        (byte <= 3).then(|| value | u32::from(byte) << 30)
    }

    fn signed(&mut self) -> Option<i32> {
        let value = self.number()?;
        let size = (value >> 1) as i32;
        Some(if value & 1 == 0 { size } else { -size })
    }

    fn advance_line(&mut self, delta: i32) -> Option<i32> {
        self.line = self.line.checked_add(delta)?;
        Some(self.line)
    }

    fn location(&mut self, kind: u8) -> Option<Location> {
        Some(match kind {
            NONE => Location::NONE,
            LONG => {
                let delta = self.signed()?;
                let line = self.advance_line(delta)?;
                let end_line = line.checked_add_unsigned(self.number()?)?;
                let column = i32::try_from(self.number()?).ok()? - 1;
                let end_column = i32::try_from(self.number()?).ok()? - 1;
                Location { line, end_line, column, end_column }
            }
            NO_COLUMNS => {
                let delta = self.signed()?;
                let line = self.advance_line(delta)?;
                Location { line, end_line: line, column: -1, end_column: -1 }
            }
            ONE_LINE..=ONE_LINE_LAST => {
                let line = self.advance_line(i32::from(kind - ONE_LINE))?;
                let (column, end_column) = (i32::from(self.byte()?), i32::from(self.byte()?));
                Location { line, end_line: line, column, end_column }
            }
            0..=SHORT_LAST => {
                let byte = i32::from(self.byte()?);
                let column = i32::from(kind) * 8 + byte / 16;
                Location { line: self.line, end_line: self.line, column, end_column: column + byte % 16 }
            }
            _ => return None,
        })
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let first = self.byte()?;
        let start = self.unit;
        let end = start.plus(u32::from(first & 7) + 1);
        let location = if first & 0x80 == 0 { None } else { self.location(first >> 3 & 0xF) };
        let Some(location) = location else {
            self.broken = true;
            self.rest = &[];
            return None;
        };
        self.unit = end;
        Some(Entry { start, end, location })
    }
}

/// The places where another line begins, as `dis.findlinestarts` gives them: first unit and line.
pub fn line_starts(table: &[u8], firstlineno: u32) -> Vec<(CodeUnit, Option<u32>)> {
    let mut starts: Vec<(CodeUnit, Option<u32>)> = Vec::new();
    for entry in entries(table, firstlineno) {
        let line = entry.location.line();
        if starts.last().is_none_or(|&(_, last)| last != line) {
            starts.push((entry.start, line));
        }
    }
    starts
}
