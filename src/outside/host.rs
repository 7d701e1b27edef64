//! Calls that only the operating system itself has: names, permissions and times of files, and who the process is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{DirEntryExt, FileExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::process::parent_id;
use std::rc::Rc;

use rustix::fs::{
    Access, AtFlags, CWD, Mode, OFlags, Timespec, Timestamps, UTIME_NOW, fcntl_getfl, fcntl_setfl,
};
use rustix::io::{FdFlags, fcntl_getfd, fcntl_setfd};
use rustix::process::{self, Gid, Uid};

use super::system::{System, bad_number, name, path_of};
use crate::machine::file_name;
use crate::machine::system::{Call, Descriptor, Entry, Identity, Kind, OpenMode, Reply};

/// Permissions by their bits.
fn mode(bits: u32) -> Mode {
    Mode::from_raw_mode(bits & 0o7777)
}

/// What [`OpenMode`] has beyond what every system knows.
pub fn extend(options: &mut OpenOptions, mode: OpenMode) {
    options.mode(mode.permissions).custom_flags(mode.others);
}

/// What `ask` tells of an open file, which may be one of the standard streams.
pub(super) fn with_open<T>(
    system: &System,
    fd: i32,
    ask: impl FnOnce(BorrowedFd<'_>) -> io::Result<T>,
) -> io::Result<T> {
    match fd {
        0 => ask(io::stdin().as_fd()),
        1 => ask(io::stdout().as_fd()),
        2 => ask(io::stderr().as_fd()),
        _ => ask(system.file(fd)?.as_fd()),
    }
}

/// What is known of an open file.
pub fn metadata(system: &System, fd: i32) -> io::Result<fs::Metadata> {
    with_open(system, fd, |file| File::from(file.try_clone_to_owned()?).metadata())
}

/// What is known of a file system, in the order of `os.statvfs_result`.
fn file_system(known: rustix::fs::StatVfs) -> Reply {
    const VALID: u64 = 0x20;
    Reply::FileSystem(Box::new([
        known.f_bsize,
        known.f_frsize,
        known.f_blocks,
        known.f_bfree,
        known.f_bavail,
        known.f_files,
        known.f_ffree,
        known.f_favail,
        // Without the bit by which the kernel says that the others mean anything.
        known.f_flag.bits() & !VALID,
        known.f_namemax,
        known.f_fsid,
    ]))
}

/// Makes one of these calls.
pub fn call(system: &mut System, call: &Call) -> io::Result<Reply> {
    Ok(match call {
        Call::ChangeMode(path, bits) => {
            fs::set_permissions(path_of(path), fs::Permissions::from_mode(bits & 0o7777))?;
            Reply::Nothing
        }
        Call::ChangeOwner(path, user, group, follows) => {
            let flags = if *follows { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
            let (user, group) = (user.map(Uid::from_raw), group.map(Gid::from_raw));
            rustix::fs::chownat(CWD, path_of(path), user, group, flags)?;
            Reply::Nothing
        }
        Call::SetTimes(path, moments, follows) => {
            let flags = if *follows { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
            rustix::fs::utimensat(CWD, path_of(path), &timestamps(*moments), flags)?;
            Reply::Nothing
        }
        Call::Link(from, to) => {
            fs::hard_link(path_of(from), path_of(to))?;
            Reply::Nothing
        }
        Call::SymbolicLink(held, path) => {
            std::os::unix::fs::symlink(path_of(held), path_of(path))?;
            Reply::Nothing
        }
        Call::TruncateNamed(path, size) => {
            let size = u64::try_from(*size).map_err(|_| rustix::io::Errno::INVAL)?;
            OpenOptions::new().write(true).open(path_of(path))?.set_len(size)?;
            Reply::Nothing
        }
        Call::Access(path, bits) => {
            let access = Access::from_bits_truncate(*bits);
            Reply::Number(rustix::fs::access(path_of(path), access).is_ok().into())
        }
        Call::Umask(mask) => Reply::Number(process::umask(mode(*mask)).as_raw_mode().into()),
        Call::Identity(wanted) => Reply::Number(
            match wanted {
                Identity::Parent => parent_id(),
                Identity::User => process::getuid().as_raw(),
                Identity::EffectiveUser => process::geteuid().as_raw(),
                Identity::Group => process::getgid().as_raw(),
                Identity::EffectiveGroup => process::getegid().as_raw(),
                Identity::ProcessGroup => nix::unistd::getpgrp().as_raw().cast_unsigned(),
                Identity::Session => nix::unistd::getsid(None)?.as_raw().cast_unsigned(),
            }
            .into(),
        ),
        Call::Processors => Reply::Number(std::thread::available_parallelism()?.get() as i64),
        Call::System => {
            let told = rustix::system::uname();
            let parts = [told.sysname(), told.nodename(), told.release(), told.version(), told.machine()];
            Reply::System(Box::new(parts.map(|part| file_name(part.to_bytes()))))
        }
        Call::Scan(path) => {
            let entries = fs::read_dir(path_of(path))?;
            Reply::Entries(entries.map(|entry| Ok(entry_of(&entry?))).collect::<io::Result<Rc<[_]>>>()?)
        }
        other => of_open(system, other)?,
    })
}

/// Makes one of those about files that are open.
fn of_open(system: &mut System, call: &Call) -> io::Result<Reply> {
    Ok(match call {
        Call::IsTerminal(fd) => {
            let is_terminal = with_open(system, *fd, |file| Ok(file.is_terminal()));
            Reply::Number(is_terminal.unwrap_or(false).into())
        }
        Call::ChangeModeOpen(fd, bits) => {
            with_open(system, *fd, |file| Ok(rustix::fs::fchmod(file, mode(*bits))?))?;
            Reply::Nothing
        }
        Call::ReadAt(fd, size, offset) => {
            let mut bytes = vec![0; (*size).min(1 << 20)];
            let read = system.file(*fd)?.read_at(&mut bytes, *offset)?;
            bytes.truncate(read);
            Reply::Bytes(bytes.into())
        }
        Call::WriteAt(fd, bytes, offset) => Reply::Number(system.file(*fd)?.write_at(bytes, *offset)? as i64),
        Call::FileSystem(path) => file_system(rustix::fs::statvfs(path_of(path))?),
        Call::FileSystemOpen(fd) => {
            file_system(with_open(system, *fd, |file| Ok(rustix::fs::fstatvfs(file)?))?)
        }
        Call::Sync(fd) => {
            with_open(system, *fd, |file| Ok(rustix::fs::fsync(file)?))?;
            Reply::Nothing
        }
        Call::TerminalSize(fd) => {
            let size = with_open(system, *fd, |file| Ok(rustix::termios::tcgetwinsize(file)?))?;
            Reply::TerminalSize(size.ws_col, size.ws_row)
        }
        Call::Pipe => {
            let (reader, writer) = io::pipe()?;
            let [reader, writer] = [OwnedFd::from(reader), OwnedFd::from(writer)].map(File::from);
            Reply::Pair(system.enter(reader), system.enter(writer))
        }
        Call::Duplicate(fd) => {
            let file = with_open(system, *fd, |file| Ok(File::from(file.try_clone_to_owned()?)))?;
            Reply::Number(system.enter(file).into())
        }
        Call::DuplicateTo(fd, wanted, inherited) => {
            if *wanted < 0 {
                return Err(bad_number());
            }
            let file = with_open(system, *fd, |file| Ok(File::from(file.try_clone_to_owned()?)))?;
            if fd != wanted {
                set(file.as_fd(), Descriptor::Inherited, *inherited)?;
                system.enter_as(*wanted, file);
            }
            Reply::Number((*wanted).into())
        }
        Call::AskDescriptor(fd, wanted) => {
            let has = with_open(system, *fd, |file| {
                Ok(match wanted {
                    Descriptor::Inherited => !fcntl_getfd(file)?.contains(FdFlags::CLOEXEC),
                    Descriptor::Blocking => !fcntl_getfl(file)?.contains(OFlags::NONBLOCK),
                })
            });
            Reply::Number(has?.into())
        }
        Call::SetDescriptor(fd, wanted, value) => {
            with_open(system, *fd, |file| set(file, *wanted, *value))?;
            Reply::Nothing
        }
        other => panic!("{other:?} is a call of another kind"),
    })
}

/// Gives an open file a property, or takes it away.
fn set(file: BorrowedFd<'_>, wanted: Descriptor, value: bool) -> io::Result<()> {
    match wanted {
        Descriptor::Inherited => {
            let mut flags = fcntl_getfd(file)?;
            flags.set(FdFlags::CLOEXEC, !value);
            fcntl_setfd(file, flags)?;
        }
        Descriptor::Blocking => {
            let mut flags = fcntl_getfl(file)?;
            flags.set(OFlags::NONBLOCK, !value);
            fcntl_setfl(file, flags)?;
        }
    }
    Ok(())
}

fn entry_of(entry: &fs::DirEntry) -> Entry {
    let kind = match entry.file_type() {
        Err(_) => Kind::Unknown,
        Ok(kind) if kind.is_dir() => Kind::Folder,
        Ok(kind) if kind.is_file() => Kind::File,
        Ok(kind) if kind.is_symlink() => Kind::Link,
        Ok(_) => Kind::Other,
    };
    Entry { name: name(entry.file_name().into()), kind, inode: entry.ino() }
}

fn timestamps(moments: Option<[i128; 2]>) -> Timestamps {
    const SECOND: i128 = 1_000_000_000;
    let time = |moment: i128| Timespec {
        tv_sec: moment.div_euclid(SECOND) as i64,
        tv_nsec: moment.rem_euclid(SECOND) as i64,
    };
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    let [last_access, last_modification] = moments.map_or([now; 2], |moments| moments.map(time));
    Timestamps { last_access, last_modification }
}
