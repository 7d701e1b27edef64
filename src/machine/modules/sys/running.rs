//! What `sys` tells of the interpreter while it runs: its one thread, and machinery that it does not have.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::object::Payload;
use super::super::super::object::function::NativeDef;
use super::super::super::value::Value;
use super::super::thread::IDENT;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("_current_frames", Params::None, |m, _| {
        let frame = m.frame_object_below(0).unwrap_or(Value::NONE);
        of_each_thread(m, frame)
    }),
    NativeDef::function("_current_exceptions", Params::None, |m, _| {
        let handled = m.handled().unwrap_or(Value::NONE);
        of_each_thread(m, handled)
    }),
    NativeDef::function("call_tracing", Params::Range(2, 2), call_tracing),
    NativeDef::function("_is_gil_enabled", Params::None, |_, _| Ok(Value::TRUE.into())),
    // There is no cache whose clearing a program could notice.
    NativeDef::function("_clear_internal_caches", Params::None, |_, _| Ok(Value::NONE.into())),
    NativeDef::function("deactivate_stack_trampoline", Params::None, |_, _| Ok(Value::NONE.into())),
    NativeDef::function("activate_stack_trampoline", Params::One, |m, _| {
        Err(m.unsupported("sys.activate_stack_trampoline()"))
    }),
    NativeDef::function("remote_exec", Params::Any, |m, _| Err(m.unsupported("sys.remote_exec()"))),
    NativeDef::function("setdlopenflags", Params::One, |m, _| Err(m.unsupported("sys.setdlopenflags()"))),
    // Nobody has said how many processors there are to be.
    NativeDef::function("_get_cpu_count_config", Params::None, |m, _| Ok(m.heap.int(-1).into())),
    NativeDef::function("is_stack_trampoline_active", Params::None, |_, _| Ok(Value::FALSE.into())),
];

/// A dict of what each thread has: there is one.
fn of_each_thread(m: &mut Machine, value: Value) -> Eval {
    let (threads, ident) = (Value::object(m.heap.new_dict()), m.heap.int(IDENT));
    m.dict_set(threads, ident, value)?;
    Ok(threads.into())
}

/// Calls a function as a debugger does that wants its calls traced.
fn call_tracing(m: &mut Machine, args: &Args) -> Eval {
    let Some(Payload::Tuple(items)) = m.heap.payload_of(args.at(1)) else {
        let given = m.argument_class(args.at(1));
        return Err(m.type_error(format!("call_tracing() argument 2 must be tuple, not {given}")));
    };
    let given = Args::new(items.to_vec());
    m.call_tracing(args.at(0), given)
}
