//! `SyntaxError`, `IndentationError`, `TabError` and `_IncompleteInputError`.

use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::{Payload, types};
use super::fields::{fill, member};
use super::{Layout, no_keywords, plain, take_args, with_fields};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::Part;
use crate::machine::raise::Raise;
use crate::machine::text::Str;
use crate::machine::value::{Handle, Kind, Value};

/// `msg`.
pub const MSG: usize = 0;
/// `filename`.
pub const FILENAME: usize = 1;
/// `lineno`.
pub const LINENO: usize = 2;
/// `offset`: a column from 1.
pub const OFFSET: usize = 3;
/// `text`: the line.
pub const TEXT: usize = 4;
/// `end_lineno`.
pub const END_LINENO: usize = 5;
/// `end_offset`.
pub const END_OFFSET: usize = 6;
/// `print_file_and_line`.
const PRINT: usize = 7;
/// `_metadata`: line, column and source, for suggestions.
pub const METADATA: usize = 8;
pub(super) const COUNT: usize = 9;

pub(super) const SPECS: &[&TypeSpec] = &[
    &TypeSpec {
        natives: &[
            NativeDef::wrapper("__init__", Params::Any, init),
            NativeDef::wrapper("__str__", Params::None, str),
        ],
        accessors: &[
            member::<MSG>("msg"),
            member::<FILENAME>("filename"),
            member::<LINENO>("lineno"),
            member::<OFFSET>("offset"),
            member::<TEXT>("text"),
            member::<END_LINENO>("end_lineno"),
            member::<END_OFFSET>("end_offset"),
            member::<PRINT>("print_file_and_line"),
            member::<METADATA>("_metadata"),
        ],
        ..with_fields(types::SYNTAX_ERROR, "SyntaxError", types::EXCEPTION)
    },
    &below(types::INDENTATION_ERROR, "IndentationError", types::SYNTAX_ERROR),
    &below(types::TAB_ERROR, "TabError", types::INDENTATION_ERROR),
    &below(types::INCOMPLETE_INPUT_ERROR, "_IncompleteInputError", types::SYNTAX_ERROR),
];

const fn below(handle: Handle, name: &'static str, base: Handle) -> TypeSpec {
    TypeSpec { layout: Layout::Builtin(types::SYNTAX_ERROR), natives: &[], ..plain(handle, name, base) }
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    no_keywords(m, args)?;
    take_args(m, args);
    fill(m, args.at(0), [args.rest(1).next()]);
    if args.positional() == 3 {
        let info = info(m, args.at(2))?;
        let part = |index: usize| info.get(index).copied();
        let fields = [part(0), part(1), part(2), part(3), part(4), part(5)];
        for (index, value) in (FILENAME..).zip(fields) {
            m.set_exception_field(args.at(0), index, value);
        }
        m.set_exception_field(args.at(0), METADATA, part(6));
        if info.len() == 5 {
            return Err(m.type_error("end_offset must be provided when end_lineno is provided"));
        }
    }
    Ok(Value::NONE.into())
}

/// The place of the error: file, line, column, text, and perhaps where it ends.
fn info(m: &mut Machine, info: Value) -> Result<Vec<Value>, Raise> {
    let items = match m.heap.payload_of(info) {
        Some(Payload::Tuple(items)) => items.to_vec(),
        Some(Payload::List(items)) => items.to_vec(),
        _ => {
            let class = m.class_name(info);
            return Err(m.type_error(format!("'{class}' object is not iterable")));
        }
    };
    let given = items.len();
    if given < 4 {
        return Err(m.type_error(format!("function takes at least 4 arguments ({given} given)")));
    }
    if given > 7 {
        return Err(m.type_error(format!("function takes at most 7 arguments ({given} given)")));
    }
    Ok(items)
}

fn str(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let message = Part::Str(m.exception_field(exception, MSG).unwrap_or(Value::NONE));
    let file = m.exception_field(exception, FILENAME).and_then(|name| m.heap.text_of(name)).map(file_name);
    let line = match m.exception_field(exception, LINENO).map(Value::kind) {
        Some(Kind::Int(line)) => Some(line),
        _ => None,
    };
    let place = match (&file, line) {
        (Some(_), Some(line)) => format!(", line {line})"),
        (Some(_), None) => ")".to_owned(),
        (None, Some(line)) => format!(" (line {line})"),
        (None, None) => String::new(),
    };
    let mut parts = vec![message];
    if let Some(file) = file {
        parts.extend([" (".into(), Part::Text(file)]);
    }
    parts.push(place.as_str().into());
    m.compose(parts)
}

/// The last part of a path.
fn file_name(path: &Str) -> Str {
    let behind = path.points().collect::<Vec<_>>().iter().rposition(|point| *point == u32::from('/'));
    path.slice(behind.map_or(0, |slash| slash + 1)..path.len())
}
