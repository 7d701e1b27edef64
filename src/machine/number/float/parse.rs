//! Texts to floats, as `float()` takes them.

use std::borrow::Cow;

use super::super::{NumberError, Result};
use crate::machine::text::str::Units;
use crate::machine::text::strip::{Ends, strip};
use crate::machine::text::unicode::{decimal_value, is_space};
use crate::machine::text::{Str, bytes, repr};

/// A text that is to become a number, as ASCII: decimal digits and spaces of all scripts as those of
/// ASCII, "?" for all else beyond ASCII.  Only ASCII's own control characters are left as they are.
pub fn ascii_number(text: &Str) -> Cow<'_, [u8]> {
    let ascii = |point: u32| match point {
        0..0x7F => point as u8,
        _ if is_space(point) => b' ',
        _ => decimal_value(point).map_or(b'?', |value| b'0' + value as u8),
    };
    match text.units() {
        Units::Ascii(units) => Cow::Borrowed(units),
        Units::Wide(points) => Cow::Owned(points.iter().map(|&point| ascii(point)).collect()),
    }
}

/// The text with its underscores left out, or nothing where one does not stand between two digits.
pub fn without_underscores(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !text.contains(&b'_') {
        return Some(Cow::Borrowed(text));
    }
    let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    let mut kept = Vec::with_capacity(text.len());
    for (at, &byte) in text.iter().enumerate() {
        if byte != b'_' {
            kept.push(byte);
        } else if !is_digit(at.checked_sub(1)) || !is_digit(Some(at + 1)) {
            return None;
        }
    }
    Some(Cow::Owned(kept))
}

/// What `float()` says of a text that is no float; `shown` is the `repr()` of the argument.
pub fn bad_literal(shown: &Str) -> NumberError {
    NumberError::value(format!("could not convert string to float: {}", shown.to_string_lossy()))
}

/// `float(text)`.
pub fn parse(text: &Str) -> Result<f64> {
    parse_ascii(&ascii_number(text)).ok_or_else(|| bad_literal(&text.repr()))
}

/// `float(bytes)`.
pub fn parse_bytes(text: &[u8]) -> Result<f64> {
    parse_ascii(text).ok_or_else(|| bad_literal(&Str::from(repr::bytes(text))))
}

fn parse_ascii(text: &[u8]) -> Option<f64> {
    let text = &text[strip(text, Ends::Both, bytes::is_space)];
    let text = without_underscores(text)?;
    let (value, length) = number_prefix(&text)?;
    (length == text.len()).then_some(value)
}

/// The float at the beginning of `text` and how many bytes it takes.
pub fn number_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let negative = text.first() == Some(&b'-');
    let rest = &text[sign..];
    let begins =
        |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    let (value, length) = if begins("infinity") {
        (f64::INFINITY, 8)
    } else if begins("inf") {
        (f64::INFINITY, 3)
    } else if begins("nan") {
        (f64::NAN.copysign(1.0), 3)
    } else {
        let length = decimal_length(rest)?;
        (std::str::from_utf8(&rest[..length]).ok()?.parse().ok()?, length)
    };
    Some((if negative { -value } else { value }, sign + length))
}

/// How many bytes at the beginning are a decimal number without a sign.
fn decimal_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(0);
    let mut length = whole;
    let mut any = whole > 0;
    if text.get(length) == Some(&b'.') {
        let fraction = digits(length + 1);
        any |= fraction > 0;
        length += 1 + fraction;
    }
    if !any {
        return None;
    }
    if let Some(b'e' | b'E') = text.get(length) {
        let sign = usize::from(matches!(text.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    Some(length)
}
