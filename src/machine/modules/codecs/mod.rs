//! `_codecs`: codecs as functions, and what programs register of their own.

mod bytes;
mod charmap;
pub mod handlers;
pub mod registry;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{CodecWork, Style};
use super::super::object::function::NativeDef;
use super::super::raise::Raise;
use super::super::text::codec::work::Form;
use super::super::text::codec::{Codec, Order};
use super::super::value::Value;
use super::native::NativeModule;
use registry::{Lookup, Purpose};

/// A function that encodes a str by a codec.
macro_rules! encoder {
    ($name:literal, $form:expr) => {
        NativeDef::function($name, Params::Range(1, 2), |m, args| encode(m, args, $name, $form))
    };
}

/// A function that decodes bytes by a codec; what may go on counts as the end only if it is told so.
macro_rules! decoder {
    ($name:literal, $form:expr) => {
        decoder!($name, $form, false)
    };
    ($name:literal, $form:expr, $ends:literal) => {
        NativeDef::function($name, Params::Range(1, 3), |m, args| {
            check_source(m, args, $name, &$form)?;
            m.with_indices($name, args, &[2], Style::Truth, |m, args| {
                decode(m, args, $name, $form, args.flag(2, $ends))
            })
        })
    };
}

/// An encoder that is told the order of the bytes.
macro_rules! encoder_by_order {
    ($name:literal, $form:expr) => {
        NativeDef::function($name, Params::Range(1, 3), |m, args| {
            m.with_indices($name, args, &[2], Style::Plain, |m, args| by_order(m, args, $name, $form))
        })
    };
}

/// A decoder that is told the order of the bytes, and tells it in turn.
macro_rules! decoder_with_order {
    ($name:literal, $form:expr) => {
        NativeDef::function($name, Params::Range(1, 4), |m, args| {
            check_source(m, args, $name, &$form(Order::Marked))?;
            m.with_indices($name, args, &[2], Style::Plain, |m, args| {
                m.with_indices($name, args, &[3], Style::Truth, |m, args| with_order(m, args, $name, $form))
            })
        })
    };
}

const fn utf16(order: Order) -> Form {
    Form::Plain(Codec::Utf16(order))
}

const fn utf32(order: Order) -> Form {
    Form::Plain(Codec::Utf32(order))
}

/// `_codecs`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[
        &[
            NativeDef::function("register", Params::One, registry::register),
            NativeDef::function("unregister", Params::One, registry::unregister),
            NativeDef::function("lookup", Params::One, |m, args| {
                let name = name(m, args.at(0), "lookup() argument")?;
                m.begin(Lookup::new(&name, Purpose::Lookup))
            }),
            NativeDef::function("encode", Params::named(&["obj", "encoding", "errors"], 1), |m, args| {
                translate(m, args, true)
            }),
            NativeDef::function("decode", Params::named(&["obj", "encoding", "errors"], 1), |m, args| {
                translate(m, args, false)
            }),
            NativeDef::function("register_error", Params::Range(2, 2), registry::register_error),
            NativeDef::function("_unregister_error", Params::One, registry::unregister_error),
            NativeDef::function("lookup_error", Params::One, registry::lookup_error),
            encoder!("utf_8_encode", Form::Plain(Codec::Utf8)),
            decoder!("utf_8_decode", Form::Plain(Codec::Utf8)),
            encoder!("ascii_encode", Form::Plain(Codec::Ascii)),
            decoder!("ascii_decode", Form::Plain(Codec::Ascii), true),
            encoder!("latin_1_encode", Form::Plain(Codec::Latin1)),
            decoder!("latin_1_decode", Form::Plain(Codec::Latin1), true),
            encoder_by_order!("utf_16_encode", utf16),
            decoder!("utf_16_decode", utf16(Order::Marked)),
            encoder!("utf_16_le_encode", utf16(Order::Little)),
            decoder!("utf_16_le_decode", utf16(Order::Little)),
            encoder!("utf_16_be_encode", utf16(Order::Big)),
            decoder!("utf_16_be_decode", utf16(Order::Big)),
            decoder_with_order!("utf_16_ex_decode", utf16),
            encoder_by_order!("utf_32_encode", utf32),
            decoder!("utf_32_decode", utf32(Order::Marked)),
            encoder!("utf_32_le_encode", utf32(Order::Little)),
            decoder!("utf_32_le_decode", utf32(Order::Little)),
            encoder!("utf_32_be_encode", utf32(Order::Big)),
            decoder!("utf_32_be_decode", utf32(Order::Big)),
            decoder_with_order!("utf_32_ex_decode", utf32),
            encoder!("unicode_escape_encode", Form::UnicodeEscape),
            decoder!("unicode_escape_decode", Form::UnicodeEscape, true),
            encoder!("raw_unicode_escape_encode", Form::RawUnicodeEscape),
            decoder!("raw_unicode_escape_decode", Form::RawUnicodeEscape, true),
            encoder!("utf_7_encode", Form::Utf7),
            decoder!("utf_7_decode", Form::Utf7),
        ],
        charmap::FUNCTIONS,
        bytes::FUNCTIONS,
    ],
    ..NativeModule::new("_codecs", "Codecs, and what programs register of their own.")
};

/// The text of a name.
fn name(m: &mut Machine, value: Value, what: &str) -> Result<String, Raise> {
    let Some(text) = m.heap.text_of(value) else {
        let class = m.class_name(value);
        return Err(m.type_error(format!("{what} must be str, not {class}")));
    };
    let text = text.to_string_lossy().into_owned();
    if text.contains('\0') {
        return Err(m.value_error("embedded null character"));
    }
    Ok(text)
}

/// The name of the error handler, the second argument.
fn errors(m: &mut Machine, args: &Args, function: &str) -> Result<String, Raise> {
    let Some(value) = args.some(1) else { return Ok("strict".to_owned()) };
    match m.heap.text_of(value) {
        Some(text) => Ok(text.to_string_lossy().into_owned()),
        None => {
            let class = m.argument_class(value);
            Err(m.type_error(format!("{function}() argument 2 must be str or None, not {class}")))
        }
    }
}

fn encode(m: &mut Machine, args: &Args, function: &str, form: Form) -> Eval {
    if m.heap.text_of(args.at(0)).is_none() {
        let class = m.argument_class(args.at(0));
        return Err(m.type_error(format!("{function}() argument 1 must be str, not {class}")));
    }
    let errors = errors(m, args, function)?;
    let work = CodecWork::encode(m, form, args.at(0), &errors).in_pair();
    m.begin(work)
}

/// The bytes that are decoded: of the codecs of escapes those of a str, too.
fn source(m: &mut Machine, value: Value, form: &Form) -> Result<Vec<u8>, Raise> {
    let takes_text = matches!(form, Form::UnicodeEscape | Form::RawUnicodeEscape);
    if takes_text && m.heap.text_of(value).is_some() {
        let bytes = m.encode_text(value, None, None, "decode")?;
        return Ok(m.heap.byte_string(bytes).unwrap_or_default().to_vec());
    }
    m.bytes_argument(value)
}

/// The first two arguments of a decoder are right: that is told before the others are looked at.
fn check_source(m: &mut Machine, args: &Args, function: &str, form: &Form) -> Result<(), Raise> {
    if args.get(2).is_some() {
        source(m, args.at(0), form)?;
        errors(m, args, function)?;
    }
    Ok(())
}

fn decode(m: &mut Machine, args: &Args, function: &str, form: Form, ended: bool) -> Eval {
    let bytes = source(m, args.at(0), &form)?;
    let errors = errors(m, args, function)?;
    let object = m.heap.bytes(&bytes);
    let pair = m.begin(CodecWork::decode(form, &bytes, object, &errors, ended).in_pair())?;
    Ok(m.exporting("decode", [args.at(0)], pair))
}

/// `encode(obj, encoding, errors)` and `decode`.
fn translate(m: &mut Machine, args: &Args, encodes: bool) -> Eval {
    let function = if encodes { "encode" } else { "decode" };
    let encoding = match args.get(1) {
        Some(value) => name(m, value, &format!("{function}() argument 'encoding'"))?,
        None => "utf-8".to_owned(),
    };
    if let Some(value) = args.get(2) {
        name(m, value, &format!("{function}() argument 'errors'"))?;
    }
    let purpose = Purpose::Translate { encodes, text_only: false, object: args.at(0), errors: args.get(2) };
    m.begin(Lookup::new(&encoding, purpose))
}

/// The number that stands for an order of bytes.
fn order_argument(m: &mut Machine, value: Option<Value>) -> Result<Order, Raise> {
    let Some(value) = value else { return Ok(Order::Marked) };
    match m.index_clamped(value) {
        Some(0) => Ok(Order::Marked),
        Some(number) => Ok(if number < 0 { Order::Little } else { Order::Big }),
        None => {
            let class = m.class_name(value);
            Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")))
        }
    }
}

/// `utf_16_encode(str, errors, byteorder)`.
fn by_order(m: &mut Machine, args: &Args, function: &str, form: fn(Order) -> Form) -> Eval {
    let order = order_argument(m, args.get(2))?;
    encode(m, args, function, form(order))
}

/// `utf_16_ex_decode(data, errors, byteorder, final)`: tells the order as well.
fn with_order(m: &mut Machine, args: &Args, function: &str, form: fn(Order) -> Form) -> Eval {
    let order = order_argument(m, args.get(2))?;
    let ended = args.flag(3, false);
    let bytes = m.bytes_argument(args.at(0))?;
    let errors = errors(m, args, function)?;
    let object = m.heap.bytes(&bytes);
    let marks: &[(&[u8], Order)] = match form(order) {
        Form::Plain(Codec::Utf16(_)) => &[(b"\xff\xfe", Order::Little), (b"\xfe\xff", Order::Big)],
        _ => &[(b"\xff\xfe\0\0", Order::Little), (b"\0\0\xfe\xff", Order::Big)],
    };
    let marked = marks.iter().find(|(mark, _)| order == Order::Marked && bytes.starts_with(mark));
    let order = marked.map_or(order, |(_, order)| *order);
    let number = match order {
        Order::Marked => 0,
        Order::Little => -1,
        Order::Big => 1,
    };
    let work = CodecWork::decode(form(Order::Marked), &bytes, object, &errors, ended);
    let work = if marked.is_some() || order == Order::Marked {
        work
    } else {
        CodecWork::decode(form(order), &bytes, object, &errors, ended)
    };
    let number = m.heap.int(number);
    let pair = m.begin(work.in_pair())?;
    let pair = m.exporting("decode", [args.at(0)], pair);
    m.continue_with("utf_ex_decode", pair, Args::new([Value::NONE, number]), 0, |m, args| {
        let mut items = m.tuple_items(args.at(0)).to_vec();
        items.push(args.at(1));
        Ok(m.heap.tuple(items).into())
    })
}
