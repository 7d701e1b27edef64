//! `_signal`: the numbers of signals, and what becomes of each as a program begins.
//!
//! None ever comes here: to handle one, to send one, or to wait for one refuses by its name.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::value::Value;
use super::native::{Constant, NativeModule};

/// The signal of the interrupt key, which raises `KeyboardInterrupt`.
const SIGINT: i64 = 2;
/// Signals that CPython ignores from the start: a broken pipe, and a file that has become too large.
const IGNORED: [i64; 2] = [13, 25];
/// One more than the largest number.
const NSIG: i64 = 65;

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
                m.with_indices("getsignal", args, &[0], Style::Plain, handler)
            }),
        ],
        refused!("alarm" "setitimer" "getitimer" "signal" "raise_signal" "strsignal" "set_wakeup_fd" "siginterrupt"
            "pause" "pidfd_send_signal" "pthread_kill" "pthread_sigmask" "sigpending" "sigwait" "sigwaitinfo"
            "sigtimedwait" "valid_signals"),
    ],
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

/// What becomes of a signal, which nothing has changed.
fn handler(m: &mut Machine, args: &Args) -> Eval {
    match m.index_clamped(args.at(0)) {
        Some(number) if !(1..NSIG).contains(&number) => Err(m.value_error("signal number out of range")),
        Some(SIGINT) => {
            let (module, name) = (m.loaded_module("_signal"), m.text_handle("default_int_handler"));
            let handler =
                module.and_then(Value::handle).and_then(|module| m.heap.own_attribute(module, name));
            Ok(handler.unwrap_or(Value::NONE).into())
        }
        Some(number) => Ok(m.heap.int(i64::from(IGNORED.contains(&number))).into()),
        None => Err(m.unsupported("signal.getsignal() of what is no number")),
    }
}
