//! `select`, as far as nothing has to be waited for: its constants, and waiting for no file at all.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::SystemCall;
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::protocol::number::Number;
use super::super::system::Call;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};

/// `select`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("select", Params::Range(3, 4), select),
        NativeDef::function("poll", Params::None, |m, _| {
            Ok(Value::object(m.heap.alloc(types::POLL, Payload::Slots(Box::new([])))).into())
        }),
    ]],
    types: &[&EPOLL],
    hidden_types: &[&POLL],
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
    ..NativeModule::new("select", "Waiting for files, as far as there is nothing to wait for.")
};

const fn refused(name: &'static str) -> NativeDef {
    NativeDef::method(name, Params::Any, |m, _| Err(m.unsupported("waiting for files (select)")))
}

/// What `select.poll()` makes.
static POLL: TypeSpec = TypeSpec {
    module: "select",
    natives: &[
        refused("register"),
        refused("modify"),
        NativeDef::method("unregister", Params::One, |m, args| Err(m.key_error(args.at(1)))),
        NativeDef::method("poll", Params::Range(0, 1), |m, args| {
            let nanoseconds = match args.some(1).map(|wait| m.heap.number(wait)) {
                Some(Some(Number::Int(wait))) => wait.small().map(|wait| wait as f64 * 1e6),
                Some(Some(Number::Float(wait))) => Some(wait * 1e6),
                _ => None,
            };
            wait(m, nanoseconds, |m, _| Ok(m.heap.list(Vec::new()).into()))
        }),
    ],
    ..TypeSpec::new(types::POLL, "poll")
};

/// `select.epoll`: it can be made and closed.
static EPOLL: TypeSpec = TypeSpec {
    module: "select",
    natives: &[
        NativeDef::new(Params::Any, |m, _| Ok(epoll(m, types::EPOLL).into())),
        NativeDef::method("close", Params::None, |m, args| {
            let handle = args.at(0).handle().expect("an epoll is a heap object");
            if let Payload::Slots(slots) = m.heap.payload_mut(handle) {
                slots[0] = Some(Value::TRUE);
            }
            Ok(Value::NONE.into())
        }),
        NativeDef::method("__enter__", Params::None, |_, args| Ok(args.at(0).into())),
        refused("register"),
        refused("modify"),
        refused("unregister"),
        refused("poll"),
        refused("fileno"),
    ],
    accessors: &[Accessor::read_only("closed", |m, epoll| match m.heap.payload_of(epoll) {
        Some(Payload::Slots(slots)) => Ok(slots[0].unwrap_or(Value::FALSE).into()),
        _ => panic!("an epoll has a slot"),
    })],
    ..TypeSpec::new(types::EPOLL, "epoll")
};

fn epoll(m: &mut Machine, class: Handle) -> Value {
    Value::object(m.heap.alloc(class, Payload::Slots(Box::new([Some(Value::FALSE)]))))
}

/// `select(readers, writers, exceptional, timeout=None)`.
fn select(m: &mut Machine, args: &Args) -> Eval {
    for index in 0..3 {
        if m.heap.items_of(args.at(index)).is_none_or(|files| !files.is_empty()) {
            return Err(m.unsupported("waiting for files (select)"));
        }
    }
    let nanoseconds = match args.some(3).map(|wait| m.heap.number(wait)) {
        None => None,
        Some(Some(Number::Int(wait))) => wait.small().map(|wait| wait as f64 * 1e9),
        Some(Some(Number::Float(wait))) => Some(wait * 1e9),
        Some(_) => return Err(m.type_error("timeout must be a float or None")),
    };
    if nanoseconds.is_some_and(|wait| wait < 0.0) {
        return Err(m.value_error("timeout must be non-negative"));
    }
    wait(m, nanoseconds, |m, _| {
        let lists = [(); 3].map(|()| m.heap.list(Vec::new()));
        Ok(m.heap.tuple(lists.to_vec()).into())
    })
}

/// Waits so many nanoseconds, and then goes on.
fn wait(m: &mut Machine, nanoseconds: Option<f64>, then: super::super::object::function::NativeBody) -> Eval {
    match nanoseconds {
        None => Err(m.unsupported("waiting for files for ever (select)")),
        Some(wait) if wait <= 0.0 => then(m, &Args::default()),
        Some(wait) => {
            let slept = m.begin(SystemCall::new("select", Call::Sleep(wait as u64)))?;
            m.continue_with("select", slept, Args::new([Value::NONE]), 0, then)
        }
    }
}
