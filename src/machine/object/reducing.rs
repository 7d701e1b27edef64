//! What callables, descriptors and generic types are copied and pickled by: how `__reduce__` says to find them again.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::value::{Handle, Value};
use super::function::NativeDef;
use super::iterator::Iter;
use super::iterators::iterator_at;
use super::{Payload, types};

/// `__reduce__` of a method: an attribute of the object it is bound to, under the name of its function.
pub(super) const METHOD_REDUCE: NativeDef = NativeDef::method("__reduce__", Params::None, |m, args| {
    let Some(Payload::Method { function, receiver }) = m.heap.payload_of(args.at(0)) else {
        return Err(m.wrong_self("method", args.at(0)));
    };
    let (function, receiver) = (*function, *receiver);
    let name = m.get_attr(function, names::NAME)?;
    let args = Args::new([receiver, Value::NONE]);
    m.continue_with("method.__reduce__", name, args, 1, |m, args| Ok(attribute_of(m, args).into()))
});

/// `__reduce__` of a descriptor of a type: an attribute of the type that has it.
pub(super) const DESCRIPTOR_REDUCE: NativeDef =
    NativeDef::method("__reduce__", Params::None, |m, args| by_name(m, args.at(0), names::OBJCLASS));

/// `__reduce__` of a special method that is bound: an attribute of the object.
pub(super) const WRAPPER_REDUCE: NativeDef =
    NativeDef::method("__reduce__", Params::None, |m, args| by_name(m, args.at(0), names::SELF));

/// `__reduce__` of `list[int]`: its two parts; of `*list[int]`, that it is what such an alias gives first.
pub(super) const ALIAS_REDUCE: NativeDef = NativeDef::method("__reduce__", Params::None, |m, args| {
    let unpacked = matches!(m.heap.payload_of(args.at(0)), Some(Payload::UnpackedAlias(..)));
    let (origin, arguments) = m.alias_parts(args.at(0));
    if unpacked {
        let alias = m.generic_alias(origin, arguments);
        let item = unpacked_alias(m, alias);
        let items = m.heap.tuple(vec![item]);
        let iterator = m.heap.new_iterator(types::GENERIC_ALIAS_ITERATOR, Iter::Tuple(Some(items), 0));
        return Ok(call_of(m, "next", iterator).into());
    }
    let parts = m.heap.pair(origin, arguments);
    Ok(m.heap.pair(Value::object(types::GENERIC_ALIAS), parts).into())
});

/// `__reduce__` of what goes through `*list[int]`.
pub(super) const ALIAS_ITERATOR_REDUCE: NativeDef =
    NativeDef::method("__reduce__", Params::None, |m, args| {
        let handle = iterator_at(m, args.at(0))?;
        let left = match m.heap.iterator(handle) {
            Iter::Tuple(Some(items), 0) => m.tuple_items(*items).first().copied(),
            _ => None,
        };
        let source = match left.map(|alias| m.alias_parts(alias)) {
            Some((origin, arguments)) => m.generic_alias(origin, arguments),
            None => Value::object(types::EMPTY_TUPLE),
        };
        Ok(call_of(m, "iter", source).into())
    });

/// `*alias`, as the iterator over an alias gives it.
pub(super) fn unpacked_alias(m: &mut Machine, alias: Value) -> Value {
    let (origin, arguments) = m.alias_parts(alias);
    Value::object(m.heap.alloc(types::GENERIC_ALIAS, Payload::UnpackedAlias(origin, arguments, None)))
}

/// A call of a builtin function with one argument.
fn call_of(m: &mut Machine, function: &str, argument: Value) -> Value {
    let name = m.text_handle(function);
    let function = m.builtin(name);
    let args = m.heap.tuple(vec![argument]);
    m.heap.pair(function, args)
}

/// `getattr(object, name)`.
fn attribute_of(m: &mut Machine, args: &Args) -> Value {
    let getattr = m.builtin(names::GETATTR_FUNCTION);
    let parts = m.heap.pair(args.at(0), args.at(1));
    m.heap.pair(getattr, parts)
}

/// What a native or a descriptor is called, as an attribute of what `owner` of it gives.
fn by_name(m: &mut Machine, value: Value, owner: Handle) -> Eval {
    let owner = m.get_attr(value, owner)?;
    m.continue_with("__reduce__", owner, Args::new([Value::NONE, value]), 0, |m, args| {
        let name = m.get_attr(args.at(1), names::NAME)?;
        m.continue_with("__reduce__", name, args.clone(), 1, |m, args| Ok(attribute_of(m, args).into()))
    })
}
