//! `type.__flags__`: what CPython notes of a type, bit by bit.
//!
//! Of a class that Python code makes, the bits follow from what it derives from and has; those of builtin types are
//! facts of CPython's source that follow from nothing, and stand in a table.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::value::{Handle, Value};
use super::class::Collection;
use super::types;

const INLINE_VALUES: u32 = 1 << 2;
const MANAGED_WEAKREF: u32 = 1 << 3;
const MANAGED_DICT: u32 = 1 << 4;
const SEQUENCE: u32 = 1 << 5;
const MAPPING: u32 = 1 << 6;
const IMMUTABLE: u32 = 1 << 8;
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
    (types::ABC_DATA, 0x5200), (types::ACCUMULATE, 0x5700), (types::ANEXT_AWAITABLE, 0x5182),
    (types::ARRAY, 0x5720), (types::ARRAY_ITERATOR, 0x5380), (types::ASYNC_GENERATOR, 0x5182),
    (types::ASYNC_HOOKS, 0x440_5122), (types::ASYNC_SEND, 0x5182), (types::ASYNC_THROW, 0x5182),
    (types::ATTRGETTER, 0x5b00), (types::BATCHED, 0x5700), (types::BUFFERED_IO_BASE, 0x5700),
    (types::BUFFERED_RANDOM, 0x5700), (types::BUFFERED_RW_PAIR, 0x5700), (types::NEWLINE_DECODER, 0x5700), (types::BUFFERED_READER, 0x5700), (types::BUFFERED_WRITER, 0x5700),
    (types::BUFFER_WRAPPER, 0x5182), (types::BUILTIN_IMPORTER, 0x561c), (types::BYTEARRAY_ITERATOR, 0x5182),
    (types::BYTES_IO, 0x5700), (types::BYTES_ITERATOR, 0x5182), (types::CALLABLE_ITERATOR, 0x5182),
    (types::CHAIN, 0x5700), (types::CLASS_METHOD_DESCRIPTOR, 0x5182), (types::COMBINATIONS, 0x5700),
    (types::COMPRESS, 0x5700), (types::CONTEXT, 0x5102), (types::CONTEXT_VAR, 0x5102),
    (types::COROUTINE, 0x5182), (types::COROUTINE_WRAPPER, 0x5182), (types::COUNT, 0x5700),
    (types::CYCLE, 0x5700), (types::DEQUE_ITERATOR, 0x5300), (types::DEQUE_REVERSE_ITERATOR, 0x5300),
    (types::DICT_ITEMS, 0x5182), (types::DICT_ITEM_ITERATOR, 0x5182), (types::DICT_KEY_ITERATOR, 0x5182),
    (types::DICT_REVERSE_ITEM_ITERATOR, 0x5182), (types::DICT_REVERSE_KEY_ITERATOR, 0x5182),
    (types::DICT_REVERSE_VALUE_ITERATOR, 0x5182), (types::DICT_VALUES, 0x5182),
    (types::DICT_VALUE_ITERATOR, 0x5182), (types::DROPWHILE, 0x5700), (types::EPOLL, 0x1200),
    (types::EXCEPTION_GROUP, 0x4000_5608), (types::EXCEPT_HOOK_ARGS, 0x440_5220), (types::FILE_IO, 0x5700),
    (types::FILTER, 0x5502), (types::FILTERFALSE, 0x5700), (types::FLOAT_INFO, 0x440_5122),
    (types::FRAME_LOCALS, 0x5142), (types::GENERIC, 0x5600), (types::GENERIC_ALIAS_ITERATOR, 0x5182),
    (types::GROUPBY, 0x5700), (types::GROUPER, 0x5300), (types::HASH_INFO, 0x440_5122),
    (types::INTERPOLATION, 0x5102), (types::INT_INFO, 0x440_5122), (types::IO_BASE, 0x5700),
    (types::ISLICE, 0x5700), (types::ITEMGETTER, 0x5b00), (types::KEY_WRAPPER, 0x5380),
    (types::LINE_ITERATOR, 0x1582), (types::LIST_REVERSE_ITERATOR, 0x5182),
    (types::LOCALE_ERROR, 0x4000_5608), (types::LOCK, 0x5308), (types::LONG_RANGE_ITERATOR, 0x1182),
    (types::LRU_CACHE_WRAPPER, 0x2_5300), (types::MATCH, 0x5380), (types::MEMORY_ITERATOR, 0x5182),
    (types::METHODCALLER, 0x5b00), (types::METHOD_WRAPPER, 0x5182), (types::ORDERED_ITEMS, 0x5102),
    (types::ORDERED_ITERATOR, 0x5182), (types::ORDERED_KEYS, 0x5102), (types::ORDERED_VALUES, 0x5102),
    (types::PAIRWISE, 0x5700), (types::PARAM_SPEC, 0x531c), (types::PARAM_SPEC_ARGS, 0x5308),
    (types::PARAM_SPEC_KWARGS, 0x5308), (types::PARTIAL, 0x5f00), (types::PATTERN, 0x5380),
    (types::PERMUTATIONS, 0x5700), (types::PLACEHOLDER_TYPE, 0x5300), (types::POLL, 0x1280),
    (types::POSITIONS_ITERATOR, 0x1582), (types::PRODUCT, 0x5700), (types::RANDOM, 0x1600),
    (types::RANGE_ITERATOR, 0x1182), (types::RAW_IO_BASE, 0x5700), (types::REPEAT, 0x5700),
    (types::REVERSED, 0x5502), (types::RLOCK, 0x5708), (types::SCANNER, 0x5380),
    (types::SEQUENCE_ITERATOR, 0x5182), (types::SET_ITERATOR, 0x5182), (types::SRE_TEMPLATE, 0x5380),
    (types::STARMAP, 0x5700), (types::STAT_RESULT, 0x440_5220), (types::STATVFS_RESULT, 0x440_5220), (types::STRING_IO, 0x5700),
    (types::STRUCT, 0x5700), (types::STRUCT_ERROR, 0x4000_5608), (types::STRUCT_ITERATOR, 0x5380),
    (types::STRUCT_TIME, 0x440_5220), (types::STR_ASCII_ITERATOR, 0x5182), (types::STR_ITERATOR, 0x5182),
    (types::SYS_FLAGS, 0x440_51a2), (types::TAKEWHILE, 0x5700), (types::TEE, 0x5300),
    (types::TEE_DATA, 0x5300), (types::TEMPLATE, 0x5102), (types::TEMPLATE_ITERATOR, 0x5182), (types::CONST_EVALUATOR, 0x5380),
    (types::TEXT_IO, 0x5700), (types::TEXT_IO_BASE, 0x5700), (types::THREAD_HANDLE, 0x5300),
    (types::THREAD_INFO, 0x440_5122), (types::THREAD_LOCAL, 0x5700), (types::TOKEN, 0x5102),
    (types::TOKENIZER_ITER, 0x1300), (types::TUPLE_GETTER, 0x5300), (types::TUPLE_ITERATOR, 0x5182),
    (types::TYPE_ALIAS_TYPE, 0x5102), (types::TYPE_VAR, 0x531c), (types::TYPE_VAR_TUPLE, 0x531c),
    (types::SYMTABLE_ENTRY, 0x1182), (types::SOCKET, 0x5700), (types::HOST_ERROR, 0x4000_5608), (types::ADDRESS_ERROR, 0x4000_5608),
    (types::EPOLL, 0x1200), (types::POLL, 0x1280), (types::UNSUPPORTED_OPERATION, 0x4000_5608), (types::VERSION_INFO, 0x440_51a2),
    (types::WEAK_CALLABLE_PROXY, 0x5182), (types::WEAK_PROXY, 0x5182), (types::WEAK_REFERENCE, 0x5d02),
    (types::WITH_REPLACEMENT, 0x5700), (types::ZIP_LONGEST, 0x5700), (types::ZLIB_COMPRESS, 0x5280),
    (types::ZLIB_DECOMPRESS, 0x5280), (types::ZLIB_DECOMPRESSOR, 0x5300), (types::ZLIB_ERROR, 0x4000_5608),
];

/// What the builtin exceptions have, but for `ExceptionGroup`, which is made while CPython starts.
const EXCEPTION: u32 = 0x4000_5502;

/// Whether CPython makes a builtin type while it runs, as it makes classes.
pub fn is_on_heap(heap: &Heap, class: Handle) -> bool {
    const HEAP_TYPE: u32 = 1 << 9;
    of_builtin(heap, class).is_some_and(|flags| flags & HEAP_TYPE != 0)
}

/// What is known of a builtin type.
fn of_builtin(heap: &Heap, handle: Handle) -> Option<u32> {
    if let Some((_, flags)) = KNOWN.iter().find(|(known, _)| *known == handle) {
        return Some(*flags);
    }
    let exception = heap.is_subclass(handle, types::BASE_EXCEPTION)
        && heap.class(handle).module == "builtins"
        && handle != types::EXCEPTION_GROUP;
    exception.then_some(EXCEPTION)
}

/// Whether CPython lets classes derive from a builtin type.
pub fn may_be_base(heap: &Heap, class: Handle) -> bool {
    of_builtin(heap, class).is_some_and(|flags| flags & BASE_TYPE != 0)
}

/// Whether a type cannot be given attributes: those of builtin types are for good, but for some of the types that
/// CPython's modules make when they are imported.
pub fn is_immutable(heap: &Heap, class: Handle) -> bool {
    heap.class(class).builtin && of_builtin(heap, class).is_none_or(|flags| flags & IMMUTABLE != 0)
}

/// Types without `__getitem__` by index that have the slots of sequences all the same.
const SEQUENCE_SLOTS: [Handle; 10] = [
    types::STR,
    types::BYTES,
    types::TUPLE,
    types::RANGE,
    types::SET,
    types::FROZENSET,
    types::DICT_KEYS,
    types::DICT_VALUES,
    types::DICT_ITEMS,
    types::MAPPING_PROXY,
];

/// Whether CPython's type has a table of the slots of sequences, be they filled or not, which decides on the words of
/// some errors: all have it that are not laid out by the compiler of C.
pub fn has_sequence_slots(heap: &Heap, class: Handle) -> bool {
    !heap.class(class).builtin
        || SEQUENCE_SLOTS.iter().any(|with| heap.is_subclass(class, *with))
        || of_builtin(heap, class).is_some_and(|flags| flags & HEAP_TYPE != 0)
}

/// `type.__flags__`.
pub fn flags(m: &mut Machine, class: Value) -> Eval {
    let handle = class.handle().expect("a class is a heap object");
    let object = m.heap.class(handle);
    let flags = if object.builtin {
        match of_builtin(&m.heap, handle) {
            Some(flags) => flags,
            None => {
                let name = object.name.clone();
                return Err(m.unsupported(format!("the __flags__ of the builtin type '{name}'")));
            }
        }
    } else {
        of_class(m, handle)
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
    if object.is_abstract { flags | ABSTRACT } else { flags }
}
