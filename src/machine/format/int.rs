//! Ints by a format specification.

use super::number::Parts;
use super::spec::{self, Align, Spec};
use super::{FormatError, Result, float, text};
use crate::machine::number::IntRef;
use crate::machine::text::Str;
use crate::machine::text::str::MAX_CODE_POINT;

/// `int.__format__`; `type_name` is the name of the object's type, `digit_limit` is
/// `sys.get_int_max_str_digits()`.
pub fn format(value: IntRef<'_>, spec: &Str, type_name: &str, digit_limit: usize) -> Result<Str> {
    if spec.is_empty() {
        return value.to_decimal(digit_limit).map(Str::from);
    }
    let spec = spec::parse(spec, Some('d'), Align::Right, type_name)?;
    match spec.kind.and_then(char::from_u32) {
        Some('b') => by_digits(value, &spec, 2, "0b", digit_limit),
        Some('o') => by_digits(value, &spec, 8, "0o", digit_limit),
        Some('x') => by_digits(value, &spec, 16, "0x", digit_limit),
        Some('X') => by_digits(value, &spec, 16, "0X", digit_limit),
        Some('d' | 'n') => by_digits(value, &spec, 10, "", digit_limit),
        Some('c') => character(value, &spec),
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => float::by_spec(value.to_float()?, &spec, type_name),
        _ => Err(spec::unknown_kind(spec.kind, type_name)),
    }
}

fn check(spec: &Spec) -> Result<()> {
    if spec.precision.is_some() {
        return Err(FormatError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        let message = "Negative zero coercion (z) not allowed in integer format specifier";
        return Err(FormatError::value(message));
    }
    Ok(())
}

fn by_digits(
    value: IntRef<'_>,
    spec: &Spec,
    base: u32,
    prefix: &'static str,
    digit_limit: usize,
) -> Result<Str> {
    check(spec)?;
    let mut digits = if base == 10 {
        let text = value.to_decimal(digit_limit)?;
        text.strip_prefix('-').unwrap_or(&text).to_owned()
    } else {
        value.digits_in(base)
    };
    if prefix == "0X" {
        digits.make_ascii_uppercase();
    }
    let parts = Parts {
        negative: value.signum() < 0,
        prefix: if spec.alternate { prefix } else { "" },
        digits,
        group: if base == 10 { 3 } else { 4 },
        ..Parts::default()
    };
    parts.layout(spec)
}

/// `c`: the character of that number.
fn character(value: IntRef<'_>, spec: &Spec) -> Result<Str> {
    check(spec)?;
    if spec.sign.is_some() {
        return Err(FormatError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(FormatError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let Some(value) = value.small() else {
        return Err(FormatError::overflow("Python int too large to convert to C long"));
    };
    let point = u32::try_from(value).ok().filter(|&point| point <= MAX_CODE_POINT);
    let point = point.ok_or_else(|| FormatError::overflow("%c arg not in range(0x110000)"))?;
    text::pad(&Str::from_point(point), spec)
}
