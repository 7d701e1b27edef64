//! `posix`: what programs ask of the operating system, as far as paths, folders and the environment go.

mod configuration;
mod constants;
mod descriptors;
mod files;
mod paths;
mod process;
mod scandir;

use std::fmt::Write;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{Style, SystemCall};
use super::super::object::class::{Accessor, Layout, TypeSpec};
use super::super::object::function::{NativeBody, NativeDef};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::system::{Call, OpenMode, Stat};
use super::super::text::Str;
use super::super::value::{Handle, Kind, Value};
use super::native::{Constant, NativeModule};
use crate::machine::file_bytes;

pub use files::{STATVFS_RESULT, TERMINAL_SIZE, UNAME_RESULT};
pub use scandir::EntryStat;

/// A function that takes integers where `$wanted` says.
macro_rules! numbered {
    ($name:literal, $params:expr, $wanted:expr, $body:expr) => {
        NativeDef::function($name, $params, |m, args| {
            m.with_indices($name, args, $wanted, Style::Plain, $body)
        })
    };
}

use numbered;

/// The functions.
static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("getpid", Params::None, |m, _| m.begin(SystemCall::new("getpid", Call::Process))),
    NativeDef::function("getcwd", Params::None, |m, _| {
        m.begin(SystemCall::new("getcwd", Call::CurrentFolder))
    }),
    NativeDef::function("getcwdb", Params::None, |m, _| {
        m.begin(SystemCall::new("getcwdb", Call::CurrentFolder).in_bytes())
    }),
    NativeDef::function("chdir", Params::named(&["path"], 1), |m, args| {
        path(m, args, 0, "chdir", |m, args| {
            let path = text(m, args.at(0), "chdir")?;
            m.begin(SystemCall::new("chdir", Call::ChangeFolder(path)).about(m, [args.at(0)]))
        })
    }),
    NativeDef::function("listdir", Params::named(&["path"], 0), |m, args| match args.some(0) {
        None => m.begin(SystemCall::new("listdir", Call::List(Str::from(".")))),
        Some(_) => path(m, args, 0, "listdir", |m, args| {
            let path = text(m, args.at(0), "listdir")?;
            m.begin(SystemCall::new("listdir", Call::List(path)).about(m, [args.at(0)]))
        }),
    }),
    NativeDef::function("stat", STAT, |m, args| stat(m, args, "stat")),
    NativeDef::function(
        "lstat",
        Params::Named { names: &["path", "dir_fd"], required: 1, positional: 1 },
        |m, args| stat(m, args, "lstat"),
    ),
    numbered!("fstat", Params::named(&["fd"], 1), &[0], |m, args| {
        let fd = number(m, args.at(0))?;
        m.begin(SystemCall::new("fstat", Call::StatOpen(fd)))
    }),
    NativeDef::function(
        "mkdir",
        Params::Named { names: &["path", "mode", "dir_fd"], required: 1, positional: 2 },
        |m, args| {
            path(m, args, 0, "mkdir", |m, args| {
                m.with_indices("mkdir", args, &[1], Style::Plain, make_folder)
            })
        },
    ),
    NativeDef::function("rmdir", ONE_PATH, |m, args| {
        path(m, args, 0, "rmdir", |m, args| {
            let path = text(m, args.at(0), "rmdir")?;
            m.begin(SystemCall::new("rmdir", Call::RemoveFolder(path)).about(m, [args.at(0)]))
        })
    }),
    NativeDef::function("remove", ONE_PATH, |m, args| remove(m, args, "remove")),
    NativeDef::function("unlink", ONE_PATH, |m, args| remove(m, args, "unlink")),
    NativeDef::function("rename", TWO_PATHS, |m, args| rename(m, args, "rename")),
    NativeDef::function("replace", TWO_PATHS, |m, args| rename(m, args, "replace")),
    NativeDef::function("readlink", ONE_PATH, |m, args| {
        path(m, args, 0, "readlink", |m, args| {
            let path = text(m, args.at(0), "readlink")?;
            m.begin(SystemCall::new("readlink", Call::ReadLink(path)).about(m, [args.at(0)]))
        })
    }),
    NativeDef::function(
        "access",
        Params::Named {
            names: &["path", "mode", "dir_fd", "effective_ids", "follow_symlinks"],
            required: 2,
            positional: 2,
        },
        |m, args| {
            path(m, args, 0, "access", |m, args| {
                m.with_indices("access", args, &[1], Style::Plain, |m, args| {
                    m.with_indices("access", args, &[3, 4], Style::Truth, access)
                })
            })
        },
    ),
    numbered!("urandom", Params::One, &[0], |m, args| {
        const MOST: i64 = 1 << 24;
        match m.index_i64(args.at(0), types::OVERFLOW_ERROR)? {
            size @ 0..=MOST => m.begin(SystemCall::new("urandom", Call::Random(size as usize))),
            size if size < 0 => Err(m.value_error("negative argument not allowed")),
            _ => Err(m.out_of_memory()),
        }
    }),
    NativeDef::function("putenv", Params::Range(2, 2), |m, args| {
        let name = variable(m, args.at(0), "putenv")?;
        let value = environment_text(m, args.at(1), "putenv")?;
        m.set_environment_variable(name, Some(value));
        Ok(Value::NONE.into())
    }),
    NativeDef::function("unsetenv", Params::One, |m, args| {
        let name = variable(m, args.at(0), "unsetenv")?;
        m.set_environment_variable(name, None);
        Ok(Value::NONE.into())
    }),
    numbered!("strerror", Params::One, &[0], |m, args| {
        let errno = number(m, args.at(0))?;
        m.begin(SystemCall::new("strerror", Call::Describe(errno)))
    }),
    NativeDef::function("fspath", Params::named(&["path"], 1), |m, args| m.fs_path(args.at(0))),
    NativeDef::function(
        "open",
        Params::Named { names: &["path", "flags", "mode", "dir_fd"], required: 2, positional: 3 },
        |m, args| {
            path(m, args, 0, "open", |m, args| m.with_indices("open", args, &[1, 2], Style::Plain, open))
        },
    ),
    numbered!("close", Params::named(&["fd"], 1), &[0], |m, args| {
        let fd = number(m, args.at(0))?;
        m.begin(SystemCall::new("close", Call::Close(fd)))
    }),
    numbered!("read", Params::Range(2, 2), &[0, 1], |m, args| {
        let (fd, size) = (number(m, args.at(0))?, m.index_i64(args.at(1), types::OVERFLOW_ERROR)?);
        match usize::try_from(size) {
            Ok(size) => m.begin(SystemCall::new("read", Call::Read(fd, size))),
            Err(_) => Err(m.invalid_argument()),
        }
    }),
    numbered!("readinto", Params::Range(2, 2), &[0], |m, args| {
        let view = m.writable_view("readinto() argument 2", args.at(1))?;
        m.continue_with("readinto", view, args.clone(), 1, |m, args| {
            let fd = number(m, args.at(0))?;
            let view = args.at(1).handle().expect("a memoryview is a heap object");
            let size = m.heap.memory_view(view).layout.bytes();
            let read = m.begin(SystemCall::new("readinto", Call::Read(fd, size)))?;
            let parts = Args::new([Value::NONE, args.at(1)]);
            m.continue_with("readinto", read, parts, 0, |m, args| {
                let bytes = m.bytes_argument(args.at(0))?;
                let view = args.at(1).handle().expect("a memoryview is a heap object");
                Ok(m.fill_view(view, &bytes).into())
            })
        })
    }),
    numbered!("write", Params::Range(2, 2), &[0], |m, args| {
        let (fd, bytes) = (number(m, args.at(0))?, m.bytes_argument(args.at(1))?);
        m.begin(SystemCall::new("write", Call::Write(fd, bytes.into())))
    }),
    numbered!("lseek", Params::Range(3, 3), &[0, 1, 2], |m, args| {
        let (fd, whence) = (number(m, args.at(0))?, number(m, args.at(2))?);
        let offset = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
        match u8::try_from(whence) {
            Ok(whence @ 0..=2) => m.begin(SystemCall::new("lseek", Call::Seek(fd, offset, whence))),
            _ => Err(m.invalid_argument()),
        }
    }),
];

const STAT: Params =
    Params::Named { names: &["path", "dir_fd", "follow_symlinks"], required: 1, positional: 1 };
const ONE_PATH: Params = Params::Named { names: &["path", "dir_fd"], required: 1, positional: 1 };
const TWO_PATHS: Params =
    Params::Named { names: &["src", "dst", "src_dir_fd", "dst_dir_fd"], required: 2, positional: 2 };

/// An attribute of a stat result that is no item.
macro_rules! attribute {
    ($name:literal) => {
        Accessor::read_only($name, |m, stat| {
            let key = m.text_handle($name);
            let own = stat.handle().and_then(|stat| m.heap.own_attribute(stat, key));
            Ok(own.unwrap_or(Value::NONE).into())
        })
        .as_member()
    };
}

/// `posix`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[
        FUNCTIONS,
        configuration::FUNCTIONS,
        descriptors::FUNCTIONS,
        files::FUNCTIONS,
        paths::FUNCTIONS,
        process::FUNCTIONS,
        process::REFUSED,
        scandir::FUNCTIONS,
    ],
    types: &[&STAT_RESULT, &STATVFS_RESULT, &TERMINAL_SIZE, &UNAME_RESULT, &scandir::DIR_ENTRY],
    hidden_types: &[&scandir::SCANDIR_ITERATOR],
    constants: &[
        ("F_OK", Constant::Int(0)),
        ("R_OK", Constant::Int(4)),
        ("W_OK", Constant::Int(2)),
        ("X_OK", Constant::Int(1)),
        ("O_RDONLY", Constant::Int(0)),
        ("O_WRONLY", Constant::Int(1)),
        ("O_RDWR", Constant::Int(2)),
        ("O_CREAT", Constant::Int(0o100)),
        ("O_EXCL", Constant::Int(0o200)),
        ("O_TRUNC", Constant::Int(0o1000)),
        ("O_APPEND", Constant::Int(0o2000)),
        ("O_ACCMODE", Constant::Int(3)),
        ("O_NOCTTY", Constant::Int(0o400)),
        ("O_NONBLOCK", Constant::Int(0o4000)),
        ("O_NDELAY", Constant::Int(0o4000)),
        ("O_DSYNC", Constant::Int(0o10000)),
        ("O_ASYNC", Constant::Int(0o20000)),
        ("O_DIRECT", Constant::Int(0o40000)),
        ("O_LARGEFILE", Constant::Int(0)),
        ("O_DIRECTORY", Constant::Int(0o200_000)),
        ("O_NOFOLLOW", Constant::Int(0o400_000)),
        ("O_NOATIME", Constant::Int(0o1_000_000)),
        ("O_CLOEXEC", Constant::Int(0o2_000_000)),
        ("O_SYNC", Constant::Int(0o4_010_000)),
        ("O_RSYNC", Constant::Int(0o4_010_000)),
        ("O_FSYNC", Constant::Int(0o4_010_000)),
        ("O_PATH", Constant::Int(0o10_000_000)),
        ("O_TMPFILE", Constant::Int(0o20_200_000)),
        ("EX_OK", Constant::Int(0)),
        ("EX_USAGE", Constant::Int(64)),
        ("EX_DATAERR", Constant::Int(65)),
        ("EX_NOINPUT", Constant::Int(66)),
        ("EX_NOUSER", Constant::Int(67)),
        ("EX_NOHOST", Constant::Int(68)),
        ("EX_UNAVAILABLE", Constant::Int(69)),
        ("EX_SOFTWARE", Constant::Int(70)),
        ("EX_OSERR", Constant::Int(71)),
        ("EX_OSFILE", Constant::Int(72)),
        ("EX_CANTCREAT", Constant::Int(73)),
        ("EX_IOERR", Constant::Int(74)),
        ("EX_TEMPFAIL", Constant::Int(75)),
        ("EX_PROTOCOL", Constant::Int(76)),
        ("EX_NOPERM", Constant::Int(77)),
        ("EX_CONFIG", Constant::Int(78)),
        ("error", Constant::Type(types::OS_ERROR)),
    ],
    fill: Machine::fill_posix,
    ..NativeModule::new("posix", "What programs ask of the operating system.")
};

/// The items of `os.stat_result`, and the names of those that are only attributes.
const ITEMS: [&str; 7] = ["st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size"];
const TIMES: [&str; 3] = ["st_atime", "st_mtime", "st_ctime"];

/// `os.stat_result`.
pub const STAT_RESULT: TypeSpec = TypeSpec {
    module: "os",
    base: types::TUPLE,
    layout: Layout::Builtin(types::TUPLE),
    natives: &[NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_stat(args.at(0)))],
    accessors: &[
        item::<0>(),
        item::<1>(),
        item::<2>(),
        item::<3>(),
        item::<4>(),
        item::<5>(),
        item::<6>(),
        attribute!("st_atime"),
        attribute!("st_mtime"),
        attribute!("st_ctime"),
        attribute!("st_atime_ns"),
        attribute!("st_mtime_ns"),
        attribute!("st_ctime_ns"),
        attribute!("st_blksize"),
        attribute!("st_blocks"),
        attribute!("st_rdev"),
    ],
    ..TypeSpec::new(types::STAT_RESULT, "stat_result")
};

const fn item<const N: usize>() -> Accessor {
    Accessor::read_only(ITEMS[N], |m, stat| Ok(m.tuple_items(stat)[N].into())).as_member()
}

/// Refuses paths that are relative to an open folder, and other ways of `access` than its plain one.
fn refuse_folders(m: &mut Machine, args: &Args, name: &str) -> Result<(), Raise> {
    let folders: &[usize] = match name {
        "stat" | "lstat" | "rmdir" | "remove" | "unlink" | "readlink" => &[1],
        "mkdir" | "access" | "chmod" => &[2],
        "open" | "symlink" | "utime" | "chown" => &[3],
        "rename" | "replace" | "link" => &[2, 3],
        _ => &[],
    };
    if folders.iter().any(|index| args.some(*index).is_some()) {
        return Err(m.unsupported(format!("{name}() with dir_fd")));
    }
    Ok(())
}

/// Goes on once the argument at `index` is a str or bytes.
fn path(m: &mut Machine, args: &Args, index: usize, name: &'static str, body: NativeBody) -> Eval {
    refuse_folders(m, args, name)?;
    let given = args.at(index);
    let is_path = m.name_of_file(given).is_some();
    if is_path || m.has_fspath(given) {
        let path = m.fs_path(given)?;
        return m.continue_with(name, path, args.clone(), index, body);
    }
    if m.heap.int_ref(given).is_some()
        && matches!(name, "stat" | "listdir" | "chdir" | "utime" | "truncate" | "scandir" | "chown")
    {
        return Err(m.unsupported(format!("{name}() of a file descriptor")));
    }
    let others = match name {
        "stat" | "chdir" | "utime" | "truncate" | "chmod" | "chown" | "statvfs" => ", os.PathLike or integer",
        "listdir" | "scandir" => ", os.PathLike, integer or None",
        _ => " or os.PathLike",
    };
    let class = m.class_name(given);
    Err(m.type_error(format!("{name}: path should be string, bytes{others}, not {class}")))
}

fn text(m: &mut Machine, value: Value, name: &str) -> Result<Str, Raise> {
    let Some(text) = m.name_of_file(value) else {
        let class = m.class_name(value);
        return Err(m.type_error(format!("{name}: path should be string, bytes or os.PathLike, not {class}")));
    };
    if text.points().any(|point| point == 0) {
        return Err(m.value_error(format!("{name}: embedded null character in path")));
    }
    Ok(text)
}

fn number(m: &mut Machine, value: Value) -> Result<i32, Raise> {
    match m.index_clamped(value).map(i32::try_from) {
        Some(Ok(number)) => Ok(number),
        Some(Err(_)) => Err(m.overflow_error("Python int too large to convert to C int")),
        None => {
            let class = m.class_name(value);
            Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")))
        }
    }
}

/// A name or value of the environment.
fn environment_text(m: &mut Machine, value: Value, name: &str) -> Result<Vec<u8>, Raise> {
    let Some(text) = m.name_of_file(value) else {
        let class = m.class_name(value);
        if m.has_fspath(value) {
            return Err(m.unsupported(format!("{name}() of a path object")));
        }
        return Err(m.type_error(format!("expected str, bytes or os.PathLike object, not {class}")));
    };
    let bytes = file_bytes(&text);
    if bytes.contains(&0) {
        return Err(m.value_error("embedded null byte"));
    }
    Ok(bytes)
}

/// The name of a variable of the environment.
fn variable(m: &mut Machine, value: Value, name: &str) -> Result<Vec<u8>, Raise> {
    let text = environment_text(m, value, name)?;
    if text.is_empty() || text.contains(&b'=') {
        return Err(match name {
            "putenv" => m.value_error("illegal environment variable name"),
            _ => m.invalid_argument(),
        });
    }
    Ok(text)
}

fn make_folder(m: &mut Machine, args: &Args) -> Eval {
    let path = text(m, args.at(0), "mkdir")?;
    let mode = match args.get(1) {
        Some(mode) => number(m, mode)? as u32,
        None => 0o777,
    };
    m.begin(SystemCall::new("mkdir", Call::MakeFolder(path, mode)).about(m, [args.at(0)]))
}

/// `access(path, mode)`: whether it is allowed.
fn access(m: &mut Machine, args: &Args) -> Eval {
    let path = text(m, args.at(0), "access")?;
    let bits = number(m, args.at(1))? as u32;
    if args.flag(3, false) {
        return Err(m.unsupported("access() with effective_ids=True"));
    }
    if !args.flag(4, true) {
        return Err(m.unsupported("access() with follow_symlinks=False"));
    }
    m.begin(SystemCall::new("access", Call::Access(path, bits)).as_bool())
}

fn stat(m: &mut Machine, args: &Args, name: &'static str) -> Eval {
    let body: NativeBody = if name == "stat" {
        |m, args| {
            m.with_indices("stat", args, &[2], Style::Truth, |m, args| {
                let path = text(m, args.at(0), "stat")?;
                let call = Call::Stat(path, args.flag(2, true));
                m.begin(SystemCall::new("stat", call).about(m, [args.at(0)]))
            })
        }
    } else {
        |m, args| {
            let path = text(m, args.at(0), "lstat")?;
            m.begin(SystemCall::new("lstat", Call::Stat(path, false)).about(m, [args.at(0)]))
        }
    };
    path(m, args, 0, name, body)
}

fn remove(m: &mut Machine, args: &Args, name: &'static str) -> Eval {
    path(m, args, 0, name, |m, args| {
        let path = text(m, args.at(0), "remove")?;
        m.begin(SystemCall::new("remove", Call::Remove(path)).about(m, [args.at(0)]))
    })
}

fn rename(m: &mut Machine, args: &Args, name: &'static str) -> Eval {
    path(m, args, 0, name, |m, args| {
        path(m, args, 1, "rename", |m, args| {
            let (from, to) = (text(m, args.at(0), "rename")?, text(m, args.at(1), "rename")?);
            m.begin(SystemCall::new("rename", Call::Rename(from, to)).about(m, [args.at(0), args.at(1)]))
        })
    })
}

/// `open(path, flags)`: the number of the open file.
fn open(m: &mut Machine, args: &Args) -> Eval {
    const KNOWN: i32 = 0o3 | 0o100 | 0o200 | 0o1000 | 0o2000;
    let path = text(m, args.at(0), "open")?;
    let flags = number(m, args.at(1))?;
    let permissions = args.get(2).map_or(Ok(0o777), |mode| number(m, mode))? as u32;
    let mode = OpenMode {
        read: flags & 3 != 1,
        write: flags & 3 != 0,
        append: flags & 0o2000 != 0,
        create: flags & 0o100 != 0,
        new: flags & 0o300 == 0o300,
        truncate: flags & 0o1000 != 0,
        others: flags & !KNOWN,
        permissions,
    };
    m.begin(SystemCall::new("open", Call::Open { path, mode }).about(m, [args.at(0)]))
}

impl Machine {
    /// Gives a variable of the environment a value, or takes it away.
    fn set_environment_variable(&mut self, name: Vec<u8>, value: Option<Vec<u8>>) {
        let mut all = self.environment.to_vec();
        all.retain(|(known, _)| *known != name);
        all.extend(value.map(|value| (name, value)));
        self.environment = all.into();
    }

    /// `posix.environ`: names and values as bytes.
    fn fill_posix(&mut self, dict: Handle) {
        for (name, constant) in constants::CONSTANTS {
            self.set_constant(dict, name, *constant);
        }
        configuration::enter(self, dict);
        let environ = self.heap.new_dict();
        for (name, value) in self.environment.clone().iter() {
            let (name, value) = (self.heap.bytes(name), self.heap.bytes(value));
            // Bytes are compared without Python code.
            let _ = self.set_item(Value::object(environ), name, Some(value));
        }
        self.set_text_name(dict, "environ", Value::object(environ));
        // None of the functions takes a file descriptor in the place of a path, or one of a folder beside it.
        let have = self.heap.list(Vec::new());
        self.set_text_name(dict, "_have_functions", have);
    }

    /// An `os.stat_result`.
    pub(in crate::machine) fn stat_result(&mut self, stat: &Stat) -> Value {
        const SECOND: i128 = 1_000_000_000;
        let numbers = [
            stat.mode.into(),
            stat.inode as i64,
            stat.device as i64,
            stat.links as i64,
            stat.uid.into(),
            stat.gid.into(),
            stat.size as i64,
        ];
        let mut items: Vec<Value> = numbers.iter().map(|number| self.heap.int(*number)).collect();
        items.extend(
            stat.times.iter().map(|time| time.div_euclid(SECOND) as i64).map(|time| self.heap.int(time)),
        );
        let result = self.heap.alloc(types::STAT_RESULT, Payload::Tuple(items.into()));
        let dict = self.heap.attributes(result);
        for (name, time) in TIMES.iter().zip(stat.times) {
            let whole = time.div_euclid(SECOND) as f64;
            let part = time.rem_euclid(SECOND) as f64;
            let seconds = self.heap.float(whole + 1e-9 * part);
            self.set_text_name(dict, name, seconds);
            let exact = self.heap.int(time as i64);
            self.set_text_name(dict, &format!("{name}_ns"), exact);
        }
        for (name, number) in
            [("st_blksize", stat.block_size), ("st_blocks", stat.blocks), ("st_rdev", stat.special_device)]
        {
            let number = self.heap.int(number as i64);
            self.set_text_name(dict, name, number);
        }
        Value::object(result)
    }

    /// `os.stat_result(st_mode=…)`.
    pub(in crate::machine) fn repr_of_stat(&mut self, stat: Value) -> Eval {
        let mut text = String::from("os.stat_result(");
        let items = self.tuple_items(stat).to_vec();
        for (index, (name, item)) in ITEMS.iter().chain(&TIMES).zip(items).enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            let Kind::Int(number) = item.kind() else { continue };
            let _ = write!(text, "{separator}{name}={number}");
        }
        text.push(')');
        Ok(self.heap.str(text).into())
    }
}
