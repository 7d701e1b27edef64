//! What operators make of constants, and which constants are true.

mod complex;

mod float;
mod integer;
mod operators;
mod sequence;

use num_traits::Zero;

pub(super) use operators::{binary, unary};

use super::constants::equal;
use crate::code::{Const, Text};

/// Whether Python takes the constant for true.
pub fn is_true(constant: &Const) -> bool {
    match constant {
        Const::None => false,
        Const::Bool(value) => *value,
        Const::Int(int) => !int.is_zero(),
        Const::Float(value) => *value != 0.0,
        Const::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
        Const::Str(Text::Unicode(text)) => !text.is_empty(),
        Const::Str(Text::Surrogates(points)) => !points.is_empty(),
        Const::Bytes(bytes) => !bytes.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        Const::Ellipsis | Const::Slice(_) | Const::Code(_) => true,
    }
}

/// The members of a set display: of members that are equal for Python only the first.
pub fn distinct(values: Vec<Const>) -> Vec<Const> {
    let mut members: Vec<Const> = Vec::with_capacity(values.len());
    for value in values {
        if !members.iter().any(|member| equal(member, &value)) {
            members.push(value);
        }
    }
    members
}
