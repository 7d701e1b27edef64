//! What `select.poll()` makes: a list of files that is handed to the operating system with each wait.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::ask::OsFailure;
use super::super::super::frame::Eval;
use super::super::super::native::{Style, SystemCall};
use super::super::super::object::class::TypeSpec;
use super::super::super::object::function::NativeDef;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::system::Call;
use super::super::super::value::Value;
use super::{Waiting, descriptor, milliseconds, refuse_standard};

/// `POLLIN | POLLPRI | POLLOUT`.
const ANYTHING: u32 = 7;

/// `select.poll`.
pub static POLL: TypeSpec = TypeSpec {
    module: "select",
    natives: &[
        NativeDef::method("register", Params::Range(1, 2), |m, args| {
            let fd = descriptor(m, args.at(1))?;
            m.continue_with("register", fd, args.clone(), 1, |m, args| {
                m.with_indices("register", args, &[2], Style::Plain, |m, args| {
                    let (fd, events) = (m.c_int(args.at(1))?, events(m, args)?);
                    let files = files(m, args.at(0));
                    match files.iter_mut().find(|file| file.0 == fd) {
                        Some(file) => file.1 = events,
                        None => files.push((fd, events)),
                    }
                    Ok(Value::NONE.into())
                })
            })
        }),
        NativeDef::method("modify", Params::Range(2, 2), |m, args| {
            let fd = descriptor(m, args.at(1))?;
            m.continue_with("modify", fd, args.clone(), 1, |m, args| {
                m.with_indices("modify", args, &[2], Style::Plain, modify)
            })
        }),
        NativeDef::method("unregister", Params::One, |m, args| {
            let fd = descriptor(m, args.at(1))?;
            m.continue_with("unregister", fd, args.clone(), 1, |m, args| {
                let fd = m.c_int(args.at(1))?;
                let files = files(m, args.at(0));
                match files.iter().position(|file| file.0 == fd) {
                    Some(place) => {
                        files.remove(place);
                        Ok(Value::NONE.into())
                    }
                    None => Err(m.key_error(args.at(1))),
                }
            })
        }),
        NativeDef::method("poll", Params::Range(0, 1), |m, args| {
            const MILLISECOND: i64 = 1_000_000;
            let timeout = milliseconds(m, args.some(1), MILLISECOND)?;
            let files = files(m, args.at(0)).clone();
            for (fd, _) in &files {
                refuse_standard(m, *fd)?;
            }
            m.begin(SystemCall::new("poll", Call::Poll(files.into(), timeout)))
        }),
    ],
    ..TypeSpec::new(types::POLL, "poll")
};

fn files(m: &mut Machine, poll: Value) -> &mut Vec<(i32, u32)> {
    match m.heap.waiting_mut(poll) {
        Waiting::Poll(files) => files,
        Waiting::Epoll(_) => panic!("a poll has a list of files"),
    }
}

/// What a file is to be able to do: 16 bits.
fn events(m: &mut Machine, args: &Args) -> Result<u32, Raise> {
    let Some(events) = args.get(2) else { return Ok(ANYTHING) };
    match m.index_clamped(events).map(u16::try_from) {
        Some(Ok(events)) => Ok(events.into()),
        _ if m.index_clamped(events).is_some_and(|events| events < 0) => {
            Err(m.value_error("Cannot convert negative int"))
        }
        _ => Err(m.overflow_error("Python int too large for C unsigned short")),
    }
}

fn modify(m: &mut Machine, args: &Args) -> Eval {
    const NOT_THERE: i32 = 2;
    let (fd, events) = (m.c_int(args.at(1))?, events(m, args)?);
    match files(m, args.at(0)).iter_mut().find(|file| file.0 == fd) {
        Some(file) => {
            file.1 = events;
            Ok(Value::NONE.into())
        }
        None => {
            let text = "No such file or directory".to_owned();
            Err(m.os_error(&OsFailure { errno: NOT_THERE, text, filename: None }))
        }
    }
}
