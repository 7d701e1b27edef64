//! `_tracemalloc`: which code asked for which memory, which is not known here; so it is never being traced.

use super::super::args::Params;
use super::super::object::function::NativeDef;
use super::super::value::Value;
use super::native::NativeModule;

/// `_tracemalloc`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("is_tracing", Params::None, |_, _| Ok(Value::FALSE.into())),
        NativeDef::function("clear_traces", Params::None, |_, _| Ok(Value::NONE.into())),
        NativeDef::function("reset_peak", Params::None, |_, _| Ok(Value::NONE.into())),
        NativeDef::function("start", Params::Range(0, 1), |m, _| Err(m.unsupported("tracing memory"))),
        NativeDef::function("stop", Params::None, |_, _| Ok(Value::NONE.into())),
        NativeDef::function("get_traceback_limit", Params::None, |m, _| Ok(m.heap.int(1).into())),
        NativeDef::function("get_tracemalloc_memory", Params::None, |m, _| Ok(m.heap.int(0).into())),
        NativeDef::function("get_traced_memory", Params::None, |m, _| {
            let zero = m.heap.int(0);
            Ok(m.heap.pair(zero, zero).into())
        }),
        NativeDef::function("_get_traces", Params::None, |m, _| Ok(m.heap.list(Vec::new()).into())),
        NativeDef::function("_get_object_traceback", Params::One, |_, _| Ok(Value::NONE.into())),
    ]],
    ..NativeModule::new("_tracemalloc", "Which code asked for which memory: never traced.")
};
