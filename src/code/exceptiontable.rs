//! The exception table of a code object: which handler protects which instructions.
//!
//! The table is a row of numbers in big-endian groups of six bits; bit 6 says that another group
//! follows, bit 7 marks the first byte of an entry.

use super::CodeUnit;

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

/// Reads a table.  `None` if it is cut short or a number in it does not fit 32 bits.
pub fn decode(table: &[u8]) -> Option<Vec<Handler>> {
    let mut bytes = table.iter().copied().peekable();
    let mut handlers = Vec::new();
    while bytes.peek().is_some() {
        let start = number(&mut bytes)?;
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
    Some(handlers)
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
    table[first] |= 0x80;
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
    let mut value = 0u32;
    loop {
        let byte = bytes.next()?;
        value = value.checked_mul(64)?.checked_add(u32::from(byte & 0x3F))?;
        if byte & 0x40 == 0 {
            return Some(value);
        }
    }
}
