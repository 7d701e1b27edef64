//! `_signal`: the numbers of signals, and what becomes of each.
//!
//! None ever comes from outside: a program's handlers are called for those that it raises itself.  To send one to
//! another process, or to wait for one, refuses by its name.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::OsFailure;
use super::super::frame::Eval;
use super::super::native::{Style, SystemCall};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::system::{Call, Descriptor};
use super::super::value::{Handle, Kind, Value};
use super::native::{Constant, NativeModule};

/// The signal of the interrupt key, which raises `KeyboardInterrupt`.
const SIGINT: i64 = 2;
/// Signals that CPython ignores from the start: a broken pipe, and a file that has become too large.
const IGNORED: [i64; 2] = [13, 25];
/// Signals that the C library keeps for itself.
const KEPT: [i32; 2] = [32, 33];
/// Signals that nobody can handle.
const UNSTOPPABLE: [i32; 2] = [9, 19];
/// Signals of which nothing comes where a program does not handle them.
const HARMLESS: [i32; 4] = [17, 18, 23, 28];
/// One more than the largest number.
const NSIG: i64 = 65;
/// What becomes of a signal that is ignored.
const IGNORE: i64 = 1;

/// What the module keeps.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Signals {
    /// What becomes of each signal: a list, once the module is there.
    pub handlers: Option<Value>,
    /// The file to which the number of each signal is written; negative if there is none.
    wakeup: i32,
}

impl Default for Signals {
    fn default() -> Self {
        Self { handlers: None, wakeup: -1 }
    }
}

macro_rules! refused {
    ($($name:literal)*) => {
        &[$(NativeDef::function($name, Params::Any, |m, _| {
            Err(m.unsupported(concat!("signal.", $name, "()")))
        })),*]
    };
}

/// `_signal`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[
        &[
            NativeDef::function("default_int_handler", Params::Range(2, 2), |m, _| {
                Err(m.raise_with(types::KEYBOARD_INTERRUPT, Vec::new()))
            }),
            NativeDef::function("getsignal", Params::One, |m, args| {
                m.with_indices("getsignal", args, &[0], Style::Plain, |m, args| {
                    let number = number(m, args.at(0))?;
                    Ok(handler(m, number).into())
                })
            }),
            NativeDef::function("signal", Params::Range(2, 2), |m, args| {
                m.with_indices("signal", args, &[0], Style::Plain, handle)
            }),
            NativeDef::function("raise_signal", Params::One, |m, args| {
                m.with_indices("raise_signal", args, &[0], Style::Plain, raise)
            }),
            NativeDef::function("valid_signals", Params::None, |m, _| {
                let numbers = (1..NSIG).filter(|number| !KEPT.map(i64::from).contains(number));
                let numbers = numbers.map(|number| m.heap.int(number)).collect();
                let numbers = m.heap.tuple(numbers);
                m.call(Value::object(types::SET), Args::new([numbers]))
            }),
            NativeDef::function("siginterrupt", Params::Range(2, 2), |m, args| {
                m.with_indices("siginterrupt", args, &[0, 1], Style::Plain, |m, args| {
                    number(m, args.at(0))?;
                    Ok(Value::NONE.into())
                })
            }),
            NativeDef::function(
                "set_wakeup_fd",
                Params::Named { names: &["", "warn_on_full_buffer"], required: 1, positional: 1 },
                |m, args| m.with_indices("set_wakeup_fd", args, &[0], Style::Plain, set_wakeup),
            ),
        ],
        refused!("alarm" "setitimer" "getitimer" "strsignal" "pause" "pidfd_send_signal" "pthread_kill"
            "pthread_sigmask" "sigpending" "sigwait" "sigwaitinfo" "sigtimedwait"),
    ],
    fill: |m, dict| {
        let name = m.text_handle("default_int_handler");
        let interrupt = m.heap.get_name(dict, name).unwrap_or(Value::NONE);
        let handlers = (0..NSIG).map(|number| match number {
            SIGINT => interrupt,
            32 | 33 => Value::NONE,
            number => m.heap.int(i64::from(IGNORED.contains(&number))),
        });
        let handlers = handlers.collect();
        let handlers = m.heap.list(handlers);
        let mut known = m.signals.handlers;
        m.heap.replace(&mut known, Some(handlers));
        m.signals.handlers = known;
    },
    #[rustfmt::skip]
    constants: &[
        ("NSIG", Constant::Int(NSIG)),
        ("SIG_BLOCK", Constant::Int(0)), ("SIG_UNBLOCK", Constant::Int(1)), ("SIG_SETMASK", Constant::Int(2)),
        ("SIGHUP", Constant::Int(1)), ("SIGINT", Constant::Int(SIGINT)), ("SIGQUIT", Constant::Int(3)),
        ("SIGILL", Constant::Int(4)), ("SIGTRAP", Constant::Int(5)), ("SIGIOT", Constant::Int(6)),
        ("SIGABRT", Constant::Int(6)), ("SIGFPE", Constant::Int(8)), ("SIGKILL", Constant::Int(9)),
        ("SIGBUS", Constant::Int(7)), ("SIGSEGV", Constant::Int(11)), ("SIGSYS", Constant::Int(31)),
        ("SIGPIPE", Constant::Int(13)), ("SIGALRM", Constant::Int(14)), ("SIGTERM", Constant::Int(15)),
        ("SIGUSR1", Constant::Int(10)), ("SIGUSR2", Constant::Int(12)), ("SIGCLD", Constant::Int(17)),
        ("SIGCHLD", Constant::Int(17)), ("SIGPWR", Constant::Int(30)), ("SIGIO", Constant::Int(29)),
        ("SIGURG", Constant::Int(23)), ("SIGWINCH", Constant::Int(28)), ("SIGPOLL", Constant::Int(29)),
        ("SIGSTOP", Constant::Int(19)), ("SIGTSTP", Constant::Int(20)), ("SIGCONT", Constant::Int(18)),
        ("SIGTTIN", Constant::Int(21)), ("SIGTTOU", Constant::Int(22)), ("SIGVTALRM", Constant::Int(26)),
        ("SIGPROF", Constant::Int(27)), ("SIGXCPU", Constant::Int(24)), ("SIGXFSZ", Constant::Int(25)),
        ("SIGRTMIN", Constant::Int(34)), ("SIGRTMAX", Constant::Int(64)), ("SIGSTKFLT", Constant::Int(16)),
        ("ITIMER_REAL", Constant::Int(0)), ("ITIMER_VIRTUAL", Constant::Int(1)),
        ("ITIMER_PROF", Constant::Int(2)), ("SIG_DFL", Constant::Int(0)), ("SIG_IGN", Constant::Int(1)),
        ("ItimerError", Constant::Type(types::OS_ERROR)),
    ],
    ..NativeModule::new("_signal", "The numbers of signals.")
};

/// The list of what becomes of each signal.
fn handlers(m: &Machine) -> Handle {
    m.signals.handlers.and_then(Value::handle).expect("the module has been made")
}

/// What becomes of a signal.
fn handler(m: &Machine, number: i32) -> Value {
    m.heap.list_items(handlers(m))[number as usize]
}

/// The number of a signal.
fn number(m: &mut Machine, value: Value) -> Result<i32, Raise> {
    let number = m.c_int(value)?;
    if (1..NSIG).contains(&number.into()) {
        return Ok(number);
    }
    Err(m.value_error("signal number out of range"))
}

fn invalid(m: &mut Machine) -> Raise {
    const INVALID: i32 = 22;
    m.os_error(&OsFailure { errno: INVALID, text: "Invalid argument".to_owned(), filename: None })
}

/// `signal(number, handler)`: what became of it until now.
fn handle(m: &mut Machine, args: &Args) -> Eval {
    let (number, handler) = (m.c_int(args.at(0))?, args.at(1));
    if !(1..NSIG).contains(&number.into()) {
        return Err(m.value_error("signal number out of range"));
    }
    let by_number = matches!(handler.kind(), Kind::Int(0 | IGNORE));
    if !by_number && !m.is_callable(handler) {
        let wanted = "signal.SIG_IGN, signal.SIG_DFL, or a callable object";
        return Err(m.type_error(format!("signal handler must be {wanted}")));
    }
    if KEPT.contains(&number) || UNSTOPPABLE.contains(&number) {
        return Err(invalid(m));
    }
    let list = handlers(m);
    m.heap.retain(handler);
    let old = std::mem::replace(&mut m.heap.list_mut(list)[number as usize], handler);
    m.heap.release(old);
    Ok(old.into())
}

/// `raise_signal(number)`: the program's handler is called.
fn raise(m: &mut Machine, args: &Args) -> Eval {
    let number = m.c_int(args.at(0))?;
    if number == 0 {
        return Ok(Value::NONE.into());
    }
    if !(1..NSIG).contains(&number.into()) {
        return Err(invalid(m));
    }
    let handler = handler(m, number);
    match handler.kind() {
        Kind::Int(IGNORE) => return Ok(Value::NONE.into()),
        Kind::Int(_) if HARMLESS.contains(&number) => return Ok(Value::NONE.into()),
        Kind::Int(_) | Kind::None => {
            return Err(
                m.unsupported(format!("signal.raise_signal() of a signal without a handler ({number})"))
            );
        }
        _ => {}
    }
    let args = Args::new([Value::NONE, handler, m.heap.int(number.into())]);
    if m.signals.wakeup < 0 {
        return call(m, &args);
    }
    let told = Call::Write(m.signals.wakeup, [number as u8].into());
    let told = m.begin(SystemCall::new("raise_signal", told))?;
    m.continue_with("raise_signal", told, args, 0, call)
}

/// Calls the handler of a signal with its number and the frame that runs.
fn call(m: &mut Machine, args: &Args) -> Eval {
    let frame = m.caller_object().unwrap_or(Value::NONE);
    let called = m.call(args.at(1), Args::new([args.at(2), frame]))?;
    m.continue_with("raise_signal", called, args.clone(), 0, |_, _| Ok(Value::NONE.into()))
}

/// `set_wakeup_fd(fd)`: the one until now.
fn set_wakeup(m: &mut Machine, args: &Args) -> Eval {
    let fd = m.c_int(args.at(0))?;
    if fd < 0 {
        let old = std::mem::replace(&mut m.signals.wakeup, -1);
        return Ok(m.heap.int(old.into()).into());
    }
    let blocks = SystemCall::new("set_wakeup_fd", Call::AskDescriptor(fd, Descriptor::Blocking)).as_bool();
    let blocks = m.begin(blocks)?;
    let args = Args::new([Value::NONE, args.at(0)]);
    m.continue_with("set_wakeup_fd", blocks, args, 0, |m, args| {
        let fd = m.c_int(args.at(1))?;
        if args.at(0) == Value::TRUE {
            return Err(m.value_error(format!("the fd {fd} must be in non-blocking mode")));
        }
        let old = std::mem::replace(&mut m.signals.wakeup, fd);
        Ok(m.heap.int(old.into()).into())
    })
}
