//! Making bytes and bytearrays: of a size, of ints, of a text, of what is bytes-like.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::names;
use super::super::super::native::{Bytes, BytesFor, Consume, Conversion, Follow, Sink, Style};
use super::super::super::raise::Raise;
use super::super::super::text::MAX_LENGTH;
use super::super::super::value::{Handle, Value};
use super::super::{Payload, types};

/// `bytes(source, encoding, errors)`.
pub(super) const PARAMS: Params = Params::named(&["source", "encoding", "errors"], 0);

/// What encodes a text, where a text is there; that there is no encoding without a text, else.
fn encoded(m: &mut Machine, class: &str, args: &Args) -> Result<Option<Flow>, Raise> {
    let (source, encoding, errors) = (args.get(1), args.get(2), args.get(3));
    let is_text = source.is_some_and(|source| m.heap.text_of(source).is_some());
    if encoding.is_none() && errors.is_none() && !is_text {
        return Ok(None);
    }
    m.codec_argument(encoding, class, "encoding")?;
    m.codec_argument(errors, class, "errors")?;
    match (source, encoding) {
        (Some(source), Some(_)) if is_text => m.encode_by(source, encoding, errors, class).map(Some),
        (Some(_), None) if is_text => Err(m.type_error("string argument without an encoding")),
        (_, Some(_)) => Err(m.type_error("encoding without a string argument")),
        (_, None) => Err(m.type_error("errors without a string argument")),
    }
}

pub(super) fn new_bytes(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(0).handle().expect("__new__ gets a class");
    let alone = args.get(1).filter(|_| args.get(2).is_none() && args.get(3).is_none());
    // A text that says itself what its bytes are needs no encoding.
    let says = alone.is_some_and(|text| m.heap.special(text, names::BYTES).is_some());
    let text = if says { None } else { encoded(m, "bytes", args)? };
    let flow = match (text, args.get(1)) {
        (Some(bytes), _) => bytes,
        (None, None) => m.heap.bytes(&[]).into(),
        (None, Some(source)) => match m.convert(Conversion::Bytes, source) {
            Some(converted) => converted?,
            None if m.heap.special(source, names::INDEX).is_some() => {
                return m.with_indices("bytes", args, &[1], Style::Plain, |m, args| {
                    m.zero_bytes(args.at(0).handle().expect("__new__ gets a class"), args.at(1))
                });
            }
            None => m.bytes_of_items(source, BytesFor::Bytes)?,
        },
    };
    m.after(flow, Follow::BytesInstance(class))
}

pub(super) fn new_bytearray(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(0).handle().expect("__new__ gets a class");
    Ok(Value::object(m.heap.alloc(class, Payload::ByteArray(Vec::new()))).into())
}

pub(super) fn init_bytearray(m: &mut Machine, args: &Args) -> Eval {
    let array = args.at(0).handle().expect("a bytearray is a heap object");
    if !m.heap.bytearray_mut(array).is_empty() {
        m.resizable_bytes(array)?.clear();
    }
    let flow = match (encoded(m, "bytearray", args)?, args.get(1)) {
        (Some(bytes), _) => bytes,
        (None, None) => return Ok(Value::NONE.into()),
        (None, Some(source)) if m.heap.special(source, names::INDEX).is_some() => {
            return m.with_indices("bytearray", args, &[1], Style::Plain, |m, args| {
                m.zero_bytearray(args.at(0).handle().expect("a bytearray is a heap object"), args.at(1))
            });
        }
        (None, Some(source)) => m.bytes_of_items(source, BytesFor::ByteArray)?,
    };
    m.after(flow, Follow::FillByteArray(array))
}

impl Machine {
    /// A bytes object with the bytes of a bytes-like object, or with those that the items of an iterable
    /// stand for.
    pub(super) fn bytes_of_items(&mut self, source: Value, wanted: BytesFor) -> Eval {
        if let Some(Payload::Bytes(_)) = self.heap.payload_of(source) {
            return Ok(source.into());
        }
        if let Some(bytes) = self.bytes_of_memory(source) {
            return bytes;
        }
        if !self.is_iterable(source) {
            let class = self.class_name(source);
            return Err(self.type_error(match wanted {
                BytesFor::Bytes => format!("cannot convert '{class}' object to bytes"),
                BytesFor::ByteArray | BytesFor::Slice => {
                    format!("cannot convert '{class}' object to bytearray")
                }
                BytesFor::Extend => format!("can't extend bytearray with {class}"),
            }));
        }
        // One byte of a tuple is not looked up among those that CPython keeps.
        let anew = self.heap.class_of(source) == types::TUPLE;
        self.begin(Consume::new(source, Sink::Bytes(Bytes::new(wanted, anew))))
    }

    /// `bytes(value)` of what is no size: by `__bytes__`, of something bytes-like, of ints.
    pub(in crate::machine) fn bytes_of_object(&mut self, value: Value) -> Eval {
        match self.convert(Conversion::Bytes, value) {
            Some(converted) => converted,
            None if self.heap.text_of(value).is_some() => {
                Err(self.type_error("cannot convert 'str' object to bytes"))
            }
            None => self.bytes_of_items(value, BytesFor::Bytes),
        }
    }

    /// So many zero bytes, for a size given as an int.
    fn zeros(&mut self, size: Value) -> Result<Vec<u8>, Raise> {
        let size = self.index_i64(size, types::OVERFLOW_ERROR)?;
        match usize::try_from(size) {
            Err(_) => Err(self.value_error("negative count")),
            Ok(size) if size > MAX_LENGTH => Err(self.raise_with(types::MEMORY_ERROR, vec![])),
            Ok(size) => Ok(vec![0; size]),
        }
    }

    /// An instance of bytes, or of a class derived from it, of so many zero bytes.
    pub(in crate::machine) fn zero_bytes(&mut self, class: Handle, size: Value) -> Eval {
        let zeros = self.zeros(size)?;
        let bytes = self.heap.new_bytes(&zeros);
        Ok(Flow::Value(self.bytes_instance(class, bytes)))
    }

    /// Makes a bytearray one of so many zero bytes.
    pub(in crate::machine) fn zero_bytearray(&mut self, array: Handle, size: Value) -> Eval {
        let zeros = self.zeros(size)?;
        if !zeros.is_empty() {
            *self.resizable_bytes(array)? = zeros;
        }
        Ok(Value::NONE.into())
    }

    /// Gives a bytearray the bytes of a bytes object, in place of its own or, with `append`, behind them.
    pub(in crate::machine) fn fill_bytearray(&mut self, array: Handle, bytes: Value, append: bool) -> Eval {
        let bytes = self.heap.byte_string(bytes).map(<[u8]>::to_vec).unwrap_or_default();
        if bytes.is_empty() && append {
            return Ok(Value::NONE.into());
        }
        let own = self.resizable_bytes(array)?;
        if append {
            own.extend_from_slice(&bytes);
        } else {
            *own = bytes;
        }
        Ok(Value::NONE.into())
    }
}
