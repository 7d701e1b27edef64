//! What `posix` does with files beyond opening, reading and naming them: permissions, times, links, numbers of open
//! files, and what is known of the process that has them.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Style, SystemCall};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::{NativeBody, NativeDef};
use super::super::super::object::struct_sequence::{Shape, item, named_tuple};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::system::{Call, Identity};
use super::super::super::value::{Kind, Value};
use super::{TWO_PATHS, number, numbered, path, text};

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function(
        "chmod",
        Params::Named { names: &["path", "mode", "dir_fd", "follow_symlinks"], required: 2, positional: 2 },
        |m, args| {
            m.with_indices("chmod", args, &[1], Style::Plain, |m, args| {
                m.with_indices("chmod", args, &[3], Style::Truth, change_mode)
            })
        },
    ),
    NativeDef::function(
        "chown",
        Params::Named {
            names: &["path", "uid", "gid", "dir_fd", "follow_symlinks"],
            required: 3,
            positional: 3,
        },
        |m, args| {
            path(m, args, 0, "chown", |m, args| {
                with_owners(m, args, "chown", |m, args| {
                    m.with_indices("chown", args, &[4], Style::Truth, |m, args| {
                        change_owner(m, args, "chown", args.flag(4, true))
                    })
                })
            })
        },
    ),
    NativeDef::function("lchown", Params::named(&["path", "uid", "gid"], 3), |m, args| {
        path(m, args, 0, "lchown", |m, args| {
            with_owners(m, args, "lchown", |m, args| change_owner(m, args, "lchown", false))
        })
    }),
    numbered!("fchmod", Params::named(&["fd", "mode"], 2), &[0, 1], |m, args| {
        let (fd, mode) = (number(m, args.at(0))?, number(m, args.at(1))?);
        m.begin(SystemCall::new("fchmod", Call::ChangeModeOpen(fd, mode as u32)))
    }),
    NativeDef::function(
        "utime",
        Params::Named {
            names: &["path", "times", "ns", "dir_fd", "follow_symlinks"],
            required: 1,
            positional: 2,
        },
        |m, args| {
            path(m, args, 0, "utime", |m, args| m.with_indices("utime", args, &[4], Style::Truth, set_times))
        },
    ),
    NativeDef::function("symlink", SYMLINK, |m, args| {
        path(m, args, 0, "symlink", |m, args| {
            path(m, args, 1, "symlink", |m, args| {
                let (from, to) = (text(m, args.at(0), "symlink")?, text(m, args.at(1), "symlink")?);
                let call = SystemCall::new("symlink", Call::SymbolicLink(from, to));
                let call = call.about(m, [args.at(0), args.at(1)]);
                m.begin(call)
            })
        })
    }),
    NativeDef::function("link", TWO_PATHS, |m, args| {
        path(m, args, 0, "link", |m, args| {
            path(m, args, 1, "link", |m, args| {
                let (from, to) = (text(m, args.at(0), "link")?, text(m, args.at(1), "link")?);
                m.begin(SystemCall::new("link", Call::Link(from, to)).about(m, [args.at(0), args.at(1)]))
            })
        })
    }),
    NativeDef::function("truncate", Params::named(&["path", "length"], 2), |m, args| {
        path(m, args, 0, "truncate", |m, args| {
            m.with_indices("truncate", args, &[1], Style::Plain, |m, args| {
                let path = text(m, args.at(0), "truncate")?;
                let size = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
                m.begin(SystemCall::new("truncate", Call::TruncateNamed(path, size)).about(m, [args.at(0)]))
            })
        })
    }),
    numbered!("ftruncate", Params::Range(2, 2), &[0, 1], |m, args| {
        let (fd, size) = (number(m, args.at(0))?, size(m, args.at(1))?);
        m.begin(SystemCall::new("ftruncate", Call::Truncate(fd, size)))
    }),
    numbered!("fsync", Params::named(&["fd"], 1), &[0], |m, args| {
        let fd = number(m, args.at(0))?;
        m.begin(SystemCall::new("fsync", Call::Sync(fd)))
    }),
    numbered!("fdatasync", Params::named(&["fd"], 1), &[0], |m, args| {
        let fd = number(m, args.at(0))?;
        m.begin(SystemCall::new("fdatasync", Call::Sync(fd)))
    }),
    numbered!("pread", Params::Range(3, 3), &[0, 1, 2], |m, args| {
        let (fd, length) = (number(m, args.at(0))?, m.index_i64(args.at(1), types::OVERFLOW_ERROR)?);
        let offset = m.index_i64(args.at(2), types::OVERFLOW_ERROR)?;
        match (usize::try_from(length), u64::try_from(offset)) {
            (Ok(length), Ok(offset)) => m.begin(SystemCall::new("pread", Call::ReadAt(fd, length, offset))),
            _ => Err(m.invalid_argument()),
        }
    }),
    numbered!("pwrite", Params::Range(3, 3), &[0, 2], |m, args| {
        m.with_buffers("pwrite", args, &[1], |m, args| {
            let (fd, bytes) = (number(m, args.at(0))?, m.bytes_argument(args.at(1))?);
            match u64::try_from(m.index_i64(args.at(2), types::OVERFLOW_ERROR)?) {
                Ok(offset) => m.begin(SystemCall::new("pwrite", Call::WriteAt(fd, bytes.into(), offset))),
                Err(_) => Err(m.invalid_argument()),
            }
        })
    }),
    numbered!("statvfs", Params::named(&["path"], 1), &[], |m, args| {
        if m.heap.int_ref(args.at(0)).is_some() {
            let fd = number(m, args.at(0))?;
            return m.begin(SystemCall::new("statvfs", Call::FileSystemOpen(fd)));
        }
        path(m, args, 0, "statvfs", |m, args| {
            let path = text(m, args.at(0), "statvfs")?;
            m.begin(SystemCall::new("statvfs", Call::FileSystem(path)).about(m, [args.at(0)]))
        })
    }),
    numbered!("fstatvfs", Params::named(&["fd"], 1), &[0], |m, args| {
        let fd = number(m, args.at(0))?;
        m.begin(SystemCall::new("fstatvfs", Call::FileSystemOpen(fd)))
    }),
    numbered!("isatty", Params::One, &[0], |m, args| {
        let fd = number(m, args.at(0))?;
        m.begin(SystemCall::new("isatty", Call::IsTerminal(fd)).as_bool())
    }),
    NativeDef::function("pipe", Params::None, |m, _| m.begin(SystemCall::new("pipe", Call::Pipe))),
    numbered!("dup", Params::One, &[0], |m, args| {
        let fd = number(m, args.at(0))?;
        m.begin(SystemCall::new("dup", Call::Duplicate(fd)))
    }),
    numbered!("get_terminal_size", Params::Range(0, 1), &[0], |m, args| {
        let fd = args.get(0).map_or(Ok(1), |fd| number(m, fd))?;
        m.begin(SystemCall::new("get_terminal_size", Call::TerminalSize(fd)))
    }),
    numbered!("umask", Params::One, &[0], |m, args| {
        let mask = number(m, args.at(0))?;
        m.begin(SystemCall::new("umask", Call::Umask(mask as u32)))
    }),
    NativeDef::function("getppid", Params::None, |m, _| identity(m, "getppid", Identity::Parent)),
    NativeDef::function("getuid", Params::None, |m, _| identity(m, "getuid", Identity::User)),
    NativeDef::function("geteuid", Params::None, |m, _| identity(m, "geteuid", Identity::EffectiveUser)),
    NativeDef::function("getgid", Params::None, |m, _| identity(m, "getgid", Identity::Group)),
    NativeDef::function("getegid", Params::None, |m, _| identity(m, "getegid", Identity::EffectiveGroup)),
    NativeDef::function("cpu_count", Params::None, |m, _| {
        m.begin(SystemCall::new("cpu_count", Call::Processors))
    }),
    NativeDef::function("uname", Params::None, |m, _| m.begin(SystemCall::new("uname", Call::System))),
];

const SYMLINK: Params =
    Params::Named { names: &["src", "dst", "target_is_directory", "dir_fd"], required: 2, positional: 3 };

/// `os.terminal_size`.
pub static TERMINAL_SIZE: TypeSpec = TypeSpec {
    module: "os",
    accessors: &[item::<0>("columns"), item::<1>("lines")],
    ..named_tuple(types::TERMINAL_SIZE, "terminal_size")
};

/// `os.statvfs_result`, whose last field is no item.
pub static STATVFS_RESULT: TypeSpec = TypeSpec {
    module: "os",
    accessors: &[
        item::<0>("f_bsize"),
        item::<1>("f_frsize"),
        item::<2>("f_blocks"),
        item::<3>("f_bfree"),
        item::<4>("f_bavail"),
        item::<5>("f_files"),
        item::<6>("f_ffree"),
        item::<7>("f_favail"),
        item::<8>("f_flag"),
        item::<9>("f_namemax"),
        Accessor::read_only("f_fsid", |m, result| Ok(Shape::hidden_value(m, result, "f_fsid").into()))
            .as_member(),
    ],
    ..named_tuple(types::STATVFS_RESULT, "statvfs_result")
};

/// `posix.uname_result`.
pub static UNAME_RESULT: TypeSpec = TypeSpec {
    module: "posix",
    accessors: &[
        item::<0>("sysname"),
        item::<1>("nodename"),
        item::<2>("release"),
        item::<3>("version"),
        item::<4>("machine"),
    ],
    ..named_tuple(types::UNAME_RESULT, "uname_result")
};

fn identity(m: &mut Machine, name: &'static str, wanted: Identity) -> Eval {
    m.begin(SystemCall::new(name, Call::Identity(wanted)))
}

/// The size that a file is to have.
fn size(m: &mut Machine, value: Value) -> Result<u64, Raise> {
    let size = m.index_i64(value, types::OVERFLOW_ERROR)?;
    u64::try_from(size).map_err(|_| m.invalid_argument())
}

/// `chmod(path, mode)`: of an open file, too.
/// `chown(path, uid, gid)`: −1 leaves what there is.
fn change_owner(m: &mut Machine, args: &Args, name: &'static str, follows: bool) -> Eval {
    let path = text(m, args.at(0), name)?;
    let [user, group] = [owner(m, args.at(1), "uid")?, owner(m, args.at(2), "gid")?];
    let call = Call::ChangeOwner(path, user, group, follows);
    m.begin(SystemCall::new(name, call).about(m, [args.at(0)]))
}

/// The number of a user or a group, unless it is −1, which all bits together mean as well.
fn owner(m: &mut Machine, value: Value, what: &str) -> Result<Option<u32>, Raise> {
    match m.index_clamped(value).unwrap_or(-1) {
        -1 => Ok(None),
        ..0 => Err(m.overflow_error(format!("{what} is less than minimum"))),
        number => match u32::try_from(number) {
            Ok(number) => Ok(Some(number).filter(|number| *number < u32::MAX)),
            Err(_) => Err(m.overflow_error(format!("{what} is greater than maximum"))),
        },
    }
}

/// Goes on once the numbers of a user and a group are integers.
fn with_owners(m: &mut Machine, args: &Args, name: &'static str, body: NativeBody) -> Eval {
    for (index, what) in [(1, "uid"), (2, "gid")] {
        let value = args.at(index);
        if m.heap.int_ref(value).is_none() && m.heap.special(value, names::INDEX).is_none() {
            let class = m.class_name(value);
            return Err(m.type_error(format!("{what} should be integer, not {class}")));
        }
    }
    m.with_indices(name, args, &[1, 2], Style::Plain, body)
}

fn change_mode(m: &mut Machine, args: &Args) -> Eval {
    let mode = number(m, args.at(1))? as u32;
    if !args.flag(3, true) {
        return Err(m.unsupported("chmod() with follow_symlinks=False"));
    }
    if m.heap.int_ref(args.at(0)).is_some() {
        let fd = number(m, args.at(0))?;
        return m.begin(SystemCall::new("chmod", Call::ChangeModeOpen(fd, mode)).about(m, [args.at(0)]));
    }
    path(m, args, 0, "chmod", |m, args| {
        let (path, mode) = (text(m, args.at(0), "chmod")?, number(m, args.at(1))? as u32);
        m.begin(SystemCall::new("chmod", Call::ChangeMode(path, mode)).about(m, [args.at(0)]))
    })
}

/// A moment in nanoseconds since 1970: of an int or a float in seconds, or of an int in nanoseconds.
fn moment(m: &mut Machine, value: Value, in_nanoseconds: bool) -> Result<i128, Raise> {
    const SECOND: i128 = 1_000_000_000;
    if let Some(number) = m.heap.int_ref(value) {
        let Some(number) = number.small() else {
            return Err(m.overflow_error("timestamp out of range for platform time_t"));
        };
        return Ok(i128::from(number) * if in_nanoseconds { 1 } else { SECOND });
    }
    match value.kind() {
        Kind::Float(seconds) if !in_nanoseconds => {
            if seconds.is_nan() {
                return Err(m.value_error("Invalid value NaN (not a number)"));
            }
            // As CPython rounds: down to a whole nanosecond, the part behind the seconds on its own.
            let whole = seconds.floor();
            if whole.abs() >= 9.3e18 {
                return Err(m.overflow_error("timestamp out of range for platform time_t"));
            }
            Ok(whole as i128 * SECOND + ((seconds - whole) * 1e9).floor() as i128)
        }
        _ => {
            let class = m.class_name(value);
            Err(m.type_error(if in_nanoseconds {
                format!("'{class}' object cannot be interpreted as an integer")
            } else {
                format!("argument must be int or float, not {class}")
            }))
        }
    }
}

/// `utime(path, times=None, *, ns=None)`.
fn set_times(m: &mut Machine, args: &Args) -> Eval {
    let path = text(m, args.at(0), "utime")?;
    let (times, exact) = (args.some(1), args.get(2));
    let pair = |m: &Machine, value: Value| match m.heap.payload_of(value) {
        Some(Payload::Tuple(items)) if items.len() == 2 => Some((items[0], items[1])),
        _ => None,
    };
    let moments = match (times, exact) {
        (Some(_), Some(_)) => {
            return Err(m.value_error("utime: you may specify either 'times' or 'ns' but not both"));
        }
        (None, None) => None,
        (given, exact) => {
            let in_nanoseconds = given.is_none();
            let Some((first, second)) = given.or(exact).and_then(|value| pair(m, value)) else {
                return Err(m.type_error(if in_nanoseconds {
                    "utime: 'ns' must be a tuple of two ints"
                } else {
                    "utime: 'times' must be either a tuple of two ints or None"
                }));
            };
            Some([moment(m, first, in_nanoseconds)?, moment(m, second, in_nanoseconds)?])
        }
    };
    let call = Call::SetTimes(path, moments, args.flag(4, true));
    m.begin(SystemCall::new("utime", call).about(m, [args.at(0)]))
}

impl Machine {
    /// An `os.uname_result`, or another tuple whose items have names, of these items; what is beyond them comes last.
    pub(in crate::machine) fn named_tuple_of(&mut self, spec: &'static TypeSpec, items: Vec<Value>) -> Value {
        let shape = Shape::of(spec.handle).expect("its items have names");
        let (items, hidden) = items.split_at(shape.items);
        shape.make(self, items.to_vec(), hidden)
    }
}
