//! `float.hex` and `float.fromhex`.

use super::super::{NumberError, Result, scale};
use super::shape::repr;
use crate::machine::text::Str;
use crate::machine::text::bytes::is_space;
use crate::machine::text::strip::{Ends, strip};

/// `float.hex`.
pub fn to_hex(value: f64) -> String {
    if !value.is_finite() {
        return repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let (mantissa, exponent) = scale::parts(value);
    let (whole, fraction) = (mantissa >> 52, mantissa & ((1 << 52) - 1));
    format!("{sign}0x{whole}.{fraction:013x}p{:+}", exponent + 52)
}

/// `float.fromhex`.
pub fn from_hex(text: &Str) -> Result<f64> {
    let bad = || NumberError::value("invalid hexadecimal floating-point string");
    let text = text.as_ascii().ok_or_else(bad)?.as_bytes();
    let text = &text[strip(text, Ends::Both, is_space)];
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let size = match text.to_ascii_lowercase().as_slice() {
        b"inf" | b"infinity" => f64::INFINITY,
        b"nan" => f64::NAN.copysign(1.0),
        lower => {
            let digits = lower.strip_prefix(b"0x").unwrap_or(lower);
            let Hexadecimal { mantissa, sticky, exponent } = hexadecimal(digits).ok_or_else(bad)?;
            let too_large = "hexadecimal value too large to represent as a float";
            scale::scale(mantissa, sticky, exponent).ok_or_else(|| NumberError::overflow(too_large))?
        }
    };
    Ok(if negative { -size } else { size })
}

/// `mantissa * 2**exponent`, and a little more where `sticky`.
struct Hexadecimal {
    mantissa: u64,
    sticky: bool,
    exponent: i64,
}

/// Reads hexadecimal digits with a point somewhere, and a decimal exponent of two.
fn hexadecimal(text: &[u8]) -> Option<Hexadecimal> {
    let end = text.iter().position(|&byte| byte == b'p').unwrap_or(text.len());
    let mut read = Hexadecimal { mantissa: 0, sticky: false, exponent: 0 };
    let (mut any, mut behind_point) = (false, false);
    for &byte in &text[..end] {
        if byte == b'.' && !behind_point {
            behind_point = true;
            continue;
        }
        let digit = u64::from(char::from(byte).to_digit(16)?);
        any = true;
        // What no longer fits the mantissa only counts for its place and for the rounding.
        let fits = read.mantissa >> 60 == 0;
        if fits {
            read.mantissa = read.mantissa << 4 | digit;
        } else {
            read.sticky |= digit != 0;
        }
        read.exponent += match (fits, behind_point) {
            (true, true) => -4,
            (false, false) => 4,
            (true, false) | (false, true) => 0,
        };
    }
    if end < text.len() {
        read.exponent = read.exponent.saturating_add(exponent(&text[end + 1..])?);
    }
    any.then_some(read)
}

/// A decimal number with or without a sign; one beyond all bounds is cut to them.
fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_i64;
    for &byte in digits {
        let digit = char::from(byte).to_digit(10)?;
        value = value.saturating_mul(10).saturating_add(digit.into()).min(i64::MAX / 4);
    }
    Some(if negative { -value } else { value })
}
