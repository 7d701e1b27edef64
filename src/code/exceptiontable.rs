//! The exception table of a code object: which handler protects which instructions.
//!
//! The table is a row of numbers in big-endian groups of six bits; bit 6 says that another group
//! follows, bit 7 marks the first byte of an entry.

use super::CodeUnit;

/// The bit that marks the first byte of an entry.
const FIRST: u8 = 0x80;

/// One entry: a range of instructions and what happens to an exception raised there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handler {
    /// The first protected unit.
    pub start: CodeUnit,
    /// The first unit behind them.
    pub end: CodeUnit,
    /// Where the handler starts.
    pub target: CodeUnit,
    /// How many stack slots stay; those above are dropped.
    pub depth: u32,
    /// Whether the place of the failing instruction is pushed before the exception.
    pub push_lasti: bool,
}

/// Reads a table.  `None` if it is cut short, a number in it does not fit 32 bits, or an entry does not
/// begin where bit 7 says so: CPython looks for entries by that bit.
pub fn decode(table: &[u8]) -> Option<Vec<Handler>> {
    let mut bytes = table.iter().copied().peekable();
    let mut handlers = Vec::new();
    while let Some(first) = bytes.next_if(|first| first & FIRST != 0) {
        let start = number_from(first & !FIRST, &mut bytes)?;
        let length = number(&mut bytes)?;
        let target = number(&mut bytes)?;
        let depth_and_lasti = number(&mut bytes)?;
        handlers.push(Handler {
            start: CodeUnit(start),
            end: CodeUnit(start.checked_add(length)?),
            target: CodeUnit(target),
            depth: depth_and_lasti >> 1,
            push_lasti: depth_and_lasti & 1 == 1,
        });
    }
    bytes.next().is_none().then_some(handlers)
}

/// The entry that protects the instruction at `unit`.
pub fn find(handlers: &[Handler], unit: CodeUnit) -> Option<&Handler> {
    // Entries do not overlap and are in the order of the code.
    let after = handlers.partition_point(|handler| handler.end <= unit);
    handlers.get(after).filter(|handler| handler.start <= unit)
}

/// Appends an entry to a table.
pub fn encode(handler: &Handler, table: &mut Vec<u8>) {
    let first = table.len();
    write_number(handler.start.0, table);
    write_number(handler.end.0 - handler.start.0, table);
    write_number(handler.target.0, table);
    write_number(handler.depth << 1 | u32::from(handler.push_lasti), table);
    table[first] |= FIRST;
}

fn write_number(value: u32, table: &mut Vec<u8>) {
    for shift in [30, 24, 18, 12, 6] {
        if value >> shift != 0 {
            table.push((value >> shift & 0x3F) as u8 | 0x40);
        }
    }
    table.push((value & 0x3F) as u8);
}

fn number(bytes: &mut impl Iterator<Item = u8>) -> Option<u32> {
    let first = bytes.next()?;
    number_from(first, bytes)
}

/// The number that begins with the byte `first`.
fn number_from(first: u8, bytes: &mut impl Iterator<Item = u8>) -> Option<u32> {
    let (mut byte, mut value) = (first, 0u32);
    loop {
        if byte & FIRST != 0 {
            return None;
        }
        value = value.checked_mul(64)?.checked_add(u32::from(byte & 0x3F))?;
        if byte & 0x40 == 0 {
            return Some(value);
        }
        byte = bytes.next()?;
    }
}
