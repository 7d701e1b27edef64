//! Bytes among values: what is bytes-like, and what arguments of methods must be.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::{Conversion, Style};
use super::super::super::object::function::NativeBody;
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::super::{Payload, types};

/// What a search looks for.
pub(super) enum Needle {
    /// Some bytes.
    Bytes(Vec<u8>),
    /// One byte, given as an int.
    Byte(u8),
}

impl Needle {
    pub(super) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Byte(byte) => std::slice::from_ref(byte),
        }
    }
}

impl Heap {
    /// A new bytearray.
    pub fn bytearray(&mut self, bytes: Vec<u8>) -> Value {
        Value::object(self.alloc(types::BYTEARRAY, Payload::ByteArray(bytes)))
    }

    /// The bytes of a bytearray, to change them.
    pub(in crate::machine) fn bytearray_mut(&mut self, handle: Handle) -> &mut Vec<u8> {
        match self.payload_mut(handle) {
            Payload::ByteArray(bytes) => bytes,
            _ => panic!("a bytearray is there"),
        }
    }
}

impl Machine {
    /// An instance of `class`, which derives from bytes, with the same bytes as the bytes object `value`.
    pub(in crate::machine) fn bytes_instance(&mut self, class: Handle, value: Value) -> Value {
        match self.heap.payload_of(value) {
            Some(Payload::Bytes(bytes)) if class != types::BYTES => {
                let payload = Payload::Bytes(bytes.clone());
                Value::object(self.heap.alloc(class, payload))
            }
            _ => value,
        }
    }

    /// The byte that an int is; `whole` begins the message: `byte`, `bytes`.
    pub(in crate::machine) fn byte_argument(&mut self, value: Value, whole: &str) -> Result<u8, Raise> {
        let Some(int) = self.heap.int_ref(value) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("'{class}' object cannot be interpreted as an integer")));
        };
        let byte = int.small().and_then(|int| u8::try_from(int).ok());
        byte.ok_or_else(|| self.value_error(format!("{whole} must be in range(0, 256)")))
    }

    /// What a search looks for: bytes, or a byte as an int.
    pub(super) fn needle_argument(&mut self, value: Value) -> Result<Needle, Raise> {
        if let Some(bytes) = self.heap.byte_string(value) {
            return Ok(Needle::Bytes(bytes.to_vec()));
        }
        if self.heap.int_ref(value).is_none() {
            self.refuse_python_buffer(value)?;
            let class = self.class_name(value);
            let message = format!("argument should be integer or bytes-like object, not '{class}'");
            return Err(self.type_error(message));
        }
        self.byte_argument(value, "byte").map(Needle::Byte)
    }

    /// Goes on with `body` once argument 1, where it is no bytes-like object but has an `__index__`, is
    /// an int.
    pub(super) fn with_needle(&mut self, name: &'static str, args: &Args, body: NativeBody) -> Eval {
        let needle = args.at(1);
        if self.has_python_buffer(needle) {
            return self.while_exporting(name, args, body);
        }
        let is_open = self.heap.byte_string(needle).is_none()
            && self.heap.special(needle, Conversion::Index.name()).is_some();
        if !is_open {
            return body(self, args);
        }
        let done = self.with_indices(name, args, &[1], Style::Plain, body)?;
        Ok(self.exporting(name, [args.at(0)], done))
    }

    /// Goes on with `body` once argument 1 is memory, where its `__buffer__` is in Python; argument 0 keeps its size
    /// meanwhile.
    pub(super) fn while_exporting(&mut self, name: &'static str, args: &Args, body: NativeBody) -> Eval {
        let done = self.with_buffers(name, args, &[1], body)?;
        Ok(self.exporting(name, [args.at(0)], done))
    }

    /// How often something is done at most; a negative number is no limit.
    pub(super) fn limit_argument(&mut self, value: Option<Value>) -> Result<Option<usize>, Raise> {
        match value {
            None => Ok(None),
            Some(value) => Ok(usize::try_from(self.size_argument(value)?).ok()),
        }
    }

    /// What `%b` puts in for a value: something bytes-like.
    pub(in crate::machine) fn bytes_to_format(&mut self, value: Value) -> Eval {
        let class = self.heap.class_of(value);
        if class == types::BYTES || self.heap.is_subclass(class, types::BYTEARRAY) {
            return Ok(value.into());
        }
        if let Some(converted) = self.convert(Conversion::Bytes, value) {
            return converted;
        }
        if self.heap.byte_string(value).is_some() || self.has_python_buffer(value) {
            return self.bytes_of_object(value);
        }
        let class = self.class_name(value);
        Err(self.type_error(format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{class}'"
        )))
    }
}
