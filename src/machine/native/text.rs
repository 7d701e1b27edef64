//! `str.join`, `bytes.join` and `str.translate`, which ask other objects for their pieces.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::number::IntRef;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::text::{MAX_LENGTH, Str, StrBuilder};
use crate::machine::value::Value;

/// `separator.join(iterable)`: the pieces are collected first, then joined.
#[derive(Clone, Debug, Hash)]
pub struct JoinPieces {
    separator: Value,
    iterable: Value,
}

impl JoinPieces {
    /// Joins what `iterable` gives.
    pub const fn new(separator: Value, iterable: Value) -> Self {
        Self { separator, iterable }
    }

    fn join(&self, machine: &mut Machine, pieces: &[Value]) -> Result<Value, Raise> {
        match machine.heap.payload_of(self.separator) {
            Some(Payload::Str(_)) => self.join_texts(machine, pieces),
            _ => self.join_bytes(machine, pieces),
        }
    }

    fn join_bytes(&self, machine: &mut Machine, pieces: &[Value]) -> Result<Value, Raise> {
        let is_array = matches!(machine.heap.payload_of(self.separator), Some(Payload::ByteArray(_)));
        if let [only] = pieces
            && machine.heap.class_of(*only) == types::BYTES
            && !is_array
        {
            return Ok(*only);
        }
        let mut bytes = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                bytes.extend_from_slice(machine.heap.byte_string(self.separator).unwrap_or_default());
            }
            let Some(piece) = machine.heap.byte_string(*piece) else {
                machine.refuse_python_buffer(*piece)?;
                let class = machine.class_name(*piece);
                return Err(machine.type_error(format!(
                    "sequence item {index}: expected a bytes-like object, {class} found"
                )));
            };
            bytes.extend_from_slice(piece);
            if bytes.len() > MAX_LENGTH {
                return Err(machine.out_of_memory());
            }
        }
        Ok(if is_array { machine.heap.bytearray(bytes) } else { machine.heap.new_bytes(&bytes) })
    }

    fn join_texts(&self, machine: &mut Machine, pieces: &[Value]) -> Result<Value, Raise> {
        if let [only] = pieces
            && machine.heap.class_of(*only) == types::STR
        {
            return Ok(*only);
        }
        let separator = machine.str_text(self.separator).clone();
        let mut text = StrBuilder::with_capacity(0);
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                text.push_str(&separator);
            }
            let Some(piece) = machine.heap.text_of(*piece) else {
                let class = machine.class_name(*piece);
                return Err(machine
                    .type_error(format!("sequence item {index}: expected str instance, {class} found")));
            };
            text.push_str(piece);
            if text.len() > MAX_LENGTH {
                return Err(machine.raise_with(types::MEMORY_ERROR, vec![]));
            }
        }
        Ok(machine.heap.new_str(text.finish()))
    }
}

impl NativeTask for JoinPieces {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let flow = match input {
            Input::Value(pieces) => Flow::Value(pieces),
            _ if machine.is_iterable(self.iterable) => machine.collect_list(self.iterable)?,
            _ => return Err(machine.type_error("can only join an iterable")),
        };
        let pieces = match flow {
            Flow::Value(pieces) => pieces,
            Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
        };
        let items = match machine.heap.payload_of(pieces) {
            Some(Payload::List(items)) => items.to_vec(),
            Some(Payload::Tuple(items)) => items.to_vec(),
            _ => panic!("the pieces are collected in a list"),
        };
        self.join(machine, &items).map(Progress::Done)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.separator);
        visit(self.iterable);
    }

    fn title(&self, _heap: &Heap) -> String {
        "join: collecting the pieces".to_owned()
    }
}

/// `text.translate(table)`: each character is looked up in `table`.
#[derive(Clone, Debug, Hash)]
pub struct Translate {
    text: Value,
    table: Value,
    index: usize,
    done: Str,
}

impl Translate {
    /// Nothing is translated yet.
    pub fn new(text: Value, table: Value) -> Self {
        Self { text, table, index: 0, done: Str::empty() }
    }

    /// What a table says of one character: another one, a text, or nothing at all.
    fn piece(machine: &mut Machine, found: Value) -> Result<Str, Raise> {
        const LAST: i64 = 0x10_FFFF;
        if found.is_none() {
            return Ok(Str::empty());
        }
        if let Some(text) = machine.heap.text_of(found) {
            return Ok(text.clone());
        }
        match machine.heap.int_ref(found).map(IntRef::small) {
            Some(Some(point)) if (0..=LAST).contains(&point) => Ok(Str::from_point(point as u32)),
            Some(_) => Err(machine.value_error("character mapping must be in range(0x110000)")),
            None => Err(machine.type_error("character mapping must return integer, None or str")),
        }
    }
}

impl NativeTask for Translate {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut found = match input {
            Input::Value(value) => Some(Ok(value)),
            Input::Raised(exception) => Some(Err(exception)),
            _ => None,
        };
        loop {
            let Some(point) = machine.str_text(self.text).get(self.index) else {
                let text = self.done.clone();
                return Ok(Progress::Done(machine.heap.str(text)));
            };
            let piece = match found.take() {
                Some(Ok(value)) => Self::piece(machine, value)?,
                Some(Err(_)) => Str::from_point(point),
                None => {
                    let key = machine.heap.int(point.into());
                    match machine.get_item(self.table, key) {
                        Ok(Flow::Value(value)) => Self::piece(machine, value)?,
                        Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                        Err(raise) if machine.heap.is_instance(raise.exception, types::LOOKUP_ERROR) => {
                            Str::from_point(point)
                        }
                        Err(raise) => return Err(raise),
                    }
                }
            };
            self.done = self.done.concat(&piece);
            self.index += 1;
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.text);
        visit(self.table);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("translate: character {}", self.index + 1)
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::LOOKUP_ERROR)
    }
}
