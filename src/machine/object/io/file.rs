//! `FileIO`, `BufferedReader`, `BufferedWriter`, `BufferedRandom`.

use super::base::next;
use super::{Buffered, Io, Newline, Raw, Seen};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::ask::OsFailure;
use crate::machine::frame::Eval;
use crate::machine::names;
use crate::machine::native::{
    BUFFER_SIZE, BufferLayering, CloseRaw, FileOp, FileWork, Layer, Layered, Layering, OpenThing, Over,
    RawClosing, Style, TextOver,
};
use crate::machine::object::class::{Accessor, Layout, TypeSpec};
use crate::machine::object::exceptions;
use crate::machine::object::function::NativeDef;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// The files of the operating system without decoding.
pub const FILES: [&TypeSpec; 5] = [
    &TypeSpec {
        accessors: &[
            Accessor::read_only("closed", closed),
            Accessor::read_only("mode", |m, file| {
                let mode = m.raw_file(own(file)).mode();
                Ok(m.heap.intern(mode).into())
            }),
            Accessor::new("name", |m, file| Ok(m.raw_file(own(file)).name.into()), set_name),
            Accessor::read_only("closefd", |m, file| Ok(Value::bool(m.raw_file(own(file)).closes).into())),
            Accessor::read_only("_blksize", |m, _| Ok(m.heap.int(BUFFER_SIZE as i64).into())),
        ],
        wrappers: &[
            &NEW_RAW,
            &STATE,
            &INIT_RAW,
            &REPR,
            &FILE_READ,
            &READALL,
            &FILE_READINTO,
            &FILE_WRITE,
            &SEEK,
            &TELL,
            &TRUNCATE,
            &FILE_CLOSE,
            &READABLE,
            &WRITABLE,
            &SEEKABLE,
            &FILENO,
            &ISATTY,
        ],
        ..file(types::FILE_IO, "FileIO", types::RAW_IO_BASE)
    },
    &TypeSpec {
        wrappers: &[
            &NEW_BUFFER,
            &STATE,
            &INIT_BUFFER,
            &REPR,
            &NEXT,
            &READ,
            &READ1,
            &PEEK,
            &READINTO,
            &READINTO1,
            &READLINE,
            &FLUSH,
            &SEEK,
            &TELL,
            &TRUNCATE,
            &CLOSE,
            &DETACH,
            &READABLE,
            &SEEKABLE,
            &FILENO,
            &ISATTY,
        ],
        ..buffered(types::BUFFERED_READER, "BufferedReader")
    },
    &TypeSpec {
        wrappers: &[
            &NEW_BUFFER,
            &STATE,
            &INIT_BUFFER,
            &REPR,
            &WRITE,
            &FLUSH,
            &SEEK,
            &TELL,
            &TRUNCATE,
            &CLOSE,
            &DETACH,
            &WRITABLE,
            &SEEKABLE,
            &FILENO,
            &ISATTY,
        ],
        ..buffered(types::BUFFERED_WRITER, "BufferedWriter")
    },
    &TypeSpec {
        wrappers: &[
            &NEW_BUFFER,
            &STATE,
            &INIT_BUFFER,
            &REPR,
            &NEXT,
            &READ,
            &READ1,
            &PEEK,
            &READINTO,
            &READINTO1,
            &READLINE,
            &WRITE,
            &FLUSH,
            &SEEK,
            &TELL,
            &TRUNCATE,
            &CLOSE,
            &DETACH,
            &READABLE,
            &WRITABLE,
            &SEEKABLE,
            &FILENO,
            &ISATTY,
        ],
        ..buffered(types::BUFFERED_RANDOM, "BufferedRandom")
    },
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
        subclassable: true,
        has_dict: true,
        ..TypeSpec::new(handle, name)
    }
}

const fn buffered(handle: Handle, name: &'static str) -> TypeSpec {
    TypeSpec { accessors: OF_BUFFERS, ..file(handle, name, types::BUFFERED_IO_BASE) }
}

const OF_BUFFERS: &[Accessor] = &[
    Accessor::read_only("closed", |m, file| m.ask_raw(file, "closed", false)),
    Accessor::read_only("mode", |m, file| m.ask_raw(file, "mode", false)),
    Accessor::read_only("name", |m, file| m.ask_raw(file, "name", false)),
    Accessor::read_only("raw", |m, file| Ok(m.buffered_file(own(file)).raw.into())).as_member(),
];

static STATE: NativeDef = super::state::NO_STATE;
static REPR: NativeDef =
    NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_io(args.at(0)));
static NEXT: NativeDef = NativeDef::wrapper("__next__", Params::None, next);
static READ: NativeDef = NativeDef::method("read", Params::Range(0, 1), |m, args| {
    m.with_size("read", args, |m, args| {
        let size = m.read_size(args.get(1))?;
        if args.some(1).is_some_and(|size| m.index_clamped(size).is_some_and(|size| size < -1)) {
            return Err(m.value_error("read length must be non-negative or -1"));
        }
        work(m, args, FileOp::Read(size))
    })
});
/// `FileIO` is told which class the method belongs to.
static FILE_READ: NativeDef = NativeDef::method("read", Params::Range(0, 1), |m, args| {
    m.with_size("read", args, |m, args| {
        let size = m.read_size(args.get(1))?;
        work(m, args, FileOp::Read(size))
    })
})
.of_class();
static READ1: NativeDef = NativeDef::method("read1", Params::Range(0, 1), |m, args| {
    m.with_indices("read1", args, &[1], Style::Plain, |m, args| {
        let size = m.count_argument(args.get(1))?;
        work(m, args, FileOp::ReadSome(size))
    })
});
static READALL: NativeDef =
    NativeDef::method("readall", Params::None, |m, args| work(m, args, FileOp::Read(None)));
static PEEK: NativeDef = NativeDef::method("peek", Params::Range(0, 1), |m, args| {
    m.with_indices("peek", args, &[1], Style::Plain, |m, args| {
        m.count_argument(args.get(1))?;
        work(m, args, FileOp::Peek)
    })
});
const READINTO_METHOD: NativeDef = NativeDef::method("readinto", Params::One, |m, args| {
    let view = m.writable_view("readinto() argument", args.at(1))?;
    m.continue_with("readinto", view, args.clone(), 1, |m, args| {
        let view = args.at(1).handle().expect("a memoryview is a heap object");
        work(m, args, FileOp::ReadInto(view, false))
    })
});
static READINTO: NativeDef = READINTO_METHOD;
static FILE_READINTO: NativeDef = READINTO_METHOD.of_class();
static READINTO1: NativeDef = NativeDef::method("readinto1", Params::One, |m, args| {
    let view = m.writable_view("readinto1() argument", args.at(1))?;
    m.continue_with("readinto1", view, args.clone(), 1, |m, args| {
        let view = args.at(1).handle().expect("a memoryview is a heap object");
        work(m, args, FileOp::ReadInto(view, true))
    })
});
static READLINE: NativeDef = NativeDef::method("readline", Params::Range(0, 1), |m, args| {
    m.with_size("readline", args, |m, args| {
        let limit = m.read_size(args.get(1))?;
        work(m, args, FileOp::ReadLine(limit))
    })
});
const WRITE_METHOD: NativeDef = NativeDef::method("write", Params::One, |m, args| {
    m.with_buffers("write", args, &[1], |m, args| work(m, args, FileOp::Write(args.at(1))))
});
static WRITE: NativeDef = WRITE_METHOD;
static FILE_WRITE: NativeDef = WRITE_METHOD.of_class();
static FLUSH: NativeDef = NativeDef::method("flush", Params::None, |m, args| work(m, args, FileOp::Flush));
static SEEK: NativeDef = NativeDef::method("seek", Params::Range(1, 2), seek);
static TELL: NativeDef = NativeDef::method("tell", Params::None, |m, args| work(m, args, FileOp::Tell));
static TRUNCATE: NativeDef = NativeDef::method("truncate", Params::Range(0, 1), truncate).of_class();
const CLOSE_METHOD: NativeDef = NativeDef::method("close", Params::None, close);
static CLOSE: NativeDef = CLOSE_METHOD;
static FILE_CLOSE: NativeDef = CLOSE_METHOD.of_class();
static DETACH: NativeDef = NativeDef::method("detach", Params::None, detach);
static READABLE: NativeDef =
    NativeDef::method("readable", Params::None, |m, args| can(m, args, "readable", |raw| raw.reads));
static WRITABLE: NativeDef =
    NativeDef::method("writable", Params::None, |m, args| can(m, args, "writable", |raw| raw.writes));
static SEEKABLE: NativeDef =
    NativeDef::method("seekable", Params::None, |m, args| can(m, args, "seekable", |raw| raw.seeks));
static ISATTY: NativeDef =
    NativeDef::method("isatty", Params::None, |m, args| can(m, args, "isatty", |raw| raw.terminal));
static FILENO: NativeDef = NativeDef::method("fileno", Params::None, |m, args| match m.io(handle(args)) {
    Some(Io::Raw(_)) => {
        m.check_raw(handle(args))?;
        let fd = m.raw_file(handle(args)).fd;
        Ok(m.heap.int(fd.into()).into())
    }
    _ => m.ask_raw(args.at(0), "fileno", true),
});

fn own(file: Value) -> Handle {
    file.handle().expect("a file is a heap object")
}

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a file is a heap object")
}

/// `detach()`: what lies below, which belongs to nobody from now on.
pub fn detach(m: &mut Machine, args: &Args) -> Eval {
    match m.io(handle(args)) {
        Some(Io::Wrapper(_)) => m.attached(handle(args))?,
        _ => m.has_raw(handle(args))?,
    }
    let flushed = m.call_attr(args.at(0), names::FLUSH, vec![])?;
    m.continue_with("detach", flushed, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        let below = match m.heap.payload_mut(handle(args)) {
            Payload::Io(io) => match &mut **io {
                Io::Buffered(buffered) => {
                    buffered.detached = true;
                    std::mem::replace(&mut buffered.raw, Value::NONE)
                }
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

/// `name = …` of a file, which is how it is shown from then on.
fn set_name(m: &mut Machine, file: Value, value: Option<Value>) -> Result<(), Raise> {
    let Some(value) = value else { return Err(m.unsupported("deleting the name of a file")) };
    let old = std::mem::replace(&mut m.raw_file_mut(own(file)).name, value);
    m.heap.retain(value);
    m.heap.release(old);
    Ok(())
}

/// `FileIO.__new__()`: nothing is open yet.
static NEW_RAW: NativeDef = NativeDef::new(Params::Any, |m, args| {
    let class = own(args.at(0));
    Ok(m.new_io(class, Io::Raw(Raw::closed())).into())
});

/// `FileIO.__init__(file, mode='r', closefd=True, opener=None)`.
static INIT_RAW: NativeDef =
    NativeDef::wrapper("__init__", Params::named(&["file", "mode", "closefd", "opener"], 1), |m, args| {
        m.with_indices("FileIO", args, &[3], Style::Truth, |m, args| {
            if m.heap.int_ref(args.at(1)).is_some() {
                return init_raw(m, args);
            }
            let path = m.fs_path(args.at(1))?;
            m.continue_with("FileIO", path, args.clone(), 1, init_raw)
        })
    });

/// Opens the file, and gives what was opened to the object that is initialized.
fn init_raw(m: &mut Machine, args: &Args) -> Eval {
    let part = m.raw_file(handle(args));
    if part.fd >= 0 && part.closes {
        return Err(m.unsupported("FileIO.__init__() of a file that is open"));
    }
    let opened = m.open_raw(args)?;
    m.continue_with("FileIO", opened, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        let opened = own(args.at(1));
        let raw = m.raw_file(opened).clone();
        // The object that was opened has no file any more, and nothing to close.
        m.raw_file_mut(opened).fd = -1;
        m.set_io(handle(args), Io::Raw(raw));
        Ok(Value::NONE.into())
    })
}

/// `__new__` of the types that keep a buffer before a file.
static NEW_BUFFER: NativeDef = NativeDef::new(Params::Any, |m, args| {
    let class = own(args.at(0));
    Ok(m.new_io(class, Io::Buffered(Buffered::new(Value::NONE))).into())
});

/// `BufferedReader.__init__(raw, buffer_size=DEFAULT_BUFFER_SIZE)`, or another of its kind.
static INIT_BUFFER: NativeDef =
    NativeDef::wrapper("__init__", Params::named(&["raw", "buffer_size"], 1), |m, args| {
        m.with_indices("buffer", args, &[2], Style::Plain, |m, args| {
            let size = match args.get(2) {
                Some(size) => m.index_i64(size, types::OVERFLOW_ERROR)?,
                None => BUFFER_SIZE as i64,
            };
            m.set_io(handle(args), Io::Buffered(Buffered::new(Value::NONE)));
            m.begin(BufferLayering::new(Layering::new(handle(args), args.at(1), size)))
        })
    });

/// `close()`: a warning comes before it, where it is called because nobody holds the file any more.
pub fn close(m: &mut Machine, args: &Args) -> Eval {
    let file = handle(args);
    let finalized = m.heap.get(file).head.is_finalized();
    let by_base = m
        .heap
        .special(args.at(0), names::DEL)
        .is_some_and(|method| matches!(m.heap.payload_of(method), Some(Payload::Native(..))));
    if !(finalized && by_base) {
        return close_quietly(m, args);
    }
    let warned = m.warn_unclosed(file)?;
    m.continue_with("close", warned, Args::new([args.at(0), Value::NONE]), 1, close_quietly)
}

/// Closes a file; a file without a buffer is flushed before, where that may be something of the program's own.
fn close_quietly(m: &mut Machine, args: &Args) -> Eval {
    let file = handle(args);
    match m.io(file) {
        Some(Io::Raw(raw)) if raw.fd >= 0 && m.has_own_flush(file, types::FILE_IO) => {
            m.begin(CloseRaw::new(RawClosing::new(file)))
        }
        _ => work(m, args, FileOp::Close),
    }
}

/// Begins work on a file.
pub fn work(m: &mut Machine, args: &Args, op: FileOp) -> Eval {
    let file = args.at(0).handle().expect("a file is a heap object");
    m.work_on(file, op)
}

/// `seek(offset, whence)`, which of a text takes an int and nothing that stands for one.
pub fn seek(m: &mut Machine, args: &Args) -> Eval {
    if let Some(Io::Wrapper(_)) = m.io(handle(args)) {
        return seek_number(m, args);
    }
    m.with_indices("seek", args, &[1, 2], Style::Plain, seek_number)
}

fn seek_number(m: &mut Machine, args: &Args) -> Eval {
    let Some(number) = m.heap.int_ref(args.at(1)) else {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    };
    let Some(offset) = number.small() else {
        return Err(match m.io(handle(args)) {
            Some(Io::Raw(_)) => m.overflow_error("Python int too large to convert to C long"),
            _ => {
                let class = m.class_name(args.at(1));
                m.value_error(format!("cannot fit '{class}' into an offset-sized integer"))
            }
        });
    };
    let whence = args.get(2).map_or(Ok(0), |whence| m.c_int(whence))?;
    match u8::try_from(whence) {
        Ok(whence @ 0..=2) => work(m, args, FileOp::Seek(offset, whence)),
        _ => Err(m.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
}

/// `truncate(size)`.
pub fn truncate(m: &mut Machine, args: &Args) -> Eval {
    if args.some(1).is_none() {
        return work(m, args, FileOp::Truncate(None));
    }
    if let Some(raw) = m.raw_below(handle(args))
        && !m.raw_file(raw).writes
    {
        return work(m, args, FileOp::Truncate(None));
    }
    m.with_indices("truncate", args, &[1], Style::Plain, |m, args| {
        let size = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
        work(m, args, FileOp::Truncate(Some(size)))
    })
}

/// What a file can do, or what the raw file of a buffer says to the question `name`.
fn can(m: &mut Machine, args: &Args, name: &str, what: fn(&Raw) -> bool) -> Eval {
    if !matches!(m.io(handle(args)), Some(Io::Raw(_))) {
        return m.ask_raw(args.at(0), name, true);
    }
    m.check_raw(handle(args))?;
    Ok(Value::bool(what(m.raw_file(handle(args)))).into())
}

/// `closed` of what knows it itself.
pub fn closed(m: &mut Machine, file: Value) -> Eval {
    Ok(Value::bool(m.is_closed(own(file))).into())
}

/// `name` of a text over a file of the operating system.
pub fn name(m: &mut Machine, file: Value) -> Eval {
    match m.raw_below(own(file)) {
        Some(raw) => Ok(m.raw_file(raw).name.into()),
        None => Err(m.value_error("underlying buffer has been detached")),
    }
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
            Some(Io::Buffered(_)) => {
                self.has_raw(file)?;
                self.begin(Layered::new(Layer::new(file, op)))
            }
            Some(Io::Text(_) | Io::Bytes(_) | Io::Pair(_) | Io::Newlines(_)) | None => {
                panic!("work on a file of the operating system, or over any other")
            }
        }
    }

    /// Closes a file that nobody holds any more.
    pub(in crate::machine) fn close_forgotten(&mut self, file: Handle) -> Eval {
        match self.io(file) {
            Some(Io::Wrapper(_)) if !self.is_direct(file) => self.begin(TextOver::new(Over::forgotten(file))),
            Some(Io::Buffered(_)) if !self.is_direct(file) => {
                self.begin(Layered::new(Layer::forgotten(file)))
            }
            _ => self.work_on(file, FileOp::Close),
        }
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
        if self.heap.int_ref(value).is_none() {
            let class = self.class_name(value);
            return Err(self.type_error(format!("argument should be integer or None, not '{class}'")));
        }
        Ok(usize::try_from(self.index_i64(value, types::OVERFLOW_ERROR)?).ok())
    }

    /// How much is to be read where None does not mean all; a negative number does.
    pub(in crate::machine) fn count_argument(
        &mut self,
        value: Option<Value>,
    ) -> Result<Option<usize>, Raise> {
        match value {
            Some(value) => Ok(usize::try_from(self.size_argument(value)?).ok()),
            None => Ok(None),
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

    /// A file of the operating system that is closed is good for nothing.
    fn check_raw(&mut self, file: Handle) -> Result<(), Raise> {
        if self.raw_file(file).fd < 0 {
            return Err(self.value_error("I/O operation on closed file"));
        }
        Ok(())
    }
}

/// Whether a payload is a file of the operating system.
pub fn is_system_file(payload: &Payload) -> bool {
    matches!(payload, Payload::Io(io) if matches!(**io, Io::Raw(_) | Io::Buffered(_) | Io::Wrapper(_)))
}

impl Machine {
    /// Warns of a file that goes while it is open; nothing is said where the filters would not have it, or of what
    /// is no file of the operating system.
    pub(in crate::machine) fn warn_unclosed(&mut self, file: Handle) -> Eval {
        let open = self.raw_below(file).filter(|raw| {
            let raw = self.raw_file(*raw);
            raw.fd >= 0 && raw.closes
        });
        let Some(raw) = open else { return Ok(Value::NONE.into()) };
        if self.is_ignored(types::RESOURCE_WARNING) {
            return Ok(Value::NONE.into());
        }
        self.warn_of_open(OpenThing::File, Value::object(file), Value::object(raw))
    }
}
