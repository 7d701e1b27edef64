//! Bytes to texts.

use std::ops::Range;

use super::super::repr::hex_escape;
use super::super::str::is_surrogate;
use super::super::{MAX_LENGTH, Str, StrBuilder};
use super::{Codec, CodecError, Failure, Handler, Order, charmap_char};

/// `bytes.decode`.
pub fn decode(bytes: &[u8], codec: Codec, handler: Handler) -> Result<Str, Failure> {
    let mut at = 0;
    let mut codec = codec;
    if codec.behind_mark().is_some() {
        (codec, at) = by_mark(bytes, codec);
    }
    let mut out = StrBuilder::with_capacity(bytes.len());
    while at < bytes.len() {
        if out.len() > MAX_LENGTH {
            return Err(Failure::TooLong);
        }
        if let Some((range, reason)) = until_stop(bytes, &mut at, codec, &mut out) {
            let error = CodecError { encoding: codec.name(), start: range.start, end: range.end, reason };
            at = handle(&mut out, bytes, range, codec, handler)?.ok_or(Failure::Unicode(error))?;
        }
    }
    Ok(out.finish())
}

/// Appends what is valid from `at` on and moves `at` behind it.
pub(super) fn until_stop(bytes: &[u8], at: &mut usize, codec: Codec, out: &mut StrBuilder) -> Stop {
    match codec {
        Codec::Utf8 | Codec::Utf8Signed => utf8(bytes, at, out),
        Codec::Ascii => ascii(bytes, at, out),
        Codec::Latin1 => {
            out.extend(bytes[*at..].iter().copied().map(u32::from));
            *at = bytes.len();
            None
        }
        Codec::Charmap(place) => charmap(bytes, at, place, out),
        Codec::Utf16(order) => utf16(bytes, at, order, out),
        Codec::Utf32(order) => utf32(bytes, at, order, out),
    }
}

/// The codec with the order that a mark at the beginning tells, and where the text begins.
pub fn by_mark(bytes: &[u8], codec: Codec) -> (Codec, usize) {
    if codec == Codec::Utf8Signed {
        return (Codec::Utf8, if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 });
    }
    if let Codec::Utf32(_) = codec {
        return match bytes {
            [0xFF, 0xFE, 0, 0, ..] => (Codec::Utf32(Order::Little), 4),
            [0, 0, 0xFE, 0xFF, ..] => (Codec::Utf32(Order::Big), 4),
            _ => (Codec::Utf32(Order::Little), 0),
        };
    }
    match bytes {
        [0xFF, 0xFE, ..] => (Codec::Utf16(Order::Little), 2),
        [0xFE, 0xFF, ..] => (Codec::Utf16(Order::Big), 2),
        _ => (Codec::Utf16(Order::Little), 0),
    }
}

/// Bytes that are no text, and why.
pub(super) type Stop = Option<(Range<usize>, &'static str)>;

/// Appends what is valid from `at` on and moves `at` behind it.
fn utf8(bytes: &[u8], at: &mut usize, out: &mut StrBuilder) -> Stop {
    let start = *at;
    let rest = &bytes[start..];
    let error = match std::str::from_utf8(rest) {
        Ok(text) => {
            out.push_chars(text);
            *at = bytes.len();
            return None;
        }
        Err(error) => error,
    };
    if let Ok(text) = std::str::from_utf8(&rest[..error.valid_up_to()]) {
        out.push_chars(text);
    }
    *at += error.valid_up_to();
    Some(match error.error_len() {
        None => (*at..bytes.len(), "unexpected end of data"),
        Some(length) => {
            let can_start = matches!(bytes[*at], 0xC2..=0xF4);
            (*at..*at + length, if can_start { "invalid continuation byte" } else { "invalid start byte" })
        }
    })
}

fn ascii(bytes: &[u8], at: &mut usize, out: &mut StrBuilder) -> Stop {
    let valid = bytes[*at..].iter().take_while(|byte| byte.is_ascii()).count();
    out.extend(bytes[*at..*at + valid].iter().copied().map(u32::from));
    *at += valid;
    (*at < bytes.len()).then(|| (*at..*at + 1, "ordinal not in range(128)"))
}

fn charmap(bytes: &[u8], at: &mut usize, place: u8, out: &mut StrBuilder) -> Stop {
    while let Some(&byte) = bytes.get(*at) {
        let point = if byte.is_ascii() { Some(byte.into()) } else { charmap_char(place, byte) };
        let Some(point) = point else { return Some((*at..*at + 1, "character maps to <undefined>")) };
        out.push(point);
        *at += 1;
    }
    None
}

/// The 16 bits at `at`.
fn unit(bytes: &[u8], at: usize, order: Order) -> Option<u32> {
    let unit = <[u8; 2]>::try_from(bytes.get(at..at + 2)?).ok()?;
    Some(u32::from(match order {
        Order::Big => u16::from_be_bytes(unit),
        Order::Little | Order::Marked => u16::from_le_bytes(unit),
    }))
}

fn utf16(bytes: &[u8], at: &mut usize, order: Order, out: &mut StrBuilder) -> Stop {
    while *at < bytes.len() {
        let start = *at;
        let Some(first) = unit(bytes, start, order) else {
            return Some((start..bytes.len(), "truncated data"));
        };
        match first {
            0xD800..=0xDBFF => match unit(bytes, start + 2, order) {
                Some(second @ 0xDC00..=0xDFFF) => {
                    out.push(0x1_0000 + ((first & 0x3FF) << 10 | second & 0x3FF));
                    *at += 4;
                }
                Some(_) => return Some((start..start + 2, "illegal UTF-16 surrogate")),
                None => return Some((start..bytes.len(), "unexpected end of data")),
            },
            0xDC00..=0xDFFF => return Some((start..start + 2, "illegal encoding")),
            _ => {
                out.push(first);
                *at += 2;
            }
        }
    }
    None
}

fn utf32(bytes: &[u8], at: &mut usize, order: Order, out: &mut StrBuilder) -> Stop {
    while *at < bytes.len() {
        let start = *at;
        let Some(point) = point_of_four(bytes, start, order) else {
            return Some((start..bytes.len(), "truncated data"));
        };
        if is_surrogate(point) {
            let reason = "code point in surrogate code point range(0xd800, 0xe000)";
            return Some((start..start + 4, reason));
        }
        if char::from_u32(point).is_none() {
            return Some((start..start + 4, "code point not in range(0x110000)"));
        }
        out.push(point);
        *at += 4;
    }
    None
}

/// The 32 bits at `at`.
fn point_of_four(bytes: &[u8], at: usize, order: Order) -> Option<u32> {
    let four = <[u8; 4]>::try_from(bytes.get(at..at + 4)?).ok()?;
    Some(match order {
        Order::Big => u32::from_be_bytes(four),
        Order::Little | Order::Marked => u32::from_le_bytes(four),
    })
}

/// Appends what stands for the bytes of `range` and gives where decoding goes on, or nothing where the
/// handler has no answer.
fn handle(
    out: &mut StrBuilder,
    bytes: &[u8],
    range: Range<usize>,
    codec: Codec,
    handler: Handler,
) -> Result<Option<usize>, Failure> {
    Ok(match handler {
        Handler::Strict => None,
        Handler::Ignore => Some(range.end),
        Handler::Replace => {
            out.push(u32::from(char::REPLACEMENT_CHARACTER));
            Some(range.end)
        }
        Handler::BackslashReplace => {
            for &byte in &bytes[range.clone()] {
                out.push_chars(&hex_escape(byte.into()));
            }
            Some(range.end)
        }
        Handler::SurrogateEscape => {
            // ASCII is never escaped: it may mean something to whom the text goes.
            let escaped = bytes[range.clone()].iter().take(4).take_while(|byte| !byte.is_ascii()).count();
            out.extend(bytes[range.start..][..escaped].iter().map(|&byte| 0xDC00 + u32::from(byte)));
            (escaped > 0).then_some(range.start + escaped)
        }
        Handler::SurrogatePass => {
            let found = surrogate(bytes, range.start, codec);
            found.map(|(point, width)| {
                out.push(point);
                range.start + width
            })
        }
        Handler::XmlCharRefReplace | Handler::NameReplace => return Err(Failure::NotForDecoding),
    })
}

/// The surrogate that stands at `at` as if it were any other code point, and its width.
fn surrogate(bytes: &[u8], at: usize, codec: Codec) -> Option<(u32, usize)> {
    let (point, width) = match codec {
        Codec::Utf8 | Codec::Utf8Signed => match *bytes.get(at..at + 3)? {
            [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF] => {
                (0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F), 3)
            }
            _ => return None,
        },
        Codec::Utf16(order) => (unit(bytes, at, order)?, 2),
        Codec::Utf32(order) => (point_of_four(bytes, at, order)?, 4),
        Codec::Ascii | Codec::Latin1 | Codec::Charmap(_) => return None,
    };
    is_surrogate(point).then_some((point, width))
}

/// What a handler makes of the bytes of `range`, which the codec cannot decode, and where that ends; `None` where it
/// has no answer.
pub fn decode_one(
    bytes: &[u8],
    range: Range<usize>,
    codec: Codec,
    handler: Handler,
) -> Option<(Vec<u32>, usize)> {
    let mut out = StrBuilder::with_capacity(range.len());
    let end = handle(&mut out, bytes, range, codec, handler).ok()??;
    Some((out.finish().points().collect(), end))
}
