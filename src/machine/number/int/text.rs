//! Ints as text: `int(text, base)`, `str(int)`, digits in any base.
//!
//! Bases that are no powers of two have a limit on digits, as their conversion takes time that grows
//! faster than the text does.

use num_bigint::{BigInt, Sign};
use num_traits::Zero;

use super::{Int, IntRef, MAX_BITS, NumberError, Result};
use crate::machine::number::float::ascii_number;
use crate::machine::text::strip::{Ends, strip};
use crate::machine::text::{Str, bytes, repr};

/// `sys.int_info.default_max_str_digits`.
pub const DEFAULT_DIGIT_LIMIT: usize = 4300;

/// `sys.int_info.str_digits_check_threshold`: texts up to this long are converted whatever the limit.
pub const MIN_DIGIT_LIMIT: usize = 640;

/// What `int()` says of a text that is no int in `base`; `shown` is the `repr()` of the argument.
pub fn bad_literal(base: u32, shown: &Str) -> NumberError {
    let shown = shown.slice(0..200);
    NumberError::value(format!("invalid literal for int() with base {base}: {shown}"))
}

/// `int(text, base)`; `digit_limit` is `sys.get_int_max_str_digits()`, 0 for none.
pub fn parse(text: &Str, base: i64, digit_limit: usize) -> Result<Int> {
    let base = checked_base(base)?;
    parse_ascii(&ascii_number(text), base, digit_limit)
        .unwrap_or_else(|| Err(bad_literal(base, &text.repr())))
}

/// `int(bytes, base)`.
pub fn parse_bytes(text: &[u8], base: i64, digit_limit: usize) -> Result<Int> {
    let base = checked_base(base)?;
    parse_ascii(text, base, digit_limit)
        .unwrap_or_else(|| Err(bad_literal(base, &Str::from(repr::bytes(text)))))
}

fn checked_base(base: i64) -> Result<u32> {
    match u32::try_from(base) {
        Ok(base @ (0 | 2..=36)) => Ok(base),
        _ => Err(NumberError::value("int() base must be >= 2 and <= 36, or 0")),
    }
}

/// The int, or nothing where the text is none, or the error where it has too many digits.
fn parse_ascii(text: &[u8], base: u32, digit_limit: usize) -> Option<Result<Int>> {
    let text = &text[strip(text, Ends::Both, bytes::is_space)];
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (base, only_zeros, text) = without_prefix(text, base);
    let digits = digits(text, base)?;
    if !base.is_power_of_two() && digit_limit > 0 && digits.len() > digit_limit.max(MIN_DIGIT_LIMIT) {
        let count = digits.len();
        return Some(Err(NumberError::value(format!(
            "Exceeds the limit ({digit_limit} digits) for integer string conversion: value has {count} \
             digits; use sys.set_int_max_str_digits() to increase the limit"
        ))));
    }
    if digits.len() as u64 > MAX_BITS {
        return Some(Err(NumberError::MEMORY));
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    let value = BigInt::from_radix_be(sign, &digits, base)?;
    (!only_zeros || value.is_zero()).then(|| Int::from(value).bounded())
}

/// The base, whether only zero may be written so, and the text behind a prefix such as "0x".
fn without_prefix(text: &[u8], base: u32) -> (u32, bool, &[u8]) {
    let named = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if named != 0 && (base == 0 || base == named) {
        let rest = &text[2..];
        // One underscore may stand between the prefix and the digits.
        return (named, false, rest.strip_prefix(b"_").unwrap_or(rest));
    }
    // Without a base, "010" would be octal in C and decimal elsewhere: so it is neither.
    if base == 0 { (10, text.starts_with(b"0"), text) } else { (base, false, text) }
}

/// The values of the digits, with single underscores between them left out.
fn digits(text: &[u8], base: u32) -> Option<Vec<u8>> {
    let mut digits = Vec::with_capacity(text.len());
    let mut after_digit = false;
    for &byte in text {
        if byte == b'_' && after_digit {
            after_digit = false;
        } else {
            digits.push(char::from(byte).to_digit(base)? as u8);
            after_digit = true;
        }
    }
    after_digit.then_some(digits)
}

impl IntRef<'_> {
    /// `str(self)`; `digit_limit` is `sys.get_int_max_str_digits()`, 0 for none.
    pub fn to_decimal(self, digit_limit: usize) -> Result<String> {
        match self {
            IntRef::Small(value) => Ok(value.to_string()),
            IntRef::Big(value) => {
                let too_long = || {
                    NumberError::value(format!(
                        "Exceeds the limit ({digit_limit} digits) for integer string conversion; use \
                         sys.set_int_max_str_digits() to increase the limit"
                    ))
                };
                let limit = if digit_limit == 0 { usize::MAX } else { digit_limit.max(MIN_DIGIT_LIMIT) };
                // Four bits are more than a digit: an int beyond this is refused before the work is done.
                if value.bits() / 4 > limit as u64 {
                    return Err(too_long());
                }
                let text = value.magnitude().to_str_radix(10);
                if text.len() > limit {
                    return Err(too_long());
                }
                Ok(if value.sign() == Sign::Minus { format!("-{text}") } else { text })
            }
        }
    }

    /// The digits of the absolute value in `base`, which is 2, 8 or 16, in lower case, without a prefix.
    pub fn digits_in(self, base: u32) -> String {
        match (self, base) {
            (IntRef::Small(value), 2) => format!("{:b}", value.unsigned_abs()),
            (IntRef::Small(value), 8) => format!("{:o}", value.unsigned_abs()),
            (IntRef::Small(value), 16) => format!("{:x}", value.unsigned_abs()),
            _ => self.big().magnitude().to_str_radix(base),
        }
    }

    /// `bin`, `oct` or `hex`, as `base` is 2, 8 or 16.
    pub fn to_prefixed(self, base: u32) -> String {
        let sign = if self.signum() < 0 { "-" } else { "" };
        let prefix = match base {
            2 => "0b",
            8 => "0o",
            _ => "0x",
        };
        format!("{sign}{prefix}{}", self.digits_in(base))
    }
}
