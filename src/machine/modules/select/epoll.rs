//! `select.epoll`: a list of files that the operating system keeps.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Style, SystemCall};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::extension::Extension;
use super::super::super::object::function::{NativeBody, NativeDef};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::system::{Call, EpollChange};
use super::super::super::value::Value;
use super::{Waiting, descriptor, milliseconds, refuse_standard};

/// `EPOLLIN | EPOLLPRI | EPOLLOUT`.
const ANYTHING: u32 = 7;
/// How many files a wait tells of, if nobody says otherwise.
const MOST: i32 = 1023;

/// `select.epoll`.
pub static EPOLL: TypeSpec = TypeSpec {
    module: "select",
    natives: &[
        NativeDef::new(Params::named(&["sizehint", "flags"], 0), |m, args| {
            m.with_indices("epoll", args, &[1, 2], Style::Plain, new)
        }),
        NativeDef::class_method("fromfd", Params::One, |m, _| Err(m.unsupported("select.epoll.fromfd()"))),
        NativeDef::method("close", Params::None, close),
        NativeDef::method("fileno", Params::None, |m, args| {
            let fd = open(m, args)?;
            Ok(m.heap.int(fd.into()).into())
        }),
        NativeDef::method("register", Params::named(&["fd", "eventmask"], 1), |m, args| {
            of_file(m, args, "register", |m, args| {
                let (fd, events) = (m.c_int(args.at(1))?, events(m, args)?);
                refuse_standard(m, fd)?;
                change(m, args, EpollChange::Add(fd, events))
            })
        }),
        NativeDef::method("modify", Params::named(&["fd", "eventmask"], 2), |m, args| {
            of_file(m, args, "modify", |m, args| {
                let (fd, events) = (m.c_int(args.at(1))?, events(m, args)?);
                change(m, args, EpollChange::Modify(fd, events))
            })
        }),
        NativeDef::method("unregister", Params::named(&["fd"], 1), |m, args| {
            of_file(m, args, "unregister", |m, args| {
                let fd = m.c_int(args.at(1))?;
                change(m, args, EpollChange::Delete(fd))
            })
        }),
        NativeDef::method("poll", Params::named(&["timeout", "maxevents"], 0), |m, args| {
            m.with_indices("poll", args, &[2], Style::Plain, poll)
        }),
        NativeDef::method("__enter__", Params::None, |m, args| {
            open(m, args)?;
            Ok(args.at(0).into())
        }),
        NativeDef::method("__exit__", Params::Range(0, 3), close),
    ],
    accessors: &[Accessor::read_only("closed", |m, epoll| {
        Ok(Value::bool(matches!(m.heap.waiting(epoll), Waiting::Epoll(..0))).into())
    })],
    ..TypeSpec::new(types::EPOLL, "epoll")
};

/// `epoll(sizehint=-1, flags=0)`.
fn new(m: &mut Machine, args: &Args) -> Eval {
    const CLOSED_BY_EXEC: i32 = 0x8_0000;
    let given = |index| args.get(index);
    let size = given(1).map_or(Ok(-1), |size| m.c_int(size))?;
    let flags = given(2).map_or(Ok(0), |flags| m.c_int(flags))?;
    if size == 0 || size < -1 {
        return Err(m.value_error("negative sizehint"));
    }
    if flags & !CLOSED_BY_EXEC != 0 {
        return Err(m.os_error_text("invalid flags"));
    }
    let made = m.begin(SystemCall::new("epoll", Call::Epoll))?;
    m.continue_with("epoll", made, Args::new([Value::NONE]), 0, |m, args| {
        let fd = m.c_int(args.at(0))?;
        let payload = Payload::Extension(Box::new(Extension::Waiting(Waiting::Epoll(fd))));
        Ok(Value::object(m.heap.alloc(types::EPOLL, payload)).into())
    })
}

/// The number of a list that must be open.
fn open(m: &mut Machine, args: &Args) -> Result<i32, Raise> {
    match m.heap.waiting(args.at(0)) {
        Waiting::Epoll(fd @ 0..) => Ok(*fd),
        _ => Err(m.value_error("I/O operation on closed epoll object")),
    }
}

pub fn close(m: &mut Machine, args: &Args) -> Eval {
    match std::mem::replace(m.heap.waiting_mut(args.at(0)), Waiting::Epoll(-1)) {
        Waiting::Epoll(fd @ 0..) => m.begin(SystemCall::new("close", Call::Close(fd))),
        _ => Ok(Value::NONE.into()),
    }
}

/// Goes on with `body` once the arguments of a change are numbers.
fn of_file(m: &mut Machine, args: &Args, name: &'static str, body: NativeBody) -> Eval {
    open(m, args)?;
    if let Some(events) = args.get(2)
        && m.heap.int_ref(events).is_none()
        && m.heap.special(events, names::INDEX).is_some()
    {
        return Err(m.unsupported("an event mask by __index__ (select)"));
    }
    let fd = descriptor(m, args.at(1))?;
    m.continue_with(name, fd, args.clone(), 1, body)
}

/// What a file is to be able to do: the lower 32 bits.
fn events(m: &mut Machine, args: &Args) -> Result<u32, Raise> {
    let Some(events) = args.get(2) else { return Ok(ANYTHING) };
    match m.index_clamped(events) {
        Some(events) => Ok(events as u32),
        None => {
            let class = m.class_name(events);
            Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")))
        }
    }
}

fn change(m: &mut Machine, args: &Args, change: EpollChange) -> Eval {
    let fd = open(m, args)?;
    m.begin(SystemCall::new("epoll", Call::EpollChange(fd, change)))
}

/// `poll(timeout=None, maxevents=-1)`.
fn poll(m: &mut Machine, args: &Args) -> Eval {
    const SECOND: i64 = 1_000_000_000;
    let fd = open(m, args)?;
    let timeout = milliseconds(m, args.some(1), SECOND)?;
    let most = match args.get(2).map_or(Ok(-1), |most| m.c_int(most))? {
        -1 => MOST,
        most @ 1.. => most,
        most => return Err(m.value_error(format!("maxevents must be greater than 0, got {most}"))),
    };
    m.begin(SystemCall::new("epoll.poll", Call::EpollWait(fd, most as usize, timeout)))
}
