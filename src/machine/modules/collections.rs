//! The module `_collections`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::{Consume, Sink, Tally};
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, deque, mapping_types, types};
use super::super::protocol::attribute_wrappers::{DELETE, GET, SET};
use super::super::value::Value;
use super::native::NativeModule;

static FUNCTIONS: &[NativeDef] = &[NativeDef::function("_count_elements", Params::Range(2, 2), |m, args| {
    let plain = is_plain_dict(m, args.at(0));
    if !plain && m.find_attr(args.at(0), names::GET_KEY)?.is_none() {
        return Err(m.no_attribute(args.at(0), names::GET_KEY));
    }
    m.begin(Consume::new(args.at(1), Sink::Tally(Tally::new(args.at(0), plain))))
})];

/// Whether `get` and `__setitem__` of a mapping are dict's own.
fn is_plain_dict(m: &Machine, mapping: Value) -> bool {
    let class = m.heap.class_of(mapping);
    matches!(m.heap.payload_of(mapping), Some(Payload::Dict(_)))
        && [names::GET_KEY, names::SETITEM]
            .into_iter()
            .all(|name| m.heap.lookup(class, name) == m.heap.lookup(types::DICT, name))
}

/// `_tuplegetter`: what a field of a named tuple is on its class.
static TUPLE_GETTER: TypeSpec = TypeSpec {
    module: "collections",
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            if args.len() != 3 {
                let given = args.len() - 1;
                return Err(m.type_error(format!("_tuplegetter expected 2 arguments, got {given}")));
            }
            let index = m.index(args.at(1))?;
            m.continue_with("_tuplegetter", index, args.clone(), 1, |m, args| {
                let index = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
                let payload = Payload::TupleGetter(usize::try_from(index).unwrap_or(usize::MAX), args.at(2));
                Ok(Value::object(m.heap.alloc(types::TUPLE_GETTER, payload)).into())
            })
        }),
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__hash__", Params::None, |m, args| {
            let hash = super::super::hash::pointer(m.identity(args.at(0)));
            Ok(m.heap.int(hash).into())
        }),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let (index, doc) = parts(m, args.at(0));
            let index = m.heap.int(index as i64);
            let parts = m.heap.tuple(vec![index, doc]);
            Ok(m.heap.tuple(vec![Value::object(types::TUPLE_GETTER), parts]).into())
        }),
    ],
    wrappers: &[&GET, &SET, &DELETE],
    accessors: &[Accessor::new(
        "__doc__",
        |m, value| Ok(parts(m, value).1.into()),
        |m, value, doc| {
            let handle = value.handle().expect("a field is a heap object");
            let new = doc.unwrap_or(Value::NONE);
            m.heap.retain(new);
            if let Payload::TupleGetter(_, doc) = m.heap.payload_mut(handle) {
                let old = std::mem::replace(doc, new);
                m.heap.release(old);
            }
            Ok(())
        },
    )
    .as_member()],
    ..TypeSpec::new(types::TUPLE_GETTER, "_tuplegetter")
};

fn parts(m: &Machine, value: Value) -> (usize, Value) {
    match m.heap.payload_of(value) {
        Some(Payload::TupleGetter(index, doc)) => (*index, *doc),
        _ => panic!("a field of named tuples is there"),
    }
}

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let (index, doc) = parts(m, args.at(0));
    let head = format!("_tuplegetter({index}, ");
    m.compose(vec![head.as_str().into(), super::super::native::Part::Repr(doc), ")".into()])
}

/// `_collections`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    types: &[
        &deque::DEQUE,
        deque::ITERATORS[0],
        deque::ITERATORS[1],
        &mapping_types::DEFAULT_DICT,
        &mapping_types::ORDERED_DICT,
        &TUPLE_GETTER,
    ],
    hidden_types: &mapping_types::ORDERED_PARTS,
    ..NativeModule::new("_collections", "Containers that are faster without Python source.")
};
