//! Texts to bytes.

use super::super::repr::{hex_escape, name_escape};
use super::super::str::{Units, is_surrogate};
use super::super::{MAX_LENGTH, Str};
use super::{Codec, CodecError, Failure, Handler, Order, charmap_byte};

/// `str.encode`.
pub fn encode(text: &Str, codec: Codec, handler: Handler) -> Result<Vec<u8>, Failure> {
    let points = match (text.units(), codec) {
        (Units::Ascii(units), Codec::Utf8 | Codec::Ascii | Codec::Latin1 | Codec::Charmap(_)) => {
            return Ok(units.to_vec());
        }
        (Units::Ascii(units), Codec::Utf8Signed | Codec::Utf16(_) | Codec::Utf32(_)) => {
            units.iter().copied().map(u32::from).collect()
        }
        (Units::Wide(points), _) => points.to_vec(),
    };
    let mut out = Vec::with_capacity(points.len().saturating_mul(2));
    if codec.behind_mark().is_some() {
        put(&mut out, 0xFEFF, codec);
    }
    let mut at = 0;
    while let Some(&point) = points.get(at) {
        if out.len() > MAX_LENGTH {
            return Err(Failure::TooLong);
        }
        if can(point, codec) {
            put(&mut out, point, codec);
            at += 1;
            continue;
        }
        let run = points[at..].iter().take_while(|&&point| !can(point, codec)).count();
        // The codecs of wider units take one at a time.
        let run = if matches!(codec, Codec::Utf16(_) | Codec::Utf32(_)) { 1 } else { run };
        let done = handle(&mut out, &points[at..at + run], codec, handler);
        if done < run {
            let (encoding, reason) = (codec.name(), reason(codec));
            let error = CodecError { encoding, start: at + done, end: at + run, reason };
            return Err(Failure::Unicode(error));
        }
        at += run;
    }
    Ok(out)
}

/// Why a codec has no form for a character.
pub(super) const fn reason(codec: Codec) -> &'static str {
    match codec {
        Codec::Ascii => "ordinal not in range(128)",
        Codec::Latin1 => "ordinal not in range(256)",
        Codec::Charmap(_) => "character maps to <undefined>",
        Codec::Utf8 | Codec::Utf8Signed | Codec::Utf16(_) | Codec::Utf32(_) => "surrogates not allowed",
    }
}

/// Whether the codec has a form for `point`.
pub(super) fn can(point: u32, codec: Codec) -> bool {
    match codec {
        Codec::Ascii => point < 0x80,
        Codec::Latin1 => point < 0x100,
        Codec::Charmap(place) => point < 0x80 || charmap_byte(place, point).is_some(),
        Codec::Utf8 | Codec::Utf8Signed | Codec::Utf16(_) | Codec::Utf32(_) => !is_surrogate(point),
    }
}

/// Appends `point`, which may be a surrogate where the codec is one of Unicode.
pub(super) fn put(out: &mut Vec<u8>, point: u32, codec: Codec) {
    match codec {
        Codec::Ascii | Codec::Latin1 => out.push(point as u8),
        Codec::Charmap(_) if point < 0x80 => out.push(point as u8),
        Codec::Charmap(place) => out.extend(charmap_byte(place, point)),
        Codec::Utf8 | Codec::Utf8Signed => match char::from_u32(point) {
            Some(char) => out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
            None => {
                out.extend_from_slice(&[0xED, 0x80 | (point >> 6 & 0x3F) as u8, 0x80 | (point & 0x3F) as u8]);
            }
        },
        Codec::Utf16(order) => match char::from_u32(point) {
            Some(char) => {
                for &unit in char.encode_utf16(&mut [0; 2]).iter() {
                    put_unit(out, unit, order);
                }
            }
            None => put_unit(out, point as u16, order),
        },
        Codec::Utf32(Order::Big) => out.extend_from_slice(&point.to_be_bytes()),
        Codec::Utf32(Order::Little | Order::Marked) => out.extend_from_slice(&point.to_le_bytes()),
    }
}

fn put_unit(out: &mut Vec<u8>, unit: u16, order: Order) {
    out.extend_from_slice(&match order {
        Order::Big => unit.to_be_bytes(),
        Order::Little | Order::Marked => unit.to_le_bytes(),
    });
}

/// Appends what stands for `points`, none of which the codec can encode, and tells how many it was done
/// for: fewer than all is an error from there on.
fn handle(out: &mut Vec<u8>, points: &[u32], codec: Codec, handler: Handler) -> usize {
    let put_text = |out: &mut Vec<u8>, text: &str| {
        for point in text.chars() {
            put(out, point.into(), codec);
        }
    };
    match handler {
        Handler::Strict => return 0,
        Handler::Ignore => {}
        Handler::Replace => put_text(out, &"?".repeat(points.len())),
        Handler::BackslashReplace => {
            for &point in points {
                put_text(out, &hex_escape(point));
            }
        }
        Handler::NameReplace => {
            for &point in points {
                put_text(out, &name_escape(point));
            }
        }
        Handler::XmlCharRefReplace => {
            for point in points {
                put_text(out, &format!("&#{point};"));
            }
        }
        Handler::SurrogateEscape => {
            // A byte by itself is no unit of these.
            if matches!(codec, Codec::Utf16(_) | Codec::Utf32(_)) {
                return 0;
            }
            let escaped = points.iter().take_while(|point| (0xDC80..=0xDCFF).contains(*point));
            let before = out.len();
            out.extend(escaped.map(|&point| (point - 0xDC00) as u8));
            return out.len() - before;
        }
        Handler::SurrogatePass => {
            if matches!(codec, Codec::Ascii | Codec::Latin1 | Codec::Charmap(_)) {
                return 0;
            }
            for &point in points {
                put(out, point, codec);
            }
        }
    }
    points.len()
}
