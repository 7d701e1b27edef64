//! `_functools`: `partial`, `reduce`, `cmp_to_key` and the cache behind `lru_cache`.

mod key;
mod lru;
mod partial;
mod reduce;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::value::Value;
use super::native::NativeModule;

pub use key::CompareKeys;
pub use lru::{CachedCall, LruCache};
pub use partial::PartialCall;
pub use reduce::ReduceCall;

/// `_functools`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function(
            "reduce",
            Params::Named { names: &["", "", "initial"], required: 2, positional: 3 },
            |m, args| m.begin(ReduceCall::of(args.at(0), args.at(1), args.get(2))),
        ),
        NativeDef::function("cmp_to_key", Params::named(&["mycmp"], 1), key::cmp_to_key),
    ]],
    types: &[&partial::PLACEHOLDER_TYPE, &partial::PARTIAL, &lru::WRAPPER],
    hidden_types: &[&key::KEY_WRAPPER, &lru::LINK],
    fill: |m, dict| {
        let placeholder = Value::object(m.heap.alloc(types::PLACEHOLDER_TYPE, Payload::Plain));
        m.set_text_name(dict, "Placeholder", placeholder);
    },
    ..NativeModule::new("_functools", "Functions that work on functions.")
};

/// `__get__` of what becomes a method where it stands in a class.
fn bind_as_method(m: &mut Machine, args: &Args) -> Eval {
    match args.some(1) {
        Some(receiver) => Ok(m.new_method(args.at(0), receiver).into()),
        None if args.some(2).is_none() => Err(m.type_error("__get__(None, None) is invalid")),
        None => Ok(args.at(0).into()),
    }
}
