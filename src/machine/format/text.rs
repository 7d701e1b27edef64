//! Texts by a format specification.

use super::spec::{self, Align, Sign, Spec};
use super::{FormatError, Result};
use crate::machine::text::Str;

/// `str.__format__`; `type_name` is the name of the object's type.
pub fn format(text: &Str, spec: &Str, type_name: &str) -> Result<Str> {
    if spec.is_empty() {
        return Ok(text.clone());
    }
    let spec = spec::parse(spec, Some('s'), Align::Left, type_name)?;
    if spec.kind != Some(u32::from('s')) {
        return Err(spec::unknown_kind(spec.kind, type_name));
    }
    let refused =
        |what: &str| Err(FormatError::value(format!("{what} not allowed in string format specifier")));
    match spec.sign {
        Some(Sign::Space) => return refused("Space"),
        Some(Sign::Plus | Sign::Minus) => return refused("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refused("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refused("Alternate form (#)");
    }
    if spec.align == Align::AfterSign {
        return refused("'=' alignment");
    }
    pad(&text.slice(0..spec.precision.unwrap_or(usize::MAX)), &spec)
}

/// The text filled up to the width of `spec`.
pub(super) fn pad(text: &Str, spec: &Spec) -> Result<Str> {
    let padding = spec.width.saturating_sub(text.len());
    let left = match spec.align {
        Align::Left => 0,
        Align::Right | Align::AfterSign => padding,
        Align::Center => padding / 2,
    };
    text.pad(left, padding - left, spec.fill).ok_or(FormatError::MEMORY)
}
