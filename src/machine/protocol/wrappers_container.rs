//! The special methods that builtin containers and iterators share, as natives: `list.__len__`,
//! `dict.__getitem__`, `zip.__next__`.

use super::super::args::{Args, Params};
use super::super::frame::Flow;
use super::super::object::Payload;
use super::super::object::function::NativeDef;
use super::super::value::Value;
use super::iterate::Next;

/// `__len__`
pub static LEN: NativeDef =
    NativeDef::wrapper("__len__", Params::None, |m, args| m.builtin_length(args.at(0)));

/// `__getitem__`
pub static GETITEM: NativeDef =
    NativeDef::wrapper("__getitem__", Params::One, |m, args| m.builtin_get_item(args.at(0), args.at(1)));

/// `__getitem__` of list and dict, which is an ordinary method there.
pub static GETITEM_METHOD: NativeDef =
    NativeDef::method("__getitem__", Params::One, |m, args| m.builtin_get_item(args.at(0), args.at(1)));

/// `__contains__` of dict and the sets, which is an ordinary method there.
pub static CONTAINS_METHOD: NativeDef =
    NativeDef::method("__contains__", Params::One, |m, args| m.builtin_contains(args.at(0), args.at(1)));

/// `__setitem__`
pub static SETITEM: NativeDef = NativeDef::wrapper("__setitem__", Params::Range(2, 2), |m, args| {
    m.builtin_set_item(args.at(0), args.at(1), args.get(2))
});

/// `__delitem__`
pub static DELITEM: NativeDef = NativeDef::wrapper("__delitem__", Params::One, |m, args| {
    m.builtin_set_item(args.at(0), args.at(1), None)
});

/// `__contains__`
pub static CONTAINS: NativeDef =
    NativeDef::wrapper("__contains__", Params::One, |m, args| m.builtin_contains(args.at(0), args.at(1)));

/// `__iter__`
pub static ITER: NativeDef =
    NativeDef::wrapper("__iter__", Params::None, |m, args| match m.builtin_iter(args.at(0)) {
        Some(iterator) => Ok(iterator.into()),
        None => match m.heap.payload_of(args.at(0)) {
            Some(Payload::MappingProxy(mapping)) => {
                let mapping = *mapping;
                m.iter(mapping)
            }
            _ => Err(m.not_iterable(args.at(0))),
        },
    });

/// `__next__`
pub static NEXT: NativeDef =
    NativeDef::wrapper("__next__", Params::None, |m, args: &Args| match args.at(0).handle() {
        Some(handle) if matches!(m.heap.payload(handle), Payload::Iter(_)) => {
            m.reuses_tuples = true;
            let next = m.builtin_next(handle);
            m.reuses_tuples = false;
            match next? {
                Next::Value(value) => Ok(value.into()),
                Next::Exhausted(_) => Err(m.stop_iteration(Value::NONE)),
                Next::Enter(entry) => Ok(Flow::Enter(entry)),
            }
        }
        _ => {
            let class = m.class_name(args.at(0));
            Err(m.type_error(format!("'{class}' object is not an iterator")))
        }
    });

/// `__class_getitem__` of the generic builtin types.
pub static CLASS_GETITEM: NativeDef = NativeDef::class_method("__class_getitem__", Params::One, |m, args| {
    Ok(m.generic_alias(args.at(0), args.at(1)).into())
});
