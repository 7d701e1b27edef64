//! Parameters, kinds of locals, and flags: whether they tell of one and the same function.

use super::{Check, whole};
use crate::code::{CodeObject, LocalKind, flags};

/// Every bit that CPython 3.14 knows; those of `__future__` features that are on for good included.
const KNOWN_FLAGS: u32 = flags::OPTIMIZED
    | flags::NEWLOCALS
    | flags::VARARGS
    | flags::VARKEYWORDS
    | flags::NESTED
    | flags::GENERATOR
    | flags::COROUTINE
    | flags::ITERABLE_COROUTINE
    | flags::ASYNC_GENERATOR
    | 0x01FE_0000
    | 0x0200_0000
    | flags::HAS_DOCSTRING
    | flags::METHOD;

/// The bits of which a function that stops and goes on has exactly one.
pub(super) const GENERATOR_FLAGS: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

pub(super) fn check(code: &CodeObject) -> Check {
    if code.flags & !KNOWN_FLAGS != 0 {
        return whole(format!("unknown flags {:#x}", code.flags & !KNOWN_FLAGS));
    }
    if (code.flags & GENERATOR_FLAGS).count_ones() > 1 {
        return whole("the flags promise two kinds of generator");
    }
    if code.flags & flags::ITERABLE_COROUTINE != 0 && code.flags & flags::GENERATOR == 0 {
        return whole("the flags promise an iterable coroutine that is no generator");
    }
    if code.localsplusnames.len() != code.localspluskinds.len() {
        return whole("another number of kinds than of local names");
    }
    if code.posonlyargcount > code.argcount {
        return whole("more positional-only parameters than positional parameters");
    }
    order(code)?;
    parameters(code)
}

/// Locals come first, then cells that are no locals, then free variables.
fn order(code: &CodeObject) -> Check {
    let mut last = 0;
    for (index, kind) in code.localspluskinds.iter().enumerate() {
        let place = match kind.0 & (LocalKind::LOCAL | LocalKind::CELL | LocalKind::FREE) {
            bits if bits & LocalKind::FREE == 0 && bits & LocalKind::LOCAL != 0 => 0,
            LocalKind::CELL => 1,
            LocalKind::FREE => 2,
            _ => return whole(format!("fast local {index} is of no kind that there is: {:#04x}", kind.0)),
        };
        if place < last {
            return whole(format!("fast local {index} is out of order"));
        }
        last = place;
    }
    Ok(())
}

/// The first locals are the parameters, marked as what they are; no other is.
fn parameters(code: &CodeObject) -> Check {
    const MARKS: u8 = LocalKind::ARG_POS | LocalKind::ARG_KW | LocalKind::ARG_VAR;
    const BOTH: u8 = LocalKind::ARG_POS | LocalKind::ARG_KW;
    let has = |flag| u64::from(code.flags & flag != 0);
    let runs = [
        (u64::from(code.posonlyargcount), LocalKind::ARG_POS),
        (u64::from(code.argcount - code.posonlyargcount), BOTH),
        (u64::from(code.kwonlyargcount), LocalKind::ARG_KW),
        (has(flags::VARARGS), LocalKind::ARG_VAR | LocalKind::ARG_POS),
        (has(flags::VARKEYWORDS), LocalKind::ARG_VAR | LocalKind::ARG_KW),
    ];
    if runs.iter().map(|(count, _)| count).sum::<u64>() > code.nlocals() as u64 {
        return whole("more parameters than local variables");
    }
    let expected = runs.iter().flat_map(|&(count, marks)| (0..count).map(move |_| marks));
    let expected = expected.chain(std::iter::repeat(0));
    for (index, (kind, marks)) in code.localspluskinds.iter().zip(expected).enumerate() {
        if kind.0 & MARKS != marks {
            return whole(format!("fast local {index} is marked as another parameter than it is"));
        }
    }
    Ok(())
}
