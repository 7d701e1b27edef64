//! `TextIOWrapper`: the standard streams, and files of the operating system as text.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{FileOp, ReadLine, Style};
use super::super::output::Stream;
use super::super::raise::Raise;
use super::super::text::codec::Codec;
use super::super::text::str::is_surrogate;
use super::super::traceback::printable;
use super::super::value::Value;
use super::class::{Accessor, Layout, TypeSpec};
use super::function::NativeDef;
use super::io::file::{can, closed, name, seek, truncate, work};
use super::io::{Io, Newline, Wrapper};
use super::{Payload, types};

/// `TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)`.
fn make(m: &mut Machine, args: &Args) -> Eval {
    let buffer = args.at(1);
    let below = buffer.handle().and_then(|file| m.io(file));
    if args.at(0) != Value::object(types::TEXT_IO) || !matches!(below, Some(Io::Buffered(_))) {
        return Err(m.unsupported("making a TextIOWrapper of anything but a buffered file"));
    }
    m.check_open(buffer)?;
    let text = |m: &mut Machine, index: usize, name: &str| {
        let Some(value) = args.some(index) else { return Ok(None) };
        match m.heap.text_of(value) {
            Some(text) => Ok(Some(text.to_string_lossy().into_owned())),
            None => {
                let given = m.argument_class(value);
                let message = format!("TextIOWrapper() argument '{name}' must be str or None, not {given}");
                Err(m.type_error(message))
            }
        }
    };
    let encoding = text(m, 2, "encoding")?.filter(|encoding| encoding != "locale");
    let errors = text(m, 3, "errors")?;
    let newline = match args.some(4) {
        Some(newline) => m.newline_argument(newline, false)?,
        None => Newline::Universal,
    };
    let line_buffering = args.flag(5, false);
    if args.flag(6, false) {
        return Err(m.unsupported("a TextIOWrapper with write_through"));
    }
    let codec = match &encoding {
        Some(name) => m.codec_named(name)?,
        None => Codec::Utf8,
    };
    let encoding = encoding.map_or_else(|| Rc::from("UTF-8"), Rc::from);
    let errors = errors.map_or_else(|| Rc::from("strict"), Rc::from);
    let wrapper = Wrapper::new(buffer, None, (codec, encoding, errors), newline, line_buffering);
    Ok(m.new_io(types::TEXT_IO, Io::Wrapper(wrapper)).into())
}

/// `mode`, which `open()` sets, and everybody may.
fn set_mode(m: &mut Machine, file: Value, value: Option<Value>) -> Result<(), Raise> {
    let handle = file.handle().expect("a file is a heap object");
    if standard(m, file).is_some() {
        return Err(m.unsupported("setting the mode of a standard stream"));
    }
    let mut mode = m.wrapper_mut(handle).mode;
    m.heap.replace(&mut mode, value);
    m.wrapper_mut(handle).mode = mode;
    Ok(())
}

/// Which of the standard streams a file object stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextStream {
    /// `sys.stdin`.
    Stdin,
    /// `sys.stdout`.
    Stdout,
    /// `sys.stderr`.
    Stderr,
}

impl TextStream {
    /// Its `name`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stdin => "<stdin>",
            Self::Stdout => "<stdout>",
            Self::Stderr => "<stderr>",
        }
    }

    /// Its `mode`.
    pub const fn mode(self) -> &'static str {
        match self {
            Self::Stdin => "r",
            Self::Stdout | Self::Stderr => "w",
        }
    }

    const fn number(self) -> i64 {
        match self {
            Self::Stdin => 0,
            Self::Stdout => 1,
            Self::Stderr => 2,
        }
    }
}

/// `_io.TextIOWrapper`.
pub const TEXT_IO: TypeSpec = TypeSpec {
    module: "_io",
    base: types::TEXT_IO_BASE,
    layout: Layout::Builtin(types::TEXT_IO),
    has_dict: true,
    natives: &[
        NativeDef::new(
            Params::named(&["buffer", "encoding", "errors", "newline", "line_buffering", "write_through"], 1),
            |m, args| m.with_indices("TextIOWrapper", args, &[5, 6], Style::Truth, make),
        ),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_text_io(args.at(0))),
        NativeDef::method("read", Params::Range(0, 1), |m, args| {
            let size = m.read_size(args.get(1))?;
            match standard(m, args.at(0)) {
                None => work(m, args, FileOp::Read(size)),
                Some(TextStream::Stdin) if size.is_none() => m.begin(ReadLine::rest()),
                Some(TextStream::Stdin) => Err(m.unsupported("sys.stdin.read() of so many characters")),
                Some(TextStream::Stdout | TextStream::Stderr) => Err(m.unsupported_operation("not readable")),
            }
        }),
        NativeDef::method("readline", Params::Range(0, 1), |m, args| {
            let limit = m.read_size(args.get(1))?;
            match standard(m, args.at(0)) {
                None => work(m, args, FileOp::ReadLine(limit)),
                Some(TextStream::Stdin) if limit.is_none() => m.begin(ReadLine::whole()),
                Some(TextStream::Stdin) => Err(m.unsupported("sys.stdin.readline() with a limit")),
                Some(TextStream::Stdout | TextStream::Stderr) => Err(m.unsupported_operation("not readable")),
            }
        }),
        NativeDef::method("readlines", Params::Range(0, 1), |m, args| {
            let hint = m.read_size(args.get(1))?.filter(|hint| *hint > 0);
            match standard(m, args.at(0)) {
                None => work(m, args, FileOp::ReadLines(hint)),
                Some(TextStream::Stdin) if hint.is_none() => m.begin(ReadLine::all()),
                Some(TextStream::Stdin) => Err(m.unsupported("sys.stdin.readlines() with a hint")),
                Some(TextStream::Stdout | TextStream::Stderr) => Err(m.unsupported_operation("not readable")),
            }
        }),
        NativeDef::wrapper("__next__", Params::None, |m, args| match standard(m, args.at(0)) {
            None => work(m, args, FileOp::Next),
            Some(TextStream::Stdin) => m.begin(ReadLine::item()),
            Some(TextStream::Stdout | TextStream::Stderr) => Err(m.unsupported_operation("not readable")),
        }),
        NativeDef::method("write", Params::One, write),
        NativeDef::method("flush", Params::None, |m, args| match standard(m, args.at(0)) {
            None => work(m, args, FileOp::Flush),
            Some(_) => Ok(Value::NONE.into()),
        }),
        NativeDef::method("seek", Params::Range(1, 2), |m, args| match standard(m, args.at(0)) {
            None => seek(m, args),
            Some(_) => Err(m.unsupported_operation("underlying stream is not seekable")),
        }),
        NativeDef::method("tell", Params::None, |m, args| match standard(m, args.at(0)) {
            None => work(m, args, FileOp::Tell),
            Some(_) => Err(m.unsupported_operation("underlying stream is not seekable")),
        }),
        NativeDef::method("truncate", Params::Range(0, 1), |m, args| match standard(m, args.at(0)) {
            None => truncate(m, args),
            Some(_) => Err(m.unsupported("truncate() of a standard stream")),
        }),
        NativeDef::method("close", Params::None, |m, args| match standard(m, args.at(0)) {
            None => work(m, args, FileOp::Close),
            Some(_) => Err(m.unsupported("closing a standard stream")),
        }),
        NativeDef::method("reconfigure", Params::Any, |m, _| {
            Err(m.unsupported("TextIOWrapper.reconfigure()"))
        }),
        NativeDef::method("isatty", Params::None, |m, args| match standard(m, args.at(0)) {
            Some(_) => Ok(Value::FALSE.into()),
            None => can(m, args, |raw| raw.terminal),
        }),
        NativeDef::method("fileno", Params::None, |m, args| match standard(m, args.at(0)) {
            Some(stream) => Ok(m.heap.int(stream.number()).into()),
            None => {
                let file = args.at(0).handle().and_then(|file| m.raw_below(file));
                let fd = file.map_or(-1, |raw| m.raw_file(raw).fd);
                if fd < 0 {
                    return Err(m.value_error("I/O operation on closed file"));
                }
                Ok(m.heap.int(fd.into()).into())
            }
        }),
        NativeDef::method("readable", Params::None, |m, args| match standard(m, args.at(0)) {
            Some(stream) => Ok(Value::bool(stream == TextStream::Stdin).into()),
            None => can(m, args, |raw| raw.reads),
        }),
        NativeDef::method("writable", Params::None, |m, args| match standard(m, args.at(0)) {
            Some(stream) => Ok(Value::bool(stream != TextStream::Stdin).into()),
            None => can(m, args, |raw| raw.writes),
        }),
        NativeDef::method("seekable", Params::None, |m, args| match standard(m, args.at(0)) {
            Some(_) => Ok(Value::FALSE.into()),
            None => can(m, args, |raw| raw.seeks),
        }),
    ],
    accessors: &[
        Accessor::read_only("name", |m, file| match standard(m, file) {
            Some(stream) => Ok(m.heap.intern(stream.name()).into()),
            None => name(m, file),
        }),
        Accessor::new(
            "mode",
            |m, file| match standard(m, file) {
                Some(stream) => Ok(m.heap.intern(stream.mode()).into()),
                None => match wrapper(m, file).mode {
                    Some(mode) => Ok(mode.into()),
                    None => {
                        let name = m.text_handle("mode");
                        Err(m.no_attribute(file, name))
                    }
                },
            },
            set_mode,
        ),
        Accessor::read_only("encoding", |m, file| {
            let name = match standard(m, file) {
                Some(_) => "utf-8".into(),
                None => wrapper(m, file).encoding.clone(),
            };
            Ok(m.heap.intern(&*name).into())
        }),
        Accessor::read_only("errors", |m, file| {
            let name = match standard(m, file) {
                Some(TextStream::Stdin | TextStream::Stdout) => "strict".into(),
                Some(TextStream::Stderr) => "backslashreplace".into(),
                None => wrapper(m, file).errors.clone(),
            };
            Ok(m.heap.intern(&*name).into())
        }),
        Accessor::read_only("newlines", |m, file| match standard(m, file) {
            Some(_) => Ok(Value::NONE.into()),
            None => {
                let seen = wrapper(m, file).seen;
                Ok(m.newlines_value(seen).into())
            }
        }),
        Accessor::read_only("line_buffering", |m, file| {
            let buffers = standard(m, file).is_none() && wrapper(m, file).line_buffering;
            Ok(Value::bool(buffers || standard(m, file) == Some(TextStream::Stderr)).into())
        }),
        Accessor::read_only("write_through", |_, _| Ok(Value::FALSE.into())),
        Accessor::read_only("buffer", |m, file| match standard(m, file) {
            Some(stream) => {
                let class = match stream {
                    TextStream::Stdin => types::BUFFERED_READER,
                    TextStream::Stdout | TextStream::Stderr => types::BUFFERED_WRITER,
                };
                Ok(m.new_io(class, Io::Standard(stream)).into())
            }
            None => Ok(wrapper(m, file).buffer.into()),
        }),
        Accessor::read_only("closed", closed),
    ],
    ..TypeSpec::new(types::TEXT_IO, "TextIOWrapper")
};

/// The standard stream that a file is, if it is one.
fn standard(m: &Machine, file: Value) -> Option<TextStream> {
    match m.heap.payload_of(file) {
        Some(Payload::TextIo(stream)) => Some(*stream),
        _ => None,
    }
}

fn wrapper(m: &Machine, file: Value) -> &Wrapper {
    m.wrapper(file.handle().expect("a file is a heap object"))
}

fn write(m: &mut Machine, args: &Args) -> Eval {
    let Some(stream) = standard(m, args.at(0)) else {
        return work(m, args, FileOp::Write(args.at(1)));
    };
    let Some(text) = m.heap.text_of(args.at(1)).cloned() else {
        let class = m.argument_class(args.at(1));
        return Err(m.type_error(format!("write() argument must be str, not {class}")));
    };
    match stream {
        TextStream::Stdin => return Err(m.unsupported_operation("not writable")),
        TextStream::Stdout => m.write_standard(args.at(1))?,
        TextStream::Stderr => m.write(Stream::Stderr, &printable(&text)),
    }
    Ok(m.heap.int(text.len() as i64).into())
}

impl Machine {
    /// Writes a str to the standard output, whose encoding has nothing for a lone surrogate.
    pub(in crate::machine) fn write_standard(&mut self, text: Value) -> Result<(), Raise> {
        let text_object = self.str_text(text);
        if !text_object.is_ascii() && text_object.points().any(is_surrogate) {
            self.encode_text(text, None, None, "write")?;
        }
        let text = self.str_text(text).to_string_lossy().into_owned();
        self.write(Stream::Stdout, &text);
        Ok(())
    }

    /// Whether a file is the standard output itself.
    pub(in crate::machine) fn is_standard_output(&self, file: Value) -> bool {
        standard(self, file) == Some(TextStream::Stdout)
    }

    /// `<_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>`.
    pub(in crate::machine) fn repr_of_text_io(&mut self, file: Value) -> Eval {
        let Some(stream) = standard(self, file) else { return self.repr_of_io(file) };
        let text =
            format!("<_io.TextIOWrapper name='{}' mode='{}' encoding='utf-8'>", stream.name(), stream.mode());
        Ok(self.heap.str(text).into())
    }
}
