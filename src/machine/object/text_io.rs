//! `TextIOWrapper`: the standard streams, and files of the operating system as text.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{FileOp, Style, TextWrapping, Wrapping};
use super::super::raise::Raise;
use super::super::text::codec::Codec;
use super::super::value::{Handle, Value};
use super::class::{Accessor, Layout, TypeSpec};
use super::function::NativeDef;
use super::io::base::next;
use super::io::file::{close, closed, detach, name, seek, truncate, work};
use super::io::state::NO_STATE;
use super::io::{Io, Newline, Raw, Wrapper};
use super::types;

/// A str or None among the arguments of the function `function`.
fn text(
    m: &mut Machine,
    args: &Args,
    index: usize,
    function: &str,
    name: &str,
) -> Result<Option<String>, Raise> {
    let Some(value) = args.some(index) else { return Ok(None) };
    match m.heap.text_of(value) {
        Some(text) => Ok(Some(text.to_string_lossy().into_owned())),
        None => {
            let given = m.argument_class(value);
            let message = format!("{function}() argument '{name}' must be str or None, not {given}");
            Err(m.type_error(message))
        }
    }
}

/// The codec of an encoding, and what it is called: UTF-8 without one.
fn codec_of(m: &mut Machine, encoding: Option<String>) -> Result<(Codec, Rc<str>), Raise> {
    match encoding.filter(|encoding| encoding != "locale") {
        Some(name) => Ok((m.codec_named(&name)?, name.into())),
        None => Ok((Codec::Utf8, "UTF-8".into())),
    }
}

/// `__init__(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)`.
fn init(m: &mut Machine, args: &Args) -> Eval {
    let file = handle(args.at(0));
    m.set_wrapper(file, Wrapper::uninitialized());
    let buffer = args.at(1);
    let encoding = text(m, args, 2, "TextIOWrapper", "encoding")?;
    let errors = text(m, args, 3, "TextIOWrapper", "errors")?.unwrap_or_else(|| "strict".to_owned());
    let newline = match args.some(4) {
        Some(newline) => m.newline_argument(newline, false)?,
        None => Newline::Universal,
    };
    let (codec, encoding) = codec_of(m, encoding)?;
    let way = (codec, encoding, errors.into());
    let mut wrapper = Wrapper::new(buffer, None, way, newline, args.flag(5, false));
    wrapper.write_through = args.flag(6, false);
    m.set_wrapper(file, wrapper);
    if m.is_direct(file) {
        return match m.check_open(buffer) {
            Ok(()) => Ok(Value::NONE.into()),
            Err(raise) => {
                m.set_wrapper(file, Wrapper::uninitialized());
                Err(raise)
            }
        };
    }
    m.begin(TextWrapping::new(Wrapping::new(file)))
}

/// `reconfigure(*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)`, where a
/// newline of None is one that is given.
fn reconfigure(m: &mut Machine, args: &Args) -> Eval {
    reconfigured(m, args, true)
}

fn reconfigured(m: &mut Machine, args: &Args, flushes: bool) -> Eval {
    let file = handle(args.at(0));
    m.attached(file)?;
    let encoding = text(m, args, 1, "reconfigure", "encoding")?;
    let errors = text(m, args, 2, "reconfigure", "errors")?;
    let newline = match args.get(3) {
        Some(newline) => Some(m.newline_argument(newline, false)?),
        None => None,
    };
    let part = m.wrapper(file);
    let has_read = !part.chunk.is_empty() || !part.decoded.is_empty();
    if has_read && (encoding.is_some() || errors.is_some() || newline.is_some()) {
        return Err(m.unsupported_operation(
            "It is not possible to set the encoding or newline of stream after the first read",
        ));
    }
    let way = match (encoding, errors) {
        (None, None) => None,
        (None, Some(errors)) => Some((part.codec, part.encoding.clone(), errors)),
        (Some(encoding), errors) => {
            let (codec, encoding) = codec_of(m, Some(encoding))?;
            Some((codec, encoding, errors.unwrap_or_else(|| "strict".to_owned())))
        }
    };
    // What was written is flushed first: as it was said to be written.
    if flushes {
        let flushed = work(m, args, FileOp::Flush)?;
        let mut args = args.clone();
        args.prepend(Value::NONE);
        return m.continue_with("reconfigure", flushed, args, 0, |m, args| {
            reconfigured(m, &args.without_first(), false)
        });
    }
    let part = m.wrapper_mut(file);
    let is_new = way.is_some();
    if let Some((codec, encoding, errors)) = way {
        (part.codec, part.encoding, part.errors) = (codec, encoding, errors.into());
    }
    part.newline = newline.unwrap_or(part.newline);
    if args.some(4).is_some() {
        part.line_buffering = args.flag(4, false);
    }
    if args.some(5).is_some() {
        part.write_through = args.flag(5, false);
    }
    if !is_new || m.wrapper(file).codec.behind_mark().is_none() {
        return Ok(Value::NONE.into());
    }
    // A mark is written at the beginning alone.
    let direct = m.is_direct(file);
    let raw = m.raw_below(file);
    let seeks = if direct { raw.is_none_or(|raw| m.raw_file(raw).seeks) } else { m.wrapper(file).seeks };
    if !seeks {
        return Ok(Value::NONE.into());
    }
    let buffer = m.wrapper(file).buffer;
    let tell = m.text_handle("tell");
    let place = m.call_attr(buffer, tell, Vec::new())?;
    m.continue_with("reconfigure", place, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        if m.index_clamped(args.at(1)) != Some(0) {
            m.begin_in_the_middle(args.at(0));
        }
        Ok(Value::NONE.into())
    })
}

fn handle(file: Value) -> Handle {
    file.handle().expect("a file is a heap object")
}

/// What the file of the operating system below can do, or what the buffer says to the question `name`.
fn can(m: &mut Machine, args: &Args, name: &str, what: fn(&Raw) -> bool) -> Eval {
    let file = handle(args.at(0));
    if !m.is_direct(file) {
        return m.ask_buffer(args.at(0), name, true);
    }
    m.check_open(args.at(0))?;
    let raw = m.raw_below(file);
    Ok(Value::bool(raw.is_none_or(|raw| what(m.raw_file(raw)))).into())
}

/// `mode`, which `open()` sets, and everybody may.
fn set_mode(m: &mut Machine, file: Value, value: Option<Value>) -> Result<(), Raise> {
    let handle = file.handle().expect("a file is a heap object");
    let mut mode = m.wrapper_mut(handle).mode;
    m.heap.replace(&mut mode, value);
    m.wrapper_mut(handle).mode = mode;
    Ok(())
}

/// `_io.TextIOWrapper`.
pub const TEXT_IO: TypeSpec = TypeSpec {
    module: "_io",
    base: types::TEXT_IO_BASE,
    layout: Layout::Builtin(types::TEXT_IO),
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = handle(args.at(0));
            Ok(m.new_io(class, Io::Wrapper(Wrapper::uninitialized())).into())
        }),
        NativeDef::wrapper(
            "__init__",
            Params::named(&["buffer", "encoding", "errors", "newline", "line_buffering", "write_through"], 1),
            |m, args| m.with_indices("TextIOWrapper", args, &[5, 6], Style::Truth, init),
        ),
        NO_STATE,
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_io(args.at(0))),
        NativeDef::method("read", Params::Range(0, 1), |m, args| {
            m.with_size("read", args, |m, args| {
                let size = m.read_size(args.get(1))?;
                work(m, args, FileOp::Read(size))
            })
        }),
        NativeDef::method("readline", Params::Range(0, 1), |m, args| {
            m.with_indices("readline", args, &[1], Style::Plain, |m, args| {
                let limit = m.count_argument(args.get(1))?;
                work(m, args, FileOp::ReadLine(limit))
            })
        }),
        NativeDef::wrapper("__next__", Params::None, next),
        NativeDef::method("write", Params::One, |m, args| work(m, args, FileOp::Write(args.at(1)))),
        NativeDef::method("flush", Params::None, |m, args| work(m, args, FileOp::Flush)),
        NativeDef::method("detach", Params::None, detach),
        NativeDef::method("seek", Params::Range(1, 2), seek),
        NativeDef::method("tell", Params::None, |m, args| work(m, args, FileOp::Tell)),
        NativeDef::method("truncate", Params::Range(0, 1), truncate),
        NativeDef::method("close", Params::None, close),
        NativeDef::method(
            "reconfigure",
            Params::Named {
                names: &["encoding", "errors", "newline", "line_buffering", "write_through"],
                required: 0,
                positional: 0,
            },
            |m, args| {
                // None says that nothing changes.
                let (flags, none) =
                    (&[4, 5], [4, 5].map(|index| args.get(index).is_some_and(Value::is_none)));
                match none {
                    [true, true] => reconfigure(m, args),
                    [true, false] => m.with_indices("reconfigure", args, &[5], Style::Truth, reconfigure),
                    [false, true] => m.with_indices("reconfigure", args, &[4], Style::Truth, reconfigure),
                    [false, false] => m.with_indices("reconfigure", args, flags, Style::Truth, reconfigure),
                }
            },
        ),
        NativeDef::method("isatty", Params::None, |m, args| can(m, args, "isatty", |raw| raw.terminal)),
        NativeDef::method("fileno", Params::None, |m, args| {
            if !m.is_direct(handle(args.at(0))) {
                return m.ask_buffer(args.at(0), "fileno", true);
            }
            let file = m.raw_below(handle(args.at(0)));
            let fd = file.map_or(-1, |raw| m.raw_file(raw).fd);
            if fd < 0 {
                return Err(m.value_error("I/O operation on closed file"));
            }
            Ok(m.heap.int(fd.into()).into())
        }),
        NativeDef::method("readable", Params::None, |m, args| can(m, args, "readable", |raw| raw.reads)),
        NativeDef::method("writable", Params::None, |m, args| can(m, args, "writable", |raw| raw.writes)),
        NativeDef::method("seekable", Params::None, |m, args| can(m, args, "seekable", |raw| raw.seeks)),
    ],
    accessors: &[
        Accessor::read_only("name", |m, file| {
            if m.is_direct(handle(file)) { name(m, file) } else { m.ask_buffer(file, "name", false) }
        }),
        Accessor::new(
            "mode",
            |m, file| match wrapper(m, file).mode {
                Some(mode) => Ok(mode.into()),
                None => {
                    let name = m.text_handle("mode");
                    Err(m.no_attribute(file, name))
                }
            },
            set_mode,
        ),
        Accessor::read_only("encoding", |m, file| {
            let name = wrapper(m, file).encoding.clone();
            Ok(m.heap.intern(&*name).into())
        }),
        Accessor::read_only("errors", |m, file| {
            let name = wrapper(m, file).errors.clone();
            Ok(m.heap.intern(&*name).into())
        }),
        Accessor::read_only("newlines", |m, file| {
            let seen = wrapper(m, file).seen;
            Ok(m.newlines_value(seen).into())
        }),
        Accessor::read_only("line_buffering", |m, file| {
            Ok(Value::bool(wrapper(m, file).line_buffering).into())
        }),
        Accessor::read_only(
            "write_through",
            |m, file| Ok(Value::bool(wrapper(m, file).write_through).into()),
        ),
        Accessor::read_only("buffer", |m, file| {
            m.attached(handle(file))?;
            Ok(wrapper(m, file).buffer.into())
        }),
        Accessor::late(
            "_CHUNK_SIZE",
            |m, file| {
                let size = wrapper(m, file).chunk_size;
                Ok(m.heap.int(size as i64).into())
            },
            set_chunk_size,
        ),
        Accessor::read_only("closed", |m, file| {
            let part = wrapper(m, file);
            if part.buffer.is_none() && !part.detached {
                // Nothing was ever open.
                return Ok(Value::TRUE.into());
            }
            if m.is_direct(handle(file)) { closed(m, file) } else { m.ask_buffer(file, "closed", false) }
        }),
    ],
    ..TypeSpec::new(types::TEXT_IO, "TextIOWrapper")
};

/// `_CHUNK_SIZE = …`, an int above 0.
fn set_chunk_size(m: &mut Machine, file: Value, size: Option<Value>) -> Eval {
    m.attached(handle(file))?;
    let Some(size) = size else {
        let class = m.shown_class(file);
        let message = format!("attribute '_CHUNK_SIZE' of '{class}' objects cannot be deleted");
        return Err(m.raise(types::ATTRIBUTE_ERROR, message));
    };
    m.with_indices("_CHUNK_SIZE", &Args::new([file, size]), &[1], Style::Plain, |m, args| {
        let size = m.index_i64(args.at(1), types::VALUE_ERROR)?;
        match usize::try_from(size).ok().filter(|size| *size > 0) {
            Some(size) => m.wrapper_mut(handle(args.at(0))).chunk_size = size,
            None => return Err(m.value_error("a strictly positive integer is required")),
        }
        Ok(Value::NONE.into())
    })
}

fn wrapper(m: &Machine, file: Value) -> &Wrapper {
    m.wrapper(file.handle().expect("a file is a heap object"))
}

impl Machine {
    /// Makes another text of a wrapper.
    fn set_wrapper(&mut self, file: Handle, wrapper: Wrapper) {
        self.set_io(file, Io::Wrapper(wrapper));
    }
}
