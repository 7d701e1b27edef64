//! `select`: waiting for several files at once.
//!
//! Each wait leaves the machine as a question.  The standard streams are not waited for: what is read there is asked
//! for line by line, and what is written is the machine's own output.

mod epoll;
mod poll;
mod sets;

pub use sets::Selecting;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::names;
use super::super::object::extension::Extension;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::protocol::number::Number;
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};
use super::native::{Constant, NativeModule};

/// `select`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("select", Params::Range(3, 4), sets::select),
        NativeDef::function("poll", Params::None, |m, _| {
            let payload = Payload::Extension(Box::new(Extension::Waiting(Waiting::Poll(Vec::new()))));
            Ok(Value::object(m.heap.alloc(types::POLL, payload)).into())
        }),
    ]],
    types: &[&epoll::EPOLL],
    hidden_types: &[&poll::POLL],
    constants: &[
        ("error", Constant::Type(types::OS_ERROR)),
        ("PIPE_BUF", Constant::Int(4096)),
        ("POLLIN", Constant::Int(1)),
        ("POLLPRI", Constant::Int(2)),
        ("POLLOUT", Constant::Int(4)),
        ("POLLERR", Constant::Int(8)),
        ("POLLHUP", Constant::Int(16)),
        ("POLLNVAL", Constant::Int(32)),
        ("POLLRDNORM", Constant::Int(64)),
        ("POLLRDBAND", Constant::Int(128)),
        ("POLLWRNORM", Constant::Int(256)),
        ("POLLWRBAND", Constant::Int(512)),
        ("POLLMSG", Constant::Int(1024)),
        ("POLLRDHUP", Constant::Int(8192)),
        ("EPOLLIN", Constant::Int(1)),
        ("EPOLLPRI", Constant::Int(2)),
        ("EPOLLOUT", Constant::Int(4)),
        ("EPOLLERR", Constant::Int(8)),
        ("EPOLLHUP", Constant::Int(16)),
        ("EPOLLRDNORM", Constant::Int(64)),
        ("EPOLLRDBAND", Constant::Int(128)),
        ("EPOLLWRNORM", Constant::Int(256)),
        ("EPOLLWRBAND", Constant::Int(512)),
        ("EPOLLMSG", Constant::Int(1024)),
        ("EPOLLRDHUP", Constant::Int(8192)),
        ("EPOLLEXCLUSIVE", Constant::Int(1 << 28)),
        ("EPOLLWAKEUP", Constant::Int(1 << 29)),
        ("EPOLLONESHOT", Constant::Int(1 << 30)),
        ("EPOLLET", Constant::Int(1 << 31)),
        ("EPOLL_CLOEXEC", Constant::Int(0x80000)),
    ],
    ..NativeModule::new("select", "Waiting for several files at once.")
};

/// What `select.poll` and `select.epoll` hold.
#[derive(Clone, Debug, Hash)]
pub enum Waiting {
    /// The files that are waited for, and until they can do what.
    Poll(Vec<(i32, u32)>),
    /// The number of a list of the operating system; negative when it is closed.
    Epoll(i32),
}

impl Heap {
    fn waiting(&self, value: Value) -> &Waiting {
        match self.payload_of(value) {
            Some(Payload::Extension(extension)) => match &**extension {
                Extension::Waiting(waiting) => waiting,
                _ => panic!("something that waits is there"),
            },
            _ => panic!("something that waits is there"),
        }
    }

    fn waiting_mut(&mut self, value: Value) -> &mut Waiting {
        match value.handle().map(|handle| self.payload_mut(handle)) {
            Some(Payload::Extension(extension)) => match &mut **extension {
                Extension::Waiting(waiting) => waiting,
                _ => panic!("something that waits is there"),
            },
            _ => panic!("something that waits is there"),
        }
    }

    /// Whether an object is a list of the operating system's that is to be closed when it goes.
    pub(in crate::machine) fn is_open_epoll(&self, handle: Handle) -> bool {
        match self.payload(handle) {
            Payload::Extension(extension) => matches!(**extension, Extension::Waiting(Waiting::Epoll(0..))),
            _ => false,
        }
    }
}

impl Machine {
    /// Closes a list that nobody holds any more.
    pub(in crate::machine) fn close_epoll(&mut self, handle: Handle) -> Eval {
        epoll::close(self, &Args::new([Value::object(handle)]))
    }
}

/// The number of an open file: an int, or what its `fileno()` gives.
fn descriptor(m: &mut Machine, value: Value) -> Eval {
    if m.heap.int_ref(value).is_some() {
        let fd = checked(m, value)?;
        if let Kind::Bool(_) = value.kind() {
            return m.warned(types::RUNTIME_WARNING, "bool is used as a file descriptor", fd);
        }
        return Ok(fd.into());
    }
    let name = m.text_handle("fileno");
    let method = m.get_attr_or(value, name, Value::NONE)?;
    m.continue_with("fileno", method, Args::new([Value::NONE]), 0, |m, args| {
        if args.at(0).is_none() {
            return Err(m.type_error("argument must be an int, or have a fileno() method."));
        }
        let fd = m.call(args.at(0), Args::default())?;
        m.continue_with("fileno", fd, Args::new([Value::NONE]), 0, |m, args| {
            if m.heap.int_ref(args.at(0)).is_none() {
                return Err(m.type_error("fileno() returned a non-integer"));
            }
            Ok(checked(m, args.at(0))?.into())
        })
    })
}

/// The same of an int: one that C takes for an int of its own, and not negative.
fn checked(m: &mut Machine, value: Value) -> Result<Value, Raise> {
    match m.c_int(value)? {
        fd @ 0.. => Ok(m.heap.int(fd.into())),
        fd => Err(m.value_error(format!("file descriptor cannot be a negative integer ({fd})"))),
    }
}

/// The standard streams are not waited for.
fn refuse_standard(m: &mut Machine, fd: i32) -> Result<(), Raise> {
    match fd {
        0..=2 => Err(m.unsupported("waiting for a standard stream (select)")),
        _ => Ok(()),
    }
}

/// How many nanoseconds a wait may take that is given in units of so many; none where it has no end.  `wanted`
/// says what it should have been.
fn nanoseconds(m: &mut Machine, wait: Option<Value>, unit: i64, wanted: &str) -> Result<Option<i64>, Raise> {
    // A time is kept in 63 bits.
    const MOST: f64 = 9_223_372_036_854_775_807.0;
    let Some(wait) = wait else { return Ok(None) };
    let nanoseconds = match m.heap.number(wait) {
        Some(Number::Float(wait)) if wait.is_nan() => {
            return Err(m.value_error("Invalid value NaN (not a number)"));
        }
        // Away from zero, so that nobody comes back too early.
        Some(Number::Float(wait)) => {
            let exact = wait * unit as f64;
            if exact < 0.0 { exact.floor() } else { exact.ceil() }
        }
        Some(Number::Int(_)) => m.index_clamped(wait).unwrap_or(i64::MAX) as f64 * unit as f64,
        _ if m.heap.special(wait, names::INDEX).is_some() => {
            return Err(m.unsupported("waiting as long as an __index__ says (select)"));
        }
        _ => return Err(m.type_error(format!("timeout must be {wanted} or None"))),
    };
    if nanoseconds.abs() >= MOST {
        return Err(m.overflow_error("timestamp out of range for C PyTime_t"));
    }
    Ok(Some(nanoseconds as i64))
}

/// The same in whole milliseconds, as the operating system counts them; one that is negative has no end.
fn milliseconds(m: &mut Machine, wait: Option<Value>, unit: i64) -> Result<Option<u64>, Raise> {
    const MILLISECOND: i64 = 1_000_000;
    let Some(wait) = nanoseconds(m, wait, unit, "an integer")? else { return Ok(None) };
    let whole = wait / MILLISECOND + i64::from(wait % MILLISECOND > 0);
    if i32::try_from(whole).is_err() {
        return Err(m.overflow_error("timeout is too large"));
    }
    Ok(if wait < 0 { None } else { Some((whole * MILLISECOND).cast_unsigned()) })
}
