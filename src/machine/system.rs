//! What a program asks of the operating system: files, folders, the environment.

use std::rc::Rc;

use super::text::Str;

/// A call of the operating system.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// Opens a file; the reply is [`Reply::Opened`].
    Open {
        /// Its path.
        path: Str,
        /// How.
        mode: OpenMode,
    },
    /// What an open file is; the reply is [`Reply::Opened`].
    Look(i32),
    /// Reads at most so many bytes: [`Reply::Bytes`], empty at the end.
    Read(i32, usize),
    /// Writes: [`Reply::Number`], how many bytes were taken.
    Write(i32, Rc<[u8]>),
    /// Reads at most so many bytes at an offset, whatever the place of the file: [`Reply::Bytes`].
    ReadAt(i32, usize, u64),
    /// Writes at an offset, whatever the place of the file: [`Reply::Number`].
    WriteAt(i32, Rc<[u8]>, u64),
    /// Moves to an offset from the start (0), from here (1) or from the end (2): [`Reply::Number`].
    Seek(i32, i64, u8),
    /// Cuts a file, or lengthens it: [`Reply::Nothing`].
    Truncate(i32, u64),
    /// Closes a file: [`Reply::Nothing`].
    Close(i32),
    /// The current folder: [`Reply::Path`].
    CurrentFolder,
    /// Another current folder: [`Reply::Nothing`].
    ChangeFolder(Str),
    /// The names in a folder, in the order of the file system: [`Reply::Names`].
    List(Str),
    /// What a path leads to; behind a symbolic link, if told to follow: [`Reply::Stat`].
    Stat(Str, bool),
    /// What an open file is: [`Reply::Stat`].
    StatOpen(i32),
    /// Makes a folder with these permissions.
    MakeFolder(Str, u32),
    /// Removes a folder.
    RemoveFolder(Str),
    /// Removes a file.
    Remove(Str),
    /// Gives a file another name, in the place of what has that name.
    Rename(Str, Str),
    /// What a symbolic link holds: [`Reply::Path`].
    ReadLink(Str),
    /// Whether a file can be accessed as the bits say: [`Reply::Number`], 1 or 0.
    Access(Str, u32),
    /// What an error number means: [`Reply::Path`].
    Describe(i32),
    /// Bytes that nobody can foresee: [`Reply::Bytes`].
    Random(usize),
    /// What a clock shows, in nanoseconds: [`Reply::Number`].
    Clock(Clock),
    /// What local clocks show now, or so many seconds after the beginning of 1970: [`Reply::Local`].
    LocalTime(Zone, Option<i64>),
    /// When local clocks show what those in Greenwich show after so many seconds, and whether that is summer time,
    /// if anybody knows: [`Reply::Local`].
    FindTime(Zone, i64, Option<bool>),
    /// What local clocks show in the middle of this winter and of this summer: [`Reply::Seasons`].
    Seasons(Zone),
    /// Waits so many nanoseconds: [`Reply::Nothing`].
    Sleep(u64),
    /// Whether an open file is a terminal: [`Reply::Number`], 1 or 0.
    IsTerminal(i32),
    /// Other permissions of a file: [`Reply::Nothing`].
    ChangeMode(Str, u32),
    /// The same of an open file.
    ChangeModeOpen(i32, u32),
    /// Gives a file to a user and a group, each unless it is none; of a link, what it leads to or itself.
    ChangeOwner(Str, Option<u32>, Option<u32>, bool),
    /// The times of the last access and the last change of a file, in nanoseconds since 1970, or now; behind a
    /// symbolic link, if told to follow: [`Reply::Nothing`].
    SetTimes(Str, Option<[i128; 2]>, bool),
    /// Another name for a file: [`Reply::Nothing`].
    Link(Str, Str),
    /// A symbolic link that holds the first path, at the second: [`Reply::Nothing`].
    SymbolicLink(Str, Str),
    /// Cuts the file of this name, or lengthens it: [`Reply::Nothing`].
    TruncateNamed(Str, i64),
    /// Waits until an open file is on its disk: [`Reply::Nothing`].
    Sync(i32),
    /// Two open files, the second of which writes what the first reads: [`Reply::Pair`].
    Pipe,
    /// Another number for an open file: [`Reply::Number`].
    Duplicate(i32),
    /// Gives an open file another number, closing what had it, and says whether other programs inherit that.
    DuplicateTo(i32, i32, bool),
    /// Closes all files from one number to before another.
    CloseRange(i32, i32),
    /// Whether an open file has this property: 1 or 0.
    AskDescriptor(i32, Descriptor),
    /// Gives an open file this property, or takes it away.
    SetDescriptor(i32, Descriptor, bool),
    /// How large a terminal is, in columns and lines: [`Reply::TerminalSize`].
    TerminalSize(i32),
    /// Which permissions new files do not get from now on: [`Reply::Number`], those until now.
    Umask(u32),
    /// A number that tells who the process is: [`Reply::Number`].
    Identity(Identity),
    /// How many processors there are: [`Reply::Number`].
    Processors,
    /// The operating system and the machine it runs on: [`Reply::System`].
    System,
    /// The entries of a folder, in the order of the file system: [`Reply::Entries`].
    Scan(Str),
    /// What is known of the file system of a path: [`Reply::FileSystem`].
    FileSystem(Str),
    /// What is known of the file system of an open file: [`Reply::FileSystem`].
    FileSystemOpen(i32),
    /// The number of this process, which is that of its first thread as well: [`Reply::Number`].
    Process,
    /// Something about sockets.
    Socket(SocketCall),
    /// Waits until one of these open files can do one of the things that are asked of it, so many nanoseconds at
    /// most: [`Reply::Events`], what each of those can do that can do anything.
    Poll(Rc<[(i32, u32)]>, Option<u64>),
    /// Something that waits for files by a list that the operating system keeps: [`Reply::Number`].
    Epoll,
    /// Changes that list.
    EpollChange(i32, EpollChange),
    /// Waits as [`Call::Poll`] does for those in the list, and tells of so many of them at most.
    EpollWait(i32, usize, Option<u64>),
}

/// A call about sockets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SocketCall {
    /// Makes a socket of this family, type and protocol: [`Reply::Number`].
    New([i32; 3]),
    /// Makes two that are connected: [`Reply::Pair`].
    Pair([i32; 3]),
    /// Of which family, type and protocol it is: [`Reply::Socket`].
    Look(i32),
    /// What its own address is: [`Reply::Address`].
    Name(i32),
    /// What the address of the other end is: [`Reply::Address`].
    Peer(i32),
    /// Receives at most so many bytes, with these flags: [`Reply::Bytes`].
    Receive(i32, usize, u32),
    /// Sends with these flags: [`Reply::Number`], how many bytes were taken.
    Send(i32, Rc<[u8]>, u32),
    /// Ends receiving (0), sending (1) or both (2).
    Shutdown(i32, i32),
}

/// The address of a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// There is none.
    Nothing,
    /// The name of a file; one that begins with a zero byte is no file.
    Name(Rc<[u8]>),
    /// Four bytes and a port.
    V4([u8; 4], u16),
    /// Sixteen bytes, a port, a flow and a scope.
    V6([u8; 16], u16, [u32; 2]),
}

/// A change to what is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EpollChange {
    /// This file, which is not in the list, is waited for, until it can do one of these things.
    Add(i32, u32),
    /// The same of one that is in the list.
    Modify(i32, u32),
    /// This file is waited for no more.
    Delete(i32),
}

/// The value of the variable `TZ`, which names a time zone.
pub type Zone = Option<Rc<str>>;

/// What local clocks show at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The moment: seconds since 1970 began in Greenwich.
    pub seconds: i64,
    /// By how many seconds they are ahead of those in Greenwich.
    pub offset: i32,
    /// Whether that is summer time.
    pub is_dst: bool,
    /// What that time is called: `CEST`.
    pub zone: Rc<str>,
}

impl LocalTime {
    /// What clocks show where nobody knows of time zones.
    pub fn utc(seconds: i64) -> Self {
        Self { seconds, offset: 0, is_dst: false, zone: "UTC".into() }
    }
}

/// A clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clock {
    /// The time since 1970.
    Real,
    /// The time since some moment; it never goes back.
    Monotonic,
    /// The time that the processor has worked for the program.
    Processor,
}

/// Who a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The number of the process that began it.
    Parent,
    /// Whose it is.
    User,
    /// Whose permissions it has.
    EffectiveUser,
    /// The group of its user.
    Group,
    /// The group whose permissions it has.
    EffectiveGroup,
    /// The group of processes it is in.
    ProcessGroup,
    /// The session that group is in.
    Session,
}

/// A property of an open file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Descriptor {
    /// Programs that this one begins have it, too.
    Inherited,
    /// Whoever reads it waits for what is not there yet.
    Blocking,
}

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its name.
    pub name: Str,
    /// What the folder says it is.
    pub kind: Kind,
    /// Its inode.
    pub inode: u64,
}

/// What a folder says an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nothing.
    Unknown,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// Something else: a pipe, a device.
    Other,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Unknown, Self::File, Self::Folder, Self::Link, Self::Other];

    /// A number for it, from 0 on.
    pub fn number(self) -> i64 {
        Self::ALL.iter().position(|kind| *kind == self).map_or(0, |number| number as i64)
    }

    /// What has that number.
    pub fn of_number(number: i64) -> Self {
        usize::try_from(number)
            .ok()
            .and_then(|number| Self::ALL.get(number).copied())
            .unwrap_or(Self::Unknown)
    }
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "the flags of open(2), which combine freely")]
pub struct OpenMode {
    /// To read.
    pub read: bool,
    /// To write.
    pub write: bool,
    /// Every write goes to the end.
    pub append: bool,
    /// It is made if it is not there.
    pub create: bool,
    /// It must not be there.
    pub new: bool,
    /// What is in it is dropped.
    pub truncate: bool,
    /// Other flags, by the operating system's own numbers.
    pub others: i32,
    /// The permissions of a file that is made.
    pub permissions: u32,
}

impl OpenMode {
    /// The flags as Linux has them, for an opener of the program's own: closed when another program is run.
    pub const fn bits(self) -> i32 {
        let access = match (self.read, self.write) {
            (true, true) => 2,
            (false, true) => 1,
            (_, false) => 0,
        };
        let create = if self.create { 0o100 } else { 0 } | if self.new { 0o200 } else { 0 };
        let rest = if self.truncate { 0o1000 } else { 0 } | if self.append { 0o2000 } else { 0 };
        access | create | rest | 0o2_000_000
    }

    /// The permissions of a file that `open()` makes.
    pub const PERMISSIONS: u32 = 0o666;
}

/// What the operating system replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is done.
    Nothing,
    /// A number.
    Number(i64),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A path, or another text.
    Path(Str),
    /// Names.
    Names(Vec<Str>),
    /// An open file.
    Opened {
        /// Its number.
        fd: i32,
        /// Whether it is a terminal.
        is_terminal: bool,
        /// Whether it has places to seek to.
        is_seekable: bool,
        /// Whether it is a folder.
        is_folder: bool,
    },
    /// Two numbers of open files.
    Pair(i32, i32),
    /// Columns and lines.
    TerminalSize(u16, u16),
    /// What the operating system is called, the name of the machine in its network, release, version, and the kind
    /// of machine.
    System(Box<[Str; 5]>),
    /// The entries of a folder.
    Entries(Rc<[Entry]>),
    /// What a path leads to.
    Stat(Box<Stat>),
    /// What is known of a file system, in the order of `os.statvfs_result`.
    FileSystem(Box<[u64; 11]>),
    /// What local clocks show.
    Local(LocalTime),
    /// The same at the first of January, and half a year later.
    Seasons(Box<[LocalTime; 2]>),
    /// Family, type and protocol.
    Socket([i32; 3]),
    /// An address.
    Address(Address),
    /// Open files, and what they can do.
    Events(Rc<[(i32, u32)]>),
}

/// What the operating system knows of a file, as `os.stat` tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// Kind and permissions.
    pub mode: u32,
    /// The inode.
    pub inode: u64,
    /// The device.
    pub device: u64,
    /// How many names it has.
    pub links: u64,
    /// The owner.
    pub uid: u32,
    /// The group.
    pub gid: u32,
    /// The size in bytes.
    pub size: u64,
    /// Times in nanoseconds since 1970: of the last access, of the last change of its contents, of the last
    /// change of what is told here.
    pub times: [i128; 3],
    /// How many bytes are best read or written at once.
    pub block_size: u64,
    /// How many blocks of 512 bytes it takes.
    pub blocks: u64,
    /// The device that it stands for.
    pub special_device: u64,
}
