//! The type `socket`.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::{OpenThing, Style, SystemCall};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::extension::Extension;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::system::{Call, Descriptor, SocketCall};
use super::super::super::value::Value;
use super::{INET, STREAM, timeout, transfer};

/// What `type` may say beside the type of the socket: that it does not wait, and who inherits it.
const NOT_BLOCKING: i32 = 0x800;
const CLOSED_BY_EXEC: i32 = 0x8_0000;

/// The payload of a socket.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Socket {
    /// The number of its file; negative when it is closed.
    pub fd: i32,
    /// Family, type and protocol.
    pub kind: [i32; 3],
    /// How many nanoseconds it waits; for ever if there is none.
    pub timeout: Option<i64>,
}

macro_rules! refused {
    ($name:literal) => {
        NativeDef::method($name, Params::Any, |m, _| {
            Err(m.unsupported(concat!("socket.", $name, "() (networks)")))
        })
    };
}

/// `_socket.socket`.
pub static SOCKET: TypeSpec = TypeSpec {
    module: "_socket",
    subclassable: true,
    doc: Some("A socket: an end of a connection."),
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = m.class_argument(args)?;
            let socket = Socket { fd: -1, kind: [0; 3], timeout: m.socket_timeout };
            let payload = Payload::Extension(Box::new(Extension::Socket(socket)));
            Ok(Value::object(m.heap.alloc(class, payload)).into())
        }),
        NativeDef::wrapper(
            "__init__",
            Params::named(&["family", "type", "proto", "fileno"], 0),
            |m, args| m.with_indices("socket", args, &[1, 2, 3], Style::Plain, init),
        ),
        NativeDef::wrapper("__repr__", Params::None, |m, args| {
            let Socket { fd, kind: [family, kind, protocol], .. } = *m.heap.socket(args.at(0));
            let text = format!("<socket object, fd={fd}, family={family}, type={kind}, proto={protocol}>");
            Ok(m.heap.str(text).into())
        }),
        NativeDef::wrapper("__del__", Params::None, |m, args| match m.heap.socket(args.at(0)).fd {
            ..0 => Ok(Value::NONE.into()),
            _ => {
                let warned = m.warn_of_open(OpenThing::Socket, args.at(0), args.at(0))?;
                m.continue_with("__del__", warned, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
                    close(m, args.at(0))
                })
            }
        }),
        NativeDef::method("fileno", Params::None, |m, args| {
            let fd = m.heap.socket(args.at(0)).fd;
            Ok(m.heap.int(fd.into()).into())
        }),
        NativeDef::method("detach", Params::None, |m, args| {
            let fd = std::mem::replace(&mut m.heap.socket_mut(args.at(0)).fd, -1);
            Ok(m.heap.int(fd.into()).into())
        }),
        NativeDef::method("close", Params::None, |m, args| close(m, args.at(0))),
        NativeDef::method("setblocking", Params::One, |m, args| {
            m.with_indices("setblocking", args, &[1], Style::Truth, |m, args| {
                let timeout = if args.flag(1, true) { None } else { Some(0) };
                m.heap.socket_mut(args.at(0)).timeout = timeout;
                set_blocking(m, args.at(0))
            })
        }),
        NativeDef::method("getblocking", Params::None, |m, args| {
            Ok(Value::bool(m.heap.socket(args.at(0)).timeout != Some(0)).into())
        }),
        NativeDef::method("settimeout", Params::One, |m, args| {
            timeout::given(m, args, 1, |m, args| {
                let timeout = timeout::of(m, args.at(1))?;
                m.heap.socket_mut(args.at(0)).timeout = timeout;
                set_blocking(m, args.at(0))
            })
        }),
        NativeDef::method("gettimeout", Params::None, |m, args| {
            let timeout = m.heap.socket(args.at(0)).timeout;
            Ok(timeout::told(m, timeout).into())
        }),
        NativeDef::method("getsockname", Params::None, |m, args| {
            let fd = m.heap.socket(args.at(0)).fd;
            m.begin(SystemCall::new("getsockname", Call::Socket(SocketCall::Name(fd))))
        }),
        NativeDef::method("getpeername", Params::None, |m, args| {
            let fd = m.heap.socket(args.at(0)).fd;
            m.begin(SystemCall::new("getpeername", Call::Socket(SocketCall::Peer(fd))))
        }),
        NativeDef::method("shutdown", Params::One, |m, args| {
            m.with_indices("shutdown", args, &[1], Style::Plain, |m, args| {
                let (fd, how) = (m.heap.socket(args.at(0)).fd, m.c_int(args.at(1))?);
                m.begin(SystemCall::new("shutdown", Call::Socket(SocketCall::Shutdown(fd, how))))
            })
        }),
        NativeDef::method("recv", Params::Any, transfer::receive),
        NativeDef::method("recvfrom", Params::Any, transfer::receive_from),
        NativeDef::method("recv_into", Params::Any, transfer::receive_into),
        NativeDef::method("send", Params::Any, transfer::send),
        NativeDef::method("sendall", Params::Any, transfer::send_all),
        refused!("_accept"),
        refused!("bind"),
        refused!("connect"),
        refused!("connect_ex"),
        refused!("getsockopt"),
        refused!("listen"),
        refused!("recvfrom_into"),
        refused!("recvmsg"),
        refused!("recvmsg_into"),
        refused!("sendmsg"),
        refused!("sendmsg_afalg"),
        refused!("sendto"),
        refused!("setsockopt"),
    ],
    accessors: &[
        part::<0>("family").as_member(),
        part::<1>("type").as_member(),
        part::<2>("proto").as_member(),
        Accessor::read_only("timeout", |m, socket| {
            let timeout = m.heap.socket(socket).timeout;
            Ok(timeout::told(m, timeout).into())
        }),
    ],
    ..TypeSpec::new(types::SOCKET, "socket")
};

const fn part<const INDEX: usize>(name: &'static str) -> Accessor {
    Accessor::read_only(name, |m, socket| {
        let number = m.heap.socket(socket).kind[INDEX];
        Ok(m.heap.int(number.into()).into())
    })
}

impl Heap {
    /// The socket that a value must be.
    pub(in crate::machine) fn socket(&self, value: Value) -> &Socket {
        match self.payload_of(value) {
            Some(Payload::Extension(extension)) => match &**extension {
                Extension::Socket(socket) => socket,
                _ => panic!("a socket is there"),
            },
            _ => panic!("a socket is there"),
        }
    }

    /// The same, to change it.
    fn socket_mut(&mut self, value: Value) -> &mut Socket {
        match value.handle().map(|handle| self.payload_mut(handle)) {
            Some(Payload::Extension(extension)) => match &mut **extension {
                Extension::Socket(socket) => socket,
                _ => panic!("a socket is there"),
            },
            _ => panic!("a socket is there"),
        }
    }
}

/// A socket for a file that is open.
pub fn made(m: &mut Machine, fd: i32, [family, kind, protocol]: [i32; 3]) -> Value {
    let socket = Socket { fd, kind: [family, plain(kind), protocol], timeout: first_timeout(m, kind) };
    Value::object(m.heap.alloc(types::SOCKET, Payload::Extension(Box::new(Extension::Socket(socket)))))
}

/// How long a new socket waits.
const fn first_timeout(m: &Machine, kind: i32) -> Option<i64> {
    if kind & NOT_BLOCKING == 0 { m.socket_timeout } else { Some(0) }
}

/// The type of a socket alone.
const fn plain(kind: i32) -> i32 {
    kind & !(NOT_BLOCKING | CLOSED_BY_EXEC)
}

/// Tells the operating system whether whoever reads a socket waits: not where only so long is waited.
pub fn set_blocking(m: &mut Machine, socket: Value) -> Eval {
    let Socket { fd, timeout, .. } = *m.heap.socket(socket);
    m.begin(SystemCall::new("setblocking", Call::SetDescriptor(fd, Descriptor::Blocking, timeout.is_none())))
}

/// `__init__(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None)`.
fn init(m: &mut Machine, args: &Args) -> Eval {
    let mut kind = [-1; 3];
    for (index, part) in kind.iter_mut().enumerate() {
        if let Some(given) = args.get(index + 1) {
            *part = m.c_int(given)?;
        }
    }
    if args.some(4).is_some() {
        let args = Args::new(
            [args.at(0)].into_iter().chain(kind.map(|part| m.heap.int(part.into()))).chain(args.get(4)),
        );
        return m.with_indices("socket", &args, &[4], Style::Plain, adopt);
    }
    let [family, of_type, protocol] = kind;
    let kind = [
        if family == -1 { INET } else { family },
        if of_type == -1 { STREAM } else { of_type },
        if protocol == -1 { 0 } else { protocol },
    ];
    let opened = m.begin(SystemCall::new("socket", Call::Socket(SocketCall::New(kind))))?;
    let kind = kind.map(|part| m.heap.int(part.into()));
    let args = Args::new([args.at(0), Value::NONE].into_iter().chain(kind));
    m.continue_with("socket", opened, args, 1, begin)
}

/// `__init__(…, fileno=number)`: a socket for a file that is one.
fn adopt(m: &mut Machine, args: &Args) -> Eval {
    let fd = m.c_int(args.at(4))?;
    if fd < 0 {
        return Err(m.value_error("negative file descriptor"));
    }
    let known = m.begin(SystemCall::new("socket", Call::Socket(SocketCall::Look(fd))))?;
    let args = Args::new(args.rest(0).chain([Value::NONE]));
    m.continue_with("socket", known, args, 5, |m, args| {
        let known = m.tuple_items(args.at(5)).to_vec();
        let mut kind = [0; 3];
        for (index, part) in kind.iter_mut().enumerate() {
            let given = m.c_int(args.at(index + 1))?;
            *part = if given == -1 { m.c_int(known[index])? } else { given };
        }
        let kind = kind.map(|part| m.heap.int(part.into()));
        begin(m, &Args::new([args.at(0), args.at(4)].into_iter().chain(kind)))
    })
}

/// Gives a socket its file and what it is.
fn begin(m: &mut Machine, args: &Args) -> Eval {
    let fd = m.c_int(args.at(1))?;
    let mut kind = [0; 3];
    for (index, part) in kind.iter_mut().enumerate() {
        *part = m.c_int(args.at(index + 2))?;
    }
    let timeout = first_timeout(m, kind[1]);
    kind[1] = plain(kind[1]);
    *m.heap.socket_mut(args.at(0)) = Socket { fd, kind, timeout };
    if timeout.is_none() { Ok(Value::NONE.into()) } else { set_blocking(m, args.at(0)) }
}

fn close(m: &mut Machine, socket: Value) -> Eval {
    match std::mem::replace(&mut m.heap.socket_mut(socket).fd, -1) {
        ..0 => Ok(Value::NONE.into()),
        fd => m.begin(SystemCall::new("close", Call::Close(fd))),
    }
}
