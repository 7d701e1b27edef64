//! `_thread`, as far as a program with one thread has a use for it: its number, locks, and what `threading` asks for when
//! it is imported.  A second thread is refused.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{Style, SystemCall};
use super::super::number::IntRef;
use super::super::object::accessors;
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::{NativeBody, NativeDef};
use super::super::object::struct_sequence::{item, named_tuple};
use super::super::object::{Payload, types};
use super::super::protocol::number::Number;
use super::super::raise::Raise;
use super::super::system::Call;
use super::super::value::{Handle, Kind, Value};
use super::native::{Constant, NativeModule};

/// The number of the one thread there is.
pub(in crate::machine) const IDENT: i64 = 1;
/// The longest time that a lock can be waited for, in seconds.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

const fn ident(name: &'static str) -> NativeDef {
    NativeDef::function(name, Params::None, |m, _| Ok(m.heap.int(IDENT).into()))
}

const fn exit(name: &'static str) -> NativeDef {
    NativeDef::function(name, Params::None, |m, _| Err(m.raise_with(types::SYSTEM_EXIT, Vec::new())))
}

const fn start(name: &'static str) -> NativeDef {
    NativeDef::function(name, Params::Any, |m, args| {
        match args.get(0) {
            Some(function) if !m.is_callable(function) => {
                return Err(m.type_error("first arg must be callable"));
            }
            _ => {}
        }
        Err(m.unsupported("threads"))
    })
}

/// `_thread`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("allocate_lock", Params::None, |m, _| Ok(unlocked(m, types::LOCK).into())),
        NativeDef::function("allocate", Params::None, |m, _| Ok(unlocked(m, types::LOCK).into())),
        ident("get_ident"),
        ident("_get_main_thread_ident"),
        NativeDef::function("get_native_id", Params::None, |m, _| {
            m.begin(SystemCall::new("get_native_id", Call::Process))
        }),
        NativeDef::function("_count", Params::None, |m, _| Ok(m.heap.int(0).into())),
        NativeDef::function("_is_main_interpreter", Params::None, |_, _| Ok(Value::TRUE.into())),
        NativeDef::function("daemon_threads_allowed", Params::None, |_, _| Ok(Value::TRUE.into())),
        // There is no other thread to wait for.
        NativeDef::function("_shutdown", Params::None, |_, _| Ok(Value::NONE.into())),
        NativeDef::function("_make_thread_handle", Params::One, |m, args| {
            if m.heap.int_ref(args.at(0)).is_none() {
                return Err(m.type_error("ident must be an integer"));
            }
            Ok(new_handle(m, args.at(0), STARTED).into())
        }),
        NativeDef::function("_excepthook", Params::One, |m, args| {
            if m.heap.class_of(args.at(0)) != types::EXCEPT_HOOK_ARGS {
                return Err(m.type_error("_thread.excepthook argument type must be ExceptHookArgs"));
            }
            Err(m.unsupported("exceptions of threads"))
        }),
        NativeDef::function("set_name", Params::named(&["name"], 1), |m, args| {
            if m.heap.text_of(args.at(0)).is_none() {
                let given = m.argument_class(args.at(0));
                return Err(m.type_error(format!("set_name() argument 'name' must be str, not {given}")));
            }
            Err(m.unsupported("the name that the operating system has for a thread"))
        }),
        NativeDef::function("stack_size", Params::Range(0, 1), |m, args| {
            let wanted = args.get(0).and_then(|size| m.heap.int_ref(size)).map_or(Some(0), IntRef::small);
            match wanted {
                Some(0) => Ok(m.heap.int(0).into()),
                _ => Err(m.unsupported("stacks of another size for threads")),
            }
        }),
        NativeDef::function("interrupt_main", Params::Range(0, 1), |m, _| {
            Err(m.unsupported("signals that a program sends to itself"))
        }),
        exit("exit"),
        exit("exit_thread"),
        start("start_new_thread"),
        start("start_new"),
        NativeDef::function("start_joinable_thread", Params::Any, |m, args| match args.get(0) {
            Some(function) if !m.is_callable(function) => {
                Err(m.type_error("thread function must be callable"))
            }
            _ => Err(m.unsupported("threads")),
        }),
    ]],
    types: &[&LOCK, &RLOCK, &LOCAL, &THREAD_HANDLE, &EXCEPT_HOOK_ARGS],
    constants: &[
        ("LockType", Constant::Type(types::LOCK)),
        ("error", Constant::Type(types::RUNTIME_ERROR)),
        ("TIMEOUT_MAX", Constant::Float(TIMEOUT_MAX)),
        ("_NAME_MAXLEN", Constant::Int(15)),
    ],
    ..NativeModule::new("_thread", "The one thread there is, and locks.")
};

const fn acquire(name: &'static str) -> NativeDef {
    NativeDef::method(name, Params::named(&["blocking", "timeout"], 0), |m, args| {
        m.with_indices("acquire", args, &[1], Style::Truth, acquire_lock)
    })
}

/// `_thread.lock`.
static LOCK: TypeSpec = TypeSpec {
    module: "_thread",
    natives: &[
        made(types::LOCK),
        NativeDef::wrapper("__repr__", Params::None, repr),
        acquire("acquire"),
        acquire("acquire_lock"),
        acquire("__enter__"),
        NativeDef::method("release", Params::None, release),
        NativeDef::method("release_lock", Params::None, release),
        NativeDef::method("__exit__", Params::AtLeast(0), release),
        NativeDef::method("locked", Params::None, locked),
        NativeDef::method("locked_lock", Params::None, locked),
        NativeDef::method("_at_fork_reinit", Params::None, reinit),
    ],
    ..TypeSpec::new(types::LOCK, "lock")
};

/// `_thread.RLock`.
static RLOCK: TypeSpec = TypeSpec {
    module: "_thread",
    subclassable: true,
    natives: &[
        made(types::RLOCK),
        NativeDef::wrapper("__repr__", Params::None, repr),
        acquire("acquire"),
        acquire("__enter__"),
        NativeDef::method("release", Params::None, release),
        NativeDef::method("__exit__", Params::AtLeast(0), release),
        NativeDef::method("locked", Params::None, locked),
        NativeDef::method("_at_fork_reinit", Params::None, reinit),
        NativeDef::method("_is_owned", Params::None, |m, args| {
            Ok(Value::bool(held(m, args.at(0)) > 0 && owner(m, args.at(0)) == IDENT).into())
        }),
        NativeDef::method("_recursion_count", Params::None, |m, args| {
            let owned = owner(m, args.at(0)) == IDENT;
            let count = if owned { held(m, args.at(0)) } else { 0 };
            Ok(m.heap.int(count).into())
        }),
        NativeDef::method("_release_save", Params::None, |m, args| {
            let lock = args.at(0);
            if held(m, lock) == 0 {
                return Err(m.runtime_error("cannot release un-acquired lock"));
            }
            let state = [held(m, lock), owner(m, lock)].map(|part| m.heap.int(part));
            set_held(m, lock, 0, 0);
            Ok(m.heap.tuple(state.to_vec()).into())
        }),
        NativeDef::method("_acquire_restore", Params::One, acquire_restore),
    ],
    ..TypeSpec::new(types::RLOCK, "RLock")
};

/// `_thread._local`: with one thread, an object with attributes.
static LOCAL: TypeSpec = TypeSpec {
    module: "_thread",
    subclassable: true,
    has_dict: true,
    natives: &[NativeDef::new(Params::Any, |m, args| {
        let class = m.class_argument(args)?;
        let plain = m.heap.lookup(class, super::super::names::INIT)
            == m.heap.lookup(types::OBJECT, super::super::names::INIT);
        if plain && args.len() > 1 {
            return Err(m.type_error("Initialization arguments are not supported"));
        }
        Ok(Value::object(m.heap.alloc(class, Payload::Slots(Box::new([])))).into())
    })],
    accessors: &[Accessor::new("__dict__", accessors::instance_dict, |m, _, _| {
        let message = "'_thread._local' object attribute '__dict__' is read-only";
        Err(m.raise(types::ATTRIBUTE_ERROR, message))
    })],
    ..TypeSpec::new(types::THREAD_LOCAL, "_local")
};

/// A thread that has not been started.
const UNSTARTED: i64 = 0;
/// One that runs.
const STARTED: i64 = 1;
/// One that has ended.
const DONE: i64 = 2;

/// `_thread._ThreadHandle`: the number of a thread, and how far it is.
static THREAD_HANDLE: TypeSpec = TypeSpec {
    module: "_thread",
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            if args.len() > 1 {
                return Err(m.type_error("_ThreadHandle() takes no arguments"));
            }
            let zero = m.heap.int(0);
            Ok(new_handle(m, zero, UNSTARTED).into())
        }),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| {
            let text = format!("<_thread._ThreadHandle object: ident={}>", number(m, args.at(0), 0));
            Ok(m.heap.str(text).into())
        }),
        NativeDef::method("is_done", Params::None, |m, args| {
            Ok(Value::bool(number(m, args.at(0), 1) == DONE).into())
        }),
        NativeDef::method("_set_done", Params::None, |m, args| match number(m, args.at(0), 1) {
            UNSTARTED => Err(m.runtime_error("thread not started")),
            _ => {
                set_number(m, args.at(0), 1, DONE);
                Ok(Value::NONE.into())
            }
        }),
        NativeDef::method("join", Params::Range(0, 1), |m, args| match number(m, args.at(0), 1) {
            UNSTARTED => Err(m.runtime_error("thread not started")),
            DONE => Ok(Value::NONE.into()),
            _ => Err(m.runtime_error("Cannot join current thread")),
        }),
    ],
    accessors: &[Accessor::read_only("ident", |m, handle| {
        let ident = number(m, handle, 0);
        Ok(m.heap.int(ident).into())
    })],
    ..TypeSpec::new(types::THREAD_HANDLE, "_ThreadHandle")
};

/// `_thread._ExceptHookArgs`: what `threading.excepthook` is called with.
pub static EXCEPT_HOOK_ARGS: TypeSpec = TypeSpec {
    accessors: &[
        item::<0>("exc_type"),
        item::<1>("exc_value"),
        item::<2>("exc_traceback"),
        item::<3>("thread"),
    ],
    module: "_thread",
    ..named_tuple(types::EXCEPT_HOOK_ARGS, "_ExceptHookArgs")
};

const fn made(class: Handle) -> NativeDef {
    const LOCK: NativeBody = |m, args| {
        if args.len() > 1 {
            return Err(m.type_error(format!("lock expected 0 arguments, got {}", args.len() - 1)));
        }
        Ok(unlocked(m, types::LOCK).into())
    };
    const RLOCK: NativeBody = |m, args| {
        let class = m.class_argument(args)?;
        Ok(unlocked(m, class).into())
    };
    NativeDef::new(Params::Any, if class.number() == types::LOCK.number() { LOCK } else { RLOCK })
}

/// A lock has two numbers: how often it is held, and by whom.
fn unlocked(m: &mut Machine, class: Handle) -> Value {
    let zero = m.heap.int(0);
    Value::object(m.heap.alloc(class, Payload::Slots(Box::new([Some(zero), Some(zero)]))))
}

/// A thread has two: its own, and how far it is.
fn new_handle(m: &mut Machine, ident: Value, state: i64) -> Value {
    let state = m.heap.int(state);
    let slots = Box::new([Some(ident), Some(state)]);
    Value::object(m.heap.alloc(types::THREAD_HANDLE, Payload::Slots(slots)))
}

/// One of the numbers of a lock or a thread.
fn number(m: &Machine, object: Value, index: usize) -> i64 {
    match m.heap.payload_of(object) {
        Some(Payload::Slots(slots)) => match slots[index].map(Value::kind) {
            Some(Kind::Int(number)) => number,
            _ => 0,
        },
        _ => panic!("a lock or a thread has slots"),
    }
}

/// Small ints are no objects of the heap: there is nothing to count.
fn set_number(m: &mut Machine, object: Value, index: usize, number: i64) {
    let number = m.heap.int(number);
    if let Payload::Slots(slots) = m.heap.payload_mut(object.handle().expect("it is a heap object")) {
        slots[index] = Some(number);
    }
}

/// How often a lock is held.
fn held(m: &Machine, lock: Value) -> i64 {
    number(m, lock, 0)
}

/// The thread that holds it.
fn owner(m: &Machine, lock: Value) -> i64 {
    number(m, lock, 1)
}

fn set_held(m: &mut Machine, lock: Value, count: i64, owner: i64) {
    set_number(m, lock, 0, count);
    set_number(m, lock, 1, owner);
}

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let lock = args.at(0);
    let state = if held(m, lock) > 0 { "locked" } else { "unlocked" };
    let class = m.heap.class_of(lock);
    let class = m.class_title(class);
    let class = class.strip_prefix("__main__.").unwrap_or(&class);
    let at = m.identity(lock);
    let text = if m.heap.is_instance(lock, types::RLOCK) {
        let (owner, count) = (owner(m, lock), held(m, lock));
        format!("<{state} {class} object owner={owner} count={count} at 0x{at:x}>")
    } else {
        format!("<{state} {class} object at 0x{at:x}>")
    };
    Ok(m.heap.str(text).into())
}

fn reinit(m: &mut Machine, args: &Args) -> Eval {
    set_held(m, args.at(0), 0, 0);
    Ok(Value::NONE.into())
}

fn acquire_restore(m: &mut Machine, args: &Args) -> Eval {
    let items = match m.heap.payload_of(args.at(1)) {
        Some(Payload::Tuple(items)) => <[Value; 2]>::try_from(&**items).ok(),
        _ => None,
    };
    let Some(items) = items else {
        let given = m.argument_class(args.at(1));
        let message = format!("_acquire_restore() argument 1 must be 2-item tuple, not {given}");
        return Err(m.type_error(message));
    };
    let mut state = [0; 2];
    for (index, part) in items.into_iter().enumerate() {
        match m.heap.int_ref(part).map(IntRef::small) {
            Some(Some(number)) => state[index] = number,
            Some(None) => return Err(m.overflow_error("Python int too large to convert to C unsigned long")),
            None => {
                let given = m.argument_class(part);
                let message = format!("_acquire_restore() argument 1, item {index} must be int, not {given}");
                return Err(m.type_error(message));
            }
        }
    }
    set_held(m, args.at(0), state[0], state[1]);
    Ok(Value::NONE.into())
}

/// How long a lock is waited for, in nanoseconds; `None` for ever.
fn timeout(m: &mut Machine, wanted: Option<Value>, blocking: bool) -> Result<Option<u64>, Raise> {
    let Some(wanted) = wanted else { return Ok(if blocking { None } else { Some(0) }) };
    let seconds = match m.heap.number(wanted) {
        Some(Number::Float(seconds)) => seconds,
        _ => match m.heap.int_ref(wanted) {
            Some(number) => number.small().unwrap_or(i64::MAX) as f64,
            None => {
                let given = m.class_name(wanted);
                let message = format!("'{given}' object cannot be interpreted as an integer or float");
                return Err(m.type_error(message));
            }
        },
    };
    // The default stands for no timeout.
    #[expect(clippy::float_cmp, reason = "only the very number stands for it")]
    if seconds == -1.0 {
        return Ok(if blocking { None } else { Some(0) });
    }
    if !blocking {
        return Err(m.value_error("can't specify a timeout for a non-blocking call"));
    }
    if seconds.is_nan() {
        return Err(m.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(m.value_error("timeout value must be a non-negative number"));
    }
    if seconds >= TIMEOUT_MAX + 0.854_775_807 {
        return Err(m.overflow_error("timestamp out of range for C PyTime_t"));
    }
    if seconds > TIMEOUT_MAX {
        return Err(m.overflow_error("timeout value is too large"));
    }
    Ok(Some((seconds * 1e9).ceil() as u64))
}

fn acquire_lock(m: &mut Machine, args: &Args) -> Eval {
    let lock = args.at(0);
    let blocking = args.get(1) != Some(Value::FALSE);
    let timeout = timeout(m, args.get(2), blocking)?;
    let count = held(m, lock);
    let again = m.heap.is_instance(lock, types::RLOCK) && owner(m, lock) == IDENT;
    if count == 0 || again {
        set_held(m, lock, count + 1, IDENT);
        return Ok(Value::TRUE.into());
    }
    match timeout {
        // Nobody else is there to release it.
        None => Err(m.unsupported("waiting for a lock that this thread holds itself")),
        Some(0) => Ok(Value::FALSE.into()),
        Some(nanoseconds) => {
            let slept = m.begin(SystemCall::new("acquire", Call::Sleep(nanoseconds)))?;
            m.continue_with("acquire", slept, Args::new([Value::NONE]), 0, |_, _| Ok(Value::FALSE.into()))
        }
    }
}

fn release(m: &mut Machine, args: &Args) -> Eval {
    let lock = args.at(0);
    let again = m.heap.is_instance(lock, types::RLOCK);
    match held(m, lock) {
        0 if again => Err(m.runtime_error("cannot release un-acquired lock")),
        0 => Err(m.runtime_error("release unlocked lock")),
        _ if again && owner(m, lock) != IDENT => Err(m.runtime_error("cannot release un-acquired lock")),
        1 => {
            set_held(m, lock, 0, 0);
            Ok(Value::NONE.into())
        }
        count => {
            set_held(m, lock, count - 1, IDENT);
            Ok(Value::NONE.into())
        }
    }
}

fn locked(m: &mut Machine, args: &Args) -> Eval {
    Ok(Value::bool(held(m, args.at(0)) > 0).into())
}
