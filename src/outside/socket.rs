//! Sockets, and waiting for several files at once.

use std::fs::File;
use std::io;
use std::num::NonZeroU32;
use std::os::fd::AsFd;
use std::rc::Rc;

use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::{
    AddressFamily, Protocol, RecvFlags, SendFlags, Shutdown, SocketAddrAny, SocketAddrUnix, SocketFlags,
    SocketType, sockopt,
};

use super::host;
use super::system::{System, retried};
use crate::machine::system::{Address, Call, EpollChange, Reply, SocketCall};

/// What `poll` says of a number that stands for no open file.
const NO_FILE: u32 = 32;
/// Nanoseconds of a second.
const SECOND: u64 = 1_000_000_000;

/// Makes one of these calls.
pub fn call(system: &mut System, call: &Call) -> io::Result<Reply> {
    Ok(match call {
        Call::Socket(call) => of_socket(system, call)?,
        Call::Poll(wanted, timeout) => Reply::Events(polled(system, wanted, *timeout)?),
        Call::Epoll => Reply::Number(system.enter(epoll::create(CreateFlags::CLOEXEC)?.into()).into()),
        Call::EpollChange(fd, change) => {
            let list = system.file(*fd)?;
            // Who waits is told the number that the program knows.
            let data = |file: i32| EventData::new_u64(u64::from(file.cast_unsigned()));
            match change {
                EpollChange::Add(file, events) => {
                    let events = EventFlags::from_bits_retain(*events);
                    epoll::add(list, system.file(*file)?, data(*file), events)?;
                }
                EpollChange::Modify(file, events) => {
                    let events = EventFlags::from_bits_retain(*events);
                    epoll::modify(list, system.file(*file)?, data(*file), events)?;
                }
                EpollChange::Delete(file) => epoll::delete(list, system.file(*file)?)?,
            }
            Reply::Nothing
        }
        Call::EpollWait(fd, most, timeout) => {
            let list = system.file(*fd)?;
            let timeout = timeout.map(timespec);
            let mut events = Vec::with_capacity((*most).min(1 << 10));
            retried(|| {
                events.clear();
                Ok(epoll::wait(list, rustix::buffer::spare_capacity(&mut events), timeout.as_ref())?)
            })?;
            let told = events.iter().map(|event| {
                // The fields are packed: they are copied, not looked at where they stand.
                let (flags, data) = (event.flags, event.data);
                ((data.u64() as u32).cast_signed(), flags.bits())
            });
            Reply::Events(told.collect())
        }
        other => panic!("{other:?} is a call of another kind"),
    })
}

fn timespec(nanoseconds: u64) -> Timespec {
    Timespec { tv_sec: (nanoseconds / SECOND) as i64, tv_nsec: (nanoseconds % SECOND) as i64 }
}

/// What each of these files can do that can do anything, in their order.
fn polled(system: &System, wanted: &[(i32, u32)], timeout: Option<u64>) -> io::Result<Rc<[(i32, u32)]>> {
    let files: Vec<Option<&File>> = wanted.iter().map(|(fd, _)| system.file(*fd).ok()).collect();
    let mut asked: Vec<PollFd<'_>> = files
        .iter()
        .zip(wanted)
        .filter_map(|(file, (_, events))| {
            Some(PollFd::from_borrowed_fd((*file)?.as_fd(), PollFlags::from_bits_retain(*events as u16)))
        })
        .collect();
    // Of one that is not open there is something to tell already.
    let timeout = if asked.len() < wanted.len() { Some(0) } else { timeout }.map(timespec);
    retried(|| Ok(poll(&mut asked, timeout.as_ref())?))?;
    let mut told = asked.iter().map(|file| u32::from(file.revents().bits()));
    let events = files.iter().zip(wanted).map(|(file, (fd, _))| {
        let events = if file.is_some() { told.next().unwrap_or(0) } else { NO_FILE };
        (*fd, events)
    });
    Ok(events.filter(|(_, events)| *events != 0).collect())
}

fn of_socket(system: &mut System, call: &SocketCall) -> io::Result<Reply> {
    Ok(match call {
        SocketCall::New(kind) => {
            let (family, kind, protocol) = kind_of(*kind)?;
            let socket = rustix::net::socket_with(family, kind, SocketFlags::CLOEXEC, protocol)?;
            Reply::Number(system.enter(socket.into()).into())
        }
        SocketCall::Pair(kind) => {
            let (family, kind, protocol) = kind_of(*kind)?;
            let (one, other) = rustix::net::socketpair(family, kind, SocketFlags::CLOEXEC, protocol)?;
            Reply::Pair(system.enter(one.into()), system.enter(other.into()))
        }
        SocketCall::Look(fd) => host::with_open(system, *fd, |socket| {
            let protocol = sockopt::socket_protocol(socket)?.map_or(0, |protocol| protocol.as_raw().get());
            Ok(Reply::Socket([
                sockopt::socket_domain(socket)?.as_raw().into(),
                sockopt::socket_type(socket)?.as_raw().cast_signed(),
                protocol.cast_signed(),
            ]))
        })?,
        SocketCall::Name(fd) => Reply::Address(address(&rustix::net::getsockname(system.file(*fd)?)?)?),
        SocketCall::Peer(fd) => Reply::Address(match rustix::net::getpeername(system.file(*fd)?)? {
            Some(peer) => address(&peer)?,
            None => Address::Name(Rc::default()),
        }),
        SocketCall::Receive(fd, size, flags) => {
            let socket = system.file(*fd)?;
            let mut bytes = vec![0; (*size).min(1 << 20)];
            let flags = RecvFlags::from_bits_retain(*flags);
            let (received, _) = retried(|| Ok(rustix::net::recv(socket, &mut *bytes, flags)?))?;
            bytes.truncate(received);
            Reply::Bytes(bytes.into())
        }
        SocketCall::Send(fd, bytes, flags) => {
            let socket = system.file(*fd)?;
            // A signal would end wordcode, where a program is told of a broken pipe.
            let flags = SendFlags::from_bits_retain(*flags) | SendFlags::NOSIGNAL;
            Reply::Number(retried(|| Ok(rustix::net::send(socket, bytes, flags)?))? as i64)
        }
        SocketCall::Shutdown(fd, how) => {
            let how = match how {
                0 => Shutdown::Read,
                1 => Shutdown::Write,
                2 => Shutdown::Both,
                _ => return Err(Errno::INVAL.into()),
            };
            rustix::net::shutdown(system.file(*fd)?, how)?;
            Reply::Nothing
        }
    })
}

/// Family, type and protocol by their numbers.
fn kind_of([family, kind, protocol]: [i32; 3]) -> io::Result<(AddressFamily, SocketType, Option<Protocol>)> {
    let family = u16::try_from(family).map_err(|_| Errno::AFNOSUPPORT)?;
    let protocol = u32::try_from(protocol).map_err(|_| Errno::INVAL)?;
    let protocol = NonZeroU32::new(protocol).map(Protocol::from_raw);
    Ok((AddressFamily::from_raw(family), SocketType::from_raw(kind.cast_unsigned()), protocol))
}

fn address(address: &SocketAddrAny) -> io::Result<Address> {
    Ok(match address.address_family() {
        AddressFamily::INET => {
            let address = std::net::SocketAddrV4::try_from(address.clone())?;
            Address::V4(address.ip().octets(), address.port())
        }
        AddressFamily::INET6 => {
            let address = std::net::SocketAddrV6::try_from(address.clone())?;
            Address::V6(address.ip().octets(), address.port(), [address.flowinfo(), address.scope_id()])
        }
        AddressFamily::UNIX => {
            let address = SocketAddrUnix::try_from(address.clone())?;
            let hidden =
                address.abstract_name().filter(|name| !name.is_empty()).map(|name| [b"\0", name].concat());
            let file = address.path().map(|path| path.to_bytes().to_vec());
            Address::Name(hidden.or(file).unwrap_or_default().into())
        }
        AddressFamily::UNSPEC => Address::Nothing,
        _ => return Err(Errno::AFNOSUPPORT.into()),
    })
}
