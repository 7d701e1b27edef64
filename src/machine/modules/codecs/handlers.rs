//! The error handlers of codecs: those that there are from the start, and where others are registered.

use std::fmt::Write;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::object::exceptions::unicode::{ENCODING, END, OBJECT, START};
use super::super::super::object::function::{Binding, NativeDef};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::codec::{self, Codec, Handler};
use super::super::super::text::repr::{hex_escape, name_escape};
use super::super::super::text::{Str, StrBuilder};
use super::super::super::value::{Handle, Value};

/// The handlers by the names that programs give them.
static HANDLERS: [(&str, NativeDef); 8] = [
    (
        "strict",
        NativeDef::function("strict_errors", Params::One, |m, args| {
            if m.is_exception(args.at(0)) {
                return Err(Raise::new(args.at(0)));
            }
            Err(m.type_error("codec must pass exception instance"))
        }),
    ),
    (
        "ignore",
        NativeDef::function("ignore_errors", Params::One, |m, args| {
            let trouble = Trouble::of(m, args.at(0))?;
            Ok(answer(m, Str::empty(), trouble.end))
        }),
    ),
    (
        "replace",
        NativeDef::function("replace_errors", Params::One, |m, args| {
            let trouble = Trouble::of(m, args.at(0))?;
            let text = match &trouble.what {
                What::Encode(_) => "?".repeat(trouble.len()),
                What::Decode(_) => "\u{fffd}".to_owned(),
                What::Translate(_) => "\u{fffd}".repeat(trouble.len()),
            };
            Ok(answer(m, text.into(), trouble.end))
        }),
    ),
    (
        "xmlcharrefreplace",
        NativeDef::function("xmlcharrefreplace_errors", Params::One, |m, args| {
            let trouble = Trouble::of(m, args.at(0))?;
            let What::Encode(text) = &trouble.what else { return Err(unknown(m, args.at(0))) };
            let points = text.points().skip(trouble.start).take(trouble.len());
            let mut text = String::new();
            for point in points {
                let _ = write!(text, "&#{point};");
            }
            Ok(answer(m, text.into(), trouble.end))
        }),
    ),
    (
        "backslashreplace",
        NativeDef::function("backslashreplace_errors", Params::One, |m, args| {
            let trouble = Trouble::of(m, args.at(0))?;
            let text: String = match &trouble.what {
                What::Encode(text) | What::Translate(text) => {
                    text.points().skip(trouble.start).take(trouble.len()).map(hex_escape).collect()
                }
                What::Decode(bytes) => {
                    bytes[trouble.start..trouble.end].iter().map(|byte| hex_escape((*byte).into())).collect()
                }
            };
            Ok(answer(m, text.into(), trouble.end))
        }),
    ),
    (
        "namereplace",
        NativeDef::function("namereplace_errors", Params::One, |m, args| {
            let trouble = Trouble::of(m, args.at(0))?;
            let What::Encode(text) = &trouble.what else { return Err(unknown(m, args.at(0))) };
            let text: String =
                text.points().skip(trouble.start).take(trouble.len()).map(name_escape).collect();
            Ok(answer(m, text.into(), trouble.end))
        }),
    ),
    (
        "surrogateescape",
        NativeDef::function("surrogateescape", Params::One, |m, args| {
            as_codec_does(m, args, Handler::SurrogateEscape)
        }),
    ),
    (
        "surrogatepass",
        NativeDef::function("surrogatepass", Params::One, |m, args| {
            as_codec_does(m, args, Handler::SurrogatePass)
        }),
    ),
];

/// What could not be translated.
enum What {
    Encode(Str),
    Decode(Vec<u8>),
    Translate(Str),
}

/// What a UnicodeError tells of.
struct Trouble {
    what: What,
    start: usize,
    end: usize,
}

impl Trouble {
    fn of(m: &mut Machine, exception: Value) -> Result<Self, Raise> {
        let is = |class: Handle| m.heap.is_instance(exception, class);
        let encodes = is(types::UNICODE_ENCODE_ERROR);
        let what = if encodes || is(types::UNICODE_TRANSLATE_ERROR) {
            let text = m.exception_field(exception, OBJECT).and_then(|object| m.heap.text_of(object));
            text.cloned().map(|text| if encodes { What::Encode(text) } else { What::Translate(text) })
        } else if is(types::UNICODE_DECODE_ERROR) {
            let bytes = m.exception_field(exception, OBJECT).and_then(|object| m.heap.byte_string(object));
            bytes.map(|bytes| What::Decode(bytes.to_vec()))
        } else {
            None
        };
        let Some(what) = what else { return Err(unknown(m, exception)) };
        let length = match &what {
            What::Encode(text) | What::Translate(text) => text.len(),
            What::Decode(bytes) => bytes.len(),
        };
        let place = |field| {
            let place = m.exception_field(exception, field).and_then(|value| m.index_clamped(value));
            usize::try_from(place.unwrap_or(0)).unwrap_or(0).min(length)
        };
        let start = place(START);
        Ok(Self { what, start, end: place(END).max(start) })
    }

    fn len(&self) -> usize {
        self.end - self.start
    }
}

fn unknown(m: &mut Machine, exception: Value) -> Raise {
    let class = m.class_name(exception);
    m.type_error(format!("don't know how to handle {class} in error callback"))
}

fn answer(m: &mut Machine, text: Str, end: usize) -> super::super::super::frame::Flow {
    let (text, end) = (m.heap.str(text), m.heap.int(end as i64));
    m.heap.pair(text, end).into()
}

/// A handler that the codec of the error's name would have applied itself.
fn as_codec_does(m: &mut Machine, args: &Args, handler: Handler) -> Eval {
    let exception = args.at(0);
    let trouble = Trouble::of(m, exception)?;
    let name = m.exception_field(exception, ENCODING).and_then(|name| m.heap.text_of(name));
    let codec = name.and_then(|name| Codec::named(&name.to_string_lossy()));
    // What escapes surrogates does so for every codec.
    let codec = match handler {
        Handler::SurrogateEscape => Some(Codec::Ascii),
        _ => codec,
    };
    match (&trouble.what, codec) {
        (What::Translate(_), _) => Err(unknown(m, exception)),
        (What::Encode(text), Some(codec)) => {
            match codec::encode(&text.slice(trouble.start..trouble.end), codec, handler) {
                Ok(bytes) => {
                    let (bytes, end) = (m.heap.bytes(&bytes), m.heap.int(trouble.end as i64));
                    Ok(m.heap.pair(bytes, end).into())
                }
                Err(_) => Err(Raise::new(exception)),
            }
        }
        (What::Decode(bytes), Some(codec)) => {
            match codec::decode_one(bytes, trouble.start..trouble.end, codec, handler) {
                Some((points, end)) => {
                    let mut text = StrBuilder::with_capacity(points.len());
                    text.extend(points);
                    Ok(answer(m, text.finish(), end))
                }
                None => Err(Raise::new(exception)),
            }
        }
        (What::Encode(_) | What::Decode(_), None) => Err(Raise::new(exception)),
    }
}

impl Machine {
    /// The error handler of this name.
    pub(in crate::machine) fn error_handler(&mut self, name: &str) -> Result<Value, Raise> {
        let dict = self.codec_registry().handlers;
        let key = self.text_handle(name);
        if let Some(handler) = self.heap.get_name(dict, key) {
            return Ok(handler);
        }
        Err(self.raise(types::LOOKUP_ERROR, format!("unknown error handler name '{name}'")))
    }
}

/// Whether there is a handler of this name from the start.
pub fn is_own(name: &str) -> bool {
    HANDLERS.iter().any(|(known, _)| *known == name)
}

/// Enters the handlers that there are from the start in a dict.
pub fn enter(m: &mut Machine, dict: Handle) {
    for (name, native) in &HANDLERS {
        let function = m.heap.alloc(types::BUILTIN_FUNCTION, Payload::Native(native, Binding::None));
        m.set_text_name(dict, name, Value::object(function));
    }
}
