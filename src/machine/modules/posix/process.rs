//! What `posix` has for other processes, of which a program here never has one: how they ended, waiting for them, and
//! the refusal to begin one.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::ask::OsFailure;
use super::super::super::frame::Eval;
use super::super::super::native::{Style, SystemCall};
use super::super::super::object::function::NativeDef;
use super::super::super::raise::Raise;
use super::super::super::system::{Call, Identity};
use super::super::super::value::Value;
use super::{number, numbered};

/// A function of the status of a process that has ended.
macro_rules! of_status {
    ($name:literal, $told:expr) => {
        numbered!($name, Params::named(&["status"], 1), &[0], |m, args| {
            let told: fn(i32) -> Told = $told;
            let status = number(m, args.at(0))?;
            Ok(match told(status) {
                Told::Truth(truth) => Value::bool(truth),
                Told::Number(number) => m.heap.int(number.into()),
            }
            .into())
        })
    };
}

/// Functions that there are for a program to see, and that are refused.
macro_rules! refused {
    ($($name:literal)*) => {
        [$(NativeDef::function($name, Params::Any, |m, _| {
            Err(m.unsupported(concat!("os.", $name, "()")))
        })),*]
    };
}

/// What a status says.
enum Told {
    Truth(bool),
    Number(i32),
}

/// The number of the signal by which a process ended, if it did.
const fn signal(status: i32) -> i32 {
    status & 0x7f
}

/// The number behind it.
const fn code(status: i32) -> i32 {
    status >> 8 & 0xff
}

const STOPPED: i32 = 0x7f;

const fn was_killed(status: i32) -> bool {
    !matches!(signal(status), 0 | STOPPED)
}

const fn is_stopped(status: i32) -> bool {
    status & 0xff == STOPPED
}

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    of_status!("WIFEXITED", |status| Told::Truth(signal(status) == 0)),
    of_status!("WEXITSTATUS", |status| Told::Number(code(status))),
    of_status!("WIFSIGNALED", |status| Told::Truth(was_killed(status))),
    of_status!("WTERMSIG", |status| Told::Number(signal(status))),
    of_status!("WIFSTOPPED", |status| Told::Truth(is_stopped(status))),
    of_status!("WSTOPSIG", |status| Told::Number(code(status))),
    numbered!("WCOREDUMP", Params::One, &[0], |m, args| {
        Ok(Value::bool(number(m, args.at(0))? & 0x80 != 0).into())
    }),
    of_status!("WIFCONTINUED", |status| Told::Truth(status == 0xffff)),
    numbered!("waitstatus_to_exitcode", Params::named(&["status"], 1), &[0], |m, args| {
        let status = number(m, args.at(0))?;
        let exit = match status {
            _ if signal(status) == 0 => code(status),
            _ if was_killed(status) => -signal(status),
            _ if is_stopped(status) && status >> 16 == 0 && code(status) != 0xff => {
                let by = code(status);
                return Err(m.value_error(format!("process stopped by delivery of signal {by}")));
            }
            _ => return Err(m.value_error(format!("invalid wait status: {status}"))),
        };
        Ok(m.heap.int(exit.into()).into())
    }),
    NativeDef::function("wait", Params::None, |m, _| Err(no_child(m))),
    numbered!("waitpid", Params::Range(2, 2), &[0, 1], |m, args| waited(m, args, 2)),
    numbered!("wait3", Params::named(&["options"], 1), &[0], |m, args| waited(m, args, 1)),
    numbered!("wait4", Params::named(&["pid", "options"], 2), &[0, 1], |m, args| waited(m, args, 2)),
    numbered!("waitid", Params::Range(3, 3), &[0, 1, 2], |m, args| waited(m, args, 3)),
    NativeDef::function(
        "register_at_fork",
        Params::Named { names: &["before", "after_in_child", "after_in_parent"], required: 0, positional: 0 },
        register_at_fork,
    ),
    NativeDef::function("getpgrp", Params::None, |m, _| process(m, "getpgrp", Identity::ProcessGroup)),
    numbered!("getpgid", Params::named(&["pid"], 1), &[0], |m, args| {
        own(m, args.at(0), "getpgid", Identity::ProcessGroup)
    }),
    numbered!("getsid", Params::One, &[0], |m, args| own(m, args.at(0), "getsid", Identity::Session)),
];

/// Those that are refused.
pub static REFUSED: &[NativeDef] = &refused!(
    "_exit" "abort" "execv" "execve" "fork" "forkpty" "kill" "killpg" "nice" "system"
    "setegid" "seteuid" "setgid" "setpgid" "setsid" "setuid" "fchown" "chroot" "fchdir" "mkfifo" "mknod"
    "openpty" "pipe2" "ttyname" "pathconf" "fpathconf" "getloadavg" "getlogin" "getgroups"
    "getpriority" "setpriority" "times" "sync"
);

/// What the operating system says of a program that waits for a process and has none.
fn no_child(m: &mut Machine) -> Raise {
    const NO_CHILD: i32 = 10;
    m.os_error(&OsFailure { errno: NO_CHILD, text: "No child processes".to_owned(), filename: None })
}

fn waited(m: &mut Machine, args: &Args, numbers: usize) -> Eval {
    for index in 0..numbers {
        number(m, args.at(index))?;
    }
    Err(no_child(m))
}

/// Nothing is ever called of what is registered: no program forks.
fn register_at_fork(m: &mut Machine, args: &Args) -> Eval {
    let mut any = false;
    for (index, name) in ["before", "after_in_child", "after_in_parent"].into_iter().enumerate() {
        let Some(function) = args.get(index) else { continue };
        any = true;
        if !m.is_callable(function) {
            let class = m.class_name(function);
            return Err(m.type_error(format!("'{name}' must be callable, not {class}")));
        }
    }
    if any { Ok(Value::NONE.into()) } else { Err(m.type_error("At least one argument is required.")) }
}

fn process(m: &mut Machine, name: &'static str, wanted: Identity) -> Eval {
    m.begin(SystemCall::new(name, Call::Identity(wanted)))
}

/// Of the processes only the program's own is known.
fn own(m: &mut Machine, pid: Value, name: &'static str, wanted: Identity) -> Eval {
    match number(m, pid)? {
        0 => process(m, name, wanted),
        _ => Err(m.unsupported(format!("os.{name}() of a process by its number"))),
    }
}
