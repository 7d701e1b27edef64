//! Constants: of the types that CPython's compiler puts there.

use super::{Check, whole};
use crate::code::{CodeObject, Const, flags};

pub(super) fn check(code: &CodeObject) -> Check {
    if code.flags & flags::HAS_DOCSTRING != 0 && !matches!(code.consts.first(), Some(Const::Str(_))) {
        return whole("the flags promise a docstring, and the first constant is no str");
    }
    code.consts.iter().try_for_each(constant)
}

/// A constant as the code object holds it; code stands nowhere else.
fn constant(constant: &Const) -> Check {
    match constant {
        Const::Code(_) => Ok(()),
        part => inner(part),
    }
}

/// What may stand inside another constant.
fn inner(constant: &Const) -> Check {
    match constant {
        Const::Code(_) => whole("a code object inside another constant"),
        Const::Tuple(items) => items.iter().try_for_each(inner),
        Const::Slice(bounds) => bounds.iter().try_for_each(inner),
        Const::FrozenSet(members) => members.iter().try_for_each(member),
        Const::None
        | Const::Ellipsis
        | Const::Bool(_)
        | Const::Int(_)
        | Const::Float(_)
        | Const::Complex(..)
        | Const::Str(_)
        | Const::Bytes(_) => Ok(()),
    }
}

/// What may stand in a frozenset: it is hashed.
fn member(constant: &Const) -> Check {
    match constant {
        Const::Slice(_) => whole("a slice in a frozenset"),
        Const::Tuple(items) => items.iter().try_for_each(member),
        other => inner(other),
    }
}
