//! Escapes as literals have them, as codecs.

use std::ops::Range;

use super::super::StrBuilder;
use super::super::repr::hex_escape;
use crate::text::unicode_data;

type Stop = Option<(Range<usize>, &'static str)>;

/// Appends a character as `unicode_escape` writes it.
pub fn encode(point: u32, out: &mut Vec<u8>) {
    match char::from_u32(point) {
        Some('\\') => out.extend_from_slice(b"\\\\"),
        Some('\n') => out.extend_from_slice(b"\\n"),
        Some('\r') => out.extend_from_slice(b"\\r"),
        Some('\t') => out.extend_from_slice(b"\\t"),
        Some(' '..='~') => out.push(point as u8),
        _ => out.extend_from_slice(hex_escape(point).as_bytes()),
    }
}

/// The number of hexadecimal digits from `at` on, as many as there are up to `most`, and how many these are.
fn hex(bytes: &[u8], at: usize, most: usize) -> (u32, usize) {
    let digits = bytes[at.min(bytes.len())..].iter().take(most);
    let digits = digits.map_while(|byte| char::from(*byte).to_digit(16));
    digits.fold((0, 0), |(value, count), digit| (value << 4 | digit, count + 1))
}

/// The octal digits from `at` on, three at most: their value, and how many there are.
pub fn octal(bytes: &[u8], at: usize) -> (u32, usize) {
    let digits = bytes[at..].iter().take(3).map_while(|byte| char::from(*byte).to_digit(8));
    digits.fold((0, 0), |(value, count), digit| (value << 3 | digit, count + 1))
}

/// What one letter behind a backslash stands for; None for a line end, which it takes away.
pub fn letter(byte: u8) -> Option<Option<u8>> {
    Some(match byte {
        b'\n' => None,
        b'\\' | b'\'' | b'"' => Some(byte),
        b'a' => Some(7),
        b'b' => Some(8),
        b'f' => Some(12),
        b'n' => Some(b'\n'),
        b'r' => Some(b'\r'),
        b't' => Some(b'\t'),
        b'v' => Some(11),
        _ => return None,
    })
}

/// How many digits an escape of this letter has, and what is wrong where there are fewer.
const fn width(letter: u8) -> Option<(usize, &'static str)> {
    match letter {
        b'x' => Some((2, "truncated \\xXX escape")),
        b'u' => Some((4, "truncated \\uXXXX escape")),
        b'U' => Some((8, "truncated \\UXXXXXXXX escape")),
        _ => None,
    }
}

/// `unicode_escape`: appends what is right from `at` on and moves `at` behind it.  `strange` is set to where the first
/// escape stands that means nothing.
pub fn decode(bytes: &[u8], at: &mut usize, out: &mut StrBuilder, strange: &mut Option<usize>) -> Stop {
    while let Some(&byte) = bytes.get(*at) {
        let start = *at;
        if byte != b'\\' {
            out.push(byte.into());
            *at += 1;
            continue;
        }
        let Some(&kind) = bytes.get(start + 1) else {
            return Some((start..start + 1, "\\ at end of string"));
        };
        *at += 2;
        if let Some(meaning) = letter(kind) {
            if let Some(byte) = meaning {
                out.push(byte.into());
            }
        } else if kind.is_ascii_digit() && kind < b'8' {
            let (value, count) = octal(bytes, start + 1);
            *at = start + 1 + count;
            if value > 0o377 {
                strange.get_or_insert(start);
            }
            out.push(value);
        } else if let Some((digits, reason)) = width(kind) {
            let (value, count) = hex(bytes, start + 2, digits);
            *at = start + 2 + count;
            if count < digits {
                return Some((start..*at, reason));
            }
            if value > u32::from(char::MAX) {
                return Some((start..*at, "illegal Unicode character"));
            }
            out.push(value);
        } else if kind == b'N' {
            match named(bytes, at) {
                Ok(point) => out.push(point),
                Err(reason) => return Some((start..*at, reason)),
            }
        } else {
            strange.get_or_insert(start);
            out.push(u32::from(b'\\'));
            out.push(kind.into());
        }
    }
    None
}

/// The character whose name stands in braces from `at` on, which moves behind it.
fn named(bytes: &[u8], at: &mut usize) -> Result<u32, &'static str> {
    const MALFORMED: &str = "malformed \\N character escape";
    if bytes.get(*at) != Some(&b'{') {
        return Err(MALFORMED);
    }
    *at += 1;
    let name = &bytes[*at..];
    let Some(length) = name.iter().position(|byte| *byte == b'}') else {
        *at = bytes.len();
        return Err(MALFORMED);
    };
    *at += length;
    if length == 0 {
        return Err(MALFORMED);
    }
    *at += 1;
    let points = std::str::from_utf8(&name[..length])
        .ok()
        .and_then(|name| unicode_data::lookup(name, unicode_data::Edition::Current));
    match points.as_deref() {
        Some([point]) => Ok(*point),
        // A name that several have together is none of these.
        _ => Err("unknown Unicode character name"),
    }
}

/// `raw_unicode_escape`: backslashes mean something before `u` and `U` alone, and only where their number is odd.
pub fn decode_raw(bytes: &[u8], at: &mut usize, out: &mut StrBuilder) -> Stop {
    while let Some(&byte) = bytes.get(*at) {
        let start = *at;
        if byte != b'\\' {
            out.push(byte.into());
            *at += 1;
            continue;
        }
        let Some(&kind) = bytes.get(start + 1) else {
            // More may follow it; at the end it stands for itself.
            out.push(u32::from(b'\\'));
            *at += 1;
            continue;
        };
        let Some((digits, reason)) = width(kind).filter(|_| kind != b'x') else {
            out.push(u32::from(b'\\'));
            out.push(kind.into());
            *at += 2;
            continue;
        };
        let (value, count) = hex(bytes, start + 2, digits);
        let end = start + 2 + count;
        if count < digits {
            return Some((start..end, reason));
        }
        if value > u32::from(char::MAX) {
            return Some((start..end, "\\Uxxxxxxxx out of range"));
        }
        out.push(value);
        *at = end;
    }
    None
}
