//! UTF-7: ASCII as it is, and everything else as UTF-16 in base 64, between a `+` and whatever is no digit.

use std::ops::Range;

use super::super::StrBuilder;

type Stop = (Range<usize>, &'static str);

/// The digits of base 64, in the order of what they are worth.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn worth(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Whether a character is written as it is.
fn is_plain(point: u32) -> bool {
    let Ok(byte) = u8::try_from(point) else { return false };
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'}') && !matches!(byte, b'+' | b'\\')
}

/// Bits that wait until they are enough.
#[derive(Clone, Copy, Default)]
struct Bits {
    value: u32,
    count: u32,
}

impl Bits {
    fn add(&mut self, value: u32, count: u32) {
        self.value = self.value << count | value;
        self.count += count;
    }

    /// The next so many, if there are.
    fn take(&mut self, count: u32) -> Option<u32> {
        let rest = self.count.checked_sub(count)?;
        let taken = self.value >> rest;
        (self.value, self.count) = (self.value & ((1 << rest) - 1), rest);
        Some(taken)
    }
}

/// Appends the bytes of these characters; there is none that has no form, surrogates included.
pub fn encode(points: &[u32], out: &mut Vec<u8>) {
    let mut section: Option<Bits> = None;
    for &point in points {
        if is_plain(point) {
            let byte = point as u8;
            if let Some(bits) = section.take() {
                end_section(bits, out);
                if byte == b'-' || worth(byte).is_some() {
                    out.push(b'-');
                }
            }
            out.push(byte);
            continue;
        }
        if section.is_none() {
            out.push(b'+');
            if point == u32::from(b'+') {
                out.push(b'-');
                continue;
            }
        }
        let bits = section.get_or_insert_default();
        match point.checked_sub(0x1_0000) {
            None => put_unit(bits, point, out),
            Some(rest) => {
                put_unit(bits, 0xD800 | rest >> 10, out);
                put_unit(bits, 0xDC00 | rest & 0x3FF, out);
            }
        }
    }
    if let Some(bits) = section {
        end_section(bits, out);
        out.push(b'-');
    }
}

fn put_unit(bits: &mut Bits, unit: u32, out: &mut Vec<u8>) {
    bits.add(unit, 16);
    while let Some(digit) = bits.take(6) {
        out.push(DIGITS[digit as usize]);
    }
}

/// Appends the bits that are left, filled up with zeros.
fn end_section(bits: Bits, out: &mut Vec<u8>) {
    if bits.count > 0 {
        out.push(DIGITS[(bits.value << (6 - bits.count)) as usize]);
    }
}

/// Appends what is valid from `at` on and moves `at` behind it.  Where more bytes may follow (not `ended`), it stays
/// before a section that has no end.
pub fn decode(bytes: &[u8], at: &mut usize, out: &mut StrBuilder, ended: bool) -> Option<Stop> {
    while let Some(&byte) = bytes.get(*at) {
        match byte {
            b'+' => match section(bytes, *at, out, ended) {
                Ok(Some(end)) => *at = end,
                Ok(None) => return None,
                Err(stop) => return Some(stop),
            },
            0..=0x7F => {
                out.push(byte.into());
                *at += 1;
            }
            _ => return Some((*at..*at + 1, "unexpected special character")),
        }
    }
    None
}

/// Appends the text of the section that the `+` at `start` begins: where it ends, or that this is not to be seen yet.
fn section(bytes: &[u8], start: usize, out: &mut StrBuilder, ended: bool) -> Result<Option<usize>, Stop> {
    let first = start + 1;
    match bytes.get(first) {
        Some(b'-') => {
            out.push(u32::from(b'+'));
            return Ok(Some(first + 1));
        }
        Some(byte) if worth(*byte).is_none() => return Err((start..first + 1, "ill-formed sequence")),
        _ => {}
    }
    let mut units = Units::default();
    let mut bits = Bits::default();
    let mut end = first;
    while let Some(digit) = bytes.get(end).and_then(|byte| worth(*byte)) {
        bits.add(digit, 6);
        if let Some(unit) = bits.take(16) {
            units.push(unit);
        }
        end += 1;
    }
    let next = bytes.get(end).copied();
    if next.is_none() && !ended {
        return Ok(None);
    }
    out.extend(units.whole);
    let Some(next) = next else {
        let is_cut = units.first.is_some() || bits.count >= 6 || bits.value != 0;
        return if is_cut { Err((start..end, "unterminated shift sequence")) } else { Ok(Some(end)) };
    };
    if bits.count >= 6 {
        return Err((start..end + 1, "partial character in shift sequence"));
    }
    if bits.value != 0 {
        return Err((start..end + 1, "non-zero padding bits in shift sequence"));
    }
    if let Some(alone) = units.first.filter(|_| next.is_ascii()) {
        out.push(alone);
    }
    Ok(Some(end + usize::from(next == b'-')))
}

/// Units of UTF-16 that are put together to characters.
#[derive(Default)]
struct Units {
    whole: Vec<u32>,
    /// The first of two surrogates that may belong together.
    first: Option<u32>,
}

impl Units {
    fn push(&mut self, unit: u32) {
        if let Some(first) = self.first.take() {
            if let 0xDC00..=0xDFFF = unit {
                return self.whole.push(0x1_0000 + ((first & 0x3FF) << 10 | unit & 0x3FF));
            }
            self.whole.push(first);
        }
        match unit {
            0xD800..=0xDBFF => self.first = Some(unit),
            _ => self.whole.push(unit),
        }
    }
}
