//! `FileIO`, `BufferedReader`, `BufferedWriter`, `BufferedRandom`, and what all files have in common.

use super::{Buffered, Io, Newline, Seen};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::ask::OsFailure;
use crate::machine::frame::Eval;
use crate::machine::names;
use crate::machine::native::{BUFFER_SIZE, Collected, FileOp, FileWork, Over, Part, Style, TextOver};
use crate::machine::object::class::{Accessor, Layout, TypeSpec};
use crate::machine::object::exceptions;
use crate::machine::object::function::NativeDef;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What all files derive from.
pub const BASES: [&TypeSpec; 4] = [
    &TypeSpec {
        natives: &[
            NativeDef::wrapper("__iter__", Params::None, itself),
            NativeDef::wrapper("__next__", Params::None, |m, args| work(m, args, FileOp::Next)),
            NativeDef::method("__enter__", Params::None, itself),
            NativeDef::method("__exit__", Params::AtLeast(0), |m, args| {
                m.call_attr(args.at(0), names::CLOSE, vec![])
            }),
            NativeDef::method("writelines", Params::One, write_lines),
            NativeDef::method("isatty", Params::None, |m, args| {
                m.check_open(args.at(0))?;
                let raw = args.at(0).handle().and_then(|file| m.raw_below(file));
                Ok(Value::bool(raw.is_some_and(|raw| m.raw_file(raw).terminal)).into())
            }),
            NativeDef::method("fileno", Params::None, |m, args| {
                let file = args.at(0).handle().expect("a file is a heap object");
                match m.raw_below(file) {
                    None => Err(m.unsupported_operation("fileno")),
                    Some(_) => {
                        m.check_open(args.at(0))?;
                        let raw = m.raw_below(file).map_or(-1, |raw| m.raw_file(raw).fd);
                        Ok(m.heap.int(raw.into()).into())
                    }
                }
            }),
            NativeDef::method("flush", Params::None, |m, args| {
                m.check_open(args.at(0))?;
                Ok(Value::NONE.into())
            }),
            NativeDef::method("detach", Params::None, |m, args| match m.io(handle(args)) {
                Some(Io::Buffered(_) | Io::Wrapper(_)) => detach(m, args),
                _ => Err(m.unsupported_operation("detach")),
            }),
        ],
        ..base(types::IO_BASE, "_IOBase", types::OBJECT)
    },
    &base(types::RAW_IO_BASE, "_RawIOBase", types::IO_BASE),
    &base(types::BUFFERED_IO_BASE, "_BufferedIOBase", types::IO_BASE),
    &base(types::TEXT_IO_BASE, "_TextIOBase", types::IO_BASE),
];

const fn base(handle: Handle, name: &'static str, base: Handle) -> TypeSpec {
    TypeSpec { module: "_io", base, subclassable: true, has_dict: true, ..TypeSpec::new(handle, name) }
}

/// The files of the operating system without decoding.
pub const FILES: [&TypeSpec; 5] = [
    &TypeSpec {
        accessors: &[
            Accessor::read_only("closed", closed),
            Accessor::read_only("mode", mode),
            Accessor::new("name", name, |m, file, value| m.set_own(file, "name", value)),
            Accessor::read_only("closefd", |m, file| {
                let raw = raw(m, file)?;
                Ok(Value::bool(m.raw_file(raw).closes).into())
            }),
        ],
        wrappers: &[&NEW_RAW],
        ..file(types::FILE_IO, "FileIO", types::RAW_IO_BASE)
    },
    &buffered(types::BUFFERED_READER, "BufferedReader"),
    &buffered(types::BUFFERED_WRITER, "BufferedWriter"),
    &buffered(types::BUFFERED_RANDOM, "BufferedRandom"),
    &TypeSpec {
        module: "io",
        base: types::OS_ERROR,
        layout: Layout::Builtin(types::OS_ERROR),
        subclassable: true,
        has_dict: true,
        ..TypeSpec::new(types::UNSUPPORTED_OPERATION, "UnsupportedOperation")
    },
];

const fn file(handle: Handle, name: &'static str, base: Handle) -> TypeSpec {
    TypeSpec {
        module: "_io",
        base,
        layout: Layout::Builtin(handle),
        has_dict: true,
        natives: METHODS,
        ..TypeSpec::new(handle, name)
    }
}

const BUFFER_METHODS: &[&NativeDef] = &[&NEW_BUFFER];

const fn buffered(handle: Handle, name: &'static str) -> TypeSpec {
    TypeSpec {
        accessors: OF_BUFFERS,
        wrappers: BUFFER_METHODS,
        ..file(handle, name, types::BUFFERED_IO_BASE)
    }
}

const OF_BUFFERS: &[Accessor] = &[
    Accessor::read_only("closed", closed),
    Accessor::read_only("mode", mode),
    Accessor::read_only("name", name),
    Accessor::read_only("raw", |m, file| match m.io(file.handle().expect("a file is a heap object")) {
        Some(Io::Buffered(buffered)) => Ok(buffered.raw.into()),
        _ => Err(m.unsupported("the raw file of a standard stream")),
    }),
];

/// The methods of files without decoding.
const METHODS: &[NativeDef] = &[
    NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_io(args.at(0))),
    NativeDef::method("read", Params::Range(0, 1), |m, args| {
        let size = m.read_size(args.get(1))?;
        work(m, args, FileOp::Read(size))
    }),
    NativeDef::method("read1", Params::Range(0, 1), |m, args| {
        let size = m.read_size(args.get(1))?;
        work(m, args, FileOp::ReadSome(size))
    }),
    NativeDef::method("readall", Params::None, |m, args| work(m, args, FileOp::Read(None))),
    NativeDef::method("peek", Params::Range(0, 1), |m, args| work(m, args, FileOp::Peek)),
    NativeDef::method("readinto", Params::One, |m, args| {
        let view = m.writable_view("readinto() argument", args.at(1))?;
        m.continue_with("readinto", view, args.clone(), 1, |m, args| {
            let view = args.at(1).handle().expect("a memoryview is a heap object");
            work(m, args, FileOp::ReadInto(view))
        })
    }),
    NativeDef::method("readline", Params::Range(0, 1), |m, args| {
        let limit = m.read_size(args.get(1))?;
        work(m, args, FileOp::ReadLine(limit))
    }),
    NativeDef::method("readlines", Params::Range(0, 1), |m, args| {
        let hint = m.read_size(args.get(1))?.filter(|hint| *hint > 0);
        work(m, args, FileOp::ReadLines(hint))
    }),
    NativeDef::method("write", Params::One, |m, args| {
        m.with_buffers("write", args, &[1], |m, args| work(m, args, FileOp::Write(args.at(1))))
    }),
    NativeDef::method("flush", Params::None, |m, args| work(m, args, FileOp::Flush)),
    NativeDef::method("seek", Params::Range(1, 2), seek),
    NativeDef::method("tell", Params::None, |m, args| work(m, args, FileOp::Tell)),
    NativeDef::method("truncate", Params::Range(0, 1), truncate),
    NativeDef::method("close", Params::None, |m, args| work(m, args, FileOp::Close)),
    NativeDef::method("readable", Params::None, |m, args| can(m, args, |raw| raw.reads)),
    NativeDef::method("writable", Params::None, |m, args| can(m, args, |raw| raw.writes)),
    NativeDef::method("seekable", Params::None, |m, args| can(m, args, |raw| raw.seeks)),
];

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a file is a heap object")
}

/// The file, if it is open.
fn itself(m: &mut Machine, args: &Args) -> Eval {
    if !matches!(m.io(handle(args)), Some(Io::Wrapper(_))) || m.is_direct(handle(args)) {
        m.check_open(args.at(0))?;
        return Ok(args.at(0).into());
    }
    let closed = m.ask_buffer(args.at(0), "closed", false)?;
    m.continue_with("closed", closed, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        m.with_indices("closed", args, &[1], Style::Truth, |m, args| {
            if args.at(1) == Value::TRUE {
                return Err(m.value_error("I/O operation on closed file."));
            }
            Ok(args.at(0).into())
        })
    })
}

/// `detach()`: what lies below, which belongs to nobody from now on.
fn detach(m: &mut Machine, args: &Args) -> Eval {
    let flushed = work(m, args, FileOp::Flush)?;
    m.continue_with("detach", flushed, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        let below = match m.heap.payload_mut(handle(args)) {
            Payload::Io(io) => match &mut **io {
                Io::Buffered(buffered) => std::mem::replace(&mut buffered.raw, Value::NONE),
                Io::Wrapper(wrapper) => {
                    wrapper.detached = true;
                    std::mem::replace(&mut wrapper.buffer, Value::NONE)
                }
                other => panic!("a file of another kind is there: {other:?}"),
            },
            _ => panic!("a file is there"),
        };
        m.heap.release(below);
        Ok(below.into())
    })
}

/// `FileIO(file, mode='r', closefd=True, opener=None)`.
fn open_raw(m: &mut Machine, args: &Args) -> Eval {
    if args.at(0) != Value::object(types::FILE_IO) {
        return Err(m.unsupported("an instance of a class that derives from FileIO"));
    }
    m.with_indices("FileIO", args, &[3], Style::Truth, |m, args| {
        if m.heap.int_ref(args.at(1)).is_some() {
            return m.open_raw(args);
        }
        let path = m.fs_path(args.at(1))?;
        m.continue_with("FileIO", path, args.clone(), 1, Machine::open_raw)
    })
}

/// `__new__` of `FileIO`, and of the types that keep a buffer before one.
static NEW_RAW: NativeDef =
    NativeDef::new(Params::named(&["file", "mode", "closefd", "opener"], 1), open_raw);
static NEW_BUFFER: NativeDef = NativeDef::new(Params::named(&["raw", "buffer_size"], 1), |m, args| {
    m.with_indices("buffer", args, &[2], Style::Plain, make_buffer)
});

/// `BufferedReader(raw, buffer_size=DEFAULT_BUFFER_SIZE)`, or another of its kind.
fn make_buffer(m: &mut Machine, args: &Args) -> Eval {
    let (class, raw) = (args.at(0).handle().expect("a class is a heap object"), args.at(1));
    let below = raw.handle().filter(|raw| matches!(m.io(*raw), Some(Io::Raw(_))) && m.is_direct(*raw));
    let exact = matches!(class, types::BUFFERED_READER | types::BUFFERED_WRITER | types::BUFFERED_RANDOM);
    let Some(below) = below.filter(|_| exact) else {
        return Err(m.unsupported("a buffer over anything but a FileIO"));
    };
    m.check_open(raw)?;
    let size = match args.get(2) {
        Some(size) => m.index_i64(size, types::OVERFLOW_ERROR)?,
        None => BUFFER_SIZE as i64,
    };
    let part = m.raw_file(below);
    let (reads, writes, seeks) = (part.reads, part.writes, part.seeks);
    if class == types::BUFFERED_RANDOM && !seeks {
        return Err(m.unsupported_operation("File or stream is not seekable."));
    }
    if class != types::BUFFERED_WRITER && !reads {
        return Err(m.unsupported_operation("File or stream is not readable."));
    }
    if class != types::BUFFERED_READER && !writes {
        return Err(m.unsupported_operation("File or stream is not writable."));
    }
    let Some(size) = usize::try_from(size).ok().filter(|size| *size > 0) else {
        return Err(m.value_error("buffer size must be strictly positive"));
    };
    Ok(m.new_io(class, Io::Buffered(Buffered { size, ..Buffered::new(raw) })).into())
}

/// Begins work on a file.
pub fn work(m: &mut Machine, args: &Args, op: FileOp) -> Eval {
    let file = args.at(0).handle().expect("a file is a heap object");
    m.work_on(file, op)
}

/// `writelines`: the items first, each of which may be Python code's.
fn write_lines(m: &mut Machine, args: &Args) -> Eval {
    m.check_open(args.at(0))?;
    let lines = m.collect(args.at(1), Collected::List)?;
    m.continue_with("writelines", lines, args.clone(), 1, |m, args| {
        let file = args.at(0).handle().expect("a file is a heap object");
        if let Some(Io::Raw(_) | Io::Buffered(_) | Io::Wrapper(_)) = m.io(file) {
            return work(m, args, FileOp::WriteLines(args.at(1)));
        }
        // The other files write at once.
        for line in m.heap.items_of(args.at(1)).map(<[Value]>::to_vec).unwrap_or_default() {
            m.call_attr(args.at(0), names::WRITE, vec![line])?;
        }
        Ok(Value::NONE.into())
    })
}

/// `seek(offset, whence)`.
pub fn seek(m: &mut Machine, args: &Args) -> Eval {
    let offset = match m.heap.int_ref(args.at(1)) {
        Some(_) => m.index_i64(args.at(1), types::OVERFLOW_ERROR)?,
        None => {
            let class = m.class_name(args.at(1));
            return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
        }
    };
    let whence = match args.get(2) {
        Some(whence) => m.index_i64(whence, types::OVERFLOW_ERROR)?,
        None => 0,
    };
    match u8::try_from(whence) {
        Ok(whence @ 0..=2) => work(m, args, FileOp::Seek(offset, whence)),
        _ => Err(m.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
}

/// `truncate(size)`.
pub fn truncate(m: &mut Machine, args: &Args) -> Eval {
    let size = match args.some(1) {
        Some(size) => Some(m.index_i64(size, types::OVERFLOW_ERROR)?),
        None => None,
    };
    work(m, args, FileOp::Truncate(size))
}

/// What a file can do.
pub fn can(m: &mut Machine, args: &Args, what: fn(&super::Raw) -> bool) -> Eval {
    m.check_open(args.at(0))?;
    let file = args.at(0).handle().expect("a file is a heap object");
    let raw = m.raw_below(file);
    Ok(Value::bool(raw.is_none_or(|raw| what(m.raw_file(raw)))).into())
}

/// `closed`.
pub fn closed(m: &mut Machine, file: Value) -> Eval {
    Ok(Value::bool(m.is_closed(file.handle().expect("a file is a heap object"))).into())
}

fn raw(m: &mut Machine, file: Value) -> Result<Handle, Raise> {
    match file.handle().and_then(|file| m.raw_below(file)) {
        Some(raw) => Ok(raw),
        None => Err(m.unsupported("this attribute of a standard stream's buffer")),
    }
}

fn mode(m: &mut Machine, file: Value) -> Eval {
    let raw = raw(m, file)?;
    let mode = m.raw_file(raw).mode();
    Ok(m.heap.intern(mode).into())
}

/// `name`.
pub fn name(m: &mut Machine, file: Value) -> Eval {
    let raw = raw(m, file)?;
    Ok(m.raw_file(raw).name.into())
}

impl Machine {
    /// Begins work on a file.
    pub(in crate::machine) fn work_on(&mut self, file: Handle, op: FileOp) -> Eval {
        match self.io(file) {
            Some(Io::Raw(_)) => self.begin(FileWork::new(file, op)),
            Some(Io::Buffered(_) | Io::Wrapper(_)) if self.is_direct(file) => {
                self.begin(FileWork::new(file, op))
            }
            Some(Io::Wrapper(_)) => {
                self.attached(file)?;
                self.begin(TextOver::new(Over::new(file, op)))
            }
            Some(Io::Buffered(buffered)) if buffered.raw.is_none() => {
                Err(self.value_error("raw stream has been detached"))
            }
            Some(Io::Text(_) | Io::Bytes(_) | Io::Buffered(_)) | None => {
                Err(self.unsupported("this operation of this file"))
            }
        }
    }

    /// Closes a file that nobody holds any more.
    pub(in crate::machine) fn close_forgotten(&mut self, file: Handle) -> Eval {
        if let Some(Io::Wrapper(_)) = self.io(file)
            && !self.is_direct(file)
        {
            return self.begin(TextOver::new(Over::forgotten(file)));
        }
        self.work_on(file, FileOp::Close)
    }

    /// A stream cannot do what is asked of it.
    #[cold]
    pub(in crate::machine) fn unsupported_operation(&mut self, message: &str) -> Raise {
        let message = self.heap.str(message);
        let raise = self.raise_with(types::UNSUPPORTED_OPERATION, vec![message]);
        self.set_exception_field(raise.exception, exceptions::os::ERRNO, None);
        raise
    }

    /// An OSError with nothing but a text.
    #[cold]
    pub(in crate::machine) fn os_error_text(&mut self, message: &str) -> Raise {
        self.raise(types::OS_ERROR, message)
    }

    /// What the operating system says of a number that makes no sense.
    #[cold]
    pub(in crate::machine) fn invalid_argument(&mut self) -> Raise {
        const INVALID: i32 = 22;
        self.os_error(&OsFailure { errno: INVALID, text: "Invalid argument".to_owned(), filename: None })
    }

    /// A closed file is good for nothing.
    pub(in crate::machine) fn check_open(&mut self, file: Value) -> Result<(), Raise> {
        if file.handle().is_some_and(|file| self.is_closed(file)) {
            return Err(self.value_error("I/O operation on closed file."));
        }
        Ok(())
    }

    /// A size: nothing for None and for what is negative.
    pub(in crate::machine) fn read_size(&mut self, value: Option<Value>) -> Result<Option<usize>, Raise> {
        let Some(value) = value.filter(|value| !value.is_none()) else { return Ok(None) };
        match self.index_clamped(value) {
            Some(size) => Ok(usize::try_from(size).ok()),
            None => {
                let class = self.class_name(value);
                Err(self.type_error(format!("argument should be integer or None, not '{class}'")))
            }
        }
    }

    /// What `newline=` says; a wrong one stands in the message with quotes or without.
    pub(in crate::machine) fn newline_argument(
        &mut self,
        value: Value,
        quotes: bool,
    ) -> Result<Newline, Raise> {
        if value.is_none() {
            return Ok(Newline::Universal);
        }
        let Some(text) = self.heap.text_of(value) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("newline must be str or None, not {class}")));
        };
        let shown = if quotes { text.repr() } else { text.clone() };
        let (text, shown) = (text.to_string_lossy(), shown.to_string_lossy());
        let (newline, message) = (Newline::named(&text), format!("illegal newline value: {shown}"));
        newline.ok_or_else(|| self.value_error(message))
    }

    /// `newlines`: None, a str, or a tuple of them.
    pub(in crate::machine) fn newlines_value(&mut self, seen: Seen) -> Value {
        let ends: Vec<Value> = seen.ends().into_iter().map(|end| self.heap.str(end)).collect();
        match *ends {
            [] => Value::NONE,
            [one] => one,
            _ => self.heap.tuple(ends),
        }
    }

    /// Attributes of files are not changed by programs.
    fn set_own(&mut self, file: Value, name: &str, _value: Option<Value>) -> Result<(), Raise> {
        let class = self.class_name(file);
        Err(self.unsupported(format!("setting {class}.{name}")))
    }

    /// `<_io.TextIOWrapper name='x' encoding='UTF-8'>` of a text whose buffer may have a name.
    fn repr_of_text_over(&mut self, value: Value) -> Eval {
        let file = value.handle().expect("a file is a heap object");
        let (buffer, name) = (self.wrapper(file).buffer, self.text_handle("name"));
        let name = self.get_attr_or(buffer, name, Value::NOT_IMPLEMENTED)?;
        self.continue_with("__repr__", name, Args::new([value, Value::NONE]), 1, |m, args| {
            let file = args.at(0).handle().expect("a file is a heap object");
            let mut parts: Vec<Part> = vec!["<_io.TextIOWrapper".into()];
            if args.at(1) != Value::NOT_IMPLEMENTED {
                parts.extend([" name=".into(), Part::Repr(args.at(1))]);
            }
            let wrapper = m.wrapper(file);
            let (mode, tail) = (wrapper.mode, format!(" encoding='{}'>", wrapper.encoding));
            parts.extend(mode.into_iter().flat_map(|mode| [" mode=".into(), Part::Repr(mode)]));
            parts.push(tail.as_str().into());
            m.compose(parts)
        })
    }

    /// `<_io.BufferedReader name='x'>`.
    pub(in crate::machine) fn repr_of_io(&mut self, value: Value) -> Eval {
        let file = value.handle().expect("a file is a heap object");
        if let Some(Io::Wrapper(_)) = self.io(file)
            && !self.is_direct(file)
        {
            if !self.wrapper(file).detached {
                self.attached(file)?;
                return self.repr_of_text_over(value);
            }
            let text = format!("<_io.TextIOWrapper encoding='{}'>", self.wrapper(file).encoding);
            return Ok(self.heap.str(text).into());
        }
        let class = self.heap.class(self.heap.class_of(value)).name.to_string();
        let closed = self.is_closed(file);
        let mut parts: Vec<Part> = vec![format!("<_io.{class}").as_str().into()];
        match self.io(file) {
            Some(Io::Raw(_)) if closed => parts.push(" [closed]".into()),
            Some(Io::Raw(raw)) => {
                let closes = if raw.closes { "True" } else { "False" };
                let tail = format!(" mode='{}' closefd={closes}", raw.mode());
                parts.extend([" name=".into(), Part::Repr(raw.name), tail.as_str().into()]);
            }
            Some(Io::Buffered(_)) => {
                let name = self.raw_below(file).map_or(Value::NONE, |raw| self.raw_file(raw).name);
                parts.extend([" name=".into(), Part::Repr(name)]);
            }
            Some(Io::Wrapper(wrapper)) => {
                let (mode, tail) = (wrapper.mode, format!(" encoding='{}'", wrapper.encoding));
                let name = self.raw_below(file).map_or(Value::NONE, |raw| self.raw_file(raw).name);
                parts.extend([" name=".into(), Part::Repr(name)]);
                parts.extend(mode.into_iter().flat_map(|mode| [" mode=".into(), Part::Repr(mode)]));
                parts.push(tail.as_str().into());
            }
            Some(Io::Text(_) | Io::Bytes(_)) | None => {
                let address = self.identity(value);
                parts.push(format!(" object at 0x{address:x}").as_str().into());
            }
        }
        parts.push(">".into());
        self.compose(parts)
    }
}

/// Whether a payload is a file of the operating system.
pub fn is_system_file(payload: &Payload) -> bool {
    matches!(payload, Payload::Io(io) if matches!(**io, Io::Raw(_) | Io::Buffered(_) | Io::Wrapper(_)))
}
