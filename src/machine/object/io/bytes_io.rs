//! `BytesIO`: bytes in memory with the methods of a file.

use super::{BytesBuffer, Io, state};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::Style;
use crate::machine::number::IntRef;
use crate::machine::object::class::{Accessor, Layout, TypeSpec};
use crate::machine::object::function::NativeDef;
use crate::machine::object::memory_view::{BUFFER, RELEASE_BUFFER};
use crate::machine::object::{Payload, types};
use crate::machine::protocol::buffer::flags;
use crate::machine::raise::Raise;
use crate::machine::text::MAX_LENGTH;
use crate::machine::value::{Handle, Value};

/// `BytesIO`.
pub static BYTES_IO: TypeSpec = TypeSpec {
    module: "_io",
    base: types::BUFFERED_IO_BASE,
    layout: Layout::Builtin(types::BYTES_IO),
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = args.at(0).handle().expect("__new__ is called with a class");
            Ok(m.new_io(class, Io::Bytes(BytesBuffer::default())).into())
        }),
        NativeDef::wrapper("__init__", Params::named(&["initial_bytes"], 0), |m, args| {
            unexported(m, args)?;
            m.with_buffers("BytesIO", args, &[1], init)
        }),
        state::GET_BYTES,
        state::SET_BYTES,
        NativeDef::method("read", Params::Range(0, 1), |m, args| m.with_size("read", args, read)),
        NativeDef::method("read1", Params::Range(0, 1), |m, args| m.with_size("read1", args, read)),
        NativeDef::method("readline", Params::Range(0, 1), |m, args| {
            m.with_size("readline", args, |m, args| {
                let limit = m.read_size(args.get(1))?;
                let line = line(open(m, args)?, limit.unwrap_or(usize::MAX));
                Ok(m.heap.bytes(&line).into())
            })
        }),
        NativeDef::method("readlines", Params::Range(0, 1), read_lines),
        NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__next__", Params::None, |m, args| {
            let line = line(open(m, args)?, usize::MAX);
            if line.is_empty() {
                return Err(m.stop_iteration(Value::NONE));
            }
            Ok(m.heap.bytes(&line).into())
        }),
        NativeDef::method("readinto", Params::One, |m, args| {
            open(m, args)?;
            let view = m.writable_view("readinto() argument", args.at(1))?;
            m.continue_with("readinto", view, args.clone(), 1, |m, args| {
                let view = args.at(1).handle().expect("a memoryview is a heap object");
                let size = m.heap.memory_view(view).layout.bytes();
                let bytes = take(open(m, args)?, size);
                Ok(m.fill_view(view, &bytes).into())
            })
        }),
        NativeDef::method("write", Params::One, |m, args| {
            unexported(m, args)?;
            m.with_buffers("write", args, &[1], write_bytes)
        }),
        NativeDef::method("getvalue", Params::None, |m, args| {
            let bytes = open(m, args)?.bytes.clone();
            Ok(m.heap.bytes(&bytes).into())
        }),
        NativeDef::method("getbuffer", Params::None, |m, args| {
            open(m, args)?;
            let slots = Payload::Slots([Some(args.at(0))].into());
            let owner = Value::object(m.heap.alloc(types::BYTES_IO_BUFFER, slots));
            m.required_view(owner, flags::SIMPLE, "")
        })
        .of_class(),
        NativeDef::method("tell", Params::None, |m, args| {
            let at = open(m, args)?.at;
            Ok(m.heap.int(at as i64).into())
        }),
        NativeDef::method("seek", Params::Range(1, 2), |m, args| {
            m.with_indices("seek", args, &[1, 2], Style::Plain, seek)
        }),
        NativeDef::method("truncate", Params::Range(0, 1), |m, args| {
            open(m, args)?;
            match args.some(1) {
                Some(_) => m.with_indices("truncate", args, &[1], Style::Plain, truncate),
                None => truncate(m, args),
            }
        }),
        NativeDef::method("close", Params::None, |m, args| {
            unexported(m, args)?;
            *m.bytes_buffer_mut(handle(args)) = BytesBuffer { closed: true, ..BytesBuffer::default() };
            Ok(Value::NONE.into())
        }),
        NativeDef::method("flush", Params::None, |m, args| {
            open(m, args)?;
            Ok(Value::NONE.into())
        }),
        NativeDef::method("isatty", Params::None, |m, args| {
            open(m, args)?;
            Ok(Value::FALSE.into())
        }),
        NativeDef::method("readable", Params::None, yes),
        NativeDef::method("writable", Params::None, yes),
        NativeDef::method("seekable", Params::None, yes),
    ],
    accessors: &[Accessor::read_only("closed", |m, file| {
        Ok(Value::bool(m.is_closed(file.handle().expect("a file is a heap object"))).into())
    })],
    ..TypeSpec::new(types::BYTES_IO, "BytesIO")
};

/// What the views that `getbuffer()` gives are views of.
pub static BYTES_IO_BUFFER: TypeSpec = TypeSpec {
    module: "_io",
    wrappers: &[&BUFFER, &RELEASE_BUFFER],
    ..TypeSpec::new(types::BYTES_IO_BUFFER, "_BytesIOBuffer")
};

fn init(m: &mut Machine, args: &Args) -> Eval {
    // What was in it is gone even where nothing comes in its place.
    *m.bytes_buffer_mut(handle(args)) = BytesBuffer::default();
    let bytes = match args.some(1) {
        Some(bytes) => m.bytes_argument(bytes)?,
        None => Vec::new(),
    };
    *m.bytes_buffer_mut(handle(args)) = BytesBuffer { bytes, at: 0, closed: false };
    Ok(Value::NONE.into())
}

/// A view of the contents keeps them from changing their size.
pub(super) fn unexported(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    if m.heap.exports(handle(args)) > 0 {
        return Err(m.buffer_error("Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}

/// `write(bytes)`, whatever has its memory in Python being a view by now.
pub(super) fn write_bytes(m: &mut Machine, args: &Args) -> Eval {
    open(m, args)?;
    let bytes = m.bytes_argument(args.at(1))?;
    if open(m, args)?.at > MAX_LENGTH {
        return Err(m.out_of_memory());
    }
    write(open(m, args)?, &bytes);
    Ok(m.heap.int(bytes.len() as i64).into())
}

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a file is a heap object")
}

fn yes(m: &mut Machine, args: &Args) -> Eval {
    open(m, args)?;
    Ok(Value::TRUE.into())
}

/// The buffer, unless it is closed.
pub(super) fn open<'a>(m: &'a mut Machine, args: &Args) -> Result<&'a mut BytesBuffer, Raise> {
    if m.bytes_buffer(handle(args)).closed {
        return Err(m.value_error("I/O operation on closed file."));
    }
    Ok(m.bytes_buffer_mut(handle(args)))
}

fn read(m: &mut Machine, args: &Args) -> Eval {
    let size = m.read_size(args.get(1))?;
    let bytes = take(open(m, args)?, size.unwrap_or(usize::MAX));
    Ok(m.heap.bytes(&bytes).into())
}

/// `readlines(size=None)`: so many lines that they are at least so long.
fn read_lines(m: &mut Machine, args: &Args) -> Eval {
    let hint = match args.some(1) {
        Some(hint) if m.heap.int_ref(hint).is_none() => {
            let class = m.class_name(hint);
            return Err(m.type_error(format!("integer argument expected, got '{class}'")));
        }
        Some(hint) => usize::try_from(m.size_argument(hint)?).ok().filter(|hint| *hint > 0),
        None => None,
    };
    let (mut lines, mut length) = (Vec::new(), 0);
    loop {
        if hint.is_some_and(|hint| length >= hint) {
            break;
        }
        let line = line(open(m, args)?, usize::MAX);
        if line.is_empty() {
            break;
        }
        length += line.len();
        lines.push(m.heap.bytes(&line));
    }
    Ok(m.heap.list(lines).into())
}

fn take(buffer: &mut BytesBuffer, count: usize) -> Vec<u8> {
    let start = buffer.at.min(buffer.bytes.len());
    let end = start.saturating_add(count).min(buffer.bytes.len());
    buffer.at = buffer.at.max(end);
    buffer.bytes[start..end].to_vec()
}

fn line(buffer: &mut BytesBuffer, limit: usize) -> Vec<u8> {
    let rest = buffer.bytes.get(buffer.at..).unwrap_or_default();
    let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
    take(buffer, end.min(limit))
}

/// Writes bytes at the place where the buffer stands; a gap before them is filled with zeros.
fn write(buffer: &mut BytesBuffer, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    let end = buffer.at + bytes.len();
    if buffer.bytes.len() < end {
        buffer.bytes.resize(end, 0);
    }
    buffer.bytes[buffer.at..end].copy_from_slice(bytes);
    buffer.at = end;
}

/// `truncate(size=None)`: where it stands, without a size.
fn truncate(m: &mut Machine, args: &Args) -> Eval {
    unexported(m, args)?;
    let size = match args.some(1) {
        Some(size) => match m.heap.int_ref(size).and_then(IntRef::small) {
            Some(size) => size,
            None => return Err(m.overflow_error("Python int too large to convert to C long")),
        },
        None => open(m, args)?.at as i64,
    };
    let Ok(size) = usize::try_from(size) else {
        return Err(m.value_error(format!("negative size value {size}")));
    };
    open(m, args)?.bytes.truncate(size);
    Ok(m.heap.int(size as i64).into())
}

fn seek(m: &mut Machine, args: &Args) -> Eval {
    open(m, args)?;
    let offset = m.size_argument(args.at(1))?;
    let whence = match args.get(2) {
        Some(whence) => m.c_int(whence)?,
        None => 0,
    };
    let buffer = open(m, args)?;
    let from = match whence {
        0 if offset < 0 => return Err(m.value_error(format!("negative seek value {offset}"))),
        0 => 0,
        1 => buffer.at as i64,
        2 => buffer.bytes.len() as i64,
        _ => return Err(m.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    buffer.at = from.saturating_add(offset).max(0) as usize;
    let at = buffer.at;
    Ok(m.heap.int(at as i64).into())
}
