//! Floats by a format specification.

use super::number::Parts;
use super::spec::{self, Align, Spec};
use super::{FormatError, Result};
use crate::machine::number::float::{Shape, Style, repr};
use crate::machine::text::{MAX_LENGTH, Str};

/// `float.__format__`; `type_name` is the name of the object's type.
pub fn format(value: f64, spec: &Str, type_name: &str) -> Result<Str> {
    if spec.is_empty() {
        return Ok(repr(value).into());
    }
    let spec = spec::parse(spec, None, Align::Right, type_name)?;
    by_spec(value, &spec, type_name)
}

/// A float by a specification taken apart.
pub(super) fn by_spec(value: f64, spec: &Spec, type_name: &str) -> Result<Str> {
    let kind = spec.kind.and_then(char::from_u32);
    let shape = shape(spec, type_name)?;
    let mut text = shape.text(if kind == Some('%') { value * 100.0 } else { value });
    if matches!(kind, Some('E' | 'F' | 'G')) {
        text.make_ascii_uppercase();
    }
    if kind == Some('%') {
        text.push('%');
    }
    Parts::of_float(&text).layout(spec)
}

/// The shape that a specification asks for.
pub(super) fn shape(spec: &Spec, type_name: &str) -> Result<Shape> {
    let precision = checked_precision(spec)?;
    let (style, default) = match (spec.kind.and_then(char::from_u32), spec.kind) {
        (Some('e' | 'E'), _) => (Style::Exponent, 6),
        (Some('f' | 'F' | '%'), _) => (Style::Fixed, 6),
        (Some('g' | 'G' | 'n'), _) => (Style::General, 6),
        (None, None) if precision.is_none() => (Style::Repr, 0),
        (None, None) => (Style::General, 0),
        _ => return Err(spec::unknown_kind(spec.kind, type_name)),
    };
    Ok(Shape {
        style,
        precision: precision.unwrap_or(default),
        alternate: spec.alternate,
        add_dot_zero: spec.kind.is_none(),
        no_negative_zero: spec.no_negative_zero,
    })
}

/// The precision, where C's `int` holds it and the machine's memory holds what it asks for.
fn checked_precision(spec: &Spec) -> Result<Option<usize>> {
    match spec.precision {
        Some(precision) if i32::try_from(precision).is_err() => Err(FormatError::value("precision too big")),
        Some(precision) if precision > MAX_LENGTH => Err(FormatError::MEMORY),
        precision => Ok(precision),
    }
}
