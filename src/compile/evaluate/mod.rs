//! Constants as the compiler sees them: when two are one, which are true, and what operators make
//! of them.

mod complex;

mod float;
mod integer;
mod key;
mod operators;
mod sequence;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Zero};

pub(super) use operators::{binary, unary};

pub use key::{hash_constant, same_constant};

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

/// A number without its type: the real part, exact if it is whole, and the imaginary part.
#[derive(PartialEq)]
enum Real {
    Whole(BigInt),
    Other(f64),
}

fn number(constant: &Const) -> Option<(Real, f64)> {
    let real = |value: f64| {
        let whole = if value.fract() == 0.0 { BigInt::from_f64(value) } else { None };
        whole.map_or(Real::Other(value), Real::Whole)
    };
    match constant {
        Const::Bool(value) => Some((Real::Whole(u8::from(*value).into()), 0.0)),
        Const::Int(int) => Some((Real::Whole(int.clone()), 0.0)),
        Const::Float(value) => Some((real(*value), 0.0)),
        Const::Complex(value, imaginary) => Some((real(*value), *imaginary)),
        _ => None,
    }
}

/// Whether Python's `==` says that two constants are equal.
fn equal(left: &Const, right: &Const) -> bool {
    match (left, right) {
        (Const::Tuple(left), Const::Tuple(right)) => {
            left.len() == right.len() && left.iter().zip(&**right).all(|(left, right)| equal(left, right))
        }
        (Const::FrozenSet(left), Const::FrozenSet(right)) => {
            left.len() == right.len() && left.iter().all(|left| right.iter().any(|right| equal(left, right)))
        }
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => left == right,
            _ => same_constant(left, right),
        },
    }
}
