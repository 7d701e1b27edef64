//! `_thread`, as far as a program with one thread has a use for it: its number, and locks.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::object::class::TypeSpec;
use super::super::object::function::{NativeBody, NativeDef};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};
use super::native::{Constant, NativeModule};

/// The number of the one thread there is.
const IDENT: i64 = 1;

/// `_thread`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("allocate_lock", Params::None, |m, _| Ok(unlocked(m, types::LOCK).into())),
        NativeDef::function("allocate", Params::None, |m, _| Ok(unlocked(m, types::LOCK).into())),
        NativeDef::function("get_ident", Params::None, |m, _| Ok(m.heap.int(IDENT).into())),
        NativeDef::function("_count", Params::None, |m, _| Ok(m.heap.int(0).into())),
        NativeDef::function("start_new_thread", Params::Any, |m, _| Err(m.unsupported("threads"))),
        NativeDef::function("start_joinable_thread", Params::Any, |m, _| Err(m.unsupported("threads"))),
    ]],
    types: &[&LOCK, &RLOCK],
    constants: &[
        ("LockType", Constant::Type(types::LOCK)),
        ("error", Constant::Type(types::RUNTIME_ERROR)),
        ("TIMEOUT_MAX", Constant::Float(9_223_372_036.0)),
    ],
    ..NativeModule::new("_thread", "The one thread there is, and locks.")
};

const fn acquire(name: &'static str) -> NativeDef {
    NativeDef::method(name, Params::named(&["blocking", "timeout"], 0), acquire_lock)
}

/// `_thread.lock`.
static LOCK: TypeSpec = TypeSpec {
    module: "_thread",
    natives: &[
        made(types::LOCK),
        acquire("acquire"),
        acquire("acquire_lock"),
        acquire("__enter__"),
        NativeDef::method("release", Params::None, release),
        NativeDef::method("release_lock", Params::None, release),
        NativeDef::method("__exit__", Params::AtLeast(0), release),
        NativeDef::method("locked", Params::None, locked),
        NativeDef::method("locked_lock", Params::None, locked),
    ],
    ..TypeSpec::new(types::LOCK, "lock")
};

/// `_thread.RLock`.
static RLOCK: TypeSpec = TypeSpec {
    module: "_thread",
    subclassable: true,
    natives: &[
        made(types::RLOCK),
        acquire("acquire"),
        acquire("__enter__"),
        NativeDef::method("release", Params::None, release),
        NativeDef::method("__exit__", Params::AtLeast(0), release),
        NativeDef::method("locked", Params::None, locked),
        NativeDef::method("_is_owned", Params::None, locked),
        NativeDef::method("_recursion_count", Params::None, |m, args| {
            let count = held(m, args.at(0));
            Ok(m.heap.int(count).into())
        }),
    ],
    ..TypeSpec::new(types::RLOCK, "RLock")
};

const fn made(class: Handle) -> NativeDef {
    const LOCK: NativeBody = |m, _| Ok(unlocked(m, types::LOCK).into());
    const RLOCK: NativeBody = |m, args| {
        let class = m.class_argument(args)?;
        Ok(unlocked(m, class).into())
    };
    NativeDef::new(Params::None, if class.number() == types::LOCK.number() { LOCK } else { RLOCK })
}

fn unlocked(m: &mut Machine, class: Handle) -> Value {
    let zero = m.heap.int(0);
    Value::object(m.heap.alloc(class, Payload::Slots(Box::new([Some(zero)]))))
}

/// How often a lock is held.
fn held(m: &Machine, lock: Value) -> i64 {
    match m.heap.payload_of(lock) {
        Some(Payload::Slots(slots)) => match slots[0].map(Value::kind) {
            Some(Kind::Int(count)) => count,
            _ => 0,
        },
        _ => panic!("a lock has a slot"),
    }
}

fn set_held(m: &mut Machine, lock: Value, count: i64) {
    // Small ints are no objects of the heap: there is nothing to count.
    let count = m.heap.int(count);
    if let Payload::Slots(slots) = m.heap.payload_mut(lock.handle().expect("a lock is a heap object")) {
        slots[0] = Some(count);
    }
}

fn acquire_lock(m: &mut Machine, args: &Args) -> Eval {
    let lock = args.at(0);
    let blocking = args.get(1).is_none_or(|blocking| m.plain_truth(blocking).unwrap_or(true));
    let count = held(m, lock);
    let again = m.heap.is_instance(lock, types::RLOCK);
    if count == 0 || again {
        set_held(m, lock, count + 1);
        return Ok(Value::TRUE.into());
    }
    if blocking {
        // Nobody else is there to release it.
        return Err(m.unsupported("waiting for a lock that this thread holds itself"));
    }
    Ok(Value::FALSE.into())
}

fn release(m: &mut Machine, args: &Args) -> Eval {
    let lock = args.at(0);
    match held(m, lock) {
        0 => Err(not_held(m, lock)),
        count => {
            set_held(m, lock, count - 1);
            Ok(Value::NONE.into())
        }
    }
}

fn not_held(m: &mut Machine, lock: Value) -> Raise {
    let again = m.heap.is_instance(lock, types::RLOCK);
    m.runtime_error(if again { "cannot release un-acquired lock" } else { "release unlocked lock" })
}

fn locked(m: &mut Machine, args: &Args) -> Eval {
    Ok(Value::bool(held(m, args.at(0)) > 0).into())
}
