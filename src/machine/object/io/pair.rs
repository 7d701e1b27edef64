//! `BufferedRWPair`: a reader and a writer side by side, as of a pipe or a socket.

use super::Io;
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::{BUFFER_SIZE, ClosePair, Sides, Style};
use crate::machine::object::class::{Accessor, Layout, TypeSpec};
use crate::machine::object::function::NativeDef;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What a `BufferedRWPair` holds; neither before it is initialized.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct Pair {
    /// What is read from: a `BufferedReader`.
    pub reader: Option<Value>,
    /// What is written to: a `BufferedWriter`.
    pub writer: Option<Value>,
}

/// `BufferedRWPair`.
pub static PAIR: TypeSpec = TypeSpec {
    module: "_io",
    base: types::BUFFERED_IO_BASE,
    layout: Layout::Builtin(types::BUFFERED_RW_PAIR),
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = handle(args.at(0));
            Ok(m.new_io(class, Io::Pair(Pair::default())).into())
        }),
        NativeDef::wrapper("__init__", Params::Range(2, 3), |m, args| {
            m.with_indices("BufferedRWPair", args, &[3], Style::Plain, init)
        }),
        NativeDef::method("read", Params::Range(0, 1), |m, args| of_reader(m, args, "read")),
        NativeDef::method("read1", Params::Range(0, 1), |m, args| of_reader(m, args, "read1")),
        NativeDef::method("peek", Params::Range(0, 1), |m, args| of_reader(m, args, "peek")),
        NativeDef::method("readinto", Params::One, |m, args| of_reader(m, args, "readinto")),
        NativeDef::method("readinto1", Params::One, |m, args| of_reader(m, args, "readinto1")),
        NativeDef::method("readable", Params::None, |m, args| of_reader(m, args, "readable")),
        NativeDef::method("write", Params::One, |m, args| of_writer(m, args, "write")),
        NativeDef::method("flush", Params::None, |m, args| of_writer(m, args, "flush")),
        NativeDef::method("writable", Params::None, |m, args| of_writer(m, args, "writable")),
        NativeDef::method("isatty", Params::None, |m, args| {
            let answer = of_writer(m, args, "isatty")?;
            m.continue_with("isatty", answer, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
                if args.at(1) != Value::FALSE {
                    return Ok(args.at(1).into());
                }
                of_reader(m, &Args::new([args.at(0)]), "isatty")
            })
        }),
        NativeDef::method("close", Params::None, |m, args| {
            let (Some(writer), Some(reader)) = (pair(m, args.at(0)).writer, pair(m, args.at(0)).reader)
            else {
                return Err(uninitialized(m));
            };
            m.begin(ClosePair::new(Sides::new(writer, reader)))
        }),
    ],
    accessors: &[Accessor::read_only("closed", |m, file| match pair(m, file).writer {
        Some(writer) => {
            let name = m.text_handle("closed");
            m.get_attr(writer, name)
        }
        None => Err(m.runtime_error("the BufferedRWPair object is being garbage-collected")),
    })],
    ..TypeSpec::new(types::BUFFERED_RW_PAIR, "BufferedRWPair")
};

fn handle(value: Value) -> Handle {
    value.handle().expect("a file is a heap object")
}

fn pair(m: &Machine, file: Value) -> Pair {
    match m.io(handle(file)) {
        Some(Io::Pair(pair)) => *pair,
        other => panic!("another kind of file is there: {other:?}"),
    }
}

fn uninitialized(m: &mut Machine) -> Raise {
    m.value_error("I/O operation on uninitialized object")
}

/// Asks one, then the other whether it can do its part, and makes the buffers.
fn init(m: &mut Machine, args: &Args) -> Eval {
    let name = m.text_handle("readable");
    let answer = m.call_attr(args.at(1), name, vec![])?;
    let size = args.get(3).unwrap_or_else(|| m.heap.int(BUFFER_SIZE as i64));
    let args = Args::new([args.at(0), args.at(1), args.at(2), size, Value::NONE]);
    m.continue_with("BufferedRWPair", answer, args, 4, |m, args| {
        if args.at(4) != Value::TRUE {
            return Err(m.unsupported_operation("File or stream is not readable."));
        }
        let name = m.text_handle("writable");
        let answer = m.call_attr(args.at(2), name, vec![])?;
        m.continue_with("BufferedRWPair", answer, args.clone(), 4, |m, args| {
            if args.at(4) != Value::TRUE {
                return Err(m.unsupported_operation("File or stream is not writable."));
            }
            let reader = m.instantiate(types::BUFFERED_READER, Args::new([args.at(1), args.at(3)]))?;
            m.continue_with("BufferedRWPair", reader, args.clone(), 1, |m, args| {
                let writer = m.instantiate(types::BUFFERED_WRITER, Args::new([args.at(2), args.at(3)]))?;
                m.continue_with("BufferedRWPair", writer, args.clone(), 2, |m, args| {
                    let pair = Pair { reader: Some(args.at(1)), writer: Some(args.at(2)) };
                    m.set_io(handle(args.at(0)), Io::Pair(pair));
                    Ok(Value::NONE.into())
                })
            })
        })
    })
}

fn of_reader(m: &mut Machine, args: &Args, name: &str) -> Eval {
    match pair(m, args.at(0)).reader {
        Some(reader) => forward(m, reader, args, name),
        None => Err(uninitialized(m)),
    }
}

fn of_writer(m: &mut Machine, args: &Args, name: &str) -> Eval {
    match pair(m, args.at(0)).writer {
        Some(writer) => forward(m, writer, args, name),
        None => Err(uninitialized(m)),
    }
}

/// Calls the method of one side with the same arguments.
fn forward(m: &mut Machine, side: Value, args: &Args, name: &str) -> Eval {
    let name = m.text_handle(name);
    m.call_attr(side, name, args.rest(1).collect())
}
