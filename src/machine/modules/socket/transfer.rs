//! What goes through a socket: it waits as long as the socket does, then asks once, or until all is sent.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise, Style, SystemCall};
use super::super::super::object::function::NativeBody;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::system::{Call, SocketCall};
use super::super::super::value::{Handle, Value};
use super::{c_int, counted};

/// `poll` is asked whether there is something to read, or room to write.
const READABLE: u32 = 1;
const WRITABLE: u32 = 4;
/// It waits whole milliseconds; what is left of one counts as one.
const MILLISECOND: u64 = 1_000_000;

/// What is to be done.
#[derive(Clone, Debug, Hash)]
enum Action {
    /// So many bytes are received, at most.
    Receive(usize),
    /// The same, and who sent them is told.
    ReceiveFrom(usize),
    /// The same, into the memory that a view shows.
    ReceiveInto(Handle, usize),
    /// Bytes are sent, as many as fit.
    Send(Rc<[u8]>),
    /// Bytes are sent, of which so many are gone.
    SendAll(Rc<[u8]>, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    /// Nothing has been asked.
    Start,
    /// It waits for the socket.
    Waiting,
    /// The operating system has been asked.
    Asked,
}

/// Something that goes through a socket.
#[derive(Clone, Debug, Hash)]
pub struct TransferWork {
    name: &'static str,
    socket: Value,
    flags: i32,
    action: Action,
    stage: Stage,
}

/// The same, under way.
pub type Transfer = Steps<TransferWork>;

impl TransferWork {
    /// Asks, or waits first where the socket waits only so long.
    fn ask(&mut self, m: &mut Machine) -> Eval {
        let socket = *m.heap.socket(self.socket);
        match socket.timeout {
            Some(timeout @ 1..) if self.stage != Stage::Waiting => {
                let events = match self.action {
                    Action::Receive(_) | Action::ReceiveFrom(_) | Action::ReceiveInto(..) => READABLE,
                    Action::Send(_) | Action::SendAll(..) => WRITABLE,
                };
                self.stage = Stage::Waiting;
                let timeout = timeout.cast_unsigned().div_ceil(MILLISECOND) * MILLISECOND;
                let wanted: Rc<[_]> = [(socket.fd, events)].into();
                m.begin(SystemCall::new(self.name, Call::Poll(wanted, Some(timeout))))
            }
            _ => {
                self.stage = Stage::Asked;
                let flags = self.flags.cast_unsigned();
                let call = match &self.action {
                    Action::Receive(size) | Action::ReceiveFrom(size) | Action::ReceiveInto(_, size) => {
                        SocketCall::Receive(socket.fd, *size, flags)
                    }
                    Action::Send(bytes) => SocketCall::Send(socket.fd, bytes.clone(), flags),
                    Action::SendAll(bytes, sent) => SocketCall::Send(socket.fd, bytes[*sent..].into(), flags),
                };
                m.begin(SystemCall::new(self.name, Call::Socket(call)))
            }
        }
    }

    /// The operating system has answered.
    fn answered(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        Ok(match &mut self.action {
            Action::Receive(_) | Action::Send(_) => Do::Done(value),
            // The ends of a pair have no names.
            Action::ReceiveFrom(_) => Do::Done(m.heap.pair(value, Value::NONE)),
            Action::ReceiveInto(view, _) => {
                let (view, bytes) = (*view, m.bytes_argument(value)?);
                Do::Done(m.fill_view(view, &bytes))
            }
            Action::SendAll(bytes, sent) => {
                *sent += m.index_clamped(value).and_then(|sent| usize::try_from(sent).ok()).unwrap_or(0);
                if *sent >= bytes.len() {
                    return Ok(Do::Done(Value::NONE));
                }
                self.stage = Stage::Start;
                self.ask(m)?.into()
            }
        })
    }
}

impl Stepwise for TransferWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.stage, got) {
            (Stage::Waiting, Got::Value(ready)) => {
                if m.heap.items_of(ready).is_none_or(<[Value]>::is_empty) {
                    return Err(m.raise(types::TIMEOUT_ERROR, "timed out"));
                }
                Ok(self.ask(m)?.into())
            }
            (Stage::Asked, Got::Value(value)) => self.answered(m, value),
            _ => Ok(self.ask(m)?.into()),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.socket);
        if let Action::ReceiveInto(view, _) = self.action {
            visit(Value::object(view));
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("socket.{}: waiting for the operating system", self.name)
    }
}

fn begin(m: &mut Machine, name: &'static str, socket: Value, flags: i32, action: Action) -> Eval {
    m.begin(Transfer::new(TransferWork { name, socket, flags, action, stage: Stage::Start }))
}

/// The flags that are given at this place.
fn flags(m: &mut Machine, args: &Args, index: usize) -> Result<i32, Raise> {
    args.get(index).map_or(Ok(0), |flags| c_int(m, flags))
}

/// How many bytes are to be received.
fn size(m: &mut Machine, args: &Args, name: &str) -> Result<usize, Raise> {
    let size = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
    usize::try_from(size).map_err(|_| m.value_error(format!("negative buffersize in {name}")))
}

/// `recv(size, flags=0)`.
pub fn receive(m: &mut Machine, args: &Args) -> Eval {
    counted(m, "recv", &args.without_first(), 1, 2)?;
    m.with_indices("recv", args, &[1, 2], Style::Plain, |m, args| {
        let flags = flags(m, args, 2)?;
        let size = size(m, args, "recv")?;
        if size == 0 {
            return Ok(m.heap.bytes(b"").into());
        }
        begin(m, "recv", args.at(0), flags, Action::Receive(size))
    })
}

/// `recvfrom(size, flags=0)`, of the ends of a pair.
pub fn receive_from(m: &mut Machine, args: &Args) -> Eval {
    counted(m, "recvfrom", &args.without_first(), 1, 2)?;
    m.with_indices("recvfrom", args, &[1, 2], Style::Plain, |m, args| {
        const UNIX: i32 = super::UNIX;
        let flags = flags(m, args, 2)?;
        let size = size(m, args, "recvfrom")?;
        if m.heap.socket(args.at(0)).kind[0] != UNIX {
            return Err(m.unsupported("socket.recvfrom() (networks)"));
        }
        begin(m, "recvfrom", args.at(0), flags, Action::ReceiveFrom(size))
    })
}

/// `recv_into(buffer, nbytes=0, flags=0)`.
pub fn receive_into(m: &mut Machine, args: &Args) -> Eval {
    let receiver = args.at(0);
    let mut args = m.bind_as("recv_into", &["buffer", "nbytes", "flags"], 1, &args.without_first())?;
    args.prepend(receiver);
    let view = m.writable_view("recv_into() argument 1", args.at(1))?;
    m.continue_with("recv_into", view, args, 1, |m, args| {
        m.with_indices("recv_into", args, &[2, 3], Style::Plain, |m, args| {
            let flags = flags(m, args, 3)?;
            let wanted = match args.get(2) {
                Some(wanted) => m.index_i64(wanted, types::OVERFLOW_ERROR)?,
                None => 0,
            };
            let view = args.at(1).handle().expect("a memoryview is a heap object");
            let room = m.heap.byte_string(args.at(1)).map_or(0, <[u8]>::len);
            let size = match usize::try_from(wanted) {
                Err(_) => return Err(m.value_error("negative buffersize in recv_into")),
                Ok(0) if room == 0 => return Ok(m.heap.int(0).into()),
                Ok(0) => room,
                Ok(size) if size > room => {
                    return Err(m.value_error("buffer too small for requested bytes"));
                }
                Ok(size) => size,
            };
            let socket = args.at(0);
            let flow = begin(m, "recv_into", socket, flags, Action::ReceiveInto(view, size))?;
            Ok(m.exporting("recv_into", [args.at(1)], flow))
        })
    })
}

/// `send(data, flags=0)`.
pub fn send(m: &mut Machine, args: &Args) -> Eval {
    sent(m, args, "send", |m, args| {
        let (flags, bytes) = (flags(m, args, 2)?, m.bytes_argument(args.at(1))?);
        begin(m, "send", args.at(0), flags, Action::Send(bytes.into()))
    })
}

/// `sendall(data, flags=0)`.
pub fn send_all(m: &mut Machine, args: &Args) -> Eval {
    sent(m, args, "sendall", |m, args| {
        let (flags, bytes) = (flags(m, args, 2)?, m.bytes_argument(args.at(1))?);
        if bytes.is_empty() {
            return Ok(Flow::Value(Value::NONE));
        }
        begin(m, "sendall", args.at(0), flags, Action::SendAll(bytes.into(), 0))
    })
}

fn sent(m: &mut Machine, args: &Args, name: &'static str, body: NativeBody) -> Eval {
    counted(m, name, &args.without_first(), 1, 2)?;
    if !m.has_python_buffer(args.at(1)) && m.heap.byte_string(args.at(1)).is_none() {
        return Err(m.not_bytes_like(args.at(1)));
    }
    if let Some(flags) = args.get(2).filter(|flags| m.heap.int_ref(*flags).is_none()) {
        let flags = m.index(flags)?;
        return m.continue_with(name, flags, args.clone(), 2, body);
    }
    m.with_buffers(name, args, &[1], body)
}
