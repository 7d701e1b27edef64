//! `+` and `*` of the builtin sequences: str, bytes, bytearray, list, tuple.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::Style;
use super::super::object::list::MAX_ITEMS;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::text::MAX_LENGTH;
use super::super::value::Value;
use super::operator::Binary;

impl Machine {
    /// `left + right` or `left * right` where one is a builtin sequence; `None` where none is, or where
    /// the operator is another one.
    pub(in crate::machine) fn sequence_binary(
        &mut self,
        operator: Binary,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        match operator {
            Binary::Add => match self.heap.payload_of(left) {
                Some(Payload::Str(_)) => self.str_add(left, right).map(|sum| Some(sum.into())),
                Some(Payload::Bytes(_) | Payload::ByteArray(_)) => {
                    self.bytes_add(in_place, left, right).map(|sum| Some(sum.into()))
                }
                Some(Payload::List(_) | Payload::Tuple(_)) => self.list_add(in_place, left, right).map(Some),
                _ => Ok(None),
            },
            Binary::Multiply => self.sequence_multiply(in_place, left, right),
            _ => Ok(None),
        }
    }

    /// Whether `*` repeats it.
    pub(in crate::machine) fn repeats(&self, value: Value) -> bool {
        matches!(
            self.heap.payload_of(value),
            Some(
                Payload::Str(_)
                    | Payload::Bytes(_)
                    | Payload::ByteArray(_)
                    | Payload::List(_)
                    | Payload::Tuple(_)
            )
        )
    }

    /// Whether CPython has a table for what sequences do in the type of a value that is no sequence to repeat:
    /// all classes made in Python do, and the builtin containers.
    fn has_sequence_slots(&self, value: Value) -> bool {
        let payload = self.heap.payload_of(value);
        !self.heap.class(self.heap.class_of(value)).builtin
            || matches!(
                payload,
                Some(
                    Payload::Dict(_)
                        | Payload::Set(_)
                        | Payload::DictView(_)
                        | Payload::Range(_)
                        | Payload::MemoryView(_)
                        | Payload::MappingProxy(_)
                        | Payload::FrameLocals(_)
                )
            )
    }

    fn sequence_multiply(
        &mut self,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        let (sequence, count, in_place) = match (self.repeats(left), self.repeats(right)) {
            (true, _) => (left, right, in_place),
            // Where the type on the left has slots of a sequence, but none for this, the other is not asked.
            (false, true) if in_place && self.has_sequence_slots(left) => return Ok(None),
            (false, true) => (right, left, false),
            (false, false) => return Ok(None),
        };
        if self.heap.int_ref(count).is_none() && self.heap.special(count, names::INDEX).is_none() {
            let class = self.class_name(count);
            return Err(self.type_error(format!("can't multiply sequence by non-int of type '{class}'")));
        }
        self.repeat_sequence(sequence, count, in_place).map(Some)
    }

    /// `sequence` so many times, `count` being asked for its `__index__`.
    pub(in crate::machine) fn repeat_sequence(
        &mut self,
        sequence: Value,
        count: Value,
        in_place: bool,
    ) -> Eval {
        let args = Args::new([sequence, count, Value::bool(in_place)]);
        self.with_indices("sequence * count", &args, &[1], Style::Plain, repeat)
    }
}

/// `sequence * count` for an int; argument 2 tells whether it is done in place.
fn repeat(m: &mut Machine, args: &Args) -> Eval {
    let (sequence, in_place) = (args.at(0), args.at(2) == Value::TRUE);
    let count = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?.max(0) as usize;
    let handle = sequence.handle().expect("a sequence is a heap object");
    let payload = m.heap.payload(handle);
    let most = if let Payload::List(_) | Payload::Tuple(_) = payload { MAX_ITEMS } else { MAX_LENGTH };
    let length = m.payload_length(payload).unwrap_or(0);
    if length.checked_mul(count).is_none_or(|length| length > most) {
        return Err(m.out_of_memory());
    }
    let same = count == 1 || length == 0;
    let class = m.heap.get(handle).class;
    Ok(Flow::Value(match payload {
        Payload::Str(_) if same && class == types::STR => sequence,
        Payload::Bytes(_) if same && class == types::BYTES => sequence,
        Payload::Tuple(_) if same && class == types::TUPLE => sequence,
        Payload::Str(text) => {
            let text = text.text.repeat(count).ok_or_else(|| m.out_of_memory())?;
            m.heap.new_str(text)
        }
        Payload::Bytes(bytes) => {
            let bytes = bytes.repeat(count);
            // CPython makes another empty one, too.
            Value::object(m.heap.alloc(types::BYTES, Payload::Bytes(bytes.into())))
        }
        Payload::ByteArray(bytes) => {
            let bytes = bytes.repeat(count);
            if in_place {
                if bytes.len() != length {
                    *m.resizable_bytes(handle)? = bytes;
                }
                sequence
            } else {
                m.heap.bytearray(bytes)
            }
        }
        Payload::Tuple(items) => {
            let items = items.repeat(count);
            m.heap.tuple(items)
        }
        Payload::List(items) => {
            let items = items.repeat(count);
            if in_place {
                m.heap.list_splice(handle, 0..length, &items);
                sequence
            } else {
                m.heap.list_of(items)
            }
        }
        _ => panic!("a sequence is there"),
    }))
}
