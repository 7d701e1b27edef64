//! When two constants are one: equal in type and value, down to the sign of a zero.

use std::hash::{Hash, Hasher};
use std::mem::discriminant;

use rustc_hash::FxHasher;

use crate::code::{CodeObject, Const};

/// Whether CPython's compiler keeps the two as one object.
pub fn same_constant(left: &Const, right: &Const) -> bool {
    match (left, right) {
        (Const::None, Const::None) | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Bool(left), Const::Bool(right)) => left == right,
        (Const::Int(left), Const::Int(right)) => left == right,
        (Const::Float(left), Const::Float(right)) => left.to_bits() == right.to_bits(),
        (Const::Complex(left, left_imaginary), Const::Complex(right, right_imaginary)) => {
            left.to_bits() == right.to_bits() && left_imaginary.to_bits() == right_imaginary.to_bits()
        }
        (Const::Str(left), Const::Str(right)) => left == right,
        (Const::Bytes(left), Const::Bytes(right)) => left == right,
        (Const::Tuple(left), Const::Tuple(right)) => same_constants(left, right),
        (Const::Slice(left), Const::Slice(right)) => same_constants(&**left, &**right),
        (Const::FrozenSet(left), Const::FrozenSet(right)) => {
            left.len() == right.len()
                && left.iter().all(|left| right.iter().any(|right| same_constant(left, right)))
        }
        (Const::Code(left), Const::Code(right)) => same_code(left, right),
        (
            Const::None
            | Const::Ellipsis
            | Const::Bool(_)
            | Const::Int(_)
            | Const::Float(_)
            | Const::Complex(..)
            | Const::Str(_)
            | Const::Bytes(_)
            | Const::Tuple(_)
            | Const::Slice(_)
            | Const::FrozenSet(_)
            | Const::Code(_),
            _,
        ) => false,
    }
}

fn same_constants(left: &[Const], right: &[Const]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_constant(left, right))
}

/// What `==` of code objects compares; a body compiled twice, such as that of a `finally`, gives
/// equal ones.
fn same_code(left: &CodeObject, right: &CodeObject) -> bool {
    left.firstlineno == right.firstlineno
        && left.name == right.name
        && left.argcount == right.argcount
        && left.posonlyargcount == right.posonlyargcount
        && left.kwonlyargcount == right.kwonlyargcount
        && left.flags == right.flags
        && left.code == right.code
        && left.names == right.names
        && left.localsplusnames == right.localsplusnames
        && left.linetable == right.linetable
        && left.exceptiontable == right.exceptiontable
        && same_constants(&left.consts, &right.consts)
}

/// A hash that is the same for constants that are the same.
pub fn hash_constant(constant: &Const) -> u64 {
    let mut hasher = FxHasher::default();
    hash_into(constant, &mut hasher);
    hasher.finish()
}

fn hash_into(constant: &Const, hasher: &mut FxHasher) {
    discriminant(constant).hash(hasher);
    match constant {
        Const::None | Const::Ellipsis => {}
        Const::Bool(value) => value.hash(hasher),
        Const::Int(int) => int.hash(hasher),
        Const::Float(value) => value.to_bits().hash(hasher),
        Const::Complex(real, imaginary) => {
            real.to_bits().hash(hasher);
            imaginary.to_bits().hash(hasher);
        }
        Const::Str(text) => text.hash(hasher),
        Const::Bytes(bytes) => bytes.hash(hasher),
        Const::Tuple(items) => items.iter().for_each(|item| hash_into(item, hasher)),
        Const::Slice(bounds) => bounds.iter().for_each(|bound| hash_into(bound, hasher)),
        Const::FrozenSet(members) => {
            // The order does not count.
            members.iter().map(hash_constant).fold(0, u64::wrapping_add).hash(hasher);
        }
        Const::Code(code) => {
            code.name.hash(hasher);
            code.firstlineno.hash(hasher);
            code.code.hash(hasher);
        }
    }
}
