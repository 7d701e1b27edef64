//! The template of `str.format`: literal text and replacement fields, and the names within a field.
//!
//! Everything is a range of the template, so that a caller can stop between any two pieces.

use std::ops::Range;

use super::spec::shown;
use super::{FormatError, Result};
use crate::machine::text::Str;
use crate::machine::text::unicode::decimal_value;

/// How deep fields may stand within each other's specifications: a field, and fields in its specification.
pub const MAX_DEPTH: usize = 2;

/// The error for a field within a field's specification's field.
pub fn too_deep() -> FormatError {
    FormatError::value("Max string recursion exceeded")
}

/// Some literal text, and the field behind it, if one follows at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text before the field; "{{" and "}}" are cut so that one brace of them is in here.
    pub literal: Range<usize>,
    /// The field.
    pub field: Option<Field>,
}

/// A replacement field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// What to format: see [`first_name`].
    pub name: Range<usize>,
    /// The character behind the "!".
    pub conversion: Option<u32>,
    /// The specification, which is a template of its own if [`Field::nested`].
    pub spec: Range<usize>,
    /// Whether the specification has fields.
    pub nested: bool,
}

const OPEN: u32 = 0x7B;
const CLOSE: u32 = 0x7D;

/// The next piece of the template `text` within `rest`, and where the one after it begins.
pub fn next(text: &Str, rest: Range<usize>) -> Result<Option<(Piece, usize)>> {
    let Some(brace) = (rest.clone()).find(|&at| matches!(text.get(at), Some(OPEN | CLOSE))) else {
        return Ok((!rest.is_empty()).then(|| (Piece { literal: rest.clone(), field: None }, rest.end)));
    };
    let open = text.get(brace) == Some(OPEN);
    if brace + 1 < rest.end && text.get(brace + 1) == text.get(brace) {
        return Ok(Some((Piece { literal: rest.start..brace + 1, field: None }, brace + 2)));
    }
    if !open {
        return Err(FormatError::value("Single '}' encountered in format string"));
    }
    if brace + 1 == rest.end {
        return Err(FormatError::value("Single '{' encountered in format string"));
    }
    let (field, end) = field(text, brace + 1..rest.end)?;
    Ok(Some((Piece { literal: rest.start..brace, field: Some(field) }, end)))
}

/// The field whose inside begins with `rest`, and where the text behind it begins.
fn field(text: &Str, rest: Range<usize>) -> Result<(Field, usize)> {
    let mut at = rest.start;
    let stop = loop {
        match (at < rest.end).then(|| text.get(at)).flatten() {
            None => return Err(FormatError::value("expected '}' before end of string")),
            Some(OPEN) => return Err(FormatError::value("unexpected '{' in field name")),
            Some(stop @ (CLOSE | 0x3A | 0x21)) => break stop,
            // Within brackets, all characters are part of the key.
            Some(0x5B) => {
                at = (at + 1..rest.end).find(|&at| text.get(at) == Some(0x5D)).unwrap_or(rest.end);
            }
            Some(_) => at += 1,
        }
    };
    let mut field = Field { name: rest.start..at, conversion: None, spec: at..at, nested: false };
    at += 1;
    if stop == CLOSE {
        return Ok((field, at));
    }
    if stop == 0x21 {
        if at == rest.end {
            return Err(FormatError::value("end of string while looking for conversion specifier"));
        }
        field.conversion = text.get(at);
        at += 1;
        if at < rest.end {
            at += 1;
            match text.get(at - 1) {
                Some(CLOSE) => return Ok((field, at)),
                Some(0x3A) => {}
                _ => return Err(FormatError::value("expected ':' after conversion specifier")),
            }
        }
    }
    let mut depth = 1;
    for end in at..rest.end {
        match text.get(end) {
            Some(OPEN) => {
                field.nested = true;
                depth += 1;
            }
            Some(CLOSE) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            field.spec = at..end;
            return Ok((field, end + 1));
        }
    }
    Err(FormatError::value("unmatched '{' in format spec"))
}

/// How the fields of one template refer to positional arguments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// No field has yet.
    #[default]
    Undecided,
    /// `{}`: with the number the next one gets.
    Automatic(usize),
    /// `{0}`.
    Manual,
}

/// What a field's name begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum First {
    /// A positional argument.
    Index(usize),
    /// A keyword argument.
    Name(Range<usize>),
}

/// What follows in a field's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// `.name`.
    Attribute(Range<usize>),
    /// `[0]`.
    Index(usize),
    /// `[name]`.
    Key(Range<usize>),
}

/// What a field's `name` begins with, and where its accesses begin; `numbering` is the whole template's.
pub fn first_name(text: &Str, name: Range<usize>, numbering: &mut Numbering) -> Result<(First, usize)> {
    let end = name.clone().find(|&at| matches!(text.get(at), Some(0x2E | 0x5B))).unwrap_or(name.end);
    let first = name.start..end;
    if first.is_empty() {
        let next = match *numbering {
            Numbering::Undecided => 0,
            Numbering::Automatic(next) => next,
            Numbering::Manual => {
                return Err(FormatError::value(
                    "cannot switch from manual field specification to automatic field numbering",
                ));
            }
        };
        *numbering = Numbering::Automatic(next + 1);
        return Ok((First::Index(next), end));
    }
    let Some(index) = index(text, first.clone())? else { return Ok((First::Name(first), end)) };
    if let Numbering::Automatic(_) = numbering {
        return Err(FormatError::value(
            "cannot switch from automatic field numbering to manual field specification",
        ));
    }
    *numbering = Numbering::Manual;
    Ok((First::Index(index), end))
}

/// The next access in a field's name, of which `rest` is left, and where the one after it begins.
pub fn next_access(text: &Str, rest: Range<usize>) -> Result<Option<(Access, usize)>> {
    if rest.is_empty() {
        return Ok(None);
    }
    let start = rest.start + 1;
    let find = |wanted: &[u32]| {
        (start..rest.end).find(|&at| text.get(at).is_some_and(|point| wanted.contains(&point)))
    };
    let empty = || FormatError::value("Empty attribute in format string");
    match text.get(rest.start) {
        Some(0x2E) => {
            let end = find(&[0x2E, 0x5B]).unwrap_or(rest.end);
            if start == end { Err(empty()) } else { Ok(Some((Access::Attribute(start..end), end))) }
        }
        Some(0x5B) => {
            let end = find(&[0x5D]).ok_or_else(|| FormatError::value("Missing ']' in format string"))?;
            let index = index(text, start..end)?;
            if start == end {
                return Err(empty());
            }
            Ok(Some((index.map_or(Access::Key(start..end), Access::Index), end + 1)))
        }
        _ => Err(FormatError::value("Only '.' or '[' may follow ']' in format field specifier")),
    }
}

/// The number that `range` is, if it is nothing but decimal digits.
fn index(text: &Str, range: Range<usize>) -> Result<Option<usize>> {
    let mut index = None;
    for at in range {
        let Some(digit) = text.get(at).and_then(decimal_value) else { return Ok(None) };
        let next = index.unwrap_or(0_usize).checked_mul(10).and_then(|tens| tens.checked_add(digit as usize));
        let next = next.filter(|&next| i64::try_from(next).is_ok());
        index = Some(next.ok_or_else(|| FormatError::value("Too many decimal digits in format string"))?);
    }
    Ok(index)
}

/// The error for a character behind "!" that is none of "r", "s" and "a".
pub fn unknown_conversion(conversion: u32) -> FormatError {
    let conversion = shown(conversion, |point| point > 0x20 && point < 0x7F);
    FormatError::value(format!("Unknown conversion specifier {conversion}"))
}
