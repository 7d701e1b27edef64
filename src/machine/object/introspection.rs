//! What a program can see of itself while it runs: code objects, tracebacks, cells.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::protocol::wrappers::{EQ, GE, GT, HASH, LE, LT, NE, REPR};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::code::LoadedCode;
use super::exception::Traceback;
use super::frame_type::frame;
use super::function::NativeDef;
use super::{Payload, code_build, code_rows, types};
use crate::code::{CodeUnit, LocalKind};

/// A code object's number.
macro_rules! code_number {
    ($name:literal $field:ident) => {
        Accessor::read_only($name, |m, value| {
            let number = code(m, value).code.$field;
            Ok(m.heap.int(number.into()).into())
        })
        .as_member()
    };
}

/// A code object's str.
macro_rules! code_text {
    ($name:literal $field:ident) => {
        Accessor::read_only($name, |m, value| {
            let text = code(m, value).code.$field.clone();
            Ok(m.heap.intern(&*text).into())
        })
        .as_member()
    };
}

/// A code object's bytes.
macro_rules! code_bytes {
    ($name:literal $field:ident) => {
        Accessor::read_only($name, |m, value| {
            kept(m, value, $name, |m, code| m.heap.bytes(&code.code.$field))
        })
    };
}

/// `code`.
pub static CODE: TypeSpec = TypeSpec {
    natives: &[
        NativeDef::new(Params::Any, code_build::new),
        NativeDef::method("replace", Params::Any, code_build::replace),
        NativeDef::method("__replace__", Params::Any, code_build::replace),
        NativeDef::method("co_lines", Params::None, |m, args| {
            Ok(m.code_rows(types::LINE_ITERATOR, args.at(0), code_rows::lines).into())
        }),
        NativeDef::method("co_branches", Params::None, |m, args| {
            Ok(m.code_rows(types::LINE_ITERATOR, args.at(0), code_rows::branches).into())
        }),
        NativeDef::method("co_positions", Params::None, |m, args| {
            Ok(m.code_rows(types::POSITIONS_ITERATOR, args.at(0), code_rows::positions).into())
        }),
        NativeDef::method("_varname_from_oparg", Params::named(&["oparg"], 1), |m, args| {
            m.with_indices("_varname_from_oparg", args, &[1], Style::Plain, |m, args| {
                let place = m.index_clamped(args.at(1)).unwrap_or(-1);
                let name =
                    usize::try_from(place).ok().and_then(|place| code(m, args.at(0)).locals.get(place));
                match name.copied() {
                    Some(name) => Ok(Value::object(name).into()),
                    None => Err(m.index_error("tuple index out of range")),
                }
            })
        }),
    ],
    wrappers: &[&REPR, &EQ, &NE, &LT, &LE, &GT, &GE, &HASH],
    accessors: &[
        code_number!("co_argcount" argcount),
        code_number!("co_posonlyargcount" posonlyargcount),
        code_number!("co_kwonlyargcount" kwonlyargcount),
        code_number!("co_stacksize" stacksize),
        code_number!("co_flags" flags),
        code_number!("co_firstlineno" firstlineno),
        code_text!("co_filename" filename),
        code_text!("co_name" name),
        code_text!("co_qualname" qualname),
        code_bytes!("co_code" code),
        code_bytes!("_co_code_adaptive" code),
        code_bytes!("co_linetable" linetable).as_member(),
        code_bytes!("co_exceptiontable" exceptiontable).as_member(),
        Accessor::read_only("co_nlocals", |m, value| {
            let count = code(m, value).code.nlocals();
            Ok(m.heap.int(count as i64).into())
        }),
        // A new tuple each time: one that is kept would count what is in it once more.
        Accessor::read_only("co_consts", |m, value| {
            let items = code(m, value).consts.to_vec();
            Ok(m.heap.tuple(items).into())
        })
        .as_member(),
        Accessor::read_only("co_names", |m, value| {
            kept(m, value, "co_names", |m, code| {
                m.heap.tuple(code.names.iter().copied().map(Value::object).collect())
            })
        })
        .as_member(),
        Accessor::read_only("co_lnotab", |m, value| {
            let message = "co_lnotab is deprecated, use co_lines instead.";
            let warned = m.warned(types::DEPRECATION_WARNING, message, value)?;
            m.continue_with("co_lnotab", warned, Args::new([value]), 0, |m, args| {
                let table = code_rows::lnotab(code(m, args.at(0)));
                Ok(m.heap.bytes(&table).into())
            })
        }),
        Accessor::read_only("co_varnames", |m, value| {
            kept(m, value, "co_varnames", |m, code| m.heap.tuple(code.variables(LocalKind::LOCAL)))
        }),
        Accessor::read_only("co_cellvars", |m, value| {
            kept(m, value, "co_cellvars", |m, code| m.heap.tuple(code.variables(LocalKind::CELL)))
        }),
        Accessor::read_only("co_freevars", |m, value| {
            kept(m, value, "co_freevars", |m, code| m.heap.tuple(code.variables(LocalKind::FREE)))
        }),
    ],
    ..TypeSpec::new(types::CODE, "code")
};

fn code(m: &Machine, value: Value) -> &LoadedCode {
    match m.heap.payload_of(value) {
        Some(Payload::Code(code)) => code,
        _ => panic!("an attribute of code objects is asked of one"),
    }
}

/// An attribute that is one object however often it is asked for.  What has been asked for is kept in a dict of the code
/// object that no program sees.
fn kept(m: &mut Machine, value: Value, name: &str, make: fn(&mut Machine, &LoadedCode) -> Value) -> Eval {
    let handle = value.handle().expect("a code object is a heap object");
    let name = m.text_handle(name);
    if let Some(kept) = m.heap.own_attribute(handle, name) {
        return Ok(kept.into());
    }
    let code = m.code(handle);
    let made = make(m, &code);
    let dict = m.heap.attributes(handle);
    m.heap.set_name(dict, name, made);
    Ok(made.into())
}

/// `traceback`.
pub static TRACEBACK: TypeSpec = TypeSpec {
    natives: &[
        NativeDef::new(Params::named(&["tb_next", "tb_frame", "tb_lasti", "tb_lineno"], 4), |m, args| {
            if !matches!(m.heap.payload_of(args.at(2)), Some(Payload::Frame(_))) {
                let given = m.argument_class(args.at(2));
                return Err(
                    m.type_error(format!("traceback() argument 'tb_frame' must be frame, not {given}"))
                );
            }
            m.with_indices("traceback", args, &[3, 4], Style::Plain, new_traceback)
        }),
        NativeDef::method("__dir__", Params::None, |m, _| {
            let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|name| m.heap.intern(name));
            Ok(m.heap.list(names.to_vec()).into())
        }),
    ],
    accessors: &[
        Accessor::new(
            "tb_next",
            |m, value| Ok(traceback(m, value).next.unwrap_or(Value::NONE).into()),
            set_next,
        ),
        Accessor::read_only("tb_frame", |m, value| Ok(traceback(m, value).frame.into())).as_member(),
        Accessor::read_only("tb_lasti", |m, value| {
            let entry = traceback(m, value);
            let at = entry.given.map_or(i64::from(entry.at.0) * 2, |(at, _)| at.into());
            Ok(m.heap.int(at).into())
        })
        .as_member(),
        Accessor::read_only("tb_lineno", |m, value| {
            let entry = traceback(m, value);
            let code = &frame(m, entry.frame).code;
            let line = match entry.given {
                Some((_, line @ 0..)) => Some(line.unsigned_abs()),
                Some((..0, _)) => Some(code.code.firstlineno),
                _ => code.line_at(entry.at),
            };
            Ok(line.map_or(Value::NONE, |line| m.heap.int(line.into())).into())
        }),
    ],
    ..TypeSpec::new(types::TRACEBACK, "traceback")
};

fn traceback(m: &Machine, value: Value) -> &Traceback {
    match m.heap.payload_of(value) {
        Some(Payload::Traceback(traceback)) => traceback,
        _ => panic!("an attribute of tracebacks is asked of one"),
    }
}

/// `traceback(tb_next, tb_frame, tb_lasti, tb_lineno)`, the frame checked.
fn new_traceback(m: &mut Machine, args: &Args) -> Eval {
    let [at, line] = [args.at(3), args.at(4)]
        .map(|number| m.heap.int_ref(number).and_then(|number| i32::try_from(number.small()?).ok()));
    let (Some(at), Some(line)) = (at, line) else {
        return Err(m.overflow_error("Python int too large to convert to C int"));
    };
    let next = args.some(1);
    if let Some(next) = next.filter(|next| !matches!(m.heap.payload_of(*next), Some(Payload::Traceback(_)))) {
        let given = m.class_name(next);
        return Err(m.type_error(format!("expected traceback object or None, got '{given}'")));
    }
    let unit = CodeUnit(at.max(0).unsigned_abs() / 2);
    let entry = Traceback { frame: args.at(2), at: unit, next, given: Some((at, line)) };
    Ok(Value::object(m.heap.alloc(types::TRACEBACK, Payload::Traceback(Box::new(entry)))).into())
}

fn set_next(m: &mut Machine, value: Value, next: Option<Value>) -> Result<(), Raise> {
    let Some(next) = next else {
        return Err(m.type_error("can't delete tb_next attribute"));
    };
    if !next.is_none() && !matches!(m.heap.payload_of(next), Some(Payload::Traceback(_))) {
        let given = m.class_name(next);
        return Err(m.type_error(format!("expected traceback object, got '{given}'")));
    }
    let next = Some(next).filter(|next| !next.is_none());
    let mut at = next;
    while let Some(entry) = at {
        if entry == value {
            return Err(m.value_error("traceback loop detected"));
        }
        at = traceback(m, entry).next;
    }
    if let Some(next) = next {
        m.heap.retain(next);
    }
    let handle = value.handle().expect("a traceback is a heap object");
    if let Payload::Traceback(entry) = m.heap.payload_mut(handle)
        && let Some(old) = std::mem::replace(&mut entry.next, next)
    {
        m.heap.release(old);
    }
    Ok(())
}

/// `cell`.
pub static CELL: TypeSpec = TypeSpec {
    natives: &[NativeDef::new(Params::Range(0, 1), |m, args| {
        let payload = Payload::Cell(args.get(1));
        Ok(Value::object(m.heap.alloc(types::CELL, payload)).into())
    })],
    wrappers: &[&REPR, &LT, &LE, &EQ, &NE, &GT, &GE],
    unhashable: true,
    accessors: &[Accessor::new("cell_contents", cell_contents, set_cell_contents)],
    ..TypeSpec::new(types::CELL, "cell")
};

fn cell_contents(m: &mut Machine, value: Value) -> Eval {
    match m.heap.payload_of(value) {
        Some(Payload::Cell(Some(content))) => Ok((*content).into()),
        _ => Err(m.value_error("Cell is empty")),
    }
}

fn set_cell_contents(m: &mut Machine, value: Value, content: Option<Value>) -> Result<(), Raise> {
    let cell: Handle = value.handle().expect("a cell is a heap object");
    m.set_cell(cell, content);
    Ok(())
}
