//! Bytes among values: what is bytes-like, and what arguments of methods must be.

use super::super::super::Machine;
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::Conversion;
use super::super::super::value::Value;
use super::super::{Payload, types};

impl Heap {
    /// A new bytearray.
    pub fn bytearray(&mut self, bytes: Vec<u8>) -> Value {
        Value::object(self.alloc(types::BYTEARRAY, Payload::ByteArray(bytes)))
    }

    /// The bytes of a bytes-like object: what CPython gets by the buffer protocol.
    pub fn byte_string(&self, value: Value) -> Option<&[u8]> {
        match self.payload_of(value)? {
            Payload::Bytes(bytes) => Some(bytes),
            Payload::ByteArray(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl Machine {
    /// What `%b` puts in for a value: something bytes-like.
    pub(in crate::machine) fn bytes_to_format(&mut self, value: Value) -> Eval {
        let class = self.heap.class_of(value);
        if class == types::BYTES || self.heap.is_subclass(class, types::BYTEARRAY) {
            return Ok(value.into());
        }
        if let Some(converted) = self.convert(Conversion::Bytes, value) {
            return converted;
        }
        if self.heap.byte_string(value).is_some() {
            return Ok(value.into());
        }
        let class = self.class_name(value);
        Err(self.type_error(format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{class}'"
        )))
    }
}
