//! `_socket`: sockets of this machine, names for what goes on in networks, and addresses as text.
//!
//! A socket is one of the operating system, and what it is asked leaves the machine as a question, as with files.
//! What would go out to a network, or wait for it, is refused by its name.

mod address;
mod constants;
mod numbers;
mod object;
mod timeout;
mod transfer;

pub use object::Socket;
pub use transfer::Transfer;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::OsFailure;
use super::super::frame::Eval;
use super::super::native::{Style, SystemCall};
use super::super::number::IntRef;
use super::super::object::class::{Layout, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::system::{Call, SocketCall};
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};

/// `socket.AF_UNIX`.
const UNIX: i32 = 1;
/// `socket.AF_INET`.
const INET: i32 = 2;
/// `socket.SOCK_STREAM`.
const STREAM: i32 = 1;

/// Functions that ask the network, or the files that tell of it.
macro_rules! refused {
    ($($name:literal)*) => {
        &[$(NativeDef::function($name, Params::Any, |m, _| {
            Err(m.unsupported(concat!("socket.", $name, "()")))
        })),*]
    };
}

/// `_socket`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[
        FUNCTIONS,
        address::FUNCTIONS,
        numbers::FUNCTIONS,
        refused!("gethostbyname" "gethostbyname_ex" "gethostbyaddr" "sethostname" "getservbyname" "getservbyport"
            "getprotobyname" "getaddrinfo" "getnameinfo" "if_nameindex" "if_nametoindex" "if_indextoname"),
    ],
    types: &[&object::SOCKET, &HOST_ERROR, &ADDRESS_ERROR],
    constants: constants::CONSTANTS,
    fill: |m, dict| {
        m.set_constant(dict, "error", Constant::Type(types::OS_ERROR));
        m.set_constant(dict, "timeout", Constant::Type(types::TIMEOUT_ERROR));
        m.set_constant(dict, "SocketType", Constant::Type(types::SOCKET));
        m.set_text_name(dict, "has_ipv6", Value::TRUE);
    },
    ..NativeModule::new("_socket", "Sockets, and addresses as text.")
};

/// `socket.herror`.
static HOST_ERROR: TypeSpec = error(types::HOST_ERROR, "herror");
/// `socket.gaierror`.
static ADDRESS_ERROR: TypeSpec = error(types::ADDRESS_ERROR, "gaierror");

const fn error(handle: Handle, name: &'static str) -> TypeSpec {
    TypeSpec {
        module: "socket",
        base: types::OS_ERROR,
        layout: Layout::Builtin(types::OS_ERROR),
        subclassable: true,
        has_dict: true,
        ..TypeSpec::new(handle, name)
    }
}

static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("gethostname", Params::None, |m, _| {
        let system = m.begin(SystemCall::new("gethostname", Call::System))?;
        m.continue_with("gethostname", system, Args::new([Value::NONE]), 0, |m, args| {
            const NODE: usize = 1;
            Ok(m.tuple_items(args.at(0))[NODE].into())
        })
    }),
    NativeDef::function("close", Params::One, |m, args| {
        m.with_indices("close", args, &[0], Style::Plain, |m, args| {
            let fd = m.c_int(args.at(0))?;
            m.begin(SystemCall::new("close", Call::Close(fd)))
        })
    }),
    NativeDef::function("dup", Params::One, |m, args| {
        m.with_indices("dup", args, &[0], Style::Plain, |m, args| {
            let fd = m.c_int(args.at(0))?;
            m.begin(SystemCall::new("dup", Call::Duplicate(fd)))
        })
    }),
    NativeDef::function("socketpair", Params::Any, |m, args| {
        counted(m, "socketpair", args, 0, 3)?;
        m.with_indices("socketpair", args, &[0, 1, 2], Style::Plain, pair)
    }),
    NativeDef::function("getdefaulttimeout", Params::None, |m, _| {
        let timeout = m.socket_timeout;
        Ok(timeout::told(m, timeout).into())
    }),
    NativeDef::function("setdefaulttimeout", Params::One, |m, args| {
        timeout::given(m, args, 0, |m, args| {
            m.socket_timeout = timeout::of(m, args.at(0))?;
            Ok(Value::NONE.into())
        })
    }),
];

/// `socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0)`.
fn pair(m: &mut Machine, args: &Args) -> Eval {
    let mut kind = [UNIX, STREAM, 0];
    for (index, part) in kind.iter_mut().enumerate() {
        if let Some(given) = args.get(index) {
            *part = c_int(m, given)?;
        }
    }
    let pair = m.begin(SystemCall::new("socketpair", Call::Socket(SocketCall::Pair(kind))))?;
    let args = Args::new([Value::NONE].into_iter().chain(kind.map(|part| m.heap.int(part.into()))));
    m.continue_with("socketpair", pair, args, 0, |m, args| {
        let mut kind = [0; 3];
        for (index, part) in kind.iter_mut().enumerate() {
            *part = m.c_int(args.at(index + 1))?;
        }
        let [one, other] = [0, 1].map(|index| m.tuple_items(args.at(0))[index]);
        let [one, other] = [m.c_int(one)?, m.c_int(other)?];
        let sockets = [one, other].map(|fd| object::made(m, fd, kind));
        let [one, other] = sockets;
        let both = m.heap.tuple(vec![one, other]);
        if m.socket_timeout.is_none() {
            return Ok(both.into());
        }
        let args = Args::new([both, one, other]);
        let first = object::set_blocking(m, one)?;
        m.continue_with("socketpair", first, args, 1, |m, args| {
            let second = object::set_blocking(m, args.at(2))?;
            m.continue_with("socketpair", second, args.clone(), 1, |_, args| Ok(args.at(0).into()))
        })
    })
}

/// Complains of other arguments than a function takes that reads them in the old way: so many.
fn counted(m: &mut Machine, name: &str, args: &Args, low: usize, high: usize) -> Result<(), Raise> {
    if args.keywords().next().is_some() {
        return Err(m.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = args.len();
    if (low..=high).contains(&given) {
        return Ok(());
    }
    let (how, count) = match (low == high, given < low) {
        (true, _) => ("exactly", low),
        (false, true) => ("at least", low),
        (false, false) => ("at most", high),
    };
    let plural = if count == 1 { "" } else { "s" };
    Err(m.type_error(format!("{name}() takes {how} {count} argument{plural} ({given} given)")))
}

/// The number that an int is, where C takes it for an int of its own, in the words of the old way.
fn c_int(m: &mut Machine, value: Value) -> Result<i32, Raise> {
    let Some(number) = m.heap.int_ref(value).and_then(IntRef::small) else {
        return Err(m.overflow_error("Python int too large to convert to C long"));
    };
    i32::try_from(number).map_err(|_| {
        let how = if number > 0 { "greater than maximum" } else { "less than minimum" };
        m.overflow_error(format!("signed integer is {how}"))
    })
}

/// What the operating system would say.
fn failed(m: &mut Machine, errno: i32, text: &str) -> Raise {
    m.os_error(&OsFailure { errno, text: text.to_owned(), filename: None })
}
