//! The operating system: open files by numbers of our own, folders, names.
//!
//! The numbers are those that CPython would give: the lowest that is free from 3 on.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::zone::Zone;
use super::{host, os, socket};
use crate::machine::ask::OsFailure;
use crate::machine::file_name;
use crate::machine::system::{self, Call, Clock, OpenMode, Reply, Stat};
use crate::machine::text::Str;

/// The numbers of standard input, output and error.
const STANDARD: i32 = 3;
/// Nanoseconds of a second.
const SECOND: i64 = 1_000_000_000;

/// The open files of a program.
#[derive(Debug, Default)]
pub struct System {
    files: BTreeMap<i32, File>,
    /// The time zone that was asked for last.
    zone: Option<(system::Zone, Zone)>,
    /// When the monotonic clock was first asked: what it shows is the time since.
    began: Option<Instant>,
}

impl System {
    /// Makes a call.
    pub fn call(&mut self, call: &Call) -> Result<Reply, OsFailure> {
        self.make(call).map_err(|error| OsFailure { filename: name_of(call), ..os::failure(&error) })
    }

    fn make(&mut self, call: &Call) -> io::Result<Reply> {
        Ok(match call {
            Call::Open { path, mode } => {
                let file = open(path, *mode)?;
                let reply = opened(self.free(), &file)?;
                self.enter(file);
                reply
            }
            Call::Look(fd @ 0..=2) => {
                Reply::Opened { fd: *fd, is_terminal: false, is_seekable: false, is_folder: false }
            }
            Call::Look(fd) => opened(*fd, self.file(*fd)?)?,
            Call::Read(fd, size) => {
                let mut bytes = Vec::new();
                let file = self.file(*fd)?;
                // One read(2), as long as it may be; nothing is set aside for what is not there.
                let mut chunk = vec![0; (*size).min(1 << 20)];
                let read = retried(|| (&mut &*file).read(&mut chunk))?;
                bytes.extend_from_slice(&chunk[..read]);
                Reply::Bytes(bytes.into())
            }
            Call::Write(fd, bytes) => {
                let file = self.file(*fd)?;
                Reply::Number(retried(|| (&mut &*file).write(bytes))? as i64)
            }
            Call::Seek(fd, offset, whence) => {
                Reply::Number((&mut self.file(*fd)?).seek(place(*offset, *whence)?)? as i64)
            }
            Call::Truncate(fd, size) => done(self.file(*fd)?.set_len(*size))?,
            Call::Close(fd) => match self.files.remove(fd) {
                Some(_) => Reply::Nothing,
                None => return Err(bad_number()),
            },
            Call::CloseRange(low, high) => {
                self.files.retain(|fd, _| !(low..high).contains(&fd));
                Reply::Nothing
            }
            Call::CurrentFolder => Reply::Path(name(std::env::current_dir()?)),
            Call::ChangeFolder(path) => done(std::env::set_current_dir(path_of(path)))?,
            Call::List(path) => {
                let entries = fs::read_dir(path_of(path))?;
                Reply::Names(
                    entries
                        .map(|entry| Ok(name(PathBuf::from(entry?.file_name()))))
                        .collect::<io::Result<_>>()?,
                )
            }
            Call::Stat(path, true) => Reply::Stat(Box::new(stat(&fs::metadata(path_of(path))?))),
            Call::Stat(path, false) => Reply::Stat(Box::new(stat(&fs::symlink_metadata(path_of(path))?))),
            Call::StatOpen(fd) => Reply::Stat(Box::new(stat(&host::metadata(self, *fd)?))),
            Call::MakeFolder(path, mode) => done(make_folder(path, *mode))?,
            Call::RemoveFolder(path) => done(fs::remove_dir(path_of(path)))?,
            Call::Remove(path) => done(fs::remove_file(path_of(path)))?,
            Call::Rename(from, to) => done(fs::rename(path_of(from), path_of(to)))?,
            Call::ReadLink(path) => Reply::Path(name(fs::read_link(path_of(path))?)),
            Call::Describe(errno) => {
                let text = os::failure(&io::Error::from_raw_os_error(*errno)).text;
                Reply::Path(Str::from(text))
            }
            Call::Random(size) => {
                let mut bytes = vec![0; *size];
                File::open("/dev/urandom")?.read_exact(&mut bytes)?;
                Reply::Bytes(bytes.into())
            }
            Call::Clock(_) | Call::LocalTime(..) | Call::FindTime(..) | Call::Seasons(_) | Call::Sleep(_) => {
                self.make_of_time(call)?
            }
            Call::IsTerminal(_)
            | Call::ChangeModeOpen(..)
            | Call::Sync(_)
            | Call::TerminalSize(_)
            | Call::Pipe
            | Call::Duplicate(_)
            | Call::DuplicateTo(..)
            | Call::AskDescriptor(..)
            | Call::SetDescriptor(..)
            | Call::ReadAt(..)
            | Call::WriteAt(..)
            | Call::FileSystem(_)
            | Call::FileSystemOpen(_)
            | Call::ChangeMode(..)
            | Call::ChangeOwner(..)
            | Call::SetTimes(..)
            | Call::Link(..)
            | Call::SymbolicLink(..)
            | Call::TruncateNamed(..)
            | Call::Umask(_)
            | Call::Identity(_)
            | Call::Processors
            | Call::System
            | Call::Scan(_)
            | Call::Access(..) => host::call(self, call)?,
            Call::Socket(_) | Call::Poll(..) | Call::Epoll | Call::EpollChange(..) | Call::EpollWait(..) => {
                socket::call(self, call)?
            }
            Call::Process => Reply::Number(std::process::id().into()),
        })
    }

    /// Makes one of the calls that ask for the time, or wait.
    fn make_of_time(&mut self, call: &Call) -> io::Result<Reply> {
        Ok(match call {
            Call::Clock(clock) => Reply::Number(self.clock(*clock)?),
            Call::LocalTime(zone, seconds) => {
                let seconds = match seconds {
                    Some(seconds) => *seconds,
                    None => self.clock(Clock::Real)?.div_euclid(SECOND),
                };
                Reply::Local(self.zone(zone).at(seconds))
            }
            Call::FindTime(zone, shown, is_dst) => Reply::Local(self.zone(zone).find(*shown, *is_dst)),
            Call::Seasons(zone) => {
                // As CPython does it: a whole number of years after 1970 began, and half a year later.
                const YEAR: i64 = (365 * 24 + 6) * 3_600;
                let now = self.clock(Clock::Real)?.div_euclid(SECOND);
                let winter = now / YEAR * YEAR;
                let zone = self.zone(zone);
                Reply::Seasons(Box::new([zone.at(winter), zone.at(winter + YEAR / 2)]))
            }
            Call::Sleep(nanoseconds) => {
                std::thread::sleep(Duration::from_nanos(*nanoseconds));
                Reply::Nothing
            }
            other => panic!("{other:?} is a call of another kind"),
        })
    }

    /// What a clock shows, in nanoseconds.
    fn clock(&mut self, clock: Clock) -> io::Result<i64> {
        let nanoseconds = match clock {
            Clock::Real => SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos(),
            Clock::Monotonic => self.began.get_or_insert_with(Instant::now).elapsed().as_nanos(),
            Clock::Processor => {
                // The first number is the time that this thread has run; the program has no other.
                let text = fs::read_to_string("/proc/thread-self/schedstat")?;
                text.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
            }
        };
        Ok(i64::try_from(nanoseconds).unwrap_or(i64::MAX))
    }

    /// The time zone of that name, which is read when another was asked for before.
    fn zone(&mut self, name: &system::Zone) -> &Zone {
        if self.zone.as_ref().is_none_or(|(known, _)| known != name) {
            self.zone = Some((name.clone(), Zone::named(name.as_deref())));
        }
        &self.zone.as_ref().expect("it has just been read").1
    }

    /// Gives an open file the lowest number that is free.
    pub(super) fn enter(&mut self, file: File) -> i32 {
        let fd = self.free();
        self.files.insert(fd, file);
        fd
    }

    /// Gives an open file a certain number; what had it is closed.
    pub(super) fn enter_as(&mut self, fd: i32, file: File) {
        self.files.insert(fd, file);
    }

    fn free(&self) -> i32 {
        (STANDARD..=i32::MAX).find(|fd| !self.files.contains_key(fd)).expect("some number is free")
    }

    /// The open file of a number that is none of the standard streams'.
    pub(super) fn file(&self, fd: i32) -> io::Result<&File> {
        self.files.get(&fd).ok_or_else(bad_number)
    }
}

pub(super) fn bad_number() -> io::Error {
    io::Error::from_raw_os_error(9)
}

fn done(result: io::Result<()>) -> io::Result<Reply> {
    result.map(|()| Reply::Nothing)
}

pub(super) fn retried<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// The place to seek to.
fn place(offset: i64, whence: u8) -> io::Result<SeekFrom> {
    let invalid = || io::Error::from_raw_os_error(22);
    Ok(match whence {
        0 => SeekFrom::Start(u64::try_from(offset).map_err(|_| invalid())?),
        1 => SeekFrom::Current(offset),
        _ => SeekFrom::End(offset),
    })
}

fn open(path: &Str, mode: OpenMode) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(mode.read).append(mode.append);
    options.write(mode.write && !mode.append);
    if mode.new {
        options.create_new(true);
    } else {
        options.create(mode.create).truncate(mode.truncate);
    }
    host::extend(&mut options, mode);
    options.open(path_of(path))
}

fn opened(fd: i32, file: &File) -> io::Result<Reply> {
    Ok(Reply::Opened {
        fd,
        is_terminal: file.is_terminal(),
        is_seekable: (&mut &*file).stream_position().is_ok(),
        is_folder: file.metadata()?.is_dir(),
    })
}

pub(super) fn path_of(path: &Str) -> PathBuf {
    let bytes = os::bytes(path);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        PathBuf::from(OsString::from_vec(bytes))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(OsString::from(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

pub(super) fn name(path: PathBuf) -> Str {
    file_name(path.as_os_str().as_encoded_bytes())
}

/// The file that the error of a call names.
fn name_of(call: &Call) -> Option<Str> {
    match call {
        Call::Open { path, .. }
        | Call::ChangeFolder(path)
        | Call::List(path)
        | Call::Stat(path, _)
        | Call::MakeFolder(path, _)
        | Call::RemoveFolder(path)
        | Call::Remove(path)
        | Call::Rename(path, _)
        | Call::ChangeMode(path, _)
        | Call::ChangeOwner(path, ..)
        | Call::SetTimes(path, ..)
        | Call::Link(path, _)
        | Call::SymbolicLink(path, _)
        | Call::TruncateNamed(path, _)
        | Call::Scan(path)
        | Call::FileSystem(path)
        | Call::ReadLink(path) => Some(path.clone()),
        Call::Look(_)
        | Call::Read(..)
        | Call::Write(..)
        | Call::ReadAt(..)
        | Call::WriteAt(..)
        | Call::FileSystemOpen(_)
        | Call::Seek(..)
        | Call::Truncate(..)
        | Call::Close(_)
        | Call::CurrentFolder
        | Call::StatOpen(_)
        | Call::Access(..)
        | Call::Describe(_)
        | Call::Random(_)
        | Call::Clock(_)
        | Call::LocalTime(..)
        | Call::FindTime(..)
        | Call::Seasons(_)
        | Call::Sleep(_)
        | Call::IsTerminal(_)
        | Call::ChangeModeOpen(..)
        | Call::Sync(_)
        | Call::Pipe
        | Call::Duplicate(_)
        | Call::DuplicateTo(..)
        | Call::CloseRange(..)
        | Call::AskDescriptor(..)
        | Call::SetDescriptor(..)
        | Call::TerminalSize(_)
        | Call::Umask(_)
        | Call::Identity(_)
        | Call::Processors
        | Call::System
        | Call::Socket(_)
        | Call::Poll(..)
        | Call::Epoll
        | Call::EpollChange(..)
        | Call::EpollWait(..)
        | Call::Process => None,
    }
}

#[cfg(unix)]
fn make_folder(path: &Str, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(mode).create(path_of(path))
}

#[cfg(not(unix))]
fn make_folder(path: &Str, _mode: u32) -> io::Result<()> {
    fs::create_dir(path_of(path))
}

#[cfg(unix)]
fn stat(metadata: &fs::Metadata) -> Stat {
    use std::os::unix::fs::MetadataExt;
    let time = |seconds: i64, nanoseconds: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
    Stat {
        mode: metadata.mode(),
        inode: metadata.ino(),
        device: metadata.dev(),
        links: metadata.nlink(),
        uid: metadata.uid(),
        gid: metadata.gid(),
        size: metadata.size(),
        times: [
            time(metadata.atime(), metadata.atime_nsec()),
            time(metadata.mtime(), metadata.mtime_nsec()),
            time(metadata.ctime(), metadata.ctime_nsec()),
        ],
        block_size: metadata.blksize(),
        blocks: metadata.blocks(),
        special_device: metadata.rdev(),
    }
}

#[cfg(not(unix))]
fn stat(metadata: &fs::Metadata) -> Stat {
    const FOLDER: u32 = 0o040_777;
    const FILE: u32 = 0o100_666;
    let mode = if metadata.is_dir() { FOLDER } else { FILE };
    Stat { mode, size: metadata.len(), ..Stat::default() }
}
