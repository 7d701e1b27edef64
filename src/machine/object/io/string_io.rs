//! `StringIO`: a text in memory with the methods of a file.

use super::base::next;
use super::{Io, Newline, Seen, StringBuffer, state};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::{Style, replaced, translated};
use crate::machine::object::class::{Accessor, Layout, TypeSpec};
use crate::machine::object::function::NativeDef;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::text::{MAX_LENGTH, Str};
use crate::machine::value::{Handle, Value};

/// `StringIO`.
pub static STRING_IO: TypeSpec = TypeSpec {
    module: "_io",
    base: types::TEXT_IO_BASE,
    layout: Layout::Builtin(types::STRING_IO),
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = args.at(0).handle().expect("__new__ is called with a class");
            let buffer = StringBuffer {
                points: Vec::new(),
                at: 0,
                newline: Newline::Lf,
                seen: Seen::default(),
                closed: false,
            };
            Ok(m.new_io(class, Io::Text(buffer)).into())
        }),
        state::GET_TEXT,
        state::SET_TEXT,
        NativeDef::wrapper("__init__", Params::named(&["initial_value", "newline"], 0), init),
        NativeDef::method("read", Params::Range(0, 1), |m, args| {
            m.with_size("read", args, |m, args| {
                let size = m.read_size(args.get(1))?;
                let buffer = open(m, args)?;
                let text = take(buffer, size.unwrap_or(usize::MAX));
                Ok(m.heap.str(text).into())
            })
        }),
        NativeDef::method("readline", Params::Range(0, 1), |m, args| {
            m.with_size("readline", args, |m, args| {
                let limit = m.read_size(args.get(1))?;
                let text = line(open(m, args)?, limit.unwrap_or(usize::MAX));
                Ok(m.heap.str(text).into())
            })
        }),
        NativeDef::wrapper("__next__", Params::None, |m, args| {
            if m.heap.get(handle(args)).class != types::STRING_IO {
                return next(m, args);
            }
            let text = line(open(m, args)?, usize::MAX);
            if text.is_empty() {
                return Err(m.stop_iteration(Value::NONE));
            }
            Ok(m.heap.str(text).into())
        }),
        NativeDef::method("write", Params::One, |m, args| {
            open(m, args)?;
            let Some(text) = m.heap.text_of(args.at(1)).cloned() else {
                let class = m.class_name(args.at(1));
                return Err(m.type_error(format!("string argument expected, got '{class}'")));
            };
            if open(m, args)?.at > MAX_LENGTH {
                return Err(m.out_of_memory());
            }
            write(open(m, args)?, &text);
            Ok(m.heap.int(text.len() as i64).into())
        }),
        NativeDef::method("getvalue", Params::None, |m, args| Ok(text(m, args)?.into())),
        NativeDef::method("tell", Params::None, |m, args| {
            let at = open(m, args)?.at;
            Ok(m.heap.int(at as i64).into())
        }),
        NativeDef::method("seek", Params::Range(1, 2), |m, args| {
            m.with_indices("seek", args, &[1, 2], Style::Plain, seek)
        }),
        NativeDef::method("truncate", Params::Range(0, 1), |m, args| {
            m.with_size("truncate", args, |m, args| {
                open(m, args)?;
                let size = match m.size_or_none(args)? {
                    Some(size) => size,
                    None => open(m, args)?.at as i64,
                };
                let Ok(size) = usize::try_from(size) else {
                    return Err(m.value_error(format!("Negative size value {size}")));
                };
                open(m, args)?.points.truncate(size);
                Ok(m.heap.int(size as i64).into())
            })
        }),
        NativeDef::method("close", Params::None, |m, args| {
            let buffer = m.string_buffer_mut(handle(args));
            buffer.closed = true;
            buffer.points = Vec::new();
            Ok(Value::NONE.into())
        }),
        NativeDef::method("readable", Params::None, yes),
        NativeDef::method("writable", Params::None, yes),
        NativeDef::method("seekable", Params::None, yes),
    ],
    accessors: &[
        Accessor::read_only("closed", |m, file| {
            Ok(Value::bool(m.is_closed(file.handle().expect("a file is a heap object"))).into())
        }),
        Accessor::read_only("newlines", |m, file| {
            let seen = m.string_buffer(file.handle().expect("a file is a heap object")).seen;
            Ok(m.newlines_value(seen).into())
        }),
        Accessor::read_only("line_buffering", |_, _| Ok(Value::FALSE.into())),
    ],
    ..TypeSpec::new(types::STRING_IO, "StringIO")
};

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a file is a heap object")
}

fn yes(m: &mut Machine, args: &Args) -> Eval {
    open(m, args)?;
    Ok(Value::TRUE.into())
}

/// All that is in it.
pub(super) fn text(m: &mut Machine, args: &Args) -> Result<Value, Raise> {
    let text = Str::from_points(&open(m, args)?.points);
    Ok(m.heap.str(text))
}

/// The buffer, unless it is closed.
pub(super) fn open<'a>(m: &'a mut Machine, args: &Args) -> Result<&'a mut StringBuffer, Raise> {
    if m.string_buffer(handle(args)).closed {
        return Err(m.value_error("I/O operation on closed file"));
    }
    Ok(m.string_buffer_mut(handle(args)))
}

/// `__init__(initial_value='', newline='\n')`.
pub(super) fn init(m: &mut Machine, args: &Args) -> Eval {
    let initial = match args.some(1) {
        None => Str::empty(),
        Some(value) => match m.heap.text_of(value) {
            Some(text) => text.clone(),
            None => {
                let class = m.class_name(value);
                return Err(m.type_error(format!("initial_value must be str or None, not {class}")));
            }
        },
    };
    let newline = match args.get(2) {
        None => Newline::Lf,
        Some(newline) => m.newline_argument(newline, true)?,
    };
    let buffer = m.string_buffer_mut(handle(args));
    *buffer = StringBuffer { points: Vec::new(), at: 0, newline, seen: Seen::default(), closed: false };
    write(buffer, &initial);
    buffer.at = 0;
    Ok(Value::NONE.into())
}

/// Writes a text at the place where the buffer stands; a gap before it is filled with NULs.
fn write(buffer: &mut StringBuffer, text: &Str) {
    let mut points: Vec<u32> = text.points().collect();
    if buffer.newline.is_universal() {
        buffer.seen.note(&points);
    }
    if buffer.newline == Newline::Universal {
        points = translated(&points);
    } else if buffer.newline.written() != "\n" {
        points = replaced(text, buffer.newline.written()).points().collect();
    }
    if points.is_empty() {
        return;
    }
    let end = buffer.at + points.len();
    if buffer.points.len() < end {
        buffer.points.resize(end, 0);
    }
    buffer.points[buffer.at..end].copy_from_slice(&points);
    buffer.at = end;
}

fn take(buffer: &mut StringBuffer, count: usize) -> Str {
    let start = buffer.at.min(buffer.points.len());
    let end = start.saturating_add(count).min(buffer.points.len());
    buffer.at = buffer.at.max(end);
    Str::from_points(&buffer.points[start..end])
}

fn line(buffer: &mut StringBuffer, limit: usize) -> Str {
    let rest = buffer.points.get(buffer.at..).unwrap_or_default();
    let end = buffer.newline.line_end(rest).unwrap_or(rest.len()).min(limit);
    take(buffer, end)
}

fn seek(m: &mut Machine, args: &Args) -> Eval {
    open(m, args)?;
    let offset = m.size_argument(args.at(1))?;
    let whence = match args.get(2) {
        Some(whence) => m.c_int(whence)?,
        None => 0,
    };
    let buffer = open(m, args)?;
    match (whence, offset) {
        (0, 0..) => buffer.at = offset as usize,
        (1, 0) => {}
        (2, 0) => buffer.at = buffer.points.len(),
        (0, _) => return Err(m.value_error(format!("Negative seek position {offset}"))),
        (1 | 2, _) => {
            let from = if whence == 1 { "cur" } else { "end" };
            return Err(m.os_error_text(&format!("Can't do nonzero {from}-relative seeks")));
        }
        _ => {
            let message = format!("Invalid whence ({whence}, should be 0, 1 or 2)");
            return Err(m.value_error(message));
        }
    }
    let at = open(m, args)?.at;
    Ok(m.heap.int(at as i64).into())
}
