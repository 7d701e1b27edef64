//! The standard streams as file objects.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::ReadLine;
use super::super::output::Stream;
use super::super::traceback::printable;
use super::super::value::Value;
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

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
}

/// `_io.TextIOWrapper`.
pub const TEXT_IO: TypeSpec = TypeSpec {
    module: "_io",
    natives: &[
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_text_io(args.at(0))),
        NativeDef::method("write", Params::One, write),
        NativeDef::method("flush", Params::None, |_, _| Ok(Value::NONE.into())),
        NativeDef::method("isatty", Params::None, |_, _| Ok(Value::FALSE.into())),
        NativeDef::method("fileno", Params::None, fileno),
        NativeDef::method("readable", Params::None, |m, args| {
            Ok(Value::bool(stream(m, args.at(0)) == TextStream::Stdin).into())
        }),
        NativeDef::method("writable", Params::None, |m, args| {
            Ok(Value::bool(stream(m, args.at(0)) != TextStream::Stdin).into())
        }),
        NativeDef::method("readline", Params::None, readline),
        NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__next__", Params::None, next),
    ],
    accessors: &[
        Accessor::read_only("name", name),
        Accessor::read_only("mode", mode),
        Accessor::read_only("encoding", |m, _| Ok(m.heap.intern("utf-8").into())),
        Accessor::read_only("errors", errors),
        Accessor::read_only("closed", |_, _| Ok(Value::FALSE.into())),
    ],
    ..TypeSpec::new(types::TEXT_IO, "TextIOWrapper")
};

fn stream(m: &Machine, file: Value) -> TextStream {
    match m.heap.payload_of(file) {
        Some(Payload::TextIo(stream)) => *stream,
        _ => panic!("a method of files has one as its receiver"),
    }
}

fn name(m: &mut Machine, file: Value) -> Eval {
    let name = stream(m, file).name();
    Ok(m.heap.intern(name).into())
}

fn mode(m: &mut Machine, file: Value) -> Eval {
    let mode = stream(m, file).mode();
    Ok(m.heap.intern(mode).into())
}

fn errors(m: &mut Machine, file: Value) -> Eval {
    let errors = match stream(m, file) {
        TextStream::Stdin | TextStream::Stdout => "strict",
        TextStream::Stderr => "backslashreplace",
    };
    Ok(m.heap.intern(errors).into())
}

fn fileno(m: &mut Machine, args: &Args) -> Eval {
    let number = match stream(m, args.at(0)) {
        TextStream::Stdin => 0,
        TextStream::Stdout => 1,
        TextStream::Stderr => 2,
    };
    Ok(m.heap.int(number).into())
}

fn write(m: &mut Machine, args: &Args) -> Eval {
    let Some(text) = m.heap.text_of(args.at(1)).cloned() else {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("write() argument must be str, not {class}")));
    };
    match stream(m, args.at(0)) {
        TextStream::Stdin => return Err(m.unsupported_operation("not writable")),
        TextStream::Stdout => m.write(Stream::Stdout, &text.to_string_lossy()),
        TextStream::Stderr => m.write(Stream::Stderr, &printable(&text)),
    }
    Ok(m.heap.int(text.len() as i64).into())
}

fn readline(m: &mut Machine, args: &Args) -> Eval {
    if stream(m, args.at(0)) != TextStream::Stdin {
        return Err(m.unsupported_operation("not readable"));
    }
    m.begin(ReadLine::whole())
}

fn next(m: &mut Machine, args: &Args) -> Eval {
    if stream(m, args.at(0)) != TextStream::Stdin {
        return Err(m.unsupported_operation("not readable"));
    }
    m.begin(ReadLine::item())
}

impl Machine {
    /// Whether a file is the standard output itself.
    pub(in crate::machine) fn is_standard_output(&self, file: Value) -> bool {
        matches!(self.heap.payload_of(file), Some(Payload::TextIo(TextStream::Stdout)))
    }

    /// `<_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>`.
    pub(in crate::machine) fn repr_of_text_io(&mut self, file: Value) -> Eval {
        let stream = stream(self, file);
        let text =
            format!("<_io.TextIOWrapper name='{}' mode='{}' encoding='utf-8'>", stream.name(), stream.mode());
        Ok(self.heap.str(text).into())
    }

    /// A stream cannot do what is asked of it.  CPython's type for that derives from OSError.
    fn unsupported_operation(&mut self, message: &str) -> super::super::raise::Raise {
        self.raise(types::OS_ERROR, message)
    }
}
