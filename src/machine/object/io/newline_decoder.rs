//! `IncrementalNewlineDecoder`: line ends of a text that comes in parts.

use super::{Io, Seen};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::{Style, translated};
use crate::machine::object::class::{Accessor, Layout, TypeSpec};
use crate::machine::object::function::NativeDef;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::text::Str;
use crate::machine::value::{Handle, Value};

/// What an `IncrementalNewlineDecoder` holds.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct NewlineDecoder {
    /// What decodes bytes before it, or None; nothing before it is initialized.
    pub decoder: Option<Value>,
    /// Whether all line ends become `\n`.
    pub translates: bool,
    /// A `\r` is held back, since a `\n` may follow.
    pub pending: bool,
    /// The line ends so far.
    pub seen: Seen,
}

/// `IncrementalNewlineDecoder`.
pub static NEWLINE_DECODER: TypeSpec = TypeSpec {
    module: "_io",
    layout: Layout::Builtin(types::NEWLINE_DECODER),
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = handle(args.at(0));
            Ok(m.new_io(class, Io::Newlines(NewlineDecoder::default())).into())
        }),
        NativeDef::wrapper("__init__", Params::named(&["decoder", "translate", "errors"], 2), |m, args| {
            m.with_indices("IncrementalNewlineDecoder", args, &[2], Style::Truth, |m, args| {
                let part = NewlineDecoder {
                    decoder: Some(args.at(1)),
                    translates: args.flag(2, false),
                    ..NewlineDecoder::default()
                };
                m.set_io(handle(args.at(0)), Io::Newlines(part));
                Ok(Value::NONE.into())
            })
        }),
        NativeDef::method("decode", Params::named(&["input", "final"], 1), |m, args| {
            m.with_indices("decode", args, &[2], Style::Truth, |m, args| {
                let ended = args.flag(2, false);
                let decoder = decoder(m, args.at(0))?;
                let args = Args::new([args.at(0), args.at(1), Value::bool(ended)]);
                if decoder.is_none() {
                    return decoded(m, &args);
                }
                let name = m.text_handle("decode");
                let text = m.call_attr(decoder, name, vec![args.at(1), args.at(2)])?;
                m.continue_with("decode", text, args, 1, decoded)
            })
        }),
        NativeDef::method("getstate", Params::None, |m, args| {
            let decoder = decoder(m, args.at(0))?;
            if decoder.is_none() {
                let (bytes, flag) = (m.heap.bytes(b""), i64::from(part(m, args.at(0)).pending));
                let flag = m.heap.int(flag);
                return Ok(m.heap.pair(bytes, flag).into());
            }
            let name = m.text_handle("getstate");
            let state = m.call_attr(decoder, name, vec![])?;
            m.continue_with("getstate", state, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
                let (bytes, flag) = state_of(m, args.at(1), "illegal decoder state")?;
                let flag = flag << 1 | i64::from(part(m, args.at(0)).pending);
                let flag = m.heap.int(flag);
                Ok(m.heap.pair(bytes, flag).into())
            })
        }),
        NativeDef::method("setstate", Params::One, |m, args| {
            let decoder = decoder(m, args.at(0))?;
            if !m.heap.is_instance(args.at(1), types::TUPLE) {
                return Err(m.type_error("state argument must be a tuple"));
            }
            let (bytes, flag) = state_of(m, args.at(1), "setstate(): illegal state argument")?;
            part_mut(m, args.at(0)).pending = flag & 1 != 0;
            if decoder.is_none() {
                return Ok(Value::NONE.into());
            }
            let (name, flag) = (m.text_handle("setstate"), m.heap.int(flag >> 1));
            let state = m.heap.pair(bytes, flag);
            m.call_attr(decoder, name, vec![state])
        }),
        NativeDef::method("reset", Params::None, |m, args| {
            let decoder = decoder(m, args.at(0))?;
            let part = part_mut(m, args.at(0));
            (part.pending, part.seen) = (false, Seen::default());
            if decoder.is_none() {
                return Ok(Value::NONE.into());
            }
            let name = m.text_handle("reset");
            m.call_attr(decoder, name, vec![])
        }),
    ],
    accessors: &[Accessor::read_only("newlines", |m, value| {
        decoder(m, value)?;
        let seen = part(m, value).seen;
        Ok(m.newlines_value(seen).into())
    })],
    ..TypeSpec::new(types::NEWLINE_DECODER, "IncrementalNewlineDecoder")
};

/// `\r`.
const CR: u32 = 13;

fn handle(value: Value) -> Handle {
    value.handle().expect("a decoder is a heap object")
}

fn part(m: &Machine, value: Value) -> NewlineDecoder {
    match m.io(handle(value)) {
        Some(Io::Newlines(part)) => *part,
        other => panic!("something else is there: {other:?}"),
    }
}

fn part_mut(m: &mut Machine, value: Value) -> &mut NewlineDecoder {
    match m.heap.payload_mut(handle(value)) {
        Payload::Io(io) => match &mut **io {
            Io::Newlines(part) => part,
            other => panic!("something else is there: {other:?}"),
        },
        _ => panic!("a decoder is there"),
    }
}

/// The decoder of bytes, or None.
fn decoder(m: &mut Machine, value: Value) -> Result<Value, Raise> {
    match part(m, value).decoder {
        Some(decoder) => Ok(decoder),
        None => Err(m.value_error("IncrementalNewlineDecoder.__init__() not called")),
    }
}

/// The bytes and the number that a state is made of.
fn state_of(m: &mut Machine, state: Value, words: &str) -> Result<(Value, i64), Raise> {
    if let Some(&[bytes, flag]) = m.heap.items_of(state).filter(|_| m.heap.is_instance(state, types::TUPLE))
        && let Some(flag) = m.index_clamped(flag)
    {
        return Ok((bytes, flag));
    }
    Err(m.type_error(words))
}

/// The text with its line ends noted, and made the same where that is wanted.
fn decoded(m: &mut Machine, args: &Args) -> Eval {
    let Some(text) = m.heap.text_of(args.at(1)) else {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("decoder should return a string result, not '{class}'")));
    };
    let given: Vec<u32> = text.points().collect();
    let ended = args.at(2) == Value::TRUE;
    let mut points = given.clone();
    let part = part_mut(m, args.at(0));
    if part.pending && (ended || !points.is_empty()) {
        points.insert(0, CR);
        part.pending = false;
    }
    if !ended && points.last() == Some(&CR) {
        points.pop();
        part.pending = true;
    }
    part.seen.note(&points);
    if part.translates {
        points = translated(&points);
    }
    if points == given {
        return Ok(args.at(1).into());
    }
    Ok(m.heap.str(Str::from_points(&points)).into())
}
