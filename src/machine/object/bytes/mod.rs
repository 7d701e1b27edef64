//! `bytes` and `bytearray`.
//!
//! Both have the same methods but for those that change a bytearray; what a method makes is of the type
//! that it was called on, and never of a subclass.

mod argument;
mod build;
mod construct;
mod copying;
mod mutate;
mod operator;
mod search;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::native::Style;
use super::super::protocol::wrappers::{
    ADD, EQ, GE, GT, HASH, IADD, IMUL, LE, LT, MOD, MUL, NE, REPR, RMOD, RMUL, STR,
};
use super::super::protocol::wrappers_container::{CONTAINS, DELITEM, GETITEM, ITER, LEN, SETITEM};
use super::super::text::bytes::{self, Class};
use super::super::value::Value;
use super::class::TypeSpec;
use super::function::{NativeDef, indexed};
use super::memory_view::{BUFFER, RELEASE_BUFFER};
use super::{Payload, types};

/// `bytes`.
pub static BYTES_TYPE: TypeSpec = TypeSpec {
    subclassable: true,
    doc: Some("Bytes in a row, which cannot be changed."),
    natives: BYTES_METHODS,
    wrappers: &[
        &ADD, &MUL, &RMUL, &MOD, &RMOD, &REPR, &STR, &HASH, &EQ, &NE, &LT, &LE, &GT, &GE, &LEN, &GETITEM,
        &CONTAINS, &ITER, &BUFFER,
    ],
    ..TypeSpec::new(types::BYTES, "bytes")
};

/// `bytearray`.
pub static BYTEARRAY_TYPE: TypeSpec = TypeSpec {
    subclassable: true,
    unhashable: true,
    doc: Some("Bytes in a row, which can be changed."),
    natives: BYTEARRAY_METHODS,
    wrappers: &[
        &ADD,
        &MUL,
        &RMUL,
        &MOD,
        &RMOD,
        &IADD,
        &IMUL,
        &REPR,
        &STR,
        &EQ,
        &NE,
        &LT,
        &LE,
        &GT,
        &GE,
        &LEN,
        &GETITEM,
        &SETITEM,
        &DELITEM,
        &CONTAINS,
        &ITER,
        &BUFFER,
        &RELEASE_BUFFER,
    ],
    ..TypeSpec::new(types::BYTEARRAY, "bytearray")
};

/// A method that makes other bytes of the receiver alone.
macro_rules! mapped {
    ($name:literal, $map:expr) => {
        NativeDef::method($name, Params::None, |m, args| {
            let map: fn(&[u8]) -> Vec<u8> = $map;
            let bytes = map(this(m, args));
            Ok(made_anew(m, args, bytes).into())
        })
    };
}

/// A method that tells something of the receiver.
macro_rules! tested {
    ($name:literal, $class:ident) => {
        NativeDef::method($name, Params::None, |m, args| {
            Ok(Value::bool(bytes::is(Class::$class, this(m, args))).into())
        })
    };
}

/// The methods of both types, with those of one in front.
macro_rules! with_shared {
    ($($own:expr,)*) => {
        &[
            $($own,)*
            NativeDef::wrapper("__str__", Params::None, |m, args| m.builtin_repr(args.at(0))),
            mapped!("capitalize", bytes::capitalize),
            mapped!("lower", <[u8]>::to_ascii_lowercase),
            mapped!("swapcase", bytes::swap_case),
            mapped!("title", bytes::to_title),
            mapped!("upper", <[u8]>::to_ascii_uppercase),
            tested!("isalnum", Alnum),
            tested!("isalpha", Alpha),
            tested!("isdigit", Digit),
            tested!("islower", Lower),
            tested!("isspace", Space),
            tested!("istitle", Title),
            tested!("isupper", Upper),
            NativeDef::method("isascii", Params::None, |m, args| {
                Ok(Value::bool(this(m, args).is_ascii()).into())
            }),
            indexed!("find", Params::Range(1, 3), &[2, 3], Slice, search::find),
            indexed!("rfind", Params::Range(1, 3), &[2, 3], Slice, search::rfind),
            indexed!("index", Params::Range(1, 3), &[2, 3], Slice, search::index),
            indexed!("rindex", Params::Range(1, 3), &[2, 3], Slice, search::rindex),
            indexed!("count", Params::Range(1, 3), &[2, 3], Slice, search::count),
            indexed!("startswith", Params::Range(1, 3), &[2, 3], Slice, search::starts_with),
            indexed!("endswith", Params::Range(1, 3), &[2, 3], Slice, search::ends_with),
            indexed!("split", Params::named(&["sep", "maxsplit"], 0), &[2], Plain, search::split),
            indexed!("rsplit", Params::named(&["sep", "maxsplit"], 0), &[2], Plain, search::rsplit),
            indexed!("splitlines", Params::named(&["keepends"], 0), &[1], Truth, search::split_lines),
            NativeDef::method("partition", Params::One, search::partition),
            NativeDef::method("rpartition", Params::One, search::rpartition),
            NativeDef::method("replace", Params::Range(2, 3), |m, args| {
                m.with_buffers("replace", args, &[1, 2], |m, args| {
                    m.bytes_argument(args.at(1))?;
                    m.bytes_argument(args.at(2))?;
                    let replaced = m.with_indices("replace", args, &[3], Style::Plain, build::replace)?;
                    Ok(m.exporting("replace", [args.at(1), args.at(2)], replaced))
                })
            }),
            NativeDef::method("strip", Params::Range(0, 1), build::strip),
            NativeDef::method("lstrip", Params::Range(0, 1), build::lstrip),
            NativeDef::method("rstrip", Params::Range(0, 1), build::rstrip),
            NativeDef::method("removeprefix", Params::One, build::remove_prefix),
            NativeDef::method("removesuffix", Params::One, build::remove_suffix),
            indexed!("center", Params::Range(1, 2), &[1], Plain, build::center),
            indexed!("ljust", Params::Range(1, 2), &[1], Plain, build::ljust),
            indexed!("rjust", Params::Range(1, 2), &[1], Plain, build::rjust),
            indexed!("zfill", Params::One, &[1], Plain, build::zfill),
            indexed!("expandtabs", Params::named(&["tabsize"], 0), &[1], Plain, build::expand_tabs),
            NativeDef::method("join", Params::One, build::join),
            NativeDef::method(
                "translate",
                Params::Named { names: &["", "delete"], required: 1, positional: 2 },
                build::translate,
            ),
            NativeDef::static_method("maketrans", Params::Range(2, 2), build::make_trans),
            indexed!("hex", Params::named(&["sep", "bytes_per_sep"], 0), &[2], Plain, build::hex),
            NativeDef::class_method("fromhex", Params::One, build::from_hex),
            NativeDef::method("decode", Params::named(&["encoding", "errors"], 0), |m, args| {
                m.decode_method(args)
            }),
        ]
    };
}

static BYTES_METHODS: &[NativeDef] = with_shared![
    NativeDef::new(construct::PARAMS, construct::new_bytes),
    NativeDef::method("__bytes__", Params::None, |m, args| {
        let value = args.at(0);
        if m.heap.class_of(value) == types::BYTES {
            return Ok(value.into());
        }
        let bytes = this(m, args).to_vec();
        Ok(m.heap.bytes(&bytes).into())
    }),
    NativeDef::method("__getnewargs__", Params::None, |m, args| {
        let bytes = this(m, args).to_vec();
        let bytes = m.heap.bytes(&bytes);
        Ok(m.heap.tuple(vec![bytes]).into())
    }),
];

static BYTEARRAY_METHODS: &[NativeDef] = with_shared![
    NativeDef::new(Params::Any, construct::new_bytearray),
    NativeDef::wrapper("__init__", construct::PARAMS, construct::init_bytearray),
    indexed!("append", Params::One, &[1], Plain, mutate::append),
    NativeDef::method("clear", Params::None, mutate::clear),
    NativeDef::method("copy", Params::None, mutate::copy),
    NativeDef::method("extend", Params::One, mutate::extend),
    indexed!("insert", Params::Range(2, 2), &[1, 2], Plain, mutate::insert),
    indexed!("pop", Params::Range(0, 1), &[1], Plain, mutate::pop),
    indexed!("remove", Params::One, &[1], Plain, mutate::remove),
    indexed!("resize", Params::One, &[1], Plain, mutate::resize),
    NativeDef::method("reverse", Params::None, mutate::reverse),
    // How much room CPython takes hangs on how the bytes came to be.
    NativeDef::method("__reduce__", Params::None, copying::reduce),
    indexed!("__reduce_ex__", Params::Range(0, 1), &[1], Plain, copying::reduce_ex),
    NativeDef::method("__alloc__", Params::None, |m, _| Err(m.unsupported("bytearray.__alloc__()"))),
];

/// The bytes of the receiver.
fn this<'a>(m: &'a Machine, args: &Args) -> &'a [u8] {
    m.heap.byte_string(args.at(0)).expect("a method of bytes has bytes")
}

/// New bytes of the receiver's type.
fn made(m: &mut Machine, args: &Args, bytes: Vec<u8>) -> Value {
    match m.heap.payload_of(args.at(0)) {
        Some(Payload::ByteArray(_)) => m.heap.bytearray(bytes),
        _ => m.heap.bytes(&bytes),
    }
}

/// The same of bytes that CPython does not look up among those of a single byte.
fn made_anew(m: &mut Machine, args: &Args, bytes: Vec<u8>) -> Value {
    match m.heap.payload_of(args.at(0)) {
        Some(Payload::ByteArray(_)) => m.heap.bytearray(bytes),
        _ => m.heap.new_bytes(&bytes),
    }
}

/// The receiver itself, if it is a bytes object that `bytes` does not change, as CPython gives it back;
/// else new bytes of its type.
fn same_or_made(m: &mut Machine, args: &Args, bytes: Vec<u8>) -> Value {
    if m.heap.class_of(args.at(0)) == types::BYTES && *this(m, args) == bytes[..] {
        return args.at(0);
    }
    made(m, args, bytes)
}
