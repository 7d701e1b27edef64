//! Making an array: of a type code, and of items, bytes, a text or another array.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Consume, Sink};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::Value;
use super::{Array, FillArray, TYPE_CODES};

pub(super) fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    m.refuse_keywords("array.array", types::ARRAY, names::INIT, args)?;
    let given = args.positional() - 1;
    if given == 0 {
        return Err(m.type_error("array() takes at least 1 argument (0 given)"));
    }
    if given > 2 {
        return Err(m.type_error(format!("array() takes at most 2 arguments ({given} given)")));
    }
    let letter = m.array_letter(args.at(1), "array()", "array()", 1)?;
    let source = args.get(2).filter(|_| given == 2);
    let is_text = matches!(letter, Some(b'u' | b'w'));
    if let Some(source) = source.filter(|_| !is_text) {
        check_no_text(m, args.at(1), source)?;
    }
    let Some(letter) = letter else { return bad_letter(m, source) };
    let made = m.new_array(class, letter, Vec::new());
    if letter != b'u' {
        return fill(m, made, letter, source);
    }
    let text = "The 'u' type code is deprecated and will be removed in Python 3.16";
    let warned = m.warned(types::DEPRECATION_WARNING, text, made)?;
    let args = Args::new([made].into_iter().chain(source));
    m.continue_with("array", warned, args, 0, |m, args| fill(m, args.at(0), b'u', args.get(1)))
}

/// Puts the items that a new array is made of into it.
fn fill(m: &mut Machine, made: Value, letter: u8, source: Option<Value>) -> Eval {
    let is_text = matches!(letter, b'u' | b'w');
    let Some(source) = source else { return Ok(made.into()) };
    match m.heap.payload_of(source) {
        Some(Payload::Str(text)) => {
            let bytes = coded(&text.text);
            *m.heap.array_bytes(made) = bytes;
            Ok(made.into())
        }
        Some(Payload::Bytes(_) | Payload::ByteArray(_)) => {
            let bytes = m.bytes_argument(source)?;
            m.extend_array_bytes(made, &bytes)?;
            Ok(made.into())
        }
        _ => match m.heap.array_ref(source) {
            Some(other) if other.is_text() == is_text && (is_text || other.letter == letter) => {
                let bytes = other.bytes.clone();
                *m.heap.array_bytes(made) = bytes;
                Ok(made.into())
            }
            _ => {
                let grows = !matches!(m.heap.payload_of(source), Some(Payload::List(_) | Payload::Tuple(_)));
                m.begin(Consume::new(source, Sink::Array(FillArray::new(made, letter, grows))))
            }
        },
    }
}

/// Characters are no items of an array of numbers.
fn check_no_text(m: &mut Machine, code: Value, source: Value) -> Result<(), Raise> {
    let what = if m.heap.text_of(source).is_some() {
        "str"
    } else if m.heap.array_ref(source).is_some_and(Array::is_text) {
        "unicode array"
    } else {
        return Ok(());
    };
    let letter = m.str_text(code).to_string_lossy().into_owned();
    Err(m.type_error(format!("cannot use a {what} to initialize an array with typecode '{letter}'")))
}

/// There is no such type code; CPython notices when it has the iterator over the items.
fn bad_letter(m: &mut Machine, source: Option<Value>) -> Eval {
    let known = source.is_none_or(|source| {
        let payload = m.heap.payload_of(source);
        matches!(payload, Some(Payload::List(_) | Payload::Tuple(_))) || m.heap.byte_string(source).is_some()
    });
    let iterator = match source.filter(|_| !known) {
        Some(source) => m.iter(source)?,
        None => Value::NONE.into(),
    };
    m.continue_with("array", iterator, Args::new([Value::NONE]), 0, |m, _| {
        Err(m.value_error("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)"))
    })
}

/// The code points of a text, as an array keeps them.
pub(super) fn coded(text: &Str) -> Vec<u8> {
    text.points().flat_map(u32::to_le_bytes).collect()
}

impl Machine {
    /// The type code that a one-character str is; None if there is no such code.  The titles begin the messages
    /// about another type and about another length.
    pub(super) fn array_letter(
        &mut self,
        value: Value,
        title: &str,
        title_of_length: &str,
        number: u8,
    ) -> Result<Option<u8>, Raise> {
        let Some(text) = self.heap.text_of(value) else {
            let class = self.argument_class(value);
            return Err(self
                .type_error(format!("{title} argument {number} must be a unicode character, not {class}")));
        };
        let (length, point) = (text.len(), text.get(0));
        if length != 1 {
            let wrong = format!(
                "{title_of_length} argument {number} must be a unicode character, not a string of length {length}"
            );
            return Err(self.type_error(wrong));
        }
        Ok(point
            .and_then(|point| u8::try_from(point).ok())
            .filter(|letter| TYPE_CODES.as_bytes().contains(letter)))
    }

    /// Puts bytes that are whole items behind those of an array.
    pub(super) fn extend_array_bytes(&mut self, array: Value, bytes: &[u8]) -> Result<(), Raise> {
        if !bytes.len().is_multiple_of(self.heap.array(array).size()) {
            return Err(self.value_error("bytes length not a multiple of item size"));
        }
        if !bytes.is_empty() {
            self.resizable_array(array)?.extend_from_slice(bytes);
        }
        Ok(())
    }
}
