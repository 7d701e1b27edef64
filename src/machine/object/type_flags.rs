//! `type.__flags__`: what CPython notes of a type, bit by bit.
//!
//! Of a class that Python code makes, the bits follow from what it derives from and has; those of builtin types are
//! known for the common ones.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::names;
use super::super::value::{Handle, Value};
use super::class::Collection;
use super::{Payload, types};

const INLINE_VALUES: u32 = 1 << 2;
const MANAGED_WEAKREF: u32 = 1 << 3;
const MANAGED_DICT: u32 = 1 << 4;
const SEQUENCE: u32 = 1 << 5;
const MAPPING: u32 = 1 << 6;
const HEAP_TYPE: u32 = 1 << 9;
const BASE_TYPE: u32 = 1 << 10;
const VECTORCALL: u32 = 1 << 11;
const READY: u32 = 1 << 12;
const COLLECTED: u32 = 1 << 14;
const ABSTRACT: u32 = 1 << 20;
const MATCH_SELF: u32 = 1 << 22;
const ITEMS_AT_END: u32 = 1 << 23;

/// Types that a bit says what derives from them.
const SUBCLASS_BITS: [(Handle, u32); 8] = [
    (types::INT, 1 << 24),
    (types::LIST, 1 << 25),
    (types::TUPLE, 1 << 26),
    (types::BYTES, 1 << 27),
    (types::STR, 1 << 28),
    (types::DICT, 1 << 29),
    (types::BASE_EXCEPTION, 1 << 30),
    (types::TYPE, 1 << 31),
];

/// Types whose instances differ in size: these have neither weak references nor values beside them.
const OF_ANY_SIZE: [Handle; 4] = [types::INT, types::TUPLE, types::BYTES, types::TYPE];

/// Builtin types with their flags, as CPython 3.14 tells them.
#[rustfmt::skip]
const KNOWN: &[(Handle, u32)] = &[
    (types::OBJECT, 0x1502), (types::TYPE, 0x8080_5d02), (types::INT, 0x140_1502), (types::BOOL, 0x140_1102),
    (types::FLOAT, 0x40_1502), (types::COMPLEX, 0x1502), (types::STR, 0x1040_1502), (types::BYTES, 0x840_1502),
    (types::BYTEARRAY, 0x40_1502), (types::LIST, 0x240_5522), (types::TUPLE, 0x440_5522),
    (types::DICT, 0x2040_5542), (types::SET, 0x40_5502), (types::FROZENSET, 0x40_5502), (types::RANGE, 0x1122),
    (types::SLICE, 0x5102), (types::MEMORY_VIEW, 0x5122), (types::NONE_TYPE, 0x1102), (types::FUNCTION, 0x2_5902),
    (types::BUILTIN_FUNCTION, 0x5982), (types::METHOD, 0x5902), (types::PROPERTY, 0x5502),
    (types::STATICMETHOD, 0x5502), (types::CLASSMETHOD, 0x5502), (types::SUPER, 0x5502), (types::ZIP, 0x5502),
    (types::MAP, 0x5502), (types::ENUMERATE, 0x5502), (types::MODULE, 0x5502), (types::CODE, 0x1102),
    (types::FRAME, 0x5182), (types::GENERATOR, 0x5182), (types::MAPPING_PROXY, 0x5142), (types::DEQUE, 0x5720),
    (types::ORDERED_DICT, 0x2040_5542), (types::DEFAULT_DICT, 0x2040_5740), (types::AST, 0x5600),
    (types::SIMPLE_NAMESPACE, 0x5502), (types::UNION, 0x5182), (types::GENERIC_ALIAS, 0x5d02),
    (types::DICT_KEYS, 0x5182), (types::LIST_ITERATOR, 0x5182), (types::ELLIPSIS_TYPE, 0x1102),
    (types::NOT_IMPLEMENTED_TYPE, 0x1102), (types::CELL, 0x5102), (types::TRACEBACK, 0x5102),
    (types::METHOD_DESCRIPTOR, 0x2_5982), (types::WRAPPER_DESCRIPTOR, 0x2_5182),
    (types::GETSET_DESCRIPTOR, 0x5182), (types::MEMBER_DESCRIPTOR, 0x5182),
];

/// What the builtin exceptions have, but for `ExceptionGroup`, which is made while CPython starts.
const EXCEPTION: u32 = 0x4000_5502;

/// `type.__flags__`.
pub fn flags(m: &mut Machine, class: Value) -> Eval {
    let handle = class.handle().expect("a class is a heap object");
    let object = m.heap.class(handle);
    let flags = if !object.builtin {
        of_class(m, handle)
    } else if let Some((_, flags)) = KNOWN.iter().find(|(known, _)| *known == handle) {
        *flags
    } else if m.heap.is_subclass(handle, types::BASE_EXCEPTION)
        && object.module == "builtins"
        && handle != types::EXCEPTION_GROUP
    {
        EXCEPTION
    } else {
        return Err(m.unsupported(format!("the __flags__ of the builtin type '{}'", object.name.clone())));
    };
    Ok(m.heap.int(flags.into()).into())
}

/// Of a class that Python code has made.
fn of_class(m: &Machine, class: Handle) -> u32 {
    let object = m.heap.class(class);
    let derives = |from: &Handle| m.heap.is_subclass(class, *from);
    let mut flags = HEAP_TYPE | BASE_TYPE | READY | COLLECTED;
    flags |= SUBCLASS_BITS.iter().filter(|(from, _)| derives(from)).fold(0, |bits, (_, bit)| bits | bit);
    let of_any_size = OF_ANY_SIZE.iter().any(derives);
    let builtin = object.mro.iter().map(|class| m.heap.class(*class)).filter(|class| class.builtin);
    let (mut dict_of_base, mut weakref_of_base) = (false, false);
    for base in builtin {
        dict_of_base |= base.has_dict;
        weakref_of_base |= base.has_weakref;
    }
    if object.has_dict && !dict_of_base {
        flags |= MANAGED_DICT | if of_any_size { 0 } else { INLINE_VALUES };
    }
    if object.has_weakref && !weakref_of_base && !of_any_size {
        flags |= MANAGED_WEAKREF;
    }
    match m.collection_of(class) {
        Some(Collection::Sequence) => flags |= SEQUENCE,
        Some(Collection::Mapping) => flags |= MAPPING,
        None => {}
    }
    if m.matches_self(class) {
        flags |= MATCH_SELF;
    }
    if derives(&types::TYPE) {
        flags |= VECTORCALL | ITEMS_AT_END;
    }
    let methods = m.heap.get_name(object.namespace, names::ABSTRACTMETHODS);
    let is_abstract = match methods.and_then(|methods| m.heap.payload_of(methods)) {
        Some(Payload::Set(methods)) => methods.iter().next().is_some(),
        Some(Payload::Tuple(methods)) => !methods.is_empty(),
        Some(Payload::List(methods)) => !methods.is_empty(),
        _ => false,
    };
    if is_abstract { flags | ABSTRACT } else { flags }
}
