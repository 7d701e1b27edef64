//! The module `_weakref`.

use super::super::args::Params;
use super::super::native::DictAction;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types, weakref};
use super::super::value::Value;
use super::native::{Constant, NativeModule};

static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("proxy", Params::Range(1, 2), |m, args| {
        m.weak_proxy(args.at(0), args.some(1)).map(Into::into)
    }),
    NativeDef::function("getweakrefcount", Params::One, |m, args| {
        let count = args.at(0).handle().map_or(0, |handle| m.heap.weakrefs(handle).len());
        Ok(m.heap.int(count as i64).into())
    }),
    NativeDef::function("getweakrefs", Params::One, |m, args| {
        let refs = args.at(0).handle().map_or(&[][..], |handle| m.heap.weakrefs(handle));
        let refs = refs.iter().copied().map(Value::object).collect();
        Ok(m.heap.list(refs).into())
    }),
    NativeDef::function("_remove_dead_weakref", Params::Range(2, 2), |m, args| {
        let Some(dict) =
            args.at(0).handle().filter(|handle| matches!(m.heap.payload(*handle), Payload::Dict(_)))
        else {
            let class = m.argument_class(args.at(0));
            return Err(m.type_error(format!("_remove_dead_weakref() argument 1 must be dict, not {class}")));
        };
        m.dict_act(dict, args.at(1), DictAction::DropDead)
    }),
];

/// `_weakref`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    types: &[&weakref::WEAK_REFERENCE, &weakref::WEAK_PROXY, &weakref::WEAK_CALLABLE_PROXY],
    constants: &[("ref", Constant::Type(types::WEAK_REFERENCE))],
    ..NativeModule::new("_weakref", "References to objects that do not keep them alive.")
};
