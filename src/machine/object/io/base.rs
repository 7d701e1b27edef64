//! `_IOBase` and what derives from it: what all files have in common, programs' own as well.

use super::Io;
use super::file::work;
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::names;
use crate::machine::native::{Base, BaseOp, BaseWork, FileOp, IO_BASE_CLOSED, Style};
use crate::machine::object::class::{Accessor, Layout, TypeSpec};
use crate::machine::object::function::NativeDef;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What all files derive from.
pub const BASES: [&TypeSpec; 4] = [
    &TypeSpec {
        natives: &[
            NativeDef::wrapper("__iter__", Params::None, itself),
            NativeDef::wrapper("__next__", Params::None, next),
            NativeDef::wrapper("__del__", Params::None, |m, args| begin(m, args, BaseOp::Finalize)),
            NativeDef::method("__enter__", Params::None, itself),
            NativeDef::method("__exit__", Params::AtLeast(0), |m, args| {
                m.call_attr(args.at(0), names::CLOSE, vec![])
            }),
            NativeDef::method("readline", Params::Range(0, 1), |m, args| {
                m.with_size("readline", args, |m, args| {
                    let limit = m.read_size(args.get(1))?;
                    if is_simple(m, args) {
                        return work(m, args, FileOp::ReadLine(limit));
                    }
                    begin(m, args, BaseOp::ReadLine(limit))
                })
            }),
            NativeDef::method("readlines", Params::Range(0, 1), |m, args| {
                m.with_size("readlines", args, |m, args| {
                    let hint = m.read_size(args.get(1))?.filter(|hint| *hint > 0);
                    if is_simple(m, args) {
                        return work(m, args, FileOp::ReadLines(hint));
                    }
                    begin(m, args, BaseOp::ReadLines(hint))
                })
            }),
            NativeDef::method("writelines", Params::One, write_lines),
            NativeDef::method("isatty", Params::None, |m, args| {
                checked(m, args, |_, _| Ok(Value::FALSE.into()))
            }),
            NativeDef::method("fileno", Params::None, |m, _| Err(m.unsupported_operation("fileno")))
                .of_class(),
            NativeDef::method("flush", Params::None, |m, args| {
                if let Some(Io::Raw(_)) = args.at(0).handle().and_then(|file| m.io(file)) {
                    m.check_open(args.at(0))?;
                }
                let name = m.text_handle(IO_BASE_CLOSED);
                let closed = m.has_attr(args.at(0), name)?;
                m.continue_with("flush", closed, Args::new([Value::NONE]), 0, |m, args| match args.at(0) {
                    Value::TRUE => Err(m.value_error("I/O operation on closed file.")),
                    _ => Ok(Value::NONE.into()),
                })
            }),
            NativeDef::method("close", Params::None, |m, args| begin(m, args, BaseOp::Close)),
            NativeDef::method("seek", Params::Range(1, 2), |m, _| Err(m.unsupported_operation("seek")))
                .of_class(),
            NativeDef::method("tell", Params::None, |m, args| {
                let (name, zero, one) = (m.text_handle("seek"), m.heap.int(0), m.heap.int(1));
                m.call_attr(args.at(0), name, vec![zero, one])
            }),
            NativeDef::method("truncate", Params::Range(0, 1), |m, _| {
                Err(m.unsupported_operation("truncate"))
            })
            .of_class(),
            NativeDef::method("readable", Params::None, no),
            NativeDef::method("writable", Params::None, no),
            NativeDef::method("seekable", Params::None, no),
            NativeDef::method("_checkClosed", Params::Range(0, 1), |m, args| {
                checked(m, args, |_, _| Ok(Value::NONE.into()))
            }),
            NativeDef::method("_checkReadable", Params::Range(0, 1), |m, args| {
                checked_answer(m, args, "readable", |m, args| match args.at(0) {
                    Value::TRUE => Ok(Value::TRUE.into()),
                    _ => Err(m.unsupported_operation("File or stream is not readable.")),
                })
            }),
            NativeDef::method("_checkWritable", Params::Range(0, 1), |m, args| {
                checked_answer(m, args, "writable", |m, args| match args.at(0) {
                    Value::TRUE => Ok(Value::TRUE.into()),
                    _ => Err(m.unsupported_operation("File or stream is not writable.")),
                })
            }),
            NativeDef::method("_checkSeekable", Params::Range(0, 1), |m, args| {
                checked_answer(m, args, "seekable", |m, args| match args.at(0) {
                    Value::TRUE => Ok(Value::TRUE.into()),
                    _ => Err(m.unsupported_operation("File or stream is not seekable.")),
                })
            }),
        ],
        accessors: &[Accessor::read_only("closed", |m, file| {
            let name = m.text_handle(IO_BASE_CLOSED);
            m.has_attr(file, name)
        })],
        ..base(types::IO_BASE, "_IOBase", types::OBJECT)
    },
    &TypeSpec {
        natives: &[
            NativeDef::method("read", Params::Range(0, 1), |m, args| {
                m.with_size("read", args, |m, args| match m.read_size(args.get(1))? {
                    Some(size) => begin(m, args, BaseOp::Read(size)),
                    None => {
                        let name = m.text_handle("readall");
                        m.call_attr(args.at(0), name, vec![])
                    }
                })
            }),
            NativeDef::method("readall", Params::None, |m, args| begin(m, args, BaseOp::ReadAll)),
            NativeDef::method("readinto", Params::AtLeast(0), |m, _| not_implemented(m)),
            NativeDef::method("write", Params::AtLeast(0), |m, _| not_implemented(m)),
        ],
        ..base(types::RAW_IO_BASE, "_RawIOBase", types::IO_BASE)
    },
    &TypeSpec {
        natives: &[
            NativeDef::method("read", Params::AtLeast(0), |m, _| Err(m.unsupported_operation("read")))
                .of_class(),
            NativeDef::method("read1", Params::AtLeast(0), |m, _| Err(m.unsupported_operation("read1")))
                .of_class(),
            NativeDef::method("readinto", Params::One, |m, args| read_into(m, args, "readinto", by_read)),
            NativeDef::method("readinto1", Params::One, |m, args| read_into(m, args, "readinto1", by_read1)),
            NativeDef::method("write", Params::AtLeast(0), |m, _| Err(m.unsupported_operation("write")))
                .of_class(),
            NativeDef::method("detach", Params::None, |m, _| Err(m.unsupported_operation("detach")))
                .of_class(),
        ],
        ..base(types::BUFFERED_IO_BASE, "_BufferedIOBase", types::IO_BASE)
    },
    &TypeSpec {
        natives: &[
            NativeDef::method("read", Params::Range(0, 1), |m, _| Err(m.unsupported_operation("read")))
                .of_class(),
            NativeDef::method("readline", Params::Range(0, 1), |m, args| {
                if is_simple(m, args) {
                    let limit = m.read_size(args.get(1))?;
                    return work(m, args, FileOp::ReadLine(limit));
                }
                Err(m.unsupported_operation("readline"))
            })
            .of_class(),
            NativeDef::method("write", Params::One, |m, args| {
                if m.heap.text_of(args.at(1)).is_none() {
                    let class = m.argument_class(args.at(1));
                    return Err(m.type_error(format!("write() argument 1 must be str, not {class}")));
                }
                Err(m.unsupported_operation("write"))
            })
            .of_class(),
            NativeDef::method("detach", Params::None, |m, _| Err(m.unsupported_operation("detach")))
                .of_class(),
        ],
        accessors: &[
            Accessor::read_only("encoding", |_, _| Ok(Value::NONE.into())),
            Accessor::read_only("errors", |_, _| Ok(Value::NONE.into())),
            Accessor::read_only("newlines", |_, _| Ok(Value::NONE.into())),
        ],
        ..base(types::TEXT_IO_BASE, "_TextIOBase", types::IO_BASE)
    },
];

const fn base(handle: Handle, name: &'static str, base: Handle) -> TypeSpec {
    TypeSpec {
        module: "_io",
        base,
        layout: Layout::Plain,
        subclassable: true,
        has_dict: true,
        ..TypeSpec::new(handle, name)
    }
}

fn begin(m: &mut Machine, args: &Args, op: BaseOp) -> Eval {
    m.begin(BaseWork::new(Base::new(args.at(0), op)))
}

fn no(_: &mut Machine, _: &Args) -> Eval {
    Ok(Value::FALSE.into())
}

/// A NotImplementedError of Python's, without words.
fn not_implemented(m: &mut Machine) -> Eval {
    Err(m.raise_with(types::NOT_IMPLEMENTED_ERROR, vec![]))
}

/// Whether a file is one of the types that `open()` makes, or a text of exactly that type: no method of it has been
/// replaced, and its lines are read without asking for each.
fn is_simple(m: &Machine, args: &Args) -> bool {
    let Some(file) = args.at(0).handle() else { return false };
    match m.io(file) {
        Some(Io::Wrapper(_)) => m.heap.get(file).class == types::TEXT_IO,
        Some(Io::Raw(_) | Io::Buffered(_)) => m.is_direct(file),
        Some(Io::Text(_) | Io::Bytes(_) | Io::Pair(_) | Io::Newlines(_)) | None => false,
    }
}

/// Goes on with `body` if the file says that it is not closed.
fn checked(m: &mut Machine, args: &Args, body: fn(&mut Machine, &Args) -> Eval) -> Eval {
    let name = m.text_handle("closed");
    let closed = m.get_attr(args.at(0), name)?;
    let args = Args::new([args.at(0), Value::NONE]);
    let closed = m.continue_with("closed", closed, args.clone(), 1, |m, args| {
        m.with_indices("closed", args, &[1], Style::Truth, |m, args| match args.at(1) {
            Value::TRUE => Err(m.value_error("I/O operation on closed file.")),
            closed => Ok(closed.into()),
        })
    })?;
    m.continue_with("closed", closed, args, 1, body)
}

/// Goes on with what the method `name` of a file answers.
fn checked_answer(
    m: &mut Machine,
    args: &Args,
    name: &'static str,
    body: fn(&mut Machine, &Args) -> Eval,
) -> Eval {
    let handle = m.text_handle(name);
    let answer = m.call_attr(args.at(0), handle, vec![])?;
    m.continue_with(name, answer, Args::new([Value::NONE]), 0, body)
}

/// The file, if it is open.
fn itself(m: &mut Machine, args: &Args) -> Eval {
    checked(m, args, |_, args| Ok(args.at(0).into()))
}

/// The next line of any file: by its `readline()`, unless that is known.
pub(in crate::machine) fn next(m: &mut Machine, args: &Args) -> Eval {
    if is_simple(m, args) {
        return work(m, args, FileOp::Next);
    }
    begin(m, args, BaseOp::Next)
}

/// `readinto()` and `readinto1()` of a buffer that has only `read()` and `read1()`.
fn read_into(
    m: &mut Machine,
    args: &Args,
    name: &'static str,
    body: fn(&mut Machine, &Args) -> Eval,
) -> Eval {
    let view = m.writable_view(&format!("{name}() argument"), args.at(1))?;
    m.continue_with(name, view, args.clone(), 1, body)
}

fn by_read(m: &mut Machine, args: &Args) -> Eval {
    begin(m, args, BaseOp::ReadInto(args.at(1).handle().expect("a memoryview is a heap object"), false))
}

fn by_read1(m: &mut Machine, args: &Args) -> Eval {
    begin(m, args, BaseOp::ReadInto(args.at(1).handle().expect("a memoryview is a heap object"), true))
}

/// `writelines`: each line by `write()`; those of a list are written to an open file without asking for each.
fn write_lines(m: &mut Machine, args: &Args) -> Eval {
    let lines = args.at(1);
    let known = matches!(m.heap.class_of(lines), types::LIST);
    if known && is_simple(m, args) {
        m.check_open(args.at(0))?;
        return work(m, args, FileOp::WriteLines(lines));
    }
    begin(m, args, BaseOp::WriteLines(lines))
}

impl Machine {
    /// Goes on once the size that a method was given is an int or None.
    pub(in crate::machine) fn with_size(
        &mut self,
        name: &'static str,
        args: &Args,
        body: fn(&mut Machine, &Args) -> Eval,
    ) -> Eval {
        let takes_index = args.get(1).is_some_and(|size| {
            !size.is_none()
                && self.heap.int_ref(size).is_none()
                && self.heap.special(size, names::INDEX).is_some()
        });
        if takes_index {
            return self.with_indices(name, args, &[1], Style::Plain, body);
        }
        body(self, args)
    }

    /// The size that a method of a file in memory was given; none for None.
    pub(super) fn size_or_none(&mut self, args: &Args) -> Result<Option<i64>, Raise> {
        match args.some(1) {
            None => Ok(None),
            Some(size) if self.heap.int_ref(size).is_some() => {
                self.index_i64(size, types::OVERFLOW_ERROR).map(Some)
            }
            Some(size) => {
                let class = self.class_name(size);
                Err(self.type_error(format!("argument should be integer or None, not '{class}'")))
            }
        }
    }

    /// Makes another file of an object: what it was is let go of.
    pub(in crate::machine) fn set_io(&mut self, file: Handle, io: Io) {
        io.each_value(&mut |value| self.heap.retain(value));
        let Payload::Io(old) = self.heap.payload_mut(file) else { panic!("a file is there") };
        let old = std::mem::replace(&mut **old, io);
        old.each_value(&mut |value| self.heap.release(value));
    }

    /// The raw file of a buffer is this, with nothing read ahead and nothing kept back.
    pub(in crate::machine) fn set_raw(&mut self, file: Handle, raw: Value, size: usize) {
        self.set_io(file, Io::Buffered(super::Buffered { size, ..super::Buffered::new(raw) }));
    }
}
