//! `UnicodeEncodeError`, `UnicodeDecodeError` and `UnicodeTranslateError`: where in a text or in bytes
//! a codec failed.

use super::super::class::{Accessor, TypeSpec};
use super::super::function::NativeDef;
use super::super::{Payload, types};
use super::fields::{fill, member};
use super::{NEW, no_keywords, take_args, with_fields};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::Part;
use crate::machine::raise::Raise;
use crate::machine::text::repr::hex_escape;
use crate::machine::value::{Handle, Kind, Value};

/// `encoding`; that of a UnicodeTranslateError is not set.
pub const ENCODING: usize = 0;
/// `object`: what was to be encoded or decoded.
pub const OBJECT: usize = 1;
/// `start`.
pub const START: usize = 2;
/// `end`.
pub const END: usize = 3;
/// `reason`.
pub const REASON: usize = 4;
pub(super) const COUNT: usize = 5;

/// An attribute that is an int of C's.
const fn place<const N: usize>(name: &'static str) -> Accessor {
    Accessor::new(
        name,
        |m, exception| Ok(m.exception_field(exception, N).unwrap_or(Value::NONE).into()),
        |m, exception, value| {
            let Some(value) = value else {
                return Err(m.type_error("can't delete numeric/char attribute"));
            };
            if m.heap.int_ref(value).is_none() {
                return Err(m.type_error("an integer is required"));
            }
            let number = m.size_argument(value)?;
            let number = m.heap.int(number);
            m.set_exception_field(exception, N, Some(number));
            Ok(())
        },
    )
    .as_member()
}

pub(super) const SPECS: &[&TypeSpec] = &[
    &TypeSpec {
        natives: &[
            NEW,
            NativeDef::wrapper("__init__", Params::Any, encode_init),
            NativeDef::wrapper("__str__", Params::None, encode_str),
        ],
        accessors: &[
            member::<ENCODING>("encoding"),
            member::<OBJECT>("object"),
            place::<START>("start"),
            place::<END>("end"),
            member::<REASON>("reason"),
        ],
        ..with_fields(types::UNICODE_ENCODE_ERROR, "UnicodeEncodeError", types::UNICODE_ERROR)
    },
    &TypeSpec {
        natives: &[
            NEW,
            NativeDef::wrapper("__init__", Params::Any, decode_init),
            NativeDef::wrapper("__str__", Params::None, decode_str),
        ],
        accessors: &[
            member::<ENCODING>("encoding"),
            member::<OBJECT>("object"),
            place::<START>("start"),
            place::<END>("end"),
            member::<REASON>("reason"),
        ],
        ..with_fields(types::UNICODE_DECODE_ERROR, "UnicodeDecodeError", types::UNICODE_ERROR)
    },
    &TypeSpec {
        natives: &[
            NEW,
            NativeDef::wrapper("__init__", Params::Any, translate_init),
            NativeDef::wrapper("__str__", Params::None, translate_str),
        ],
        accessors: &[
            member::<ENCODING>("encoding"),
            member::<OBJECT>("object"),
            place::<START>("start"),
            place::<END>("end"),
            member::<REASON>("reason"),
        ],
        ..with_fields(types::UNICODE_TRANSLATE_ERROR, "UnicodeTranslateError", types::UNICODE_ERROR)
    },
];

/// What an argument of these types must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Str,
    Bytes,
    Index,
}

fn checked<const N: usize>(m: &mut Machine, args: &Args, wanted: [Wanted; N]) -> Result<[Value; N], Raise> {
    no_keywords(m, args)?;
    take_args(m, args);
    let given = args.positional() - 1;
    if given != N {
        return Err(m.type_error(format!("function takes exactly {N} arguments ({given} given)")));
    }
    let mut values = [Value::NONE; N];
    for (index, wanted) in wanted.into_iter().enumerate() {
        let value = args.at(index + 1);
        values[index] = check(m, value, index + 1, wanted)?;
    }
    Ok(values)
}

fn check(m: &mut Machine, value: Value, number: usize, wanted: Wanted) -> Result<Value, Raise> {
    let class = m.argument_class(value);
    match (wanted, m.heap.payload_of(value)) {
        (Wanted::Str, Some(Payload::Str(_))) | (Wanted::Bytes, Some(Payload::Bytes(_))) => Ok(value),
        (Wanted::Bytes, Some(Payload::ByteArray(bytes))) => {
            let bytes = bytes.clone();
            Ok(m.heap.bytes(&bytes))
        }
        (Wanted::Str, _) => {
            let class = m.argument_class(value);
            Err(m.type_error(format!("argument {number} must be str, not {class}")))
        }
        (Wanted::Bytes, _) => Err(m.type_error(format!("a bytes-like object is required, not '{class}'"))),
        (Wanted::Index, _) => match value.kind() {
            Kind::Int(_) | Kind::Bool(_) => Ok(value),
            _ => Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer"))),
        },
    }
}

fn encode_init(m: &mut Machine, args: &Args) -> Eval {
    let values = checked(m, args, [Wanted::Str, Wanted::Str, Wanted::Index, Wanted::Index, Wanted::Str])?;
    fill(m, args.at(0), values.map(Some));
    Ok(Value::NONE.into())
}

fn decode_init(m: &mut Machine, args: &Args) -> Eval {
    let values = checked(m, args, [Wanted::Str, Wanted::Bytes, Wanted::Index, Wanted::Index, Wanted::Str])?;
    fill(m, args.at(0), values.map(Some));
    Ok(Value::NONE.into())
}

fn translate_init(m: &mut Machine, args: &Args) -> Eval {
    let [object, start, end, reason] =
        checked(m, args, [Wanted::Str, Wanted::Index, Wanted::Index, Wanted::Str])?;
    fill(m, args.at(0), [None, Some(object), Some(start), Some(end), Some(reason)]);
    Ok(Value::NONE.into())
}

/// The fields of an error that the machine raises with these `args`.
pub(super) fn fields_from(class: Handle, values: &[Value]) -> [Option<Value>; COUNT] {
    match *values {
        [encoding, object, start, end, reason] => [encoding, object, start, end, reason].map(Some),
        [object, start, end, reason] if class == types::UNICODE_TRANSLATE_ERROR => {
            [None, Some(object), Some(start), Some(end), Some(reason)]
        }
        _ => [None; COUNT],
    }
}

/// Start and end, which may lie anywhere, and whether they span one item of an object of this length.
fn span(m: &Machine, exception: Value, len: usize) -> (i64, i64, Option<usize>) {
    let number = |index| match m.exception_field(exception, index).map(Value::kind) {
        Some(Kind::Int(number)) => number,
        Some(Kind::Bool(value)) => i64::from(value),
        _ => 0,
    };
    let (start, end) = (number(START), number(END));
    let one = usize::try_from(start).ok().filter(|at| *at < len && end == start.wrapping_add(1));
    (start, end, one)
}

fn field_part(m: &Machine, exception: Value, index: usize) -> Part {
    Part::Str(m.exception_field(exception, index).unwrap_or(Value::NONE))
}

fn encode_str(m: &mut Machine, args: &Args) -> Eval {
    text_error(m, args.at(0), true)
}

fn translate_str(m: &mut Machine, args: &Args) -> Eval {
    text_error(m, args.at(0), false)
}

fn text_error(m: &mut Machine, exception: Value, encodes: bool) -> Eval {
    let Some(object) = m.exception_field(exception, OBJECT) else {
        return Ok(Value::object(crate::machine::names::EMPTY).into());
    };
    let text = m.heap.text_of(object).cloned().unwrap_or_default();
    let (start, end, one) = span(m, exception, text.len());
    let place = match one.and_then(|at| text.get(at)) {
        Some(point) => format!("character '{}' in position {start}: ", hex_escape(point)),
        None => format!("characters in position {start}-{}: ", end.wrapping_sub(1)),
    };
    let mut parts = Vec::new();
    if encodes {
        parts.extend(["'".into(), field_part(m, exception, ENCODING), "' codec can't encode ".into()]);
    } else {
        parts.push("can't translate ".into());
    }
    parts.extend([place.as_str().into(), field_part(m, exception, REASON)]);
    m.compose(parts)
}

fn decode_str(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let Some(object) = m.exception_field(exception, OBJECT) else {
        return Ok(Value::object(crate::machine::names::EMPTY).into());
    };
    let bytes: &[u8] = match m.heap.payload_of(object) {
        Some(Payload::Bytes(bytes)) => bytes,
        _ => &[],
    };
    let (start, end, one) = span(m, exception, bytes.len());
    let place = match one.and_then(|at| bytes.get(at)) {
        Some(byte) => format!("byte 0x{byte:02x} in position {start}: "),
        None => format!("bytes in position {start}-{}: ", end.wrapping_sub(1)),
    };
    m.compose(vec![
        "'".into(),
        field_part(m, exception, ENCODING),
        "' codec can't decode ".into(),
        place.as_str().into(),
        field_part(m, exception, REASON),
    ])
}
