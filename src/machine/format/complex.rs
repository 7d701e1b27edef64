//! Complex numbers by a format specification.

use super::number::Parts;
use super::spec::{self, Align, Sign, Spec};
use super::{FormatError, Result, float, text};
use crate::machine::number::Complex;
use crate::machine::number::float::Shape;
use crate::machine::text::{Str, StrBuilder};

/// `complex.__format__`; `type_name` is the name of the object's type.
pub fn format(value: Complex, spec: &Str, type_name: &str) -> Result<Str> {
    if spec.is_empty() {
        return Ok(value.repr().into());
    }
    let spec = spec::parse(spec, None, Align::Right, type_name)?;
    if spec.kind == Some(u32::from('%')) {
        return Err(spec::unknown_kind(spec.kind, type_name));
    }
    let shape = Shape { add_dot_zero: false, ..float::shape(&spec, type_name)? };
    if spec.fill == 0x30 {
        return Err(FormatError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(FormatError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    // Without a type it looks as in `repr()`.
    let bare = spec.kind.is_none();
    let only_imag = bare && value.real == 0.0 && value.real.is_sign_positive();
    let part_spec = Spec { width: 0, align: Align::Left, ..spec };
    let part = |part: f64, spec: &Spec| {
        let mut text = shape.text(part);
        if matches!(spec.kind.and_then(char::from_u32), Some('E' | 'F' | 'G')) {
            text.make_ascii_uppercase();
        }
        Parts::of_float(&text).layout(spec)
    };
    let mut whole = StrBuilder::new();
    let parentheses = bare && !only_imag;
    if parentheses {
        whole.push_chars("(");
    }
    if only_imag {
        whole.push_str(&part(value.imag, &part_spec)?);
    } else {
        whole.push_str(&part(value.real, &part_spec)?);
        whole.push_str(&part(value.imag, &Spec { sign: Some(Sign::Plus), ..part_spec })?);
    }
    whole.push_chars(if parentheses { "j)" } else { "j" });
    text::pad(&whole.finish(), &spec)
}
