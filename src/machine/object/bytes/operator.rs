//! `+` of bytes, and their `repr()`.

use super::super::super::Machine;
use super::super::super::frame::Eval;
use super::super::super::raise::Raise;
use super::super::super::text::{MAX_LENGTH, repr};
use super::super::super::value::Value;
use super::super::{Payload, types};

impl Machine {
    /// `left + right`, or `left += right` of a bytearray, for a left operand that is bytes-like.
    pub(in crate::machine) fn bytes_add(
        &mut self,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Result<Value, Raise> {
        let (Some(one), Some(two)) = (self.heap.byte_string(left), self.heap.byte_string(right)) else {
            self.refuse_python_buffer(right)?;
            let (left, right) = (self.class_name(left), self.class_name(right));
            return Err(self.type_error(format!("can't concat {right} to {left}")));
        };
        if one.len() + two.len() > MAX_LENGTH {
            return Err(self.out_of_memory());
        }
        let (one_is_empty, two_is_empty) = (one.is_empty(), two.is_empty());
        let array =
            left.handle().filter(|_| matches!(self.heap.payload_of(left), Some(Payload::ByteArray(_))));
        match array {
            Some(array) if in_place => {
                let more = two.to_vec();
                if !more.is_empty() {
                    self.resizable_bytes(array)?.extend_from_slice(&more);
                }
                Ok(left)
            }
            Some(_) => {
                let sum = [one, two].concat();
                Ok(self.heap.bytearray(sum))
            }
            None if one_is_empty && self.heap.class_of(right) == types::BYTES => Ok(right),
            None if two_is_empty && self.heap.class_of(left) == types::BYTES => Ok(left),
            None => {
                let sum = [one, two].concat();
                Ok(self.heap.new_bytes(&sum))
            }
        }
    }

    /// `repr()` of a bytearray: as that of bytes, but that a single quote is escaped in any case.
    pub(in crate::machine) fn repr_of_bytearray(&mut self, value: Value) -> Eval {
        let class = self.class_name(value);
        let bytes = repr::bytes(self.heap.byte_string(value).unwrap_or_default());
        let bytes = if bytes.starts_with("b\"") { bytes.replace('\'', "\\'") } else { bytes };
        Ok(self.heap.str(format!("{class}({bytes})")).into())
    }
}
