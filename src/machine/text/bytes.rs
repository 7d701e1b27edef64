//! What `bytes` and `bytearray` do otherwise than `str` does: ASCII case and classes, hexadecimal.
//!
//! Searching, splitting and stripping are the generic functions of [`search`], [`split`](super::split) and
//! [`strip`](super::strip), with [`is_space`] and [`is_line_break`] from here.

use std::ops::Range;

use super::justify::center_left;
use super::search;
use super::{MAX_LENGTH, Str};

/// White space, as `bytes` methods see it.
pub const fn is_space(unit: u32) -> bool {
    matches!(unit, 0x09..=0x0D | 0x20)
}

/// Line ends, as `bytes.splitlines` sees them.
pub const fn is_line_break(unit: u32) -> bool {
    matches!(unit, 0x0A | 0x0D)
}

/// A question about all bytes; each is false for no bytes at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `bytes.isalpha`.
    Alpha,
    /// `bytes.isdigit`.
    Digit,
    /// `bytes.isalnum`.
    Alnum,
    /// `bytes.isspace`.
    Space,
    /// `bytes.islower`: some byte is lower case and none upper case.
    Lower,
    /// `bytes.isupper`: some byte is upper case and none lower case.
    Upper,
    /// `bytes.istitle`: words begin in upper case and go on in lower case.
    Title,
}

/// Whether `bytes` are of `class`.
pub fn is(class: Class, bytes: &[u8]) -> bool {
    let all = |test: fn(&u8) -> bool| !bytes.is_empty() && bytes.iter().all(test);
    let any = |test: fn(&u8) -> bool| bytes.iter().any(test);
    match class {
        Class::Alpha => all(u8::is_ascii_alphabetic),
        Class::Digit => all(u8::is_ascii_digit),
        Class::Alnum => all(u8::is_ascii_alphanumeric),
        Class::Space => all(|&byte| is_space(byte.into())),
        Class::Lower => any(u8::is_ascii_lowercase) && !any(u8::is_ascii_uppercase),
        Class::Upper => any(u8::is_ascii_uppercase) && !any(u8::is_ascii_lowercase),
        Class::Title => is_title(bytes),
    }
}

fn is_title(bytes: &[u8]) -> bool {
    let (mut in_word, mut any) = (false, false);
    for byte in bytes {
        if byte.is_ascii_uppercase() && in_word || byte.is_ascii_lowercase() && !in_word {
            return false;
        }
        in_word = byte.is_ascii_alphabetic();
        any |= in_word;
    }
    any
}

/// `bytes.title`.
pub fn to_title(bytes: &[u8]) -> Vec<u8> {
    let mut in_word = false;
    let mut titled = bytes.to_vec();
    for byte in &mut titled {
        if in_word {
            byte.make_ascii_lowercase();
        } else {
            byte.make_ascii_uppercase();
        }
        in_word = byte.is_ascii_alphabetic();
    }
    titled
}

/// `bytes.capitalize`.
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut capitalized = bytes.to_ascii_lowercase();
    if let Some(first) = capitalized.first_mut() {
        first.make_ascii_uppercase();
    }
    capitalized
}

/// `bytes.swapcase`.
pub fn swap_case(bytes: &[u8]) -> Vec<u8> {
    let swap = |byte: &u8| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte };
    bytes.iter().map(swap).collect()
}

/// `bytes.replace`: at most `limit` occurrences, or all without one.  Nothing where the result would be
/// longer than [`MAX_LENGTH`].
pub fn replace(bytes: &[u8], old: &[u8], new: &[u8], limit: Option<usize>) -> Option<Vec<u8>> {
    let starts = search::starts(bytes, old, limit.unwrap_or(usize::MAX));
    let length = search::replaced_length(bytes.len(), old.len(), new.len(), starts.len())?;
    let mut replaced = Vec::with_capacity(length);
    let mut done = 0;
    for start in starts {
        replaced.extend_from_slice(&bytes[done..start]);
        replaced.extend_from_slice(new);
        done = start + old.len();
    }
    replaced.extend_from_slice(&bytes[done..]);
    Some(replaced)
}

/// `left` and `right` fill bytes around `bytes`; nothing where that is longer than [`MAX_LENGTH`].
fn pad(bytes: &[u8], left: usize, right: usize, fill: u8) -> Option<Vec<u8>> {
    let length = left.checked_add(right)?.checked_add(bytes.len()).filter(|&length| length <= MAX_LENGTH)?;
    let mut padded = Vec::with_capacity(length);
    padded.resize(left, fill);
    padded.extend_from_slice(bytes);
    padded.resize(length, fill);
    Some(padded)
}

/// `bytes.center`; nothing where the result would be longer than [`MAX_LENGTH`].
pub fn center(bytes: &[u8], width: usize, fill: u8) -> Option<Vec<u8>> {
    let total = width.saturating_sub(bytes.len());
    let left = center_left(total, width);
    pad(bytes, left, total - left, fill)
}

/// `bytes.ljust`; nothing where the result would be longer than [`MAX_LENGTH`].
pub fn ljust(bytes: &[u8], width: usize, fill: u8) -> Option<Vec<u8>> {
    pad(bytes, 0, width.saturating_sub(bytes.len()), fill)
}

/// `bytes.rjust`; nothing where the result would be longer than [`MAX_LENGTH`].
pub fn rjust(bytes: &[u8], width: usize, fill: u8) -> Option<Vec<u8>> {
    pad(bytes, width.saturating_sub(bytes.len()), 0, fill)
}

/// `bytes.zfill`: zeros go between a sign and the rest.
pub fn zfill(bytes: &[u8], width: usize) -> Option<Vec<u8>> {
    let total = width.saturating_sub(bytes.len());
    let mut filled = pad(bytes, total, 0, b'0')?;
    if total > 0
        && let Some(&sign @ (b'+' | b'-')) = bytes.first()
    {
        filled[total] = b'0';
        filled[0] = sign;
    }
    Some(filled)
}

/// `bytes.expandtabs`: a tab fills up to the next column that `tab_size` divides; one of zero is dropped.
pub fn expand_tabs(bytes: &[u8], tab_size: usize) -> Option<Vec<u8>> {
    let mut expanded = Vec::with_capacity(bytes.len());
    let mut column = 0;
    for &byte in bytes {
        if byte == b'\t' {
            let fill = if tab_size == 0 { 0 } else { tab_size - column % tab_size };
            if fill > MAX_LENGTH - expanded.len() {
                return None;
            }
            expanded.resize(expanded.len() + fill, b' ');
            column += fill;
        } else {
            if expanded.len() == MAX_LENGTH {
                return None;
            }
            expanded.push(byte);
            column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
        }
    }
    Some(expanded)
}

/// `bytes.translate`: first the bytes of `delete` go, then each is looked up in `table`.
pub fn translate(bytes: &[u8], table: Option<&[u8; 256]>, delete: &[u8]) -> Vec<u8> {
    let mut goes = [false; 256];
    for &byte in delete {
        goes[usize::from(byte)] = true;
    }
    let kept = bytes.iter().copied().filter(|&byte| !goes[usize::from(byte)]);
    kept.map(|byte| table.map_or(byte, |table| table[usize::from(byte)])).collect()
}

/// `bytes.hex`, with the ASCII separator `separator` between groups of `group` bytes.  Groups are counted
/// from the right, or from the left where `group` is negative; zero puts no separator.
pub fn hex(bytes: &[u8], separator: Option<u8>, group: i64) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let width = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = String::with_capacity(bytes.len() * 2);
    for (at, &byte) in bytes.iter().enumerate() {
        let distance = if group < 0 { at } else { bytes.len() - at };
        if let Some(separator) = separator
            && at > 0
            && width > 0
            && distance % width == 0
        {
            out.push(char::from(separator));
        }
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 0xF)]));
    }
    out
}

/// Why `bytes.fromhex` refuses a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FromHexError {
    /// Something else than a hexadecimal digit stands at this index.
    NotHex(usize),
    /// A digit is without its other half.
    Odd,
}

impl FromHexError {
    /// The text of the ValueError.
    pub fn message(self) -> String {
        match self {
            Self::NotHex(at) => {
                format!("non-hexadecimal number found in fromhex() arg at position {at}")
            }
            Self::Odd => "fromhex() arg must contain an even number of hexadecimal digits".to_owned(),
        }
    }
}

/// `bytes.fromhex` of a text.
pub fn from_hex(text: &Str) -> Result<Vec<u8>, FromHexError> {
    match text.as_ascii() {
        Some(text) => from_hex_ascii(text.as_bytes()),
        None => Err(FromHexError::NotHex(text.points().take_while(|&point| point < 0x80).count())),
    }
}

/// `bytes.fromhex` of bytes: pairs of digits, white space between pairs.
pub fn from_hex_ascii(text: &[u8]) -> Result<Vec<u8>, FromHexError> {
    let digit = |at: usize| {
        let value = text.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        value.map(|value| value as u8).ok_or(FromHexError::NotHex(at))
    };
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while at < text.len() {
        if is_space(text[at].into()) {
            at += 1;
            continue;
        }
        let high = digit(at)?;
        if at + 1 == text.len() {
            return Err(FromHexError::Odd);
        }
        bytes.push(high << 4 | digit(at + 1)?);
        at += 2;
    }
    Ok(bytes)
}

/// The part of `bytes` in `range`, which is cut to them.
pub fn slice(bytes: &[u8], range: Range<usize>) -> &[u8] {
    let end = range.end.min(bytes.len());
    &bytes[range.start.min(end)..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal() {
        assert_eq!(hex(b"abcdefg", Some(b'-'), 2), "61-6263-6465-6667");
        assert_eq!(hex(b"abcdefg", Some(b'-'), -2), "6162-6364-6566-67");
        assert_eq!(hex(b"abc", Some(b'-'), 0), "616263");
        assert_eq!(hex(b"abc", Some(b'-'), i64::MIN), "616263");
        assert_eq!(from_hex(&Str::from(" 12\t3F ")), Ok(vec![0x12, 0x3F]));
        assert_eq!(from_hex(&Str::from("12g")), Err(FromHexError::NotHex(2)));
        assert_eq!(from_hex(&Str::from("1 2")), Err(FromHexError::NotHex(1)));
        assert_eq!(from_hex(&Str::from("12 3")), Err(FromHexError::Odd));
        assert_eq!(from_hex(&Str::from("zz\u{e9}")), Err(FromHexError::NotHex(2)));
    }

    #[test]
    fn zeros_go_behind_the_sign() {
        assert_eq!(zfill(b"-5", 5).unwrap(), b"-0005");
        assert_eq!(zfill(b"5", 3).unwrap(), b"005");
        assert_eq!(zfill(b"-5", usize::MAX), None);
        assert_eq!(expand_tabs(b"a\tb\n\tc", 4).unwrap(), b"a   b\n    c");
    }
}
